"""The ledger replays to the state that the tables hold; a table that was touched is found out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from council import replay
from council.replay.fold import State, fold
from tests.builders import a_crew, a_delivery, a_signal, an_initiative, recovered
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk


@dataclass
class Link:
    kind: str
    subject: str = "initiative:1"
    facts: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def talk() -> Iterator[Talk]:
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk)
        yield Talk(desk, clock)


def touch(talk: Talk, **change: object) -> None:
    row = talk.desk.books.initiatives.by_key("late-order")
    assert row is not None
    for name, value in change.items():
        setattr(row, name, value)
    talk.desk.books.add(row)


def test_a_new_council_is_as_the_ledger_tells(talk: Talk) -> None:
    assert replay.compare(talk.desk) == ()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"phase": "development"}, "phase"),
        ({"state": "paused"}, "state"),
        ({"tier": 1}, "tier"),
        ({"private": True}, "private"),
        ({"serving": "operations"}, "serving"),
        ({"playbook_version": 1}, "version"),
    ],
)
def test_a_row_that_was_changed_behind_the_ledger_is_found(
    talk: Talk, change: dict[str, object], name: str
) -> None:
    touch(talk, **change)
    assert [(each.key, each.name) for each in replay.compare(talk.desk)] == [("late-order", name)]


def test_somebody_who_was_put_into_a_role_behind_the_ledger_is_found(talk: Talk) -> None:
    row = talk.desk.books.initiatives.by_key("late-order")
    person = talk.desk.books.people.by_handle("mei")
    assert row is not None
    assert person is not None
    live = talk.desk.books.initiatives.live(row.id, "ml_engineer", person.id)
    assert live is not None
    live.until = talk.desk.now()
    talk.desk.books.add(live)
    assert [each.name for each in replay.compare(talk.desk)] == ["staff"]


def test_a_case_follows_the_ledger_from_its_opening_to_its_end(talk: Talk) -> None:
    from council import cases  # noqa: PLC0415

    first = a_signal()
    for step in (
        lambda: cases.receive(talk.desk, [a_delivery(first)]),
        lambda: talk.does("mei", "ack C-1"),
        lambda: talk.does("mei", "decline C-1 away"),
        lambda: cases.receive(talk.desk, [a_delivery(recovered(first))]),
        lambda: talk.does("rui", 'flag late-order "it is odd"'),
        lambda: talk.does("mei", "close C-2 noise"),
    ):
        step()
        assert replay.compare(talk.desk) == ()


def test_a_row_that_the_ledger_does_not_know_is_found(talk: Talk) -> None:
    copy = talk.desk.books.initiatives.by_key("late-order").model_copy(  # type: ignore[union-attr]
        update={"id": "smuggled", "key": "smuggled"}
    )
    talk.desk.books.add(type(copy)(**copy.model_dump()))
    assert [(each.key, each.name) for each in replay.compare(talk.desk)] == [
        ("smuggled", "missing")
    ]


def test_it_is_read_in_slices(talk: Talk) -> None:
    for number in range(60):
        talk.say("carla", f'new "Idea {number}"')
        talk.say("carla", f"edit idea-{number} --tier 2")
    walk, slices = replay.Walk(), 0
    while not walk.done:
        walk, slices = replay.walk_on(talk.desk, walk), slices + 1
    assert (walk.found, slices > 5) == ((), True)


def test_what_is_written_meanwhile_is_no_difference(talk: Talk) -> None:
    walk = replay.Walk()
    while not walk.told:
        walk = replay.walk_on(talk.desk, walk)
    talk.does("carla", "edit late-order --tier 1")
    while not walk.done:
        walk = replay.walk_on(talk.desk, walk)
    assert walk.found == ()


def test_what_an_older_entry_does_not_say_is_not_compared() -> None:
    opened = {"playbook": "lead-support-learn", "version": 1, "phase": "operations", "tier": 2}
    known = fold(State(), [Link("initiative.opened", facts=opened)]).subjects["initiative:1"]
    assert "step" not in known
    assert known["visit"] == 1


def test_folding_leaves_what_it_was_given() -> None:
    opened = Link("initiative.opened", facts={"phase": "operations"})
    before = fold(State(), [opened])
    fold(before, [Link("phase.entered", facts={"phase": "retired", "kind": "end"})])
    assert before.subjects["initiative:1"]["phase"] == "operations"


def test_loops_are_counted() -> None:
    links = [
        Link("initiative.opened", facts={"phase": "a"}),
        Link("phase.entered", facts={"phase": "b", "kind": "forward", "visit": 2}),
        Link("phase.entered", facts={"phase": "a", "kind": "back", "visit": 3}),
        Link("phase.entered", facts={"phase": "a", "kind": "within", "visit": 4}),
    ]
    known = fold(State(), links).subjects["initiative:1"]
    assert (known["visit"], known["back"], known["within"]) == (4, 1, 1)


def test_an_assignment_that_was_taken_back_holds_no_more() -> None:
    person = {"role": "ml_engineer", "person": "p"}
    links = [
        Link("initiative.opened", facts={"phase": "a"}),
        Link("assignment.made", facts=person),
        Link("assignment.made.undone", facts=person),
    ]
    assert fold(State(), links).subjects["initiative:1"]["staff"] == frozenset()


def test_conditions_are_open_until_each_is_closed() -> None:
    links = [
        Link("handoff.drafted", "handoff:1", {"state": "draft"}),
        Link(
            "handoff.accepted_with_conditions",
            "handoff:1",
            {"state": "accepted_with_conditions", "conditions": {"1": "p", "2": "q"}},
        ),
        Link("condition.closed", "handoff:1", {"condition": 1}),
    ]
    assert fold(State(), links).subjects["handoff:1"]["open"] == {2}
