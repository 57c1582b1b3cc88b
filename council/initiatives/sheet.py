"""A table of initiatives, read and checked before anything is written; every fault at once."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from council.errors import Faults, Invalid
from council.initiatives.opening import KEY, TIERS, conversation
from council.people import LEAD_ROLE
from council.playbook import DEFAULT_PLAYBOOK, Library, Playbook, UnknownName

COLUMNS = ("key", "name", "playbook", "phase", "tier", "models", "channel", "private")
_NEEDED = COLUMNS[:2]
_SEVERAL = re.compile(r"[\s;|]+")
_YES = frozenset({"yes", "y", "true", "1", "x", "private"})
_NO = frozenset({"no", "n", "false", "0", "", "public"})
_MOST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """An initiative as a table has it; what is empty, or None, is left as it is.

    `roles` maps a role's id to handles. `line` is where it stands.
    """

    line: int
    key: str
    name: str
    playbook: str = ""
    phase: str = ""
    tier: int | None = None
    models: tuple[str, ...] = ()
    channel: str = ""
    private: bool | None = None
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """How many rows of the database it may write."""
        return 3 + len(self.models) + 2 * sum(len(each) for each in self.roles.values())


def read_sheet(text: str, library: Library, handles: Collection[str]) -> list[Row]:
    """Return the rows of a table; raises Faults with all that does not fit, each with its line."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    columns = [(name or "").strip() for name in reader.fieldnames or ()]
    sheet = _Sheet(library, frozenset(handles))
    roles = sheet.header(columns)
    rows = []
    for record in reader:
        cells = {
            (name or "").strip(): value.strip()
            for name, value in record.items()
            if isinstance(value, str)
        }
        if any(cells.values()):
            rows.append(sheet.row(reader.line_num, cells, roles))
        if None in record:
            sheet.fault(reader.line_num, "cells", "", "too_many_cells")
    sheet.repeated(rows)
    if sheet.faults:
        raise Faults(tuple(sheet.faults))
    return rows


class _Sheet:
    """What the cells of one table are checked against, and what was wrong so far."""

    def __init__(self, library: Library, handles: frozenset[str]) -> None:
        self.library = library
        self.handles = handles
        self.faults: list[Invalid] = []

    def fault(
        self, line: int, column: str, given: str, why: str, allowed: tuple[str, ...] = ()
    ) -> None:
        """Note what does not fit."""
        self.faults.append(Invalid(f"line {line}, {column}", given, why, allowed))

    def header(self, columns: list[str]) -> list[str]:
        """Return the columns that are roles; a column that is nothing is noted."""
        missing = [name for name in _NEEDED if name not in columns]
        if missing:
            self.fault(1, "header", ", ".join(missing), "missing_column", COLUMNS)
        for name in {each for each in columns if columns.count(each) > 1}:
            self.fault(1, "header", name, "twice")
        roles = [name for name in columns if name not in COLUMNS]
        for name in roles:
            near = self._no_role(name)
            if near is not None:
                self.fault(1, "header", name, "no_column", near)
        return roles

    def _no_role(self, name: str) -> tuple[str, ...] | None:
        """Return what is near a name that is no role in any playbook; None if it is one."""
        near: dict[str, None] = {}
        for playbook in self.library.playbooks:
            try:
                playbook.find_role(name)
            except UnknownName as error:
                near |= dict.fromkeys(error.nearest)
            else:
                return None
        return tuple(near)[:_MOST]

    def row(self, line: int, cells: Mapping[str, str], roles: Iterable[str]) -> Row:
        """Return a row as far as it fits."""
        key = cells.get("key", "").lower()
        if not KEY.fullmatch(key):
            self.fault(line, "key", cells.get("key", ""), "key" if key else "empty")
        if not cells.get("name"):
            self.fault(line, "name", "", "empty")
        playbook = self._playbook(line, cells.get("playbook", ""))
        return Row(
            line,
            key,
            cells.get("name", ""),
            playbook.id if playbook and cells.get("playbook") else "",
            self._phase(line, playbook, cells.get("phase", "")),
            self._tier(line, cells.get("tier", "")),
            _several(cells.get("models", "")),
            conversation(cells.get("channel", "")),
            self._private(line, cells.get("private")),
            self._roles(line, playbook, {name: cells[name] for name in roles if cells.get(name)}),
        )

    def _playbook(self, line: int, given: str) -> Playbook | None:
        try:
            return self.library.get(given or DEFAULT_PLAYBOOK)
        except UnknownName as error:
            self.fault(line, "playbook", given, "unknown", error.nearest)
            return None

    def _phase(self, line: int, playbook: Playbook | None, given: str) -> str:
        if not given or playbook is None:
            return ""
        try:
            return playbook.find_phase(given)
        except UnknownName as error:
            self.fault(line, "phase", given, "unknown", error.nearest)
            return ""

    def _tier(self, line: int, given: str) -> int | None:
        if given and given not in map(str, TIERS):
            self.fault(line, "tier", given, "not_one_of", tuple(map(str, TIERS)))
            return None
        return int(given) if given else None

    def _private(self, line: int, given: str | None) -> bool | None:
        said = (given or "").lower()
        if said not in _YES | _NO:
            self.fault(line, "private", given or "", "not_one_of", ("yes", "no"))
        return (said in _YES) if given else None

    def _roles(
        self, line: int, playbook: Playbook | None, cells: Mapping[str, str]
    ) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, cell in cells.items():
            handles = tuple(each.lstrip("@").lower() for each in _several(cell))
            for handle in handles:
                if handle not in self.handles:
                    near = get_close_matches(handle, self.handles, n=_MOST, cutoff=0.5)
                    self.fault(line, name, handle, "unknown", tuple(near))
            try:
                role = playbook.find_role(name) if playbook else LEAD_ROLE
            except UnknownName:
                title = playbook.title if playbook else ""
                self.fault(line, name, cell, "no_such_role", (title,))
                continue
            if playbook and role == LEAD_ROLE:
                self.fault(line, name, cell, "council_wide")
                continue
            found[role] = tuple(dict.fromkeys((*found.get(role, ()), *handles)))
        return found

    def repeated(self, rows: Iterable[Row]) -> None:
        """Note keys and models that stand in more than one row."""
        keys: dict[str, int] = {}
        models: dict[str, int] = {}
        for row in rows:
            if row.key in keys:
                self.fault(row.line, "key", row.key, "twice_at", (str(keys[row.key]),))
            keys.setdefault(row.key, row.line)
            for model in row.models:
                if model in models:
                    self.fault(row.line, "models", model, "twice_at", (str(models[model]),))
                models.setdefault(model, row.line)


def _several(cell: str) -> tuple[str, ...]:
    """Return what stands in a cell that may hold several, each once."""
    return tuple(dict.fromkeys(each for each in _SEVERAL.split(cell) if each))
