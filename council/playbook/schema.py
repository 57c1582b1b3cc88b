"""The JSON Schema of a playbook's file, for editors and for people who write playbooks.

It is drawn from the types and says what a file may hold; whether its names fit together only
`load` can tell. A file that extends the defaults may leave out whatever they hold, so nothing of
that is required.
"""

from council.playbook.types import DEFAULTS, Playbook, Policy

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
# What a mapping's key is the id of.
_KEYED = ("SystemRole", "Role", "Phase", "Step", "Transition", "Handoff")
# What joins with the defaults, so that a file may state it in part.
_PARTIAL = (
    *("SystemRole", "BandLimits", "Evidence", "Severities", "ClockRule", "Storm", "Dedupe"),
    *("DecisionType", "Recurrence", "Review", "LightPacket", "HandoffRules"),
)


def json_schema() -> dict[str, object]:
    """Return the schema (draft 2020-12) of a playbook's file, and of the defaults."""
    schema = Playbook.model_json_schema(by_alias=True)
    parts = schema["$defs"]
    for name in _KEYED:
        del parts[name]["properties"]["id"]
        parts[name]["required"].remove("id")
    for name in _PARTIAL:
        parts[name].pop("required", None)
    item = parts["PacketItem"]
    plain = item["properties"]["text"]
    parts["PacketItem"] = {"anyOf": [plain, item], "description": item["description"]}
    required = schema.pop("required")
    return {
        "$schema": _DRAFT,
        **schema,
        "required": ["schema", "id"],
        "if": {"properties": {"id": {"const": DEFAULTS}}},
        "then": {"required": list(Policy.model_fields)},
        "else": {"required": [name for name in required if name not in Policy.model_fields]},
    }
