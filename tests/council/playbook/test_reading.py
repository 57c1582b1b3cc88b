"""Files that strangers may have written are read safely, and refused with the line."""

from pathlib import Path

import pytest

from council.playbook import PlaybookError, load_file
from council.playbook.read import DEEPEST, LARGEST, Mapping, read_mapping


def refusal(raw: str | bytes) -> list[str]:
    with pytest.raises(PlaybookError) as caught:
        read_mapping("mine.yaml", raw.encode() if isinstance(raw, str) else raw)
    return str(caught.value).splitlines()


def read(text: str) -> Mapping:
    return read_mapping("mine.yaml", text.encode()).content


def test_a_syntax_error_is_told_with_its_line() -> None:
    (line,) = refusal("a: 1\nb: [1, 2\nc: 3\n")
    assert line.startswith("mine.yaml: line 3, column ")


def test_a_key_for_a_second_time_is_told_with_its_line() -> None:
    assert refusal("roles:\n  a: 1\n  b: 2\n  a: 3\n") == [
        "mine.yaml: line 4, column 3: the key 'a' for a second time"
    ]


def test_all_repeated_keys_are_told_at_once() -> None:
    assert len(refusal("a: 1\na: 2\nb: {c: 1, c: 2}\n")) == 2


def test_a_number_and_the_same_number_as_text_are_one_key() -> None:
    assert refusal('1: a\n"1": b\n') == [
        "mine.yaml: line 2, column 1: the key '1' for a second time"
    ]


def test_an_alias_is_refused() -> None:
    assert refusal("a: &x [1]\nb: *x\n") == [
        "mine.yaml: line 2, column 4: an alias (*x); write the value out"
    ]


def test_a_tag_is_refused() -> None:
    assert refusal("a: !!python/object/apply:os.system [ls]\n") == [
        "mine.yaml: line 1, column 4: a tag (!!python/object/apply:os.system)"
    ]


def test_a_deeply_nested_file_is_refused() -> None:
    (line,) = refusal("a: " + "[" * 100_000)
    assert line.endswith(f"nested deeper than {DEEPEST} levels")


def test_a_large_file_is_refused() -> None:
    assert refusal(b"#" * (LARGEST + 1)) == ["mine.yaml: larger than 256 KiB"]


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    assert refusal(b"a: 1\nb: caf\xe9\n") == ["mine.yaml: line 2: not UTF-8"]


def test_a_control_character_is_refused() -> None:
    assert len(refusal("a: \x07")) == 1


def test_a_second_document_is_refused() -> None:
    assert "a second document" in refusal("a: 1\n---\nb: 2\n")[0]


def test_an_empty_file_is_refused() -> None:
    assert refusal("# nothing\n") == ["mine.yaml: empty"]


def test_a_list_is_no_playbook() -> None:
    assert refusal("[1, 2]") == ["mine.yaml: not a mapping"]


def test_a_list_is_no_key() -> None:
    assert "a key that is not plain text" in refusal("? [a]\n: 1\n")[0]


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "1:30", "2026-01-31", "0o14", "012"])
def test_words_that_only_old_yaml_takes_for_something_else_stay_text(word: str) -> None:
    assert read(f"{word}: {word}") == {word: word}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", 12),
        ("-0.25", -0.25),
        ("true", True),
        ("~", None),
        ("", None),
        ('"12"', "12"),
        ("'true'", "true"),
        (".inf", ".inf"),
    ],
)
def test_a_plain_word_means_what_it_looks_like(written: str, meant: object) -> None:
    assert read(f"a: {written}") == {"a": meant}


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"^gone\.yaml: No such file or directory$"):
        load_file(tmp_path / "gone.yaml")
