"""People change at the same moment as what is open with them, on two replicas: it still agrees."""

from collections.abc import AsyncIterator

import pytest

from bot.commands import Outcome
from council import cases
from council.desk import Desk
from tests.bot.replicas import Replicas, replicas, said
from tests.bot.test_concurrency import ENGINES, ORDERS

pytestmark = ORDERS


@pytest.fixture(params=ENGINES)
async def council(request: pytest.FixtureRequest, *, second_first: bool) -> AsyncIterator[Replicas]:
    """Return a council in which a case is open, on so many replicas."""
    name, count = request.param
    url = request.getfixturevalue(name)
    async with replicas(url, count, second_first=second_first) as found:
        await found.does("rui", 'flag late-order data_drift act "forecasts look flat"')
        await found.does("mei", "away today friday --deputy @dev")
        yield found


def owners(desk: Desk) -> set[str]:
    return {each.member.handle for each in cases.view(desk, "C-1").owners}


async def test_a_yes_and_an_assignment_are_both_followed(council: Replicas) -> None:
    found = await council.at_once(
        ("dev", "accept A-1"), ("carla", "assign late-order data_scientist @bo")
    )
    assert [each.outcome for each in found] == [Outcome.DONE] * 2, [said(each) for each in found]
    assert await council.read(owners) == {"dev", "ana", "bo"}
    await council.whole()


async def test_somebody_is_back_while_somebody_takes_the_case(council: Replicas) -> None:
    await council.does("dev", "accept A-1")
    found = await council.at_once(("mei", "away back"), ("dev", "ack C-1"))
    assert found[0].outcome is Outcome.DONE, said(found[0])
    await council.whole()


async def test_two_changes_of_people_do_not_wait_for_each_other(council: Replicas) -> None:
    found = await council.at_once(
        ("carla", "assign late-order ml_engineer @rui"),
        ("ana", "assign late-order data_scientist @rui"),
    )
    assert [each.outcome for each in found] == [Outcome.DONE] * 2, [said(each) for each in found]
    assert "rui" in await council.read(owners)
    await council.whole()
