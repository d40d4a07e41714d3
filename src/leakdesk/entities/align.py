"""Two entities, or the entities of two readings: why they are or are not one."""

# ruff: noqa: E501 (a table reads best a row a line)
from __future__ import annotations

from collections.abc import Sequence

from leakdesk.entities.compare_people import CEILING_POSSIBLE
from leakdesk.entities.match import compare
from leakdesk.entities.nodes import is_partial, verdict_between
from leakdesk.model.entity import Entity, Match, NameKind, Verdict

KIND_OF_SCHEMA: dict[str, NameKind] = {
    "Person": "person", "Company": "organization", "Organization": "organization", "PublicBody": "organization", "LegalEntity": "organization",
    "Address": "place", "Airplane": "equipment", "Vehicle": "equipment", "Asset": "equipment", "Vessel": "equipment",
}  # fmt: skip


def explain(left: Entity, right: Entity) -> Match:
    """Compare two entities by all their names; the pair that speaks loudest, with a veto where full names contradict each other."""
    kind = KIND_OF_SCHEMA.get(left.schema)
    if kind is None or kind != KIND_OF_SCHEMA.get(right.schema):
        return Match(
            left=left.caption,
            right=right.caption,
            verdict="different",
            score=0.0,
            reasons=(f"a {left.schema} is no {right.schema}",),
        )
    compared = [
        (a, b, *verdict_between(a, b, kind))
        for a in left.names or (left.caption,)
        for b in right.names or (right.caption,)
    ]
    scored = sorted(compared, key=lambda each: (-each[3], each[0], each[1]))
    best = compare(scored[0][0], scored[0][1], kind)
    if best.verdict != "same":
        return best
    full = any(not is_partial(name, kind) for each in (left, right) for name in each.names)
    if kind == "person" and full and (is_partial(best.left, kind) or is_partial(best.right, kind)):
        return _only_possible(best)
    against = next(
        (
            (a, b)
            for a, b, verdict, _ in scored
            if verdict == "different" and not is_partial(a, kind) and not is_partial(b, kind)
        ),
        None,
    )
    if against is None or kind == "place":
        return best
    return _only_possible(best, compare(against[0], against[1], kind).reasons)


def _only_possible(best: Match, doubts: tuple[str, ...] = ()) -> Match:
    return Match(
        left=best.left,
        right=best.right,
        verdict="possible",
        score=min(best.score, CEILING_POSSIBLE),
        reasons=(*best.reasons, *doubts),
    )


Aligned = tuple[tuple[str, ...], tuple[str, ...], Verdict, tuple[str, ...]]
"""(ids of the first reading, ids of the second, verdict, reasons)."""


def align_entities(a: Sequence[Entity], b: Sequence[Entity]) -> list[Aligned]:
    """Which entities of one reading are which of another. Same ones are grouped; possible ones stand pair by pair."""
    found = {
        (x.id, y.id): explain(x, y)
        for x in a
        for y in b
        if KIND_OF_SCHEMA.get(x.schema) == KIND_OF_SCHEMA.get(y.schema)
    }
    same = [pair for pair, match in found.items() if match.verdict == "same"]
    rows: list[Aligned] = []
    for left, right in _components(same):
        reasons = tuple(
            dict.fromkeys(
                reason for pair in same if pair[0] in left and pair[1] in right for reason in found[pair].reasons
            )
        )
        rows.append((tuple(sorted(left, key=_natural)), tuple(sorted(right, key=_natural)), "same", reasons))
    settled = {each for pair in same for each in (("a", pair[0]), ("b", pair[1]))}
    for (x, y), match in found.items():
        if match.verdict == "possible" and not (("a", x) in settled and ("b", y) in settled):
            rows.append(((x,), (y,), "possible", match.reasons))
    return rows


def _components(pairs: list[tuple[str, str]]) -> list[tuple[set[str], set[str]]]:
    found: list[tuple[set[str], set[str]]] = []
    for x, y in pairs:
        touching = [each for each in found if x in each[0] or y in each[1]]
        left, right = {x}, {y}
        for each in touching:
            left |= each[0]
            right |= each[1]
            found.remove(each)
        found.append((left, right))
    return found


def _natural(entity_id: str) -> tuple[int, str]:
    digits = entity_id.lstrip("en")
    return (int(digits) if digits.isdecimal() else 0, entity_id)
