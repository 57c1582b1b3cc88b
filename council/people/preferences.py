"""How somebody wants to be treated: when they work, when to leave them in peace, what they hear."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from types import MappingProxyType

from council import agenda, calendar, changes, ledger
from council.calendar import Hours
from council.desk import Desk
from council.errors import Invalid, NotAllowed, NotFound
from council.people.roster import Member

MOVED = "person.moved"
QUIET_FROM = time(20)
QUIET_UNTIL = time(8)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHORTEST_DAY = 3
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])(?::([0-5][0-9]))?")
# Whoever changes one of these lives by another clock from then on.
_CLOCKS = frozenset({"hours", "days", "country", "zone"})


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody wants; what they did not say is as most people want it.

    Quiet is from `quiet_from` until `quiet_until` on their own wall, over midnight if that is
    earlier, and on days off; both None: never. `hear` is `chat` (as it happens) or `digest`
    (in a summary); `digest` is `weekly`, `monthly` or `off`. `said` holds what they chose
    themselves, by name.
    """

    zone: str = "UTC"
    opens: time = calendar.OPENS
    closes: time = calendar.CLOSES
    days: frozenset[int] = calendar.WEEKDAYS
    country: str = ""
    quiet_from: time | None = QUIET_FROM
    quiet_until: time | None = QUIET_UNTIL
    hear: str = "chat"
    digest: str = "weekly"
    learning: bool = True
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def hours(self) -> Hours:
        """Their working week."""
        return Hours(self.zone, self.opens, self.closes, self.days, self.country)

    def quiet(self, now: datetime) -> bool:
        """Whether they are to be left in peace now."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        local = self.hours.local(now)
        wall = local.time()
        over_midnight = self.quiet_from > self.quiet_until
        inside = (
            wall >= self.quiet_from or wall < self.quiet_until
            if over_midnight
            else self.quiet_from <= wall < self.quiet_until
        )
        return inside or not self.hours.works_on(local.date())


def of(desk: Desk, person: str | Member) -> Preferences:
    """Return how somebody wants to be treated; the council's usual ways for somebody unknown.

    A member who was read already is not read again.
    """
    council = desk.books.registry.council()
    if isinstance(person, Member):
        person_id, zone = person.id, person.timezone
    else:
        row = desk.books.people.by_id(person) if person else None
        person_id, zone = (row.id, row.timezone) if row else ("", "")
    said = desk.books.people.preferences(person_id) if person_id else {}
    found = Preferences(
        zone=zone or council.timezone,
        country=council.country,
        said=MappingProxyType(said),
    )
    values: dict[str, object] = {}
    for name, text in said.items():
        if name in ALLOWED:
            values.update(_READ[name](text))
    return _replaced(found, values)


def put(desk: Desk, actor: str, person_id: str, name: str, value: str) -> Preferences:
    """Set one preference; an empty value goes back to the usual. Returns how things stand then.

    People set their own; a council lead may set anybody's. Raises Invalid with what is allowed,
    NotFound, NotAllowed.
    """
    name, value = name.strip().lower(), value.strip()
    if name not in ALLOWED:
        raise Invalid("setting", name, "not_one_of", tuple(ALLOWED))
    person = desk.books.people.by_id(person_id)
    if person is None:
        raise NotFound("person", person_id)
    leads = desk.books.people.leads(desk.leads)
    if actor != person_id and all(lead.id != actor for lead in leads):
        raise NotAllowed(actor, "settings", person.handle, "council_lead")
    if value:
        value = _checked(name, value)
    before = of(desk, person_id)
    was = person.timezone if name == "zone" else before.said.get(name, "")
    if was == value:
        return before
    if name == "zone":  # not beside the person's own, which tables and platforms fill
        person.timezone = value
        desk.books.add(person)
    else:
        desk.books.people.prefer(person_id, name, value)
    subject = f"person:{person_id}"
    changes.note(
        desk,
        actor,
        "preference.changed",
        subject,
        {"name": name, "value": was},
    )
    ledger.append(desk, [ledger.Entry("preference.changed", actor, subject, {"name": name})])
    if name in _CLOCKS:
        moved(desk, person_id, before.hours)
    return of(desk, person_id)


def moved(desk: Desk, person_id: str, before: Hours) -> None:
    """Have deadlines on somebody's clock follow them: they lived by `before` until now.

    Call it when a person's zone, hours, days or country changed. The working minutes that were
    left stay left, on the new clock; the agenda sees to it, because cases stand above people.
    """
    if desk.books.agenda.has(MOVED, person_id):
        return  # they moved just now, and what was left then is what counts
    if of(desk, person_id).hours != before:
        item = agenda.Due(MOVED, person_id, desk.now(), written(before))
        agenda.schedule(desk, [item])


def written(hours: Hours) -> str:
    """Return a working week as a line that `read_hours` reads."""
    days = "".join(str(day) for day in sorted(hours.days))
    span = f"{hours.opens:%H:%M}-{hours.closes:%H:%M}"
    return f"{hours.zone}|{span}|{days}|{hours.country}"


def read_hours(line: str) -> Hours:
    """Return the working week that `written` wrote."""
    zone, span, days, country = line.split("|")
    opens, closes = (time.fromisoformat(each) for each in span.split("-"))
    return Hours(zone, opens, closes, frozenset(int(day) for day in days), country)


def _replaced(found: Preferences, values: Mapping[str, object]) -> Preferences:
    kept = {name: getattr(found, name) for name in Preferences.__slots__}
    return Preferences(**{**kept, **values})


def _checked(name: str, value: str) -> str:
    """Return the value as it is kept. Raises Invalid with what is allowed."""
    if name == "zone":
        return _zone(value)
    value = value.upper() if name == "country" else " ".join(value.lower().split())
    try:
        _READ[name](value)
    except ValueError:
        raise Invalid(name, value, "not_one_of", ALLOWED[name]) from None
    return value


def _zone(text: str) -> str:
    found, near = calendar.zone_like(text)
    if not found:
        raise Invalid("zone", text, "not_one_of", near or ALLOWED["zone"])
    return found


def _hours(text: str) -> dict[str, object]:
    opens, closes = _span(text)
    if opens >= closes:
        raise ValueError(text)
    return {"opens": opens, "closes": closes}


def _days(text: str) -> dict[str, object]:
    days: set[int] = set()
    for part in text.replace(" ", ",").split(","):
        if part:
            first, dash, last = part.partition("-")
            begin, end = _day(first), _day(last if dash else first)
            days |= {(begin + n) % 7 for n in range((end - begin) % 7 + 1)}
    if not days:
        raise ValueError(text)
    return {"days": frozenset(days)}


def _day(text: str) -> int:
    if len(text) < _SHORTEST_DAY:
        raise ValueError(text)
    return _DAYS.index(text[:_SHORTEST_DAY])


def _country(text: str) -> dict[str, object]:
    if text == "NONE":
        return {"country": ""}
    if not calendar.is_country(text):
        raise ValueError(text)
    return {"country": text}


def _quiet(text: str) -> dict[str, object]:
    if text == "off":
        return {"quiet_from": None, "quiet_until": None}
    begin, end = _span(text)
    if begin == end:
        raise ValueError(text)
    return {"quiet_from": begin, "quiet_until": end}


def _one_of(name: str, *allowed: str) -> Callable[[str], dict[str, object]]:
    def read(text: str) -> dict[str, object]:
        if text not in allowed:
            raise ValueError(text)
        return {name: text}

    return read


def _learning(text: str) -> dict[str, object]:
    return {"learning": _one_of("learning", "on", "off")(text)["learning"] == "on"}


def _span(text: str) -> tuple[time, time]:
    begin, dash, end = text.replace("–", "-").replace(" ", "").partition("-")  # noqa: RUF001 -- phones type it
    if not dash:
        raise ValueError(text)
    return _wall(begin), _wall(end, last=True)


def _wall(text: str, *, last: bool = False) -> time:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour == 24:  # noqa: PLR2004 -- midnight, as the end of a day
        if minute or not last:
            raise ValueError(text)
        return time(23, 59)
    return time(hour, minute)


_READ: Mapping[str, Callable[[str], dict[str, object]]] = {
    "hours": _hours,
    "days": _days,
    "country": _country,
    "quiet": _quiet,
    "hear": _one_of("hear", "chat", "digest"),
    "digest": _one_of("digest", "weekly", "monthly", "off"),
    "learning": _learning,
}
# By name: what somebody may say, to show where they said something else.
ALLOWED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hours": ("9-17", "08:30-16:30"),
        "days": ("mon-fri", "mon,tue,thu"),
        "zone": ("Europe/Berlin", "America/New_York", "Asia/Kathmandu"),
        "country": ("DE", "DE-BY", "none"),
        "quiet": ("20-8", "18:30-9", "off"),
        "hear": ("chat", "digest"),
        "digest": ("weekly", "monthly", "off"),
        "learning": ("on", "off"),
    }
)
