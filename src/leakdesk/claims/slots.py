"""How one claim's slots stand to another's.

Each slot gives equal, narrower, broader, disjoint, missing or variant. Names are compared by who they are, other words by
language-free terms, dates as intervals, numbers by value, unit and role. Nothing here decides what the relation of two claims
is; that is `align`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from leakdesk.claims.dates import compare_times
from leakdesk.claims.deeds import akin
from leakdesk.claims.facing import facing
from leakdesk.claims.manner import exclude
from leakdesk.claims.sides import (
    are_named_apart,
    are_rivals,
    are_two,
    compare_sides,
    is_anybody,
    is_same,
    is_somewhere,
    met,
)
from leakdesk.claims.units import comparable, same_unit
from leakdesk.claims.views import LIGHT, REFUSING, ClaimView, Side
from leakdesk.language.concepts import all_concepts
from leakdesk.language.numbers import scales
from leakdesk.language.words import WORD
from leakdesk.model.claim import Quantity
from leakdesk.model.comparison import SlotRelation

#: Roles of a number that mean the same thing to a reader; "" is a role the text leaves open.
_SAME_NUMBER_ROLE: Mapping[str, str] = {
    "": "of", "of": "of", "at": "of", "count": "of", "total": "of", "sum": "of",
    "to": "to", "up_to": "up_to", "by": "by", "from": "from", "at_least": "at_least", "over": "at_least",
    "about": "of", "almost": "of", "share": "of",
}  # fmt: skip
#: From here on what follows a point are thousands rather than decimals.
_NO_DECIMAL = 1000
#: Roles that bound a number instead of giving it: a bound is compatible with any value inside it.
BOUNDS = frozenset({"up_to", "at_least"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotTable:
    """Relation per slot, a sentence for each slot that is not equal, and which slots only one of the two fills."""

    slots: dict[str, SlotRelation]
    reasons: tuple[str, ...]
    swapped: bool = False
    only_a: frozenset[str] = frozenset()
    only_b: frozenset[str] = frozenset()
    loosely: bool = False
    rivals: frozenset[str] = frozenset()
    """Slots whose sides share words and yet each name a thing of their own."""
    possible: bool = False
    """Whether one of the two says only what may or could be."""
    known: frozenset[str] = frozenset()
    """Slots in which both name one known participant."""
    blank: frozenset[str] = frozenset()
    """Slots in which one of the two has a mere stand-in ("him") that is nobody known to be in the other."""
    anybody: frozenset[str] = frozenset()
    """Slots in which both name mere people ("four people"): they may be any."""
    apart: frozenset[str] = frozenset()
    """Slots whose sides name two, each by a name."""
    two: frozenset[str] = frozenset()
    """Slots whose sides are two things, by known words for things."""


def compare_claims(a: ClaimView, b: ClaimView) -> SlotTable:
    """Hold two claims side by side, slot by slot. Slots that neither has are left out."""
    a, b = facing(a, b)
    table = _Table()
    table.slots["predicate"] = compare_predicates(a, b)
    swapped = table.slots["predicate"] != "disjoint" and _swapped(a, b)
    for name, left, right in _sides(a, b):
        table.side(name, left, right, told_elsewhere=None if swapped else _elsewhere(name, left, right, a, b))
    table.value("time", compare_times(a, b), _time_text(a), _time_text(b), bool(a.time))
    more_in_a = len(a.quantities) > len(b.quantities)
    table.value(
        "quantity", compare_quantities(a.quantities, b.quantities), _quantity_text(a), _quantity_text(b), more_in_a
    )
    table.flag("polarity", _both_or_neither(a, b), "one says that it is so, the other that it is not")
    table.flag("modality", a.modality == b.modality, f"modality: {a.claim.modality} against {b.claim.modality}")
    if way := exclude(a.claim.quote.exact, b.claim.quote.exact):
        table.flag("manner", False, f"manner: {way}")
    if swapped:
        table.reasons.insert(0, "the participants change places: who does it in one text suffers it in the other")
    return SlotTable(
        slots=table.slots,
        reasons=tuple(table.reasons),
        swapped=swapped,
        only_a=frozenset(table.only["A"]),
        only_b=frozenset(table.only["B"]),
        loosely=is_loosely_one(a, b),
        possible="possible" in (a.modality, b.modality) and a.modality != b.modality,
        **_traits(table.slots, a, b),
    )


def _traits(slots: Mapping[str, SlotRelation], a: ClaimView, b: ClaimView) -> dict[str, frozenset[str]]:
    """What the sides of two claims are beyond their relation; nothing where the deeds have nothing in common."""
    found: dict[str, set[str]] = {
        "known": set(),
        "blank": set(),
        "anybody": set(),
        "rivals": set(),
        "two": set(),
        "apart": set(),
    }
    for name, left, right in _sides(a, b):
        if left is None or right is None:
            continue
        if left.entity and left.entity == right.entity and slots.get(name) != "disjoint":
            found["known"].add(name)
        elif _is_blank(left, right):
            found["blank"].add(name)
        elif is_anybody(left) and is_anybody(right):
            found["anybody"].add(name)
        elif slots.get(name) == "variant" and are_rivals(left, right):
            found["rivals"].add(name)
        elif slots.get(name) == "disjoint":
            found["two"] |= {name} if are_two(left, right) else set()
            found["apart"] |= {name} if are_named_apart(left, right) else set()
    return {name: frozenset(each) for name, each in found.items()}


def _is_blank(a: Side, b: Side) -> bool:
    return not (a.words and b.words)


def _both_or_neither(a: ClaimView, b: ClaimView) -> bool:
    """Whether both say that it is so, or neither. Two refusals agree, though only one tells what is refused."""
    refuse = a.predicate_class in REFUSING and b.predicate_class in REFUSING
    return a.denied == b.denied or (refuse and a.claim.polarity == b.claim.polarity)


def _elsewhere(name: str, left: Side | None, right: Side | None, a: ClaimView, b: ClaimView) -> SlotRelation | None:
    """What a side is that the other text tells in another slot ("the port" as whom, as to whom): the same, told otherwise.
    Two that are named are two, and who stands on the other side of the deed has changed places."""
    if (left and right and left.entity and right.entity) or _faces(name, left, b) or _faces(name, right, a):
        return None
    if left and right:
        return "variant" if _stands_in(left, b.anchors) and _stands_in(right, a.anchors) else None
    side, claim = (left, b) if left else (right, a)
    return "variant" if side and name in _FACING and _stands_in(side, _in_slots(claim, name)) else None


#: Who stands on the other side of a deed.
_FACING = {"subject": "object", "object": "subject"}


def _faces(name: str, side: Side | None, claim: ClaimView) -> bool:
    """Whether a side stands on the other side of the deed in a claim that has somebody on both."""
    other = claim.object if _FACING.get(name) == "object" else claim.subject
    if side is None or name not in _FACING or other is None or claim.subject is None or claim.object is None:
        return False
    return met(side, other) > 0


def _stands_in(side: Side, keys: frozenset[str]) -> bool:
    """Whether most words of a side stand among some keys."""
    return sum(bool(word & keys) for word in side.words) * 2 >= max(1, len(side.words))


def _in_slots(claim: ClaimView, name: str) -> frozenset[str]:
    """What stands in a claim's slots, where the slot of another may be told: to whom something goes is no doer."""
    others = (side for role, side in claim.others.items() if (name, role) != ("subject", "to"))
    sides = (claim.subject, claim.object, claim.place, *others)
    return frozenset(key for side in sides if side for word in side.words for key in word)


