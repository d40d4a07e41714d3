"""Reports of a case: their readings, pairs side by side, and the lineage over all of them.

Entities of the case are common to its documents, so nothing is aligned twice: two mentions of one entity are the same
because a person or the resolution said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from leakdesk.errors import NothingThere, UsageError
from leakdesk.lineage.corroborate import Corroboration, corroborate
from leakdesk.lineage.derive import Derived
from leakdesk.model.claim import Finding, Reading
from leakdesk.model.comparison import Comparison, SourceText
from leakdesk.store import found, records
from leakdesk.store.case import REPORTS, CaseStore
from leakdesk.store.rows import from_json
from leakdesk.store.tables import documents
from leakdesk.work.comparing import compare_pair
from leakdesk.work.pictures import of_reports, stands_in
from leakdesk.work.together import Together


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """A report of the case, ready to be compared."""

    document: str
    reading: Reading
    source: SourceText
    identity: Mapping[str, str]


def reading(store: CaseStore, document: str) -> Reading:
    """A document's reading. Raises NotFound for an unknown one, UsageError where deep reading has not come to it yet."""
    with store.connect() as connection:
        return _reading(connection, records.document_of(connection, document))


def _reading(connection: Connection, document: str) -> Reading:
    known = found.reading_of(connection, document)
    if known is None:
        if records.layer(connection, document) is None:
            raise NothingThere(f"{document} has no text", try_="Look at: leakdesk ledger CASE")
        raise UsageError(
            f"{document} is not read deeply yet", try_="Run leakdesk add again without --no-deep: it goes on from here."
        )
    return known


def report(connection: Connection, document: str) -> CaseReport:
    """A document of the case as a report. Raises NotFound, UsageError."""
    own = records.document_of(connection, document)
    row = connection.execute(select(documents).where(documents.c.id == own)).mappings().one()
    links = tuple(note["sentence"] for note in from_json(row["notes"]) if note["rule"] == "link")
    source = SourceText(
        name=own, outlet=row["outlet"], published=row["published"] or row["created"], url=row["url"], links=links
    )
    return CaseReport(
        document=own, reading=_reading(connection, own), source=source, identity=found.entity_of(connection, own)
    )


def reports(connection: Connection) -> list[CaseReport]:
    """All reports of the case that were read deeply, by id. What stands in a report, such as a picture with words in it, is
    its own and no further voice."""
    ids = connection.execute(
        select(documents.c.id).where(documents.c.dataset == REPORTS).order_by(documents.c.id)
    ).scalars()
    own = [each for each in list(ids) if each in stands_in(connection, each)]
    return [report(connection, each) for each in own if found.reading_of(connection, each) is not None]


def compare_documents(store: CaseStore, ids: Sequence[str]) -> Iterator[Comparison]:
    """Every pair of some documents of the case."""
    with store.connect() as connection:
        chosen = [report(connection, each) for each in ids]
        pictures = of_reports(connection)
    texts = [(one.reading, one.source) for one in chosen]
    together = Together.of(texts, [one.identity for one in chosen], pictures)
    for first, second in together.pairs():
        yield compare_pair(together, first, second)


def lineage(store: CaseStore) -> tuple[Derived, list[CaseReport]]:
    """The graph over all reports of the case."""
    known = told(store)
    return known.derived, list(known.reports)


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What the reports of a case tell together: their lineage, and which of their claims tell one event."""

    reports: tuple[CaseReport, ...]
    together: Together

    @property
    def derived(self) -> Derived:
        """The graph over all of them."""
        return self.together.derived

    def corroboration(self, document: str, claim: str) -> Corroboration | None:
        """Independent sources of a claim of a report, together with the claims of other reports that tell the same event
        without contradicting it. None where the document is none of the reports."""
        own = next((n for n, one in enumerate(self.reports) if one.document == document), None)
        if own is None:
            return None
        same = [(document, claim)]
        for other in range(len(self.reports)):
            same += [(self.reports[other].document, each) for each in self._same(own, other, claim)]
        return corroborate(self.derived, same)

    def _same(self, own: int, other: int, claim: str) -> list[str]:
        if own == other:
            return []
        turned = own > other
        found: list[str] = []
        for row in self.together.rows(min(own, other), max(own, other)):
            here, there = (row.b, row.a) if turned else (row.a, row.b)
            if claim in here and row.relation != "conflicting":
                found += there
        return found


#: The last case's reports, by what they were read as: many findings of one case ask in a row.
_LAST: dict[tuple[object, ...], Told] = {}


def told(store: CaseStore) -> Told:
    """The case's reports with their lineage, worked out once as long as no report and no reading changes."""
    with store.connect() as connection:
        chosen = tuple(reports(connection))
        pictures = of_reports(connection)
    key = (
        str(store.layout.root),
        *((one.document, one.source, one.reading.sha256, len(one.reading.claims)) for one in chosen),
        *(picture.document for shown in pictures.values() for picture in shown),
    )
    if key not in _LAST:
        _LAST.clear()
        texts = [(one.reading, one.source) for one in chosen]
        _LAST[key] = Told(chosen, Together.of(texts, [one.identity for one in chosen], pictures))
    return _LAST[key]


def corroboration(store: CaseStore, document: str, claim: str) -> Corroboration | None:
    """Independent sources of a claim of a report, its equals in other reports counted in; None where the document is no
    report that was read."""
    return told(store).corroboration(document, claim)


def sources_sentence(store: CaseStore, finding: Finding) -> str:
    """In one sentence, on how many independent sources a finding rests."""
    count = corroboration(store, finding.document, finding.claim)
    if count is None:
        return "Rests on the leaked documents alone."
    return sources_in_words(count)


def sources_in_words(count: Corroboration) -> str:
    """ "1 independent source", "1 to 3 independent sources"; unknown ones are counted and never named."""
    spread = str(count.at_least) if count.at_least == count.at_most else f"{count.at_least} to {count.at_most}"
    noun = "source" if spread == "1" else "sources"
    return f"{spread} independent {noun}"
