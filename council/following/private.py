"""What became private is not read any more where everybody could: its old cards say so, once."""

from council import outbox
from council.desk import Desk
from council.notices import Audience, Withdrawn
from council.tables import Initiative

# So many cards at once; what was said before them is long scrolled away.
_MOST = 200
# What is told there is told to programs.
_MACHINES = ("pagerduty:", "page:", "events:")


def withdraw(desk: Desk, initiative: Initiative) -> None:
    """Replace every card on a private initiative that stands in another channel than its own."""
    told = sorted(
        (lane, subject, audience)
        for lane, subject, audience in desk.books.outbox.told(
            desk.books.everyday.subjects_on(initiative.id)
        )
        if lane not in {outbox.NOBODY, initiative.channel}
        and not lane.startswith(("person:", *_MACHINES))
    )
    outbox.put(
        desk,
        [
            (lane, Withdrawn(subject, Audience(audience)))
            for lane, subject, audience in told[-_MOST:]
        ],
    )
