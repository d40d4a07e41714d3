"""Lists in a case: taken in whole or not at all, sealed like every original, opened for screening.

A list is a row of `datasets` (format, date, hash, count), its files are sealed originals, and a searchable snapshot of it
lies among the derived files, made anew from the originals whenever it is missing. Lists are never documents or items.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from leakdesk.errors import NotReadable
from leakdesk.screening.entry import ListHead, ListUnusable
from leakdesk.screening.identify import FoundList, lists_in
from leakdesk.screening.snapshot import Snapshot
from leakdesk.screening.streams import PIECE, ListFile
from leakdesk.store.case import CaseStore
from leakdesk.store.custody import Entry as CustodyEntry
from leakdesk.store.layout import make_folder
from leakdesk.store.medium import is_protected
from leakdesk.store.rows import from_json, to_json
from leakdesk.store.tables import datasets, settings
from leakdesk.work.run import is_day

Plain = dict[str, Any]
#: Kind of the dataset rows.
LIST = "list"
#: Files that make one list with a file of these names, where they lie beside it.
BESIDE = {"sdn.csv": ("alt.csv", "add.csv"), "cons_prim.csv": ("cons_alt.csv", "cons_add.csv")}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownList:
    """A list of the case: dataset id, name, format, date ("" where it has none), hash, number of entries."""

    id: str
    label: str
    format: str
    date: str
    sha256: str
    count: int

    @property
    def version(self) -> str:
        """The list and its date, for a sentence."""
        return f"{self.label} of {self.date}" if self.date else f"{self.label}, date unknown"


# --- taking in -----------------------------------------------------------------------------------------------------------


def add_lists(
    store: CaseStore, paths: Sequence[Path], *, published: str | None = None, outlet: str | None = None
) -> Plain:
    """Take lists in; all of the given ones or none. Raises ListUnusable, NotReadable."""
    started = time.monotonic()
    _need_day(published)
    files = files_of(paths)
    if outlet and len(lists_in(files)) > 1:
        raise ListUnusable("one name (--outlet) for several lists", try_="Add them one by one.")
    taken: list[tuple[FoundList, list[Plain], Snapshot, Path]] = []
    try:
        for number, one in enumerate(lists_in(files)):
            place = store.layout.lists / f"arriving-{os.getpid()}-{number}"
            make_folder(store.layout.lists)
            place.unlink(missing_ok=True)
            parts = [_measured(file) for file in one.files]
            taken.append((one, parts, Snapshot.build(one.read(), place), place))
        return _written(store, taken, published, outlet) | {"seconds": round(time.monotonic() - started, 3)}
    finally:
        for _, _, snapshot, place in taken:
            snapshot.close()
            place.unlink(missing_ok=True)


def _need_day(published: str | None) -> None:
    if published and not is_day(published):
        raise ListUnusable(f"--published {published}", try_="Give the day of the list as 2024-07-11, 2024-07 or 2024.")


def files_of(paths: Sequence[Path]) -> list[ListFile]:
    """The files of some paths, folders walked in order of names; hidden files are left out. Raises NotReadable."""
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            below = sorted(each for each in path.rglob("*") if each.is_file())
            found |= {
                each: str(each.relative_to(path.parent)) for each in below if not each.name.startswith((".", "README"))
            }
        elif path.is_file():
            found[path] = path.name
            beside = [path.with_name(name) for name in BESIDE.get(path.name.lower(), ())]
            found |= {each: each.name for each in beside if each.is_file()}
        else:
            raise NotReadable(path.name)
    if not found:
        raise NotReadable(", ".join(path.name for path in paths), try_="There is no file in it.")
    for path in found:
        if not os.access(path, os.R_OK):
            raise NotReadable(path.name)
    return [_file(path, name) for path, name in found.items()]


def _file(path: Path, name: str) -> ListFile:
    return ListFile(name, lambda: path.open("rb"))


def _measured(file: ListFile) -> Plain:
    digest, size = hashlib.sha256(), 0
    with file.open() as raw:
        while piece := raw.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return {"name": file.name.rpartition("/")[2], "sha256": digest.hexdigest(), "size": size}


def _written(
    store: CaseStore,
    taken: Sequence[tuple[FoundList, list[Plain], Snapshot, Path]],
    published: str | None,
    outlet: str | None,
) -> Plain:
    shown: list[Plain] = []
    new = size = 0
    with store.writing() as writer:
        entries: list[CustodyEntry] = []
        for one, parts, snapshot, _ in taken:
            identity = _identity(parts)
            known = writer.connection.execute(select(datasets).where(datasets.c.id == identity)).mappings().first()
            counts, head = snapshot.counts(), snapshot.head
            row = {
                "kind": LIST,
                "label": outlet or head.title or _stem(one.files[0].name),
                "format": head.format,
                "date": (published or head.date or (known["date"] if known else None)) or None,
                "sha256": _whole(parts),
                "count": counts.entries or counts.goods,
            }
            if known is None:
                new += 1
                size += sum(part["size"] for part in parts)
                _seal(store, one, parts)
                entries.append(CustodyEntry(verb="sealed", object_id=identity, hash_out=_whole(parts), note="list"))
            writer.put(datasets, {"id": identity}, row)
            writer.put(settings, {"name": f"list:{identity}"}, {"value": to_json({"files": parts})})
            shown.append({"id": identity, **row, "names": counts.names, "new": known is None})
        store.log(writer, entries)
    for (_, parts, snapshot, place), line in zip(taken, shown, strict=True):
        snapshot.close()
        place.replace(store.layout.lists / f"{_identity(parts)}.sqlite")
        line.pop("kind")
    store.mark()
    files = sum(len(one.files) for one, *_ in taken)
    return {
        "found": files, "read": files, "partial": 0, "failed": 0, "documents": 0, "duplicates": len(taken) - new,
        "bytes": size, "lists": shown,
    }  # fmt: skip


def _seal(store: CaseStore, one: FoundList, parts: Sequence[Plain]) -> None:
    for file, part in zip(one.files, parts, strict=True):
        spool = store.originals.spool()
        with file.open() as raw:
            while piece := raw.read(PIECE):
                spool.write(piece)
        if store.originals.adopt(spool) != part["sha256"]:
            raise ListUnusable(f"{file.name} was changed while it was read", try_="Wait until it is complete.")


def _whole(parts: Sequence[Plain]) -> str:
    """The hash of a list: its file's own, or of several files the hash of their sorted hashes, a line each."""
    hashes = sorted(part["sha256"] for part in parts)
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(f"{h}\n" for h in hashes).encode()).hexdigest()


