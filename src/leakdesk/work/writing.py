"""What a reading becomes in the tables: items, documents, text layers, custody lines, and what waits in the inbox.

`Ledgerbook` collects rows and writes them in one transaction every few hundred items: one fsync a batch, and nothing is
acknowledged before it.
"""

from __future__ import annotations

import hashlib
import time
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from leakdesk.intake.identify import name_differs
from leakdesk.model.document import Extract, Kind, MailAddress, MessageHead, Note, State
from leakdesk.model.ids import item_id, text_sha256
from leakdesk.search.entry import IndexEntry, index_entry
from leakdesk.store import boxes
from leakdesk.store.case import REPORTS, CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.originals import Spool
from leakdesk.store.rows import Row, among, from_json, to_json
from leakdesk.store.tables import documents, inbox, items, sealed_log, text_layers, word_boxes
from leakdesk.work.protocol import Done, Found, about_document
from leakdesk.work.sighting import Names, Sighting, child_id, inbox_row

#: Rows are written when this many items are waiting, or bytes, or seconds have passed.
_ITEMS = 1000
_BYTES = 24 << 20
_SECONDS = 2.0
#: The note of a message whose store keeps no message bytes: what is sealed is our own canonical rebuild.
REBUILT = "rebuilt"
_WORST = {State.READ.value: 0, State.PARTIAL.value: 1, State.FAILED.value: 2}


