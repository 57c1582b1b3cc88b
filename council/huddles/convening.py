"""Convene a huddle, by hand or because the clock of a case says so; call it off."""

from dataclasses import dataclass

from council import agenda, initiatives, people, rights
from council.cases import case_key, follow
from council.cases import clocks as case_clocks
from council.cases import views as case_views
from council.cases.routing import runs
from council.desk import Desk
from council.errors import Conflict, Invalid, NotFound
from council.huddles import clocks, telling
from council.huddles.finding import OVER, get_huddle, huddle_key, visible
from council.huddles.seats import USUAL, Seats, decide_span, seats
from council.huddles.taking import take
from council.huddles.views import HuddleView, describe
from council.people import due_for
from council.playbook import clock_for
from council.tables import Case, Huddle, Initiative

_LONGEST_LINK = 500


@dataclass(frozen=True, slots=True)
class Call:
    """Why a huddle is called: by whom, `why` (clock, asked, contested), about what, where."""

    actor: str
    why: str
    about: str = ""
    meeting: str = ""


def convene(
    desk: Desk, actor: str, *, case: str = "", key: str = "", about: str = "", meet: str = ""
) -> HuddleView:
    """Call the people together who must decide about a case (`C-31`), or about an initiative.

    If they are together already, that huddle is returned; a meeting link is set on it, and what it
    is about is added. An address alone is where they meet. Raises NotFound, NotAllowed, Conflict
    for what is over, Invalid for a link that is none.
    """
    about, meet = _where(about, meet)
    found, initiative = _subject(desk, actor, case, key)
    answers = desk.books.cases.answers(found.id) if found else {}
    if actor not in answers:
        who = people.roster(desk, initiative)
        rights.require_change(initiative, who, actor, "start_a_huddle_on")
    if initiative.state in OVER:
        raise Conflict(initiative.key, initiative.state)
    if found is not None and found.status == "resolved":
        raise Conflict(case, "resolved", _handle(desk, found.resolved_by))
    huddle = desk.books.huddles.open_on(initiative.id, found.id if found else "")
    if huddle is None:
        huddle = open_huddle(desk, initiative, found, Call(actor, "asked", about, link(meet)))
    else:
        if about:
            _add_topic(desk, actor, huddle, about)
        if meet:
            _meet(desk, actor, huddle, meet)
    return describe(desk, huddle, initiative)


def _where(about: str, meet: str) -> tuple[str, str]:
    """Return what it is about, and where people meet: an address alone is no topic."""
    alone = about.strip()
    if not meet and alone.lower().startswith(("https://", "http://")) and " " not in alone:
        return "", alone
    return alone, meet


def _add_topic(desk: Desk, actor: str, huddle: Huddle, about: str) -> None:
    """Add what else an open huddle is about; said twice, it stands there once."""
    if about in huddle.about:
        return
    huddle.about = f"{huddle.about}; {about}" if huddle.about else about
    desk.books.add(huddle)
    telling.write(desk, actor, huddle, "huddle.changed", texts={"about": (about, actor)})
    telling.update(desk, huddle, "changed")


def _subject(desk: Desk, actor: str, case: str, key: str) -> tuple[Case | None, Initiative]:
    if not case:
        initiative = initiatives.get(desk, key)
        return None, visible(desk, actor, initiative.id, "initiative", key)
    found, initiative = case_views.get(desk, case)
    if actor not in desk.books.cases.answers(found.id):
        visible(desk, actor, initiative.id, "case", case)
    return found, initiative


