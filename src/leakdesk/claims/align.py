"""Two reports side by side, row by row.

Three steps. First, claims of one text that say the same thing (a headline and the body) become one group. Then groups of
both texts are held against each other: two groups may stand in one row only if they tell one event, which takes a common
predicate or participants and thing, and does not survive two separate events' marks (other time *and* other place or
number). Last, the relation is read off the slots. Similarity of wording never says how two claims stand to each other; it may
bring them into one row, which then says so, and never over the marks of two events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from leakdesk.claims.acquaintance import acquaintance, identities
from leakdesk.claims.likeness import features, likelihood
from leakdesk.claims.nearness import Nearness, Wording, nearness
from leakdesk.claims.questions import question
from leakdesk.claims.retold import retold
from leakdesk.claims.slots import SlotTable, compare_claims
from leakdesk.claims.views import ClaimView, view
from leakdesk.claims.weighing import (
    ANCHORED,
    THRESHOLD,
    UNLESS_NEAR,
    Rarity,
    Ties,
    denies_it,
    rarity,
    same_words,
    set_apart,
    share_participant,
    ties_of,
    weight,
)
from leakdesk.model.claim import Claim, Reading
from leakdesk.model.comparison import EntityPair, Relation, Row, SlotRelation, SourceText
from leakdesk.model.document import Role

#: From this likelihood on two claims stand in one row.
ONE_EVENT = 0.55
#: How much less the slots of reports without a name in common count, and what only the words' nearness says.
OF_STRANGERS, OF_WORDING = 0.2, 0.15
#: And from this on what excludes each other is surely a conflict about it, rather than two events; so is what may be a slip.
SURELY_ONE = 0.7
#: Said of a row whose slots alone would not have brought it about.
IN_OTHER_WORDS = "in one row because the words are near in meaning: read both"
#: With this share of names in common, what both reports tell once is the same thing.
NODDING = 0.4
#: A further claim joins a row that stands already only if it is nearly as close as the row's own pair.
JOINS_AT = 0.75
#: Slots whose disjoint values cannot both be true of one event.
HARD = ("quantity", "time", "place", "polarity", "manner")
#: Slots in which a later text of the same outlet puts its earlier one right.
UPDATED = ("quantity", "time", "subject", "object", "to", "from")
#: Slots whose disjoint values may be a matter of telling.
SOFT = ("subject", "object", "with", "from", "to", "for", "by")
#: Slots in which the narrower value is surely more.
PRECISE = ("time", "quantity")
#: So many details more make a claim more specific: a date alone, a narrower date or number alone, or two others; what one of two
#: reports leaves out ("the works" behind a passive) its reader fills in. What both put in other words counts half for either.
MORE, OTHER_WORDS = 2.0, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
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
class _Pair:
    a: int
    b: int
    weight: float
    table: SlotTable
    features: Mapping[str, float]
    by_slots: float
    """How likely it is by the slots alone; `weight` is that, or what the words' nearness says where that is more."""
    surest: float
    """The larger of both, nothing taken off."""


def align(
    a: Reading,
    b: Reading,
    entities: Sequence[EntityPair],
    meta_a: SourceText | None = None,
    meta_b: SourceText | None = None,
    wording: Wording | None = None,
) -> tuple[Row, ...]:
    """The rows of a comparison, in the order of A's text, then what only B says. `wording`: a model of meaning."""
    groups_a, groups_b, likely = held_together(a, b, entities, wording)
    pairs = [pair for pair in likely if pair.weight >= ONE_EVENT]
    bundles = _with_denials(pairs, _bundles(pairs))
    rows = [_row(a, b, bundle, groups_a, groups_b, meta_a, meta_b) for bundle in bundles]
    told = {claim for row in rows for claim in (*row.a, *row.b)}
    rows += [_alone(group, "only_a") for group in groups_a if group.ids[0] not in told]
    rows += [_alone(group, "only_b") for group in groups_b if group.ids[0] not in told]
    return tuple(sorted(rows, key=lambda row: _position(row, a, b)))


def held_together(
    a: Reading, b: Reading, entities: Sequence[EntityPair], wording: Wording | None = None
) -> tuple[list[_Group], list[_Group], list[_Pair]]:
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


def _groups(reading: Reading, identity: Mapping[str, str]) -> list[_Group]:
    groups: list[list[ClaimView]] = []
    for each in _views(reading, identity):
        home = next((group for group in groups if _repeats(each, group[0])), None)
        if home is None:
            groups.append([each])
        elif _fullness(each) > _fullness(home[0]):
            home.insert(0, each)
        else:
            home.append(each)
    return [_Group(views=tuple(group)) for group in groups]


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


def _told_once_by_both(a: list[_Group], b: list[_Group]) -> frozenset[str]:
    """What each of two reports tells in one place only: its numbers and other anchors, and its deeds as "deed:...". Where both
    reports are about one matter, the one sum in each is the same sum, and the one signing the same signing."""
    return _told_once(a) & _told_once(b)


