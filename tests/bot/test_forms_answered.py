"""Forms through the one path of commands: what is filled in is done, a bare command says more."""

from collections.abc import AsyncIterator

import pytest

from bot.cards.forms import filled
from bot.cards.model import Button, Card
from bot.clerk import Clerk
from bot.commands import Answer, Asker, Outcome, answer
from bot.text import render
from council import cases
from council.desk import Desk
from tests.bot.house import a_clerk, staff
from tests.builders import a_delivery, a_signal
from tests.fakes import SetClock


@pytest.fixture
async def clerk(sqlite_url: str) -> AsyncIterator[Clerk]:
    async with a_clerk(sqlite_url, SetClock()) as found:
        await found.write(staff)
        await found.submit(cases.receive, a_delivery(a_signal()))
        yield found


def carla(desk: Desk) -> str:
    found = desk.books.people.by_handle("carla")
    assert found is not None
    return found.id


async def say(clerk: Clerk, text: str) -> Answer:
    """Press, as the council lead may."""
    return await answer(clerk, Asker(await clerk.read(carla), press=True), text)


async def shown(clerk: Clerk, text: str) -> Card:
    card = (await say(clerk, text)).card
    assert card is not None
    return card


def button(card: Card, label: str) -> Button:
    return next(each for each in card.buttons if each.label == label)


async def send(clerk: Clerk, card: Card, label: str, **values: str) -> Card:
    """Fill in the form behind a button."""
    form = button(card, label).form
    assert form is not None
    found = await say(clerk, filled(form, values))
    assert (found.outcome, found.card is not None) == (Outcome.DONE, True)
    assert found.card is not None
    return found.card


async def test_a_case_is_closed_by_its_form(clerk: Clerk) -> None:
    card = await shown(clerk, "case C-1")
    said = await send(clerk, card, "Close…", outcome="expected", reason='a "holiday"\n--x')
    assert "as expected" in render(said)


async def test_a_case_is_passed_on_by_its_form(clerk: Clerk) -> None:
    card = await shown(clerk, "case C-1")
    assert "not me" in render(await send(clerk, card, "Not me", reason="@mei, noise"))


async def test_a_concern_is_raised_by_its_form(clerk: Clerk) -> None:
    card = await shown(clerk, "status late-order")
    said = await send(clerk, card, "Raise a concern", signal_class="cost", band="act", what="act")
    assert said.title.startswith("Cost:")


async def test_an_initiative_is_opened_and_staffed_by_forms(clerk: Clerk) -> None:
    card = await shown(clerk, "list")
    opened = await send(clerk, card, "New initiative", name="Returns", phase="operations")
    said = await send(clerk, opened, "Give a role", role="ML engineer", handle="mei")
    assert said.title == "ML engineer of Returns"


async def test_a_line_typed_in_part_is_finished_by_a_form(clerk: Clerk) -> None:
    card = await shown(clerk, "simulate late-order")
    said = await send(clerk, card, "Fill it in", signal_class="service", band="act")
    assert said.title.startswith("If service came now")


@pytest.mark.parametrize("text", ["flag late-order", "assign late-order", "new"])
async def test_without_forms_a_bare_command_says_what_to_type(clerk: Clerk, text: str) -> None:
    found = await say(clerk, text)
    assert found.card is not None
    assert (found.outcome, "For example:" in render(found.card)) == (Outcome.NOT_UNDERSTOOD, True)


async def test_without_forms_close_offers_the_outcomes(clerk: Clerk) -> None:
    card = await shown(clerk, "close C-1")
    assert [each.command for each in card.buttons][:2] == ["close C-1 noise", "close C-1 fixed"]


async def test_without_forms_not_me_passes_the_case_on_at_once(clerk: Clerk) -> None:
    assert "not me" in render(await shown(clerk, "decline C-1"))


async def test_without_forms_fill_it_in_leads_to_help_that_says_how(clerk: Clerk) -> None:
    card = await shown(clerk, "assign late-order")
    said = await shown(clerk, button(card, "Fill it in").command)
    assert "Example:" in render(said)
