"""The case's full text, opened for reading: the index finds, the store shows."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from leakdesk.search.results import TextForSearch
from leakdesk.search.searcher import Searcher
from leakdesk.store import records
from leakdesk.store.case import CaseStore
from leakdesk.store.tables import documents, letters


def searcher(store: CaseStore) -> Searcher:
    """A searcher over a case. Raises IndexOutdated or IndexDamaged ("leakdesk rebuild CASE")."""
    try:
        zone = ZoneInfo(store.config.zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return Searcher(store.layout.index, lambda document: text_for_search(store, document), zone=zone)


def text_for_search(store: CaseStore, document: str) -> TextForSearch:
    """What a hit shows of a document."""
    columns = (documents.c.title, documents.c.date, documents.c.kind, letters.c.group_)
    joined = documents.outerjoin(letters, letters.c.document == documents.c.id)
    with store.connect() as connection:
        row = connection.execute(select(*columns).select_from(joined).where(documents.c.id == document)).first()
        stored = records.layer(connection, document)
    return TextForSearch(
        document=document,
        text=stored.layer.text if stored else "",
        title=row.title if row else None,
        date=row.date if row else None,
        kind=row.kind if row else "",
        segments=stored.layer.segments if stored else (),
        group=row.group_ if row else None,
    )
