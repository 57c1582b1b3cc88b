"""Words for what has to be done next in a phase: who does what, and the one button for it."""

from bot.cards import phrases
from bot.cards.model import Bold, Button, Text
from council.moves import NextStep
from council.standing import Standing

_LABEL = 60


def said(step: NextStep) -> Text:
    """Return who does what next: Ana hands over to Mei: trained model."""
    if step.code == "agree":
        names = phrases.people(step.people) or ("somebody",)
        several = len(step.people) > 1
        verbs = ("agree", "say") if several else ("agrees", "says")
        return (*names, f" {verbs[0]} to ", Bold(step.key), f", or {verbs[1]} not yet.")
    who = phrases.row([(phrases.person(each),) for each in step.people], " or ") or ("somebody",)
    return (*who, *_does(step))


def _does(step: NextStep) -> Text:
    match step.code:
        case "answer_handoff":
            return (" accepts ", Bold(step.key), f" ({step.text}), or gives it back.")
        case "close_condition":
            return (" closes condition ", Bold(step.key), f": {step.text}")
        case "hand_over":
            to = phrases.row([(phrases.person(each),) for each in step.to], " or ")
            return (" hands over", *((" to ", *to) if to else ()), f": {step.text}.")
        case "move_on":
            return (f" moves it on to {step.text}.",)
    return (" checks off what is done.",)


def onward(found: Standing) -> NextStep | None:
    """Return what brings a phase to its end, once the work itself is done."""
    step = found.stay.next if found.next_action == "work" else None
    return step if step and step.code in {"close_condition", "hand_over", "move_on"} else None


def button(step: NextStep, key: str) -> Button:
    """Return the one press that does it, or leads there; `key` is the initiative's."""
    ref = step.key.partition("/")[0]
    match step.code:
        case "agree":
            return Button(f"Open {ref}", f"move {key}", primary=True)
        case "answer_handoff" | "close_condition":
            return Button(f"Open {ref}", f"handoff {ref}", primary=True)
        case "hand_over":
            label = f"Open {ref}" if ref else "Hand over…"
            return Button(label, f"handoff {ref or key}", primary=True)
        case "move_on":
            label = f"Move to {step.text}"
            label = label if len(label) <= _LABEL else "Move on"
            return Button(label, f"move {key} forward", primary=True)
    return Button("Check off…", f"done {key}", primary=True)
