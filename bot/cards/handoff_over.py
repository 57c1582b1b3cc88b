"""Words for what cannot be done to a handoff: it has moved on, or there is none."""

from bot.cards.model import Button, Text
from council.errors import Conflict

# What is said in the end: the title, the sentence, and the buttons.
Words = tuple[str, Text, tuple[Button, ...]]

_MOVED_ON = "That has moved on"
_TITLES = {
    "offered_by_you": "It is on its way",
    "by_handoff": "A handoff says so",
    "no_open_handoff": "Nothing is under way",
    "no_such_handoff": "Nothing was accepted yet",
}


def said(error: Conflict) -> Words | None:
    """Return what to say of a handoff that has moved on; None for any other conflict."""
    about, by = error.subject, f" by @{error.by}" if error.by else ""
    waits = f"; it waits for @{error.by}." if error.by else "."
    text = {
        "offered_by_you": f"You offered {about} already{waits}",
        "by_handoff": "That is done by a handoff that was accepted, and stays so.",
        "not_offered": f"{about} is not offered yet.",
        "returned": f"{about} was given back{by}; it comes again when it is offered.",
        "withdrawn": f"{about} was withdrawn{by}; nothing is left to do.",
        "accepted_with_conditions": f"{about} is accepted already{by}.",
        "nothing_to_keep": f"Nothing that is open in {about} was filled in last time.",
        "no_conditions": f"{about} has no conditions.",
        "no_open_handoff": f"No handoff of {about} is open.",
        "no_such_handoff": f"No handoff of {about} was accepted yet, so there is no newer one.",
    }.get(error.state)
    if text is None:
        return None
    begin = (Button("Begin one", f"handoff {about}"),) if error.state == "no_open_handoff" else ()
    return _TITLES.get(error.state, _MOVED_ON), (text,), begin
