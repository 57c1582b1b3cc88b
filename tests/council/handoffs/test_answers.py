"""An offer is answered: taken, taken on conditions, given back, withdrawn; one outcome always."""

import pytest

from tests.builders import an_initiative
from tests.council.handoffs.conftest import CHANNEL
from tests.council.handoffs.packets import conditional, offered, returned, whole
from tests.talk import Talk


def test_an_offer_asks_the_receivers_in_the_channel_with_a_time(talk: Talk) -> None:
    offered(talk)
    assert "@Mei (ML engineer): please accept by Wed 25 Nov" in talk.last(CHANNEL, "handoff").text


def test_an_offer_goes_directly_to_nobody_where_there_is_a_channel(talk: Talk) -> None:
    offered(talk)
    assert not [each for each in talk.said_to("mei") if each.kind.startswith("handoff")]


def test_an_incomplete_packet_is_not_offered_by_accident(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    assert "11 items are still open" in talk.refused("ana", "handoff H-1 offer")


def test_an_incomplete_packet_is_offered_anyway_and_says_what_is_open(talk: Talk) -> None:
    whole(talk)
    talk.does("ana", "done H-1 rollback --undo")
    talk.does("ana", "handoff H-1 offer --anyway")
    assert "10 of 11 items are there; open: rollback." in talk.last(CHANNEL, "handoff").text


def test_tier_1_hands_over_a_whole_packet(talk: Talk) -> None:
    an_initiative(talk.desk, "strict", phase="development", tier=1, models=("strict",))
    talk.does("ana", "handoff strict")
    said = talk.refused("ana", "handoff H-1 offer --anyway")
    assert "Tier 1 hands over a whole packet" in said
    assert "--anyway" not in said


def test_an_item_filled_after_the_offer_shows_on_the_card(talk: Talk) -> None:
    whole(talk)
    talk.does("ana", "done H-1 rollback --undo")
    talk.does("ana", "handoff H-1 offer --anyway")
    talk.does("ana", 'handoff H-1 rollback "v6"')
    assert "11 of 11" in talk.last(CHANNEL, "handoff").text


def test_a_vacant_receiver_is_stood_in_for_by_the_council_lead(talk: Talk) -> None:
    talk.does("carla", "unassign late-order ml_engineer @mei")
    offered(talk)
    said = talk.last(CHANNEL, "handoff").text
    assert "@Carla (council lead)" in said
    assert "Nobody is there as ML engineer" in said


def test_without_any_channel_the_offer_goes_to_the_receivers_directly(talk: Talk) -> None:
    council = talk.desk.books.registry.council()
    council.channel = ""
    talk.desk.books.add(council)
    an_initiative(talk.desk, "quiet", phase="development", models=("quiet",))
    whole(talk, "quiet")
    talk.does("ana", "handoff H-1 offer")
    assert "Ana offers v7" in talk.last("@mei", "handoff").text


def test_then_the_giver_hears_directly_that_it_was_accepted(talk: Talk) -> None:
    test_without_any_channel_the_offer_goes_to_the_receivers_directly(talk)
    talk.does("mei", "accept H-1")
    assert "Mei accepted" in talk.last("@ana", "handoff").text


def test_acceptance_tells_how_long_it_took_and_what_can_start(talk: Talk) -> None:
    offered(talk)
    talk.wait(hours=5, minutes=10)
    said = talk.does("mei", "accept H-1").text
    assert "Mei accepted after 5 h 10 min." in said
    assert "Phase 3 (Model operations) no longer waits for this: Ana or Mei can move it on." in said


def test_accepting_twice_gets_a_kind_answer(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    assert "accepted already by @mei" in talk.refused("mei", "accept H-1")


def test_a_packet_that_was_withdrawn_meanwhile_is_not_accepted(talk: Talk) -> None:
    offered(talk)
    talk.does("ana", "handoff H-1 withdraw")
    assert "withdrawn by @ana" in talk.refused("mei", "accept H-1")


def test_a_packet_that_was_accepted_meanwhile_is_not_withdrawn(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    assert "accepted already by @mei" in talk.refused("ana", "handoff H-1 withdraw")


def test_a_draft_is_not_accepted(talk: Talk) -> None:
    whole(talk)
    assert "not offered yet" in talk.refused("mei", "accept H-1")


def test_whoever_does_not_receive_cannot_accept_and_hears_who_can(talk: Talk) -> None:
    offered(talk)
    assert "@mei" in talk.refused("rui", "accept H-1")


def test_the_giver_does_not_take_their_own_packet(talk: Talk) -> None:
    whole(talk)
    talk.does("carla", "handoff H-1 offer")
    assert "somebody else than whoever offered it" in talk.refused("carla", "accept H-1")


def test_whoever_holds_both_roles_takes_their_own_packet_and_the_card_says_so(talk: Talk) -> None:
    talk.does("carla", "assign late-order ml_engineer @ana")
    offered(talk)
    assert "@Ana" not in talk.last(CHANNEL, "handoff").text
    talk.does("ana", "accept H-1")
    assert "Ana holds both roles here" in talk.last(CHANNEL, "handoff").text


def test_a_condition_without_an_owner_is_of_whoever_accepts(talk: Talk) -> None:
    conditional(talk)
    assert "1 p95 under 80 ms: Mei sees to it" in talk.last(CHANNEL, "handoff_accepted").text


def test_the_owner_of_a_condition_is_told_in_the_thread_and_the_actor_is_not(talk: Talk) -> None:
    conditional(talk)
    said = talk.last(CHANNEL, "handoff_conditions_reply").text
    assert "@Bo" in said
    assert "Mei" not in said


def test_an_unknown_owner_is_answered_with_near_names(talk: Talk) -> None:
    offered(talk)
    assert "mei" in talk.refused("mei", 'accept H-1 --condition "p95 @meii"')


def test_a_condition_that_says_nothing_is_refused(talk: Talk) -> None:
    offered(talk)
    said = talk.refused("mei", 'accept H-1 --condition "@bo"')
    assert "@bo names who sees to it; say also what must hold" in said


def test_a_condition_is_closed_by_its_owner_with_evidence(talk: Talk) -> None:
    conditional(talk)
    talk.does("bo", "done H-1 2 --link https://wiki.example.org/alerts")
    assert "closed by Bo · evidence" in talk.last(CHANNEL, "handoff_condition").text


def test_a_condition_of_somebody_else_is_closed_by_the_receiver_only(talk: Talk) -> None:
    conditional(talk)
    talk.refused("rui", "done H-1 2")
    talk.does("mei", "done H-1 2")


def test_closing_twice_gets_a_kind_answer(talk: Talk) -> None:
    conditional(talk)
    talk.does("bo", "done H-1 2")
    assert "closed already by @bo" in talk.refused("bo", "done H-1 2")


def test_when_the_last_condition_closes_everybody_on_the_card_sees_it(talk: Talk) -> None:
    conditional(talk)
    talk.does("bo", "done H-1 2")
    talk.does("mei", "done H-1")
    assert (
        "all are closed. Phase 3 (Model operations) no longer waits"
        in talk.last(CHANNEL, "handoff").text
    )


def test_a_condition_is_opened_again(talk: Talk) -> None:
    conditional(talk)
    talk.does("bo", "done H-1 2")
    assert "2 alerts agreed: Bo sees to it" in talk.does("bo", "done H-1 2 --undo").text


def test_the_giver_reads_in_full_why_it_came_back(talk: Talk) -> None:
    returned(talk)
    assert "“the seed is missing”" in talk.last("@ana", "handoff_returned").text


def test_the_channel_reads_in_short_why_it_came_back(talk: Talk) -> None:
    returned(talk)
    said = talk.last(CHANNEL, "handoff_returned").text
    assert "Mei gave it back: not reproducible. Next offer: Thursday." in said
    assert "seed" not in said


def test_to_give_back_without_a_reason_asks_for_one(talk: Talk) -> None:
    offered(talk)
    said = talk.does("mei", "decline H-1")
    assert said.button("Missing item") == "decline H-1 missing_item"


@pytest.mark.parametrize(
    ("typed", "reason", "line"),
    [
        ("missing item: the rollback", "missing_item", "the rollback"),
        ("Not-Reproducible", "not_reproducible", ""),
        ("the seed is missing", "other", "the seed is missing"),
        ('not_reproducable "no seed"', "not_reproducible", "no seed"),
        ('"wrong receiver"', "wrong_receiver", ""),
    ],
)
def test_a_reason_is_read_in_any_spelling(talk: Talk, typed: str, reason: str, line: str) -> None:
    offered(talk)
    talk.does("mei", f"return H-1 {typed}")
    row = talk.desk.books.handoffs.by_number(1)
    assert row is not None
    assert (row.reason, row.line) == (reason, line)


@pytest.mark.parametrize("day", ["someday", "2020-01-01"])
def test_a_day_that_is_none_or_over_is_refused(talk: Talk, day: str) -> None:
    offered(talk)
    assert "Next offer" in talk.refused("mei", f'decline H-1 other "x" --next {day}')


def test_what_came_back_is_offered_again_as_the_same_handoff(talk: Talk) -> None:
    returned(talk)
    talk.does("ana", 'handoff H-1 9 "with the seed"')
    talk.does("ana", "handoff H-1 offer")
    assert "It was given back before" in talk.last(CHANNEL, "handoff_offered").text
    assert "@Mei" in talk.last(CHANNEL, "handoff_again_reply").text


def test_asking_for_a_handoff_after_a_return_shows_the_same_one(talk: Talk) -> None:
    returned(talk)
    assert "H-1 ·" in talk.does("ana", "handoff late-order").text


def test_what_came_back_is_not_accepted_before_it_is_offered_again(talk: Talk) -> None:
    returned(talk)
    assert "was given back by @mei" in talk.refused("mei", "accept H-1")


def test_offering_twice_gets_a_kind_answer(talk: Talk) -> None:
    offered(talk)
    said = talk.refused("ana", "handoff H-1 offer")
    assert "You offered H-1 already; it waits for @mei." in said
    assert "@ana" not in said


def test_giving_back_without_a_reason_asks_for_one_and_changes_nothing(talk: Talk) -> None:
    offered(talk)
    said = talk.does("mei", "decline H-1")
    assert "Why does H-1 go back?" in said.text
    assert said.button("Not reproducible") == "decline H-1 not_reproducible"
    assert "please accept by" in talk.does("mei", "handoff H-1").text


def test_a_paused_initiative_offers_nothing_but_its_offers_may_be_answered(talk: Talk) -> None:
    offered(talk)
    _set(talk, "paused")
    talk.does("mei", "accept H-1")
    talk.does("ana", "handoff H-1 again")
    talk.does("ana", "handoff H-2 keep")
    assert "paused" in talk.refused("ana", "handoff H-2 offer")


def test_an_initiative_that_has_ended_takes_nothing(talk: Talk) -> None:
    offered(talk)
    _set(talk, "retired")
    assert "retired" in talk.refused("mei", "accept H-1")
    talk.does("ana", "handoff H-1 withdraw")


def test_an_initiative_that_is_only_watched_tells_its_lead_and_has_no_clock(talk: Talk) -> None:
    _set(talk, "watching")
    offered(talk)
    assert "please accept it" in talk.last("@carla", "handoff_offered").text
    assert not talk.desk.books.handoffs.by_number(1).accept_by  # type: ignore[union-attr]


def test_a_handoff_that_goes_on_to_people_outside_says_to_whom(talk: Talk) -> None:
    talk.does("ana", "handoff late-order h_exec")
    values = " ".join(f'{number} "x"' for number in range(1, 5))
    talk.does("ana", f"handoff H-1 {values}")
    talk.does("ana", "handoff H-1 offer")
    assert "From there it goes on to executives." in talk.last(CHANNEL, "handoff").text


def _set(talk: Talk, state: str) -> None:
    found = talk.desk.books.initiatives.by_key("late-order")
    assert found is not None
    found.state = state
    talk.desk.books.add(found)
