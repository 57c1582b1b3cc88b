"""Load the shipped playbooks and a folder of a council's own; all that is wrong is said at once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from council.playbook import read
from council.playbook.check import check
from council.playbook.names import UnknownName, nearest, plain
from council.playbook.problems import PlaybookError, Problem
from council.playbook.shape import problems_of
from council.playbook.types import DEFAULTS, Playbook

__all__ = [
    "DEFAULT_PLAYBOOK",
    "Library",
    "PlaybookError",
    "Problem",
    "UnknownPlaybook",
    "load_file",
    "load_library",
]

DEFAULT_PLAYBOOK = "lead-support-learn"
_SUFFIXES = (".yaml", ".yml")


class UnknownPlaybook(UnknownName):
    """There is no playbook of this id, or not in this version."""


class Library:
    """All playbooks that may be used: the default one first, then by id and version."""

    def __init__(self, playbooks: Iterable[Playbook]) -> None:
        self.playbooks = tuple(
            sorted(playbooks, key=lambda each: (each.id != DEFAULT_PLAYBOOK, each.id, each.version))
        )
        self._versions = MappingProxyType(
            {(each.id, each.version): each for each in self.playbooks}
        )
        self._newest = MappingProxyType({each.id: each for each in self.playbooks})

    def get(self, playbook_id: str, version: int | None = None) -> Playbook:
        """Return a version of a playbook, by default the newest; raises UnknownPlaybook."""
        if version is not None:
            found = self._versions.get((playbook_id, version))
        else:
            found = self._newest.get(playbook_id)
        return found or self._spelled(playbook_id, version)

    def _spelled(self, given: str, version: int | None) -> Playbook:
        spellings = {plain(each): each for each in self._newest}
        playbook_id = spellings.get(plain(given))
        if playbook_id is None:
            raise UnknownPlaybook("playbook", given, nearest(given, self._newest))
        if version is None:
            return self._newest[playbook_id]
        found = self._versions.get((playbook_id, version))
        if found is None:
            have = (f"{each.id} {each.version}" for each in self.playbooks)
            near = tuple(each for each in have if each.startswith(f"{playbook_id} "))
            raise UnknownPlaybook("playbook", f"{playbook_id} {version}", near)
        return found


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that holds a playbook, or the defaults."""

    file: str
    written: read.Written
    shipped: bool

    @property
    def content(self) -> read.Mapping:
        """What the file holds."""
        return self.written.content

    def marked(self, problem: Problem) -> Problem:
        """Return a problem of this file with the line in which it is."""
        return replace(problem, line=self.written.line(problem.path))


def load_library(extra: Path | None = None) -> Library:
    """Return the shipped playbooks and those of a folder; raises PlaybookError with everything."""
    problems: list[Problem] = []
    sources = [
        *_sources(resources.files("council") / "playbooks", problems, shipped=True),
        *(_sources(extra, problems, shipped=False) if extra else ()),
    ]
    defaults = _take_defaults(sources, problems)
    playbooks = [
        (source, playbook)
        for source in sources
        if (playbook := _playbook(source, defaults, problems))
    ]
    _refuse_twins(playbooks, problems)
    if problems:
        raise PlaybookError(problems)
    return Library(playbook for _, playbook in playbooks)


def load_file(path: Path) -> Playbook:
    """Return the playbook of one file, over the shipped defaults; raises PlaybookError."""
    problems: list[Problem] = []
    shipped = resources.files("council") / "playbooks" / f"{DEFAULTS}.yaml"
    defaults = read.read_mapping(shipped.name, shipped.read_bytes()).content
    source = _Source(path.name, read.read_mapping(path.name, _bytes(path)), shipped=False)
    playbook = _playbook(source, defaults, problems)
    if playbook is None:
        raise PlaybookError(problems)
    return playbook


def _bytes(path: Traversable) -> bytes:
    if isinstance(path, Path) and path.exists() and not path.is_file():
        # Opening a pipe would wait for whoever writes to it.
        raise PlaybookError([Problem(path.name, "", "is not a file")])
    try:
        with path.open("rb") as stream:
            return stream.read(read.LARGEST + 1)
    except OSError as error:
        raise PlaybookError([Problem(path.name, "", error.strerror or "cannot be read")]) from None


def _sources(folder: Traversable, problems: list[Problem], *, shipped: bool) -> list[_Source]:
    try:
        paths = sorted(folder.iterdir(), key=lambda each: each.name)
    except OSError as error:
        what = "no such folder" if not folder.is_dir() else error.strerror or "cannot be read"
        problems.append(Problem(str(folder), "", what))
        return []
    found = []
    for path in paths:
        # Hidden files are those of editors, and of volumes that change all files at once.
        if path.name.endswith(_SUFFIXES) and not path.name.startswith("."):
            try:
                written = read.read_mapping(path.name, _bytes(path))
            except PlaybookError as error:
                problems += error.problems
            else:
                found.append(_Source(path.name, written, shipped))
    return found


def _take_defaults(sources: list[_Source], problems: list[Problem]) -> read.Mapping:
    """Take the defaults out of the sources; only this product ships them."""
    defaults: read.Mapping = {}
    for source in [each for each in sources if each.content.get("id") == DEFAULTS]:
        sources.remove(source)
        if source.shipped:
            defaults = source.content
        else:
            what = f"{DEFAULTS!r} is taken; give the playbook an id of its own"
            problems.append(source.marked(Problem(source.file, "id", what)))
    return defaults


def _playbook(source: _Source, defaults: read.Mapping, problems: list[Problem]) -> Playbook | None:
    content = source.content
    if content.get("extends") == DEFAULTS:
        content = _beneath(_shared(defaults), content)
    try:
        playbook = Playbook.model_validate(content)
    except ValidationError as error:
        problems += map(source.marked, problems_of(source.file, error))
        return None
    found = check(source.file, playbook, shipped=source.shipped)
    problems += map(source.marked, found)
    return None if found else playbook


def _shared(defaults: read.Mapping) -> read.Mapping:
    """Return what the defaults give to a playbook: all but what names them."""
    return {key: value for key, value in defaults.items() if key not in {"schema", "id"}}


def _beneath(lower: read.Mapping, upper: read.Mapping) -> read.Mapping:
    """Lay one mapping beneath another: mappings join, anything else of the upper one replaces."""
    joined = {**lower, **upper}
    for key in lower.keys() & upper.keys():
        below, above = lower[key], upper[key]
        if isinstance(below, dict) and isinstance(above, dict):
            joined[key] = _beneath(below, above)
    return joined


def _refuse_twins(playbooks: list[tuple[_Source, Playbook]], problems: list[Problem]) -> None:
    files: dict[tuple[str, int], str] = {}
    for source, playbook in playbooks:
        key = (playbook.id, playbook.version)
        if key in files:
            what = f"{playbook.id} version {playbook.version} is in {files[key]} already"
            problems.append(source.marked(Problem(source.file, "version", what)))
        files.setdefault(key, source.file)
