"""Words for cases: opened, taken, worse, escalated, recovered."""

from bot.cards import case_huddle, case_people, clock, forms, phrases
from bot.cards.everyday import live_button
from bot.cards.links import links_line
from bot.cards.model import (
    Anchor,
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Note,
    Paragraph,
    Span,
    Text,
    Tone,
    When,
)
from council.announcements import CaseNews
from council.cases import CaseView, ConditionView

_LINKS = {
    "dashboard": "Dashboard",
    "runbook": "Runbook",
    "source": "Source",
    "report": "Report",
    "silence": "Silence",
}
_OUTCOMES = {
    "noise": "as noise",
    "fixed": "as fixed",
    "expected": "as expected",
    "other": "by hand",
    "recovered": "by itself",
}


# Only council leads hear of these, so nobody is asked.
_QUIET = {
    "watching": "It only watches so far: nobody else was told, and no clock is running.",
    "paused": "It is paused: this is only noted; nobody is asked, and no clock is running.",
    "archived": "It is archived: nobody else was told, and no clock is running.",
}


def case_card(view: CaseView, by: str = "") -> Card:
    """Return the card of a case as it stands; whoever it is `by` (an id) is named and not rung."""
    title = f"{phrases.class_name(view.signal_class)}: {view.initiative_name}"
    blocks: list[Block] = [Paragraph(_lead(view, by))]
    if view.worst:
        more = max(0, view.firing + view.recovered + view.low_evidence - len(view.worst))
        blocks.append(Bullets(tuple(condition_line(each) for each in view.worst), more))
    blocks += [Note(text) for text in _small_print(view)]
    blocks += links_line(view.links)
    return Card(
        title=title,
        subtitle=_subtitle(view),
        blocks=tuple(blocks),
        buttons=_buttons(view),
        tone=_tone(view),
        fallback=f"{view.key} · {view.severity} · {title}: {_status(view)}",
        data=_data(view, title),
    )


def _data(view: CaseView, title: str) -> dict[str, object]:
    """Return what a pager is told; of what is private nothing but its key."""
    said = {"key": view.key, "status": view.status, "severity": view.severity}
    if view.private:
        return {**said, "summary": f"{view.key}: the council's chat says what it is about"}
    summary = f"{view.key} · {view.severity} · {title}"
    named = {"initiative": view.initiative, "signal_class": view.signal_class}
    return {**said, **named, "summary": summary}


def _subtitle(view: CaseView) -> Text:
    return (
        Bold(view.key),
        f" · {view.severity} ({view.band} band, tier {view.tier}) · ",
        Code(view.initiative),
        phrases.where(view.phase_name, serves=view.serves),
    )


def _tone(view: CaseView) -> Tone:
    if view.status == "resolved":
        return Tone.GOOD
    if view.status == "acknowledged" or view.severity in {"S3", "S4"}:
        return Tone.WARN
    return Tone.BAD


def _status(view: CaseView) -> str:
    if view.status == "acknowledged" and view.acknowledged_by:
        return f"{view.acknowledged_by.name} has it"
    if view.status == "resolved":
        return "resolved"
    if view.status == "snoozed":
        return "put off for now"
    return "somebody should take a look"


def _lead(view: CaseView, by: str) -> Text:
    """Return the one sentence that says what is asked of whom."""
    if view.status == "resolved":
        return _ending(view)
    if view.status == "acknowledged" and view.acknowledged_by and view.acknowledged_at:
        after = phrases.span(view.acknowledged_at - view.opened_at)
        how = " now; it was handed over" if view.handed else f", {after} after it came up"
        return (
            phrases.person(view.acknowledged_by),
            f" has it{how}.",
            *_informed(view),
        )
    if view.status == "snoozed":
        return clock.put_off(view)
    if view.initiative_state == "paused":
        return _ask(view, by)
    return (*_ask(view, by), *_informed(view))


def _ask(view: CaseView, by: str) -> Text:
    if view.initiative_state in _QUIET:
        return (_QUIET[view.initiative_state],)
    if not view.owners:
        return ("Nobody is there to ask: no role is filled, and the council has no lead yet.",)
    if view.escalation and any(each.member.id in view.asked for each in view.owners):
        return _passed_on(view)
    names = phrases.row(
        [phrases.called(each, view.role_names, ring=each.member.id != by) for each in view.owners]
    )
    if view.acknowledge_by is None:
        return (*names, ": for when you next look; no clock is running.")
    zone = view.owners[0].member.timezone
    return (*names, ": please take a look by ", When(view.acknowledge_by, zone), ".")


def _passed_on(view: CaseView) -> Text:
    """Say who is asked now, because those who were asked first have not answered."""
    now = [each for each in view.owners if each.member.id in view.asked]
    before = [each for each in view.owners if each.member.id not in view.asked]
    asked = phrases.row([phrases.called(each, view.role_names, ring=True) for each in now])
    text: Text = ("Nobody answered in time. ", *asked, ": it comes to you now.")
    if not before:
        return text
    names = phrases.row([phrases.called(each, view.role_names) for each in before])
    return (*text, " Asked first: ", *names, ".")


def _informed(view: CaseView) -> Text:
    informed, role_names = view.informed, view.role_names
    if not informed:
        return ()
    names = phrases.row([phrases.called(each, role_names) for each in informed])
    verb = "is" if len(informed) == 1 else "are"
    return (" ", *names, f" {verb} informed, nothing to do.")


