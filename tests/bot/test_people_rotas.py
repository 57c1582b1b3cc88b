"""Rotas: calendars and groups are read at the edge, kept, believed for a day, and told of."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.messenger import DeliveryError, Failure
from bot.rotas import Group, Read, Rotas, Unread
from bot.rotas.calendar import Unreadable, read_calendar
from bot.rotas.feed import LARGEST, HttpFeed
from council import people
from council.desk import Desk
from council.people import Turn
from tests.builders import a_crew, a_person, an_initiative
from tests.desks import a_desk
from tests.fakes import START, SetClock
from tests.talk import Talk

HOST = "calendar.example.org"
ADDRESS = f"https://{HOST}/private-s3cret/rota.ics"
GROUP = "<!subteam^S0MLONCALL|@ml-oncall>"


def ics(*events: str, name: str = "ML on call", more: str = "") -> bytes:
    """Return a calendar of these events."""
    found = "".join(
        f"BEGIN:VEVENT\nUID:{at}\n{each}\nEND:VEVENT\n" for at, each in enumerate(events)
    )
    head = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nX-WR-CALNAME:{name}\n{more}"
    return f"{head}{found}END:VCALENDAR\n".replace("\n", "\r\n").encode()


WEEKLY = (
    "DTSTART:20261123T090000Z\nDTEND:20261130T090000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2\n"
    "SUMMARY:On call: Mei\nATTENDEE;CN=Mei:mailto:MEI@example.org"
)
OTHER = "DTSTART:20261130T090000Z\nDTEND:20261207T090000Z\nSUMMARY:On call - Tom"


class TestCalendars:
    def test_turns_repeat_and_name_who_is_invited(self) -> None:
        name, turns = read_calendar(ics(WEEKLY, OTHER), START, "UTC")
        assert name == "ML on call"
        assert [(turn.begins.day, turn.ends.day) for turn in turns] == [
            (23, 30),
            (30, 7),
            (7, 14),
            (21, 28),
        ]
        assert turns[0].invited == ("mailto:MEI@example.org",)
        assert "Tom" in turns[1].spoken

    def test_whole_days_begin_at_midnight_there(self) -> None:
        event = "DTSTART;VALUE=DATE:20261125\nDTEND;VALUE=DATE:20261126\nSUMMARY:mei"
        _, [turn] = read_calendar(ics(event), START, "Asia/Kathmandu")
        assert turn.begins == datetime(2026, 11, 24, 18, 15, tzinfo=UTC)

    def test_the_calendars_own_zone_goes_first(self) -> None:
        event = "DTSTART:20261125T090000\nDTEND:20261125T170000\nSUMMARY:mei"
        calendar = ics(event, more="X-WR-TIMEZONE:Europe/Berlin\n")
        _, [turn] = read_calendar(calendar, START, "America/New_York")
        assert turn.begins == datetime(2026, 11, 25, 8, tzinfo=UTC)

    def test_what_was_called_off_is_no_turn(self) -> None:
        event = "DTSTART:20261125T090000Z\nDTEND:20261125T170000Z\nSTATUS:CANCELLED\nSUMMARY:mei"
        assert read_calendar(ics(event), START, "UTC")[1] == ()

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"<html>please sign in</html>",
            b"\xff\xfe",
            b"BEGIN:VCALENDAR\r\n",
            ics("DTSTART:20261124T000000Z\nDTEND:20261124T000001Z\nRRULE:FREQ=SECONDLY\nSUMMARY:x"),
        ],
    )
    def test_what_is_no_rota_is_refused(self, body: bytes) -> None:
        with pytest.raises(Unreadable):
            read_calendar(body, START, "UTC")


class TestTheFeed:
    async def read(
        self, answer: httpx.Response, address: str = ADDRESS, etag: str = ""
    ) -> tuple[Read | None, list[httpx.Request]]:
        asked: list[httpx.Request] = []

        def give(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            return answer

        feed = HttpFeed((HOST,), httpx.MockTransport(give))
        try:
            return await feed.read(address, etag), asked
        finally:
            await feed.close()

    async def test_what_stands_there_is_read_with_its_mark(self) -> None:
        found, _ = await self.read(httpx.Response(200, content=b"x", headers={"etag": '"7"'}))
        assert found == Read(b"x", '"7"')

    async def test_what_did_not_change_is_not_sent_again(self) -> None:
        found, [asked] = await self.read(httpx.Response(304), etag='"7"')
        assert (found, asked.headers["if-none-match"]) == (None, '"7"')

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            (httpx.Response(404), "not_found"),
            (httpx.Response(403), "refused"),
            (httpx.Response(500), "unreachable"),
            (httpx.Response(200, content=b"x" * (LARGEST + 1)), "too_large"),
            (httpx.Response(302, headers={"location": "https://evil.example/"}), "redirected"),
            (httpx.Response(302, headers={"location": f"http://{HOST}/"}), "host"),
            (httpx.Response(302, headers={"location": "/again"}), "redirected"),
        ],
    )
    async def test_what_cannot_be_read_says_why(self, answer: httpx.Response, why: str) -> None:
        with pytest.raises(Unread) as unread:
            await self.read(answer)
        assert str(unread.value) == why

    @pytest.mark.parametrize(
        "address", ["http://calendar.example.org/x", "https://other.example/x"]
    )
    async def test_nothing_is_asked_of_a_host_that_is_not_allowed(self, address: str) -> None:
        with pytest.raises(Unread) as unread:
            await self.read(httpx.Response(200), address)
        assert str(unread.value) == "host"


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


class Shelf:
    """Calendars and groups in memory; an exception is raised."""

    def __init__(self) -> None:
        self.calendar: object = Read(ics(WEEKLY, OTHER), '"1"')
        self.group = Group("S0MLONCALL", "@ml-oncall", ("U0MEI", "U0TOM", "U0STRANGER"))
        self.refusal: DeliveryError | None = None
        self.asked = 0

    async def read(self, _address: str, _etag: str) -> Read | None:
        if isinstance(self.calendar, Exception):
            raise self.calendar
        assert self.calendar is None or isinstance(self.calendar, Read)
        return self.calendar

    async def groups(self) -> dict[str, Group]:
        self.asked += 1
        if self.refusal:
            raise self.refusal
        return {self.group.id: self.group}

    async def meet(self, user_id: str) -> None:
        raise DeliveryError(Failure.GONE, f"user_not_found: {user_id}")


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council whose ML engineer is whoever is on call."""
    clock = SetClock()
    with a_desk(clock) as desk:
        desk.ical_hosts = (HOST,)
        a_crew(desk, without=("mei",))
        a_person(desk, "mei", email="mei@example.org", slack_id="U0MEI")
        a_person(desk, "tom", slack_id="U0TOM")
        an_initiative(desk, without=("mei",))
        yield Talk(desk, clock)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def rotas(talk: Talk, shelf: Shelf) -> Rotas:
    clerk: object = Inside(talk.desk)
    assert isinstance(clerk, Inside)
    return Rotas(clerk, shelf, shelf)  # type: ignore[arg-type]


