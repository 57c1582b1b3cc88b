"""People and the ids by which chat platforms know them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from council.tables.base import instant, json_column


class Person(SQLModel, table=True):
    """One human; `id` is opaque and may stand in the chain, everything else may be erased."""

    __table_args__ = (Index(None, "council_id", "handle", unique=True),)

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    handle: str
    name: str
    email: str = Field(default="", index=True)
    timezone: str = ""
    is_lead: bool = False
    created_at: datetime = instant()
    left_at: datetime | None = instant(nullable=True)
    erased_at: datetime | None = instant(nullable=True)


class Identity(SQLModel, table=True):
    """A person's id on one chat platform."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    platform: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)


class Preference(SQLModel, table=True):
    """How somebody wants to be treated: `quiet`, `hours`, `days`, `country`, `hear` and so on."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    name: str = Field(primary_key=True)
    value: str


class Absence(SQLModel, table=True):
    """Somebody is away, and who stands in: `deputy_state` is `asked`, `accepted` or `declined`."""

    __table_args__ = (Index(None, "council_id", "ends_at"),)

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    number: int
    person_id: str = Field(foreign_key="person.id", index=True)
    starts_at: datetime = instant()
    ends_at: datetime | None = instant(nullable=True)
    deputy_id: str = Field(default="", index=True)
    deputy_state: str = ""
    created_by: str
    created_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    note: str = Field(default="", sa_type=Text)
    # What a deputy who cannot stand in says.
    line: str = Field(default="", sa_type=Text)


class Rota(SQLModel, table=True):
    """Whoever is in a Slack user group, or on duty by an iCal feed; `members` was last read.

    `kind` is `slack_group` or `ical`. For a group `members` holds person ids; for a feed, turns:
    who, from when, until when. `checked_at` is when it was read last, `tried_at` when that was
    tried; `failures` counts tries since then, `etag` is what the feed called what was read in
    full at `read_at`.
    """

    __table_args__ = (Index(None, "council_id", "kind", "address", unique=True),)

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    kind: str
    address: str
    name: str
    members: dict[str, Any] = json_column()
    checked_at: datetime | None = instant(nullable=True)
    failure: str = ""
    failing_since: datetime | None = instant(nullable=True)
    failures: int = 0
    tried_at: datetime | None = instant(nullable=True)
    read_at: datetime | None = instant(nullable=True)
    etag: str = ""


class Duty(SQLModel, table=True):
    """A rota in a role on an initiative, from `since` to `until` (empty: still)."""

    __table_args__ = (
        Index(
            "uq_duty_live",
            "initiative_id",
            "role",
            "rota_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    initiative_id: str = Field(foreign_key="initiative.id", index=True)
    rota_id: str = Field(foreign_key="rota.id", index=True)
    role: str
    since: datetime = instant()
    until: datetime | None = instant(nullable=True)
