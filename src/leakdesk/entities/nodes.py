"""Names as nodes: a full name is one node everywhere, a partial name one a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from leakdesk.entities import organisations, people
from leakdesk.entities.match import verdict_of
from leakdesk.language.inflect import base_forms
from leakdesk.language.scripts import plain_text
from leakdesk.mentions.doubts import NAMED_IN_FULL
from leakdesk.model.entity import NAMED_TYPES, Mention, NameKind, Verdict

MentionKey = tuple[str, str]
"""(document id, mention id)."""


class Node(NamedTuple):
    kind: NameKind
    text: str
    scope: str
    """The document a partial name belongs to; "" for a full name."""


def nodes_of(
    mentions: Mapping[str, Sequence[Mention]], divided: frozenset[str]
) -> tuple[dict[MentionKey, Node], dict[Node, list[MentionKey]]]:
    """The node of every named mention, and the mentions of every node; `divided` texts have one node a document."""
    where: dict[MentionKey, Node] = {}
    nodes: dict[Node, list[MentionKey]] = defaultdict(list)
    for document, found in mentions.items():
        for mention in found:
            kind = kind_of(mention)
            if kind is None:
                continue
            text = _settled_text(mention, kind)
            scope = document if is_partial(text, kind) or text in divided else ""
            node = Node(kind, text, scope)
            where[document, mention.id] = node
            nodes[node].append((document, mention.id))
    return where, dict(nodes)


def _settled_text(mention: Mention, kind: NameKind) -> str:
    """The text a mention is compared by: as it stands; its base form where the text alone may be a man or a woman; the name in
    full where a firm is called by a part of it."""
    text, normal = plain_text(mention.text) or mention.text, plain_text(mention.normal)
    if kind == "organization" and normal and NAMED_IN_FULL in mention.rules:
        return normal
    if kind != "person" or not normal or normal.casefold() == text.casefold() or not is_partial(text, kind):
        return text
    options = {form.text.casefold() for word in text.split() for form in base_forms(word)}
    return normal if all(word.casefold() in options for word in normal.split()) else text


def kind_of(mention: Mention) -> NameKind | None:
    for kind in ("person", "organization", "place", "equipment"):
        if mention.type == kind and kind in NAMED_TYPES:
            return kind
    return None


@lru_cache(maxsize=1 << 15)
def is_partial(text: str, kind: NameKind) -> bool:
    """Whether a name alone does not say who: a surname, initials, an acronym."""
    if kind == "person":
        readings = people.parse(text).readings
        return not readings or readings[0].given is None or readings[0].given.is_initial or not readings[0].surnames
    if kind == "organization":
        body = organisations.parse(text)
        return bool(body.own) and all(each.capitals for each in body.own) and not body.concepts
    return False


def pair_of(a: Node, b: Node) -> tuple[Node, Node]:
    return (a, b) if a <= b else (b, a)


@lru_cache(maxsize=1 << 18)
def verdict_between(
    left: str, right: str, kind: NameKind, frequent: frozenset[str] = frozenset()
) -> tuple[Verdict, float]:
    if left == right:
        return "same", 1.0
    return verdict_of(left, right, kind, frequent=frequent)
