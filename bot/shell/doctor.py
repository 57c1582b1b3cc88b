"""`council doctor`: look at everything that can be wrong, from the settings inwards."""

import asyncio
from pathlib import Path
from typing import Any

import typer

import migrations
from bot.cards import phrases
from bot.clerk import Clerk
from bot.messenger import DeliveryError
from bot.settings import BadSettings, Settings, read_settings, sqlite_folder
from bot.shell import checkup, checkup_rotas, council, show
from bot.shell.checkup import OK, PROBLEM, WARNING, Check
from bot.shell.refusals import reason
from bot.slack.messenger import SlackMessenger
from council.playbook import PlaybookError, load_library
from council.store.engine import open_engine

_MARKS = {OK: ("✓", "green"), WARNING: ("!", "yellow"), PROBLEM: ("✗", "red")}
_SHOWN = 5

app = typer.Typer(add_completion=False)


@app.command()
def doctor(as_json: show.AsJson = False) -> None:
    """Look at everything that can be wrong, and say what to type next.

    Exits with 1 if something is broken; a warning (!) is no reason.
    """
    checks = examine()
    if as_json:
        show.emit(checkup.as_json(checks))
    else:
        for one in brief(checks):
            mark, style = _MARKS[one.state]
            show.say(f"{mark} {one.name}: {one.said}", style)
            if one.next:
                show.say(f"    next: {one.next}")
    raise typer.Exit(0 if checkup.healthy(checks) else 1)


def examine() -> list[Check]:
    """Return all checks; what cannot be looked at for an earlier problem is left out."""
    try:
        settings = read_settings()
    except BadSettings as error:
        mend = "set it right, then: council doctor"
        return [Check(PROBLEM, "settings", line, mend) for line in str(error).splitlines()]
    checks = [Check(OK, "settings", "every variable can be used"), *playbooks(settings)]
    path = settings.database_url.removeprefix("sqlite:///")
    if sqlite_folder(settings.database_url) and not Path(path).exists():
        said = f"{path} is not there yet; the first start makes it"
        return [*checks, Check(WARNING, "database", said, "council serve")]
    return [*checks, *inside(settings)]


def playbooks(settings: Settings) -> list[Check]:
    """Look whether the playbooks can be read, those of COUNCIL_PLAYBOOKS too."""
    try:
        found = load_library(settings.playbooks).playbooks
    except PlaybookError as error:
        return [Check(PROBLEM, "playbooks", str(each)) for each in error.problems]
    return [Check(OK, "playbooks", phrases.count(len(found), "playbook"))]


def inside(settings: Settings) -> list[Check]:
    """Look into the database."""
    try:
        with council.opening():
            engine = open_engine(settings.database_url)
    except Exception as error:  # noqa: BLE001 -- whatever it is, that is the finding
        return [_closed(error)]
    try:
        checks = schema(engine)
        if checks[-1].state == OK:
            checks += asyncio.run(
                council.with_clerk(engine, settings, lambda clerk: _all(clerk, settings))
            )
    except Exception as error:  # noqa: BLE001 -- likewise
        return [_closed(error)]
    else:
        return checks
    finally:
        engine.dispose()


def _closed(error: Exception) -> Check:
    return Check(PROBLEM, "database", reason(error), "look at DATABASE_URL")


def schema(engine: Any) -> list[Check]:  # noqa: ANN401 -- SQLAlchemy stays below
    """Look whether the database answers, and its tables fit this program."""
    with engine.connect().execution_options(reading=True) as connection:
        fits = migrations.fits(connection)
    checks = [Check(OK, "database", f"{engine.dialect.name} answers")]
    if fits:
        return [*checks, Check(OK, "migrations", "up to date")]
    said = "the tables do not fit this program"
    return [*checks, Check(PROBLEM, "migrations", said, "council migrate")]


async def _all(clerk: Clerk, settings: Settings) -> list[Check]:
    return [
        *await clerk.read(checkup.followed),
        *await clerk.read(checkup.leads, settings),
        *await clerk.read(checkup.places, settings),
        *await chat(settings),
        *await machines(clerk, settings),
        *await clerk.read(checkup.senders),
        *await clerk.read(checkup.waiting, settings),
        *await clerk.read(checkup_rotas.rotas),
        *await vacant(clerk),
    ]


async def chat(settings: Settings) -> list[Check]:
    """Look whether a chat platform is configured, and takes our token."""
    if not settings.slack:
        mend = "set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET"
        return [Check(WARNING, "chat", "no platform is configured; notices wait", mend)]
    messenger = SlackMessenger(settings.slack_bot_token, settings.slack_api_url)
    try:
        said = await messenger.check()
    except DeliveryError as error:
        mend = "look at SLACK_BOT_TOKEN and SLACK_API_URL"
        said = "Slack refuses" if error.permanent else "Slack does not answer"
        return [Check(PROBLEM, "chat", f"{said}: {error.detail}", mend)]
    finally:
        await messenger.close()
    return [Check(OK, "chat", f"Slack: {said}")]


async def machines(clerk: Clerk, settings: Settings) -> list[Check]:
    """Look whether pages and events have somewhere to go, and whether it answers."""
    # Their HTTP client is slow to import, and most have neither.
    from bot import paging  # noqa: PLC0415

    checks: list[Check] = []
    for each in paging.configured(settings, clerk.means.council_id, clerk.means.clock.now):
        trouble = await each.check()
        await each.close()
        name, variable = checkup.MACHINES[each.platform]
        if trouble:
            said, mend = f"does not answer: {trouble}", f"look at {variable}"
            checks.append(Check(PROBLEM, name, said, mend))
        else:
            checks.append(Check(OK, name, "answers"))
    return [*checks, *checkup.unpaged(settings)]


async def vacant(clerk: Clerk) -> list[Check]:
    """Look whether every initiative has somebody who leads its step."""
    found, after = await clerk.read(checkup.vacancies, "")
    while after:
        more, after = await clerk.read(checkup.vacancies, after)
        found += more
    return found or [Check(OK, "initiatives", "each has somebody who leads its step")]


def brief(checks: list[Check]) -> list[Check]:
    """Return the checks without the rest of a long row of initiatives."""
    rest = [one for one in checks if one.name.startswith("initiative ")][_SHOWN:]
    if not rest:
        return checks
    said = f"{len(rest)} more like these"
    more = Check(WARNING, "initiatives", said, "council doctor --json shows them all")
    return [*(one for one in checks if one not in rest), more]
