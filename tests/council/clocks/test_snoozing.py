"""Later, not now: a case, or what is alike, does not disturb; worse and its time end that."""

from collections.abc import Callable

import pytest

from council import cases
from council.signal import Loudness
from tests.builders import a_person, a_signal, recovered
from tests.talk import Talk

HERE = "local:here"


def status(talk: Talk, key: str = "C-1") -> str:
    """Return how a case stands."""
    return cases.view(talk.desk, key).status


def tier(talk: Talk, number: int) -> None:
    """Make the initiative this important."""
    row = talk.desk.books.initiatives.by_key("late-order")
    assert row
    row.tier = number
    talk.desk.books.add(row)


@pytest.fixture
def open_case(talk: Talk, signal: Callable[..., None]) -> Talk:
    """Return a council with an open case of S2."""
    signal(a_signal())
    return talk


@pytest.fixture
def asleep(open_case: Talk) -> Talk:
    """Return it with the case put off until tomorrow."""
    open_case.does("mei", 'snooze C-1 tomorrow "the feed comes back"')
    return open_case


def test_a_case_that_is_put_off_is_snoozed(asleep: Talk) -> None:
    assert status(asleep) == "snoozed"


def test_its_clocks_stop(asleep: Talk) -> None:
    kinds = {row.kind for row in asleep.desk.books.agenda.due(asleep.clock.moment.max, 99)}
    assert not kinds & {"case.acknowledge", "case.huddle", "case.decide", "case.remind"}


def test_nobody_is_asked_meanwhile(asleep: Talk) -> None:
    heard = asleep.wait(hours=23)
    assert not [each for each in heard if each.subject.startswith("case:")]


def test_its_card_says_until_when(asleep: Talk) -> None:
    assert "Put off until Wed 25 Nov 2026, 09:00" in asleep.last(HERE, "case_snoozed").text


def test_when_its_time_has_come_it_asks_anew(asleep: Talk) -> None:
    asleep.wait(hours=24)
    reply = asleep.last(HERE, "case_awake_reply")
    assert "C-1 had been put off, and it still holds" in reply.text


def test_it_then_has_a_fresh_clock(asleep: Talk) -> None:
    asleep.wait(hours=24)
    at = cases.view(asleep.desk, "C-1").acknowledge_by
    assert at is not None
    assert (status(asleep), f"{at:%a %H:%M}") == ("open", "Wed 13:00")


def test_what_recovers_meanwhile_asks_nobody(asleep: Talk, signal: Callable[..., None]) -> None:
    signal(recovered(a_signal()))
    heard = asleep.wait(hours=30)
    assert (status(asleep), [each.kind for each in heard if "awake" in each.kind]) == (
        "resolved",
        [],
    )


def test_signals_are_counted_and_disturb_nobody(asleep: Talk, signal: Callable[..., None]) -> None:
    before = len([each for each in asleep.heard if each.form == "reply"])
    signal(a_signal("size"))
    view = cases.view(asleep.desk, "C-1")
    after = len([each for each in asleep.heard if each.form == "reply"])
    assert (view.status, view.occurrences, after) == ("snoozed", 2, before)


def test_a_higher_severity_ends_it(talk: Talk, signal: Callable[..., None]) -> None:
    signal(a_signal(loudness=Loudness.WARNING))
    talk.does("mei", "snooze C-1 tomorrow")
    signal(a_signal("size"))
    assert status(talk) == "open"


def test_time_to_act_ends_it_though_the_severity_stays(
    talk: Talk, signal: Callable[..., None]
) -> None:
    tier(talk, 4)
    signal(a_signal(loudness=Loudness.WARNING))
    talk.does("mei", "snooze C-1 tomorrow")
    signal(a_signal("size"))
    view = cases.view(talk.desk, "C-1")
    assert (view.status, view.severity, view.band) == ("open", "S4", "act")


def test_it_can_be_ended_by_hand(asleep: Talk) -> None:
    asleep.does("mei", "snooze C-1 off")
    assert status(asleep) == "open"


