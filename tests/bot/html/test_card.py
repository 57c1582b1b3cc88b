"""How a card reads as HTML, for one reader."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.cards import failure
from bot.cards.misread import not_understood_card
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
    Text,
    Tone,
    When,
)
from bot.html import Reader, card_html
from bot.html.card import LARGEST
from tests.bot.cards.test_words import LIFE, MISREAD, NEWS, REFUSALS, misread
from tests.bot.html.reading import Element, read
from tests.cards.samples import ADA, SAMPLES

Golden = Callable[[str, str], None]
MEI = Reader("local", "mei", "Europe/Berlin")
NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def shown(card: Card, reader: Reader = MEI, prefix: str = "/council") -> Element:
    return read(card_html(card, reader, prefix)).one("article")


def body(*blocks: Block, reader: Reader = MEI) -> Element:
    return shown(Card("Title", "Fallback", blocks), reader)


def paragraph(*text: object, reader: Reader = MEI) -> Element:
    return body(Paragraph(text), reader=reader).one("p")  # type: ignore[arg-type]


def buttons(*given: Button, prefix: str = "/council") -> Element:
    return shown(Card("Title", "Fallback", buttons=given), prefix=prefix)


def order(card: Element) -> list[str]:
    return [part.tag for part in card.inside if isinstance(part, Element)]


# ── golden files ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_look_as_they_did(name: str, same_as_golden: Golden) -> None:
    reader = Reader("slack", "U0ADA00001", "Europe/Lisbon")
    same_as_golden(f"{name}.html", card_html(SAMPLES[name], reader))


@pytest.mark.parametrize("name", LIFE)
def test_a_case_and_the_answers_around_it_look_as_they_did(
    life: dict[str, Card], name: str, same_as_golden: Golden
) -> None:
    same_as_golden(f"words/{name}.html", card_html(life[name], MEI))


@pytest.mark.parametrize("name", NEWS)
def test_what_the_council_needs_looks_as_it_did(name: str, same_as_golden: Golden) -> None:
    same_as_golden(f"words/{name}.html", card_html(NEWS[name], MEI))


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_looks_as_it_did(name: str, same_as_golden: Golden) -> None:
    card = failure.refusal_card(REFUSALS[name])
    same_as_golden(f"words/refusal-{name}.html", card_html(card, MEI))


@pytest.mark.parametrize(("number", "text"), list(enumerate(MISREAD)))
def test_the_answer_to_a_line_not_understood_looks_as_it_did(
    number: int, text: str, same_as_golden: Golden
) -> None:
    card = not_understood_card(misread(text))
    same_as_golden(f"words/misread-{number}.html", card_html(card, MEI))


# ── the frame ────────────────────────────────────────────────────────────────────────────────────


def test_the_notification_names_the_card_for_screen_readers() -> None:
    assert body().attrs == {"class": "card tone-neutral", "aria-label": "Fallback"}


def test_every_tone_but_the_neutral_one_has_a_word_and_a_sign_of_its_own() -> None:
    signs = {tone: shown(Card("T", "F", tone=tone)).all(css="sign") for tone in Tone}
    assert signs.pop(Tone.NEUTRAL) == []
    assert len({sign.attrs["aria-label"] for (sign,) in signs.values()}) == 3
    assert all(sign.text for (sign,) in signs.values())


def test_a_card_without_anything_shows_its_notification() -> None:
    assert shown(Card(" ", "Something happened")).one("p").text == "Something happened"


def test_title_and_subtitle_stand_in_the_header() -> None:
    header = shown(Card("Title", "F", subtitle=("small",))).one("header")
    assert [header.one("h3").text, header.one("p", "subtitle").text] == ["Title", "small"]


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────


def test_blocks_stand_in_the_order_of_the_card() -> None:
    blocks = (Note(("n",)), Paragraph(("p",)), Bullets((("b",),)), Facts((("l", ("v",)),)))
    assert order(body(*blocks)) == ["header", "p", "p", "ul", "dl"]


def test_what_is_empty_is_left_out() -> None:
    nothing = (Paragraph(()), Note(("",)), Bullets(((), (Bold(" "),))), Facts((("", ("",)),)))
    assert order(body(*nothing)) == ["header"]


def test_a_fact_without_a_value_says_so() -> None:
    assert body(Facts((("Worst", ()),))).one("dd").text == "—"


def test_items_that_were_left_out_are_counted() -> None:
    assert body(Bullets((("one",),), more=4)).one("li", "more").text == "… 4 more"


def test_lines_stand_only_between_parts() -> None:
    blocks = (Divider(), Paragraph(("a",)), Divider(), Divider(), Paragraph(("b",)), Divider())
    assert order(body(*blocks)) == ["header", "p", "hr", "p"]


def test_a_list_that_is_too_long_is_cut_and_counted() -> None:
    items: tuple[Text, ...] = (("item",),) * 150
    found = body(Bullets(items, more=7)).all("li")
    assert [len(found), found[-1].text] == [101, "… 57 more"]


def test_blocks_that_do_not_fit_are_counted() -> None:
    long = Paragraph(("x" * 3_000,) * 6)
    found = body(*(long,) * 10).all("p")
    assert [len(found), found[-1].text] == [4, "… 7 more"]


def test_a_long_text_ends_with_a_mark() -> None:
    said = paragraph("x" * 5_000).text
    assert len(said) == 3_000
    assert said.endswith("x…")


# ── spans ────────────────────────────────────────────────────────────────────────────────────────


def test_a_moment_is_shown_in_the_readers_zone() -> None:
    assert paragraph(When(NINE, "Asia/Tokyo")).text == "Tue 24 Nov 2026, 10:00 CET"


@pytest.mark.parametrize(
    "at", [NINE, NINE.replace(tzinfo=None), NINE.astimezone(timezone(timedelta(hours=5)))]
)
def test_a_moment_is_also_there_for_programs(at: datetime) -> None:
    assert paragraph(When(at)).one("time").attrs["datetime"] == "2026-11-24T09:00:00+00:00"


def test_a_moment_in_a_zone_that_is_none_is_shown_in_utc() -> None:
    said = paragraph(When(NINE), reader=Reader(zone="../etc/passwd")).text
    assert said == "Tue 24 Nov 2026, 09:00 UTC"


def test_who_is_called_stands_out_from_who_is_only_named() -> None:
    called, named = paragraph(Mention("Ana", {}, ring=True), Mention("Ana")).all("span")
    assert [called.classes, called.text] == [["mention", "ring"], "@Ana"]
    assert [named.classes, named.text] == [["mention"], "Ana"]


def test_ones_own_name_stands_out_by_the_id_of_the_platform() -> None:
    ids = {"local": "mei", "slack": "U1"}
    assert "me" in paragraph(Mention("Mei", ids)).one("span").classes
    assert "me" not in paragraph(Mention("Mei", {"slack": "mei"})).one("span").classes


def test_a_reader_without_an_id_is_nobody() -> None:
    found = paragraph(Mention("Mei", {"local": ""}), reader=Reader())
    assert "me" not in found.one("span").classes


def test_a_link_opens_elsewhere_and_tells_that_page_nothing() -> None:
    link = paragraph(Anchor("Runbook", "HTTPS://wiki.example.org/?a=1&b=2")).one("a")
    assert link.text == "Runbook"
    assert link.attrs == {
        "href": "https://wiki.example.org/?a=1&b=2",
        "rel": "noopener noreferrer",
        "target": "_blank",
    }


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//a.example", "https://", "http://[", ""]
)
def test_only_web_addresses_are_linked(href: str) -> None:
    assert paragraph(Anchor("press", href)).inside == ["press"]


def test_a_link_without_words_shows_its_address() -> None:
    assert paragraph(Anchor(" ", "https://a.example/")).one("a").text == "https://a.example/"


def test_markup_in_a_text_is_shown_as_it_is() -> None:
    evil = "<script>alert(1)</script> &amp; \"' {} {0.__class__} %s"
    found = paragraph(evil, Bold(evil), Code(evil))
    assert found.text == evil * 3
    assert [part.tag for part in found.all()] == ["b", "code"]


def test_what_is_to_be_typed_is_spelled_as_the_surface_wants_it() -> None:
    card = Card("T", "F", (Paragraph((Code("/council help"), " and ", Code("/councillor"))),))
    typed = [code.text for code in shown(card, prefix="council say").all("code")]
    assert typed == ["council say help", "/councillor"]


# ── buttons ──────────────────────────────────────────────────────────────────────────────────────


def test_a_button_carries_its_command_and_its_question() -> None:
    button = buttons(Button("Noise", " close C-1 noise\n", danger=True, confirm="Sure?"))
    assert button.one("button").attrs == {
        "type": "button",
        "class": "button danger",
        "data-button": "0",
        "data-command": "close C-1 noise",
        "data-confirm": "Sure?",
    }


def test_at_most_two_buttons_stand_out() -> None:
    found = buttons(*(Button("Go", f"ack C-{n}", primary=True) for n in range(3)))
    assert ["primary" in button.classes for button in found.all("button")] == [True, True, False]


def test_beyond_two_the_rest_waits_under_more() -> None:
    found = buttons(*(Button(f"Do {n}", f"ack C-{n}", primary=n == 3) for n in range(1, 6)))
    menu = found.one("details")
    assert [each.text for each in found.all("button")] == ["Do 1", "Do 3", "Do 2", "Do 4", "Do 5"]
    assert [each.text for each in menu.all("button")] == ["Do 2", "Do 4", "Do 5"]


def test_a_menu_hides_no_single_button() -> None:
    assert buttons(*(Button("Go", f"ack C-{n}") for n in range(3))).all("details") == []


def test_a_button_is_numbered_by_its_place_on_the_card() -> None:
    found = buttons(Button("nothing", " "), Button("Go", "ack C-1"))
    assert found.one("button").attrs["data-button"] == "1"


def test_a_button_without_a_label_shows_its_command() -> None:
    assert buttons(Button("", "ack C-1")).one("button").text == "ack C-1"


def test_buttons_without_a_place_are_counted() -> None:
    found = buttons(*(Button("Go", "ack C-1"),) * 30, prefix="/rat")
    assert found.one("p", "note").text == "… 5 more buttons: type /rat help"


def test_a_command_is_whole_or_not_there() -> None:
    assert buttons(Button("Go", "x" * 2_001)).all("button") == []


def test_a_hostile_card_stays_small() -> None:
    evil = "<&\"'>" * 4_000
    texts: Text = (evil, Anchor(evil, "https://a.example/?" + "&" * 1_900), ADA) * 50
    blocks = (Paragraph(texts), Bullets((texts,) * 200), Facts(((evil, texts),) * 200)) * 60
    many = (Button(evil, "'" * 2_000, confirm=evil),) * 90
    assert len(card_html(Card(evil, evil, blocks, many, subtitle=texts))) <= LARGEST
