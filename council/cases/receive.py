"""Take deliveries: dedupe, judge, open and close cases; set by set, in one transaction.

Three layers of identity: a delivery is kept as it came, a transition is accepted once, a
condition belongs to at most one open case of its initiative and signal class.
"""

from collections.abc import Iterator, Sequence

from council.cases.intake import Accepted, Intake, Item
from council.cases.judged import Judged
from council.desk import Desk
from council.signal import Delivery, Quarantined, Signal

__all__ = ["Accepted", "Intake", "Item", "receive"]


def receive(desk: Desk, deliveries: Sequence[Delivery]) -> list[Accepted]:
    """Take deliveries in order and return what became of each; one transaction for all.

    A model that no initiative has claimed is accepted without a case and waits for a lead.
    """
    intake = Intake(desk)
    judged = intake.judge(
        [item for each in deliveries for item in each.items if isinstance(item, Signal)]
    )
    intake.load(judged)
    verdicts = iter(judged)
    results = [_take(intake, delivery, verdicts) for delivery in deliveries]
    intake.finish()
    for delivery, result in zip(deliveries, results, strict=True):
        result.joined = desk.joined.get(delivery.correlation, "")
    return results


def _take(intake: Intake, delivery: Delivery, judged: Iterator[Judged]) -> Accepted:
    outcome = Accepted()
    delivery_id = intake.desk.ids.new()
    intake.correlation = delivery.correlation
    for item in delivery.items:
        if isinstance(item, Quarantined):
            outcome.quarantined += 1
            intake.quarantine(delivery_id, item)
            outcome.items.append(Item(item.item_index, "quarantined", None, item.reason))
            continue
        taken = intake.take(next(judged), delivery_id, delivery.integration_id)
        if taken.status == "accepted":
            outcome.accepted += 1
        else:
            outcome.duplicate += 1
        outcome.items.append(taken)
    intake.keep(delivery_id, delivery, outcome)
    intake.close_recovered()
    return outcome