def test_to_take_it_ends_it(asleep: Talk) -> None:
    asleep.does("mei", "ack C-1")
    heard = asleep.wait(hours=25)
    assert not [each for each in heard if "awake" in each.kind]


def test_without_a_time_the_presets_are_offered(open_case: Talk) -> None:
    said = open_case.does("mei", "snooze C-1")
    assert said.card
    assert [each.command for each in said.card.buttons] == [
        "snooze C-1 1h",
        "snooze C-1 tomorrow",
        "snooze C-1 monday",
    ]


def test_tomorrow_is_on_the_readers_wall(talk: Talk, signal: Callable[..., None]) -> None:
    mei = talk.desk.books.people.by_handle("mei")
    assert mei
    mei.timezone = "America/New_York"
    talk.desk.books.add(mei)
    signal(a_signal())
    talk.does("mei", "snooze C-1 tomorrow")
    at = cases.view(talk.desk, "C-1").snoozed_until
    assert at is not None
    assert f"{at:%a %H:%M}" == "Wed 14:00"


def test_the_worst_is_put_off_for_a_day_at_most(talk: Talk, signal: Callable[..., None]) -> None:
    tier(talk, 1)
    signal(a_signal())
    assert "24 hours at most" in talk.refused("mei", "snooze C-1 2d")


def test_the_worst_may_be_put_off_for_an_hour(talk: Talk, signal: Callable[..., None]) -> None:
    tier(talk, 1)
    signal(a_signal())
    talk.does("mei", "snooze C-1 1h")
    assert status(talk) == "snoozed"


def test_somebody_without_a_role_puts_nothing_off(open_case: Talk) -> None:
    a_person(open_case.desk, "eve")
    assert "a role here" in open_case.refused("eve", "snooze C-1 1h")


def test_what_is_resolved_is_not_put_off(open_case: Talk) -> None:
    open_case.does("mei", "close C-1 noise")
    assert "resolved already" in open_case.refused("mei", "snooze C-1 1h")


def test_what_is_not_put_off_cannot_be_woken(open_case: Talk) -> None:
    assert "Nothing of C-1 is put off" in open_case.refused("mei", "snooze C-1 off")


# ── what is alike ────────────────────────────────────────────────────────────────────────────────


def test_what_would_match_is_shown_first(open_case: Talk) -> None:
    text = open_case.does("mei", "snooze late-order data_drift 2d").text
    assert "1 open case: C-1 · 1 signal like it in the last 7 days" in text


def test_nothing_is_changed_before_somebody_says_yes(open_case: Talk) -> None:
    open_case.does("mei", "snooze late-order data_drift 2d")
    assert status(open_case) == "open"


def test_the_button_makes_it_so(open_case: Talk) -> None:
    command = open_case.does("mei", "snooze late-order data_drift 2d").button("Snooze")
    open_case.does("mei", command)
    assert status(open_case) == "snoozed"


def test_what_is_alike_opens_put_off(talk: Talk, signal: Callable[..., None]) -> None:
    talk.does("mei", "snooze late-order data_drift 2d --yes")
    signal(a_signal())
    card = talk.last(HERE, "case_opened")
    assert (status(talk), "Put off until" in card.text) == ("snoozed", True)


def test_what_opened_put_off_asks_when_the_time_has_come(
    talk: Talk, signal: Callable[..., None]
) -> None:
    talk.does("mei", "snooze late-order data_drift 2d --yes")
    signal(a_signal())
    talk.wait(days=2)
    assert "C-1 had been put off" in talk.last(HERE, "case_awake_reply").text


def test_another_class_disturbs_as_ever(talk: Talk, signal: Callable[..., None]) -> None:
    talk.does("mei", "snooze late-order accuracy 2d --yes")
    signal(a_signal())
    assert status(talk) == "open"


def test_one_feature_may_be_quiet(talk: Talk, signal: Callable[..., None]) -> None:
    talk.does("mei", "snooze late-order data_drift 2d --feature age --yes")
    signal(a_signal("age"))
    assert status(talk) == "snoozed"


