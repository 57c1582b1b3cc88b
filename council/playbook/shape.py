"""Turn pydantic's findings on a file's shape into problems that its author can mend."""

import re
import reprlib
from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from council.playbook.names import nearest
from council.playbook.policy import ID, REF
from council.playbook.problems import Problem, dotted
from council.playbook.types import PLAYBOOK_ID, Playbook

_QUOTED = re.compile(r"'([^']*)'")
_PATTERNS = {
    ID: "an id: small letters, digits and underscores, a letter first",
    PLAYBOOK_ID: "an id: small letters, digits and dashes, a letter first",
    REF: "a row such as P-E4",
}
_SAID = {
    "missing": "is missing",
    "dict_type": "must be a mapping",
    "mapping_type": "must be a mapping",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
    "tuple_type": "must be a list",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
}


def problems_of(file: str, error: ValidationError) -> Iterator[Problem]:
    """Return each finding once, in pydantic's order."""
    for found in error.errors(include_url=False):
        path = tuple(part for part in found["loc"] if part != "[key]")
        yield Problem(file, dotted(path), *_said(found))


def _said(found: ErrorDetails) -> tuple[str, tuple[str, ...]]:
    """Return what is wrong, and the nearest valid names."""
    kind, last = found["type"], str(found["loc"][-1]) if found["loc"] else ""
    if kind == "extra_forbidden":
        return f"unknown key {last!r}", nearest(last, _keys(found["loc"][:-1]))
    given, shown = found["input"], reprlib.repr(found["input"])
    if kind in {"enum", "literal_error"}:
        valid = _QUOTED.findall(found.get("ctx", {}).get("expected", ""))
        near = nearest(str(given), valid)
        known = "" if near else f"; it is one of {', '.join(valid)}"
        return f"no such value {shown}{known}", near
    if kind == "string_pattern_mismatch":
        return f"{shown} is not {_PATTERNS[found['ctx']['pattern']]}", ()
    what = _SAID.get(kind) or found["msg"].removeprefix("Value error, ")
    return (what if kind == "missing" or kind not in _SAID else f"{what}, not {shown}"), ()


def _keys(place: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that the part at this place may have."""
    kind: object = Playbook
    for part in place:
        kind = _inside(kind, str(part))
    return tuple(_fields(kind))


def _inside(kind: object, part: str) -> object:
    """Return the kind of a mapping's values, a list's items, or a model's field."""
    fields = _fields(kind)
    if fields:
        return _one(fields[part].annotation) if part in fields else None
    content = get_args(kind)
    return _one(content[-1 if get_origin(kind) is Mapping else 0]) if content else None


def _one(kind: object) -> object:
    """Return what an annotation is about, be it optional or not."""
    options = [each for each in get_args(kind) if each is not NoneType]
    return options[0] if get_origin(kind) in {Annotated, Union, UnionType} else kind


def _fields(kind: object) -> dict[str, FieldInfo]:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return {}
    return {each.alias or name: each for name, each in kind.model_fields.items()}
