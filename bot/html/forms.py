"""A form as HTML, kept in a `<template>` until its button opens it.

Inputs stand inside their labels, so that no ids are needed and a page may hold a form twice. A
form is either whole or not there: cut short, it would ask for the wrong thing.
"""

from collections.abc import Sequence

from markupsafe import Markup

from bot.cards.model import Field, Form, Kind
from bot.text import blank, clean

_MOST_FIELDS, _MOST_CHOICES, _LONGEST = 20, 200, 10_000
_AT_A_GLANCE = 5  # so many choices are seen at once; more wait in a list
_MOST_PEOPLE = 300  # a longer list is slower to search than a handle is to type
_NONE = (("", "—"),)
_ASKED = (("", "Choose…"),)

Choices = Sequence[tuple[str, str]]


def form_html(form: Form, place: int, people: Choices, *, danger: bool = False) -> Markup:
    """Return the template of the form behind the button at `place`; nothing if it is too large."""
    if not _small(form):
        return Markup("")
    submit = clean(form.submit).strip()
    parts = (
        Markup("<h3>{}</h3>").format(clean(form.title).strip()),
        *(_field(field, people) for field in form.fields),
        Markup(
            '<menu><button type="submit" class="button {}">{}</button>'
            '<button type="button" class="button" data-cancel>Cancel</button></menu>'
        ).format("danger" if danger else "primary", "Send" if blank(submit) else submit),
    )
    whole = Markup(
        '<template class="form" data-button="{}"><form class="card-form">\n{}\n</form></template>'
    )
    return whole.format(place, Markup("\n").join(parts))


def _small(form: Form) -> bool:
    """Tell whether a form has a size that a person would fill in."""
    if len(form.fields) > _MOST_FIELDS or any(len(f.choices) > _MOST_CHOICES for f in form.fields):
        return False
    texts = (t for f in form.fields for t in (f.name, f.label, f.value, f.hint))
    choices = (t for f in form.fields for choice in f.choices for t in choice)
    return sum(len(t) for t in (form.title, form.submit, *texts, *choices)) <= _LONGEST


def _field(field: Field, people: Choices) -> Markup:
    fault = Markup('<p class="fault" data-for="{}" role="alert" hidden></p>').format(_name(field))
    if field.kind is Kind.CHOICE and field.required and len(field.choices) <= _AT_A_GLANCE:
        return _radios(field, fault)
    whole = Markup('<div class="field"><label><span class="label">{}{}</span>{}{}</label>{}</div>')
    return whole.format(_label(field), _mark(field), _hint(field), _control(field, people), fault)


def _control(field: Field, people: Choices) -> Markup:
    if field.kind is Kind.CHOICE:
        return _select(field, field.choices)
    if field.kind is Kind.PERSON and 0 < len(people) <= _MOST_PEOPLE:
        return _select(field, _persons(field, people))
    if field.kind is Kind.TEXT:
        area = Markup('<textarea name="{}" rows="4"{}>{}</textarea>')
        return area.format(_name(field), _required(field), clean(field.value))
    line = Markup('<input type="text" name="{}" value="{}" autocomplete="off"{}>')
    return line.format(_name(field), clean(field.value), _required(field))


def _persons(field: Field, people: Choices) -> Choices:
    """Return whom one can choose; somebody already chosen stays, known or not."""
    known = [(handle, f"{clean(name).strip()} ({clean(handle)})") for handle, name in people]
    chosen = field.value
    return known if not chosen or chosen in dict(people) else [(chosen, chosen), *known]


def _select(field: Field, choices: Choices) -> Markup:
    empty = _ASKED if field.required else _NONE
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            clean(value), Markup(" selected") * (value == field.value), clean(label).strip()
        )
        for value, label in (*empty, *choices)
    )
    whole = Markup('<select name="{}"{}>{}</select>')
    return whole.format(_name(field), _required(field), options)


def _radios(field: Field, fault: Markup) -> Markup:
    choices = Markup("").join(
        Markup(
            '<label class="choice"><input type="radio" name="{}" value="{}" required{}>'
            "<span>{}</span></label>"
        ).format(
            _name(field),
            clean(value),
            Markup(" checked") * (value == field.value),
            clean(label).strip(),
        )
        for value, label in field.choices
    )
    whole = Markup('<fieldset class="field"><legend class="label">{}{}</legend>{}{}{}</fieldset>')
    return whole.format(_label(field), _mark(field), _hint(field), choices, fault)


def _name(field: Field) -> str:
    return clean(field.name)


def _label(field: Field) -> str:
    return clean(field.name if blank(field.label) else field.label).strip()


def _mark(field: Field) -> Markup:
    """Mark what must be filled in for the eye; the attribute says it to everybody else."""
    return Markup('<span class="required" aria-hidden="true">*</span>') * field.required


def _required(field: Field) -> Markup:
    return Markup(" required") * field.required


def _hint(field: Field) -> Markup:
    hint = clean(field.hint).strip()
    return Markup("") if blank(hint) else Markup('<span class="hint">{}</span>').format(hint)
