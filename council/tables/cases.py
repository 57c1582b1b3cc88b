"""Signals, the conditions they report, and the cases that hold them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from council.tables.base import Long, instant, json_column


class SignalRow(SQLModel, table=True):
    """An accepted transition; `number` is its place in the order of acceptance."""

    __tablename__ = "signal"
    # The key comes first: without statistics PostgreSQL would walk all rows of the council for it.
    __table_args__ = (Index(None, "dedup_key", "council_id", unique=True),)

    number: int | None = Field(default=None, primary_key=True, sa_type=Long)
    council_id: int = Field(foreign_key="council.id")
    dedup_key: str
    condition_key: str
    delivery_id: str
    item_index: int
    initiative_id: str | None = None
    case_id: str | None = Field(default=None, index=True)
    signal_class: str
    status: str
    band: str
    reason: str
    received_at: datetime = instant()
    started_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    model_name: str
    value: float | None = None
    facts: dict[str, Any] = json_column()


class Condition(SQLModel, table=True):
    """What is wrong and whether it still is; judged by the times of its episodes."""

    __table_args__ = (
        Index(None, "case_id"),
        Index(
            "ix_condition_waiting",
            "council_id",
            "model_name",
            sqlite_where=text("initiative_id IS NULL"),
            postgresql_where=text("initiative_id IS NULL"),
        ),
        # What is not judged yet is few, and asked for whenever somebody looks at an initiative.
        Index(
            "ix_condition_unsure",
            "initiative_id",
            sqlite_where=text("low_evidence"),
            postgresql_where=text("low_evidence"),
        ),
    )

    # The key comes first: without statistics PostgreSQL would walk all rows of the council for it.
    condition_key: str = Field(primary_key=True)
    council_id: int = Field(primary_key=True, foreign_key="council.id")
    initiative_id: str | None = None
    case_id: str | None = None
    integration_id: str
    signal_class: str
    state: str
    band: str
    low_evidence: bool = False
    badness: float = 0.0
    started_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    last_seen_at: datetime = instant()
    repeats: int = 0
    model_name: str
    model_version: str
    feature: str
    metric_name: str
    value: float | None = None
    threshold: float | None = None
    n_reference: int | None = None
    n_current: int | None = None
    title: str = Field(sa_type=Text)
    links: dict[str, Any] = json_column()


class Case(SQLModel, table=True):
    """At most one open per initiative and signal class; `number` makes the key `C-31`."""

    __table_args__ = (
        Index(None, "council_id", "number", unique=True),
        Index(
            "uq_case_open",
            "council_id",
            "initiative_id",
            "signal_class",
            unique=True,
            sqlite_where=text("status != 'resolved'"),
            postgresql_where=text("status != 'resolved'"),
        ),
        Index(None, "council_id", "status"),
    )

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    number: int
    initiative_id: str = Field(foreign_key="initiative.id", index=True)
    signal_class: str
    severity: str
    band: str
    status: str = "open"
    reason: str
    occurrences: int = 0
    firing: int = 0
    opened_at: datetime = instant()
    acknowledge_by: datetime | None = instant(nullable=True)
    acknowledged_at: datetime | None = instant(nullable=True)
    acknowledged_by: str | None = None
    resolved_at: datetime | None = instant(nullable=True)
    resolved_by: str | None = None
    outcome: str = ""
    escalation: int = 0
    huddle_by: datetime | None = instant(nullable=True)
    decide_by: datetime | None = instant(nullable=True)
    snoozed_until: datetime | None = instant(nullable=True)


class CaseAnswer(SQLModel, table=True):
    """Somebody who was asked about a case and said `not_me`, or was asked next (`asked`)."""

    case_id: str = Field(primary_key=True, foreign_key="case.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    council_id: int = Field(foreign_key="council.id")
    answer: str
    at: datetime = instant()


class Snooze(SQLModel, table=True):
    """Quiet about what matches, until then: one case, or a class or feature of an initiative."""

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    initiative_id: str = Field(foreign_key="initiative.id", index=True)
    case_id: str = ""
    signal_class: str = ""
    feature: str = ""
    until: datetime = instant()
    reason: str = Field(default="", sa_type=Text)
    created_by: str
    created_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
