"""Story 6: a small sample says nothing; "it did not wake me up: I trust it"."""

from tests.stories import town
from tests.stories.alerts import Alert
from tests.stories.stage import Stage


async def test_a_small_sample_disturbs_nobody(stage: Stage) -> None:
    await stage.given(*town.late_order())
    stage.listen()
    before = len(await stage.visible("mei"))
    await stage.alert(Alert("basket_size", 0.14, (120, 120), severity="warning"))
    stage.undisturbed(*town.PEOPLE)
    assert len(await stage.visible("mei")) == before
    await stage.whole()


async def test_beside_what_is_known_a_small_sample_is_noted_and_not_counted(stage: Stage) -> None:
    await stage.given(*town.late_order())
    await stage.alert(Alert("region", 0.31, (4200, 3900)))
    await stage.presses("mei", "I have it")
    stage.listen()
    await stage.alert(Alert("basket_size", 0.41, (120, 120)))
    stage.undisturbed(*town.PEOPLE)
    case = await stage.types("mei", "case C-1")
    case.says("low evidence, only 120 samples", "on too small a sample to count")
    await stage.whole()
