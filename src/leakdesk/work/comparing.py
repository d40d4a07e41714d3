"""Reports side by side: entities aligned, rows, fusions, lineage, and the number of independent sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from leakdesk.claims.align import align, identities
from leakdesk.claims.fusions import fusions
from leakdesk.claims.notes import notes
from leakdesk.entities.align import align_entities
from leakdesk.lineage.corroborate import count_rows, shared
from leakdesk.lineage.derive import Derived, ReportText, derive
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import Comparison, EntityPair, SourceText
from leakdesk.work.loose import read_files, reading_of


def compare_readings(
    a: Reading,
    b: Reading,
    meta_a: SourceText,
    meta_b: SourceText,
    *,
    entities: Sequence[EntityPair] | None = None,
    derived: Derived | None = None,
) -> Comparison:
    """Two reports side by side. `entities`: what is known already about who is who; else the names decide. `derived`: the
    lineage over more reports than these two, so that a chain through a third one is seen."""
    meta_a, meta_b = _distinct([meta_a, meta_b])
    pairs = list(entities) if entities is not None else entity_pairs(a, b)
    rows = align(a, b, pairs, meta_a, meta_b)
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


def entity_pairs(a: Reading, b: Reading) -> list[EntityPair]:
    """Entities of both texts that are, may be or are not the same."""
    return [
        EntityPair(a=tuple(left), b=tuple(right), verdict=verdict, reasons=tuple(reasons))
        for left, right, verdict, reasons in align_entities(a.entities, b.entities)
    ]


def _texts(reports: Sequence[tuple[Reading, SourceText]], pairs: Sequence[EntityPair]) -> list[ReportText]:
    left, right = identities(pairs)
    (a, meta_a), (b, meta_b) = reports
    return [ReportText(reading=a, meta=meta_a, identity=left), ReportText(reading=b, meta=meta_b, identity=right)]


def derive_all(
    reports: Sequence[tuple[Reading, SourceText]], identity: Sequence[Mapping[str, str]] | None = None
) -> Derived:
    """The graph of any number of reports. `identity`: for each, local entity id -> an id common to all (in a case, the
    case's own); without it entities are aligned pair by pair with the first text that knows them."""
    known = identity or _common_ids([reading for reading, _ in reports])
    return derive([ReportText(reading=r, meta=m, identity=i) for (r, m), i in zip(reports, known, strict=True)])


def _common_ids(readings: Sequence[Reading]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for number, reading in enumerate(readings):
        own = {entity.id: f"t{number}:{entity.id}" for entity in reading.entities}
        for earlier, ids in zip(readings[:number], found, strict=True):
            for pair in entity_pairs(earlier, reading):
                if pair.verdict == "same":
                    own.update({each: ids[pair.a[0]] for each in pair.b if own[each].startswith(f"t{number}:")})
        found.append(own)
    return found


def compare_files(paths: list[str], *, unsandboxed: bool = False) -> Iterator[Comparison]:
    """Every pair of some report files, in the order given."""
    loose = read_files(paths, as_="report", unsandboxed=unsandboxed)
    readings = [reading_of(one) for one in loose]
    sources = _distinct([one.source for one in loose])
    derived = derive_all(list(zip(readings, sources, strict=True))) if len(loose) > 2 else None
    for i, j in combinations(range(len(loose)), 2):
        yield compare_readings(readings[i], readings[j], sources[i], sources[j], derived=derived)


def _distinct(sources: list[SourceText]) -> list[SourceText]:
    """Two files of one name get names of their own."""
    seen: dict[str, int] = {}
    found: list[SourceText] = []
    for source in sources:
        seen[source.name] = seen.get(source.name, 0) + 1
        number = seen[source.name]
        found.append(source if number == 1 else replace(source, name=f"{source.name}~{number}"))
    return found
