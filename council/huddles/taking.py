"""Who decides about a case has it: nobody is asked any more whether anybody has seen it."""

from council import cases
from council.cases.routing import calling
from council.desk import Desk
from council.huddles.seats import Seats
from council.tables import Case, Initiative


def take(desk: Desk, actor: str, case: Case, initiative: Initiative, at: Seats) -> bool:
    """Have somebody who is called for a case, or decides about it, take it; tell if they did.

    It changes nothing if somebody has it, or it is put off. No rights are asked here.
    """
    if case.status != "open":
        return False
    answers = desk.books.cases.answers(case.id)
    called = calling(desk, initiative, case.signal_class, answers).owners
    if actor not in {*at.decider_ids, *(each.member.id for each in called)}:
        return False
    cases.take(desk, actor, case, initiative)
    return True
