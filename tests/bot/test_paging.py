"""Programs that are told: pages and events, as they go over the wire."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from bot.cards.model import Card
from bot.messenger import DeliveryError, Destination, Failure, Messenger
from bot.paging import EventHook, PageHook, PagerDuty
from bot.paging.wire import Wire

KEY = b"a secret of thirty-two bytes ...."
SECRET = "whsec_" + base64.b64encode(KEY).decode()
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
URL = "https://example.org/hook"


class Receiver:
    """A program that is told; `answer` is what it says."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answer: Callable[[], httpx.Response] = lambda: httpx.Response(202)

    def wire(self) -> Wire:
        return Wire(httpx.MockTransport(self._take))

    def _take(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answer()

    @property
    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.requests[-1].content)
        return found


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def pagerduty(receiver: Receiver) -> PagerDuty:
    return PagerDuty("routing", "ml-council-1", wire=receiver.wire())


@pytest.fixture
def page(receiver: Receiver) -> PageHook:
    return PageHook(URL, SECRET, lambda: NOW, receiver.wire())


def a_card(status: str = "open", **more: object) -> Card:
    data: Mapping[str, object] = {
        "key": "C-31",
        "status": status,
        "severity": "S1",
        "initiative": "late-order",
        "signal_class": "accuracy",
        "summary": "C-31 · S1 · Accuracy: Late order predictor",
        **more,
    }
    return Card(title="", fallback="", data=data)


async def tell(messenger: Messenger, card: Card, mid: str = "mid-1") -> None:
    await messenger.post(Destination(messenger.platform, "case"), card, mid)


# ── PagerDuty ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "action"),
    [
        ("open", "trigger"),
        ("acknowledged", "acknowledge"),
        ("snoozed", "resolve"),
        ("resolved", "resolve"),
    ],
)
async def test_an_incident_goes_as_its_case_goes(
    pagerduty: PagerDuty, receiver: Receiver, status: str, action: str
) -> None:
    await tell(pagerduty, a_card(status))
    assert receiver.body["event_action"] == action


async def test_it_is_one_incident_however_often_it_is_said(
    pagerduty: PagerDuty, receiver: Receiver
) -> None:
    await tell(pagerduty, a_card(), "mid-1")
    await tell(pagerduty, a_card("acknowledged"), "mid-2")
    keys = {json.loads(each.content)["dedup_key"] for each in receiver.requests}
    assert keys == {"ml-council-1:C-31"}


async def say_in_turn(pagerduty: PagerDuty, *statuses: str) -> None:
    """Bring one page up to date, as its case goes."""
    at = await pagerduty.post(Destination("pagerduty", "case"), a_card(statuses[0]), "mid-1")
    for status in statuses[1:]:
        at = await pagerduty.update(at, a_card(status), "mid-2")


@pytest.mark.parametrize(
    ("statuses", "actions"),
    [
        (("open", "acknowledged", "open"), ["trigger", "acknowledge", "resolve", "trigger"]),
        (("open", "snoozed", "open"), ["trigger", "resolve", "trigger"]),
        (("open", "open"), ["trigger", "trigger"]),
        (("open", "acknowledged", "resolved"), ["trigger", "acknowledge", "resolve"]),
    ],
)
async def test_what_asks_anew_rings_anew(
    pagerduty: PagerDuty, receiver: Receiver, statuses: tuple[str, ...], actions: list[str]
) -> None:
    await say_in_turn(pagerduty, *statuses)
    assert [json.loads(each.content)["event_action"] for each in receiver.requests] == actions


async def test_it_says_what_it_is_about(pagerduty: PagerDuty, receiver: Receiver) -> None:
    await tell(pagerduty, a_card())
    assert receiver.body["payload"] == {
        "summary": "C-31 · S1 · Accuracy: Late order predictor",
        "source": "late-order",
        "severity": "critical",
        "class": "accuracy",
        "custom_details": {"case": "C-31", "severity": "S1"},
    }


