"""How many *independent* sources stand behind a claim.

Distinct roots are counted, not outlets: two papers on one release are one source. A root that nobody names (hearsay) adds nothing
to `at_least` and one to `at_most`.

A count is a span where the texts leave it open, and the reasons say why: people without a name may be one another, one set of
documents is called by many words, and a report that names several sources somewhere does not say which of them told this. So
`at_least` counts what is surely apart, `at_most` everything that may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from leakdesk.lineage.derive import Derived
from leakdesk.lineage.reach import Reach
from leakdesk.lineage.voices import Voice, may_be_one
from leakdesk.model.comparison import Row
from leakdesk.model.derivation import Certainty, Derivation, Lineage

#: Up to so many things that are told apart the largest number of them is worked out exactly; beyond, one that is surely there.
EXACT = 14
#: Causes that are told; more of them say nothing new.
MOST_REASONS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """The roots reached, and the number of independent sources they come to; unknown ones are named, not counted. `reasons`:
    why the number is a span, where it is one."""

    roots: tuple[str, ...]
    unknown: tuple[str, ...]
    at_least: int
    at_most: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One telling: the roots of which at least one stands behind it, and who speaks."""

    roots: frozenset[str]
    voices: tuple[Voice, ...]


def corroborate(derived: Derived, claims: Iterable[tuple[str, str]]) -> Corroboration:
    """Independent sources of some claims, each given as (report name, claim id)."""
    chosen = _told(derived, list(claims))
    reach = _through_claims(derived, chosen)
    starts = {node for claim in chosen for node in derived.rests_on.get(claim, frozenset())}
    starts |= {node for report, _ in chosen if (node := f"report:{report}") in reach.out}
    roots = reach.roots(starts)
    unknown = sorted(root for root in roots if derived.kinds[root] == "unknown")
    known = sorted(roots - set(unknown))
    told = list(_tellings(derived, reach, chosen, frozenset(known)))
    least = min(_apart(derived, told), len(known))
    return Corroboration(
        roots=tuple(known),
        unknown=tuple(unknown),
        at_least=least,
        at_most=len(known) + len(unknown),
        reasons=tuple(_why(derived, told, known, unknown, least)),
    )


