"""Whom everything that is open on an initiative asks now, and by whose working hours it is due."""

from collections.abc import Iterable, Iterator

from council import initiatives, people
from council.cases import clocks as case_clocks
from council.cases.restarting import on_the_clock
from council.cases.routing import Calling, calling, lanes, lanes_of_work
from council.desk import Desk
from council.following.terms import Before, Clock, Open
from council.handoffs import clocks as handoff_clocks
from council.handoffs.parties import Parties, parties
from council.huddles import clocks as huddle_clocks
from council.huddles import reviews
from council.huddles.effect import answerable
from council.huddles.records import owner_busy, reviewers
from council.huddles.seats import USUAL, decide_span, own_word_span, seats
from council.huddles.telling import CHOOSING
from council.huddles.views import last_word
from council.huddles.waiting import doer
from council.moves import going, views
from council.notices import Audience
from council.people import Called, Member
from council.playbook import Span, clock_for
from council.tables import Case, Decision, Handoff, Huddle, Initiative, Move, Review


def asked(desk: Desk, initiative: Initiative) -> Before:
    """Return whom each open thing of an initiative asks now, to be compared after a change."""
    found: list[Open] = []
    for each in (_cases, _handoffs, _conditions, _moves, _huddles, _decisions, _doers, _reviews):
        found += each(desk, initiative)
    return Before(
        initiative.name,
        (initiative.playbook_id, initiative.playbook_version),
        (initiative.channel, initiative.private),
        people.roster(desk, initiative),
        {f"{each.subject}/{each.why}": each for each in found},
    )


# ── cases ────────────────────────────────────────────────────────────────────────────────────────


def _cases(desk: Desk, initiative: Initiative) -> Iterator[Open]:
    for case in desk.books.cases.open_of(initiative.id):
        answers = desk.books.cases.answers(case.id)
        who = calling(desk, initiative, case.signal_class, answers)
        deciders = seats(desk, initiative, case.signal_class).decider_ids
        has_it = _one(case.acknowledged_by)
        yield Open(
            "case",
            case.id,
            _ids(who.owners) if case.status == "open" else (),
            frozenset((*_ids(who.informed), *has_it)),
            lanes(desk, initiative, who.owners),
            () if case.status == "snoozed" else _case_clocks(desk, case, who, deciders),
        )


def _case_clocks(
    desk: Desk, case: Case, who: Calling, deciders: tuple[str, ...]
) -> tuple[Clock, ...]:
    rule = clock_for(who.playbook, case.severity)
    first = _ids(who.owners)[:1]
    decide = rule.decide if isinstance(rule.decide, Span) else None
    found = [
        _clock(rule.huddle, first, kind=case_clocks.HUDDLE),
        _clock(rule.huddle, first, column="huddle_by"),
        _clock(decide, first, column="decide_by"),
        _clock(decide, deciders[:1], kind=case_clocks.DECIDE),
        _clock(decide, _one(case.acknowledged_by), kind=case_clocks.REMIND),
    ]
    if case.status == "open":
        holder = on_the_clock(desk, case, who)
        holders = (holder.id,) if holder else ()
        found.append(_clock(rule.acknowledge, holders, kind=case_clocks.ACKNOWLEDGE))
        found.append(_clock(rule.acknowledge, holders, column="acknowledge_by"))
    return _running(found)


# ── handoffs ─────────────────────────────────────────────────────────────────────────────────────


def _handoffs(desk: Desk, initiative: Initiative) -> Iterator[Open]:
    for row in desk.books.handoffs.unanswered([initiative.id]):
        who = parties(desk, initiative, row.definition, row)
        givers, receivers = _ids(who.givers), _ids(who.receivers)
        named = frozenset((*givers, *receivers))
        if row.state == "offered":
            where = lanes_of_work(desk, initiative, who.receivers)
            clocks = _handoff_clocks(who)
            yield Open("handoff", row.id, receivers, named, where, clocks)
        else:  # a draft is its giver's own; what came back is read in full by the giver alone
            back = row.state == "returned"
            direct = tuple(f"person:{each}" for each in givers) if back else ()
            yield Open(
                "handoff",
                row.id,
                givers,
                named,
                direct,
                posted=False,
                audience=Audience.PERSON,
            )


def _handoff_clocks(who: Parties) -> tuple[Clock, ...]:
    rules, first = who.playbook.handoff, _ids(who.receivers)[:1]
    remind = next(iter(rules.remind_at), None)
    return _running(
        [
            _clock(rules.accept_within, first, column="accept_by"),
            _clock(remind, first, kind=handoff_clocks.REMIND),
            _clock(rules.escalate_at, first, kind=handoff_clocks.ESCALATE),
        ]
    )


def _conditions(desk: Desk, initiative: Initiative) -> Iterator[Open]:
    owners: dict[str, dict[str, None]] = {}
    found = desk.books.handoffs.open_conditions(initiative.id)
    for row, condition in found:
        owners.setdefault(row.id, {})[condition.owner_id] = None
    for row in {row.id: row for row, _ in found}.values():
        ids = tuple(owners[row.id])
        span = parties(desk, initiative, row.definition, row).playbook.handoff.escalate_at
        yield Open(
            "handoff",
            row.id,
            ids,
            lanes=lanes_of_work(desk, initiative, _called(desk, ids)),
            clocks=_running([_clock(span, ids, kind=handoff_clocks.CONDITION)]),
            why="conditions",
        )


