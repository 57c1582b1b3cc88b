"""Where an initiative stands, and what waits for a person."""

import pytest

from council import cases, initiatives, standing
from council.desk import Desk
from council.tables import Person
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative, recovered


@pytest.fixture
def crew(desk: Desk) -> dict[str, Person]:
    found = a_crew(desk)
    an_initiative(desk)
    return found


def drift(desk: Desk, **more: str) -> None:
    cases.receive(desk, [a_delivery(a_signal(**more))])  # type: ignore[arg-type]


def handles(members: object) -> list[str]:
    return [member.handle for member in members]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("crew")
class TestStanding:
    def test_it_says_phase_and_step(self, desk: Desk) -> None:
        found = standing.standing(desk, "late-order")
        assert (found.phase_name, found.phase_number, found.phase_count, found.step_name) == (
            *("Model operations", 3, 3),
            "Integrate with operational workflows",
        )

    def test_it_says_who_leads_oversees_and_supports(self, desk: Desk) -> None:
        parts = standing.standing(desk, "late-order").parts
        leads = [part for part in parts if part.relation == "lead"]
        assert [(part.role_name, handles(part.members)) for part in leads][:1] == [
            ("ML engineer", ["mei"])
        ]
        assert {part.relation for part in parts} >= {"lead", "oversee", "support"}

    def test_relations_come_in_the_order_of_their_weight(self, desk: Desk) -> None:
        relations = [part.relation for part in standing.standing(desk, "late-order").parts]
        first = list(dict.fromkeys(relations))[:3]
        assert first == ["lead", "oversee", "support"]

    def test_it_says_what_each_learns_from_whom(self, desk: Desk) -> None:
        lessons = standing.standing(desk, "late-order").lessons
        assert lessons
        assert all(each.topic and each.teacher_name for each in lessons)

    def test_an_open_case_is_the_next_thing_to_do(self, desk: Desk) -> None:
        drift(desk)
        found = standing.standing(desk, "late-order")
        assert (found.next_action, found.next_subject, handles(found.next_people)) == (
            *("answer_case", "C-1"),
            ["mei", "ana"],
        )

    def test_a_case_that_somebody_has_is_no_longer_next(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        drift(desk)
        cases.acknowledge(desk, crew["mei"].id, "C-1")
        found = standing.standing(desk, "late-order")
        assert (found.next_action, [handles(case.people) for case in found.open_cases]) == (
            "work",
            [["mei"]],
        )

    def test_a_resolved_case_is_not_shown(self, desk: Desk) -> None:
        first = a_signal()
        cases.receive(desk, [a_delivery(first), a_delivery(recovered(first))])
        assert standing.standing(desk, "late-order").open_cases == ()

    def test_with_everybody_there_the_work_goes_on(self, desk: Desk) -> None:
        found = standing.standing(desk, "late-order")
        assert (found.next_action, handles(found.next_people)) == ("work", ["mei", "ana"])


def test_a_gap_in_the_lead_is_named_and_the_council_leads_can_fill_it(desk: Desk) -> None:
    a_crew(desk, without=("mei",))
    an_initiative(desk)
    found = standing.standing(desk, "late-order")
    assert (found.next_action, found.next_subject, found.gaps, handles(found.next_people)) == (
        *("fill_role", "ML engineer", ("ML engineer",)),
        ["carla"],
    )


def test_a_gap_among_those_who_help_does_not_go_before_the_work(desk: Desk) -> None:
    a_crew(desk, without=("dev",))
    an_initiative(desk)
    found = standing.standing(desk, "late-order")
    assert (found.next_action, found.gaps) == ("work", ("DevOps engineer",))


class TestListing:
    def test_pages_cover_every_initiative_once(self, desk: Desk) -> None:
        a_crew(desk)
        for number in range(5):
            an_initiative(desk, f"key-{number}", models=(f"model-{number}",))
        found: list[str] = []
        after = ""
        while True:
            page, after = standing.listing(desk, after=after, limit=2)
            found += [one.key for one in page]
            if not after:
                break
        assert found == [f"key-{number}" for number in range(5)]

    @pytest.mark.usefixtures("crew")
    def test_open_cases_are_counted(self, desk: Desk) -> None:
        drift(desk)
        drift(desk, signal_class="service")
        [one] = standing.listing(desk)[0]
        assert one.open_cases == 2

    @pytest.mark.usefixtures("crew")
    def test_a_phase_leaves_out_the_others(self, desk: Desk) -> None:
        assert standing.listing(desk, phase="development")[0] == ()


class TestMyDay:
    def test_who_is_called_has_a_case_to_answer(self, desk: Desk, crew: dict[str, Person]) -> None:
        drift(desk)
        found = standing.my_day(desk, crew["mei"].id)
        assert [case.key for case in found.to_answer] == ["C-1"]

    def test_who_is_only_informed_has_nothing_to_answer(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        drift(desk)
        assert standing.my_day(desk, crew["rui"].id).to_answer == ()

    def test_who_took_a_case_has_it_in_hand(self, desk: Desk, crew: dict[str, Person]) -> None:
        drift(desk)
        cases.acknowledge(desk, crew["mei"].id, "C-1")
        found = standing.my_day(desk, crew["mei"].id)
        assert (found.to_answer, [case.key for case in found.in_hand]) == ((), ["C-1"])

    def test_a_lead_sees_what_fell_to_them(self, desk: Desk, crew: dict[str, Person]) -> None:
        drift(desk)
        for name in ("mei", "ana"):
            cases.not_me(desk, crew[name].id, "C-1")
        found = standing.my_day(desk, crew["carla"].id)
        assert [case.key for case in found.to_answer] == ["C-1"]

    def test_roles_are_listed_with_their_initiative(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        found = standing.my_day(desk, crew["mei"].id)
        assert found.roles == (
            ("late-order", "Late order predictor", "ML engineer", "Model operations"),
        )

    def test_somebody_without_a_part_has_an_empty_day(self, desk: Desk) -> None:
        zoe = a_person(desk, "zoe")
        found = standing.my_day(desk, zoe.id)
        assert (found.to_answer, found.in_hand, found.roles, found.lead) == ((), (), (), False)

    def test_two_roles_on_one_initiative_show_a_case_once(
        self, desk: Desk, crew: dict[str, Person]
    ) -> None:
        initiatives.assign(desk, crew["carla"].id, "late-order", "data_scientist", "mei")
        drift(desk)
        found = standing.my_day(desk, crew["mei"].id)
        assert [case.key for case in found.to_answer] == ["C-1"]


def test_what_has_ended_waits_for_nobody(desk: Desk) -> None:
    a_crew(desk)
    an_initiative(desk, phase="retired")
    found = standing.standing(desk, "late-order")
    assert (found.phase_number, found.next_action, found.next_people) == (0, "nothing", ())
