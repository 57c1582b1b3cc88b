"""Sentences about a handoff: what is offered to whom, what came of it, and what follows."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.cards import phrases
from bot.cards.model import Anchor, Block, Bold, Code, Paragraph, Span, Text, Tone, When
from council import calendar
from council.handoffs import ConditionView, HandoffView

_REASONS = {
    "missing_item": "an item is missing",
    "not_reproducible": "not reproducible",
    "requirement_changed": "the requirement changed",
    "wrong_receiver": "somebody else takes this",
    "other": "for another reason",
}
_LONGEST = 160
_WEEK_DAYS = 6
_HOUR, _WORKING_DAY = 60, 8 * 60
_SAME = timedelta(minutes=2)


def title(view: HandoffView) -> str:
    """Return the title of a handoff's cards."""
    return f"{view.initiative_name}: handoff of {short(view.name)}"


def subtitle(view: HandoffView) -> Text:
    """Return its key, its initiative, and who gives to whom."""
    roles = f"{phrases.role(view.giver_role)} to {phrases.role(view.receiver_role)}"
    return (Bold(view.key), " · ", Code(view.initiative), f" · tier {view.tier} · {roles}")


def tone(view: HandoffView) -> Tone:
    """Return the colour; never a judgement of people."""
    if view.state == "accepted" or (view.conditions and not view.open_conditions):
        return Tone.GOOD
    return Tone.WARN if view.state == "returned" or view.escalated_to else Tone.NEUTRAL


def plain(text: Text) -> str:
    """Return a text for notifications."""
    said = [part if isinstance(part, str) else getattr(part, "name", "") for part in text]
    return "".join(said).strip()


