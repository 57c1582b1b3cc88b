"""What pages when it comes up pages when it asks anew; the card says what was really done."""

from collections.abc import Callable

import pytest

from tests.builders import a_signal
from tests.talk import Talk

HERE = "local:here"
Send = Callable[..., None]


@pytest.fixture
def paging(talk: Talk) -> Talk:
    """Return a council with a pager, and an initiative whose cases page."""
    talk.desk.pagers = ("pagerduty",)
    row = talk.desk.books.initiatives.by_key("late-order")
    assert row
    row.tier = 1
    talk.desk.books.add(row)
    return talk


def pages(talk: Talk) -> list[object]:
    """Return what the pager was told of cases, in order."""
    return [
        each.card.data["status"]
        for each in talk.heard
        if each.to.startswith("pagerduty:") and each.card
    ]


def card(talk: Talk) -> str:
    """Return the last card of the case in the channel."""
    found = [each for each in talk.heard if each.to == HERE and each.form == "card"]
    return [each.text for each in found if each.kind.startswith("case")][-1]


def test_what_came_up_while_it_was_paused_pages_when_it_goes_on(paging: Talk, signal: Send) -> None:
    paging.does("mei", 'pause late-order "the budget"')
    signal(a_signal())
    assert pages(paging) == []
    paging.does("mei", "resume late-order")
    assert pages(paging) == ["open"]


def test_what_came_up_put_off_pages_when_it_wakes(paging: Talk, signal: Send) -> None:
    paging.does("mei", "snooze late-order data_drift tomorrow --yes")
    signal(a_signal())
    assert pages(paging) == []
    paging.wait(hours=24)
    assert pages(paging) == ["open"]


def test_what_wakes_while_it_is_paused_does_not_page(paging: Talk, signal: Send) -> None:
    paging.does("mei", "snooze late-order data_drift tomorrow --yes")
    signal(a_signal())
    paging.does("mei", 'pause late-order "the budget"')
    paging.wait(hours=25)
    assert pages(paging) == []


def test_what_is_put_off_and_wakes_is_told_as_such(paging: Talk, signal: Send) -> None:
    signal(a_signal())
    paging.does("mei", "snooze C-1 1h")
    paging.wait(minutes=61)
    assert pages(paging) == ["open", "snoozed", "open"]


def test_what_was_taken_and_is_passed_on_pages_again(paging: Talk, signal: Send) -> None:
    signal(a_signal())
    paging.does("mei", "ack C-1")
    paging.does("mei", 'decline C-1 "not my model"')
    assert pages(paging) == ["open", "acknowledged", "open"]


def test_the_card_never_says_that_no_pager_is_configured_where_one_is(
    paging: Talk, signal: Send
) -> None:
    paging.does("mei", "snooze late-order data_drift tomorrow --yes")
    signal(a_signal())
    paging.wait(hours=24)
    paging.does("mei", "snooze C-1 1h")
    paging.wait(minutes=61)
    assert "none is configured" not in "".join(each.text for each in paging.heard)
    assert "Paged through PagerDuty" in card(paging)


def test_where_no_pager_was_asked_the_card_says_so(paging: Talk, signal: Send) -> None:
    paging.desk.pagers = ()
    signal(a_signal())
    paging.desk.pagers = ("pagerduty",)  # configured since
    text = paging.does("mei", "case C-1").text
    assert "No page went out through PagerDuty." in text
