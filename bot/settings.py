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
PAGERDUTY = "https://events.pagerduty.com"
_LEAST_SECRET = 16


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
    council_ical_hosts: str = ""
    council_channel: str = ""
    council_timezone: str = "UTC"
    council_playbooks: str = ""
    council_country: str = ""
    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    slack_api_url: str = SLACK_API
    pagerduty_routing_key: str = ""
    pagerduty_url: str = PAGERDUTY
    council_page_url: str = ""
    council_page_secret: str = ""
    council_events_url: str = ""
    council_events_secret: str = ""

    @property
    def leads(self) -> tuple[str, ...]:
        """E-mail addresses and platform ids that may do set-up."""
        return tuple(part.strip() for part in self.council_leads.split(",") if part.strip())

    @property
    def playbooks(self) -> Path | None:
        """The folder with the council's own playbooks, if it has any."""
        return Path(self.council_playbooks).expanduser() if self.council_playbooks else None

    @property
    def ical_hosts(self) -> tuple[str, ...]:
        """Hosts from which rotas may be read; none unless they are named."""
        parts = self.council_ical_hosts.lower().split(",")
        return tuple(part.strip() for part in parts if part.strip())

    @property
    def slack(self) -> bool:
        """Whether Slack is configured."""
        return bool(self.slack_bot_token)

    @property
    def pagers(self) -> tuple[str, ...]:
        """What pages leave through."""
        pagerduty = ("pagerduty",) if self.pagerduty_routing_key else ()
        return (*pagerduty, *(("page",) if self.council_page_url else ()))

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

    @field_validator("council_country")
    @classmethod
    def _country(cls, name: str) -> str:
        if name and not calendar.is_country(name.upper()):
            raise ValueError("must be a country such as DE, or a part of one such as DE-BY")
        return name.upper()

    @field_validator("council_playbooks")
    @classmethod
    def _folder(cls, path: str) -> str:
        if path and not Path(path).expanduser().is_dir():
            raise ValueError(f"must be a folder; there is none at {path}")
        return path

    @field_validator("council_ical_hosts")
    @classmethod
    def _hosts(cls, hosts: str) -> str:
        if set(hosts) & set("/@:*?"):
            raise ValueError("must be names of hosts such as calendar.google.com, with commas")
        return hosts

    @field_validator("slack_api_url")
    @classmethod
    def _api(cls, url: str) -> str:
        if urlsplit(url).scheme not in {"http", "https"} or not url.endswith("/api/"):
            raise ValueError("must be an address that ends in /api/")
        return url

    @field_validator("pagerduty_url", "council_page_url", "council_events_url")
    @classmethod
    def _address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("must be an address that begins with https:// (or http://)")
        return url

    @field_validator("council_page_secret", "council_events_secret")
    @classmethod
    def _secret(cls, secret: str) -> str:
        if secret and len(secret) < _LEAST_SECRET:
            raise ValueError(f"must have {_LEAST_SECRET} characters or more")
        return secret

    @model_validator(mode="after")
    def _signed(self) -> Self:
        for what in ("PAGE", "EVENTS"):
            url = getattr(self, f"council_{what}_url".lower())
            secret = getattr(self, f"council_{what}_secret".lower())
            if bool(url) != bool(secret):
                missing = f"COUNCIL_{what}_{'SECRET' if url else 'URL'}"
                raise ValueError(f"{missing}: is missing while the other half is set")
        return self

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
