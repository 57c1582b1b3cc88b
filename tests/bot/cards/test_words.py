"""What people read: every card of a case's life and every answer, as golden text.

`UPDATE_GOLDEN=1` writes the texts anew; the difference is then read in the commit.
"""

from collections.abc import Callable, Iterator

import pytest

from bot.cards import failure, initiative, mine, system, who
from bot.cards.case import case_card, reply_card
from bot.cards.help import help_card
from bot.cards.misread import not_understood_card
from bot.cards.model import Card
from bot.cards.simulation import simulation_card
from bot.grammar.parsing import NotUnderstood, parse
from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from council import (
    agenda,
    announcements,
    cases,
    errors,
    initiatives,
    people,
    rounds,
    simulate,
    standing,
)
from council.desk import Desk
from council.signal import Loudness
from tests.builders import a_crew, a_delivery, a_signal, an_initiative, recovered
from tests.desks import a_desk
from tests.fakes import SetClock

Golden = Callable[[str, str], None]
FIRST = a_signal("age", metric_name="psi", value=0.31, threshold=0.25)


@pytest.fixture(scope="module")
def life() -> dict[str, Card]:
    """Return the cards of a case from its opening to its end, and of the answers around it."""
    clock = SetClock()
    with a_desk(clock) as desk:
        crew = {name: person.id for name, person in a_crew(desk, without=("dev",)).items()}
        an_initiative(desk)
        found = _until_asked(desk, clock, crew)
        found["case-passed-on"] = case_card(cases.not_me(desk, crew["ana"], "C-1", "on leave"))
        found["case-acknowledged"] = case_card(cases.acknowledge(desk, crew["mei"], "C-1"))
        found.update(_answers(desk, crew["mei"], crew["rui"]))
        clock.move(minutes=20)
        cases.receive(desk, [a_delivery(recovered(FIRST))])
        found["case-recovered"] = case_card(cases.view(desk, "C-1"))
        concern = cases.Concern("late-order", "forecasts look flat", "accuracy")
        cases.flag(desk, crew["rui"], concern)
        closed = cases.close(desk, crew["rui"], "C-2", "noise", "a holiday")
        found["case-closed"] = case_card(closed)
    return found


def _until_asked(desk: Desk, clock: SetClock, crew: dict[str, str]) -> dict[str, Card]:
    """Return the cards until the council lead is asked."""
    second = a_signal("income", loudness=Loudness.WARNING, n_reference=900, n_current=120)
    cases.receive(desk, [a_delivery(FIRST, second)])
    found = {"case-open": case_card(cases.view(desk, "C-1"))}
    clock.move(hours=4)
    for item in agenda.due(desk):
        rounds.run(desk, item)
    found["case-escalated"] = case_card(cases.view(desk, "C-1"))
    lead = people.members(desk, [crew["carla"]])
    news = announcements.CaseNews(cases.view(desk, "C-1"), lead)
    found["reply-escalated"] = reply_card(news, "escalated")
    found["reply-worse"] = reply_card(news, "worse")
    return found


def _answers(desk: Desk, actor: str, other: str) -> dict[str, Card]:
    standing_now = standing.standing(desk, "late-order")
    opening = initiatives.Opening("Returns forecast", key="returns", models=("returns-v1",))
    opened = initiatives.open_initiative(desk, actor, opening)
    found = simulate.simulate(desk, "late-order", "service", "act")
    return {
        "status": initiative.status_card(standing_now),
        "who": who.who_card(standing_now),
        "list": initiative.list_card(*standing.listing(desk), ""),
        "mine": mine.mine_card(standing.my_day(desk, actor)),
        "mine-nothing": mine.mine_card(standing.my_day(desk, other)),
        "opened": initiative.opened_card(initiatives.describe_opening(desk, opened, 2)),
        "assigned": initiative.staffed_card(
            initiatives.assign(desk, actor, "returns", "data scientist", "ana")
        ),
        "simulation": simulation_card(found),
    }


