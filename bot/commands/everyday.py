"""Commands about everyday: edit, put away, go live, take back, link, settings, set up."""

from collections.abc import Mapping

from bot.cards import everyday, links, settings, setup, undone
from bot.cards.model import Card
from bot.commands.runner import Runner
from bot.grammar.nouns import everyday as forms
from bot.grammar.nouns.links import AddLink, RemoveLink, ShowLinks
from council import cases, following, initiatives, launching, moves, undo
from council.cases import linking
from council.desk import Desk
from council.people import preferences

_NONE = "none"


def _edit(desk: Desk, actor: str, form: forms.Edit) -> Card:
    wanted = initiatives.Editing(
        name=form.name or None,
        tier=form.tier,
        models=form.models,
        without=form.without,
        channel=_cleared(form.channel),
        private=form.seen == "private" if form.seen else None,
        question=form.question or None,
        objective=form.objective or None,
        decision_lead=_cleared(form.decision_lead, actor=actor, desk=desk),
    )
    initiative = initiatives.get(desk, form.key)
    before = initiative.channel
    with following.changes(desk, actor, initiative):
        _, changed = initiatives.edit(desk, actor, form.key, wanted)
    moves.follow_channel(desk, initiative, before)
    adopted = cases.adopt_models(desk, initiative, form.models) if form.models else 0
    return everyday.edited_card(initiatives.describe_edit(desk, initiative, changed, adopted))


def _cleared(value: str, *, actor: str = "", desk: Desk | None = None) -> str | None:
    """Return what is wanted of something that may be taken away; None if nothing was said."""
    if value == "me" and desk:
        person = desk.books.people.by_id(actor)
        return person.handle if person else None
    return "" if value.lower() == _NONE else value or None


def _archive(desk: Desk, actor: str, form: forms.Archive) -> Card:
    if form.undo:
        return everyday.taken_out_card(launching.take_out(desk, actor, form.key))
    if not (form.why or form.yes):
        return everyday.would_archive_card(initiatives.would_archive(desk, actor, form.key))
    return everyday.archived_card(initiatives.archive(desk, actor, form.key, form.why))


def _live(desk: Desk, actor: str, form: forms.Live) -> Card:
    return everyday.live_card(launching.go_live(desk, actor, form.key))


def _undo(desk: Desk, actor: str, _form: forms.Undo) -> Card:
    return undone.undone_card(undo.undo(desk, actor))


def _add_link(desk: Desk, actor: str, form: AddLink) -> Card:
    return links.links_card(linking.add_link(desk, actor, form.key, form.url, form.label))


def _remove_link(desk: Desk, actor: str, form: RemoveLink) -> Card:
    return links.links_card(linking.remove_link(desk, actor, form.key, form.link))


def _links(desk: Desk, _actor: str, form: ShowLinks) -> Card:
    return links.links_card(linking.show_links(desk, form.key))


def _set(desk: Desk, actor: str, form: forms.Setting) -> Card:
    value = "" if form.value.lower() == settings.USUAL else form.value
    found = preferences.put(desk, actor, actor, form.name, value)
    return settings.settings_card(found, form.name, changed=True)


def _settings(desk: Desk, actor: str, form: forms.ShowSettings) -> Card:
    return settings.settings_card(preferences.of(desk, actor), form.name)


def _setup(desk: Desk, actor: str, form: forms.Setup) -> Card:
    return setup.setup_card(initiatives.guide(desk, actor, form.playbook))


def _remind(desk: Desk, actor: str, form: forms.RemindOfRole) -> Card:
    return setup.wished_card(initiatives.remind(desk, actor, form.key, form.role))


WRITES: Mapping[type, Runner] = {
    forms.Edit: _edit,
    forms.Archive: _archive,
    forms.Live: _live,
    forms.RemindOfRole: _remind,
    forms.Undo: _undo,
    AddLink: _add_link,
    RemoveLink: _remove_link,
    forms.Setting: _set,
}
READS: Mapping[type, Runner] = {
    ShowLinks: _links,
    forms.ShowSettings: _settings,
    forms.Setup: _setup,
}
