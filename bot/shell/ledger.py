"""`council ledger`: is the history whole."""

import typer

from bot.cards import phrases
from bot.clerk import Clerk
from bot.shell import council, show
from council import ledger

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


@app.command()
def verify(as_json: show.AsJson = False) -> None:
    """Walk the whole chain; exits with 1 if a link does not hold."""
    walk = council.talk(walk_all)
    links, faults = walk.seq, walk.faults
    if as_json:
        show.emit({"links": links, "faults": [{"seq": one.seq, "why": one.why} for one in faults]})
    elif faults:
        show.say(f"{phrases.count(links, 'link')}, {phrases.count(len(faults), 'fault')}:", "red")
        rows = [(one.seq, _WHY.get(one.why, one.why)) for one in faults]
        show.table(("link", "what is wrong"), rows, "")
    else:
        show.say(f"The ledger holds: {phrases.count(links, 'link')}, no fault.", "green")
    raise typer.Exit(1 if faults else 0)
