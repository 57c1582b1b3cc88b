"""Changes that whoever made them may take back for a while: noted here, undone elsewhere."""

from collections.abc import Mapping
from typing import Any

from council.desk import Desk
from council.tables import Change

# In `before`: the ledger's last number when the change was made.
SINCE = "since"


def note(desk: Desk, person_id: str, kind: str, subject: str, before: Mapping[str, Any]) -> None:
    """Note what undoing this change would need; `kind` is that of its ledger entry.

    What the ledger says later than now tells whether somebody has acted on it since, and what the
    same person did after it: so it is noted when everything that belongs to it is written.
    """
    desk.books.add(
        Change(
            id=desk.ids.new(),
            council_id=desk.council_id,
            person_id=person_id,
            kind=kind,
            subject=subject,
            before={**before, SINCE: desk.books.ledger.head()[0]},
            at=desk.now(),
        )
    )
