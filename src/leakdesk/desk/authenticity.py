"""The desk of what can be said technically about the letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from leakdesk.errors import NotFound
from leakdesk.store.case import CaseStore

if TYPE_CHECKING:
    from leakdesk.work.technical_overview import Overview

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuthenticityDesk:
    """What can be said technically about the letters."""

    store: CaseStore

    def add_keys(self, *paths: str | Path, published: str | None = None, outlet: str | None = None) -> Plain:
        """Take key tables in; the case must be open for writing. Raises KeysUnusable, NotReadable."""
        from leakdesk.work.keys import add_keys

        return add_keys(self.store, [Path(path) for path in paths], published=published, outlet=outlet)

    def update(self, say: Callable[[str, int, int], None] | None = None) -> None:
        """Take down letters that came in and look across all of them; does nothing in a case opened for reading only."""
        from leakdesk.work.technical import update

        if self.store.writable:
            update(self.store, say)

    def lines(
        self, document: str | None = None, *, keys: Path | None = None, language: Literal["en", "ru", "uk", "be"] = "en"
    ) -> Iterator[Plain]:
        """A line a letter, as `leakdesk authenticity --json` prints them. Raises NotFound, KeysUnusable."""
        from leakdesk.work.technical_lines import lines

        return lines(self.store, document, keys=keys, language=language)

    def keys(self) -> int:
        """How many keys and certificates the case has."""
        from leakdesk.work.keys import count_keys

        with self.store.connect() as connection:
            return count_keys(connection)

    def overview(self) -> Overview:
        """How many letters have something to say, and which kinds of it."""
        from leakdesk.work.technical_overview import overview

        with self.store.connect() as connection:
            return overview(connection)

    def telling(self, rule: str = "", offset: int = 0, limit: int = 50) -> tuple[list[Plain], int]:
        """(lines of a page of letters that have something to say, how many there are), of one rule or of all."""
        from leakdesk.work.technical_lines import lines_of
        from leakdesk.work.technical_overview import telling

        with self.store.connect() as connection:
            chosen, total = telling(connection, rule, offset, limit)
        return list(lines_of(self.store, chosen)), total

    def of(self, document: str) -> Plain | None:
        """The line of one letter; None for what is no letter, and for letters that were not taken down yet."""
        from leakdesk.work.technical_lines import lines

        try:
            return next(lines(self.store, document), None)
        except NotFound:
            return None
