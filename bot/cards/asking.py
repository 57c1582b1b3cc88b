"""Which form a verb opens, holding what is known already."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.cards import away, checklist, clock, everyday, forms, handoff_forms, links, settings, ways
from bot.cards.model import Field, Form, Kind
from bot.grammar.words import argument

Known = Mapping[str, str]


def form_for(verb: str, known: Known) -> Form | None:
    """Return the form of a verb, holding what is known already; None for a verb that has none."""
    make = _FORMS.get(verb)
    if make is None:
        return None
    form = make(known)
    return replace(form, fields=tuple(_holding(each, known) for each in form.fields))


def _holding(field: Field, known: Known) -> Field:
    value = known.get(field.name, "")
    fits = value and (field.kind is not Kind.CHOICE or value in dict(field.choices))
    return replace(field, value=value) if fits else field


def _assign(known: Known) -> Form:
    return forms.assign_form(known.get("key", ""), remove=bool(known.get("remove")))


def _new(known: Known) -> Form:
    """Return the form of `new`, whose command keeps what was typed and is not asked for."""
    form = forms.new_form()
    names = ("playbook", "channel", "objective")
    more = [f"--{name} {argument(known[name])}" for name in names if known.get(name)]
    command = " ".join(part for part in ("new", *more, known.get("models", "")) if part)
    return replace(form, command=command)


def _handoff(known: Known) -> Form:
    """Return the form of an item where the handoff is known, else of beginning one."""
    if known.get("handoff"):
        return handoff_forms.item_form(known["handoff"])
    return handoff_forms.begin_form(known.get("key", ""))


_FORMS: Mapping[str, Callable[[Known], Form]] = MappingProxyType(
    {
        "archive": everyday.archive_form,
        "assign": _assign,
        "away": lambda _: away.away_form(),
        "close": lambda _: forms.close_form(),
        "decline": lambda _: forms.decline_form(),
        "edit": lambda known: everyday.edit_form(known.get("key", "")),
        "accept": lambda known: handoff_forms.accept_form(known.get("handoff", "")),
        "handoff": _handoff,
        "done": lambda known: checklist.done_form(known.get("key", "")),
        "flag": lambda known: forms.flag_form(known.get("key", "")),
        "link": lambda known: links.link_form(known.get("key", "")),
        "move": lambda known: ways.move_form(known.get("key", "")),
        "new": _new,
        "pause": lambda known: clock.pause_form(known.get("key", "")),
        "snooze": lambda _: clock.snooze_form(),
        "settings": lambda _: settings.any_setting_form(),
        "simulate": lambda known: forms.simulate_form(known.get("key", "")),
    }
)
