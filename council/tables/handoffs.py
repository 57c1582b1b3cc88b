"""Packets that one role offers another: what is in them, and on which conditions taken."""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from council.tables.base import instant


class Handoff(SQLModel, table=True):
    """A packet; `number` makes the key `H-12`.

    `state` is `draft`, `offered`, `accepted`, `accepted_with_conditions`, `returned` or
    `withdrawn`. `definition` is its id in the playbook. `waited` is how long its last offer waited
    for the answer, in working minutes of whoever was asked. `reminded` and `escalation` count what
    came of the present question: the offer, then the conditions on which it was taken.
    """

    __table_args__ = (
        Index(None, "council_id", "number", unique=True),
        Index(
            "uq_handoff_open",
            "initiative_id",
            "definition",
            unique=True,
            sqlite_where=text("state IN ('draft', 'offered')"),
            postgresql_where=text("state IN ('draft', 'offered')"),
        ),
    )

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    number: int
    initiative_id: str = Field(foreign_key="initiative.id", index=True)
    definition: str
    visit: int = 0
    state: str = "draft"
    version: str = ""
    giver_id: str
    created_at: datetime = instant()
    offered_at: datetime | None = instant(nullable=True)
    accept_by: datetime | None = instant(nullable=True)
    answered_at: datetime | None = instant(nullable=True)
    answered_by: str = ""
    waited: int | None = None
    reason: str = ""
    line: str = Field(default="", sa_type=Text)
    next_offer: datetime | None = instant(nullable=True)
    reminded: int = 0
    escalation: int = 0
    returned_before: int = 0


class HandoffItem(SQLModel, table=True):
    """One item of a packet, as it was filled in."""

    __tablename__ = "handoff_item"

    handoff_id: str = Field(primary_key=True, foreign_key="handoff.id")
    position: int = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    name: str
    value: str = Field(default="", sa_type=Text)
    link: str = ""
    filled_by: str = ""
    filled_at: datetime | None = instant(nullable=True)


class HandoffCondition(SQLModel, table=True):
    """Something on which a packet was accepted; its owner closes it before the phase starts."""

    __tablename__ = "handoff_condition"

    handoff_id: str = Field(primary_key=True, foreign_key="handoff.id")
    number: int = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    text: str = Field(sa_type=Text)
    owner_id: str = Field(foreign_key="person.id", index=True)
    set_by: str
    closed_at: datetime | None = instant(nullable=True)
    closed_by: str = ""
    link: str = ""
