"""Server-sent events: what happens, as one person may see it, until either side leaves."""

import json
from collections.abc import AsyncIterator, Iterator

from bot.workspace.events import Happening, Kind
from bot.workspace.room import NotHere, concerns
from bot.workspace.view import Json, Window, iso

HEARTBEAT_SECONDS = 15.0
_BEGIN = b"retry: 1000\n\n"  # milliseconds until the browser comes back after a loss
_ALIVE = b": still here\n\n"


async def stream(window: Window, after: int) -> AsyncIterator[bytes]:
    """Yield events after a number; `reload` where what came after it is not known any more."""
    journal, seen = window.workspace.journal, after
    yield _BEGIN
    while not journal.closed:
        happened = journal.after(seen)
        if happened is None:
            seen = journal.last
            yield _event(Kind.RELOAD, seen, {})
            continue
        for happening in _latest(happened):
            told = _told(window, happening)
            if told is not None:
                yield _event(happening.kind, happening.number, told)
        seen = happened[-1].number if happened else seen
        if not happened and not await journal.more(seen, HEARTBEAT_SECONDS):
            yield _ALIVE


def _latest(happened: list[Happening]) -> Iterator[Happening]:
    """Leave out what is overtaken: a message is always told as it stands now."""
    last = {(each.kind, each.message): each.number for each in happened}
    return (each for each in happened if last[each.kind, each.message] == each.number)


def _told(window: Window, happening: Happening) -> Json | None:
    """Return what this person is told of it, None if nothing."""
    if not concerns(window.handle, happening.place, happening.only_for):
        return None
    match happening.kind:
        case Kind.MESSAGE:
            try:
                return window.message(window.found(happening.message))
            except NotHere:  # it went since; that is told too
                return None
        case Kind.GONE:
            return {"id": happening.message}
        case Kind.CLOCK:
            return {"now": iso(window.workspace.clock.now())}
        case Kind.RELOAD:
            return {}


def _event(kind: Kind, number: int, data: Json) -> bytes:
    return f"event: {kind}\nid: {number}\ndata: {json.dumps(data)}\n\n".encode()
