"""Moves on both engines: the questions that the database answers are answered alike."""

from collections.abc import AsyncIterator

import pytest

from bot.cards import phase
from bot.text import render
from council import moves
from council.desk import Desk
from tests.bot.replicas import Replicas, replicas, said
from tests.builders import an_initiative
from tests.conftest import ENGINES

WAYS = ("t_disappoint", "t_fwd1", "t_disappoint", "t_fwd1")


@pytest.fixture(params=ENGINES)
async def council(request: pytest.FixtureRequest) -> AsyncIterator[Replicas]:
    """Return a council whose initiative is being developed."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    async with replicas(request.getfixturevalue(name), 1, "development") as found:
        yield found


def _looped(desk: Desk) -> None:
    ways = desk.playbooks.get("lead-support-learn").transitions
    for number in (1, 2, 3):
        found = an_initiative(desk, f"other-{number}", phase="development", models=())
        for way in WAYS:
            moves.apply(desk, found.created_by, found, ways[way])


async def test_a_move_back_is_agreed_counted_and_compared(council: Replicas) -> None:
    await council.clerks[0].write(_looped)
    await council.does("ana", "done late-order o1 --link https://wiki.example.org/fit")
    await council.does("ana", "move late-order t_disappoint --change features")
    found = await council.does("bo", "accept M-1")
    assert "Median first loop in our council: 2. You are at 1." in said(found)
    await council.whole()


async def test_marks_of_an_earlier_stay_are_offered_again(council: Replicas) -> None:
    await council.does("ana", "done late-order o1 --link https://wiki.example.org/fit")
    await council.does("ana", "move late-order t_technique")
    found = await council.does("ana", "done late-order")
    assert "last time: link (https://wiki.example.org/fit)" in said(found)


async def test_a_proposal_waits_for_whom_it_must(council: Replicas) -> None:
    await council.does("ana", "move late-order forward")
    assert "M-1 Model operations" in said(await council.does("mei", "mine"))
    status = said(await council.does("rui", "status"))
    assert "Next: Mei agrees to M-1, or says not yet." in status


async def test_a_stay_that_is_over_tells_who_led_and_by_whose_word_it_went_on(
    council: Replicas,
) -> None:
    await council.does("ana", "move late-order forward")
    await council.does("mei", "accept M-1")
    card = await council.clerks[0].read(_first_stay)
    assert "Ana led." in card
    assert "It went on to Model operations (M-1, agreed by Ana and Mei)." in card


def _first_stay(desk: Desk) -> str:
    """Return the card of the first stay, as it would be sent now."""
    found = desk.books.initiatives.by_key("late-order")
    news = moves.visit_news(desk, f"{found.id}/1", {}) if found else None
    assert news is not None
    return render(phase.visit_card(news))


async def test_what_is_due_for_a_move_is_done_once(council: Replicas) -> None:
    await council.does("ana", "move late-order forward")
    await council.passes(days=14)
    await council.does("mei", "accept M-1")
    await council.does("mei", "undo")
    await council.whole()
