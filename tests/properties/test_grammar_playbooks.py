"""Whatever a playbook's command holds, its text reads back to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.nouns.playbooks import Playbook, PreviewSwitch, Switch
from bot.grammar.parsing import NotUnderstood, parse, render
from bot.grammar.verb import Command
from tests.properties.test_grammar import ANY, KEYS, SOME

NAMES = SOME.filter(lambda text: not set(text) & set("=,"))
ROLES = st.lists(
    st.tuples(NAMES, st.lists(NAMES, min_size=1, max_size=3).map(tuple)), max_size=3
).map(tuple)
PARTS = (KEYS, ANY, st.none() | st.integers(1, 9_999), ANY, ROLES)
SHOWN = st.builds(Playbook, KEYS)
ASKED = st.builds(PreviewSwitch, *PARTS).filter(
    lambda form: bool(form.playbook or form.version or form.phase or form.roles)
)
MADE = st.builds(Switch, *PARTS)


@given(SHOWN | ASKED | MADE)
def test_the_text_of_a_command_reads_back_to_it(command: Command) -> None:
    assert parse(render(command)) == command


@given(SHOWN | ASKED.filter(lambda form: form.playbook) | MADE, KEYS)
def test_a_whole_command_means_the_same_in_every_place(command: Command, here: str) -> None:
    assert parse(render(command), here) == command


@given(KEYS, KEYS)
def test_in_its_own_place_an_initiative_need_not_be_named(here: str, playbook: str) -> None:
    found = parse(f"playbook {playbook}", here, frozenset({here}))
    assert found == (Playbook(here) if playbook == here else PreviewSwitch(here, playbook))


@given(KEYS, KEYS)
def test_the_key_of_another_initiative_is_no_playbook(here: str, other: str) -> None:
    assert parse(f"playbook {other}", here, frozenset({here, other})) == Playbook(other)


@given(KEYS, st.sampled_from(["--version x", "--version 0", "--map a", "--map =b", "--map a=b,,"]))
def test_what_cannot_be_read_is_not_understood(key: str, rest: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(f"playbook {key} {rest}")
