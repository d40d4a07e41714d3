"""One open case, and the full text over it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakdesk.desk.authenticity import AuthenticityDesk
from leakdesk.desk.claims import ClaimsDesk, FindingsDesk
from leakdesk.desk.documents import DocumentsDesk, IntakeDesk, NamesDesk
from leakdesk.desk.marks import NotesDesk, SavedDesk
from leakdesk.desk.publish import PublishDesk
from leakdesk.desk.screening import ScreeningDesk
from leakdesk.store import found, records
from leakdesk.store.case import CaseStore

if TYPE_CHECKING:
    from leakdesk.search.results import Hit, Results
    from leakdesk.search.searcher import Searcher

Plain = dict[str, Any]


class Desk:
    """One open case.

    Chapters: `documents`, `search`, `saved`, `notes`, `names`, `claims`, `findings`, `screening`, `publish`, `intake`."""

    def __init__(self, store: CaseStore) -> None:
        self.store = store
        self.intake = IntakeDesk(store)
        self.documents = DocumentsDesk(store)
        self.names = NamesDesk(store)
        self.claims = ClaimsDesk(self)
        self.findings = FindingsDesk(self)
        self.notes = NotesDesk(store)
        self.saved = SavedDesk(self)
        self.screening = ScreeningDesk(store)
        self.publish = PublishDesk(store)
        self.authenticity = AuthenticityDesk(store)

    @classmethod
    def open(cls, case: str | Path, *, write: bool = False) -> Desk:
        """Open a case for reading, or (one at a time) for writing. Raises CaseMissing, CaseTooNew, CaseBusy."""
        return cls(CaseStore.open(Path(case), write=write))

    def close(self) -> None:
        """Let go of the case."""
        self.store.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def searcher(self) -> Searcher:
        """The full text."""
        from leakdesk.work.searching import searcher

        return searcher(self.store)

    def search(self, query: str, **options: Any) -> Results:
        """Search in every spelling (or `spelling="exact"`); see `search.Searcher.search` for the options."""
        return self.searcher.search(query, **options)

    def by_meaning(self, question: str, **options: Any) -> Results:
        """What words and meaning find together (the optional part `meaning`); see `work.meaning.search` for the options."""
        from leakdesk.work.meaning import search

        return search(self.store, self.searcher, question, **options)

    def every(self, query: str, **options: Any) -> tuple[int, Iterator[Hit]]:
        """All hits, not a page of them, for taking them along; see `search.Searcher.every` for the options."""
        return self.searcher.every(query, **options)

    def matches(self, document: str, query: str) -> list[tuple[int, int, str]]:
        """Where a query matches in one document: (start, end, rule). Nothing for a query that cannot be read."""
        from leakdesk.errors import LeakdeskError

        try:
            return self.searcher.matches(document, query)
        except LeakdeskError:
            return []

    def ledger(self) -> Plain:
        """The equation and what is not read."""
        with self.store.connect() as connection:
            return records.ledger(connection)

    def reading_states(self) -> dict[str, int]:
        """How far deep reading is."""
        with self.store.connect() as connection:
            return found.reading_states(connection)

    @property
    def read_without_sandbox(self) -> bool:
        """Whether anything in this case was parsed without a sandbox."""
        with self.store.connect() as connection:
            return records.any_unsandboxed(connection)
