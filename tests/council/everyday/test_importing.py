"""A table of initiatives: checked as a whole, then in; everything watches until it goes live."""

import pytest

from council import cases, initiatives
from council.errors import Faults
from council.initiatives import Compared, Row
from tests.builders import a_delivery, a_person, a_signal
from tests.talk import Talk

HEADER = "key,name,playbook,phase,tier,models,channel,private,data scientist,ml_engineer"
RETURNS = (
    "returns,Returns forecast,lead-support-learn,operations,2,ret-1;ret-2,returns,,ana,@mei bo"
)


def rows(talk: Talk, *lines: str, header: str = HEADER) -> list[Row]:
    table = "\n".join((header, *lines)) + "\n"
    handles = talk.desk.books.people.handles()
    return initiatives.read_sheet(table, talk.desk.playbooks, handles)


def bring(talk: Talk, *lines: str, header: str = HEADER) -> list[Compared]:
    """Import a table and deliver what follows."""
    found = rows(talk, *lines, header=header)
    compared, _ = initiatives.compare(talk.desk, found)
    for initiative, each in initiatives.import_rows(talk.desk, "shell", found):
        cases.adopt_models(talk.desk, initiative, each.row.models)
    talk.deliver()
    return compared


def faults(talk: Talk, *lines: str, header: str = HEADER) -> list[tuple[str, str]]:
    with pytest.raises(Faults) as caught:
        rows(talk, *lines, header=header)
    return [(each.name, each.why) for each in caught.value.faults]


def test_what_is_imported_only_watches(talk: Talk) -> None:
    bring(talk, RETURNS)
    assert "watching, not live yet" in talk.does("ana", "status returns").text


def test_people_are_in_their_roles(talk: Talk) -> None:
    bring(talk, RETURNS)
    said = talk.does("ana", "who returns").text
    assert ("Ana" in said, "Mei" in said, "Bo" in said) == (True, True, True)


def test_nobody_is_told_of_their_roles(talk: Talk) -> None:
    before = len(talk.heard)
    bring(talk, RETURNS)
    assert talk.heard[before:] == []


def test_a_second_run_changes_nothing(talk: Talk) -> None:
    bring(talk, RETURNS)
    before = talk.desk.books.ledger.head()
    assert [each.status for each in bring(talk, RETURNS)] == ["same"]
    assert talk.desk.books.ledger.head() == before


def test_a_second_run_tells_what_it_changed(talk: Talk) -> None:
    bring(talk, RETURNS)
    changed = RETURNS.replace("forecast", "outlook").replace("ret-2", "ret-3")
    assert bring(talk, changed)[0].changed == ("name", "models")


def test_an_empty_cell_takes_nothing_away(talk: Talk) -> None:
    bring(talk, RETURNS)
    assert bring(talk, "returns,Returns forecast,,,,,,,,")[0].status == "same"


def test_a_phase_is_put_right_while_it_watches(talk: Talk) -> None:
    bring(talk, RETURNS)
    assert bring(talk, RETURNS.replace("operations", "development"))[0].changed == ("phase",)


def test_once_live_only_a_move_changes_the_phase(talk: Talk) -> None:
    bring(talk, RETURNS)
    talk.does("ana", "live returns")
    found = bring(talk, RETURNS.replace("operations", "development"))[0]
    assert (found.status, found.kept_phase) == ("same", True)


def test_every_fault_is_told_at_once_with_its_line(talk: Talk) -> None:
    found = faults(
        talk,
        "Returns!,,no-such,,9,,,,nobody,",
        "late-order,Late,,no-phase,2,,,maybe,,",
    )
    assert found == [
        ("line 2, key", "key"),
        ("line 2, name", "empty"),
        ("line 2, playbook", "unknown"),
        ("line 2, tier", "not_one_of"),
        ("line 2, data scientist", "unknown"),
        ("line 3, phase", "unknown"),
        ("line 3, private", "not_one_of"),
    ]


def test_a_column_that_is_nothing_is_named(talk: Talk) -> None:
    assert faults(talk, header="key,name,wizard") == [("line 1, header", "no_column")]


def test_the_first_columns_are_needed(talk: Talk) -> None:
    assert faults(talk, header="name,tier") == [("line 1, header", "missing_column")]


def test_a_role_of_another_playbook_is_a_fault_of_its_line(talk: Talk) -> None:
    found = faults(talk, "x1,X,three-personas,bo", header="key,name,playbook,analyst")
    assert found == [("line 2, analyst", "no_such_role")]