@dataclass(slots=True)
class Counts:
    """What one run brought."""

    items: int = 0
    documents: int = 0
    duplicates: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What reading a document once came to: (state, stage, reason, limit), and how many things are inside."""

    media_type: str
    outcome: tuple[str, str, str, str]
    listed: int | None

    @property
    def contents(self) -> bool:
        """True if there is something inside."""
        return bool(self.listed)


def known_documents(store: CaseStore, ids: Sequence[str]) -> dict[str, Known]:
    """Those of these documents that were read before."""
    if not ids:
        return {}
    columns = [documents.c[name] for name in ("id", "media_type", "state", "stage", "reason", "limit_", "listed")]
    with store.connect() as connection:
        rows = among(connection, columns, ids)
    return {own: Known(media_type, tuple(outcome), listed) for own, media_type, *outcome, listed in rows}


@dataclass(slots=True)
class Ledgerbook:
    """Rows on their way into the case, written batch by batch."""

    store: CaseStore
    on_written: Callable[[Sequence[IndexEntry], Mapping[str, int]], None]
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    counts: Counts = field(default_factory=Counts)
    _items: list[Row] = field(default_factory=list[Row])
    _documents: list[Row] = field(default_factory=list[Row])
    _layers: list[Row] = field(default_factory=list[Row])
    _boxes: list[Row] = field(default_factory=list[Row])
    _inbox: list[Row] = field(default_factory=list[Row])
    _taken: list[int] = field(default_factory=list[int])
    _moved: dict[int, dict[str, Any]] = field(default_factory=dict[int, dict[str, Any]])
    _traces: list[Row] = field(default_factory=list[Row])
    _entries: list[IndexEntry] = field(default_factory=list[IndexEntry])
    _custody: list[Entry] = field(default_factory=list[Entry])
    _new: dict[str, Known] = field(default_factory=dict[str, "Known"])
    _superseded: list[str] = field(default_factory=list[str])
    _known_children: tuple[str, set[str]] = ("", set())
    _bytes: int = 0
    _since: float = 0.0

    # --- what is known ---------------------------------------------------------------------------------------------------

    def is_new(self, document: str) -> bool:
        """True for a document that waits here to be written."""
        return document in self._new

    def waiting(self, document: str) -> Known | None:
        """What is known of a document that waits here to be written."""
        return self._new.get(document)

    # --- collecting ------------------------------------------------------------------------------------------------------

    def read(self, sighting: Sighting, done: Done, spools: dict[int, Spool]) -> None:
        """One item was read for the first time: its item, its document, its text, its parts."""
        extract = _with_name_note(done.extract, sighting)
        rebuilt = [note for note in sighting.notes if note.get("rule") == REBUILT]
        extract = replace(extract, notes=(*extract.notes, *[Note(**note) for note in rebuilt])) if rebuilt else extract
        attachments = self._parts(sighting, done, spools)
        layer = self._layer(sighting, extract)
        listed = done.listed if done.listed else (0 if extract.kind is Kind.CONTAINER else None)
        self._add_document(sighting, extract, layer, attachments, done.reader, listed)
        self.item(
            sighting, extract.media_type, (extract.state.value, extract.stage, extract.reason, extract.limit), listed
        )
        self._entries.append(done.entry or bare_entry(sighting, extract))
        self._custody.append(
            Entry(
                verb="parsed",
                object_id=sighting.document,
                hash_in=sighting.sha256,
                hash_out=layer["sha256"] if layer else "",
                note=done.reader,
            )
        )

    def container(self, sighting: Sighting, media_type: str, listed: int, outcome: tuple[str, str, str, str]) -> None:
        """An archive or a mailbox whose listing has come to its end."""
        state, stage, reason, limit = outcome
        extract = Extract(
            kind=Kind.CONTAINER,
            schema="Package",
            media_type=media_type,
            state=State(state),
            stage=stage,
            reason=reason,
            limit=limit,
        )
        if not self.is_new(sighting.document) and not self._known(sighting.document):
            self._add_document(sighting, _with_name_note(extract, sighting), None, [], "leakdesk-unpack 1", listed)
            self._entries.append(bare_entry(sighting, extract))
            self._custody.append(
                Entry(verb="parsed", object_id=sighting.document, hash_in=sighting.sha256, note="leakdesk-unpack 1")
            )
        self.item(sighting, media_type, outcome, listed)

    def item(
        self,
        sighting: Sighting,
        media_type: str,
        outcome: tuple[str, str, str, str],
        listed: int | None,
        *,
        copy: bool = False,
    ) -> None:
        """A sighting's row in the ledger; its own fault (a truncated attachment) outweighs a good reading."""
        state, stage, reason, limit = outcome
        if _WORST[sighting.state] > _WORST[state]:
            state, stage, reason, limit = sighting.state, "unpack", sighting.reason, sighting.limit
        elif sighting.reason and state != State.READ.value and sighting.reason not in reason:
            reason = f"{reason}; {sighting.reason}"
        self._items.append(
            {
                "id": sighting.id,
                "parent": sighting.parent,
                "top": sighting.top,
                "document": sighting.document if sighting.sha256 else None,
                "dataset": sighting.dataset,
                "location": to_json(sighting.location),
                "location_bytes": sighting.location_bytes,
                "sha256": sighting.sha256 or None,
                "size": sighting.size,
                "raw": to_json(sighting.raw) if sighting.raw else None,
                "media_type": media_type,
                "state": state,
                "stage": stage,
                "reason": reason,
                "limit_": limit,
                "listed": listed,
                "notes": to_json(sighting.notes),
            }
        )
        self.counts.items += 1
        self.counts.duplicates += copy
        if sighting.container and not sighting.again:
            self._custody.append(
                Entry(verb="received", object_id=sighting.id, hash_in=sighting.container, hash_out=sighting.sha256)
            )
        if sighting.seq:
            self._taken.append(sighting.seq)
            self._moved.pop(sighting.seq, None)

    def lost(
        self,
        parent: Sighting,
        location: tuple[str, ...],
        location_bytes: str | None,
        why: tuple[str, str],
        *,
        state: str = "failed",
        stage: str = "unpack",
    ) -> None:
        """Something that its container names and nobody could open: a row without bytes."""
        reason, limit = why
        own = child_id(parent, location, None)
        if parent.again and own in self._children(parent):
            return
        sighting = Sighting(
            id=own,
            parent=parent.id,
            top=parent.top,
            location=location,
            location_bytes=location_bytes,
            sha256="",
            size=0,
            name=location[-1],
            media_type="application/octet-stream",
            dataset=parent.dataset,
            depth=parent.depth + 1,
            container=parent.sha256,
        )
        self.item(sighting, sighting.media_type, (state, stage, reason, limit), None)

    def wait(self, sighting: Sighting, *, phase: str = "new") -> None:
        """Something sealed, to be read in its turn."""
        self._inbox.append(inbox_row(sighting, phase=phase))

    def move(self, seq: int, **changes: Any) -> None:
        """Note how far a container has been taken in."""
        self._moved.setdefault(seq, {}).update(changes)

    def trace(self, item: str, traces: dict[str, str]) -> None:
        """What stays in the sealed log only."""
        self._traces += [{"item": item, "key": key, "value": value} for key, value in traces.items() if value]

    def weigh(self, size: int) -> None:
        """Count sealed bytes that wait to be made durable."""
        self._bytes += size

    # --- parts -------------------------------------------------------------------------------------------------------------

    def _parts(self, sighting: Sighting, done: Done, spools: dict[int, Spool]) -> list[Row]:
        attachments: list[Row] = []
        names = Names()
        for number, part in enumerate(done.found):
            name = names.unique(part.name or f"part-{number + 1}")
            child = self.part(sighting, name, part, spools.get(number))
            if child is not None:
                attachments.append(
                    {"id": child.document, "name": part.name or name, "media_type": part.media_type, "size": child.size}
                )
        return attachments

    def part(self, parent: Sighting, name: str, part: Found, spool: Spool | None) -> Sighting | None:
        """Seal a part and let it wait; None (and a row without bytes) where it could not be opened."""
        location = (*parent.location, name)
        raw_name = bytes_step(parent, name, part.name_bytes)
        if not part.opened:
            self.lost(
                parent,
                location,
                raw_name,
                (part.reason or "it could not be opened", part.limit),
                state=State.FAILED.value,
            )
            return None
        originals = self.store.originals
        sha256 = originals.adopt(spool) if spool is not None else originals.add(part.data or b"")
        self.weigh(part.size)
        child = Sighting(
            id=child_id(parent, location, sha256),
            parent=parent.id,
            top=parent.top,
            location=location,
            location_bytes=raw_name,
            sha256=sha256,
            size=part.size,
            name=part.name or name,
            media_type=part.media_type,
            dataset=parent.dataset,
            depth=parent.depth + 1,
            container=parent.sha256,
            state=part.state.value,
            reason=part.reason,
            limit=part.limit,
            notes=tuple({"rule": note.rule, "sentence": note.sentence} for note in part.notes),
        )
        if not (parent.again and child.id in self._children(parent)):
            self.wait(child)
        return child

    def _children(self, parent: Sighting) -> set[str]:
        """Ids of what is known to be in a container that is read anew."""
        if self._known_children[0] != parent.id:
            self._known_children = (parent.id, children_of(self.store, parent.id))
        return self._known_children[1]

    # --- rows --------------------------------------------------------------------------------------------------------------

    def _layer(self, sighting: Sighting, extract: Extract) -> Row | None:
        if extract.layer is None:
            return None
        row = layer_row(sighting.document, sighting.sha256, extract)
        if sighting.again and self._has_layer(row["id"]):
            return row
        self._layers.append(row)
        if extract.boxes:
            self._boxes.append(boxes.row(row["id"], extract.boxes))
        self._bytes += len(row["text"])
        return row

    def _add_document(
        self,
        sighting: Sighting,
        extract: Extract,
        layer: Row | None,
        attachments: list[Row],
        reader: str,
        listed: int | None,
    ) -> None:
        row = document_row(sighting.document, sighting.sha256, sighting.size, extract, reader)
        row |= {
            "listed": listed,
            "dataset": sighting.dataset,
            "layer": layer["id"] if layer else None,
            "attachments": to_json(attachments),
        }
        if sighting.dataset == REPORTS and sighting.depth == 0:
            row |= {
                "kind": Kind.REPORT.value if extract.kind is not Kind.CONTAINER else extract.kind.value,
                "outlet": self.outlet,
                "published": self.published,
                "url": self.url,
            }
        self._documents.append(row)
        outcome = (extract.state.value, extract.stage, extract.reason, extract.limit)
        self._new[sighting.document] = Known(extract.media_type, outcome, listed)
        self.counts.documents += 1

    def _has_layer(self, own: str) -> bool:
        with self.store.connect() as connection:
            return connection.execute(select(text_layers.c.id).where(text_layers.c.id == own)).first() is not None

    def _known(self, document: str) -> bool:
        with self.store.connect() as connection:
            return connection.execute(select(documents.c.id).where(documents.c.id == document)).first() is not None

    # --- writing -----------------------------------------------------------------------------------------------------------

    def write_if_due(self) -> bool:
        """Write when enough is waiting."""
        due = (
            len(self._items) + len(self._inbox) >= _ITEMS
            or self._bytes >= _BYTES
            or time.monotonic() - self._since > _SECONDS
        )
        if due and (self._items or self._inbox or self._moved):
            self.write()
        return due

    def write(self) -> None:
        """Write all that waits, in one transaction."""
        with self.store.writing(self._custody) as writer:
            writer.insert(documents, self._documents)
            writer.insert(text_layers, self._layers)
            writer.insert(word_boxes, self._boxes)
            writer.insert(items, self._items)
            writer.insert(inbox, self._inbox)
            writer.insert(sealed_log, self._traces)
            for seq, changes in self._moved.items():
                writer.update(inbox, {"seq": seq}, **changes)
            writer.delete_many(inbox, "seq", self._taken)
            writer.delete_many(items, "id", self._superseded)
        entries, numbers = self._entries, {row["id"]: row["seq"] for row in self._documents}
        for waiting in (
            self._custody,
            self._documents,
            self._layers,
            self._boxes,
            self._items,
            self._inbox,
            self._traces,
            self._taken,
            self._superseded,
        ):
            waiting.clear()
        self._moved.clear()
        self._new.clear()
        self._entries = []
        self._bytes, self._since = 0, time.monotonic()
        self.on_written(entries, numbers)

    def seal_message(self, sighting: Sighting) -> None:
        """Note that a message is a byte range of its sealed mailbox."""
        raw = sighting.raw
        assert raw is not None
        start, length = int(str(raw["body"])), int(str(raw["body_length"]))
        self.store.originals.add_range(
            sighting.sha256, sighting.size, sighting.container, start, length, undo=str(raw["undo"])
        )

    def received(self, entries: Sequence[Entry], superseded: Sequence[str]) -> None:
        """Custody lines of sealed files, and earlier rows about the same places that had no bytes then."""
        self._custody += entries
        self._superseded += superseded


