"""Story 7: a huddle in which two differ at first, and what they decide."""

from tests.stories import town
from tests.stories.alerts import Alert
from tests.stories.stage import Stage
from tests.stories.transcript import same_as_told

DRIFT = Alert("basket_size", 0.31, (4200, 3900))
RETRAIN = {
    "reason": "it has not seen the season yet",
    "hypothesis": "baskets grow before the holidays",
    "data_window": "September on",
    "expected_effect": "MAE back under 6 minutes",
    "effect_check_date": "12 Dec",
}
REFEATURE = {
    "reason": "the checkout changed its meaning",
    "hypothesis": "since 3 November a basket is counted before the discount",
    "features": "basket_size",
    "expected_effect": "MAE back under 6 minutes",
    "effect_check_date": "12 Dec",
}


async def test_they_choose_differently_say_one_line_each_and_agree(stage: Stage) -> None:
    await stage.given(*town.late_order())
    await stage.alert(DRIFT)
    await stage.passes(minutes=12)
    await stage.presses("mei", "I have it")
    await stage.passes(minutes=20)
    stage.listen()
    stage.transcript.tells("Mei has C-1 in hand: basket_size has shifted.")
    await differ(stage)
    await agree(stage)
    await stage.whole()
    if stage.name == "local":
        same_as_told(7, "Story 7. A huddle", stage.transcript.text)


async def differ(stage: Stage) -> None:
    """Have the two choose differently; each sees the other's choice when both have chosen."""
    await stage.presses("mei", "Start a huddle")
    huddle = await stage.card("ana", "R-1")
    huddle.says("Mei", "@Ana", "decide together", "basket_size", "the easiest to undo first")
    await stage.presses("mei", "Choose…", on="R-1")
    await stage.presses("mei", "Retrain", **RETRAIN)
    (await stage.card("ana", "R-1")).leaves_out("it has not seen the season")
    await stage.presses("ana", "Choose…", on="decide together")
    await stage.presses("ana", "Re-engineer features", **REFEATURE)
    (await stage.replies("mei"))[-1].says("You chose differently", "@Mei")
    stage.undisturbed("bo", "rui", "dev", "carla", "zoe")


async def agree(stage: Stage) -> None:
    """Have the two choose the same in the second round."""
    await stage.presses("mei", "Choose again…")
    await stage.presses("mei", "Re-engineer features", reason="retraining would learn it wrongly")
    await stage.presses("ana", "Choose…", on="decide together")
    await stage.presses("ana", "Re-engineer features", reason="as before")
    decision = await stage.card("rui", "D-1")
    decision.says("re-engineer basket_size", "because the checkout changed its meaning")
    decision.says("Refused: retrain (retraining would learn it wrongly)", "loop 1")
    decision.says("Production v7 stays", "I will ask on Mon 14 Dec 2026")  # the 12th is a Saturday
    phase = await stage.card("rui", "phase 1 of 3")
    phase.says("Back from Model operations", "in production, serves on")
    stage.undisturbed("rui", "dev", "carla", "zoe")
