"""Story 4: a packet goes back; who gave it reads the reason, the channel reads it in short."""

from tests.stories import town
from tests.stories.stage import Stage
from tests.stories.test_03_handing_over import KNOWN

WHY = "two seeds give two models"


async def test_the_giver_reads_the_reason_in_full_and_the_channel_in_short(stage: Stage) -> None:
    await stage.given(
        *town.late_order("development"),
        ("ana", "handoff late-order"),
        ("ana", KNOWN),
        ("ana", 'handoff H-1 4 "a" 6 "b" 11 "c"'),
        ("ana", "handoff H-1 offer"),
    )
    stage.listen()
    await stage.presses(
        "mei", "Give it back…", reason="not_reproducible", line=WHY, next="Thursday"
    )
    card = await stage.card("rui", "H-1")
    card.says("not reproducible", "Next offer: Thursday").leaves_out(WHY)
    assert any(WHY in each.words for each in await stage.direct("ana"))
    stage.undisturbed("bo", "rui", "dev", "carla", "zoe")
    if card.card is not None:
        assert str(card.card.tone) in {"neutral", "warn"}
    await stage.presses("ana", "Offer it again")
    (await stage.card("mei", "H-1")).says("Ana offers")
    await stage.whole()
