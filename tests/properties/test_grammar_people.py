"""What is said about absences reads back; any words are read or refused; days are days."""

import contextlib
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.dates import as_day, as_last_day, near_days, take_day
from bot.grammar.forms import Assign, NotMe
from bot.grammar.nouns.people import Away, Back, ChangeAway, NameDeputy, ShowAway
from bot.grammar.parsing import NotUnderstood, parse, render
from bot.grammar.verb import Command
from tests.properties.test_grammar import ANY, CASES, HANDLES, KEYS, SOME

DAYS = st.one_of(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat),
    st.sampled_from(
        [
            "today",
            "tomorrow",
            "monday",
            "sun",
            "next friday",
            "in a week",
            "12 dec",
            "next week",
            "24.12.",
        ]
    ),
    st.integers(0, 999).map("in {} days".format),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(
        lambda day: f"{day.day} {day:%b %Y}".lower()
    ),
)
REFS = st.integers(1, 999_999_999).map("A-{}".format)
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.just(ShowAway()),
    st.builds(
        Away,
        DAYS,
        DAYS | st.sampled_from(["", "open"]),
        HANDLES | st.just(""),
        HANDLES | st.just(""),
        ANY,
    ),
    st.builds(ChangeAway, REFS, DAYS, DAYS | st.sampled_from(["", "open"])),
    st.builds(NameDeputy, REFS, HANDLES | st.just("")),
    st.builds(Back, HANDLES | st.just("")),
    st.builds(Back, st.just(""), REFS),
    st.builds(NotMe, CASES, ANY, HANDLES | st.just("")),
    st.builds(
        Assign,
        KEYS,
        SOME,
        st.from_regex(r"<!subteam\^S[A-Z0-9]{1,12}>", fullmatch=True)
        | st.from_regex(r"https://[a-z.]{1,20}/[a-z0-9/._~-]{0,40}\.ics", fullmatch=True),
        remove=st.booleans(),
    ),
)
LINE = "back from to until A-1 @mei --deputy @tom --note monday in 3 days 2026-12-01 nie"
WORDS = st.sampled_from(LINE.split())


@given(COMMANDS)
def test_the_text_of_a_command_reads_back_to_it(command: Command) -> None:
    assert parse(render(command)) == command


@given(COMMANDS, KEYS)
def test_a_command_means_the_same_in_every_place(command: Command, here: str) -> None:
    assert parse(render(command), here) == command


@given(st.lists(WORDS | ANY, max_size=7).map(lambda words: " ".join(["away", *words])))
def test_any_words_are_read_or_refused(line: str) -> None:
    with contextlib.suppress(NotUnderstood):
        command = parse(line)
        assert parse(render(command)) == command


@given(DAYS, st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_day_that_can_be_taken_is_a_day_on_every_day(text: str, today: date) -> None:
    assert take_day(text.split()) == (text, len(text.split()))
    assert as_day(text, today) is not None


@given(st.sampled_from(["mon", "tuesday", "next wed", "sunday"]), st.dates())
def test_a_weekday_is_one_of_the_seven_days_to_come(text: str, today: date) -> None:
    with contextlib.suppress(OverflowError):
        found = as_day(text, today)
        assert found is not None
        assert timedelta(days=1) <= found - today <= timedelta(days=7)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_as_the_last_day_lies_in_the_stretch(first: date, weekday: int) -> None:
    name = (first + timedelta(days=weekday)).strftime("%A").lower()
    assert as_last_day(name, first, first) == first + timedelta(days=weekday)


@given(st.text())
def test_any_text_is_a_day_or_none_and_days_are_offered(text: str) -> None:
    as_day(text, date(2026, 11, 24))
    assert near_days(text)
