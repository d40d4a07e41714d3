"""Documents into the full-text index: entries are made in the parsing processes, and only added here.

The tables are the truth, the index follows: `settings.indexed` names the last document (by its number) that a commit of
the index holds, so what was written before an interruption and did not reach the index is added again.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from leakdesk.model.document import Role, Segment, TextLayer
from leakdesk.search.entry import IndexEntry, index_entry
from leakdesk.store import records
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import chunks, from_json
from leakdesk.store.tables import documents, settings, text_layers
from leakdesk.work.protocol import about_document

if TYPE_CHECKING:
    from leakdesk.search.index import Indexer

#: Documents between two commits of the index.
_COMMIT = 10_000
#: Documents asked of the tables in one statement, and entries made before they are added.
_AT_ONCE = 400
_MARK = "indexed"


class Indexing:
    """Feeds the index, and catches up with the tables after an interruption."""

    def __init__(self, store: CaseStore) -> None:
        self.store = store
        self._indexer: Indexer | None = None
        self._since = 0

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Take in entries of documents that are written."""
        numbers = self._numbers([entry.document for entry in entries])
        for entry in entries:
            self._open().add(entry, numbers.get(entry.document, 0))
        self._since += len(entries)
        if self._since >= _COMMIT:
            self._commit()

    def catch_up(self) -> None:
        """Index what was written before an interruption and did not reach the index."""
        waiting: list[IndexEntry] = []
        for entry in stored_entries(self.store, after=self._marked()):
            waiting.append(entry)
            if len(waiting) == _AT_ONCE:
                self.add(waiting)
                waiting = []
        if waiting:
            self.add(waiting)

    def finish(self) -> None:
        """Make everything added searchable, and let go of the index."""
        if self._indexer is not None:
            if self._since or self._marked() != self._last():
                self._commit()
            self._indexer.close()
            self._indexer = None

    def _numbers(self, ids: Sequence[str]) -> dict[str, int]:
        """The number of each document, by which "what is new since" is told."""
        found: dict[str, int] = {}
        with self.store.connect() as connection:
            for some in chunks(ids, _AT_ONCE):
                query = select(documents.c.id, documents.c.seq).where(documents.c.id.in_(some))
                found.update({row.id: row.seq for row in connection.execute(query)})
        return found

    def _open(self) -> Indexer:
        if self._indexer is None:
            from leakdesk.search.index import Indexer

            self._indexer = Indexer(self.store.layout.index)
        return self._indexer

    def _commit(self) -> None:
        self._open().commit()
        self._since = 0
        _give_back()
        with self.store.writing() as writer:
            writer.put(settings, {"name": _MARK}, {"value": str(self._last())})

    def _last(self) -> int:
        with self.store.connect() as connection:
            return int(connection.execute(select(func.coalesce(func.max(documents.c.seq), 0))).scalar_one())

    def _marked(self) -> int:
        with self.store.connect() as connection:
            found = connection.execute(select(settings.c.value).where(settings.c.name == _MARK)).scalar()
        return int(found or 0)


def _give_back() -> None:
    """Return freed memory to the system: the index's writer frees its buffers at a commit, and glibc keeps them (a
    megabyte for every thousand letters)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def forget(store: CaseStore) -> None:
    """Everything is to be indexed again."""
    with store.writing() as writer:
        writer.delete(settings, {"name": _MARK})


def stored_entries(store: CaseStore, *, after: int = 0) -> Iterator[IndexEntry]:
    """Index entries of the documents numbered after `after`, made from what the tables hold."""
    columns = [*documents.c, text_layers.c.text, text_layers.c.segments, text_layers.c.extractor]
    joined = documents.outerjoin(text_layers, documents.c.layer == text_layers.c.id)
    while True:
        with store.connect() as connection:
            query = (
                select(*columns).select_from(joined).where(documents.c.seq > after).order_by(documents.c.seq).limit(200)
            )
            rows = connection.execute(query).mappings().all()
            seen = records.sightings(connection, [row["id"] for row in rows])
        if not rows:
            return
        for row in rows:
            yield _entry(row, seen.get(row["id"], []))
        after = rows[-1]["seq"]


def _entry(row: Mapping[Any, Any], seen: Sequence[Mapping[Any, Any]]) -> IndexEntry:
    layer = None
    if row["text"] is not None:
        segments = tuple(
            Segment(start=a, end=b, role=Role(r), language=lang) for a, b, r, lang in from_json(row["segments"])
        )
        layer = TextLayer(text=row["text"], extractor=row["extractor"], segments=segments)
    first = seen[0]["location"] if seen else [""]
    about = about_document(
        kind=row["kind"],
        title=row["title"],
        languages=from_json(row["languages"]),
        attachments=[part["name"] for part in from_json(row["attachments"])],
        location=first,
        message=row["head"] is not None,
    )
    return index_entry(row["id"], layer, records.head_of(from_json(row["head"])), about)
