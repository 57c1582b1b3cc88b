"""One initiative's whole life, lived by typed commands as its plan says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

import migrations
from bot.settings import Settings
from bot.wiring import means, one_desk
from council import cases, initiatives, moves
from council.desk import Desk
from council.signal import Loudness
from council.store.engine import open_engine
from council.tables import Initiative, Integration
from tests.builders import a_delivery, a_person, a_signal, recovered
from tests.fakes import START, CountingIds, SetClock
from tests.lives.channel import Listening
from tests.lives.plans import Leg, Life
from tests.lives.stating import stated

KEY, MODEL, HERE, LEAD = "late-order", "late-order-prod", "local:late-order", "carla"
FEATURE = "basket_size"
_CLICK = {"minutes": 7}


@contextmanager
def a_desk_on(url: str) -> Iterator[Desk]:
    """Open a council of its own on an empty database of either engine."""
    engine = open_engine(url)
    with engine.connect() as connection:
        migrations.upgrade(connection)
    settings = Settings(
        database_url=url, council_channel="local:council", council_timezone="Europe/Berlin"
    )
    given = means(engine, settings, SetClock(), CountingIds())
    with Session(engine) as session:
        yield one_desk(given, session)
    engine.dispose()


@dataclass
class Living:
    """A life as it is lived; `called` collects who was mentioned or written to, by what."""

    talk: Listening
    life: Life
    deciders: dict[str, set[str]] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return self.talk.desk

    @property
    def initiative(self) -> Initiative:
        found = self.desk.books.initiatives.by_key(KEY)
        assert found is not None
        return found

    # ── the parts of a life ──────────────────────────────────────────────────────────────────────

    def intake(self) -> None:
        """Open it and put everybody into their role, and nobody else."""
        a_person(self.desk, LEAD, lead=True, zone="Europe/Berlin")
        sender = Integration(
            id="integration",
            council_id=self.desk.council_id,
            name="monitor",
            kind="alertmanager",
            created_at=START,
        )
        self.desk.books.add(sender)
        for handle in self.life.roles:
            a_person(self.desk, handle, zone="Europe/Berlin")
        self.does(
            LEAD,
            f'new "Late-order predictor" --key {KEY} --playbook {self.life.playbook}'
            f" --phase {self.life.begins} --tier {self.life.tier} --model {MODEL}"
            f' --channel {HERE} --question "Which orders will arrive late?"',
        )
        for handle, role in self.life.roles.items():
            self.does(LEAD, f"assign {KEY} {role} @{handle}")

    def goes_on(self, leg: Leg) -> None:
        """Take a way forward: its lists, its packet, then everybody who has a say says yes."""
        self.checks_off(leg.proposes, "ahead")
        if leg.handoff:
            self.hands_over(leg)
        self.moves(leg)
        self.talk.wait(days=2)

    def checks_off(self, who: str, *doors: str) -> None:
        """Do everything that is asked here, and at the doors that lead on."""
        playbook = initiatives.playbook_of(self.desk, self.initiative)
        found = moves.items(self.desk, playbook, self.initiative)
        for item in found:
            if item.done is None and item.place in {"entry", "exit", *doors}:
                self.does(who, f"done {KEY} {item.key}")

    def hands_over(self, leg: Leg) -> None:
        """Fill a packet, offer it, and have it taken."""
        self.does(leg.gives, f"handoff {KEY} {leg.handoff}")
        row = self.desk.books.handoffs.of(self.initiative.id, leg.handoff)[0]
        items = self.desk.books.handoffs.items(row.id)
        assert len(items) == leg.packet, [each.name for each in items]
        ref = f"H-{row.number}"
        self.does(leg.gives, f'handoff {ref} {items[0].position} "as agreed"')
        rest = " ".join(f'{each.position} "see the wiki"' for each in items[1:])
        if rest:
            self.does(leg.gives, f"handoff {ref} {rest}")
        self.does(leg.gives, f"handoff {ref} offer")
        self.does(leg.takes, f"accept {ref}")

    def moves(self, leg: Leg) -> None:
        """Propose a move, and have everybody who decides agree; nobody else has a say."""
        self.does(leg.proposes, f"move {KEY} {leg.to}")
        move = self.desk.books.moves.proposed(self.initiative.id)
        if move is not None:
            view = moves.describe(self.desk, move, self.initiative)
            assert {each.member.handle for each in view.deciders} == set(leg.decide)
            for who in (each for each in leg.decide if each != leg.proposes):
                assert self.initiative.phase != leg.to
                self.does(who, f"accept {view.key}")
        else:
            assert leg.decide == (leg.proposes,)
        assert self.initiative.phase == leg.to

    def drifts(self) -> None:
        """Let it drift in production: those who decide huddle, and send it back."""
        drift = self.life.drift
        measured: dict[str, Any] = {
            "metric_name": "psi",
            "threshold": 0.25,
            "n_reference": 4200,
            "n_current": 3900,
        }
        signal = a_signal(
            FEATURE,
            model=MODEL,
            value=0.31,
            **measured,
            started=self.talk.clock.moment,
            loudness=Loudness.CRITICAL,
        )
        cases.receive(self.desk, [a_delivery(signal, at=self.talk.clock.moment)])
        self.talk.deliver()
        view = cases.view(self.desk, "C-1")
        assert {each.member.handle for each in view.owners} == set(drift.asked)
        assert {each.member.handle for each in view.informed} == set(drift.informed)
        self.does(drift.asked[0], "ack C-1")
        self.huddles(drift.choice, drift.decide)
        assert self.initiative.phase == drift.back_to
        assert self.initiative.serving == self.life.production
        self.talk.wait(hours=6)
        after = self.talk.clock.moment - signal.started_at
        cases.receive(self.desk, [a_delivery(recovered(signal, after, **measured))])
        self.talk.deliver()

    def huddles(self, choice: str, deciders: tuple[str, ...]) -> None:
        """Have everybody who decides choose the same, and state what it needs."""
        self.does(deciders[0], "huddle C-1")
        for who in deciders:
            assert self.desk.books.huddles.decision_by_number(1) is None
            self.does(who, f"decide R-1 {choice} {stated(self.desk, choice, who)}")
        decision = self.desk.books.huddles.decision_by_number(1)
        assert decision is not None
        assert {self.handle(each) for each in decision.deciders} == set(deciders)

    def answers_for_the_effect(self) -> None:
        """Wait until it is asked how the decision turned out, and answer."""
        decision = self.desk.books.huddles.decision_by_number(1)
        assert decision is not None
        assert decision.check_at is not None
        until = decision.check_at - self.talk.clock.moment
        self.talk.wait(seconds=max(0, until.total_seconds()) + 86_400)
        self.desk.books.session.refresh(decision)
        assert decision.asked_at is not None
        self.does(self.life.drift.decide[0], "outcome D-1 worked")

    def does(self, who: str, line: str) -> None:
        """Have somebody type a line, in the channel, some minutes after the last one."""
        self.talk.wait(**_CLICK)
        self.talk.does(who, line, HERE)

    def handle(self, person_id: str) -> str:
        found = self.desk.books.people.by_id(person_id)
        return found.handle if found else person_id


def live(desk: Desk, life: Life) -> Living:
    """Live a whole life on a desk, from intake to retirement."""
    clock = desk.clock
    assert isinstance(clock, SetClock)
    living = Living(Listening(desk, clock), life)
    living.intake()
    for leg in life.legs:
        living.goes_on(leg)
    living.talk.wait(days=14)
    living.drifts()
    for leg in life.legs_from(life.drift.back_to):
        living.goes_on(leg)
    living.answers_for_the_effect()
    living.checks_off(life.end.proposes, "end")
    living.moves(life.end)
    living.talk.wait(days=60)
    return living
