import sqlite3
from contextlib import closing

import pytest

from bot.messenger import DeliveryError, Failure
from bot.shell import show
from bot.shell.checkup import PROBLEM, Check
from bot.shell.doctor import brief
from bot.slack.messenger import SlackMessenger
from tests.bot.shell.conftest import Shell, read


def change(url: str, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute(statement, values)
        connection.commit()


def states(shell: Shell) -> dict[str, str]:
    return {one["name"]: one["state"] for one in read(shell("doctor", "--json"))["checks"]}


def test_a_token_is_shown_once(shell: Shell) -> None:
    assert read(shell("token", "create", "--name", "ci", "--json")).keys() == {"token"}


def test_a_token_of_a_taken_name_is_refused(shell: Shell) -> None:
    shell("token", "create", "--name", "ci")
    assert shell("token", "create", "--name", "ci").exit_code == 1


def test_a_token_can_be_revoked(shell: Shell) -> None:
    shell("token", "create", "--name", "ci")
    assert shell("token", "revoke", "ci").exit_code == 0


def test_an_unknown_token_cannot_be_revoked(shell: Shell) -> None:
    assert shell("token", "revoke", "ci").exit_code == 1


def test_a_whole_ledger_verifies(crew: Shell) -> None:
    found = read(crew("ledger", "verify", "--json"))
    assert found["links"] > 0
    assert found["faults"] == []


def test_a_changed_link_is_a_fault(crew: Shell, sqlite_url: str) -> None:
    change(sqlite_url, "UPDATE ledger SET actor = 'somebody' WHERE seq = 2")
    result = crew("ledger", "verify", "--json")
    assert (result.exit_code, read(result)["faults"]) == (1, [{"seq": 2, "why": "hash"}])


def test_a_fault_is_told_in_words(crew: Shell, sqlite_url: str) -> None:
    change(sqlite_url, "UPDATE ledger SET actor = 'somebody' WHERE seq = 2")
    assert "not what was written" in crew("ledger", "verify").stdout


@pytest.fixture
def dead(crew: Shell, sqlite_url: str) -> str:
    """Return the id of a notice that could not be delivered."""
    mid = str(read(crew("outbox", "list", "--json"))[0]["id"])
    change(sqlite_url, "UPDATE outbox SET state = 'dead' WHERE mid = ?", mid)
    return mid


def test_the_outbox_can_be_listed_by_state(crew: Shell, dead: str) -> None:
    found = read(crew("outbox", "list", "--state", "dead", "--json"))
    assert [one["id"] for one in found] == [dead]


def test_the_outbox_is_listed_up_to_a_limit(crew: Shell) -> None:
    assert len(read(crew("outbox", "list", "--limit", "1", "--json"))) == 1


def test_the_outbox_says_whom_a_notice_is_for(crew: Shell) -> None:
    crew("say", "--as", "mei", 'flag late-order accuracy act "worse than last week"')
    assert set(crew("outbox", "list").stdout.split()) >= {"C-1", "@ana", "@mei"}


def test_a_dead_letter_can_be_sent_again(crew: Shell, dead: str) -> None:
    assert crew("outbox", "replay", dead).exit_code == 0
    assert read(crew("outbox", "list", "--state", "dead", "--json")) == []


def test_a_letter_that_is_not_dead_is_not_sent_again(crew: Shell) -> None:
    mid = read(crew("outbox", "list", "--json"))[0]["id"]
    assert crew("outbox", "replay", mid).exit_code == 1


def test_the_doctor_asks_for_a_council_lead(shell: Shell) -> None:
    assert states(shell)["council leads"] == "problem"
    assert shell("doctor").exit_code == 1


def test_the_doctor_is_content_with_warnings(crew: Shell) -> None:
    result = crew("doctor")
    assert (result.exit_code, "! chat" in result.stdout) == (0, True)


def test_the_doctor_names_leads_whom_nobody_answers_to(
    crew: Shell, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("COUNCIL_LEADS", "carla@example.org,ghost@example.org")
    assert "! council leads: COUNCIL_LEADS names ghost@example.org" in crew("doctor").stdout


def test_the_doctor_finds_dead_letters(crew: Shell, dead: str) -> None:
    assert dead
    assert states(crew)["dead letters"] == "problem"


def test_the_doctor_finds_an_initiative_that_nobody_leads(crew: Shell) -> None:
    crew("say", "--as", "carla", 'new "Fraud" --key fraud')
    assert states(crew)["initiative fraud"] == "warning"


def test_the_doctor_finds_an_integration_without_a_live_secret(
    crew: Shell, sqlite_url: str
) -> None:
    crew("integration", "add", "alertmanager", "--name", "prom")
    change(sqlite_url, "UPDATE integrationsecret SET expires_at = created_at")
    assert states(crew)["integration prom"] == "problem"


def test_the_doctor_says_which_variable_is_wrong(
    shell: Shell, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("COUNCIL_TIMEZONE", "Mars/Olympus")
    result = shell("doctor")
    assert (result.exit_code, "✗ settings: COUNCIL_TIMEZONE" in result.stdout) == (1, True)


def test_the_doctor_makes_no_database(
    shell: Shell, environment: pytest.MonkeyPatch, empty_sqlite_url: str
) -> None:
    environment.setenv("DATABASE_URL", empty_sqlite_url)
    assert [states(shell)["database"] for _ in range(2)] == ["warning", "warning"]


def test_the_doctor_hears_what_slack_says(crew: Shell, environment: pytest.MonkeyPatch) -> None:
    async def check(_self: SlackMessenger) -> str:
        raise DeliveryError(Failure.AUTH, "invalid_auth")

    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    environment.setenv("SLACK_SIGNING_SECRET", "s")
    environment.setattr(SlackMessenger, "check", check)
    assert states(crew)["chat"] == "problem"


def test_a_long_row_of_initiatives_is_cut_for_people() -> None:
    checks = [Check(PROBLEM, f"initiative i-{number}", "…") for number in range(9)]
    assert [one.said for one in brief(checks)][5:] == ["4 more like these"]


def test_a_list_has_a_head_and_colours_on_a_terminal(
    crew: Shell, environment: pytest.MonkeyPatch
) -> None:
    environment.setattr(show, "on_terminal", lambda: True)
    assert "─" in crew("people", "list").stdout


def test_a_list_is_aligned_text_in_a_pipe(crew: Shell) -> None:
    lines = crew("people", "list").stdout.splitlines()
    assert {
        line.index(name) for line, name in zip(lines[1:], ("Ana", "Carla", "Mei"), strict=True)
    } == {lines[0].index("name")}


def test_escapes_from_outside_do_not_reach_the_terminal(shell: Shell) -> None:
    shell("people", "import", "-", given="handle,name\nmei,Mei\x1b[31m\n")
    assert "\x1b" not in shell("people", "list").stdout
