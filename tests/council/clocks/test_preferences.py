"""What people want: when they work, when to leave them in peace, what they hear."""

from datetime import datetime, time

import pytest

from council import cases, people
from council.desk import Desk
from council.errors import Invalid, NotAllowed, NotFound
from council.people import preferences
from tests.builders import a_crew, a_person
from tests.talk import Talk


def put(desk: Desk, handle: str, name: str, value: str, by: str = "") -> preferences.Preferences:
    """Have somebody set a preference of theirs, or of another's."""
    person, actor = (desk.books.people.by_handle(each) for each in (handle, by or handle))
    assert person
    assert actor
    return preferences.put(desk, actor.id, person.id, name, value)


def test_what_nobody_said_is_as_most_people_want_it(desk: Desk) -> None:
    found = preferences.of(desk, a_person(desk, "mei", zone="Europe/Berlin").id)
    assert (found.zone, found.opens, found.quiet_from, found.hear, found.digest) == (
        "Europe/Berlin",
        time(9),
        time(20),
        "chat",
        "weekly",
    )


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("hours", "9-17", lambda p: (p.opens, p.closes) == (time(9), time(17))),
        ("hours", "08:30-16:30", lambda p: (p.opens, p.closes) == (time(8, 30), time(16, 30))),
        ("hours", "8 – 16", lambda p: (p.opens, p.closes) == (time(8), time(16))),  # noqa: RUF001
        ("hours", "16-24", lambda p: p.closes == time(23, 59)),
        ("days", "mon-fri", lambda p: p.days == frozenset(range(5))),
        ("days", "Sunday-Thursday", lambda p: p.days == {6, 0, 1, 2, 3}),
        ("days", "mon, wed", lambda p: p.days == {0, 2}),
        ("zone", "europe/berlin", lambda p: p.zone == "Europe/Berlin"),
        ("zone", "New York", lambda p: p.zone == "America/New_York"),
        ("zone", "Lord Howe", lambda p: p.zone == "Australia/Lord_Howe"),
        ("country", "de-by", lambda p: p.country == "DE-BY"),
        ("country", "none", lambda p: not p.country),
        ("quiet", "18-8", lambda p: (p.quiet_from, p.quiet_until) == (time(18), time(8))),
        ("quiet", "off", lambda p: p.quiet_from is None),
        ("hear", "Digest", lambda p: p.hear == "digest"),
        ("digest", "monthly", lambda p: p.digest == "monthly"),
        ("learning", "off", lambda p: p.learning is False),
    ],
)
def test_people_say_it_as_they_would(desk: Desk, name: str, value: str, read: object) -> None:
    a_person(desk, "mei")
    assert callable(read)
    assert read(put(desk, "mei", name, value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("hours", bad) for bad in ("17-9", "9-9", "nine", "9", "25-26", "9-17-18", "-")),
        *(("days", bad) for bad in ("never", "mon-", ",", "8", "mo-fr-sa")),
        *(("country", bad) for bad in ("XX", "DE-XX", "Germany")),
        *(("zone", bad) for bad in ("Berlinn", "Mars", "CET+1", "../etc/passwd")),
        *(("quiet", bad) for bad in ("20-20", "night", "on")),
        ("hear", "mail"),
        ("digest", "daily"),
        ("learning", "maybe"),
        ("colour", "blue"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_does(desk: Desk, name: str, value: str) -> None:
    a_person(desk, "mei")
    with pytest.raises(Invalid) as refusal:
        put(desk, "mei", name, value)
    assert refusal.value.allowed


def test_an_empty_value_goes_back_to_the_usual(desk: Desk) -> None:
    a_person(desk, "mei")
    put(desk, "mei", "hours", "6-12")
    assert put(desk, "mei", "hours", "").opens == time(9)


def test_nobody_sets_what_another_wants(desk: Desk) -> None:
    a_crew(desk)
    with pytest.raises(NotAllowed):
        put(desk, "mei", "hours", "9-17", by="ana")


def test_a_council_lead_helps_anybody(desk: Desk) -> None:
    a_crew(desk)
    assert put(desk, "mei", "hours", "6-12", by="carla").opens == time(6)


def test_of_somebody_unknown_nothing_is_set(desk: Desk) -> None:
    with pytest.raises(NotFound):
        preferences.put(desk, "nobody", "nobody", "hours", "9-17")


def test_a_change_can_be_taken_back(desk: Desk) -> None:
    a_person(desk, "mei")
    put(desk, "mei", "hear", "digest")
    person = desk.books.people.by_handle("mei")
    assert person
    found = desk.books.everyday.last_changes(person.id, 5)
    assert [(row.before["name"], row.before["value"]) for row in found] == [("hear", "")]


def test_the_history_says_that_it_was_changed_and_not_to_what(desk: Desk) -> None:
    a_person(desk, "mei")
    put(desk, "mei", "hours", "6-12")
    (link,) = [each for each in desk.books.ledger.after(0, 50) if each.kind == "preference.changed"]
    assert link.facts == {"name": "hours"}


def test_the_councils_country_is_everybodys_who_says_nothing_else(desk: Desk) -> None:
    council = desk.books.registry.council()
    council.country = "DE-BY"
    desk.books.add(council)
    assert preferences.of(desk, a_person(desk, "mei").id).country == "DE-BY"


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        ("2026-11-24T07:30:00+00:00", False),  # 08:30 in Berlin
        ("2026-11-24T06:30:00+00:00", True),
        ("2026-11-24T18:30:00+00:00", False),
        ("2026-11-24T19:30:00+00:00", True),
        ("2026-11-28T12:00:00+00:00", True),  # a Saturday
        ("2026-12-25T12:00:00+00:00", True),  # Christmas
    ],
)
def test_people_are_left_in_peace_at_night_and_on_days_off(
    desk: Desk, at: str, *, quiet: bool
) -> None:
    a_person(desk, "mei", zone="Europe/Berlin")
    found = put(desk, "mei", "country", "DE")
    assert found.quiet(datetime.fromisoformat(at)) is quiet


def test_hours_are_written_and_read_back(desk: Desk) -> None:
    a_person(desk, "mei", zone="Asia/Kathmandu")
    put(desk, "mei", "days", "sun-fri")
    hours = put(desk, "mei", "country", "NP").hours
    assert people.read_hours(preferences.written(hours)) == hours


def test_a_zone_is_set_back_by_undo(talk: Talk) -> None:
    before = preferences.of(talk.desk, people.find(talk.desk, "mei").id).zone
    assert "Asia/Kathmandu" in talk.does("mei", "settings zone kathmandu").text
    talk.does("mei", "undo")
    assert preferences.of(talk.desk, people.find(talk.desk, "mei").id).zone == before


def test_whoever_says_where_they_live_has_their_deadlines_follow(talk: Talk) -> None:
    talk.does("mei", "settings zone Europe/Berlin")
    talk.does("rui", 'flag late-order data_drift act "forecasts look flat"')
    before = cases.view(talk.desk, "C-1").acknowledge_by
    talk.does("mei", "settings zone new york")
    talk.wait(minutes=1)
    after = cases.view(talk.desk, "C-1").acknowledge_by
    assert before
    assert after
    assert before < after
