"""Whatever absences and deputies there are, calls reach somebody who is there, and end."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from council import people
from council.desk import Desk
from council.errors import Conflict
from council.people import LEAD_ROLE, Away, Member, Plan, Roster
from tests.builders import a_person
from tests.desks import a_desk
from tests.fakes import START

ROLES = ("data_scientist", "ml_engineer", "data_engineer")
NAMES = ("ana", "bo", "carla", "dev", "mei", "tom")
MEMBERS = {name: Member(name, name, name.capitalize()) for name in NAMES}

SOME = st.lists(st.sampled_from(NAMES), unique=True, max_size=3)
STAFF = st.dictionaries(st.sampled_from(ROLES), SOME)
LEADS = st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=2)
# Who is away, and who of the others was asked and said yes (or nobody).
ABSENCES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES) | st.none())
CALLS = st.lists(st.sampled_from((*ROLES, LEAD_ROLE)), unique=True, min_size=1)


def told(desk: Desk, absences: Mapping[str, str | None]) -> Mapping[str, Away]:
    """Plan these absences with these deputies, and return who is away now by handle."""
    ids = {name: a_person(desk, name).id for name in NAMES}
    names = {person: name for name, person in ids.items()}
    for name, deputy in absences.items():
        asked = deputy if deputy != name else None
        view = people.plan(desk, ids[name], Plan(START.date(), deputy=asked or ""))
        if asked:
            people.stand_in(desk, ids[asked], view.key)
    found = people.away_now(desk, ids.values())
    return {
        names[person]: Away(gone.until, MEMBERS[gone.deputy.handle] if gone.deputy else None)
        for person, gone in found.items()
    }


@given(STAFF, LEADS, ABSENCES, CALLS, st.sets(st.sampled_from(NAMES), max_size=3))
@settings(max_examples=60)
def test_every_call_reaches_somebody_and_nobody_who_is_away_while_a_deputy_is_there(
    staff: dict[str, list[str]],
    leading: list[str],
    absences: dict[str, str | None],
    roles: list[str],
    without: set[str],
) -> None:
    with a_desk() as desk:
        away = told(desk, absences)
    assert away.keys() == absences.keys()
    who = Roster(
        {role: tuple(MEMBERS[name] for name in names) for role, names in staff.items()},
        tuple(MEMBERS[name] for name in leading),
        away,
    )
    called = who.call(roles, without)
    everybody_leading_is_away = all(name in away for name in leading)
    for each in called:
        assert each.member.id not in away or (
            each.member.id in leading and everybody_leading_is_away and not each.roles
        )
        assert set(each.roles) <= set(who.roles_of(each.member.id))
    reached = {role for each in called for role in each.roles}
    reached |= {role for each in called for role, _ in each.stands_in}
    assert reached == set(roles)
    assert len({each.member.id for each in called}) == len(called)


@given(ABSENCES)
@settings(max_examples=60)
def test_a_chain_of_deputies_ends_with_somebody_who_is_there_or_with_nobody(
    absences: dict[str, str | None],
) -> None:
    with a_desk() as desk:
        away = told(desk, absences)
    for name, gone in away.items():
        at, passed = absences[name], {name}
        while at in absences and at not in passed:
            passed.add(at)
            at = absences[at]
        expected = None if at in passed else at
        assert (gone.deputy.handle if gone.deputy else None) == expected


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), max_size=8))
@settings(max_examples=40)
def test_the_absences_of_one_person_never_overlap(days: list[tuple[int, int]]) -> None:
    with a_desk() as desk:
        person = a_person(desk, "zoe").id
        taken: set[date] = set()
        for start, length in days:
            first = START.date() + timedelta(days=start)
            wanted = {first + timedelta(days=more) for more in range(length + 1)}
            try:
                people.plan(desk, person, Plan(first, max(wanted)))
            except Conflict:
                assert wanted & taken
            else:
                assert not wanted & taken
                taken |= wanted
