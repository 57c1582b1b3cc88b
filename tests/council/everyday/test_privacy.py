"""A private initiative never appears to others: not in an answer, a list, a count or a card."""

import pytest

from bot.commands import READS, WRITES
from bot.completions import known_to
from bot.grammar.verbs import VERBS
from bot.web.lists import LISTS
from bot.workspace import crowd
from council import cases
from tests.builders import a_delivery, a_signal, an_initiative
from tests.talk import Talk

SECRET = ("hush", "Zephyr", "zephyr-model", "C-1")
# What somebody who has no part types, hoping to find something.
CURIOUS = (
    "list",
    "list --all",
    "status hush",
    "who hush",
    "status hus",
    "case C-1",
    "case",
    "mine",
    "simulate hush accuracy act",
    "edit hush",
    "edit hush --name Mine",
    "link hush",
    "link C-1",
    "link C-1 https://example.org/x",
    'archive hush "gone"',
    "live hush",
    "ack C-1",
    "decline C-1",
    "close C-1 noise",
    'flag hush "what is this"',
    "assign hush data scientist @sam",
    "unassign hush data scientist @ana",
    "done hush",
    "undo",
    "settings",
    "setup",
    "help",
)


@pytest.fixture
def hushed(talk: Talk) -> Talk:
    """Add a private initiative with a case, which Ana and Carla know."""
    talk.does("ana", 'new "Zephyr" --key hush --model zephyr-model --phase operations --private')
    talk.does("ana", "assign hush data_scientist @ana")
    talk.does("ana", "assign hush ml_engineer @ana")
    cases.receive(talk.desk, [a_delivery(a_signal("secret-feature", model="zephyr-model"))])
    for line in ("huddle C-1", "handoff hush", "move hush", "link hush https://example.org/zephyr"):
        talk.say("ana", line)  # whatever of it can be begun is hidden as well
    talk.deliver()
    return talk


def _trace(text: str, asked: str = "") -> list[str]:
    """Return what a text gives away beyond what was asked."""
    return [word for word in SECRET if word in text and word not in asked]


@pytest.mark.parametrize("line", CURIOUS)
def test_a_stranger_reads_nothing_of_it(hushed: Talk, line: str) -> None:
    assert _trace(hushed.say("sam", line).text, line) == []


def test_no_verb_shows_a_stranger_a_trace_of_it(hushed: Talk) -> None:
    refs = ("", "hush", "C-1", "H-1", "R-1", "D-1", "M-1", "A-1", "V-1", "hush operations")
    verbs = [verb.name for verb in VERBS if verb.name != "new"]  # what Sam opens is Sam's
    lines = [f"{verb} {ref}".strip() for verb in verbs for ref in refs]
    told = {line: _trace(hushed.say("sam", line).text, line) for line in lines}
    assert {line: found for line, found in told.items() if found} == {}


@pytest.mark.parametrize("verb", ["status", "who", "edit", "link", "archive", "live"])
def test_to_a_stranger_it_is_as_if_it_did_not_exist(hushed: Talk, verb: str) -> None:
    there = hushed.say("sam", f"{verb} hush").text
    assert there == hushed.say("sam", f"{verb} husk").text.replace("husk", "hush")


def test_a_case_that_a_stranger_may_not_see_is_as_if_it_did_not_exist(hushed: Talk) -> None:
    there = hushed.say("sam", "case C-1").text
    assert there == hushed.say("sam", "case C-9").text.replace("C-9", "C-1")


@pytest.mark.parametrize("handle", ["ana", "carla"])
def test_its_people_and_the_leads_see_it(hushed: Talk, handle: str) -> None:
    assert "Zephyr" in hushed.does(handle, "status hush").text


def test_whoever_opened_it_sees_it(talk: Talk) -> None:
    talk.does("sam", 'new "Zephyr" --key hush --private')
    assert "Zephyr" in talk.does("sam", "list").text


def test_whoever_gave_their_part_back_sees_it_no_more(hushed: Talk) -> None:
    hushed.does("ana", "assign hush data_engineer @bo")
    hushed.does("bo", "unassign hush data_engineer @bo")
    assert "Zephyr" not in hushed.say("bo", "status hush").text


def test_it_is_seen_again_once_it_is_public(hushed: Talk) -> None:
    hushed.does("ana", "edit hush --public")
    assert "Zephyr" in hushed.does("sam", "list").text


def test_whoever_hides_it_still_reads_their_answer(talk: Talk) -> None:
    assert "its people and council leads" in talk.does("mei", "edit late-order --private").text


def test_a_stranger_is_not_offered_its_key(hushed: Talk) -> None:
    sam = hushed.desk.books.people.by_handle("sam")
    assert sam is not None
    assert _trace(str(known_to(hushed.desk, sam.id, ""))) == []


def test_its_key_is_taken_all_the_same(hushed: Talk) -> None:
    assert "in use already" in hushed.refused("sam", 'new "Other" --key hush')


def test_whose_a_model_is_is_not_told_to_a_stranger(hushed: Talk) -> None:
    said = hushed.refused("sam", 'new "Other" --model zephyr-model')
    assert ("hush" in said, "Zephyr" in said) == (False, False)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_no_list_of_the_api_shows_a_trace_of_it(hushed: Talk, name: str) -> None:
    hidden = hushed.desk.books.initiatives.by_key("hush")
    assert hidden is not None
    items, _ = LISTS[name](hushed.desk, "", 200)
    words = (*SECRET, hidden.id, "secret-feature")
    assert [word for word in words if word in str(items)] == []


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_lists_of_the_api_show_what_is_public(hushed: Talk, name: str) -> None:
    an_initiative(hushed.desk, "open-one", models=("open-model",), channel="local:open")
    cases.receive(hushed.desk, [a_delivery(a_signal(model="open-model"))])
    items, _ = LISTS[name](hushed.desk, "", 200)
    assert items or name not in {"initiatives", "people", "cases", "signals", "ledger", "notices"}


def test_its_cards_never_reach_the_councils_channel(hushed: Talk) -> None:
    told = {each.to for each in hushed.heard if "Zephyr" in each.text}
    assert told <= {"@ana", "@carla"}


def test_its_cards_go_to_a_channel_of_its_own(talk: Talk) -> None:
    talk.does("ana", 'new "Zephyr" --model zm --private --channel local:zephyr --phase operations')
    cases.receive(talk.desk, [a_delivery(a_signal(model="zm"))])
    talk.deliver()
    assert "Zephyr" in talk.last("local:zephyr", "case_").text


def test_a_card_in_the_councils_channel_is_left_alone_once_it_is_private(talk: Talk) -> None:
    an_initiative(talk.desk, "later", models=("later-model",))
    cases.receive(talk.desk, [a_delivery(a_signal(model="later-model"))])
    talk.deliver()
    talk.does("mei", "edit later --private")
    before = len(talk.heard)
    talk.does("mei", "ack C-1")
    states = {each.state for each in talk.heard[before:] if "council" in each.to}
    assert states == {"dropped"}


def test_what_people_do_in_the_workspace_names_no_private_initiative(hushed: Talk) -> None:
    assert _trace(str(crowd.abouts(hushed.desk))) == []


def test_every_command_is_run_in_the_sight_of_whoever_asks() -> None:
    runs = {**WRITES, **READS}
    assert {run.__name__ for run in runs.values()} == {"run_as"}


def test_the_council_itself_sees_everything_again_after_a_command(hushed: Talk) -> None:
    hushed.does("sam", "list")
    assert hushed.desk.books.initiatives.by_key("hush") is not None