def _told(derived: Derived, claims: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without headlines where the same report's body tells the thing as well: the body names the source."""
    in_bodies = {report for report, claim in claims if (report, claim) not in derived.headlines}
    return [claim for claim in claims if claim not in derived.headlines or claim[0] not in in_bodies]


def _through_claims(derived: Derived, claims: Sequence[tuple[str, str]]) -> Reach:
    """The graph in which a report that tells the thing rests on what its own claim rests on, so that whoever cites it has it
    from there and from nothing else in that report."""
    out = dict(derived.reach.out)
    starts: dict[str, dict[str, None]] = {}
    for report, claim in claims:
        for node in sorted(derived.rests_on.get((report, claim), ())):
            starts.setdefault(f"report:{report}", {})[node] = None
    for report, nodes in starts.items():
        if report not in derived.kinds:
            continue
        known = out.get(report, ())
        edges = [edge for edge in known if report in nodes or edge.relation == "wasRevisionOf"]
        edges += [_step(report, node) for node in nodes if node != report]
        if edges:
            out[report] = tuple(edges)
        else:
            out.pop(report, None)
    return Reach(out)


def _step(report: str, node: str) -> Derivation:
    reason = ("its claim rests on it",)
    return Derivation(source=report, target=node, relation="wasDerivedFrom", certainty=Certainty.STATED, reasons=reason)


def _tellings(
    derived: Derived, reach: Reach, claims: Sequence[tuple[str, str]], known: frozenset[str]
) -> Iterator[_Told]:
    """What each claim tells on the word of one of some roots; each once."""
    found: dict[_Told, None] = {}
    roots_of: dict[str, frozenset[str]] = {}
    for claim in claims:
        for node in sorted(derived.rests_on.get(claim, ())):
            if node not in roots_of:
                roots_of[node] = reach.roots((node,)) & known
            if roots_of[node]:
                found[_Told(roots=roots_of[node], voices=derived.voices.get(claim, ()))] = None
    yield from found


# --- what is surely apart ---------------------------------------------------------------------------------------------------


def _one(derived: Derived, left: _Told, right: _Told) -> bool:
    """Whether two tellings may have one source."""
    if left.roots & right.roots:
        return True
    if _one_speaker(left, right):
        return True
    return any(_one_set(derived, a, b) or _quotes(derived, a, b) for a in left.roots for b in right.roots)


def _one_speaker(left: _Told, right: _Told) -> bool:
    return any(may_be_one(a, b) for a in left.voices for b in right.voices)


def _one_set(derived: Derived, left: str, right: str) -> bool:
    return derived.sets is not None and derived.sets.may_be_one(left, right)


def _quotes(derived: Derived, left: str, right: str) -> bool:
    """Whether a report that names no source for a claim lets the other's witness speak elsewhere."""
    return (left, right) in derived.quoted or (right, left) in derived.quoted


def _apart(derived: Derived, told: Sequence[_Told]) -> int:
    """The largest number of tellings of which no two may have one source."""
    meets = [
        frozenset(n for n, other in enumerate(told) if n != number and _one(derived, one, other))
        for number, one in enumerate(told)
    ]
    if len(told) <= EXACT:
        return _largest(frozenset(range(len(told))), meets)
    chosen: list[int] = []
    for number in sorted(range(len(told)), key=lambda each: (len(meets[each]), each)):
        if not meets[number] & frozenset(chosen):
            chosen.append(number)
    return len(chosen)


def _largest(left: frozenset[int], meets: Sequence[frozenset[int]]) -> int:
    if not left:
        return 0
    first = min(left, key=lambda each: (len(meets[each] & left), each))
    rest = left - {first}
    taken = 1 + _largest(rest - meets[first], meets)
    # Who meets nobody, or one only, is always taken.
    return taken if len(meets[first] & left) <= 1 else max(taken, _largest(rest, meets))


def _why(
    derived: Derived, told: Sequence[_Told], known: Sequence[str], unknown: Sequence[str], least: int
) -> Iterator[str]:
    """Why a count is a span, one sentence for each cause that is there."""
    names: Mapping[str, str] = {node.id: node.name for node in derived.lineage.nodes}
    if least < len(known):
        yield from islice(dict.fromkeys(_causes(derived, told, names)), MOST_REASONS)
    if unknown:
        listed = ", ".join(dict.fromkeys(f"“{names[each]}”" for each in unknown))
        yield f"Nobody knows who stands behind {listed}: that counts nothing for sure."


def _causes(derived: Derived, told: Sequence[_Told], names: Mapping[str, str]) -> Iterator[str]:
    for number, one in enumerate(told):
        if len(one.roots) > 1:
            listed = ", ".join(sorted(names[each] for each in one.roots))
            yield f"A report names several sources ({listed}) and does not say which of them told this."
        for other in told[:number]:
            if one.roots & other.roots:
                continue
            for left in other.voices:
                for right in one.voices:
                    if may_be_one(left, right):
                        yield f"“{left.words}” and “{right.words}” may be the same; nothing tells who they are."
            for a in sorted(other.roots):
                for b in sorted(one.roots):
                    if _one_set(derived, a, b):
                        yield f"The {names[a]} of one report and the {names[b]} of another may be the same documents."
                    elif _quotes(derived, a, b):
                        yield f"{names[a]} and {names[b]}: the one lets the other speak, and may have this from there."


# --- rows and pairs ---------------------------------------------------------------------------------------------------------


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
        reasons=total.reasons,
    )


def _of_row(derived: Derived, row: Row, name_a: str, name_b: str) -> Corroboration:
    return corroborate(derived, _claims(row, name_a, name_b))


def _claims(row: Row, name_a: str, name_b: str) -> list[tuple[str, str]]:
    return [*((name_a, claim) for claim in row.a), *((name_b, claim) for claim in row.b)]
