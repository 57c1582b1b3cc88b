"""Commands about playbooks."""

from collections.abc import Mapping

from bot.cards import playbook as words
from bot.cards.model import Card
from bot.cards.playbook_switched import switched_card
from bot.commands.runner import Runner
from bot.grammar.nouns.playbooks import Playbook, PreviewSwitch, Switch
from council import switching
from council.desk import Desk


def _show(desk: Desk, actor: str, form: Playbook) -> Card:
    return words.followed_card(switching.followed(desk, actor, form.key))


def _preview(desk: Desk, actor: str, form: PreviewSwitch) -> Card:
    return words.plan_card(switching.plan(desk, actor, form.key, _wish(form)))


def _switch(desk: Desk, actor: str, form: Switch) -> Card:
    return switched_card(switching.switch(desk, actor, form.key, _wish(form)))


def _wish(form: PreviewSwitch) -> switching.Wish:
    return switching.Wish(form.playbook, form.version, form.phase, form.roles)


WRITES: Mapping[type, Runner] = {Switch: _switch}
READS: Mapping[type, Runner] = {Playbook: _show, PreviewSwitch: _preview}
