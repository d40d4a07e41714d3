"""Sets of documents: which of them are one, which may be, and which are surely two.

Reports call one leak by many words ("a bank statement", «фінансові папери»), so words alone never make two sets: letters,
accounts and papers that no publisher stands behind may be one. What is issued for the public (a ruling, a register) is a set
of its own, and so are sets that name different publishers or different owners.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from leakdesk.entities.match import compare
from leakdesk.language.concepts import dictionary
from leakdesk.language.detect import detect
from leakdesk.language.scripts import script_of
from leakdesk.lineage.graph import Graph
from leakdesk.lineage.words import SourceClass
from leakdesk.model.derivation import Node

Tie = Literal["publisher", "owner"]
#: Classes of documents that are kept from the public until somebody leaks them.
KEPT = frozenset({"correspondence", "documents", "accounts", "contract"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who is named with a set: the body that published it, or whose documents they are; `common`: its id in all texts."""

    tie: Tie
    common: str
    name: str


@dataclass(slots=True, kw_only=True)
class DocumentSet:
    """A node of documents, the class of its words, and who is named with it."""

    kind: str
    named: list[Named] = field(default_factory=list[Named])


@dataclass(slots=True)
class Sets:
    """The sets of documents of a graph, by node."""

    graph: Graph
    known: dict[str, DocumentSet] = field(default_factory=dict[str, DocumentSet])

    def node(self, kind: SourceClass, named: Sequence[Named] = ()) -> str:
        """The node for documents of a class: one set per class of words, unless others are named with it."""
        number = 1
        while True:
            node = f"documents:{kind.id}" if number == 1 else f"documents:{kind.id}:{number}"
            one = self.known.get(node)
            if one is None:
                self.known[node] = DocumentSet(kind=kind.id, named=list(named))
                return self.graph.node(Node(id=node, kind="documents", name=kind.id))
            if not _apart(one.named, named):
                one.named += [each for each in named if each not in one.named]
                return node
            number += 1

    def may_be_one(self, left: str, right: str) -> bool:
        """Whether two nodes of documents may be one set that was called by two words."""
        a, b = self.known.get(left), self.known.get(right)
        if a is None or b is None or left == right:
            return left == right
        return a.kind in KEPT and b.kind in KEPT and not _apart(a.named, b.named)


def _apart(left: Sequence[Named], right: Sequence[Named]) -> bool:
    """Whether different publishers, or different owners, are named with two sets."""
    for tie in ("publisher", "owner"):
        a, b = [each for each in left if each.tie == tie], [each for each in right if each.tie == tie]
        if a and b and all(_others(one, other) for one in a for other in b):
            return True
    return False


def _others(left: Named, right: Named) -> bool:
    return left.common != right.common and surely_others(left.name, right.name)


@lru_cache(maxsize=1 << 12)
def surely_others(left: str, right: str) -> bool:
    """Whether two names of bodies are of two bodies. Between scripts a name may have been translated: then only words that no
    dictionary knows can tell."""
    match = compare(left, right, "organization")
    if match.verdict != "different":
        return False
    if script_of(left) == script_of(right):
        return True
    if any(reason.startswith("different kinds") for reason in match.reasons):
        return True
    cyrillic = left if script_of(left) == "Cyrillic" else right
    return not any(_is_word(word) for word in cyrillic.split() if len(word) > 3)


def _is_word(word: str) -> bool:
    """Whether a dictionary knows a word, or there is none to ask."""
    bare = word.strip('«»“”„"(),.').casefold()
    analyser = dictionary(detect(bare))
    return analyser is None or bool(analyser.word_is_known(bare))
