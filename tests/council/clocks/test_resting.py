"""What was paused goes on by the hours of whoever it waits for: no working hour is lost or won."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.builders import a_crew, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def offered() -> Iterator[Talk]:
    """Return a council in which a handoff was offered on Monday at nine, for 16 working hours."""
    clock = SetClock(MONDAY)
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, phase="development", channel="local:here")
        found = Talk(desk, clock)
        found.does("ana", "handoff late-order")
        found.does("ana", "handoff H-1 offer --anyway")
        yield found


def accept_by(talk: Talk) -> str:
    """Return until when H-1 is to be answered."""
    row = talk.desk.books.handoffs.by_number(1)
    assert row
    assert row.accept_by
    return f"{row.accept_by:%a %d %H:%M}"


def clocks(talk: Talk) -> dict[str, str]:
    """Return when each clock of H-1 is due."""
    rows = talk.desk.books.agenda.due(datetime.max.replace(tzinfo=UTC), 200)
    return {
        f"{row.kind}{row.period}": f"{row.due_at:%a %d %H:%M}"
        for row in rows
        if row.kind.startswith("handoff")
    }


def test_sixteen_working_hours_are_sixteen_after_a_pause(offered: Talk) -> None:
    assert accept_by(offered) == "Tue 24 17:00"
    offered.does("mei", 'pause late-order "the budget"')
    offered.clock.moment = datetime(2026, 11, 27, 16, tzinfo=UTC)  # Friday
    offered.does("mei", "resume late-order")
    assert accept_by(offered) == "Tue 01 16:00"


def test_the_reminder_comes_when_half_of_them_have_passed(offered: Talk) -> None:
    offered.does("mei", 'pause late-order "the budget"')
    offered.clock.moment = datetime(2026, 11, 27, 16, tzinfo=UTC)
    offered.does("mei", "resume late-order")
    assert clocks(offered)["handoff.remind1"] == "Mon 30 16:00"


def test_they_are_those_of_whoever_is_asked(offered: Talk) -> None:
    offered.does("mei", "settings hours 9-11")
    offered.wait(minutes=10)
    before = accept_by(offered)
    offered.does("mei", 'pause late-order "the budget"')
    offered.clock.move(days=7)
    offered.does("mei", "resume late-order")
    after = accept_by(offered)
    assert (before[:3], before[-5:]) == (after[:3], after[-5:])
