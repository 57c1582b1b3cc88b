"""Words for where an initiative lives, when it goes live, is paused, put away, or goes on again."""

from bot.cards import phrases
from bot.cards.model import Block, Bold, Button, Card, Code, Facts, Note, Paragraph, Text, When
from council.announcements import ShelfNews

# What somebody did, before the reason that they gave.
_DID = {
    "archived": "put it away",
    "restored": "took it out again",
    "paused": "paused it",
    "resumed": "let it go on",
    "live": "made it live",
}
# What a state is called, and what it means.
_STATES = {
    "archived": ("is archived", "It rests: no reminders and no calls. Nothing is lost."),
    "paused": ("is paused", ""),
    "watching": ("only watches", "Signals are kept; only the council leads hear of them."),
    "retired": ("is back in the list", "It has ended; nothing is asked of anybody."),
}
# The same of one that is live, by what happened last.
_LIVE = {
    "resumed": ("goes on", "Its clocks run again; open cases begin anew."),
    "restored": ("is back", "It is live again, and its clocks run."),
    "live": ("is live", "From now on its signals come here and call its people."),
}


def shelf_card(news: ShelfNews) -> Card:
    """Return the card that an initiative's channel reads when it goes live or is put away."""
    title, said = _says(news)
    blocks: list[Block] = [Paragraph((*_done(news), *said))]
    if news.state == "active" and news.came == "live":
        blocks += _introduced(news)
    return Card(
        title=title,
        fallback=title,
        subtitle=(Code(news.key), f" · {news.phase_name}"),
        blocks=tuple(blocks),
        buttons=_buttons(news),
    )


def _done(news: ShelfNews) -> Text:
    """Say who did it, and why, if they said so; of what was taken back, nothing."""
    if news.by is None or (news.came == "live" and news.state != "active"):
        return ()
    why = f": {news.why.removesuffix('.')}" if news.why else ""
    return (phrases.person(news.by), f" {_DID[news.came]}{why}. ")


def _says(news: ShelfNews) -> tuple[str, Text]:
    """Return the title, and what the state means for those who read it."""
    title, said = _LIVE.get(news.came, _LIVE["live"])
    title, said = _STATES.get(news.state, (title, said))
    if news.state == "paused":
        until: Text = ("until ", When(news.until, news.zone)) if news.until else ("for now",)
        return f"{news.name} {title}", (
            "Its clocks stand still ",
            *until,
            ". What comes up is noted, and nobody is asked.",
        )
    return f"{news.name} {title}", (said,)


def _introduced(news: ShelfNews) -> list[Block]:
    """Say what it is about, and who leads it."""
    question: list[Block] = []
    if news.question:
        question.append(Paragraph((Bold("Question: "), news.question)))
    leads = phrases.people(news.leading)
    if not leads:
        return [*question, Note(("Nobody leads here yet.",))]
    return [*question, Facts((("Leads", leads),))]


def _buttons(news: ShelfNews) -> tuple[Button, ...]:
    who = Button("Who is who", f"who {news.key}")
    if news.state == "archived":
        return (Button("Take it out again", f"archive {news.key} --undo"), who)
    if news.state == "paused":
        return (Button("Go on", f"resume {news.key}"), who)
    return (who,)
