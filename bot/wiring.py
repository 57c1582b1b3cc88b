"""The only room that knows everybody: makes the engine, clerk, messengers, courier and web app."""

import asyncio
import os
import random
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session

import migrations
from bot.clerk import Clerk, Means
from bot.courier import Courier
from bot.intake import route as intake
from bot.jobs import Jobs
from bot.messenger import Messenger
from bot.metrics import Metrics, Vitals
from bot.rotas import Groups, Rotas
from bot.settings import Settings, sqlite_folder
from bot.web import api, health, scrape
from bot.web.requests import Requests
from council.clock import Clock, Ids, RandomIds, SystemClock
from council.desk import Desk
from council.initiatives import Differing, changed_playbooks, conversation
from council.playbook import load_library
from council.store.engine import open_engine
from council.store.registry import first_council
from council.tables import Council

if TYPE_CHECKING:
    from bot.slack.messenger import SlackMessenger


class OldSchema(Exception):
    """The database is behind the program; the message names the command that mends it."""


class ChangedPlaybook(OldSchema):
    """A playbook version that initiatives are pinned to does not say what it said before."""


@dataclass
class Service:
    """One process's council, wired and not yet started."""

    settings: Settings
    engine: Engine
    clerk: Clerk
    messengers: dict[str, Messenger]
    courier: Courier
    jobs: Jobs
    web: FastAPI
    closers: list[Any] = field(default_factory=list)

    async def start(self) -> None:
        """Begin to write, deliver and wake."""
        self.clerk.start()
        self._delivering = asyncio.create_task(self.courier.run())
        self.jobs.start()

    async def close(self) -> None:
        """Stop waking, deliver what is on its way, write what waits; then let go of everything."""
        self.jobs.close()
        await self.courier.close()
        await self._delivering
        await self.clerk.close()
        for closer in self.closers:
            await closer.close()
        self.engine.dispose()


def open_database(settings: Settings) -> Engine:
    """Open the database; a SQLite file is made and brought up to date, PostgreSQL only checked.

    Raises OldSchema.
    """
    folder = sqlite_folder(settings.database_url)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url)
    if engine.dialect.name == "sqlite":
        migrate(engine)
    else:
        _refuse_old(engine)
    return engine


def _refuse_old(engine: Engine) -> None:
    try:
        fits = _fits(engine)
    except Exception:
        engine.dispose()
        raise
    if not fits:
        engine.dispose()
        raise OldSchema("The database and this program do not fit. Run: council migrate")


def migrate(engine: Engine) -> None:
    """Bring the tables up to date."""
    with engine.connect() as connection:
        if not migrations.fits(connection):
            connection.rollback()
            migrations.upgrade(connection)


def means(
    engine: Engine, settings: Settings, clock: Clock | None = None, ids: Ids | None = None
) -> Means:
    """Return what desks are given; the council's row is made if there is none."""
    clock, ids = clock or SystemClock(), ids or RandomIds()
    with Session(engine) as session:
        row = first_council(session)
        if row is None:
            row = Council(name="council", created_at=clock.now())
            _follow(row, settings)
            session.add(row)
            session.commit()
        council_id = row.id
    if council_id is None:
        raise OldSchema("The council's row has no number. Run: council migrate")
    library = load_library(settings.playbooks)
    return Means(
        *(council_id, clock, ids, library, settings.leads, settings.ical_hosts),
        pagers=settings.pagers,
        events=bool(settings.council_events_url),
    )


def follow_environment(engine: Engine, settings: Settings) -> None:
    """Bring the council's row in line with what the environment sets.

    Only the server does this: a shell in another environment must not move anybody's channel.
    """
    with Session(engine) as session:
        row = first_council(session)
        if row is not None:
            _follow(row, settings)
            session.add(row)
            session.commit()


def _follow(row: Council, settings: Settings) -> None:
    if "council_timezone" in settings.model_fields_set:
        row.timezone = settings.council_timezone
    if "council_country" in settings.model_fields_set:
        row.country = settings.council_country
    if "council_channel" in settings.model_fields_set:
        row.channel = conversation(settings.council_channel)


def refuse_changed_playbooks(engine: Engine, given: Means) -> None:
    """Raise ChangedPlaybook if what initiatives follow is gone, or was altered since."""
    with Session(engine) as session:
        found = changed_playbooks(one_desk(given, session))
    if found:
        engine.dispose()
        raise ChangedPlaybook("\n".join(" ".join(what_to_do(each)) for each in found))


