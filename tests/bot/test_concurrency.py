"""Two people at the same moment, on two replicas: one outcome, and a kind word for the other."""

from collections.abc import AsyncIterator

import pytest

from bot.commands import Outcome
from council.desk import Desk
from tests.bot.replicas import Replicas, one_done, replicas, said

ENGINES = (
    pytest.param(("sqlite_url", 1), id="sqlite-one"),
    pytest.param(("sqlite_url", 2), id="sqlite-two"),
    pytest.param(("postgres_url", 2), id="postgresql-two", marks=pytest.mark.postgres),
)
# Which of the two lines is asked for first.
ORDERS = pytest.mark.parametrize("second_first", [False, True], ids=["in-order", "turned"])
pytestmark = ORDERS
RETRAIN = (
    'decide R-1 retrain "the season" --hypothesis "it has not seen it"'
    ' --data-window "September on" --expect "MAE under 6" --check "in 6 weeks"'
)
REFEATURE = (
    'decide R-1 re_engineer_features "its meaning changed" --hypothesis "the checkout"'
    ' --features basket_size --expect "MAE under 6" --check "in 6 weeks"'
)
ROLL_BACK = 'decide R-1 roll_back "it costs money now" --target-version 6'


@pytest.fixture(params=ENGINES)
async def operating(
    request: pytest.FixtureRequest, *, second_first: bool
) -> AsyncIterator[Replicas]:
    """Return a council whose initiative is in production, on so many replicas."""
    name, count = request.param
    url = request.getfixturevalue(name)
    async with replicas(url, count, second_first=second_first) as found:
        yield found


@pytest.fixture(params=ENGINES)
async def developing(
    request: pytest.FixtureRequest, *, second_first: bool
) -> AsyncIterator[Replicas]:
    """Return a council whose initiative is being developed, on so many replicas."""
    name, count = request.param
    url = request.getfixturevalue(name)
    async with replicas(url, count, "development", second_first=second_first) as found:
        yield found


async def huddling(council: Replicas) -> None:
    """Let ana and mei huddle on a case: R-1."""
    await council.does("rui", 'flag late-order data_drift act "forecasts look flat"')
    await council.does("mei", "ack C-1")
    await council.does("mei", "huddle C-1")


async def offered(council: Replicas) -> None:
    """Have ana offer a packet to mei: H-1."""
    await council.does("ana", "handoff late-order h_model")
    items = " ".join(f'{n} "in the wiki"' for n in range(1, 12))
    await council.does("ana", f"handoff H-1 {items}")
    await council.does("ana", "handoff H-1 offer")


def decisions(desk: Desk) -> list[str]:
    return [each.kind for each in desk.books.huddles.decision_page(1_000, 10)]


def huddle(desk: Desk) -> tuple[str, int]:
    found = desk.books.huddles.by_number(1)
    assert found is not None
    return found.state, found.round


def handoff(desk: Desk) -> str:
    found = desk.books.handoffs.by_number(1)
    assert found is not None
    return found.state


def stays(desk: Desk) -> list[str]:
    found = desk.books.initiatives.by_key("late-order")
    assert found is not None
    return [each.phase for each in desk.books.moves.visits(found.id)]


# ── huddles ──────────────────────────────────────────────────────────────────────────────────────


async def test_two_deciders_who_choose_differently_at_once_get_one_second_round(
    operating: Replicas,
) -> None:
    await huddling(operating)
    found = await operating.at_once(("ana", REFEATURE), ("mei", RETRAIN))
    assert [each.outcome for each in found] == [Outcome.DONE, Outcome.DONE]
    assert await operating.read(huddle) == ("open", 2)
    assert await operating.read(decisions) == []
    assert any("differ" in said(each) for each in found), [said(each) for each in found]
    await operating.whole()


async def test_two_deciders_who_choose_the_same_at_once_decide_once(operating: Replicas) -> None:
    await huddling(operating)
    found = await operating.at_once(("ana", RETRAIN), ("mei", RETRAIN))
    assert [each.outcome for each in found] == [Outcome.DONE, Outcome.DONE]
    assert await operating.read(decisions) == ["retrain"]
    assert await operating.read(stays) == ["operations", "development"]
    await operating.whole()


