"""What is open in huddles, decisions and reviews, and for whom it waits."""

from council import people
from council.desk import Desk
from council.huddles.effect import ASKED, answerable
from council.huddles.finding import OVER, decision_key, huddle_key, review_key
from council.huddles.records import owner_busy, reviewers
from council.huddles.seats import seats
from council.huddles.telling import CHOOSING
from council.huddles.views import last_word
from council.people import Member, members
from council.tables import Decision, Huddle, Initiative
from council.waits import Waiting


def waiting(desk: Desk, initiative: Initiative) -> tuple[Waiting, ...]:
    """Return what waits on an initiative: to choose, confirm, do, say_outcome or look_back."""
    if initiative.state in OVER:
        return ()
    books = desk.books.huddles
    found = [_choose(desk, initiative, huddle) for huddle in books.open_of(initiative.id)]
    for row in books.unsettled(initiative.id):
        found += _of_decision(desk, initiative, row)
    found += [
        Waiting(
            "look_back",
            review_key(row.number),
            initiative.key,
            initiative.name,
            reviewers(desk, initiative, row),
            row.due_at,
        )
        for row in books.open_reviews(initiative.id)
    ]
    return tuple(each for each in found if each.people)


def _choose(desk: Desk, initiative: Initiative, huddle: Huddle) -> Waiting:
    at = seats(desk, initiative, huddle.signal_class)
    done = {
        row.person_id for row in desk.books.huddles.choices(huddle.id) if row.round == huddle.round
    }
    asked: tuple[Member, ...] = last_word(desk, huddle, at)
    if huddle.stage == CHOOSING:
        asked = tuple(each.member for each in at.deciders if each.member.id not in done)
    text = huddle.about or huddle.signal_class or initiative.name
    key = huddle_key(huddle.number)
    return Waiting("choose", key, initiative.key, text, asked, huddle.decide_by)


def _of_decision(desk: Desk, initiative: Initiative, row: Decision) -> list[Waiting]:
    key, text = decision_key(row.number), row.kind
    found = []
    asked = [who for who, facts in row.deciders.items() if facts.get("answer") == ASKED]
    if asked:
        who = members(desk, asked)
        found.append(Waiting("confirm", key, initiative.key, text, who, row.confirm_by))
    case = desk.books.cases.by_id(row.case_id) if row.case_id else None
    if owner_busy(row, case):
        found.append(Waiting("do_decision", key, initiative.key, text, doer(desk, row), None))
    if row.asked_at is not None:
        who = answerable(desk, row, initiative)
        found.append(Waiting("say_outcome", key, initiative.key, text, who, None))
    return found


def doer(desk: Desk, row: Decision) -> tuple[Member, ...]:
    """Return who is to do what was decided: who was named, if here; else who decided first."""
    known = desk.books.people.by_ids([row.owner_id, *row.deciders])
    here = [each for each in (row.owner_id, *row.deciders) if each in known]
    here = [each for each in here if not known[each].left_at]
    return members(desk, here[:1])


def open_of(desk: Desk, person_id: str) -> tuple[Waiting, ...]:
    """Return what waits for one person, wherever they may act; a council lead, anywhere."""
    busy = desk.books.huddles.busy()
    if not people.is_lead(desk, person_id):  # who has the last word where nobody else does
        mine = {each.id for each, _ in people.parts_of(desk, person_id)}
        own = {each.initiative_id for each in desk.books.huddles.to_do_of(person_id)}
        busy &= mine | own
    seen = desk.books.initiatives.by_ids(busy)
    return tuple(
        each
        for initiative in sorted(seen.values(), key=lambda each: each.key)
        for each in waiting(desk, initiative)
        if any(one.id == person_id for one in each.people)
    )