def _ending(view: CaseView) -> Text:
    how = _OUTCOMES.get(view.outcome, "by hand")
    length = phrases.span((view.resolved_at or view.opened_at) - view.opened_at)
    if view.resolved_by is None:
        return (f"Recovered {how} after {length}. ", *case_huddle.left_to_do(view))
    return ("Closed by ", phrases.person(view.resolved_by), f" {how} after {length}.")


def condition_line(each: ConditionView) -> Text:
    """Return a condition in one line: what, how bad, where."""
    parts: list[Span] = []
    if each.value is None and each.title:
        named = not each.feature or each.feature in each.title
        parts.extend((each.title,) if named else (Code(each.feature), f" {each.title}"))
    else:
        parts.append(Code(each.feature or each.metric or "the whole model"))
    if each.value is not None:
        what = f" {each.metric}" if each.feature and each.metric else ""
        was, worst = ("", "") if each.firing else ("was ", " at worst")
        parts.append(f"{what} {was}{phrases.number(each.value)}{worst}")
        if each.threshold is not None:
            parts.append(f" (limit {phrases.number(each.threshold)})")
    if each.model:
        parts.append(f" · {each.model}{f' v{each.version}' if each.version else ''}")
    if not each.firing:
        parts.append(" · recovered")
    parts.append(_evidence(each))
    return tuple(parts)


def _evidence(each: ConditionView) -> str:
    sizes = [size for size in (each.n_reference, each.n_current) if size is not None]
    if each.low_evidence:
        few = f", only {min(sizes):,} samples" if sizes else ""
        return f" · low evidence{few}{f'; judged from {each.enough:,} on' if each.enough else ''}"
    if each.n_current is None:
        return ""
    beside = f", {each.n_reference:,} in the reference" if each.n_reference is not None else ""
    return f" · {each.n_current:,} samples{beside}"


def _small_print(view: CaseView) -> list[Text]:
    notes: list[Text] = [_counts(view)]
    notes += case_people.why_they_are_asked(view)
    if view.declined and view.status != "resolved":
        notes.append((*phrases.people(view.declined), " said: not me."))
    if view.escalation and view.status == "open" and not view.asked:
        notes.append(("Nobody answered in time, and nobody is next in line.",))
    notes += clock.page_notes(view)
    notes += case_huddle.deciding(view)
    links = _links(view)
    return [*notes, links] if links else notes


def _counts(view: CaseView) -> Text:
    holds = phrases.count(view.firing, "condition holds", "conditions hold")
    said = [holds] if view.firing and view.status != "resolved" else []
    if view.recovered:
        said.append(f"{view.recovered} recovered")
    if view.low_evidence and view.status != "resolved":
        said.append(f"{view.low_evidence} on too small a sample to count")
    if all(each.n_current is None for each in view.worst) and any(
        each.model for each in view.worst
    ):
        said.append("sample size unknown")
    zone = view.owners[0].member.timezone if view.owners else "UTC"
    since = " · since " if said else "since "
    return (" · ".join(said), since, When(view.opened_at, zone))


def _links(view: CaseView) -> Text:
    found = {rel: href for each in reversed(view.worst) for rel, href in each.links.items()}
    anchors: list[Text] = [
        (Anchor(label, found[rel]),) for rel, label in _LINKS.items() if rel in found
    ]
    return phrases.row(anchors, ", ")


def _buttons(view: CaseView) -> tuple[Button, ...]:
    noise = Button(
        "Close as noise",
        f"close {view.key} noise",
        confirm=f"Close {view.key} as noise? It comes back if it gets worse or fires anew.",
    )
    not_me = Button("Not me", f"decline {view.key}", form=forms.decline_form(view.key))
    close = Button("Close…", f"close {view.key}", form=forms.close_form(view.key))
    if view.initiative_state == "watching" and view.status == "open":
        return (live_button(view.initiative), noise, close)
    have_it = Button("I have it", f"ack {view.key}", primary=True)
    huddle = case_huddle.button(view)
    later = clock.snooze_button(view.key)
    if view.status == "open":  # whoever takes it is offered a huddle next
        return (have_it, not_me, noise, close, huddle if view.huddle else later)
    if view.status == "acknowledged":
        return (close, not_me, huddle, noise, later)
    if view.status == "snoozed":
        return (clock.wake_button(view.key), have_it, close)
    return ()


def reply_card(news: CaseNews, why: str) -> Card:
    """Return what the thread says to those who must act anew, and to nobody else."""
    view = news.case
    if why == "undecided":
        return case_huddle.undecided_card(view, news.ring)
    ring = phrases.people(news.ring, ring=True)
    by: Text = ()
    if why == "worse":
        worse = f"It got worse: {view.key} is {view.severity} now. "
        text: Text = (worse, *ring, ": please look again")
        by = _by(view)
    elif why == "escalated":
        text = (f"Nobody has answered {view.key} in time. ", *ring, ": it comes to you now.")
    elif why == "yours":
        text = (*ring, f": {view.key} comes to you now; please take a look")
        by = _by(view)
    elif why in clock.REPLIES:
        words, has_deadline = clock.REPLIES[why]
        text = words(view, ring)
        by = _by(view) if has_deadline else ()
    else:
        text = case_people.passed_to(news, ring)
    plain = "".join(part if isinstance(part, str) else getattr(part, "name", "") for part in text)
    fallback = f"{view.key}: {plain.removesuffix('.')}."
    blocks = (Paragraph((*text, *by)),)
    return Card(title="", fallback=fallback, blocks=blocks, buttons=clock.reply_buttons(news))


def _by(view: CaseView) -> Text:
    if view.acknowledge_by is None:
        return (".",)
    zone = view.owners[0].member.timezone if view.owners else "UTC"
    return (" by ", When(view.acknowledge_by, zone), ".")
