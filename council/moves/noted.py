"""What was still open when a stay ended, as the ledger noted it then."""

from council.desk import Desk


def left_open(desk: Desk, initiative_id: str, number: int) -> tuple[str, ...]:
    """Return what was open when a stay (its number) was left: `item:exit:o1`, `handoff:H-2`."""
    found: tuple[str, ...] = ()
    for link in desk.books.ledger.of_kind(f"initiative:{initiative_id}", "phase.left"):
        if link.facts.get("visit") == number:  # a move that was taken back leaves one more behind
            found = tuple(link.facts.get("open", ()))
    return found
