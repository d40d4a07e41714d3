"""Two designations of equipment: the same key, the same type in another version, or another type."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from leakdesk.entities.things import Thing, is_listed
from leakdesk.model.entity import Verdict

#: Names in words that differ by one sound may be one when they have at least so many sounds.
SHORTEST_NEAR = 6


def judge(left: Thing, right: Thing) -> tuple[Verdict, float, tuple[str, ...]]:
    """Verdict, score and reasons. A differing version is a veto; a version left out is only possible."""
    if not left.key or not right.key:
        return "different", 0.0, ("nothing to compare",)
    if left.keys & right.keys:
        how = (
            "the same letters and numbers"
            if left.text.casefold() == right.text.casefold()
            else "one designation in both scripts"
        )
        return "same", 0.97, (f"{how}: {left.text} = {right.text}",)
    if _twins(left, right) or _twins(right, left):
        return (
            "same",
            0.88,
            (f"one designation, with letters of the other script or language: {left.text} = {right.text}",),
        )
    shared = left.rows & right.rows
    if left.types & right.types:
        return _versions(left, right, shared)
    if shared:
        return "same", 0.85, (f"{left.text} and {right.text} are names of one type (table of other names)",)
    if left.rows & right.type_rows or right.rows & left.type_rows or left.type_rows & right.type_rows:
        return _named_type(left, right)
    if _worded(left, right):
        return "possible", 0.5, (f"one may be short for the other, or misspelled: {left.text}, {right.text}",)
    return "different", 0.05, (f"another designation: {left.text} is not {right.text}",)


def _twins(left: Thing, right: Thing) -> bool:
    """Whether one side's letters, taken for their twins, give the other: across scripts, or a known type."""
    shared = left.doubtful & right.keys
    if not shared:
        return False
    known = any(is_listed(key) or is_listed(right.type) for key in shared) and not is_listed(left.type)
    return left.script != right.script or known


def _versions(left: Thing, right: Thing, shared: frozenset[int]) -> tuple[Verdict, float, tuple[str, ...]]:
    if shared - left.marked - right.marked:
        return "same", 0.85, (f"{left.text} and {right.text} are names of one type (table of other names)",)
    if left.version and right.version:
        return "different", 0.3, (f"another version: {left.text} is not {right.text}",)
    return "possible", 0.55, (f"one names the version, the other only the type: {left.text}, {right.text}",)


def _named_type(left: Thing, right: Thing) -> tuple[Verdict, float, tuple[str, ...]]:
    if left.version and right.version and left.version != right.version:
        return "different", 0.3, (f"another version: {left.text} is not {right.text}",)
    return "possible", 0.5, (f"one names the version, the other only the type: {left.text}, {right.text}",)


def _worded(left: Thing, right: Thing) -> bool:
    """A name in words without its number beside the same with it, or one sound apart."""
    short, long = sorted((left.type, right.type), key=len)
    if len(short) > 3 and short.isalpha() and long.startswith(short) and long[len(short) :].isdigit():
        return True
    near = short.isalpha() and long.isalpha() and len(short) >= SHORTEST_NEAR and left.version == right.version
    return near and OSA.distance(short, long, score_cutoff=1) <= 1
