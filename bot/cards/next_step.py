"""Words for what has to be done next in a phase: who does what, and the one button for it."""

from collections.abc import Iterable

from bot.cards import forms, phrases
from bot.cards.model import Bold, Button, Text
from council.moves import NextStep, PhaseView
from council.people import LEAD_ROLE, Member

_LABEL = 60


def said(step: NextStep) -> Text:
    """Return who does what next: Ana hands over to Mei: trained model."""
    if step.code == "agree":
        names = phrases.people(step.people) or ("somebody",)
        several = len(step.people) > 1
        verbs = ("agree", "say") if several else ("agrees", "says")
        return (*names, f" {verbs[0]} to ", Bold(step.key), f", or {verbs[1]} not yet.")
    if step.code == "check_off":
        return _work(step)
    if step.code == "runs":
        called = phrases.people(step.people)
        call: Text = ("; monitors call ", *called) if called else ()
        return ("nothing to do while it runs", *call, ".")
    return (*(_any_of(step.people) or ("somebody",)), *_does(step))


def _any_of(members: Iterable[Member]) -> Text:
    return phrases.row([(phrases.person(each),) for each in members], " or ")


def _work(step: NextStep) -> Text:
    """Return what is worked at, and which open item is first; who gives that, if others do."""
    first = step.text.rstrip(".")
    if not step.doing:
        return (*(_any_of(step.to) or ("somebody",)), f" checks off first: {first}.")
    names = phrases.people(step.people)
    at_work = {each.id for each in step.people}
    others = not any(each.id in at_work for each in step.to)
    by: Text = (" (", *_any_of(step.to), ")") if others and step.to else ()
    doing = phrases.within(step.doing)
    return (*names, *((": ",) if names else ()), f"{doing}. To check off first: {first}", *by, ".")


def _does(step: NextStep) -> Text:
    match step.code:
        case "fill_role":
            return (f" names the {phrases.role(step.text)}.",)
        case "answer_line":
            said_so = phrases.people(step.to)
            return (" answers what ", *said_so, " said to ", Bold(step.key), ", or takes it back.")
        case "answer_handoff":
            return (" accepts ", Bold(step.key), f" ({step.text}), or gives it back.")
        case "close_condition":
            return (" closes condition ", Bold(step.key), f": {step.text}")
        case "hand_over":
            to = _any_of(step.to)
            return (" hands over", *((" to ", *to) if to else ()), f": {step.text}.")
    return (f" moves it on to {step.text}.",)


def button(view: PhaseView) -> Button | None:
    """Return the one press that does what is next, or leads there; none where nothing is asked."""
    step, key = view.next, view.initiative
    if step is None or step.code == "runs":
        return None
    if step.code == "fill_role":
        names = [name for role, name in view.role_names.items() if role != LEAD_ROLE]
        form = forms.assign_form(key, names, step.text)
        return Button("Give a role", f"assign {key}", primary=True, form=form)
    if step.code == "move_on":
        return onward(key, step.key, step.text)
    ref = step.key.partition("/")[0]
    label, line = {
        "agree": (f"Open {ref}", f"move {key}"),
        "answer_line": (f"Open {ref}", f"move {key}"),
        "answer_handoff": (f"Open {ref}", f"handoff {ref}"),
        "close_condition": (f"Open {ref}", f"handoff {ref}"),
        "hand_over": (f"Open {ref}" if ref else "Hand over…", f"handoff {ref or key}"),
        "check_off": ("Check off…", f"done {key}"),
    }[step.code]
    return Button(label, line, primary=True)


def onward(key: str, phase: str, name: str) -> Button:
    """Return the press that goes on to a phase; it names it, so that a late press does nothing."""
    label = f"Move to {name}"
    label = label if len(label) <= _LABEL else "Move on"
    return Button(label, f"move {key} {phase}", primary=True)
