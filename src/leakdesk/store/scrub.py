"""Everything re-hashed: what `verify CASE` stands on. Each check yields the faults it finds; none stops at the first.

A fault names its object and, where a document is concerned, what rests on it: claims, findings, packs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DatabaseError

from leakdesk.model.ids import document_id, text_sha256
from leakdesk.store import custody
from leakdesk.store import tables as t
from leakdesk.store.case import LEFTOVER, CaseStore
from leakdesk.store.originals import MBOX, SMALL, unquote_from
from leakdesk.store.records import ledger
from leakdesk.store.rows import HASH, Tally, from_json, hashed_tables, row_hash


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as it was: the object, and one sentence."""

    object: str
    sentence: str


def database(connection: Connection) -> Iterator[Fault]:
    """SQLite's own check of the file."""
    try:
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check").fetchall():
            if line != "ok":
                yield Fault("case.db", f"the database file is damaged: {line}")
    except DatabaseError:
        yield Fault("case.db", "the database file is damaged")


def rows(connection: Connection) -> Iterator[Fault]:
    """Every row against its own hash, and every table against its tally."""
    stored = {
        row["name"]: Tally(row["count"], int.from_bytes(row["sum"]))
        for row in connection.execute(select(t.tallies)).mappings()
    }
    for table in hashed_tables():
        tally = Tally()
        for row in connection.execute(select(table).execution_options(yield_per=500)).mappings():
            if row[HASH] != row_hash(table, row):
                yield _about(connection, table.name, row, "was changed after it was written")
            tally.add(row[HASH])
        known = stored.get(table.name)
        if (known.count if known else 0) != tally.count:
            yield Fault(
                table.name,
                f"{tally.count} rows where {known.count if known else 0} were written: some were added or removed",
            )
        elif known and known.sum != tally.sum:
            yield Fault(table.name, "its rows are not the ones that were written")
    for name in stored.keys() - {table.name for table in hashed_tables()}:
        yield Fault(str(name), "a tally of an unknown table")


def _about(connection: Connection, table: str, row: Mapping[Any, Any], sentence: str) -> Fault:
    key = row.get("id") or row.get("document") or row.get("sha256") or row.get("number") or row.get("seq")
    own = row.get("document") if table != "documents" else row.get("id")
    return Fault(f"{table} {key}", sentence + (_resting_on(connection, str(own)) if own else ""))


def originals(store: CaseStore, connection: Connection, after: str = "") -> Iterator[tuple[str, Fault | None]]:
    """Every original against its hash, in the order of hashes, from `after` on: (hash, fault or None)."""
    places: dict[str, tuple[Path, int]] = {}
    o = t.originals.c
    for row in connection.execute(
        select(t.originals).where(o.sha256 > after).order_by(o.sha256).execution_options(yield_per=500)
    ).mappings():
        problem = _hash_at(store, row, places, connection)
        fault = None
        if problem:
            own = document_id(row["sha256"])
            fault = Fault(own, f"its sealed original {problem}{_seen(connection, own)}{_resting_on(connection, own)}")
        yield row["sha256"], fault


def _hash_at(
    store: CaseStore, row: Mapping[Any, Any], places: dict[str, tuple[Path, int]], connection: Connection
) -> str:
    found = _place(store, row, places, connection)
    if found is None:
        return "lies in a container that is not sealed here"
    path, start = found
    try:
        digest, size = _digest(path, start, row["length"], row["undo"])
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if size != row["size"]:
        return "is cut short"
    if row["store"] == "file" and path.stat().st_size != row["size"]:
        return "has another size"
    return "" if digest == row["sha256"] else "was changed"


def _place(
    store: CaseStore, row: Mapping[Any, Any], places: dict[str, tuple[Path, int]], connection: Connection
) -> tuple[Path, int] | None:
    if row["store"] == "file":
        return store.layout.file_of(row["sha256"]), 0
    if row["store"] == "segment":
        return store.layout.segment(int(row["place"])), row["start"]
    if row["place"] not in places:
        above = connection.execute(select(t.originals).where(t.originals.c.sha256 == row["place"])).mappings().first()
        outer = _place(store, above, places, connection) if above else None
        if outer is None:
            return None
        places[row["place"]] = outer
    path, start = places[row["place"]]
    return path, start + row["start"]


