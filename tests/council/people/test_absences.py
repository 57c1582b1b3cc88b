"""Somebody is away: who is called instead, who is asked, and what is said when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from council import agenda, ledger, people, rights, rounds
from council.desk import Desk
from council.errors import Conflict, Invalid, NotAllowed
from council.people import LEAD_ROLE, Plan
from tests.builders import a_crew, a_person, an_initiative
from tests.fakes import SetClock

TODAY = date(2026, 11, 24)  # a Tuesday
MONDAY = date(2026, 11, 30)
FRIDAY = date(2026, 12, 4)


@pytest.fixture
def crew(desk: Desk) -> dict[str, str]:
    """Return the ids of the crew and of Tom, who holds no role."""
    found = {name: person.id for name, person in a_crew(desk).items()}
    found["tom"] = a_person(desk, "tom").id
    an_initiative(desk)
    return found


def away(desk: Desk, who: str, deputy: str = "", *, yes: bool = True, **days: date | None) -> str:
    """Let somebody be away from today on, stood in for by a deputy who says yes."""
    first = days.get("first") or TODAY
    view = people.plan(desk, who, Plan(first, days.get("last"), deputy=deputy))
    if deputy and yes:
        people.stand_in(desk, people.find(desk, deputy).id, view.key)
    return view.key


def called(desk: Desk, *roles: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Return who is called for these roles: handle, roles, whose place they take."""
    initiative = desk.books.initiatives.by_key("late-order")
    assert initiative is not None
    return [
        (each.member.handle, each.roles, tuple(one.absent.handle for one in each.deputy_for))
        for each in people.roster(desk, initiative).call(roles)
    ]


class TestRouting:
    def test_the_deputy_who_said_yes_is_called(self, desk: Desk, crew: dict[str, str]) -> None:
        away(desk, crew["mei"], "tom")
        assert called(desk, "ml_engineer") == [("tom", ("ml_engineer",), ("mei",))]

    def test_a_deputy_who_has_not_answered_is_not(self, desk: Desk, crew: dict[str, str]) -> None:
        away(desk, crew["mei"], "tom", yes=False)
        assert [who for who, _, _ in called(desk, "ml_engineer")] == ["carla"]

    def test_the_lead_is_told_that_everybody_is_away(
        self, desk: Desk, crew: dict[str, str]
    ) -> None:
        away(desk, crew["mei"])
        initiative = desk.books.initiatives.by_key("late-order")
        assert initiative is not None
        [lead] = people.roster(desk, initiative).call(["ml_engineer"])
        assert (lead.member.handle, lead.stands_in) == ("carla", (("ml_engineer", "away"),))

    def test_a_deputy_with_a_role_of_their_own_is_called_once_with_both(
        self, desk: Desk, crew: dict[str, str]
    ) -> None:
        away(desk, crew["mei"], "ana")
        both = ("ml_engineer", "data_scientist")
        assert called(desk, *both) == [("ana", both, ("mei",))]

    def test_a_deputy_of_a_deputy_is_called(self, desk: Desk, crew: dict[str, str]) -> None:
        away(desk, crew["mei"], "tom")
        away(desk, crew["tom"], "bo")
        assert called(desk, "ml_engineer") == [("bo", ("ml_engineer",), ("mei",))]

    def test_deputies_in_a_circle_fall_to_the_lead(self, desk: Desk, crew: dict[str, str]) -> None:
        away(desk, crew["mei"], "ana")
        away(desk, crew["ana"], "mei")
        assert [who for who, _, _ in called(desk, "ml_engineer")] == ["carla"]

    def test_a_lead_who_is_away_is_stood_in_for(self, desk: Desk, crew: dict[str, str]) -> None:
        away(desk, crew["carla"], "tom")
        assert called(desk, LEAD_ROLE) == [("tom", (LEAD_ROLE,), ("carla",))]
        assert [one.handle for one in people.acting_leads(desk)] == ["tom"]

    def test_the_only_lead_without_a_deputy_is_still_the_end_of_the_ladder(
        self, desk: Desk, crew: dict[str, str]
    ) -> None:
        away(desk, crew["carla"])
        away(desk, crew["mei"])
        assert [who for who, _, _ in called(desk, "ml_engineer")] == ["carla"]

    def test_a_deputy_may_act_while_it_lasts_and_not_after(
        self, desk: Desk, crew: dict[str, str], clock: SetClock
    ) -> None:
        key = away(desk, crew["mei"], "tom")
        initiative = desk.books.initiatives.by_key("late-order")
        assert initiative is not None
        assert rights.may_change(people.roster(desk, initiative), crew["tom"])
        assert [role for _, role in people.parts_of(desk, crew["tom"])] == ["ml_engineer"]
        clock.move(hours=1)
        people.back(desk, crew["mei"], key=key)
        assert not rights.may_change(people.roster(desk, initiative), crew["tom"])
        assert people.parts_of(desk, crew["tom"]) == []

    def test_whoever_is_away_keeps_their_role(self, desk: Desk, crew: dict[str, str]) -> None:
        away(desk, crew["mei"], "tom")
        initiative = desk.books.initiatives.by_key("late-order")
        assert initiative is not None
        who = people.roster(desk, initiative)
        assert [one.handle for one in who.holders("ml_engineer")] == ["mei"]
        assert who.roles_of(crew["mei"]) == ("ml_engineer",)

    def test_a_planned_absence_changes_nothing_before_it_begins(
        self, desk: Desk, crew: dict[str, str], clock: SetClock
    ) -> None:
        away(desk, crew["mei"], "tom", first=MONDAY, last=FRIDAY)
        assert called(desk, "ml_engineer")[0][0] == "mei"
        clock.moment = datetime(2026, 11, 30, tzinfo=UTC)
        assert called(desk, "ml_engineer")[0][0] == "tom"
        clock.moment = datetime(2026, 12, 5, tzinfo=UTC)
        assert called(desk, "ml_engineer")[0][0] == "mei"


