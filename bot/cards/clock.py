"""Words for clocks: put off, paused, paged, reminded, and what was kept for somebody."""

from collections.abc import Callable
from dataclasses import replace

from bot.cards import forms, phrases
from bot.cards.model import (
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Field,
    Form,
    Kind,
    Mention,
    Note,
    Paragraph,
    Text,
    Tone,
    When,
)
from council.announcements import CaseNews, SummaryNews
from council.cases import CaseView, Page, Quiet
from council.pausing import Pause

UNTILS = (("1h", "An hour"), ("tomorrow", "Tomorrow morning"), ("monday", "Next Monday"))
_PAGERS = {"pagerduty": "PagerDuty", "page": "your paging webhook"}
_SHOWN = 10


# ── one case ─────────────────────────────────────────────────────────────────────────────────────


def put_off(view: CaseView) -> Text:
    """Say until when a case does not disturb."""
    if view.snoozed_until is None:
        return ("Put off for now.",)
    when = When(view.snoozed_until, _zone(view))
    return ("Put off until ", when, ". What comes up until then is counted; worse ends it.")


def snooze_form(key: str = "") -> Form:
    """Ask until when, and why."""
    command, asked = forms.begun("snooze", "case", key)
    until = Field("until", "Until", Kind.CHOICE, "", UNTILS, "tomorrow", required=True)
    why = Field("reason", "Why", Kind.TEXT, hint="Such as: waiting for the feed")
    return Form(f"Put {key or 'a case'} off", command, (*asked, until, why), "Put it off")


def snooze_button(key: str) -> Button:
    """Offer to put a case off."""
    return Button("Snooze…", f"snooze {key}", form=snooze_form(key))


def wake_button(key: str) -> Button:
    """Offer to look at a case that was put off, now."""
    return Button("Wake it now", f"snooze {key} off", primary=True)


def which_until_card(subject: str) -> Card:
    """Ask until when, one button per answer."""
    title = f"Put {subject} off until when?"
    return Card(
        title=title,
        fallback=title,
        blocks=(Paragraph(("Or type a time: ", Code(f"snooze {subject} 2d"), ".")),),
        buttons=tuple(Button(label, f"snooze {subject} {until}") for until, label in UNTILS),
    )


def page_notes(view: CaseView) -> list[Text]:
    """Say honestly whether anybody was paged."""
    if not view.page or view.status == "resolved":
        return []
    waits = view.status == "open" and view.initiative_state == "active"
    if not view.pages:
        said: Text = ("This severity asks for a page; none is configured: nobody was paged.",)
        return [said] if waits else []
    put = [page for page in view.pages if waits or page.state != "none"]
    return [_paged(page, _zone(view)) for page in put]


def _paged(page: Page, zone: str) -> Text:
    through = _PAGERS.get(page.through, page.through)
    if page.state == "sent" and page.at is not None:
        return (f"Paged through {through} at ", When(page.at, zone), ".")
    if page.state == "none":
        return (f"No page went out through {through}.",)
    if page.state == "failed":
        return (f"Could not be paged through {through}; an operator can see why.",)
    return (f"A page through {through} is on its way.",)


def _reminded(view: CaseView, ring: Text) -> Text:
    return (*ring, f": {view.key} is with you, and a decision is still to come.")


def _forgotten(view: CaseView, ring: Text) -> Text:
    since = When(view.acknowledged_at, _zone(view)) if view.acknowledged_at else "a while ago"
    has_it, *helpers = [each for each in ring if isinstance(each, Mention)]
    asked: Text = (has_it, f": {view.key} has been with you since ", since, ". Still on it?")
    if not helpers:
        return asked
    names = phrases.row([(each,) for each in helpers])
    return (*asked, " ", *names, " can take over.")


def _asks_anew(view: CaseView, ring: Text) -> Text:
    return (*ring, f": {view.key} had been put off, and it still holds. Please take a look")


def _goes_on(view: CaseView, ring: Text) -> Text:
    return (f"{view.initiative_name} goes on. ", *ring, f": please take a look at {view.key}")


# Why a reply asks anew: what it says before its deadline, and whether it has one.
REPLIES: dict[str, tuple[Callable[[CaseView, Text], Text], bool]] = {
    "reminder": (_reminded, False),
    "forgotten": (_forgotten, False),
    "awake": (_asks_anew, True),
    "resumed": (_goes_on, True),
}


def reply_buttons(news: CaseNews) -> tuple[Button, ...]:
    """Return what whoever has a case can answer when they are asked whether they still do."""
    key = news.case.key
    if news.why == "forgotten":
        yes = Button("Yes, still on it", f"ack {key}", primary=True)
        return (yes, Button("Hand over", f"decline {key}", form=forms.decline_form(key)))
    if news.why == "reminder":
        return (Button("Still on it", f"ack {key}"), Button("Close…", f"close {key}"))
    return ()


def _zone(view: CaseView) -> str:
    return view.owners[0].member.timezone if view.owners else "UTC"


# ── what is alike on an initiative ───────────────────────────────────────────────────────────────


