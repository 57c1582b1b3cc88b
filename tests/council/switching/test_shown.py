"""After a switch: old cards read as they were lived, and the next stay has a card of its own."""

from collections.abc import Iterator

import pytest

from council import cases, moves, replay
from council.playbook import Library
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Heard, Talk

OVER = (
    "playbook churn three-personas --phase data_science --map business_owner=sme "
    "--map data_scientist=data_scientist --map data_engineer=data_engineer "
    "--map ml_engineer=ml_engineer --map devops_engineer=none --yes"
)


@pytest.fixture
def talk() -> Iterator[Talk]:
    """A model in development: M-1 waits for Mei, and so does H-1."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        row = an_initiative(desk, "churn", phase="development", channel="local:lo")
        moves.welcome(desk, row)
        found = Talk(desk, clock)
        found.does("ana", "done churn o1")
        found.does("ana", "move churn forward")
        found.does("ana", "handoff churn")
        found.does("ana", 'handoff H-1 1 "v1" 2 "x"')
        found.does("ana", "handoff H-1 offer --anyway")
        yield found


def now(talk: Talk, kind: str) -> Heard:
    """Return how the card of this kind stands in the channel."""
    return talk.last("local:lo", kind)


def test_the_withdrawn_move_asks_for_nothing_any_more(talk: Talk) -> None:
    talk.does("ana", OVER)
    card = now(talk, "move_").card
    assert "Withdrawn by Ana" in now(talk, "move_").text
    assert card is not None
    assert card.buttons == ()


def test_the_old_phase_card_is_closed_in_the_words_of_its_playbook(talk: Talk) -> None:
    talk.does("ana", OVER)
    card = now(talk, "phase_left").card
    assert card is not None
    assert card.title.endswith("Model development")
    assert "phase 2 of 3" in now(talk, "phase_left").text
    assert "Data science" in now(talk, "phase_left").text
    assert card.buttons == ()


def test_an_old_phase_that_is_called_alike_there_is_counted_as_it_was(talk: Talk) -> None:
    line = (
        "playbook churn production-handoff --map business_owner=none "
        "--map data_scientist=data_scientist --map data_engineer=data_engineer "
        "--map ml_engineer=ml_engineer --map devops_engineer=itops_manager --yes"
    )
    talk.does("ana", line)
    assert "phase 2 of 3" in now(talk, "phase_left").text
    assert "phase 2 of 5" in now(talk, "phase_entered").text


def test_the_withdrawn_handoff_is_still_from_whom_to_whom_it_was(talk: Talk) -> None:
    talk.does("ana", OVER)
    said = now(talk, "handoff_withdrawn").text
    assert "trained model" in said
    assert "data scientist to ML engineer" in said


def test_who_answers_the_withdrawn_handoff_hears_that_it_was_withdrawn(talk: Talk) -> None:
    talk.does("ana", OVER)
    said = talk.refused("mei", "accept H-1")
    assert "withdrawn" in said
    assert "Council lead" not in said


def test_the_new_stay_has_a_card_that_follows_its_lists(talk: Talk) -> None:
    talk.does("ana", OVER)
    assert "Data science" in now(talk, "phase_entered").text
    talk.does("ana", "done churn o2")
    assert now(talk, "phase_").kind == "phase_worked_on"
    assert now(talk, "phase_").subject.endswith("/2")


def test_nobody_is_rung_by_the_new_card(talk: Talk) -> None:
    talk.does("carla", OVER)
    before = now(talk, "phase_entered")
    assert "@" not in before.text


def test_where_there_is_no_channel_each_reads_their_part_and_the_phase_once(talk: Talk) -> None:
    row = talk.desk.books.initiatives.by_key("churn")
    assert row is not None
    row.channel = ""
    talk.desk.books.add(row)
    council = talk.desk.books.registry.council()
    council.channel = ""
    talk.desk.books.add(council)
    before = len(talk.heard)
    talk.does("carla", OVER.replace("data_scientist=data_scientist", "data_scientist=none"))
    told = [each.kind for each in talk.heard[before:] if each.to == "@ana" and each.card]
    assert told.count("playbook_switched") == 1


def test_a_handoff_that_was_taken_counts_on_in_a_new_version(talk: Talk) -> None:
    talk.does("mei", "accept H-1")
    before = talk.does("ana", "move churn").text
    assert "trained model" not in before
    talk.does("ana", "playbook churn --version 1 --yes")
    assert "h_model" not in talk.does("ana", "move churn").text
    assert "handoff" not in talk.does("ana", "move churn").text


def test_a_handoff_that_is_under_way_goes_on_in_a_new_version(talk: Talk) -> None:
    talk.does("ana", "playbook churn --version 1 --yes")
    assert "trained model" not in now(talk, "handoff_").text  # version 1 has no name for it
    talk.does("mei", "accept H-1")
    row = talk.desk.books.handoffs.by_number(1)
    assert row is not None
    assert (row.state, row.visit) == ("accepted", 2)
    assert replay.compare(talk.desk) == ()


def test_whoever_decides_an_open_huddle_anew_is_called_to_it(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal())])
    talk.deliver()
    talk.does("mei", "ack C-1")
    talk.does("ana", "huddle C-1")
    a_person(talk.desk, "max")
    talk.does("carla", "assign churn business owner @max")
    line = OVER.replace("--map business_owner=sme", "--map business_owner=data_scientist")
    before = len(talk.heard)
    talk.does("carla", line)
    heard = [each for each in talk.heard[before:] if each.subject.startswith("huddle:")]
    assert {"card", "reply"} <= {each.form for each in heard if each.state == "sent"}
    assert any("@Max" in each.text for each in heard if each.form == "reply")


def test_open_huddles_are_named_before_the_switch(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal())])
    talk.does("ana", "huddle C-1")
    said = talk.does("ana", OVER.removesuffix(" --yes")).text
    assert "C-1 and R-1 stay open, and call the new roles" in said


def test_where_the_old_text_is_gone_its_cards_stay_as_they_are(talk: Talk) -> None:
    talk.say("ana", OVER)
    kept = [each for each in talk.desk.playbooks.playbooks if each.id == "three-personas"]
    talk.desk.playbooks = Library(kept)
    heard = talk.deliver()
    assert ("phase_left", "dropped") in {(each.kind, each.state) for each in heard}
    assert "Data science" in now(talk, "phase_entered").text


def test_a_decision_tells_the_way_that_it_took_by_the_playbook_of_then(talk: Talk) -> None:
    an_initiative(talk.desk, "late", models=("late",))
    cases.receive(talk.desk, [a_delivery(a_signal(model="late"))])
    talk.does("ana", "huddle C-1")
    said = '"summer" --hypothesis h --data-window w --expect e --check "in 3 weeks"'
    for who in ("ana", "mei"):
        talk.does(who, f"decide R-1 retrain {said}")
    way = "Phase: 3 → 2 (Model development)"
    assert way in talk.does("ana", "decide D-1").text
    talk.does("ana", talk.does("ana", "playbook late three-personas").button("Switch"))
    assert way in talk.does("ana", "decide D-1").text
