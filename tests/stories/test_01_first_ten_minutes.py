"""Story 1: a council lead's first ten minutes; "I want our real set-up, not a tool's"."""

from tests.stories.stage import Stage


async def test_a_lead_sets_up_with_the_team_s_own_words(stage: Stage) -> None:
    words = await stage.types("carla", "start", "#ml-council")
    words.says("Which words does your team use?")
    assert len(words.buttons) == 5
    await stage.presses("carla", "Lead, support, learn (5 roles, 3 phases)")
    first = await stage.last("carla", "What is your first initiative?")
    first.offers("Name it")
    await stage.presses("carla", "Name it", name="Late-order predictor", phase="data_features")
    await stage.presses("carla", "Go on setting up")
    leads = await stage.last("carla", "Who leads Late-order predictor jointly?")
    leads.says("Data scientist: nobody yet", "Data engineer: nobody yet")
    await stage.presses("carla", "Name the data scientist", role="Data scientist", handle="ana")
    await stage.presses("carla", "Go on setting up")
    await stage.presses("carla", "Name the data engineer", role="Data engineer", handle="bo")
    await stage.presses("carla", "Go on setting up")
    done = await stage.last("carla", "Your council is set up")
    done.says("nobody is DevOps engineer; needed from phase 3").offers("Name someone")
    status = await stage.types("carla", "status late-order-predictor", "#ml-council")
    status.says("Data and feature engineering")
    await stage.whole()


async def test_whoever_is_no_lead_is_told_who_can(stage: Stage) -> None:
    told = await stage.types("zoe", "setup", "#ml-council")
    told.says("takes a council lead", "@carla")
