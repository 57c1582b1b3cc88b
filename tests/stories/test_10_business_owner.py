"""Story 10: "tell me in my words"; the business owner's part of what is told today.

`explain` (question, what goes in, where it is used, what can go wrong) and ▢ Got it on a lesson
wait for the issue of lessons and digests. What is there already: where it stands in plain words,
with the question, and what she may learn here and from whom.
"""

from tests.stories import town
from tests.stories.stage import Stage


async def test_a_business_owner_reads_where_it_stands_and_what_she_may_learn(stage: Stage) -> None:
    await stage.given(*town.late_order())
    stage.listen()
    status = await stage.types("rui", "status")
    status.says("Which orders will arrive late?", "Model operations")
    who = await stage.types("rui", "who")
    who.says("how the model fits into operational workflows", "Mei")
    stage.undisturbed(*town.PEOPLE)
    await stage.whole()
