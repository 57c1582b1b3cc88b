"""Huddles, what was chosen there, what was decided, and how it turned out."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from council.tables.base import instant, json_column, json_list


class Huddle(SQLModel, table=True):
    """The people who must decide together; `number` makes the key `R-7`.

    `state` is `open`, `decided` or `cancelled`; `round` is 1, or 2 after they differed. `why` is
    `clock`, `asked` or `contested`; `case_id` is empty when it is about the initiative as a whole.
    `stage` says whose choice it is: the deciders' (`choosing`), that of the decision lead
    (`lead`, who is `lead_id`), or the council lead's (`council_lead`). `line` says why it was
    called off.
    """

    __table_args__ = (
        Index(None, "council_id", "number", unique=True),
        Index(
            "uq_huddle_open",
            "initiative_id",
            "case_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    number: int
    initiative_id: str = Field(foreign_key="initiative.id", index=True)
    case_id: str = Field(default="", index=True)
    signal_class: str = ""
    about: str = Field(default="", sa_type=Text)
    state: str = "open"
    round: int = 1
    stage: str = "choosing"
    lead_id: str = ""
    why: str = "asked"
    convened_by: str
    convened_at: datetime = instant()
    decide_by: datetime | None = instant(nullable=True)
    meeting: str = ""
    line: str = Field(default="", sa_type=Text)
    settled_at: datetime | None = instant(nullable=True)


class HuddleChoice(SQLModel, table=True):
    """What a decider chose in a round, with what that choice must state, and a line why.

    `refused` are options that they looked at and did not take, each with a line why not.
    """

    __tablename__ = "huddle_choice"

    huddle_id: str = Field(primary_key=True, foreign_key="huddle.id")
    round: int = Field(primary_key=True)
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    council_id: int = Field(foreign_key="council.id")
    choice: str
    fields: dict[str, Any] = json_column()
    line: str = Field(default="", sa_type=Text)
    refused: dict[str, Any] = json_column()
    at: datetime = instant()


class Decision(SQLModel, table=True):
    """What was decided; `number` makes the key `D-9`.

    `how` is `agreed`, `alone` (rolled or fell back at night), `lead` (the decision lead chose) or
    `council_lead`. `refused` and `dissent` hold what was not taken, and who thought otherwise and
    why. `outcome` is empty until somebody says how it turned out. `owner_id` is who does it, where
    that is stated, and `done_at` when they said that it is done.
    """

    __table_args__ = (Index(None, "council_id", "number", unique=True),)

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    number: int
    initiative_id: str = Field(foreign_key="initiative.id", index=True)
    huddle_id: str = Field(default="", index=True)
    case_id: str = Field(default="", index=True)
    signal_class: str = ""
    kind: str
    how: str
    fields: dict[str, Any] = json_column()
    record: dict[str, Any] = json_column()
    refused: dict[str, Any] = json_column()
    dissent: dict[str, Any] = json_column()
    deciders: dict[str, Any] = json_column()
    decided_at: datetime = instant()
    transition: str = ""
    owner_id: str = Field(default="", index=True)
    done_at: datetime | None = instant(nullable=True)
    confirm_by: datetime | None = instant(nullable=True)
    check_at: datetime | None = instant(nullable=True)
    asked_at: datetime | None = instant(nullable=True)
    outcome: str = ""
    outcome_by: str = ""
    outcome_at: datetime | None = instant(nullable=True)
    note: str = Field(default="", sa_type=Text)


class Review(SQLModel, table=True):
    """A look back at a case, without blame; `why` is `severity` or `recurrence`.

    `state` is `open`, `done`, or `ended` with its initiative. `times` is how often the like came up
    lately, this case included. `asked` holds the ids of those who look back together: who led when
    it was opened, who took and decided the case, and the council leads once it was passed on.
    """

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    number: int
    initiative_id: str = Field(foreign_key="initiative.id", index=True)
    case_id: str = Field(unique=True)
    why: str
    times: int = 1
    state: str = "open"
    opened_at: datetime = instant()
    due_at: datetime = instant()
    asked: list[str] = json_list()
    done_at: datetime | None = instant(nullable=True)
    done_by: str = ""
    learnt: str = Field(default="", sa_type=Text)
    link: str = ""
