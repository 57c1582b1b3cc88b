"""Any text is completed or left alone; and suggestions taken one by one make a line that parses."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.completion import MOST, Known, complete
from bot.grammar.parsing import VERBS, NotUnderstood, parse
from bot.grammar.verb import Command
from tests.properties.test_grammar import ANY, KEYS, LINES, SOME

NAMES = st.lists(st.tuples(KEYS, ANY), min_size=1, max_size=4).map(tuple)
HANDLES = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)
PLACES = st.builds(
    Known,
    keys=NAMES,
    cases=st.lists(
        st.tuples(st.integers(1, 999).map("C-{}".format), ANY), min_size=1, max_size=4
    ).map(tuple),
    people=st.lists(st.tuples(HANDLES, ANY), min_size=1, max_size=4).map(tuple),
    roles=st.lists(SOME, min_size=1, max_size=4).map(tuple),
    phases=NAMES,
    playbooks=NAMES,
    here=KEYS | st.just(""),
)


def understood(line: str, known: Known) -> Command | None:
    """Return what a line says in this place, if it is whole."""
    with contextlib.suppress(NotUnderstood):
        return parse(line, known.here, {key for key, _ in known.keys})
    return None


def one_step(data: st.DataObject, line: str, known: Known) -> str:
    """Take a suggestion; where there is none, or a quote is opened, type something."""
    found = complete(line, known)
    if " C-" in line:  # a case has its own class and feature; the line says so if asked
        found = tuple(each for each in found if each.label not in {"--about", "--feature"})
    if not found:
        return f"{line.rstrip()} a1 "
    text = data.draw(st.sampled_from(found)).text
    return f'{text}some words" ' if text.endswith('"') and not text.endswith('" ') else text


@given(LINES | st.text(), PLACES)
def test_any_text_is_completed_or_left_alone(text: str, known: Known) -> None:
    found = complete(text, known)
    assert len(found) <= MOST
    assert found == complete(text, known)


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS])
@given(data=st.data(), known=PLACES)
def test_suggestions_taken_one_by_one_make_a_line_that_parses(
    verb: str, data: st.DataObject, known: Known
) -> None:
    line = data.draw(st.sampled_from(["", "/council "])) + verb
    if verb != "mine":
        line += " "
    longest = data.draw(st.integers(0, 8))
    for _ in range(20):
        if understood(line, known) and (longest <= 0 or not complete(line, known)):
            return
        line = one_step(data, line, known)
        longest -= 1
    raise AssertionError(line)
