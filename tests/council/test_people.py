"""One identity per person, found however they are named; who is called for a role."""

import pytest

from council import ledger, people
from council.desk import Desk
from council.errors import Invalid, NotFound
from council.people import Member, Roster, Told, preferences
from tests.builders import a_crew, a_person, an_initiative

HEADER = ",".join(people.IMPORT_COLUMNS)
CARLA, MEI, ANA = (Member(name, name, name.capitalize()) for name in ("carla", "mei", "ana"))


class TestFinding:
    @pytest.mark.parametrize(
        "text", ["ada", "@ada", "ADA", " ada ", "Ada Byron", "ada byron", "Ada@Example.org"]
    )
    def test_a_person_is_found_however_they_are_named(self, desk: Desk, text: str) -> None:
        a_person(desk, "ada", name="Ada Byron", email="ada@example.org")
        assert people.find(desk, text).handle == "ada"

    @pytest.mark.parametrize("text", ["<@U0ADA00001>", "<@U0ADA00001|ada>"])
    def test_a_person_is_found_by_a_mention(self, desk: Desk, text: str) -> None:
        a_person(desk, "ada", slack_id="U0ADA00001")
        assert people.find(desk, text).handle == "ada"

    def test_two_people_of_one_name_are_both_offered(self, desk: Desk) -> None:
        a_person(desk, "ada", name="Ada Byron")
        a_person(desk, "ada-2", name="ada byron")
        with pytest.raises(Invalid) as refusal:
            people.find(desk, "Ada Byron")
        assert (refusal.value.why, refusal.value.allowed) == ("two_people", ("ada", "ada-2"))

    def test_a_handle_goes_before_a_name(self, desk: Desk) -> None:
        a_person(desk, "ada", name="Somebody")
        a_person(desk, "other", name="ada")
        assert people.find(desk, "ada").handle == "ada"

    def test_a_stranger_is_answered_with_near_handles(self, desk: Desk) -> None:
        a_person(desk, "meike")
        with pytest.raises(NotFound) as refusal:
            people.find(desk, "@meik")
        assert refusal.value.nearest == ("meike",)

    @pytest.mark.parametrize("text", ["", "@", "<@U0NOBODY01>", "nobody@example.org", "<@>"])
    def test_nobody_is_not_found(self, desk: Desk, text: str) -> None:
        a_person(desk, "ada")
        with pytest.raises(NotFound):
            people.find(desk, text)


class TestIntroducing:
    def test_somebody_new_gets_a_handle_from_their_address(self, desk: Desk) -> None:
        told = Told("Ada Byron", "ada.byron@example.org", "Europe/London")
        person = people.introduce(desk, "slack", "U1", told)
        assert (person.handle, person.timezone) == ("ada.byron", "Europe/London")

    def test_a_handle_that_is_taken_gets_a_number(self, desk: Desk) -> None:
        a_person(desk, "ada")
        assert people.introduce(desk, "slack", "U1", Told("Ada")).handle == "ada-2"

    @pytest.mark.parametrize("name", ["李", "!!!", "--", ""])
    def test_a_name_that_makes_no_handle_still_gets_one(self, desk: Desk, name: str) -> None:
        assert people.introduce(desk, "slack", "U1", Told(name)).handle == "person"

    def test_the_same_id_again_is_the_same_person(self, desk: Desk) -> None:
        first = people.introduce(desk, "slack", "U1", Told("Ada"))
        assert people.introduce(desk, "slack", "U1", Told("Another Name")).id == first.id

    def test_an_address_links_a_second_platform(self, desk: Desk) -> None:
        first = people.introduce(desk, "slack", "U1", Told("Ada", "ada@example.org"))
        second = people.introduce(desk, "teams", "T1", Told("A. Byron", "ADA@example.org"))
        found = people.members(desk, [first.id])[0].ids
        assert (second.id, found) == (first.id, {"slack": "U1", "teams": "T1"})

    def test_a_platform_tells_the_zone_of_somebody_who_was_only_in_a_table(
        self, desk: Desk
    ) -> None:
        known = a_person(desk, "ada", email="ada@example.org", zone="")
        people.introduce(desk, "slack", "U1", Told("Ada", "ada@example.org", "Asia/Kathmandu"))
        assert preferences.of(desk, known.id).zone == "Asia/Kathmandu"

    def test_a_zone_that_is_known_stays(self, desk: Desk) -> None:
        known = a_person(desk, "ada", email="ada@example.org", zone="Europe/Berlin")
        people.introduce(desk, "slack", "U1", Told("Ada", "ada@example.org", "Asia/Kathmandu"))
        assert preferences.of(desk, known.id).zone == "Europe/Berlin"

    def test_an_address_that_two_people_share_links_nobody(self, desk: Desk) -> None:
        for handle in ("one", "two"):
            a_person(desk, handle, email="team@example.org")
        person = people.introduce(desk, "slack", "U1", Told("Ada", "team@example.org"))
        assert person.handle == "team"

    def test_no_address_links_nobody(self, desk: Desk) -> None:
        a_person(desk, "ada")
        assert people.introduce(desk, "slack", "U1", Told("Bob")).handle == "bob"

    def test_an_unknown_zone_is_left_out(self, desk: Desk) -> None:
        assert people.introduce(desk, "slack", "U1", Told("Ada", "", "Mars")).timezone == ""

    def test_the_chain_tells_of_a_link_without_name_or_address(self, desk: Desk) -> None:
        people.introduce(desk, "slack", "U1", Told("Ada Byron", "ada@example.org"))
        chain = str([row.model_dump() for row in desk.books.ledger.after(0, 200)])
        assert ("person.linked" in chain, "Byron" in chain, "ada@" in chain) == (True, False, False)


