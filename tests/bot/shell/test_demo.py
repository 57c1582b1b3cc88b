"""The demo: who is there, the past that they share, and what a window then shows."""

import asyncio
import io
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from rich.console import Console

from bot.shell.demo import stage, town
from bot.shell.demo.clock import BEGINS
from bot.shell.demo.invitation import invite
from bot.shell.demo.past import days
from bot.shell.demo.scene import Scene
from bot.web import lists
from bot.workspace.room import Message
from council import agenda, cases, ledger, standing
from council.cases import CaseView
from council.desk import Desk
from council.standing import MyDay, Standing
from tests.bot.served import until

SOON = 5.0

Rows = list[dict[str, Any]]


# ── what stands when the past is over ────────────────────────────────────────────────────────────


@dataclass
class Morning:
    """What the demo's council is like when its story begins."""

    now: datetime
    channels: set[str]
    messages: list[Message]
    people: Rows
    initiatives: dict[str, Standing]
    cases: list[CaseView]
    mine: dict[str, MyDay]
    deeds: set[str]
    faults: list[ledger.Fault]
    due: list[agenda.Due]
    unsaid: dict[str, int]


def look(desk: Desk) -> dict[str, Any]:
    """Return what the database holds."""
    people, _ = lists.people(desk, "", 200)
    found, _ = lists.cases(desk, "", 200)
    states = ("pending", "claimed", "failed", "dead")
    return {
        "people": people,
        "initiatives": {key: standing.standing(desk, key) for key in desk.books.initiatives.keys()},  # noqa: SIM118 -- no mapping
        "cases": [cases.view(desk, each["key"]) for each in found],
        "mine": {
            each["handle"]: standing.my_day(desk, known.id)
            for each in people
            if (known := desk.books.people.by_handle(each["handle"]))
        },
        "deeds": {link.kind for link in desk.books.ledger.after(0, 1_000)},
        "faults": ledger.verify(desk)[1],
        "due": agenda.due(desk),
        "unsaid": {state: desk.books.outbox.count(state) for state in states},
    }


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Morning:
    """Let the demo live through its past once, and look at what stands."""
    found: list[Morning] = []

    async def act(scene: Scene) -> None:
        room = scene.workspace
        messages = {each.id: each for handle in scene.ids for each in room.seen_by(handle)}
        held = await scene.service.clerk.read(look)
        told = sorted(messages.values(), key=lambda each: int(each.id[1:]))
        found.append(Morning(scene.clock.now(), set(room.channels), told, **held))

    database = tmp_path_factory.mktemp("demo") / "demo.db"
    asyncio.run(stage.perform(stage.settings_for(database), act, port=0))
    return found[0]


def test_twelve_people_are_there(morning: Morning) -> None:
    assert {each["handle"] for each in morning.people} == set(town.names())
    assert len(morning.people) == 12


def test_nine_initiatives_stand_in_four_phases(morning: Morning) -> None:
    assert set(morning.initiatives) == set(town.projects())
    assert len(morning.initiatives) == 9
    assert len({each.phase_name for each in morning.initiatives.values()}) == 4


def test_all_tiers_are_there(morning: Morning) -> None:
    assert {each.tier for each in morning.initiatives.values()} == {1, 2, 3, 4}


def test_whatever_is_in_operations_has_a_model_and_some_have_none(morning: Morning) -> None:
    found = morning.initiatives.values()
    assert all(each.models for each in found if each.phase_name == "Model operations")
    assert sum(not each.models for each in found) >= 2


def test_two_initiatives_lack_somebody(morning: Morning) -> None:
    lacking = {key for key, each in morning.initiatives.items() if each.gaps}
    assert lacking == {"returns", "ticket-routing"}


def test_every_channel_is_open(morning: Morning) -> None:
    assert morning.channels == set(town.channels())


def test_cases_ended_in_every_way_that_people_see(morning: Morning) -> None:
    ends = {each.outcome for each in morning.cases if each.status == "resolved"}
    assert ends >= {"fixed", "noise", "expected", "recovered"}


