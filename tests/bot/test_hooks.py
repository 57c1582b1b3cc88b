"""Captured requests of Alertmanager and Prometheus, through the hook: counts, and what follows."""

from collections.abc import Sequence

import pytest

from council import integrations
from council.desk import Desk
from tests.bot.served import Service, add_secret, serving
from tests.builders import SAMPLES
from tests.fakes import START

Counts = tuple[int, int, int]  # accepted, duplicate, quarantined
State = tuple[str, int, int]  # of the one case: status, firing, recovered
Step = tuple[str, Counts, State | None]

SEQUENCES: dict[str, Sequence[Step]] = {
    "plain": (
        ("alertmanager-firing", (2, 0, 0), ("open", 2, 0)),
        ("alertmanager-grouped", (1, 2, 0), ("open", 3, 0)),
        ("alertmanager-repeated", (0, 3, 0), ("open", 3, 0)),
        ("alertmanager-partially-resolved", (1, 2, 0), ("open", 2, 1)),
        ("alertmanager-resolved", (2, 0, 0), ("resolved", 0, 3)),
    ),
    "0.33": (
        ("alertmanager-0.33-firing-custom-headers", (2, 0, 0), ("open", 2, 0)),
        ("alertmanager-0.33-new-alerts-added", (1, 2, 0), ("open", 3, 0)),
        ("alertmanager-0.33-repeat-interval-elapsed", (0, 3, 0), ("open", 3, 0)),
        ("alertmanager-0.33-some-alerts-resolved", (1, 2, 0), ("open", 2, 1)),
        ("alertmanager-0.33-all-alerts-resolved", (2, 0, 0), ("resolved", 0, 3)),
    ),
    "a retry": (
        ("alertmanager-retry-attempt-1", (2, 0, 0), ("open", 2, 0)),
        ("alertmanager-retry-attempt-4", (0, 2, 0), ("open", 2, 0)),
    ),
    "basic": (
        ("alertmanager-firing-basic-auth", (2, 0, 0), ("open", 2, 0)),
        ("alertmanager-resolved-basic-auth", (2, 0, 0), ("resolved", 0, 2)),
    ),
    "bearer": (("alertmanager-firing-bearer", (2, 0, 0), ("open", 2, 0)),),
    "truncated": (("alertmanager-truncated", (2, 0, 0), ("open", 2, 0)),),
    "redirected": (("alertmanager-redirected-307", (2, 0, 0), ("open", 2, 0)),),
    "prometheus features": (
        ("prometheus-feature-drift-firing", (2, 0, 0), ("open", 2, 0)),
        ("prometheus-feature-drift-repeated", (0, 2, 0), ("open", 2, 0)),
        ("prometheus-feature-drift-resolved", (2, 0, 0), ("resolved", 0, 2)),
    ),
    "prometheus data set": (
        ("prometheus-dataset-drift-firing", (1, 0, 0), ("open", 1, 0)),
        ("prometheus-dataset-drift-resolved", (1, 0, 0), ("resolved", 0, 1)),
    ),
}
# What each file calls for when nothing came before it: a lone recovery opens nothing.
ALONE: dict[str, tuple[Counts, State | None]] = {
    "alertmanager-0.33-all-alerts-resolved": ((2, 0, 0), None),
    "alertmanager-0.33-firing-custom-headers": ((2, 0, 0), ("open", 2, 0)),
    "alertmanager-0.33-new-alerts-added": ((3, 0, 0), ("open", 3, 0)),
    "alertmanager-0.33-repeat-interval-elapsed": ((3, 0, 0), ("open", 3, 0)),
    "alertmanager-0.33-some-alerts-resolved": ((3, 0, 0), ("open", 2, 0)),
    "alertmanager-firing": ((2, 0, 0), ("open", 2, 0)),
    "alertmanager-firing-basic-auth": ((2, 0, 0), ("open", 2, 0)),
    "alertmanager-firing-bearer": ((2, 0, 0), ("open", 2, 0)),
    "alertmanager-grouped": ((3, 0, 0), ("open", 3, 0)),
    "alertmanager-partially-resolved": ((3, 0, 0), ("open", 2, 0)),
    "alertmanager-redirected-307": ((2, 0, 0), ("open", 2, 0)),
    "alertmanager-repeated": ((3, 0, 0), ("open", 3, 0)),
    "alertmanager-resolved": ((2, 0, 0), None),
    "alertmanager-resolved-basic-auth": ((2, 0, 0), None),
    "alertmanager-retry-attempt-1": ((2, 0, 0), ("open", 2, 0)),
    "alertmanager-retry-attempt-4": ((2, 0, 0), ("open", 2, 0)),
    "alertmanager-truncated": ((2, 0, 0), ("open", 2, 0)),
    "prometheus-dataset-drift-firing": ((1, 0, 0), ("open", 1, 0)),
    "prometheus-dataset-drift-resolved": ((1, 0, 0), None),
    "prometheus-feature-drift-firing": ((2, 0, 0), ("open", 2, 0)),
    "prometheus-feature-drift-repeated": ((2, 0, 0), ("open", 2, 0)),
    "prometheus-feature-drift-resolved": ((2, 0, 0), None),
}


def let_in(desk: Desk) -> None:
    """Make the sender `council`, with the secrets that the captured requests carry."""
    integrations.add(desk, "shell", "alertmanager", "council")
    add_secret(desk, "council", "tok-123")
    add_secret(desk, "council", "s3cret-basic")
    add_secret(desk, "council", "")


