"""In an initiative's own channel, a misspelt key of another hits neither of them."""

import pytest

from tests.builders import an_initiative
from tests.talk import Talk

HERE = "local:orders"


@pytest.fixture
def two(talk: Talk) -> Talk:
    """Return a council with a second initiative, refunds."""
    an_initiative(talk.desk, "refunds", models=("refund-model",))
    talk.deliver()
    return talk


@pytest.mark.parametrize(
    "line",
    [
        "archive refundz",
        'archive refundz "the shop closed"',
        "archive refundz --yes",
        "pause refundz",
        "pause refundz until monday",
        "resume refundz",
        "huddle refundz",
        'huddle refundz "the feed changed"',
        'flag refundz "recall fell"',
    ],
)
def test_a_misspelt_key_is_refused_with_what_is_near(two: Talk, line: str) -> None:
    said = two.refused("mei", line, HERE)
    assert "I know no initiative called refundz. Did you mean refunds?" in said


@pytest.mark.parametrize("line", ["flag refundz", "flag refundz recall fell since Monday"])
def test_a_concern_about_a_misspelt_key_is_not_raised_here(two: Talk, line: str) -> None:
    said = two.refused("mei", line, HERE)
    assert "The initiative's key refundz does not fit. Did you mean refunds?" in said


@pytest.mark.parametrize("line", ["archive re_funds", "pause re_funds"])
def test_what_cannot_be_a_key_is_refused_too(two: Talk, line: str) -> None:
    assert "re-funds" in two.refused("mei", line, HERE)


@pytest.mark.parametrize(
    "line",
    [
        'archive "the shop closed"',
        'pause "for the budget"',
        "pause until monday",
        'huddle "the feed changed"',
        "flag recall fell since Monday",
        'flag "refundz fell"',
    ],
)
def test_what_cannot_be_a_key_is_text_about_this_initiative(two: Talk, line: str) -> None:
    two.does("mei", line, HERE)
    assert not list(two.desk.books.cases.open_of(key_id(two, "refunds")))
    assert two.desk.books.initiatives.by_key("refunds").state == "active"  # type: ignore[union-attr]


def test_a_key_alone_is_no_concern(two: Talk) -> None:
    assert "missing" in two.refused("mei", "flag refunds", HERE)


def key_id(talk: Talk, key: str) -> str:
    """Return the opaque id behind a key."""
    found = talk.desk.books.initiatives.by_key(key)
    assert found
    return found.id
