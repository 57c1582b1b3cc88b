"""Which version serves, as far as anybody has told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from council import cases, initiatives
from council.tables import Visit
from tests.builders import a_delivery, a_signal
from tests.council.huddles.test_deciding import RETRAIN, ROLL, both
from tests.council.huddles.test_huddles_life import HERE, a_council, drift
from tests.talk import Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Return a council on which drift has come up."""
    for talk in a_council():
        drift(talk)
        yield talk


class TestWhichVersion:
    def test_the_one_that_was_rolled_back_to_stays(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        talk.wait(minutes=1)
        both(talk, RETRAIN)
        assert "Production v6 stays." in talk.last(HERE, "decision_recorded").text

    def test_after_falling_back_no_version_is_named(self, talk: Talk) -> None:
        talk.does("mei", 'decide C-1 fall back "it fails" --fallback "the mean"')
        talk.wait(minutes=1)
        both(talk, RETRAIN)
        assert "Production stays." in talk.last(HERE, "decision_recorded").text

    def test_what_a_monitor_sees_later_counts(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        talk.wait(hours=1)
        later = replace(a_signal("price", started=talk.clock.moment), model_version="8")
        cases.receive(talk.desk, [a_delivery(later, at=talk.clock.moment)])
        row = initiatives.get(talk.desk, "late-order")
        assert initiatives.running_version(talk.desk, row) == "8"

    def test_a_new_one_in_production_makes_the_old_number_old(self, talk: Talk) -> None:
        talk.does("mei", ROLL)
        row = initiatives.get(talk.desk, "late-order")
        for number, phase, kind in ((2, "development", "back"), (3, "operations", "forward")):
            talk.wait(hours=1)
            talk.desk.books.add(
                Visit(
                    initiative_id=row.id,
                    number=number,
                    council_id=talk.desk.council_id,
                    phase=phase,
                    playbook=row.playbook_id,
                    playbook_version=row.playbook_version,
                    kind=kind,
                    entered_at=talk.clock.moment,
                )
            )
        assert initiatives.running_version(talk.desk, row) == ""

    def test_where_nothing_serves_there_is_none(self, talk: Talk) -> None:
        row = initiatives.get(talk.desk, "late-order")
        row.phase, row.step = "development", ""
        talk.desk.books.add(row)
        assert initiatives.running_version(talk.desk, row) == ""

    def test_and_nothing_to_go_back_to(self, talk: Talk) -> None:
        row = initiatives.get(talk.desk, "late-order")
        row.phase, row.step = "development", ""
        talk.desk.books.add(row)
        talk.does("ana", 'huddle late-order "is it good enough"')
        assert "Roll back" not in talk.does("ana", "decide late-order").text
