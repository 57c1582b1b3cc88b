"""Words for being away: the days, who is away now, and the forms that ask."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from bot.cards import phrases
from bot.cards.forms import begun
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
    Note,
    Paragraph,
    Text,
)
from council import calendar
from council.errors import Conflict
from council.people import AbsenceView, StandIn

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(moment: date) -> str:
    """Return a day as people write it: Mon 30 Nov."""
    return f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"


def last_day(stood: StandIn) -> str:
    """Return the last day on which somebody is stood in for, on their own calendar."""
    until = (stood.until or datetime.max.replace(tzinfo=UTC)) - timedelta(seconds=1)
    return day(until.astimezone(calendar.zone(stood.absent.timezone)).date())


def stretch(absence: AbsenceView) -> str:
    """Return from when until when somebody is away, both days included."""
    if absence.last is None:
        return f"from {day(absence.first)} on"
    if absence.last == absence.first:
        return f"on {day(absence.first)}"
    return f"from {day(absence.first)} to {day(absence.last)}"


def back_line(absence: AbsenceView) -> str:
    """Return the line that ends an absence, or calls it off."""
    return f"away back {absence.key}"


def away_card(mine: Sequence[AbsenceView], others: Sequence[AbsenceView]) -> Card:
    """Return the answer to `away` alone: my absences, and who is away now."""
    blocks: list[Block] = [Paragraph((Bold("You"),))]
    if mine:
        blocks.append(Bullets(tuple((Bold(one.key), f" {_mine(one)}") for one in mine)))
    else:
        blocks.append(Paragraph(("No absence is planned.",)))
    blocks.append(Paragraph((Bold("Away now"),)))
    if others:
        blocks.append(Bullets(tuple(_other(one) for one in others)))
    else:
        blocks.append(Paragraph(("Nobody.",)))
    blocks.append(Note((Code("/council away monday friday --deputy @tom"),)))
    buttons = [Button("I will be away", "away", primary=not mine, form=away_form())]
    if mine:
        label = "I am back" if mine[0].state == "running" else f"Call {mine[0].key} off"
        buttons.append(Button(label, back_line(mine[0])))
    return Card("Who is away", "Who is away", tuple(blocks), tuple(buttons))


def _mine(one: AbsenceView) -> str:
    name = one.deputy.name if one.deputy else ""
    stands = {
        "accepted": f"{name} stands in",
        "asked": f"{name} was asked",
        "declined": "nobody stands in yet",
        "": "nobody stands in yet",
    }
    return f"{stretch(one)}; {stands[one.deputy_state]}"


def _other(one: AbsenceView) -> Text:
    back = f" until {day(one.last)}" if one.last else ""
    if one.deputy and one.deputy_state == "accepted":
        deputy = phrases.person(one.deputy)
        return (phrases.person(one.member), f"{back}; ", deputy, " stands in")
    return (phrases.person(one.member), back)


def away_form() -> Form:
    """Ask from when until when somebody is away, and who stands in."""
    return Form(
        "Away",
        "away",
        (
            Field("from", "First day", required=True, hint="Such as: monday, 2026-12-01"),
            Field("to", "Last day", hint="Empty: that one day; or: open"),
            Field("deputy", "Who stands in", Kind.PERSON, "--deputy"),
            Field("note", "Note", Kind.TEXT, "--note", hint="The deputy reads it"),
        ),
        "Enter it",
    )


def days_form(key: str) -> Form:
    """Ask for the days of an absence that was entered with others."""
    first = Field("from", "First day", required=True, hint="Such as: monday, 2026-12-01")
    last = Field("to", "Last day", hint="Empty: that one day; or: open")
    return Form("Which days?", f"away {key}", (first, last), "Change them")


def covered_card(error: Conflict) -> Card:
    """Return the refusal of days that an absence takes already: change it, or end it."""
    key, days = error.subject, " ".join(dict.fromkeys(error.more))
    said = f"{key} covers some of these days already. Change it to the new days, or end it?"
    return Card(
        title="Those days are taken",
        fallback=f"{key} covers some of these days",
        blocks=(Paragraph((said,)),),
        buttons=(
            Button("Change it", f"away {key} {days}", primary=True),
            Button(f"End {key}", f"away back {key}"),
        ),
    )


def deputy_form(key: str) -> Form:
    """Ask who stands in during an absence."""
    field = Field("deputy", "Who stands in", Kind.PERSON, "--deputy", required=True)
    return Form("Who stands in?", f"away {key}", (field,), "Ask them")


def refuse_form(key: str) -> Form:
    """Ask why a deputy cannot; nobody has to say."""
    command, asked = begun("decline", "handoff", key)
    reason = Field("reason", "Why", Kind.TEXT, hint="Such as: I am away too")
    return Form("You cannot stand in", command, (*asked, reason), "Say no")