def _digest(path: Path, start: int, length: int, undo: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        if undo == MBOX:
            data = unquote_from(_exactly(file, length))
            return hashlib.sha256(data).hexdigest(), len(data)
        while length:
            piece = file.read(min(SMALL, length))
            if not piece:
                break
            digest.update(piece)
            size += len(piece)
            length -= len(piece)
    return digest.hexdigest(), size


def _exactly(file: Any, length: int) -> bytes:
    pieces: list[bytes] = []
    while length and (piece := file.read(length)):
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def folders(store: CaseStore, connection: Connection) -> Iterator[Fault]:
    """Files below originals/ against the table: none too many, none longer or shorter, and the lists beside segments."""
    known = {
        str(row.sha256) for row in connection.execute(select(t.originals.c.sha256).where(t.originals.c.store == "file"))
    }
    noted = {
        (note["file"], note["start"]): note["length"]
        for note in map(
            from_json, connection.execute(select(t.sealed_log.c.value).where(t.sealed_log.c.key == LEFTOVER)).scalars()
        )
    }
    for path in sorted(store.layout.files.glob("*/*")):
        if path.name not in known and (f"files/{path.parent.name}/{path.name}", 0) not in noted:
            yield Fault(f"files/{path.name[:16]}", "a file that was not put there by leakdesk")
    lengths = _lengths(connection)
    present = {int(path.stem) for path in store.layout.segments.glob("*.seg") if path.stem.isdigit()}
    for number in sorted(present | lengths.keys()):
        yield from _segment(store, connection, number, lengths.get(number, 0), noted)
    for path in sorted(store.layout.originals.rglob("*")):
        if path.is_file() and path.parent != store.layout.arriving and not _expected(store, path):
            yield Fault(str(path.relative_to(store.layout.root)), "a file that was not put there by leakdesk")


def _expected(store: CaseStore, path: Path) -> bool:
    in_files = path.parent.parent == store.layout.files
    return in_files or (
        path.parent == store.layout.segments and path.suffix in (".seg", ".idx") and path.stem.isdigit()
    )


def _lengths(connection: Connection) -> dict[int, int]:
    o = t.originals.c
    query = select(o.place, func.max(o.start + o.length)).where(o.store == "segment").group_by(o.place)
    return {int(place): int(length) for place, length in connection.execute(query)}


def _segment(
    store: CaseStore, connection: Connection, number: int, length: int, noted: Mapping[tuple[str, int], int]
) -> Iterator[Fault]:
    path, name = store.layout.segment(number), f"segments/{number:06d}.seg"
    size = path.stat().st_size if path.exists() else -1
    extra = noted.get((name, length), 0)
    if size < 0:
        yield Fault(name, "is missing")
    elif size not in (length, length + extra) and not _interrupted(connection):
        yield Fault(name, f"has {size} bytes where {length} were written")
    o = t.originals.c
    query = select(o.sha256, o.start, o.length).where(o.store == "segment", o.place == str(number)).order_by(o.start)
    wanted = {f"{row.sha256}\t{row.start}\t{row.length}" for row in connection.execute(query)}
    index = store.layout.segment_index(number)
    lines = index.read_bytes().decode("ascii", "replace").splitlines() if index.exists() else []
    missing = wanted - set(lines)
    if missing:
        yield Fault(name.replace(".seg", ".idx"), f"{len(missing)} of its lines are missing or were changed")
    strange = [line for line in set(lines) - wanted if not _beyond(line, length)]
    if strange:
        yield Fault(name.replace(".seg", ".idx"), f"{len(strange)} of its lines were added or changed")


def _beyond(line: str, length: int) -> bool:
    """True for a line about bytes that an interrupted command wrote and nobody acknowledged."""
    fields = line.split("\t")
    return len(fields) == 3 and fields[1].isdigit() and int(fields[1]) >= length and len(fields[0]) == 64


def _interrupted(connection: Connection) -> bool:
    return connection.execute(select(t.inbox.c.seq).limit(1)).first() is not None


def chain(store: CaseStore, connection: Connection) -> Iterator[Fault]:
    """The custody log against its own hashes and leakdesk.json."""
    why = custody.first_broken(connection, store.marked_head)
    if why:
        yield Fault("custody log", why)


def references(connection: Connection) -> Iterator[Fault]:
    """Documents have their originals, sightings and text; texts have the hash that anchors name."""
    d, i, layer = t.documents.c, t.items.c, t.text_layers.c
    unsealed = select(d.id).where(d.sha256.not_in(select(t.originals.c.sha256)))
    for own in connection.execute(unsealed).scalars():
        yield Fault(own, "has no sealed original" + _resting_on(connection, own))
    textless = select(d.id).where(d.layer.is_not(None), d.layer.not_in(select(layer.id)))
    for own in connection.execute(textless).scalars():
        yield Fault(own, "its text is missing" + _resting_on(connection, own))
    homeless = select(i.id).where(i.document.is_not(None), i.document.not_in(select(d.id)))
    for own in connection.execute(homeless).scalars():
        yield Fault(own, "its document is missing")
    for row in connection.execute(
        select(layer.id, layer.document, layer.sha256, layer.text).execution_options(yield_per=200)
    ):
        if text_sha256(row.text) != row.sha256:
            yield Fault(row.document, f"its text {row.id} was changed{_resting_on(connection, row.document)}")


def equation(connection: Connection) -> Iterator[Fault]:
    """found = read + partial + failed."""
    made = ledger(connection)
    if not made["equation_holds"] and not made.get("waiting"):
        yield Fault("ledger", "found is not read + partial + failed")


def _seen(connection: Connection, own: str) -> str:
    location = connection.execute(select(t.items.c.location).where(t.items.c.document == own).limit(1)).scalar()
    return f" (seen at {' › '.join(from_json(location))})" if location else ""


def _resting_on(connection: Connection, own: str) -> str:
    claims = connection.execute(select(t.claims.c.id).where(t.claims.c.document == own).limit(20)).scalars().all()
    findings = connection.execute(select(t.findings.c.id).where(t.findings.c.document == own).limit(20)).scalars().all()
    resting = [*(f"claim {c}" for c in claims), *(f"finding {f}" for f in findings)]
    return f"; what rests on it: {', '.join(resting)}" if resting else ""
