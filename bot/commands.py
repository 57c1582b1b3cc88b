"""Run a command: text → use case or question → card. One path for every surface.

A button, a form, the shell and the API all hand in text of the same grammar, so there is one
parser and one place where rights are asked.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog

from bot.cards import failure, initiative
from bot.cards import help as help_words
from bot.cards.case import case_card
from bot.cards.model import Card
from bot.cards.simulation import simulation_card
from bot.clerk import Busy, Clerk, Unavailable
from bot.grammar import forms
from bot.grammar.parsing import Fault, NotUnderstood, parse
from bot.logs import correlated
from council import cases, initiatives, people, simulate, standing
from council.desk import Desk
from council.errors import CouncilError
from council.playbook import UnknownName
from council.signal import DEFAULT_CLASS

log = structlog.get_logger()

_NEAR = 3


class Outcome(StrEnum):
    """How a command ended."""

    DONE = "done"
    REFUSED = "refused"
    NOT_UNDERSTOOD = "not_understood"


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
        return Answer(Outcome.NOT_UNDERSTOOD, failure.not_understood_card(error))
    except (CouncilError, UnknownName) as error:
        return Answer(Outcome.REFUSED, failure.refusal_card(error))
    except (Busy, Unavailable):
        return Answer(Outcome.REFUSED, failure.busy_card())
    except Exception:
        log.exception("command_broke")
        return Answer(Outcome.REFUSED, failure.broken_card(correlation))


def _changes_case(form: forms.Command) -> bool:
    return isinstance(form, forms.Ack | forms.NotMe) or (
        isinstance(form, forms.Close) and bool(form.outcome)
    )


def _place(desk: Desk, asker: Asker) -> _Place:
    owner = desk.books.initiatives.by_channel(asker.place) if asker.place else None
    mine = tuple(
        dict.fromkeys(one.key for one, _ in desk.books.initiatives.roles_of(asker.person_id))
    )
    return _Place(owner.key if owner else None, frozenset(desk.books.initiatives.keys()), mine)


def _complete(form: forms.Command, place: _Place) -> forms.Command:
    """Fill in the key that a question may leave out: the only one that can be meant."""
    if isinstance(form, forms.Status | forms.Who) and not form.key:
        key = place.here or (place.mine[0] if len(place.mine) == 1 else "")
        if not key:
            verb = type(form).__name__.lower()
            raise NotUnderstood(
                verb,
                Fault.MISSING,
                "key",
                nearest=place.mine[:_NEAR],
                usage=f"{verb} <key>",
                example=f"{verb} {(*place.mine, *sorted(place.keys), 'late-order')[0]}",
            )
        return type(form)(key)
    return form


def _do(desk: Desk, asker: Asker, form: forms.Command) -> tuple[Card | None, str]:
    """Run what changes something, once per inbound event; tell also with what it is announced."""
    if asker.event and not desk.books.registry.claim_event("chat", asker.event, desk.now()):
        return None, ""
    card = WRITES[type(form)](desk, asker.person_id, form)
    return card, desk.joined.get(desk.correlation, "")


def _show(desk: Desk, asker: Asker, form: forms.Command) -> Card:
    """Answer what only asks."""
    return READS[type(form)](desk, asker.person_id, form)


def _open(desk: Desk, actor: str, form: forms.New) -> Card:
    opened = initiatives.open_initiative(
        desk,
        actor,
        initiatives.Opening(
            form.name,
            form.key,
            form.playbook,
            form.phase,
            form.tier,
            form.models,
            form.channel,
            form.question,
            form.objective,
        ),
    )
    adopted = cases.adopt_models(desk, opened, form.models)
    return initiative.opened_card(initiatives.describe_opening(desk, opened, adopted))


def _assign(desk: Desk, actor: str, form: forms.Assign) -> Card:
    handle = form.handle
    if handle == "me":
        handle = people.members(desk, [actor])[0].handle
    staffed = initiatives.assign(desk, actor, form.key, form.role, handle, remove=form.remove)
    return initiative.staffed_card(staffed)


def _flag(desk: Desk, actor: str, form: forms.Flag) -> Card:
    band, about = form.band or "watch", form.signal_class or DEFAULT_CLASS
    return case_card(cases.flag(desk, actor, cases.Concern(form.key, form.what, about, band)))


def _ack(desk: Desk, actor: str, form: forms.Ack) -> Card:
    return case_card(cases.acknowledge(desk, actor, form.case))


def _not_me(desk: Desk, actor: str, form: forms.NotMe) -> Card:
    return case_card(cases.not_me(desk, actor, form.case, form.reason))


def _close(desk: Desk, actor: str, form: forms.Close) -> Card:
    if not form.outcome:
        return failure.which_outcome_card(form.case, cases.OUTCOMES)
    return case_card(cases.close(desk, actor, form.case, form.outcome, form.reason))


def _list(desk: Desk, _actor: str, form: forms.ListInitiatives) -> Card:
    listed, more = standing.listing(desk, phase=form.phase)
    return initiative.list_card(listed, more, form.phase)


def _status(desk: Desk, _actor: str, form: forms.Status) -> Card:
    return initiative.status_card(standing.standing(desk, form.key))


def _who(desk: Desk, _actor: str, form: forms.Who) -> Card:
    return initiative.who_card(standing.standing(desk, form.key))


def _mine(desk: Desk, actor: str, _form: forms.Mine) -> Card:
    return initiative.mine_card(standing.my_day(desk, actor))


def _case(desk: Desk, actor: str, form: forms.ShowCase) -> Card:
    if not form.case:  # which one? those that wait for the one who asks
        return initiative.mine_card(standing.my_day(desk, actor))
    return case_card(cases.view(desk, form.case))


def _simulate(desk: Desk, _actor: str, form: forms.Simulate) -> Card:
    return simulation_card(simulate.simulate(desk, form.key, form.signal_class, form.band))


def _help(_desk: Desk, _actor: str, form: forms.Help) -> Card:
    return help_words.help_card(form.verb)


# What changes something goes through the writer; what only asks, to a reader.
WRITES: Mapping[type, Callable[[Desk, str, Any], Card]] = {
    forms.New: _open,
    forms.Assign: _assign,
    forms.Flag: _flag,
    forms.Ack: _ack,
    forms.NotMe: _not_me,
    forms.Close: _close,
}
READS: Mapping[type, Callable[[Desk, str, Any], Card]] = {
    forms.Status: _status,
    forms.Who: _who,
    forms.ListInitiatives: _list,
    forms.Mine: _mine,
    forms.ShowCase: _case,
    forms.Simulate: _simulate,
    forms.Help: _help,
}
