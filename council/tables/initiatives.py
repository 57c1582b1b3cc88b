"""Initiatives, their models and staff, and the playbook versions they froze."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from council.tables.base import instant


class Initiative(SQLModel, table=True):
    """A machine-learning undertaking, its playbook pinned by version and content.

    `state` is `watching` (imported, not live yet), `active`, `paused`, `retired` or `archived`.
    """

    __table_args__ = (
        Index(None, "council_id", "key", unique=True),
        # Who may see what is asked at every command, and most councils hide nothing.
        Index(
            "ix_initiative_private",
            "council_id",
            sqlite_where=text("private"),
            postgresql_where=text("private"),
        ),
    )

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    key: str
    name: str
    question: str = ""
    objective: str = ""
    tier: int = 3
    playbook_id: str
    playbook_version: int
    playbook_digest: str
    phase: str
    step: str = ""
    state: str = "active"
    channel: str = ""
    created_by: str = Field(default="")
    created_at: datetime = instant()
    private: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    # Who has the last word where deciders differ; empty: whoever leads the phase first.
    decision_lead: str = Field(default="", sa_column_kwargs={"server_default": ""})
    # The phase in which a version serves on while a later one is worked on.
    serving: str = Field(default="", sa_column_kwargs={"server_default": ""})
    paused_at: datetime | None = instant(nullable=True)
    paused_until: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)


class InitiativeModel(SQLModel, table=True):
    """A model name by which signals find their initiative; a name belongs to one initiative."""

    model_name: str = Field(primary_key=True)  # first, for the same reason as a condition's key
    council_id: int = Field(primary_key=True, foreign_key="council.id")
    initiative_id: str = Field(foreign_key="initiative.id", index=True)


class Assignment(SQLModel, table=True):
    """A person in a role on an initiative, from `since` to `until` (empty: still)."""

    __table_args__ = (
        Index(
            "uq_assignment_live",
            "initiative_id",
            "role",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    initiative_id: str = Field(foreign_key="initiative.id", index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    role: str
    since: datetime = instant()
    until: datetime | None = instant(nullable=True)


class PlaybookVersion(SQLModel, table=True):
    """The content hash of a playbook version at its first use; it may not change afterwards."""

    __tablename__ = "playbook_version"

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    playbook_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    digest: str
