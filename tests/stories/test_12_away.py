"""Story 12: Mei is away from Monday, and Tom stands in."""

from tests.stories import town
from tests.stories.alerts import Alert
from tests.stories.stage import Stage
from tests.stories.transcript import same_as_told

REGION = Alert("region", 0.42, (4200, 3900), signal_class="prediction_drift")


async def test_a_deputy_stands_in_until_she_is_back(stage: Stage) -> None:
    await stage.given(*town.late_order())
    await stage.until("2026-11-06T09:00")
    await stage.alert(Alert("basket_size", 0.31, (4200, 3900)))
    await stage.given(("mei", "ack C-1"))
    stage.transcript.tells("It is Friday; Mei will be away for a week, and has a case in hand.")
    stage.listen()
    planned = await stage.types("mei", "away monday friday --deputy @tom")
    planned.says("Tom")
    asked = (await stage.direct("tom"))[-1]
    asked.says("Stand in for Mei?").offers("Yes")
    stage.undisturbed("ana", "bo", "rui", "dev", "zoe")
    await stage.presses("tom", "Yes", on="Stand in for Mei?")
    await stands_in(stage)
    await is_back(stage)
    await stage.whole()
    if stage.name == "local":
        same_as_told(12, "Story 12. Mei is away, and Tom stands in", stage.transcript.text)


async def stands_in(stage: Stage) -> None:
    """See that what comes while Mei is away reaches Tom."""
    await stage.until("2026-11-09T09:05")
    stage.listen()
    await stage.alert(REGION)
    card = await stage.card("ana", "region")
    card.says("@Tom").leaves_out("@Mei")
    stage.undisturbed("mei")
    assert stage.called("tom")
    await stage.presses("tom", "I have it", on="region")
    (await stage.card("ana", "region")).says("Tom has it")
    await stage.passes(minutes=40)
    await stage.types("tom", 'close C-1 fixed "the feed is whole again"')
    await stage.alert(REGION, ended=True)


async def is_back(stage: Stage) -> None:
    """See that Mei is called again."""
    await stage.until("2026-11-16T09:05")
    stage.listen()
    await stage.alert(Alert("region", 0.42, (4200, 3900), signal_class="accuracy"))
    assert stage.called("mei")
    stage.undisturbed("tom")
