import json
from pathlib import Path

import pytest
import yaml

from tests.bot.shell.conftest import Shell, read
from tests.builders import a_sample


@pytest.fixture
def sender(shell: Shell) -> Shell:
    assert shell("integration", "add", "alertmanager", "--name", "prom").exit_code == 0
    return shell


def a_request(model: str, **more: object) -> str:
    labels = {"alertname": "Drift", "model": model, "severity": "critical"}
    alert = {"status": "firing", "labels": labels, "startsAt": "2026-01-05T09:00:00Z", **more}
    return json.dumps({"alerts": [alert]})


def test_a_new_integration_tells_its_name_path_and_secret(shell: Shell) -> None:
    found = read(shell("integration", "add", "alertmanager", "--name", "prom", "--json"))
    assert found.keys() == {"name", "path", "secret"}
    assert (found["name"], found["path"]) == ("prom", "/hooks/prom")


def test_the_configuration_to_copy_is_yaml_with_the_address(
    shell: Shell, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("COUNCIL_BASE_URL", "https://council.example.org/")
    shown = shell("integration", "add", "alertmanager", "--name", "prom").stdout
    copied = yaml.safe_load(shown[shown.index("route:") :].split("\n\n")[0])
    (hook,) = copied["receivers"][0]["webhook_configs"]
    assert copied["route"]["receiver"] == copied["receivers"][0]["name"]
    assert hook["url"] == "https://council.example.org/hooks/prom"
    assert hook["http_config"]["authorization"]["credentials"] in shown


def test_without_a_base_address_the_host_and_port_are_named(
    shell: Shell, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("COUNCIL_PORT", "8123")
    shown = shell("integration", "add", "alertmanager", "--name", "prom").stdout
    assert "url: http://127.0.0.1:8123/hooks/prom" in shown


def test_an_unknown_kind_is_refused_with_the_nearest(shell: Shell) -> None:
    result = shell("integration", "add", "alertmangr", "--name", "prom")
    assert (result.exit_code, "Possible: alertmanager" in result.stderr) == (1, True)


def test_a_metric_has_the_class_that_it_was_given(shell: Shell) -> None:
    shell("integration", "add", "alertmanager", "--name", "prom", "--metric", "recall=accuracy")
    body = a_request("churn", annotations={"metric": "recall"}).replace(
        '"severity"', '"metric": "recall", "severity"'
    )
    (item,) = read(shell("integration", "test", "prom", "-", "--json", given=body))
    assert item["signal_class"] == "accuracy"


def test_a_metric_without_a_class_is_refused(shell: Shell) -> None:
    result = shell("integration", "add", "alertmanager", "--name", "prom", "--metric", "recall")
    assert (result.exit_code, "NAME=CLASS" in result.stderr) == (1, True)


def test_a_rotated_secret_leaves_two_that_live(sender: Shell) -> None:
    assert "secret" in read(sender("integration", "rotate", "prom", "--json"))
    assert read(sender("integration", "list", "--json"))[0]["secrets"] == 2


def test_the_list_has_no_secret_in_it(shell: Shell) -> None:
    made = read(shell("integration", "add", "alertmanager", "--name", "prom", "--json"))
    assert made["secret"] not in shell("integration", "list", "--json").stdout


def test_a_try_without_a_file_uses_a_made_up_request(sender: Shell) -> None:
    found = read(sender("integration", "test", "prom", "--json"))
    assert [one["status"] for one in found] == ["accepted", "accepted"]


def test_a_model_that_nobody_has_claimed_waits_for_a_lead(sender: Shell) -> None:
    assert "waits for a council lead" in sender("integration", "test", "prom").stdout


def test_a_known_model_goes_to_its_initiative_and_calls_people(crew: Shell) -> None:
    crew("integration", "add", "alertmanager", "--name", "prom")
    (item,) = read(crew("integration", "test", "prom", "-", "--json", given=a_request("churn")))
    assert item["initiative"] == "late-order"
    assert "mei" in item["calls"]


def test_an_item_that_cannot_be_read_says_why(sender: Shell) -> None:
    body = json.dumps({"alerts": [{"status": "odd"}]})
    (item,) = read(sender("integration", "test", "prom", "-", "--json", given=body))
    assert (item["status"], item["reason"]) == ("quarantined", "status_unknown")


def test_a_body_that_is_not_json_is_one_line(sender: Shell) -> None:
    result = sender("integration", "test", "prom", "-", given="{")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_a_captured_request_can_be_tried_from_a_file(sender: Shell, tmp_path: Path) -> None:
    file = tmp_path / "body.json"
    file.write_text(json.dumps(a_sample("alertmanager-firing-bearer")["body"]))
    assert sender("integration", "test", "prom", str(file)).exit_code == 0


def test_a_try_stores_nothing(crew: Shell) -> None:
    crew("integration", "add", "alertmanager", "--name", "prom")
    before = read(crew("ledger", "verify", "--json"))
    first = read(crew("integration", "test", "prom", "-", "--json", given=a_request("churn")))
    again = read(crew("integration", "test", "prom", "-", "--json", given=a_request("churn")))
    assert first == again
    assert read(crew("ledger", "verify", "--json")) == before


def test_an_unknown_integration_is_refused_with_near_names(sender: Shell) -> None:
    result = sender("integration", "test", "prmo")
    assert (result.exit_code, "Did you mean prom?" in result.stderr) == (1, True)
