"""The desk of what persons leave behind: notes, tags, and saved searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from leakdesk.store import records
from leakdesk.store.case import CaseStore

if TYPE_CHECKING:
    from leakdesk.desk.case import Desk
    from leakdesk.search.asked import SavedSearch, Spelling

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NotesDesk:
    """What persons say of documents: notes and tags. Writing needs a case open for writing."""

    store: CaseStore

    def list(self, document: str | None = None, kind: Literal["note", "tag"] | None = None) -> Iterator[Plain]:
        """Notes and tags in force, as `leakdesk note` and `leakdesk tag` print them. Raises NotFound."""
        from leakdesk.work.marks import marks

        with self.store.connect() as connection:
            own = None if document is None else [records.document_of(connection, document)]
            yield from marks(connection, own, kind)

    def add(self, document: str, text: str, place: tuple[int, int] | None = None) -> Plain:
        """Write a note to a document, or to a place (start, end) of its text. Raises NotFound, UsageError."""
        from leakdesk.work.marks import note

        return note(self.store, document, text, place)

    def tag(self, document: str, value: str) -> Plain:
        """Tag a document. Raises NotFound, UsageError."""
        from leakdesk.work.marks import tag

        return tag(self.store, document, value)

    def untag(self, document: str, value: str) -> Plain:
        """Take a tag from a document. Raises NotFound."""
        from leakdesk.work.marks import untag

        return untag(self.store, document, value)

    def withdraw(self, number: int, document: str | None = None) -> Plain:
        """Take back a note or tag by its number. Raises NotFound."""
        from leakdesk.work.marks import withdraw

        return withdraw(self.store, number, document)


@dataclass(frozen=True, slots=True)
class SavedDesk:
    """Saved searches, with what is new since somebody last looked. Writing needs a case open for writing."""

    desk: Desk

    def list(self) -> Iterator[Plain]:
        """The saved searches as `leakdesk saved` prints them: how many documents they find, and how many of them are new."""
        from leakdesk.work.saved import every

        for one in every(self.desk.store):
            yield self.told(one)

    def get(self, name: str) -> SavedSearch:
        """One saved search. Raises NotFound."""
        from leakdesk.work.saved import known

        return known(self.desk.store, name)

    def told(self, one: SavedSearch) -> Plain:
        """A saved search with its counts; `error` says why a query cannot be asked any more."""
        from leakdesk.errors import LeakdeskError

        told = {"name": one.name, "query": one.query, "spelling": one.spelling, "day": one.day}
        try:
            total = self.desk.searcher.count(f'saved:"{one.name}"')
            new = self.desk.searcher.count(f'saved:"{one.name}" new:"{one.name}"')
        except LeakdeskError as problem:
            return {**told, "total": None, "new": None, "error": problem.sentence()}
        return {**told, "total": total, "new": new}

    def save(self, name: str, query: str, spelling: Spelling = "variants") -> Plain:
        """Keep a query under a name. Raises UsageError."""
        from leakdesk.work.saved import save

        return self.told(save(self.desk.store, name, query, spelling))

    def forget(self, name: str) -> SavedSearch:
        """Keep a query no longer. Raises NotFound."""
        from leakdesk.work.saved import forget

        return forget(self.desk.store, name)

    def look(self, name: str) -> None:
        """Note that what a saved search finds was looked at. Raises NotFound."""
        from leakdesk.work.saved import look

        look(self.desk.store, name)
