"""Reading again: `retry` (failed items, with larger limits or passwords), `reread` (a newer reader), `rebuild` (what is
derived). What was read before stays until the new reading takes its place; text layers are never removed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from leakdesk.documents.readers import reader_for
from leakdesk.errors import DiskFull, NotFound
from leakdesk.model.document import State
from leakdesk.store import jobs, records
from leakdesk.store.case import CaseStore
from leakdesk.store.layout import make_folder
from leakdesk.store.rows import Writer, chunks, from_json
from leakdesk.store.tables import documents, inbox, items, readings
from leakdesk.work import indexing, letters, unpacking
from leakdesk.work.run import Options, Say
from leakdesk.work.sighting import Sighting, inbox_row
from leakdesk.work.taking_in import Intake

#: How a reader says that it left the recognition of pictures for later.
WAITS_FOR_OCR = "not read yet: waits for OCR"
_KEPT = (
    "The one of before is kept. Free about as much space as the folder index of the case takes, or delete that folder, "
    "which holds nothing but what is made again; then run rebuild once more."
)


def retry(store: CaseStore, options: Options, say: Say | None = None) -> dict[str, Any]:
    """Read the items that are not `read` once more; nothing else is touched."""
    with store.connect() as connection:
        wanted = [str(own) for own in connection.execute(_not_read(connection)).scalars()]
    return _again(store, wanted, options, say)


def _not_read(connection: Connection) -> Any:
    # Containers of what could not be opened are opened again as well.
    lost = select(items.c.parent).where(
        items.c.state != State.READ.value, items.c.document.is_(None), items.c.parent != ""
    )
    above = select(items.c.document).where(items.c.id.in_(lost), items.c.document.is_not(None))
    own = select(items.c.document).where(items.c.state != State.READ.value, items.c.document.is_not(None))
    return own.union(above)


def reread(store: CaseStore, own: str | None, options: Options, say: Say | None = None) -> dict[str, Any]:
    """Read documents again whose reader has a newer version, or one document whatever its reader. Its text layer of before
    stays beside the new one."""
    with store.connect() as connection:
        if own is not None:
            wanted = [records.document_of(connection, own)]
        else:
            rows = connection.execute(select(documents.c.id, documents.c.media_type, documents.c.reader))
            wanted = [row.id for row in rows if outdated(row.media_type, row.reader)]
    return _again(store, wanted, options, say)


def outdated(media_type: str, reader: str) -> bool:
    """True for a document that another version of its type's reader read (or none, when there was none)."""
    current = reader_for(media_type)
    return current is not None and not reader.startswith("leakdesk-unpack") and current.name != reader


def recognise(store: CaseStore, options: Options, say: Say | None = None) -> int:
    """Read the pictures that the fast pass left for later; how many documents."""
    with store.connect() as connection:
        query = select(documents.c.id).where(documents.c.reason.startswith(WAITS_FOR_OCR, autoescape=True))
        wanted = [str(own) for own in connection.execute(query).scalars()]
    if wanted:
        _again(store, wanted, options, say, ocr=True)
    return len(wanted)


def _again(
    store: CaseStore, wanted: Sequence[str], options: Options, say: Say | None, *, ocr: bool = False
) -> dict[str, Any]:
    started = time.monotonic()
    before = _states(store, wanted)
    for some in chunks(sorted(wanted), 200):
        _requeue(store, some)
    intake = Intake(store, options, say, ocr=ocr)
    try:
        intake.read_all()
        if letters.due(store, deep=options.deep):
            letters.relate(store, deep=options.deep)
    finally:
        store.mark()
    after = _states(store, wanted)
    with store.connect() as connection:
        whole = records.totals(connection)
    changed = sum(1 for own in wanted if before.get(own) != after.get(own))
    return {**whole, "tried": len(wanted), "changed": changed, "seconds": round(time.monotonic() - started, 3)}


def _states(store: CaseStore, wanted: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    found: dict[str, tuple[str, str | None]] = {}
    with store.connect() as connection:
        for some in chunks(wanted, 400):
            query = select(documents.c.id, documents.c.state, documents.c.layer).where(documents.c.id.in_(some))
            found.update({row.id: (row.state, row.layer) for row in connection.execute(query)})
    return found


def _requeue(store: CaseStore, wanted: Sequence[str]) -> None:
    """Put every sighting of these documents back into the inbox, in one transaction."""
    with store.connect() as connection:
        query = select(items).where(items.c.document.in_(wanted)).order_by(items.c.seq)
        seen = [dict(row) for row in connection.execute(query).mappings()]
        above = _containers(connection, [row["parent"] for row in seen])
    if not seen:
        raise NotFound("nothing to read again")
    with store.writing() as writer:
        for row in seen:
            _back(writer, row, above.get(row["parent"], ""))
        writer.delete_many(documents, "id", list(wanted))
        for own in wanted:
            jobs.forget(writer, document=own)
            writer.delete(readings, {"document": own})


def _containers(connection: Connection, parents: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in chunks(sorted(set(parents)), 400):
        query = select(items.c.id, items.c.sha256).where(items.c.id.in_(some))
        found.update({str(own): sha256 or "" for own, sha256 in connection.execute(query)})
    return found


def _back(writer: Writer, row: Mapping[str, Any], container: str) -> None:
    raw = from_json(row["raw"])
    location = tuple(from_json(row["location"]))
    own_fault = row["stage"] == "unpack" and row["media_type"] not in unpacking.CONTAINERS
    sighting = Sighting(
        id=row["id"],
        parent=row["parent"],
        top=row["top"],
        location=location,
        location_bytes=row["location_bytes"],
        sha256=row["sha256"],
        size=row["size"],
        name="" if raw else location[-1].rsplit("/", 1)[-1],
        media_type="message/rfc822" if raw else "",
        dataset=row["dataset"],
        depth=len(location) - 1,
        container=container or "",
        state=row["state"] if own_fault else State.READ.value,
        reason=row["reason"] if own_fault else "",
        limit=row["limit_"] if own_fault else "",
        notes=tuple(from_json(row["notes"])),
        again=True,
        raw=raw,
    )
    opened = row["media_type"] in unpacking.CONTAINERS
    writer.insert(inbox, [inbox_row(sighting, phase="open" if opened else "new")])
    writer.delete(items, {"id": row["id"]})
    for lost in (
        writer.connection.execute(select(items.c.id).where(items.c.parent == row["id"], items.c.sha256.is_(None)))
        .scalars()
        .all()
    ):
        writer.delete(items, {"id": lost})


def rebuild(store: CaseStore, say: Say | None = None) -> dict[str, Any]:
    """Make index and derived files anew from originals and tables. The index in use stays until the new one is whole."""
    started = time.monotonic()
    fed = indexing.Indexing(store, beside=True)
    # An earlier run may have been killed.
    fed.abandon()
    make_folder(store.layout.index_beside)
    try:
        fed.catch_up()
        fed.put_in_place()
    except DiskFull as error:
        fed.abandon()
        raise DiskFull("the index was not made anew", try_=_KEPT) from error
    except BaseException:
        fed.abandon()
        raise
    shutil.rmtree(store.layout.derived, ignore_errors=True)
    make_folder(store.layout.derived)
    letters.relate(store, deep=True)
    store.mark()
    with store.connect() as connection:
        count = records.count(connection, documents)
    return {"documents": count, "seconds": round(time.monotonic() - started, 3)}