def quiet_card(found: Quiet, command: str) -> Card:
    """Return what a snooze covers; `command` makes it so, or ends it where it is so."""
    about = _about(found)
    if found.until is None:
        said: Text = (about, " is put off no more; what is open asks anew.")
        return _card("Not quiet any more", found, said, Tone.NEUTRAL, ())
    when = When(found.until, found.zone)
    if not found.done:
        said = (about, " would be quiet until ", when, ". Nothing is changed yet.")
        go = Button("Snooze", command, primary=True)
        return _card(f"Put off {found.key}?", found, said, Tone.NEUTRAL, (go,))
    said = (about, " is quiet until ", when, ". It is counted; worse ends it.")
    off = Button("Take it back", command)
    return _card("Quiet for now", found, said, Tone.GOOD, (off,))


def _about(found: Quiet) -> str:
    about = phrases.class_name(found.signal_class) if found.signal_class else "Everything"
    return f"{about} of {found.feature}" if found.feature else about


def _card(title: str, found: Quiet, said: Text, tone: Tone, buttons: tuple[Button, ...]) -> Card:
    blocks: list[Block] = [Paragraph(said)]
    if found.until is not None:
        signals = phrases.count(found.signals, "signal")
        blocks.append(Note((*_named(found.cases), f" · {signals} like it in the last 7 days")))
    if found.worst:
        worst = phrases.words(found.worst)
        blocks.append(Note((f"{worst}: of the worst severity, for 24 hours at most.",)))
    return Card(
        title=title,
        subtitle=(Bold(found.name), " · ", Code(found.key)),
        fallback=title,
        blocks=tuple(blocks),
        buttons=buttons,
        tone=tone,
    )


def _named(keys: tuple[str, ...]) -> Text:
    if not keys:
        return ("No open case",)
    more = f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
    what = phrases.count(len(keys), "open case")
    return (f"{what}: {', '.join(keys[:_SHOWN])}{more}",)


# ── pause ────────────────────────────────────────────────────────────────────────────────────────


def pause_card(found: Pause) -> Card:
    """Return the answer to `pause` and `resume`."""
    blocks: list[Block] = []
    if found.state == "paused":
        title = f"{found.name} is paused"
        until: Text = (
            ("Its clocks stand still until ", When(found.until, found.zone), ".")
            if found.until
            else ("Its clocks stand still until somebody lets it go on.",)
        )
        blocks.append(Paragraph(until))
        blocks.append(Note(("What comes up meanwhile is noted, and nobody is asked.",)))
        buttons = (Button("Go on", f"resume {found.key}"),)
    else:
        title = f"{found.name} goes on"
        blocks.append(Paragraph(("Its clocks run again; open cases begin anew.",)))
        buttons = (Button("Where does it stand?", f"status {found.key}"),)
    if found.cases:
        blocks.append(Note(_named(found.cases)))
    return Card(
        title=title,
        subtitle=(Code(found.key),),
        fallback=title,
        blocks=tuple(blocks),
        buttons=buttons,
        tone=Tone.NEUTRAL if found.state == "paused" else Tone.GOOD,
    )


def would_pause_card(found: Pause) -> Card:
    """Return what would stand still if an initiative were paused, and the press that does it."""
    said = "Nothing is changed yet. Until it goes on, what comes up would only be noted."
    clocks = f"{phrases.count(found.clocks, 'clock')} would stand still."
    title, form = f"Pause {found.name}?", pause_form(found.key)
    return Card(
        title=title,
        subtitle=(Code(found.key),),
        fallback=title,
        blocks=(
            Paragraph((said,)),
            *((Note((clocks,)),) if found.clocks else ()),
            *((Note(_named(found.cases)),) if found.cases else ()),
        ),
        buttons=(Button("Pause it", f"pause {found.key} --yes", primary=True, form=form),),
    )


def pause_form(key: str = "") -> Form:
    """Ask until when, and why."""
    command, asked = forms.begun("pause --yes", "key", key)
    why = Field("reason", "Why", Kind.TEXT, hint="Such as: waiting for the budget")
    until = Field("until", "Until", option="--until", hint="monday, 2w, 2026-12-01; empty: open")
    return Form(f"Pause {key or 'an initiative'}", command, (*asked, why, until), "Pause it")


# ── what was kept ────────────────────────────────────────────────────────────────────────────────


def summary_card(news: SummaryNews, cards: list[Card]) -> Card:
    """Return what was kept for somebody; `cards` are those that they would have been sent."""
    things = phrases.count(len(cards), "thing")
    title = f"While you were away from chat: {things}"
    # What asks for something comes first, and so does its button.
    order = sorted(range(len(cards)), key=lambda place: not news.kept[place].news.asks)
    cards = [cards[place] for place in order]
    lines = tuple(_line(card) for card in cards[:_SHOWN])
    first = next((button for card in cards for button in card.buttons), None)
    asks = sum(each.news.asks for each in news.kept)
    note = f"{phrases.count(asks, 'thing')} may need you." if asks else "Nothing needs you now."
    buttons = (first, Button("What waits for me", "mine")) if first else ()
    return Card(
        title=title,
        fallback=title,
        blocks=(Bullets(lines, max(0, len(cards) - _SHOWN)), Note((note,))),
        buttons=buttons,
    )


def _line(card: Card) -> Text:
    if card.fallback:
        return (card.fallback,)
    said = [part for block in card.blocks if isinstance(block, Paragraph) for part in block.text]
    # Nobody is rung by a list of what was.
    return tuple(replace(each, ring=False) if isinstance(each, Mention) else each for each in said)
