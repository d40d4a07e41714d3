"""A person's judgements about two places in texts, brought to the nodes they speak of; they survive re-reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from leakdesk.entities.nodes import MentionKey, Node, pair_of
from leakdesk.language.scripts import plain_text
from leakdesk.model.anchor import Anchor
from leakdesk.model.entity import Judgement, Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's judgement about two places in texts: are the names there the same?"""

    left: Anchor
    right: Anchor
    judgement: Judgement


def divided_texts(judgements: Sequence[Decision]) -> frozenset[str]:
    """The texts that a person has kept apart from another: the same text may mean two people."""
    negative = [each for each in judgements if each.judgement is Judgement.NEGATIVE]
    return frozenset(plain_text(side.exact) for each in negative for side in (each.left, each.right))


class Decided(NamedTuple):
    together: list[tuple[Node, Node]]
    apart: set[tuple[Node, Node]]
    unsure: set[tuple[Node, Node]]


def judged(
    judgements: Sequence[Decision], mentions: Mapping[str, Sequence[Mention]], where: Mapping[MentionKey, Node]
) -> tuple[Decided, tuple[Decision, ...]]:
    decided = Decided([], set(), set())
    lost: list[Decision] = []
    latest: dict[tuple[Node, Node], Judgement] = {}
    for each in judgements:
        left, right = _located(each.left, mentions, where), _located(each.right, mentions, where)
        if left is None or right is None:
            lost.append(each)
        elif left != right:
            latest[pair_of(left, right)] = each.judgement  # the last word counts: a judgement can be taken back
    for pair, judgement in latest.items():
        if judgement is Judgement.POSITIVE:
            decided.together.append(pair)
        elif judgement is Judgement.NEGATIVE:
            decided.apart.add(pair)
        elif judgement is Judgement.UNSURE:
            decided.unsure.add(pair)
    return decided, tuple(lost)


def _located(
    anchor: Anchor, mentions: Mapping[str, Sequence[Mention]], where: Mapping[MentionKey, Node]
) -> Node | None:
    """The node of the mention an anchor points at: at its own offsets, else the nearest of the same text in the document."""
    found = [each for each in mentions.get(anchor.document, ()) if (anchor.document, each.id) in where]
    exact = [
        each for each in found if each.start == anchor.start and each.end == anchor.end and each.text == anchor.exact
    ]
    same_text = sorted(
        (each for each in found if each.text == anchor.exact),
        key=lambda each: (abs(each.start - anchor.start), each.start),
    )
    around = [
        each
        for each in found
        if each.start < anchor.end
        and anchor.start < each.end
        and (each.text in anchor.exact or anchor.exact in each.text)
    ]
    for each in (*exact, *same_text, *around):
        return where[anchor.document, each.id]
    return None
