"""Opening an initiative, as people type it."""

from tests.talk import Talk


def test_a_phase_is_meant_by_the_number_that_is_shown(talk: Talk) -> None:
    talk.does("mei", 'new "Returns" --key returns --phase 2')
    assert "phase 2 of 3" in talk.does("mei", "status returns").text


def test_a_phase_that_nothing_is_near_to_is_refused_with_all_of_them(talk: Talk) -> None:
    said = talk.refused("mei", 'new "Returns" --phase 9')
    assert "Did you mean data_features, development, operations or retired?" in said


def test_the_same_name_again_is_opened_with_a_word_of_the_first(talk: Talk) -> None:
    talk.does("mei", 'new "Returns"')
    said = talk.does("mei", 'new "Returns"').text
    assert "returns is called Returns too; if you meant that, /council undo" in said


def test_what_is_archived_is_counted_below_the_list(talk: Talk) -> None:
    talk.does("mei", "archive late-order --yes")
    said = talk.does("ana", "list").text
    assert "No initiatives that are not archived" in said
    assert "1 archived: /council list --all" in said