def children_of(store: CaseStore, parent: str) -> set[str]:
    """Item ids of what is known to stand in a container, read or waiting."""
    with store.connect() as connection:
        return {
            own
            for table in (items, inbox)
            for own in connection.execute(select(table.c.id).where(table.c.parent == parent)).scalars()
        }


def bytes_step(parent: Sighting, name: str, name_bytes: bytes | None) -> str | None:
    """`location_bytes` of a child: base64 of each step's exact bytes, only where some step is not what its text says."""
    if name_bytes is None and parent.location_bytes is None:
        return None
    known = from_json(parent.location_bytes)
    steps = known or [b64encode(step.encode()).decode() for step in parent.location]
    own = b64encode(name.encode() if name_bytes is None else name_bytes).decode()
    return to_json([*steps, own])


def bare_entry(sighting: Sighting, extract: Extract) -> IndexEntry:
    """The index entry of a document without text: it is found by its name."""
    about = about_document(
        kind=extract.kind.value,
        title=extract.title,
        languages=(),
        attachments=(),
        location=sighting.location,
        message=False,
    )
    return index_entry(sighting.document, None, None, about)


def layer_row(document: str, sha256: str, extract: Extract) -> Row:
    """A text layer's row; its id hashes (bytes, reader and version, text); `sha256` is computed here, never believed."""
    layer = extract.layer
    assert layer is not None
    text_hash = text_sha256(layer.text)
    identity = hashlib.sha256(f"layer\0{sha256}\0{layer.extractor}\0{text_hash}".encode()).hexdigest()[:20]
    return {
        "id": "t" + identity,
        "document": document,
        "sha256": text_hash,
        "extractor": layer.extractor,
        "text": layer.text,
        "pages": to_json([[p.number, p.start, p.end] for p in layer.pages]),
        "segments": to_json([[s.start, s.end, s.role.value, s.language] for s in layer.segments]),
    }


