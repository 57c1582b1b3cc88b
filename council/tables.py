"""What a row is; nothing else. Every row of a council carries its `council_id`."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware UTC moment: `timestamptz` on PostgreSQL, text that sorts by time on SQLite."""

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- the name is SQLAlchemy's
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.astimezone(UTC)


# SQLite numbers a table by itself only where the key is its plain INTEGER.
_Long: Any = BigInteger().with_variant(Integer(), "sqlite")


def _instant(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_type=Instant, nullable=nullable)  # type: ignore[call-overload]


def _json() -> Any:
    return Field(default_factory=dict, sa_type=JSON, nullable=False)


class Council(SQLModel, table=True):
    """The owner of keys, the ledger chain, the time zone and the fallback channel."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    timezone: str = "UTC"
    channel: str = ""
    created_at: datetime = _instant()


class Counter(SQLModel, table=True):
    """The last number given out per kind of key (`C-31`)."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    kind: str = Field(primary_key=True)
    value: int = 0


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
    created_at: datetime = _instant()


class Identity(SQLModel, table=True):
    """A person's id on one chat platform."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    platform: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)


class Initiative(SQLModel, table=True):
    """A machine-learning undertaking, its playbook pinned by version and content."""

    __table_args__ = (Index(None, "council_id", "key", unique=True),)

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    key: str
    name: str
    question: str = ""
    objective: str = ""
    tier: int = 3
    playbook_id: str
    playbook_version: int
    playbook_digest: str
    phase: str
    step: str = ""
    state: str = "active"
    channel: str = ""
    created_by: str = Field(default="")
    created_at: datetime = _instant()


class InitiativeModel(SQLModel, table=True):
    """A model name by which signals find their initiative; a name belongs to one initiative."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    model_name: str = Field(primary_key=True)
    initiative_id: str = Field(foreign_key="initiative.id", index=True)


