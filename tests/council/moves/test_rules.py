"""What ways allow, for every way of every shipped playbook."""

from hypothesis import given
from hypothesis import strategies as st

from council.moves import rules
from council.playbook import MoveKind, Playbook, Transition
from council.waits import Missing
from tests.desks import library

WAYS = [(book, way) for book in library().playbooks for way in book.transitions.values()]
ANY_WAY = st.sampled_from(WAYS)
MISSING = st.lists(
    st.builds(Missing, st.sampled_from(["item", "handoff", "role"]), st.just("x"), st.just("x"))
)


@given(ANY_WAY)
def test_a_way_is_found_by_its_id_its_trigger_and_its_direction(
    found: tuple[Playbook, Transition],
) -> None:
    book, way = found
    assert rules.meant(book, way.source, way.id) == (way,)
    assert way in rules.meant(book, way.source, way.kind)
    assert not way.trigger or way in rules.meant(book, way.source, way.trigger.upper())


@given(ANY_WAY, st.text(max_size=20))
def test_nothing_but_ways_from_here_is_ever_found(
    found: tuple[Playbook, Transition], text: str
) -> None:
    book, way = found
    assert all(each.source == way.source for each in rules.meant(book, way.source, text))


@given(ANY_WAY, st.data())
def test_who_agrees_more_is_never_less_agreed(
    found: tuple[Playbook, Transition], data: st.DataObject
) -> None:
    _, way = found
    some = set(data.draw(st.lists(st.sampled_from(way.decide))))
    more = some | set(data.draw(st.lists(st.sampled_from(way.decide))))
    assert rules.agreed(way, more) or not rules.agreed(way, some)
    assert rules.agreed(way, some) == (rules.unspoken(way, some) == ())
    assert rules.agreed(way, way.decide)


@given(ANY_WAY, st.sampled_from([1, 2, 3, 4]), MISSING)
def test_lists_stop_tier_1_alone_and_never_a_way_back(
    found: tuple[Playbook, Transition], tier: int, missing: list[Missing]
) -> None:
    _, way = found
    onward = way.kind in {MoveKind.FORWARD, MoveKind.END}
    assert rules.barred(way, tier, missing) == (onward and tier == 1 and bool(missing))


@given(ANY_WAY, st.sampled_from(["served", "new"]))
def test_a_version_serves_on_only_where_the_playbook_keeps_it(
    found: tuple[Playbook, Transition], past: str
) -> None:
    book, way = found
    serving = next(each.id for each in book.phases.values() if each.production)
    before = serving if past == "served" else ""
    after = rules.serving_after(book, way, before)
    assert after == "" or book.phases[after].production
    assert after != way.target
