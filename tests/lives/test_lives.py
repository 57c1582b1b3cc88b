"""Five lives, one per playbook, on both engines: from intake to retirement, by typed commands."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from council import ledger, replay
from council.playbook import MoveKind
from tests.lives.living import Living, a_desk_on, live
from tests.lives.plans import LIVES, Life


@pytest.fixture(params=LIVES, ids=lambda life: life.playbook)
def lived(request: pytest.FixtureRequest, empty_database_url: str) -> Iterator[Living]:
    """Return a life that was lived, once per playbook and engine."""
    life: Life = request.param
    with a_desk_on(empty_database_url) as desk:
        yield live(desk, life)


def test_a_life_goes_from_intake_to_retirement_and_leaves_nothing_open(lived: Living) -> None:
    desk, initiative = lived.desk, lived.initiative
    assert (initiative.state, initiative.phase) == ("retired", lived.life.end.to)
    assert ledger.verify(desk)[1] == []
    assert replay.compare(desk) == ()
    assert _owed(lived) == []
    assert _visits_follow(lived)
    assert [each.reason for each in desk.books.outbox.page("dead", 10)] == []


def _owed(lived: Living) -> list[str]:
    """Return what is still on the agenda; there is no other initiative."""
    rows = lived.desk.books.agenda.due(lived.talk.clock.moment.replace(year=2100), 100)
    return [f"{row.kind} {row.subject}" for row in rows]


def _visits_follow(lived: Living) -> bool:
    """Whether every stay began where the one before ended, by a transition of the playbook."""
    playbook = lived.desk.playbooks.get(lived.life.playbook)
    visits = lived.desk.books.moves.visits(lived.initiative.id)
    for before, after in pairwise(visits):
        way = playbook.transitions[after.transition]
        assert (way.source, way.target) == (before.phase, after.phase)
        assert before.left_at == after.entered_at
    kinds = [each.kind for each in visits]
    assert kinds[0] == "opened"
    assert kinds.count(str(MoveKind.BACK)) == 1
    assert kinds[-1] == str(MoveKind.END)
    return True
