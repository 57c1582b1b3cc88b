"""Words for decisions: what was decided, who confirms and does it, and what came of it."""

from bot.cards import choices, phrases
from bot.cards.model import (
    Block,
    Bold,
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
from council.huddles import DecisionNews, DecisionView
from council.people import Member

_SAID = {
    "worked": "It worked.",
    "partly": "It worked in part.",
    "did_not_work": "It did not work.",
    "cannot_tell": "Nobody can tell yet whether it worked.",
}


def decision_card(view: DecisionView, *, asking: bool = False) -> Card:
    """Return the card of a decision as it stands; with `asking` it also asks how it turned out."""
    title = f"Decision: {view.initiative_name}"
    blocks: list[Block] = [Paragraph(_decided(view))]
    follows = _follows(view)
    if follows:
        blocks.append(Paragraph(follows))
    asked = (view.asked or asking) and not view.outcome
    if view.outcome:
        blocks.append(Paragraph(_outcome(view)))
    elif asked:
        blocks.append(Paragraph(_question(view)))
    blocks += [Note(text) for text in _small_print(view)]
    return Card(
        title=title,
        subtitle=_subtitle(view),
        blocks=tuple(blocks),
        buttons=_buttons(view, asked=asked),
        tone=Tone.GOOD if view.outcome == "worked" else Tone.NEUTRAL,
        fallback=f"{view.key} · {view.initiative_name}: {choices.plainly(view.kind)}",
    )


def _subtitle(view: DecisionView) -> Text:
    about = "".join(f" · {each}" for each in (view.huddle, view.case) if each)
    return (Bold(view.key), f"{about} · ", Code(view.initiative))


def _decided(view: DecisionView) -> Text:
    """Return what was decided, why, and what was not: the line that a digest would take."""
    text: Text = (Bold("Decision: "), *choices.precisely(view))
    reason = view.fields.get("reason", "").rstrip(". ")
    text = (*text, f", because {reason}." if reason else ".")
    if view.refused:
        refused = [
            (choices.plainly(kind), f" ({why.rstrip('. ')})" if why else "")
            for kind, why in view.refused.items()
        ]
        text = (*text, " Refused: ", *phrases.row(refused, ", "), ".")
    return text


def _follows(view: DecisionView) -> Text:
    """Return what happens now: what serves, what is expected, where the initiative goes."""
    parts: list[Text] = []
    if view.moved and view.moved.stays:
        parts.append((f"Production{_version(view)} stays.",))
    expected = view.fields.get("expected_effect", "").rstrip(". ")
    if expected:
        parts.append((f"Expect: {expected}.",))
    if view.check_at and not (view.asked or view.outcome):
        zone = _zone(view)
        ask = "Look again" if view.kind == "keep_watching" else "I will ask"
        parts.append((f"{ask} on ", When(view.check_at, zone), "."))
    if view.owner:
        parts.append(_does_it(view, view.owner))
    if view.moved:
        parts.append(_moved(view))
    if view.proposed:
        parts.append((Code(view.proposed), " proposes the end; those who decide it are asked."))
    return tuple(span for place, part in enumerate(parts) for span in (" " * bool(place), *part))


def _does_it(view: DecisionView, owner: Member) -> Text:
    if view.done_at is None:
        return (phrases.person(owner), " does it.")
    line = f": {view.done.rstrip('. ')}" if view.done else ""
    return ("Done by ", phrases.person(owner), f"{line}.")


def _version(view: DecisionView) -> str:
    return f" v{view.version}" if view.version else ""


def _moved(view: DecisionView) -> Text:
    moved = view.moved
    if moved is None:
        return ()
    loop = f", loop {moved.loops}" if moved.loops else ""
    return (f"Phase: {moved.source} → {moved.target} ({moved.target_name}){loop}.",)


def _outcome(view: DecisionView) -> Text:
    by: Text = (" Said by ", phrases.person(view.outcome_by), ".") if view.outcome_by else ()
    note = f" {view.note.rstrip('. ')}." if view.note else ""
    return (Bold(_SAID[view.outcome]), note, *by)


def _question(view: DecisionView) -> Text:
    """Return what is asked on the check date: what was expected, what the monitor says."""
    asked = _ask(view)
    return (*_known(view), Bold(f"{asked[:1].upper()}{asked[1:]}"))


def _ask(view: DecisionView) -> str:
    return "was it right to wait?" if view.kind == "keep_watching" else "did it work?"


def _known(view: DecisionView) -> Text:
    if view.kind == "keep_watching":
        return ("You kept watching. ", *_latest(view))
    expected = view.fields.get("expected_effect", "").rstrip(". ")
    return (f"Expected: {expected}. " if expected else "", *_latest(view))


def _latest(view: DecisionView) -> Text:
    """Return what the monitor said last, on which day, and whether that is any news."""
    latest = view.latest
    if latest is None or latest.value is None or view.seen_at is None:
        return ()
    what = " ".join(part for part in (latest.feature, latest.metric) if part)
    limit = f" (limit {phrases.number(latest.threshold)})" if latest.threshold is not None else ""
    when = When(view.seen_at, _zone(view))
    value: Text = (f" {phrases.number(latest.value)}{limit} for ", Code(what))
    if not latest.firing:
        return ("The monitor last said, before it recovered,", *value, ", on ", when, ". ")
    if view.seen_at <= view.decided_at:
        return ("The monitor said", *value, " on ", when, ", and nothing newer. ")
    return ("The monitor says", *value, ", last on ", when, ". ")


def _zone(view: DecisionView) -> str:
    return view.deciders[0].timezone if view.deciders else "UTC"


def _small_print(view: DecisionView) -> list[Text]:
    notes: list[Text] = [_who(view)]
    if view.to_confirm and view.confirm_by:
        zone = view.to_confirm[0].timezone
        names = phrases.people(view.to_confirm)
        until = When(view.confirm_by, zone)
        notes.append(
            ("It holds at once. ", *names, ": say by ", until, " if you see it otherwise.")
        )
    notes += _otherwise(view)
    hypothesis = view.fields.get("hypothesis", "")
    if hypothesis:
        notes.append((f"Hypothesis: {hypothesis.rstrip('. ')}.",))
    return notes


def _otherwise(view: DecisionView) -> list[Text]:
    """Say who sees it otherwise and why, who let it stand, and what others would have chosen."""
    notes: list[Text] = []
    lines = {each.member.id: each.line.rstrip(". ") for each in view.dissent}
    if view.contested:
        seen: list[Text] = [
            (
                phrases.person(each),
                " sees it otherwise",
                f" ({lines[each.id]})" if lines.get(each.id) else "",
            )
            for each in view.contested
        ]
        notes.append((*phrases.row(seen), "; a huddle looks again."))
    if view.silent:
        was = "was" if len(view.silent) == 1 else "were"
        text = f" {was} asked and did not see it otherwise by then, so it stands."
        notes.append((*phrases.people(view.silent), text))
    known = {each.id for each in view.contested}
    for each in view.dissent:
        if each.choice:
            why = "" if each.member.id in known else each.line.rstrip(". ")
            chose = f" would have chosen: {choices.plainly(each.choice)}"
            notes.append((phrases.person(each.member), chose, f" ({why})." if why else "."))
    return notes


def _who(view: DecisionView) -> Text:
    first = view.deciders[:1]
    when: Text = (", ", When(view.decided_at, first[0].timezone if first else "UTC"))
    if view.how == "agreed":
        return ("Decided by ", *phrases.people(view.deciders), *when)
    if view.how == "alone":
        return ("Decided by ", *phrases.people(first), " alone, as anyone deciding may", *when)
    return ("Decided by ", *phrases.people(first), ", who had the last word", *when)


def _buttons(view: DecisionView, *, asked: bool) -> tuple[Button, ...]:
    done = (_done_button(view.key),) if view.owner_busy else ()
    if asked:
        return (*outcome_buttons(view.key), *done)
    if view.outcome in {"did_not_work", "partly"} and view.again:
        return (Button("Start a huddle", f"huddle {view.again}"),)
    if view.to_confirm:
        return (
            Button("Confirm", f"accept {view.key}", primary=True),
            Button("I see it otherwise…", f"decline {view.key}", form=_otherwise_form(view.key)),
            *done,
        )
    return done


def _done_button(key: str) -> Button:
    line = Field("note", "A line", Kind.TEXT, "--note", hint="Such as: the feed is mended")
    form = Form(f"{key} is done", f"done {key}", (line,), "Done")
    return Button("It is done…", f"done {key}", form=form)


def outcome_buttons(key: str) -> tuple[Button, ...]:
    """Return one button for each way in which a decision can turn out."""
    return tuple(Button(words, f"outcome {key} {how}") for how, words in choices.OUTCOMES.items())


def _otherwise_form(key: str) -> Form:
    why = Field("reason", "Why", Kind.TEXT, required=True, hint="It opens a huddle on it")
    return Form("How do you see it?", f"decline {key}", (why,), "Open a huddle")


def otherwise_card(key: str) -> Card:
    """Ask for the line of why that goes with seeing a decision otherwise."""
    title = "How do you see it?"
    example = f'/council decline {key} "version 6 does not know the new checkout"'
    say = Button("Say it…", f"decline {key}", primary=True, form=_otherwise_form(key))
    return Card(
        title=title,
        fallback=f"{key}: {title[0].lower()}{title[1:]}",
        blocks=(
            Paragraph(("One line is enough; a huddle then looks at it again.",)),
            Note(("For example: ", Code(example))),
        ),
        buttons=(say,),
    )


def decision_reply_card(news: DecisionNews) -> Card:
    """Return what the thread asks: to confirm what one decided, to do it, or how it turned out."""
    if news.why == "confirm":
        return _confirm_card(news)
    view, ring = news.decision, phrases.people(news.ring, ring=True)
    about: Text = (Code(view.key), ", ", *choices.precisely(view), f" on {view.initiative_name}")
    if news.why == "owner":
        text: Text = (*ring, ": ", *about, ", is yours to do. Please say when it is done.")
        return Card("", f"{view.key} is yours to do", (Paragraph(text),), (_done_button(view.key),))
    again = "I ask a last time. " if news.why == "effect_again" else ""
    text = (*ring, ": ", *about, ": ", Bold(_ask(view)), f" {again}", *_known(view))
    return Card("", f"{view.key}: did it work?", (Paragraph(text),), outcome_buttons(view.key))


def _confirm_card(news: DecisionNews) -> Card:
    view, ring = news.decision, phrases.people(news.ring, ring=True)
    by = phrases.people(view.deciders[:1])
    text: Text = (*by, " decided alone to ", *choices.precisely(view), ". ", *ring)
    until: Text = ()
    if view.confirm_by:
        until = (" by ", When(view.confirm_by, news.ring[0].timezone if news.ring else "UTC"))
    text = (*text, ": do you agree? Please say so", *until, "; without a word it stands.")
    return Card("", f"{view.key}: do you agree?", (Paragraph(text),), _buttons(view, asked=False))
