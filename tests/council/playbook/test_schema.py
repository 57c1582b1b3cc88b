"""The schema accepts what the loader accepts, and tells an editor what is wrong."""

import json
from importlib import resources
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from council.playbook import json_schema
from tests.council.playbook.conftest import SHIPPED

Content = dict[str, Any]


def errors(content: object) -> list[str]:
    """Return the places of a file that the schema refuses; JSON has text keys only."""
    found = Draft202012Validator(json_schema()).iter_errors(json.loads(json.dumps(content)))
    return [".".join(map(str, error.absolute_path)) for error in found]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("name", ["defaults", *SHIPPED])
def test_the_shipped_files_are_valid(name: str) -> None:
    path = resources.files("council") / "playbooks" / f"{name}.yaml"
    assert errors(yaml.safe_load(path.read_text(encoding="utf-8"))) == []


def test_part_of_the_defaults_may_be_stated(content: Content) -> None:
    content["clocks"] = {"S1": {"acknowledge": "15m"}}
    content["bands"] = {"psi": {"watch": 0.2}}
    assert errors(content) == []


def test_the_defaults_hold_everything(content: Content) -> None:
    assert len(errors({"schema": content["schema"], "id": "defaults"})) == 13


def test_an_unknown_key_is_refused(content: Content) -> None:
    content["phases"]["development"]["leed"] = []
    assert errors(content) == ["phases.development"]


def test_an_id_that_is_none_is_refused(content: Content) -> None:
    content["roles"]["ML engineer"] = {"name": "ML engineer"}
    assert errors(content) == ["roles"]


def test_an_unknown_duration_is_refused(content: Content) -> None:
    content["clocks"] = {"S1": {"acknowledge": "soon"}}
    assert errors(content) == ["clocks.S1.acknowledge"]


def test_a_tier_that_there_is_not_is_refused(content: Content) -> None:
    content["tiers"] = {"5": "hobby"}
    assert errors(content) == ["tiers"]


def test_a_packet_may_hold_plain_text_or_items(content: Content) -> None:
    content["handoffs"]["h_data"]["packet"] = ["labels", {"text": "faults", "from": "added"}, 3]
    assert errors(content) == ["handoffs.h_data.packet.2"]


def test_a_right_says_what_and_whose(content: Content) -> None:
    content["access"] = {"view": {"text": "see it", "roles": ["reviewer"]}, "tag": ["reviewer"]}
    assert errors(content) == ["access.tag"]


def test_every_key_that_people_must_understand_is_described() -> None:
    definitions: Any = json_schema()["$defs"]
    silent = [name for name, each in definitions.items() if not each.get("description")]
    assert silent == []
