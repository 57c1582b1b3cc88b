"""The links of an initiative or a case, as cards show them."""

from dataclasses import dataclass

from council.desk import Desk


@dataclass(frozen=True, slots=True)
class Linked:
    """One link, as cards show it."""

    label: str
    url: str


def links_of(desk: Desk, subject: str) -> tuple[Linked, ...]:
    """Return the links of a subject such as `initiative:<id>`, oldest first."""
    return tuple(Linked(row.label, row.url) for row in desk.books.everyday.links(subject))
