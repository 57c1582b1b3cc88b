"""Somebody leaves, or is erased: what they held goes on, what they wrote is gone."""

import json

import pytest
from sqlalchemy import Text
from sqlmodel import SQLModel, select

from council import cases, huddles, leaving, ledger, people
from council.desk import Desk
from council.errors import Conflict, Invalid, NotFound
from council.people import Plan
from council.store.written import WRITTEN
from council.tables import Huddle
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative
from tests.council.people.test_absences import MONDAY

# Free text that no person of the council wrote, or that is the initiative's own.
NOBODYS = {
    ("condition", "title"),  # a monitor's; those of concerns are found by their words
    ("huddle", "line"),  # why it was called off; found by its words
    ("quarantine", "excerpt"),  # a machine's
    ("ledger_text", "text"),  # beside the chain, deleted as a whole
}


@pytest.fixture
def crew(desk: Desk) -> dict[str, str]:
    """Return the ids of the crew; Mei has a case in hand."""
    found = {name: person.id for name, person in a_crew(desk).items()}
    found["tom"] = a_person(desk, "tom").id
    an_initiative(desk)
    cases.receive(desk, [a_delivery(a_signal("age"))])
    cases.acknowledge(desk, found["mei"], "C-1")
    return found


class TestLeaving:
    def test_their_roles_and_cases_go_to_whoever_takes_them_on(
        self, desk: Desk, crew: dict[str, str]
    ) -> None:
        left = leaving.leave(desk, "shell", "mei", "tom")
        assert left.moved == (("late-order", "ML engineer"),)
        assert [one.key for one in left.open][:1] == ["C-1"]
        taken = cases.view(desk, "C-1").acknowledged_by
        assert taken is not None
        assert taken.handle == "tom"

    def test_without_anybody_the_gaps_are_said_and_cases_ask_again(
        self, desk: Desk, crew: dict[str, str]
    ) -> None:
        left = leaving.leave(desk, "shell", "mei")
        assert left.gaps == (("late-order", "ML engineer"),)
        view = cases.view(desk, "C-1")
        assert view.status == "open"
        assert "mei" not in [each.member.handle for each in view.owners]

    def test_they_stand_in_for_nobody_any_more_and_are_not_away(
        self, desk: Desk, crew: dict[str, str]
    ) -> None:
        people.plan(desk, crew["mei"], Plan(MONDAY))
        people.plan(desk, crew["ana"], Plan(MONDAY, deputy="mei"))
        people.stand_in(desk, crew["mei"], "A-2")
        leaving.leave(desk, "shell", "mei")
        assert people.my_absences(desk, crew["mei"]) == ()
        assert people.absence(desk, "A-2").deputy_state == "declined"

    def test_who_left_cannot_be_named_any_more(self, desk: Desk, crew: dict[str, str]) -> None:
        leaving.leave(desk, "shell", "mei")
        with pytest.raises(Conflict) as refusal:
            people.find(desk, "@mei")
        assert refusal.value.state == "gone"
        assert "mei" not in desk.books.people.handles()

    def test_a_lead_who_left_leads_nothing(self, desk: Desk, crew: dict[str, str]) -> None:
        leaving.leave(desk, "shell", "carla")
        assert people.leads(desk) == ()

    def test_leaving_twice_is_refused(self, desk: Desk, crew: dict[str, str]) -> None:
        leaving.leave(desk, "shell", "mei")
        with pytest.raises(Conflict):
            leaving.leave(desk, "shell", "mei")

    def test_nobody_takes_on_their_own_part(self, desk: Desk, crew: dict[str, str]) -> None:
        with pytest.raises(Invalid):
            leaving.leave(desk, "shell", "mei", "mei")

    def test_the_table_brings_somebody_back(self, desk: Desk, crew: dict[str, str]) -> None:
        leaving.leave(desk, "shell", "mei")
        people.import_csv(desk, "handle,name\nmei,Mei\n")
        assert people.find(desk, "mei").id == crew["mei"]


class TestErasing:
    def test_nothing_of_a_person_is_left(self, desk: Desk) -> None:
        for handle in ("carla", "ana"):
            a_person(desk, handle, lead=handle == "carla")
        row = a_person(desk, "zoe", name="Zoë Quill", email="zoe@quill.example", slack_id="U0ZOE")
        an_initiative(desk)
        people.plan(desk, row.id, Plan(MONDAY, deputy="ana", note="my quill is broken"))
        cases.flag(desk, row.id, cases.Concern("late-order", "the quill feature is flat"))
        gone = leaving.erase(desk, "shell", "zoe")
        assert gone.tombstone == "erased-1"
        everything = json.dumps(
            [
                [
                    list(map(str, found))
                    for found in desk.books.session.connection().execute(table.select())
                ]
                for table in SQLModel.metadata.sorted_tables
            ]
        ).lower()
        assert "quill" not in everything
        assert "zoë" not in everything
        assert "u0zoe" not in everything

    def test_the_chain_holds_and_shows_a_tombstone(self, desk: Desk, crew: dict[str, str]) -> None:
        leaving.erase(desk, "shell", "mei")
        walk = ledger.Walk()
        while not walk.done:
            walk = ledger.walk_on(desk, walk)
        assert (walk.faults, walk.tombstones) == ((), 1)

    def test_cards_that_named_them_are_shown_anew(self, desk: Desk, crew: dict[str, str]) -> None:
        before = len(desk.books.outbox.page("pending", 100))
        assert before
        for row in desk.books.outbox.page("pending", 100):
            row.state = "sent"
            desk.books.add(row)
        gone = leaving.erase(desk, "shell", "mei")
        assert gone.cards
        assert "case" in {row.subject.split(":")[0] for row in desk.books.outbox.page("pending", 9)}

    def test_why_a_huddle_was_called_off_is_blanked(self, desk: Desk, crew: dict[str, str]) -> None:
        view = huddles.convene(desk, crew["mei"], key="late-order")
        huddles.cancel(desk, crew["mei"], view.key, "my dentist waits")
        leaving.erase(desk, "shell", "mei")
        rows = desk.books.session.exec(select(Huddle)).all()
        assert [row.line for row in rows if row.state == "cancelled"] == [""]

    def test_their_place_is_kept_by_a_tombstone(self, desk: Desk, crew: dict[str, str]) -> None:
        leaving.erase(desk, "shell", "mei")
        leaving.erase(desk, "shell", "bo")
        found = [one.handle for one in people.members(desk, [crew["mei"], crew["bo"]])]
        assert found == ["erased-1", "erased-2"]

    def test_an_unknown_person_is_not_found(self, desk: Desk, crew: dict[str, str]) -> None:
        with pytest.raises(NotFound):
            leaving.erase(desk, "shell", "nobody")

    def test_every_free_text_with_an_author_is_covered(self) -> None:
        covered = {(words.table.__tablename__, name) for words in WRITTEN for name in words.texts}
        free = {
            (table.name, column.name)
            for table in SQLModel.metadata.sorted_tables
            for column in table.columns
            if isinstance(column.type, Text)
            or column.name in {"note", "line", "link", "label", "url"}
        }
        assert free - covered == NOBODYS

    def test_every_author_is_a_column(self) -> None:
        for words in WRITTEN:
            columns = words.table.__table__.columns  # type: ignore[attr-defined]
            assert {words.author, *words.texts} <= set(columns.keys())