def _identity(parts: Sequence[Plain]) -> str:
    return f"l{_whole(parts)[:20]}"


def _stem(name: str) -> str:
    """What a list of one's own is called: its file's name without ending and trailing date or number, so that versions meet."""
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    return re.sub(r"[-_ .]*\d[\d_.\-]*$", "", stem) or stem


# --- asking --------------------------------------------------------------------------------------------------------------


def known_lists(connection: Connection) -> list[KnownList]:
    """The lists of a case, by name and date; undated versions first."""
    found = [
        KnownList(
            id=row["id"],
            label=row["label"],
            format=row["format"] or "",
            date=row["date"] or "",
            sha256=row["sha256"] or "",
            count=row["count"],
        )
        for row in connection.execute(select(datasets).where(datasets.c.kind == LIST)).mappings()
    ]
    return sorted(found, key=lambda one: (one.label, one.date, one.id))


def snapshot_of(store: CaseStore, identity: str) -> Snapshot:
    """A list's snapshot, made anew from its sealed files where it is missing. Raises ListUnusable (a damaged case)."""
    place = store.layout.lists / f"{identity}.sqlite"
    ready = Snapshot.open(place)
    if ready is not None:
        return ready
    with store.connect() as connection:
        value = connection.execute(select(settings.c.value).where(settings.c.name == f"list:{identity}")).scalar()
    parts: list[Plain] = from_json(value)["files"] if value else []
    files = [ListFile(part["name"], _sealed(store, part["sha256"])) for part in parts]
    found = lists_in(files)
    if len(found) != 1:
        raise ListUnusable(f"list {identity} is not whole among the originals", try_="Run: leakdesk verify CASE")
    if is_protected(store.layout.root):
        return Snapshot.build(found[0].read())
    make_folder(store.layout.lists)
    arriving = place.with_suffix(f".arriving-{os.getpid()}")
    arriving.unlink(missing_ok=True)
    Snapshot.build(found[0].read(), arriving).close()
    arriving.replace(place)
    again = Snapshot.open(place)
    assert again is not None
    return again


def _sealed(store: CaseStore, sha256: str) -> Any:
    return lambda: io.BufferedReader(_Pieces(store.originals.pieces(sha256)), PIECE)


class _Pieces(io.RawIOBase):
    """An original's pieces as a file that is read once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def named_lists(store: CaseStore, names: Sequence[str]) -> tuple[list[tuple[KnownList, Snapshot]], list[ListFile]]:
    """What `screen --list` names: lists of the case by id or name, and files that are not taken in."""
    with store.connect() as connection:
        known = known_lists(connection)
    chosen: list[KnownList] = []
    files: list[Path] = []
    for name in names:
        fitting = [one for one in known if name in (one.id, one.label)]
        chosen += fitting
        if not fitting:
            files.append(Path(name))
    return [(one, snapshot_of(store, one.id)) for one in dict.fromkeys(chosen)], files_of(files) if files else []


def loose_lists(files: Sequence[ListFile], published: str | None = None) -> list[tuple[KnownList, Snapshot]]:
    """Lists that are screened against without being taken in: snapshots in memory."""
    _need_day(published)
    made: list[tuple[KnownList, Snapshot]] = []
    for one in lists_in(files):
        parts = [_measured(file) for file in one.files]
        snapshot = Snapshot.build(one.read())
        head: ListHead = snapshot.head
        counts = snapshot.counts()
        made.append(
            (
                KnownList(
                    id=_identity(parts),
                    label=head.title or _stem(one.files[0].name),
                    format=head.format,
                    date=published or head.date,
                    sha256=_whole(parts),
                    count=counts.entries or counts.goods,
                ),
                snapshot,
            )
        )
    return made
