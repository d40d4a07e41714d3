"""What kind of thing a source is, told by its words (`words.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from leakdesk.model.derivation import NodeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceClass:
    """A class of sources: "correspondence" is of kind documents, and so on."""

    id: str
    kind: NodeKind
    pattern: re.Pattern[str]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("leakdesk.lineage").joinpath("words.toml").read_text("utf-8"))


@cache
def classes() -> tuple[SourceClass, ...]:
    """The classes in the order of the table."""
    return tuple(
        SourceClass(id=row["id"], kind=row["kind"], pattern=_pattern(row["stems"])) for row in _table()["class"]
    )


def source_classes(words: str) -> tuple[SourceClass, ...]:
    """Every class that a source's words fall into, in the order of the table."""
    return tuple(each for each in classes() if each.pattern.search(words))


def shows_own_witness(words: str) -> bool:
    """Whether a passage says that the outlet spoke with somebody, or saw something, itself."""
    return bool(_own_witness().search(words))


@cache
def _own_witness() -> re.Pattern[str]:
    return _pattern(_table()["own_witness"]["stems"])


def _pattern(stems: list[str]) -> re.Pattern[str]:
    parts = [re.escape(stem.removesuffix("$")) + (r"\b" if stem.endswith("$") else "") for stem in stems]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")", re.IGNORECASE)
