"""Whatever people type, press and wait for, an initiative's life stays whole.

Any person of the crew, a person with several hats and a stranger say lines, right or not, and
press the buttons of the cards that they find; monitors report; time passes. After every step the
initiative is on its playbook's ways, every clock has somebody to ask, the ledger replays to the
tables, and whoever may not do something changes and sees nothing.
"""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.cards.model import Card
from bot.commands import Outcome
from council import cases, initiatives, leaving, ledger, people, replay
from council.desk import Desk
from council.errors import CouncilError
from council.playbook import Playbook, phases_in_order, transitions_from
from council.tables import Initiative
from tests.builders import a_delivery, a_person, a_signal, recovered
from tests.desks import a_desk, library
from tests.fakes import SetClock
from tests.properties.life_lines import (
    CLASSES,
    FIELDS,
    HATS,
    HUSHED,
    KEY,
    LEAD,
    MODEL,
    NAME,
    PLAYBOOKS,
    SECRET,
    STRANGER,
    lines,
)
from tests.properties.life_looks import clocks_run, dump, mentions, on_its_ways
from tests.talk import Heard, Said, Talk

_MOST_BUTTONS = 60
_EVERY = 6


class Life(RuleBasedStateMachine):
    """One initiative, a private one beside it, and everybody who has to do with them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.stack = ExitStack()
        self.steps = 0
        self.buttons: list[str] = []
        self.left: dict[str, int] = {}
        self.firing: list[Any] = []
        self.shown: set[tuple[str, str]] = set()

    @initialize(
        playbook_id=st.sampled_from(PLAYBOOKS),
        place=st.integers(0, 2),
        tier=st.integers(1, 4),
        channel=st.sampled_from(["local:here", ""]),
        watching=st.booleans(),
    )
    def open(
        self, playbook_id: str, place: int, tier: int, channel: str, *, watching: bool
    ) -> None:
        """Open the initiative on one of the playbooks, before, near or in production."""
        self.clock = SetClock()
        self.desk: Desk = self.stack.enter_context(a_desk(self.clock))
        self.talk = Talk(self.desk, self.clock)
        playbook = library().get(playbook_id)
        phases = [each.id for each in phases_in_order(playbook) if not each.terminal]
        crew = [f"p{number}" for number, _ in enumerate(playbook.roles)]
        a_person(self.desk, LEAD, lead=True)
        for handle in (*crew, HATS, STRANGER):
            a_person(self.desk, handle)
        self.crew = (LEAD, HATS, *crew, STRANGER)
        self.begin(playbook, (KEY, NAME, MODEL), phases[(0, -2, -1)[place]], tier)
        self.begin(playbook, (SECRET, HUSHED, "hush-model"), phases[-1], tier)
        if channel:
            self.talk.does(LEAD, f"edit {KEY} --channel {channel}")
        self.talk.does(LEAD, f"edit {SECRET} --private")
        if watching:
            self.watch()
        self.talk.deliver()
        self.talk.heard.clear()

    def begin(self, playbook: Playbook, names: tuple[str, str, str], phase: str, tier: int) -> None:
        """Open an initiative and fill its roles; of the private one only two, and the many hats."""
        key, name, model = names
        lead = self.desk.books.people.by_handle(LEAD)
        assert lead is not None
        opening = initiatives.Opening(
            name, key=key, playbook=playbook.id, phase=phase, tier=tier, models=(model,)
        )
        initiatives.open_initiative(self.desk, lead.id, opening)
        for number, role in enumerate(playbook.roles):
            if not (key == SECRET and number > 1):
                mine = self.crew[number + 2] if number else HATS
                initiatives.assign(self.desk, lead.id, key, role, mine)
        initiatives.assign(self.desk, lead.id, key, list(playbook.roles)[-1], HATS)

    def watch(self) -> None:
        """Let the initiative only watch, as one that was imported."""
        row = self.row(KEY)
        row.state = "watching"
        self.desk.books.add(row)
        facts = {"initiative": row.id, "state": row.state}
        entry = ledger.Entry("initiative.edited", "shell", f"initiative:{row.id}", facts)
        ledger.append(self.desk, [entry])

    def row(self, key: str) -> Initiative:
        """Return an initiative's row."""
        found = self.desk.books.initiatives.by_key(key)
        assert found is not None
        return found

    def teardown(self) -> None:
        """Look at everything once more, then forget it."""
        try:
            if hasattr(self, "desk"):
                self.whole()
        finally:
            self.stack.close()

    # ── what happens ─────────────────────────────────────────────────────────────────────────────

    @rule(data=st.data())
    def somebody_says(self, data: st.DataObject) -> None:
        """Have anybody type a line."""
        playbook = initiatives.playbook_of(self.desk, self.row(KEY))
        who = data.draw(st.sampled_from(self.crew), "who")
        self.say(who, data.draw(lines(playbook, self.crew), "line"))

    @precondition(lambda self: self.buttons)
    @rule(data=st.data())
    def somebody_presses(self, data: st.DataObject) -> None:
        """Have anybody press a button of a card that anybody has read, however old."""
        who = data.draw(st.sampled_from(self.crew), "who")
        self.say(who, data.draw(st.sampled_from(self.buttons), "line"))

    @precondition(lambda self: self.buttons)
    @rule(data=st.data())
    def whoever_may_presses_the_newest(self, data: st.DataObject) -> None:
        """Have each in turn press one of the newest buttons, until somebody may."""
        self.anybody(data.draw(st.sampled_from(self.buttons[-8:]), "line"))

    @rule(data=st.data())
    def whoever_may_says(self, data: st.DataObject) -> None:
        """Have each in turn say a line, until somebody may."""
        playbook = initiatives.playbook_of(self.desk, self.row(KEY))
        self.anybody(data.draw(lines(playbook, self.crew), "line"))

    @rule(way=st.sampled_from(["forward", "forward", "back", "end"]), number=st.integers(0, 2))
    def they_move(self, way: str, number: int) -> None:
        """Have whoever decides agree to a way, one after the other."""
        playbook = initiatives.playbook_of(self.desk, self.row(KEY))
        ways = transitions_from(playbook, self.row(KEY).phase)
        found = [each for each in ways if str(each.kind) == way]
        if found:
            meant = found[number % len(found)]
            change = f" --change {meant.choose[0]}" if meant.choose else ""
            self.anybody(f"move {KEY} {meant.id}{change}")
            move = self.desk.books.moves.proposed(self.row(KEY).id)
            for who in self.crew if move else ():
                self.say(who, f"accept M-{move.number}" if move else "mine")

    @rule(number=st.integers(0, 3), accepted=st.sampled_from(["", '--condition "soon"', "no"]))
    def they_hand_over(self, number: int, accepted: str) -> None:
        """Have a packet begun, offered, and taken or given back, by whoever may."""
        handoffs = list(initiatives.playbook_of(self.desk, self.row(KEY)).handoffs)
        self.anybody(f"handoff {KEY} {handoffs[number % len(handoffs)]}")
        for row in self.desk.books.handoffs.unanswered([self.row(KEY).id])[-1:]:
            key = f"H-{row.number}"
            self.anybody(f'handoff {key} 1 "it is there" --link https://example.org/x')
            self.anybody(f"handoff {key} offer --anyway")
            if accepted == "no":
                self.anybody(f"decline {key} missing_item")
            else:
                self.anybody(f"accept {key} {accepted}".strip())
                self.anybody(f"done {key} 1")

    @rule(decision=st.sampled_from(["keep_watching", "retrain", "roll_back", "fix_data", "retire"]))
    def they_decide(self, decision: str) -> None:
        """Have whoever must decide choose the same, or one of them something else."""
        self.anybody(f'huddle {KEY} "what now?"')
        for huddle in self.desk.books.huddles.open_of(self.row(KEY).id)[:1]:
            for who in self.crew:
                self.say(who, f'decide R-{huddle.number} {decision} "it seems so" {FIELDS}')

    @rule(playbook=st.sampled_from(PLAYBOOKS))
    def they_switch(self, playbook: str) -> None:
        """Have the council lead look at another playbook, and press what is offered."""
        said = self.talk.say(LEAD, f"playbook {KEY} {playbook}")
        offered = [
            b.command for b in (said.card.buttons if said.card else ()) if b.label == "Switch"
        ]
        for line in offered:
            self.say(LEAD, line)

    @precondition(lambda self: self.steps % 7 == 0)
    @rule(tier=st.integers(2, 4))
    def it_goes_on(self, tier: int) -> None:
        """Have the council lead set right what stands in the way of everything."""
        for line in (f"live {KEY}", f"resume {KEY}", f"archive {KEY} --undo"):
            self.say(LEAD, line)
        self.say(LEAD, f"edit {KEY} --tier {tier}")

    def anybody(self, line: str) -> None:
        """Have each in turn say a line, until somebody may."""
        for who in self.crew:
            if self.say(who, line) is Outcome.DONE:
                return

    @rule(feature=st.sampled_from(["age", "basket"]), about=st.sampled_from(CLASSES))
    def a_monitor_reports(self, feature: str, about: str) -> None:
        """Let something drift, of either model."""
        model = MODEL if len(self.firing) % 3 else "hush-model"
        signal = a_signal(
            feature, signal_class=about, model=model, started=self.clock.moment, value=0.4
        )
        self.firing.append(signal)
        self.hears("", lambda: cases.receive(self.desk, [a_delivery(signal, at=self.clock.moment)]))

    @precondition(lambda self: self.firing)
    @rule()
    def it_recovers(self) -> None:
        """Let the oldest drift end."""
        signal = self.firing.pop(0)
        end = recovered(signal, self.clock.moment - signal.started_at + timedelta(minutes=1))
        self.hears("", lambda: cases.receive(self.desk, [a_delivery(end, at=self.clock.moment)]))

    @rule(hours=st.sampled_from([1, 5, 24, 90]))
    def time_passes(self, hours: int) -> None:
        """Let what is due be done."""
        self.hears("", lambda: self.talk.wait(hours=hours))

    @precondition(lambda self: self.steps % 9 == 8 and len(self.left) < 2)
    @rule(data=st.data())
    def somebody_leaves(self, data: st.DataObject) -> None:
        """Have an operator say, now and then, that somebody has left for good."""
        who = data.draw(st.sampled_from([each for each in self.crew if each != LEAD]), "leaves")
        if who not in self.left:
            try:
                leaving.leave(self.desk, "shell", who)
            except CouncilError:
                return
            self.talk.deliver()
            self.left[who] = len(self.talk.heard)

    def say(self, who: str, line: str) -> Outcome:
        """Have somebody say a line; look at what they are answered and what else became of it."""
        if who in self.left:
            return Outcome.REFUSED
        note(f"{who}: {line}")
        before, hidden, unequal = dump(self.desk), not self.sees_secret(who), who == STRANGER
        stood = self.others_state() if unequal else None
        said: Said = self.hears(who, lambda: self.talk.say(who, line))
        if said.outcome is not Outcome.DONE:
            assert dump(self.desk) == before, f"{who}: {line!r} was refused and changed something"
        if hidden and not self.sees_secret(who):
            assert HUSHED not in said.text, f"{who} reads of what is private: {line!r}\n{said.text}"
        if unequal and stood is not None and not self.has_a_part(who):
            assert self.others_state() == stood, f"{who} changed what is not theirs: {line!r}"
        self.keep(said.card)
        return said.outcome

    def hears(self, actor: str, happens: Any) -> Any:
        """Let something happen and be delivered; look at who hears of it."""
        start = len(self.talk.heard)
        result = happens()
        self.talk.deliver()
        for each in self.talk.heard[start:]:
            if each.state == "sent" and each.card:
                self.look(each, actor)
                self.keep(each.card)
        return result

    def look(self, heard: Heard, actor: str) -> None:
        """Look at what was told: to whom, and who was rung."""
        place = (heard.to, heard.subject)
        anew = heard.form == "reply" or place not in self.shown  # an update rings nobody
        self.shown.add(place)
        gone = heard.to.removeprefix("@") in self.left and heard.to.startswith("@")
        assert not gone, f"{heard.to} has left and is told {heard.kind}"
        rung = {each.ids.get("local") for each in mentions(heard.card) if each.ring and anew}
        assert actor not in rung, f"{actor} is rung by their own deed: {heard.kind}\n{heard.text}"
        assert not rung & set(self.left), f"{rung & set(self.left)} left and are rung"
        public = heard.to.startswith("local:") and self.row(SECRET).private
        hidden = heard.to.startswith("@") and not self.sees_secret(heard.to[1:])
        if public or hidden:
            assert HUSHED not in heard.text, f"{heard.to} reads of what is private\n{heard.text}"

    def keep(self, card: Card | None) -> None:
        """Remember the buttons of a card, to be pressed at any time."""
        for button in card.buttons if card else ():
            self.buttons.append(button.command)
        del self.buttons[:-_MOST_BUTTONS]

    # ── what is always so ────────────────────────────────────────────────────────────────────────

    @precondition(lambda self: hasattr(self, "desk"))
    @invariant()
    def on_the_playbooks_ways(self) -> None:
        """Hold every stay against the playbook that was followed when it began."""
        self.steps += 1
        if self.steps % _EVERY == 0:
            self.whole()
        rows = [self.row(KEY), self.row(SECRET)]
        clocks_run(self.desk, rows)
        for row in rows:
            on_its_ways(self.desk, row)

    def whole(self) -> None:
        """Walk the chain, and hold every table against it."""
        faults = ledger.verify(self.desk)[1]
        assert faults == []
        assert replay.compare(self.desk) == ()

    # ── how things stand ─────────────────────────────────────────────────────────────────────────

    def others_state(self) -> dict[str, Any]:
        """Return how everything stands that belongs to an initiative."""
        found: dict[str, Any] = {}
        for noun in ("initiative", "move", "handoff", "huddle", "decision", "review"):
            for each, (key, known) in replay.rows.page(self.desk, noun, "").items():
                if key in {KEY, SECRET} or noun != "initiative":
                    found[f"{noun}:{each}"] = known
        return found

    def sees_secret(self, handle: str) -> bool:
        """Whether somebody may know of the private initiative."""
        return not self.row(SECRET).private or self.has_a_part(handle, SECRET)

    def has_a_part(self, handle: str, *keys: str) -> bool:
        """Whether somebody leads the council, or has a part in any of these initiatives."""
        person = self.desk.books.people.by_handle(handle)
        assert person is not None
        if handle == LEAD:
            return True
        parts = self.desk.books.sights.parts_of(person.id)
        return any(
            self.row(key).id in parts or self.row(key).created_by == person.id
            for key in keys or (KEY, SECRET)
        ) or person.id in {each.id for each in people.acting_leads(self.desk)}


Life.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=30,
    suppress_health_check=list(HealthCheck),
)
TestLife = Life.TestCase
