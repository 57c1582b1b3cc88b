"""A form waits behind its button, and asks for each thing in its own way."""

from bot.cards.model import Button, Card, Field, Form, Kind
from bot.html import Reader, card_html
from bot.html.card import LARGEST
from tests.bot.html.reading import Element, read

PEOPLE = (("mei", "Mei Chen"), ("ana", "Ana Sousa"))
OUTCOMES = (("fixed", "Fixed"), ("noise", "Nothing was wrong"))
EVIL = "<b>\"'></form></template><script>"


def card(*fields: Field, people: tuple[tuple[str, str], ...] = PEOPLE, **more: object) -> Element:
    form = Form("Close C-1", "close C-1", fields)
    button = Button("Close…", "close C-1", form=form, **more)  # type: ignore[arg-type]
    reader = Reader(people=people)
    return read(card_html(Card("T", "F", buttons=(button,)), reader)).one("article")


def form(*fields: Field, people: tuple[tuple[str, str], ...] = PEOPLE) -> Element:
    return card(*fields, people=people).one("form")


def options(select: Element) -> list[tuple[str, str, bool]]:
    return [(o.attrs["value"], o.text, "selected" in o.attrs) for o in select.all("option")]


def test_a_button_with_a_form_opens_the_template_of_its_number() -> None:
    found = card(Field("note", "Note"))
    opener = found.one("div", "buttons").one("button")
    assert opener.attrs["data-opens"] == "form"
    assert found.one("template").attrs["data-button"] == opener.attrs["data-button"]


def test_a_button_with_a_form_still_carries_its_command() -> None:
    opener = card(Field("note", "Note")).one("div", "buttons").one("button")
    assert opener.attrs["data-command"] == "close C-1"


def test_a_form_can_be_sent_and_left() -> None:
    send, leave = form().one("menu").all("button")
    assert [send.text, send.attrs["type"]] == ["Send", "submit"]
    assert [leave.text, "data-cancel" in leave.attrs] == ["Cancel", True]


def test_what_is_hard_to_take_back_is_sent_with_a_button_that_says_so() -> None:
    send, _ = card(danger=True).one("menu").all("button")
    assert send.classes == ["button", "danger"]


def test_an_input_stands_in_its_label_and_needs_no_id() -> None:
    found = form(Field("subject", "Subject", value="late", hint="a word"))
    assert found.one("label").text == "Subjecta word"
    assert found.one("label").one("input").attrs == {
        "type": "text",
        "name": "subject",
        "value": "late",
        "autocomplete": "off",
    }
    assert not [e for e in found.all() if "id" in e.attrs]


def test_a_field_has_a_place_for_what_is_wrong_with_it() -> None:
    fault = form(Field("subject", "Subject")).one("p", "fault")
    assert fault.attrs["data-for"] == "subject"
    assert "hidden" in fault.attrs


def test_what_must_be_filled_in_is_marked() -> None:
    found = form(Field("a", "A", required=True), Field("b", "B"))
    assert ["required" in field.attrs for field in found.all("input")] == [True, False]
    assert [len(label.all(css="required")) for label in found.all("label")] == [1, 0]


def test_a_long_text_has_an_area() -> None:
    area = form(Field("note", "Note", Kind.TEXT, value="so far", required=True)).one("textarea")
    assert [area.text, "required" in area.attrs] == ["so far", True]


def test_a_few_choices_of_which_one_must_be_made_are_seen_at_once() -> None:
    field = Field("as", "How", Kind.CHOICE, choices=OUTCOMES, required=True, value="noise")
    radios = form(field).one("fieldset").all("input")
    assert [(r.attrs["value"], "checked" in r.attrs) for r in radios] == [
        ("fixed", False),
        ("noise", True),
    ]


def test_a_choice_that_need_not_be_made_can_be_left_open() -> None:
    select = form(Field("as", "How", Kind.CHOICE, choices=OUTCOMES)).one("select")
    assert options(select)[0] == ("", "—", True)


def test_many_choices_are_a_list_that_asks() -> None:
    many = tuple((str(n), f"Number {n}") for n in range(6))
    select = form(Field("n", "N", Kind.CHOICE, choices=many, required=True, value="4")).one(
        "select"
    )
    assert options(select)[0] == ("", "Choose…", False)
    assert [value for value, _, chosen in options(select) if chosen] == ["4"]


def test_a_person_is_chosen_by_name_and_given_by_handle() -> None:
    select = form(Field("who", "Who", Kind.PERSON, value="ana", required=True)).one("select")
    assert options(select)[1:] == [
        ("mei", "Mei Chen (mei)", False),
        ("ana", "Ana Sousa (ana)", True),
    ]


def test_somebody_already_chosen_stays_even_if_unknown() -> None:
    select = form(Field("who", "Who", Kind.PERSON, value="zoe")).one("select")
    assert ("zoe", "zoe", True) in options(select)


def test_where_nobody_is_known_a_handle_is_typed() -> None:
    found = form(Field("who", "Who", Kind.PERSON), people=())
    assert found.one("input").attrs["name"] == "who"


def test_where_people_are_too_many_for_a_list_a_handle_is_typed() -> None:
    crowd = tuple((f"p{n}", "Somebody") for n in range(301))
    assert form(Field("who", "Who", Kind.PERSON), people=crowd).all("select") == []


def test_nothing_in_a_form_gains_power() -> None:
    choices = ((EVIL, EVIL),)
    fields = [Field(EVIL, EVIL, kind, "", choices, EVIL, hint=EVIL) for kind in Kind]
    radios = Field(EVIL, EVIL, Kind.CHOICE, "", choices, EVIL, required=True, hint=EVIL)
    found = form(*fields, radios, people=((EVIL, EVIL),))
    assert not found.all("script") + found.all("b")
    assert found.one("textarea").text == EVIL


def test_a_form_of_no_human_size_leaves_its_button_to_say_what_to_type() -> None:
    found = card(Field("note", "Note", value="x" * 20_000))
    assert found.all("template") == []
    assert "data-opens" not in found.one("button").attrs


def test_many_forms_stay_small() -> None:
    many = tuple((f"p{n}", "<" * 90) for n in range(300))
    fields = tuple(Field("who", "Who", Kind.PERSON) for _ in range(20))
    button = Button("Go", "go", form=Form("Go", "go", fields))
    html = card_html(Card("T", "F", buttons=(button,) * 25), Reader(people=many))
    assert len(html) <= LARGEST
