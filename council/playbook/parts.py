"""The parts that a playbook is made of: roles, phases, steps, transitions, handoffs, routes."""

from enum import StrEnum

from pydantic import Field, StrictBool, StrictInt, model_validator

from council.playbook.policy import (
    Id,
    Item,
    NamedTable,
    Origin,
    RoleIds,
    Text,
    Tier,
)


class Relation(StrEnum):
    """How a role stands to a phase or step."""

    LEAD = "lead"
    OVERSEE = "oversee"
    SUPPORT = "support"
    CONSULT = "consult"
    CONCERNED = "concerned"
    INFORM = "inform"
    LEARN = "learn"


class MoveKind(StrEnum):
    """Which way a transition goes; `within` begins a step of the same phase again."""

    FORWARD = "forward"
    BACK = "back"
    WITHIN = "within"
    END = "end"


class Quorum(StrEnum):
    """Whether all that are named must decide, or any one of them."""

    ALL = "all"
    ANY = "any"


def _marked(value: object, field: str, origin: str) -> object:
    """Give plain texts of a list, and items that do not say, the origin of what they belong to."""
    if not isinstance(value, dict) or not isinstance(value.get(field), list):
        return value
    whole = value.get(origin, Origin.ADDED)
    items = [{"text": each} if isinstance(each, str) else each for each in value[field]]
    marked = [{"from": whole, **each} if isinstance(each, dict) else each for each in items]
    return {**value, field: marked}


class ChecklistItem(Item):
    """One thing to have before entering or leaving a phase."""

    id: Id
    text: Text
    origin: Origin = Field(alias="from", description="Said by the seed text, or added.")
    tiers: tuple[Tier, ...] = Field(
        (), description="For which tiers; by default seed items for all, added ones for 1 and 2."
    )


class PacketItem(Item):
    """One thing to hand over or to go through; plain text has the origin of what it belongs to."""

    text: Text


class Statement(Item):
    """A thing the council holds to, or makes, in a sentence."""

    text: Text


class Principle(Statement):
    """Something that the council holds to."""

    id: Id


class Right(Item):
    """What some roles may do in a model catalogue."""

    text: Text
    roles: RoleIds


class Learn(Item):
    """A topic that a role learns in some phases; `from` is said of the topic."""

    id: Id
    topic: Text
    teacher: str
    phases: tuple[str, ...]


class Role(Item):
    """A hat that people wear in an initiative."""

    id: str
    name: Text
    aliases: tuple[Text, ...] = ()
    comfort_zone: tuple[Text, ...] = Field((), description="What the role is at home in.")
    duties: tuple[Text, ...] = ()
    learns: tuple[Learn, ...] = ()
    collaborator: StrictBool = Field(default=False, description="Helps, without a lead anywhere.")
    gap: str = Field("", description="What the seed text leaves open.")


class Responsible(Item):
    """Something for which roles stand in relations."""

    lead: RoleIds = Field((), description="Two or more lead jointly.")
    oversee: RoleIds = ()
    support: RoleIds = ()
    consult: RoleIds = ()
    concerned: RoleIds = ()
    inform: RoleIds = ()
    gap: str = Field("", description="What the seed text leaves open.")

    def stated(self) -> dict[Relation, RoleIds]:
        """Return the relations that are written down here, even if for nobody."""
        return {
            relation: getattr(self, relation)
            for relation in Relation
            if relation in self.model_fields_set
        }


class Step(Responsible):
    """A piece of work inside a phase."""

    id: str
    name: Text
    checklist: tuple[PacketItem, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _mark(cls, value: object) -> object:
        return _marked(value, "checklist", "from")


class Phase(Responsible):
    """A stretch of the life cycle."""

    id: str
    name: Text
    order: StrictInt
    aliases: tuple[Text, ...] = ()
    terminal: StrictBool = Field(default=False, description="Nothing goes on from here.")
    production: StrictBool = Field(default=False, description="Here a model serves.")
    entry: tuple[ChecklistItem, ...] = ()
    steps: NamedTable[Step] = Field({}, validate_default=True)
    exit: tuple[ChecklistItem, ...] = ()


class Transition(Item):
    """A way from one phase to another; here `from` is a phase, so `origin` says who added it."""

    id: str
    origin: Origin = Field(Origin.ADDED, description="Said by the seed text, or added.")
    source: str = Field(alias="from")
    target: str = Field(alias="to")
    kind: MoveKind
    step: str | None = Field(None, description="The step of the target phase that begins.")
    trigger: str = Field("", description="What calls for the move.")
    choose: tuple[str, ...] = Field((), description="The decisions that go this way.")
    propose: RoleIds = ()
    decide: RoleIds
    quorum: Quorum = Quorum.ALL
    inform: RoleIds = ()
    handoff: str | None = None
    keep_production: StrictBool = Field(
        default=False, description="The version in production serves on meanwhile."
    )


class Handoff(Item):
    """A packet that one role offers another; here `from` is the giver, `origin` who added it."""

    id: str
    origin: Origin = Field(Origin.ADDED, description="Said by the seed text, or added.")
    giver: str = Field(alias="from")
    receiver: str = Field(alias="to")
    assist: RoleIds = ()
    what: str = Field("", description="What changes hands, in a few words.")
    onward: tuple[Text, ...] = Field(
        (), description="To whom outside the playbook the receiver carries it on (P-H6, L-H5)."
    )
    packet: tuple[PacketItem, ...]

    @model_validator(mode="before")
    @classmethod
    def _mark(cls, value: object) -> object:
        return _marked(value, "packet", "origin")


class Route(Item):
    """Who is called when signals of some classes arrive, who huddles, who decides, who hears."""

    signal: tuple[str, ...]
    notify: RoleIds
    huddle: RoleIds
    decide: RoleIds
    inform: RoleIds = ()
