"""Nouns as plain JSON values, in the contract's field names.

Dataclasses become objects, tuples lists, enums their values. A trailing underscore avoids a Python keyword and is dropped;
fields whose contract name is a keyword are renamed by the table below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

#: (class name, field) -> name in JSON.
RENAMED: Mapping[tuple[str, str], str] = {
    ("Derivation", "source"): "from",
    ("Derivation", "target"): "to",
    ("MessageHead", "sender"): "from",
}
#: (class name, field) left out of JSON when empty or None.
OPTIONAL: frozenset[tuple[str, str]] = frozenset(
    {("Anchor", "page"), ("Anchor", "rects"), ("Attribution", "cue_class"), ("Claim", "place_entity"), ("Slot", "head")}
)

Json = Any
"""A value that `json.dumps` prints: None, bool, int, float, str, list or dict of these."""


def to_plain(value: object) -> Json:
    """A noun (or a tuple, list or mapping of nouns) as plain JSON values."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return _object(value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [to_plain(item) for item in value]
    return value


def _object(noun: Any) -> dict[str, Json]:
    owner = type(noun).__name__
    plain: dict[str, Json] = {}
    for each in fields(noun):
        value = getattr(noun, each.name)
        if (owner, each.name) in OPTIONAL and (value is None or value in ("", ())):
            continue
        plain[RENAMED.get((owner, each.name), each.name.rstrip("_"))] = to_plain(value)
    return plain
