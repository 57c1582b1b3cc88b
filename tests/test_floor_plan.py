"""Holds the map in docs/ARCHITECTURE.md to the tree, and the tree to its limits."""

import ast
import re
import tomllib
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOUSES = ("bot", "council")
LONGEST = 300
TOO_LONG: frozenset[str] = frozenset()  # leave it empty
TOP = frozenset(
    {
        *("bot", "council", "migrations", "tests", "Dockerfile", "pyproject.toml", "README.md"),
        *(".ci", "docs", "Makefile", "compose.yaml", "LICENSE", "CHANGELOG.md"),
        *("requirements.lock", "requirements-dev.lock", ".git", ".gitignore", ".dockerignore"),
    }
)
ROOM = re.compile(r"(?P<path>[\w./-]+)\s{2,}(?P<purpose>\S.*)")


def the_map() -> list[str]:
    """Return the paths of the fenced block `map`, in order; each line is `path  what it is for`."""
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = re.search(r"^```map\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert block, "docs/ARCHITECTURE.md has no block that begins with ```map"
    lines = [line for line in block[1].splitlines() if line.strip()]
    odd = [line for line in lines if not ROOM.fullmatch(line)]
    assert not odd, f"not of the form `path  what it is for`: {odd}"
    return [line.split()[0] for line in lines]


def modules() -> list[str]:
    """Return every module of the houses."""
    found = (path for house in HOUSES for path in (ROOT / house).rglob("*.py"))
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def on_the_map(module: str) -> str:
    """Return how the map names a module: a package by its folder."""
    return module.removesuffix("__init__.py")


def test_every_module_is_on_the_map() -> None:
    missing = {on_the_map(module) for module in modules()} - set(the_map())
    assert sorted(missing) == []


def test_what_is_on_the_map_is_there() -> None:
    gone = [path for path in the_map() if not (ROOT / path).exists()]
    assert gone == []


def test_the_map_names_a_folder_with_a_slash() -> None:
    odd = [path for path in the_map() if (ROOT / path).is_dir() != path.endswith("/")]
    assert odd == []


def test_nothing_is_on_the_map_twice() -> None:
    twice = [path for path, times in Counter(the_map()).items() if times > 1]
    assert twice == []


def test_every_room_is_on_the_ladder() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(c["layers"] for c in settings["contracts"] if c["type"] == "layers")
    rungs = {room.strip(" ()") for layer in layers for room in layer.split("|")}
    rooms = {".".join(Path(path).with_suffix("").parts[:2]) for path in modules()}
    assert sorted(rooms - rungs - {f"{house}.__init__" for house in HOUSES}) == []


def test_no_module_is_too_long() -> None:
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in modules()}
    long = {path: n for path, n in lengths.items() if n > LONGEST and path not in TOO_LONG}
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    trees = {path: ast.parse((ROOT / path).read_text()) for path in modules()}
    silent = [path for path, tree in trees.items() if not ast.get_docstring(tree)]
    assert silent == []


def test_the_top_level_holds_only_what_the_design_allows() -> None:
    lines = (ROOT / ".gitignore").read_text().splitlines()
    ignored = [line.rstrip("/") for line in lines if line and not line.startswith("#")]
    others = {path.name for path in ROOT.iterdir()} - TOP
    odd = {name for name in others if not any(fnmatch(name, pattern) for pattern in ignored)}
    assert sorted(odd) == []
