"""Links that people add, and changes that they may take back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from council.tables.base import instant, json_column


class Link(SQLModel, table=True):
    """An address that belongs to a subject such as `initiative:<id>`."""

    __table_args__ = (Index(None, "council_id", "subject"),)

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    subject: str
    label: str
    url: str
    added_by: str
    added_at: datetime = instant()
    removed_at: datetime | None = instant(nullable=True)


class Change(SQLModel, table=True):
    """Somebody's change that may be taken back for a while; `before` is what undoing needs."""

    __table_args__ = (Index(None, "council_id", "person_id", "at"), Index(None, "subject"))

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    person_id: str
    kind: str
    subject: str
    before: dict[str, Any] = json_column()
    at: datetime = instant()
    undone_at: datetime | None = instant(nullable=True)