def test_another_feature_wakes_the_case(talk: Talk, signal: Callable[..., None]) -> None:
    talk.does("mei", "snooze late-order data_drift 2d --feature age --yes")
    signal(a_signal("age"))
    signal(a_signal("size"))
    assert status(talk) == "open"


def test_a_case_with_another_feature_is_not_covered(
    talk: Talk, signal: Callable[..., None]
) -> None:
    signal(a_signal("age"), a_signal("size", index=1))
    talk.does("mei", "snooze late-order data_drift 2d --feature age --yes")
    assert status(talk) == "open"


def test_off_ends_what_is_quiet_and_wakes_what_slept(open_case: Talk) -> None:
    open_case.does("mei", "snooze late-order data_drift 2d --yes")
    open_case.does("mei", "snooze late-order off")
    assert status(open_case) == "open"


def test_after_off_a_new_case_disturbs(talk: Talk, signal: Callable[..., None]) -> None:
    talk.does("mei", "snooze late-order data_drift 2d --yes")
    talk.does("mei", "snooze late-order data_drift off")
    signal(a_signal())
    assert status(talk) == "open"


def test_a_class_that_is_none_is_met_with_those_that_are(talk: Talk) -> None:
    assert "data_drift" in talk.refused("mei", "snooze late-order data_drifts 1h")


# ── taken back ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def two(talk: Talk, signal: Callable[..., None]) -> Talk:
    """Return a council with C-1 put off by itself, and C-2 of another class."""
    signal(a_signal())
    signal(a_signal("size", signal_class="accuracy"))
    talk.does("mei", "snooze C-1 2d")
    return talk


def test_to_take_it_back_ends_that_alone(two: Talk) -> None:
    back = two.does("mei", "snooze late-order accuracy 2d --yes").button("Take it back")
    two.does("mei", back)
    assert (back, status(two, "C-1"), status(two, "C-2")) == (
        "snooze late-order accuracy off",
        "snoozed",
        "open",
    )


def test_to_take_back_one_features_quiet_leaves_anothers(
    talk: Talk, signal: Callable[..., None]
) -> None:
    talk.does("mei", "snooze late-order data_drift 2d --feature age --yes")
    said = talk.does("mei", 'snooze late-order data_drift 2d --feature "basket size" --yes')
    talk.does("mei", said.button("Take it back"))
    signal(a_signal("age"))
    assert status(talk) == "snoozed"


def test_what_was_put_off_by_itself_stays_so_until_its_own_time(two: Talk) -> None:
    two.does("mei", "snooze late-order 5d --yes")
    two.does("mei", "snooze late-order off")
    until = cases.view(two.desk, "C-1").snoozed_until
    assert until is not None
    assert (f"{until:%a %H:%M}", status(two, "C-2")) == ("Thu 09:00", "open")


def test_what_is_put_off_for_longer_stays_so(two: Talk) -> None:
    two.does("mei", "snooze late-order 1d --yes")
    two.wait(hours=25)
    assert (status(two, "C-1"), status(two, "C-2")) == ("snoozed", "open")


def test_off_with_nothing_alike_wakes_what_was_put_off_by_itself(two: Talk) -> None:
    two.does("mei", "snooze late-order off")
    assert status(two) == "open"


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("until 15:00", "Tue 15:00"),
        ("until 8:30", "Wed 08:30"),
        ("tonight", "Tue 18:00"),
        ("next week", "Mon 09:00"),
    ],
)
def test_a_time_of_day_is_the_next_on_the_wall(open_case: Talk, said: str, until: str) -> None:
    open_case.does("mei", f"snooze C-1 {said}")
    at = cases.view(open_case.desk, "C-1").snoozed_until
    assert at is not None
    assert f"{at:%a %H:%M}" == until


def test_a_night_that_has_begun_is_not_to_come(open_case: Talk) -> None:
    open_case.clock.move(hours=10)
    assert "lies ahead" in open_case.refused("mei", "snooze C-1 tonight")
