"""Any card of any size becomes a legal message, and nothing in it gains power."""

import json
import re
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SlackBlock

from bot import text
from bot.cards.model import (
    Anchor,
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Divider,
    Facts,
    Mention,
    Note,
    Paragraph,
    Tone,
    When,
)
from bot.slack.blocks import message
from bot.slack.legal import problems

INJECTED = (
    "<!channel>",
    "<!here|x>",
    "<@U0EVIL0001>",
    "<!subteam^S0EVIL001>",
    "<https://evil.example|safe>",
    "javascript:alert(1)",
    "https://evil.example/",
    "*bold* _it_ ~no~ `code` ```block```",
    "> quoted",
    "&lt;!channel&gt;",
    ":skull:",
    "\u202egnp.exe",
    "\x00\x1b[2J",
    "\ud800",
    "line\nbreak",
    "",
    " ",
    "\u200b",
    "👩\u200d🔬",
)
RINGING = {"U0ADA00001", "S0GROUP001"}

small = st.one_of(st.sampled_from(INJECTED), st.text(st.characters(), max_size=12))
huge = st.builds(lambda part, times: part * times, small, st.integers(0, 4_000))
texts = st.one_of(small, st.lists(small, max_size=4).map("".join), huge)
ids = st.sampled_from([{}, {"slack": "U0ADA00001"}, {"slack": "S0GROUP001"}, {"slack": "<!here>"}])
hrefs = st.one_of(
    st.sampled_from(["https://a.example/b?c=d&e=f", "HTTP://a.example", "https://ä.example/ü"]),
    texts,
    small.map(lambda path: f"https://a.example/{path}"),
    st.integers(0, 4_000).map(lambda n: "https://a.example/" + "x" * n),
)
times = st.datetimes(timezones=st.sampled_from([UTC, None]))
spans = st.one_of(
    texts,
    st.builds(Bold, texts),
    st.builds(Code, texts),
    st.builds(Anchor, texts, hrefs),
    st.builds(Mention, texts, ids, st.booleans()),
    st.builds(When, times, st.sampled_from(["UTC", "Europe/Berlin", "", "../etc", "No/Where"])),
)


def many(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """Return tuples, of which some are long because they repeat."""
    few = st.lists(strategy, max_size=4).map(tuple)
    return st.one_of(few, st.builds(lambda part, times: part * times, few, st.integers(0, 90)))


lines = many(spans)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, lines),
    st.builds(Bullets, many(lines), st.integers(-1, 10**6)),
    st.builds(Facts, many(st.tuples(texts, lines))),
    st.builds(Note, lines),
    st.just(Divider()),
)
buttons = st.builds(Button, texts, texts, st.booleans(), st.booleans(), texts)
cards = st.builds(Card, texts, texts, many(blocks), many(buttons), st.sampled_from(Tone), lines)
thorough = settings(suppress_health_check=list(HealthCheck))


def parsed(value: object) -> list[str]:
    """Return every text that Slack would parse, without the sequences that are ours."""
    if isinstance(value, list):
        return [found for part in value for found in parsed(part)]
    if not isinstance(value, dict):
        return []
    if value.get("type") == "mrkdwn":
        return [value["text"]]
    return [found for part in value.values() for found in parsed(part)]


def called(value: object) -> set[str]:
    """Return the ids that rich text mentions."""
    if isinstance(value, list):
        return {found for part in value for found in called(part)}
    if not isinstance(value, dict):
        return set()
    own = {value[key] for key in ("user_id", "usergroup_id") if key in value}
    return own | {found for part in value.values() for found in called(part)}


@given(cards)
@thorough
def test_any_card_is_a_legal_message(card: Card) -> None:
    payload = message(card)
    assert problems(payload, "message") == []
    assert len(json.dumps(payload)) <= 13_000
    assert payload["blocks"]


@given(cards)
@thorough
def test_slacks_own_models_take_any_card(card: Card) -> None:
    given_blocks = message(card)["blocks"]
    taken = SlackBlock.parse_all(given_blocks)
    assert [block.to_dict()["type"] for block in taken] == [b["type"] for b in given_blocks]


@given(cards)
@thorough
def test_nothing_from_outside_gains_power(card: Card) -> None:
    payload = message(card)
    for said in [payload["text"], *parsed(payload["blocks"])]:
        assert "<!channel" not in said
        assert "<!here" not in said
        assert "<@U0EVIL" not in said
        assert "<!subteam^S0EVIL" not in said
        assert "<javascript" not in said
        mentioned = set(re.findall(r"<(?:@|!subteam\^)([A-Z0-9]+)>", said))
        assert mentioned <= RINGING
    assert called(payload["blocks"]) <= RINGING


@given(cards)
@settings(thorough, max_examples=25)  # a card of a megabyte takes two seconds to set as text
def test_any_card_reads_as_text(card: Card) -> None:
    said = text.render(card)
    assert said.strip()
    assert all(
        text.clean(line[: text.LONGEST]) == line[: text.LONGEST] for line in said.split("\n")
    )
    said.encode()


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-14, 14))
def test_any_moment_has_words(at: datetime, hours: int) -> None:
    assert text.moment(When(at, f"Etc/GMT{hours:+d}"))
