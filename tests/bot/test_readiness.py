"""What /readyz tells: ready as long as the database answers and fits, whatever else is wrong."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.messenger import DeliveryError, Failure
from tests.bot.house import BROKEN, GONE, LIMITED, LOST, always
from tests.bot.served import Service, serving

REFUSED = DeliveryError(Failure.AUTH, "token_revoked")


@pytest.fixture
async def service(database_url: str) -> AsyncIterator[Service]:
    async with serving(database_url) as found:
        yield found


async def ready(service: Service) -> dict[str, Any]:
    """Return what is told; it is ready in any case."""
    answer = await service.http.get("/readyz")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def test_a_council_in_which_nothing_happened_has_no_complaint(service: Service) -> None:
    found = await ready(service)
    assert (found["degraded"], found["chat"]) == ([], {"local": "unknown"})


async def test_after_a_delivery_the_chat_is_well(service: Service) -> None:
    await service.drain()
    assert (await ready(service))["chat"] == {"local": "ok"}


@pytest.mark.parametrize(
    ("error", "state"), [(REFUSED, "auth"), (LOST, "unavailable"), (LIMITED, "rate_limited")]
)
async def test_a_platform_that_fails_degrades_and_stops_nothing(
    service: Service, error: DeliveryError, state: str
) -> None:
    service.chat.fail = always("post", error)
    await service.wired.courier.drain()
    found = await ready(service)
    assert found["chat"] == {"local": state}
    assert f"the last delivery failed: local ({state})" in found["degraded"]


@pytest.mark.parametrize("error", [BROKEN, GONE])
async def test_a_message_that_cannot_arrive_says_nothing_of_the_platform(
    service: Service, error: DeliveryError
) -> None:
    service.chat.fail = always("post", error)
    await service.wired.courier.drain()
    assert (await ready(service))["chat"] == {"local": "ok"}


async def test_a_platform_that_works_again_is_well_again(service: Service) -> None:
    service.chat.fail = always("post", LOST)
    await service.wired.courier.drain()
    service.chat.fail = lambda _call: None
    service.clock.move(minutes=1)
    await service.drain()
    assert (await ready(service))["chat"] == {"local": "ok"}


async def test_dead_letters_are_told(service: Service) -> None:
    service.chat.fail = always("post", BROKEN)
    await service.wired.courier.drain()
    found = await ready(service)
    assert f"{found['outbox']['dead']} dead letters" in found["degraded"]


async def test_a_scheduler_that_sleeps_is_told_until_it_wakes(service: Service) -> None:
    service.clock.move(seconds=11)
    assert "no round for 11 s" in (await ready(service))["degraded"]
    await service.round()
    assert (await ready(service))["degraded"] == []


async def test_a_notice_that_waits_for_longer_than_five_minutes_is_told(service: Service) -> None:
    service.clock.move(minutes=5)
    await service.round()
    assert (await ready(service))["degraded"] == []
    service.clock.move(seconds=1)
    assert "a notice has waited for 301 s" in (await ready(service))["degraded"]


async def test_a_council_without_a_chat_says_so(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        service.wired.messengers.clear()
        found = await ready(service)
    assert (found["platforms"], found["degraded"]) == ([], ["no chat platform is configured"])
