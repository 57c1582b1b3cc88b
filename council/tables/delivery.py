"""Notices on their way: outbox, lanes and receipts."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from council.tables.base import instant, json_column


class OutboxRow(SQLModel, table=True):
    """A notice at its place in a conversation's order; `mid` is found again in message metadata.

    `correlation` names the request, or the round, that brought it about.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "council_id", "state"), Index(None, "council_id", "subject"))

    lane: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    mid: str = Field(unique=True)
    kind: str
    subject: str
    audience: str
    form: str
    facts: dict[str, Any] = json_column()
    state: str = "pending"
    attempts: int = 0
    reason: str = ""
    created_at: datetime = instant()
    first_try_at: datetime | None = instant(nullable=True)
    settled_at: datetime | None = instant(nullable=True)
    # The program before this column goes on writing while replicas are replaced.
    correlation: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Lane(SQLModel, table=True):
    """One conversation: order (tail, head), rate (ready_at), lease (owner, lease_until), fence."""

    __table_args__ = (
        Index(
            "ix_lane_ready",
            "ready_at",
            sqlite_where=text("head < tail"),
            postgresql_where=text("head < tail"),
        ),
    )

    lane: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    tail: int = 0
    head: int = 0
    urgent: bool = False
    ready_at: datetime = instant()
    owner: str = ""
    lease_until: datetime | None = instant(nullable=True)
    fence: int = 0


class ReceiptRow(SQLModel, table=True):
    """Where the card on a subject was posted for an audience, so that it can be updated."""

    __tablename__ = "receipt"

    lane: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    audience: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    platform: str
    conversation: str
    message: str
    posted_at: datetime = instant()
