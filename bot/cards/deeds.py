"""Words for the last thing that somebody did, where `undo` does not reach it, and its way back."""

from bot.cards.model import Button, Card, Code, Paragraph, Text
from council.undo import Undone

# By the kind of deed: what they did; the line that takes it back, and what its button says. `{ref}`
# is what it was done to (M-3), `{key}` the initiative's.
_ALSO = "Withdraw it"
_DEEDS: dict[str, tuple[str, str, str]] = {
    "move.proposed": ("you proposed {ref}", "move {key} withdraw", _ALSO),
    "move.answered": ("you answered {ref}", "", "Say the other"),
    "move.withdrawn": ("you withdrew {ref}", "move {key}", "Propose it anew"),
    "handoff.drafted": ("you began {ref}", "handoff {ref} withdraw", _ALSO),
    "handoff.filled": ("you filled in a part of {ref}", "handoff {ref}", "Change it"),
    "handoff.offered": ("you offered {ref}", "handoff {ref} withdraw", _ALSO),
    "handoff.withdrawn": ("you withdrew {ref}", "handoff {ref} again", "Begin it again"),
    "handoff.accepted": ("you accepted {ref}", "", ""),
    "handoff.accepted_with_conditions": ("you accepted {ref}", "", ""),
    "handoff.returned": ("you gave {ref} back", "", ""),
    "condition.closed": (
        "you closed a condition of {ref}",
        "done {ref} {condition} --undo",
        "Open it again",
    ),
    "condition.reopened": (
        "you opened a condition of {ref} again",
        "done {ref} {condition}",
        "Close it",
    ),
    "case.acknowledged": ("you took {ref}", "decline {ref}", "Not me"),
    "case.not_me": ("you passed {ref} on", "ack {ref}", "Take it"),
    "case.closed": ("you closed {ref}", "", ""),
    "case.woken": ("you ended the quiet of {ref}", "snooze {ref}", "Later"),
    "concern.raised": ("you raised a concern", "status {key}", "Where it stands"),
    "snooze.set": ("you put something off", "snooze {quiet} off", "Let it come again"),
    "snooze.ended": ("you ended the quiet", "snooze {quiet}", "Put it off again"),
    "huddle.convened": ("you called {ref}", "huddle {ref}", "Open it"),
    "huddle.meeting": ("you said where {ref} meets", "huddle {ref}", "Change it"),
    "huddle.chose": ("you chose in {ref}", "decide {ref}", "Choose anew"),
    "huddle.cancelled": ("you called {ref} off", "", ""),
    "huddle.decided": ("you decided {ref}, with the others", "", ""),
    "decision.recorded": ("you decided {ref}", "", ""),
    "decision.confirmed": ("you agreed to {ref}", "", ""),
    "decision.contested": ("you saw {ref} otherwise", "", ""),
    "decision.outcome": ("you said how {ref} turned out", "", ""),
    "review.done": ("you looked back in {ref}", "", ""),
    "absence.planned": ("you said when you are away", "away back", "I am here"),
    "absence.accepted": ("you agreed to stand in ({ref})", "decline {ref}", "Not me"),
    "absence.declined": ("you did not agree to stand in ({ref})", "accept {ref}", "I stand in"),
    "absence.ended": ("you came back", "", ""),
}
# What was answered to a move, and how the other is said.
_OTHER = {"yes": "decline {ref}", "no": "accept {ref}"}


def deed_card(found: Undone) -> Card:
    """Return what somebody did last, and how that is taken back, if it is."""
    what, line, label = _DEEDS[found.kind]
    facts = {name: str(each) for name, each in found.facts.items()}
    about = f" {facts['about']}" if facts.get("about") and not found.ref else ""
    words = {**facts, "ref": found.ref, "key": found.key, "quiet": (found.ref or found.key) + about}
    command = (line or _OTHER.get(facts.get("answer", ""), "")).format(**words)
    where: Text = (" (", Code(found.key), ")") if found.key else ()
    said: Text = (f"What you did last: {what.format(**words)}", *where)
    title = "That goes another way"
    if not found.facts["open"] or not command:
        title, said = "It stays", (*said, ". That cannot be taken back.")
        buttons: tuple[Button, ...] = ()
    else:
        said = (*said, ". To go back on it: ", Code(command), ".")
        buttons = (Button(label, command, primary=True),)
    return Card(title=title, fallback=title, blocks=(Paragraph(said),), buttons=buttons)
