"""Opening a sealed tree in part: which leaves are shown, which subtrees stay hidden, and passages as they can be
checked.

Between two shown words of one passage the decoys are opened too: that proves nothing stands between them. Where
something is hidden, the decoys around it stay closed, so that neither the number nor the length of the hidden words
shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from leakdesk.publish.seal import SealedTree

#: The one label of all masks, unless people are numbered.
LABEL = "[masked]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """Words shown without a gap: word numbers [first, last)."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """Something hidden inside a passage, and the label that stands for it."""

    label: str = LABEL


PassagePart = ShownText | Masked


def parts_of(first: int, last: int, masks: dict[int, str]) -> tuple[PassagePart, ...]:
    """A passage of the words [first, last) with the words in `masks` (word number -> label) hidden. Neighbouring
    masks with one label become one: its width is no measure."""
    parts: list[PassagePart] = []
    for number in range(first, last):
        label, before = masks.get(number), parts[-1] if parts else None
        if label is not None:
            if not (isinstance(before, Masked) and before.label == label):
                parts.append(Masked(label=label))
        elif isinstance(before, ShownText):
            parts[-1] = ShownText(first=before.first, last=number + 1)
        else:
            parts.append(ShownText(first=number, last=number + 1))
    return tuple(parts)


def shown_leaves(tree: SealedTree, passages: Iterable[Sequence[PassagePart]], fields: Iterable[int] = ()) -> set[int]:
    """Leaf indexes to open: the shown words, the decoys between neighbours, and the header fields asked for."""
    words = sorted(
        {
            number
            for parts in passages
            for part in parts
            if isinstance(part, ShownText)
            for number in range(part.first, part.last)
        }
    )
    shown = {tree.word_leaf(number) for number in words}
    for parts in passages:
        for part in parts:
            if isinstance(part, ShownText):
                for number, _ in pairwise(range(part.first, part.last)):
                    shown.update(tree.decoys_after(tree.word_leaf(number)))
    shown.update(tree.field_leaf(number) for number in fields)
    return shown


def opened(tree: SealedTree, shown: set[int]) -> list[list[Any]]:
    """The disclosure as the pack's JSON lists it, from the first leaf to the last: `["word", salt, text]`,
    `["field", salt, name, value]`, `["decoy", salt]`, and `["hide", level, hash]` for a maximal hidden subtree."""
    units = {leaf: number for number, leaf in enumerate(tree.unit_leaf)}
    items: list[list[Any]] = []
    _walk(tree, len(tree.levels) - 1, 0, sorted(shown), units, items)
    return items


def _walk(
    tree: SealedTree, level: int, at: int, shown: Sequence[int], units: dict[int, int], items: list[list[Any]]
) -> None:
    if not shown:
        items.append(["hide", level, tree.levels[level][at].hex()])
    elif level == 0:
        items.append(_open(tree, at, units))
    else:
        middle = (2 * at + 1) << (level - 1)
        left = [leaf for leaf in shown if leaf < middle]
        _walk(tree, level - 1, 2 * at, left, units, items)
        _walk(tree, level - 1, 2 * at + 1, shown[len(left) :], units, items)


def _open(tree: SealedTree, leaf: int, units: dict[int, int]) -> list[Any]:
    salt, unit = tree.salt(leaf).hex(), units.get(leaf)
    if unit is None:
        return ["decoy", salt]
    kind, data = tree.payloads[unit][:1], tree.payloads[unit][1:]
    if kind == b"W":
        return ["word", salt, data.decode()]
    if kind == b"F":
        name, _, value = data.decode().partition("\x00")
        return ["field", salt, name, value]
    raise ValueError("a digest of an attachment is never opened")


def passage_json(tree: SealedTree, parts: Sequence[PassagePart]) -> list[dict[str, Any]]:
    """A passage's parts as the pack's JSON lists them: `{"first": leaf, "text": words}` and `{"label": label}`."""
    listed: list[dict[str, Any]] = []
    for part in parts:
        if isinstance(part, Masked):
            listed.append({"label": part.label})
        else:
            text = "".join(tree.words[number].text for number in range(part.first, part.last))
            listed.append({"first": tree.word_leaf(part.first), "text": text})
    return listed


def passage_text(parts: Sequence[dict[str, Any]]) -> str:
    """A passage as it is read: shown words, and a label with a space after it for each mask."""
    return "".join(part["text"] if "text" in part else f"{part['label']} " for part in parts).strip(" \n")
