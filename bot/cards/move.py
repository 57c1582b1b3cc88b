"""Words for a proposed move: what is asked of whom, who agrees, what is still open."""

from collections.abc import Mapping, Sequence

from bot.cards import phrases
from bot.cards.model import (
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Note,
    Paragraph,
    Text,
    Tone,
)
from bot.cards.ways import (
    answer_buttons,
    change_name,
    heading,
    left_open,
    not_yet_form,
    proposal,
    sentence,
    still_open,
)
from council.moves import MoveNews, MoveView
from council.people import Called

_SHOWN = 4  # the whole list is a press away


def move_card(view: MoveView, *, escalated: bool = False) -> Card:
    """Return the card of a proposed move as it stands."""
    where = heading(view.kind, view.target_name, view.step_name)
    if view.kind == "end" and view.state == "done":
        where = "retired"
    blocks: list[Block] = [Paragraph(_lead(view))]
    because = [view.trigger, f"change: {change_name(view.change).lower()}" if view.change else ""]
    if view.kind != "forward" and any(because):
        said = sentence("; ".join(each for each in because if each))
        blocks.append(Paragraph((f"{said}.",)))
    if view.reason:
        blocks.append(Paragraph((Bold("Why: "), view.reason)))
    if said_so := _said(view):
        blocks.append(Bullets(said_so))
    if view.left_open:
        blocks.append(Note((left_open(view.left_open),)))
    if view.state == "proposed":
        blocks += still_open(view.missing, _SHOWN)
        blocks += _small_print(view, escalated=escalated)
    return Card(
        title=f"{view.initiative_name}: {where}{'?' if view.state == 'proposed' else ''}",
        subtitle=(Bold(view.key), " · ", Code(view.initiative), f" · tier {view.tier}"),
        fallback=f"{view.key}: {view.initiative_name}, {where}",
        blocks=tuple(blocks),
        buttons=answer_buttons(view) if view.state == "proposed" else (),
        tone=Tone.GOOD if view.state == "done" else Tone.NEUTRAL,
    )


def _lead(view: MoveView) -> Text:
    """Return the one sentence that says what is asked of whom."""
    by: Text = (phrases.person(view.settled_by),) if view.settled_by else ("the council",)
    if view.state == "withdrawn":
        return ("Withdrawn by ", *by, "; nothing is left to do.")
    agreed = phrases.people(each.member for each in view.answers if each.yes)
    if view.state == "done":
        return ("Done. Agreed by ", *(agreed or by), ".")
    proposer: Text = (phrases.person(view.proposed_by),) if view.proposed_by else ("somebody",)
    if view.pending:
        asked = _asked(view.pending, view.role_names)
        what = proposal(view.kind, view.target_name, view.step_name)
        return (*proposer, f" proposes to {what}. ", *asked, ": do you agree?")
    if any(not each.yes for each in view.answers):
        return (*proposer, " proposed it; not everybody agrees yet.")
    begins = "is retired" if view.kind == "end" else "begins"
    return (f"Everybody agrees. It {begins} as soon as what is open is there.",)


def _asked(pending: Sequence[Called], role_names: Mapping[str, str]) -> Text:
    return phrases.row([phrases.called(each, role_names, ring=True) for each in pending])


def _said(view: MoveView) -> tuple[Text, ...]:
    return tuple(
        (phrases.person(each.member), " agrees")
        if each.yes
        else (phrases.person(each.member), ": not yet", f", {each.line}" if each.line else "")
        for each in view.answers
        if view.state == "proposed" or not each.yes
    )


def _small_print(view: MoveView, *, escalated: bool) -> list[Block]:
    notes: list[Text] = []
    if view.informed:
        verb = "is" if len(view.informed) == 1 else "are"
        notes.append((*phrases.people(view.informed), f" {verb} informed, nothing to do."))
    if escalated:
        names = phrases.people(view.leads) or ("a council lead",)
        notes.append(
            ("No answer so far. ", *names, " may know who can give one, or name somebody else.")
        )
    return [Note(text) for text in notes]


def why_not_card(key: str) -> Card:
    """Ask for the line of why that goes with "not yet"."""
    return Card(
        title="What is missing?",
        fallback=f"{key}: what is missing?",
        blocks=(
            Paragraph(("One line is enough, so that the others can help.",)),
            Note(("For example: ", Code(f'/council decline {key} "the labels are not checked"'))),
        ),
        buttons=(Button("Say it…", f"decline {key}", primary=True, form=not_yet_form(key)),),
    )


def reply_card(news: MoveNews, why: str) -> Card:
    """Return what the thread says to those who must act anew, and to nobody else."""
    view, ring = news.move, phrases.people(news.ring, ring=True)
    where = heading(view.kind, view.target_name, view.step_name)
    if why == "remind":
        text: Text = (*ring, f": {view.key} ({where}) waits for your answer.")
    elif why == "yours":
        text = (*ring, f": you are asked about {view.key} ({where}) now. Do you agree?")
    else:
        no = next((each for each in reversed(view.answers) if not each.yes), None)
        who: Text = (phrases.person(no.member),) if no else ("somebody",)
        line = f", {no.line}" if no and no.line else ""
        text = (*ring, ": ", *who, f" says not yet{line}. {view.key} stays open meanwhile.")
    plain = "".join(part if isinstance(part, str) else getattr(part, "name", "") for part in text)
    return Card(title="", fallback=plain, blocks=(Paragraph(text),))