class TestDays:
    @pytest.mark.parametrize(
        ("zone", "starts"),
        [
            ("Europe/Berlin", datetime(2026, 11, 29, 23, tzinfo=UTC)),
            ("Asia/Kathmandu", datetime(2026, 11, 29, 18, 15, tzinfo=UTC)),
            ("America/New_York", datetime(2026, 11, 30, 5, tzinfo=UTC)),
        ],
    )
    def test_days_are_those_of_whoever_is_away(
        self, desk: Desk, zone: str, starts: datetime
    ) -> None:
        person = a_person(desk, "zoe", zone=zone)
        view = people.plan(desk, person.id, Plan(MONDAY, MONDAY))
        row = desk.books.absences.by_number(1)
        assert row is not None
        assert (row.starts_at, row.ends_at) == (starts, starts + timedelta(days=1))
        assert (view.first, view.last) == (MONDAY, MONDAY)

    def test_a_day_is_as_long_as_the_clock_makes_it(self, desk: Desk) -> None:
        person = a_person(desk, "zoe", zone="Europe/Berlin")
        day = date(2027, 3, 28)  # the clock goes forward
        people.plan(desk, person.id, Plan(day, day))
        row = desk.books.absences.by_number(1)
        assert row is not None
        assert row.ends_at is not None
        assert row.ends_at - row.starts_at == timedelta(hours=23)

    def test_an_end_before_the_beginning_is_refused(self, desk: Desk, crew: dict[str, str]) -> None:
        with pytest.raises(Invalid) as refusal:
            people.plan(desk, crew["mei"], Plan(FRIDAY, MONDAY))
        assert refusal.value.why == "before_first"

    def test_what_is_over_is_refused(self, desk: Desk, crew: dict[str, str]) -> None:
        with pytest.raises(Invalid) as refusal:
            people.plan(desk, crew["mei"], Plan(date(2026, 1, 1), date(2026, 1, 2)))
        assert refusal.value.why == "past"

    def test_days_that_are_covered_are_refused_with_the_absence(
        self, desk: Desk, crew: dict[str, str]
    ) -> None:
        people.plan(desk, crew["mei"], Plan(MONDAY))
        with pytest.raises(Conflict) as refusal:
            people.plan(desk, crew["mei"], Plan(FRIDAY, FRIDAY))
        assert (refusal.value.subject, refusal.value.state) == ("A-1", "away")


