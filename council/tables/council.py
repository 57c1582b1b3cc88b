"""The council itself: its row, key counters, claimed events, what is due."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from council.tables.base import instant


class Council(SQLModel, table=True):
    """The owner of keys, the ledger chain, the time zone and the fallback channel."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    timezone: str = "UTC"
    channel: str = ""
    created_at: datetime = instant()
    # Whose public holidays are days off for people who say nothing else, such as `DE-BY`.
    country: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Counter(SQLModel, table=True):
    """The last number given out per kind of key (`C-31`)."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    kind: str = Field(primary_key=True)
    value: int = 0


class Seen(SQLModel, table=True):
    """An inbound event that has been claimed, so that a resend does nothing twice."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    source: str = Field(primary_key=True)
    event: str = Field(primary_key=True)
    at: datetime = instant(index=True)


class AgendaRow(SQLModel, table=True):
    """Something due at a time; taking it, changing state and putting the notice is one commit."""

    __tablename__ = "agenda"

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    due_at: datetime = instant(index=True)
