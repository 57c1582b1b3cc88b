"""`council people leave` and `erase`: what operators type when somebody goes."""

from tests.bot.shell.conftest import Shell, read

TABLE = "handle,name\nmei,Mei\ntom,Tom\n"


def set_up(shell: Shell) -> None:
    """Make two people known, and an initiative on which Mei holds a role."""
    shell("people", "import", "-", given=TABLE)
    shell("say", "--as", "mei", 'new "Late order prediction" --key late-order')
    shell("say", "--as", "mei", "assign late-order data scientist @me")


def test_whoever_leaves_hands_on_and_can_do_nothing_more(shell: Shell) -> None:
    set_up(shell)
    found = read(shell("people", "leave", "mei", "--to", "tom", "--json"))
    assert found["moved"] == [{"initiative": "late-order", "role": "Data scientist"}]
    result = shell("say", "--as", "mei", "mine")
    assert (result.exit_code, "has left" in result.stderr + result.stdout) == (1, True)


def test_a_gap_is_said_with_what_to_type(shell: Shell) -> None:
    set_up(shell)
    said = shell("people", "leave", "mei").stdout
    assert "Nobody is data scientist of late-order now." in said
    assert "assign late-order data scientist" in said


def test_erasing_asks_first(shell: Shell) -> None:
    set_up(shell)
    result = shell("people", "erase", "mei", given="n\n")
    assert result.exit_code == 1
    assert "mei" in {one["handle"] for one in read(shell("people", "list", "--json"))}


def test_erasing_leaves_a_tombstone_and_the_ledger_holds(shell: Shell) -> None:
    set_up(shell)
    assert read(shell("people", "erase", "mei", "--yes", "--json"))["tombstone"] == "erased-1"
    result = shell("ledger", "verify")
    assert (result.exit_code, "1 person was erased" in result.stdout) == (0, True)
    assert read(shell("ledger", "verify", "--json"))["tombstones"] == 1


def test_somebody_unknown_is_answered_with_who_is_near(shell: Shell) -> None:
    set_up(shell)
    result = shell("people", "erase", "mai", "--yes")
    assert (result.exit_code, "mei" in result.stderr) == (1, True)
