"""Run a command: text → use case or question → card. One path for every surface.

A button, a form, the shell and the API all hand in text of the same grammar, so there is one
parser and one place where rights are asked.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import structlog

from bot.cards import failure
from bot.cards.misread import not_understood_card
from bot.cards.model import Card
from bot.clerk import Busy, Clerk, Unavailable
from bot.commands import (
    answers,
    clocks,
    everyday,
    handoffs,
    huddles,
    initiatives,
    keys,
    moves,
    people,
    playbooks,
)
from bot.commands.runner import Runner
from bot.grammar import forms
from bot.grammar.nouns.answers import Decline
from bot.grammar.parsing import Fault, NotUnderstood, parse, render
from bot.grammar.verb import Command
from bot.logs import correlated
from council.desk import Desk
from council.errors import CouncilError
from council.initiatives import seen_by
from council.people import parts_of, require_here
from council.playbook import UnknownName

log = structlog.get_logger()

_NEAR = 3


class Outcome(StrEnum):
    """How a command ended."""

    DONE = "done"
    REFUSED = "refused"
    NOT_UNDERSTOOD = "not_understood"


# Declined only with a reason: decisions, handoffs, moves.
_REASONED = frozenset("DHM")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks (opaque person id), and in which conversation (`platform:id`), if in one.

    `event` is the inbound event's own key; a repeat of it has no effect. `press` says that a
    button was pressed, whose command names everything. `surface` is where it came in (the shell,
    the API), if that is not the platform of the conversation.
    """

    person_id: str
    place: str = ""
    event: str = ""
    press: bool = False
    surface: str = ""

    @property
    def platform(self) -> str:
        """Where it came in: the surface, else the platform of the conversation."""
        return self.surface or self.place.partition(":")[0] or "none"


@dataclass(frozen=True, slots=True)
class Answer:
    """How it ended, and what to show the asker; no card for a repeated event.

    `changed` says that a case changed, whose card everybody sees anyway.
    """

    outcome: Outcome
    card: Card | None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """The initiative that owns the conversation, every key, and the asker's own initiatives."""

    here: str | None
    keys: frozenset[str]
    mine: tuple[str, ...]


@dataclass(slots=True)
class _Course:
    """What is known of a command for logs and figures; the text that was typed is not."""

    verb: str = "unknown"
    joined: str = ""


async def answer(clerk: Clerk, asker: Asker, text: str) -> Answer:
    """Read a line, do what it says, and return what to show; never raises."""
    began = time.perf_counter()
    course = _Course()
    with correlated() as correlation:
        found = await _answer(clerk, asker, text, course, correlation)
        outcome = str(found.outcome)
        clerk.metrics.commands.labels(course.verb, asker.platform, outcome).inc()
        ms = round((time.perf_counter() - began) * 1_000, 1)
        more = {"joined": course.joined} if course.joined else {}
        log.info(
            "command", verb=course.verb, platform=asker.platform, outcome=outcome, ms=ms, **more
        )
    return found


async def _answer(
    clerk: Clerk, asker: Asker, text: str, course: _Course, correlation: str
) -> Answer:
    try:
        place = await clerk.read(_place, asker)
        here = None if asker.press else place.here
        form = _complete(parse(text, here, place.keys), place)
        course.verb = type(form).__name__.lower()
        if type(form) in WRITES:
            card, course.joined = await clerk.write(_do, asker, form)
            return Answer(Outcome.DONE, card, changed=_changes_case(form))
        return Answer(Outcome.DONE, await clerk.read(_show, asker, form))
    except NotUnderstood as error:
        return Answer(Outcome.NOT_UNDERSTOOD, not_understood_card(error))
    except (CouncilError, UnknownName) as error:
        return Answer(Outcome.REFUSED, failure.refusal_card(error))
    except (Busy, Unavailable):
        return Answer(Outcome.REFUSED, failure.busy_card())
    except Exception:
        log.exception("command_broke")
        return Answer(Outcome.REFUSED, failure.broken_card(correlation))


def _changes_case(form: Command) -> bool:
    return form.shown and not _only_asks(form)


def _only_asks(form: Command) -> bool:
    """Whether a line leaves out what it needs, and is answered with a question."""
    if isinstance(form, Decline):
        return not form.reason and form.ref[:1] in _REASONED
    return isinstance(form, forms.Close) and not form.outcome


def _place(desk: Desk, asker: Asker) -> _Place:
    with seen_by(desk, asker.person_id):
        books = desk.books.initiatives
        owner = books.by_channel(asker.place) if asker.place else None
        mine = tuple(dict.fromkeys(one.key for one, _ in parts_of(desk, asker.person_id)))
        return _Place(owner.key if owner else None, frozenset(books.keys()), mine)


def _complete(form: Command, place: _Place) -> Command:
    """Fill in the key that a question may leave out: the only one that can be meant."""
    # A form that names a handoff, a case or the like stays as it is, whatever the key.
    if form.keyless and not getattr(form, "key", "-") and form.at("-") is not form:
        key = place.here or (place.mine[0] if len(place.mine) == 1 else "")
        if not key:
            verb = render(form).partition(" ")[0]
            raise NotUnderstood(
                verb,
                Fault.MISSING,
                "key",
                nearest=place.mine[:_NEAR],
                usage=f"{verb} <key>",
                example=f"{verb} {(*place.mine, *sorted(place.keys), 'late-order')[0]}",
            )
        return form.at(key)
    return form


def _do(desk: Desk, asker: Asker, form: Command) -> tuple[Card | None, str]:
    """Run what changes something, once per inbound event; tell also with what it is announced."""
    if asker.event and not desk.books.registry.claim_event("chat", asker.event, desk.now()):
        return None, ""
    card = WRITES[type(form)](desk, asker.person_id, form)
    return card, desk.joined.get(desk.correlation, "")


def _show(desk: Desk, asker: Asker, form: Command) -> Card:
    """Answer what only asks."""
    return READS[type(form)](desk, asker.person_id, form)


def _seen(run: Runner) -> Runner:
    """Return what runs a command for somebody who is here; it sees only what they may see."""

    def run_as(desk: Desk, actor: str, form: Command) -> Card:
        require_here(desk, actor)
        with seen_by(desk, actor):
            return run(desk, actor, form)

    return run_as


_ALL = (
    *(initiatives, answers, moves, handoffs, huddles, keys),
    *(people, clocks, everyday, playbooks),
)
# What changes something goes through the writer; what only asks, to a reader.
WRITES: Mapping[type, Runner] = {k: _seen(run) for each in _ALL for k, run in each.WRITES.items()}
READS: Mapping[type, Runner] = {k: _seen(run) for each in _ALL for k, run in each.READS.items()}
