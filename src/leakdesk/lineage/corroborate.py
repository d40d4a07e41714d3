"""How many *independent* sources stand behind a claim.

Distinct roots are counted, not outlets: two papers on one release are one source. A root that nobody names (hearsay, an
anonymous person) adds nothing to `at_least` and one to `at_most`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from leakdesk.lineage.derive import Derived
from leakdesk.model.comparison import Row
from leakdesk.model.derivation import Lineage


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """The roots reached, and the number of independent sources they come to; unknown ones are named, not counted."""

    roots: tuple[str, ...]
    unknown: tuple[str, ...]
    at_least: int
    at_most: int


def corroborate(derived: Derived, claims: Iterable[tuple[str, str]]) -> Corroboration:
    """Independent sources of some claims, each given as (report name, claim id)."""
    starts = {node for claim in _told(derived, list(claims)) for node in derived.rests_on.get(claim, frozenset())}
    roots = derived.reach.roots(starts)
    unknown = sorted(root for root in roots if derived.kinds[root] == "unknown")
    known = sorted(roots - set(unknown))
    return Corroboration(
        roots=tuple(known), unknown=tuple(unknown), at_least=len(known), at_most=len(known) + len(unknown)
    )


def _told(derived: Derived, claims: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without headlines where the same report's body tells the thing as well: the body names the source."""
    in_bodies = {report for report, claim in claims if (report, claim) not in derived.headlines}
    return [claim for claim in claims if claim not in derived.headlines or claim[0] not in in_bodies]


def count_rows(derived: Derived, rows: Sequence[Row], name_a: str, name_b: str) -> tuple[Row, ...]:
    """The rows of a comparison with their number of independent sources filled in."""
    return tuple(replace(row, independent_sources=_of_row(derived, row, name_a, name_b).at_least) for row in rows)


def shared(derived: Derived, rows: Sequence[Row], name_a: str, name_b: str) -> Lineage:
    """The lineage of a pair: counted over the claims that both share, as the contract asks.

    Where the two share no claim the count is that of all claims; a text without claims rests on nothing."""
    common = [row for row in rows if row.a and row.b] or list(rows)
    claims = [claim for row in common for claim in _claims(row, name_a, name_b)]
    total = corroborate(derived, claims)
    return replace(
        derived.lineage,
        roots=tuple(sorted((*total.roots, *total.unknown))),
        at_least=total.at_least,
        at_most=total.at_most,
    )


def _of_row(derived: Derived, row: Row, name_a: str, name_b: str) -> Corroboration:
    return corroborate(derived, _claims(row, name_a, name_b))


def _claims(row: Row, name_a: str, name_b: str) -> list[tuple[str, str]]:
    return [*((name_a, claim) for claim in row.a), *((name_b, claim) for claim in row.b)]