def what_to_do(found: Differing) -> tuple[str, str]:
    """Return what is wrong with a version that is followed, and how it is mended."""
    what = f"Playbook {found.playbook} version {found.version}"
    users = ", ".join(found.keys) + (", …" if found.more else "")
    if found.missing:
        follow = "follows" if len(found.keys) == 1 else "follow"
        mend = "Put its file back into the folder that COUNCIL_PLAYBOOKS names"
        return f"{what} is missing, and {users} {follow} it.", f"{mend}; it may go once none does."
    said = f"{what} says something else than when {users} began to follow it."
    return said, "Put the old text back, and give the new one a new version."


def one_desk(given: Means, session: Session) -> Desk:
    """Return a desk on a session of the caller's own (the shell's commands, tests)."""
    return given.desk(session)


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    ids: Ids | None = None,
    messengers: Mapping[str, Messenger] | None = None,
    engine: Engine | None = None,
) -> Service:
    """Wire one process. Raises OldSchema."""
    engine = engine or open_database(settings)
    given = means(engine, settings, clock, ids)
    follow_environment(engine, settings)
    refuse_changed_playbooks(engine, given)
    clerk = Clerk(engine, given, Metrics(vitals=Vitals(round_at=given.clock.now())))
    speaking: dict[str, Messenger] = dict(messengers or {})
    closers: list[Any] = []
    slack = _slack(settings, speaking, closers)
    _machines(settings, given, speaking, closers)
    name = f"{socket.gethostname()}:{os.getpid()}:{given.ids.new()[-6:]}"
    courier = Courier(clerk, speaking, random.random, name)
    jobs = Jobs(clerk, courier.wake, _rotas(settings, clerk, slack, closers).check)
    service = Service(settings, engine, clerk, speaking, courier, jobs, FastAPI(), closers)
    service.web = _web(service, slack)
    return service


def _slack(
    settings: Settings, speaking: dict[str, Messenger], closers: list[Any]
) -> "SlackMessenger | None":
    if not settings.slack:
        return None
    # Slack's libraries take longer to import than most of the rest; only Slack pays for them.
    from bot.slack.messenger import SlackMessenger  # noqa: PLC0415

    messenger = SlackMessenger(settings.slack_bot_token, settings.slack_api_url)
    speaking[messenger.platform] = messenger
    closers.append(messenger)
    return messenger


def _rotas(
    settings: Settings, clerk: Clerk, slack: "SlackMessenger | None", closers: list[Any]
) -> Rotas:
    """Make what reads rotas: calendars where hosts are allowed, groups where there is Slack."""
    groups = _groups(clerk, slack) if slack else None
    if not settings.ical_hosts:
        return Rotas(clerk, None, groups)
    # As above: only who has one pays for the HTTP client.
    from bot.rotas.feed import HttpFeed  # noqa: PLC0415

    feed = HttpFeed(settings.ical_hosts)
    closers.append(feed)
    return Rotas(clerk, feed, groups)


def _groups(clerk: Clerk, slack: "SlackMessenger") -> Groups:
    from bot.slack.groups import SlackGroups  # noqa: PLC0415 -- as above
    from bot.slack.persons import Persons  # noqa: PLC0415

    return SlackGroups(slack, Persons(clerk, slack))


def _machines(
    settings: Settings, given: Means, speaking: dict[str, Messenger], closers: list[Any]
) -> None:
    """Add the programs that are told: pagers, and a receiver of what happens."""
    if not settings.pagers and not settings.council_events_url:
        return
    # As above: only who has one pays for its HTTP client.
    from bot import paging  # noqa: PLC0415

    for messenger in paging.configured(settings, given.council_id, given.clock.now):
        if messenger.platform not in speaking:
            speaking[messenger.platform] = messenger
            closers.append(messenger)


def _web(service: Service, slack: "SlackMessenger | None") -> FastAPI:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await service.start()
        yield
        await service.close()

    web = FastAPI(
        title="ML council coordinator",
        lifespan=lifespan,
        # A redirect eats a webhook: some senders come back with an empty GET.
        redirect_slashes=False,
        docs_url=None,
        openapi_url="/api/openapi.json",
        redoc_url=None,
    )
    clerk = service.clerk
    web.include_router(intake.routes(clerk))
    web.add_middleware(Requests, metrics=clerk.metrics)
    speaking = service.messengers
    web.include_router(health.routes(clerk, lambda: _fits(service.engine), speaking))
    web.include_router(scrape.routes(clerk, speaking))
    web.include_router(api.routes(clerk))
    if slack is not None:
        from bot.slack import app as slack_app  # noqa: PLC0415

        settings = service.settings
        front = slack_app.Front(clerk, slack)
        bolt = slack_app.build_bolt(settings.slack_bot_token, settings.slack_api_url, front)
        web.include_router(slack_app.routes(bolt, settings.slack_signing_secret, clerk.means.clock))
    return web


def _fits(engine: Engine) -> bool:
    with engine.connect().execution_options(reading=True) as connection:
        return migrations.fits(connection)
