"""A month of thirty initiatives and sixty people: how often is somebody disturbed?"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from council import initiatives, ledger, replay
from council.desk import Desk
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.lives.channel import Listening
from tests.simulation.month import DAYS, Month
from tests.simulation.town import LEADS, Town, settle, severity_of
from tests.stories.transcript import same_as_told

# A Monday; the month has neither a change of the clocks nor a long holiday everywhere.
BEGINS = datetime(2027, 1, 11, 0, 0, tzinfo=UTC)
SEED = 20270111
URGENT = frozenset({"S1", "S2"})
MOST = 7
BUSY = 5


@dataclass
class Figures:
    """Direct messages outside S1 and S2 by (person, week), and what they were about.

    A card that changes in place rings nobody and is counted apart, in `quiet`.
    """

    per_week: dict[tuple[str, int], int]
    kinds: Counter[str] = field(default_factory=Counter)
    urgent: int = 0
    quiet: int = 0
    over: Counter[tuple[str, int, str]] = field(default_factory=Counter)

    def at(self, share: float) -> int:
        """Return how many messages this share of all person-weeks stay within."""
        found = sorted(self.per_week.values())
        return found[min(len(found) - 1, int(share * len(found)))]


def figures(talk: Listening, town: Town) -> Figures:
    """Count what was sent to single people since the month began."""
    found = Figures({(who, week): 0 for who in town.people for week in range(DAYS // 7)})
    for at, heard, changed in talk.direct():
        if at < BEGINS:
            continue
        if changed:
            found.quiet += 1
        elif severity_of(talk.desk, heard.subject) in URGENT:
            found.urgent += 1
        else:
            week = min((at - BEGINS).days // 7, DAYS // 7 - 1)
            who = heard.to.removeprefix("@")
            found.per_week[who, week] += 1
            found.kinds[heard.kind] += 1
            found.over[who, week, heard.kind] += 1
    return found


# Where a card goes whose initiative has no channel.
WHERE = {"channel": "local:council", "direct": ""}
TOLD = {
    "channel": "A month: where the council has a channel",
    "direct": "A month: where it has none, and a fifth of the initiatives neither",
}
HEAD = f"""\
Thirty initiatives of all five playbooks and sixty people in six zones, over 28 days of alerts,
storms, noise, packets, moves, huddles and absences, drawn by chance (seed {SEED}). Counted is what
was written to single people outside S1 and S2, per person and week; at most {MOST} in 95 of 100.
"""


@pytest.fixture(scope="module", params=["direct", pytest.param("channel", marks=pytest.mark.slow)])
def month(request: pytest.FixtureRequest) -> Iterator[Month]:
    """Return a month that has passed, where cards without a channel go to one, or to people."""
    clock = SetClock(BEGINS - timedelta(days=3))
    with a_desk(clock, channel=WHERE[request.param]) as desk:
        chance = random.Random(SEED)
        talk = Listening(desk, clock)
        town = settle(talk, chance)
        initiatives.begin_checks(desk)
        talk.wait(seconds=(BEGINS - clock.moment).total_seconds())
        passed = Month(talk, town, chance, BEGINS, request.param)
        passed.play()
        yield passed


def kept(month: Month) -> int:
    """Return how many messages were not sent by themselves, but stood in a summary."""
    found = zip(month.talk.times, month.talk.heard, strict=True)
    return sum(at >= BEGINS and each.reason == "in_summary" for at, each in found)


def table(found: Figures, month: Month) -> str:
    """Return the figures as they stand in the documentation."""
    rows = [
        ("person-weeks", len(found.per_week)),
        ("with none", sum(not each for each in found.per_week.values())),
        ("median", found.at(0.5)),
        ("p90", found.at(0.9)),
        ("p95", found.at(0.95)),
        ("most", max(found.per_week.values())),
        ("outside S1 and S2, in all", sum(found.per_week.values())),
        ("about S1 and S2 besides", found.urgent),
        ("changed in place, ringing nobody", found.quiet),
        ("kept for a summary", kept(month)),
        ("cases", month.talk.desk.books.cases.page(1 << 30, 1)[0].number),
    ]
    rows += [(f"of these, {kind}", number) for kind, number in found.kinds.most_common()]
    for (who, week), number in found.per_week.items():
        if number > MOST:
            why = [(kind, n) for (w, k, kind), n in found.over.items() if (w, k) == (who, week)]
            rows.append((f"{who} in week {week + 1}", number))
            rows += [(f"  {kind}", each) for kind, each in why]
    return "\n".join(f"{name:<44} {number:>6}" for name, number in rows)


def test_in_a_month_nobody_is_written_to_more_than_is_bearable(month: Month) -> None:
    found = figures(month.talk, month.town)
    said = f"{HEAD}\n```text\n{table(found, month)}\n```\n"
    assert found.at(0.95) <= MOST, table(found, month)
    same_as_told(f"month-{month.where}", TOLD[month.where], said)


def test_whoever_is_over_it_is_a_council_lead(month: Month) -> None:
    found = figures(month.talk, month.town)
    assert {who for (who, _), number in found.per_week.items() if number > MOST} <= set(LEADS)


def test_much_that_was_not_urgent_came_in_a_summary(month: Month) -> None:
    assert kept(month) > BUSY, kept(month)


def test_after_a_month_the_history_verifies_and_nothing_is_dead(month: Month) -> None:
    desk: Desk = month.talk.desk
    assert ledger.verify(desk)[1] == []
    assert replay.compare(desk) == ()
    assert desk.books.outbox.page("dead", 10) == []


def test_the_month_was_a_busy_one(month: Month) -> None:
    for verb in ("ack", "close", "huddle", "decide", "handoff", "accept", "move", "done", "away"):
        assert month.done.get(verb, 0) > 3, (verb, month.done, month.refused)
