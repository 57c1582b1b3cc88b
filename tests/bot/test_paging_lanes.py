"""Pages and events on their lanes: kept in order, tried again, brought up to date; honest cards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.clerk import Clerk
from bot.courier import Courier
from bot.settings import Settings
from bot.text import render
from bot.wiring import means
from council import cases
from council.desk import Desk
from council.store.engine import open_engine
from tests import builders
from tests.bot import house
from tests.bot.house import BROKEN, HERE, Chat, always
from tests.conftest import ENGINES
from tests.fakes import CountingIds, RecordingMessenger, SetClock


class Town:
    """A council with a chat, a pager and a receiver of events, all of which record."""

    def __init__(self, clerk: Clerk, clock: SetClock) -> None:
        self.clerk, self.clock = clerk, clock
        self.chat = Chat()
        self.pager = RecordingMessenger("pagerduty")
        self.events = RecordingMessenger("events")
        messengers = {"local": self.chat, "pagerduty": self.pager, "events": self.events}
        self.courier = Courier(clerk, messengers, lambda: 1.0, "one")

    async def signal(self, feature: str = "age") -> None:
        await self.clerk.submit(cases.receive, builders.a_delivery(builders.a_signal(feature)))
        await self.deliver()

    async def act(self, handle: str, what: str) -> None:
        """Have somebody acknowledge or close C-1."""
        await self.clerk.write(act, handle, what)
        await self.deliver()

    async def deliver(self) -> None:
        for _ in range(4):
            self.clock.move(seconds=2)
            await self.courier.drain()

    def pages(self) -> list[object]:
        """Return what the pager was told last of each case."""
        return [held.card.data["status"] for held in self.pager.messages.values()]

    def card(self) -> str:
        """Return the case's card in the channel."""
        found = [each.card for each in self.chat.messages.values() if "C-1 " in render(each.card)]
        return render(found[0])

    def told(self) -> list[object]:
        """Return the kinds of events, in order."""
        return [held.card.data["type"] for held in self.events.messages.values()]


def act(desk: Desk, handle: str, what: str) -> None:
    """Acknowledge or close C-1."""
    person = desk.books.people.by_handle(handle)
    assert person
    if what == "ack":
        cases.acknowledge(desk, person.id, "C-1")
    else:
        cases.close(desk, person.id, "C-1", "fixed")


def important(desk: Desk, *, private: bool = False) -> None:
    """Make the initiative one whose cases page."""
    row = desk.books.initiatives.by_key("late-order")
    assert row
    row.tier, row.private = 1, private
    desk.books.add(row)


@asynccontextmanager
async def a_town(url: str, *, pagers: tuple[str, ...] = ("pagerduty",)) -> AsyncIterator[Town]:
    """Open a council with one initiative of tier 1."""
    clock = SetClock()
    engine = open_engine(url)
    settings = Settings(database_url=url, council_channel="local:council")
    given = means(engine, settings, clock, CountingIds())
    given = type(given)(
        *(given.council_id, given.clock, given.ids, given.playbooks),
        pagers=pagers,
        events=True,
    )
    clerk = Clerk(engine, given)
    clerk.start()
    await clerk.write(house.staff)
    await clerk.write(important)
    town = Town(clerk, clock)
    await town.deliver()
    yield town
    await clerk.close()
    engine.dispose()


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    async with a_town(database_url) as found:
        yield found


@pytest.mark.parametrize("database_url", ENGINES, indirect=True)
class TestPages:
    """S1 pages, and the page goes as its case goes."""

    async def test_the_worst_pages(self, town: Town) -> None:
        await town.signal()
        assert town.pages() == ["open"]

    async def test_what_is_taken_in_chat_is_taken_there(self, town: Town) -> None:
        await town.signal()
        await town.act("mei", "ack")
        assert town.pages() == ["acknowledged"]

    async def test_what_ends_in_chat_ends_there(self, town: Town) -> None:
        await town.signal()
        await town.act("mei", "close")
        assert town.pages() == ["resolved"]

    async def test_the_card_says_when_it_was_paged(self, town: Town) -> None:
        await town.signal()
        assert "Paged through PagerDuty at Tue 24 Nov 2026, 09:00 UTC." in town.card()

    async def test_the_card_says_that_it_could_not_be_paged(self, town: Town) -> None:
        town.pager.fail = always("post", BROKEN)
        await town.signal()
        assert "Could not be paged through PagerDuty" in town.card()


