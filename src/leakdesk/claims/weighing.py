"""How near two claims are to telling one event: slot by slot, and by everything rare that both name.

Similarity of wording never decides by itself: what tells two events apart (another time *and* another place or number, other
people) keeps them apart however alike the words are.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from leakdesk.claims.figures import TELLING_FROM
from leakdesk.claims.slips import slips_of
from leakdesk.claims.slots import SlotTable
from leakdesk.claims.units import same_unit
from leakdesk.claims.views import LIGHT, ClaimView
from leakdesk.language.concepts import all_concepts
from leakdesk.model.comparison import SlotRelation

#: What a slot adds when two claims are weighed as one event: (equal or variant, narrower or broader, disjoint).
WEIGHTS: Mapping[str, tuple[float, float, float]] = {
    "predicate": (3.0, 3.0, -1.5),
    "subject": (2.0, 1.5, -2.0),
    "object": (2.5, 2.0, -1.5),
    "place": (0.7, 0.5, -1.2),
    "time": (0.8, 0.6, -1.2),
    "quantity": (1.6, 1.0, -0.4),
    "with": (1.0, 0.8, -0.8),
    "from": (1.0, 0.8, -0.8),
    "to": (1.0, 0.8, -0.8),
    "for": (0.8, 0.6, -0.5),
    "by": (1.0, 0.8, -0.8),
    "polarity": (0.0, 0.0, 0.0),
    "modality": (0.0, 0.0, -0.3),
    "manner": (0.0, 0.0, -0.3),
}
#: Relations of two slots that say the same of one event, more or less fully.
SAME: tuple[SlotRelation | None, ...] = ("equal", "variant", "narrower", "broader")
#: Words for deeds that tell nothing alone: what is, comes, goes or gets may be anything.
_ANY_DEED_WORDS = """
    be have do go come get move become seem
    быть иметь делать идти пойти прийти приходить стать становиться
    бути мати робити йти піти прийти приходити стати ставати
    быць мець рабіць ісці пайсці прыйсці прыходзіць стаць станавіцца
"""
_ANY_DEED = frozenset(_ANY_DEED_WORDS.split())
#: Claims of one text say the same thing from this weight on: predicate and one participant with nothing against it.
THRESHOLD = 4.0
#: What it costs that two deeds are merely of one wider class.
LOOSELY = -1.5
#: What it adds that both use exactly the same content words, from so many words on.
SAME_WORDS, SEVERAL_WORDS = 1.5, 2
#: What it adds that both name the same rare things, whatever their slots: times the share of what they name.
ANCHORED = 3.0


#: What it counts that both tell of people and nothing more of them, of what a participant counts.
ANYBODY = 0.5
#: Ids of entities that are the same in both reports (`align.identities`).
_COMMON = re.compile(r"s\d+")

Rarity = Callable[[str], float]
"""How telling a word is: rare words weigh more."""


def rarity(views: Iterable[ClaimView]) -> Rarity:
    """A word weighs by its rarity among the claims of both reports."""
    each_once = list(views)
    counts = Counter(anchor for view in each_once for anchor in view.anchors)
    table = {anchor: math.log(1 + len(each_once) / count) for anchor, count in counts.items()}
    return lambda anchor: table.get(anchor, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What two claims have in common whatever their slots: somebody or something named, a telling number or day,
    how many things (concepts), and how much of everything; and whether both reports tell this number, or this deed, nowhere
    else."""

    named: bool
    dated: bool
    things: int
    near: float
    one_number: bool = False
    one_deed: bool = False
    slips: frozenset[str] = frozenset()
    """Slots that exclude each other by what may be a slip of the pen ("time", "quantity")."""


def ties_of(a: ClaimView, b: ClaimView, rare: Rarity, lone: frozenset[str] = frozenset()) -> Ties:
    """What ties two claims together. `lone`: what both reports tell in one place only."""
    shared = a.anchors & b.anchors
    numbers = [float(each[2:]) for each in shared if each[:2] == "n:"]
    return Ties(
        named=any(_COMMON.fullmatch(each) for each in shared),
        dated=any(each[:2] == "t:" for each in shared) or any(value >= TELLING_FROM for value in numbers),
        things=sum(each[:1] == "@" for each in shared),
        near=closeness(a, b, rare),
        one_number=any(_is_telling(float(each[2:]), a, b) for each in shared & lone if each[:2] == "n:"),
        one_deed=a.predicate_class == b.predicate_class
        and a.predicate_class not in LIGHT
        and f"deed:{a.predicate_class}" in lone,
        slips=slips_of(a, b),
    )


def _is_telling(value: float, a: ClaimView, b: ClaimView) -> bool:
    """Whether a number stands for one fact in two reports about one matter: no year, and large, broken, or of one unit."""
    if value.is_integer() and 1900 <= value < 2100:
        return False
    if value >= LARGE or not value.is_integer():
        return True
    same = any(
        one.value == other.value == value and same_unit(one.unit, other.unit)
        for one in a.quantities
        for other in b.quantities
    )
    return same and value >= TELLING_FROM


#: A number from here on is seldom told of two things in one story.
LARGE = 100


