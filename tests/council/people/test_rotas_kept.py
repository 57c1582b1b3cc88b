"""Rotas over weeks: what is kept does not run out, and one that helps nobody is told of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.rotas import Read, Rotas
from council import initiatives, people
from council.desk import Desk
from tests.builders import a_crew, a_person, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HOST = "calendar.example.org"
ADDRESS = f"https://{HOST}/oncall.ics"
GROUP = "<!subteam^S0MLONCALL|@ml-oncall>"
WEEKLY = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nX-WR-CALNAME:ML on call\r\n"
    b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261123T000000Z\r\nDTEND:20261130T000000Z\r\n"
    b"RRULE:FREQ=WEEKLY\r\nSUMMARY:On call: Mei\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@dataclass
class Inside:
    """A clerk who works on the test's own desk at once."""

    desk: Desk
    means: "Inside" = field(init=False)

    def __post_init__(self) -> None:
        self.means = self

    @property
    def clock(self) -> object:
        return self.desk.clock

    async def read(self, question: object, *given: object) -> object:
        return question(self.desk, *given)  # type: ignore[operator]

    write = read


class Unchanged:
    """A calendar that never changes, whose server says so where it can."""

    async def read(self, _address: str, etag: str) -> Read | None:
        return None if etag == '"1"' else Read(WEEKLY, '"1"')


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council whose initiative has no ML engineer; roles are checked each morning."""
    clock = SetClock()
    with a_desk(clock) as desk:
        desk.ical_hosts = (HOST,)
        a_crew(desk)
        a_person(desk, "tom", slack_id="U0TOM")
        an_initiative(desk, without=("mei",))
        initiatives.begin_checks(desk)
        found = Talk(desk, clock)
        found.deliver()
        yield found


def holders(talk: Talk) -> list[str]:
    """Return who is ML engineer now."""
    initiative = initiatives.get(talk.desk, "late-order")
    return [one.handle for one in people.roster(talk.desk, initiative).holders("ml_engineer")]


def group(talk: Talk, *ids: str) -> None:
    """Read the group that is on duty: these are in it."""
    talk.clock.move(minutes=15)
    [due] = people.rotas_due(talk.desk)
    people.keep_group(talk.desk, due.id, ids, "@ml-oncall")


def gaps(talk: Talk) -> list[str]:
    """Return what the lead read of gaps."""
    return [each.text for each in talk.said_to("carla") if each.kind == "role_gap"]


async def test_a_rota_that_never_changes_does_not_run_out(talk: Talk) -> None:
    clerk: object = Inside(talk.desk)
    rotas = Rotas(clerk, Unchanged(), None)  # type: ignore[arg-type]
    talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
    on_duty = []
    for _ in range(60):
        await rotas.check()
        on_duty.append(holders(talk))
        talk.clock.move(hours=23)
    assert on_duty == [["mei"]] * 60


def test_what_did_not_change_is_not_read_in_full_within_a_day(talk: Talk) -> None:
    talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
    [due] = people.rotas_due(talk.desk)
    mei = people.Turn(
        (), ("Mei",), datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 12, 24, tzinfo=UTC)
    )
    people.keep_turns(talk.desk, due.id, [mei], "", '"1"')
    etags = []
    for _ in range(3):
        talk.clock.move(hours=12)
        [due] = people.rotas_due(talk.desk)
        people.keep_unchanged(talk.desk, due.id)
        etags.append(due.etag)
    assert etags == ['"1"', "", ""]


def test_somebody_who_becomes_known_is_found_in_what_did_not_change(talk: Talk) -> None:
    talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
    [due] = people.rotas_due(talk.desk)
    begins = talk.clock.moment
    people.keep_turns(
        talk.desk,
        due.id,
        [people.Turn((), ("Zoe",), begins, begins + timedelta(days=1))],
        "",
        '"1"',
    )
    talk.clock.move(minutes=15)
    assert [each.etag for each in people.rotas_due(talk.desk)] == [""]


def test_who_was_told_of_trouble_is_told_once_that_it_is_over(talk: Talk) -> None:
    talk.does("carla", f"assign late-order ml engineer {GROUP}")
    [due] = people.rotas_due(talk.desk)
    for _ in range(2):
        people.note_failure(talk.desk, due.id, "unreachable")
    talk.deliver()
    for _ in range(4):
        group(talk, "U0TOM")
        talk.deliver()
    assert [each.kind for each in talk.said_to("carla")].count("rota_trouble") == 2


def test_a_rota_that_names_nobody_we_know_leaves_a_gap(talk: Talk) -> None:
    talk.does("carla", f"assign late-order ml engineer {GROUP}")
    group(talk, "U1", "U2")
    talk.wait(hours=1)
    while not gaps(talk):
        talk.wait(hours=24)
        group(talk, "U1", "U2")
    assert "the rota @ml-oncall, which names only people I do not know: U1 and U2" in gaps(talk)[0]


def test_such_a_gap_is_told_once(talk: Talk) -> None:
    talk.does("carla", f"assign late-order ml engineer {GROUP}")
    for _ in range(6):
        group(talk, "U1")
        talk.wait(hours=24)
    assert len(gaps(talk)) == 1


def test_who_says_so_too(talk: Talk) -> None:
    talk.does("carla", f"assign late-order ml engineer {GROUP}")
    group(talk, "U1")
    assert "names only people I do not know: U1" in talk.does("ana", "who late-order").text


def test_a_rota_that_could_not_be_read_for_a_day_leaves_a_gap(talk: Talk) -> None:
    talk.does("carla", f"assign late-order ml engineer {GROUP}")
    group(talk, "U0TOM")
    talk.wait(days=2)
    assert "the rota @ml-oncall, which I could not read for a day" in gaps(talk)[0]


@pytest.mark.parametrize("ids", [(), ("U0TOM",)])
def test_a_rota_that_is_not_read_yet_or_names_somebody_leaves_none(
    talk: Talk, ids: tuple[str, ...]
) -> None:
    talk.does("carla", f"assign late-order ml engineer {GROUP}")
    talk.wait(hours=23, minutes=30)
    if ids:
        group(talk, *ids)
    talk.wait(hours=1)
    assert gaps(talk) == []


def test_a_hole_in_a_calendar_is_no_gap(talk: Talk) -> None:
    talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
    [due] = people.rotas_due(talk.desk)
    begins = talk.clock.moment + timedelta(days=3)
    turn = people.Turn((), ("Mei",), begins, begins + timedelta(days=1))
    people.keep_turns(talk.desk, due.id, [turn], "", "")
    talk.wait(hours=24)
    assert gaps(talk) == []


def test_setup_says_so_too(talk: Talk) -> None:
    talk.does("carla", f"assign late-order ml engineer {GROUP}")
    group(talk, "U1")
    assert "names only people I do not know: U1" in talk.does("carla", "setup").text
