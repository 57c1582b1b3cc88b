"""Story 8: on the day that was named, those who decided are asked whether it worked."""

from tests.stories import town
from tests.stories.stage import Stage
from tests.stories.test_07_huddle import DRIFT

CHOICE = (
    'decide R-1 re_engineer_features "the checkout changed its meaning"'
    ' --hypothesis "discounts" --features basket_size'
    ' --expect "MAE back under 6 minutes" --check "12 Dec"'
)


async def decided(stage: Stage) -> None:
    """Let Mei and Ana decide at once, in the first round."""
    await stage.given(*town.late_order())
    await stage.alert(DRIFT)
    await stage.given(("mei", "ack C-1"), ("mei", "huddle C-1"), ("mei", CHOICE), ("ana", CHOICE))


async def test_they_are_asked_whether_it_worked_and_nobody_else_is(stage: Stage) -> None:
    await decided(stage)
    await stage.until("2026-12-11T12:00")
    stage.listen()
    await stage.until("2026-12-14T10:00")
    asked = (await stage.replies("mei"))[-1]
    asked.says("MAE back under 6 minutes", "did it work?").offers("Worked", "Partly", "Cannot tell")
    assert stage.called("mei")
    assert stage.called("ana")
    stage.undisturbed("bo", "rui", "dev", "carla", "zoe")
    await stage.presses("mei", "Worked", on="Did it work?")
    (await stage.card("rui", "D-1")).says("It worked")
    await stage.whole()


async def test_whoever_answers_second_is_told_who_said_so_before(stage: Stage) -> None:
    await decided(stage)
    await stage.until("2026-12-14T10:00")
    await stage.given(("ana", "outcome D-1 partly"))
    late = await stage.presses("mei", "Worked", on="@Mei and @Ana")
    assert late is not None
    late.says("D-1", "ana")
    (await stage.card("rui", "D-1")).says("in part")
    await stage.whole()
