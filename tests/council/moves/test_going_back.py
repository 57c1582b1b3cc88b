"""Going back is asked for in the playbook's words, counted, and never a failure."""

import pytest

from council import moves
from council.desk import Desk
from council.errors import Conflict
from council.tables import Initiative
from tests.builders import an_initiative
from tests.talk import Talk

HERE = "local:here"


def initiative(desk: Desk, key: str = "late-order") -> Initiative:
    found = desk.books.initiatives.by_key(key)
    assert found is not None
    return found


@pytest.fixture
def developing(talk: Talk) -> Talk:
    talk.does("ana", "move late-order forward")
    talk.does("bo", "accept M-1")
    return talk


@pytest.fixture
def producing(talk: Talk) -> Talk:
    an_initiative(talk.desk, "served", phase="operations", models=("s",), channel="local:served")
    return talk


class TestAsking:
    def test_it_asks_what_happened_in_the_playbooks_own_words(self, developing: Talk) -> None:
        said = developing.does("ana", "back late-order")
        disappoint = 'move late-order "initial results disappoint"'
        assert said.button("Initial results disappoint") == disappoint
        assert said.button("Technique does not fit the training data") == (
            'move late-order "technique does not fit the training data"'
        )

    def test_what_is_typed_is_in_words_that_people_know(self, developing: Talk) -> None:
        said = developing.does("ana", "back late-order").text
        assert 'By typing: /council move late-order "technique does not' in said
        assert "t_" not in said

    def test_back_may_stand_after_the_key_as_well(self, developing: Talk) -> None:
        assert "What happened?" in developing.does("ana", "move late-order back").text

    def test_it_asks_what_to_change(self, developing: Talk) -> None:
        said = developing.does("ana", "move late-order t_disappoint")
        assert said.button("Features") == (
            'move late-order "initial results disappoint" --change re_engineer_features'
        )

    def test_one_trigger_with_two_ways_asks_once(self, producing: Talk) -> None:
        said = producing.does("mei", "back served")
        assert [each.label for each in said.card.buttons] == ["Drift"]  # type: ignore[union-attr]

    def test_the_change_then_says_which_way(self, producing: Talk) -> None:
        said = producing.does("mei", said_of(producing, "Drift"))
        assert said.button("Train again") == "move served drift --change retrain"
        assert said.button("Features") == "move served drift --change re_engineer_features"

    def test_the_form_takes_a_line_of_why(self, developing: Talk) -> None:
        said = developing.does("ana", "move late-order t_disappoint")
        form = next(each.form for each in said.card.buttons if each.form)  # type: ignore[union-attr]
        assert [field.name for field in form.fields] == ["change", "reason"]

    def test_a_change_that_goes_no_such_way_is_refused(self, developing: Talk) -> None:
        text = developing.refused("ana", "move late-order t_disappoint --change roll_back")
        assert "change_input_data or re_engineer_features" in text

    def test_a_decision_names_its_way(self, producing: Talk) -> None:
        producing.does("mei", "move served retrain")
        producing.does("ana", "accept M-1")
        assert initiative(producing.desk, "served").phase == "development"


def said_of(talk: Talk, label: str) -> str:
    return talk.does("mei", "back served").button(label)


class TestWithin:
    def test_one_decider_begins_a_step_again_at_once(self, developing: Talk) -> None:
        developing.does("ana", "move late-order train")
        developing.does("ana", "move late-order t_technique")
        assert initiative(developing.desk).step == "select_technique"

    def test_it_is_counted_apart(self, developing: Talk) -> None:
        developing.does("ana", "move late-order t_technique")
        found = moves.loops(developing.desk, initiative(developing.desk))
        assert (found.back, found.within) == (0, 1)


class TestProduction:
    def test_a_version_in_production_serves_on(self, producing: Talk) -> None:
        producing.does("mei", "move served drift --change retrain")
        producing.does("ana", "accept M-1")
        found = initiative(producing.desk, "served")
        assert (found.phase, found.serving) == ("development", "operations")

    def test_it_serves_on_while_the_later_one_goes_back_again(self, producing: Talk) -> None:
        producing.does("mei", "move served drift --change retrain")
        producing.does("ana", "accept M-1")
        producing.does("ana", "move served t_disappoint --change features")
        producing.does("bo", "accept M-2")
        assert initiative(producing.desk, "served").serving == "operations"

    def test_until_production_is_entered_again(self, producing: Talk) -> None:
        producing.does("mei", "move served drift --change retrain")
        producing.does("ana", "accept M-1")
        producing.does("ana", "move served forward")
        producing.does("mei", "accept M-2")
        found = initiative(producing.desk, "served")
        assert (found.phase, found.serving) == ("operations", "")

    def test_the_channel_reads_that_it_serves_on(self, producing: Talk) -> None:
        producing.does("mei", "move served drift --change retrain")
        producing.does("ana", "accept M-1")
        said = producing.last("local:served", "phase_entered").text
        assert "What is in production serves on (Model operations)." in said

    def test_those_informed_have_nothing_to_do(self, producing: Talk) -> None:
        producing.does("mei", "move served drift --change retrain")
        said = producing.last("local:served", "move_").text
        assert "Rui and Bo are informed, nothing to do." in said


