"""Conditions and cases after any signals, in any order, in any batches."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from council import cases, ledger
from council.desk import Desk
from council.signal import Loudness, Signal, Status
from council.tables import Case
from tests.builders import a_delivery, a_person, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import START

Json = dict[str, Any]
FEATURES = ("age", "income")
CLASSES = ("data_drift", "service")
SMALL = 50  # samples: too few for the playbook


@dataclass(frozen=True)
class Said:
    """What a sender says of one condition; times are minutes."""

    start: int
    end: int | None = None
    feature: str = "age"
    signal_class: str = "data_drift"
    loud: bool = True
    small: bool = False

    @property
    def signal(self) -> Signal:
        begin = START + timedelta(minutes=self.start)
        ended = None if self.end is None else START + timedelta(minutes=self.end)
        return a_signal(
            self.feature,
            status=Status.FIRING if ended is None else Status.RESOLVED,
            started=begin,
            ended=ended,
            signal_class=self.signal_class,
            loudness=Loudness.CRITICAL if self.loud else Loudness.WARNING,
            n_current=SMALL if self.small else None,
        )


def firings(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[Said]:
    return st.builds(Said, st.integers(0, 6), **more)


def recoveries(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[Said]:
    return st.integers(0, 6).flatmap(
        lambda start: st.builds(Said, st.just(start), st.integers(start, 7), **more)
    )


ABOUT: dict[str, st.SearchStrategy[Any]] = {
    "feature": st.sampled_from(FEATURES),
    "signal_class": st.sampled_from(CLASSES),
    "loud": st.booleans(),
}
one_condition = st.lists(firings() | recoveries(), min_size=1, max_size=12)
requests = st.lists(st.lists(firings(**ABOUT) | recoveries(**ABOUT), max_size=3), max_size=7)
unsure_requests = st.lists(
    st.lists(
        firings(**ABOUT, small=st.booleans()) | recoveries(**ABOUT, small=st.booleans()), max_size=3
    ),
    max_size=7,
)
# After which requests a batch ends.
cuts = st.lists(st.booleans(), min_size=7, max_size=7)


@pytest.fixture(scope="module")
def furnished() -> Iterator[Desk]:
    """Return a council with one initiative, made once; examples go back to how it was."""
    with a_desk() as desk:
        a_person(desk, "carla", lead=True)
        a_person(desk, "mei")
        an_initiative(desk)
        desk.books.session.flush()
        yield desk


@contextmanager
def afresh(desk: Desk) -> Iterator[Desk]:
    """Take back, at the end, what happens in here."""
    with desk.books.session.begin_nested() as point:
        yield desk
        point.rollback()


def receive(desk: Desk, said: Sequence[Sequence[Said]], ends: Sequence[bool]) -> list[Any]:
    """Take requests in batches; return what each was answered."""
    answers: list[Any] = []
    batch = []
    for request, last in zip(said, ends, strict=False):
        batch.append(a_delivery(*(each.signal for each in request)))
        if last:
            answers += cases.receive(desk, batch)
            batch = []
    return answers + (cases.receive(desk, batch) if batch else [])


def the_cases(desk: Desk) -> list[Case]:
    desk.books.session.expire_all()  # as the next transaction would see them
    return desk.books.cases.page(1 << 30, 200)


def conditions(desk: Desk) -> list[Json]:
    keys = [
        Said(0, feature=feature, signal_class=about).signal.condition_key
        for feature in FEATURES
        for about in CLASSES
    ]
    found = [dict(row) for row in desk.books.cases.conditions(keys)]
    return sorted(found, key=lambda row: row["condition_key"])


# ── one condition ────────────────────────────────────────────────────────────────────────────────


def slow_and_right(said: Sequence[Said]) -> str:
    """Say whether it holds: its latest firing began after its latest end.

    The same transition said again has no effect, whatever else is said with it.
    """
    accepted: dict[tuple[int, bool], Said] = {}
    for each in said:
        accepted.setdefault((each.start, each.end is None), each)
    starts = [each.start for each in accepted.values() if each.end is None]
    ends = [each.end for each in accepted.values() if each.end is not None]
    return "firing" if starts and (not ends or max(starts) > max(ends)) else "resolved"


@given(one_condition)
@settings(max_examples=60)
def test_a_condition_ends_as_the_times_say(furnished: Desk, said: list[Said]) -> None:
    with afresh(furnished) as desk:
        receive(desk, [[each] for each in said], [True] * len(said))
        [condition] = conditions(desk)
    assert condition["state"] == slow_and_right(said)


@given(one_condition)
@settings(max_examples=60)
def test_a_condition_ends_the_same_within_one_request(furnished: Desk, said: list[Said]) -> None:
    with afresh(furnished) as desk:
        receive(desk, [said], [True])
        [condition] = conditions(desk)
    assert condition["state"] == slow_and_right(said)


@given(one_condition)
@settings(max_examples=60)
def test_a_case_is_open_exactly_while_its_condition_holds(
    furnished: Desk, said: list[Said]
) -> None:
    with afresh(furnished) as desk:
        for place, each in enumerate(said, 1):
            receive(desk, [[each]], [True])
            opened = [case for case in the_cases(desk) if case.status != "resolved"]
            assert bool(opened) == (slow_and_right(said[:place]) == "firing")


@given(one_condition)
@settings(max_examples=40)
def test_repeating_everything_changes_no_case(furnished: Desk, said: list[Said]) -> None:
    with afresh(furnished) as desk:
        receive(desk, [said], [True])
        before = told(desk)[0]
        [again] = receive(desk, [said], [True])
        assert (again.accepted, told(desk)[0]) == (0, before)


# ── several conditions, in batches ───────────────────────────────────────────────────────────────


def told(desk: Desk) -> tuple[list[Json], list[Json]]:
    """Return cases and conditions without their opaque ids."""
    numbers = {case.id: case.number for case in the_cases(desk)}
    some = [case.model_dump(exclude={"id"}) for case in the_cases(desk)]
    return some, [row | {"case_id": numbers.get(row["case_id"] or "")} for row in conditions(desk)]


def outcome(furnished: Desk, said: Sequence[Sequence[Said]], ends: Sequence[bool]) -> Any:
    """Return the answers, cases and conditions when requests come in these batches."""
    with afresh(furnished) as desk:
        return receive(desk, said, ends), told(desk)


@given(requests, cuts)
@settings(max_examples=80)
def test_batches_make_no_difference(
    furnished: Desk, said: list[list[Said]], ends: list[bool]
) -> None:
    alone = outcome(furnished, said, [True] * len(said))
    assert outcome(furnished, said, ends) == alone


# One condition recovers and the other holds on; then the other turns out to be too small a sample.
FADING = [
    [Said(0, feature="age"), Said(0, feature="income")],
    [Said(0, 1, feature="age")],
    [Said(0, feature="income", small=True)],
]


@example(FADING, [False] * 7)
@given(unsure_requests, cuts)
@settings(max_examples=80)
def test_batches_make_no_difference_where_evidence_is_low(
    furnished: Desk, said: list[list[Said]], ends: list[bool]
) -> None:
    alone = outcome(furnished, said, [True] * len(said))
    assert outcome(furnished, said, ends) == alone


def counts_hold(desk: Desk) -> bool:
    """Say whether each open case counts what fires in it on enough evidence."""
    held: dict[str, int] = {}
    for row in conditions(desk):
        if row["state"] == "firing" and not row["low_evidence"]:
            held[row["case_id"] or ""] = held.get(row["case_id"] or "", 0) + 1
    opened = [case for case in the_cases(desk) if case.status != "resolved"]
    return all(case.firing == held.get(case.id, 0) for case in opened)


@given(unsure_requests, cuts)
@settings(max_examples=80)
def test_an_open_case_counts_what_fires_in_it_on_enough_evidence(
    furnished: Desk, said: list[list[Said]], ends: list[bool]
) -> None:
    with afresh(furnished) as desk:
        receive(desk, said, ends)
        assert counts_hold(desk)


@given(unsure_requests, cuts)
@settings(max_examples=40)
def test_a_class_has_at_most_one_open_case(
    furnished: Desk, said: list[list[Said]], ends: list[bool]
) -> None:
    with afresh(furnished) as desk:
        receive(desk, said, ends)
        opened = [case.signal_class for case in the_cases(desk) if case.status != "resolved"]
    assert len(opened) == len(set(opened))


@given(unsure_requests, cuts)
@settings(max_examples=40)
def test_the_ledger_verifies_whatever_came(
    furnished: Desk, said: list[list[Said]], ends: list[bool]
) -> None:
    with afresh(furnished) as desk:
        receive(desk, said, ends)
        assert ledger.verify(desk)[1] == []


@given(unsure_requests, cuts)
@settings(max_examples=40)
def test_what_was_accepted_is_kept_once(
    furnished: Desk, said: list[list[Said]], ends: list[bool]
) -> None:
    with afresh(furnished) as desk:
        answers = receive(desk, said, ends)
        kept = [row.dedup_key for row in desk.books.cases.signals((1 << 31) - 1, 200)]
    assert len(set(kept)) == len(kept) == sum(answer.accepted for answer in answers)