# ── moves ────────────────────────────────────────────────────────────────────────────────────────


def _moves(desk: Desk, initiative: Initiative) -> Iterator[Open]:
    move = desk.books.moves.proposed(initiative.id)
    playbook = initiatives.playbook_of(desk, initiative)
    if move is None or move.transition not in playbook.transitions:
        return
    view = views.describe(desk, move, initiative)
    pending, rules = _ids(view.pending), playbook.handoff
    remind = next(iter(rules.remind_at), None)
    yield Open(
        "move",
        move.id,
        pending,
        frozenset((*_ids(view.deciders), *(each.id for each in (*view.leads, *view.informed)))),
        lanes_of_work(desk, initiative, view.pending or view.deciders),
        _running(
            [
                _clock(remind, pending, kind=going.REMIND),
                _clock(rules.escalate_at, pending, kind=going.ESCALATE),
            ]
        ),
    )


# ── huddles, decisions, reviews ──────────────────────────────────────────────────────────────────


def _huddles(desk: Desk, initiative: Initiative) -> Iterator[Open]:
    for huddle in desk.books.huddles.open_of(initiative.id):
        at = seats(desk, initiative, huddle.signal_class)
        case = desk.books.cases.by_id(huddle.case_id) if huddle.case_id else None
        severity = case.severity if case else USUAL
        if huddle.stage == CHOOSING:
            span, holder = decide_span(at.playbook, severity), at.decider_ids[:1]
            chosen = {
                each.person_id for each in desk.books.huddles.choices(huddle.id, huddle.round)
            }
            ids = tuple(each for each in at.decider_ids if each not in chosen)
        else:
            span, holder = own_word_span(at.playbook, severity), _one(huddle.lead_id)
            ids = tuple(each.id for each in last_word(desk, huddle, at))
        yield Open(
            "huddle",
            huddle.id,
            ids,
            frozenset((*at.decider_ids, *_ids(at.participants), *_ids(at.informed))),
            lanes(desk, initiative, at.deciders),
            _running(
                [
                    _clock(span, holder, kind=huddle_clocks.DECIDE),
                    _clock(span, holder, column="decide_by"),
                ]
            ),
        )


def _decisions(desk: Desk, initiative: Initiative) -> Iterator[Open]:
    for row in desk.books.huddles.unsettled(initiative.id):
        ids = _ids_of(answerable(desk, row, initiative)) if row.asked_at else ()
        at = seats(desk, initiative, row.signal_class)
        yield Open(
            "decision",
            row.id,
            ids,
            frozenset((*row.deciders, *at.decider_ids)),
            lanes(desk, initiative, _called(desk, ids) or at.deciders),
            why="effect",
            posted=bool(ids),
        )


def _doers(desk: Desk, initiative: Initiative) -> Iterator[Open]:
    """Whoever is to do what was decided; their card stands with the decision's."""
    for row in desk.books.huddles.unsettled(initiative.id):
        case = desk.books.cases.by_id(row.case_id) if row.case_id else None
        if owner_busy(row, case):
            ids = _ids_of(doer(desk, row))
            where = lanes(desk, initiative, _called(desk, ids))
            yield Open("decision", row.id, ids, lanes=where, why="owner")


def _reviews(desk: Desk, initiative: Initiative) -> Iterator[Open]:
    due = initiatives.playbook_of(desk, initiative).review.due
    for row in desk.books.huddles.open_reviews(initiative.id):
        found = reviewers(desk, initiative, row)
        ids = _ids_of(found)
        clocks = [_clock(due, ids[:1], kind=reviews.DUE), _clock(due, ids[:1], column="due_at")]
        where = lanes(desk, initiative, tuple(Called(each) for each in found))
        yield Open("review", row.id, ids, frozenset(ids), where, _running(clocks))


# ── how ──────────────────────────────────────────────────────────────────────────────────────────


def row_of(desk: Desk, item: Open) -> Case | Handoff | Huddle | Move | Decision | Review | None:
    """Return the row of something open."""
    books = desk.books
    by_noun = {
        "case": books.cases.by_id,
        "handoff": books.handoffs.by_id,
        "move": books.moves.by_id,
        "huddle": books.huddles.by_id,
        "decision": books.huddles.decision,
        "review": books.huddles.review,
    }
    return by_noun[item.noun](item.id)


def _clock(
    span: Span | None, holders: tuple[str, ...], *, kind: str = "", column: str = ""
) -> Clock | None:
    """Return a clock that runs by people's hours; by the clock an hour is an hour for anybody."""
    return Clock(holders, kind, column) if span is not None and span.business else None


def _running(found: Iterable[Clock | None]) -> tuple[Clock, ...]:
    return tuple(each for each in found if each is not None)


def _ids(called: Iterable[Called]) -> tuple[str, ...]:
    return tuple(each.member.id for each in called)


def _ids_of(found: Iterable[Member]) -> tuple[str, ...]:
    return tuple(each.id for each in found)


def _one(person_id: str | None) -> tuple[str, ...]:
    return (person_id,) if person_id else ()


def _called(desk: Desk, ids: Iterable[str]) -> tuple[Called, ...]:
    return tuple(Called(each) for each in people.members(desk, list(ids)))
