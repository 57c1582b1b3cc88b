"""How a card looks in Slack, and what may never come through."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.cards.model import (
    Anchor,
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
from bot.slack.spans import Json, escape
from tests.cards.samples import SAMPLES


def card(*blocks: Paragraph | Bullets | Facts | Note | Divider, **fields: object) -> Card:
    return Card("Title", "Fallback", blocks, **fields)  # type: ignore[arg-type]


def body(*blocks: Paragraph | Bullets | Facts | Note | Divider) -> list[Json]:
    found: list[Json] = message(card(*blocks))["blocks"]
    return found[1:]


def parts(*spans: object) -> list[Json]:
    found: list[Json] = body(Paragraph(spans))[0]["elements"][0]["elements"]  # type: ignore[arg-type]
    return found


def buttons(*given: Button) -> list[Json]:
    found: list[Json] = message(card(buttons=given))["blocks"][1]["elements"]
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_look_as_they_did(name: str, same_as_golden: Callable[[str, str], None]) -> None:
    payload = message(SAMPLES[name])
    same_as_golden(f"{name}.slack.json", json.dumps(payload, indent=2, ensure_ascii=False))
    assert problems(payload, "message") == []


def test_a_ringing_mention_notifies_and_another_names_only() -> None:
    ids = {"slack": "U0ADA00001", "teams": "29:x"}
    assert parts(Mention("Ada", ids, ring=True)) == [{"type": "user", "user_id": "U0ADA00001"}]
    assert parts(Mention("Ada", ids)) == [{"type": "text", "text": "Ada"}]
    assert parts(Mention("Ada", {"teams": "29:x"}, ring=True)) == [{"type": "text", "text": "Ada"}]


def test_a_user_group_is_mentioned_as_one() -> None:
    group = Mention("On call", {"slack": "S0GROUP001"}, ring=True)
    assert parts(group) == [{"type": "usergroup", "usergroup_id": "S0GROUP001"}]
    field = body(Facts((("Who", (group,)),)))[0]["fields"][0]
    assert field["text"] == "*Who*\n<!subteam^S0GROUP001>"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//a.example", "https://", "http://[", ""]
)
def test_only_web_addresses_are_linked(href: str) -> None:
    assert parts(Anchor("press", href)) == [{"type": "text", "text": "press"}]
    assert "<" not in body(Note((Anchor("press", href),)))[0]["elements"][0]["text"]


def test_a_moment_is_shown_in_the_readers_zone_with_a_fallback() -> None:
    when = When(datetime(2026, 11, 21, 14, 0, tzinfo=UTC))
    assert parts(when)[0] == {
        "type": "date",
        "timestamp": 1795269600,
        "format": "{date_short_pretty} at {time}",
        "fallback": "Sat 21 Nov 2026, 14:00 UTC",
    }
    said = body(Note((when,)))[0]["elements"][0]["text"]
    assert said == "<!date^1795269600^{date_short_pretty} at {time}|Sat 21 Nov 2026, 14:00 UTC>"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("late_order_v2", "late_order_v2"),
        ("12:30:45", "12:30:45"),
    ],
)
def test_mrkdwn_shows_what_was_given(given: str, said: str) -> None:
    assert escape(given) == said


@pytest.mark.parametrize("given", ["*a*", "_a_", "~a~", "`a`", "```a```", "> a", " > a", ":tada:"])
def test_no_formatting_comes_through_mrkdwn(given: str) -> None:
    said = escape(given)
    assert said != given
    assert not set("*~`>") & set(said)
    assert not said.startswith("_")
    assert ":tada:" not in said


def test_bold_and_code_stand_in_facts_and_notes() -> None:
    said = body(Note((Bold("a "), "b", Code("c"))))[0]["elements"][0]
    assert said == {"type": "mrkdwn", "text": "*a* b`c`", "verbatim": True}


def test_small_print_without_formatting_needs_no_mrkdwn() -> None:
    assert body(Note(("a *b* <c>",)))[0]["elements"][0]["type"] == "plain_text"


def test_tone_is_a_sign_of_its_own_shape() -> None:
    titles = [message(card(tone=tone))["blocks"][0]["text"]["text"] for tone in Tone]
    assert titles == ["Title", "✅ Title", "⚠️ Title", "🔴 Title"]


def test_two_buttons_stand_out_and_the_rest_waits_in_a_menu() -> None:
    found = buttons(
        Button("Explain", "explain C-1"),
        Button("Take", "ack C-1", primary=True),
        Button("Help", "help"),
        Button("Who", "who x"),
        Button("Noise", "close C-1", danger=True, confirm="Sure?"),
        Button("Long", "flag x " + "y" * 200),
    )
    assert [e.get("value") for e in found][:3] == ["ack C-1", "explain C-1", "close C-1"]
    assert [e.get("style") for e in found] == ["primary", None, "danger", None, None]
    assert [o["value"] for o in found[-1]["options"]] == ["help", "who x"]
    assert found[2]["confirm"]["text"]["text"] == "Sure?"
    assert [e["action_id"] for e in found] == [f"command:{n}" for n in range(5)]


def test_a_menu_of_one_is_a_button() -> None:
    found = buttons(Button("A", "a"), Button("B", "b"), Button("C", "c"))
    assert [e["type"] for e in found] == ["button"] * 3


def test_only_two_buttons_are_primary() -> None:
    found = buttons(*(Button(n, f"ack {n}", primary=True, confirm="Sure?") for n in "abc"))
    assert [e.get("style") for e in found] == ["primary", "primary", None]


def test_buttons_without_a_place_are_counted() -> None:
    blocks = message(card(buttons=[Button(str(n), f"ack C-{n}") for n in range(60)]))["blocks"]
    assert len(blocks[1]["elements"]) <= 25
    shown = len(blocks[1]["elements"]) - 1 + 5
    assert blocks[2]["elements"][0]["text"].startswith(f"… {60 - shown} more")


def test_what_does_not_fit_is_counted() -> None:
    payload = message(card(*[Paragraph((f"{n}",)) for n in range(80)]))
    assert len(payload["blocks"]) == 50
    assert payload["blocks"][-1]["elements"][0]["text"] == "… 32 more"


def test_a_long_list_keeps_its_count() -> None:
    items = tuple((f"condition {n} " + "x" * 50,) for n in range(500))
    listed, more = body(Bullets(items, more=7))[0]["elements"]
    assert more["elements"][0]["text"] == f"… {507 - len(listed['elements'])} more"


def test_long_text_ends_in_a_mark() -> None:
    assert parts("word " * 2_000)[0]["text"].endswith("…")


def test_an_empty_card_is_a_message_all_the_same() -> None:
    payload = message(Card("", ""))
    assert payload["text"] == "…"
    assert problems(payload, "message") == []


def test_dividers_stand_between_things_only() -> None:
    line, one = Divider(), Paragraph(("a",))
    kinds = [block["type"] for block in body(line, one, line, Paragraph(("",)), line, one, line)]
    assert kinds == ["rich_text", "divider", "rich_text"]


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ({"type": "header", "text": {"type": "mrkdwn", "text": "a"}}, "not plain_text"),
        ({"type": "nonsense"}, "unknown"),
        ({"type": "alert"}, "unknown, or not allowed in a message"),
        ({"type": "rich_text", "elements": []}, "elements"),
        ({"type": "actions", "elements": [{"type": "button", "value": "a"}]}, "button text"),
        ({"type": "section"}, "neither text nor fields"),
        (
            {
                "type": "section",
                "fields": [{"type": "mrkdwn", "text": "<!here>", "verbatim": True}],
            },
            "not escaped",
        ),
        ({"type": "section", "text": {"type": "plain_text", "text": "a\u202eb"}}, "invisible"),
        ({"type": "image", "image_url": "https://a.example/b.png", "alt_text": ""}, "alt_text"),
        ({"type": "table", "rows": [[{}] * 21]}, "columns"),
        ({"type": "divider", "block_id": "x" * 256}, "block_id"),
    ],
)
def test_illegal_blocks_are_found(block: Json, problem: str) -> None:
    assert problem in " ".join(problems({"text": "a", "blocks": [block]}, "message"))


def test_illegal_messages_and_views_are_found() -> None:
    divider = {"type": "divider", "block_id": "a"}
    assert problems({"blocks": [divider]}, "message") == ["text is empty"]
    assert "used twice" in problems({"text": "a", "blocks": [divider] * 2}, "message")[0]
    assert (
        "51 blocks" in problems({"text": "a", "blocks": [{"type": "divider"}] * 51}, "message")[0]
    )
    title = {"type": "plain_text", "text": "x" * 25}
    assert problems({"title": title, "blocks": []}, "modal") == ["title longer than 24"]
    assert problems({"blocks": [{"type": "table", "rows": [[{}]]}]}, "home") != []
