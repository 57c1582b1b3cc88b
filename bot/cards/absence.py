"""Words for absences: planned, stood in for, begun, over."""

from collections import Counter

from bot.cards import phrases
from bot.cards.away import back_line, day, days_form, deputy_form, refuse_form, stretch
from bot.cards.model import (
    Block,
    Button,
    Card,
    Code,
    Note,
    Paragraph,
    Text,
    Tone,
)
from bot.cards.open_list import bullets, noun, open_list
from council.announcements import AbsenceNews
from council.people import AbsenceView

# ── to whoever is away ───────────────────────────────────────────────────────────────────────────


def told_card(news: AbsenceNews) -> Card:
    """Return how an absence stands, to whoever is away: who stands in, or who could."""
    absence = news.absence
    if absence.state == "over":
        return _over_card(absence, "You are back", "What is yours comes to you again.")
    blocks = _standing(news, mine=True)
    if absence.entered_by:
        blocks.insert(0, Paragraph((phrases.person(absence.entered_by), " entered it for you.")))
    return Card(
        title=f"You are away {stretch(absence)}",
        fallback=f"You are away {stretch(absence)}",
        blocks=tuple(blocks),
        buttons=_my_buttons(news),
        tone=Tone.GOOD if absence.deputy_state == "accepted" else Tone.NEUTRAL,
    )


def planned_card(news: AbsenceNews, *, mine: bool) -> Card:
    """Return the answer to whoever said so: they are away themselves, or entered it for others."""
    if mine:
        return told_card(news)
    absence = news.absence
    who = phrases.person(absence.member)
    verb = "was" if absence.state == "over" else "is"
    blocks: list[Block] = [Paragraph((who, f" {verb} away {stretch(absence)}."))]
    if absence.state != "over":
        blocks += _standing(news, mine=False)
    choose = () if absence.state == "over" else (_choose(absence, primary=False),)
    return Card(
        title=f"{absence.member.name}: away {stretch(absence)}",
        fallback=f"{absence.member.name} {verb} away {stretch(absence)}",
        blocks=tuple(blocks),
        buttons=choose,
    )


def _standing(news: AbsenceNews, *, mine: bool) -> list[Block]:
    """Say who stands in, or what is open and who could."""
    absence, deputy = news.absence, news.absence.deputy
    until = "you are back" if mine else f"{absence.member.name} is back"
    if deputy and absence.deputy_state == "accepted":
        what = "would come to you" if mine else f"would go to {absence.member.name}"
        to: Text = (phrases.person(deputy), f" stands in: what {what} goes there until {until}.")
        return [Paragraph(to), *_away_too(news), *_note(absence)]
    if deputy and absence.deputy_state == "asked":
        asked: Text = (phrases.person(deputy), " was asked to stand in, and has not answered yet.")
        return [Paragraph(asked), *_away_too(news), *_note(absence)]
    said: list[Block] = []
    if deputy and absence.deputy_state == "declined":
        why = f": “{absence.line}”" if absence.line else "."
        said.append(Paragraph((phrases.person(deputy), f" cannot stand in{why}")))
    said.append(Paragraph((*_needs(news), *_who_could(news))))
    return [*said, *_note(absence)]


def _away_too(news: AbsenceNews) -> list[Block]:
    own = news.clash
    return [Note((phrases.person(own.member), f" is away {stretch(own)} too."))] if own else []


def _who_could(news: AbsenceNews) -> Text:
    if news.suggested is None:
        return (" Who stands in? Until somebody does, it falls to the council lead.",)
    return (" Deputy ", phrases.person(news.suggested), "?")


def _needs(news: AbsenceNews) -> Text:
    """Say what is open: 2 cases and 1 handoff need an ML engineer."""
    counts = Counter(noun(each.code) for each in news.open)
    roles = [phrases.role(name) for name in news.roles]
    needed = phrases.words([f"{_article(name)} {name}" for name in roles]) or "somebody"
    if not counts:
        return (f"Nothing is open now; what comes up needs {needed}.",)
    things = phrases.words([phrases.count(number, name) for name, number in counts.items()])
    verb = "needs" if sum(counts.values()) == 1 else "need"
    return (f"{things} {verb} {needed}.",)


