"""Whatever is said of a handoff, its text reads back to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.nouns.answers import Accept, Decline
from bot.grammar.nouns.handoffs import (
    AgainHandoff,
    FillHandoff,
    Handoff,
    KeepHandoff,
    OfferHandoff,
    OpenHandoff,
    ShowHandoff,
    WithdrawHandoff,
)
from bot.grammar.parsing import NotUnderstood, parse, render
from bot.grammar.verb import Command
from bot.grammar.words import as_ref
from tests.properties.test_grammar import ANY, KEYS, SOME

PLACES = KEYS.filter(lambda key: not as_ref(key))  # h1 is the handoff
REFS = st.integers(1, 999_999_999).map("H-{}".format)
ITEMS = st.lists(st.tuples(SOME, SOME), min_size=1, max_size=5).map(tuple)
LINKED = st.tuples(st.tuples(SOME, ANY)).map(tuple)
FORMS = st.one_of(
    st.builds(Handoff, PLACES, ANY, ANY),
    st.builds(ShowHandoff, REFS),
    st.builds(FillHandoff, REFS, ITEMS, st.just(""), ANY),
    st.builds(FillHandoff, REFS, LINKED, SOME, ANY),
    st.builds(FillHandoff, REFS, st.just(()), st.just(""), SOME),
    st.builds(KeepHandoff, REFS),
    st.builds(AgainHandoff, REFS),
    st.builds(OfferHandoff, REFS, st.booleans(), ANY),
    st.builds(WithdrawHandoff, REFS),
    st.builds(OpenHandoff, PLACES, st.sampled_from(["keep", "again", "withdraw"])),
    st.builds(OpenHandoff, PLACES, st.just("offer"), st.booleans(), ANY),
    st.builds(Handoff, PLACES, st.sampled_from(["offer", "Keep", "again", "withdraw"])),
    st.builds(Accept, REFS, st.lists(SOME, max_size=3).map(tuple)),
    st.builds(Decline, REFS, ANY, ANY),
)


@given(FORMS)
def test_the_text_of_a_command_reads_back_to_it(command: Command) -> None:
    assert parse(render(command)) == command


@given(FORMS, KEYS)
def test_a_whole_command_means_the_same_in_every_place(command: Command, here: str) -> None:
    assert parse(render(command), here) == command


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("handoff late-order", Handoff("late-order")),
        ("handoff late-order trained model", Handoff("late-order", "trained model")),
        ("handoff late-order h_model --version 7", Handoff("late-order", "h_model", "7")),
        ("handover #h12", ShowHandoff("H-12")),
        (
            'handoff H-12 change history "in the wiki"',
            FillHandoff("H-12", (("change history", "in the wiki"),)),
        ),
        (
            'handoff H-12 3 "monthly" 5 "v7 stays warm"',
            FillHandoff("H-12", (("3", "monthly"), ("5", "v7 stays warm"))),
        ),
        (
            "handoff H-12 rollback v6 stays warm",
            FillHandoff("H-12", (("rollback", "v6 stays warm"),)),
        ),
        (
            "handoff H-12 change history --link https://wiki.example.org",
            FillHandoff("H-12", (("change history", ""),), "https://wiki.example.org"),
        ),
        ("handoff H-12 --version 7", FillHandoff("H-12", version="7")),
        ("handoff H-12 OFFER --anyway", OfferHandoff("H-12", anyway=True)),
        ("handoff late-order OFFER --anyway", OpenHandoff("late-order", "offer", anyway=True)),
        ('handoff late-order "offer"', Handoff("late-order", "offer")),
        ("withdraw #h12", WithdrawHandoff("H-12")),
        ("withdraw late-order", OpenHandoff("late-order", "withdraw")),
        ("handoff H-12 accept", Accept("H-12")),
        (
            "handoff H-12 return missing item --next friday",
            Decline("H-12", "missing item", "friday"),
        ),
        (
            'return H-12 not_reproducible "the seed is missing"',
            Decline("H-12", 'not_reproducible "the seed is missing"'),
        ),
        ('accept H-12 --condition "p95 proven" @mei', Accept("H-12", ("p95 proven @mei",))),
        ('accept H-12 --condition "a" --condition "b" <@U1>', Accept("H-12", ("a", "b <@U1>"))),
    ],
)
def test_what_people_type_about_a_handoff_is_read(text: str, form: Command) -> None:
    assert parse(text) == form


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("handoff H-12 rollback", "value"),
        ("handoff H-12 --link https://wiki.example.org", "item"),
        ("handoff H-12 offer now", ""),
        ("handoff H-12 keep --anyway", "--anyway"),
        ("handoff late-order keep --anyway", "--anyway"),
        ("handoff H-12 2 b 3 c", "value"),
        ("withdraw D-9", "handoff"),
        ("withdraw H-12 now", ""),
        ("decline H-12 other --next", "--next"),
    ],
)
def test_what_is_left_out_is_named(text: str, argument: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        parse(text)
    assert refusal.value.argument == argument


@pytest.mark.parametrize("deed", ["offer", "keep", "again", "withdraw"])
def test_a_deed_alone_is_no_key_unless_an_initiative_is_called_so(deed: str) -> None:
    assert parse(f"handoff {deed}") == OpenHandoff("", deed)
    assert parse(f"handoff {deed}", None, {deed}) == Handoff(deed)
    assert parse(render(Handoff(deed))) == Handoff(deed)
