"""What is put off, paused and kept, on either engine: the questions are the same."""

from collections.abc import AsyncIterator

import pytest

from council import agenda, cases, pausing, rounds
from council.desk import Desk
from council.people import preferences
from tests.bot.house import House, a_house
from tests.builders import a_signal


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """Return a council with an open case on either engine."""
    async with a_house(database_url) as found:
        await found.signal(a_signal("age"))
        yield found


def mei(desk: Desk) -> str:
    """Return Mei's id."""
    person = desk.books.people.by_handle("mei")
    assert person
    return person.id


def due_now(desk: Desk) -> None:
    """Do everything that is due."""
    for item in agenda.due(desk):
        rounds.run(desk, item)


async def test_what_is_alike_is_counted_and_put_off(house: House) -> None:
    def put_off(desk: Desk) -> cases.Quiet:
        what = cases.What("late-order", "data_drift", "age")
        return cases.snooze_all(desk, mei(desk), what, "2d")

    found = await house.clerk.write(put_off)
    assert (found.cases, found.signals) == (("C-1",), 1)


async def test_another_feature_wakes_it(house: House) -> None:
    def put_off(desk: Desk) -> None:
        cases.snooze_all(desk, mei(desk), cases.What("late-order", "", "age"), "2d")

    await house.clerk.write(put_off)
    await house.signal(a_signal("size"))
    view = await house.clerk.read(lambda desk: cases.view(desk, "C-1"))
    assert view.status == "open"


async def test_a_deadline_follows_whoever_moves(house: House) -> None:
    before = await house.clerk.read(lambda desk: cases.view(desk, "C-1").acknowledge_by)
    await house.clerk.write(
        lambda desk: preferences.put(desk, mei(desk), mei(desk), "hours", "9-11")
    )
    await house.clerk.write(due_now)
    after = await house.clerk.read(lambda desk: cases.view(desk, "C-1").acknowledge_by)
    assert before is not None
    assert after is not None
    assert after > before


async def test_a_preference_is_changed_and_forgotten(house: House) -> None:
    def change(desk: Desk) -> None:
        for value in ("digest", "chat", ""):
            preferences.put(desk, mei(desk), mei(desk), "hear", value)

    await house.clerk.write(change)
    said = await house.clerk.read(lambda desk: preferences.of(desk, mei(desk)).said)
    assert "hear" not in said


async def test_what_is_paused_goes_on(house: House) -> None:
    await house.clerk.write(lambda desk: pausing.pause(desk, mei(desk), "late-order"))
    stopped = await house.clerk.read(lambda desk: cases.view(desk, "C-1").acknowledge_by)
    await house.clerk.write(lambda desk: pausing.resume(desk, mei(desk), "late-order"))
    again = await house.clerk.read(lambda desk: cases.view(desk, "C-1").acknowledge_by)
    assert (stopped, again is not None) == (None, True)


async def test_what_was_held_far_away_comes_back(house: House) -> None:
    def plan(desk: Desk) -> None:
        row = desk.books.initiatives.by_key("late-order")
        assert row
        at = desk.now().replace(hour=14)
        agenda.schedule(desk, [agenda.Due("initiative.over", row.id, at)])

    def when(desk: Desk) -> list[str]:
        far = desk.now().replace(year=9_000)
        rows = [row for row in desk.books.agenda.due(far, 99) if row.kind == "initiative.over"]
        return [f"{row.due_at:%Y %H:%M}" for row in rows]

    await house.clerk.write(plan)
    await house.clerk.write(lambda desk: pausing.pause(desk, mei(desk), "late-order"))
    held = await house.clerk.read(when)
    house.clock.move(hours=1)
    await house.clerk.write(lambda desk: pausing.resume(desk, mei(desk), "late-order"))
    back = await house.clerk.read(when)
    assert (held[0][:4] > "3000", back) == (True, ["2026 15:00"])
