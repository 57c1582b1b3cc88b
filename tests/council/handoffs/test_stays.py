"""A packet and the phase that it opens: what goes on with the answer, and what without it."""

from datetime import timedelta

from council import agenda
from council.store.handoffs import TAKEN
from tests.council.handoffs.conftest import CHANNEL
from tests.council.handoffs.packets import conditional, offered, whole
from tests.talk import Talk

ON = "Phase 3 (Model operations) has begun."


def agreed(talk: Talk) -> None:
    """Have everybody agree to the move, which waits for nothing but what bars it."""
    talk.does("ana", "move late-order forward")
    talk.does("mei", "accept M-1")


def due(talk: Talk) -> list[str]:
    """Return what is due about handoffs, some day."""
    far = talk.clock.moment + timedelta(days=3_650)
    return [each.kind for each in talk.desk.books.agenda.due(far, 100) if "handoff" in each.kind]


# ── the answer lets the phase begin ──────────────────────────────────────────────────────────────


def test_whoever_closes_the_last_condition_hears_that_the_phase_has_begun(talk: Talk) -> None:
    conditional(talk)
    talk.does("mei", "done H-1 1")
    agreed(talk)
    said = talk.does("bo", "done H-1 2")
    assert ON in said.text
    assert said.button("Where it stands") == "status late-order"


def test_no_button_leads_on_once_the_phase_has_begun(talk: Talk) -> None:
    conditional(talk)
    talk.does("mei", "done H-1 1")
    agreed(talk)
    said = talk.does("bo", "done H-1 2")
    shown = talk.last(CHANNEL, "handoff_")
    for card in (said.card, shown.card):
        assert card is not None
        assert not [each for each in card.buttons if each.command.startswith("move")]


def test_the_channel_reads_that_the_phase_has_begun(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    agreed(talk)
    assert ON in talk.last(CHANNEL, "handoff_").text


def test_the_button_that_goes_on_names_the_phase_and_no_direction(talk: Talk) -> None:
    offered(talk)
    said = talk.does("mei", "accept H-1")
    assert said.button("Move to Model operations") == "move late-order operations"


# ── the phase goes on without the answer ─────────────────────────────────────────────────────────


def test_an_offer_that_the_phase_went_on_without_says_so_and_may_be_accepted(talk: Talk) -> None:
    offered(talk)
    agreed(talk)
    said = talk.last(CHANNEL, "handoff_").text
    assert "The phase has gone on without it; Mei can still accept it." in said
    assert "please accept by" not in said
    assert "Mei accepted" in talk.does("mei", "accept H-1").text


def test_nobody_is_reminded_of_an_offer_that_the_phase_went_on_without(talk: Talk) -> None:
    offered(talk)
    agreed(talk)
    assert due(talk) == []
    before = len(talk.heard)
    talk.wait(days=7)
    assert not [each for each in talk.heard[before:] if each.kind.startswith("handoff")]


def test_late_acceptance_does_not_promise_a_phase_that_goes_on_already(talk: Talk) -> None:
    offered(talk)
    agreed(talk)
    said = talk.does("mei", "accept H-1")
    assert "no longer waits" not in said.text
    assert "starts when" not in said.text
    assert said.card is not None
    assert not [each for each in said.card.buttons if each.primary]


def test_an_offer_has_its_clock_again_when_its_phase_comes_again(talk: Talk) -> None:
    offered(talk)
    agreed(talk)
    talk.does("ana", "undo")
    talk.does("mei", "undo")
    assert sorted(due(talk)) == ["handoff.escalate", "handoff.remind"]
    assert "please accept by" in talk.last(CHANNEL, "handoff_").text


def test_what_is_on_the_agenda_of_a_gone_phase_rings_nobody_even_if_it_comes_due(
    talk: Talk,
) -> None:
    offered(talk)
    agreed(talk)
    row = talk.desk.books.handoffs.by_number(1)
    assert row is not None
    agenda.schedule(talk.desk, [agenda.Due("handoff.escalate", row.id, talk.clock.moment)])
    talk.wait(minutes=1)
    assert row.escalation == 0


# ── another playbook ─────────────────────────────────────────────────────────────────────────────

SWITCH = (
    "playbook late-order three-personas --phase data_science --map business_owner=none"
    " --map data_scientist=data_scientist --map data_engineer=data_engineer"
    " --map ml_engineer=ml_engineer --map devops_engineer=none --yes"
)


def test_what_another_playbook_withdrew_is_told_in_the_words_of_its_own(talk: Talk) -> None:
    whole(talk)
    talk.does("ana", "handoff H-1 offer")
    talk.does("carla", SWITCH)
    assert "H-1 was withdrawn by @carla" in talk.refused("mei", "accept H-1")
    said = talk.does("mei", "handoff H-1").text
    assert "handoff of trained model" in said
    assert "data scientist to ML engineer" in said


def test_no_newer_one_is_begun_of_what_the_playbook_does_not_know(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    talk.does("carla", SWITCH)
    row = talk.desk.books.handoffs.by_number(1)
    assert row is not None
    assert row.state in TAKEN
    assert "I know no handoff called trained model" in talk.refused("ana", "handoff H-1 again")


# ── people change ────────────────────────────────────────────────────────────────────────────────


def test_an_offer_asks_whoever_has_the_role_now(talk: Talk) -> None:
    offered(talk)
    talk.does("carla", "assign late-order ml_engineer @dev")
    talk.does("carla", "unassign late-order ml_engineer @mei")
    assert "@Dev (ML engineer): please accept by" in talk.does("dev", "handoff H-1").text
