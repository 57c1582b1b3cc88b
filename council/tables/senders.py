"""Monitoring systems: secrets, requests as they came, troubles; and API tokens."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from council.tables.base import instant, json_column


class Integration(SQLModel, table=True):
    """One configured sender; `settings` holds `metric_classes` (metric name to signal class)."""

    __table_args__ = (Index(None, "council_id", "name", unique=True),)

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    name: str
    kind: str
    settings: dict[str, Any] = json_column()
    created_at: datetime = instant()


class IntegrationSecret(SQLModel, table=True):
    """The hash of a secret; two may live at once while a sender is being moved to the new one."""

    id: str = Field(primary_key=True)
    integration_id: str = Field(foreign_key="integration.id", index=True)
    secret_hash: str
    created_at: datetime = instant()
    expires_at: datetime | None = instant(nullable=True)


class ApiToken(SQLModel, table=True):
    """A bearer token of the read and command API, kept as a hash."""

    __table_args__ = (Index(None, "council_id", "name", unique=True),)

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    name: str
    token_hash: str = Field(unique=True)
    created_at: datetime = instant()
    revoked_at: datetime | None = instant(nullable=True)


class Trouble(SQLModel, table=True):
    """What goes wrong with an integration, counted per code, for the operator's card."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    integration_id: str = Field(primary_key=True, foreign_key="integration.id")
    code: str = Field(primary_key=True)
    count: int = 0
    last_at: datetime = instant()
    detail: str = ""


class DeliveryRow(SQLModel, table=True):
    """One request of an integration, its raw bytes deflated; kept 30 days."""

    __tablename__ = "delivery"

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    integration_id: str = Field(foreign_key="integration.id")
    received_at: datetime = instant(index=True)
    body_sha256: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    accepted: int = 0
    duplicate: int = 0
    quarantined: int = 0


class QuarantineRow(SQLModel, table=True):
    """An item that could not be read, kept until an operator drives it again."""

    __tablename__ = "quarantine"

    delivery_id: str = Field(primary_key=True, foreign_key="delivery.id")
    item_index: int = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    reason: str
    excerpt: str = Field(sa_type=Text)
