"""Whatever is said of huddles and decisions, its text reads back to it, in every place."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.nouns.decisions import (
    DECISIONS,
    OUTCOMES,
    STATED,
    Decide,
    Options,
    Outcome,
    ShowDecision,
)
from bot.grammar.nouns.huddles import CallOff, Convene, Meet, ShowHuddle
from bot.grammar.parsing import NotUnderstood, parse, render
from bot.grammar.verb import Command
from bot.grammar.words import as_case, as_ref
from tests.properties.test_grammar import ANY, CASES, KEYS, SOME

# What looks like a huddle or a case is one, whatever initiative is called so.
NAMES = KEYS.filter(lambda key: not as_case(key) and not as_ref(key))
HUDDLES = st.integers(1, 999_999_999).map("R-{}".format)
MADE = st.integers(1, 999_999_999).map("D-{}".format)
PERSON = st.from_regex(r"[a-z][a-z0-9.-]{0,20}", fullmatch=True).filter(lambda who: who != "me")
VALUES = {
    name: PERSON if name in {"owner", "approval_sponsor"} else SOME for name in STATED.values()
}


@st.composite
def stated(draw: st.DrawFn) -> tuple[tuple[str, str], ...]:
    """Draw what a choice states, in the order of the options."""
    names = draw(st.sets(st.sampled_from(list(VALUES))))
    return tuple((name, draw(VALUES[name])) for name in VALUES if name in names)


COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(Convene, case=CASES, about=ANY, meet=ANY),
    st.builds(Convene, key=NAMES, about=ANY, meet=ANY),
    st.builds(ShowHuddle, HUDDLES),
    st.builds(Meet, HUDDLES, SOME),
    st.builds(CallOff, HUDDLES, ANY),
    st.builds(Options, ref=HUDDLES | CASES),
    st.builds(Options, key=NAMES),
    st.builds(
        Decide,
        ref=HUDDLES | CASES,
        option=st.sampled_from(DECISIONS),
        reason=ANY,
        stated=stated(),
        refused=st.lists(SOME, max_size=2).map(tuple),
    ),
    st.builds(ShowDecision, MADE, st.booleans()),
    st.builds(Outcome, MADE, st.sampled_from(OUTCOMES), ANY),
)
WORDS = st.sampled_from(
    (
        *("huddle", "decide", "outcome", "effect", "R-7", "D-9", "C-31", "cancel", "late-order"),
        *("retrain", "re-engineer", "features", "roll", "back", "--check", "in", "3", "weeks"),
        *("--owner", "@ana", '"why"', "worked", "did", "not", "work", "--meet"),
    )
)


@given(COMMANDS)
def test_the_text_of_a_command_reads_back_to_it(command: Command) -> None:
    assert parse(render(command)) == command


@given(COMMANDS, KEYS)
def test_a_whole_command_means_the_same_in_every_place(command: Command, here: str) -> None:
    assert parse(render(command), here) == command


@given(st.lists(WORDS | ANY, max_size=8).map(" ".join), st.sampled_from(["", "late-order"]))
def test_any_words_are_read_or_refused(line: str, here: str) -> None:
    with contextlib.suppress(NotUnderstood):
        command = parse(f"decide {line}", here)
        assert parse(render(command)) == command
