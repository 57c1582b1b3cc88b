"""The library holds the shipped playbooks and a council's own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from council.playbook import (
    DEFAULT_PLAYBOOK,
    Playbook,
    PlaybookError,
    Severity,
    Span,
    UnknownPlaybook,
    load_library,
)

Content = dict[str, Any]
Change = Callable[[Content], object]


def write(folder: Path, name: str, content: Content, **changes: object) -> None:
    text = json.dumps({**content, **changes})
    (folder / name).write_text(text, encoding="utf-8")


def refusal(folder: Path) -> list[str]:
    with pytest.raises(PlaybookError) as caught:
        load_library(folder)
    return str(caught.value).splitlines()


def test_the_default_playbook_comes_first(tmp_path: Path, content: Content) -> None:
    write(tmp_path, "a.yaml", content, id="aardvark")
    ids = dict.fromkeys(each.id for each in load_library(tmp_path).playbooks)
    assert list(ids)[:2] == [DEFAULT_PLAYBOOK, "aardvark"]


def test_without_a_version_the_newest_is_meant(tmp_path: Path, content: Content) -> None:
    write(tmp_path, "two.yaml", content, version=2)
    write(tmp_path, "ten.yml", content, version=10)
    assert load_library(tmp_path).get("mine").version == 10


def test_an_older_version_stays(tmp_path: Path, content: Content) -> None:
    write(tmp_path, "two.yaml", content, version=2)
    write(tmp_path, "ten.yaml", content, version=10)
    assert load_library(tmp_path).get("mine", 2).version == 2


def test_a_playbook_is_found_however_its_id_is_spelled() -> None:
    assert load_library().get("Lead Support Learn").id == DEFAULT_PLAYBOOK


def test_a_version_is_found_however_the_id_is_spelled() -> None:
    assert load_library().get("lead_support_learn", 1).id == DEFAULT_PLAYBOOK


def test_an_unknown_playbook_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownPlaybook) as caught:
        load_library().get("lead-suport-lern")
    assert caught.value.nearest == (DEFAULT_PLAYBOOK,)


def test_an_unknown_version_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownPlaybook) as caught:
        load_library().get(DEFAULT_PLAYBOOK, 7)
    assert (caught.value.given, caught.value.nearest) == (
        "lead-support-learn 7",
        ("lead-support-learn 1", "lead-support-learn 2"),
    )


def test_two_files_may_not_hold_one_version(tmp_path: Path, content: Content) -> None:
    write(tmp_path, "a.yaml", content)
    write(tmp_path, "b.yaml", content)
    assert refusal(tmp_path) == ["b.yaml, line 1: version: mine version 1 is in a.yaml already"]


def test_a_shipped_version_may_not_be_replaced(tmp_path: Path, content: Content) -> None:
    write(tmp_path, "a.yaml", content, id=DEFAULT_PLAYBOOK)
    (line,) = refusal(tmp_path)
    assert line.startswith("a.yaml, line 1: version: lead-support-learn version 1 is in")


def test_nobody_else_may_set_the_defaults(tmp_path: Path, content: Content) -> None:
    write(tmp_path, "a.yaml", content, id="defaults")
    assert refusal(tmp_path) == [
        "a.yaml, line 1: id: 'defaults' is taken; give the playbook an id of its own"
    ]


def test_what_is_wrong_in_several_files_is_told_at_once(tmp_path: Path, content: Content) -> None:
    write(tmp_path, "a.yaml", content, title="")
    (tmp_path / "b.yaml").write_text("a: [", encoding="utf-8")
    assert {line[:6] for line in refusal(tmp_path)} == {"a.yaml", "b.yaml"}


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# ours", encoding="utf-8")
    assert len(load_library(tmp_path).playbooks) == len(load_library().playbooks)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone") == [f"{tmp_path / 'gone'}: no such folder"]


def test_mappings_join_with_the_defaults(changed: Callable[[Change], Playbook]) -> None:
    clocks = changed(lambda it: it.update(clocks={"S1": {"acknowledge": "15m"}})).clocks
    assert (str(clocks[Severity.S1].acknowledge), str(clocks[Severity.S1].huddle)) == ("15m", "2h")


def test_lists_replace_those_of_the_defaults(changed: Callable[[Change], Playbook]) -> None:
    playbook = changed(lambda it: it.update(outcomes=["worked"]))
    assert playbook.outcomes == ("worked",)


def test_the_digest_does_not_depend_on_the_layout(changed: Callable[[Change], Playbook]) -> None:
    def reorder(it: Content) -> None:
        it["title"] = it.pop("title")

    assert changed(lambda _: None).digest == changed(reorder).digest


def test_the_digest_depends_on_the_content(changed: Callable[[Change], Playbook]) -> None:
    before = changed(lambda _: None).digest
    assert changed(lambda it: it["routing"][0].update(inform=[])).digest != before


def test_the_digest_depends_on_the_order_of_steps(changed: Callable[[Change], Playbook]) -> None:
    def reorder(it: Content) -> None:
        steps = it["phases"]["development"]["steps"]
        steps["select_technique"] = steps.pop("select_technique")

    assert changed(lambda _: None).digest != changed(reorder).digest


def test_the_digest_covers_what_comes_from_the_defaults(
    changed: Callable[[Change], Playbook],
) -> None:
    before = changed(lambda _: None).digest
    assert changed(lambda it: it.update(clocks={"S1": {"decide": "7h"}})).digest != before


@pytest.mark.parametrize(
    ("text", "minutes", "business"),
    [("30m", 30, False), ("2h", 120, False), ("4bh", 240, True), ("90m", 90, False)],
)
def test_a_span_is_written_as_it_was_read(text: str, minutes: int, *, business: bool) -> None:
    assert (Span.parse(text), str(Span(minutes, business))) == (Span(minutes, business), text)


@pytest.mark.parametrize("text", ["", "0m", "m", "2 h", "-1h", "1.5h", "4b", "2h ", "none"])
def test_a_span_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        Span.parse(text)


def test_half_a_business_hour_is_no_span() -> None:
    with pytest.raises(ValueError, match="whole hours"):
        Span(30, business=True)


def test_a_text_that_may_be_in_use_says_what_it_said() -> None:
    found = load_library().get(DEFAULT_PLAYBOOK, 1)
    assert found.digest == "74f3e77059cd42a887eb676f19ff7b75d013d957053dcf7ef7767e2ef483ad79"
