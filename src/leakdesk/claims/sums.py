"""A number that no letter gives, but that the letters' numbers come to together: three payments of 85,000 are 255,000.

Only what surely belongs together is added: equal instalments, or all numbers of the claim's unit in the sentences at hand, in
letters that name somebody or something of the report, each with something of the claim beside the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leakdesk.claims.judge import Judged
from leakdesk.claims.units import same_unit
from leakdesk.model.claim import Quantity

#: So many parts at most; more would come to anything.
MOST_PARTS = 6


def told_by_parts(claimed: Sequence[Quantity], judged: Sequence[Judged]) -> list[Judged]:
    """The sentences whose numbers come to the claimed one together, marked as telling it in part; () where none do."""
    for quantity in claimed:
        if not quantity.unit or any(_values(each, quantity) == [quantity.value] for each in judged):
            continue
        parts = _parts(quantity, judged)
        if any(each.slots.get("predicate") != "missing" for each, _ in parts):  # else numbers of another deed
            numbers = " + ".join(f"{value:g}" for _, value in parts)
            reason = f"quantity: the letters give {numbers}, which come to {quantity.value:g} together"
            return [replace(each, strong=True, against=(), short_of=(reason,)) for each, _ in parts]
    return []


def _parts(quantity: Quantity, judged: Sequence[Judged]) -> list[tuple[Judged, float]]:
    found = [
        (each, value)
        for each in judged
        if each.score > 0
        for value in _values(each, quantity)
        if 0 < value < quantity.value
    ]
    for value in dict.fromkeys(value for _, value in found):
        equal = [one for one in found if one[1] == value]
        if 2 <= len(equal) <= MOST_PARTS and _same(len(equal) * value, quantity.value):
            return equal
    whole = 2 <= len(found) <= MOST_PARTS and _same(sum(value for _, value in found), quantity.value)
    return found if whole else []


def _values(judged: Judged, quantity: Quantity) -> list[float]:
    return [number.value for number in judged.window.numbers if same_unit(number.unit, quantity.unit)]


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1.0)
