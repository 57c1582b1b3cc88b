"""What a switch is spoken of in: what somebody wishes, and what would become of what."""

from dataclasses import dataclass, field

from council.people import Member
from council.switching.differences import NO_DIFFERENCES, Differences


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for; an empty playbook is the present one, `version` None the newest.

    `roles` holds (role as typed, roles there as typed); `none` there takes the role away.
    """

    playbook: str = ""
    version: int | None = None
    phase: str = ""
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a playbook, and the newest version that there is of it."""

    id: str
    version: int
    title: str
    newest: int


@dataclass(frozen=True, slots=True)
class Followed:
    """Which playbook an initiative follows; `others` are those that it could follow instead.

    `phases` are those of the life cycle, in order. `able` are those who may switch it.
    """

    key: str
    name: str
    tier: int
    edition: Edition
    phase_name: str
    phases: tuple[str, ...]
    able: tuple[Member, ...]
    may_switch: bool
    others: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A role or a phase by its id and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RoleChange:
    """What a role of the present playbook is in the other one, and who holds it.

    `how` tells how that was found; it is empty where somebody must choose. `stated` says that a
    person said so, and not only this council.
    """

    role: Named
    holders: tuple[Member, ...]
    becomes: tuple[Named, ...]
    how: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A switch that was not made yet.

    `phase_how` tells how the new phase was found. `holders` says who would hold which role,
    `vacant` which roles of the new phase nobody would. `withdrawn` are keys of a move and of
    handoffs that do not exist there, `kept` and `lost` count what was checked off in this stay,
    `open` are keys of cases and huddles that call other people from then on. `unstated` are roles
    that are held and of which nobody said what they become; while there are any it cannot be
    confirmed. `able` are those who may do it, whoever asked is one of them if they `may_switch`.
    `differs` tells what another version of the same playbook changes.
    """

    key: str
    name: str
    old: Edition
    new: Edition
    phase: Named
    phase_to: Named
    phase_how: str
    phases: tuple[Named, ...]
    step: str
    roles: tuple[RoleChange, ...]
    new_roles: tuple[Named, ...]
    holders: tuple[tuple[Named, tuple[Member, ...]], ...]
    vacant: tuple[str, ...]
    withdrawn: tuple[str, ...]
    kept: int
    lost: int
    open: tuple[str, ...]
    able: tuple[Member, ...]
    may_switch: bool
    unstated: tuple[str, ...]
    phase_unstated: bool = False
    differs: Differences = NO_DIFFERENCES
    handoff_ids: tuple[str, ...] = field(default=(), repr=False)
    marks: tuple[str, ...] = field(default=(), repr=False)

    def mapping(self) -> dict[str, list[str]]:
        """Return for each role that is held what it becomes, by id."""
        return {each.role.id: [to.id for to in each.becomes] for each in self.roles}
