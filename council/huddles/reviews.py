"""A look back at a case, without blame: opened by rule, done by whoever leads, never forgotten."""

from datetime import timedelta

from council import agenda, initiatives, ledger, people, rights
from council.cases import follow, restarting
from council.cases.routing import runs
from council.desk import Desk
from council.errors import Conflict, Invalid
from council.huddles import checks, convening, telling
from council.huddles.finding import OVER, get_review, review_key
from council.huddles.records import ReviewView, describe_review, leading, reviewers
from council.people import Member, due_for
from council.playbook import Playbook, Severity, Span
from council.tables import Case, Initiative, Review

DUE = "review.due"
_ONWARD = "onward"
_DAY = Span(8 * 60, business=True)


def case_over(desk: Desk, case_id: str) -> None:
    """Do what follows from a case's end; called by the agenda.

    Its huddle ends, it is asked soon whether what was decided worked, and a review may open.
    """
    case = desk.books.cases.by_id(case_id)
    initiative = desk.books.initiatives.by_id(case.initiative_id) if case else None
    if case is None or initiative is None or case.status != "resolved":
        return
    huddle = desk.books.huddles.open_on(initiative.id, case.id)
    if huddle is not None:
        convening.call_off(desk, telling.COUNCIL, huddle)
    if runs(initiative):
        checks.case_over(desk, case)
        _review(desk, initiative, case)


def initiative_over(desk: Desk, initiative_id: str) -> None:
    """Call off the huddles of an initiative that was retired or archived, and stop every clock.

    A look back that is open ends with what was retired.

    Called by the agenda. What an archived one had due was kept when it was put away.
    """
    initiative = desk.books.initiatives.by_id(initiative_id)
    if initiative is None or initiative.state not in OVER:
        return
    for huddle in desk.books.huddles.open_of(initiative_id):
        convening.call_off(desk, telling.COUNCIL, huddle)
    if initiative.state == "retired":
        for review in desk.books.huddles.open_reviews(initiative_id):
            _end(desk, review)
        running = desk.books.cases.open_of(initiative_id)
        late = [case for case in running if case.acknowledge_by]
        restarting.stop(desk, running)
        for case in late:
            follow.announce(desk, case, "changed")
    rows = desk.books.everyday.clocks_of(initiative_id)
    agenda.cancel(desk, [row.kind for row in rows], [row.subject for row in rows])


def _review(desk: Desk, initiative: Initiative, case: Case) -> None:
    playbook = initiatives.playbook_of(desk, initiative)
    rule = playbook.review
    times = 1 + _recurrences(desk, playbook, case)
    again = rule.also_when is not None and times > rule.also_when.recurrences
    severe = Severity(case.severity) in rule.required_for
    if not (severe or again) or desk.books.huddles.review_of(case.id):
        return
    if not severe and desk.books.huddles.open_reviews(initiative.id):
        return  # the last time is still looked back at
    asked = _people_of(desk, initiative, case)
    review = Review(
        id=desk.ids.new(),
        council_id=desk.council_id,
        number=desk.books.registry.next_number("review"),
        initiative_id=initiative.id,
        case_id=case.id,
        why="severity" if severe else "recurrence",
        times=times,
        opened_at=desk.now(),
        due_at=due_for(desk, rule.due, asked[0] if asked else "") or desk.now(),
        asked=[each.id for each in asked],
    )
    desk.books.add(review)
    remind_at = due_for(desk, _a_day_less(rule.due), asked[0] if asked else "") or review.due_at
    agenda.schedule(desk, [agenda.Due(DUE, review.id, remind_at)])
    _write(desk, telling.COUNCIL, review, "review.opened", case=case.id, why=review.why)
    telling.show_review(desk, review, initiative, asked)
    follow.announce(desk, case, "review")


def _recurrences(desk: Desk, playbook: Playbook, case: Case) -> int:
    rule = playbook.review.also_when
    if rule is None or case.outcome == "noise":
        return 0
    since = case.opened_at - timedelta(days=rule.within_days)
    return desk.books.huddles.recurrences(case.initiative_id, case.signal_class, since, case.id)


