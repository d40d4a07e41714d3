"""One version of a list, searchable by the sound of its names: an SQLite file that can be made anew from the list's bytes.

    entries (id, data)             the entry as it stands on the list
    names   (number, entry, text, weak, kind)
    keys    (key, name)            see `keys`
    listings, identifiers, owned   what the list keeps apart from its entries
    goods   (code, data)           categories of a control list

It is built in one go or not at all. Nothing else than this file is open while 250,000 names are screened against.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

import msgspec

from leakdesk.model.entity import NameKind
from leakdesk.screening.entry import Entry, Good, Identifier, ListHead, Listing, ListUnusable, Owned, Record
from leakdesk.screening.keys import kinds_of, listed_keys
from leakdesk.screening.particulars import number_key
from leakdesk.store.medium import address
from leakdesk.store.rows import chunks

#: Changed when the keys or the shape change: older files are made anew.
VERSION = "2"
_SHAPE = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entries (id TEXT PRIMARY KEY, schema TEXT, data BLOB) WITHOUT ROWID;
CREATE TABLE names (number INTEGER PRIMARY KEY, entry TEXT, text TEXT, weak INTEGER, kind TEXT);
CREATE TABLE keys (key TEXT, name INTEGER, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE TABLE listings (entry TEXT, program TEXT, since TEXT, until TEXT);
CREATE TABLE identifiers (entry TEXT, number TEXT);
CREATE TABLE owned (owner TEXT, asset TEXT, percent REAL, role TEXT);
CREATE TABLE goods (code TEXT, data BLOB);
"""
_INDEXES = """
CREATE INDEX names_by_entry ON names (entry);
CREATE INDEX listings_by_entry ON listings (entry);
CREATE INDEX identifiers_by_entry ON identifiers (entry);
CREATE INDEX owned_by_asset ON owned (asset);
CREATE INDEX owned_by_owner ON owned (owner);
"""
#: A key of more names than this is frequent.
FREQUENT = 40
#: Rows written at a time.
_BATCH = 2000
#: ... or when they come to so many bytes: an entry may be a megabyte.
_BATCH_BYTES = 8 << 20
#: Aliases beyond this of one entry are kept, but not searched.
MOST_NAMES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedName:
    """A name of an entry, as a candidate."""

    number: int
    entry: str
    text: str
    weak: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a list holds."""

    entries: int = 0
    names: int = 0
    goods: int = 0


class Snapshot:
    """One version of a list, opened for asking; `build` makes one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection
        self.entry = lru_cache(maxsize=1 << 12)(self._entry)

    @classmethod
    def open(cls, path: Path) -> Self | None:
        """A snapshot that was built before, or None where there is none of this version."""
        if not path.exists():
            return None
        one = cls(sqlite3.connect(address(path), uri=True, check_same_thread=False))
        try:
            if one.meta("version") == VERSION:
                return one
        except sqlite3.DatabaseError:
            pass  # damaged: it is made anew from the list's bytes
        one.close()
        return None

    @classmethod
    def build(cls, records: Iterable[Record | ListHead], path: Path | None = None) -> Self:
        """Take in a whole list. Raises ListUnusable, and leaves nothing behind then. Without a path it stays in memory."""
        connection = sqlite3.connect(path or ":memory:", check_same_thread=False)
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")  # derived: a crash means building again
        connection.executescript(_SHAPE)
        try:
            _Builder(connection).take(records)
        except BaseException:
            connection.close()
            if path is not None:
                path.unlink(missing_ok=True)
            raise
        return cls(connection)

    def close(self) -> None:
        """Let go of the file."""
        self._sql.close()

    # --- asking ------------------------------------------------------------------------------------------------------------

    def meta(self, name: str) -> str:
        """A fact about the list: "version", "format", "title", "date"."""
        row = self._sql.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    @property
    def head(self) -> ListHead:
        """What the list says about itself."""
        return ListHead(format=self.meta("format"), title=self.meta("title"), date=self.meta("date"))

    def counts(self) -> Counts:
        """How many entries that are listed themselves, names and categories of goods."""
        count = lambda table: int(self._sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: E731, S608
        return Counts(entries=int(self.meta("listed") or 0), names=count("names"), goods=count("goods"))

    def _entry(self, identity: str) -> Entry | None:
        row = self._sql.execute("SELECT data FROM entries WHERE id = ?", (identity,)).fetchone()
        if row is None:
            return None
        one = msgspec.msgpack.decode(row[0], type=Entry)
        numbers = [each[0] for each in self._sql.execute("SELECT number FROM identifiers WHERE entry = ?", (identity,))]
        listings = list(self._sql.execute("SELECT program, since, until FROM listings WHERE entry = ?", (identity,)))
        if not numbers and not listings:
            return one
        since = min([one.since, *(each[1] for each in listings)], key=lambda day: day or "9999")
        # Off the list only when every listing has ended.
        until = max((each[2] for each in listings), default="") if all(each[2] for each in listings) else ""
        return replace(
            one,
            identifiers=tuple(dict.fromkeys((*one.identifiers, *numbers))),
            programs=tuple(dict.fromkeys((*one.programs, *(each[0] for each in listings if each[0])))),
            since=since,
            until=one.until or (until if listings else ""),
            listed=one.listed or bool(listings),
        )

    def entries(self) -> Iterator[Entry]:
        """All entries, by id."""
        for (identity,) in self._sql.execute("SELECT id FROM entries ORDER BY id").fetchall():
            if one := self._entry(identity):
                yield one

    def candidates(self, keys: Iterable[str], kind: NameKind) -> list[ListedName]:
        """The names of one kind that share a key, each once, in the order of the list.

        A word that hundreds of bodies have (“service”, “trading”) finds nobody by itself unless it is all that is asked."""
        accepted: set[int] = set()
        frequent: dict[str, set[int]] = {}
        rare = False
        for key in keys:
            numbers = [row[0] for row in self._sql.execute("SELECT name FROM keys WHERE key = ?", (key,))]
            if kind == "organization" and len(numbers) > FREQUENT:
                frequent.setdefault(key.lstrip("=")[:4], set()).update(numbers)  # a word's stem and its whole are one
            else:
                rare = True
                accepted.update(numbers)
        shared = Counter(number for numbers in frequent.values() for number in numbers)
        accepted.update(number for number, times in shared.items() if times > 1 or not rare)
        return [one for some in chunks(sorted(accepted), 400) for one in self._named(some, kind)]

    def _named(self, numbers: Sequence[int], kind: NameKind) -> Iterator[ListedName]:
        marks = ",".join("?" * len(numbers))
        query = f"SELECT number, entry, text, weak, kind FROM names WHERE number IN ({marks}) ORDER BY number"  # noqa: S608
        for number, entry, text, weak, kinds in self._sql.execute(query, list(numbers)):
            if kind in kinds:
                yield ListedName(number=number, entry=entry, text=text, weak=bool(weak))

    def distinct_keys(self) -> list[str]:
        """All keys, in order."""
        return [row[0] for row in self._sql.execute("SELECT DISTINCT key FROM keys ORDER BY key")]

    def owners_of(self, asset: str) -> list[Owned]:
        """Who owns a part of something."""
        return self._owned("asset", asset)

    def _owned(self, column: str, identity: str) -> list[Owned]:
        rows = self._sql.execute(
            f"SELECT owner, asset, percent, role FROM owned WHERE {column} = ? ORDER BY owner, asset",  # noqa: S608
            (identity,),
        )
        return [Owned(owner=row[0], asset=row[1], percent=row[2], role=row[3]) for row in rows]

    def goods(self) -> list[Good]:
        """The categories of a control list, in its order."""
        rows = self._sql.execute("SELECT data FROM goods ORDER BY rowid")
        return [msgspec.msgpack.decode(row[0], type=Good) for row in rows]


class _Builder:
    """Takes records in and says what is wrong with them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection
        self._entries: list[tuple[str, str, bytes]] = []
        self._names: list[tuple[int, str, str, int, str]] = []
        self._keys: list[tuple[str, int]] = []
        self._number = self._listed = self._size = 0
        self._head = ListHead(format="", title="")

    def take(self, records: Iterable[Record | ListHead]) -> None:
        for record in records:
            self._take(record)
            if len(self._entries) >= _BATCH or self._size >= _BATCH_BYTES:
                self._flush()
        self._flush()
        self._sql.executescript(_INDEXES)
        self._number_keys()
        self._count()
        if not self._listed and not self._sql.execute("SELECT 1 FROM goods LIMIT 1").fetchone():
            raise ListUnusable("the list holds no entries", try_="Look whether it is the right file and complete.")
        facts = {
            "version": VERSION, "format": self._head.format, "title": self._head.title, "date": self._head.date,
            "listed": str(self._listed),
        }  # fmt: skip
        self._sql.executemany("INSERT INTO meta VALUES (?, ?)", list(facts.items()))
        self._sql.commit()

    def _take(self, record: Record | ListHead) -> None:
        if isinstance(record, Entry):
            self._entry(record)
        elif isinstance(record, ListHead):
            self._head = record
        elif isinstance(record, Listing):
            self._sql.execute(
                "INSERT INTO listings VALUES (?, ?, ?, ?)", (record.entry, record.program, record.since, record.until)
            )
        elif isinstance(record, Identifier):
            self._sql.execute("INSERT INTO identifiers VALUES (?, ?)", (record.entry, record.number))
        elif isinstance(record, Owned):
            self._sql.execute(
                "INSERT INTO owned VALUES (?, ?, ?, ?)", (record.owner, record.asset, record.percent, record.role)
            )
        else:
            self._sql.execute("INSERT INTO goods VALUES (?, ?)", (record.code, msgspec.msgpack.encode(record)))

    def _entry(self, entry: Entry) -> None:
        data = msgspec.msgpack.encode(entry)
        self._size += len(data)
        self._entries.append((entry.id, entry.schema, data))
        kinds = kinds_of(entry.schema)
        named: Sequence[tuple[str, bool]] = [
            (entry.name, False), *((name, False) for name in entry.aliases), *((name, True) for name in entry.weak),
        ]  # fmt: skip
        numbers = {key for each in entry.identifiers if (key := number_key(each))}
        self._keys.extend((f"№{key}", self._number + 1) for key in numbers)
        for text, weak in named[:MOST_NAMES]:
            self._number += 1
            self._names.append((self._number, entry.id, text, int(weak), " ".join(kinds)))
            keys = {key for kind in kinds for key in listed_keys(text, kind)}
            self._keys.extend((key, self._number) for key in keys)

    def _flush(self) -> None:
        try:
            self._sql.executemany("INSERT INTO entries VALUES (?, ?, ?)", self._entries)
        except sqlite3.IntegrityError:
            raise self._twice() from None
        self._sql.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?)", self._names)
        self._sql.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", self._keys)
        self._entries, self._names, self._keys, self._size = [], [], [], 0

    def _twice(self) -> ListUnusable:
        places: dict[str, str] = {}
        for identity, _, data in self._entries:
            place = msgspec.msgpack.decode(data, type=Entry).place
            known = self._sql.execute("SELECT data FROM entries WHERE id = ?", (identity,)).fetchone()
            earlier = places.get(identity) or (msgspec.msgpack.decode(known[0], type=Entry).place if known else "")
            if earlier and earlier != place:
                return ListUnusable(f"the id {identity[:60]} stands twice: {earlier}, and {place}")
            places[identity] = place
        return ListUnusable("an id stands twice")

    def _number_keys(self) -> None:
        """Numbers that the list keeps apart find their entry by its first name, like those that stand in the entry."""
        self._sql.create_function("number_key", 1, number_key, deterministic=True)
        self._sql.execute(
            "INSERT OR IGNORE INTO keys SELECT '№' || number_key(identifiers.number), min(names.number) FROM identifiers "
            "JOIN names ON names.entry = identifiers.entry WHERE number_key(identifiers.number) != '' GROUP BY identifiers.rowid"
        )

    def _count(self) -> None:
        """Entries that are listed themselves: the list says so, or keeps a listing for them."""
        listed = {row[0] for row in self._sql.execute("SELECT DISTINCT entry FROM listings")}
        for (data,) in self._sql.execute("SELECT data FROM entries"):
            one = msgspec.msgpack.decode(data, type=Entry)
            self._listed += one.listed or one.id in listed