def _sides(a: ClaimView, b: ClaimView) -> list[tuple[str, Side | None, Side | None]]:
    roles = sorted(set(a.others) | set(b.others))
    return [
        ("subject", a.subject, b.subject),
        ("object", a.object, b.object),
        *((role, a.others.get(role), b.others.get(role)) for role in roles),
        ("place", a.place, b.place),
    ]


class _Table:
    """A slot table in the making."""

    def __init__(self) -> None:
        self.slots: dict[str, SlotRelation] = {}
        self.reasons: list[str] = []
        self.only: dict[str, set[str]] = {"A": set(), "B": set()}

    def side(self, name: str, a: Side | None, b: Side | None, told_elsewhere: SlotRelation | None) -> None:
        """Note two participants, things or places."""
        relation = compare_sides(a, b)
        if relation is None:
            return
        relation = told_elsewhere if relation == "disjoint" and told_elsewhere else relation
        if name == "place" and relation == "disjoint" and not (a and b and is_somewhere(a) and is_somewhere(b)):
            # "at a depth of ten metres", "at two officers": words after "at" are no two places on a map.
            relation = "variant"
        self.slots[name] = relation
        if relation == "missing" and not told_elsewhere:
            who, says = ("A", a) if a else ("B", b)
            self.only[who].add(name)
            self.reasons.append(f"{name}: only {who} says “{says.text if says else ''}”")
        elif relation != "equal" and a and b:
            self.reasons.append(f"{name}: “{a.text}” against “{b.text}”")

    def value(self, name: str, relation: SlotRelation | None, a: str, b: str, more_in_a: bool) -> None:
        """Note two dates or numbers."""
        if relation is None:
            return
        self.slots[name] = relation
        if relation == "missing":
            self.only["A" if more_in_a else "B"].add(name)
        if relation != "equal":
            self.reasons.append(f"{name}: {a} against {b}")

    def flag(self, name: str, equal: bool, reason: str) -> None:
        """Note a yes-or-no slot."""
        self.slots[name] = "equal" if equal else "disjoint"
        if not equal:
            self.reasons.append(reason)


