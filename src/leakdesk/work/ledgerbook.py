"""What came of reading becomes the ledger: items, documents, text layers, custody lines, and what waits in the inbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from leakdesk.intake.identify import name_differs
from leakdesk.model.document import Extract, Kind, Note, State
from leakdesk.search.entry import IndexEntry
from leakdesk.store import boxes
from leakdesk.store.case import CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.originals import Spool
from leakdesk.store.rows import Row, among, to_json
from leakdesk.store.tables import documents, inbox, items, text_layers
from leakdesk.work.document_rows import bare_entry, document_row, entry_of, is_given_report, kind_of, layer_row
from leakdesk.work.protocol import Done, Found
from leakdesk.work.sighting import Names, Sighting, bytes_step, child_id, inbox_row, item_row
from leakdesk.work.writing import Waiting

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
    """Enters what was read; the rows are written batch by batch."""

    store: CaseStore
    on_written: Callable[[Sequence[IndexEntry], Mapping[str, int]], None]
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    counts: Counts = field(default_factory=Counts)
    _new: dict[str, Known] = field(default_factory=dict[str, "Known"])
    _known_children: tuple[str, set[str]] = ("", set())
    _rows: Waiting = field(init=False)

    def __post_init__(self) -> None:
        self._rows = Waiting(self.store, self.on_written)

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
        self._rows.entries.append(entry_of(done.entry, sighting, extract))
        self._rows.custody.append(
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
            self._rows.entries.append(bare_entry(sighting, extract))
            self._rows.custody.append(
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
        self._rows.items.append(item_row(sighting, media_type, (state, stage, reason, limit), listed))
        self.counts.items += 1
        self.counts.duplicates += copy
        if sighting.container and not sighting.again:
            self._rows.custody.append(
                Entry(verb="received", object_id=sighting.id, hash_in=sighting.container, hash_out=sighting.sha256)
            )
        if sighting.seq:
            self._rows.taken.append(sighting.seq)
            self._rows.moved.pop(sighting.seq, None)

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
        self._rows.inbox.append(inbox_row(sighting, phase=phase))

    def move(self, seq: int, **changes: Any) -> None:
        """Note how far a container has been taken in."""
        self._rows.moved.setdefault(seq, {}).update(changes)

    def trace(self, item: str, traces: dict[str, str]) -> None:
        """What stays in the sealed log only."""
        self._rows.traces += [{"item": item, "key": key, "value": value} for key, value in traces.items() if value]

    def weigh(self, size: int) -> None:
        """Count sealed bytes that wait to be made durable."""
        self._rows.bytes += size

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
        self._rows.layers.append(row)
        if extract.boxes:
            self._rows.boxes.append(boxes.row(row["id"], extract.boxes))
        self._rows.bytes += len(row["text"])
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
            "kind": kind_of(sighting, extract),
            "layer": layer["id"] if layer else None,
            "attachments": to_json(attachments),
        }
        if is_given_report(sighting):
            row |= {"outlet": self.outlet, "published": self.published, "url": self.url}
        self._rows.documents.append(row)
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
        due = self._rows.due
        if due and not self._rows.empty:
            self.write()
        return due

    def write(self) -> None:
        """Write all that waits, in one transaction."""
        self._rows.write()
        self._new.clear()

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
        self._rows.custody += entries
        self._rows.superseded += superseded


def children_of(store: CaseStore, parent: str) -> set[str]:
    """Item ids of what is known to stand in a container, read or waiting."""
    with store.connect() as connection:
        return {
            own
            for table in (items, inbox)
            for own in connection.execute(select(table.c.id).where(table.c.parent == parent)).scalars()
        }


def _with_name_note(extract: Extract, sighting: Sighting) -> Extract:
    sentence = name_differs(extract.media_type, sighting.name)
    return replace(extract, notes=(*extract.notes, Note(rule="wrong name", sentence=sentence))) if sentence else extract