def _people_of(desk: Desk, initiative: Initiative, case: Case) -> tuple[Member, ...]:
    """Return who looks back together: who leads, who took the case, and who decided on it."""
    leads = leading(desk, initiative)
    decided = desk.books.huddles.decided([case.id]).get(case.id)
    handled = [case.acknowledged_by, *(decided.deciders if decided else ())]
    known = desk.books.people.by_ids([each for each in handled if each])
    here = [each for each in handled if each and each in known and not known[each].left_at]
    found = {each.id: each for each in (*leads, *people.members(desk, here))}
    return tuple(found.values())


def _a_day_less(span: Span) -> Span:
    """Return a span that ends a working day earlier, or halfway if it is hardly longer."""
    day = _DAY.minutes if span.business else 24 * 60
    return Span(max(span.minutes - day, span.minutes // 2), business=span.business)


def due(desk: Desk, review_id: str, period: str) -> None:
    """Remind whoever looks back, a day before; a day after it the council leads hear; by agenda."""
    review = desk.books.huddles.review(review_id)
    initiative = desk.books.initiatives.by_id(review.initiative_id) if review else None
    if review is None or initiative is None or review.state != "open" or not runs(initiative):
        return
    asked = reviewers(desk, initiative, review)
    if period == _ONWARD:
        known = {each.id for each in asked}
        leads = [each for each in people.leads(desk) if each.id not in known]
        review.asked = [*(each.id for each in asked), *(each.id for each in leads)]
        desk.books.add(review)
        telling.pass_review_on(desk, review, leads)
        return
    later = due_for(desk, _DAY, asked[0] if asked else "", max(review.due_at, desk.now()))
    if later:
        agenda.schedule(desk, [agenda.Due(DUE, review.id, later, _ONWARD)])
    telling.remind_review(desk, review, initiative, asked)


def _end(desk: Desk, review: Review) -> None:
    """End a look back without one, because its initiative has ended."""
    review.state = "ended"
    desk.books.add(review)
    agenda.cancel(desk, DUE, [review.id])
    _write(desk, telling.COUNCIL, review, "review.ended")
    telling.update_review(desk, review, "ended")


def show(desk: Desk, actor: str, key: str) -> ReviewView:
    """Return how a review stands."""
    return describe_review(desk, *get_review(desk, actor, key))


def done(desk: Desk, actor: str, key: str, learnt: str, link: str = "") -> ReviewView:
    """End a review with what was learnt; raises Invalid without it, Conflict if it was done."""
    review, initiative = get_review(desk, actor, key)
    rights.require_change(initiative, people.roster(desk, initiative), actor, "look_back_at")
    if review.state == "done":
        by = people.members(desk, [review.done_by])
        raise Conflict(review_key(review.number), "done", by[0].handle if by else "")
    if review.state != "open":
        raise Conflict(review_key(review.number), "over")
    if not learnt.strip():
        raise Invalid("what you learnt", "", "needed")
    review.state, review.done_at, review.done_by = "done", desk.now(), actor
    review.learnt, review.link = learnt.strip(), convening.link(link)
    desk.books.add(review)
    agenda.cancel(desk, DUE, [review.id])
    texts = {"learnt": (review.learnt, actor)}
    if review.link:
        texts["link"] = (review.link, actor)
    _write(desk, actor, review, "review.done", texts=texts)
    telling.update_review(desk, review, "done")
    return describe_review(desk, review, initiative)


def _write(desk: Desk, actor: str, review: Review, kind: str, **more: object) -> None:
    texts = more.pop("texts", {})
    facts = {
        "initiative": review.initiative_id,
        "number": review.number,
        "state": review.state,
        **more,
    }
    entry = ledger.Entry(kind, actor, f"review:{review.id}", facts, texts)  # type: ignore[arg-type]
    ledger.append(desk, [entry])
