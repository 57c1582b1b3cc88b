"""Links to Jira, GitHub and anything else."""

import pytest

from council import cases
from council.cases.linking import label_of
from tests.builders import a_delivery, a_signal
from tests.talk import Talk

TICKET = "https://example.atlassian.net/browse/ML-7"


def test_a_link_is_on_the_status_card(talk: Talk) -> None:
    talk.does("mei", f"link late-order {TICKET}")
    assert TICKET in talk.does("rui", "status late-order").text


def test_a_link_of_a_case_is_on_its_card(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal())])
    talk.does("mei", f'link C-1 {TICKET} "the ticket"')
    assert f"The ticket ({TICKET})" in talk.does("rui", "case C-1").text


def test_in_the_initiatives_channel_the_key_may_be_left_out(talk: Talk) -> None:
    assert TICKET in talk.does("mei", f"link {TICKET}", "local:orders").text


def test_the_same_link_twice_is_one(talk: Talk) -> None:
    talk.does("mei", f"link late-order {TICKET}")
    talk.does("mei", f"link late-order {TICKET}")
    assert talk.does("mei", "link late-order").text.count(TICKET) == 1


def test_a_new_label_takes_the_place_of_the_old(talk: Talk) -> None:
    talk.does("mei", f"link late-order {TICKET}")
    assert "Board" in talk.does("mei", f'link late-order {TICKET} "Board"').text


@pytest.mark.parametrize("what", ["Jira", "jira", TICKET])
def test_a_link_is_removed_by_label_or_address(talk: Talk, what: str) -> None:
    talk.does("mei", f"link late-order {TICKET}")
    assert "Removed: Jira" in talk.does("mei", f"link late-order --remove {what}").text


def test_a_link_that_is_not_there_is_answered_with_those_that_are(talk: Talk) -> None:
    talk.does("mei", f"link late-order {TICKET}")
    assert "Did you mean Jira" in talk.refused("mei", "link late-order --remove Jra")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://example.org/x", "https://", "example.org", "https://a b.org"],
)
def test_what_is_no_web_address_is_refused(talk: Talk, address: str) -> None:
    talk.refused("mei", f'link late-order "{address}"')


def test_a_password_in_an_address_is_refused_and_not_repeated(talk: Talk) -> None:
    said = talk.refused("mei", "link late-order https://mei:hunter2@example.org/x")
    assert ("password" in said, "hunter2" in said) == (True, False)


def test_an_address_as_slack_writes_it_is_read(talk: Talk) -> None:
    assert f"({TICKET})" in talk.does("mei", f"link late-order <{TICKET}>").text


def test_a_stranger_adds_no_link(talk: Talk) -> None:
    assert "takes a role here" in talk.refused("sam", f"link late-order {TICKET}")


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("https://github.com/acme/orders", "GitHub"),
        ("https://gitlab.acme.org/orders", "GitLab"),
        (TICKET, "Jira"),
        ("https://example.atlassian.net/wiki/x", "Confluence"),
        ("https://meet.google.com/abc", "meeting"),
        ("https://www.example.org/x", "example.org"),
    ],
)
def test_the_label_comes_from_the_address(url: str, label: str) -> None:
    assert label_of(url) == label