def holders(talk: Talk) -> list[str]:
    """Return who is ML engineer now."""
    initiative = talk.desk.books.initiatives.by_key("late-order")
    assert initiative is not None
    return [one.handle for one in people.roster(talk.desk, initiative).holders("ml_engineer")]


class TestOnDuty:
    async def test_whose_turn_it_is_holds_the_role(self, talk: Talk, rotas: Rotas) -> None:
        said = talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
        assert "s3cret" not in said.text.replace(said.button("Take back"), "")
        assert holders(talk) == []
        assert await rotas.check() == 1
        assert holders(talk) == ["mei"]
        talk.clock.moment = datetime(2026, 11, 30, 10, tzinfo=UTC)
        await rotas.check()
        assert holders(talk) == ["tom"]

    async def test_everybody_in_a_group_holds_it(self, talk: Talk, rotas: Rotas) -> None:
        talk.does("carla", f"assign late-order ml engineer {GROUP}")
        await rotas.check()
        assert holders(talk) == ["mei", "tom"]
        [one] = people.rotas(talk.desk)
        assert (one.name, one.unknown) == ("@ml-oncall", ("U0STRANGER",))

    async def test_a_rota_is_taken_off_duty(self, talk: Talk, rotas: Rotas) -> None:
        said = talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
        await rotas.check()
        talk.does("carla", said.button("Take back"))
        assert holders(talk) == []

    async def test_the_role_of_a_turn_may_be_acted_in(self, talk: Talk, rotas: Rotas) -> None:
        talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
        await rotas.check()
        mei = people.find(talk.desk, "mei").id
        assert [role for _, role in people.parts_of(talk.desk, mei)] == ["ml_engineer"]
        talk.does("mei", 'flag late-order "it looks flat"')

    def test_another_host_is_refused_with_what_allows_it(self, talk: Talk) -> None:
        said = talk.refused("carla", "assign late-order ml engineer https://evil.example/x.ics")
        assert "COUNCIL_ICAL_HOSTS" in said

    def test_the_ledger_does_not_hold_the_address(self, talk: Talk) -> None:
        talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
        chain = str([row.model_dump() for row in talk.desk.books.ledger.after(0, 200)])
        assert ("duty.made" in chain, "s3cret" in chain) == (True, False)


