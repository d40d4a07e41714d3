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
        SourceClass(id=row["id"], kind=row["kind"], pattern=pattern(row["stems"])) for row in _table()["class"]
    )


def source_classes(words: str) -> tuple[SourceClass, ...]:
    """Every class that a source's words fall into, in the order of the table."""
    return tuple(each for each in classes() if each.pattern.search(words))


def shows_own_witness(words: str) -> bool:
    """Whether a passage says that the outlet spoke with somebody, or saw something, itself."""
    return bool(_own_witness().search(words))


def is_kind_of_outlet(word: str) -> bool:
    """Whether a word says what kind of outlet it is ("portal", «газеты»)."""
    return bool(_listed("outlet_kinds").match(word))


def points_back(words: str) -> bool:
    """Whether words are nothing but a kind of outlet, so that they mean one that was named before ("the newspaper")."""
    bare = [word for word in re.findall(r"[\w’'-]+", words.casefold()) if word not in _ARTICLES]
    return bool(bare) and all(is_kind_of_outlet(word) for word in bare)


def says_there(words: str) -> bool:
    """Whether a sentence means the place of its source ("as is noted there")."""
    return bool(_listed("back").search(words))


def is_hearsay(words: str) -> bool:
    """Whether words name a source that nobody could ask ("media reports", «СМИ», "it is said")."""
    return any(each.id == "hearsay" for each in source_classes(words))


def names_nobody(words: str) -> bool:
    """Whether words mean people of whom nothing is said but that they know ("an official", «собеседник»)."""
    return any(each.id == "anonymous" for each in source_classes(words))


_ARTICLES = frozenset({"the", "a", "it", "same", "that", "сам", "сама", "само", "та", "той", "тот", "же", "ж"})


@cache
def _listed(table: str) -> re.Pattern[str]:
    return pattern(_table()[table]["stems"])


@cache
def _own_witness() -> re.Pattern[str]:
    return pattern(_table()["own_witness"]["stems"])


def pattern(stems: list[str]) -> re.Pattern[str]:
    """Words that begin with one of some stems; a stem that ends in "$" is a whole word."""
    parts = [re.escape(stem.removesuffix("$")) + (r"\b" if stem.endswith("$") else "") for stem in stems]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")", re.IGNORECASE)
