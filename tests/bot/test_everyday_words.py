"""A council lead's first ten minutes, and what people read when they keep things in order.

The texts are golden: `UPDATE_GOLDEN=1` writes them anew.
"""

from collections.abc import Callable, Iterator

import pytest

from bot.cards.forms import filled
from bot.cards.imported import faults_card, imported_card
from bot.cards.model import Card
from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from council import cases, initiatives
from council.errors import Faults
from tests.builders import a_crew, a_delivery, a_person, a_signal, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

Golden = Callable[[str, str], None]
STEPS = ("setup-1-words", "setup-2-first", "setup-3-opened", "setup-4-lead", "setup-5-done")
EVERYDAY = (
    *("edit", "edited", "edit-refused", "archived", "archived-channel", "taken-out", "pressing"),
    *("live", "live-channel", "watching-case", "watching-status", "links", "linked"),
    *("undo-assignment", "undo-edit", "undo-late", "undo-acted-on", "undo-twice", "undo-nothing"),
    *("pause-asked", "archive-asked"),
    *("settings", "setting-noted", "setup-refused", "imported", "imported-dry", "import-faults"),
)
TABLE = (
    "key,name,playbook,phase,tier,models,channel,private,data scientist\n"
    "returns,Returns forecast,,operations,2,ret-1,,,ana\n"
    "stock,Stock levels,,,9,churn,,,zoe\n"
)


@pytest.fixture
def empty() -> Iterator[Talk]:
    """Return a council of which only a few people are known."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_person(desk, "carla", lead=True)
        a_person(desk, "ana")
        a_person(desk, "bo")
        yield Talk(desk, clock)


def by_form(said: Card | None, label: str, **values: str) -> str:
    """Fill in the form of a button, and return the line that it makes."""
    assert said is not None
    form = next(each.form for each in said.buttons if each.label.startswith(label))
    assert form is not None
    return filled(form, values)


def first_ten_minutes(talk: Talk) -> dict[str, str]:
    """Set a council up as story 1 does: every step by what the step before offers."""
    words = talk.does("carla", "start")
    first = (
        talk.does("carla", next(each.command for each in words.card.buttons if each.primary))
        if words.card
        else words
    )
    line = by_form(first.card, "Name it", name="Late-order predictor", phase="data_features")
    opened = talk.does("carla", line)
    lead = talk.does("carla", opened.button("Go on setting up"))
    ana = by_form(lead.card, "Name the data scientist", role="Data scientist", handle="ana")
    talk.does("carla", ana)
    again = talk.does("carla", "setup")
    bo = by_form(again.card, "Name the data engineer", role="Data engineer", handle="bo")
    assigned = talk.does("carla", bo)
    done = talk.does("carla", assigned.button("Go on setting up"))
    said = (words, first, opened, lead, done)
    return {name: each.text for name, each in zip(STEPS, said, strict=True)}


@pytest.mark.parametrize("name", STEPS)
def test_the_first_ten_minutes_read_as_agreed(
    empty: Talk, name: str, same_as_golden: Golden
) -> None:
    same_as_golden(f"words/{name}.txt", first_ten_minutes(empty)[name])


def test_the_guide_asks_again_where_it_was_left(empty: Talk) -> None:
    empty.does("carla", "setup")
    empty.does("carla", 'new "Late-order predictor" --key late-order')
    assert "Who leads" in empty.does("carla", "setup").text


def test_every_playbook_is_offered_with_its_roles_and_phases(empty: Talk) -> None:
    card = empty.does("carla", "setup").card
    assert card is not None
    assert len(card.buttons) == len({each.id for each in empty.desk.playbooks.playbooks})
    assert card.buttons[0].label.endswith("roles, 3 phases)")


def test_the_guide_is_for_council_leads(empty: Talk) -> None:
    assert "These people can: @carla" in empty.refused("ana", "setup")


@pytest.fixture(scope="module")
def everyday() -> dict[str, Card]:
    """Return what people read when they keep things in order."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        a_person(desk, "sam")
        an_initiative(desk, channel="local:orders")
        talk = Talk(desk, clock)
        talk.deliver()
        return {**_kept_in_order(talk), **_taken_back(talk), **_brought(talk)}


def _card(talk: Talk, handle: str, line: str) -> Card:
    card = talk.say(handle, line).card
    talk.deliver()
    assert card is not None
    return card


def _heard(talk: Talk, to: str, kind: str) -> Card:
    card = talk.last(to, kind).card
    assert card is not None
    return card


