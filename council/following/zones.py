"""Somebody works by another wall from now on: what is due by their hours moves with them."""

from council import people
from council.desk import Desk
from council.following.around import around
from council.following.follow import COUNCIL, follow


def moved(desk: Desk, person_id: str, before: str) -> None:
    """Have what is due by somebody's hours follow them; called by the agenda after they changed.

    The working minutes that were left when they worked by `before` are left by their new hours.
    """
    walls = {person_id: people.read_hours(before)}
    for initiative, was in around(desk, person_id):
        follow(desk, COUNCIL, initiative, was, walls=walls)
