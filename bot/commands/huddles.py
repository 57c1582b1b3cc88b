"""Commands about huddles, decisions and reviews."""

from collections.abc import Mapping

from bot.cards import decision as decision_words
from bot.cards import huddle as words
from bot.cards import review as review_words
from bot.cards.model import Card
from bot.commands.runner import Runner
from bot.grammar.nouns import decisions
from bot.grammar.nouns import huddles as forms
from bot.grammar.nouns.answers import Accept, Decline, Done
from bot.grammar.parsing import render
from council import huddles
from council.desk import Desk
from council.errors import Invalid


def _convene(desk: Desk, actor: str, form: forms.Convene) -> Card:
    key = "" if form.case else form.key
    found = huddles.convene(desk, actor, case=form.case, key=key, about=form.about, meet=form.meet)
    return words.huddle_card(found)


def _show(desk: Desk, actor: str, form: forms.ShowHuddle) -> Card:
    return words.huddle_card(huddles.view(desk, actor, form.ref))


def _meet(desk: Desk, actor: str, form: forms.Meet) -> Card:
    return words.huddle_card(huddles.meet(desk, actor, form.ref, form.url))


def _call_off(desk: Desk, actor: str, form: forms.CallOff) -> Card:
    return words.huddle_card(huddles.cancel(desk, actor, form.ref, form.reason))


def _options(desk: Desk, actor: str, form: decisions.Options) -> Card:
    return words.options_card(huddles.offered(desk, actor, form.ref or form.key))


def _decide(desk: Desk, actor: str, form: decisions.Decide) -> Card:
    stated = {"reason": form.reason, **dict(form.stated)}
    choosing = huddles.Choosing(form.option, stated, form.refused)
    try:
        found = huddles.choose(desk, actor, form.ref, choosing)
    except Invalid as error:
        if error.why != "lacks":
            raise
        # What was said already goes on in the form that asks for the rest.
        raise Invalid(error.name, render(form), "lacks", error.allowed) from error
    if found.decision:
        return decision_words.decision_card(huddles.decision(desk, actor, found.decision))
    return words.chosen_card(found, actor)


def _decision(desk: Desk, actor: str, form: decisions.ShowDecision) -> Card:
    found = huddles.decision(desk, actor, form.ref)
    return decision_words.decision_card(found, asking=form.asking)


def _outcome(desk: Desk, actor: str, form: decisions.Outcome) -> Card:
    found = huddles.outcome(desk, actor, form.ref, form.how, form.note)
    return decision_words.decision_card(found)


def confirm(desk: Desk, actor: str, form: Accept) -> Card:
    """Agree to what somebody decided alone."""
    return decision_words.decision_card(huddles.confirm(desk, actor, form.ref))


def contest(desk: Desk, actor: str, form: Decline) -> Card:
    """See it otherwise: a huddle opens."""
    try:
        found = huddles.contest(desk, actor, form.ref, form.reason)
    except Invalid as error:
        if error.why != "needed":
            raise
        return decision_words.otherwise_card(form.ref)
    return words.huddle_card(found)


def did(desk: Desk, actor: str, form: Done) -> Card:
    """Say that what was decided is done."""
    line = form.note or form.item
    return decision_words.decision_card(huddles.did(desk, actor, form.ref, line))


def look_back(desk: Desk, actor: str, form: Done) -> Card:
    """End a review with what was learnt; without that, show it and ask."""
    learnt = form.note or form.item
    try:
        found = huddles.review_done(desk, actor, form.ref, learnt, form.link)
    except Invalid as error:
        if error.why != "needed":
            raise
        return show_review(desk, actor, form.ref)
    return review_words.review_card(found)


def show_review(desk: Desk, actor: str, ref: str) -> Card:
    """Show a look back."""
    return review_words.review_card(huddles.show_review(desk, actor, ref))


WRITES: Mapping[type, Runner] = {
    forms.Convene: _convene,
    forms.Meet: _meet,
    forms.CallOff: _call_off,
    decisions.Decide: _decide,
    decisions.Outcome: _outcome,
}
READS: Mapping[type, Runner] = {
    forms.ShowHuddle: _show,
    decisions.Options: _options,
    decisions.ShowDecision: _decision,
}
