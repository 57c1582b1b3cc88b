"""Figures of handoffs are of groups, grow with what still waits, and never say who."""

from hypothesis import given
from hypothesis import strategies as st

from council.handoffs.measures import Waited, acceptance

STATES = st.sampled_from(["offered", "accepted", "accepted_with_conditions", "returned"])
OFFERS = st.lists(
    st.builds(Waited, st.sampled_from("abcde"), STATES, st.integers(0, 9_000), st.integers(0, 3)),
    max_size=30,
)


def some(count: int, state: str = "accepted", initiatives: int = 3, **more: int) -> list[Waited]:
    return [Waited(f"i{n % initiatives}", state, 60 * (n + 1), **more) for n in range(count)]


def test_few_handoffs_on_few_initiatives_have_no_figure() -> None:
    assert acceptance(some(4, initiatives=2)) is None


def test_three_initiatives_or_five_events_are_enough() -> None:
    assert acceptance(some(3))
    assert acceptance(some(5, initiatives=1))


def test_withdrawn_ones_are_counted_beside() -> None:
    found = acceptance([*some(3), Waited("i9", "withdrawn", 1)])
    assert found is not None
    assert (found.withdrawn, found.answered, found.median_minutes) == (1, 3, 120)


def test_taken_after_a_return_is_not_taken_at_first() -> None:
    found = acceptance([*some(3), *some(1, returned_before=1)])
    assert found is not None
    assert found.first_time == 0.75


def test_conditions_count_as_taken_and_their_share_is_shown() -> None:
    found = acceptance([*some(3), *some(1, "accepted_with_conditions")])
    assert found is not None
    assert (found.first_time, found.with_conditions) == (1.0, 0.25)


def test_more_than_a_fifth_waiting_makes_the_times_at_least() -> None:
    found = acceptance([*some(3), *some(1, "offered")])
    assert found is not None
    assert found.at_least


@given(OFFERS)
def test_figures_stay_within_what_was_measured(offers: list[Waited]) -> None:
    found = acceptance(offers)
    if found is None:
        assert len(offers) < 5
        return
    minutes = [each.minutes for each in offers]
    assert min(minutes) <= found.median_minutes <= found.ninetieth_minutes <= max(minutes)
    assert found.first_time is None or 0 <= found.first_time <= 1
    assert found.answered >= len(offers) - found.waiting
