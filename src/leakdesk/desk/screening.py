"""The desk of what lists say, and of the roads that goods took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakdesk.store.case import CaseStore

if TYPE_CHECKING:
    from leakdesk.model.claim import Finding
    from leakdesk.work.lists import KnownList

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScreeningDesk:
    """What lists say, and the roads that goods took."""

    store: CaseStore

    def lists(self) -> Sequence[KnownList]:
        """The lists of the case, by name and date."""
        from leakdesk.work.lists import known_lists

        with self.store.connect() as connection:
            return known_lists(connection)

    def add(self, *paths: str | Path, published: str | None = None, name: str | None = None) -> Plain:
        """Take lists in, all or none; the case must be open for writing. Raises ListUnusable, NotReadable."""
        from leakdesk.work.lists import add_lists

        return add_lists(self.store, [Path(path) for path in paths], published=published, outlet=name)

    def screen(self, *lists: str, published: str | None = None) -> Iterator[Plain]:
        """The lines of `leakdesk screen --json`."""
        from leakdesk.work.screening import screen_case

        return screen_case(self.store, lists, published=published, keep=not lists and self.store.writable)

    def kept(self, entity: str | None = None) -> Sequence[Plain]:
        """The hits of the last screening, of one entity or all."""
        from leakdesk.work.screening import kept

        with self.store.connect() as connection:
            return kept(connection, entity)

    def summaries(self) -> Sequence[Plain]:
        """What the last screening said of each list as a whole."""
        from leakdesk.work.screening import kept_summaries

        with self.store.connect() as connection:
            return kept_summaries(connection)

    def about(self, finding: Finding) -> Sequence[str]:
        """What the last screening says of those whom a finding's passages name, a sentence each."""
        from leakdesk.work.screening import about

        with self.store.connect() as connection:
            return about(connection, [*finding.quotes, *(each.anchor for each in finding.support)])

    def changes(self) -> Iterator[Plain]:
        """What changed between the versions of each list."""
        from leakdesk.work.screening import list_changes

        return list_changes(self.store)

    def routes(self) -> Iterator[Plain]:
        """The lines of `leakdesk routes --json`."""
        from leakdesk.work.routes import routes

        return routes(self.store)

    def offices(self) -> Iterator[Plain]:
        """The lines of `leakdesk offices --json`."""
        from leakdesk.work.offices import offices

        return offices(self.store)