class TestRights:
    def test_only_a_lead_enters_it_for_others(self, desk: Desk, crew: dict[str, str]) -> None:
        view = people.plan(desk, crew["carla"], Plan(MONDAY, who="mei"))
        assert view.entered_by is not None
        with pytest.raises(NotAllowed) as refusal:
            people.plan(desk, crew["bo"], Plan(MONDAY, who="ana"))
        assert refusal.value.who == ("carla",)

    def test_only_whoever_was_asked_answers(self, desk: Desk, crew: dict[str, str]) -> None:
        key = away(desk, crew["mei"], "tom", yes=False)
        with pytest.raises(NotAllowed) as refusal:
            people.stand_in(desk, crew["bo"], key)
        assert refusal.value.who == ("tom",)

    def test_nobody_is_their_own_deputy(self, desk: Desk, crew: dict[str, str]) -> None:
        with pytest.raises(Invalid) as refusal:
            people.plan(desk, crew["mei"], Plan(MONDAY, deputy="mei"))
        assert refusal.value.why == "own_deputy"

    def test_a_second_press_is_answered_kindly(self, desk: Desk, crew: dict[str, str]) -> None:
        key = away(desk, crew["mei"], "tom")
        with pytest.raises(Conflict):
            people.stand_in(desk, crew["tom"], key)

    def test_a_yes_may_be_taken_back(self, desk: Desk, crew: dict[str, str]) -> None:
        key = away(desk, crew["mei"], "tom")
        people.refuse(desk, crew["tom"], key, "ill")
        assert called(desk, "ml_engineer")[0][0] == "carla"

    def test_what_is_over_cannot_be_answered(self, desk: Desk, crew: dict[str, str]) -> None:
        key = away(desk, crew["mei"], "tom", yes=False)
        people.back(desk, crew["mei"])
        with pytest.raises(Conflict) as refusal:
            people.stand_in(desk, crew["tom"], key)
        assert refusal.value.state == "over"

    def test_whoever_is_here_cannot_come_back(self, desk: Desk, crew: dict[str, str]) -> None:
        with pytest.raises(Conflict) as refusal:
            people.back(desk, crew["mei"])
        assert refusal.value.state == "here"


class TestClocks:
    def test_whoever_leaves_on_monday_is_asked_on_friday(
        self, desk: Desk, crew: dict[str, str]
    ) -> None:
        away(desk, crew["mei"], first=MONDAY, last=FRIDAY)
        rows = {
            row.kind: row.due_at
            for row in desk.books.agenda.due(datetime.max.replace(tzinfo=UTC), 10)
        }
        assert rows == {
            "absence.ask": datetime(2026, 11, 27, 9, tzinfo=UTC),
            "absence.begin": datetime(2026, 11, 30, tzinfo=UTC),
            "absence.end": datetime(2026, 12, 5, tzinfo=UTC),
        }

    def test_it_ends_by_itself(self, desk: Desk, crew: dict[str, str], clock: SetClock) -> None:
        away(desk, crew["mei"], last=TODAY)
        clock.moment = datetime(2026, 11, 25, tzinfo=UTC)
        for item in agenda.due(desk):
            rounds.run(desk, item)
        assert people.who_is_away(desk) == ()

    def test_calling_it_off_leaves_no_clock_behind(self, desk: Desk, crew: dict[str, str]) -> None:
        away(desk, crew["mei"], "tom", first=MONDAY, last=FRIDAY)
        people.back(desk, crew["mei"])
        assert desk.books.agenda.next_due() is None

    def test_the_ledger_tells_it_without_words(self, desk: Desk, crew: dict[str, str]) -> None:
        view = people.plan(desk, crew["mei"], Plan(MONDAY, deputy="tom", note="my sister marries"))
        people.refuse(desk, crew["tom"], view.key, "I marry her")
        people.back(desk, crew["mei"])
        kinds = [row.kind for row in desk.books.ledger.after(0, 200) if "absence" in row.kind]
        assert kinds == [
            "absence.planned",
            "absence.deputy_asked",
            "absence.declined",
            "absence.ended",
        ]
        chain = str([row.model_dump() for row in desk.books.ledger.after(0, 200)])
        assert "marr" not in chain
        assert ledger.verify(desk)[1] == []

    def test_who_was_asked_is_known_until_they_answer(
        self, desk: Desk, crew: dict[str, str]
    ) -> None:
        key = away(desk, crew["mei"], "tom", yes=False, first=MONDAY)
        assert [one.key for one in people.asked_to_stand_in(desk, crew["tom"])] == [key]
        people.stand_in(desk, crew["tom"], key)
        assert people.asked_to_stand_in(desk, crew["tom"]) == ()
