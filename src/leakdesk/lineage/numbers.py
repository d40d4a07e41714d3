"""Wrong numbers that two reports share: nobody makes one slip twice, so a shared one shows that they are not independent.

A number is taken for wrong where the letters say another (`wrong`), or where more reports than hold it tell the same thing with
another one. No number is wrong merely because two reports differ, a round number is rounded by many, and a newer value is no
slip: where all that have it appeared after all that have the other, only digits in another order show an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from leakdesk.claims.figures import transposed
from leakdesk.claims.slots import number_role
from leakdesk.claims.units import same_unit
from leakdesk.lineage.order import order
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.traces import Place
from leakdesk.lineage.words import source_classes
from leakdesk.model.claim import Claim, Quantity

#: Ordinary correspondences that one shared wrong value weighs as much as (Dong, Berti-Equille and Srivastava 2009: false values
#: in common tell of copying, true ones hardly do).
WEIGHT = 5
#: A deed that more claims tell than this is compared no further.
COMMON = 200
#: Reports that must tell a thing before a majority means anything.
SEVERAL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedNumber:
    """A wrong number of two reports (by their places in the list), where it stands in both, and why it is taken for wrong."""

    first: int
    second: int
    here: Place
    there: Place
    reason: str
    weight: int = WEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    report: int
    claim: Claim
    quantity: Quantity
    named: frozenset[str]
    place: Place
    documents: frozenset[str]


def shared_numbers(
    reports: Sequence[ReportText], wrong: Mapping[tuple[str, str], str] | None = None
) -> Iterator[SharedNumber]:
    """Wrong numbers that two reports share. `wrong`: (report, claim) -> the number that the letters give instead."""
    known = wrong or {}
    for cluster in _clusters(reports):
        values: dict[float, list[_Told]] = {}
        for told in cluster:
            if all(told.report != other.report for other in values.get(told.quantity.value, ())):
                values.setdefault(told.quantity.value, []).append(told)
        for value, holders in sorted(values.items()):
            if len(holders) > 1 and not _is_round(value):
                yield from _tied(reports, holders, values, known)


def _tied(
    reports: Sequence[ReportText],
    holders: Sequence[_Told],
    values: Mapping[float, Sequence[_Told]],
    wrong: Mapping[tuple[str, str], str],
) -> Iterator[SharedNumber]:
    why = _letters_say(reports, holders, wrong) or _most_say(reports, holders, values)
    if why is None:
        return
    for first, second in combinations(holders, 2):
        if not first.documents & second.documents:
            reason = f"both say “{first.place.text}”, and {why}"
            yield SharedNumber(
                first=first.report, second=second.report, here=first.place, there=second.place, reason=reason
            )


def _letters_say(
    reports: Sequence[ReportText], holders: Sequence[_Told], wrong: Mapping[tuple[str, str], str]
) -> str | None:
    said = [wrong.get((reports[each.report].meta.name, each.claim.id)) for each in holders]
    found = next((each for each in said if each), None)
    return f"the letters say {found}" if found and all(said) else None


def _most_say(
    reports: Sequence[ReportText], holders: Sequence[_Told], values: Mapping[float, Sequence[_Told]]
) -> str | None:
    """Another number that more reports give, where it is not merely an older or a newer one."""
    own = holders[0].quantity.value
    if len({told.report for each in values.values() for told in each}) < SEVERAL:
        return None
    others = max((list(each) for value, each in values.items() if value != own), key=len, default=list[_Told]())
    if len(others) <= len(holders):
        return None
    if not transposed(own, others[0].quantity.value) and not _mixed(reports, holders, others):
        return None
    return f"{len(others)} other reports say “{others[0].place.text}”"


def _mixed(reports: Sequence[ReportText], left: Sequence[_Told], right: Sequence[_Told]) -> bool:
    """Whether the times show that neither number followed the other: one report of each side appeared before one of the other."""
    orders = {order(reports[a.report].meta, reports[b.report].meta) for a in left for b in right}
    return {-1, 1} <= orders


def _is_round(value: float) -> bool:
    """Whether a number is one that many come to by rounding, or by chance: small ones, and all zeros behind the first digit."""
    digits = f"{abs(value):.12g}".split("e", maxsplit=1)[0].replace(".", "").strip("0")
    return len(digits) < 2 or (abs(value) >= 1000 and digits in ("15", "25", "35", "45", "55", "65", "75", "85", "95"))


# --- one thing, told by many ------------------------------------------------------------------------------------------------


def _clusters(reports: Sequence[ReportText]) -> Iterator[list[_Told]]:
    """Numbers of claims that tell one deed, of one unit and role, about somebody in common."""
    by_deed: dict[str, list[_Told]] = {}
    for number, report in enumerate(reports):
        for told in _numbers(number, report):
            by_deed.setdefault(told.claim.predicate.class_, []).append(told)
    for told in by_deed.values():
        if len(told) > COMMON:
            continue
        left = list(told)
        while left:
            first = left.pop(0)
            cluster = [first, *(each for each in left if _one_fact(first, each))]
            left = [each for each in left if all(each is not other for other in cluster)]
            if len({each.report for each in cluster}) > 1:
                yield cluster


def _numbers(number: int, report: ReportText) -> Iterator[_Told]:
    by_id = {each.id: each for each in report.reading.attributions}
    for claim in report.reading.claims:
        if not claim.predicate.class_ or claim.polarity == "-" or report.is_headline(claim):
            continue
        sides = (claim.subject, claim.object, *claim.others)
        named = {f"{report.common(side.entity)}" for side in sides if side and side.entity}
        sources = (by_id[each].source for each in claim.attributions if each in by_id)
        documents = {k.id for s in sources if s for k in source_classes(s.text) if k.kind == "documents"}
        for quantity in claim.quantities:
            at = report.reading.text.find(quantity.text, claim.quote.start, claim.quote.end)
            if at >= 0 and named:
                yield _Told(
                    report=number,
                    claim=claim,
                    quantity=quantity,
                    named=frozenset(named),
                    place=Place(quantity.text, at, at + len(quantity.text)),
                    documents=frozenset(documents),
                )


def _one_fact(left: _Told, right: _Told) -> bool:
    a, b = left.quantity, right.quantity
    days = {each.claim.time.edtf for each in (left, right) if each.claim.time and each.claim.time.edtf}
    one_kind = number_role(a) == number_role(b) and same_unit(a.unit, b.unit)
    return one_kind and bool(left.named & right.named) and len(days) < 2
