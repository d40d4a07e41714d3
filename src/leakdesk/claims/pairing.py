"""Claims of two reports held against each other, pair by pair: which may tell one event, and how likely that is.

Claims of one text that say the same thing (a headline and the body) become one group. Then groups of both texts are held against
each other, by those of their claims that have most in common; what surely tells two events is no pair at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leakdesk.claims.acquaintance import acquaintance
from leakdesk.claims.likeness import features, likelihood
from leakdesk.claims.nearness import Nearness, Wording, nearness
from leakdesk.claims.retold import retold
from leakdesk.claims.slots import SlotTable, compare_claims
from leakdesk.claims.views import ClaimView, view
from leakdesk.claims.weighing import (
    ANCHORED,
    THRESHOLD,
    UNLESS_NEAR,
    Rarity,
    Ties,
    rarity,
    same_words,
    set_apart,
    share_participant,
    ties_of,
    weight,
)
from leakdesk.claims.who import identities
from leakdesk.model.claim import Claim, Reading
from leakdesk.model.comparison import EntityPair

#: How much less the slots of reports without a name in common count, and what only the words' nearness says.
OF_STRANGERS, OF_WORDING = 0.2, 0.15
#: With this share of names in common, what both reports tell once is the same thing.
NODDING = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Claims of one text that say the same thing, the fullest first."""

    views: tuple[ClaimView, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(each.claim.id for each in self.views)

    @property
    def said(self) -> str:
        """The words of its fullest claim."""
        return self.views[0].claim.quote.exact


@dataclass(frozen=True, slots=True)
class Pair:
    a: int
    b: int
    weight: float
    table: SlotTable
    features: Mapping[str, float]
    by_slots: float
    """How likely it is by the slots alone; `weight` is that, or what the words' nearness says where that is more."""
    surest: float
    """The larger of both, nothing taken off."""


def held_together(
    a: Reading, b: Reading, entities: Sequence[EntityPair], wording: Wording | None = None
) -> tuple[list[Group], list[Group], list[Pair]]:
    """The claims of both texts in groups, and every pair of groups with how likely it tells one event."""
    left, right = identities(entities, a, b)
    groups_a, groups_b = _groups(a, left), _groups(b, right)
    met = acquaintance(a, b, entities)
    rare = rarity(view for group in (*groups_a, *groups_b) for view in group.views)
    lone = _told_once_by_both(groups_a, groups_b) if met >= NODDING else frozenset[str]()
    near = nearness([g.said for g in groups_a], [g.said for g in groups_b], wording) if wording else None
    weigh = _Weighing(met=met, rare=rare, lone=lone, near=near)
    pairs = [pair for i, x in enumerate(groups_a) for j, y in enumerate(groups_b) if (pair := weigh.pair(i, x, j, y))]
    return groups_a, groups_b, pairs


def _views(reading: Reading, identity: Mapping[str, str]) -> list[ClaimView]:
    # An id that has no partner must not equal another text's local id by chance ("e1" stands in both).
    safe = {entity.id: identity.get(entity.id, f"{reading.sha256[:8]}:{entity.id}") for entity in reading.entities}
    return [retold(view(claim, reading, safe)) for claim in reading.claims]


def _groups(reading: Reading, identity: Mapping[str, str]) -> list[Group]:
    groups: list[list[ClaimView]] = []
    for each in _views(reading, identity):
        home = next((group for group in groups if _repeats(each, group[0])), None)
        if home is None:
            groups.append([each])
        elif _fullness(each) > _fullness(home[0]):
            home.insert(0, each)
        else:
            home.append(each)
    return [Group(views=tuple(group)) for group in groups]


def told_once(reading: Reading) -> list[tuple[Claim, ...]]:
    """Claims of one text, those together that say the same thing, the fullest first."""
    return [tuple(each.claim for each in group.views) for group in _groups(reading, {})]


def _repeats(later: ClaimView, earlier: ClaimView) -> bool:
    """Whether one text says the same thing twice: nothing disjoint, predicate and one participant in common."""
    table = compare_claims(later, earlier)
    if "disjoint" in table.slots.values() or table.swapped:
        return False
    sure = {"subject", "object"} - table.blank - table.anybody - table.rivals
    return any(table.slots.get(slot) in ("equal", "variant") for slot in sure) and weight(table) >= THRESHOLD + 1


def _fullness(each: ClaimView) -> int:
    parts = (each.subject, each.object, each.place, each.time, *each.others.values())
    return sum(part is not None for part in parts) + len(each.quantities)


def _told_once_by_both(a: list[Group], b: list[Group]) -> frozenset[str]:
    """What each of two reports tells in one place only: its numbers and other anchors, and its deeds as "deed:...". Where both
    reports are about one matter, the one sum in each is the same sum, and the one signing the same signing."""
    return _told_once(a) & _told_once(b)


def _told_once(groups: list[Group]) -> frozenset[str]:
    counts = Counter(
        each
        for group in groups
        for each in {anchor for view in group.views for anchor in (*view.anchors, f"deed:{view.predicate_class}")}
    )
    return frozenset(each for each, count in counts.items() if count == 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighing:
    """What two groups are held against: how well the reports know each other, how rare words are, what both tell once, and how
    near the words are in meaning, where a model says so."""

    met: float
    rare: Rarity
    lone: frozenset[str]
    near: Nearness | None

    def pair(self, i: int, x: Group, j: int, y: Group) -> Pair | None:
        """Two groups by those of their claims that have most in common; None where they surely tell two events."""
        held = self._best(x, y, alone=self.near is not None and self.near.tells and self.near.is_near(i, j))
        if held is None:
            return None
        apart = set_apart(held.left, held.right, held.table, held.ties, self.met)
        found = features(held.left, held.right, held.table, held.ties, self.met)
        likely = 0.0 if apart or not held.shared else likelihood(found)
        by_slots = likely - OF_STRANGERS * found.get("strangers", 0.0)
        if self.near is None:
            return None if apart else Pair(i, j, by_slots, held.table, found, by_slots, likely)
        always = apart - UNLESS_NEAR if self.near.tells else apart
        if always or self._are_two_in_full(x, y):
            return None
        near = self.near.features(i, j)
        found |= near
        if apart:
            found |= {"another deed": 1.0, "another deed, near": near["near beyond others"]}
        if not held.shared:
            found["nothing shared"] = 1.0
        by_wording = likelihood(found, "wording")
        weight = max(by_slots, by_wording - OF_WORDING)
        return Pair(i, j, weight, held.table, found, by_slots, max(likely, by_wording))

    def _are_two_in_full(self, x: Group, y: Group) -> bool:
        """Whether the fullest claims of two groups surely tell two events, though a headline of one leaves out by what."""
        left, right = x.views[0], y.views[0]
        table, ties = compare_claims(left, right), ties_of(left, right, self.rare, self.lone)
        return bool(set_apart(left, right, table, ties, self.met) - UNLESS_NEAR)

    def _best(self, x: Group, y: Group, *, alone: bool) -> _Held | None:
        """`alone`: also claims that have no word, number or name in common."""
        found: list[_Held] = []
        for left in x.views:
            for right in y.views:
                shared = bool(left.anchors & right.anchors) or share_participant(left, right)
                if shared or alone:
                    table, ties = compare_claims(left, right), ties_of(left, right, self.rare, self.lone)
                    closeness = weight(table) + same_words(left, right) + ANCHORED * ties.near
                    found.append(_Held(left, right, table, ties, shared, closeness))
        return max(found, key=lambda each: (each.shared, each.closeness), default=None)


@dataclass(frozen=True, slots=True)
class _Held:
    """Two claims held against each other."""

    left: ClaimView
    right: ClaimView
    table: SlotTable
    ties: Ties
    shared: bool
    closeness: float
