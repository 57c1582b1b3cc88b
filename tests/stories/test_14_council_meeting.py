"""Story 14: the council meets; the lead's part of what is told today.

`agenda`, its minutes and the weekly digest wait for the issue of digests. What is there already:
the facts that an agenda would be made of, by `mine` and `list`.
"""

from tests.stories import town
from tests.stories.alerts import Alert
from tests.stories.stage import Stage


async def test_a_lead_sees_what_is_open_and_where_everything_stands(stage: Stage) -> None:
    await stage.given(*town.late_order(tier=1, without=("dev",)))
    await stage.alert(Alert("basket_size", 0.31, (4200, 3900)))
    await stage.passes(hours=3)
    listed = await stage.types("carla", "list", "#ml-council")
    listed.says("late-order", "Model operations")
    mine = await stage.types("carla", "mine", "#ml-council")
    mine.says("C-1")
    status = await stage.types("carla", "status late-order", "#ml-council")
    status.says("DevOps engineer")
    await stage.whole()
