"""Volumes of an archive among what was received: who belongs together, and whose contents stand where."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from leakdesk.intake import volumes
from leakdesk.intake.unpack import ZIP
from leakdesk.intake.volumes import VolumeSet
from leakdesk.store.case import CaseStore
from leakdesk.store.originals import Place, pieces_at
from leakdesk.store.rows import from_json
from leakdesk.store.tables import inbox, items
from leakdesk.work.sighting import Sighting

_RAR = "application/vnd.rar"
_ARCHIVE = {"7z": "application/x-7z-compressed", "zip": ZIP, "rar": _RAR}
_DIRECTORY_END = b"PK\x05\x06"
_TAIL = 66_000


@dataclass(frozen=True, slots=True)
class Cut:
    """An archive that is cut into volumes: its media type, each volume under a name of ours, and what is missing."""

    media_type: str
    head: str
    parts: tuple[tuple[str, Place], ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Follows:
    """A later volume. `number` of how many, and the name of the head, or what is missing where there is none."""

    number: int
    head: str
    missing: str


@dataclass(slots=True)
class Volumes:
    """Looks for the other volumes beside a sighting; what stands beside it is asked once for all that have one parent."""

    store: CaseStore
    _parent: tuple[str, str] | None = None
    _beside: dict[str, str] = field(default_factory=dict[str, str])

    def of(self, sighting: Sighting) -> Cut | Follows | None:
        """What a sighting is of an archive in volumes; None for all others."""
        name = sighting.location[-1]
        own = volumes.volume_of(name)
        if own is None or not sighting.sha256:
            return None
        beside = self._names(sighting)
        found = volumes.gathered(name, beside)
        if found is None:
            return None
        if not found.head:
            is_rar = sighting.media_type == _RAR and found.style in ("part", "old")
            return Follows(own.number, "", found.missing) if is_rar else None
        head = self.store.originals.place(beside[found.head])
        media_type = _archive_type(found, head)
        if media_type is None:
            return None
        if name != found.head:
            return Follows(own.number, found.head, "")
        return self._cut(found, media_type, head, beside)

    def _cut(self, found: VolumeSet, media_type: str, head: Place, beside: Mapping[str, str]) -> Cut:
        places = [
            (volumes.plain_name(found, number), self.store.originals.place(beside[name]))
            for number, name in volumes.before_a_gap(found)
        ]
        head_name = volumes.plain_name(found, 0 if found.style == "zip" else 1)
        missing = found.missing
        if found.style == "zip" and not missing:
            last = _disks(head)
            missing = f"volume {last} of {last + 1}" if last and last not in dict(found.names) else ""
        # The directory of a zip counts on all its volumes: without one of them nothing in it can be placed.
        lost = found.style == "zip" and missing
        return Cut(media_type, head_name, () if lost else tuple(places), missing)

    def _names(self, sighting: Sighting) -> Mapping[str, str]:
        """Names that look like volumes' beside this one, and the SHA-256 of each."""
        key = (sighting.parent, sighting.dataset)
        if self._parent != key:
            self._parent, self._beside = key, {}
            for table in (items, inbox):
                query = select(table.c.location, table.c.sha256).where(
                    table.c.parent == sighting.parent, table.c.dataset == sighting.dataset, table.c.sha256.is_not(None)
                )
                with self.store.connect() as connection:
                    for row in connection.execute(query.execution_options(yield_per=1000)):
                        name = from_json(row.location)[-1]
                        if row.sha256 and volumes.volume_of(name) is not None:
                            self._beside[name] = row.sha256
        return {**self._beside, sighting.location[-1]: sighting.sha256}


def noted(sighting: Sighting, follows: Follows) -> Sighting:
    """A later volume's sighting, with the sentence that says where its contents stand."""
    sentence = f"a later volume of {follows.head}: what is inside is listed there"
    return replace(sighting, notes=(*sighting.notes, {"rule": "volume", "sentence": sentence}))


def _archive_type(found: VolumeSet, head: Place) -> str | None:
    """The archive's type where the head is what its name says, else None."""
    if found.style == "zip":
        return ZIP if _DIRECTORY_END in _tail(head) else None
    start = next(iter(pieces_at(replace(head, length=min(head.length, 8)))), b"")
    kind = "rar" if found.style in ("part", "old") else found.head.rsplit(".", 2)[-2].lower()
    marks = {"rar": b"Rar!\x1a\x07", "7z": b"7z\xbc\xaf\x27\x1c", "zip": b"PK"}
    return _ARCHIVE[kind] if start.startswith(marks[kind]) else None


def _disks(head: Place) -> int:
    """How many volumes stand before the last one of a zip, as its directory says."""
    tail = _tail(head)
    at = tail.rfind(_DIRECTORY_END)
    return int(struct.unpack_from("<H", tail, at + 4)[0]) if len(tail) >= at + 6 else 0


def _tail(place: Place) -> bytes:
    size = min(place.length, _TAIL)
    return b"".join(pieces_at(replace(place, start=place.start + place.length - size, length=size)))
