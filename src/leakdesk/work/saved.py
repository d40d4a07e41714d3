"""Saved searches: a name for a query, and how much was there when somebody last looked at what it finds.

The query is a note of the case (kind "search"); how far it was looked at is a setting, and no decision of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from leakdesk.errors import NotFound, UsageError
from leakdesk.search.asked import SavedSearch, Spelling
from leakdesk.search.grammar import parse
from leakdesk.store.case import CaseStore, today
from leakdesk.store.rows import Writer, from_json, to_json
from leakdesk.store.tables import documents, notes, settings

KIND = "search"
_SEEN = "seen/"
#: Names of saved searches have so many characters at most, and no blanks at their ends.
LONGEST_NAME = 60


def save(store: CaseStore, name: str, query: str, spelling: Spelling = "variants") -> SavedSearch:
    """Keep a query under a name, in place of an earlier one of that name; all there is now counts as looked at."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or '"' in name:
        raise UsageError(
            f"a search cannot be saved as “{name[:20]}”",
            try_=f"Give it a name of 1 to {LONGEST_NAME} letters, without quotation marks.",
        )
    parse(query)
    with store.writing() as writer:
        _withdraw(writer, name)
        row = {
            "document": "",
            "kind": KIND,
            "value": name,
            "anchor": to_json({"query": query, "spelling": spelling}),
            "actor": "editor",
            "day": today(),
            "withdrawn": 0,
        }
        writer.insert(notes, [row])
        writer.put(settings, {"name": _SEEN + name}, {"value": str(_last(writer.connection))})
    return known(store, name)


def forget(store: CaseStore, name: str) -> SavedSearch:
    """Keep a query no longer. Raises NotFound."""
    one = known(store, name)
    with store.writing() as writer:
        _withdraw(writer, one.name)
        writer.delete(settings, {"name": _SEEN + one.name})
    return one


def look(store: CaseStore, name: str) -> None:
    """Note that what a saved search finds was looked at. Raises NotFound."""
    one = known(store, name)
    with store.writing() as writer:
        writer.put(settings, {"name": _SEEN + one.name}, {"value": str(_last(writer.connection))})


def named(store: CaseStore, name: str) -> SavedSearch | None:
    """The saved search of a name; capitals do not matter."""
    return next((one for one in every(store) if one.name.casefold() == name.strip().casefold()), None)


def every(store: CaseStore) -> Iterator[SavedSearch]:
    """All saved searches by name."""
    with store.connect() as connection:
        chosen = select(notes).where(notes.c.kind == KIND, notes.c.withdrawn == 0).order_by(notes.c.value)
        rows = connection.execute(chosen).all()
        marks = select(settings).where(settings.c.name.startswith(_SEEN, autoescape=True))
        seen = {row.name: row.value for row in connection.execute(marks)}
    for row in rows:
        kept = from_json(row.anchor)
        yield SavedSearch(
            name=row.value,
            query=kept["query"],
            spelling=kept["spelling"],
            seen=int(seen.get(_SEEN + row.value, 0)),
            day=row.day,
        )


def known(store: CaseStore, name: str) -> SavedSearch:
    """The saved search of a name. Raises NotFound."""
    one = named(store, name)
    if one is None:
        raise NotFound(f"saved search {name[:LONGEST_NAME]}", try_="List them with: leakdesk saved CASE")
    return one


def _withdraw(writer: Writer, name: str) -> None:
    own = select(notes.c.number, notes.c.value).where(notes.c.kind == KIND, notes.c.withdrawn == 0)
    for number, value in writer.connection.execute(own).all():
        if value.casefold() == name.casefold():
            writer.update(notes, {"number": number}, withdrawn=1)


def _last(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(documents.c.seq), 0))).scalar_one())