def closeness(a: ClaimView, b: ClaimView, rare: Rarity) -> float:
    """The share, 0..1, of what two claims name that both name, rare things counting more."""
    left, right = sum(map(rare, a.anchors)), sum(map(rare, b.anchors))
    shared = sum(map(rare, a.anchors & b.anchors))
    return shared / math.sqrt(left * right) if shared else 0.0


def same_words(a: ClaimView, b: ClaimView) -> float:
    """Two texts in the same words tell one event rather than two, also where a word ("they") names nobody."""
    return SAME_WORDS if len(a.terms) >= SEVERAL_WORDS and a.terms == b.terms else 0.0


def is_plain(a: ClaimView, b: ClaimView, table: SlotTable) -> bool:
    """Whether both tell a mere "is", "has" or "goes" and agree in nothing but its subject. That there are things, and that there
    are none, is told by the subject alone."""
    if table.slots.get("polarity") == "disjoint" and not (a.subject and a.subject.entity):
        return False
    said = any(
        relation not in ("disjoint", "missing")
        for slot, relation in table.slots.items()
        if slot not in ("predicate", "subject", "polarity", "modality")
    )
    return not said and all(
        each.predicate_class in LIGHT or each.claim.predicate.lemma.casefold() in _ANY_DEED for each in (a, b)
    )


def share_participant(a: ClaimView, b: ClaimView) -> bool:
    left = {side.entity for side in (a.subject, a.object, *a.others.values()) if side and side.entity}
    right = {side.entity for side in (b.subject, b.object, *b.others.values()) if side and side.entity}
    return bool(left & right)


def weight(table: SlotTable) -> float:
    total = LOOSELY if table.loosely else 0.0
    for slot, relation in table.slots.items():
        same, contained, apart = WEIGHTS[slot]
        if slot in table.blank and relation != "disjoint":
            continue
        share = ANYBODY if slot in table.anybody else 1.0
        if relation == "equal" or (relation == "variant" and slot in (*table.known, "predicate")):
            total += same * share
        elif relation in ("variant", "narrower", "broader"):
            total += contained * share
        elif relation == "disjoint":
            total += apart
    # Swapped participants are a conflict about one event, not two events.
    return total + (6.0 if table.swapped else 0.0)


def set_apart(a: ClaimView, b: ClaimView, table: SlotTable, ties: Ties, met: float) -> frozenset[str]:
    """What sets two claims apart as two events, by short names; empty where nothing does."""
    if table.swapped:
        return frozenset()
    found = {
        "kind": _are_two_of_a_kind(table, ties),
        **_another_deed(a, b, table, ties),
        "denial": _is_another_denial(table, met),
    }
    return frozenset(name for name, is_so in found.items() if is_so)


#: What sets two claims apart unless their words are near in meaning: another deed, as far as a table of deeds can tell. Two
#: events of a kind, another doer, another thing that is merely there, another place and a denial of something else always do.
UNLESS_NEAR = frozenset({"deed"})


def _are_two_of_a_kind(table: SlotTable, ties: Ties) -> bool:
    """Whether two claims of one deed tell two events of the kind: other days and other places, other people and numbers. What may
    be a slip of the pen sets nothing apart."""
    telling = {"time", "place", "quantity", "subject", "object"} - ties.slips
    apart = sum(table.slots.get(slot) == "disjoint" for slot in telling)
    return table.slots["predicate"] != "disjoint" and apart >= 2


def _another_deed(a: ClaimView, b: ClaimView, table: SlotTable, ties: Ties) -> dict[str, bool]:
    """Whether two people do the deed, or one does two deeds, and no number ties them, not even by a slip."""
    slots = table.slots
    if ties.one_number or ties.slips or slots.get("quantity") in ("equal", "variant"):
        return {}
    if slots["predicate"] != "disjoint":
        another_thing = slots.get("object") == "disjoint" and is_plain(a, b, table)
        return {"thing": another_thing, "doer": "subject" in table.two | table.apart}
    if slots.get("place") == "disjoint":
        return {"place": True}
    by_one = slots.get("subject") in SAME or not ties.named
    return {"deed": by_one and slots.get("object") not in SAME and _is_known(a) and _is_known(b)}


def _is_known(one: ClaimView) -> bool:
    """Whether its deed is one of the table's, and no mere "is" or "has"; what no table knows may be any deed."""
    return one.predicate_class not in LIGHT and one.predicate_class in all_concepts()


def _is_another_denial(table: SlotTable, met: float) -> bool:
    """Whether one denies what the other says of somebody else, or in a report that has hardly a name in common."""
    if table.slots.get("polarity") != "disjoint":
        return False
    another = table.slots["predicate"] != "disjoint" and table.slots.get("subject") == "disjoint"
    return met < HARDLY_MET or another


#: With a smaller share of names in common, one report does not deny what the other says.
HARDLY_MET = 0.3


def denies_it(table: SlotTable) -> bool:
    """Whether one claim surely denies what the other says: the same deed to the same thing, and not only what could or may be.
    Else it may tell the same event from the other end ("no longer pays", "payments are frozen")."""
    slots = table.slots
    if "disjoint" in (slots.get("object"), slots.get("subject")) or table.loosely or table.possible:
        return False
    same = [slot for slot in ("subject", "object") if slot in table.known or slots.get(slot) == "equal"]
    return slots["predicate"] != "disjoint" or len(same) > 1 or "object" in same
