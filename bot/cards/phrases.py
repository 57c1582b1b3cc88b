"""Small turns of phrase that every noun's words share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from bot.cards.model import Mention, Span, Text
from council.people import Called, Member

_NAMES = {
    "service": "Service",
    "data_quality": "Data quality",
    "data_drift": "Data drift",
    "prediction_drift": "Prediction drift",
    "accuracy": "Accuracy",
    "cost": "Cost",
    "compliance": "Compliance",
    "business_kpi": "Business KPI",
}
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_LARGE = 1_000


def class_name(signal_class: str) -> str:
    """Return a signal class as people say it."""
    return _NAMES.get(signal_class, signal_class.replace("_", " "))


def person(member: Member, *, ring: bool = False) -> Mention:
    """Return a person's name; with `ring` the platform notifies them."""
    # The local workspace knows people by their handles.
    return Mention(member.name, {"local": member.handle, **member.ids}, ring)


def people(members: Iterable[Member], *, ring: bool = False) -> Text:
    """Return names in a row: Mei, Ana and Bo."""
    return row([(person(each, ring=ring),) for each in members])


def where(phase_name: str, *, serves: bool = False) -> str:
    """Return where an initiative is, as a subtitle ends; `serves`: a version in production is."""
    return f": the version in production ({phase_name})" if serves else f" in {phase_name}"


def row(parts: Sequence[Text], last: str = " and ") -> Text:
    """Return texts in a row, with commas and a word before the last one."""
    spans: list[Span] = []
    for place, part in enumerate(parts):
        if place:
            spans.append(last if place == len(parts) - 1 else ", ")
        spans.extend(part)
    return tuple(spans)


def words(names: Sequence[str], last: str = " and ") -> str:
    """Return plain words in a row."""
    return "".join(span for span in row([(name,) for name in names], last) if isinstance(span, str))


def role(name: str) -> str:
    """Return a role's name as it stands within a sentence: data scientist, but ML engineer."""
    return within(name)


def within(name: str) -> str:
    """Return a name as it stands within a sentence: select ML technique, but CI/CD: release."""
    first, _, rest = name.partition(" ")
    plain = first[:1].lower() + first[1:]
    return f"{plain} {rest}".strip() if plain == first.lower() else name


def called(each: Called, role_names: Mapping[str, str], *, ring: bool = False) -> Text:
    """Return a person with the roles for which they are called: Mei (ML engineer).

    A deputy is named with whose place they take: Tom (ML engineer, for Mei).
    """
    roles = [role(role_names.get(one, one.replace("_", " "))) for one in each.roles]
    if not roles and each.stands_in:
        roles = ["council lead"]
    absent = dict.fromkeys(one.absent.name for one in each.deputy_for)
    roles += [f"for {words(list(absent))}"] if absent else []
    return (person(each.member, ring=ring), f" ({', '.join(roles)})" if roles else "")


def span(length: timedelta) -> str:
    """Return a length of time as people say it: 12 min, 3 h 5 min, 2 days."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < _MINUTE:
        return "less than a minute"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < 2 * _DAY:
        hours, minutes = seconds // _HOUR, seconds % _HOUR // _MINUTE
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{seconds // _DAY} days"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: 1 condition, 3 conditions."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def number(value: float) -> str:
    """Return a measured value with as many digits as help."""
    return f"{value:.3g}" if abs(value) < _LARGE else f"{value:,.0f}"
