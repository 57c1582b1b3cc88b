"""Any card of any size becomes sound HTML, and nothing in it gains power."""

from hypothesis import given
from hypothesis import strategies as st

from bot.cards.model import Button, Card, Field, Form, Kind, Mention, Paragraph, Span, Text, When
from bot.html import Reader, card_html
from bot.html.card import LARGEST
from bot.text import blank, clean, moment, web_address
from tests.bot.html.reading import Element, read
from tests.properties.test_cards import cards, small, spans, texts, thorough

ALLOWED = {
    "article": {"class", "aria-label"},
    "header": set[str](),
    "h3": set[str](),
    "p": {"class", "data-for", "role", "hidden"},
    "ul": set[str](),
    "li": {"class"},
    "dl": {"class"},
    "div": {"class"},
    "dt": set[str](),
    "dd": set[str](),
    "hr": set[str](),
    "b": set[str](),
    "code": set[str](),
    "a": {"href", "rel", "target"},
    "time": {"datetime"},
    "span": {"class", "role", "aria-label", "aria-hidden"},
    "button": {
        *("type", "class", "data-button", "data-command"),
        *("data-confirm", "data-opens", "data-cancel"),
    },
    "template": {"class", "data-button"},
    "form": {"class"},
    "fieldset": {"class"},
    "legend": {"class"},
    "label": {"class"},
    "input": {"type", "name", "value", "autocomplete", "required", "checked"},
    "select": {"name", "required"},
    "option": {"value", "selected"},
    "textarea": {"name", "rows", "required"},
    "menu": set[str](),
    "details": {"class"},
    "summary": {"class"},
}
"""All that the renderer writes: no `id`, no `style`, no `on…`, no `src`."""

CLASSES = {
    *("card", "tone-neutral", "tone-good", "tone-warn", "tone-bad", "sign", "subtitle", "note"),
    *("facts", "more", "mention", "ring", "me", "buttons", "button", "primary", "danger"),
    *("form", "card-form", "field", "label", "required", "hint", "choice", "fault"),
}

people = st.lists(st.tuples(small, small), max_size=3).map(tuple)
readers = st.builds(Reader, st.just("slack"), st.sampled_from(["", "U0ADA00001"]), small, people)
choices = st.lists(st.tuples(small, small), max_size=7).map(tuple)
fields = st.builds(
    Field, small, small, st.sampled_from(Kind), small, choices, texts, st.booleans(), small
)
forms = st.builds(Form, small, small, st.lists(fields, max_size=5).map(tuple), small)
buttons = st.builds(Button, texts, texts, st.booleans(), st.booleans(), texts, st.none() | forms)
with_forms = st.builds(
    lambda found: Card("Title", "Fallback", buttons=tuple(found)), st.lists(buttons, max_size=8)
)
any_card = st.one_of(cards, with_forms)
short = st.one_of(small, spans.filter(lambda span: len(str(span)) < 1_000))


def shown(span: Span) -> str:
    """Return what a reader in UTC sees of a span."""
    if isinstance(span, str):
        return clean(span)
    if isinstance(span, When):
        return moment(When(span.at, "UTC"))
    if isinstance(span, Mention):
        name = clean(span.name)
        return "" if blank(name) else "@" * span.ring + name
    text = clean(span.text)
    address = web_address(getattr(span, "href", "")) if blank(text) else ""
    return address if 0 < len(address) <= 2_000 else text


@given(any_card, readers)
@thorough
def test_any_card_is_sound_and_holds_only_what_is_ours(card: Card, reader: Reader) -> None:
    html = card_html(card, reader)
    html.encode()
    assert len(html) <= LARGEST
    (article,) = read(html).inside
    assert isinstance(article, Element)
    for element in (article, *article.all()):
        assert set(element.attrs) <= ALLOWED[element.tag]
        assert set(element.classes) <= CLASSES


@given(any_card)
@thorough
def test_any_link_leads_to_the_web(card: Card) -> None:
    links = read(card_html(card)).all("a")
    assert all(link.attrs["href"].startswith(("http://", "https://")) for link in links)


@given(any_card)
@thorough
def test_any_button_carries_the_command_of_its_place(card: Card) -> None:
    article = read(card_html(card)).one("article")
    for button in (b for b in article.all("button") if "data-button" in b.attrs):
        given_command = card.buttons[int(button.attrs["data-button"])].command
        assert button.attrs["data-command"] == clean(given_command).strip()


@given(any_card)
@thorough
def test_any_button_that_opens_a_form_has_one(card: Card) -> None:
    article = read(card_html(card)).one("article")
    openers = [b.attrs["data-button"] for b in article.all("button") if "data-opens" in b.attrs]
    assert openers == [form.attrs["data-button"] for form in article.all("template")]


@given(st.lists(short, max_size=6).map(tuple))
@thorough
def test_any_text_shows_exactly_what_it_says(text: Text) -> None:
    said = "".join(shown(span) for span in text).strip()
    paragraphs = read(card_html(Card("Title", "", (Paragraph(text),)))).all("p")
    assert [p.text.strip() for p in paragraphs] == ([said] if not blank(said) else [])
