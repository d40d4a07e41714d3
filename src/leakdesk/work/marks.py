"""Notes and tags: what persons say of documents. Nothing is overwritten; what is taken back stays, withdrawn.

Each change is a line of the custody log, which says that somebody noted or tagged and never what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, select

from leakdesk.errors import NotFound, UsageError
from leakdesk.model.anchor import anchor_at
from leakdesk.model.evidence import CustodyVerb
from leakdesk.model.ids import text_sha256
from leakdesk.store import records
from leakdesk.store.case import CaseStore, today
from leakdesk.store.custody import Entry
from leakdesk.store.rows import from_json, to_json
from leakdesk.store.tables import notes

Plain = dict[str, Any]
Kind = Literal["note", "tag"]
#: Tags that every desk offers; any other word or two will do as well.
USUAL = ("read", "relevant", "privileged")
LONGEST_TAG, LONGEST_NOTE = 60, 20_000
_VERB: Mapping[Kind, CustodyVerb] = {"note": "noted", "tag": "tagged"}


def note(store: CaseStore, document: str, text: str, place: tuple[int, int] | None = None) -> Plain:
    """Write a note to a document, or to a place (start, end) of its text. Raises NotFound, UsageError."""
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise UsageError(
            f"a note of {len(text):,} characters", try_=f"Write between 1 and {LONGEST_NOTE:,} characters."
        )
    with store.connect() as connection:
        own = records.document_of(connection, document)
        anchor = _anchor(connection, own, place) if place else None
    return _write(store, own, "note", text, anchor)


def tag(store: CaseStore, document: str, value: str) -> Plain:
    """Tag a document; a tag that it has already is left as it is. Raises NotFound, UsageError."""
    value = " ".join(value.split())
    if not value or len(value) > LONGEST_TAG or not value.isprintable() or '"' in value:
        raise UsageError(
            f"“{value[:20]}” is no tag", try_=f"A tag has 1 to {LONGEST_TAG} letters and no quotation marks."
        )
    with store.connect() as connection:
        own = records.document_of(connection, document)
        known = _tag_of(connection, own, value)
    return known or _write(store, own, "tag", value, None)


def untag(store: CaseStore, document: str, value: str) -> Plain:
    """Take a tag from a document. Raises NotFound."""
    with store.connect() as connection:
        own = records.document_of(connection, document)
        known = _tag_of(connection, own, " ".join(value.split()))
    if known is None:
        raise NotFound(f"tag {value[:LONGEST_TAG]} on {own}", try_=f"See its tags with: leakdesk tag CASE {own}")
    return withdraw(store, known["number"])


def withdraw(store: CaseStore, number: int, document: str | None = None) -> Plain:
    """Take back a note or tag by its number. Raises NotFound."""
    with store.connect() as connection:
        row = (
            connection.execute(select(notes).where(notes.c.number == number, notes.c.withdrawn == 0)).mappings().first()
        )
        own = records.document_of(connection, document) if document else None
    if row is None or row["kind"] not in _VERB or (own is not None and row["document"] != own):
        raise NotFound(f"note {number}", try_="List notes with: leakdesk note CASE DOC")
    with store.writing([_entry(row["kind"], row["document"], "withdrawn")]) as writer:
        writer.update(notes, {"number": number}, withdrawn=1)
    store.mark()
    return _plain({**row, "withdrawn": 1})


def marks(connection: Connection, documents: Sequence[str] | None = None, kind: Kind | None = None) -> Iterator[Plain]:
    """Notes and tags that are in force, of some documents or of all, in the order they were made."""
    chosen = select(notes).where(notes.c.withdrawn == 0, notes.c.kind.in_([kind] if kind else list(_VERB)))
    if documents is not None:
        chosen = chosen.where(notes.c.document.in_(documents))
    for row in connection.execute(chosen.order_by(notes.c.number)).mappings():
        yield _plain(row)


def _tag_of(connection: Connection, document: str, value: str) -> Plain | None:
    found = marks(connection, [document], "tag")
    return next((each for each in found if each["value"].casefold() == value.casefold()), None)


def _anchor(connection: Connection, document: str, place: tuple[int, int]) -> Plain:
    stored = records.layer(connection, document)
    text = stored.layer.text if stored else ""
    start, end = place
    if stored is None or not 0 <= start < end <= len(text):
        raise UsageError(
            f"there is no place {start}-{end} in {document}", try_=f"Its text has {len(text):,} characters."
        )
    return from_json(to_json(anchor_at(text, start, end, document=document, text_sha256=text_sha256(text))))


def _write(store: CaseStore, document: str, kind: Kind, value: str, anchor: Plain | None) -> Plain:
    row: Plain = {
        "document": document,
        "kind": kind,
        "value": value,
        "anchor": to_json(anchor) if anchor else None,
        "actor": "editor",
        "day": today(),
        "withdrawn": 0,
    }
    with store.writing([_entry(kind, document, "")]) as writer:
        writer.insert(notes, [row])
    store.mark()
    return _plain(row)


def _entry(kind: Kind, document: str, said: str) -> Entry:
    return Entry(verb=_VERB[kind], object_id=document, note=said, actor="editor")


def _plain(row: Mapping[Any, Any]) -> Plain:
    return {
        "number": row["number"],
        "document": row["document"],
        "kind": row["kind"],
        "value": row["value"],
        "anchor": from_json(row["anchor"]),
        "actor": row["actor"],
        "day": row["day"],
        "withdrawn": bool(row["withdrawn"]),
    }
