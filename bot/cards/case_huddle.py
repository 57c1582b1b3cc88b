"""What a case's card says of huddles: by when people meet, where it is decided, and what was."""

from bot.cards import choices, phrases
from bot.cards.model import Button, Card, Code, Paragraph, Text, When
from council.cases import CaseView
from council.people import Member


def deciding(view: CaseView) -> list[Text]:
    """Say what was decided, where it is, or by when people meet; and where it is looked back at."""
    back: list[Text] = [(Code(view.review), " looks back at it.")] if view.review else []
    return [*_decided(view), *back]


def _decided(view: CaseView) -> list[Text]:
    if view.huddle:
        over = " is still open; nothing has to be decided there any more."
        return [(Code(view.huddle), over if view.status == "resolved" else " decides.")]
    if view.decision and view.status == "resolved" and view.resolved_by is None and view.goes_on:
        return []  # it is told already how it goes on
    if view.decision:
        return [(Code(view.decision), f" decided: {choices.plainly(view.decided)}.")]
    if view.huddle_by is None or view.status == "resolved" or not view.owners:
        return []
    zone = view.owners[0].member.timezone
    return [("Huddle by ", When(view.huddle_by, zone), ", unless you meet before.")]


def button(view: CaseView) -> Button:
    """Return the button that starts a huddle on a case, or shows what there is of one.

    What was just decided is shown: a second huddle is offered only once the case got worse.
    """
    if view.huddle:
        return Button(f"Show {view.huddle}", f"huddle {view.huddle}")
    if view.stands:
        return Button(f"Show {view.decision}", f"decide {view.decision}")
    return Button("Start a huddle", f"huddle {view.key}")


def left_to_do(view: CaseView) -> Text:
    """Say what is left to do of a case that recovered: a decision that goes on, or nothing."""
    if view.decision and view.goes_on:
        return (Code(view.decision), f" goes on: {choices.plainly(view.decided)}.")
    return ("Nothing is left to do.",)


def undecided_card(view: CaseView, ring: tuple[Member, ...]) -> Card:
    """Return what the thread says when nobody has decided in time."""
    words = f"Nothing is decided about {view.key} yet"
    text: Text = (f"{words}. ", *phrases.people(ring, ring=True), ": would you meet?")
    return Card("", f"{words}.", (Paragraph(text),), (button(view),))
