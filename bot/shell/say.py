"""`council say`: a command as a person would type it in chat; the same parser, rights and words."""

from typing import Annotated

import typer

from bot import text
from bot.cards.failure import refusal_card
from bot.clerk import Clerk
from bot.commands import Answer, Asker, Outcome, answer
from bot.shell import council, show
from council import people
from council.desk import Desk
from council.errors import CouncilError
from council.initiatives import conversation

EXITS = {Outcome.DONE: 0, Outcome.REFUSED: 1, Outcome.NOT_UNDERSTOOD: 2}

app = typer.Typer(add_completion=False)


# What is no option of ours belongs to the verb: `say --as mei new "Late orders" --tier 2`.
@app.command(context_settings={"ignore_unknown_options": True})
def say(
    words: Annotated[list[str], typer.Argument(help="The verb and what it is about.")],
    handle: Annotated[str, typer.Option("--as", help="The handle of the person who says it.")],
    place: Annotated[str, typer.Option("--in", help="The channel in which it is said.")] = "",
    as_json: show.AsJson = False,
) -> None:
    """Say something as a person, as they would in chat.

    Exits with 0 if it was done, 1 if it was refused, 2 if it was not understood.
    """
    given = council.talk(lambda clerk: _answer(clerk, handle, conversation(place), line(words)))
    prefix = f"council say --as {text.clean(handle)}"
    if as_json:
        show.emit(_plain(given, prefix))
    elif given.card:
        show.card(given.card, prefix)
    raise typer.Exit(EXITS[given.outcome])


def line(words: list[str]) -> str:
    """Return one line of words that came apart in the shell; spaces are quoted again."""
    if len(words) == 1:
        return words[0]
    return " ".join(f'"{word}"' if set(word) & set(" \t\n") else word for word in words)


async def _answer(clerk: Clerk, handle: str, place: str, said: str) -> Answer:
    try:
        person = await clerk.read(_person_id, handle)
    except CouncilError as error:
        return Answer(Outcome.REFUSED, refusal_card(error))
    return await answer(clerk, Asker(person, place, surface="shell"), said)


def _person_id(desk: Desk, handle: str) -> str:
    return people.find(desk, handle).id


def _plain(given: Answer, prefix: str) -> dict[str, object]:
    card = given.card
    if card is None:
        return {"outcome": str(given.outcome), "card": None}
    buttons = [{"label": each.label, "command": each.command} for each in card.buttons]
    said = text.render(card, prefix)
    return {
        "outcome": str(given.outcome),
        "card": {"title": card.title, "text": said, "buttons": buttons},
    }