def _told_once(groups: list[_Group]) -> frozenset[str]:
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

    def pair(self, i: int, x: _Group, j: int, y: _Group) -> _Pair | None:
        """Two groups by those of their claims that have most in common; None where they surely tell two events."""
        held = self._best(x, y, alone=self.near is not None and self.near.tells and self.near.is_near(i, j))
        if held is None:
            return None
        apart = set_apart(held.left, held.right, held.table, held.ties, self.met)
        found = features(held.left, held.right, held.table, held.ties, self.met)
        likely = 0.0 if apart or not held.shared else likelihood(found)
        by_slots = likely - OF_STRANGERS * found.get("strangers", 0.0)
        if self.near is None:
            return None if apart else _Pair(i, j, by_slots, held.table, found, by_slots, likely)
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
        return _Pair(i, j, weight, held.table, found, by_slots, max(likely, by_wording))

    def _are_two_in_full(self, x: _Group, y: _Group) -> bool:
        """Whether the fullest claims of two groups surely tell two events, though a headline of one leaves out by what."""
        left, right = x.views[0], y.views[0]
        table, ties = compare_claims(left, right), ties_of(left, right, self.rare, self.lone)
        return bool(set_apart(left, right, table, ties, self.met) - UNLESS_NEAR)

    def _best(self, x: _Group, y: _Group, *, alone: bool) -> _Held | None:
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


def _bundles(pairs: list[_Pair]) -> list[list[_Pair]]:
    """Best pairs first; a claim that is left over may join a row in which its best partner stands (many-to-one)."""
    rows: list[list[_Pair]] = []
    row_of: dict[tuple[str, int], int] = {}
    for pair in sorted(pairs, key=lambda each: (-each.weight, each.a, each.b)):
        at_a, at_b = row_of.get(("a", pair.a)), row_of.get(("b", pair.b))
        if at_a is None and at_b is None:
            row_of["a", pair.a] = row_of["b", pair.b] = len(rows)
            rows.append([pair])
        elif at_a is None or at_b is None:
            home = at_b if at_a is None else at_a
            if home is not None and _may_join(pair, rows[home]):
                rows[home].append(pair)
                row_of["a", pair.a] = row_of["b", pair.b] = home
    return rows


def _with_denials(pairs: list[_Pair], bundles: list[list[_Pair]]) -> list[list[_Pair]]:
    """A report may tell a thing and its denial: then the denial stands against the other report's claim in a row of its own,
    though that claim has its equal in another row. What one report denies twice (its headline, its body) is one row."""
    placed = {(pair.a, pair.b) for bundle in bundles for pair in bundle}
    denials = [pair for pair in pairs if pair.table.slots.get("polarity") == "disjoint"]
    rows = [list(bundle) for bundle in bundles]
    for pair in sorted(denials, key=lambda each: (-each.weight, each.a, each.b)):
        if (pair.a, pair.b) in placed:
            continue
        homes = [row for row in rows if _is_denial(row[0]) and _touches(row, pair)]
        rows = [row for row in rows if row not in homes]
        rows.append([each for row in homes for each in row] + [pair])
    return rows


def _touches(row: list[_Pair], pair: _Pair) -> bool:
    return any(_is_denial(each) and (each.a == pair.a or each.b == pair.b) for each in row)


def _is_denial(pair: _Pair) -> bool:
    return pair.table.slots.get("polarity") == "disjoint"


def _may_join(pair: _Pair, row: list[_Pair]) -> bool:
    conflict = any(pair.table.slots.get(slot) == "disjoint" for slot in (*HARD, "subject", "object"))
    return not conflict and pair.weight >= JOINS_AT * row[0].weight


def _row(
    a: Reading,
    b: Reading,
    bundle: list[_Pair],
    groups_a: list[_Group],
    groups_b: list[_Group],
    meta_a: SourceText | None,
    meta_b: SourceText | None,
) -> Row:
    main = bundle[0]
    left = sorted({pair.a for pair in bundle})
    right = sorted({pair.b for pair in bundle})
    claims_a = tuple(identity for index in left for identity in groups_a[index].ids)
    claims_b = tuple(identity for index in right for identity in groups_b[index].ids)
    by_wording = main.by_slots < ONE_EVENT
    sure = main.surest >= SURELY_ONE or any(f"{slot} slip" in main.features for slot in PRECISE)
    relation, strength = _relation(main.table, sure, near=by_wording)
    if relation == "conflicting" and _is_update(main.table, meta_a, meta_b):
        relation, strength = "updated", None
    view_a, view_b = groups_a[main.a].views[0], groups_b[main.b].views[0]
    return Row(
        relation=relation,
        strength=strength,
        a=claims_a,
        b=claims_b,
        slots=main.table.slots,
        reasons=(*(main.table.reasons or ("every slot agrees",)), *([IN_OTHER_WORDS] if by_wording else [])),
        facets=_facets(a, b, view_a.claim, view_b.claim),
        question=question(relation, main.table, view_a, view_b),
    )


