"""Opening an initiative, staffing it, and who may."""

import pytest
from sqlmodel import select

from council import initiatives, people
from council.desk import Desk
from council.errors import Conflict, Invalid, NotAllowed, NotFound
from council.initiatives import Opening, Staffed
from council.playbook import UnknownName
from council.tables import Initiative, Person, PlaybookVersion
from tests.builders import a_crew, a_person, an_initiative


@pytest.fixture
def rui(desk: Desk) -> Person:
    return a_person(desk, "rui")


def opened(desk: Desk, person: Person, name: str = "Late orders", **more: object) -> Initiative:
    return initiatives.open_initiative(desk, person.id, Opening(name, **more))  # type: ignore[arg-type]


class TestOpening:
    def test_anybody_may_open_one(self, desk: Desk, rui: Person) -> None:
        assert opened(desk, rui).created_by == rui.id

    def test_what_is_left_out_gets_a_sensible_default(self, desk: Desk, rui: Person) -> None:
        found = opened(desk, rui)
        assert (found.key, found.phase, found.tier, found.playbook_id) == (
            *("late-orders", "data_features", 3),
            "lead-support-learn",
        )

    def test_it_is_pinned_to_the_version_of_its_playbook(self, desk: Desk, rui: Person) -> None:
        found = opened(desk, rui)
        playbook = initiatives.playbook_of(desk, found)
        assert (found.playbook_version, found.playbook_digest) == (
            playbook.version,
            playbook.digest,
        )

    def test_a_playbook_that_changed_after_its_first_use_is_refused(
        self, desk: Desk, rui: Person
    ) -> None:
        opened(desk, rui)
        row = desk.books.session.exec(select(PlaybookVersion)).one()
        row.digest = "another"
        desk.books.add(row)
        with pytest.raises(Conflict) as refusal:
            opened(desk, rui, "Another")
        assert refusal.value.state == "changed_after_use"

    def test_a_name_that_is_taken_gives_a_key_with_a_number(self, desk: Desk, rui: Person) -> None:
        assert [opened(desk, rui).key for _ in range(3)] == [
            *("late-orders", "late-orders-2"),
            "late-orders-3",
        ]

    @pytest.mark.parametrize("name", ["李", "!", "x"])
    def test_a_name_that_makes_no_key_still_gets_one(
        self, desk: Desk, rui: Person, name: str
    ) -> None:
        assert opened(desk, rui, name).key == "initiative"

    def test_a_key_that_is_taken_is_refused(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui, key="orders")
        with pytest.raises(Conflict):
            opened(desk, rui, key="ORDERS")

    @pytest.mark.parametrize("key", ["x", "-a", "a b", "a_b", "é", "x" * 41, "<!channel>"])
    def test_a_key_that_cannot_be_typed_is_refused(self, desk: Desk, rui: Person, key: str) -> None:
        with pytest.raises(Invalid):
            opened(desk, rui, key=key)

    @pytest.mark.parametrize("name", ["", "   "])
    def test_an_initiative_has_a_name(self, desk: Desk, rui: Person, name: str) -> None:
        with pytest.raises(Invalid):
            opened(desk, rui, name)

    @pytest.mark.parametrize("tier", [5, -1])
    def test_a_tier_that_does_not_exist_is_refused(
        self, desk: Desk, rui: Person, tier: int
    ) -> None:
        with pytest.raises(Invalid) as refusal:
            opened(desk, rui, tier=tier)
        assert refusal.value.allowed == ("1", "2", "3", "4")

    @pytest.mark.parametrize("more", [{"phase": "operatons"}, {"playbook": "lead-suport-learn"}])
    def test_a_word_that_the_playbook_lacks_is_answered_with_a_near_one(
        self, desk: Desk, rui: Person, more: dict[str, str]
    ) -> None:
        with pytest.raises(UnknownName) as refusal:
            opened(desk, rui, **more)
        assert refusal.value.nearest

    def test_a_model_that_another_initiative_has_is_refused(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui, models=("churn",))
        with pytest.raises(Conflict) as refusal:
            opened(desk, rui, "Another", models=("churn",))
        assert refusal.value.by == "late-orders"

    @pytest.mark.parametrize(
        ("given", "stored"),
        [
            ("C0LATE0001", "slack:C0LATE0001"),
            ("<#C0LATE0001|late>", "slack:C0LATE0001"),
            ("19:abc@thread.tacv2", "teams:19:abc@thread.tacv2"),
            ("#late", "local:late"),
            ("slack:C1", "slack:C1"),
            ("", ""),
        ],
    )
    def test_a_channel_is_known_by_the_form_of_its_id(self, given: str, stored: str) -> None:
        assert initiatives.conversation(given) == stored

    def test_an_unknown_key_is_answered_with_near_ones(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui)
        with pytest.raises(NotFound) as refusal:
            initiatives.get(desk, "late-oders")
        assert refusal.value.nearest == ("late-orders",)


