"""Conditions hold a phase up until they are closed; their owners are told, reminded, and named."""

import pytest

from council import handoffs
from tests.builders import a_person
from tests.council.handoffs.conftest import CHANNEL
from tests.council.handoffs.packets import conditional, offered
from tests.talk import Talk


def no_channel(talk: Talk) -> None:
    """Leave the initiative and the council without a channel."""
    council = talk.desk.books.registry.council()
    council.channel = ""
    talk.desk.books.add(council)
    found = talk.desk.books.initiatives.by_key("late-order")
    assert found is not None
    found.channel = ""
    talk.desk.books.add(found)


def accepted_on(talk: Talk, *conditions: str) -> None:
    offered(talk)
    said = " ".join(f'--condition "{each}"' for each in conditions)
    talk.does("mei", f"accept H-1 {said}")


def kinds(talk: Talk, since: int = 0) -> list[str]:
    return [f"{each.to} {each.kind}" for each in talk.heard[since:] if each.state == "sent"]


def again(talk: Talk) -> None:
    """Have Ana hand over a newer packet of the same kind, and Mei take it."""
    talk.does("ana", "handoff H-1 again")
    talk.does("ana", "handoff H-2 keep")
    talk.does("ana", "handoff H-2 offer")
    talk.does("mei", "accept H-2")


# ── what they hold up ────────────────────────────────────────────────────────────────────────────


def test_a_newer_packet_does_not_do_away_with_an_open_condition(talk: Talk) -> None:
    accepted_on(talk, "p95 proven @dev")
    again(talk)
    talk.does("ana", "move late-order forward")
    talk.does("mei", "accept M-1")
    assert "Model development" in talk.does("ana", "status late-order").text
    talk.does("dev", "done H-1 1")
    assert "Model operations" in talk.does("ana", "status late-order").text


def test_the_card_of_a_newer_packet_names_the_condition_that_still_holds_it_up(talk: Talk) -> None:
    accepted_on(talk, "p95 proven @dev")
    again(talk)
    heard = talk.last(CHANNEL, "handoff_accepted")
    assert "Phase 3 (Model operations) starts when H-1/1 closes." in heard.text
    assert heard.card is not None
    assert not [each for each in heard.card.buttons if each.primary]


# ── who may close them ───────────────────────────────────────────────────────────────────────────


def test_whoever_may_not_close_one_hears_that_its_owner_can(talk: Talk) -> None:
    accepted_on(talk, "p95 proven @dev")
    said = talk.refused("bo", "done H-1 1")
    assert "To close H-1/1 takes its owner, or the role of ML engineer." in said
    assert "These people can: @dev or @mei." in said


# ── who is told ──────────────────────────────────────────────────────────────────────────────────


def test_without_any_channel_the_owner_of_a_condition_is_told_directly(talk: Talk) -> None:
    no_channel(talk)
    accepted_on(talk, "p95 proven @dev")
    said = talk.last("@dev", "handoff")
    assert "1 p95 proven: Dev sees to it" in said.text
    assert said.card is not None
    assert [each.command for each in said.card.buttons] == ["done H-1 1", "handoff H-1"]


def test_without_any_channel_nobody_reads_a_reply_to_somebody_else(talk: Talk) -> None:
    no_channel(talk)
    before = len(talk.heard)
    accepted_on(talk, "p95 proven @dev")
    assert not [each for each in kinds(talk, before) if each.endswith("_reply")]


def test_the_giver_who_owns_a_condition_gets_one_card_of_it(talk: Talk) -> None:
    no_channel(talk)
    offered(talk)
    before = len(talk.heard)
    talk.does("mei", 'accept H-1 --condition "seed set @ana"')
    assert [each for each in kinds(talk, before) if "@ana" in each] == [
        "@ana handoff_accepted_with_conditions_giver"
    ]


# ── their clock ──────────────────────────────────────────────────────────────────────────────────


