"""Words for huddles: called together, chosen, chosen differently, in one person's hands."""

from bot.cards import choices, huddle_brief, phrases
from bot.cards.model import (
    Anchor,
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Field,
    Form,
    Kind,
    Note,
    Paragraph,
    Text,
    Tone,
    When,
)
from council.huddles import HuddleView
from council.people import Called, Member


def huddle_card(view: HuddleView) -> Card:
    """Return the card of a huddle as it stands, for everybody."""
    title = f"Huddle: {view.initiative_name}"
    blocks: list[Block] = [Paragraph(_lead(view))]
    if view.state == "open":
        blocks += second_look(view)
        blocks += huddle_brief.blocks(view, _zone(view))
        blocks += [Note(text) for text in _small_print(view)]
    return Card(
        title=title,
        subtitle=_subtitle(view),
        blocks=tuple(blocks),
        buttons=_buttons(view),
        tone=Tone.GOOD if view.state == "decided" else Tone.NEUTRAL,
        fallback=f"{view.key} · {title}: {_status(view)}",
    )


def _subtitle(view: HuddleView) -> Text:
    case = f" · {view.case} · {view.severity}" if view.case else ""
    where = phrases.where(view.phase_name, serves=view.serves)
    return (Bold(view.key), f"{case} · ", Code(view.initiative), where)


def _status(view: HuddleView) -> str:
    if view.state == "decided":
        return f"decided, {choices.plainly(view.decided)}"
    if view.state == "cancelled":
        return "called off"
    if view.stage != "choosing":
        return "one person has the last word"
    return "you chose differently" if view.round > 1 else "please choose"


def _lead(view: HuddleView) -> Text:
    """Return the one sentence that says what is asked of whom."""
    if view.state == "decided":
        how = choices.plainly(view.decided)
        return (f"Decided: {how}. ", Code(view.decision), " says why, and what is expected.")
    if view.state == "cancelled":
        why = f": {view.line.rstrip('. ')}" if view.line else ""
        if not why and view.case_status == "resolved":
            why = f": {view.case} is over"
        return (f"Called off{why}. Nothing was decided here.",)
    if view.stage != "choosing":
        return _last_word(view)
    if not view.deciders:
        return ("Nobody is there to decide: no role is filled, and the council has no lead yet.",)
    names = phrases.row([_called(each, view) for each in view.deciders])
    verb = "decides" if len(view.deciders) == 1 else "decide together"
    return (*names, f" {verb}", *by(view), ".", *_others(view))


def _called(each: Called, view: HuddleView) -> Text:
    asked = view.by is None or each.member.id != view.by.id
    chosen = each.member.id in {one.id for one in view.chosen}
    return phrases.called(each, view.role_names, ring=asked and not chosen)


def by(view: HuddleView) -> Text:
    """Return until when somebody chooses; nothing where no clock runs."""
    if view.decide_by is None:
        return ()
    return (", by ", When(view.decide_by, _zone(view)))


def _zone(view: HuddleView) -> str:
    first: tuple[Member, ...] = (*view.last_word, *(each.member for each in view.deciders))
    return first[0].timezone if first else "UTC"


def _others(view: HuddleView) -> Text:
    text: Text = ()
    if view.participants:
        names = phrases.row([phrases.called(e, view.role_names) for e in view.participants])
        verb = "takes" if len(view.participants) == 1 else "take"
        text = (" ", *names, f" {verb} part.")
    if view.informed:
        names = phrases.row([phrases.called(each, view.role_names) for each in view.informed])
        verb = "is" if len(view.informed) == 1 else "are"
        text = (*text, " ", *names, f" {verb} informed, nothing to do.")
    return text


def _last_word(view: HuddleView) -> Text:
    """Say who is asked now, and why."""
    everybody = {each.member.id for each in view.deciders}
    spoken = {each.member.id for each in view.shown if each.round == view.round}
    why = (
        "The deciders see it differently. "
        if everybody <= spoken
        else "The time to choose is over. "
    )
    if not view.last_word:
        return (why, "It waits for a council lead; there is none yet.")
    names = phrases.people(view.last_word, ring=True)
    verb = "has" if len(view.last_word) == 1 else "have"
    return (why, *names, f" {verb} the last word", *by(view), ".")


