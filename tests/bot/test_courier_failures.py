"""How the courier keeps pace, gives up, shares the work with others, and ends."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.courier import LEASE, TRIES
from council import outbox
from council.outbox import Place, Settled
from tests.bot.house import BROKEN, HERE, LIMITED, LOST, House, a_clerk, a_house, always, once


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with a_house(database_url) as found:
        yield found


# ── pace ─────────────────────────────────────────────────────────────────────────────────────────


async def test_a_conversation_gets_one_message_per_second(house: House) -> None:
    await house.tell("a", "b", "c")
    seen = []
    for seconds in (0, 0, 0.9, 0.1, 0.9, 0.1):
        await house.deliver(seconds=seconds)
        seen.append(len(house.chat.messages))
    assert seen == [1, 1, 1, 2, 2, 3]


async def test_conversations_do_not_wait_for_each_other(house: House) -> None:
    for number in range(5):
        await house.tell("a", lane=f"local:{number}")
    await house.deliver()
    assert len(house.chat.messages) == 5


@pytest.mark.parametrize(("asked", "wait"), [(30.0, 30.0), (0.0, 1.0)])
async def test_a_platform_that_asks_for_a_pause_gets_it(
    house: House, asked: float, wait: float
) -> None:
    house.chat.fail = once("post", replace(LIMITED, retry_after=asked))
    await house.tell("a")
    await house.deliver()
    await house.deliver(seconds=wait - 0.1)
    assert await house.states() == ["failed"]
    await house.deliver(seconds=0.1)
    assert await house.states() == ["sent"]


@pytest.mark.parametrize(("chance", "pauses"), [(1.0, [1, 2, 4, 8]), (0.0, [1, 1, 2, 4])])
async def test_a_server_in_trouble_is_asked_less_and_less_often(
    house: House, chance: float, pauses: list[float]
) -> None:
    house.chance = chance
    house.chat.fail = always("post", LOST)
    await house.tell("a")
    await house.deliver()
    for tries, pause in enumerate(pauses, 1):
        await house.deliver(seconds=pause - 0.1)
        assert house.chat.said("post") == tries
        await house.deliver(seconds=0.1)
        assert house.chat.said("post") == tries + 1


# ── dead letters ─────────────────────────────────────────────────────────────────────────────────


async def test_what_cannot_arrive_becomes_a_dead_letter_and_the_conversation_goes_on(
    house: House,
) -> None:
    house.chat.fail = once("post", BROKEN)
    await house.tell("a", "b")
    await house.deliver()
    await house.deliver(seconds=1)
    assert await house.states() == ["dead", "sent"]
    assert (await house.notices())[0]["reason"] == "invalid: invalid_blocks"


async def test_what_never_arrives_becomes_a_dead_letter(house: House) -> None:
    house.chat.fail = always("post", LOST)
    await house.tell("a")
    for _ in range(TRIES):
        await house.deliver(seconds=300)
    assert await house.states() == ["dead"]
    assert house.chat.said("post") == TRIES


async def replay(house: House) -> bool:
    (dead,) = [each for each in await house.notices() if each["state"] in {"dead", "dropped"}]
    return await house.clerk.write(outbox.replay, dead["id"])


async def test_a_dead_letter_that_is_replayed_arrives(house: House) -> None:
    house.chat.fail = once("post", BROKEN)
    await house.tell("a")
    await house.deliver()
    assert await replay(house)
    await house.deliver(seconds=1)
    assert await house.states() == ["dropped", "sent"]


async def test_a_dead_letter_is_replayed_once(house: House) -> None:
    house.chat.fail = once("post", BROKEN)
    await house.tell("a")
    await house.deliver()
    assert await replay(house)
    assert not await replay(house)


async def test_a_dead_letter_that_had_arrived_after_all_is_not_posted_again(house: House) -> None:
    house.chat.drop = once("answer", LOST)
    house.chat.looks = False
    await house.tell("a")
    await house.deliver()
    house.chat.fail = always("post", BROKEN)
    await house.deliver(seconds=1)
    assert await house.states() == ["dead"]
    house.chat.fail, house.chat.looks = (lambda _call: None), True
    assert await replay(house)
    await house.deliver(seconds=1)
    assert await house.states() == ["dropped", "sent"]
    assert len(house.chat.messages) == 1


# ── several owners ───────────────────────────────────────────────────────────────────────────────


async def test_who_has_lost_the_lease_changes_nothing(house: House) -> None:
    await house.tell("a")
    (late,) = await house.claim("late")
    house.clock.move(seconds=LEASE.total_seconds())
    (now,) = await house.claim("now")
    for claimed, expected in ((late, ["claimed"]), (now, ["sent"])):
        place = Place("local", "here", f"m-{claimed.fence}")
        settled = Settled(claimed, "sent", timedelta(seconds=1), place=place)
        await house.clerk.write(outbox.settle, [settled])
        assert await house.states() == expected
    about = {"lane": HERE, "subject": now.subject}
    (receipt,) = await house.clerk.read(
        lambda desk: [dict(row) for row in desk.books.lanes.receipts([about]).values()]
    )
    assert receipt["message"] == f"m-{now.fence}"


async def test_a_conversation_has_one_owner_at_a_time(house: House) -> None:
    await house.tell("a", "b")
    assert [each.seq for each in await house.claim("one")] == [1]
    assert await house.claim("two") == []


async def test_two_processes_send_every_notice_once(house: House, database_url: str) -> None:
    lanes = [f"local:{number}" for number in range(40)]
    for lane in lanes:
        await house.tell("a", lane=lane)
    async with a_clerk(database_url, house.clock) as second:
        couriers = (house.courier, house.another("two", second))
        await asyncio.gather(*(each.drain() for each in couriers))
    assert sorted(held.conversation for held in house.chat.messages.values()) == sorted(
        lane.partition(":")[2] for lane in lanes
    )
    assert set(await house.states()) == {"sent"}


# ── as a task ────────────────────────────────────────────────────────────────────────────────────


async def test_a_running_courier_delivers_what_is_announced(house: House) -> None:
    arriving = asyncio.Event()

    async def arrive() -> None:
        arriving.set()

    house.chat.meanwhile.append(arrive)
    delivering = asyncio.create_task(house.courier.run())
    await house.tell("a")
    await asyncio.wait_for(arriving.wait(), 20)
    await house.courier.close()
    await delivering
    assert await house.states() == ["sent"]


async def test_a_courier_that_closes_finishes_what_it_has_taken(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.tell("a")
    taken, go_on = asyncio.Event(), asyncio.Event()
    claim = house.clerk.claim

    async def slow(*args: Any) -> Any:
        found = await claim(*args)
        taken.set()
        await go_on.wait()
        return found

    monkeypatch.setattr(house.clerk, "claim", slow)
    delivering = asyncio.create_task(house.courier.run())
    await taken.wait()
    await house.courier.close()
    go_on.set()
    await delivering
    assert await house.states() == ["sent"]