class Assignment(SQLModel, table=True):
    """A person in a role on an initiative, from `since` to `until` (empty: still)."""

    __table_args__ = (
        Index(
            "uq_assignment_live",
            "initiative_id",
            "role",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    initiative_id: str = Field(foreign_key="initiative.id", index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    role: str
    since: datetime = _instant()
    until: datetime | None = _instant(nullable=True)


class Integration(SQLModel, table=True):
    """One configured sender; `settings` holds `metric_classes` (metric name to signal class)."""

    __table_args__ = (Index(None, "council_id", "name", unique=True),)

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    name: str
    kind: str
    settings: dict[str, Any] = _json()
    created_at: datetime = _instant()


class IntegrationSecret(SQLModel, table=True):
    """The hash of a secret; two may live at once while a sender is being moved to the new one."""

    id: str = Field(primary_key=True)
    integration_id: str = Field(foreign_key="integration.id", index=True)
    secret_hash: str
    created_at: datetime = _instant()
    expires_at: datetime | None = _instant(nullable=True)


class ApiToken(SQLModel, table=True):
    """A bearer token of the read and command API, kept as a hash."""

    __table_args__ = (Index(None, "council_id", "name", unique=True),)

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    name: str
    token_hash: str = Field(unique=True)
    created_at: datetime = _instant()
    revoked_at: datetime | None = _instant(nullable=True)


class DeliveryRow(SQLModel, table=True):
    """One request of an integration, its raw bytes deflated; kept 30 days."""

    __tablename__ = "delivery"

    id: str = Field(primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    integration_id: str = Field(foreign_key="integration.id")
    received_at: datetime = Field(default=None, sa_type=Instant, nullable=False, index=True)  # type: ignore[call-overload]
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


class SignalRow(SQLModel, table=True):
    """An accepted transition; `number` is its place in the order of acceptance."""

    __tablename__ = "signal"
    __table_args__ = (Index(None, "council_id", "dedup_key", unique=True),)

    number: int | None = Field(default=None, primary_key=True, sa_type=_Long)
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
    received_at: datetime = _instant()
    started_at: datetime = _instant()
    ended_at: datetime | None = _instant(nullable=True)
    model_name: str
    value: float | None = None
    facts: dict[str, Any] = _json()


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
    )

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    condition_key: str = Field(primary_key=True)
    initiative_id: str | None = None
    case_id: str | None = None
    integration_id: str
    signal_class: str
    state: str
    band: str
    low_evidence: bool = False
    badness: float = 0.0
    started_at: datetime = _instant()
    ended_at: datetime | None = _instant(nullable=True)
    last_seen_at: datetime = _instant()
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
    links: dict[str, Any] = _json()


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
    opened_at: datetime = _instant()
    acknowledge_by: datetime | None = _instant(nullable=True)
    acknowledged_at: datetime | None = _instant(nullable=True)
    acknowledged_by: str | None = None
    resolved_at: datetime | None = _instant(nullable=True)
    resolved_by: str | None = None
    outcome: str = ""
    escalation: int = 0


class CaseAnswer(SQLModel, table=True):
    """Somebody who was asked about a case and said `not_me`, or was asked next (`asked`)."""

    case_id: str = Field(primary_key=True, foreign_key="case.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    council_id: int = Field(foreign_key="council.id")
    answer: str
    at: datetime = _instant()


class LedgerEntry(SQLModel, table=True):
    """A link of the council's chain; facts hold opaque ids, codes, numbers and text hashes only."""

    __tablename__ = "ledger"
    __table_args__ = (Index(None, "council_id", "subject"),)

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    seq: int = Field(primary_key=True, sa_type=_Long, sa_column_kwargs={"autoincrement": False})
    at: datetime = _instant()
    kind: str
    actor: str
    subject: str
    facts: dict[str, Any] = _json()
    previous: str
    hash: str


class LedgerText(SQLModel, table=True):
    """Free text beside the chain; the chain holds sha256(salt + text), so this may be erased."""

    __tablename__ = "ledger_text"

    council_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=_Long, sa_column_kwargs={"autoincrement": False})
    name: str = Field(primary_key=True)
    salt: str
    text: str = Field(sa_type=Text)
    person_id: str = Field(default="", index=True)


class OutboxRow(SQLModel, table=True):
    """A notice at its place in a conversation's order; `mid` is found again in message metadata."""

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
    facts: dict[str, Any] = _json()
    state: str = "pending"
    attempts: int = 0
    reason: str = ""
    created_at: datetime = _instant()
    first_try_at: datetime | None = _instant(nullable=True)
    settled_at: datetime | None = _instant(nullable=True)


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
    ready_at: datetime = _instant()
    owner: str = ""
    lease_until: datetime | None = _instant(nullable=True)
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
    posted_at: datetime = _instant()


class Trouble(SQLModel, table=True):
    """What goes wrong with an integration, counted per code, for the operator's card."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    integration_id: str = Field(primary_key=True, foreign_key="integration.id")
    code: str = Field(primary_key=True)
    count: int = 0
    last_at: datetime = _instant()
    detail: str = ""


class AgendaRow(SQLModel, table=True):
    """Something due at a time; taking it, changing state and putting the notice is one commit."""

    __tablename__ = "agenda"

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    due_at: datetime = Field(default=None, sa_type=Instant, nullable=False, index=True)  # type: ignore[call-overload]


class Seen(SQLModel, table=True):
    """An inbound event that has been claimed, so that a resend does nothing twice."""

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    source: str = Field(primary_key=True)
    event: str = Field(primary_key=True)
    at: datetime = Field(default=None, sa_type=Instant, nullable=False, index=True)  # type: ignore[call-overload]


class PlaybookVersion(SQLModel, table=True):
    """The content hash of a playbook version at its first use; it may not change afterwards."""

    __tablename__ = "playbook_version"

    council_id: int = Field(primary_key=True, foreign_key="council.id")
    playbook_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    digest: str
