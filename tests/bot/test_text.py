"""Cards in a terminal."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot import text
from bot.cards.model import (
    Anchor,
    Bullets,
    Button,
    Card,
    Code,
    Facts,
    Mention,
    Note,
    Paragraph,
    When,
)
from tests.cards.samples import SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_read_as_they_did(name: str, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(f"{name}.txt", text.render(SAMPLES[name]))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("a\nb\r\nc\td", "a b c d"),
        ("\x1b[31mred\x07", "[31mred"),
        ("user\u202etxt.exe\u2066", "usertxt.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud83d pair", "half  pair"),
        ("👩\u200d🔬 café 模\u200c型", "👩\u200d🔬 café 模\u200c型"),
    ],
)
def test_only_what_can_be_seen_is_left(given: str, said: str) -> None:
    assert text.clean(given) == said


@pytest.mark.parametrize("given", ["", " \n", "\u200b", "\u200d\ufe0f", "\u3164"])
def test_what_shows_nothing_is_blank(given: str) -> None:
    assert text.blank(given)


def test_a_line_break_in_a_value_forges_no_line() -> None:
    card = Card("T", "F", (Facts((("Model", ("x\nSeverity  S1",)), ("Severity", ("S3",)))),))
    assert text.render(card) == "T\n\nModel     x Severity  S1\nSeverity  S3"


def test_facts_are_aligned_by_what_is_seen() -> None:
    card = Card("", "", (Facts((("模型", ("x",)), ("Owner", ("y",)), ("L" * 30, ("z",)))),))
    assert text.render(card) == f"模型   x\nOwner  y\n{'L' * 30}  z"


def test_buttons_are_what_to_type() -> None:
    card = Card("T", "F", buttons=(Button("Take it", "ack C-31"), Button("X", "", confirm="?")))
    assert text.render(card).endswith("→ /council ack C-31  Take it")
    assert text.render(card, prefix="@Council").endswith("→ @Council ack C-31  Take it")


def test_what_was_left_out_is_counted() -> None:
    card = Card("T", "F", (Paragraph(("Worst",)), Bullets((("a",), ("",)), more=12)))
    assert text.render(card) == "T\n\nWorst\n• a\n… 12 more"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(datetime(2026, 11, 21, 14, 0, tzinfo=UTC)), "Sat 21 Nov 2026, 14:00 UTC"),
        (
            When(datetime(2026, 7, 1, 14, 5, tzinfo=UTC), "Europe/Berlin"),
            "Wed 1 Jul 2026, 16:05 CEST",
        ),
        (
            When(datetime(2026, 7, 1, 14, 5, tzinfo=UTC), "America/Sao_Paulo"),
            "Wed 1 Jul 2026, 11:05 UTC-03",
        ),
        (When(datetime(2026, 7, 1, tzinfo=UTC), "No/Where"), "Wed 1 Jul 2026, 00:00 UTC"),
        (When(datetime(1, 1, 1, tzinfo=UTC), "America/New_York"), "Mon 1 Jan 1, 00:00 UTC"),
    ],
)
def test_moments_name_their_zone(when: When, said: str) -> None:
    assert text.moment(when) == said


def test_links_show_their_address_if_it_is_one() -> None:
    assert text.plain((Anchor("run", "https://a.example/b"),)) == "run (https://a.example/b)"
    assert text.plain((Anchor("run", "javascript:alert(1)"),)) == "run"
    assert text.plain((Anchor("", "https://a.example"),)) == "https://a.example"


def test_who_is_called_is_told_from_who_is_named() -> None:
    assert text.plain((Mention("Ada", ring=True), ", ", Mention("Mia"))) == "@Ada, Mia"


def test_a_notification_is_one_line_and_never_empty() -> None:
    assert text.line(Card("T", "a\nb")) == "a b"
    assert text.line(Card("T", " ")) == "T"
    assert text.line(Card("", "")) == "…"


def test_commands_in_the_text_are_spelled_as_the_surface_wants_them() -> None:
    shown = Card("T", "F", (Note(("Type ", Code("/council help assign"))),))
    assert "Type @Council help assign" in text.render(shown, "@Council")
