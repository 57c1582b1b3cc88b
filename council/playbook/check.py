"""Find out whether the names in a playbook fit together; gathers all that is wrong at once."""

from collections.abc import Collection, Iterable
from itertools import pairwise

from council.playbook.names import nearest, plain
from council.playbook.parts import MoveKind, Phase, Responsible, Route, Transition
from council.playbook.policy import DEPUTY, Severity
from council.playbook.problems import Problem, dotted
from council.playbook.types import TIERS, Place, Playbook, walk


def check(file: str, playbook: Playbook, *, shipped: bool = False) -> tuple[Problem, ...]:
    """Return everything that does not fit; a shipped playbook must also say where all is from."""
    checker = _Checker(file, playbook)
    checker.roles()
    checker.rights()
    checker.names()
    checker.phases()
    checker.transitions()
    checker.handoffs()
    checker.routing()
    checker.tables()
    checker.decided_ways()
    checker.reachable()
    if shipped:
        checker.origins()
    return tuple(checker.problems)


class _Checker:
    """Asks one question after another of one playbook."""

    def __init__(self, file: str, playbook: Playbook) -> None:
        self.file = file
        self.playbook = playbook
        self.problems: list[Problem] = []
        self.role_ids = (*playbook.roles, *playbook.system_roles)

    def say(self, place: Place, what: str, near: tuple[str, ...] = ()) -> None:
        self.problems.append(Problem(self.file, dotted(place), what, near))

    def known(self, place: Place, kind: str, given: str, ids: Collection[str]) -> None:
        if given not in ids:
            self.say(place, f"no {kind} {given!r}", nearest(given, ids))

    def all_known(
        self, place: Place, kind: str, given: tuple[str, ...], ids: Collection[str]
    ) -> None:
        for index, each in enumerate(given):
            self.known((*place, index), kind, each, ids)
        self.once(place, given)

    def some_roles(self, place: Place, given: tuple[str, ...]) -> None:
        self.all_known(place, "role", given, self.role_ids)

    def once(self, place: Place, given: Iterable[str], suffix: tuple[str, ...] = ()) -> None:
        seen: set[str] = set()
        for index, each in enumerate(given):
            if each in seen:
                self.say((*place, index, *suffix), f"{each!r} for a second time")
            seen.add(each)

    def roles(self) -> None:
        for role_id in self.playbook.roles:
            if role_id in self.playbook.system_roles:
                self.say(("roles", role_id), "is a role of the whole council")
        learned: set[str] = set()
        for role in self.playbook.roles.values():
            for index, learn in enumerate(role.learns):
                place: Place = ("roles", role.id, "learns", index)
                if learn.id in learned:
                    self.say((*place, "id"), f"{learn.id!r} for a second time")
                learned.add(learn.id)
                self.known((*place, "teacher"), "role", learn.teacher, self.role_ids)
                if learn.teacher == role.id:
                    self.say((*place, "teacher"), "nobody teaches themselves")
                self.all_known((*place, "phases"), "phase", learn.phases, self.playbook.phases)

    def rights(self) -> None:
        for name, right in self.playbook.access.items():
            self.some_roles(("access", name, "roles"), right.roles)
            if not right.roles:
                self.say(("access", name, "roles"), "names nobody")

    def names(self) -> None:
        playbook = self.playbook
        self.spelled_once(
            [(("roles", each.id), (each.name, *each.aliases)) for each in playbook.roles.values()]
            + [
                (("system_roles", each.id), (each.name, *each.aliases))
                for each in playbook.system_roles.values()
            ]
        )
        phases = playbook.phases.values()
        self.spelled_once((("phases", each.id), (each.name, *each.aliases)) for each in phases)
        for phase in phases:
            self.spelled_once(
                (("phases", phase.id, "steps", step.id), (step.name,))
                for step in phase.steps.values()
            )

    def spelled_once(self, entries: Iterable[tuple[Place, tuple[str, ...]]]) -> None:
        """No spelling of an id, a name or an alias may lead to two things, nor be said twice."""
        owners: dict[str, Place] = {}
        for place, names in entries:
            own = {plain(str(place[-1])): place}
            said: set[str] = set()
            for index, name in enumerate(names):
                where = (*place, "aliases", index - 1) if index else (*place, "name")
                if plain(name) in said:
                    self.say(where, f"{name!r} for a second time")
                said.add(plain(name))
                own.setdefault(plain(name), where)
            for spelling, where in own.items():
                if spelling in owners:
                    other = dotted(owners[spelling])
                    self.say(where, f"{spelling.replace('_', ' ')!r} means {other} already")
                owners.setdefault(spelling, place)

    def phases(self) -> None:
        phases = sorted(self.playbook.phases.values(), key=lambda each: each.order)
        for before, phase in pairwise(phases):
            if before.order == phase.order:
                place: Place = ("phases", phase.id, "order")
                self.say(place, f"{phase.order} is the order of {before.id} too")
        for phase in phases:
            self.phase(phase)
        if all(phase.terminal for phase in phases):
            self.say(("phases",), "every phase is terminal")
        elif phases[0].terminal:
            self.say(("phases", phases[0].id, "order"), "a terminal phase comes first")
        if not any(phase.production for phase in phases):
            self.say(("phases",), "no phase is marked `production: true`")

    def phase(self, phase: Phase) -> None:
        place: Place = ("phases", phase.id)
        if not phase.lead:
            self.say(place, "nobody leads")
        if phase.terminal and phase.production:
            self.say(place, "is both terminal and production")
        for name, items in (("entry", phase.entry), ("exit", phase.exit)):
            self.once((*place, name), (each.id for each in items), ("id",))
        self.responsible(place, phase)
        for step in phase.steps.values():
            self.responsible((*place, "steps", step.id), step)

    def responsible(self, place: Place, part: Responsible) -> None:
        for relation, roles in part.stated().items():
            self.some_roles((*place, relation.value), roles)

    def transitions(self) -> None:
        playbook = self.playbook
        for each in playbook.transitions.values():
            place: Place = ("transitions", each.id)
            self.known((*place, "from"), "phase", each.source, playbook.phases)
            self.known((*place, "to"), "phase", each.target, playbook.phases)
            if each.handoff is not None:
                self.known((*place, "handoff"), "handoff", each.handoff, playbook.handoffs)
            self.all_known((*place, "choose"), "decision", each.choose, playbook.decisions)
            for name in ("propose", "decide", "inform"):
                self.some_roles((*place, name), getattr(each, name))
            if not each.decide:
                self.say((*place, "decide"), "nobody decides")
            if each.source in playbook.phases and each.target in playbook.phases:
                self.direction(place, each)

    def direction(self, place: Place, way: Transition) -> None:
        source, target = self.playbook.phases[way.source], self.playbook.phases[way.target]
        if way.step is not None:
            self.known((*place, "step"), f"step of {target.id}", way.step, target.steps)
        if source.terminal:
            self.say((*place, "from"), f"{source.id} is terminal")
        kind = MoveKind.FORWARD if target.order > source.order else MoveKind.BACK
        if target.terminal:
            kind = MoveKind.END
        elif source is target:
            kind = MoveKind.WITHIN
        if way.kind is not kind:
            self.say((*place, "kind"), f"from {source.id} to {target.id} is {kind}, not {way.kind}")

    def decided_ways(self) -> None:
        """From one phase, a decision leads one way only."""
        ways: dict[tuple[str, str], str] = {}
        for each in self.playbook.transitions.values():
            for index, decision in enumerate(dict.fromkeys(each.choose)):
                first = ways.setdefault((each.source, decision), each.id)
                if first != each.id:
                    place: Place = ("transitions", each.id, "choose", index)
                    self.say(place, f"{decision!r} goes the way of {first} already")

    def reachable(self) -> None:
        targets = {each.target for each in self.playbook.transitions.values()}
        sources = {
            each.source
            for each in self.playbook.transitions.values()
            if each.kind is not MoveKind.WITHIN
        }
        first = min(self.playbook.phases.values(), key=lambda each: each.order, default=None)
        reached = self.reached_from(first.id) if first else set()
        for phase in self.playbook.phases.values():
            if phase is not first and phase.id not in targets:
                self.say(("phases", phase.id), "no transition leads here")
            elif first and phase.id not in reached:
                self.say(("phases", phase.id), f"no way leads here from {first.id}")
            if not phase.terminal and phase.id not in sources:
                self.say(("phases", phase.id), "no transition leads on from here")

    def reached_from(self, phase_id: str) -> set[str]:
        reached, waiting = {phase_id}, [phase_id]
        while waiting:
            source = waiting.pop()
            ways = self.playbook.transitions.values()
            found = {each.target for each in ways if each.source == source} - reached
            reached |= found
            waiting += found
        return reached

    def handoffs(self) -> None:
        for each in self.playbook.handoffs.values():
            place: Place = ("handoffs", each.id)
            self.known((*place, "from"), "role", each.giver, self.role_ids)
            self.known((*place, "to"), "role", each.receiver, self.role_ids)
            if each.giver == each.receiver:
                self.say((*place, "to"), "nobody hands over to themselves")
            self.some_roles((*place, "assist"), each.assist)
            if not each.packet:
                self.say((*place, "packet"), "holds nothing")
            self.once((*place, "packet"), (plain(item.text) for item in each.packet))

    def routing(self) -> None:
        routed: dict[str, int] = {}
        for index, row in enumerate(self.playbook.routing):
            self.route(("routing", index), row)
            for at, name in enumerate(row.signal):
                first = routed.setdefault(name, index)
                if first != index or name in row.signal[:at]:
                    place: Place = ("routing", index, "signal", at)
                    self.say(place, f"{name!r} is in routing[{first}] already")
        for name in self.playbook.signal_classes:
            if name not in routed:
                self.say(("routing",), f"no row for the signal class {name!r}")

    def route(self, place: Place, row: Route) -> None:
        for at, name in enumerate(row.signal):
            classes = self.playbook.signal_classes
            self.known((*place, "signal", at), "signal class", name, classes)
        for relation in ("notify", "huddle", "decide", "inform"):
            self.some_roles((*place, relation), getattr(row, relation))
        for relation in ("notify", "decide"):
            if not getattr(row, relation):
                self.say((*place, relation), "names nobody")
        for at, decider in enumerate(row.decide):
            if decider in self.role_ids and decider not in row.huddle:
                self.say((*place, "decide", at), f"{decider!r} is not in the huddle")

    def tables(self) -> None:
        playbook = self.playbook
        self.once(("signal_classes",), playbook.signal_classes)
        self.complete(("tiers",), playbook.tiers, TIERS)
        self.complete(("severity", "act"), playbook.severity.act, TIERS)
        self.complete(("severity", "watch"), playbook.severity.watch, TIERS)
        self.complete(("clocks",), playbook.clocks, Severity)
        for index, override in enumerate(playbook.severity.overrides):
            place: Place = ("severity", "overrides", index, "when", "signal")
            if override.when.signal is not None:
                self.known(place, "signal class", override.when.signal, playbook.signal_classes)
        for severity, rule in playbook.clocks.items():
            place = ("clocks", severity.value, "escalate_to")
            self.all_known(place, "role", rule.escalate_to, (*self.role_ids, DEPUTY))
        for metric, limits in playbook.bands.items():
            rising = limits.watch < limits.act
            if limits.watch == limits.act or rising is not (limits.worse == "higher"):
                self.say(("bands", metric, "act"), "must be worse than watch")

    def complete(self, place: Place, table: Collection[object], keys: Iterable[object]) -> None:
        for key in keys:
            if key not in table:
                self.say(place, f"nothing for {key}")

    def origins(self) -> None:
        for place, item in walk(self.playbook):
            if "origin" not in item.model_fields_set:
                self.say(place, "does not say whether it is seed or added")
