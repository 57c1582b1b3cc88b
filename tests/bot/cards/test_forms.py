"""Forms: what they ask, what they refuse, and where people meet them."""

import pytest

from bot.cards import asking, forms, initiative
from bot.cards.case import case_card
from bot.cards.forms import Unfilled, filled
from bot.cards.help import help_card
from bot.cards.misread import not_understood_card
from bot.cards.model import Card, Field, Form, Kind
from bot.grammar.forms import OUTCOMES, Assign
from bot.grammar.parsing import LONGEST, VERBS, NotUnderstood, parse
from council import cases, initiatives, standing
from tests.builders import a_crew, a_delivery, a_signal, an_initiative
from tests.desks import a_desk

ASSIGN = forms.assign_form("churn", ("Data scientist", "Sponsor"), "Sponsor")


def faults(form: Form, **values: str) -> dict[str, str]:
    with pytest.raises(Unfilled) as refused:
        filled(form, values)
    return dict(refused.value.faults)


def field(form: Form, name: str) -> Field:
    return next(each for each in form.fields if each.name == name)


def form_of(card: Card, label: str) -> Form:
    form = next(button.form for button in card.buttons if button.label == label)
    assert form is not None
    return form


def misread(text: str, here: str | None = None) -> Card:
    with pytest.raises(NotUnderstood) as refused:
        parse(text, here)
    return not_understood_card(refused.value)


@pytest.mark.parametrize(
    ("form", "values", "line"),
    [
        (ASSIGN, {"role": "Sponsor", "handle": "mei"}, "assign churn Sponsor @mei"),
        (
            ASSIGN,
            {"role": "Data scientist", "handle": "<@U1>"},
            'assign churn "Data scientist" <@U1>',
        ),
        (forms.close_form("C-1"), {"outcome": "fixed"}, "close C-1 fixed"),
        (
            forms.close_form("C-1"),
            {"outcome": "fixed", "reason": ' the "feed"\n'},
            'close C-1 fixed "the ""feed"""',
        ),
        (forms.decline_form("C-1"), {"reason": " "}, "decline C-1"),
        (forms.decline_form("C-1"), {"reason": "away", "odd": "x"}, 'decline C-1 "away"'),
        (forms.decline_form(), {"case": "31"}, "decline 31"),
        (
            forms.flag_form("churn"),
            {"signal_class": "cost", "band": "act", "what": "act"},
            'flag churn cost act "act"',
        ),
        (
            forms.flag_form(keys=(("churn", "Churn"),)),
            {"key": "churn", "what": "odd"},
            'flag churn "odd"',
        ),
        (forms.new_form(), {"name": "A b", "tier": "2"}, 'new "A b" --tier 2'),
        (
            forms.simulate_form("churn"),
            {"signal_class": "cost", "band": "act"},
            "simulate churn cost act",
        ),
    ],
)
def test_a_form_makes_the_line_that_a_person_would_type(
    form: Form, values: dict[str, str], line: str
) -> None:
    assert filled(form, values) == line


def test_what_is_needed_and_missing_is_said_for_each_field() -> None:
    assert faults(ASSIGN, role=" ", handle="") == {
        "role": "Please fill this in.",
        "handle": "Please fill this in.",
    }


def test_a_choice_is_one_of_the_choices() -> None:
    assert faults(ASSIGN, role="king", handle="mei") == {"role": "Please choose one of these."}


def test_a_person_is_a_handle() -> None:
    assert faults(ASSIGN, role="Sponsor", handle="Mei Chen") == {
        "handle": "Please choose a person."
    }


def test_a_key_that_is_none_says_how_keys_look() -> None:
    assert "such as late-order" in faults(forms.new_form(), name="A", key="A b")["key"]


def test_a_case_that_is_none_says_how_cases_look() -> None:
    assert faults(forms.close_form(), case="x", outcome="noise") == {
        "case": "A case looks like C-31."
    }


@pytest.mark.parametrize("length", [LONGEST - 5, LONGEST + 1])
def test_what_is_too_long_says_by_how_much(length: int) -> None:
    assert "too long by" in faults(forms.decline_form("C-1"), reason="x" * length)["reason"]


def test_every_outcome_can_be_chosen() -> None:
    choices = field(forms.close_form("C-1"), "outcome").choices
    assert {value for value, _ in choices} == set(OUTCOMES)


def test_the_vacant_role_is_chosen_at_first() -> None:
    assert field(ASSIGN, "role").value == "Sponsor"


def test_where_the_roles_are_not_known_one_is_typed() -> None:
    assert field(forms.assign_form("churn"), "role").kind is Kind.LINE


