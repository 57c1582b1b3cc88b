"""Story 9: results disappoint, and going back is no shame."""

from tests.stories import town
from tests.stories.stage import Stage
from tests.stories.transcript import same_as_told


async def test_results_disappoint_and_the_two_who_lead_go_back(stage: Stage) -> None:
    await stage.given(*town.late_order("data_features"))
    await stage.given(
        ("carla", 'new "Refund guard" --key refunds --phase development --channel #refunds'),
        ("carla", 'assign refunds "data scientist" @ines'),
    )
    await enter_development(stage)
    stage.transcript.tells("Ana's first model is no better than the rule of thumb.")
    stage.listen()
    asked = await stage.types("ana", "back late-order")
    asked.says("What happened?").leaves_out("fail")
    await stage.presses("ana", next(each for each in asked.buttons if "disappoint" in each))
    await stage.presses("ana", "Input data", on="What do you want to change?")
    await stage.presses("bo", "Agree")
    card = await stage.card("rui", "Data and feature engineering")
    card.says("initial results disappoint", "Loop 1").leaves_out("fail")
    stage.undisturbed("rui", "mei", "dev", "carla")
    await stage.whole()
    if stage.name == "local":
        same_as_told(9, "Story 9. Going back without shame", stage.transcript.text)


async def enter_development(stage: Stage) -> None:
    """Let late-order enter development by a move, as it would."""
    await stage.given(
        ("bo", "handoff late-order h_data"),
        ("bo", 'handoff H-1 1 "a" 2 "b" 3 "c" 4 "d" 5 "e"'),
        ("bo", "handoff H-1 offer"),
        ("ana", "accept H-1"),
        ("ana", "move late-order forward"),
        ("bo", "accept M-1"),
    )
    await stage.passes(days=20)