class TestFailing:
    async def test_the_lead_is_told_once_at_the_second_failure(
        self, talk: Talk, rotas: Rotas, shelf: Shelf
    ) -> None:
        talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
        await rotas.check()
        shelf.calendar = Unread("unreachable")
        for _ in range(5):
            talk.clock.move(minutes=15)
            await rotas.check()
        talk.deliver()
        told = [each for each in talk.said_to("carla") if each.kind == "rota_trouble"]
        assert len(told) == 1
        assert "nobody answers there" in told[0].text
        assert holders(talk) == ["mei"]
        shelf.calendar = None  # unchanged
        talk.clock.move(minutes=15)
        await rotas.check()
        talk.deliver()
        assert "It is read again" in talk.last("@carla", "rota_trouble").text

    async def test_turns_are_believed_for_a_day(
        self, talk: Talk, rotas: Rotas, shelf: Shelf
    ) -> None:
        talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
        await rotas.check()
        shelf.calendar = Unread("refused")
        talk.clock.move(hours=24)
        await rotas.check()
        assert holders(talk) == ["mei"]
        talk.clock.move(minutes=1)
        assert holders(talk) == []

    async def test_a_refused_scope_is_seen(self, talk: Talk, rotas: Rotas, shelf: Shelf) -> None:
        talk.does("carla", f"assign late-order ml engineer {GROUP}")
        shelf.refusal = DeliveryError(Failure.AUTH, "missing_scope")
        await rotas.check()
        assert people.rotas(talk.desk)[0].failure == "scope"

    async def test_a_plan_without_groups_is_seen(
        self, talk: Talk, rotas: Rotas, shelf: Shelf
    ) -> None:
        talk.does("carla", f"assign late-order ml engineer {GROUP}")
        shelf.refusal = DeliveryError(Failure.UNAVAILABLE, "plan_upgrade_required")
        await rotas.check()
        assert people.rotas(talk.desk)[0].failure == "plan"

    async def test_a_group_that_is_not_there_is_seen(
        self, talk: Talk, rotas: Rotas, shelf: Shelf
    ) -> None:
        talk.does("carla", f"assign late-order ml engineer {GROUP}")
        shelf.group = replace(shelf.group, id="S0OTHER")
        await rotas.check()
        assert people.rotas(talk.desk)[0].failure == "not_found"

    async def test_a_group_that_was_switched_off_calls_nobody(
        self, talk: Talk, rotas: Rotas, shelf: Shelf
    ) -> None:
        talk.does("carla", f"assign late-order ml engineer {GROUP}")
        shelf.group = replace(shelf.group, disabled=True)
        await rotas.check()
        assert (people.rotas(talk.desk)[0].failure, holders(talk)) == ("disabled", [])

    async def test_all_groups_are_read_with_one_question(
        self, talk: Talk, rotas: Rotas, shelf: Shelf
    ) -> None:
        for group in ("S0MLONCALL", "S0DATA", "S0OPS"):
            talk.does("carla", f"assign late-order ml engineer <!subteam^{group}|@x>")
        await rotas.check()
        assert shelf.asked == 1

    async def test_a_rota_is_read_every_15_minutes(self, talk: Talk, rotas: Rotas) -> None:
        talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
        assert [await rotas.check(), await rotas.check()] == [1, 0]
        talk.clock.move(minutes=15)
        assert await rotas.check() == 1

    async def test_without_slack_or_hosts_it_says_so(self, talk: Talk) -> None:
        clerk: object = Inside(talk.desk)
        talk.does("carla", f"assign late-order ml engineer {GROUP}")
        talk.does("carla", f"assign late-order data engineer {ADDRESS}")
        await Rotas(clerk, None, None).check()  # type: ignore[arg-type]
        assert {one.failure for one in people.rotas(talk.desk)} == {"no_slack", "host"}


def test_a_title_names_somebody_only_if_one_person_has_that_name(talk: Talk) -> None:
    a_person(talk.desk, "mei-2", name="Tom")
    talk.does("carla", f"assign late-order ml engineer {ADDRESS}")
    [due] = people.rotas_due(talk.desk)
    turn = Turn((), ("Somebody Else",), START, START + timedelta(hours=1))
    people.keep_turns(talk.desk, due.id, [turn], "", "")
    assert people.rotas(talk.desk)[0].unknown == ("Somebody Else",)