def _article(name: str) -> str:
    sounds_open = name[:1].lower() in "aeiou" or name.startswith(("ML", "SME"))
    return "an" if sounds_open else "a"


def _note(absence: AbsenceView) -> list[Block]:
    return [Note((f"“{absence.note}”",))] if absence.note else []


def _my_buttons(news: AbsenceNews) -> tuple[Button, ...]:
    absence = news.absence
    end = Button("I am back" if absence.state == "running" else "Call it off", back_line(absence))
    days = _other_days(absence)
    if absence.deputy_state in {"asked", "accepted"}:
        return (end, _choose(absence, primary=False, label="Somebody else"), days)
    if news.suggested is None:
        return (_choose(absence, primary=True), end, days)
    yes = Button(
        f"Yes, ask {news.suggested.name}",
        f"away {absence.key} --deputy @{news.suggested.handle}",
        primary=True,
    )
    return (yes, _choose(absence, primary=False), end, days)


def _other_days(absence: AbsenceView) -> Button:
    return Button("Other days…", f"away {absence.key}", form=days_form(absence.key))


def _choose(absence: AbsenceView, *, primary: bool, label: str = "Choose") -> Button:
    return Button(label, f"away {absence.key}", primary=primary, form=deputy_form(absence.key))


def which_deputy_card(absence: AbsenceView) -> Card:
    """Ask who stands in, where no form was filled in."""
    line = f"/council away {absence.key} --deputy @handle"
    days = f"/council away {absence.key} monday friday"
    return Card(
        title="Who stands in?",
        fallback="Who stands in?",
        blocks=(
            Paragraph(("Choose somebody, or type: ", Code(line))),
            Note(("For other days: ", Code(days))),
        ),
        buttons=(_choose(absence, primary=True), _other_days(absence)),
    )


# ── to the deputy ────────────────────────────────────────────────────────────────────────────────


def asked_card(news: AbsenceNews) -> Card:
    """Return what a deputy reads: the question, and then how it was answered."""
    absence, name = news.absence, news.absence.member.name
    if absence.deputy is None or (news.to and absence.deputy.id != news.to):
        words = "Somebody else was asked instead; nothing is left to do."
        return _plain_card(f"Standing in for {name}", (words,))
    if absence.state == "over":
        ending = "Nothing comes to you in that place any more. Thank you."
        return _over_card(absence, f"{name} is back", ending)
    if absence.deputy_state == "accepted":
        return _accepted_card(news)
    if absence.deputy_state == "declined":
        return _plain_card(f"Standing in for {name}", ("Thank you for saying so. ", *_goes(news)))
    who = phrases.person(absence.member)
    lead: Text = (who, f" is away {stretch(absence)} and asks you to stand in.")
    blocks: list[Block] = [Paragraph(lead), *_note(absence), *_listed(news)]
    blocks.append(Note((f"If you say yes, what would go to {name} meanwhile comes to you.",)))
    blocks += _clash(news)
    yes = Button("Yes", f"accept {absence.key}", primary=True)
    return Card(
        title=f"Stand in for {name}?",
        fallback=f"{name} asks you to stand in, {stretch(absence)}",
        blocks=tuple(blocks),
        buttons=(yes, _no(absence, "No")),
    )


def _clash(news: AbsenceNews) -> list[Block]:
    """Say that the deputy is away in these days too, and to whom it goes then."""
    own = news.clash
    if own is None:
        return []
    stands = own.deputy is not None and own.deputy_state == "accepted"
    then: Text = ("falls to the council lead",)
    if own.deputy is not None and stands:
        then = ("goes to ", phrases.person(own.deputy))
    return [Note((f"You are away yourself {stretch(own)}; then it ", *then, "."))]


