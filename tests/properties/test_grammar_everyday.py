"""Whatever is kept in order by a command, its text reads back to it, in every place."""

from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.nouns.everyday import (
    SETTINGS,
    Archive,
    Edit,
    Live,
    RemindOfRole,
    Setting,
    Setup,
    ShowSettings,
    Undo,
)
from bot.grammar.nouns.links import AddLink, RemoveLink, ShowLinks
from bot.grammar.parsing import parse, render
from bot.grammar.verb import Command
from council.people.preferences import ALLOWED
from tests.properties.test_grammar import ANY, CASES, CHANNELS, HANDLES, KEYS, SOME

SUBJECTS = KEYS.filter(lambda key: not key.startswith("c-")) | CASES
ADDRESSES = st.from_regex(
    r"https?://[a-z]{1,10}\.[a-z]{2,3}/[A-Za-z0-9?=&#%_/.-]{0,30}", fullmatch=True
)

COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        Edit,
        key=KEYS,
        name=ANY,
        tier=st.none() | st.integers(1, 4),
        models=st.lists(SOME, max_size=3).map(tuple),
        without=st.lists(SOME, max_size=2).map(tuple),
        channel=CHANNELS,
        seen=st.sampled_from(["", "private", "public"]),
        question=ANY,
        objective=ANY,
        decision_lead=HANDLES | st.just(""),
    ),
    st.builds(Archive, KEYS, ANY, st.booleans(), st.booleans()),
    st.builds(Live, KEYS),
    st.just(Undo()),
    st.builds(RemindOfRole, KEYS, SOME),
    st.builds(ShowLinks, SUBJECTS),
    st.builds(AddLink, SUBJECTS, ADDRESSES | SOME, ANY),
    st.builds(RemoveLink, SUBJECTS, SOME),
    st.builds(ShowSettings, st.sampled_from(["", *SETTINGS])),
    st.builds(Setting, st.sampled_from(SETTINGS), SOME),
    st.builds(Setup, ANY),
)


@given(COMMANDS)
def test_the_text_of_a_command_reads_back_to_it(command: Command) -> None:
    assert parse(render(command)) == command


@given(COMMANDS, KEYS)
def test_a_whole_command_means_the_same_in_every_place(command: Command, here: str) -> None:
    assert parse(render(command), here) == command


def test_what_can_be_set_is_what_the_council_knows() -> None:
    assert set(SETTINGS) == set(ALLOWED)