def test_the_owner_of_an_open_condition_is_reminded_once_in_the_thread(talk: Talk) -> None:
    accepted_on(talk, "p95 proven @dev")
    before = len(talk.heard)
    talk.wait(days=14)
    replies = [each for each in talk.heard[before:] if each.kind == "handoff_still_open_reply"]
    assert [each.to for each in replies] == [CHANNEL]
    assert replies[0].text.startswith(
        "@Dev: H-1 (trained model) still waits for a condition that you see to"
    )


def test_then_the_council_lead_hears_of_it_once(talk: Talk) -> None:
    accepted_on(talk, "p95 proven @dev")
    talk.wait(days=14)
    assert [each.kind for each in talk.said_to("carla") if "condition" in each.kind] == [
        "handoff_condition_late"
    ]
    assert "Carla: please see what it needs" in talk.last("@carla", "handoff").text
    assert "“p95 proven” (Dev)" in talk.last(CHANNEL, "handoff_condition_late_reply").text


def test_nothing_comes_of_the_clock_once_the_last_condition_is_closed(talk: Talk) -> None:
    accepted_on(talk, "p95 proven @dev")
    talk.does("dev", "done H-1 1")
    before = len(talk.heard)
    talk.wait(days=14)
    assert not [each for each in kinds(talk, before) if "handoff" in each]


def test_a_condition_that_is_opened_again_has_a_clock_again(talk: Talk) -> None:
    accepted_on(talk, "p95 proven @dev")
    talk.does("dev", "done H-1 1")
    talk.does("dev", "done H-1 1 --undo")
    talk.wait(days=14)
    assert "@Dev" in talk.last(CHANNEL, "handoff_still_open_reply").text


def test_without_any_channel_the_owner_is_reminded_directly(talk: Talk) -> None:
    no_channel(talk)
    accepted_on(talk, "p95 proven @dev")
    before = len(talk.heard)
    talk.wait(days=4)
    assert kinds(talk, before) == ["@dev handoff_still_open_reply"]


def test_the_clock_of_a_condition_stands_still_while_the_initiative_is_paused(talk: Talk) -> None:
    accepted_on(talk, "p95 proven @dev")
    talk.does("ana", 'pause late-order "the shop moves" --yes')
    before = len(talk.heard)
    talk.wait(days=14)
    assert not [each for each in kinds(talk, before) if "handoff" in each]


def test_a_condition_of_a_stay_that_is_over_waits_for_nobody(talk: Talk) -> None:
    accepted_on(talk, "p95 proven @dev")
    talk.does("ana", "back late-order --change change_input_data")
    talk.does("bo", "accept M-1")
    assert "H-1/1" not in talk.does("dev", "mine").text
    before = len(talk.heard)
    talk.wait(days=14)
    assert not [each for each in kinds(talk, before) if "condition" in each or "still_open" in each]


# ── for whom it waits ────────────────────────────────────────────────────────────────────────────


def test_the_giver_finds_in_theirs_what_waits_for_others(talk: Talk) -> None:
    offered(talk)
    said = talk.does("ana", "mine").text
    assert "Nothing waits for you." in said
    assert "H-1 trained model · waits for Mei by Wed 25 Nov" in said
    talk.does("mei", 'accept H-1 --condition "p95 proven @dev"')
    assert "H-1/1 p95 proven · waits for Dev · late-order" in talk.does("ana", "mine").text


@pytest.mark.parametrize("handle", ["mei", "bo"])
def test_nobody_waits_for_others_with_what_is_their_own(talk: Talk, handle: str) -> None:
    conditional(talk)
    person = talk.desk.books.people.by_handle(handle)
    assert person is not None
    assert not handoffs.held_up(talk.desk, person.id)


def test_an_owner_without_any_part_may_close_theirs(talk: Talk) -> None:
    a_person(talk.desk, "zoe")
    accepted_on(talk, "p95 proven @zoe")
    assert "H-1/1" in talk.does("zoe", "mine").text
    assert "closed by Zoe" in talk.does("zoe", "done H-1 1").text