async def test_who_comes_second_after_a_lone_roll_back_is_told_who_decided(
    operating: Replicas,
) -> None:
    await huddling(operating)
    found = await operating.at_once(("ana", ROLL_BACK), ("mei", ROLL_BACK))
    told = one_done(found)
    assert await operating.read(decisions) == ["roll_back"]
    assert "@ana" in told or "@mei" in told, told
    await operating.whole()


async def test_a_lone_roll_back_beside_another_choice_decides_once(operating: Replicas) -> None:
    await huddling(operating)
    found = await operating.at_once(("ana", ROLL_BACK), ("mei", RETRAIN))
    assert await operating.read(decisions) == ["roll_back"]
    assert found[0].outcome is Outcome.DONE
    if found[1].outcome is Outcome.REFUSED:  # it came after: it hears what was decided, by whom
        assert "D-1" in said(found[1])
        assert "@ana" in said(found[1])
    await operating.whole()


async def test_a_double_click_decides_once_and_the_second_is_told_so(operating: Replicas) -> None:
    await huddling(operating)
    await operating.does("ana", RETRAIN)
    told = one_done(await operating.at_once(("mei", RETRAIN), ("mei", RETRAIN)))
    assert await operating.read(decisions) == ["retrain"]
    assert "decided" in told.lower() or "chosen" in told.lower(), told
    await operating.whole()


async def test_a_button_on_an_old_card_is_answered_with_how_it_stands(operating: Replicas) -> None:
    await huddling(operating)
    await operating.does("ana", RETRAIN)
    await operating.does("mei", RETRAIN)
    late = await operating.ask("ana", REFEATURE, 1, press=True)
    assert late.outcome is Outcome.REFUSED
    assert "R-1 is decided already: D-1, retrain, by @mei and @ana." in said(late)
    taken = await operating.ask("ana", "ack C-1", 1, press=True)
    assert taken.outcome is Outcome.REFUSED
    assert "@mei has C-1 already." in said(taken)
    await operating.whole()


# ── cases ────────────────────────────────────────────────────────────────────────────────────────


async def test_two_who_take_a_case_at_once_are_not_both_told_that_it_is_theirs(
    operating: Replicas,
) -> None:
    await operating.does("rui", 'flag late-order data_drift act "forecasts look flat"')
    told = one_done(await operating.at_once(("mei", "ack C-1"), ("ana", "ack C-1")))
    assert "@ana" in told or "@mei" in told, told
    await operating.whole()


# ── handoffs ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_packet_that_is_accepted_while_it_is_withdrawn_ends_one_way(
    developing: Replicas,
) -> None:
    await offered(developing)
    lines = (("mei", "accept H-1"), ("ana", "handoff H-1 withdraw"))
    told = one_done(await developing.at_once(*lines))
    state = await developing.read(handoff)
    assert state in {"accepted", "withdrawn"}
    assert "H-1" in told
    assert state in told or ("taken back" if state == "withdrawn" else "accepted") in told, told
    await developing.whole()


async def test_a_packet_is_accepted_or_returned_not_both(developing: Replicas) -> None:
    await offered(developing)
    lines = (("mei", "accept H-1"), ("mei", 'decline H-1 not_reproducible "seed missing"'))
    told = one_done(await developing.at_once(*lines))
    assert "H-1" in told
    assert await developing.read(handoff) in {"accepted", "returned"}
    await developing.whole()


# ── moves ────────────────────────────────────────────────────────────────────────────────────────


async def test_two_who_agree_to_a_move_at_once_enter_the_phase_once(developing: Replicas) -> None:
    await offered(developing)
    await developing.does("mei", "accept H-1")
    await developing.does("carla", "move late-order forward")
    found = await developing.at_once(("ana", "accept M-1"), ("mei", "accept M-1"))
    assert [each.outcome for each in found] == [Outcome.DONE, Outcome.DONE]
    assert await developing.read(stays) == ["development", "operations"]
    await developing.whole()


async def test_a_second_click_on_agree_says_that_it_moved_already(developing: Replicas) -> None:
    await offered(developing)
    await developing.does("mei", "accept H-1")
    await developing.does("ana", "move late-order forward")
    told = one_done(await developing.at_once(("mei", "accept M-1"), ("mei", "accept M-1")))
    assert "M-1" in told
    assert await developing.read(stays) == ["development", "operations"]
    await developing.whole()
