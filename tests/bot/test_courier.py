"""The delivery promise: at least once, in order, and no second visible card."""

from collections.abc import AsyncIterator

import pytest

from bot.cards.model import Card
from bot.courier import LEASE
from bot.messenger import Destination
from bot.text import render
from council import cases
from council.desk import Desk
from council.signal import Loudness
from tests import builders
from tests.bot.house import GONE, HERE, LIMITED, LOST, House, a_house, once, remind


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with a_house(database_url) as found:
        yield found


# ── at least once, and no second card ────────────────────────────────────────────────────────────


async def test_a_card_whose_answer_was_lost_is_found_and_not_posted_again(house: House) -> None:
    house.chat.drop = once("answer", LOST)
    await house.tell("a")
    await house.deliver()
    assert await house.states() == ["failed"]
    await house.deliver(seconds=1)
    assert await house.states() == ["sent"]
    assert (house.chat.said("post"), house.chat.said("find")) == (1, 1)
    assert len(house.chat.messages) == 1


async def test_a_reply_whose_answer_was_lost_is_found_and_not_posted_again(house: House) -> None:
    await house.signal(builders.a_signal())
    await house.deliver()
    house.chat.drop = once("answer", LOST)
    await house.clerk.write(remind, HERE)
    await house.deliver(seconds=1)
    await house.deliver(seconds=1)
    assert await house.states() == ["sent", "sent"]
    assert len(house.chat.replies("here")) == 1


async def test_a_card_that_was_found_shows_what_has_changed_since(house: House) -> None:
    house.chat.drop = once("answer", LOST)
    await house.signal(builders.a_signal("age"))
    await house.deliver()
    await house.signal(builders.a_signal("income"))
    await house.deliver(seconds=1)
    (card,) = house.chat.cards("here")
    assert "income" in render(card)


async def test_a_first_try_looks_for_nothing(house: House) -> None:
    await house.tell("a")
    await house.deliver()
    assert house.chat.said("find") == 0


async def test_what_a_killed_process_had_taken_is_looked_for_when_its_lease_is_over(
    house: House,
) -> None:
    await house.tell("a")
    (taken,) = await house.claim("killed")
    await house.chat.post(Destination("local", "here"), Card("", ""), taken.mid)
    await house.deliver(seconds=LEASE.total_seconds() - 1)
    assert await house.states() == ["claimed"]
    await house.deliver(seconds=1)
    assert await house.states() == ["sent"]
    assert len(house.chat.messages) == 1


async def test_a_later_fact_updates_the_card_in_place(house: House) -> None:
    await house.signal(builders.a_signal("age"))
    await house.deliver()
    await house.signal(builders.a_signal("income"))
    await house.deliver(seconds=1)
    (card,) = house.chat.cards("here")
    assert "income" in render(card)
    assert await house.states() == ["sent", "sent"]


async def test_a_card_that_somebody_deleted_is_posted_anew(house: House) -> None:
    await house.tell("a")
    await house.deliver()
    house.chat.fail = once("update", GONE)
    await house.tell("a")
    await house.deliver(seconds=1)
    await house.tell("a")
    await house.deliver(seconds=1)
    assert [call for call, _ in house.chat.calls] == ["post", "update", "post", "update"]
    assert [held.updates for held in house.chat.messages.values()] == [0, 1]


# ── order, and states in between ─────────────────────────────────────────────────────────────────


async def test_updates_that_waited_together_become_superseded(house: House) -> None:
    house.chat.fail = once("post", LIMITED)
    await house.tell("a")
    await house.deliver()
    await house.tell("a")
    await house.deliver(seconds=30)
    assert await house.states() == ["sent", "superseded"]
    assert len(house.chat.messages) == 1


async def test_a_card_that_waits_untouched_is_not_put_twice(house: House) -> None:
    await house.tell("a", "a")
    await house.tell("a")
    assert await house.states() == ["pending"]


async def test_a_change_while_its_card_is_on_its_way_is_shown_next(house: House) -> None:
    house.chat.fail = once("post", LIMITED)
    await house.signal(builders.a_signal("age"))
    await house.deliver()
    await house.signal(builders.a_signal("income"))  # waits behind the card, which will cover it
    house.chat.meanwhile.append(lambda: house.signal(builders.a_signal("city")))
    await house.deliver(seconds=30)
    await house.deliver(seconds=1)
    (card,) = house.chat.cards("here")
    assert "city" in render(card)


async def test_a_reply_comes_after_its_card(house: House) -> None:
    await house.signal(builders.a_signal())
    await house.clerk.write(remind, HERE)
    await house.deliver()
    assert house.chat.replies("here") == []
    await house.deliver(seconds=1)
    assert [call for call, _ in house.chat.calls] == ["post", "reply"]
    assert next(reversed(house.chat.messages.values())).thread == "m1"


async def test_a_reply_waits_while_its_card_fails(house: House) -> None:
    house.chat.fail = once("post", LIMITED)
    await house.signal(builders.a_signal())
    await house.clerk.write(remind, HERE)
    await house.deliver()
    await house.deliver(seconds=29)
    assert await house.states() == ["failed", "pending"]


async def test_a_reply_is_not_said_when_somebody_has_the_case_meanwhile(house: House) -> None:
    await house.signal(builders.a_signal("age", loudness=Loudness.WARNING))
    await house.deliver()
    await house.signal(builders.a_signal("income", loudness=Loudness.CRITICAL))
    await house.clerk.write(taken_by_lead)
    await house.deliver(seconds=1)
    await house.deliver(seconds=1)
    assert house.chat.replies("here") == []


def taken_by_lead(desk: Desk) -> None:
    lead = desk.books.people.by_handle("carla")
    assert lead is not None
    cases.acknowledge(desk, lead.id, "C-1")
