"""Rotas: kept as they were read at the edge, mapped to people, and told of when they fail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from council import ledger, outbox
from council.desk import Desk
from council.errors import Invalid
from council.notices import RotaTrouble
from council.people.duty import GROUP, ICAL, holders
from council.people.member import Member, members
from council.people.roster import acting_leads
from council.tables import Duty, Initiative, Rota

# How often a rota is read, and how far ahead turns are kept.
EVERY = timedelta(minutes=15)
AHEAD = timedelta(days=30)
# So often one is read in full even if it says that nothing changed: what is kept ends some day.
IN_FULL = timedelta(days=1)
# The lead is told of the failure that is no passing one.
_TELL_AT = 2
_UNKNOWN_KEPT = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a rota as a calendar tells it: whom it invites, what it is called, and when.

    `invited` are e-mail addresses; `spoken` is the title and its parts, one of which may be a name.
    """

    invited: tuple[str, ...]
    spoken: tuple[str, ...]
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class RotaDue:
    """A rota that is to be read; `kind` is `slack_group` or `ical`.

    `etag` is that of what was read; empty if it is to be read in full. `zone` counts where a
    calendar names none.
    """

    id: str
    kind: str
    address: str
    etag: str
    zone: str


@dataclass(frozen=True, slots=True)
class RotaView:
    """How a rota stands; `unknown` are names on it that nobody here has."""

    name: str
    kind: str
    checked_at: datetime | None
    failure: str
    failing_since: datetime | None
    on_duty: tuple[Member, ...]
    unknown: tuple[str, ...]


def kind_of(address: str) -> str:
    """Return whether this names a chat group or a calendar; empty for neither."""
    if address.startswith("<!subteam^"):
        return GROUP
    return ICAL if urlsplit(address).scheme.lower() in {"https", "webcal", "webcals"} else ""


def take_in(desk: Desk, given: str) -> Rota:
    """Return the rota of a group or of a calendar's address, made known if it is new.

    Raises Invalid (`ical_host`) for a calendar whose host is not allowed.
    """
    kind = kind_of(given)
    address = (
        given.removeprefix("<!subteam^").rstrip(">") if kind == GROUP else _calendar(desk, given)
    )
    row = desk.books.absences.rota_at(kind, address)
    if row is None:
        host = urlsplit(address).hostname or ""
        row = Rota(
            id=desk.ids.new(),
            council_id=desk.council_id,
            kind=kind,
            address=address,
            name=f"group {address}" if kind == GROUP else host,
        )
        desk.books.add(row)
    return row


def _calendar(desk: Desk, given: str) -> str:
    """Return a calendar's address with https, if its host is allowed; it may hold a secret."""
    parts = urlsplit(given)
    host = (parts.hostname or "").lower()
    if host not in desk.ical_hosts or parts.username or parts.port not in {None, 443}:
        raise Invalid("calendar", host or given, "ical_host", desk.ical_hosts)
    return parts._replace(scheme="https", fragment="").geturl()


def put_on_duty(desk: Desk, actor: str, initiative: Initiative, role: str, rota: Rota) -> bool:
    """Put a rota into a role; False if it is there already."""
    if desk.books.absences.duty(initiative.id, role, rota.id) is not None:
        return False
    row = Duty(
        id=desk.ids.new(),
        council_id=desk.council_id,
        initiative_id=initiative.id,
        rota_id=rota.id,
        role=role,
        since=desk.now(),
    )
    desk.books.add(row)
    _note(desk, actor, "duty.made", row)
    return True


def take_off_duty(desk: Desk, actor: str, initiative: Initiative, role: str, rota: Rota) -> bool:
    """Take a rota out of a role; False if it is not there."""
    row = desk.books.absences.duty(initiative.id, role, rota.id)
    if row is None:
        return False
    row.until = desk.now()
    desk.books.add(row)
    _note(desk, actor, "duty.ended", row)
    return True


def _note(desk: Desk, actor: str, kind: str, row: Duty) -> None:
    facts = {"initiative": row.initiative_id, "role": row.role, "rota": row.rota_id}
    ledger.append(desk, [ledger.Entry(kind, actor, f"initiative:{row.initiative_id}", facts)])


def rotas_wait(desk: Desk) -> bool:
    """Whether a rota in use is to be read now."""
    return bool(_waiting(desk))


def rotas_due(desk: Desk) -> list[RotaDue]:
    """Return the rotas in use that are to be read now, and note that this is tried."""
    zone = desk.books.registry.council().timezone
    found = _waiting(desk)
    for row in found:
        row.tried_at = desk.now()
        desk.books.add(row)
    return [RotaDue(row.id, row.kind, row.address, _known(desk, row), zone) for row in found]


def _known(desk: Desk, row: Rota) -> str:
    """Return the name of what was read, if that is to be believed while it does not change.

    It was read not long ago, and everybody whom it names was found; they may be known by now.
    """
    fresh = row.read_at is not None and desk.now() - row.read_at < IN_FULL
    return row.etag if fresh and not row.members.get("unknown") else ""