async def test_it_goes_to_the_events_api(pagerduty: PagerDuty, receiver: Receiver) -> None:
    await tell(pagerduty, a_card())
    assert str(receiver.requests[0].url) == "https://events.pagerduty.com/v2/enqueue"


# ── signed webhooks ──────────────────────────────────────────────────────────────────────────────


async def test_a_page_is_signed_as_standard_webhooks_ask(
    page: PageHook, receiver: Receiver
) -> None:
    await tell(page, a_card())
    request = receiver.requests[0]
    signed = b"mid-1." + str(int(NOW.timestamp())).encode() + b"." + request.content
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"] == f"v1,{expected}"


async def test_the_id_of_a_message_is_that_of_its_notice(
    page: PageHook, receiver: Receiver
) -> None:
    await tell(page, a_card(), "mid-7")
    assert receiver.requests[0].headers["webhook-id"] == "mid-7"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("open", "page.triggered"),
        ("acknowledged", "page.acknowledged"),
        ("snoozed", "page.resolved"),
        ("resolved", "page.resolved"),
    ],
)
async def test_a_page_says_how_its_case_stands(
    page: PageHook, receiver: Receiver, status: str, kind: str
) -> None:
    await tell(page, a_card(status))
    assert (receiver.body["type"], receiver.body["data"]["key"]) == (kind, "C-31")


async def test_an_event_goes_as_it_is(receiver: Receiver) -> None:
    hook = EventHook(URL, SECRET, lambda: NOW, receiver.wire())
    data = {"type": "case.opened", "seq": 7, "subject": "C-31", "data": {"severity": "S2"}}
    await tell(hook, Card("", "", data=data))
    assert receiver.body == data


@pytest.mark.parametrize("secret", ["a plain secret of letters", "whsec_not/base64!!"])
async def test_a_secret_that_is_no_base64_is_taken_as_written(
    receiver: Receiver, secret: str
) -> None:
    await tell(PageHook(URL, secret, lambda: NOW, receiver.wire()), a_card())
    request = receiver.requests[0]
    signed = b"mid-1." + str(int(NOW.timestamp())).encode() + b"." + request.content
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    assert request.headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"


# ── how it fails ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (301, Failure.INVALID),
        (400, Failure.INVALID),
        (401, Failure.AUTH),
        (403, Failure.AUTH),
        (404, Failure.GONE),
        (408, Failure.UNAVAILABLE),
        (410, Failure.GONE),
        (422, Failure.INVALID),
        (429, Failure.RATE_LIMITED),
        (500, Failure.UNAVAILABLE),
        (503, Failure.UNAVAILABLE),
    ],
)
async def test_each_refusal_has_its_name(
    pagerduty: PagerDuty, receiver: Receiver, status: int, failure: Failure
) -> None:
    receiver.answer = lambda: httpx.Response(status)
    with pytest.raises(DeliveryError) as refusal:
        await tell(pagerduty, a_card())
    assert refusal.value.failure is failure


async def test_a_pause_that_is_asked_for_is_kept(pagerduty: PagerDuty, receiver: Receiver) -> None:
    receiver.answer = lambda: httpx.Response(429, headers={"retry-after": "30"})
    with pytest.raises(DeliveryError) as refusal:
        await tell(pagerduty, a_card())
    assert refusal.value.retry_after == 30


async def test_no_answer_is_tried_again(page: PageHook, receiver: Receiver) -> None:
    def broken() -> httpx.Response:
        raise httpx.ConnectError("nobody there")

    receiver.answer = broken
    with pytest.raises(DeliveryError) as refusal:
        await tell(page, a_card())
    assert refusal.value.permanent is False


async def test_no_complaint_holds_the_secret(page: PageHook, receiver: Receiver) -> None:
    receiver.answer = lambda: httpx.Response(400, text="bad signature")
    with pytest.raises(DeliveryError) as refusal:
        await tell(page, a_card())
    assert SECRET not in str(refusal.value.detail)
