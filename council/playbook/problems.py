"""What can be wrong with a playbook's file, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from council.playbook.names import did_you_mean


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: in which file, where in it, and the nearest valid names.

    `line` is that of the part at `path`; 0 where `path` itself tells the line, or nothing does.
    """

    file: str
    path: str
    what: str
    nearest: tuple[str, ...] = ()
    line: int = 0

    def __str__(self) -> str:
        file = f"{self.file}, line {self.line}" if self.line else self.file
        where = f"{file}: {self.path}" if self.path else file
        return f"{where}: {self.what}{did_you_mean(self.nearest)}"


class PlaybookError(Exception):
    """Playbooks cannot be used; holds everything that is wrong with them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def dotted(path: Iterable[str | int]) -> str:
    """Return a path as people write it: `phases.development.lead[1]`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")
