"""Everything in canonical order, without times and without places that depend on the run: equal cases give equal dumps."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from leakdesk.store import tables as t
from leakdesk.store.case import LEFTOVER
from leakdesk.store.records import opened

#: Tables that say how far work has come, not what is in the case.
_LEFT_OUT = frozenset({"inbox", "jobs", "settings", "document_keys", "packs", "seals", "tallies"})
#: Columns that depend on when, and in which pieces, things were written.
_LEFT_OUT_COLUMNS = frozenset({"seq", "number", "day", "previous", "hash"})
_BY_TABLE: Mapping[str, frozenset[str]] = {"originals": frozenset({"store", "place", "start", "length", "undo"})}


def dump(connection: Connection) -> Iterator[dict[str, Any]]:
    """One object a row: `table` and the row's columns, tables by name, rows by their content."""
    for table in sorted(t.METADATA.tables.values(), key=lambda each: each.name):
        if table.name not in _LEFT_OUT:
            for line in sorted(_lines(connection, table)):
                yield json.loads(line)


def _lines(connection: Connection, table: Table) -> Iterator[str]:
    hidden = _LEFT_OUT_COLUMNS | _BY_TABLE.get(table.name, frozenset())
    for row in connection.execute(select(table).execution_options(yield_per=500)).mappings():
        if table.name == "sealed_log" and row["key"] == LEFTOVER:
            continue
        shown = {name: _plain(value) for name, value in opened(row).items() if name not in hidden}
        yield json.dumps({"table": table.name, **shown}, ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> object:
    """Packed columns by the hash of what is packed: another zlib may pack the same otherwise."""
    return hashlib.sha256(zlib.decompress(value)).hexdigest() if isinstance(value, bytes) else value