async def sent(service: Service, name: str) -> tuple[Counts, State | None]:
    """Post a file; return the counts and how the one case stands then."""
    # Files without credentials of their own go to a sender whose secret the test knows.
    answer = await service.post_sample(name, sender_of(name))
    assert answer.status_code == 202, answer.text
    told = answer.json()
    cases = await service.listed("cases")
    assert len(cases) <= 1
    held = [
        (case["status"], case["conditions"]["firing"], case["conditions"]["recovered"])
        for case in cases
    ]
    return (
        (told["accepted"], told["duplicate"], told["quarantined"]),
        held[0] if held else None,
    )


def sender_of(name: str) -> str:
    own = ("0.33", "basic-auth", "bearer")
    return "council" if any(part in name for part in own) else "monitor"


@pytest.mark.parametrize("steps", SEQUENCES.values(), ids=SEQUENCES)
async def test_a_sequence_is_counted_and_its_case_goes_along(
    database_url: str, steps: Sequence[Step]
) -> None:
    async with serving(database_url) as service:
        await service.do(let_in)
        found = [(name, *(await sent(service, name))) for name, _, _ in steps]
    assert found == list(steps)


@pytest.mark.parametrize("name", ALONE)
async def test_a_file_alone_is_counted_and_opens_at_most_one_case(
    sqlite_url: str, name: str
) -> None:
    async with serving(sqlite_url) as service:
        await service.do(let_in)
        assert await sent(service, name) == ALONE[name]


def test_no_captured_file_is_left_out() -> None:
    there = {path.stem for path in (SAMPLES / "monitoring").glob("*.json")}
    wanted = {name for name in there if name.startswith(("alertmanager-", "prometheus-"))}
    assert set(ALONE) == wanted - {"alertmanager-0.33-custom-payload"}


async def test_the_same_alerts_through_another_sender_are_conditions_of_their_own(
    sqlite_url: str,
) -> None:
    async with serving(sqlite_url) as service:
        await service.do(let_in)
        await sent(service, "alertmanager-firing")
        assert await sent(service, "alertmanager-firing-bearer") == ((2, 0, 0), ("open", 4, 0))


async def test_each_item_says_what_became_of_it_and_names_its_case(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.post_sample("alertmanager-firing")
        told = (await service.post_sample("alertmanager-partially-resolved")).json()
    assert [(item["index"], item["status"], item["case"]) for item in told["items"]] == [
        (0, "duplicate", "C-1"),
        (1, "accepted", "C-1"),
        (2, "accepted", "C-1"),
    ]


async def test_everything_accepted_is_listed_once_under_signals(database_url: str) -> None:
    async with serving(database_url) as service:
        for name, _, _ in SEQUENCES["plain"]:
            await service.post_sample(name)
        signals = await service.listed("signals")
    assert len({signal["dedup_key"] for signal in signals}) == len(signals) == 6


async def test_a_recovery_shows_the_last_bad_value_as_one_that_was(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.post_sample("prometheus-dataset-drift-firing")
        await service.post_sample("prometheus-dataset-drift-resolved")
        told = await service.say("mei", "case C-1")
    assert "was 0.67" in told["text"]


async def test_an_integrations_metric_map_gives_the_class(sqlite_url: str) -> None:
    def mapped(desk: Desk) -> str:
        classes = {"drifted_columns_share": "data_quality"}
        return integrations.add(desk, "shell", "alertmanager", "mapped", classes)

    async with serving(sqlite_url) as service:
        service.secrets["mapped"] = await service.do(mapped)
        await service.post_sample("prometheus-dataset-drift-firing", "mapped")
        [case] = await service.listed("cases")
    assert case["signal_class"] == "data_quality"


# ── a storm ──────────────────────────────────────────────────────────────────────────────────────


def a_storm(size: int) -> dict[str, object]:
    """Make one request of many alerts, each worse than the one before."""
    alerts = [
        {
            "status": "firing",
            "labels": {"alertname": "Drift", "model": "churn", "feature": f"f{number:03d}"},
            "annotations": {"value": str(1 + number), "threshold": "1"},
            "startsAt": START.isoformat(),
        }
        for number in range(size)
    ]
    return {"alerts": alerts}


async def test_two_hundred_alerts_in_one_request_are_all_accepted(database_url: str) -> None:
    async with serving(database_url) as service:
        told = (await service.post(a_storm(200))).json()
    assert (told["accepted"], {item["case"] for item in told["items"]}) == (200, {"C-1"})


async def test_two_hundred_alerts_in_one_request_make_one_card(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.post(a_storm(200))
        await service.drain()
        assert len(service.chat.cards("council")) == 1


async def test_the_card_of_a_storm_shows_the_worst_five_and_counts_the_rest(
    database_url: str,
) -> None:
    async with serving(database_url) as service:
        await service.post(a_storm(200))
        told = await service.say("mei", "case C-1")
    shown = [f"f{number:03d}" for number in range(200) if f"f{number:03d}" in told["text"]]
    assert shown == ["f195", "f196", "f197", "f198", "f199"]
    assert "195 more" in told["text"]


async def test_more_alerts_than_are_read_are_kept_for_the_operator(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        told = (await service.post(a_storm(1_001))).json()
    assert (told["accepted"], told["quarantined"]) == (1_000, 1)
