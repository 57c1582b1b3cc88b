from pathlib import Path

from tests.bot.shell.conftest import Shell, read

HEADER = "handle,name,email,timezone,slack_id,teams_id\n"


def test_an_import_tells_how_many_are_new(shell: Shell) -> None:
    result = shell("people", "import", "-", "--json", given=HEADER + "mei,Mei,,,,\nana,Ana,,,,\n")
    assert read(result) == {"new": 2, "changed": 0}


def test_an_import_tells_how_many_have_changed(shell: Shell) -> None:
    shell("people", "import", "-", given=HEADER + "mei,Mei,,,,\n")
    result = shell("people", "import", "-", "--json", given=HEADER + "mei,Mei Lin,,,,\n")
    assert read(result) == {"new": 0, "changed": 1}


def test_two_columns_are_enough(shell: Shell) -> None:
    assert shell("people", "import", "-", given="handle,name\nmei,Mei\n").exit_code == 0


def test_a_file_is_read(shell: Shell, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_bytes(b"\xef\xbb\xbfhandle,name\r\nmei,Mei\r\n")
    assert "1 person is new" in shell("people", "import", str(table)).stdout


def test_what_does_not_fit_is_named_by_line_and_column(shell: Shell) -> None:
    result = shell("people", "import", "-", given=HEADER + "mei,Mei,,,,\nana,Ana,,Mars,,\n")
    assert (result.exit_code, "Line 3, timezone" in result.stderr) == (1, True)


def test_nothing_of_a_table_with_a_fault_is_kept(shell: Shell) -> None:
    shell("people", "import", "-", given=HEADER + "mei,Mei,,,,\nana,Ana,,Mars,,\n")
    assert read(shell("people", "list", "--json")) == []


def test_an_error_is_json_too_where_a_script_reads(shell: Shell) -> None:
    result = shell("people", "import", "-", "--json", given="handle\nmei\n")
    assert read(result).keys() == {"error"}


def test_bytes_that_are_not_utf_8_are_named_by_line(shell: Shell) -> None:
    result = shell("people", "import", "-", given=b"handle,name\nana,Ana\njose,Jos\xe9\n")
    assert (result.exit_code, "line 3" in result.stderr) == (1, True)


def test_a_missing_file_is_one_line(shell: Shell) -> None:
    result = shell("people", "import", "nowhere.csv")
    assert (result.exit_code, result.stderr) == (1, "nowhere.csv: No such file or directory\n")


def test_people_are_listed_with_their_ids(shell: Shell) -> None:
    shell("people", "import", "-", given=HEADER + "mei,Mei,,Europe/Berlin,U1,\n")
    (mei,) = read(shell("people", "list", "--json"))
    assert (mei["handle"], mei["timezone"]) == ("mei", "Europe/Berlin")
    assert mei["identities"] == {"slack": "U1"}


def test_a_council_lead_is_marked(crew: Shell) -> None:
    assert [one["handle"] for one in read(crew("people", "list", "--json")) if one["lead"]] == [
        "carla"
    ]


def test_more_than_a_page_of_people_is_listed_whole(shell: Shell) -> None:
    rows = "".join(f"p{number},P {number}\n" for number in range(405))
    shell("people", "import", "-", given="handle,name\n" + rows)
    assert len(read(shell("people", "list", "--json"))) == 405


def test_an_empty_council_says_what_to_type(shell: Shell) -> None:
    assert "council people import" in shell("people", "list").stdout
