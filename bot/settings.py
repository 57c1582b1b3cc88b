"""The environment, named once; a bad or half-set variable stops the start with one line."""

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from council import calendar
from council.initiatives import conversation

DEFAULT_DATABASE = "sqlite:///var/council.db"
SLACK_API = "https://slack.com/api/"


class BadSettings(Exception):
    """A variable that cannot be used; says its name and why in one line."""


class Settings(BaseSettings):
    """Everything that the outside may set."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    database_url: str = DEFAULT_DATABASE
    council_base_url: str = ""
    council_host: str = "127.0.0.1"
    council_port: int = Field(default=8000, ge=0, le=65535)
    council_leads: str = ""
    council_channel: str = ""
    council_timezone: str = "UTC"
    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    slack_api_url: str = SLACK_API

    @property
    def leads(self) -> tuple[str, ...]:
        """E-mail addresses and platform ids that may do set-up."""
        return tuple(part.strip() for part in self.council_leads.split(",") if part.strip())

    @property
    def slack(self) -> bool:
        """Whether Slack is configured."""
        return bool(self.slack_bot_token)

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: str) -> str:
        if url.startswith(("postgres://", "postgresql://")):
            return "postgresql+psycopg://" + url.split("://", 1)[1]
        if not url.startswith(("sqlite:", "postgresql+psycopg:")):
            raise ValueError("must begin with sqlite: or postgresql:")
        return url

    @field_validator("council_timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        if not calendar.is_zone(name):
            raise ValueError("must be an IANA zone such as Europe/Berlin")
        return name

    @field_validator("slack_api_url")
    @classmethod
    def _api(cls, url: str) -> str:
        if urlsplit(url).scheme not in {"http", "https"} or not url.endswith("/api/"):
            raise ValueError("must be an address that ends in /api/")
        return url

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.slack_bot_token) != bool(self.slack_signing_secret):
            missing = "SLACK_SIGNING_SECRET" if self.slack_bot_token else "SLACK_BOT_TOKEN"
            raise ValueError(f"{missing}: is missing while the other half of Slack is set")
        if self.slack and conversation(self.council_channel).startswith("local:"):
            raise ValueError(
                "COUNCIL_CHANNEL: must be a channel's id, such as C0123456789, not its name"
            )
        if self.slack_app_token:
            raise ValueError(
                "SLACK_APP_TOKEN: Socket Mode is not built yet; leave it empty to use HTTP"
            )
        return self


def read_settings() -> Settings:
    """Read the environment; raises BadSettings with one line per variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        raise BadSettings("\n".join(_line(dict(each)) for each in error.errors())) from None


def _line(error: dict[str, object]) -> str:
    name = "_".join(str(part) for part in error["loc"] or ()).upper()  # type: ignore[attr-defined]
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {said}" if name else said


def sqlite_folder(url: str) -> Path | None:
    """Return the folder that a SQLite file needs; None for anything else."""
    if not url.startswith("sqlite:///"):
        return None
    path = url.removeprefix("sqlite:///").partition("?")[0]
    return Path(path).parent if path not in {"", ":memory:"} else None
