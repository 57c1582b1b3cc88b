"""Completion: what is suggested where, and in which order."""

import pytest

from bot.grammar.completion import MOST, Known, Suggestion, complete
from bot.grammar.parsing import LONGEST, VERBS

KNOWN = Known(
    keys=(("churn", "Churn early warning"), ("late-order", "Late order prediction")),
    cases=(("C-31", "Data drift: churn"), ("C-4", "Accuracy: late-order")),
    people=(("ana", "Ana Silva"), ("mei", "Mei Chen"), ("mei.lin", "Lin Mei")),
    roles=("Business owner", "Data scientist", "Data engineer", "Sponsor"),
    phases=(("data_features", "Data and feature engineering"), ("operations", "Operations")),
    playbooks=(("lead-support-learn", "Lead, support, learn"),),
)
HERE = Known(KNOWN.keys, KNOWN.cases, KNOWN.people, KNOWN.roles, here="churn")


def texts(typed: str, known: Known = KNOWN) -> list[str]:
    return [each.text for each in complete(typed, known)]


def labels(typed: str, known: Known = KNOWN) -> list[str]:
    return [each.label for each in complete(typed, known)]


@pytest.mark.parametrize("typed", ["", "/", "/co", "/council", "/council "])
def test_at_first_come_the_verbs_that_people_remember(typed: str) -> None:
    remembered = [verb.name for verb in VERBS if verb.first]
    assert labels(typed)[: len(remembered)] == remembered


def test_the_address_is_filled_in() -> None:
    assert texts("/")[0] == "/council mine"


def test_a_verb_after_a_slash_gets_its_address() -> None:
    assert texts("/assi") == ["/council assign "]


def test_the_address_stays_as_it_was_typed() -> None:
    assert texts("@Council assi") == ["@Council assign "]


def test_without_an_address_there_is_none() -> None:
    assert texts("assi") == ["assign "]


def test_a_verb_says_what_it_does() -> None:
    assert complete("assi", KNOWN) == (
        Suggestion("assign ", "assign", "Give a role to somebody, or take it back"),
    )


def test_an_alias_is_shown_as_its_verb() -> None:
    assert labels("conc") == ["flag"]


def test_a_misspelt_verb_is_still_found() -> None:
    assert labels("asign")[0] == "assign"


def test_a_word_like_no_verb_is_not_completed() -> None:
    assert texts("xyzzy") == []


def test_a_whole_line_is_not_completed() -> None:
    assert texts("mine") == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("status ", ["status churn", "status late-order"]),
        ("status la", ["status late-order"]),
        ("status warn", ["status churn"]),
        ("ack ", ["ack C-31", "ack C-4"]),
        ("ack 3", ["ack C-31"]),
        ("ack c4", ["ack C-4"]),
        ("close accu", ["close C-4 "]),
        ("close C-4 fi", ["close C-4 fixed "]),
        ("assign churn spo", ["assign churn Sponsor "]),
        ("assign churn data s", ['assign churn "Data scientist" ']),
        ('assign churn "data s', ['assign churn "Data scientist" ']),
        (
            "assign churn sponsor @m",
            ["assign churn sponsor @mei ", "assign churn sponsor @mei.lin "],
        ),
        ("assign churn sponsor chen", ["assign churn sponsor @mei "]),
        ("assign churn data scientist a", ["assign churn data scientist @ana "]),
        ("assign churn sponsor @mei ", ["assign churn sponsor @mei --remove "]),
        ("flag churn acc", ["flag churn accuracy "]),
        ("flag churn data d", ["flag churn data_drift "]),
        ("flag churn accuracy a", ["flag churn accuracy act "]),
        ("flag churn accuracy act ", ['flag churn accuracy act "']),
        (
            "simulate churn accuracy ",
            ["simulate churn accuracy watch", "simulate churn accuracy act"],
        ),
        ("list ", ["list --phase ", "list --all "]),
        ("list --phase op", ["list --phase operations "]),
        ("list --phase=op", ["list --phase=operations "]),
        ("new ", ['new "']),
        ('new "A b" --ti', ['new "A b" --tier ']),
        ('new "A b" --tier ', [f'new "A b" --tier {n} ' for n in "1234"]),
        ("help ass", ["help assign"]),
    ],
)
def test_what_comes_next_is_suggested(typed: str, expected: list[str]) -> None:
    assert texts(typed) == expected


def test_a_class_is_offered_beside_a_band_and_the_text() -> None:
    found = labels("flag churn ")
    assert (found[0], found[-3:], len(found)) == (
        "service",
        ["watch", "act", '"what you saw"'],
        11,
    )


@pytest.mark.parametrize("typed", ["flag churn recall fe", 'flag churn "data dr', "decline C-4 aw"])
def test_free_text_is_left_alone(typed: str) -> None:
    assert texts(typed) == []


def test_an_option_is_offered_once() -> None:
    assert "--tier" not in labels('new "A b" --tier 2 ')


def test_an_option_that_may_be_repeated_is_offered_again() -> None:
    assert "--model" in labels('new "A b" --model x ')


def test_noise_is_not_asked_for_its_outcome() -> None:
    assert labels("noise C-4 ") == ['"reason"']


def test_a_misspelt_key_is_still_found() -> None:
    assert labels("status chrn") == ["churn"]


def test_in_an_initiatives_channel_the_key_may_be_left_out() -> None:
    assert texts("assign spo", HERE) == ["assign Sponsor "]


def test_in_an_initiatives_channel_its_own_key_is_the_first() -> None:
    known = Known(KNOWN.keys, roles=KNOWN.roles, here="late-order")
    assert labels("assign ", known)[4:] == ["late-order", "churn"]


def test_a_key_of_another_initiative_may_be_typed_there() -> None:
    assert texts("assign late-order spo", HERE) == ["assign late-order Sponsor "]


def test_at_most_a_dozen_are_shown() -> None:
    many = Known(keys=tuple((f"key-{n}", "") for n in range(200)))
    assert len(complete("status ", many)) == MOST


def test_a_line_that_is_too_long_is_not_completed() -> None:
    assert texts("status " + "x" * LONGEST) == []
