"""Words for decisions and what came of them; and for a look back, without blame."""

from datetime import timedelta

from bot.cards import choices, phrases
from bot.cards.model import (
    Anchor,
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
from council.huddles import DecisionNews, DecisionView, ReviewNews, ReviewView

_SAID = {
    "worked": "It worked.",
    "partly": "It worked in part.",
    "did_not_work": "It did not work.",
    "cannot_tell": "Nobody can tell yet whether it worked.",
}


# ── a decision ───────────────────────────────────────────────────────────────────────────────────


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
        zone = view.deciders[0].timezone if view.deciders else "UTC"
        ask = "Look again" if view.kind == "keep_watching" else "I will ask"
        parts.append((f"{ask} on ", When(view.check_at, zone), "."))
    if view.owner:
        parts.append((phrases.person(view.owner), " does it."))
    if view.moved:
        parts.append(_moved(view))
    if view.proposed:
        parts.append((Code(view.proposed), " proposes the end; those who decide it are asked."))
    return tuple(span for place, part in enumerate(parts) for span in (" " * bool(place), *part))


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
    expected = view.fields.get("expected_effect", "").rstrip(". ")
    text: Text = (f"Expected: {expected}. ",) if expected else ()
    if view.kind == "keep_watching":
        return ("You kept watching. ", *_latest(view), Bold("Was it right to wait?"))
    return (*text, *_latest(view), Bold("Did it work?"))


def _latest(view: DecisionView) -> Text:
    latest = view.latest
    if latest is None or latest.value is None:
        return ()
    what = " ".join(part for part in (latest.feature, latest.metric) if part)
    was = "says" if latest.firing else "last said, before it recovered,"
    limit = f" (limit {phrases.number(latest.threshold)})" if latest.threshold is not None else ""
    return (f"The monitor {was} {phrases.number(latest.value)}{limit} for ", Code(what), ". ")


def _small_print(view: DecisionView) -> list[Text]:
    notes: list[Text] = [_who(view)]
    if view.to_confirm and view.confirm_by:
        zone = view.to_confirm[0].timezone
        names = phrases.people(view.to_confirm)
        until = When(view.confirm_by, zone)
        notes.append(
            ("It holds at once. ", *names, ": say by ", until, " if you see it otherwise.")
        )
    if view.contested:
        has = "sees" if len(view.contested) == 1 else "see"
        notes.append(
            (*phrases.people(view.contested), f" {has} it otherwise; a huddle looks again.")
        )
    for each in view.dissent:
        if each.choice:
            line = f" ({each.line.rstrip('. ')})" if each.line else ""
            chose = f" would have chosen: {choices.plainly(each.choice)}{line}."
            notes.append((phrases.person(each.member), chose))
    hypothesis = view.fields.get("hypothesis", "")
    if hypothesis:
        notes.append((f"Hypothesis: {hypothesis.rstrip('. ')}.",))
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
    if asked:
        return outcome_buttons(view.key)
    if view.to_confirm:
        otherwise = Button(
            "I see it otherwise…", f"decline {view.key}", form=_otherwise_form(view.key)
        )
        return (Button("Confirm", f"accept {view.key}", primary=True), otherwise)
    return ()


def outcome_buttons(key: str) -> tuple[Button, ...]:
    """Return one button for each way in which a decision can turn out."""
    return tuple(Button(words, f"outcome {key} {how}") for how, words in choices.OUTCOMES.items())


def _otherwise_form(key: str) -> Form:
    why = Field("reason", "Why", Kind.TEXT, required=True, hint="It opens a huddle on it")
    return Form("How do you see it?", f"decline {key}", (why,), "Open a huddle")


def decision_reply_card(news: DecisionNews) -> Card:
    """Return what the thread asks: to confirm what one decided, or how it turned out."""
    view, ring = news.decision, phrases.people(news.ring, ring=True)
    if news.why == "confirm":
        by = phrases.people(view.deciders[:1])
        text: Text = (*by, " decided alone to ", *choices.precisely(view), ". ", *ring)
        until: Text = ()
        if view.confirm_by:
            until = (" by ", When(view.confirm_by, news.ring[0].timezone if news.ring else "UTC"))
        text = (*text, ": do you agree? Please say so", *until, "; without a word it stands.")
        fallback = f"{view.key}: do you agree?"
        return Card("", fallback, (Paragraph(text),), _buttons(view, asked=False))
    again = "I ask a last time. " if news.why == "effect_again" else ""
    text = (*ring, f": {again}", *_question(view))
    return Card("", f"{view.key}: did it work?", (Paragraph(text),), outcome_buttons(view.key))


# ── a look back ──────────────────────────────────────────────────────────────────────────────────


def review_card(view: ReviewView) -> Card:
    """Return the card of a look back as it stands."""
    title = f"A look back: {view.initiative_name}"
    return Card(
        title=title,
        subtitle=(Bold(view.key), f" · {view.case} · ", Code(view.initiative)),
        blocks=tuple(_review_blocks(view)),
        buttons=() if view.state == "done" else _review_buttons(view.key),
        tone=Tone.GOOD if view.state == "done" else Tone.NEUTRAL,
        fallback=f"{view.key} · {title}",
    )


def _review_blocks(view: ReviewView) -> list[Block]:
    if view.state == "done":
        by: Text = (" · ", phrases.person(view.done_by)) if view.done_by else ()
        blocks: list[Block] = [Paragraph((Bold("What we learnt: "), view.learnt))]
        more: Text = (Anchor("Read on", view.link),) if view.link else ("Done",)
        return [*blocks, Note((*more, *by))]
    names = phrases.people(view.asked, ring=True)
    zone = view.asked[0].timezone if view.asked else "UTC"
    ask: Text = (*names, ": please look back together by ", When(view.due_at, zone), ".")
    return [
        Paragraph((Bold("Without blame: "), "what happened, what helped, what we change.")),
        Paragraph(ask if view.asked else ("It waits for a council lead.",)),
        Note(_what_happened(view)),
    ]


def _what_happened(view: ReviewView) -> Text:
    name = phrases.class_name(view.signal_class)
    length = phrases.span(timedelta(minutes=view.length_minutes))
    text = f"{name}, {view.severity}, over after {length}."
    if view.decision:
        text += f" Decided: {choices.plainly(view.decision)}."
    if view.why == "recurrence":
        text += f" It came up {view.times} times within 90 days."
    return (text,)


def _review_buttons(key: str) -> tuple[Button, ...]:
    fields = (
        Field("note", "What we learnt", Kind.TEXT, "--note", required=True),
        Field("link", "Link", option="--link", hint="https, to where you wrote it down"),
    )
    form = Form("What did we learn?", f"done {key}", fields, "Done")
    return (Button("We looked back…", f"done {key}", primary=True, form=form),)


def review_reply_card(news: ReviewNews) -> Card:
    """Return the reminder to look back."""
    view = news.review
    ring = phrases.people(news.ring, ring=True)
    text: Text = (*ring, f": {view.key} still waits for you. A quarter of an hour is plenty.")
    return Card("", f"{view.key} still waits", (Paragraph(text),), _review_buttons(view.key))
