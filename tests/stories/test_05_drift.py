"""Story 5: a drift alert reaches the right desks, and nobody else."""

from tests.stories import town
from tests.stories.alerts import Alert
from tests.stories.stage import Stage
from tests.stories.transcript import same_as_told


async def test_a_drift_alert_reaches_the_right_desks(stage: Stage) -> None:
    await stage.given(*town.late_order())
    stage.listen()
    stage.transcript.tells("It is a Tuesday morning; late-order is in production, tier 2.")
    await stage.alert(Alert("basket_size", 0.31, (4200, 3900)))
    card = await stage.card("mei", "basket_size")
    card.says("@Mei", "@Ana", "S2").offers("I have it", "Not me")
    card.leaves_out("@Bo", "@Rui")
    stage.undisturbed("bo", "rui", "dev", "carla", "zoe")
    assert stage.called("mei")
    await stage.passes(minutes=12)
    await stage.presses("mei", "I have it")
    (await stage.card("ana", "basket_size")).says("has it, 12 min")
    await stage.whole()
    if stage.name == "local":
        same_as_told(5, "Story 5. A drift alert at the right desks", stage.transcript.text)
