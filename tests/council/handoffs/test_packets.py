"""A packet is begun and filled in: by whom, with what, and what is said of last time."""

import pytest

from council import handoffs, initiatives
from council.desk import Desk
from tests.builders import a_person, an_initiative
from tests.council.handoffs.packets import conditional, offered, returned, whole
from tests.talk import Talk


def test_a_handoff_without_a_name_is_the_one_that_the_way_forward_needs(talk: Talk) -> None:
    assert "trained model" in talk.does("ana", "handoff late-order").text


def test_a_second_time_it_is_shown_and_not_begun_again(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    assert "H-1 ·" in talk.does("ana", "handoff late-order").text


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("h_release", "integration code"),
        ("communication of results", "communication of results"),
        ("business owner to data scientist", "objectives and questions"),
        ("h_modle", "trained model"),
        ("to devops engineer", "integration code"),
    ],
)
def test_a_handoff_is_found_by_what_people_call_it(talk: Talk, said: str, what: str) -> None:
    assert what in talk.does("carla", f"handoff late-order {said}").text


def test_several_that_could_be_meant_are_asked_about(talk: Talk) -> None:
    card = talk.does("bo", "handoff late-order data engineer").card
    assert card is not None
    assert [each.command for each in card.buttons] == [
        "handoff late-order h_data",
        "handoff late-order h_live_data",
    ]


def test_where_no_way_forward_needs_one_those_of_the_asker_are_offered(talk: Talk) -> None:
    an_initiative(talk.desk, "returns", phase="operations", models=("returns",))
    assert "integration code" in talk.does("mei", "handoff returns").text


def test_an_unknown_handoff_is_answered_with_near_ones(talk: Talk) -> None:
    assert "I know no handoff called zebra" in talk.refused("ana", "handoff late-order zebra")


def test_whoever_does_not_give_cannot_begin_and_hears_who_can(talk: Talk) -> None:
    assert "@ana" in talk.refused("rui", "handoff late-order")


def test_a_council_lead_may_begin_one(talk: Talk) -> None:
    assert "H-1" in talk.does("carla", "handoff late-order").text


def test_whoever_assists_the_giver_may_fill_in(desk: Desk, talk: Talk) -> None:
    lead = talk.desk.books.people.by_handle("carla")
    assert lead is not None
    opening = initiatives.Opening(
        "Claims", key="claims", playbook="production-handoff", phase="development", tier=2
    )
    initiatives.open_initiative(desk, lead.id, opening)
    a_person(desk, "ito")
    for handle, role in (
        ("ana", "data_scientist"),
        ("mei", "ml_engineer"),
        ("ito", "itops_manager"),
    ):
        talk.does("carla", f'assign claims "{role}" @{handle}')
    talk.does("ana", "handoff claims")
    assert "said by IT" in talk.does("ito", 'handoff H-1 features "said by IT"').text


def test_while_it_is_put_together_nobody_else_sees_what_is_in_it(talk: Talk) -> None:
    whole(talk)
    said = talk.does("mei", "handoff H-1").text
    assert "Ana is putting it together" in said
    assert "said of 1" not in said


def test_a_draft_is_told_to_no_channel(talk: Talk) -> None:
    whole(talk)
    assert not [each for each in talk.heard if each.kind.startswith("handoff")]


