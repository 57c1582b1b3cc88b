"""Every row of the analysis of the five seed texts is said in a playbook, where it is marked.

`rows.csv` has the ids of the analysis and the words that a row is about. `standing.csv` has who
leads, supports, oversees, is consulted or concerned according to a row.
"""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from council.playbook import Origin, Playbook, Relation, relations, walk
from tests.council.playbook.conftest import SHIPPED

SEEDS = dict(zip("PEGKL", SHIPPED, strict=True))


def table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {row["id"]: tuple(row["words"].split("; ")) for row in table("rows.csv")}
STANDING = table("standing.csv")


@pytest.fixture(scope="module")
def said(playbooks: dict[str, Playbook]) -> dict[tuple[str, str], str]:
    """What the items that are marked with a row say, together; by playbook and row."""
    found: defaultdict[tuple[str, str], str] = defaultdict(str)
    for playbook_id, playbook in playbooks.items():
        for place, item in walk(playbook):
            for ref in item.refs:
                plain = item.model_dump_json(by_alias=True, exclude={"refs"})
                found[playbook_id, ref] += f"{place} {plain}".casefold()
    return found


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_said_in_the_playbook_of_its_seed(
    said: dict[tuple[str, str], str], row: str
) -> None:
    text = said.get((SEEDS[row[0]], row), "")
    assert [each for each in ROWS[row] if each not in text] == []


def test_no_playbook_rests_on_a_row_that_there_is_not_or_of_another_seed(
    said: dict[tuple[str, str], str],
) -> None:
    assert set(said) == {(SEEDS[row[0]], row) for row in ROWS}


def test_the_analysis_has_this_many_rows_of_each_seed() -> None:
    counts = {seed: sum(row[0] == seed for row in ROWS) for seed in SEEDS}
    assert counts == {"P": 28, "E": 21, "G": 20, "K": 18, "L": 13}


@pytest.mark.parametrize(
    "stands", STANDING, ids=lambda it: f"{it['id']} {it['step'] or it['phase']} {it['relation']}"
)
def test_who_stands_where_is_as_the_row_says(
    playbooks: dict[str, Playbook], stands: dict[str, str]
) -> None:
    found = relations(playbooks[stands["playbook"]], stands["phase"], stands["step"] or None)
    assert found[Relation(stands["relation"])] == tuple(stands["roles"].split())


def test_no_added_item_rests_on_the_seed(each_playbook: Playbook) -> None:
    odd = [
        place for place, item in walk(each_playbook) if item.refs and item.origin is Origin.ADDED
    ]
    assert odd == []


def test_what_is_of_the_seed_names_its_rows(each_playbook: Playbook) -> None:
    """But not the items of a list, which rest on what they belong to; the aims have no row."""
    silent = [
        place
        for place, item in walk(each_playbook)
        if item.origin is Origin.SEED
        and not item.refs
        and not {"packet", "checklist"} & set(place)
        and place[0] != "principles"
    ]
    assert silent == []


def test_all_defaults_are_added(each_playbook: Playbook) -> None:
    shared = {"system_roles", "bands", "evidence", "severity", "clocks", "dedupe", "decisions"}
    shared |= {"review", "handoff"}
    found = {item.origin for place, item in walk(each_playbook) if place and place[0] in shared}
    assert found == {Origin.ADDED}
