"""Story 10: "tell me in my words".

▢ Got it on a lesson waits for the issue of lessons and digests. What is there already: four lines
in plain words, what went wrong before, and what she may learn here and from whom.
"""

from tests.stories import town
from tests.stories.alerts import Alert
from tests.stories.stage import Stage


async def test_a_business_owner_reads_in_her_words_what_it_is_and_what_she_may_learn(
    stage: Stage,
) -> None:
    await stage.given(*town.late_order())
    await stage.alert(Alert("basket_size", 0.31, (4200, 3900)))
    await stage.passes(hours=1)
    stage.listen()
    told = await stage.types("rui", "explain")
    told.says("The question: Which orders will arrive late?")
    told.says("What goes in: basket_size")
    told.says("Where it is used: version 7 runs in production since")
    told.says("What can go wrong: so far: what comes in is no longer like what it learned from.")
    told.says("how the model fits into operational workflows", "Mei")
    status = await stage.types("rui", "status")
    status.says("Which orders will arrive late?", "Model operations")
    stage.undisturbed(*town.PEOPLE)
    await stage.whole()
