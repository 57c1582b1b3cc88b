"""Words for a switch that was made: how it stands under the other playbook, and each one's part."""

from bot.cards import forms, phrases
from bot.cards.model import Block, Button, Card, Code, Facts, Note, Paragraph, Tone
from bot.cards.playbook import short
from council.switching import SwitchNews

_SHOWN = 8


def switched_card(news: SwitchNews) -> Card:
    """Return how an initiative stands under its other playbook; to one person, what is theirs."""
    return _for_one(news) if news.person else _for_all(news)


def _for_all(news: SwitchNews) -> Card:
    title = short(news.title)
    what = f"version {news.version} of {title}" if news.anew else title
    moved = f"{news.phase_from} goes on as {news.phase_name}."
    stays = f"It stays in {news.phase_name}."
    goes_on = stays if news.phase_from == news.phase_name else moved
    blocks: list[Block] = [Paragraph((f"It now follows {what}. {goes_on}",))]
    if news.holders:
        pairs = tuple((role, phrases.people(who)) for role, who in news.holders[:_SHOWN])
        blocks.append(Facts(pairs))
    if news.vacant:
        names = phrases.words([phrases.role(name) for name in news.vacant])
        blocks.append(Note((f"Nobody is {names} yet; the council lead stands in.",)))
    if news.withdrawn:
        verb = "was" if len(news.withdrawn) == 1 else "were"
        blocks.append(Note((f"{phrases.words(news.withdrawn)} {verb} withdrawn.",)))
    buttons = [
        Button("Where it stands", f"status {news.key}", primary=True),
        Button("Who is who", f"who {news.key}"),
    ]
    if news.vacant:
        form = forms.assign_form(news.key, news.roles, news.vacant[0])
        buttons.append(Button("Give a role", f"assign {news.key}", form=form))
    return Card(
        title=f"{news.name} follows another playbook"
        if not news.anew
        else f"{news.name}: other version",
        subtitle=(Code(news.key), f" · {title}, version {news.version}"),
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        tone=Tone.GOOD,
        fallback=f"{news.name} now follows {what}",
    )


def _for_one(news: SwitchNews) -> Card:
    before = phrases.words([phrases.role(name) for name in news.before])
    now = phrases.words([phrases.role(name) for name in news.now])
    said = f"It now follows {short(news.title)}, and is in {news.phase_name}."
    was = f"You were {before}; " if before else ""
    yours = f"you are {now} there." if now else "you have no role there any more."
    theirs = (was + yours)[:1].upper() + (was + yours)[1:]
    return Card(
        title=f"Your part in {news.name}",
        subtitle=(Code(news.key),),
        blocks=(Paragraph((said,)), Paragraph((theirs,))),
        buttons=(Button("Who is who", f"who {news.key}", primary=True),),
        fallback=f"{news.name}: {theirs}",
    )