def test_items_are_filled_by_number_text_and_near_spelling(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    said = talk.does(
        "ana", 'handoff H-1 2 "twelve" change history "in git" asumptions "no holidays"'
    )
    assert "3 of 11" in said.text


def test_a_value_that_is_an_address_becomes_a_link(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    talk.does("ana", "handoff H-1 rollback https://wiki.example.org/rollback")
    found = handoffs.view(talk.desk, _id(talk, "ana"), "H-1")
    assert found.items[10].link == "https://wiki.example.org/rollback"


def test_a_link_that_is_no_address_is_refused(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    assert "https://" in talk.refused("ana", 'handoff H-1 3 "x" --link javascript:alert(1)')


def test_an_unknown_item_is_answered_with_near_ones(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    assert "I know no item called 14" in talk.refused("ana", 'handoff H-1 14 "x"')


def test_done_marks_an_item_without_a_word_on_it(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    assert "11 rollback: done" in talk.does("ana", "done H-1 rollback").text


def test_what_was_marked_is_taken_back(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    talk.does("ana", "done H-1 rollback")
    assert "0 of 11" in talk.does("ana", "done H-1 rollback --undo").text


def test_the_form_asks_for_five_open_items_at_a_time(talk: Talk) -> None:
    said = talk.does("ana", "handoff late-order")
    form = next(each.form for each in said.card.buttons if each.form) if said.card else None
    assert form is not None
    assert [each.option for each in form.fields] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("tier", [3, 4])
def test_lower_tiers_hand_over_a_light_packet(talk: Talk, tier: int) -> None:
    an_initiative(talk.desk, "light", phase="development", tier=tier, models=("light",))
    said = talk.does("ana", "handoff light --version v7").text
    assert "1 of 3" in said
    assert "version: 7" in said


def test_what_was_said_last_time_is_kept_with_one_press(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    assert "last time: said of 4" in talk.does("ana", "handoff H-1 again").text
    assert "11 of 11" in talk.does("ana", "handoff H-2 keep").text


def test_nothing_to_keep_is_said_kindly(talk: Talk) -> None:
    talk.does("ana", "handoff late-order")
    assert "Nothing that is open" in talk.refused("ana", "handoff H-1 keep")


def test_a_handoff_that_was_accepted_in_this_stay_is_shown(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    assert "Mei accepted" in talk.does("ana", "handoff late-order").text


def test_an_accepted_packet_is_not_filled_any_more(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    assert "accepted already by @mei" in talk.refused("ana", 'handoff H-1 3 "x"')


def test_an_archived_initiative_begins_no_handoff(talk: Talk) -> None:
    found = talk.desk.books.initiatives.by_key("late-order")
    assert found is not None
    found.state = "archived"
    talk.desk.books.add(found)
    assert "archived" in talk.refused("ana", "handoff late-order")


def test_a_private_initiative_has_no_handoffs_for_others(talk: Talk) -> None:
    offered(talk)
    found = talk.desk.books.initiatives.by_key("late-order")
    assert found is not None
    found.private = True
    talk.desk.books.add(found)
    a_person(talk.desk, "eve")
    assert "I know no handoff called H-1" in talk.refused("eve", "handoff H-1")


def test_missing_names_whoever_can_supply_it_now(talk: Talk) -> None:
    assert _missing(talk) == [("handoff", "h_model", ("ana",))]
    whole(talk)
    assert _missing(talk) == [("handoff", "H-1", ("ana",))]
    talk.does("ana", "handoff H-1 offer")
    assert _missing(talk) == [("handoff", "H-1", ("mei",))]


def test_missing_after_a_return_is_the_givers_again(talk: Talk) -> None:
    returned(talk)
    assert _missing(talk) == [("handoff", "H-1", ("ana",))]


def test_missing_are_the_open_conditions_after_an_acceptance(talk: Talk) -> None:
    conditional(talk)
    assert _missing(talk) == [
        ("condition", "H-1/1", ("mei",)),
        ("condition", "H-1/2", ("bo",)),
    ]


def test_nothing_is_missing_when_the_conditions_are_closed(talk: Talk) -> None:
    conditional(talk)
    talk.does("mei", "done H-1 1")
    talk.does("bo", "done H-1/2")
    assert _missing(talk) == []


def test_an_acceptance_of_an_earlier_stay_does_not_count_again(talk: Talk) -> None:
    offered(talk)
    talk.does("mei", "accept H-1")
    row = talk.desk.books.handoffs.by_number(1)
    assert row is not None
    row.visit -= 1
    talk.desk.books.add(row)
    assert _missing(talk) == [("handoff", "h_model", ("ana",))]


def test_waiting_tells_what_waits_for_whom(talk: Talk) -> None:
    offered(talk)
    found = talk.desk.books.initiatives.by_key("late-order")
    assert found is not None
    waits = handoffs.waiting(talk.desk, found)
    assert [(each.code, each.key, each.people[0].handle) for each in waits] == [
        ("answer_handoff", "H-1", "mei")
    ]


def test_what_is_open_of_a_person_can_be_handed_to_somebody_else(talk: Talk) -> None:
    conditional(talk)
    found = {
        handle: [each.key for each in handoffs.open_of(talk.desk, _id(talk, handle))]
        for handle in ("ana", "mei", "bo")
    }
    assert found == {"ana": [], "mei": ["H-1/1"], "bo": ["H-1/2"]}


def test_a_deputy_has_what_waits_for_whoever_is_away(talk: Talk) -> None:
    offered(talk)
    a_person(talk.desk, "tom")
    talk.does("mei", "away tomorrow --deputy @tom")
    talk.does("tom", "accept A-1")
    talk.clock.move(days=1)
    talk.desk.books.absences.forget()
    found = handoffs.open_of(talk.desk, _id(talk, "tom"))
    assert [each.key for each in found] == ["H-1"]
    assert "Tom accepted" in talk.does("tom", "accept H-1").text


def test_a_council_lead_has_what_waits_for_a_vacant_role(talk: Talk) -> None:
    talk.does("carla", "unassign late-order ml_engineer @mei")
    offered(talk)
    found = handoffs.open_of(talk.desk, _id(talk, "carla"))
    assert [each.code for each in found] == ["answer_handoff"]


def _missing(talk: Talk) -> list[tuple[str, str, tuple[str, ...]]]:
    found = talk.desk.books.initiatives.by_key("late-order")
    assert found is not None
    return [
        (each.code, each.key, tuple(one.handle for one in each.people))
        for each in handoffs.missing(talk.desk, found, "h_model")
    ]


def _id(talk: Talk, handle: str) -> str:
    found = talk.desk.books.people.by_handle(handle)
    assert found is not None
    return found.id