class TestImporting:
    def test_new_and_changed_people_are_counted(self, desk: Desk) -> None:
        a_person(desk, "ada")
        table = f"{HEADER}\nada,Ada Byron,,,,\nbob,Bob,,,,\n"
        assert people.import_csv(desk, table) == (1, 1)

    def test_the_same_table_again_changes_nothing(self, desk: Desk) -> None:
        table = f"{HEADER}\nada,Ada,a@example.org,Europe/Berlin,U1,\n"
        people.import_csv(desk, table)
        assert people.import_csv(desk, table) == (0, 0)

    def test_an_empty_cell_forgets_nothing(self, desk: Desk) -> None:
        people.import_csv(desk, f"{HEADER}\nada,Ada,a@example.org,Europe/Berlin,U1,\n")
        people.import_csv(desk, "handle,name\nada,Ada B.\n")
        found = people.find(desk, "ada")
        assert (found.name, found.email, found.timezone) == (
            *("Ada B.", "a@example.org"),
            "Europe/Berlin",
        )

    def test_a_table_from_a_spreadsheet_is_read(self, desk: Desk) -> None:
        table = "\ufeffhandle,name\r\n@Ada,Ada\r\n,\r\n"
        assert people.import_csv(desk, table) == (1, 0)

    @pytest.mark.parametrize(
        ("table", "where"),
        [
            ("name,email\n", "header"),
            ("handle,name,shoe\n", "header"),
            ("", "header"),
            ("handle,name\nada,Ada\nb b,Bob\n", "line 3, handle"),
            ("handle,name\n,Bob\n", "line 2, handle"),
            ("handle,name\nada,\n", "line 2, name"),
            ("handle,name\nada\n", "line 2, name"),
            ("handle,name,timezone\nada,Ada,Mars\n", "line 2, timezone"),
            ("handle,name,slack_id\nada,Ada,U1\nbob,Bob,U1\n", "line 3, slack_id"),
        ],
    )
    def test_a_cell_that_does_not_fit_is_named(self, desk: Desk, table: str, where: str) -> None:
        with pytest.raises(Invalid) as refusal:
            people.import_csv(desk, table)
        assert refusal.value.name == where


class TestLeads:
    @pytest.mark.parametrize("known_as", ["carla@example.org", "CARLA@example.org", "U0CARLA001"])
    def test_the_environment_makes_a_lead(self, desk: Desk, known_as: str) -> None:
        person = a_person(desk, "carla", email="Carla@example.org", slack_id="U0CARLA001")
        assert not people.is_lead(desk, person.id)
        desk.leads = (known_as,)
        assert people.is_lead(desk, person.id)

    def test_nobody_without_an_address_is_a_lead_by_accident(self, desk: Desk) -> None:
        person = a_person(desk, "zoe")
        desk.leads = ("", "carla@example.org")
        assert not people.is_lead(desk, person.id)


class TestCalling:
    def test_who_holds_two_roles_is_called_once_with_both(self) -> None:
        roster = Roster({"ml": (MEI,), "ds": (MEI, ANA)}, (CARLA,))
        assert [(c.member.handle, c.roles) for c in roster.call(["ml", "ds"])] == [
            ("mei", ("ml", "ds")),
            ("ana", ("ds",)),
        ]

    def test_a_vacant_role_falls_to_the_lead_with_the_reason(self) -> None:
        [called] = Roster({}, (CARLA,)).call(["devops"])
        assert (called.member, called.stands_in) == (CARLA, (("devops", "nobody"),))

    def test_a_role_whose_people_said_no_falls_to_the_lead_with_the_reason(self) -> None:
        [called] = Roster({"ml": (MEI,)}, (CARLA,)).call(["ml"], without={"mei"})
        assert (called.member, called.stands_in) == (CARLA, (("ml", "not_me"),))

    def test_the_lead_is_the_end_of_the_ladder_and_cannot_be_left_out(self) -> None:
        [called] = Roster({}, (CARLA,)).call(["devops"], without={"carla"})
        assert called.member == CARLA

    def test_without_anybody_nobody_is_called(self) -> None:
        assert Roster({}, ()).call(["devops"]) == ()

    def test_the_councils_zone_stands_in_for_a_persons(self, desk: Desk) -> None:
        desk.books.registry.council().timezone = "Asia/Kathmandu"
        ada = a_person(desk, "ada", zone="")
        assert people.members(desk, [ada.id])[0].timezone == "Asia/Kathmandu"

    def test_the_roster_holds_who_is_assigned_now(self, desk: Desk) -> None:
        a_crew(desk, without=("dev",))
        who = people.roster(desk, an_initiative(desk))
        assert {role: [m.handle for m in members] for role, members in who.by_role.items()} == {
            "business_owner": ["rui"],
            "data_scientist": ["ana"],
            "data_engineer": ["bo"],
            "ml_engineer": ["mei"],
        }

    def test_the_ledger_verifies_after_people_came_and_changed(self, desk: Desk) -> None:
        a_crew(desk)
        people.introduce(desk, "slack", "U1", Told("Ada", "mei@example.org"))
        assert ledger.verify(desk)[1] == []
