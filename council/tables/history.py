"""The chain of what happened, and the texts beside it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from council.tables.base import Long, instant, json_column


class LedgerEntry(SQLModel, table=True):
    """A link of the council's chain; facts hold opaque ids, codes, numbers and text hashes only."""

    __tablename__ = "ledger"
    __table_args__ = (Index(None, "council_id", "subject"),)

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    seq: int = Field(primary_key=True, sa_type=Long, sa_column_kwargs={"autoincrement": False})
    at: datetime = instant()
    kind: str
    actor: str
    subject: str
    facts: dict[str, Any] = json_column()
    previous: str
    hash: str


class LedgerText(SQLModel, table=True):
    """Free text beside the chain; the chain holds sha256(salt + text), so this may be erased."""

    __tablename__ = "ledger_text"

    council_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=Long, sa_column_kwargs={"autoincrement": False})
    name: str = Field(primary_key=True)
    salt: str
    text: str = Field(sa_type=Text)
    person_id: str = Field(default="", index=True)