def _relation(table: SlotTable, sure: bool, *, near: bool = False) -> tuple[Relation, Literal["hard", "soft"] | None]:
    """`near`: it is the words' nearness that says that both are about one thing; then one that denies contradicts the other."""
    slots = table.slots
    if any(slots.get(slot) == "disjoint" and (slot != "polarity" or near or denies_it(table)) for slot in HARD):
        denied = slots.get("polarity") == "disjoint"
        open_ = denied and (slots.get("modality") == "disjoint" or not denies_it(table))
        return "conflicting", "soft" if open_ or not sure else "hard"
    same_deed = slots["predicate"] != "disjoint"
    if table.swapped or slots.get("modality") == "disjoint" or (same_deed and _other_party(table)):
        return "conflicting", "soft"
    return _overlap(table), None


def _other_party(table: SlotTable) -> bool:
    """Whether two names stand where one should; two words for things may still be for one ("people", "passengers")."""
    return any(table.slots.get(slot) == "disjoint" for slot in table.apart)


def _overlap(table: SlotTable) -> Relation:
    a_more = _details(table, table.only_a, "narrower") >= MORE
    b_more = _details(table, table.only_b, "broader") >= MORE
    if _each_its_own(table) or (a_more and b_more):
        return "overlapping"
    if a_more:
        return "a_more_specific"
    return "b_more_specific" if b_more else "equivalent"


def _each_its_own(table: SlotTable) -> bool:
    """Whether each of two claims of one deed tells something of its own: other things, participants that only it has, or one whom
    it names otherwise where the other end is left open."""
    if table.slots["predicate"] == "disjoint":
        return False
    ends = [table.slots.get(slot) for slot in ("subject", "object")]
    one_open = "disjoint" in ends and "missing" in ends
    return bool(table.two) or one_open or bool(table.only_a and table.only_b)


def _details(table: SlotTable, only: frozenset[str], narrower: SlotRelation) -> float:
    """How much one claim says beyond the other, in details."""
    within = [slot for slot, relation in table.slots.items() if relation == narrower]
    in_other_words = sum(table.slots.get(slot) == "disjoint" for slot in SOFT)
    return (
        sum(MORE if slot == "time" else 1 for slot in only)
        + sum(MORE if slot in PRECISE else 1 for slot in within)
        + OTHER_WORDS * in_other_words
    )


def _is_update(table: SlotTable, meta_a: SourceText | None, meta_b: SourceText | None) -> bool:
    """A later text of the same outlet that gives another number, date or person brings its own report up to date."""
    if not (meta_a and meta_b and meta_a.outlet and meta_a.outlet == meta_b.outlet):
        return False
    if not (meta_a.published and meta_b.published) or meta_a.published == meta_b.published:
        return False
    return any(table.slots.get(slot) == "disjoint" for slot in UPDATED)


def _facets(a: Reading, b: Reading, claim_a: Claim, claim_b: Claim) -> tuple[str, ...]:
    facets: list[str] = []
    sources_a, sources_b = _sources(a, claim_a), _sources(b, claim_b)
    if sources_a != sources_b:
        facets.append(f"attribution: A {sources_a or 'in its own voice'}, B {sources_b or 'in its own voice'}")
    if claim_a.hedged != claim_b.hedged:
        facets.append(f"hedge: only {'A' if claim_a.hedged else 'B'} hedges")
    for name, reading, claim in (("A", a, claim_a), ("B", b, claim_b)):
        if _role_at(reading, claim.quote.start) == Role.HEADLINE and not claim.hedged and _body_hedges(reading, claim):
            facets.append(f"the headline of {name} is stronger than its body")
    return tuple(facets)


def _sources(reading: Reading, claim: Claim) -> str:
    by_id = {each.id: each for each in reading.attributions}
    spoken = [by_id[each].source for each in claim.attributions if each in by_id]
    return ", ".join(f"“{source.text}”" for source in spoken if source)


def _role_at(reading: Reading, offset: int) -> Role | None:
    return next((segment.role for segment in reading.segments if segment.start <= offset < segment.end), None)


def _body_hedges(reading: Reading, headline: Claim) -> bool:
    same = [c for c in reading.claims if c.id != headline.id and c.predicate.class_ == headline.predicate.class_]
    return bool(same) and all(claim.hedged for claim in same)


def _alone(group: _Group, relation: Relation) -> Row:
    ids = group.ids
    only_a = relation == "only_a"
    return Row(
        relation=relation,
        strength=None,
        a=ids if only_a else (),
        b=() if only_a else ids,
        slots={},
        reasons=(f"no claim of {'B' if only_a else 'A'} tells this event",),
    )


def _position(row: Row, a: Reading, b: Reading) -> tuple[int, int]:
    starts_a = {claim.id: claim.quote.start for claim in a.claims}
    starts_b = {claim.id: claim.quote.start for claim in b.claims}
    if row.a:
        return 0, min(starts_a[each] for each in row.a)
    return 1, min(starts_b[each] for each in row.b)
