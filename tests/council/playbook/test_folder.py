"""A council's own playbooks lie in a folder: all of them can be used, or it is said why not."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from council.playbook import PlaybookError, load_library

Write = Callable[..., Path]
PLAYBOOK = """\
schema: council/playbook/v1
id: {id}
version: {version}
title: Two in a boat
extends: defaults
roles:
  captain: {{name: Captain}}
  rower: {{name: Rower}}
phases:
  build:
    name: Build
    order: 1
    lead: [captain]
    support: [{support}]
  sail:
    name: Sail
    order: 2
    production: true
    lead: [rower]
  sunk:
    name: Sunk
    order: 3
    terminal: true
    lead: [captain]
transitions:
  launch: {{from: build, to: sail, kind: forward, decide: [captain]}}
  leak: {{from: sail, to: build, kind: back, decide: [rower], choose: [retrain]}}
  sink: {{from: sail, to: sunk, kind: end, decide: [captain], choose: [retire]}}
routing:
  - signal: [service, data_quality, data_drift, prediction_drift]
    notify: [rower]
    huddle: [captain, rower]
    decide: [captain]
  - signal: [accuracy, cost, compliance, business_kpi]
    notify: [rower]
    huddle: [captain, rower]
    decide: [captain]
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a playbook of two roles; what is given goes into its text."""

    def written(name: str, **parts: object) -> Path:
        given = {"id": "boat", "version": 1, "support": "rower", **parts}
        path = tmp_path / name
        path.write_text(PLAYBOOK.format(**given), encoding="utf-8")
        return path

    return written


def refusal(folder: Path) -> list[str]:
    with pytest.raises(PlaybookError) as caught:
        load_library(folder)
    return str(caught.value).splitlines()


def test_a_playbook_of_a_folder_stands_beside_the_shipped_ones(write: Write) -> None:
    folder = write("boat.yaml").parent
    assert load_library(folder).get("boat").title == "Two in a boat"


def test_a_mistake_is_told_with_its_line(write: Write) -> None:
    folder = write("boat.yaml", support="rowr").parent
    assert refusal(folder) == [
        "boat.yaml, line 14: phases.build.support[0]: no role 'rowr'; did you mean 'rower'?"
    ]


def test_what_is_missing_is_told_with_the_line_of_what_it_is_missing_in(write: Write) -> None:
    path = write("boat.yaml")
    path.write_text(path.read_text().replace("    name: Build\n", ""), encoding="utf-8")
    assert refusal(path.parent) == ["boat.yaml, line 10: phases.build.name: is missing"]


def test_several_versions_of_a_playbook_may_lie_there(write: Write) -> None:
    write("one.yaml")
    folder = write("two.yaml", version=2).parent
    library = load_library(folder)
    assert (library.get("boat").version, library.get("boat", 1).version) == (2, 1)


def test_a_file_that_is_only_half_written_stops_the_start(write: Write) -> None:
    path = write("boat.yaml")
    text = path.read_text()
    path.write_text(text[: text.index("transitions")], encoding="utf-8")
    assert refusal(path.parent)[0].startswith("boat.yaml: transitions: is missing")


def test_a_file_that_breaks_off_within_a_word_is_told_with_its_line(write: Write) -> None:
    path = write("boat.yaml")
    text = path.read_text()
    path.write_text(text[: text.index(", kind: forward")], encoding="utf-8")
    assert refusal(path.parent)[0].startswith("boat.yaml: line ")


def test_everything_that_is_wrong_in_the_folder_is_told_at_once(write: Write) -> None:
    write("a.yaml", id="a", support="nobody")
    write("b.yaml", id="b", version="two")
    folder = write("c.yaml", id="lead-support-learn").parent
    assert [line.partition(":")[0] for line in refusal(folder)] == [
        "a.yaml, line 14",
        "b.yaml, line 3",
        "c.yaml, line 3",
    ]


def test_a_link_to_a_file_is_a_file(write: Write, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = tmp_path / "ours"
    folder.mkdir()
    write("boat.yaml").rename(elsewhere / "boat.yaml")
    (folder / "boat.yaml").symlink_to(elsewhere / "boat.yaml")
    assert load_library(folder).get("boat").id == "boat"


def test_a_volume_that_changes_all_files_at_once_is_read(write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    (folder / "..2026_11").mkdir(parents=True)
    write("boat.yaml").rename(folder / "..2026_11" / "boat.yaml")
    (folder / "..data").symlink_to("..2026_11")
    (folder / "boat.yaml").symlink_to("..data/boat.yaml")
    assert load_library(folder).get("boat").id == "boat"


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "boat.yaml").symlink_to(tmp_path / "gone.yaml")
    assert refusal(tmp_path) == ["boat.yaml: No such file or directory"]


def test_a_link_that_leads_in_a_circle_is_told(tmp_path: Path) -> None:
    (tmp_path / "boat.yaml").symlink_to(tmp_path / "boat.yaml")
    assert len(refusal(tmp_path)) == 1


def test_a_folder_that_is_called_like_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "boat.yaml").mkdir()
    assert refusal(tmp_path) == ["boat.yaml: is not a file"]


def test_a_pipe_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "boat.yaml")
    assert refusal(tmp_path) == ["boat.yaml: is not a file"]


def test_two_links_to_one_file_are_one_version_twice(write: Write, tmp_path: Path) -> None:
    (tmp_path / "zz.yaml").symlink_to(write("boat.yaml"))
    assert refusal(tmp_path) == ["zz.yaml, line 3: version: boat version 1 is in boat.yaml already"]


def test_what_an_editor_leaves_while_it_writes_is_left_alone(write: Write, tmp_path: Path) -> None:
    write("boat.yaml")
    (tmp_path / ".#boat.yaml").symlink_to("somebody@host.1234")
    (tmp_path / ".boat.yaml").write_text("half a", encoding="utf-8")
    assert load_library(tmp_path).get("boat").id == "boat"


def test_an_empty_folder_adds_nothing(tmp_path: Path) -> None:
    assert len(load_library(tmp_path).playbooks) == len(load_library().playbooks)


def test_a_file_is_no_folder(write: Write) -> None:
    path = write("boat.yaml")
    assert refusal(path) == [f"{path}: no such folder"]
