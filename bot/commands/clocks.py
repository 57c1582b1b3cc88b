"""Commands that hold the clock: put off, pause, go on."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards import clock
from bot.cards.case import case_card
from bot.cards.model import Card
from bot.commands.runner import Runner
from bot.grammar.nouns.clocks import OFF, Pause, Resume, Snooze, SnoozeAll
from bot.grammar.rendering import render
from council import cases, pausing
from council.desk import Desk


def _snooze(desk: Desk, actor: str, form: Snooze) -> Card:
    if not form.until:
        return clock.which_until_card(form.case)
    return case_card(cases.snooze(desk, actor, form.case, form.until, form.reason))


def _snooze_all(desk: Desk, actor: str, form: SnoozeAll) -> Card:
    if not form.until:
        about = f"{form.key} {form.signal_class}".strip()
        return clock.which_until_card(about)
    what = cases.What(form.key, form.signal_class, form.feature)
    if form.yes or form.until == OFF:
        done = cases.snooze_all(desk, actor, what, form.until, form.reason)
        return clock.quiet_card(done, render(replace(form, until=OFF, reason="", yes=False)))
    found = cases.preview(desk, actor, what, form.until)
    return clock.quiet_card(found, render(replace(form, yes=True)))


def _pause(desk: Desk, actor: str, form: Pause) -> Card:
    if not (form.reason or form.until or form.yes):
        return clock.would_pause_card(pausing.would_pause(desk, actor, form.key))
    return clock.pause_card(pausing.pause(desk, actor, form.key, form.reason, form.until))


def _resume(desk: Desk, actor: str, form: Resume) -> Card:
    return clock.pause_card(pausing.resume(desk, actor, form.key))


WRITES: Mapping[type, Runner] = {
    Snooze: _snooze,
    SnoozeAll: _snooze_all,
    Pause: _pause,
    Resume: _resume,
}
READS: Mapping[type, Runner] = {}
