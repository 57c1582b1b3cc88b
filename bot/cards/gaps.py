"""Words for roles that nobody fills; for the council lead."""

from bot.cards import forms, phrases, rota
from bot.cards.model import Block, Bullets, Button, Card, Code, Note, Paragraph, Text, Tone
from council.announcements import GapNews
from council.initiatives import Vacancy


def gap_card(news: GapNews) -> Card:
    """Return which roles of an initiative nobody fills, with a form to name somebody."""
    if not news.gaps:
        return _filled_card(news)
    blocks: list[Block] = [Bullets(tuple(_gap(each) for each in news.gaps))]
    here = [each for each in news.gaps if each.now]
    if here:
        blocks.append(Note(("Until somebody is named, it falls to the council lead.",)))
    if any(each.rota and each.rota.unknown for each in news.gaps):
        said = "I know whoever has said a word to me, or is in your table of people."
        blocks.append(Note((said,)))
    names = tuple(each.role_name for each in news.gaps)
    first = phrases.role(names[0])
    form = forms.assign_form(news.initiative, news.roles, names[0])
    name = Button("Name someone", f"assign {news.initiative}", primary=True, form=form)
    blocks.append(Note((Code(f'/council assign {news.initiative} "{first}" @handle'),)))
    count = phrases.count(len(names), "gap")
    return Card(
        title=f"{news.initiative_name}: {count}",
        fallback=f"{news.initiative_name}: nobody is {first}",
        blocks=tuple(blocks),
        buttons=(name, Button("Who is who", f"who {news.initiative}")),
        tone=Tone.WARN if here else Tone.NEUTRAL,
    )


def _gap(each: Vacancy) -> Text:
    role = phrases.role(each.role_name)
    if each.why == "away":
        verb = "is" if len(each.absent) == 1 else "are"
        names = phrases.people(each.absent)
        return (*names, f" ({role}) {verb} away, and nobody stands in.")
    if each.rota is not None:
        return (f"Nobody is {role}. Look at {rota.puts_nobody(each.rota)}.",)
    if each.now:
        return (f"Nobody is {role}; {each.phase_name} needs one now.",)
    return (f"Nobody is {role}; it is needed from the next phase on, {each.phase_name}.",)


def _filled_card(news: GapNews) -> Card:
    names = phrases.words([phrases.role(name) for name in news.filled])
    verb = "is" if len(news.filled) == 1 else "are"
    text = f"The {names} {verb} there; nothing is left to do."
    return Card(
        title=f"{news.initiative_name}: no gap any more",
        fallback=f"{news.initiative_name}: {text}",
        blocks=(Paragraph((text,)),),
        tone=Tone.GOOD,
    )
