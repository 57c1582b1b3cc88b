"""Lines that are nearly right are answered with what is meant."""

import pytest

from tests.talk import Talk


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("edit late-order tier 3", "--tier"),
        ('edit late-order name "Late"', "--name"),
        ("edit late-order --link https://example.com", "link late-order"),
        ("edit late-order --playbook six-specialists", "playbook late-order"),
        ("edit late-order --phase operations", "move late-order"),
    ],
)
def test_an_edit_that_is_nearly_one_names_what_is_meant(talk: Talk, line: str, meant: str) -> None:
    said = talk.refused("mei", line)
    assert f"Did you mean {meant}?" in said


def test_a_huddle_on_what_is_archived_is_told_how_to_take_it_out(talk: Talk) -> None:
    talk.does("mei", 'flag late-order accuracy watch "a little flat"')
    talk.does("mei", "archive late-order --yes")
    said = talk.refused("mei", "huddle C-1")
    assert "is archived. Take it out again first" in said


@pytest.mark.parametrize(
    ("line", "example"),
    [("settings country BAVARIA", "For example: DE"), ("settings quiet x", "For example: ")],
)
def test_a_setting_that_does_not_fit_is_answered_with_examples(
    talk: Talk, line: str, example: str
) -> None:
    assert example in talk.refused("mei", line)


def test_the_way_back_is_that_of_the_setting_which_was_set(talk: Talk) -> None:
    talk.does("mei", "settings country DE")
    assert "settings digest usual" in talk.does("mei", "settings digest off").text