def document_row(document: str, sha256: str, size: int, extract: Extract, reader: str) -> Row:
    """A document's row, but for dataset, layer and attachments."""
    head = extract.head
    return {
        "id": document,
        "sha256": sha256,
        "size": size,
        "dataset": "",
        "kind": extract.kind.value,
        "schema": extract.schema,
        "media_type": extract.media_type,
        "title": extract.title,
        "head": to_json(_head(head)) if head else None,
        "date": head.date if head else None,
        "date_utc": head.date_utc if head else None,
        "message_id": head.message_id if head else None,
        "languages": to_json(extract.languages),
        "pages": len(extract.layer.pages) if extract.layer and extract.layer.pages else None,
        "layer": None,
        "attachments": "[]",
        "state": extract.state.value,
        "stage": extract.stage,
        "reason": extract.reason,
        "limit_": extract.limit,
        "created": extract.created,
        "modified": extract.modified,
        "outlet": None,
        "published": None,
        "url": None,
        "reader": reader,
        "notes": to_json([{"rule": n.rule, "sentence": n.sentence} for n in extract.notes]),
    }


def _head(head: MessageHead) -> dict[str, object]:
    """A head in the contract's names; written out by hand, because it is done once a message."""
    return {
        "subject": head.subject,
        "from": _people(head.sender),
        "to": _people(head.to),
        "cc": _people(head.cc),
        "bcc": _people(head.bcc),
        "date": head.date,
        "date_utc": head.date_utc,
        "message_id": head.message_id,
        "in_reply_to": head.in_reply_to,
        "references": head.references,
    }


def _people(people: Sequence[MailAddress]) -> list[dict[str, str]]:
    return [{"name": each.name, "address": each.address} for each in people]


def _with_name_note(extract: Extract, sighting: Sighting) -> Extract:
    sentence = name_differs(extract.media_type, sighting.name)
    return replace(extract, notes=(*extract.notes, Note(rule="wrong name", sentence=sentence))) if sentence else extract


def given_id(location: str, sha256: str | None) -> str:
    """The item id of a given file."""
    return item_id("", (location,), sha256)
