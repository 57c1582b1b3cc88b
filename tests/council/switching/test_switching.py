"""An initiative comes to another playbook: shown first, every role confirmed, written down."""

from collections.abc import Iterator

import pytest

from council import ledger, replay
from council.desk import Desk
from council.tables import Initiative
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

ROLES = (
    "--map business_owner=analyst --map data_scientist=data_scientist --map data_engineer=none "
    "--map ml_engineer=mlops_engineer,ml_software_engineer --map devops_engineer=mlops_engineer"
)
WHOLE = f"playbook late-order six-specialists {ROLES} --yes"


@pytest.fixture
def talk() -> Iterator[Talk]:
    """The crew and their initiative in production, in the council's channel."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk)
        found = Talk(desk, clock)
        found.deliver()
        yield found


def late_order(desk: Desk) -> Initiative:
    found = desk.books.initiatives.by_key("late-order")
    assert found is not None
    return found


def held(desk: Desk) -> set[tuple[str, str]]:
    staff = desk.books.initiatives.staff(late_order(desk).id)
    return {(role, person.handle) for role, person in staff}


def test_the_playbook_and_its_version_are_shown(talk: Talk) -> None:
    said = talk.does("rui", "playbook late-order").text
    assert "Lead, support, learn, version 2" in said


def test_a_newer_version_is_told_of(talk: Talk) -> None:
    talk.does("carla", "playbook late-order lead-support-learn --version 1 --yes")
    said = talk.does("rui", "playbook late-order")
    assert "Version 2 of it is here" in said.text


def test_without_a_key_the_place_decides(talk: Talk) -> None:
    assert "late-order" in talk.does("rui", "playbook").text


def test_a_switch_is_shown_before_anything_changes(talk: Talk) -> None:
    before = talk.desk.books.ledger.head()
    said = talk.does("mei", "playbook late-order six-specialists").text
    assert "nothing is changed yet" in said
    assert talk.desk.books.ledger.head() == before


def test_what_is_shown_is_confirmed_by_a_button(talk: Talk) -> None:
    talk.does("mei", talk.does("mei", "playbook late-order six-specialists").button("Switch"))
    assert late_order(talk.desk).playbook_id == "six-specialists"


def test_choosing_otherwise_changes_nothing_where_there_are_no_forms(talk: Talk) -> None:
    said = talk.does("mei", "playbook late-order six-specialists")
    talk.does("mei", said.button("Change who is who"))
    assert late_order(talk.desk).playbook_id == "lead-support-learn"


def test_every_role_that_is_held_needs_a_word(talk: Talk) -> None:
    some = ROLES.replace("--map business_owner=analyst", "")
    said = talk.refused("mei", f"playbook late-order six-specialists {some} --yes")
    assert "Business owner" in said
    assert "Data scientist" not in said
    assert "business_owner=analyst,report_writer" in said


def test_a_role_that_nobody_holds_needs_no_word(talk: Talk) -> None:
    talk.does("carla", "assign late-order business owner @rui --remove")
    talk.does("mei", WHOLE.replace("--map business_owner=analyst", ""))
    assert late_order(talk.desk).playbook_id == "six-specialists"


def test_a_role_that_the_other_playbook_has_not_cannot_be_confirmed_from_the_card(
    talk: Talk,
) -> None:
    said = talk.does("mei", "playbook late-order production-handoff")
    assert "say what becomes of business owner" in said.text
    assert said.card is not None
    assert "Switch" not in {button.label for button in said.card.buttons}


def test_one_role_may_become_two_and_two_may_become_one(talk: Talk) -> None:
    talk.does("mei", WHOLE)
    assert held(talk.desk) == {
        ("analyst", "rui"),
        ("data_scientist", "ana"),
        ("mlops_engineer", "mei"),
        ("ml_software_engineer", "mei"),
        ("mlops_engineer", "dev"),
    }


def test_what_serves_stays_in_production(talk: Talk) -> None:
    talk.does("mei", WHOLE)
    assert late_order(talk.desk).phase == "production_insight"


def test_nobody_comes_to_production_by_switching(talk: Talk) -> None:
    an_initiative(talk.desk, "churn", phase="development", models=())
    said = talk.refused("ana", f"playbook churn six-specialists --phase production_insight {ROLES}")
    assert "what serves stays in production" in said


def test_a_phase_that_is_only_alike_must_be_chosen(talk: Talk) -> None:
    an_initiative(talk.desk, "churn", phase="development", models=())
    said = talk.refused("ana", f"playbook churn three-personas {ROLES_OF_THREE} --yes")
    assert "must be chosen, with --phase" in said
    talk.does("ana", f"playbook churn three-personas --phase data_science {ROLES_OF_THREE} --yes")


ROLES_OF_THREE = (
    "--map business_owner=sme --map data_scientist=data_scientist --map ml_engineer=ml_engineer "
    "--map data_engineer=data_engineer --map devops_engineer=ml_engineer"
)


def test_a_new_version_goes_on_in_the_same_phase(talk: Talk) -> None:
    line = "playbook late-order --version 1 --phase data_features --yes"
    assert "what serves stays in production" in talk.refused("carla", line)
    an_initiative(talk.desk, "churn", phase="development", models=())
    said = talk.refused("carla", line.replace("late-order", "churn"))
    assert "a new version goes on where the old one was" in said


def test_whoever_neither_leads_the_phase_nor_the_council_may_not(talk: Talk) -> None:
    assert "@mei or @carla" in talk.refused("rui", WHOLE)
    assert late_order(talk.desk).playbook_id == "lead-support-learn"


def test_a_stranger_may_not(talk: Talk) -> None:
    a_person(talk.desk, "eve")
    talk.refused("eve", WHOLE)
    assert late_order(talk.desk).playbook_id == "lead-support-learn"


def test_a_private_one_does_not_exist_for_a_stranger(talk: Talk) -> None:
    a_person(talk.desk, "eve")
    row = late_order(talk.desk)
    row.private = True
    talk.desk.books.add(row)
    said = talk.refused("eve", "playbook late-order")
    assert "Late order predictor" not in said
    assert "no initiative" in said


def test_pressing_twice_is_kindly_told(talk: Talk) -> None:
    talk.does("mei", WHOLE)
    assert "follows this version already" in talk.refused("carla", WHOLE)


def test_an_unknown_playbook_is_answered_with_the_nearest(talk: Talk) -> None:
    assert "six-specialists" in talk.refused("mei", "playbook late-order six-specialist")


def test_an_unknown_role_is_answered_with_the_nearest(talk: Talk) -> None:
    line = "playbook late-order six-specialists --map ml_engineer=mlops"
    assert "MLOps or DevOps" in talk.does("mei", line).text
    line = "playbook late-order six-specialists --map ml_engineer=mlops_enginer"
    assert "mlops_engineer" in talk.refused("mei", line)


def test_it_is_a_stay_of_its_own(talk: Talk) -> None:
    talk.does("mei", WHOLE)
    visits = talk.desk.books.moves.visits(late_order(talk.desk).id)
    assert [(each.kind, each.phase) for each in visits] == [
        ("opened", "operations"),
        ("switched", "production_insight"),
    ]
    assert visits[0].left_at is not None


def test_the_ledger_tells_both_versions_the_phase_and_every_role(talk: Talk) -> None:
    talk.does("mei", WHOLE)
    (entry,) = [
        each for each in talk.desk.books.ledger.after(0, 200) if each.kind == "playbook.switched"
    ]
    said = {name: entry.facts[name] for name in ("from_playbook", "playbook", "phase")}
    assert said == {
        "from_playbook": "lead-support-learn",
        "playbook": "six-specialists",
        "phase": "production_insight",
    }
    assert entry.facts["mapping"]["ml_engineer"] == ["mlops_engineer", "ml_software_engineer"]


def test_the_ledger_holds_and_tells_the_same_as_the_tables(talk: Talk) -> None:
    talk.does("mei", WHOLE)
    assert ledger.verify(talk.desk)[1] == []
    assert replay.compare(talk.desk) == ()


def test_the_version_is_frozen_from_then_on(talk: Talk) -> None:
    talk.does("mei", WHOLE)
    digest = talk.desk.books.initiatives.frozen_digest("six-specialists", 1)
    assert digest == late_order(talk.desk).playbook_digest


def test_the_channel_reads_what_was_switched_and_a_card_of_the_new_stay(talk: Talk) -> None:
    before = len(talk.heard)
    talk.does("mei", WHOLE)
    here = [each for each in talk.heard[before:] if each.to == "local:council"]
    told = [each.kind for each in here if each.state == "sent"]
    assert told == ["playbook_switched", "phase_entered"]


def test_whose_role_changed_hears_once_and_the_actor_does_not(talk: Talk) -> None:
    before = len(talk.heard)
    talk.does("mei", WHOLE)
    told = [each for each in talk.heard[before:] if each.to.startswith("@")]
    assert sorted(each.to for each in told if each.state == "sent") == ["@bo", "@dev", "@rui"]
    assert "You were data engineer; you have no role there any more" in talk.last("@bo").text


def test_a_case_stays_and_calls_the_new_roles(talk: Talk) -> None:
    from council import cases  # noqa: PLC0415

    cases.receive(talk.desk, [a_delivery(a_signal())])
    talk.deliver()
    talk.does("carla", WHOLE)
    said = talk.does("mei", "case C-1").text
    assert "Mei" in said
    assert "MLOps" in said


def test_a_proposed_move_is_withdrawn(talk: Talk) -> None:
    an_initiative(talk.desk, "churn", phase="development", models=())
    talk.does("ana", "move churn t_disappoint --change re_engineer_features")
    line = f"playbook churn three-personas --phase data_science {ROLES_OF_THREE} --yes"
    assert "M-1 was withdrawn" in talk.does("ana", line).text


def test_a_handoff_that_is_another_one_there_is_withdrawn(talk: Talk) -> None:
    an_initiative(talk.desk, "churn", phase="development", models=())
    talk.does("ana", "handoff churn h_model")
    line = f"playbook churn three-personas --phase data_science {ROLES_OF_THREE} --yes"
    assert "H-1 was withdrawn" in talk.does("ana", line).text
    assert talk.desk.books.handoffs.by_number(1).state == "withdrawn"  # type: ignore[union-attr]


def test_in_a_new_version_what_was_checked_off_stays_so(talk: Talk) -> None:
    talk.does("mei", "done late-order exit:o1")
    talk.does("mei", "playbook late-order --version 1 --yes")
    marks = talk.desk.books.moves.checkmarks(late_order(talk.desk).id, [2])
    assert [each.item for each in marks] == ["exit:o1"]


def test_under_another_playbook_the_same_number_is_another_item(talk: Talk) -> None:
    talk.does("mei", "done late-order exit:o1")
    talk.does("mei", WHOLE)
    assert talk.desk.books.moves.checkmarks(late_order(talk.desk).id, [2]) == []


def test_what_is_retired_stays_as_it_was(talk: Talk) -> None:
    an_initiative(talk.desk, "old", phase="retired", models=())
    row = talk.desk.books.initiatives.by_key("old")
    assert row is not None
    row.state = "retired"
    talk.desk.books.add(row)
    for line in (WHOLE, "playbook late-order six-specialists"):
        assert "retired" in talk.refused("carla", line.replace("late-order", "old"))


def test_in_its_channel_the_key_may_be_left_out(talk: Talk) -> None:
    row = late_order(talk.desk)
    row.channel = "local:here"
    talk.desk.books.add(row)
    said = talk.does("mei", "playbook six-specialists", place="local:here")
    assert "nothing is changed yet" in said.text
