"""Story 2: a new joiner asks "who does what here?"."""

from tests.stories import town
from tests.stories.stage import Stage


async def test_a_new_joiner_sees_who_does_what_and_what_there_is_to_learn(stage: Stage) -> None:
    await stage.given(*town.late_order("development"))
    await stage.given(("carla", 'assign late-order "data engineer" @zoe'))
    stage.listen()
    who = await stage.types("zoe", "who late-order")
    who.says("Model development", "Ana", "Bo", "Mei", "Rui")
    who.says("learn", "how models consume data")
    # ▢ Ask … for 20 minutes waits for the issue of lessons and digests.
    stage.undisturbed("ana", "bo", "mei", "rui", "carla")
    await stage.whole()


async def test_whoever_has_no_part_yet_is_told_who_does_what_all_the_same(stage: Stage) -> None:
    await stage.given(*town.late_order("development"))
    who = await stage.types("zoe", "who late-order")
    who.says("Ana", "Mei")
    await stage.whole()