# ── where people meet them ───────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def found() -> dict[str, Card]:
    with a_desk() as desk:
        crew = a_crew(desk, without=("dev",))
        an_initiative(desk)
        an_initiative(desk, "leaderless", models=(), without=("mei",))
        found = {"vacant": initiative.status_card(standing.standing(desk, "leaderless"))}
        cases.receive(desk, [a_delivery(a_signal())])
        opening = initiatives.Opening("Returns", key="returns")
        opened = initiatives.open_initiative(desk, crew["mei"].id, opening)
        found["opened"] = initiative.opened_card(initiatives.describe_opening(desk, opened, 0))
        found["status"] = initiative.status_card(standing.standing(desk, "late-order"))
        found["case"] = case_card(cases.view(desk, "C-1"))
        found["taken"] = case_card(cases.acknowledge(desk, crew["mei"].id, "C-1"))
        found["list"] = initiative.list_card(*standing.listing(desk), "")
        found["none"] = initiative.list_card((), "", "")
        return found


def test_no_card_has_more_than_five_buttons(found: dict[str, Card]) -> None:
    assert max(len(card.buttons) for card in found.values()) <= 5


@pytest.mark.parametrize("name", ["case", "taken"])
def test_a_case_is_closed_with_a_form(found: dict[str, Card], name: str) -> None:
    form = form_of(found[name], "Close…")
    assert filled(form, {"outcome": "expected"}) == "close C-1 expected"


def test_a_reason_may_be_given_for_not_me(found: dict[str, Card]) -> None:
    assert filled(form_of(found["case"], "Not me"), {"reason": "away"}) == 'decline C-1 "away"'


def test_a_concern_is_raised_where_an_initiative_stands(found: dict[str, Card]) -> None:
    form = form_of(found["status"], "Raise a concern")
    assert filled(form, {"what": "odd"}) == 'flag late-order "odd"'


def test_a_vacant_role_can_be_given_where_an_initiative_stands(found: dict[str, Card]) -> None:
    assert field(form_of(found["status"], "Give a role"), "role").value == "DevOps engineer"


def test_to_give_a_vacant_role_that_leads_is_the_obvious_thing_to_do(
    found: dict[str, Card],
) -> None:
    assert found["vacant"].buttons[0].label == "Give a role"


def test_a_new_initiative_is_staffed_with_a_form(found: dict[str, Card]) -> None:
    line = filled(form_of(found["opened"], "Give a role"), {"role": "ML engineer", "handle": "bo"})
    assert parse(line) == Assign("returns", "ML engineer", "bo")


def test_a_new_initiative_is_opened_in_a_phase_of_the_playbook(found: dict[str, Card]) -> None:
    phases = dict(field(form_of(found["list"], "New initiative"), "phase").choices)
    assert phases["operations"] == "Model operations"


def test_the_first_initiative_is_opened_with_a_form(found: dict[str, Card]) -> None:
    assert filled(form_of(found["none"], "New initiative"), {"name": "A"}) == "new A"


@pytest.mark.parametrize(
    ("typed", "here", "command", "held"),
    [
        ("assign churn", None, "assign churn", {}),
        ("assign churn sponsor", None, "assign churn", {"role": "sponsor"}),
        ("assign churn @mei", None, "assign churn", {"handle": "mei"}),
        ("assign sponsor", "churn", "assign churn", {"role": "sponsor"}),
        ("unassign churn @mei", None, "unassign churn", {"handle": "mei"}),
        ("assign churn @mei --remove", None, "unassign churn", {"handle": "mei"}),
        ("flag churn cost act", None, "flag churn", {"signal_class": "cost", "band": "act"}),
        ("simulate churn cost", None, "simulate churn", {"signal_class": "cost"}),
        ("noise", None, "close", {"outcome": "noise"}),
        ("new A --tier 9 --phase x", None, "new", {"name": "A", "phase": "x", "tier": "3"}),
        ("new --model m --channel C1", None, "new --channel C1 --model m", {}),
    ],
)
def test_what_was_typed_in_part_need_not_be_typed_again(
    typed: str, here: str | None, command: str, held: dict[str, str]
) -> None:
    form = form_of(misread(typed, here), "Fill it in")
    given = {each.name: each.value for each in form.fields}
    assert (form.command, {name: given[name] for name in held}) == (command, held)


@pytest.mark.parametrize("typed", ["xyzzy", "list --tier 9", "mine all"])
def test_a_verb_without_a_form_offers_none(typed: str) -> None:
    assert [button.form for button in misread(typed).buttons] == [None]


@pytest.mark.parametrize("verb", ["assign", "flag", "new", "close", "decline", "simulate"])
def test_help_on_a_verb_offers_its_form(verb: str) -> None:
    assert form_of(help_card(verb), "Fill it in").command == verb


def is_whole(line: str) -> bool:
    try:
        parse(line)
    except NotUnderstood:
        return False
    return True


@pytest.mark.parametrize(
    "verb",
    [each.name for each in VERBS if asking.form_for(each.name, {}) and not is_whole(each.name)],
)
def test_a_bare_verb_that_lacks_something_is_answered_with_its_form(verb: str) -> None:
    assert form_of(misread(verb), "Fill it in") == asking.form_for(verb, {})
