"""One's own settings, as people type them."""

import pytest

from tests.talk import Talk


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("settings quiet 19-8", "19:00 to 08:00"),
        ("settings quiet off", "none"),
        ("settings hours 8:30-16:30", "08:30 to 16:30"),
        ("settings days mon-thu", "Mon, Tue, Wed and Thu"),
        ("settings country de", "DE"),
        ("settings hear digest", "in one summary"),
        ("settings digest off", "not at all"),
        ("settings learning off", "no"),
    ],
)
def test_a_setting_is_noted_and_shown(talk: Talk, line: str, shown: str) -> None:
    talk.does("mei", line)
    assert shown in talk.does("mei", "settings").text


def test_it_changes_only_ones_own(talk: Talk) -> None:
    talk.does("mei", "settings hear digest")
    assert "in one summary" not in talk.does("ana", "settings").text


def test_the_usual_comes_back(talk: Talk) -> None:
    talk.does("mei", "settings quiet 19-8")
    talk.does("mei", "settings quiet usual")
    assert "20:00 to 08:00" in talk.does("mei", "settings").text


def test_a_misspelt_setting_is_answered_with_what_is_near(talk: Talk) -> None:
    assert "quiet" in talk.refused("mei", "settings quite 19-8")


def test_a_value_that_does_not_fit_is_answered_with_what_does(talk: Talk) -> None:
    assert "18:30-9" in talk.refused("mei", "settings quiet sometimes")


def test_each_setting_has_a_form_that_holds_what_is(talk: Talk) -> None:
    card = talk.does("mei", "settings").card
    assert card is not None
    forms = [each.form for each in card.buttons]
    assert [form.fields[0].value for form in forms if form] == [
        "chat",
        "20:00-08:00",
        "09:00-17:00",
        "mon,tue,wed,thu,fri",
        "UTC",
        "none",
        "weekly",
        "on",
    ]
