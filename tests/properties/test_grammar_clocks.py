"""Whatever a command about clocks holds, its text reads back to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.nouns.clocks import Pause, Resume, Snooze, SnoozeAll
from bot.grammar.parsing import NotUnderstood, parse, render
from bot.grammar.verb import Command
from bot.grammar.words import as_case
from council.signal import SIGNAL_CLASSES
from tests.properties.test_grammar import ANY, CASES, SOME
from tests.properties.test_grammar import KEYS as ANY_KEYS

KEYS = ANY_KEYS.filter(lambda key: not as_case(key))
DAYS = ("tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPANS = st.builds("{}{}".format, st.integers(1, 9_999), st.sampled_from("mhdw"))
WALL = st.times().map(lambda at: f"{at:%H:%M}")
DATES = st.dates().map(lambda day: day.isoformat())
UNTIL = SPANS | st.sampled_from((*DAYS, "off", "tonight")) | DATES | WALL
COMMANDS = st.one_of(
    st.builds(Snooze, CASES, UNTIL, ANY),
    st.builds(Snooze, CASES),
    st.builds(
        SnoozeAll,
        KEYS,
        UNTIL,
        st.sampled_from(("", *SIGNAL_CLASSES)),
        SOME | st.just(""),
        ANY,
        st.booleans(),
    ),
    st.builds(SnoozeAll, KEYS, signal_class=st.sampled_from(("", *SIGNAL_CLASSES))),
    st.builds(
        Pause, KEYS, ANY, UNTIL.filter(lambda until: until != "off") | st.just(""), st.booleans()
    ),
    st.builds(Resume, KEYS),
)


@given(COMMANDS)
def test_what_is_rendered_reads_back_to_the_same_command(command: Command) -> None:
    assert parse(render(command)) == command


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("1h", "1h"),
        ("an hour", "1h"),
        ("for 2 days", "2d"),
        ("2 days", "2d"),
        ("90 minutes", "90m"),
        ("a week", "1w"),
        ("until tomorrow", "tomorrow"),
        ("until next monday", "monday"),
        ("Mon", "monday"),
        ("thurs", "thursday"),
        ("2026-12-01", "2026-12-01"),
        ("off", "off"),
        ("until 15:00", "15:00"),
        ("at 9:30", "09:30"),
        ("until 3pm", "15:00"),
        ("until 12:15 am", "00:15"),
        ("tonight", "tonight"),
        ("half an hour", "30m"),
        ("next week", "monday"),
        ("until next week", "monday"),
    ],
)
def test_a_moment_may_be_said_as_people_say_it(said: str, until: str) -> None:
    assert parse(f"snooze C-31 {said}") == Snooze("C-31", until)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ('snooze C-31 tomorrow "the feed"', Snooze("C-31", "tomorrow", "the feed")),
        ("snooze C-31 tomorrow the feed", Snooze("C-31", "tomorrow", "the feed")),
        ("snooze c31", Snooze("C-31")),
        ("later C-31 1h", Snooze("C-31", "1h")),
        ("snooze late-order 1h", SnoozeAll("late-order", "1h")),
        ("snooze late-order data drift 1h", SnoozeAll("late-order", "1h", "data drift")),
        ("snooze late-order accuracy", SnoozeAll("late-order", "", "accuracy")),
        (
            "snooze late-order data_drift --feature age 2 days --yes",
            SnoozeAll("late-order", "2d", "data_drift", "age", "", yes=True),
        ),
        ("pause late-order", Pause("late-order")),
        (
            'pause late-order "for the budget" until monday',
            Pause("late-order", "for the budget", "monday"),
        ),
        (
            "pause late-order waiting until the budget is there",
            Pause("late-order", "waiting until the budget is there"),
        ),
    ],
)
def test_it_is_read_as_it_is_meant(line: str, command: Command) -> None:
    assert parse(line) == command


@pytest.mark.parametrize("line", ["snooze late-order 1h", "snooze 1h"])
def test_within_an_initiatives_channel_the_key_may_be_left_out(line: str) -> None:
    assert parse(line, "late-order", {"late-order"}) == SnoozeAll("late-order", "1h")


@pytest.mark.parametrize(
    "line",
    [
        "snooze",
        "snooze C-31 blue",
        "snooze C-31 1h --feature age",
        "snooze C-31 2 moons",
        "resume a b",
    ],
)
def test_what_nobody_can_mean_is_refused(line: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(line)


def test_a_moment_that_does_not_fit_is_met_with_those_that_do() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        parse("snooze C-31 blue")
    assert refusal.value.nearest == ("1h", "tomorrow", "monday")
