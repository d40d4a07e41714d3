"""Rows on their way into the case, written in one transaction every few hundred items: one fsync a batch, and nothing is
acknowledged before it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leakdesk.search.entry import IndexEntry
from leakdesk.store.case import CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.rows import Row
from leakdesk.store.tables import documents, inbox, items, sealed_log, text_layers, word_boxes

#: Rows are written when this many items are waiting, or bytes, or seconds have passed.
_ITEMS = 1000
_BYTES = 24 << 20
_SECONDS = 2.0


@dataclass(slots=True)
class Waiting:
    """Rows of each table that wait to be written.

    `taken` are rows of the inbox that go when all is written, `moved` what changes in others; `superseded` are items that
    go; `entries` are for the index, which is told by `on_written` (with the number of each document's row)."""

    store: CaseStore
    on_written: Callable[[Sequence[IndexEntry], Mapping[str, int]], None]
    items: list[Row] = field(default_factory=list[Row])
    documents: list[Row] = field(default_factory=list[Row])
    layers: list[Row] = field(default_factory=list[Row])
    boxes: list[Row] = field(default_factory=list[Row])
    inbox: list[Row] = field(default_factory=list[Row])
    taken: list[int] = field(default_factory=list[int])
    moved: dict[int, dict[str, Any]] = field(default_factory=dict[int, dict[str, Any]])
    traces: list[Row] = field(default_factory=list[Row])
    entries: list[IndexEntry] = field(default_factory=list[IndexEntry])
    custody: list[Entry] = field(default_factory=list[Entry])
    superseded: list[str] = field(default_factory=list[str])
    bytes: int = 0
    _since: float = 0.0

    @property
    def due(self) -> bool:
        """True when enough is waiting, or for long enough."""
        return (
            len(self.items) + len(self.inbox) >= _ITEMS
            or self.bytes >= _BYTES
            or time.monotonic() - self._since > _SECONDS
        )

    @property
    def empty(self) -> bool:
        """True where nothing waits that a reader of the case would miss."""
        return not (self.items or self.inbox or self.moved)

    def write(self) -> None:
        """Write all that waits, in one transaction."""
        with self.store.writing(self.custody) as writer:
            writer.insert(documents, self.documents)
            writer.insert(text_layers, self.layers)
            writer.insert(word_boxes, self.boxes)
            writer.insert(items, self.items)
            writer.insert(inbox, self.inbox)
            writer.insert(sealed_log, self.traces)
            for seq, changes in self.moved.items():
                writer.update(inbox, {"seq": seq}, **changes)
            writer.delete_many(inbox, "seq", self.taken)
            writer.delete_many(items, "id", self.superseded)
        entries, numbers = self.entries, {row["id"]: row["seq"] for row in self.documents}
        for waiting in (
            self.custody,
            self.documents,
            self.layers,
            self.boxes,
            self.items,
            self.inbox,
            self.traces,
            self.taken,
            self.superseded,
        ):
            waiting.clear()
        self.moved.clear()
        self.entries = []
        self.bytes, self._since = 0, time.monotonic()
        self.on_written(entries, numbers)
