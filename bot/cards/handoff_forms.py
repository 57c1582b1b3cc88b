"""Forms about handoffs: a few items at a time, a condition and its owner, why it goes back."""

from collections.abc import Sequence

from bot.cards.forms import begun
from bot.cards.model import Field, Form, Kind
from council.handoffs import ItemView

AT_ONCE = 5
_LABEL = 60


def fill_form(key: str, items: Sequence[ItemView]) -> Form:
    """Ask for the next open items; what was said last time stands there already."""
    left = [each for each in items if not each.filled]
    shown = left[:AT_ONCE]
    more = len(left) - len(shown)
    return Form(
        f"{key}: {len(shown)} of {len(left)} open items" if more else f"{key}: what is open",
        f"handoff {key}",
        tuple(
            Field(
                f"item_{each.position}",
                _cut(each.name.capitalize()),
                Kind.TEXT,
                str(each.position),
                value=each.last,
                hint="A line or a link; may wait",
            )
            for each in shown
        ),
        "Fill in",
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1].rstrip()}…"


def accept_form(key: str = "") -> Form:
    """Ask for a condition and who sees to it."""
    command, asked = begun("accept", "handoff", key)
    condition = Field(
        "condition",
        "What must hold",
        Kind.TEXT,
        "--condition",
        required=True,
        hint="Such as: p95 under 80 ms proven",
    )
    owner = Field("owner", "Who sees to it", Kind.PERSON, hint="Left empty: you")
    title = f"Accept {key} on a condition" if key else "Accept on a condition"
    return Form(title, command, (*asked, condition, owner), "Accept")


def give_back_form(key: str, reasons: Sequence[str]) -> Form:
    """Ask why a packet goes back, and when it is offered next."""
    choices = tuple((each, each.replace("_", " ").capitalize()) for each in reasons)
    return Form(
        f"Give {key} back",
        f"decline {key}",
        (
            Field("reason", "Why", Kind.CHOICE, choices=choices, required=True),
            Field("line", "In a line", Kind.TEXT, hint="Whoever offered it reads this in full"),
            Field(
                "next", "Next offer", Kind.LINE, "--next", hint="Such as Thursday, or 2027-01-31"
            ),
        ),
        "Give it back",
    )


def condition_form(key: str, number: int) -> Form:
    """Ask for the evidence that a condition is met; it may be left out."""
    link = Field("link", "Evidence", Kind.LINE, "--link", hint="A link, if there is one")
    return Form(f"{key}: condition {number} is met", f"done {key} {number}", (link,), "It is met")


def begin_form(key: str = "") -> Form:
    """Ask for which initiative a handoff is begun, and which one."""
    command, asked = begun("handoff", "key", key)
    which = Field("which", "What", hint="Left empty: what the phase's way forward needs")
    return Form("Hand over", command, (*asked, which), "Begin")


def item_form(key: str) -> Form:
    """Ask for an item of a packet and its value."""
    return Form(
        f"Fill in {key}",
        f"handoff {key}",
        (
            Field("item", "Item", required=True, hint="Its number or its name"),
            Field("value", "Value", Kind.TEXT, required=True, hint="A line or a link"),
        ),
        "Fill in",
    )
