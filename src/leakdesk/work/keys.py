"""Key tables in a case: sealed like every original, a row of `datasets` each, never documents or items.

The table itself is read from the sealed files whenever it is asked for: a key that comes in later, or the news that a
private key was published, counts at once for everything that rests on it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from leakdesk.authenticity.keys import KeyTable, ReadTable, read_table
from leakdesk.errors import NotReadable, UsageError
from leakdesk.model.ids import sha256_hex
from leakdesk.store.case import CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.tables import datasets

Plain = dict[str, Any]
#: Kind of the dataset rows.
KEYS = "keys"


class KeysUnusable(UsageError):
    """There is no key in this file. Give lines of a name (s._domainkey.d), a tab and the record; or a zone file; or a dump."""


def add_keys(
    store: CaseStore, paths: Sequence[Path], *, published: str | None = None, outlet: str | None = None
) -> Plain:
    """Take key tables in; all of the given ones or none. Raises KeysUnusable, NotReadable."""
    started = time.monotonic()
    taken = [(path.name, data, usable(path.name, data)) for path in files_of(paths) for data in [path.read_bytes()]]
    shown: list[Plain] = []
    entries: list[Entry] = []
    with store.writing() as writer:
        for name, data, read in taken:
            sha256 = sha256_hex(data)
            identity = f"k{sha256[:20]}"
            known = writer.connection.execute(select(datasets.c.id).where(datasets.c.id == identity)).first()
            count = len(read)
            row = {"kind": KEYS, "label": outlet or name, "format": read.format, "date": published, "sha256": sha256}
            if known is None:
                store.originals.add(data, sha256)
                entries.append(Entry(verb="sealed", object_id=identity, hash_out=sha256, note="keys"))
            if known is None or published or outlet:
                writer.put(datasets, {"id": identity}, row | {"count": count})
            left_out = [{"line": line, "reason": reason} for line, reason in read.left_out]
            shown.append({"id": identity, **row, "count": count, "left_out": left_out, "new": known is None})
        store.log(writer, entries)
    store.mark()
    return {
        "found": len(taken), "read": len(taken), "partial": 0, "failed": 0, "documents": 0,
        "duplicates": sum(not one["new"] for one in shown), "bytes": sum(len(data) for _, data, _ in taken),
        "seconds": round(time.monotonic() - started, 3),
        "keys": [{name: value for name, value in one.items() if name != "kind"} for one in shown],
    }  # fmt: skip


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files of some paths, folders walked in order of names. Raises NotReadable."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))
        elif path.is_file():
            found.append(path)
        else:
            raise NotReadable(str(path), try_="Look at the spelling of the path.")
    if not found:
        raise NotReadable(", ".join(path.name for path in paths), try_="There is no file in it.")
    return list(dict.fromkeys(found))


def usable(name: str, data: bytes) -> ReadTable:
    """A key table that was read. Raises KeysUnusable where there is none in it."""
    read = read_table(data)
    if not len(read):
        raise KeysUnusable(name)
    return read


#: Tables read in this process, by the hash of their bytes: every page of the desk asks for them.
_KEPT: dict[str, ReadTable] = {}


def _read(store: CaseStore, sha256: str) -> ReadTable:
    if sha256 not in _KEPT:
        if len(_KEPT) >= 16:
            _KEPT.clear()
        _KEPT[sha256] = read_table(store.originals.read(sha256))
    return _KEPT[sha256]


def count_keys(connection: Connection) -> int:
    """How many records, certificates and keys the tables of a case hold."""
    query = select(func.coalesce(func.sum(datasets.c.count), 0)).where(datasets.c.kind == KEYS)
    return int(connection.execute(query).scalar_one())


def key_table(store: CaseStore, connection: Connection, extra: Path | None = None) -> KeyTable:
    """Every key that the case has, and those of one more file. Raises KeysUnusable, NotReadable."""
    table = KeyTable()
    rows = connection.execute(select(datasets).where(datasets.c.kind == KEYS).order_by(datasets.c.id)).all()
    for row in rows:
        table.take(_read(store, row.sha256))
    for path in files_of([extra]) if extra is not None else ():
        table.take(usable(path.name, path.read_bytes()))
    return table