def test_one_case_escalated_and_somebody_took_it(morning: Morning) -> None:
    (late,) = [each for each in morning.cases if each.escalation]
    assert late.acknowledged_by is not None


def test_one_case_was_declined_by_one_and_taken_by_another(morning: Morning) -> None:
    (passed_on,) = [each for each in morning.cases if each.declined]
    assert passed_on.acknowledged_by is not None
    assert passed_on.acknowledged_by not in passed_on.declined


@pytest.mark.parametrize(
    "deed", ["concern.raised", "case.worse", "case.not_me", "case.escalated", "signals.kept"]
)
def test_the_past_holds(morning: Morning, deed: str) -> None:
    assert deed in morning.deeds


def test_some_cases_wait_and_one_is_in_hand(morning: Morning) -> None:
    states = [each.status for each in morning.cases if each.status != "resolved"]
    assert sorted(states) == ["acknowledged", "open", "open"]


def test_mine_shows_something_to_several_people(morning: Morning) -> None:
    waiting = {handle for handle, day in morning.mine.items() if day.to_answer}
    assert waiting == {"carla", "kenji", "priya"}
    assert [line.key for line in morning.mine["mei"].in_hand] == ["C-12"]


def test_the_history_is_whole(morning: Morning) -> None:
    assert morning.faults == []


def test_everything_was_said(morning: Morning) -> None:
    assert set(morning.unsaid.values()) == {0}


def test_nothing_is_late_when_the_story_begins(morning: Morning) -> None:
    assert (morning.now, morning.due) == (BEGINS, [])


def test_the_past_is_told_in_order_and_over_before_the_story_begins(morning: Morning) -> None:
    times = [each.at for each in morning.messages]
    assert times == sorted(times)
    assert times[0] >= days()[0][0]
    assert times[-1] < BEGINS


def test_only_people_of_the_demo_speak(morning: Morning) -> None:
    assert {each.author for each in morning.messages} == {"", *town.names()}


def test_times_in_the_table_go_forward() -> None:
    times = [at for at, _ in days()]
    assert times == sorted(times)


# ── what serves, once the past is over ───────────────────────────────────────────────────────────


@dataclass
class House:
    """What a window reads of a demo that serves, and how soon the lead heard of a late case."""

    state: dict[str, Any]
    accepted: int
    seconds: float


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Let the demo serve, send what the drawer would send, and let time pass as its buttons do."""
    found: list[House] = []
    said = io.StringIO()

    async def act(scene: Scene) -> None:
        serving = asyncio.create_task(invite(Console(file=said), scene, browse=False))
        await until(lambda: "Ctrl-C" in said.getvalue() or serving.done())
        state = (await scene.http.get("/workspace/state", params={"as": "mei"})).json()
        body = {"alerts": [{"status": "firing", "labels": {"alertname": "X", "model": "churn"}}]}
        secret = {"Authorization": f"Bearer {state['drawer']['secret']}"}
        sent = await scene.http.post(state["drawer"]["path"], json=body, headers=secret)
        known = len(scene.workspace.seen_by("carla"))
        began = time.monotonic()
        await scene.http.post("/workspace/clock", json={"minutes": 300})
        await until(lambda: len(scene.workspace.seen_by("carla")) > known)
        found.append(House(state, sent.json()["accepted"], time.monotonic() - began))
        serving.cancel()

    database = tmp_path_factory.mktemp("house") / "demo.db"
    asyncio.run(stage.perform(stage.settings_for(database), act, port=0))
    return found[0]


def test_a_window_shows_everybody_and_their_channels(house: House) -> None:
    assert {each["handle"] for each in house.state["people"]} == set(town.names())
    shown = [each["name"] for each in house.state["places"] if each["kind"] == "channel"]
    assert shown == list(town.channels())


def test_the_drawer_knows_every_model_and_the_secret(house: House) -> None:
    models = {each["model"] for each in house.state["drawer"]["models"]}
    assert models == {model for each in town.projects().values() for model in each.models}
    assert house.accepted == 1


def test_when_time_passes_who_is_next_hears_of_it_at_once(house: House) -> None:
    assert house.seconds < SOON
