"""The style sheet: can everybody read it, does it name what the renderer writes, does it travel."""

import re
from itertools import product
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from bot.html import CARD_CSS

CSS = CARD_CSS.read_text(encoding="utf-8")
ROOT = Path(__file__).parents[3]
COLOURS = re.compile(r"--card-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
THEMES = ("light", "dark")
PALETTE = {
    (name, theme): colour
    for name, *pair in COLOURS.findall(CSS)
    for theme, colour in zip(THEMES, pair, strict=True)
}
TEXT = (
    *((ink, "surface") for ink in ("ink", "soft", "link", "danger")),
    *((ink, "hover") for ink in ("ink", "danger")),
    *(("on-tone", tone) for tone in ("good", "warn", "bad")),
    *(("on-accent", fill) for fill in ("accent", "accent-hover")),
    ("danger", "danger-hover"),
    ("ink", "code"),
    ("on-ring", "ring"),
    ("on-me", "me"),
    ("on-me", "surface"),
)
SHAPES = tuple((shape, "surface") for shape in ("good", "warn", "bad", "accent", "focus", "field"))


def light(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(("pair", "theme"), tuple(product(TEXT, THEMES)))
def test_text_can_be_read(pair: tuple[str, str], theme: str) -> None:
    ink, ground = (PALETTE[name, theme] for name in pair)
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("pair", "theme"), tuple(product(SHAPES, THEMES)))
def test_what_carries_meaning_can_be_seen(pair: tuple[str, str], theme: str) -> None:
    shape, ground = (PALETTE[name, theme] for name in pair)
    assert contrast(shape, ground) >= 3


def test_every_colour_has_a_light_and_a_dark_side() -> None:
    colours = re.findall(r"--card-([\w-]+): [^;]*#", CSS)
    assert {(name, theme) for name in colours for theme in THEMES} == set(PALETTE)


def test_every_property_that_is_used_is_defined() -> None:
    used, defined = (set(re.findall(p, CSS)) for p in (r"var\((--[\w-]+)", r"(--[\w-]+):"))
    assert used == defined


def test_a_page_may_choose_the_theme_for_the_reader() -> None:
    chosen = r':root\[data-theme="{0}"\] {{\s*color-scheme: {0};'
    assert all(re.search(chosen.format(theme), CSS) for theme in THEMES)


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert not re.findall(r"url\(|@import|https?:", CSS)


def test_it_is_in_the_wheel() -> None:
    files = WheelBuilder(str(ROOT)).recurse_included_files()
    assert "bot/html/card.css" in {file.distribution_path for file in files}