class TestStaffing:
    def put(
        self, desk: Desk, actor: Person, handle: str, role: str = "mle", **more: bool
    ) -> Staffed:
        return initiatives.assign(desk, actor.id, "late-orders", role, handle, **more)

    def test_whoever_opened_it_staffs_it_while_nobody_leads(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui)
        self.put(desk, rui, "rui", "devops")
        assert self.put(desk, rui, "rui").role_name == "ML engineer"

    def test_whoever_opened_it_has_no_more_say_once_somebody_leads(
        self, desk: Desk, rui: Person
    ) -> None:
        a_person(desk, "mei")
        opened(desk, rui, phase="operations")
        self.put(desk, rui, "mei")
        with pytest.raises(NotAllowed) as refusal:
            self.put(desk, rui, "rui")
        assert refusal.value.who == ("mei",)

    def test_a_stranger_may_not(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui)
        with pytest.raises(NotAllowed):
            self.put(desk, a_person(desk, "zoe"), "zoe")

    def test_a_council_lead_always_may(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui)
        assert self.put(desk, a_person(desk, "carla", lead=True), "rui").changed

    def test_doing_it_twice_changes_nothing(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui)
        found = [self.put(desk, rui, "rui").changed for _ in range(2)]
        assert found == [True, False]

    def test_taking_it_back_leaves_a_gap_that_is_named(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui)
        self.put(desk, rui, "rui")
        back = self.put(desk, rui, "rui", remove=True)
        assert (back.removed, back.changed, back.gap) == (True, True, "ML engineer")

    def test_taking_back_what_nobody_gave_changes_nothing(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui)
        assert not self.put(desk, rui, "rui", remove=True).changed

    def test_somebody_may_hold_a_role_again(self, desk: Desk, rui: Person) -> None:
        lead = a_person(desk, "carla", lead=True)
        found = opened(desk, rui)
        for remove in (False, True, False):
            self.put(desk, lead, "rui", remove=remove)
        holders = people.roster(desk, found).holders("ml_engineer")
        assert [member.handle for member in holders] == ["rui"]

    def test_who_is_given_a_role_hears_of_it(self, desk: Desk, rui: Person) -> None:
        mei = a_person(desk, "mei")
        opened(desk, rui)
        self.put(desk, rui, "mei")
        assert [row.lane for row in desk.books.outbox.page("", 10)] == [f"person:{mei.id}"]

    def test_who_takes_a_role_for_themselves_is_not_told(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui)
        self.put(desk, rui, "rui")
        assert desk.books.outbox.page("", 10) == []

    def test_nobody_is_made_council_lead_of_one_initiative(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui)
        with pytest.raises(Invalid) as refusal:
            self.put(desk, rui, "rui", "council lead")
        assert refusal.value.why == "council_wide"

    def test_an_unknown_role_is_answered_with_a_near_one(self, desk: Desk, rui: Person) -> None:
        opened(desk, rui)
        with pytest.raises(UnknownName) as refusal:
            self.put(desk, rui, "rui", "data_scientits")
        assert refusal.value.nearest

    def test_what_nobody_holds_is_said(self, desk: Desk) -> None:
        a_crew(desk, without=("dev",))
        found = an_initiative(desk)
        playbook = initiatives.playbook_of(desk, found)
        phase = initiatives.phase_of(desk, found)
        gaps = initiatives.vacancies(playbook, people.roster(desk, found), phase)
        assert gaps == ("DevOps engineer",)