def compare_predicates(a: ClaimView, b: ClaimView) -> SlotRelation:
    """Two predicates: equal when they fall into one concept class or share their lemma; variant when one text tells
    the event with a verb and the other with a noun ("offered a refund", "offered to repay")."""
    if a.predicate_class and a.predicate_class == b.predicate_class:
        return "equal"
    if a.predicate & b.predicate or a.claim.predicate.lemma.casefold() == b.claim.predicate.lemma.casefold():
        return "equal"
    if a.events & b.events or {a.predicate_class, b.predicate_class} <= LIGHT:
        return "variant"
    if is_loosely_one(a, b):
        return "variant"
    # One refuses, the other does not do it: deeds of one kind, denied on both sides.
    denied = a.denied and b.denied and bool({a.predicate_class, b.predicate_class} & REFUSING)
    return "variant" if denied and akin(a.deed, b.deed) else "disjoint"


def is_loosely_one(a: ClaimView, b: ClaimView) -> bool:
    """Whether the two deeds are of one wider class ("took" and "received"), and told neither by one word nor as one event."""
    if a.predicate_class == b.predicate_class or a.predicate & b.predicate or a.events & b.events:
        return False
    left, right = a.events or {a.predicate_class}, b.events or {b.predicate_class}
    known = all_concepts()
    return any(x in known and y in known and akin(x, y) for x in left for y in right)


def compare_quantities(a: tuple[Quantity, ...], b: tuple[Quantity, ...]) -> SlotRelation | None:
    """Numbers of one unit against each other. One conflict decides; else a number that only one gives is `missing`."""
    if not a and not b:
        return None
    met = tuple(other for other in b if any(_against(left, (other,)) == "equal" for left in a))
    relations: list[SlotRelation] = [relation for left in a if (relation := _against(left, b, met)) is not None]
    if "disjoint" in relations:
        return "disjoint"
    if not relations:
        return "missing"
    uneven = len(a) != len(b) or len(relations) < len(a)
    if all(relation == "equal" for relation in relations):
        return "missing" if uneven else "equal"
    return next(relation for relation in relations if relation != "equal")


def _against(left: Quantity, others: tuple[Quantity, ...], met: tuple[Quantity, ...] = ()) -> SlotRelation | None:
    """How a number stands to another text's, the kindest reading; None where that has none of its unit. `met`: those that another
    number equals: "300 of its 900 workers" is no other number than "300 workers"."""
    fitting = [other for other in others if comparable(left.unit, other.unit, _equal_values(left, other))]
    found: list[SlotRelation] = [
        relation for other in fitting if (relation := _compare_numbers(left, other)) != "disjoint" or other not in met
    ]
    return min(found, key=_KINDEST.index, default=None)


#: When a text gives several numbers of one unit, the kindest reading counts: a conflict needs that none fits.
_KINDEST: tuple[SlotRelation, ...] = ("equal", "narrower", "broader", "variant", "missing", "disjoint")


def number_role(quantity: Quantity) -> str:
    """What a number stands for, one word for all roles that mean the same to a reader."""
    return _SAME_NUMBER_ROLE.get(quantity.role, quantity.role)


