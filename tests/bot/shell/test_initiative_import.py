"""`council initiative import`, as an operator runs it."""

from tests.bot.shell.conftest import Shell, read

HEADER = "key,name,playbook,phase,tier,models,channel,private,data_scientist\n"
TWO = HEADER + "returns,Returns,,,2,ret-1|ret-2,,,ana;mei\nstock,Stock,,,,,,yes,\n"


def test_an_import_tells_what_is_new(crew: Shell) -> None:
    result = crew("initiative", "import", "-", "--json", given=TWO)
    assert [read(result)[name] for name in ("new", "changed", "same")] == [2, 0, 0]


def test_a_second_run_changes_nothing(crew: Shell) -> None:
    crew("initiative", "import", "-", given=TWO)
    result = crew("initiative", "import", "-", "--json", given=TWO)
    assert [read(result)[name] for name in ("new", "changed", "same")] == [0, 0, 2]


def test_a_dry_run_writes_nothing(crew: Shell) -> None:
    result = crew("initiative", "import", "-", "--dry-run", given=TWO)
    assert "Nothing was written yet" in result.stdout
    assert crew("say", "--as", "carla", "status returns").exit_code == 1


def test_what_is_imported_watches(crew: Shell) -> None:
    crew("initiative", "import", "-", given=TWO)
    assert "watching" in crew("say", "--as", "carla", "list").stdout


def test_every_fault_is_said_at_once_and_nothing_is_kept(crew: Shell) -> None:
    wrong = TWO + "late-order,,,,7,,,,\nnew-one,New,,,,churn,,,nobody\n"
    result = crew("initiative", "import", "-", given=wrong)
    said = result.stderr
    found = ("line 4, name" in said, "line 4, tier" in said, "line 5, data_scientist" in said)
    assert (result.exit_code, found) == (1, (True, True, True))
    assert crew("say", "--as", "carla", "status returns").exit_code == 1


def test_a_model_of_somebody_else_is_named_with_its_line(crew: Shell) -> None:
    result = crew("initiative", "import", "-", given=HEADER + "x1,X,,,,churn,,,\n")
    assert (result.exit_code, "line 2, models" in result.stderr) == (1, True)


def test_a_long_table_goes_in_slice_by_slice(crew: Shell) -> None:
    many = HEADER + "".join(f"x{n},X {n},,,,m{n},,,ana\n" for n in range(90))
    result = crew("initiative", "import", "-", "--json", given=many)
    assert read(result)["new"] == 90


def test_bytes_that_are_not_utf_8_are_named_by_line(crew: Shell) -> None:
    result = crew("initiative", "import", "-", given=b"key,name\nx1,Jos\xe9\n")
    assert (result.exit_code, "line 2" in result.stderr) == (1, True)
