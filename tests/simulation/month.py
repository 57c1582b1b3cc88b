"""A month of thirty initiatives: alerts, storms, noise, packets, moves, huddles, people away.

Everything that happens is drawn beforehand or as answers fall due, by chance that can be repeated,
and goes the way people and monitors go: typed commands, and signals through the door of cases.
"""

import heapq
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.commands import Outcome
from council import cases, moves
from council.desk import Desk
from council.huddles.seats import seats
from council.signal import Signal
from tests.builders import a_delivery, recovered
from tests.lives.channel import Listening
from tests.lives.stating import stated
from tests.simulation.drawn import at_work, drawn, stormy
from tests.simulation.town import LEADS, Project, Town

DAYS = 28
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
# How likely each thing is on a day, per initiative in production or on its way there.
ALERTS, FLAPPING = 0.22, 0.25
FLAGS, STEPS = 0.03, 0.20
ANSWERED, NOT_ME, RECOVERS, HUDDLES = 0.85, 0.05, 0.50, 0.35
PACKET_EVERY = 6  # working days
STORMS, AWAY = 3, 9

Act = Callable[[], None]


@dataclass
class Month:
    """What happens, in order of time; `told` is what people read who were refused something."""

    talk: Listening
    town: Town
    chance: random.Random
    begins: datetime
    where: str = ""
    refused: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    _plan: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def play(self) -> None:
        """Let the month pass."""
        self._foresee()
        end = self.begins + DAYS * _DAY
        while self._plan and self._plan[0][0] < end:
            at, _, act = heapq.heappop(self._plan)
            self._wait_until(at)
            act()
            self.talk.deliver()
        self._wait_until(end)

    def _wait_until(self, at: datetime) -> None:
        left = (at - self.talk.clock.moment).total_seconds()
        if left > 0:
            self.talk.wait(seconds=left)

    def _at(self, moment: datetime, act: Act) -> None:
        heapq.heappush(self._plan, (moment, next(self._numbers), act))

    # ── what is foreseen ─────────────────────────────────────────────────────────────────────────

    def _foresee(self) -> None:
        for n in range(DAYS):
            day = self.begins + n * _DAY
            working = day.weekday() < 5
            for project in self.town.projects:
                self._of_project(project, day, working=working)
        for _ in range(STORMS):
            project = self.chance.choice([each for each in self.town.projects if each.live])
            at = self.begins + timedelta(days=self.chance.randrange(DAYS), hours=3)
            self._at(at, lambda project=project: self._storm(project))  # type: ignore[misc]
        for _ in range(AWAY):
            who = self.chance.choice(self.town.people)
            at = self.begins + timedelta(days=self.chance.randrange(DAYS - 5), hours=9)
            self._at(at, lambda who=who: self._leaves(who))  # type: ignore[misc]

    def _of_project(self, project: Project, day: datetime, *, working: bool) -> None:
        rolled = self.chance.random
        at = day + timedelta(hours=24 * rolled())
        if project.live and rolled() < ALERTS:
            self._at(at, lambda: self._alert(project))
        if not working:
            return
        office = day + timedelta(hours=8 + 8 * rolled())
        if rolled() < FLAGS:
            self._at(office, lambda: self._flag(project))
        if not project.live and rolled() < STEPS:
            self._at(office, lambda: self._works(project))
        if not project.live and rolled() < 1 / PACKET_EVERY:
            self._at(office, lambda: self._hands_over(project))

    # ── what monitors send ───────────────────────────────────────────────────────────────────────

    def _receive(self, *signals: Signal) -> None:
        delivery = a_delivery(*signals, at=self.talk.clock.moment)
        for each in cases.receive(self.talk.desk, [delivery])[0].items:
            if each.case:
                self._expect_answer(each.case)

    def _alert(self, project: Project) -> None:
        signal = drawn(self.chance, self.talk.clock.moment, project)
        self._receive(signal)
        now = self.talk.clock.moment
        if self.chance.random() < FLAPPING:
            for n in range(1, self.chance.randrange(3, 15)):
                self._at(now + n * timedelta(minutes=10), lambda: self._receive(signal))
        if self.chance.random() < RECOVERS:
            later = timedelta(hours=self.chance.uniform(0.5, 30))
            self._at(now + later, lambda: self._receive(recovered(signal, later)))

    def _storm(self, project: Project) -> None:
        found = stormy(self.chance, self.talk.clock.moment, project)
        for start in range(0, len(found), 12):
            self._receive(*found[start : start + 12])

    # ── what people do ───────────────────────────────────────────────────────────────────────────

    def says(self, who: str, line: str) -> bool:
        """Have somebody type a line; being refused is part of life."""
        said = self.talk.say(who, line)
        verb = line.split(maxsplit=1)[0]
        counts = self.done if said.outcome is Outcome.DONE else self.refused
        counts[verb] = counts.get(verb, 0) + 1
        if said.outcome is not Outcome.DONE:
            self.told.append(f"@{who} {line}: {' '.join(said.text.split())}")
        self.talk.deliver()
        return said.outcome is Outcome.DONE

    def _soon(self, who: str, least: float, most: float) -> datetime:
        """Return a moment when somebody is at work, so many working hours from now at random."""
        person = self.talk.desk.books.people.by_handle(who)
        zone = ZoneInfo(person.timezone if person else "UTC")
        at, left = self.talk.clock.moment, self.chance.uniform(least, most)
        while left > 0 or not at_work(at.astimezone(zone)):
            step = min(_HOUR / 2, max(left, 0.05) * _HOUR)
            left -= step / _HOUR if at_work(at.astimezone(zone)) else 0
            at += step
        return at

    def _one_of(self, handles: Sequence[str]) -> str:
        return self.chance.choice(sorted(handles)) if handles else LEADS[0]

    def _expect_answer(self, case: str) -> None:
        view = cases.view(self.talk.desk, case)
        if view.status != "open" or self.chance.random() > ANSWERED:
            return
        who = self._one_of([each.member.handle for each in view.owners])
        verb = "decline" if self.chance.random() < NOT_ME else "ack"
        self._at(self._soon(who, 0.1, 6), lambda: self._takes(who, verb, case))

    def _takes(self, who: str, verb: str, case: str) -> None:
        if cases.view(self.talk.desk, case).status != "open" or not self.says(
            who, f"{verb} {case}"
        ):
            return
        if verb == "ack":
            follow = self._huddles if self.chance.random() < HUDDLES else self._closes
            self._at(self._soon(who, 1, 20), lambda: follow(who, case))

    def _closes(self, who: str, case: str) -> None:
        if cases.view(self.talk.desk, case).status != "resolved":
            how = self.chance.choice(("fixed", "fixed", "expected", "noise"))
            self.says(who, f'close {case} {how} "looked into it"')

    def _huddles(self, who: str, case: str) -> None:
        if cases.view(self.talk.desk, case).status == "resolved":
            return
        self.says(who, f"huddle {case}")
        huddles = self.talk.desk.books.huddles
        row = self.talk.desk.books.cases.by_number(int(case[2:]))
        found = huddles.open_on(row.initiative_id, row.id) if row else None
        if found is None:
            return
        choice = self.chance.choice(
            ("retrain", "keep_watching", "fix_data", "re_engineer_features")
        )
        for decider in self._deciders(found.id):
            own = choice if self.chance.random() < 0.8 else "keep_watching"
            line = f"decide R-{found.number} {own} {stated(self.talk.desk, own, decider)}"
            self._at(
                self._soon(decider, 0.2, 8),
                lambda decider=decider, line=line: self._decides(decider, line),  # type: ignore[misc]
            )

    def _deciders(self, huddle_id: str) -> list[str]:
        row = self.talk.desk.books.huddles.by_id(huddle_id)
        initiative = self.talk.desk.books.initiatives.by_id(row.initiative_id) if row else None
        if row is None or initiative is None:
            return []
        found = seats(self.talk.desk, initiative, row.signal_class)
        return [each.member.handle for each in found.deciders]

    def _decides(self, who: str, line: str) -> None:
        self.says(who, line)

    def _flag(self, project: Project) -> None:
        who = self._holder(project)
        if self.says(who, f'flag {project.key} accuracy watch "it looks off to me"'):
            row = self.talk.desk.books.cases.page(1 << 30, 1)[0]
            self._expect_answer(f"C-{row.number}")

    def _holder(self, project: Project) -> str:
        return self._one_of(
            [who for (key, _), who in self.town.roles.items() if key == project.key]
        )

    def _works(self, project: Project) -> None:
        desk, who = self.talk.desk, self._holder(project)
        row = desk.books.initiatives.by_key(project.key)
        if row is None or row.ended_at is not None:
            return
        found = moves.items(desk, project.playbook, row)
        todo = [each for each in found if each.done is None]
        if todo:
            self.says(who, f"done {project.key} {self.chance.choice(todo).key}")

    def _hands_over(self, project: Project) -> None:
        desk = self.talk.desk
        row = desk.books.initiatives.by_key(project.key)
        if row is None:
            return
        way = moves.onward_from(project.playbook, row.phase)
        if way is None:
            return
        giver = self.town.roles.get((project.key, way.propose[0] if way.propose else ""), LEADS[0])
        if way.handoff:
            self._packet(project, way.handoff)
        self._at(self._soon(giver, 4, 16), lambda: self._moves(project, giver))

    def _packet(self, project: Project, definition: str) -> None:
        desk, handoff = self.talk.desk, project.playbook.handoffs[definition]
        giver = self.town.roles.get((project.key, handoff.giver), LEADS[0])
        taker = self.town.roles.get((project.key, handoff.receiver), LEADS[0])
        if not self.says(giver, f"handoff {project.key} {definition}"):
            return
        row = desk.books.handoffs.of(_id(desk, project), definition)[0]
        items = desk.books.handoffs.items(row.id)
        rest = " ".join(f'{each.position} "see the wiki"' for each in items)
        self.says(giver, f"handoff H-{row.number} {rest}")
        if self.says(giver, f"handoff H-{row.number} offer") and self.chance.random() < ANSWERED:
            answer = "accept" if self.chance.random() < 0.8 else "decline"
            more = "" if answer == "accept" else ' missing_item "no seed"'
            line = f"{answer} H-{row.number}{more}"
            self._at(self._soon(taker, 0.5, 14), lambda: self._decides(taker, line))

    def _moves(self, project: Project, who: str) -> None:
        desk = self.talk.desk
        if not self.says(who, f"move {project.key} forward"):
            return
        row = desk.books.initiatives.by_key(project.key)
        move = desk.books.moves.proposed(row.id) if row else None
        if row is None or move is None:
            return
        for each in moves.describe(desk, move, row).pending:
            handle, line = each.member.handle, f"accept M-{move.number}"
            if self.chance.random() < ANSWERED:
                self._at(
                    self._soon(handle, 0.2, 10),
                    lambda handle=handle, line=line: self._decides(handle, line),  # type: ignore[misc]
                )

    def _leaves(self, who: str) -> None:
        deputy = self._one_of([each for each in self.town.people if each != who])
        length = self.chance.randrange(2, 9)
        if self.says(who, f'away "in 1 day" "in {length} days" --deputy @{deputy}'):
            self._at(self._soon(deputy, 0.5, 6), lambda: self._stands_in(deputy))

    def _stands_in(self, deputy: str) -> None:
        person = self.talk.desk.books.people.by_handle(deputy)
        for row in self.talk.desk.books.absences.live_for(person.id, {"asked"}) if person else ():
            self.says(deputy, f"accept A-{row.number}")


def _id(desk: Desk, project: Project) -> str:
    """Return the id of an initiative."""
    row = desk.books.initiatives.by_key(project.key)
    return row.id if row else ""
