"""Where a case lives: one folder, one SQLite file, originals that are written once.

- `layout`      the folder, drawn; every path comes from here
- `medium`      what a medium that can only be read needs
- `tables`      the tables, once, for SQLite and PostgreSQL
- `rows`        rows that carry their own hash, and a tally per table, so that any change is found
- `case`        `CaseStore`: open, create, lock, write in transactions
- `originals`   evidentiary copies: by hash, in segments, or byte ranges of a sealed container
- `boxes`       where words stand on their pages, packed, apart from the texts
- `custody`     the hash-chained log of who did what
- `records`     what is in the case, as questions with names, the ledger first; `found`: what deep reading found; `decided`: what
                persons decided
- `jobs`        leases of background work
- `scrub`       everything re-hashed: what `verify CASE` stands on
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leakdesk.store.case import CaseStore as CaseStore

__all__ = ["CaseStore"]


def __getattr__(name: str) -> Any:
    # SQLAlchemy is loaded only when a case is opened: commands without one stay instant.
    if name == "CaseStore":
        from leakdesk.store.case import CaseStore

        return CaseStore
    raise AttributeError(name)