NEWS = {
    "waiting-models": system.waiting_card(
        announcements.WaitingNews((("churn", 3), ("", 1)), more=True)
    ),
    "waiting-none": system.waiting_card(announcements.WaitingNews((), more=False)),
    "trouble": system.trouble_card(
        announcements.TroubleNews("prom", (("not_json", 12, ""), ("quarantined", 1, "no status")))
    ),
    "given-a-role": system.assigned_card(
        announcements.AssignedNews(
            "churn",
            "Churn early warning",
            "Who will leave?",
            "ML engineer",
            "Model operations",
            ended=False,
            learns=(("DevOps fundamentals", "DevOps engineer"),),
        )
    ),
    "role-taken-back": system.assigned_card(
        announcements.AssignedNews("churn", "Churn", "", "ML engineer", "", ended=True, learns=())
    ),
    "help": help_card(),
    "help-one": help_card("assign"),
    "busy": failure.busy_card(),
    "broken": failure.broken_card("1f2e3d4c"),
    "stranger": failure.stranger_card(),
    "which-outcome": failure.which_outcome_card("C-1", cases.OUTCOMES),
}
REFUSALS: dict[str, errors.CouncilError] = {
    "not-found": errors.NotFound("initiative", "chrn", ("churn",)),
    "not-allowed": errors.NotAllowed("id", "acknowledge", "C-1", "a role here", ("mei", "ana")),
    "conflict": errors.Conflict("C-1", "acknowledged", "mei"),
    "faults": errors.Faults((errors.Invalid("line 3, tier", "9", "not_one_of", ("1", "2")),)),
    "invalid": errors.Invalid("person", "Ana", "two_people", ("ana", "ana-2")),
}
MISREAD = (
    "",
    "asign late-order",
    "assign late-order",
    "digest C-1",
    'flag x "open',
    "list --tier 9",
)
LIFE = (
    *("case-open", "case-escalated", "reply-escalated", "reply-worse", "case-passed-on"),
    *("case-acknowledged", "case-recovered", "case-closed", "status", "who", "list", "mine"),
    *("mine-nothing", "opened", "assigned", "simulation"),
)


def misread(text: str) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as refusal:
        parse(text)
    return refusal.value


def all_cards(life: dict[str, Card]) -> Iterator[tuple[str, Card]]:
    yield from life.items()
    yield from NEWS.items()
    for name, error in REFUSALS.items():
        yield name, failure.refusal_card(error)
    for text in MISREAD:
        yield text, not_understood_card(misread(text))


@pytest.mark.parametrize("name", LIFE)
def test_a_case_and_the_answers_around_it_read_as_agreed(
    life: dict[str, Card], name: str, same_as_golden: Golden
) -> None:
    same_as_golden(f"words/{name}.txt", render(life[name]))


@pytest.mark.parametrize("name", NEWS)
def test_what_the_council_needs_reads_as_agreed(name: str, same_as_golden: Golden) -> None:
    same_as_golden(f"words/{name}.txt", render(NEWS[name]))


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_reads_as_agreed(name: str, same_as_golden: Golden) -> None:
    same_as_golden(f"words/refusal-{name}.txt", render(failure.refusal_card(REFUSALS[name])))


@pytest.mark.parametrize(("number", "text"), list(enumerate(MISREAD)))
def test_a_line_that_was_not_understood_is_answered_as_agreed(
    number: int, text: str, same_as_golden: Golden
) -> None:
    card = not_understood_card(misread(text))
    same_as_golden(f"words/misread-{number}.txt", render(card))


def test_every_refusal_of_the_council_has_words() -> None:
    known = {type(error) for error in REFUSALS.values()}
    assert known == set(errors.CouncilError.__subclasses__())


def test_every_card_is_legal_in_slack(life: dict[str, Card]) -> None:
    found = {name: problems(message(card), "message") for name, card in all_cards(life)}
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_every_card_has_a_line_for_notifications(life: dict[str, Card]) -> None:
    assert not [name for name, card in all_cards(life) if not card.fallback.strip()]


def test_at_most_one_button_is_the_obvious_one(life: dict[str, Card]) -> None:
    primary = {name: sum(b.primary for b in card.buttons) for name, card in all_cards(life)}
    assert max(primary.values()) == 1


def test_a_case_that_asks_for_a_page_says_that_nobody_was_paged() -> None:
    with a_desk() as desk:
        a_crew(desk)
        an_initiative(desk, tier=1)
        cases.receive(desk, [a_delivery(FIRST)])
        assert "nobody was paged" in render(case_card(cases.view(desk, "C-1")))
