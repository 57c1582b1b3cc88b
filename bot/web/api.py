"""The read API and the command API: bearer tokens, lists with a cursor."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pydantic import BaseModel, Field, ValidationError

from bot.clerk import RETRY_AFTER_SECONDS, Clerk, Unavailable
from bot.commands import Asker, answer
from bot.intake.body import TooLarge, read_body
from bot.text import render
from bot.web import lists
from council import integrations, people
from council.desk import Desk
from council.errors import CouncilError

MOST = 200
_NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps none in a text
_LONGEST = 64 << 10


class Page(BaseModel):
    """A slice of a list; `next` is the cursor to go on from, null at the end."""

    items: list[dict[str, Any]]
    next: str | None


class Said(BaseModel):
    """A command as somebody would type it; `as` is the handle of the person for whom it is run."""

    as_: str = Field(alias="as", min_length=1, max_length=64, pattern=_NO_NUL)
    text: str = Field(max_length=4_000, pattern=_NO_NUL)


class Told(BaseModel):
    """How it ended (done, refused, not_understood), the card's title, and the card as text."""

    outcome: str
    title: str
    text: str
    buttons: list[dict[str, str]]


T = TypeVar("T")
Lister = Callable[[Desk, str, int], tuple[list[dict[str, Any]], str | None]]


def routes(clerk: Clerk) -> APIRouter:
    """Return the routes under /api/v1."""

    async def bearer(request: Request) -> str:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        name = (
            await _ask(clerk, integrations.token_name, token.strip())
            if kind.lower() == "bearer" and token.strip().isascii()
            else None
        )
        if name is None:
            raise HTTPException(401, "Send a token as Bearer.", {"WWW-Authenticate": "Bearer"})
        return name

    router = APIRouter(prefix="/api/v1", dependencies=[Depends(bearer)], tags=["council"])
    for name, lister in lists.LISTS.items():
        router.get(f"/{name}", name=f"list_{name}")(_endpoint(clerk, lister))

    schema = {
        "requestBody": {"content": {"application/json": {"schema": Said.model_json_schema()}}}
    }

    @router.post("/commands", openapi_extra=schema)
    async def commands(request: Request) -> Told:
        """Run a command for a person, exactly as if they had typed it."""
        said = await _said(request)
        try:
            person = await _ask(clerk, _person_id, said.as_)
        except CouncilError as error:
            raise HTTPException(422, f"There is no person called {said.as_}.") from error
        found = await answer(clerk, Asker(person, surface="api"), said.text)
        card = found.card
        return Told(
            outcome=str(found.outcome),
            title=card.title if card else "",
            text=render(card) if card else "",
            buttons=[
                {"label": each.label, "command": each.command}
                for each in (card.buttons if card else ())
            ],
        )

    return router


def _endpoint(clerk: Clerk, lister: Lister) -> Callable[..., Awaitable[Page]]:
    async def page(
        cursor: Annotated[str, Query(max_length=300, pattern=_NO_NUL)] = "",
        limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    ) -> Page:
        try:
            items, following = await _ask(clerk, lister, cursor, limit)
        except ValueError as error:
            raise HTTPException(422, "The cursor does not come from here.") from error
        return Page(items=items, next=following)

    return page


async def _said(request: Request) -> Said:
    """Read the body, which FastAPI would have read before it asked for the token."""
    try:
        return Said.model_validate_json(await read_body(request.stream(), _LONGEST, ""))
    except TooLarge as error:
        raise HTTPException(413, "That is too long.") from error
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise HTTPException(422, [dict(each) for each in faults]) from error


async def _ask(clerk: Clerk, question: Callable[..., T], *args: object) -> T:
    """Ask a reader; answers 503 when the database does not."""
    try:
        return await clerk.read(question, *args)
    except Unavailable as error:
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
        raise HTTPException(503, "The database does not answer; ask again.", headers) from error


def _person_id(desk: Desk, handle: str) -> str:
    return people.find(desk, handle).id