def _waiting(desk: Desk) -> list[Rota]:
    now = desk.now()
    return [
        row
        for row in desk.books.absences.rotas_in_use()
        if row.tried_at is None or now - row.tried_at >= EVERY
    ]


def strangers_in(desk: Desk, slack_ids: Sequence[str]) -> tuple[str, ...]:
    """Return which of these ids of Slack nobody here has yet."""
    return tuple(each for each in slack_ids if not desk.books.people.by_identity("slack", each))


def keep_group(desk: Desk, rota_id: str, slack_ids: Sequence[str], name: str = "") -> None:
    """Keep who is in a group."""
    row = desk.books.absences.rota(rota_id)
    if row is None:
        return
    found = [desk.books.people.by_identity("slack", one) for one in slack_ids]
    here = [one.id for one in found if one is not None and one.left_at is None]
    unknown = [given for given, one in zip(slack_ids, found, strict=True) if one is None]
    row.name = name or row.name
    _keep(desk, row, {"people": here, "unknown": unknown[:_UNKNOWN_KEPT]})


def keep_turns(desk: Desk, rota_id: str, turns: Sequence[Turn], name: str, etag: str) -> None:
    """Keep whose turn it is when, each found by e-mail address, else by handle or name."""
    row = desk.books.absences.rota(rota_id)
    if row is None:
        return
    kept, unknown = [], dict[str, None]()
    for turn in turns:
        invited = [one for each in turn.invited if (one := _who(desk, each))]
        ids = dict.fromkeys(
            invited or [one for each in turn.spoken if (one := _who(desk, each))][:1]
        )
        if not ids:
            unknown.setdefault(next(iter((*turn.invited, *turn.spoken)), ""))
        begins, ends = turn.begins.isoformat(), turn.ends.isoformat()
        kept += [{"person": one, "from": begins, "until": ends} for one in ids]
    row.name, row.etag = name or row.name, etag
    strangers = [one for one in unknown if one][:_UNKNOWN_KEPT]
    _keep(desk, row, {"turns": kept, "unknown": strangers})


def _keep(desk: Desk, row: Rota, members: dict[str, Any]) -> None:
    """Keep what a rota says, and since when it names nobody who is known here."""
    if not (members.get("people") or members.get("turns")):
        members["nobody_since"] = row.members.get("nobody_since") or desk.now().isoformat()
    row.members, row.read_at = members, desk.now()
    _read(desk, row)


def keep_unchanged(desk: Desk, rota_id: str) -> None:
    """Note that a rota still says what it said."""
    row = desk.books.absences.rota(rota_id)
    if row is not None:
        _read(desk, row)


def note_failure(desk: Desk, rota_id: str, failure: str) -> None:
    """Note that a rota could not be read; the council lead is told once, at the second time."""
    row = desk.books.absences.rota(rota_id)
    if row is None:
        return
    row.failure, row.failures = failure, row.failures + 1
    row.failing_since = row.failing_since or desk.now()
    desk.books.add(row)
    if row.failures == _TELL_AT:
        lanes = tuple(f"person:{lead.id}" for lead in acting_leads(desk))
        channel = desk.books.registry.council().channel
        lanes = lanes or ((channel,) if channel else (outbox.NOBODY,))
        outbox.put(desk, [(lane, RotaTrouble(row.id)) for lane in lanes])


def rotas(desk: Desk) -> tuple[RotaView, ...]:
    """Return how the rotas in use stand."""
    now = desk.now()
    return tuple(
        RotaView(
            row.name,
            row.kind,
            row.checked_at,
            row.failure,
            row.failing_since,
            members(desk, holders(row, now)),
            tuple(str(one) for one in row.members.get("unknown", ())),
        )
        for row in desk.books.absences.rotas_in_use()
    )


def _read(desk: Desk, row: Rota) -> None:
    """Note that a rota was read; who was told that it could not be reads that it can again."""
    failed = bool(row.failure)
    row.checked_at = desk.now()
    row.failure, row.failures, row.failing_since = "", 0, None
    desk.books.add(row)
    told = desk.books.outbox.told([f"rota:{row.id}"]) if failed else ()
    outbox.put(desk, [(lane, RotaTrouble(row.id)) for lane, _, _ in sorted(told)])


def _who(desk: Desk, name: str) -> str:
    """Return the id of the only person here of this e-mail address, handle or name; or nothing."""
    given = name.strip().lower().removeprefix("mailto:").lstrip("@")
    by_handle = desk.books.people.by_handle(given)
    found = desk.books.people.by_email(given) if "@" in given else []
    found = found or ([by_handle] if by_handle else desk.books.people.by_name(given))
    here = [one for one in found if one.left_at is None]
    return here[0].id if len(here) == 1 else ""
