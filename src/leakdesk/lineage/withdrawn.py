"""Claims that their own outlet took back, put right or brought up to date later, and who still repeats them.

A claim is *updated* where a later text of the outlet gives another number or date, *corrected* where the later text also says
that it puts an earlier one right, *withdrawn* where it takes the whole text back. Which claim a correction means is read off the
two texts side by side; where it cannot be told, nothing is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from leakdesk.lineage.marks import Mark
from leakdesk.lineage.order import order
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.versions import Versions, outlet_of
from leakdesk.model.comparison import Row
from leakdesk.model.derivation import ClaimAt, Withdrawal, Withdrawn

#: Rows of a comparison of two reports, by their places in the list; the first place is the smaller one.
Rows = Callable[[int, int], Sequence[Row]]
#: Earlier texts of an outlet that each text is held against, those about the most of the same people first.
NEAREST = 5
#: Names in common that make two texts of one outlet worth holding together.
SHARED = 1


def withdrawn(reports: Sequence[ReportText], versions: Versions, rows: Rows) -> tuple[Withdrawn, ...]:
    """Every claim that was taken back, put right or brought up to date, in the order of the reports; with the claims of
    other reports that repeat it."""
    place = {report.node_id: number for number, report in enumerate(reports)}
    named = [_named(report) for report in reports]
    pairs: dict[tuple[int, int], tuple[Mark, ...]] = dict.fromkeys(_one_outlet(reports, named), ())
    # Without a word of the outlet only the times can tell which of two values is the newer one.
    pairs |= {
        (place[later], place[earlier]): notices for (later, earlier), notices in versions.revised.items() if notices
    }
    found: dict[ClaimAt, Withdrawn] = {}
    for (later, earlier), notices in sorted(pairs.items()):
        for one in _between(reports[later], reports[earlier], notices, _turned(rows, later, earlier)):
            found.setdefault(ClaimAt(document=one.document, claim=one.claim), one)
    return tuple(
        replace(one, repeated=tuple(_repeated(one, reports, named, place, rows)))
        for _, one in sorted(found.items(), key=_key)
    )


def _key(item: tuple[ClaimAt, Withdrawn]) -> tuple[str, str]:
    return item[0].document, item[0].claim


def _named(report: ReportText) -> frozenset[str]:
    return frozenset(filter(None, (report.common(mention.entity) for mention in report.reading.mentions)))


def _one_outlet(reports: Sequence[ReportText], named: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """(later, earlier) texts of one outlet about the same people; the times must tell which is later."""
    for later, report in enumerate(reports):
        own = outlet_of(report)
        earlier = [
            number
            for number, other in enumerate(reports)
            if own
            and outlet_of(other) == own
            and len(named[number] & named[later]) >= SHARED
            and order(other.meta, report.meta) < 0
        ]
        earlier.sort(key=lambda number: -len(named[number] & named[later]))
        yield from ((later, number) for number in earlier[:NEAREST])


def _turned(rows: Rows, later: int, earlier: int) -> list[tuple[tuple[str, ...], tuple[str, ...], Row]]:
    """Rows of two texts as (claims of the later, claims of the earlier, row), joined ones only."""
    first = min(later, earlier)
    found = rows(first, max(later, earlier))
    sided = [(row.a, row.b, row) if first == later else (row.b, row.a, row) for row in found]
    return [each for each in sided if each[0] and each[1]]


def _between(
    later: ReportText,
    earlier: ReportText,
    notices: Sequence[Mark],
    sided: Sequence[tuple[tuple[str, ...], tuple[str, ...], Row]],
) -> Iterator[Withdrawn]:
    """What a later text does to the claims of an earlier one of its outlet."""
    taken_back = next((notice for notice in notices if notice.kind == "withdrawn"), None)
    if taken_back:
        told = {claim: new[0] for new, old, row in sided for claim in old if _other(row)}
        for claim in earlier.reading.claims:
            yield _one(earlier, claim.id, later, told.get(claim.id), "withdrawn", f"“{taken_back.span.text}”")
        return
    quoted = frozenset(_in_notices(later, notices))
    for new, old, row in sided:
        named = [claim for claim in new if claim in quoted]
        if not _other(row) and not named:
            continue
        how: Withdrawal = "corrected" if notices else "updated"
        reason = f"“{notices[0].span.text}”" if notices else "; ".join(row.reasons)
        for claim in old:
            yield _one(earlier, claim, later, None if named else new[0], how, reason)


def _other(row: Row) -> bool:
    return row.relation == "updated" or (row.relation == "conflicting" and row.strength == "hard")


def _in_notices(report: ReportText, notices: Sequence[Mark]) -> Iterator[str]:
    """Claims that stand in a correction's own sentence: it repeats what was wrong."""
    for notice in notices:
        start, end = report.sentence_span(notice.span)
        yield from (claim.id for claim in report.reading.claims if start <= claim.quote.start < end)


def _one(
    earlier: ReportText, claim: str, later: ReportText, replaced_by: str | None, how: Withdrawal, reason: str
) -> Withdrawn:
    return Withdrawn(
        document=earlier.meta.name, claim=claim, how=how, by=later.meta.name, replaced_by=replaced_by, reason=reason
    )


def _repeated(
    one: Withdrawn,
    reports: Sequence[ReportText],
    named: Sequence[frozenset[str]],
    place: Mapping[str, int],
    rows: Rows,
) -> Iterator[ClaimAt]:
    """Claims of others that tell the same and do not speak against it. The text that puts it right repeats nothing."""
    own = place[f"report:{one.document}"]
    for other, report in enumerate(reports):
        if other == own or report.meta.name == one.by or not named[other] & named[own]:
            continue
        for theirs, mine, row in _turned(rows, other, own):
            if one.claim in mine and row.relation not in ("conflicting", "updated"):
                yield from (ClaimAt(document=report.meta.name, claim=claim) for claim in theirs)
