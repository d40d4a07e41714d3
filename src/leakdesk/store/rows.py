"""Rows that carry their own hash, and a tally for each table.

A row's hash covers the table's name and every column. A tally is the number of rows and the sum of their hashes: adding,
dropping, changing or swapping rows with any other tool leaves the hashes or the sum wrong, and `verify` says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Table, and_, delete, func, insert, select, update

from leakdesk.store.tables import HASH, METADATA, NUMBERED, tallies

Row = dict[str, Any]
_MODULUS = 1 << 256
_pack = msgspec.msgpack.Encoder().encode
_json = msgspec.json.Encoder().encode


def to_json(value: object) -> str:
    """Compact JSON for a column."""
    return _json(value).decode()


def from_json(text: str | None) -> Any:
    """A column's JSON, None for null."""
    return None if text is None else msgspec.json.decode(text)


def row_hash(table: Table, row: Mapping[Any, Any]) -> bytes:
    """SHA-256 over the table's name and the row's columns in order."""
    return hashlib.sha256(_pack([str(table.name), *[row[name] for name in _columns(table)]])).digest()


_COLUMNS: dict[str, tuple[str, ...]] = {}


def _columns(table: Table) -> tuple[str, ...]:
    known = _COLUMNS.get(table.name)
    if known is None:
        known = _COLUMNS[table.name] = tuple(column.name for column in table.columns if column.name != HASH)
    return known


def _insert_statement(table: Table) -> str:
    names = (*_columns(table), HASH)
    marks = ", ".join("?" for _ in names)
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 - names of our own tables only


@dataclass(slots=True)
class Tally:
    """How many rows, and the sum of their hashes."""

    count: int = 0
    sum: int = 0

    def add(self, digest: bytes) -> None:
        """One row more."""
        self.count += 1
        self.sum = (self.sum + int.from_bytes(digest)) % _MODULUS

    def add_all(self, digests: Sequence[bytes]) -> None:
        """Many rows more."""
        self.count += len(digests)
        self.sum = (self.sum + sum(map(int.from_bytes, digests))) % _MODULUS

    def drop(self, digest: bytes) -> None:
        """One row less."""
        self.count -= 1
        self.sum = (self.sum - int.from_bytes(digest)) % _MODULUS


@dataclass(slots=True)
class Writer:
    """Writes rows within one transaction; `flush` stores the changed tallies (called by CaseStore before it commits)."""

    connection: Connection
    _tallies: dict[str, Tally] = field(default_factory=dict[str, Tally])
    _next: dict[str, int] = field(default_factory=dict[str, int])

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows; numbered tables get their numbers here."""
        if not rows:
            return
        self._number(table, rows)
        columns, name, values_of = _columns(table), str(table.name), itemgetter(*_columns(table))
        made: list[tuple[Any, ...]] = []
        for row in rows:
            values = values_of(row)
            made.append((*values, hashlib.sha256(_pack((name, *values))).digest()))
        self._tally(table).add_all([each[-1] for each in made])
        if self.connection.dialect.name == "sqlite":
            # The driver's own executemany: SQLAlchemy's handling of each row costs more than the row.
            self.connection.exec_driver_sql(_insert_statement(table), made)
        else:
            names = (*columns, HASH)
            self.connection.execute(insert(table), [dict(zip(names, each, strict=True)) for each in made])

    def update(self, table: Table, key: Mapping[str, Any], **changes: Any) -> bool:
        """Change one row found by its key; False if there is none."""
        old = self.connection.execute(select(table).where(_where(table, key))).mappings().first()
        if old is None:
            return False
        new = {**old, **changes}
        new[HASH] = row_hash(table, new)
        tally = self._tally(table)
        tally.drop(old[HASH])
        tally.add(new[HASH])
        self.connection.execute(update(table).where(_where(table, key)).values(**changes, **{HASH: new[HASH]}))
        return True

    def put(self, table: Table, key: Mapping[str, Any], row: Row) -> None:
        """Insert, or change the row that has this key."""
        if not self.update(table, key, **{name: value for name, value in row.items() if name not in key}):
            self.insert(table, [{**key, **row}])

    def delete(self, table: Table, key: Mapping[str, Any]) -> int:
        """Drop the rows with these values; how many there were. An empty key drops all rows."""
        found = self.connection.execute(select(table.c[HASH]).where(_where(table, key))).scalars().all()
        tally = self._tally(table)
        for digest in found:
            tally.drop(digest)
        self.connection.execute(delete(table).where(_where(table, key)))
        return len(found)

    def delete_many(self, table: Table, column: str, values: Sequence[Any]) -> None:
        """Drop the rows whose column has one of these values."""
        for some in chunks(values, 400):
            chosen = table.c[column].in_(some)
            tally = self._tally(table)
            for digest in self.connection.execute(select(table.c[HASH]).where(chosen)).scalars():
                tally.drop(digest)
            self.connection.execute(delete(table).where(chosen))

    def flush(self) -> None:
        """Store the tallies of the tables that changed."""
        for name, tally in self._tallies.items():
            values = {"count": tally.count, "sum": tally.sum.to_bytes(32)}
            changed = self.connection.execute(update(tallies).where(tallies.c.name == name).values(**values))
            if changed.rowcount == 0:
                self.connection.execute(insert(tallies).values(name=name, **values))

    def _number(self, table: Table, rows: Sequence[Row]) -> None:
        column = NUMBERED.get(table.name)
        if column is None:
            return
        at = self._next.get(table.name)
        if at is None:
            at = (self.connection.execute(select(func.max(table.c[column]))).scalar() or 0) + 1
        for row in rows:
            row[column] = at
            at += 1
        self._next[table.name] = at

    def _tally(self, table: Table) -> Tally:
        known = self._tallies.get(table.name)
        if known is None:
            row = self.connection.execute(select(tallies).where(tallies.c.name == table.name)).mappings().first()
            known = Tally() if row is None else Tally(row["count"], int.from_bytes(row["sum"]))
            self._tallies[table.name] = known
        return known


def _where(table: Table, key: Mapping[str, Any]) -> Any:
    return and_(True, *[table.c[name] == value for name, value in key.items()])


def among(connection: Connection, columns: Sequence[Column[Any]], values: Sequence[Any]) -> list[Any]:
    """The rows whose first column has one of these values; only these columns of them, in no order.

    Asked once a batch of letters: the driver's own statement, because building one costs more than the answer."""
    if connection.dialect.name != "sqlite":
        found: list[Any] = []
        for some in chunks(values, 400):
            found.extend(connection.execute(select(*columns).where(columns[0].in_(some))))
        return found
    names = ", ".join(f'"{column.name}"' for column in columns)
    table, key = columns[0].table.name, columns[0].name
    # Names of our own tables only; the values travel beside it.
    statement = f'SELECT {names} FROM "{table}" WHERE "{key}" IN (SELECT value FROM json_each(?))'  # noqa: S608
    return list(connection.exec_driver_sql(statement, (to_json(values),))) if values else []


def chunks(values: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    """A sequence in pieces of at most `size`."""
    return (values[at : at + size] for at in range(0, len(values), size))


def hashed_tables() -> tuple[Table, ...]:
    """All tables whose rows carry a hash, by name."""
    return tuple(table for table in METADATA.sorted_tables if HASH in table.c)
