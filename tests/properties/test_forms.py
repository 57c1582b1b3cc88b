"""Whatever is filled into a form, the line that it makes reads back to exactly that."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import forms
from bot.cards.model import Form, Kind
from bot.grammar.forms import Assign, Close, Flag, New, NotMe, Simulate
from bot.grammar.parsing import parse
from bot.grammar.verb import Command
from bot.grammar.words import clean
from tests.properties.test_grammar import ANY

ROLES = ("Sponsor", "Data scientist", "--remove", '@"x" y', "noise")
Values = Mapping[str, str]

FORMS: dict[str, tuple[Form, Callable[[Values], Command]]] = {
    "close": (
        forms.close_form("C-1"),
        lambda said: Close("C-1", said["outcome"], said["reason"]),
    ),
    "decline": (
        forms.decline_form("C-1"),
        lambda said: NotMe("C-1", said["reason"], said.get("handle", "")),
    ),
    "flag": (
        forms.flag_form("late-order"),
        lambda said: Flag("late-order", said["what"], said["signal_class"], said["band"]),
    ),
    "flag of a key": (
        forms.flag_form(keys=(("act", "Act"), ("accuracy", "Accuracy"))),
        lambda said: Flag(said["key"], said["what"], said["signal_class"], said["band"]),
    ),
    "assign": (
        forms.assign_form("late-order", ROLES),
        lambda said: Assign("late-order", said["role"], said["handle"]),
    ),
    "unassign": (
        forms.assign_form("late-order", remove=True),
        lambda said: Assign("late-order", said["role"], said["handle"], remove=True),
    ),
    "simulate": (
        forms.simulate_form("late-order"),
        lambda said: Simulate("late-order", said["signal_class"], said["band"]),
    ),
    "new": (
        forms.new_form(),
        lambda said: New(
            said["name"],
            said["key"].lower(),
            phase=said["phase"],
            tier=int(said["tier"]) if said["tier"] else None,
            models=(said["model"],) if said["model"] else (),
            question=said["question"],
        ),
    ),
}
TEXT = (
    ANY
    | st.text(max_size=40)
    | st.sampled_from(
        ["", " ", "--tier", "\u2014key x", "noise", "act", "@mei", '"', "a\n\nb", "me"]
    )
)
HANDLES = st.sampled_from(["mei", "@mei", "mei.lin", "me", "<@U1>", "", "Mei Chen"])


@st.composite
def filled_in(draw: st.DrawFn, form: Form) -> dict[str, str]:
    """Fill each field with what mostly fits."""
    values: dict[str, str] = {}
    for field in form.fields:
        fits: st.SearchStrategy[str] = TEXT
        if field.kind is Kind.CHOICE:
            fits = st.sampled_from(["", *(value for value, _ in field.choices)])
        elif field.kind is Kind.PERSON:
            fits = HANDLES
        elif field.name == "key":
            fits = st.sampled_from(["", "churn", "Churn", "a b"])
        values[field.name] = draw(fits)
    return values


def sent(form: Form, values: Values) -> tuple[str, Values]:
    """Return the line that a form makes, and what is wrong with it."""
    try:
        return forms.filled(form, values), {}
    except forms.Unfilled as refused:
        return "", refused.faults


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
def test_what_is_filled_in_is_read_back(name: str, data: st.DataObject) -> None:
    form, meant = FORMS[name]
    values = data.draw(filled_in(form))
    said = {each: clean(value).strip() for each, value in values.items()}
    if "handle" in said:
        said["handle"] = said["handle"].removeprefix("@")
    line, faults = sent(form, values)
    if faults:
        assert {field.name for field in form.fields}.issuperset(faults)
        assert all(faults.values())
    else:
        assert parse(line) == meant(said)


@pytest.mark.parametrize("name", FORMS)
@given(values=st.dictionaries(st.sampled_from(["reason", "what", "name", "odd"]), TEXT))
def test_a_field_that_must_be_filled_is_asked_for(name: str, values: dict[str, str]) -> None:
    form = FORMS[name][0]
    empty = {
        f.name for f in form.fields if f.required and not clean(values.get(f.name, "")).strip()
    }
    assert empty <= set(sent(form, values)[1])
