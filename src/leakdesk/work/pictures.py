"""Pictures of a case's reports: the same one in other reports, and the letters that screenshots show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from leakdesk.claims.screenshots import Candidates, said_of, screenshot
from leakdesk.documents.pictures import FINGERPRINT
from leakdesk.lineage.pictures import shown_alike
from leakdesk.model.document import Kind
from leakdesk.model.pictures import CheckedPicture, Picture, PictureAt
from leakdesk.store import records
from leakdesk.store.case import REPORTS, CaseStore
from leakdesk.store.rows import from_json
from leakdesk.store.tables import documents, items


def of_reports(connection: Connection) -> dict[str, tuple[Picture, ...]]:
    """Report -> the pictures in it; a report that is itself a picture holds itself."""
    query = select(documents).where(documents.c.dataset == REPORTS, documents.c.kind == Kind.IMAGE.value)
    found: dict[str, list[Picture]] = {}
    for row in connection.execute(query.order_by(documents.c.id)).mappings():
        own = str(row["id"])
        mark = next((note["sentence"] for note in from_json(row["notes"]) if note["rule"] == FINGERPRINT), "")
        stored = records.layer(connection, own)
        one = Picture(document=own, mark=mark, text=stored.layer.text if stored else "")
        for parent in stands_in(connection, own):
            found.setdefault(parent, []).append(one)
    return {report: tuple(pictures) for report, pictures in found.items()}


def stands_in(connection: Connection, own: str) -> list[str]:
    """The reports that a document stands in: the nearest one above each place where it was seen, or the document itself."""
    places = connection.execute(select(items.c.id, items.c.parent).where(items.c.document == own)).all()
    return sorted({_nearest(connection, str(place.parent or "")) or own for place in places})


def _nearest(connection: Connection, item: str) -> str:
    while item:
        query = select(items.c.parent, items.c.document, documents.c.kind).outerjoin(
            documents, documents.c.id == items.c.document
        )
        above = connection.execute(query.where(items.c.id == item)).first()
        if above is None:
            return ""
        if above.kind == Kind.REPORT.value:
            return str(above.document)
        item = str(above.parent or "")
    return ""


def check_pictures(store: CaseStore, report: str, letters: Candidates) -> tuple[CheckedPicture, ...]:
    """Every picture of a report that is shown elsewhere or shows a letter. A document without pictures has none."""
    with store.connect() as connection:
        every = of_reports(connection)
    return tuple(_checked(every.get(report, ()), report, every, letters))


def _checked(
    own: Sequence[Picture], report: str, every: Mapping[str, Sequence[Picture]], letters: Candidates
) -> Iterator[CheckedPicture]:
    for picture in own:
        elsewhere = tuple(
            PictureAt(document=other.document, report=name)
            for name, others in every.items()
            if name != report
            for other in others
            if other.document == picture.document or shown_alike(picture, other)
        )
        shows = screenshot(picture.text, letters)
        if elsewhere or shows:
            reports = len({at.report for at in elsewhere})
            noun = "another report" if reports == 1 else f"{reports} other reports"
            sentences = (
                *((f"The same picture stands in {noun}.",) if elsewhere else ()),
                *((said_of(shows),) if shows else ()),
            )
            yield CheckedPicture(document=picture.document, also_in=elsewhere, shows=shows, sentences=sentences)


def check_text(name: str, text: str, letters: Candidates) -> tuple[CheckedPicture, ...]:
    """A picture that was given as a file, by what recognition read in it."""
    shows = screenshot(text, letters)
    if shows is None:
        return ()
    return (CheckedPicture(document=name, also_in=(), shows=shows, sentences=(said_of(shows),)),)
