"""One round: for each due row of the agenda, call its owner; one transaction per row."""

from collections.abc import Callable, Mapping

from council import agenda, cases
from council.desk import Desk

OWNERS: Mapping[str, Callable[[Desk, str], None]] = {"case.acknowledge": cases.overdue}


def run(desk: Desk, item: agenda.Due) -> bool:
    """Take a due item and do what is due; False if another replica took it first."""
    if not agenda.take(desk, item):
        return False
    OWNERS[item.kind](desk, item.subject)
    return True
