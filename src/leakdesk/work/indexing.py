"""Documents into the full-text index: entries are made in the parsing processes, and only added here.

The tables are the truth, the index follows: `settings.indexed` names the last document (by its number) that a commit of
the index holds, so what was written before an interruption and did not reach the index is added again.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from leakdesk.model.document import Role, Segment, TextLayer
from leakdesk.search.entry import IndexEntry, index_entry
from leakdesk.store import records
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import among, chunks, from_json
from leakdesk.store.tables import documents, items, settings, text_layers
from leakdesk.work.protocol import about_document

if TYPE_CHECKING:
    from leakdesk.search.index import Indexer

#: Documents between two commits of the index, and seconds: what was read is searchable while the rest is being added.
_COMMIT, _SECONDS = 10_000, 20.0
#: Documents asked of the tables in one statement, and entries made before they are added.
_AT_ONCE = 400
#: Settings: the last document that the index holds, and the last item whose place it knows.
_MARK, _PLACES = "indexed", "places indexed"


class Indexing:
    """Feeds the index, and catches up with the tables after an interruption; or makes one anew, `beside` the one in use."""

    def __init__(self, store: CaseStore, *, beside: bool = False) -> None:
        self.store = store
        self._beside = beside
        self._indexer: Indexer | None = None
        self._since = 0
        self._committed = time.monotonic()

    def add_written(self, entries: Sequence[IndexEntry], numbers: Mapping[str, int]) -> None:
        """Take in entries of documents that were written just now, with the numbers they got."""
        self._add(entries, numbers, new=True)

    def _add(self, entries: Sequence[IndexEntry], numbers: Mapping[str, int], *, new: bool) -> None:
        with self._room():
            for entry in entries:
                self._open().add(entry, numbers.get(entry.document, 0), new=new)
        self._since += len(entries)
        if self._since >= _COMMIT or (self._since and time.monotonic() - self._committed > _SECONDS):
            self._commit()

    def catch_up(self) -> None:
        """Index what was written before an interruption and did not reach the index."""
        waiting: list[IndexEntry] = []
        for entry in stored_entries(self.store, after=self._marked()):
            waiting.append(entry)
            if len(waiting) == _AT_ONCE:
                self._add(waiting, self._numbers(waiting), new=True)
                waiting = []
        self._add(waiting, self._numbers(waiting), new=True)

    def finish(self) -> None:
        """Make everything added searchable, and let go of the index."""
        self._add_places()
        if self._indexer is not None:
            if self._since or self._marked() != self._last():
                self._commit()
            with self._room():
                self._indexer.close()
            self._indexer = None

    def put_in_place(self) -> None:
        """Finish an index made beside, and let it take the place of the one in use."""
        from leakdesk.search.index import put_in_place

        with self._room():
            self._open().close()
        self._indexer = None
        put_in_place(self.store.layout.index_beside, self.store.layout.index)
        with self.store.writing() as writer:
            writer.put(settings, {"name": _MARK}, {"value": str(self._last())})
            # What is indexed from the tables knows all places from the start.
            writer.put(settings, {"name": _PLACES}, {"value": str(_last_item(writer.connection))})

    def abandon(self) -> None:
        """Drop an index made beside, whatever it holds."""
        from leakdesk.search.index import discard

        if self._indexer is not None:
            self._indexer.abandon()
            self._indexer = None
        discard(self.store.layout.index_beside)

    def _add_places(self) -> None:
        """Documents that were seen at a second place are entered again, with all their containers and names."""
        other = items.alias("other")
        twice = (other.c.document == items.c.document) & (other.c.seq != items.c.seq)
        with self.store.connect() as connection:
            last = _last_item(connection)
            fresh = select(items.c.document).join(other, twice).where(items.c.seq > _mark(connection, _PLACES))
            ids = [str(own) for own in connection.execute(fresh.distinct()).scalars()]
        for some in chunks(ids, _AT_ONCE):
            entries = list(stored_entries(self.store, only=some))
            self._add(entries, self._numbers(entries), new=False)
        with self.store.writing() as writer:
            writer.put(settings, {"name": _PLACES}, {"value": str(last)})

    def _numbers(self, entries: Sequence[IndexEntry]) -> dict[str, int]:
        """The number of each document, by which "what is new since" is told."""
        with self.store.connect() as connection:
            rows = among(connection, [documents.c.id, documents.c.seq], [entry.document for entry in entries])
        return dict(rows)

    @property
    def _folder(self) -> Path:
        return self.store.layout.index_beside if self._beside else self.store.layout.index

    def _room(self) -> AbstractContextManager[None]:
        from leakdesk.search.index import room

        return room(self._folder)

    def _open(self) -> Indexer:
        if self._indexer is None:
            from leakdesk.search.index import Indexer

            self._indexer = Indexer(self._folder)
        return self._indexer

    def _commit(self) -> None:
        with self._room():
            self._open().commit()
        self._since, self._committed = 0, time.monotonic()
        _give_back()
        if self._beside:
            return
        with self.store.writing() as writer:
            writer.put(settings, {"name": _MARK}, {"value": str(self._last())})

    def _last(self) -> int:
        with self.store.connect() as connection:
            return int(connection.execute(select(func.coalesce(func.max(documents.c.seq), 0))).scalar_one())

    def _marked(self) -> int:
        if self._beside:
            return 0
        with self.store.connect() as connection:
            return _mark(connection, _MARK)


def _last_item(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(items.c.seq), 0))).scalar_one())


def _mark(connection: Connection, name: str) -> int:
    found = connection.execute(select(settings.c.value).where(settings.c.name == name)).scalar()
    return int(found or 0)


def _give_back() -> None:
    """Return freed memory to the system: the index's writer frees its buffers at a commit, and glibc keeps them (a
    megabyte for every thousand letters)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def stored_entries(store: CaseStore, *, after: int = 0, only: Sequence[str] | None = None) -> Iterator[IndexEntry]:
    """Index entries of the documents numbered after `after` (or `only` of these), made from what the tables hold."""
    columns = [*documents.c, text_layers.c.text, text_layers.c.segments, text_layers.c.extractor]
    joined = documents.outerjoin(text_layers, documents.c.layer == text_layers.c.id)
    query = select(*columns).select_from(joined).order_by(documents.c.seq).limit(_AT_ONCE)
    if only is not None:
        query = query.where(documents.c.id.in_(only))
    while True:
        with store.connect() as connection:
            rows = connection.execute(query.where(documents.c.seq > after)).mappings().all()
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
    places = [
        about_document(
            kind=row["kind"],
            title=row["title"],
            languages=from_json(row["languages"]),
            attachments=[part["name"] for part in from_json(row["attachments"])],
            location=place["location"],
            message=row["head"] is not None,
        )
        for place in seen or [{"location": [""]}]
    ]
    about = replace(
        places[0],
        containers=tuple(dict.fromkeys(step for place in places for step in place.containers)),
        names=tuple(dict.fromkeys(place.filename for place in places[1:] if place.filename)),
    )
    return index_entry(row["id"], layer, records.head_of(from_json(row["head"])), about)
