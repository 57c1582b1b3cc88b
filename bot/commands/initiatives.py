"""Commands about initiatives and their cases."""

from collections.abc import Mapping

from bot.cards import explain, failure, initiative, mine, rota, who
from bot.cards import help as help_words
from bot.cards.case import case_card
from bot.cards.model import Card
from bot.cards.simulation import simulation_card
from bot.commands.runner import Runner
from bot.grammar import forms
from bot.grammar.nouns.explain import Explain
from bot.grammar.nouns.who import ME, Who, WhoIs
from council import cases, following, initiatives, moves, people, simulate, standing
from council.desk import Desk
from council.errors import NotFound
from council.signal import DEFAULT_CLASS


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
            private=form.private,
        ),
    )
    moves.welcome(desk, opened)
    adopted = cases.adopt_models(desk, opened, form.models)
    said = initiatives.describe_opening(desk, opened, adopted)
    return initiative.opened_card(
        said, setting_up=initiatives.still_setting_up(desk, actor, opened.key)
    )


def _assign(desk: Desk, actor: str, form: forms.Assign) -> Card:
    with following.changes(desk, actor, initiatives.get(desk, form.key)):
        return _staffed(desk, actor, form)


def _staffed(desk: Desk, actor: str, form: forms.Assign) -> Card:
    handle = form.handle
    if people.kind_of(handle):
        taken, role = form.remove, form.role
        duty = initiatives.assign_rota(desk, actor, form.key, role, handle, remove=taken)
        return rota.duty_card(duty)
    if handle == "me":
        handle = people.members(desk, [actor])[0].handle
    staffed = initiatives.assign(desk, actor, form.key, form.role, handle, remove=form.remove)
    if staffed.changed:
        moves.go_on(desk, actor, staffed.key)
    setting_up = initiatives.still_setting_up(desk, actor, staffed.key)
    return initiative.staffed_card(staffed, setting_up=setting_up)


def _flag(desk: Desk, actor: str, form: forms.Flag) -> Card:
    band, about = form.band or "watch", form.signal_class or DEFAULT_CLASS
    return case_card(cases.flag(desk, actor, cases.Concern(form.key, form.what, about, band)))


def _ack(desk: Desk, actor: str, form: forms.Ack) -> Card:
    return case_card(cases.acknowledge(desk, actor, form.case))


def _not_me(desk: Desk, actor: str, form: forms.NotMe) -> Card:
    return case_card(cases.not_me(desk, actor, form.case, form.reason, form.to))


def _close(desk: Desk, actor: str, form: forms.Close) -> Card:
    if not form.outcome:
        return failure.which_outcome_card(form.case, cases.OUTCOMES)
    return case_card(cases.close(desk, actor, form.case, form.outcome, form.reason))


def _list(desk: Desk, _actor: str, form: forms.ListInitiatives) -> Card:
    listed, more = standing.listing(desk, phase=form.phase, archived=form.archived)
    away = 0 if form.archived else desk.books.initiatives.archived()
    return initiative.list_card(listed, more, form.phase, away)


def _explain(desk: Desk, actor: str, form: Explain) -> Card:
    reader = people.members(desk, [actor])
    zone = reader[0].timezone if reader else ""
    return explain.explain_card(standing.explain(desk, form.key), actor, zone)


def _status(desk: Desk, _actor: str, form: forms.Status) -> Card:
    return initiative.status_card(standing.standing(desk, form.key))


def _who(desk: Desk, actor: str, form: Who) -> Card:
    if form.what.lower() == ME:
        return _who_is(desk, actor, WhoIs(ME))
    if form.what:
        return who.part_card(standing.part(desk, form.key, form.what))
    try:
        return who.who_card(standing.standing(desk, form.key), actor)
    except NotFound as unknown:  # what looks like a key may be somebody's name
        try:
            return who.person_card(standing.person(desk, form.key))
        except NotFound:
            raise unknown from None


def _who_is(desk: Desk, actor: str, form: WhoIs) -> Card:
    asked = people.members(desk, [actor])[0].handle if form.handle == ME else form.handle
    return who.person_card(standing.person(desk, asked))


def _mine(desk: Desk, actor: str, _form: forms.Mine) -> Card:
    return mine.mine_card(standing.my_day(desk, actor))


def _case(desk: Desk, actor: str, form: forms.ShowCase) -> Card:
    if not form.case:  # which one? those that wait for the one who asks
        return mine.mine_card(standing.my_day(desk, actor))
    return case_card(cases.view(desk, form.case))


def _simulate(desk: Desk, _actor: str, form: forms.Simulate) -> Card:
    return simulation_card(simulate.simulate(desk, form.key, form.signal_class, form.band))


def _help(_desk: Desk, _actor: str, form: forms.Help) -> Card:
    return help_words.help_card(form.verb)


WRITES: Mapping[type, Runner] = {
    forms.New: _open,
    forms.Assign: _assign,
    forms.Flag: _flag,
    forms.Ack: _ack,
    forms.NotMe: _not_me,
    forms.Close: _close,
}
READS: Mapping[type, Runner] = {
    forms.Status: _status,
    Explain: _explain,
    Who: _who,
    WhoIs: _who_is,
    forms.ListInitiatives: _list,
    forms.Mine: _mine,
    forms.ShowCase: _case,
    forms.Simulate: _simulate,
    forms.Help: _help,
}
