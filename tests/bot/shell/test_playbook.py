from pathlib import Path

import jsonschema
import pytest

from council.playbook import DEFAULT_PLAYBOOK
from tests.bot.shell.conftest import Shell, read

SHIPPED_IDS = (
    "lead-support-learn",
    "who-does-this-concern",
    "production-handoff",
    "three-personas",
    "six-specialists",
)
SHIPPED = Path(__file__).parents[3] / "council" / "playbooks" / f"{DEFAULT_PLAYBOOK}.yaml"


def test_the_list_begins_with_the_default_playbook(shell: Shell) -> None:
    first = read(shell("playbook", "list", "--json"))[0]
    assert (first["id"], first["version"]) == (DEFAULT_PLAYBOOK, 1)


def test_the_list_holds_ids_of_roles_and_phases(shell: Shell) -> None:
    first = read(shell("playbook", "list", "--json"))[0]
    assert "ml_engineer" in first["roles"]
    assert "operations" in first["phases"]


def test_a_playbook_is_shown_with_what_its_phases_ask(shell: Shell) -> None:
    shown = shell("playbook", "show", DEFAULT_PLAYBOOK).stdout
    assert "Model operations" in shown
    assert "oversee" in shown


@pytest.mark.parametrize("playbook_id", SHIPPED_IDS)
def test_each_shipped_playbook_is_listed(shell: Shell, playbook_id: str) -> None:
    listed = {each["id"]: each for each in read(shell("playbook", "list", "--json"))}
    assert set(listed[playbook_id]) == {"id", "version", "roles", "phases"}


def test_the_list_for_people_leaves_out_the_end(shell: Shell) -> None:
    lines = shell("playbook", "list").stdout.splitlines()
    (line,) = [line for line in lines if line.startswith("who-does-this-concern")]
    assert line.split()[-2:] == ["7", "6"]


@pytest.mark.parametrize(
    ("playbook_id", "line"),
    [
        ("lead-support-learn", "1. Data and feature engineering (data_features, also called"),
        ("lead-support-learn", "Data engineer   ML principles: how models consume data"),
        ("lead-support-learn", "Data scientist → Business owner → executives"),
        ("who-does-this-concern", "Leads are added: the first concerned role"),
        ("who-does-this-concern", "- Data engineer: the text lists no duty"),
        ("production-handoff", "Rights in the model catalogue"),
        ("production-handoff", "Review each version: features, labels, assumptions,"),
        ("three-personas", "w1   data_science → data_science"),
        ("six-specialists", "one person wears many hats."),
        ("six-specialists", "consumers moved and told (added)"),
    ],
)
def test_a_playbook_is_shown_with_what_is_its_own(
    shell: Shell, playbook_id: str, line: str
) -> None:
    assert line in shell("playbook", "show", playbook_id).stdout


@pytest.mark.parametrize("playbook_id", SHIPPED_IDS)
def test_each_shipped_playbook_can_be_simulated(shell: Shell, playbook_id: str) -> None:
    lines = shell("playbook", "simulate", playbook_id, "--band", "watch").stdout.splitlines()
    assert len(lines) == 1 + 8


def test_a_playbook_is_shown_whole_in_json(shell: Shell) -> None:
    assert read(shell("playbook", "show", DEFAULT_PLAYBOOK, "--json"))["id"] == DEFAULT_PLAYBOOK


def test_an_unknown_playbook_is_refused_with_near_ids(shell: Shell) -> None:
    result = shell("playbook", "show", "lead-suport-learn")
    assert (result.exit_code, f"mean {DEFAULT_PLAYBOOK}?" in result.stderr) == (1, True)


def test_a_good_file_validates(shell: Shell) -> None:
    assert shell("playbook", "validate", str(SHIPPED)).exit_code == 0


def test_each_problem_of_a_file_is_one_line(shell: Shell, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    text = SHIPPED.read_text(encoding="utf-8").replace("version: 1", "version: one\nextra: 2", 1)
    wrong.write_text(text, encoding="utf-8")
    result = shell("playbook", "validate", str(wrong))
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert len(lines) == 2
    assert all(line.startswith("wrong.yaml, line ") for line in lines)


def test_every_file_is_validated_though_one_is_wrong(shell: Shell, tmp_path: Path) -> None:
    result = shell("playbook", "validate", str(tmp_path / "none.yaml"), str(SHIPPED))
    assert (result.exit_code, f"{SHIPPED.name}: good" in result.stdout) == (1, True)


def test_the_schema_is_a_json_schema(shell: Shell) -> None:
    jsonschema.Draft202012Validator.check_schema(read(shell("playbook", "schema")))


@pytest.mark.parametrize("tier", ["1", "4"])
def test_a_simulation_names_who_is_called(shell: Shell, tier: str) -> None:
    result = shell("playbook", "simulate", DEFAULT_PLAYBOOK, "--tier", tier, "--band", "act")
    accuracy = next(line for line in result.stdout.splitlines() if line.startswith("Accuracy"))
    assert "ML engineer" in accuracy


def test_a_tier_that_is_none_is_a_usage_error(shell: Shell) -> None:
    assert shell("playbook", "simulate", DEFAULT_PLAYBOOK, "--tier", "9").exit_code == 2
