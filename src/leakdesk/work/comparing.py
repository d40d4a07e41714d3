"""Reports side by side: entities aligned, rows, fusions, lineage, and the number of independent sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from leakdesk.claims.align import align
from leakdesk.claims.fusions import fusions
from leakdesk.claims.nearness import Wording
from leakdesk.claims.notes import notes
from leakdesk.claims.who import identities
from leakdesk.lineage.corroborate import count_rows, shared
from leakdesk.lineage.derive import Derived, ReportText, derive
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import Comparison, EntityPair, Row, SourceText
from leakdesk.model.derivation import Withdrawal, Withdrawn
from leakdesk.work.loose import read_files, reading_of
from leakdesk.work.meaning_model import installed
from leakdesk.work.together import Together, entity_pairs


def compare_readings(
    a: Reading,
    b: Reading,
    meta_a: SourceText,
    meta_b: SourceText,
    *,
    entities: Sequence[EntityPair] | None = None,
    derived: Derived | None = None,
    rows: Sequence[Row] | None = None,
    wording: Callable[[], Wording | None] = installed,
) -> Comparison:
    """Two reports side by side. `entities`: what is known already about who is who; else the names decide. `derived`: the
    lineage over more reports than these two, so that a chain through a third one is seen; `rows`: where they are known;
    `wording`: gives the model of meaning, or none."""
    meta_a, meta_b = _distinct([meta_a, meta_b])
    pairs = list(entities) if entities is not None else entity_pairs(a, b)
    rows = tuple(rows) if rows is not None else align(a, b, pairs, meta_a, meta_b, wording())
    derived = derived or derive(_texts([(a, meta_a), (b, meta_b)], pairs))
    return Comparison(
        a=a,
        b=b,
        entities=tuple(pairs),
        rows=count_rows(derived, rows, meta_a.name, meta_b.name),
        fusions=fusions(a, b, rows),
        lineage=shared(derived, rows, meta_a.name, meta_b.name),
        notes=(*notes(a, "A"), *notes(b, "B")),
    )


def _texts(reports: Sequence[tuple[Reading, SourceText]], pairs: Sequence[EntityPair]) -> list[ReportText]:
    left, right = identities(pairs)
    (a, meta_a), (b, meta_b) = reports
    return [ReportText(reading=a, meta=meta_a, identity=left), ReportText(reading=b, meta=meta_b, identity=right)]


def derive_all(reports: Sequence[tuple[Reading, SourceText]]) -> Derived:
    """The graph of any number of reports."""
    return Together.of(reports).derived


def compare_pair(together: Together, first: int, second: int) -> Comparison:
    """Two of several reports side by side, seen with all the others."""
    a, b = together.texts[first], together.texts[second]
    found = compare_readings(
        a.reading,
        b.reading,
        a.meta,
        b.meta,
        entities=together.entities(first, second),
        derived=together.derived,
        rows=together.rows(first, second),
    )
    gone = together.withdrawn_in(a.meta.name, b.meta.name)
    rows = tuple(with_withdrawals(row, a.meta.name, b.meta.name, gone) for row in found.rows)
    return replace(found, rows=rows, withdrawn=gone)


def with_withdrawals(row: Row, name_a: str, name_b: str, gone: Sequence[Withdrawn]) -> Row:
    """A row with a facet for each of its claims that was taken back, or that repeats one that was."""
    facets = list(row.facets)
    for side, name, claims in (("A", name_a, row.a), ("B", name_b, row.b)):
        own = frozenset((name, claim) for claim in claims)
        for one in gone:
            said = f"{HOW[one.how]} by {one.by}: {one.reason}"
            if (one.document, one.claim) in own:
                facets.append(f"{side} was {said}")
            elif any((each.document, each.claim) in own for each in one.repeated):
                facets.append(f"{side} repeats what was {said}")
    return replace(row, facets=tuple(dict.fromkeys(facets)))


#: What became of a claim, in words.
HOW: Mapping[Withdrawal, str] = {
    "updated": "brought up to date",
    "corrected": "corrected",
    "withdrawn": "withdrawn",
}


def compare_files(paths: list[str], *, unsandboxed: bool = False) -> Iterator[Comparison]:
    """Every pair of some report files, in the order given."""
    loose = read_files(paths, as_="report", unsandboxed=unsandboxed)
    sources = _distinct([one.source for one in loose])
    together = Together.of([(reading_of(one), source) for one, source in zip(loose, sources, strict=True)])
    for first, second in together.pairs():
        yield compare_pair(together, first, second)


def _distinct(sources: list[SourceText]) -> list[SourceText]:
    """Two files of one name get names of their own."""
    seen: dict[str, int] = {}
    found: list[SourceText] = []
    for source in sources:
        seen[source.name] = seen.get(source.name, 0) + 1
        number = seen[source.name]
        found.append(source if number == 1 else replace(source, name=f"{source.name}~{number}"))
    return found
