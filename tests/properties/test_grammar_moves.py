"""Whatever a move holds, its text reads back to it; directions need no key."""

from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.nouns.moves import DIRECTIONS, Move
from bot.grammar.parsing import parse, render
from tests.properties.test_grammar import ANY, KEYS, SOME

WAYS = SOME | st.sampled_from(sorted(DIRECTIONS)) | st.just("")
NAMED = KEYS.filter(lambda key: key not in DIRECTIONS)
MOVES = st.builds(Move, NAMED, WAYS, ANY, ANY)


@given(MOVES)
def test_the_text_of_a_move_reads_back_to_it(command: Move) -> None:
    assert parse(render(command)) == command


@given(MOVES, NAMED)
def test_a_whole_move_means_the_same_in_every_place(command: Move, here: str) -> None:
    assert parse(render(command), here) == command


@given(st.sampled_from(sorted(DIRECTIONS)), NAMED)
def test_in_its_channel_a_direction_alone_moves_the_initiative(way: str, here: str) -> None:
    assert parse(f"move {way}", here, frozenset({here})) == Move(here, way)


@given(NAMED)
def test_back_is_a_move_back(key: str) -> None:
    assert parse(f"back {key}") == Move(key, "back")
