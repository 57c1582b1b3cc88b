"""The way of an initiative through its phases: visits, proposed moves, what was checked off."""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from council.tables.base import instant


class Visit(SQLModel, table=True):
    """A stay in a phase; the last one has no `left_at`.

    `kind` is how it began: `opened`, `forward`, `back`, `within`, `end`, or `switched` when the
    initiative came to it with another playbook. `reason` is a code of what happened. `playbook` and
    its version are those under which it was lived; its phase and transition are theirs.
    """

    initiative_id: str = Field(primary_key=True, foreign_key="initiative.id")
    number: int = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    phase: str
    playbook: str
    playbook_version: int
    kind: str
    transition: str = ""
    reason: str = ""
    entered_at: datetime = instant()
    left_at: datetime | None = instant(nullable=True)


class Move(SQLModel, table=True):
    """A transition that somebody proposed; `state` is `proposed`, `done` or `withdrawn`.

    `visit` is the number of the stay in which it was proposed, and whose playbook knows it.
    """

    __tablename__ = "move"
    __table_args__ = (
        Index(None, "council_id", "number", unique=True),
        Index(
            "uq_move_proposed",
            "initiative_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    number: int
    initiative_id: str = Field(foreign_key="initiative.id", index=True)
    visit: int
    transition: str
    state: str = "proposed"
    reason: str = ""
    change: str = Field(default="", sa_type=Text)
    decision_id: str = ""
    proposed_by: str
    proposed_at: datetime = instant()
    settled_at: datetime | None = instant(nullable=True)
    settled_by: str = ""


class MoveAnswer(SQLModel, table=True):
    """What a decider says to a proposed move: `yes` or `no`."""

    __tablename__ = "move_answer"

    move_id: str = Field(primary_key=True, foreign_key="move.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    council_id: int = Field(foreign_key="council.id")
    answer: str
    line: str = Field(default="", sa_type=Text)
    at: datetime = instant()


class Checkmark(SQLModel, table=True):
    """An item of a checklist that is done in this visit; `item` is such as `exit:o1`."""

    initiative_id: str = Field(primary_key=True, foreign_key="initiative.id")
    visit: int = Field(primary_key=True)
    item: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    done_by: str
    done_at: datetime = instant()
    link: str = ""
    note: str = Field(default="", sa_type=Text)