def _kept_in_order(talk: Talk) -> dict[str, Card]:
    ticket = "https://example.atlassian.net/browse/ML-7"
    found = {
        "edit": _card(talk, "mei", "edit late-order"),
        "edited": _card(talk, "mei", "edit late-order --tier 1 --model orders-v2 --private"),
        "edit-refused": _card(talk, "sam", "edit late-order"),
        "setup-refused": _card(talk, "mei", "setup"),
        "settings": _card(talk, "mei", "settings"),
        "setting-noted": _card(talk, "mei", "settings quiet 19-8"),
    }
    talk.does("mei", "edit late-order --tier 2 --public")
    found["links"] = _card(talk, "mei", "link late-order")
    found["linked"] = _card(talk, "mei", f"link late-order {ticket}")
    cases.receive(talk.desk, [a_delivery(a_signal(signal_class="service"))])
    found["pressing"] = _card(talk, "mei", "archive late-order")
    talk.does("mei", "close C-1 fixed")
    talk.does("mei", 'flag late-order cost watch "a little dear"')
    found["pause-asked"] = _card(talk, "mei", "pause late-order")
    found["archive-asked"] = _card(talk, "mei", "archive late-order")
    found["archived"] = _card(talk, "mei", 'archive late-order "the shop closed"')
    found["archived-channel"] = _heard(talk, "local:orders", "initiative_")
    found["taken-out"] = _card(talk, "mei", "archive late-order --undo")
    return found


def _taken_back(talk: Talk) -> dict[str, Card]:
    found = {"undo-nothing": _card(talk, "rui", "undo")}
    talk.does("ana", "assign late-order data scientist @sam")
    found["undo-assignment"] = _card(talk, "ana", "undo")
    found["undo-twice"] = _card(talk, "ana", "undo")
    talk.does("mei", "edit late-order --tier 4")
    found["undo-edit"] = _card(talk, "mei", "undo")
    talk.does("mei", "edit late-order --tier 4")
    talk.does("ana", "edit late-order --tier 3")
    found["undo-acted-on"] = _card(talk, "mei", "undo")
    talk.wait(minutes=30)
    found["undo-late"] = _card(talk, "ana", "undo")
    return found


def _brought(talk: Talk) -> dict[str, Card]:
    library, handles = talk.desk.playbooks, talk.desk.books.people.handles()
    with pytest.raises(Faults) as wrong:
        initiatives.read_sheet(TABLE, library, handles)
    good = "\n".join(TABLE.splitlines()[:2]) + "\n"
    rows = initiatives.read_sheet(good, library, handles)
    compared, _ = initiatives.compare(talk.desk, rows)
    found = {
        "import-faults": faults_card(wrong.value),
        "imported-dry": imported_card(compared, dry_run=True),
        "imported": imported_card(compared),
    }
    initiatives.import_rows(talk.desk, "shell", rows)
    cases.receive(talk.desk, [a_delivery(a_signal(model="ret-1"))])
    talk.deliver()
    found["watching-case"] = _heard(talk, "@carla", "case_")
    found["watching-status"] = _card(talk, "carla", "status returns")
    found["live"] = _card(talk, "carla", "live returns")
    found["live-channel"] = _heard(talk, "local:council", "initiative_")
    return found


@pytest.mark.parametrize("name", EVERYDAY)
def test_what_keeps_things_in_order_reads_as_agreed(
    everyday: dict[str, Card], name: str, same_as_golden: Golden
) -> None:
    same_as_golden(f"words/everyday-{name}.txt", render(everyday[name]))


def test_every_card_is_legal_in_slack(everyday: dict[str, Card]) -> None:
    found = {name: problems(message(card), "message") for name, card in everyday.items()}
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_no_card_has_more_than_two_primary_buttons(everyday: dict[str, Card]) -> None:
    primary = {name: sum(b.primary for b in card.buttons) for name, card in everyday.items()}
    assert max(primary.values()) <= 2


def test_a_table_says_from_what_to_what_and_who_comes_into_which_role(everyday_talk: Talk) -> None:
    library, handles = everyday_talk.desk.playbooks, everyday_talk.desk.books.people.handles()
    table = (
        "key,name,tier,models,ml engineer\n"
        "late-order,Late order predictor,1,late-order-v2,mei;sam\n"
    )
    rows = initiatives.read_sheet(table, library, handles)
    compared, _ = initiatives.compare(everyday_talk.desk, rows)
    said = render(imported_card(compared, dry_run=True))
    assert "changed: tier 2 → 1, model late-order-v2 comes, @sam becomes ml engineer" in said


@pytest.fixture
def everyday_talk() -> Iterator[Talk]:
    """Return a council with the crew, Sam, and one initiative."""
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        a_person(desk, "sam")
        an_initiative(desk)
        yield Talk(desk, clock)
