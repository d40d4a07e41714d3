"""What changed between two versions of a list: who came on, who went off, whose entry reads otherwise now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

from leakdesk.screening.entry import Entry
from leakdesk.screening.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. `what`: the fields of a changed entry that differ."""

    change: Literal["added", "removed", "changed"]
    entry: str
    name: str
    what: tuple[str, ...] = ()


#: Fields whose change is no change of the entry.
_LEFT_OUT = frozenset({"place", "id"})


def changes(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Differences in the order of ids. Entries are one by the list's own id; where rows have none, by all that they say."""
    before, after = _by_key(old), _by_key(new)
    for key in sorted(before.keys() | after.keys()):
        earlier, later = before.get(key), after.get(key)
        if earlier is None and later is not None:
            yield Change(change="added", entry=later.id, name=later.name)
        elif later is None and earlier is not None:
            yield Change(change="removed", entry=earlier.id, name=earlier.name)
        elif earlier is not None and later is not None and (what := _differs(earlier, later)):
            yield Change(change="changed", entry=later.id, name=later.name, what=what)


def _by_key(snapshot: Snapshot) -> dict[str, Entry]:
    return {_key(entry): entry for entry in snapshot.entries()}


def _key(entry: Entry) -> str:
    """Rows without an id are known by their line, which moves: their name and births stand for it."""
    return f"{entry.name} {'/'.join(entry.birth_dates)}" if entry.id.startswith("line ") else entry.id


def _differs(earlier: Entry, later: Entry) -> tuple[str, ...]:
    names = (each.name for each in fields(Entry) if each.name not in _LEFT_OUT)
    return tuple(name for name in names if _plain(getattr(earlier, name)) != _plain(getattr(later, name)))


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, tuple) else value