def open_huddle(
    desk: Desk,
    initiative: Initiative,
    case: Case | None,
    call: Call,
) -> Huddle:
    """Open a huddle: its card is shown, its clock starts; no rights are asked here."""
    signal_class = case.signal_class if case else ""
    at = seats(desk, initiative, signal_class)
    huddle = Huddle(
        id=desk.ids.new(),
        council_id=desk.council_id,
        number=desk.books.registry.next_number("huddle"),
        initiative_id=initiative.id,
        case_id=case.id if case else "",
        signal_class=signal_class,
        about=call.about,
        why=call.why,
        convened_by=call.actor,
        convened_at=desk.now(),
        meeting=call.meeting,
    )
    set_clock(desk, huddle, initiative, at, case)
    facts = {
        "case": huddle.case_id,
        "signal_class": signal_class,
        "why": call.why,
        "deciders": list(at.decider_ids),
        "decide_by": huddle.decide_by.isoformat() if huddle.decide_by else "",
    }
    texts = {"about": (huddle.about, call.actor)} if huddle.about else {}
    telling.write(desk, call.actor, huddle, "huddle.convened", **facts, texts=texts)
    if case is not None:
        take(desk, call.actor, case, initiative, at)
        _tell_case(desk, case)
    telling.open_card(desk, huddle, initiative, at)
    return huddle


def _tell_case(desk: Desk, case: Case) -> None:
    """Let a case say who decides; its own clocks are over, because the huddle has one."""
    for kind in (case_clocks.HUDDLE, case_clocks.DECIDE):
        agenda.cancel(desk, kind, [case.id])
    case.huddle_by = None
    desk.books.add(case)
    follow.announce(desk, case, "huddle")


def set_clock(
    desk: Desk, huddle: Huddle, initiative: Initiative, at: Seats, case: Case | None
) -> None:
    """Set until when a huddle decides: as its case says, and never before people could meet."""
    severity = case.severity if case else USUAL
    deciders = [each.member for each in at.deciders]
    first = deciders[0] if deciders else ""
    by = due_for(desk, decide_span(at.playbook, severity), first) if runs(initiative) else None
    if by and case is not None and case.decide_by is not None:
        soonest = due_for(desk, clock_for(at.playbook, severity).huddle, first) or desk.now()
        by = max(case.decide_by, soonest)
    clocks.set_time(desk, huddle, by, deciders)


def start_clocks(desk: Desk, initiative: Initiative) -> None:
    """Start the clocks of huddles that were called before they ran: their initiative goes live."""
    for huddle in desk.books.huddles.open_of(initiative.id):
        if huddle.stage == telling.CHOOSING:
            case = desk.books.cases.by_id(huddle.case_id) if huddle.case_id else None
            at = seats(desk, initiative, huddle.signal_class)
            set_clock(desk, huddle, initiative, at, case)
            telling.open_card(desk, huddle, initiative, at)


def case_due(desk: Desk, case_id: str) -> None:
    """Convene on a case whose people have not met by themselves; called by the agenda."""
    case = desk.books.cases.by_id(case_id)
    initiative = desk.books.initiatives.by_id(case.initiative_id) if case else None
    if case is None or initiative is None or case.status == "resolved" or not runs(initiative):
        return
    if desk.books.huddles.open_on(initiative.id, case.id) or case_clocks.decided(desk, case):
        return
    if case.status == "snoozed" and case.snoozed_until and case.snoozed_until > desk.now():
        case.huddle_by = case.snoozed_until
        desk.books.add(case)
        agenda.schedule(desk, [agenda.Due(case_clocks.HUDDLE, case.id, case.snoozed_until)])
        return
    open_huddle(desk, initiative, case, Call(telling.COUNCIL, "clock"))


def meet(desk: Desk, actor: str, key: str, url: str) -> HuddleView:
    """Say where an open huddle meets; raises Invalid for what is no https address."""
    huddle, initiative = _changeable(desk, actor, key, "change")
    _meet(desk, actor, huddle, url)
    return describe(desk, huddle, initiative)


def _meet(desk: Desk, actor: str, huddle: Huddle, url: str) -> None:
    huddle.meeting = link(url)
    desk.books.add(huddle)
    texts = {"link": (huddle.meeting, actor)}
    telling.write(desk, actor, huddle, "huddle.meeting", texts=texts)
    telling.update(desk, huddle, "meeting")


