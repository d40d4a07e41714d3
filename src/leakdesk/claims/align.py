"""Two reports side by side, row by row.

Claims of both texts are held against each other (`pairing`): two may stand in one row only if they tell one event, which takes a
common predicate or participants and thing, and does not survive two separate events' marks (other time *and* other place or
number). The likeliest pairs become rows, and the relation is read off the slots. Similarity of wording never says how two claims
stand to each other; it may bring them into one row, which then says so, and never over the marks of two events.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from leakdesk.claims.nearness import Wording
from leakdesk.claims.pairing import Group, Pair, held_together
from leakdesk.claims.questions import question
from leakdesk.claims.slots import SlotTable
from leakdesk.claims.weighing import denies_it
from leakdesk.model.claim import Claim, Reading
from leakdesk.model.comparison import EntityPair, Relation, Row, SlotRelation, SourceText
from leakdesk.model.document import Role

#: From this likelihood on two claims stand in one row.
ONE_EVENT = 0.55
#: And from this on what excludes each other is surely a conflict about it, rather than two events; so is what may be a slip.
SURELY_ONE = 0.7
#: Said of a row whose slots alone would not have brought it about.
IN_OTHER_WORDS = "in one row because the words are near in meaning: read both"
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


def _bundles(pairs: list[Pair]) -> list[list[Pair]]:
    """Best pairs first; a claim that is left over may join a row in which its best partner stands (many-to-one)."""
    rows: list[list[Pair]] = []
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


def _with_denials(pairs: list[Pair], bundles: list[list[Pair]]) -> list[list[Pair]]:
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


def _touches(row: list[Pair], pair: Pair) -> bool:
    return any(_is_denial(each) and (each.a == pair.a or each.b == pair.b) for each in row)


def _is_denial(pair: Pair) -> bool:
    return pair.table.slots.get("polarity") == "disjoint"


def _may_join(pair: Pair, row: list[Pair]) -> bool:
    conflict = any(pair.table.slots.get(slot) == "disjoint" for slot in (*HARD, "subject", "object"))
    return not conflict and pair.weight >= JOINS_AT * row[0].weight


def _row(
    a: Reading,
    b: Reading,
    bundle: list[Pair],
    groups_a: list[Group],
    groups_b: list[Group],
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


def _alone(group: Group, relation: Relation) -> Row:
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
