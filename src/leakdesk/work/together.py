"""Several reports held together: one graph, who is who in all of them, each pair's rows when somebody asks, and what was taken
back.

A few reports are aligned name by name, pair by pair. For many, names are grouped once over all of them: nineteen thousand pairs
of two hundred reports would compare the same names again and again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from leakdesk.claims.align import align
from leakdesk.entities.align import align_entities
from leakdesk.lineage.derive import Derived, derive
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.withdrawn import withdrawn
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import EntityPair, Row, SourceText
from leakdesk.model.derivation import Withdrawn
from leakdesk.model.pictures import Picture
from leakdesk.work.meaning_model import installed

#: Up to so many reports are aligned pair by pair.
FEW = 12
#: Pairs of which the rows are kept in memory.
KEPT = 2_000

Identity = Mapping[str, str]


@dataclass(slots=True, eq=False)
class Together:
    """Reports with their graph. Rows of a pair are worked out when asked for, and the latest ones kept."""

    texts: tuple[ReportText, ...]
    derived: Derived
    few: bool
    _rows: dict[tuple[int, int], tuple[Row, ...]] = field(default_factory=dict[tuple[int, int], "tuple[Row, ...]"])
    _withdrawn: tuple[Withdrawn, ...] | None = None

    @staticmethod
    def of(
        reports: Sequence[tuple[Reading, SourceText]],
        identity: Sequence[Identity] | None = None,
        pictures: Mapping[str, tuple[Picture, ...]] | None = None,
    ) -> Together:
        """`identity`: for each report, local entity id -> an id common to all (in a case, the case's own). `pictures`: those
        in each report, by its name."""
        readings = [reading for reading, _ in reports]
        few = len(reports) <= FEW
        known = _pair_by_pair(readings) if few else identity or _grouped(readings)
        shown = pictures or {}
        texts = tuple(
            ReportText(reading=r, meta=m, identity=i, pictures=shown.get(m.name, ()))
            for (r, m), i in zip(reports, known, strict=True)
        )
        return Together(texts=texts, derived=derive(texts), few=few)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Every pair, in the order given."""
        return combinations(range(len(self.texts)), 2)

    def entities(self, first: int, second: int) -> list[EntityPair]:
        """Who is who in two of the reports."""
        a, b = self.texts[first], self.texts[second]
        return entity_pairs(a.reading, b.reading) if self.few else _known_pairs(a, b)

    def rows(self, first: int, second: int) -> tuple[Row, ...]:
        """The rows of two of the reports, the smaller number first."""
        key = first, second
        if key not in self._rows:
            if len(self._rows) >= KEPT:
                del self._rows[next(iter(self._rows))]
            a, b = self.texts[first], self.texts[second]
            self._rows[key] = align(a.reading, b.reading, self.entities(first, second), a.meta, b.meta, installed())
        return self._rows[key]

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Claims that were taken back, put right or brought up to date, and who repeats them."""
        if self._withdrawn is None:
            self._withdrawn = withdrawn(self.texts, self.derived.versions, self.rows)
        return self._withdrawn

    def withdrawn_in(self, *names: str) -> tuple[Withdrawn, ...]:
        """Those that concern some reports: their own, and those that they repeat."""
        kept: list[Withdrawn] = []
        for one in self.withdrawn():
            repeated = tuple(each for each in one.repeated if each.document in names)
            if one.document in names or repeated:
                kept.append(replace(one, repeated=repeated))
        return tuple(kept)


def entity_pairs(a: Reading, b: Reading) -> list[EntityPair]:
    """Entities of both texts that are, may be or are not the same."""
    return [
        EntityPair(a=tuple(left), b=tuple(right), verdict=verdict, reasons=tuple(reasons))
        for left, right, verdict, reasons in align_entities(a.entities, b.entities)
    ]


def _known_pairs(a: ReportText, b: ReportText) -> list[EntityPair]:
    """The entities of two texts that have one common id."""
    left, right = _by_common(a), _by_common(b)
    reason = ("their names were grouped over all reports",)
    return [
        EntityPair(a=tuple(left[common]), b=tuple(right[common]), verdict="same", reasons=reason)
        for common in left
        if common in right
    ]


def _by_common(text: ReportText) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entity in text.reading.entities:
        if entity.id in text.identity:
            found.setdefault(text.identity[entity.id], []).append(entity.id)
    return found


def _pair_by_pair(readings: Sequence[Reading]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for number, reading in enumerate(readings):
        own = {entity.id: f"t{number}:{entity.id}" for entity in reading.entities}
        for earlier, ids in zip(readings[:number], found, strict=True):
            for pair in entity_pairs(earlier, reading):
                if pair.verdict == "same":
                    own.update({each: ids[pair.a[0]] for each in pair.b if own[each].startswith(f"t{number}:")})
        found.append(own)
    return found


def _grouped(readings: Sequence[Reading]) -> list[dict[str, str]]:
    from leakdesk.entities.resolve import group

    resolution = group({str(number): reading.mentions for number, reading in enumerate(readings)})
    found: list[dict[str, str]] = []
    for number, reading in enumerate(readings):
        counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for mention in reading.mentions:
            common = resolution.entity_of.get((str(number), mention.id))
            if mention.entity and common:
                counted[mention.entity][common] += 1
        found.append({local: counts.most_common(1)[0][0] for local, counts in counted.items()})
    return found
