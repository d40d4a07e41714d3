"""Numbers and days of which one is the other with a slip of the pen: one digit changed, added or left out, or two exchanged.

The 8th for the 18th of March, 610,000 for 510,000: two reports of one thing rather than two things. Two things of one kind
have numbers without such a likeness, but for chance.
"""

from __future__ import annotations

import re

from leakdesk.claims.units import same_unit
from leakdesk.claims.views import ClaimView

_DAY = re.compile(r"(\d{4}|X{4})-(\d\d)-(\d\d)")
#: A number of one digit is another number rather than a slip.
FEWEST_DIGITS = 2
#: Below this a digit more or less is another number too: two killed or twelve, a quake of 7.6 or 8.6.
TELLING = 10


def is_slip_of_number(one: float, other: float) -> bool:
    """Whether two positive numbers differ by one slip in their digits; zeros at the end that both have do not count."""
    if one == other or one <= 0 or other <= 0:
        return False
    left, right = _digits(one), _digits(other)
    if "." in left and left.find(".") == right.find("."):
        left, right = left.replace(".", ""), right.replace(".", "")
    while left.endswith("0") and right.endswith("0"):
        left, right = left[:-1], right[:-1]
    return _are_exchanged(left, right) or (min(one, other) >= TELLING and _differ_by_one(left, right))


def is_slip_of_day(one: str, other: str) -> bool:
    """Whether two EDTF days of one year (XXXX: any) are a slip apart: in the day of one month, or in the month."""
    left, right = _DAY.fullmatch(one), _DAY.fullmatch(other)
    if left is None or right is None or ("X" not in left[1] + right[1] and left[1] != right[1]):
        return False
    if left[3] == right[3]:
        return left[2] != right[2]
    first, second = left[3].lstrip("0"), right[3].lstrip("0")
    return left[2] == right[2] and (_are_exchanged(first, second) or _differ_by_one(first, second))


def slips_of(a: ClaimView, b: ClaimView) -> frozenset[str]:
    """Slots ("time", "quantity") in which two claims are a slip apart."""
    found: set[str] = set()
    if a.claim.time and b.claim.time and is_slip_of_day(a.claim.time.edtf or "", b.claim.time.edtf or ""):
        found.add("time")
    if any(
        same_unit(one.unit, other.unit) and is_slip_of_number(one.value, other.value)
        for one in a.quantities
        for other in b.quantities
    ):
        found.add("quantity")
    return frozenset(found)


def _digits(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _differ_by_one(one: str, other: str) -> bool:
    """Whether one digit is changed, added or left out; of a single digit nothing is sure."""
    if max(len(one), len(other)) < FEWEST_DIGITS:
        return False
    if len(one) == len(other):
        changed = [(x, y) for x, y in zip(one, other, strict=True) if x != y]
        return len(changed) == 1 and "." not in changed[0]
    long, short = (one, other) if len(one) > len(other) else (other, one)
    added = any(long[:i] + long[i + 1 :] == short for i, digit in enumerate(long) if digit != ".")
    return len(long) == len(short) + 1 and added


def _are_exchanged(one: str, other: str) -> bool:
    """Whether two neighbouring digits have changed places."""
    at = [i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y]
    neighbours = len(one) == len(other) and len(at) == 2 and at[1] == at[0] + 1
    return neighbours and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]
