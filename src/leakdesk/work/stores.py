"""Outlook's stores, opened like archives: each item a member, in the order of the folders, rebuilt as a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leakdesk.intake.unpack import Budget, Member
from leakdesk.model.document import Note, State

if TYPE_CHECKING:
    from leakdesk.documents.outlook import StoreItem

STORES = frozenset({"application/vnd.ms-outlook-pst", "application/x-olm"})
_REBUILT = Note(rule="rebuilt", sentence="the store keeps no message bytes: these are our own canonical rebuild")
_PIECE = 1 << 18


@dataclass(slots=True)
class Store:
    """A PST, OST or OLM file. `listed` counts what the store names; lspst counts a second time (work/second_views.py)."""

    media_type: str
    budget: Budget
    path: str
    listed: int = 0
    state: State = State.READ
    reason: str = ""
    limit: str = ""

    def members(self) -> Iterator[Member]:
        """Every item of the store."""
        # Loaded here: most parsing processes never meet a store.
        from leakdesk.documents import outlook

        try:
            for item in outlook.iter_store(self.path):
                self.listed += 1
                yield self._member(item)
        except outlook.NotAStore as error:
            self.state, self.reason = State.PARTIAL if self.listed else State.FAILED, str(error)

    def _member(self, item: StoreItem) -> Member:
        member = Member("/".join((*item.folder, str(item.number))))
        if item.data is None:
            member.fail(item.reason or "it cannot be read")
            return member
        member.notes.append(_REBUILT)
        if item.missing:
            member.fail(item.missing, state=State.PARTIAL)
        data = item.data
        member.pieces = (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
        return member