def link(url: str) -> str:
    """Return an address that may be shown; raises Invalid for anything but https."""
    text = url.strip()
    fits = text.startswith("https://") and len(text) > len("https://") and " " not in text
    if text and (not fits or len(text) > _LONGEST_LINK):
        raise Invalid("link", text[:80], "https")
    return text


def cancel(desk: Desk, actor: str, key: str, reason: str = "") -> HuddleView:
    """Call a huddle off; a line says why, unless its case has ended anyway."""
    huddle, initiative = _changeable(desk, actor, key, "cancel")
    case = desk.books.cases.by_id(huddle.case_id) if huddle.case_id else None
    if not reason.strip() and not (case and case.status == "resolved"):
        raise Invalid("why", "", "needed")
    call_off(desk, actor, huddle, reason.strip())
    if case is not None and case.status != "resolved":
        _watch_case(desk, initiative, case)
    return describe(desk, huddle, initiative)


def call_off(desk: Desk, actor: str, huddle: Huddle, reason: str = "") -> None:
    """End a huddle without a decision; no rights are asked here."""
    huddle.state, huddle.settled_at, huddle.line = "cancelled", desk.now(), reason
    clocks.stop(desk, huddle)
    texts = {"reason": (reason, actor)} if reason else {}
    telling.write(desk, actor, huddle, "huddle.cancelled", texts=texts)
    telling.update(desk, huddle, "cancelled")
    case = desk.books.cases.by_id(huddle.case_id) if huddle.case_id else None
    if case is not None:
        follow.announce(desk, case, "huddle")


def _watch_case(desk: Desk, initiative: Initiative, case: Case) -> None:
    """See to it that a case is decided all the same, where that has a clock."""
    at = seats(desk, initiative, case.signal_class)
    if case.severity not in {"S1", "S2"} or not runs(initiative):
        return
    if case_clocks.decided(desk, case):
        return
    first = at.deciders[0].member if at.deciders else ""
    fresh = due_for(desk, clock_for(at.playbook, case.severity).huddle, first)
    due = max(case.decide_by or desk.now(), fresh or desk.now())
    agenda.schedule(desk, [agenda.Due(case_clocks.DECIDE, case.id, due)])


def _changeable(desk: Desk, actor: str, key: str, deed: str) -> tuple[Huddle, Initiative]:
    huddle, initiative = get_huddle(desk, actor, key)
    rights.require_change(initiative, people.roster(desk, initiative), actor, deed)
    if huddle.state != "open":
        raise Conflict(huddle_key(huddle.number), f"huddle_{huddle.state}")
    return huddle, initiative


def view(desk: Desk, actor: str, key: str) -> HuddleView:
    """Return how a huddle stands."""
    return describe(desk, *get_huddle(desk, actor, key))


def of_case(desk: Desk, actor: str, case: str) -> HuddleView:
    """Return the open huddle on a case; raises NotFound where there is none."""
    found, initiative = _subject(desk, actor, case, "")
    return _open_on(desk, initiative, found, case_key(found.number) if found else case)


def of_initiative(desk: Desk, actor: str, key: str) -> HuddleView:
    """Return the open huddle of an initiative, the oldest first; raises NotFound for none."""
    _, initiative = _subject(desk, actor, "", key)
    found = desk.books.huddles.open_of(initiative.id)
    if not found:
        raise NotFound("open huddle", key)
    return describe(desk, found[0], initiative)


def _open_on(desk: Desk, initiative: Initiative, case: Case | None, given: str) -> HuddleView:
    huddle = desk.books.huddles.open_on(initiative.id, case.id if case else "")
    if huddle is None:
        raise NotFound("open huddle", given)
    return describe(desk, huddle, initiative)


def _handle(desk: Desk, person_id: str | None) -> str:
    found = people.members(desk, [person_id]) if person_id else ()
    return found[0].handle if found else ""