def short(text: str) -> str:
    """Return what somebody wrote, cut to a line."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def version(view: HandoffView) -> str:
    """Return what is handed over, as people say it: v7, or the trained model."""
    if not view.version:
        return "the packet"
    return f"v{view.version}" if view.version[0].isdigit() else f"version {view.version}"


def _offered(view: HandoffView) -> Text:
    missing = [short(each.name) for each in view.open_items]
    count = f"{view.filled} of {len(view.items)} items are there"
    there = f"{count}; open: {phrases.words(missing)}." if missing else f"{count}."
    return (*by(view), f" offers {version(view)}. {there} ", *_ask(view))


def by(view: HandoffView) -> Text:
    """Return who offers it."""
    return (phrases.person(view.giver),) if view.giver else ("Somebody who left",)


def _ask(view: HandoffView) -> Text:
    own = view.giver.id if view.giver else ""
    if view.escalated_to and not (view.target and view.target.gone_on):
        now = phrases.people(view.escalated_to, ring=True)
        first = phrases.people(each.member for each in view.receivers)
        return (
            "Nobody answered in time. ",
            *now,
            ": it comes to you now. Asked first: ",
            *first,
            ".",
        )
    if not view.receivers:
        role = phrases.role(view.receiver_role)
        return (f"Nobody is there to take it: no {role}, and the council has no lead yet.",)
    if view.target and view.target.gone_on:
        names = phrases.row([(phrases.person(each.member),) for each in view.receivers], " or ")
        return ("The phase has gone on without it; ", *names, " can still accept it.")
    names = phrases.row(
        [
            phrases.called(each, view.role_names, ring=each.member.id != own)
            for each in view.receivers
        ]
    )
    if view.accept_by is None:
        return (*names, ": please accept it.")
    zone = view.receivers[0].member.timezone
    return (*names, ": please accept by ", When(view.accept_by, zone), ".")


def _accepted(view: HandoffView) -> Text:
    said: list[Span] = [*taker(view), " accepted"]
    if view.conditions:
        said.append(f" with {phrases.count(len(view.conditions), 'condition')}")
    if passed := _passed(view):
        said.append(f"{',' if view.conditions else ''} after {passed}")
    left = len(view.open_conditions)
    if view.conditions and not left:
        said.append("; it is closed" if len(view.conditions) == 1 else "; all are closed")
    said.append(".")
    late = phrases.people(view.escalated_to) if left else ()
    asked: Text = (" It is still open. ", *late, ": please see what it needs.") if late else ()
    return (*said, *_what_follows(view, left), *asked)


def _passed(view: HandoffView) -> str:
    """Return how long it took to answer; in working time where nights or days off lay between."""
    if not (view.offered_at and view.answered_at):
        return ""
    passed = view.answered_at - view.offered_at
    if not view.waited or passed - timedelta(minutes=view.waited) < _SAME:
        return phrases.span(passed)
    return working_time(view.waited)


def working_time(minutes: int) -> str:
    """Return a length of working time: 40 working minutes, 5 working hours, 3 working days."""
    for size, noun in ((_WORKING_DAY, "day"), (_HOUR, "hour")):
        if minutes >= 2 * size:
            return phrases.count(minutes // size, f"working {noun}")
    return phrases.count(minutes, "working minute")


def taker(view: HandoffView) -> Text:
    """Return who answered it, or withdrew it."""
    return (phrases.person(view.answered_by),) if view.answered_by else ("Somebody who left",)


def _what_follows(view: HandoffView, left: int) -> Text:
    target = view.target
    if target is None or not target.number or (target.gone_on and not target.begun):
        return ()
    phase = f"Phase {target.number} ({target.name})"
    names = phrases.row([(phrases.person(each),) for each in target.deciders], " or ")
    if target.begun:
        text: Text = (f" {phase} has begun.",)
    elif left:
        all_of_them = "the last one closes" if len(view.conditions) > 1 else "it closes"
        text = (f" {phase} starts when {all_of_them}.",)
    elif target.held_by:
        verb = "closes" if len(target.held_by) == 1 else "close"
        text = (f" {phase} starts when {phrases.words(target.held_by)} {verb}.",)
    else:
        by_whom: Text = (": ", *names, " can move it on.") if names else (".",)
        text = (f" {phase} no longer waits for this", *by_whom)
    if target.overseers:
        stay = "stays overseer" if len(target.overseers) == 1 else "stay overseers"
        text = (*text, " ", *phrases.people(target.overseers), f" {stay}.")
    return text


def returned(view: HandoffView) -> Text:
    """Say in short that it came back, and why."""
    why = _REASONS.get(view.reason, view.reason.replace("_", " "))
    said: Text = (*taker(view), f" gave it back: {why}.")
    if view.next_offer and view.past_day:
        return (
            *said,
            f" It was to come again by {_day(view)}; ",
            *by(view),
            " offers it when it is ready.",
        )
    if view.next_offer:
        return (*said, f" Next offer: {_day(view)}.")
    return (*said, " ", *by(view), " offers it again when it is ready.")


def _day(view: HandoffView) -> str:
    """Return the day of the next offer: a weekday if it is near, else a date."""
    zone = view.answered_by.timezone if view.answered_by else "UTC"
    if view.next_offer is None or view.answered_at is None:
        return ""
    where = calendar.zone(zone)
    at, now = view.next_offer.astimezone(where), view.answered_at.astimezone(where)
    near = 0 < (at.date() - now.date()).days <= _WEEK_DAYS and not view.past_day
    if at.date() == now.date() and not view.past_day:
        return "today"
    return f"{at:%A}" if near else f"{at.day} {at:%B}"


def in_full(view: HandoffView) -> tuple[Block, ...]:
    """Return the line that goes with it, for whoever offered it."""
    return (Paragraph(("“", view.line, "”")),) if view.line else ()


def _withdrawn(view: HandoffView) -> Text:
    return (*taker(view), " withdrew it. Nothing is left to do.")


def condition(view: HandoffView, each: ConditionView) -> Text:
    """Return one line about a condition."""
    owner: Text = (phrases.person(each.owner),) if each.owner else ("somebody who left",)
    state: Text = (": ", *owner, " sees to it")
    if each.closed:
        state = (": closed by ", *owner)
    elif view.target and view.target.gone_on:
        state = (": stayed open with ", *owner)
    link: Text = (" · ", Anchor("evidence", each.link)) if each.link else ()
    return (Bold(f"{each.number} "), short(each.text), *state, *link)


def small_print(view: HandoffView) -> list[Text]:
    """Return what stands below."""
    notes: list[Text] = []
    waits = view.state == "offered"
    if waits and any(each.stands_in for each in view.receivers):
        role = phrases.role(view.receiver_role)
        notes.append((f"Nobody is there as {role}, so the council lead is asked.",))
    if view.returned_before and waits:
        notes.append(("It was given back before, and comes again.",))
    if view.own and view.state in TAKEN:
        notes.append((*taker(view), " holds both roles here, and gave and took it."))
    if view.usual and view.state in TAKEN:
        notes.append((f"Handoffs here are usually answered after {working_time(view.usual)}.",))
    if view.onward and view.state not in {"withdrawn", "returned"}:
        notes.append((f"From there it goes on to {phrases.words(view.onward)}.",))
    return notes


def progress(view: HandoffView) -> Text:
    """Say how far the packet is."""
    named = f"This is {version(view)}. " if view.version else ""
    said = f"{named}{view.filled} of {len(view.items)} items are filled in."
    takers = phrases.people(each.member for each in view.receivers)
    if not view.open_items:
        return (f"{said} It can go to ", *(takers or ("whoever takes it",)), ".")
    last = sum(bool(each.last) for each in view.open_items)
    kept = f" For {last} of the others last time's answer is there: one press keeps it."
    return (f"{said}{kept if last else ''}",)


TAKEN = ("accepted", "accepted_with_conditions")
LEADS: Mapping[str, Callable[[HandoffView], Text]] = {
    "draft": progress,
    "offered": _offered,
    "accepted": _accepted,
    "accepted_with_conditions": _accepted,
    "returned": returned,
    "withdrawn": _withdrawn,
}
