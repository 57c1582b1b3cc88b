"""`council ledger`: is the history whole, and do the tables say what it tells."""

from collections.abc import Sequence
from typing import Any

import typer

from bot.cards import phrases
from bot.clerk import Clerk
from bot.shell import council, show
from council import ledger, replay

_WHY = {
    "hash": "its content is not what was written",
    "previous": "it does not hold on to the link before it",
    "gap": "a link before it is missing",
    "text": "a text beside it is not what was written",
}

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def noun() -> None:
    """Verify the chain of everything that happened."""


async def walk_all(clerk: Clerk) -> ledger.Walk:
    """Walk the chain in short reads."""
    walk = ledger.Walk()
    while not walk.done:
        walk = await clerk.read(ledger.walk_on, walk)
    return walk


async def replay_all(clerk: Clerk) -> replay.Walk:
    """Follow the chain and hold the tables against it, in short reads."""
    walk = replay.Walk()
    while not walk.done:
        walk = await clerk.read(replay.walk_on, walk)
    return walk


async def _both(clerk: Clerk) -> tuple[ledger.Walk, replay.Walk]:
    return await walk_all(clerk), await replay_all(clerk)


@app.command()
def verify(as_json: show.AsJson = False) -> None:
    """Walk the whole chain, and replay it; exits with 1 if something does not hold."""
    chain, replayed = council.talk(_both, acts=False)
    wrong = bool(chain.faults or replayed.found)
    if as_json:
        show.emit(_plain(chain, replayed))
    else:
        _tell_chain(chain)
        _tell_tombstones(chain)
        _tell_replay(replayed)
    raise typer.Exit(1 if wrong else 0)


def _plain(chain: ledger.Walk, replayed: replay.Walk) -> dict[str, Any]:
    return {
        "links": chain.seq,
        "tombstones": chain.tombstones,
        "faults": [{"seq": one.seq, "why": one.why} for one in chain.faults],
        "differences": [
            {
                "subject": f"{one.noun}:{one.id}",
                "key": one.key,
                "what": one.name,
                "ledger": _said(one.ledger),
                "table": _said(one.table),
            }
            for one in replayed.found
        ],
        "not_compared": replayed.unknown,
    }


def _tell_tombstones(chain: ledger.Walk) -> None:
    if chain.tombstones:
        who = phrases.count(chain.tombstones, "person was", "people were")
        show.say(f"Tombstones: {who} erased; their words are gone, the links about them hold.")


def _tell_chain(chain: ledger.Walk) -> None:
    links = phrases.count(chain.seq, "link")
    if not chain.faults:
        show.say(f"The ledger holds: {links}, no fault.", "green")
        return
    show.say(f"{links}, {phrases.count(len(chain.faults), 'fault')}:", "red")
    rows = [(one.seq, _WHY.get(one.why, one.why)) for one in chain.faults]
    show.table(("link", "what is wrong"), rows, "")


def _tell_replay(replayed: replay.Walk) -> None:
    if replayed.found:
        found = phrases.count(len(replayed.found), "difference")
        show.say(f"The tables say something else than the ledger tells, {found}:", "red")
        show.table(("of", "what", "the ledger tells", "the table says"), _rows(replayed.found), "")
    else:
        show.say("The tables say what the ledger tells.", "green")
    if replayed.unknown:
        older = phrases.count(replayed.unknown, "value")
        show.say(f"{older} could not be compared: entries of an older program do not tell them.")


def _rows(found: Sequence[replay.Difference]) -> list[tuple[str, str, str, str]]:
    return [(f"{one.noun} {one.key or one.id}", one.name, *_sides(one)) for one in found]


def _sides(one: replay.Difference) -> tuple[str, str]:
    """Return what either side says; of long lists only what the other one has not."""
    if isinstance(one.ledger, frozenset) and isinstance(one.table, frozenset):
        return _said(one.ledger - one.table), _said(one.table - one.ledger)
    if one.name == "missing":
        return ("it is there", "nothing") if one.ledger else ("nothing", "it is there")
    return _said(one.ledger), _said(one.table)


def _said(value: Any) -> str:  # noqa: ANN401 -- whatever a fact may be
    if isinstance(value, frozenset):
        parts = (
            " ".join(map(str, each)) if isinstance(each, tuple) else str(each) for each in value
        )
        return ", ".join(sorted(parts)) or "nothing"
    return str(value) if value != "" else "nothing"