class TestTheEnd:
    def test_all_three_must_agree(self, producing: Talk) -> None:
        producing.does("mei", "move served retire")
        producing.does("ana", "accept M-1")
        assert initiative(producing.desk, "served").state == "active"
        producing.does("rui", "accept M-1")
        found = initiative(producing.desk, "served")
        assert (found.state, found.phase) == ("retired", "retired")
        assert found.ended_at == producing.clock.now()

    def test_no_way_leads_on_from_there(self, producing: Talk) -> None:
        retire(producing)
        assert "No way leads on" in producing.does("mei", "move served").text
        producing.refused("mei", "move served back")

    def test_nothing_is_due_afterwards(self, producing: Talk) -> None:
        retire(producing)
        producing.wait(days=60)
        left = producing.desk.books.agenda.due(producing.clock.now(), 100)
        assert left == []


def retire(talk: Talk) -> None:
    talk.does("mei", "move served retire")
    talk.does("ana", "accept M-1")
    talk.does("rui", "accept M-1")


class TestLoops:
    def test_the_councils_median_needs_three_initiatives(self, talk: Talk) -> None:
        for number in (1, 2):
            looped(talk, f"other-{number}", times=2)
        assert moves.loops(talk.desk, initiative(talk.desk), compare=True).usual is None
        looped(talk, "other-3", times=1)
        assert moves.loops(talk.desk, initiative(talk.desk), compare=True).usual == 2

    def test_a_private_one_counts_for_nobody(self, talk: Talk) -> None:
        for number in (1, 2, 3):
            looped(talk, f"other-{number}", times=1)
        found = initiative(talk.desk, "other-1")
        found.private = True
        talk.desk.books.add(found)
        assert moves.loops(talk.desk, initiative(talk.desk), compare=True).usual is None


def looped(talk: Talk, key: str, times: int) -> None:
    found = an_initiative(talk.desk, key, phase="development", models=())
    playbook = talk.desk.playbooks.get("lead-support-learn")
    for _ in range(times):
        moves.apply(talk.desk, found.created_by, found, playbook.transitions["t_disappoint"])
        moves.apply(talk.desk, found.created_by, found, playbook.transitions["t_fwd1"])


class TestApplying:
    def test_a_decision_finds_its_way(self, producing: Talk) -> None:
        found = initiative(producing.desk, "served")
        way = moves.way_for(producing.desk, found, "re_engineer_features")
        assert way is not None
        assert way.id == "t_refeature"
        assert moves.way_for(producing.desk, found, "keep_watching") is None

    def test_a_way_that_does_not_begin_here_is_refused(self, producing: Talk) -> None:
        found = initiative(producing.desk, "served")
        way = producing.desk.playbooks.get("lead-support-learn").transitions["t_fwd1"]
        with pytest.raises(Conflict):
            moves.apply(producing.desk, found.created_by, found, way)

    def test_a_proposal_that_no_longer_fits_is_withdrawn(self, producing: Talk) -> None:
        producing.does("mei", "move served retire")
        found = initiative(producing.desk, "served")
        way = moves.way_for(producing.desk, found, "retrain")
        assert way is not None
        moves.apply(producing.desk, found.created_by, found, way, change="retrain")
        producing.deliver()
        assert "Withdrawn by Carla" in producing.last("local:served", "move_withdrawn").text

    def test_a_proposal_of_the_same_way_is_done_with_it(self, producing: Talk) -> None:
        producing.does("mei", "move served retrain")
        found = initiative(producing.desk, "served")
        way = moves.way_for(producing.desk, found, "retrain")
        assert way is not None
        moves.apply(producing.desk, found.created_by, found, way, change="retrain")
        assert moves.get(producing.desk, "M-1")[0].state == "done"

    def test_the_former_stay_is_closed_and_the_next_one_open(self, producing: Talk) -> None:
        producing.does("mei", "move served retrain")
        producing.does("ana", "accept M-1")
        found = initiative(producing.desk, "served")
        visits = producing.desk.books.moves.visits(found.id)
        assert [(each.number, each.phase, each.kind, each.left_at) for each in visits] == [
            (1, "operations", "opened", producing.clock.now()),
            (2, "development", "back", None),
        ]
