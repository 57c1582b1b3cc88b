"""Story 3: a data scientist hands over; "stop asking me for things after I left"."""

from tests.stories import town
from tests.stories.stage import Stage
from tests.stories.transcript import same_as_told

# What a script fills in from a registry, until the issue of catalogues does so by itself.
KNOWN = (
    'handoff H-1 1 "v7, in the registry" 2 "31, in the feature sheet" 3 "late by 15 minutes"'
    ' 5 "orders of 2025 and 2026" 7 "https://wiki.example.org/late-order" 8 "MAE 5.8 minutes"'
    ' 9 "Python 3.11" 10 "PSI weekly, MAE daily" --version 7'
)


async def test_a_packet_is_filled_in_offered_and_accepted_on_a_condition(stage: Stage) -> None:
    await stage.given(*town.late_order("development"))
    await offers(stage)
    await takes(stage)
    (await stage.card("ana", "H-1")).says("closed")
    (await stage.card("rui", "phase 3 of 3")).says("Mei leads here")
    await stage.whole()
    if stage.name == "local":
        same_as_told(3, "Story 3. A data scientist hands over", stage.transcript.text)


async def offers(stage: Stage) -> None:
    """Have Ana fill the packet in and offer it."""
    stage.listen()
    stage.transcript.tells("Ana's model is ready. Whoever takes it over is not to miss anything.")
    begun = await stage.types("ana", "handoff late-order")
    begun.says("0 of 11")
    filled = await stage.types("ana", KNOWN)
    filled.says("8 of 11")
    stage.undisturbed("mei", "bo", "rui", "dev", "carla")
    await stage.presses(
        "ana",
        "Fill in…",
        on="8 of 11",
        item_4="baskets are complete when they are priced",
        item_6="https://git.example.org/late-order/log",
        item_11="council rollback late-order v6",
    )
    await stage.presses("ana", "Offer it to Mei")
    card = await stage.card("mei", "H-1")
    card.says("Ana offers", "11 of 11", "@Mei").offers("Accept", "Accept with conditions…")
    assert stage.called("mei")
    stage.undisturbed("bo", "rui", "dev", "carla", "zoe")


async def takes(stage: Stage) -> None:
    """Have Mei take it on a condition, and see to that."""
    await stage.passes(hours=5, minutes=10)
    await stage.presses(
        "mei", "Accept with conditions…", condition="p95 under 80 ms proven", owner="mei"
    )
    card = await stage.card("ana", "H-1")
    card.says("accepted with 1 condition", "Ana stays overseer", "p95 under 80 ms proven")
    card.says("Phase 3", "starts when it closes")
    stage.undisturbed("bo", "rui", "dev", "carla", "zoe")
    await stage.types("ana", "move late-order forward")
    await stage.presses("mei", "Agree")
    await stage.passes(days=2)
    await stage.presses("mei", "Condition 1 is met…", link="https://wiki.example.org/p95")
