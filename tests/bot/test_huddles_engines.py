"""Huddles on both engines and on two replicas: one outcome, and a kind answer for the other."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.replicas import Replicas, one_done, replicas, said
from tests.conftest import ENGINES

RETRAIN = (
    'decide C-1 retrain "newer data" --hypothesis "people buy more" --data-window October'
    ' --expect "MAE under 6" --check in 3 weeks'
)
FIX = 'decide C-1 fix data "the feed broke" --owner @bo'


@pytest.fixture(params=ENGINES)
async def council(request: pytest.FixtureRequest) -> AsyncIterator[Replicas]:
    """Return a council on which drift has come up, served by two replicas."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    async with replicas(request.getfixturevalue(name), 2) as found:
        await found.does("rui", 'flag late-order data drift act "baskets look smaller"')
        yield found


async def test_two_who_press_different_buttons_at_once_begin_one_second_round(
    council: Replicas,
) -> None:
    await council.does("mei", "huddle C-1")
    await council.at_once(("mei", RETRAIN), ("ana", FIX))
    assert "You chose differently." in said(await council.does("rui", "huddle R-1"))
    await council.whole()


async def test_two_who_agree_at_once_decide_once(council: Replicas) -> None:
    await council.does("mei", "huddle C-1")
    await council.at_once(("mei", FIX), ("ana", FIX))
    assert "Decided: fix the data. D-1" in said(await council.does("rui", "huddle R-1"))
    await council.whole()


async def test_two_who_convene_at_once_meet_in_one_huddle(council: Replicas) -> None:
    found = await council.at_once(("mei", "huddle C-1"), ("ana", "huddle C-1"))
    assert ["R-1" in said(each) for each in found] == [True, True]


async def test_of_two_outcomes_at_once_the_first_counts(council: Replicas) -> None:
    await council.does("mei", FIX)
    await council.does("ana", FIX)
    found = await council.at_once(("mei", "outcome D-1 worked"), ("ana", "outcome D-1 no"))
    assert "said already that it" in one_done(found)


async def test_who_chooses_while_it_is_called_off_gets_a_kind_answer(council: Replicas) -> None:
    await council.does("mei", "huddle C-1")
    await council.does("ana", 'huddle R-1 cancel "we talked"')
    found = await council.ask("mei", FIX.replace("C-1", "R-1"))
    assert "R-1 was called off" in said(found)


async def test_a_whole_life_goes_on_by_the_clock_alone(council: Replicas) -> None:
    await council.passes(days=8)
    assert "@Carla has the last word" in said(await council.does("rui", "huddle R-1"))
    await council.does("carla", RETRAIN.replace("C-1", "R-1"))
    await council.passes(days=30)
    await council.does("mei", "close C-1 fixed")
    await council.passes(days=1)
    assert "Did it work?" in said(await council.does("mei", "outcome D-1"))
    await council.whole()


async def test_what_was_decided_before_is_told_and_waits_for_whoever_does_it(
    council: Replicas,
) -> None:
    await council.does("mei", FIX)
    await council.does("ana", FIX)
    assert "D-1" in said(await council.does("bo", "mine"))
    await council.does("bo", "done D-1")
    assert "D-1" not in said(await council.does("bo", "mine"))
    brief = said(await council.does("mei", "huddle C-1"))
    assert "D-1: fix the data by Mei and Ana" in brief
    await council.does("mei", RETRAIN)
    assert "Production stays." in said(await council.does("ana", RETRAIN))
    await council.whole()
