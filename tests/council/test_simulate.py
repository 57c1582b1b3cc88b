"""Saying who would be called: it writes nothing, and what it says comes true."""

from datetime import timedelta

import pytest

from council import agenda, cases, initiatives, people, rounds, simulate
from council.desk import Desk
from council.errors import Invalid, NotFound
from council.playbook import UnknownName
from council.signal import Loudness
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative
from tests.fakes import START, SetClock


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    a_crew(desk)
    an_initiative(desk)
    return desk


def said(desk: Desk, band: str = "act", signal_class: str = "accuracy") -> simulate.Simulation:
    return simulate.simulate(desk, "late-order", signal_class, band)


def test_it_says_who_is_called_and_who_is_told(staffed: Desk) -> None:
    found = said(staffed)
    assert [called.member.handle for called in found.owners] == ["mei", "ana"]
    assert [called.member.handle for called in found.informed] == ["bo", "rui"]


def test_it_says_where_and_until_when(staffed: Desk) -> None:
    found = said(staffed)
    assert (found.lanes, found.deadline) == (("local:council",), START + timedelta(hours=4))


def test_it_says_who_comes_next_and_when(staffed: Desk) -> None:
    [rung] = said(staffed).rungs
    handles = [member.handle for member in rung.members]
    assert (rung.at, rung.role_name, handles) == (
        START + timedelta(hours=4),
        "Council lead",
        ["carla"],
    )


def test_it_says_by_which_rule(staffed: Desk) -> None:
    found = said(staffed)
    assert (found.signal_class, found.band, found.tier, found.severity) == (
        *("accuracy", "act", 2),
        "S2",
    )


@pytest.mark.parametrize(
    ("tier", "band", "signal_class", "severity"),
    [
        (1, "act", "accuracy", "S1"),
        (2, "watch", "accuracy", "S3"),
        (3, "act", "accuracy", "S3"),
        (4, "act", "accuracy", "S4"),
        (1, "act", "data_quality", "S1"),
        (4, "act", "compliance", "S1"),
    ],
)
def test_band_tier_and_class_make_the_severity(
    desk: Desk, tier: int, band: str, signal_class: str, severity: str
) -> None:
    a_crew(desk)
    an_initiative(desk, tier=tier)
    assert said(desk, band, signal_class).severity == severity


def test_where_nothing_is_at_stake_no_clock_runs(desk: Desk) -> None:
    a_crew(desk)
    an_initiative(desk, tier=4)
    assert (said(desk).deadline, said(desk).rungs) == (None, ())


def test_a_vacant_role_falls_to_the_lead_with_the_reason(desk: Desk) -> None:
    a_crew(desk, without=("mei",))
    an_initiative(desk)
    first = said(desk).owners[0]
    assert (first.member.handle, first.stands_in) == ("carla", (("ml_engineer", "nobody"),))


def test_the_deadline_is_in_the_hours_of_who_is_called(desk: Desk) -> None:
    a_crew(desk)
    a_person(desk, "mei", zone="America/New_York")  # where it is four in the morning
    an_initiative(desk)
    assert said(desk).deadline == START + timedelta(hours=9)


def test_it_writes_nothing(staffed: Desk) -> None:
    session = staffed.books.session
    session.flush()
    before = (staffed.books.ledger.head(), staffed.books.outbox.page("", 200))
    said(staffed)
    assert not [*session.new, *session.dirty]
    assert (staffed.books.ledger.head(), staffed.books.outbox.page("", 200)) == before


@pytest.mark.parametrize("band", ["act", "watch"])
def test_what_it_says_comes_true(staffed: Desk, band: str) -> None:
    told = said(staffed, band)
    loud = {"act": Loudness.CRITICAL, "watch": Loudness.WARNING}[band]
    cases.receive(staffed, [a_delivery(a_signal(signal_class="accuracy", loudness=loud))])
    view = cases.view(staffed, "C-1")
    assert (view.owners, view.informed, view.severity, view.acknowledge_by) == (
        *(told.owners, told.informed, told.severity),
        told.deadline,
    )


def test_who_it_says_comes_next_is_asked_then(staffed: Desk, clock: SetClock) -> None:
    [rung] = said(staffed).rungs
    cases.receive(staffed, [a_delivery(a_signal(signal_class="accuracy"))])
    clock.moment = rung.at
    for item in agenda.due(staffed):
        rounds.run(staffed, item)
    asked = people.members(staffed, cases.view(staffed, "C-1").asked)
    assert asked == rung.members


def test_an_unknown_initiative_is_answered_with_a_near_one(staffed: Desk) -> None:
    with pytest.raises(NotFound) as refusal:
        simulate.simulate(staffed, "late-ordr", "accuracy", "act")
    assert refusal.value.nearest == ("late-order",)


def test_an_unknown_class_is_answered_with_a_near_one(staffed: Desk) -> None:
    with pytest.raises(UnknownName) as refusal:
        simulate.simulate(staffed, "late-order", "acuracy", "act")
    assert "accuracy" in refusal.value.nearest


def test_an_unknown_band_is_answered_with_those_there_are(staffed: Desk) -> None:
    with pytest.raises(Invalid) as refusal:
        simulate.simulate(staffed, "late-order", "accuracy", "panic")
    assert refusal.value.allowed == ("act", "watch")


def test_an_initiative_with_a_channel_is_told_there(desk: Desk) -> None:
    lead = a_person(desk, "carla", lead=True)
    opening = initiatives.Opening("Late order", key="late-order", channel="C0LATE0001")
    initiatives.open_initiative(desk, lead.id, opening)
    assert said(desk).lanes == ("slack:C0LATE0001",)