def _compare_numbers(a: Quantity, b: Quantity) -> SlotRelation:
    role_a, role_b = number_role(a), number_role(b)
    equal = _equal_values(a, b)
    if not equal and (rounder := _rounder(a, b)) is not None:
        return "broader" if rounder is a else "narrower"
    if role_a == role_b:
        return "equal" if equal else "disjoint"
    if {role_a, role_b} & BOUNDS and not {role_a, role_b} & {"by", "from"}:
        return _within_bound(a, role_a, b, role_b, equal=equal)
    # "to 40 %" and "by 40 %" are different facts though the digits agree; an open role fits any other.
    if "of" in (role_a, role_b) and equal:
        return "variant"
    return "disjoint"


_DECIMALS = re.compile(r"\d[.,](\d+)")


def _rounder(a: Quantity, b: Quantity) -> Quantity | None:
    """The one of two numbers that is the other rounded ("6 miles", "6.2 miles"); None where neither is."""
    for rough, fine in ((a, b), (b, a)):
        found = _DECIMALS.search(fine.text)
        # Only what is written with a decimal is rounded away: 40 is not taken for 41, nor 14 for 14,300.
        if (
            found
            and abs(fine.value) < _NO_DECIMAL
            and not _DECIMALS.search(rough.text)
            and rough.value == round(fine.value)
        ):
            return rough
        if rough.role in ROUGH and _rounds_to(fine.value, rough.value):
            return rough
        if _in_round_words(rough) and not _in_round_words(fine) and _rounds_exactly(fine.value, rough.value):
            return rough
    return None


#: Roles of a number of which its text says that it is none exactly ("about", "nearly").
ROUGH = frozenset({"about", "almost"})
#: How far "about" reaches, as a share of the number.
REACH = 0.15


def _in_round_words(quantity: Quantity) -> bool:
    """Whether a number is written with a word for thousands or more ("31 thousand tonnes")."""
    return any(scales().get(word.casefold().rstrip("."), 1.0) >= THOUSAND for word in WORD.findall(quantity.text))


#: From here on a word for a scale rounds what it counts.
THOUSAND = 1_000.0


def _rounds_exactly(fine: float, rough: float) -> bool:
    """Whether a number is the other one rounded at its last digit: 31,240 is "31 thousand", 31,700 is not."""
    if rough <= 0 or fine <= 0 or fine == rough:
        return False
    digits = len(f"{rough:.15g}".rstrip("0").replace(".", "").lstrip("0"))
    return digits >= 2 and float(f"{fine:.{digits}g}") == rough


def _rounds_to(fine: float, rough: float) -> bool:
    """Whether a number is the other one at the digits that this one gives: 1,870 is about 2,000, 13.2 about 13."""
    if rough <= 0 or abs(fine - rough) > REACH * rough:
        return False
    digits = len(f"{rough:.15g}".replace(".", "").strip("0"))
    return float(f"{fine:.{max(1, digits)}g}") == rough


def _within_bound(a: Quantity, role_a: str, b: Quantity, role_b: str, *, equal: bool) -> SlotRelation:
    bound, value, a_is_bound = (a, b, True) if role_a in BOUNDS else (b, a, False)
    upper = (role_a if a_is_bound else role_b) == "up_to"
    fits = equal or (value.value <= bound.value if upper else value.value >= bound.value)
    if not fits:
        return "disjoint"
    return "broader" if a_is_bound else "narrower"


def _equal_values(a: Quantity, b: Quantity) -> bool:
    if same_unit(a.unit, "percent") and not (_DIGIT.search(a.text) and _DIGIT.search(b.text)):
        return abs(a.value - b.value) <= ROUNDED  # "a third" is 33 %
    return abs(a.value - b.value) <= 1e-6 * max(abs(a.value), abs(b.value), 1.0)


#: How far a share in words may be from one in figures, in per cent of the whole.
ROUNDED = 0.7
_DIGIT = re.compile(r"\d")


def _swapped(a: ClaimView, b: ClaimView) -> bool:
    """Whether A's subject is B's object and A's object B's subject."""
    if not (a.subject and a.object and b.subject and b.object):
        return False
    crossed = is_same(a.subject, b.object) and is_same(a.object, b.subject)
    return crossed and not (is_same(a.subject, b.subject) or is_same(a.object, b.object))


def _time_text(claim: ClaimView) -> str:
    return f"“{claim.claim.time.text}”" if claim.claim.time else "no date"


def _quantity_text(claim: ClaimView) -> str:
    numbers = ", ".join(f"“{quantity.text}” ({quantity.role or 'role open'})" for quantity in claim.quantities)
    return numbers or "no number"
