"""Cause and effect that only one of two reports ties together.

A merged sentence can invent a cause: where one report says "because" and the other tells the same two facts apart, the tie
is the outlet's own and is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from leakdesk.model.claim import Claim, Reading
from leakdesk.model.comparison import Fusion, Row

#: How a tie is named in the sentence.
TIES: Mapping[str, str] = {"cause": "as cause and effect", "purpose": "as means and end", "condition": "as condition"}


def fusions(a: Reading, b: Reading, rows: Sequence[Row]) -> tuple[Fusion, ...]:
    """Every tie between two claims of one report whose counterparts stand untied in the other."""
    b_of = {claim: row.b for row in rows for claim in row.a if row.b}
    a_of = {claim: row.a for row in rows for claim in row.b if row.a}
    return (*_fused(a, b, b_of, "a"), *_fused(b, a, a_of, "b"))


def _fused(
    reading: Reading, other: Reading, counterparts: Mapping[str, tuple[str, ...]], document: Literal["a", "b"]
) -> list[Fusion]:
    claims = {claim.id: claim for claim in reading.claims}
    tied_there = {(claim.id, link.to) for claim in other.claims for link in claim.links}
    found: list[Fusion] = []
    for claim in reading.claims:
        for link in claim.links:
            here, there = counterparts.get(claim.id, ()), counterparts.get(link.to, ())
            if not here or not there or set(here) & set(there):
                continue
            if any((x, y) in tied_there or (y, x) in tied_there for x in here for y in there):
                continue
            sentence = _sentence(document, claim, claims.get(link.to), link.relation)
            found.append(
                Fusion(document=document, claims=(claim.id, link.to), with_=(*here, *there), sentence=sentence)
            )
    return found


def _sentence(document: str, claim: Claim, other: Claim | None, relation: str) -> str:
    effect = other.quote.exact if other else ""
    this, that = ("A", "B") if document == "a" else ("B", "A")
    return f"{this} ties “{claim.quote.exact}” and “{effect}” together {TIES[relation]}; {that} tells them apart."