def second_look(view: HuddleView) -> list[Block]:
    """Return what was chosen, as soon as it may be seen."""
    if not view.shown:
        return []
    last = max(each.round for each in view.shown)
    items = tuple(
        (
            phrases.person(each.member),
            f": {choices.plainly(each.choice)}",
            f" ({each.line})" if each.line else "",
        )
        for each in view.shown
        if each.round == last
    )
    if view.stage != "choosing":
        return [Bullets(items)]
    again = "You chose differently. Say one line each, and choose again."
    return [Paragraph((Bold(again),)), Bullets(items)]


def _small_print(view: HuddleView) -> list[Text]:
    notes: list[Text] = []
    names = [choices.plainly(each.kind) for each in view.options]
    notes.append((f"What you can choose, the easiest to undo first: {', '.join(names)}.",))
    if view.stage == "choosing" and view.chosen and len(view.chosen) < len(view.deciders):
        has = "has" if len(view.chosen) == 1 else "have"
        text = f" {has} chosen. What it was shows when everybody has."
        notes.append((*phrases.people(view.chosen), text))
    if view.why == "contested":
        text = (
            "Somebody sees differently what was decided alone. That stands until then; to decide "
        )
        notes.append((f"{text}the same again takes all of you.",))
    links = huddle_brief.links(view.brief.evidence)
    if view.meeting:
        links = (Anchor("Join the meeting", view.meeting), ", " if links else "", *links)
    return [*notes, links] if links else notes


def _buttons(view: HuddleView) -> tuple[Button, ...]:
    if view.state == "decided":
        return (Button("Show the decision", f"decide {view.decision}"),)
    if view.state != "open":
        return ()
    choose = Button("Choose…", f"decide {view.key}", primary=True)
    return (choose, Button("Call it off…", f"huddle {view.key} cancel", form=_off_form(view.key)))


def _off_form(key: str) -> Form:
    why = Field("reason", "Why", Kind.TEXT, required=True, hint="Everybody here reads it")
    return Form(f"Call {key} off", f"huddle {key} cancel", (why,), "Call it off")


def options_card(view: HuddleView) -> Card:
    """Return the private answer that offers every option, each with its form."""
    if view.state != "open":
        return huddle_card(view)
    title = f"{view.key}: what do you choose?"
    blocks: list[Block] = [Paragraph(("The easiest to undo comes first.",))]
    blocks.append(choices.options_list(view.options))
    if view.stage == "choosing" and view.round == 1 and len(view.deciders) > 1:
        blocks.append(Note(("The others see what you chose when everybody has.",)))
    blocks.append(
        Note(
            (
                "Or type: ",
                Code(f'/council decide {view.key} keep watching "why" --next-check in 2 weeks'),
            )
        )
    )
    return Card(
        title=title,
        fallback=title,
        blocks=tuple(blocks),
        buttons=choices.option_buttons(view.key, view.options, _shown_kinds(view)),
    )


def _shown_kinds(view: HuddleView) -> frozenset[str]:
    """Return which options were chosen in a round that is over: all of them is stated already."""
    return frozenset(each.choice for each in view.shown)


def chosen_card(view: HuddleView, actor: str) -> Card:
    """Return the private answer to a choice that decided nothing yet."""
    if view.state != "open" or view.stage != "choosing":
        return huddle_card(view)
    chosen = {each.id for each in view.chosen}
    waiting = [each.member for each in view.deciders if each.member.id not in chosen]
    if actor not in chosen:  # the others differ: a new round has begun
        title = "You chose differently"
        blocks: list[Block] = [*second_look(view)]
        buttons = choices.option_buttons(view.key, view.options, _shown_kinds(view))
        return Card(title, title, tuple(blocks), buttons, subtitle=_subtitle(view))
    title = f"{view.key}: noted"
    text: Text = ("Noted. I wait for ", *phrases.people(waiting), "; until then you may change it.")
    return Card(
        title=title,
        fallback=title,
        blocks=(Paragraph(text),),
        buttons=(Button("Change it…", f"decide {view.key}"),),
        subtitle=_subtitle(view),
    )