def test_a_key_or_model_that_stands_twice_is_named(talk: Talk) -> None:
    found = faults(talk, "x1,X,,,,m1,,,,", "x1,Y,,,,m1,,,,")
    assert found == [("line 3, key", "twice_at"), ("line 3, models", "twice_at")]


def test_a_model_of_another_initiative_is_a_fault(talk: Talk) -> None:
    _, found = initiatives.compare(talk.desk, rows(talk, "x1,X,,,,churn,,,,"))
    assert [(each.name, each.allowed) for each in found] == [("line 2, models", ("late-order",))]


def test_another_playbook_for_what_is_there_is_a_fault(talk: Talk) -> None:
    line = "late-order,Late order predictor,three-personas,,,,,,,"
    _, found = initiatives.compare(talk.desk, rows(talk, line, header=HEADER))
    assert [each.why for each in found] == ["other_playbook"]


def test_a_private_row_is_private(talk: Talk) -> None:
    bring(talk, RETURNS.replace("returns,,ana", "returns,yes,ana"))
    assert "Returns" not in talk.say("sam", "list").text


def test_cards_of_what_watches_go_to_the_lead_only(talk: Talk) -> None:
    bring(talk, RETURNS)
    before = len(talk.heard)
    cases.receive(talk.desk, [a_delivery(a_signal(model="ret-1"))])
    talk.deliver()
    assert [each.to for each in talk.heard[before:]] == ["@carla"]


def test_what_waited_for_its_models_goes_to_the_lead_too(talk: Talk) -> None:
    cases.receive(talk.desk, [a_delivery(a_signal(model="ret-1"))])
    talk.deliver()
    before = len(talk.heard)
    bring(talk, RETURNS)
    assert {each.to for each in talk.heard[before:]} == {"@carla"}


def test_nothing_that_watches_has_a_clock(talk: Talk) -> None:
    bring(talk, RETURNS)
    cases.receive(talk.desk, [a_delivery(a_signal(model="ret-1"))])
    assert cases.view(talk.desk, "C-1").acknowledge_by is None


def test_the_card_of_what_watches_has_the_button(talk: Talk) -> None:
    bring(talk, RETURNS)
    cases.receive(talk.desk, [a_delivery(a_signal(model="ret-1"))])
    card = talk.say("carla", "case C-1")
    assert card.button("Go live") == "live returns"


def test_getting_worse_rings_nobody_while_it_watches(talk: Talk) -> None:
    bring(talk, RETURNS)
    talk.does("ana", 'flag returns accuracy watch "flat"')
    talk.does("ana", 'flag returns accuracy act "worse"')
    assert {each.form for each in talk.heard if each.kind.startswith("case")} == {"card"}


def test_going_live_brings_what_holds_to_its_people(talk: Talk) -> None:
    bring(talk, RETURNS)
    cases.receive(talk.desk, [a_delivery(a_signal(model="ret-1"))])
    talk.does("ana", "live returns")
    assert "please take a look by" in talk.last("local:returns", "case_").text


def test_going_live_starts_the_clock(talk: Talk) -> None:
    bring(talk, RETURNS)
    cases.receive(talk.desk, [a_delivery(a_signal(model="ret-1"))])
    talk.does("ana", "live returns")
    assert cases.view(talk.desk, "C-1").acknowledge_by is not None


def test_its_channel_reads_that_it_is_live(talk: Talk) -> None:
    bring(talk, RETURNS)
    talk.does("ana", "live returns")
    assert "is live" in talk.last("local:returns", "initiative_").text


def test_going_live_twice_is_answered_kindly(talk: Talk) -> None:
    bring(talk, RETURNS)
    talk.does("ana", "live returns")
    assert "live already" in talk.refused("mei", "live returns")


def test_going_live_can_be_taken_back(talk: Talk) -> None:
    bring(talk, RETURNS)
    talk.does("ana", "live returns")
    talk.does("ana", "undo")
    assert "watching" in talk.does("ana", "status returns").text


def test_whoever_has_no_part_lets_nothing_live(talk: Talk) -> None:
    bring(talk, RETURNS)
    assert "takes a role here" in talk.refused("sam", "live returns")


def test_no_write_is_longer_than_a_slice(talk: Talk) -> None:
    for number in range(60):
        a_person(talk.desk, f"p{number}")
    several = " ".join(f"p{number}" for number in range(60))
    found = rows(talk, *(f"x{n},X{n},,,,,,,{several}," for n in range(5)))
    compared, _ = initiatives.compare(talk.desk, found)
    parts = list(initiatives.in_slices(compared))
    assert [len(part) for part in parts] == [1] * 5
    assert max(sum(each.row.weight for each in part) for part in parts) <= 200