def _goes(news: AbsenceNews) -> Text:
    return (phrases.person(news.absence.member), " knows, and chooses somebody else.")


def _accepted_card(news: AbsenceNews) -> Card:
    absence, name = news.absence, news.absence.member.name
    if absence.state == "running":
        return begun_card(news)
    lead: Text = ("You stand in for ", phrases.person(absence.member), f" {stretch(absence)}.")
    rest = Note(("When it begins, you get a list of what is open.",))
    return Card(
        title=f"You stand in for {name}",
        fallback=f"You stand in for {name} {stretch(absence)}",
        blocks=(Paragraph(lead), *_note(absence), rest, *_clash(news)),
        buttons=(_no(absence, "I cannot after all"),),
        tone=Tone.GOOD,
    )


def begun_card(news: AbsenceNews) -> Card:
    """Return what a deputy gets when an absence begins: everything that is open."""
    absence, name = news.absence, news.absence.member.name
    if absence.state == "over" or absence.deputy_state != "accepted":
        return asked_card(news)
    if news.to and absence.deputy and absence.deputy.id != news.to:
        return asked_card(news)
    until = f"until {day(absence.last)}" if absence.last else f"until {name} is back"
    lead: Text = ("You stand in for ", phrases.person(absence.member), f" now, {until}.")
    listed = _listed(news) or [Paragraph(("Nothing is open there now.",))]
    buttons: list[Button] = [Button("What waits for me", "mine", primary=True)]
    buttons.append(_no(absence, "I cannot after all"))
    return Card(
        title=f"You stand in for {name}",
        fallback=f"You stand in for {name} now; {phrases.count(len(news.open), 'thing')} open",
        blocks=(Paragraph(lead), *_note(absence), *listed, *_clash(news)),
        buttons=tuple(buttons),
        tone=Tone.GOOD,
    )


def _no(absence: AbsenceView, label: str) -> Button:
    return Button(label, f"decline {absence.key}", form=refuse_form(absence.key))


def _listed(news: AbsenceNews) -> list[Block]:
    return open_list(news.open, news.absence.deputy.timezone if news.absence.deputy else "UTC")


def reply_card(news: AbsenceNews, why: str) -> Card:
    """Return what the thread says to whoever must choose somebody else, or is back."""
    absence = news.absence
    if why == "back":
        return _back_card(news)
    if why == "declined" and absence.deputy:
        said: Text = (phrases.person(absence.deputy), " cannot stand in. Please choose again.")
    elif absence.deputy and absence.deputy_state == "asked":
        said = (phrases.person(absence.deputy), " has not answered yet. Somebody else?")
    else:
        said = ("Nobody stands in yet, and it begins soon. Who could?",)
    plain = "".join(part if isinstance(part, str) else getattr(part, "name", "") for part in said)
    return Card("", plain, (Paragraph(said),), _my_buttons(news))


def _back_card(news: AbsenceNews) -> Card:
    """Return what waits for whoever is here again; what was asked of a deputy is among it."""
    deputy = news.absence.deputy
    things = phrases.count(len(news.open), "thing")
    verb = "waits" if len(news.open) == 1 else "wait"
    by: Text = (" ", phrases.person(deputy), " stood in for you.") if deputy else ()
    member = news.absence.member
    said: Text = (phrases.person(member, ring=True), f": {things} {verb} for you.", *by)
    zone = member.timezone
    return Card(
        title="",
        fallback=f"{things} {verb} for you",
        blocks=(Paragraph(said), bullets(news.open, zone)),
        buttons=(Button("What waits for me", "mine", primary=True),),
    )


# ── how ──────────────────────────────────────────────────────────────────────────────────────────


def _over_card(absence: AbsenceView, title: str, rest: str) -> Card:
    words = f"The absence {stretch(absence)} is over."
    return Card(title, title, (Paragraph((f"{words} {rest}",)),), tone=Tone.GOOD)


def _plain_card(title: str, text: Text) -> Card:
    return Card(title=title, fallback=title, blocks=(Paragraph(text),))
