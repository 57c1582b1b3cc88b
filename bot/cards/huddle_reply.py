"""Words in the thread of a huddle, or beneath somebody's own card: who is called, and to what."""

from bot.cards import phrases
from bot.cards.huddle import by, second_look
from bot.cards.model import Button, Card, Code, Paragraph, Text
from council.huddles import HuddleNews

_LAST = frozenset({"lead", "council_lead"})


def reply_card(news: HuddleNews, why: str) -> Card:
    """Return what those are told who must choose: again, still, or now (`yours`, `last_word`)."""
    if why == "second_round":
        return _again_card(news)
    view, ring = news.huddle, phrases.people(news.ring, ring=True)
    about: Text = (Code(view.key), f" on {view.initiative_name}")
    if why.startswith("remind"):
        asked = "last word" if view.stage in _LAST else "choice"
        text: Text = (*ring, ": ", *about, f" still waits for your {asked}")
    elif view.stage in _LAST:
        has = "has" if len(news.ring) == 1 else "have"
        text = (*ring, f" {has} the last word in ", *about)
    else:
        text = (*ring, ": you decide in ", *about, " now; please choose")
    last = " I ask a last time." if why == "remind_last" else ""
    choose = Button("Choose…", f"decide {view.key}", primary=True)
    blocks = (Paragraph((*text, *by(view), f".{last}")),)
    return Card("", f"{view.key} waits for your choice", blocks, (choose,))


def _again_card(news: HuddleNews) -> Card:
    view = news.huddle
    ring = phrases.people(news.ring, ring=True)
    text: Text = ("You chose differently. ", *ring, ": say one line each, and choose again.")
    return Card(
        title="",
        fallback=f"{view.key}: you chose differently.",
        blocks=(Paragraph(text), *second_look(view)[1:]),
        buttons=(Button("Choose again…", f"decide {view.key}", primary=True),),
    )
