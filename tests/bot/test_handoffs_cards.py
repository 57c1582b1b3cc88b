"""What people read of a handoff, as golden text; `UPDATE_GOLDEN=1` writes the texts anew."""

from collections.abc import Callable, Iterator

import pytest

from bot.cards import handoff_forms
from bot.cards.forms import filled
from bot.cards.handoff import handoff_card
from bot.cards.model import Card, Form
from bot.grammar.parsing import NotUnderstood, parse
from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from council import handoffs
from tests.builders import a_crew, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

Golden = Callable[[str, str], None]
HERE = "local:here"
ITEMS = " ".join(f'{number} "said of {number}"' for number in range(1, 9))
NAMES = (
    *("draft", "draft-whole", "which", "incomplete", "incomplete-strict", "in-the-making"),
    *("offered", "offered-open", "offered-vacant", "accepted", "conditions", "conditions-met"),
    *("returned", "returned-giver", "returned-again", "withdrawn", "escalated", "packet", "why"),
    *("reply-remind", "reply-again", "reply-escalated", "reply-conditions", "again", "own"),
    *("not-yours", "too-late", "day-over", "reply-next-offer", "which-open", "long-name"),
    *(
        "reply-still-open",
        "condition-late",
        "reply-condition-late",
        "gone-on",
        "begun",
        "gone-late",
    ),
    *("owner-directly", "not-yours-to-close"),
)


@pytest.fixture(scope="module")
def cards() -> dict[str, Card]:
    found: dict[str, Card] = {}
    for live in (
        *(_to_acceptance, _to_return, _to_escalation, _other_ways),
        *(_to_late_conditions, _to_the_next_phase, _without_a_channel, _several),
    ):
        clock = SetClock()
        with a_desk(clock) as desk:
            a_crew(desk)
            an_initiative(desk, phase="development", channel=HERE)
            found |= dict(live(Talk(desk, clock)))
    return found


Named = Iterator[tuple[str, Card]]


def _card(talk: Talk, handle: str, line: str) -> Card:
    said = talk.say(handle, line)
    talk.deliver()
    assert said.card is not None
    return said.card


def _heard(talk: Talk, kind: str, to: str = HERE) -> Card:
    card = talk.last(to, f"handoff_{kind}").card
    assert card is not None
    return card


def _to_acceptance(talk: Talk) -> Named:
    talk.does("ana", "handoff late-order --version v7")
    yield "draft", _card(talk, "ana", f"handoff H-1 {ITEMS}")
    yield "in-the-making", _card(talk, "mei", "handoff H-1")
    yield "incomplete", _card(talk, "ana", "handoff H-1 offer")
    yield "draft-whole", _card(talk, "ana", 'handoff H-1 9 "py" 10 https://x.example.org 11 "v6"')
    talk.does("ana", "handoff H-1 offer")
    yield "offered", _heard(talk, "offered")
    yield "packet", _card(talk, "mei", "handoff H-1")
    yield "not-yours", _card(talk, "rui", "accept H-1")
    talk.clock.move(hours=5, minutes=10)
    talk.does("mei", 'accept H-1 --condition "p95 under 80 ms proven" --condition "alerts @bo"')
    yield "conditions", _heard(talk, "accepted")
    yield "reply-conditions", _heard(talk, "conditions_reply")
    yield "too-late", _card(talk, "mei", "accept H-1")
    talk.does("mei", "done H-1 1 --link https://x.example.org/p95")
    talk.does("bo", "done H-1 2")
    yield "conditions-met", _heard(talk, "condition_closed")
    yield "again", _card(talk, "ana", "handoff H-1 again")


def _to_return(talk: Talk) -> Named:
    yield "which", _card(talk, "bo", "handoff late-order data engineer")
    talk.does("ana", "handoff late-order")
    talk.does("ana", f"handoff H-1 {ITEMS}")
    talk.does("ana", "handoff H-1 offer --anyway")
    yield "offered-open", _heard(talk, "offered")
    yield "why", _card(talk, "mei", "decline H-1")
    talk.does("mei", 'decline H-1 not_reproducible "the seed is missing" --next Thursday')
    yield "returned", _heard(talk, "returned")
    yield "returned-giver", _heard(talk, "returned", "@ana")
    yield "returned-again", _card(talk, "ana", "handoff H-1")
    talk.wait(days=5)
    yield "reply-next-offer", _heard(talk, "next_offer_reply", "@ana")
    yield "day-over", _heard(talk, "changed")
    talk.does("ana", "handoff H-1 offer --anyway")
    yield "reply-again", _heard(talk, "again_reply")
    talk.does("ana", "handoff H-1 withdraw")
    yield "withdrawn", _heard(talk, "withdrawn")


def _to_escalation(talk: Talk) -> Named:
    _offered(talk)
    talk.wait(hours=30)
    yield "reply-remind", _heard(talk, "remind_reply")
    talk.wait(days=3)
    yield "escalated", _heard(talk, "escalated", "@carla")
    yield "reply-escalated", _heard(talk, "escalated_reply")
    talk.does("mei", "accept H-1")
    yield "accepted", _heard(talk, "accepted")


def _other_ways(talk: Talk) -> Named:
    an_initiative(talk.desk, "strict", phase="development", tier=1, models=())
    talk.does("ana", "handoff strict")
    yield "incomplete-strict", _card(talk, "ana", "handoff H-1 offer --anyway")
    talk.does("carla", "unassign late-order ml_engineer @mei")
    _offered(talk, "H-2")
    yield "offered-vacant", _heard(talk, "offered")
    talk.does("carla", "assign late-order ml_engineer @ana")
    talk.does("ana", "accept H-2")
    yield "own", _heard(talk, "accepted")


