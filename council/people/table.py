"""People from a table: read and checked first, then added or updated."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from council import calendar, ledger
from council.desk import Desk
from council.errors import Invalid
from council.people import preferences
from council.people.known import add, link

HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
PLATFORMS = ("slack", "teams")
IMPORT_COLUMNS = ("handle", "name", "email", "timezone", "slack_id", "teams_id")

Cells = Mapping[str, str]


def read_table(text: str) -> list[tuple[int, Cells]]:
    """Return (line, cells) of a table with the header of IMPORT_COLUMNS, checked.

    Raises Invalid with the line and column of the first cell that does not fit.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    header = tuple(name.strip() for name in reader.fieldnames or ())
    missing = [name for name in IMPORT_COLUMNS[:2] if name not in header]
    unknown = [name for name in header if name not in IMPORT_COLUMNS]
    if missing or unknown:
        raise Invalid("header", ",".join(missing or unknown), "header", IMPORT_COLUMNS)
    rows: list[tuple[int, Cells]] = []
    for row in reader:
        cells = {name.strip(): (value or "").strip() for name, value in row.items() if name}
        if any(cells.values()):
            cells["handle"] = cells["handle"].lstrip("@").lower()
            _check_row(reader.line_num, cells)
            rows.append((reader.line_num, cells))
    return rows


def _check_row(line: int, cells: Cells) -> None:
    if not HANDLE.fullmatch(cells["handle"]):
        raise Invalid(f"line {line}, handle", cells["handle"], "handle")
    if not cells["name"]:
        raise Invalid(f"line {line}, name", "", "empty")
    zone = cells.get("timezone", "")
    if zone and not calendar.is_zone(zone):
        raise Invalid(f"line {line}, timezone", zone, "timezone")


def import_rows(desk: Desk, rows: Sequence[tuple[int, Cells]]) -> tuple[int, int]:
    """Add or update people, and return (new, changed).

    Raises Invalid (`taken`) if a platform's id belongs to somebody else; nothing is kept then.
    """
    new = changed = 0
    for line, cells in rows:
        added, touched = _import_row(desk, line, cells)
        new, changed = new + added, changed + touched
    return new, changed


def import_csv(desk: Desk, text: str) -> tuple[int, int]:
    """Add or update people from a small table at once; see `read_table` and `import_rows`."""
    return import_rows(desk, read_table(text))


def _import_row(desk: Desk, line: int, cells: Cells) -> tuple[int, int]:
    handle, zone = cells["handle"], cells.get("timezone", "")
    person = desk.books.people.by_handle(handle)
    fresh = person is None
    if person is None:
        person = add(desk, handle, cells["name"], cells.get("email", ""), zone)
    before, hours = person.model_dump(), preferences.of(desk, person.id).hours
    person.name = cells["name"]
    person.email = cells.get("email", "") or person.email
    person.timezone = zone or person.timezone
    person.left_at = None  # whoever is in the table is here
    linked = False
    for platform in PLATFORMS:
        if external := cells.get(f"{platform}_id", ""):
            linked = link(desk, person, platform, external, line) or linked
    touched = not fresh and (linked or person.model_dump() != before)
    desk.books.add(person)
    preferences.moved(desk, person.id, hours)
    if touched:
        ledger.append(desk, [ledger.Entry("person.changed", "shell", f"person:{person.id}")])
    return int(fresh), int(touched)
