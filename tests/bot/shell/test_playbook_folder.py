"""COUNCIL_PLAYBOOKS: a council's own playbooks, at every door of the shell and at the start."""

from pathlib import Path

import pytest

from tests.bot.shell.conftest import Shell, read
from tests.bot.shell.test_playbook import SHIPPED


@pytest.fixture
def folder(tmp_path: Path, environment: pytest.MonkeyPatch) -> Path:
    """A folder with the default playbook under a name of its own."""
    found = tmp_path / "ours"
    found.mkdir()
    write(found / "ours.yaml")
    environment.setenv("COUNCIL_PLAYBOOKS", str(found))
    environment.setenv("COUNCIL_LEADS", "carla@example.org")
    return found


def write(path: Path, version: int = 1, title: str = "Ours") -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("id: lead-support-learn", "id: ours", 1)
    text = text.replace("version: 1", f"version: {version}", 1)
    lines = [f"title: {title}" if each.startswith("title:") else each for each in text.splitlines()]
    path.write_text("\n".join(lines), encoding="utf-8")


def open_one(shell: Shell) -> None:
    shell("people", "import", "-", given="handle,name,email\ncarla,Carla,carla@example.org\n")
    done = shell("say", "--as", "carla", 'new "Late orders" --key late-order --playbook ours')
    assert done.exit_code == 0, done.output


def test_the_folders_playbooks_are_listed(shell: Shell, folder: Path) -> None:
    write(folder / "two.yaml", 2)
    listed = [(one["id"], one["version"]) for one in read(shell("playbook", "list", "--json"))]
    assert ("ours", 1) in listed
    assert ("ours", 2) in listed


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("verb", ["show", "simulate"])
def test_the_folders_playbooks_can_be_asked_for(shell: Shell, verb: str) -> None:
    assert shell("playbook", verb, "ours").exit_code == 0


def test_a_folder_is_validated_as_a_whole(shell: Shell, folder: Path) -> None:
    write(folder / "again.yaml")
    result = shell("playbook", "validate", str(folder))
    assert result.exit_code == 1
    assert "ours version 1 is in again.yaml already" in result.stdout


def test_a_good_folder_says_what_is_in_it(shell: Shell, folder: Path) -> None:
    assert "ours version 1, 5 roles, 3 phases" in shell("playbook", "validate", str(folder)).stdout


@pytest.mark.usefixtures("folder")
def test_initiatives_follow_the_folders_playbooks(shell: Shell) -> None:
    open_one(shell)
    assert "Ours, version 1" in shell("say", "--as", "carla", "playbook late-order").stdout


def test_a_file_that_is_wrong_stops_the_start_with_its_line(shell: Shell, folder: Path) -> None:
    path = folder / "ours.yaml"
    path.write_text(path.read_text().replace("version: 1", "version: one", 1), encoding="utf-8")
    result = shell("serve")
    assert result.exit_code != 0
    assert "ours.yaml, line " in result.stderr


def test_a_folder_that_is_not_there_stops_the_start_by_its_name(
    shell: Shell, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("COUNCIL_PLAYBOOKS", "/nowhere/at/all")
    result = shell("serve")
    assert result.exit_code == 2
    assert "COUNCIL_PLAYBOOKS: must be a folder" in result.stderr


def test_a_version_that_is_followed_and_gone_stops_the_start(shell: Shell, folder: Path) -> None:
    open_one(shell)
    (folder / "ours.yaml").unlink()
    result = shell("serve")
    assert result.exit_code == 3
    assert "Playbook ours version 1 is missing, and late-order follows it" in result.stderr
    assert "COUNCIL_PLAYBOOKS" in result.stderr


def test_a_version_that_is_followed_and_says_something_else_stops_the_start(
    shell: Shell, folder: Path
) -> None:
    open_one(shell)
    write(folder / "ours.yaml", title="Ours, after all")
    result = shell("serve")
    assert result.exit_code == 3
    assert "give the new one a new version" in result.stderr


def test_a_version_that_nobody_follows_any_more_may_go(shell: Shell, folder: Path) -> None:
    open_one(shell)
    write(folder / "two.yaml", 2)
    done = shell("say", "--as", "carla", "playbook late-order ours --version 2 --yes")
    assert done.exit_code == 0, done.output
    (folder / "ours.yaml").unlink()
    assert shell("say", "--as", "carla", "status late-order").exit_code == 0
    assert read(shell("ledger", "verify", "--json"))["differences"] == []


@pytest.mark.parametrize("line", ["move late-order forward", "mine", "list"])
def test_under_a_text_that_was_altered_nobody_acts_from_the_shell_either(
    shell: Shell, folder: Path, line: str
) -> None:
    open_one(shell)
    write(folder / "ours.yaml", title="Ours, after all")
    result = shell("say", "--as", "carla", line)
    assert result.exit_code == 3
    assert "give the new one a new version" in result.stderr


def test_of_a_text_that_is_gone_the_shell_says_what_to_put_back(shell: Shell, folder: Path) -> None:
    open_one(shell)
    (folder / "ours.yaml").unlink()
    result = shell("say", "--as", "carla", "mine")
    assert result.exit_code == 3
    assert "Put its file back" in result.stderr


def test_the_history_is_verified_without_the_playbooks(shell: Shell, folder: Path) -> None:
    open_one(shell)
    (folder / "ours.yaml").unlink()
    assert shell("ledger", "verify").exit_code == 0


@pytest.mark.parametrize("gone", [True, False])
def test_the_doctor_names_what_is_followed_and_not_as_it_was(
    shell: Shell, folder: Path, *, gone: bool
) -> None:
    open_one(shell)
    path = folder / "ours.yaml"
    if gone:
        path.unlink()
    else:
        write(path, title="Ours, after all")
    result = shell("doctor")
    assert result.exit_code == 1
    assert "✗ playbooks in use: Playbook ours version 1" in result.stdout
    assert ("next: Put its file back" if gone else "next: Put the old text back") in result.stdout