def _to_late_conditions(talk: Talk) -> Named:
    _offered(talk)
    talk.does("mei", 'accept H-1 --condition "p95 under 80 ms proven @dev"')
    yield "not-yours-to-close", _card(talk, "bo", "done H-1 1")
    talk.wait(days=10)
    yield "reply-still-open", _heard(talk, "still_open_reply")
    yield "condition-late", _heard(talk, "condition_late", "@carla")
    yield "reply-condition-late", _heard(talk, "condition_late_reply")


def _to_the_next_phase(talk: Talk) -> Named:
    _offered(talk)
    talk.does("ana", "move late-order forward")
    talk.does("mei", "accept M-1")
    yield "gone-on", _heard(talk, "changed")
    yield "gone-late", _card(talk, "mei", "accept H-1")
    an_initiative(talk.desk, "returns", phase="development", models=())
    talk.does("ana", "handoff returns --version v3")
    talk.does("ana", "handoff H-2 offer --anyway")
    talk.does("ana", "move returns forward")
    talk.does("mei", 'accept H-2 --condition "p95 @dev"')
    talk.does("mei", "accept M-2")
    yield "begun", _card(talk, "dev", "done H-2 1")


def _without_a_channel(talk: Talk) -> Named:
    council = talk.desk.books.registry.council()
    council.channel = ""
    talk.desk.books.add(council)
    found = talk.desk.books.initiatives.by_key("late-order")
    assert found is not None
    found.channel = ""
    talk.desk.books.add(found)
    _offered(talk)
    talk.does("mei", 'accept H-1 --condition "p95 under 80 ms proven @dev"')
    yield "owner-directly", _heard(talk, "conditions", "@dev")


def _several(talk: Talk) -> Named:
    talk.does("ana", "handoff late-order")
    talk.does("ana", "handoff late-order h_exec")
    yield "which-open", _card(talk, "ana", "handoff late-order withdraw")
    talk.does("mei", "handoff late-order h_release")
    talk.does("mei", "handoff H-3 offer --anyway")
    yield "long-name", _card(talk, "dev", "handoff H-3")


def _offered(talk: Talk, ref: str = "H-1") -> None:
    talk.does("ana", "handoff late-order --version v7")
    talk.does("ana", f"handoff {ref} {ITEMS}")
    talk.does("ana", f"handoff {ref} offer --anyway")


@pytest.mark.parametrize("name", NAMES)
def test_a_card_of_a_handoff_reads_as_agreed(
    cards: dict[str, Card], name: str, same_as_golden: Golden
) -> None:
    same_as_golden(f"words/handoff-{name}.txt", render(cards[name]))


def test_every_card_was_looked_at(cards: dict[str, Card]) -> None:
    assert set(cards) == set(NAMES)


def test_every_card_is_legal_in_slack(cards: dict[str, Card]) -> None:
    found = {name: problems(message(card), "message") for name, card in cards.items()}
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_every_card_has_a_line_for_notifications(cards: dict[str, Card]) -> None:
    assert not [name for name, card in cards.items() if not card.fallback.strip()]


def test_one_button_at_most_is_the_obvious_one(cards: dict[str, Card]) -> None:
    assert max(sum(each.primary for each in card.buttons) for card in cards.values()) == 1


def test_nothing_is_red(cards: dict[str, Card]) -> None:
    assert "bad" not in {str(card.tone) for card in cards.values()}


def test_every_button_is_a_line_that_is_understood(cards: dict[str, Card]) -> None:
    for card in cards.values():
        for button in card.buttons:
            parse(button.command)


# ── forms ────────────────────────────────────────────────────────────────────────────────────────

REASONS = ("missing_item", "other")
OPEN = tuple(handoffs.ItemView(n, f"item {n}", "", "", filled=False) for n in range(1, 8))


@pytest.mark.parametrize(
    ("form", "values", "line"),
    [
        (
            handoff_forms.fill_form("H-1", OPEN),
            {"item_1": "one", "item_3": "a b"},
            'handoff H-1 1 "one" 3 "a b"',
        ),
        (
            handoff_forms.accept_form("H-1"),
            {"condition": "p95 proven", "owner": "bo"},
            'accept H-1 --condition "p95 proven" @bo',
        ),
        (
            handoff_forms.give_back_form("H-1", REASONS),
            {"reason": "missing_item", "line": "the rollback", "next": "next friday"},
            'decline H-1 missing_item "the rollback" --next "next friday"',
        ),
        (handoff_forms.condition_form("H-1", 2), {}, "done H-1 2"),
        (
            handoff_forms.item_form("H-1"),
            {"item": "change history", "value": "in git"},
            'handoff H-1 "change history" "in git"',
        ),
        (
            handoff_forms.begin_form("late-order"),
            {"which": "trained model"},
            'handoff late-order "trained model"',
        ),
    ],
)
def test_a_form_becomes_the_line_that_would_be_typed(
    form: Form, values: dict[str, str], line: str
) -> None:
    assert filled(form, values) == line


def test_a_line_that_lacks_the_value_offers_a_form_for_it() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        parse("handoff H-1 rollback")
    assert refusal.value.known["handoff"] == "H-1"


def test_what_people_wrote_never_becomes_a_mention_or_markup() -> None:
    with a_desk() as desk:
        a_crew(desk)
        an_initiative(desk, phase="development", channel=HERE)
        talk = Talk(desk, SetClock())
        talk.does("ana", 'handoff late-order --version "<!channel>"')
        talk.does("ana", "handoff H-1 offer --anyway")
        ana = desk.books.people.by_handle("ana")
        assert ana is not None
        card = handoff_card(handoffs.view(desk, ana.id, "H-1"))
        assert not problems(message(card), "message")
