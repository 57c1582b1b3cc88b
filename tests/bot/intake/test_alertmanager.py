"""Alertmanager bodies: what each alert becomes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypedDict, Unpack

import pytest

from bot.intake.body import parse_json
from bot.intake.native import alertmanager
from council.signal import Link, Loudness, Quarantined, Signal, Status

SAMPLES = Path(__file__).parents[2] / "samples" / "monitoring"
NOW = datetime(2026, 11, 21, 3, 12, tzinfo=UTC)
LABELS = {
    "alertname": "FeatureDriftHigh",
    "feature": "age",
    "metric": "psi",
    "model": "churn",
    "model_version": "7",
    "severity": "warning",
}
ANNOTATIONS = {"summary": "PSI of age on churn v7 is 0.31", "threshold": "0.2", "value": "0.31"}
ALERT: dict[str, Any] = {
    "status": "firing",
    "labels": LABELS,
    "annotations": ANNOTATIONS,
    "startsAt": "2026-11-21T03:09:03.792229Z",
    "endsAt": "0001-01-01T00:00:00Z",
    "generatorURL": "http://prom.example.com/graph?g0.tab=1",
    "fingerprint": "97cfeb56553f92e4",
}
ENDED = ALERT | {"status": "resolved", "endsAt": "2026-11-21T03:09:34.811416Z"}


class How(TypedDict, total=False):
    """What an integration may set."""

    metric_classes: Mapping[str, str]
    settings: Mapping[str, object]
    received_at: datetime


def read(payload: object, **how: Unpack[How]) -> tuple[tuple[Signal | Quarantined, ...], int]:
    defaults: How = {"metric_classes": {}, "settings": {}, "received_at": NOW}
    return alertmanager(payload, integration_id="i-1", **(defaults | how))


def items(payload: object, **how: Unpack[How]) -> tuple[Signal | Quarantined, ...]:
    return read(payload, **how)[0]


def signal(alert: dict[str, Any], **how: Unpack[How]) -> Signal:
    (item,) = items({"alerts": [alert]}, **how)
    assert isinstance(item, Signal), item
    return item


def labelled(labels: dict[str, object], **how: Unpack[How]) -> Signal:
    return signal(ALERT | {"labels": LABELS | labels}, **how)


def annotated(annotations: dict[str, object], **how: Unpack[How]) -> Signal:
    return signal(ALERT | {"annotations": ANNOTATIONS | annotations}, **how)


def without(name: str) -> dict[str, Any]:
    return ALERT | {"labels": {key: value for key, value in LABELS.items() if key != name}}


def refused(alert: object) -> str:
    (item,) = items({"alerts": [alert]})
    assert isinstance(item, Quarantined)
    return item.reason


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def sampled(name: str) -> list[Signal]:
    found = items(parse_json(sample(name)["body_raw"].encode()))
    return [item for item in found if isinstance(item, Signal)]


# ── samples ──────────────────────────────────────────────────────────────────────────────────────

AM = "alertmanager"
STATES = {
    f"{AM}-0.33-all-alerts-resolved": "age:resolved tenure:resolved",
    f"{AM}-0.33-custom-payload": "age:firing income:firing",
    f"{AM}-0.33-firing-custom-headers": "age:firing income:firing",
    f"{AM}-0.33-new-alerts-added": "age:firing income:firing tenure:firing",
    f"{AM}-0.33-repeat-interval-elapsed": "age:firing income:firing tenure:firing",
    f"{AM}-0.33-some-alerts-resolved": "age:firing income:resolved tenure:firing",
    f"{AM}-firing": "age:firing income:firing",
    f"{AM}-firing-basic-auth": "age:firing income:firing",
    f"{AM}-firing-bearer": "age:firing income:firing",
    f"{AM}-grouped": "age:firing income:firing tenure:firing",
    f"{AM}-partially-resolved": "age:firing income:resolved tenure:firing",
    f"{AM}-redirected-307": "age:firing income:firing",
    f"{AM}-repeated": "age:firing income:firing tenure:firing",
    f"{AM}-resolved": "age:resolved tenure:resolved",
    f"{AM}-resolved-basic-auth": "age:resolved income:resolved",
    f"{AM}-retry-attempt-1": "age:firing income:firing",
    f"{AM}-retry-attempt-4": "age:firing income:firing",
    f"{AM}-truncated": "f0:firing f1:firing",
    "prometheus-dataset-drift-firing": ":firing",
    "prometheus-dataset-drift-resolved": ":resolved",
    "prometheus-feature-drift-firing": "age:firing income:firing",
    "prometheus-feature-drift-repeated": "age:firing income:firing",
    "prometheus-feature-drift-resolved": "age:resolved income:resolved",
}
VALUES = {
    f"{AM}-firing": [0.31, 0.31],
    f"{AM}-0.33-custom-payload": [0.31, 0.31],
    "prometheus-dataset-drift-firing": [0.67],
    "prometheus-feature-drift-firing": [0.9469579994481634, 0.3515714425512],
    "prometheus-feature-drift-resolved": [0.9396613138585699, 0.3358090926192095],
}


def test_every_sample_is_expected() -> None:
    there = {path.stem for kind in (AM, "prometheus") for path in SAMPLES.glob(f"{kind}-*.json")}
    assert there == set(STATES)


@pytest.mark.parametrize("name", STATES)
def test_a_sample_gives_the_features_and_states_it_holds(name: str) -> None:
    found = " ".join(f"{item.feature}:{item.status}" for item in sampled(name))
    assert found == STATES[name]


@pytest.mark.parametrize("name", STATES)
def test_a_sample_is_about_data_drift_of_churn_seven(name: str) -> None:
    about = {(item.signal_class, item.model_name, item.model_version) for item in sampled(name)}
    assert about == {("data_drift", "churn", "7")}


@pytest.mark.parametrize("name", [name for name in STATES if not name.endswith("custom-payload")])
def test_a_sample_of_the_default_payload_warns_of_nothing(name: str) -> None:
    assert [item.warnings for item in sampled(name) if item.warnings] == []


@pytest.mark.parametrize("name", STATES)
def test_a_sample_keeps_the_times_it_holds(name: str) -> None:
    alerts = sample(name)["body"]["alerts"]
    assert [item.started_at for item in sampled(name)] == [
        datetime.fromisoformat(alert["startsAt"]) for alert in alerts
    ]


@pytest.mark.parametrize("name", VALUES)
def test_a_sample_gives_the_values_it_holds(name: str) -> None:
    assert [item.value for item in sampled(name)] == VALUES[name]


def test_a_custom_payload_is_noted_for_its_changed_types() -> None:
    assert {item.warnings for item in sampled(f"{AM}-0.33-custom-payload")} == {("type_coerced",)}


def test_the_links_of_a_sample_are_kept_by_kind() -> None:
    kinds = [link.rel for link in sampled("prometheus-feature-drift-firing")[0].links]
    assert kinds == ["source", "dashboard", "runbook"]


def test_a_recovery_has_the_condition_and_episode_of_its_firing() -> None:
    firing = sampled("prometheus-feature-drift-firing")
    resolved = sampled("prometheus-feature-drift-resolved")
    assert [(item.condition_key, item.episode) for item in resolved] == [
        (item.condition_key, item.episode) for item in firing
    ]


def test_a_repeat_reads_the_same() -> None:
    assert sampled(f"{AM}-repeated") == sampled(f"{AM}-grouped")


def test_alerts_that_the_sender_left_out_are_counted() -> None:
    body = sample(f"{AM}-truncated")["body"]
    assert read(body)[1] == 3


# ── quarantine ───────────────────────────────────────────────────────────────────────────────────


def test_a_bad_alert_stops_no_other() -> None:
    found = items({"alerts": [ALERT, 7, ALERT]})
    assert [type(item) for item in found] == [Signal, Quarantined, Signal]


def test_items_know_their_place() -> None:
    found = items({"alerts": [ALERT, 7, ALERT]})
    assert [item.item_index for item in found] == [0, 1, 2]


@pytest.mark.parametrize(
    ("alert", "reason"),
    [
        (7, "not_an_object"),
        (ALERT | {"status": "pending"}, "status_unknown"),
        (ALERT | {"status": ["firing"]}, "status_unknown"),
        ({"labels": LABELS}, "status_unknown"),
        ({"status": "firing"}, "labels_unreadable"),
        (ALERT | {"labels": ["model"]}, "labels_unreadable"),
        (ALERT | {"labels": {"model": {"name": "churn"}}}, "labels_unreadable"),
        (ALERT | {"startsAt": "2026-11-22T03:12:00.000001Z"}, "from_the_future"),
        (ENDED | {"endsAt": "2026-11-22T03:12:00.000001Z"}, "from_the_future"),
    ],
)
def test_an_alert_that_cannot_be_read_is_quarantined(alert: object, reason: str) -> None:
    assert refused(alert) == reason


@pytest.mark.parametrize("payload", [None, [], {}, {"alerts": None}, {"alerts": {"status": 1}}])
def test_a_body_without_alerts_is_quarantined_whole(payload: object) -> None:
    assert [item.reason for item in items(payload) if isinstance(item, Quarantined)] == [
        "no_alerts"
    ]


def test_a_body_of_no_alerts_gives_no_items() -> None:
    assert items({"alerts": []}) == ()


def test_the_excerpt_is_the_start_of_the_item() -> None:
    (item,) = items({"alerts": [{"status": "é" * 5_000}]})
    assert item == Quarantined(0, "status_unknown", '{"status": "' + "é" * 1_988)


def test_alerts_beyond_a_thousand_are_quarantined() -> None:
    found = items({"alerts": [ALERT] * 1_003})
    reasons = [item.reason for item in found if isinstance(item, Quarantined)]
    assert reasons == ["too_many_items"] * 3


def test_an_alert_up_to_a_day_ahead_is_read() -> None:
    assert signal(ALERT | {"startsAt": "2026-11-22T03:12:00Z"}).started_at > NOW


# ── where facts are found ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("labels", "field", "found"),
    [
        ({"model": "a", "model_name": "b", "model.name": "c"}, "model_name", "a"),
        ({"model": "", "model_name": "b", "model.name": "c"}, "model_name", "b"),
        ({"model": "", "model.name": "c"}, "model_name", "c"),
        ({"model_version": "", "version": "1.10"}, "model_version", "1.10"),
        ({"feature": "", "feature_name": "b", "column": "c"}, "feature", "b"),
        ({"feature": "", "column": "c"}, "feature", "c"),
        ({"environment": "prod", "env": "live"}, "environment", "prod"),
        ({"env": "live"}, "environment", "live"),
        ({"segment": "DE"}, "segment", "DE"),
        ({"metric": "ks"}, "metric_name", "ks"),
        ({"metric": ""}, "metric_name", "FeatureDriftHigh"),
    ],
)
def test_facts_are_found_in_this_order(labels: dict[str, object], field: str, found: str) -> None:
    assert getattr(labelled(labels), field) == found


def test_an_integration_may_look_elsewhere() -> None:
    settings = {"labels": {"model": ["ml_model", "model"]}}
    assert labelled({"ml_model": "late-order"}, settings=settings).model_name == "late-order"


def test_settings_of_the_wrong_shape_change_nothing() -> None:
    settings = {"labels": ["model"], "key_labels": 7}
    assert signal(ALERT, settings=settings) == signal(ALERT)


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ({"signal_class": "accuracy"}, "accuracy"),
        ({"signal_class": "", "metric": "psi"}, "data_quality"),
        ({"signal_class": "wrong"}, "data_quality"),
        ({"metric": "unheard_of"}, "data_drift"),
    ],
)
def test_the_class_is_said_or_mapped_or_data_drift(labels: dict[str, object], found: str) -> None:
    assert labelled(labels, metric_classes={"psi": "data_quality"}).signal_class == found


def test_an_unknown_class_is_noted() -> None:
    assert labelled({"signal_class": "wrong"}).warnings == ("signal_class_unknown",)


@pytest.mark.parametrize(
    ("word", "loudness"),
    [
        ("critical", Loudness.CRITICAL),
        ("FATAL", Loudness.CRITICAL),
        ("page", Loudness.CRITICAL),
        ("P1", Loudness.CRITICAL),
        ("Sev0", Loudness.CRITICAL),
        ("error", Loudness.ERROR),
        ("high", Loudness.ERROR),
        ("Sev2", Loudness.ERROR),
        ("warning", Loudness.WARNING),
        ("P3", Loudness.WARNING),
        ("low", Loudness.INFO),
        ("P5", Loudness.INFO),
        ("", Loudness.UNKNOWN),
        ("ticket", Loudness.UNKNOWN),
    ],
)
def test_severities_are_brought_to_five_words(word: str, loudness: Loudness) -> None:
    assert labelled({"severity": word}).loudness is loudness


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0.31", 0.31),
        ("-5e-51", -5e-51),
        ("+7", 7.0),
        (".5", 0.5),
        ("5.", 5.0),
        (" 0.31\n", 0.31),
        (0.25, 0.25),
        (3, 3.0),
    ],
)
def test_a_plain_number_is_read(raw: object, value: float) -> None:
    assert annotated({"value": raw}).value == value


NO_NUMBERS = ["NaN", "+Inf", "-Infinity", "< 0.05", "<0.05", "0,31", "1_000", "0x10", "1e999"]


@pytest.mark.parametrize("raw", NO_NUMBERS)
def test_what_is_no_plain_number_is_no_value(raw: str) -> None:
    found = annotated({"value": raw})
    assert (found.value, found.value_raw) == (None, raw)


@pytest.mark.parametrize("raw", NO_NUMBERS)
def test_what_is_no_plain_number_is_noted(raw: str) -> None:
    assert annotated({"threshold": raw}).warnings == ("value_not_numeric",)


@pytest.mark.parametrize("raw", [True, False])
def test_a_boolean_is_no_number(raw: object) -> None:
    assert annotated({"value": raw}).value is None


def test_a_missing_value_is_nothing_to_note() -> None:
    found = signal(ALERT | {"annotations": {}})
    assert (found.value, found.threshold, found.warnings) == (None, None, ())


def test_a_value_may_stand_in_a_label() -> None:
    assert signal(ALERT | {"labels": LABELS | {"value": "7"}, "annotations": {}}).value == 7.0


def test_a_raw_value_is_cut_at_256_characters() -> None:
    assert len(annotated({"value": "x" * 300}).value_raw) == 256


@pytest.mark.parametrize(
    ("word", "comparison"),
    [("lt", "lt"), ("outside", "outside"), (">=", "ge"), ("", "gt"), ("about", "gt")],
)
def test_the_comparison_is_greater_than_if_not_said(word: str, comparison: str) -> None:
    assert annotated({"comparison": word}).comparison == comparison


def test_an_unknown_comparison_is_noted() -> None:
    assert annotated({"comparison": "about"}).warnings == ("comparison_unknown",)


@pytest.mark.parametrize(
    ("raw", "read"),
    [("4200", 4200), ("4.2e+03", 4200), (500, 500), ("0.5", None), ("-1", None), ("", None)],
)
def test_samples_are_whole_numbers(raw: object, read: int | None) -> None:
    assert annotated({"n_reference": raw}).n_reference == read


def test_the_sample_count_is_that_of_the_current_side() -> None:
    assert annotated({"sample_count": "3900"}).n_current == 3900


def test_more_samples_than_a_database_counts_are_cut() -> None:
    assert annotated({"n_current": "1e12"}).n_current == 2**31 - 1


# ── times ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("raw", "started"),
    [
        ("2026-11-21T03:09:03Z", datetime(2026, 11, 21, 3, 9, 3, tzinfo=UTC)),
        ("2026-11-21t03:09:03z", datetime(2026, 11, 21, 3, 9, 3, tzinfo=UTC)),
        ("2026-11-21T04:09:03.5+01:00", datetime(2026, 11, 21, 3, 9, 3, 500_000, tzinfo=UTC)),
        ("2026-11-21T03:09:03.123456789Z", datetime(2026, 11, 21, 3, 9, 3, 123_456, tzinfo=UTC)),
        ("2020-01-01T00:00:00+0000", datetime(2020, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_utc(raw: str, started: datetime) -> None:
    assert signal(ALERT | {"startsAt": raw}).started_at == started


def test_the_same_moment_in_another_zone_is_the_same_episode() -> None:
    zulu = signal(ALERT | {"startsAt": "2026-11-21T03:09:03Z"})
    local = signal(ALERT | {"startsAt": "2026-11-21T04:09:03+01:00"})
    assert zulu.episode == local.episode == "2026-11-21T03:09:03+00:00"


NO_MOMENTS = [
    None,
    7,
    "",
    "yesterday",
    "2026-11-21",
    "2026-11-21T03:09:03",
    "2026-02-30T00:00:00Z",
    "2026-W47-6T03:09:03Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59",
    "2026-11-21T03:09:03.1234567890Z",
]


@pytest.mark.parametrize("raw", NO_MOMENTS)
def test_a_missing_start_is_the_time_of_receipt(raw: object) -> None:
    found = signal(ALERT | {"startsAt": raw})
    assert (found.started_at, found.warnings) == (NOW, ("time_inferred",))


def test_without_a_start_a_repeat_within_five_minutes_is_the_same_episode() -> None:
    alert = ALERT | {"startsAt": None}
    episodes = {
        signal(alert, received_at=datetime(2026, 11, 21, 3, minute, tzinfo=UTC)).episode
        for minute in range(10, 15)
    }
    assert len(episodes) == 1


def test_without_a_start_a_later_repeat_is_another_episode() -> None:
    alert = ALERT | {"startsAt": None}
    later = signal(alert, received_at=NOW + timedelta(minutes=5))
    assert later.episode != signal(alert).episode


def test_a_firing_has_not_ended() -> None:
    assert signal(ENDED | {"status": "firing"}).ended_at is None


def test_a_firing_is_observed_when_it_starts() -> None:
    found = signal(ALERT)
    assert found.observed_at == found.started_at


def test_a_recovery_is_observed_when_it_ends() -> None:
    found = signal(ENDED)
    assert found.observed_at == found.ended_at == datetime.fromisoformat(ENDED["endsAt"])


@pytest.mark.parametrize("raw", ["", "0001-01-01T00:00:00Z", "2026-11-21T03:09:00Z"])
def test_a_recovery_without_a_fit_end_ends_at_receipt(raw: str) -> None:
    found = signal(ENDED | {"endsAt": raw})
    assert (found.ended_at, found.warnings) == (NOW, ("time_inferred",))


def test_a_recovery_without_a_start_does_not_start_after_its_end() -> None:
    found = signal(ENDED | {"startsAt": None})
    assert found.started_at == found.ended_at


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "labels",
    [
        {"model": "fraud"},
        {"model_version": "8"},
        {"feature": "income"},
        {"metric": "ks"},
        {"alertname": "Other"},
        {"env": "prod"},
        {"endpoint": "scoring"},
        {"segment": "DE"},
        {"signal_class": "accuracy"},
    ],
)
def test_another_subject_is_another_condition(labels: dict[str, object]) -> None:
    assert labelled(labels).condition_key != signal(ALERT).condition_key


@pytest.mark.parametrize("name", ["instance", "pod", "job", "replica", "severity", "receiver"])
def test_where_it_was_measured_makes_no_other_condition(name: str) -> None:
    assert labelled({name: "other"}).condition_key == signal(ALERT).condition_key


def test_how_bad_it_is_makes_no_other_condition() -> None:
    assert annotated({"value": "0.9"}).condition_key == signal(ALERT).condition_key


def test_an_operator_may_tell_conditions_apart_by_a_label() -> None:
    settings = {"key_labels": ["region"]}
    north = labelled({"region": "north"}, settings=settings)
    south = labelled({"region": "south"}, settings=settings)
    assert north.condition_key != south.condition_key


def test_an_unknown_model_is_noted() -> None:
    found = signal(without("model"))
    assert (found.model_name, found.warnings) == ("", ("model_missing",))


def test_without_a_model_the_fingerprint_tells_conditions_apart() -> None:
    another = without("model") | {"fingerprint": "74af8f0babd82a7a"}
    assert signal(another).condition_key != signal(without("model")).condition_key


def test_without_model_and_fingerprint_the_lasting_labels_tell_conditions_apart() -> None:
    bare = without("model") | {"fingerprint": ""}
    moved = bare | {"labels": bare["labels"] | {"pod": "b"}}
    other = bare | {"labels": bare["labels"] | {"team": "b"}}
    keys = [signal(alert).condition_key for alert in (bare, moved, other)]
    assert (keys[0] == keys[1], keys[0] == keys[2]) == (True, False)


# ── text and links ───────────────────────────────────────────────────────────────────────────────


def test_the_title_is_the_summary() -> None:
    assert signal(ALERT).title == ANNOTATIONS["summary"]


@pytest.mark.parametrize("summary", ["", "\u202e\x00"], ids=["empty", "hidden"])
def test_without_a_summary_the_title_is_the_rule(summary: str) -> None:
    assert annotated({"summary": summary}).title == "FeatureDriftHigh"


def test_the_title_is_one_line_without_what_hides() -> None:
    assert annotated({"summary": "a\u202eb\n\tc\x00\x1b[1m\u2066"}).title == "ab c[1m"


def test_the_title_has_at_most_300_characters() -> None:
    found = annotated({"summary": "x" * 301})
    assert (len(found.title), found.title[-1], found.warnings) == (300, "…", ("value_truncated",))


def test_the_description_keeps_its_lines() -> None:
    assert annotated({"description": "one\r\ntwo\x00\u202e"}).description == "one\ntwo"


def test_the_description_has_at_most_4000_characters() -> None:
    assert len(annotated({"description": "x" * 5_000}).description) == 4_000


def test_half_characters_are_left_out() -> None:
    assert labelled({"model": "chu\ud800rn"}).model_name == "churn"


def test_links_are_kept_by_kind() -> None:
    alert = ALERT | {
        "silenceURL": "https://grafana.example.com/silence",
        "annotations": {"runbook_url": "https://wiki.example.com/runbooks/drift"},
    }
    assert signal(alert).links == (
        Link("source", "http://prom.example.com/graph?g0.tab=1"),
        Link("silence", "https://grafana.example.com/silence"),
        Link("runbook", "https://wiki.example.com/runbooks/drift"),
    )


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "ftp://example.com/x",
        "/graph",
        "https://",
        "https://good.example.com@evil.example.com/",
        "https://example.com/a b",
        "https://example.com/|<!channel>",
        "https://example.com/\u202egnp",
        "https://example.com/" + "x" * 2_000,
        7,
    ],
)
def test_a_link_that_is_not_plain_http_is_dropped(href: object) -> None:
    found = signal(ALERT | {"generatorURL": href})
    assert (found.links, found.warnings) == ((), ("link_dropped",))


def test_labels_are_kept_as_they_came() -> None:
    odd = {"team/ml.ops": "β", "kubernetes.io/name": "x"}
    assert signal(ALERT | {"labels": odd}).labels == odd


def test_at_most_64_labels_are_kept() -> None:
    found = labelled({f"l{n}": "x" for n in range(100)})
    assert (len(found.labels), found.warnings) == (64, ("label_dropped",))


def test_a_label_with_too_long_a_name_is_dropped() -> None:
    found = labelled({"n" * 129: "x"})
    assert (dict(found.labels), found.warnings) == (LABELS, ("label_dropped",))


def test_a_long_label_is_cut() -> None:
    found = labelled({"note": "x" * 2_000})
    assert (len(found.labels["note"]), found.warnings) == (1_024, ("value_truncated",))


def test_a_long_name_is_cut_where_it_is_indexed() -> None:
    assert len(labelled({"model": "x" * 1_000}).model_name) == 256


def test_a_number_for_a_version_is_text() -> None:
    found = labelled({"model_version": 7})
    assert (found.model_version, found.warnings) == ("7", ("type_coerced",))


def test_a_null_label_is_absent() -> None:
    assert "feature" not in labelled({"feature": None}).labels


def test_an_annotation_that_is_no_scalar_is_dropped() -> None:
    found = annotated({"summary": ["a"]})
    assert (found.title, found.warnings) == ("FeatureDriftHigh", ("annotation_dropped",))


@pytest.mark.parametrize("odd", [["a"], "a", 7])
def test_annotations_that_are_no_object_are_dropped(odd: object) -> None:
    found = signal(ALERT | {"annotations": odd})
    assert (found.title, found.warnings) == ("FeatureDriftHigh", ("annotation_dropped",))


def test_only_status_and_labels_are_needed() -> None:
    assert signal({"status": "firing", "labels": {}}).status is Status.FIRING
