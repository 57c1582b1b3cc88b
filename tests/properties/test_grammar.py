"""Whatever a command holds, its text reads back to it; whatever is typed, it is read or refused."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.forms import (
    BANDS,
    OUTCOMES,
    Ack,
    Assign,
    Close,
    Flag,
    Help,
    ListInitiatives,
    Mine,
    New,
    NotMe,
    ShowCase,
    Simulate,
    Status,
)
from bot.grammar.nouns.who import Who, WhoIs
from bot.grammar.parsing import VERBS, NotUnderstood, parse, render
from bot.grammar.verb import Command
from council.signal import SIGNAL_CLASSES

HIDDEN = "\u061c\u200b\u200e\u200f\u2060\ufeff\ufff9\ufffa\ufffb" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
ODD = "\"'\\-=#@<>|/ \u00a0\u2014\u2013\u201c\u201d\u201e\u2018\u2019ab\u00e9\u0645"
LETTERS = st.sampled_from(ODD) | st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters=HIDDEN
)
ANY = st.text(LETTERS, max_size=60).map(str.strip)
SOME = ANY.filter(bool)
LIKE_A_CLASS = frozenset({*(name.replace("_", "-") for name in SIGNAL_CLASSES), *BANDS})
KEYS = st.from_regex(r"[a-z0-9][a-z0-9-]{1,39}", fullmatch=True) | st.sampled_from(
    sorted(LIKE_A_CLASS)
)
CASES = st.integers(1, 999_999_999).map("C-{}".format)
HANDLES = (
    st.from_regex(r"\w[\w.+@-]{0,79}", fullmatch=True).filter(lambda name: name.lower() != "me")
    | st.just("me")
    | st.from_regex(r"<@[A-Z0-9]{1,20}>", fullmatch=True)
)
CHANNELS = ANY.filter(lambda channel: not channel.startswith("<#"))
CLASSES = st.sampled_from(SIGNAL_CLASSES)

WITHOUT_KEY = st.one_of(
    st.builds(Help, st.sampled_from(["", *(verb.name for verb in VERBS)])),
    st.builds(
        New,
        name=SOME,
        key=KEYS | st.just(""),
        playbook=ANY,
        phase=ANY,
        tier=st.none() | st.integers(1, 4),
        models=st.lists(SOME, max_size=3).map(tuple),
        channel=CHANNELS,
        question=ANY,
        objective=ANY,
    ),
    st.builds(ListInitiatives, phase=ANY),
    st.just(Mine()),
    st.builds(ShowCase, CASES | st.just("")),
    st.builds(Ack, CASES),
    st.builds(NotMe, CASES, ANY),
    st.builds(Close, CASES, st.sampled_from(["", *OUTCOMES]), ANY),
)
FLAGS = st.builds(Flag, KEYS, SOME, CLASSES | st.just(""), st.sampled_from(["", *BANDS]))
WITH_KEY = st.one_of(
    st.builds(Status, KEYS),
    st.builds(Who, KEYS.filter(lambda key: key != "me"), ANY),
    st.builds(WhoIs, HANDLES),
    st.builds(Assign, KEYS, SOME, HANDLES, remove=st.booleans()),
    st.builds(Simulate, KEYS, CLASSES, st.sampled_from(BANDS)),
)
LINES = st.builds(
    " ".join,
    st.lists(
        st.sampled_from([word for verb in VERBS for word in (*verb.aliases, *verb.example.split())])
        | ANY,
        max_size=8,
    ),
)


@given(WITHOUT_KEY | WITH_KEY | FLAGS)
def test_the_text_of_a_command_reads_back_to_it(command: Command) -> None:
    assert parse(render(command)) == command


@given(WITHOUT_KEY | WITH_KEY, KEYS)
def test_a_whole_command_means_the_same_in_every_place(command: Command, here: str) -> None:
    assert parse(render(command), here) == command


@given(FLAGS.filter(lambda flag: flag.key not in LIKE_A_CLASS), KEYS)
def test_a_whole_flag_means_the_same_in_every_place(flag: Flag, here: str) -> None:
    assert parse(render(flag), here) == flag


@given(FLAGS, st.sampled_from(["/council ", "@Council ", " "]))
def test_the_address_changes_nothing(flag: Flag, address: str) -> None:
    assert parse(address + render(flag)) == flag


@given(LINES | st.text(), st.none() | KEYS, st.none() | st.frozensets(KEYS, max_size=3))
def test_any_text_is_read_or_refused(
    text: str, here: str | None, keys: frozenset[str] | None
) -> None:
    with contextlib.suppress(NotUnderstood):
        command = parse(text, here, keys)
        assert parse(render(command)) == command
