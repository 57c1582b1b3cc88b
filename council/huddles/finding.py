"""Find a huddle, a decision or a review by its key, for somebody who may see it."""

from council import people, rights
from council.desk import Desk
from council.errors import Invalid, NotFound
from council.tables import Decision, Huddle, Initiative, Review

_MOST_DIGITS = 9
# Nothing is decided any more about an initiative in one of these states.
OVER = frozenset({"retired", "archived"})


def huddle_key(number: int) -> str:
    """Return `R-7` for 7."""
    return f"R-{number}"


def decision_key(number: int) -> str:
    """Return `D-9` for 9."""
    return f"D-{number}"


def review_key(number: int) -> str:
    """Return `V-2` for 2."""
    return f"V-{number}"


def get_huddle(desk: Desk, actor: str, key: str) -> tuple[Huddle, Initiative]:
    """Return a huddle and its initiative; raises NotFound, also for what the actor may not see."""
    row = desk.books.huddles.by_number(_number(key, "R", "huddle"))
    if row is None:
        raise NotFound("huddle", key)
    return row, visible(desk, actor, row.initiative_id, "huddle", key)


def get_decision(desk: Desk, actor: str, key: str) -> tuple[Decision, Initiative]:
    """Return a decision and its initiative; raises NotFound likewise."""
    row = desk.books.huddles.decision_by_number(_number(key, "D", "decision"))
    if row is None:
        raise NotFound("decision", key)
    return row, visible(desk, actor, row.initiative_id, "decision", key)


def get_review(desk: Desk, actor: str, key: str) -> tuple[Review, Initiative]:
    """Return a review and its initiative; raises NotFound likewise."""
    row = desk.books.huddles.review_by_number(_number(key, "V", "review"))
    if row is None:
        raise NotFound("review", key)
    return row, visible(desk, actor, row.initiative_id, "review", key)


def visible(desk: Desk, actor: str, initiative_id: str, noun: str, key: str) -> Initiative:
    """Return the initiative; raises NotFound for the thing asked for if it is not the actor's."""
    initiative = desk.books.initiatives.by_id(initiative_id)
    if initiative is None or not rights.may_see(initiative, people.roster(desk, initiative), actor):
        raise NotFound(noun, key)
    return initiative


def _number(key: str, letter: str, noun: str) -> int:
    head, _, number = key.upper().partition("-")
    if head != letter or not number.isdecimal() or len(number) > _MOST_DIGITS:
        raise Invalid(noun, key, f"{noun}_key")
    return int(number)
