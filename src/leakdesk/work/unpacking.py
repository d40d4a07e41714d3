"""An archive is opened in the box, and its members stream out of it into the sealed originals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from leakdesk.intake import unpack
from leakdesk.intake.identify import ending
from leakdesk.intake.sandbox import Child, ChildGone, ChildLate, Tier
from leakdesk.intake.split import PASSWD
from leakdesk.model.document import State
from leakdesk.model.ids import sha256_hex
from leakdesk.store.case import CaseStore
from leakdesk.store.originals import Place, Spool
from leakdesk.store.tables import inbox, items
from leakdesk.work import protocol, stores
from leakdesk.work.ledgerbook import Ledgerbook
from leakdesk.work.pool import checked, send_pieces, start_child
from leakdesk.work.protocol import Closed, Ended, Found, Opened
from leakdesk.work.sighting import Names, Sighting, bytes_step, child_id
from leakdesk.work.volumes import Cut

#: Archives up to this size travel over the pipe; larger ones are shown to the box, read-only, as one file.
_SHOWN = 8 << 20
_INSIDE = "/archive"
_SECONDS = 120.0
#: What is opened member by member, and which of that only in a box.
CONTAINERS = unpack.ARCHIVES | stores.STORES
NATIVE = unpack.NATIVE | stores.STORES
_COMPRESSED = {"gz": "", "bz2": "", "xz": "", "zst": "", "tgz": ".tar"}


@dataclass(frozen=True, slots=True)
class Given:
    """A file that the child is to have: its name there ("" for a whole archive) and where its bytes are."""

    name: str
    place: Place


@dataclass(slots=True)
class Unpacking:
    """Opens one archive after another."""

    store: CaseStore
    book: Ledgerbook
    how: Tier
    setup: protocol.Setup
    _kept: Child | None = None
    _missing: str = ""

    def close(self) -> None:
        """End the process that was kept."""
        if self._kept is not None:
            self._kept.kill()
            self._kept = None

    def unpack(self, sighting: Sighting, where: Place | Cut, budget: unpack.Budget, *, resumed: bool) -> None:
        """Stream the members of one archive, whole or in volumes, into the inbox, and write its own row."""
        if (isinstance(where, Cut) or sighting.media_type in NATIVE) and self.how is Tier.PLAIN:
            self._close(sighting, 0, State.FAILED, "failed: needs bubblewrap")
            return
        if isinstance(where, Cut) and not where.parts:
            self._close(sighting, 0, State.FAILED, f"not opened: {where.missing} is not here")
            return
        self._missing = where.missing if isinstance(where, Cut) else ""
        given = [Given("", where)] if isinstance(where, Place) else [Given(*each) for each in where.parts]
        if not self._attempt(sighting, where, given, budget, resumed=resumed, last=False):
            # It crashed: once more, in a fresh process. What came out before is known and not taken in twice.
            self.book.write()
            self._attempt(sighting, where, given, budget, resumed=True, last=True)

    def _attempt(
        self,
        sighting: Sighting,
        where: Place | Cut,
        given: Sequence[Given],
        budget: unpack.Budget,
        *,
        resumed: bool,
        last: bool,
    ) -> bool:
        shown = {
            number: f"{_INSIDE}{number}" if self.how is Tier.BOX else str(each.place.path)
            for number, each in enumerate(given)
            if each.place.length > _SHOWN and each.place.start == 0 and not each.place.undo
        }
        alone = bool(shown) or isinstance(where, Cut) or sighting.media_type in NATIVE
        binds = [(str(given[n].place.path), inside) for n, inside in shown.items()]
        if isinstance(where, Cut):
            binds.append((str(PASSWD), "/etc/passwd"))
        child = self._child(binds, alone=alone)
        names, members = Names(), 0
        try:
            self._ask(child, sighting, where, given, shown, budget)
            while isinstance(frame := checked(child.receive(_SECONDS), protocol.decode_unpacked), Opened):
                members += 1
                self._member(child, sighting, names, frame, resumed=resumed)
                self.book.write_if_due()
            self._closed(sighting, frame, members)
            if not alone:
                self._kept = child
        except ChildLate:
            self._close(sighting, members, State.PARTIAL, "stopped: it took too long", "wall_seconds")
        except ChildGone:
            if not last:
                return False
            self._close(sighting, members, State.PARTIAL if members else State.FAILED, "opening it crashed")
        finally:
            if self._kept is not child:
                child.kill()
        return True

    def _child(self, binds: list[tuple[str, str]], *, alone: bool) -> Child:
        """The process kept from the archive before, or a fresh one: for what is large, and for parsers written in C."""
        kept = None if alone else self._kept
        if kept is not None:
            self._kept = None
            if kept.alive:
                return kept
            kept.kill()
        return start_child(self.how, self.setup, binds)

    def _ask(
        self,
        child: Child,
        sighting: Sighting,
        where: Place | Cut,
        given: Sequence[Given],
        shown: Mapping[int, str],
        budget: unpack.Budget,
    ) -> None:
        whole = isinstance(where, Place)
        request = protocol.Unpack(
            media_type=sighting.media_type,
            path=shown.get(0) if whole else where.head,
            skip=0,
            members=max(budget.members, 0),
            bytes=max(budget.bytes, 0),
            volumes=() if whole else tuple(protocol.Volume(each.name, shown.get(n)) for n, each in enumerate(given)),
        )
        child.send(protocol.encode(request), _SECONDS)
        for number, each in enumerate(given):
            if number not in shown:
                send_pieces(child, each.place)

    def _member(self, child: Child, parent: Sighting, names: Names, opened: Opened, *, resumed: bool) -> None:
        stored = opened.name or _name_inside(parent.name)
        name = names.unique(stored)
        data, spool, size = self._bytes(child)
        ended = checked(child.receive(_SECONDS), protocol.decode_ended)
        if not ended.bytes_ and spool is not None:
            spool.discard()
            spool, data, size = None, b"", 0
        found = Found(
            name=stored,
            name_bytes=opened.name_bytes,
            media_type="",
            size=size,
            data=None if spool else data,
            opened=ended.bytes_,
            state=ended.state,
            reason=ended.reason,
            limit=ended.limit,
            notes=opened.notes,
        )
        if resumed and self._known(parent, (*parent.location, name), found, spool):
            return
        self._take(parent, name, found, spool, ended, opened)

    def _take(
        self, parent: Sighting, name: str, found: Found, spool: Spool | None, ended: Ended, opened: Opened
    ) -> None:
        if not ended.bytes_:
            location = (*parent.location, name)
            self.book.lost(
                parent,
                location,
                bytes_step(parent, name, opened.name_bytes),
                (ended.reason, ended.limit),
                state=ended.state.value,
            )
            self.book.trace(child_id(parent, location, None), opened.traces)
            return
        child = self.book.part(parent, name, found, spool)
        if child is not None:
            self.book.trace(child.id, opened.traces)

    def _bytes(self, child: Child) -> tuple[bytes, Spool | None, int]:
        """A member's bytes: in memory while they are few, else in a copy in the making."""
        pieces: list[bytes] = []
        size, spool = 0, None
        try:
            while piece := child.receive(_SECONDS, protocol.INLINE):
                size += len(piece)
                if spool is None and size > protocol.INLINE:
                    spool = self.store.originals.spool()
                    spool.write(b"".join(pieces))
                    pieces.clear()
                if spool is None:
                    pieces.append(piece)
                else:
                    spool.write(piece)
        except BaseException:
            if spool is not None:
                spool.discard()
            raise
        return b"".join(pieces), spool, size

    def _known(self, parent: Sighting, location: tuple[str, ...], found: Found, spool: Spool | None) -> bool:
        """After an interruption the archive is streamed again from its start: was this member taken in before?"""
        sha256 = None
        if found.opened:
            sha256 = spool.digest.hexdigest() if spool else sha256_hex(found.data or b"")
        own = child_id(parent, location, sha256)
        with self.store.connect() as connection:
            known = any(
                connection.execute(select(t.c.id).where(t.c.id == own)).first() is not None for t in (items, inbox)
            )
        if known and spool is not None:
            spool.discard()
        return known

    def _closed(self, sighting: Sighting, closed: Closed, members: int) -> None:
        # What the archive's own directory lists is what was found, even if fewer members came out.
        listed = max(closed.listed, members) if closed.limit else closed.listed
        state, reason = closed.state, closed.reason
        if self._missing:
            state = state if state is State.FAILED else State.PARTIAL
            reason = f"incomplete: {self._missing} is not here" + (f"; {reason}" if reason else "")
        self._close(sighting, listed, state, reason, closed.limit)

    def _close(self, sighting: Sighting, listed: int, state: State, reason: str, limit: str = "") -> None:
        stage = "" if state is State.READ else "unpack"
        self.book.container(sighting, sighting.media_type, listed, (state.value, stage, reason, limit))


def _name_inside(name: str) -> str:
    """What a compressed file without a stored name holds: its own name without the last ending."""
    end = ending(name)
    if end in _COMPRESSED:
        return name[: -len(end) - 1] + _COMPRESSED[end]
    return f"{name}.content" if name else "content"


def spent(store: CaseStore, sighting: Sighting) -> tuple[int, int, int]:
    """Members and bytes that came out of archives below the given file so far (this archive apart), and its size."""
    members = size = top_size = 0
    with store.connect() as connection:
        archives: set[str] = set()
        for table in (items, inbox):
            opened = select(table.c.id).where(table.c.top == sighting.top, table.c.media_type.in_(sorted(CONTAINERS)))
            archives.update(connection.execute(opened).scalars())
            top_size = (
                top_size or connection.execute(select(table.c.size).where(table.c.id == sighting.top)).scalar() or 0
            )
        archives.discard(sighting.id)
        for table in (items, inbox):
            for parent in archives:
                count, total = connection.execute(
                    select(func.count(), func.coalesce(func.sum(table.c.size), 0)).where(table.c.parent == parent)
                ).one()
                members, size = members + count, size + total
    return members, size, int(top_size)
