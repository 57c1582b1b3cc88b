"""The environment: a bad or half-set variable gives one line that names it."""

import pytest

from bot.settings import BadSettings, Settings, read_settings, sqlite_folder

SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}
BAD = {
    "a port that is no number": ({"COUNCIL_PORT": "many"}, "COUNCIL_PORT"),
    "a port beyond the last": ({"COUNCIL_PORT": "65536"}, "COUNCIL_PORT"),
    "a port below the first": ({"COUNCIL_PORT": "-1"}, "COUNCIL_PORT"),
    "an unknown zone": ({"COUNCIL_TIMEZONE": "Europe/Berlim"}, "COUNCIL_TIMEZONE"),
    "a zone that leads out": ({"COUNCIL_TIMEZONE": "../../etc/passwd"}, "COUNCIL_TIMEZONE"),
    "another database": ({"DATABASE_URL": "mysql://host/db"}, "DATABASE_URL"),
    "no address of a database": ({"DATABASE_URL": "council.db"}, "DATABASE_URL"),
    "an API that is no address": ({"SLACK_API_URL": "slack.com/api/"}, "SLACK_API_URL"),
    "an API without its end": ({"SLACK_API_URL": "https://slack.com/api"}, "SLACK_API_URL"),
    "Slack without its secret": ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
    "Slack without its token": ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN"),
    "Socket Mode": (SLACK | {"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_APP_TOKEN"),
    "a channel's name for Slack": (SLACK | {"COUNCIL_CHANNEL": "#ml"}, "COUNCIL_CHANNEL"),
    "Socket Mode alone": ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_APP_TOKEN"),
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def read(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return read_settings()


@pytest.mark.parametrize(("environment", "name"), BAD.values(), ids=BAD)
def test_what_cannot_be_used_gives_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], name: str
) -> None:
    with pytest.raises(BadSettings) as refusal:
        read(monkeypatch, environment)
    [line] = str(refusal.value).splitlines()
    assert line.startswith(f"{name}: ")


def test_each_of_two_wrong_variables_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSettings) as refusal:
        read(monkeypatch, {"COUNCIL_PORT": "many", "COUNCIL_TIMEZONE": "Mars"})
    names = [line.partition(":")[0] for line in str(refusal.value).splitlines()]
    assert names == ["COUNCIL_PORT", "COUNCIL_TIMEZONE"]


def test_no_line_says_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSettings) as refusal:
        read(monkeypatch, {"SLACK_BOT_TOKEN": "xoxb-very-secret"})
    assert "very-secret" not in str(refusal.value)


def test_an_empty_environment_is_a_council_without_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, {})
    assert (settings.database_url, settings.slack) == ("sqlite:///var/council.db", False)


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, {"COUNCIL_PORT": "", "SLACK_APP_TOKEN": ""}).council_port == 8000


def test_both_halves_of_slack_make_it_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, SLACK).slack


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_spoken_through_psycopg_however_it_is_written(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    settings = read(monkeypatch, {"DATABASE_URL": f"{scheme}://host/db"})
    assert settings.database_url == "postgresql+psycopg://host/db"


def test_leads_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, {"COUNCIL_LEADS": " ada@example.org , U0ADA00001,,"})
    assert settings.leads == ("ada@example.org", "U0ADA00001")


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("sqlite:///var/council.db", "var"),
        ("sqlite:////srv/council.db", "/srv"),
        ("sqlite:///council.db", "."),
        ("sqlite://", None),
        ("sqlite:///:memory:", None),
        ("postgresql+psycopg://host/db", None),
    ],
)
def test_a_sqlite_file_needs_its_folder(url: str, folder: str | None) -> None:
    found = sqlite_folder(url)
    assert (str(found) if found is not None else None) == folder
