"""Story 15: the lesson travels to another team with the same feature.

▢ Ask them, and thanks in the digest, wait for the issue of lessons and digests. What is there
already: the brief of a huddle shows what was seen before on the same feature, also elsewhere.
"""

from tests.stories.alerts import Alert
from tests.stories.stage import Stage
from tests.stories.test_08_did_it_work import decided

OPENING = (
    'new "Refund guard" --key refunds --phase operations --tier 2 --model refunds-prod'
    " --channel #refunds"
)
REFUNDS = (
    ("carla", OPENING),
    ("carla", 'assign refunds "data scientist" @ines'),
    ("carla", 'assign refunds "ml engineer" @tom'),
)


async def test_a_brief_tells_what_another_team_saw_on_the_same_feature(stage: Stage) -> None:
    await decided(stage)
    await stage.given(*REFUNDS)
    await stage.until("2026-12-14T10:00")
    await stage.given(("ana", "outcome D-1 worked"))
    await stage.alert(Alert("basket_size", 0.35, (2100, 2000), model="refunds-prod"))
    await stage.presses("tom", "I have it", on="Refund guard")
    await stage.presses("tom", "Start a huddle", on="Refund guard")
    brief = await stage.card("ines", "Huddle", "#refunds")
    brief.says("late-order", "re-engineer features", "worked")
    await stage.whole()
