"""What a query is made of: the nodes of its tree, the fields it knows, its limits, and what is said where it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from leakdesk.errors import UsageError

#: Limits of a query: characters, leaves (words, phrases, ...), depth of parentheses, words of one phrase, NEAR's distance.
LONGEST_QUERY = 20_000
MOST_LEAVES = 500
DEEPEST = 40
LONGEST_PHRASE = 60
WIDEST_NEAR = 100
#: Wildcards, expressions and words with ~ of one query (each is an automaton: 2 MB and 8 ms), and NEARs.
MOST_PATTERNS, MOST_NEAR = 100, 10
#: A word with ~2 is an automaton of 5 MB and weighs as much as so many others.
TWO_LETTERS = 4
DEFAULT_NEAR = 10

FieldKind = Literal["text", "value", "date", "number"]
#: Field names a person may write -> (kind, field of the index). Value fields with no index field are answered by the case.
FIELDS: dict[str, tuple[FieldKind, str]] = {
    "from": ("text", "from"),
    "to": ("text", "to"),
    "cc": ("text", "cc"),
    "subject": ("text", "subject"),
    "title": ("text", "subject"),
    "filename": ("text", "filename"),
    "body": ("text", "body"),
    "quoted": ("text", "quoted"),
    "header": ("text", "header"),
    "lang": ("value", "lang"),
    "kind": ("value", "kind"),
    "has": ("value", "has"),
    "thread": ("value", ""),
    "group": ("value", ""),
    "in": ("value", "in"),
    "sender": ("value", "sender"),
    "message": ("value", "mid"),
    "id": ("value", "id"),
    "date": ("date", "date"),
    "since": ("date", "date"),
    "until": ("date", "date"),
    "number": ("number", "number"),
    "tag": ("value", ""),
    "entity": ("value", ""),
    "place": ("value", ""),
    "note": ("value", ""),
    "like": ("value", ""),
    "saved": ("value", ""),
    "new": ("value", ""),
}


class QueryError(UsageError):
    """The query cannot be read. Write words, "phrases", AND, OR, NOT and fields such as from: or date:."""

    def __init__(self, what: str, at: int | None = None, *, try_: str = "") -> None:
        self.position = at
        super().__init__(f"at character {at + 1}, {what}" if at is not None else what, try_=try_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word (or what looks like one to a person: an address, a designation, a number). `exact`: as written only."""

    text: str
    at: int
    exact: bool = False
    fuzzy: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A wildcard (`Горбач*`) or a regular expression (`/горб.ч[её]в/`): matches one whole word."""

    text: str
    at: int
    regex: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words one after the other."""

    words: tuple[Word | Pattern, ...]
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From ... to, either may be missing; of numbers, or of dates in a date field."""

    low: str
    high: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A part looked for in one field only."""

    name: str
    part: Node
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Two parts at most `distance` words apart, in either order (neighbours are 1 apart)."""

    left: Node
    right: Node
    distance: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """At least one of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """None of it."""

    part: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """All documents: the empty query, for browsing by fields and facets."""


Node = Word | Pattern | Phrase | Range | Field | Near | And | Or | Not | Everything
