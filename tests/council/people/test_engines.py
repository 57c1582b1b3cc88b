"""What is asked of absences, rotas and people's words is answered alike on both engines."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session

from council import cases, initiatives, integrations, leaving, ledger, people
from council.desk import Desk
from council.people import Plan, Turn
from council.store import Books
from council.store.engine import open_engine
from council.tables import Council
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative
from tests.council.people.test_absences import TODAY
from tests.desks import library
from tests.fakes import START, CountingIds, SetClock


@pytest.fixture
def real(database_url: str) -> Iterator[Desk]:
    """Return a desk on a database of its own, once per engine."""
    engine = open_engine(database_url)
    with Session(engine) as session:
        row = Council(name="council", timezone="UTC", channel="local:council", created_at=START)
        session.add(row)
        session.flush()
        assert row.id is not None
        hosts = ("calendar.example.org",)
        books = Books(session, row.id)
        yield Desk(books, SetClock(), CountingIds(), library(), ical_hosts=hosts)
    engine.dispose()


def test_somebody_is_away_stood_in_for_leaves_and_is_erased(real: Desk) -> None:
    crew = {name: person.id for name, person in a_crew(real).items()}
    tom = a_person(real, "tom").id
    initiative = an_initiative(real)
    cases.flag(real, crew["mei"], cases.Concern("late-order", "it is rather flat"))
    people.plan(real, crew["mei"], Plan(TODAY, TODAY, deputy="tom", note="the dentist"))
    people.stand_in(real, tom, "A-1")
    [called] = people.roster(real, initiative).call(["ml_engineer"])
    assert called.member.handle == "tom"
    assert [role for _, role in people.parts_of(real, tom)] == ["ml_engineer"]
    assert [one.key for one in leaving.open_with(real, crew["mei"])][:1] == ["C-1"]
    assert [one.member.handle for one in people.who_is_away(real)] == ["mei"]
    left = leaving.leave(real, "shell", "mei")
    assert left.gaps == (("late-order", "ML engineer"),)
    assert leaving.erase(real, "shell", "mei").texts == 1
    assert ledger.verify(real)[1] == []
    assert real.books.people.in_roles(["data_engineer"], 5) == [crew["bo"]]


def test_gaps_and_rotas_are_found(real: Desk) -> None:
    crew = {name: person.id for name, person in a_crew(real, without=("mei",)).items()}
    initiative = an_initiative(real)
    assert [one.role for one in initiatives.vacant_roles(real, initiative)] == ["ml_engineer"]
    initiatives.check_roles(real, "", "2026-11-24")
    initiatives.check_roles(real, "", "2026-11-25")
    subject = f"initiative:{initiative.id}"
    assert len(real.books.ledger.of_kind(subject, "roles.vacant")) == 1
    address = "https://calendar.example.org/rota.ics"
    initiatives.assign_rota(real, crew["carla"], "late-order", "ml_engineer", address)
    [due] = people.rotas_due(real)
    turn = Turn((), ("Bo",), START, START + timedelta(hours=8))
    people.keep_turns(real, due.id, [turn], "On call", '"1"')
    held = people.roster(real, initiative).holders("ml_engineer")
    assert [one.handle for one in held] == ["bo"]
    assert [key.key for key, _ in real.books.absences.duties_of([due.id])] == ["late-order"]


def test_a_case_that_was_passed_on_keeps_the_words(real: Desk) -> None:
    crew = {name: person.id for name, person in a_crew(real).items()}
    an_initiative(real)
    cases.flag(real, crew["rui"], cases.Concern("late-order", "it is rather flat", "accuracy"))
    key = "C-1"
    cases.not_me(real, crew["mei"], key, "he changed the feed", "bo")
    case_id = cases.view(real, key).id
    said = real.books.ledger.last_text(f"case:{case_id}", "case.not_me", "reason")
    assert said == ("he changed the feed", crew["mei"])


def test_who_stood_in_and_what_was_like_it_elsewhere_are_found(real: Desk) -> None:
    crew = {name: person.id for name, person in a_crew(real).items()}
    tom = a_person(real, "tom").id
    here, there = an_initiative(real), an_initiative(real, "returns", models=("returns",))
    integrations.add(real, "shell", "alertmanager", "monitor", {})
    sender = real.books.integrations.by_name("monitor")
    assert sender is not None
    drift = (a_signal("Age"), a_signal("age", model="returns", index=1))
    cases.receive(real, [a_delivery(*drift, integration=sender.id)])
    cases.close(real, crew["mei"], "C-1", "fixed")
    other = real.books.cases.by_number(2)
    assert other is not None
    [(found, theirs)] = real.books.huddles.like_elsewhere(there.id, other.id, 5)
    assert (found.number, theirs.id) == (1, here.id)
    people.plan(real, crew["mei"], Plan(TODAY, TODAY, deputy="tom"))
    people.stand_in(real, tom, "A-1")
    people.back(real, crew["mei"])
    assert real.books.absences.stood_in_for(tom, START) == {crew["mei"]}