async def less_important(town: Town) -> None:
    def change(desk: Desk) -> None:
        row = desk.books.initiatives.by_key("late-order")
        assert row
        row.tier = 2
        desk.books.add(row)

    await town.clerk.write(change)


async def test_what_is_not_the_worst_pages_nobody(town: Town) -> None:
    await less_important(town)
    await town.signal()
    assert (town.pages(), "paged" in town.card().lower()) == ([], False)


async def test_what_gets_that_bad_pages_then(town: Town) -> None:
    await less_important(town)
    await town.signal()
    await town.clerk.write(important)
    await town.signal("size")
    assert town.pages() == ["open"]


async def test_with_no_pager_the_card_says_that_nobody_was_paged(database_url: str) -> None:
    async with a_town(database_url, pagers=()) as town:
        await town.signal()
        assert "none is configured: nobody was paged" in town.card()


async def test_a_page_of_what_is_private_names_nothing(town: Town) -> None:
    def hide(desk: Desk) -> None:
        important(desk, private=True)

    await town.clerk.write(hide)
    await town.signal()
    (held,) = town.pager.messages.values()
    assert "Late order" not in str(held.card.data)
    assert "late-order" not in str(held.card.data)


async def test_a_page_that_failed_for_a_while_goes_out_later(town: Town) -> None:
    town.pager.fail = house.once("post", house.LOST)
    await town.signal()
    await town.deliver()
    assert town.pages() == ["open"]


# ── events ───────────────────────────────────────────────────────────────────────────────────────


async def test_everything_that_happens_is_told_in_order(town: Town) -> None:
    before = len(town.told())
    await town.signal()
    await town.act("mei", "ack")
    await town.act("mei", "close")
    kinds = [kind for kind in town.told()[before:] if str(kind).startswith("case.")]
    assert kinds == ["case.opened", "case.acknowledged", "case.closed"]


async def test_an_event_names_its_case_and_initiative(town: Town) -> None:
    await town.signal()
    told = [held.card.data for held in town.events.messages.values()]
    (opened,) = [each for each in told if each["type"] == "case.opened"]
    assert (opened["subject"], opened["initiative"]) == ("C-1", "late-order")


async def test_an_event_holds_no_free_text_and_no_hash_of_it(town: Town) -> None:
    await town.clerk.write(flag)
    await town.deliver()
    told = [held.card.data for held in town.events.messages.values()]
    assert "forecasts look flat" not in str(told)
    assert "text:" not in str(told)


def flag(desk: Desk) -> None:
    """Raise a concern."""
    mei = desk.books.people.by_handle("mei")
    assert mei
    cases.flag(desk, mei.id, cases.Concern("late-order", "forecasts look flat"))


async def test_nothing_is_told_of_what_is_private(town: Town) -> None:
    def hide(desk: Desk) -> None:
        important(desk, private=True)

    await town.clerk.write(hide)
    before = len(town.told())
    await town.signal()
    assert [kind for kind in town.told()[before:] if str(kind).startswith("case.")] == []


async def test_an_event_that_cannot_arrive_is_a_dead_letter_and_stops_no_other(
    town: Town,
) -> None:
    town.events.fail = house.once("post", BROKEN)
    await town.signal()
    await town.act("mei", "ack")
    dead = await town.clerk.read(lambda desk: desk.books.outbox.page("dead", 10))
    assert ([row.lane for row in dead], town.told()[-1]) == (
        ["events:webhook"],
        "case.acknowledged",
    )


async def test_where_nobody_is_told_no_notice_is_kept(database_url: str) -> None:
    async with house.a_house(database_url) as quiet:
        await quiet.signal(builders.a_signal())
        rows = await quiet.clerk.read(lambda desk: desk.books.outbox.page("", 200))
        assert not [row for row in rows if row.lane.startswith("events:")]


async def test_what_is_for_people_waits_while_only_programs_are_configured(
    database_url: str,
) -> None:
    async with a_town(database_url) as town:
        town.courier = Courier(town.clerk, {"pagerduty": town.pager}, lambda: 1.0, "two")
        await town.signal()
        rows = await town.clerk.read(lambda desk: desk.books.outbox.page("", 200))
        assert {row.state for row in rows if row.lane == HERE} <= {"failed", "pending", "sent"}
