"""What somebody can name where they type."""

from collections.abc import Iterator

import pytest

from bot.completions import known_to
from bot.grammar.completion import complete
from council import cases
from council.desk import Desk
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative
from tests.desks import a_desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    with a_desk() as found:
        a_crew(found)
        an_initiative(found, "churn", models=("churn-1",), without=("mei",))
        an_initiative(found, "late-order", channel="local:late")
        yield found


def person(desk: Desk, handle: str) -> str:
    found = desk.books.people.by_handle(handle)
    assert found is not None
    return found.id


def test_a_persons_own_initiatives_come_first(desk: Desk) -> None:
    found = known_to(desk, person(desk, "mei"), "")
    assert [key for key, _ in found.keys] == ["late-order", "churn"]


def test_the_initiative_of_the_place_is_here(desk: Desk) -> None:
    assert known_to(desk, person(desk, "mei"), "local:late").here == "late-order"


def test_elsewhere_no_initiative_is_here(desk: Desk) -> None:
    assert known_to(desk, person(desk, "mei"), "local:else").here == ""


def test_open_cases_are_known_by_what_they_are_about(desk: Desk) -> None:
    cases.receive(desk, [a_delivery(a_signal())])
    assert known_to(desk, person(desk, "mei"), "").cases == (
        ("C-1", "Data drift: Late order predictor"),
    )


def test_a_case_in_hand_can_still_be_named(desk: Desk) -> None:
    cases.receive(desk, [a_delivery(a_signal())])
    cases.acknowledge(desk, person(desk, "mei"), "C-1")
    assert len(known_to(desk, person(desk, "mei"), "").cases) == 1


def test_a_resolved_case_is_not_offered(desk: Desk) -> None:
    cases.receive(desk, [a_delivery(a_signal())])
    cases.close(desk, person(desk, "mei"), "C-1", "noise")
    assert known_to(desk, person(desk, "mei"), "").cases == ()


def test_the_cases_of_a_persons_own_initiatives_come_first(desk: Desk) -> None:
    cases.receive(desk, [a_delivery(a_signal(), a_signal(model="churn-1"))])
    found = [key for key, _ in known_to(desk, person(desk, "mei"), "").cases]
    own = next(case for case in desk.books.cases.page(9, 9) if f"C-{case.number}" == found[0])
    owner = desk.books.initiatives.by_id(own.initiative_id)
    assert owner is not None
    assert (owner.key, len(found)) == ("late-order", 2)


def test_roles_and_phases_are_those_of_the_playbooks(desk: Desk) -> None:
    found = known_to(desk, person(desk, "mei"), "")
    assert "ML engineer" in found.roles
    assert ("operations", "Model operations") in found.phases
    assert found.playbooks[0][0] == "lead-support-learn"


def test_at_most_200_people_are_read(desk: Desk) -> None:
    for number in range(210):
        a_person(desk, f"p{number}")
    assert len(known_to(desk, person(desk, "mei"), "").people) == 200


def test_what_is_known_completes_a_line(desk: Desk) -> None:
    found = complete("/council assign ML", known_to(desk, person(desk, "mei"), "local:late"))
    assert found[0].text == '/council assign "ML engineer" '
