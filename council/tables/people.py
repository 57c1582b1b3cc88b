"""People and the ids by which chat platforms know them."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from council.tables.base import instant


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


class Identity(SQLModel, table=True):
    """A person's id on one chat platform."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    platform: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
