"""Archives cut into volumes: which files belong together, by their names, in which order, and which one is missing.

    x.part1.rar x.part2.rar ...    x.rar x.r00 x.r01 ...    x.7z.001 x.7z.002 ...    x.z01 x.z02 ... x.zip

What is inside is listed under one of them, the head: the first, or the `.zip`, which holds the directory. Pure: whether the
files are what their names say is asked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Style = Literal["part", "old", "cut", "zip"]
_PART = re.compile(r"(?P<stem>.+)\.part(?P<number>\d{1,4})\.rar", re.IGNORECASE)
_OLD = re.compile(r"(?P<stem>.+)\.(?P<letter>[r-y])(?P<number>\d\d)", re.IGNORECASE)
_CUT = re.compile(r"(?P<stem>.+\.(?:7z|zip|rar))\.(?P<number>\d{3})", re.IGNORECASE)
_ZIP = re.compile(r"(?P<stem>.+)\.z(?P<number>\d\d)", re.IGNORECASE)
_NUMBERED: dict[Style, re.Pattern[str]] = {"part": _PART, "cut": _CUT, "zip": _ZIP}
_WHOLE: tuple[tuple[str, Style], ...] = ((".rar", "old"), (".zip", "zip"))


@dataclass(frozen=True, slots=True)
class Volume:
    """A name read as a volume's. `number` counts from 1; 0 for the `.zip` of its set, which comes last."""

    style: Style
    stem: str
    number: int

    @property
    def follows(self) -> bool:
        """False where the name alone may be a whole archive's, or the first volume's."""
        return self.number > 1 or (self.style == "zip" and self.number > 0)


@dataclass(frozen=True, slots=True)
class VolumeSet:
    """Volumes that belong together, by number and name, in order. `head` is "" where it is not here; `missing` names the first
    that is seen to be missing, or ""."""

    style: Style
    head: str
    names: tuple[tuple[int, str], ...]
    missing: str


def volume_of(name: str) -> Volume | None:
    """What a name says, None where it is no volume's."""
    lower = name.lower()
    for style, pattern in _NUMBERED.items():
        if found := pattern.fullmatch(lower):
            return Volume(style, found["stem"], int(found["number"])) if int(found["number"]) else None
    if found := _OLD.fullmatch(lower):
        return Volume("old", found["stem"], 2 + 100 * (ord(found["letter"]) - ord("r")) + int(found["number"]))
    for ending, style in _WHOLE:
        if lower.endswith(ending):
            return Volume(style, lower.removesuffix(ending), 1 if style == "old" else 0)
    return None


def gathered(name: str, beside: Iterable[str]) -> VolumeSet | None:
    """The set that a name belongs to among the names beside it; None for a whole archive and for other files."""
    own = volume_of(name)
    if own is None:
        return None
    found: dict[int, str] = {}
    for other in beside:
        volume = volume_of(other)
        if volume is not None and (volume.style, volume.stem) == (own.style, own.stem):
            found.setdefault(volume.number, other)
    if own.style in ("old", "zip") and len(found) < 2 and not own.follows:
        return None
    return _ordered(own, found)


def _ordered(own: Volume, found: Mapping[int, str]) -> VolumeSet:
    head = 0 if own.style == "zip" else 1
    numbers = sorted(number for number in found if number)
    order = [*numbers, *([0] if 0 in found else [])]
    like = found[order[0]]
    absent = [n for n in range(1, max(numbers, default=0)) if n not in found]
    wanted = ([] if head in found else [head]) + absent
    return VolumeSet(
        own.style,
        found.get(head, ""),
        tuple((number, found[number]) for number in order),
        _name(own.style, own.stem, wanted[0], like) if wanted else "",
    )


def before_a_gap(volumes: VolumeSet) -> tuple[tuple[int, str], ...]:
    """The volumes from the head on up to the first that is missing: what comes after it cannot be joined to them."""
    return tuple(
        pair for expected, pair in enumerate(volumes.names, 1) if pair[0] == expected or volumes.style == "zip"
    )


def plain_name(volumes: VolumeSet, number: int) -> str:
    """A name of ours for a volume, cut like its own: programs find volumes by their names."""
    if volumes.style == "cut":
        return f"volume.{volumes.head.rsplit('.', 2)[-2].lower()}.{number:03d}"
    return _name(volumes.style, "volume", number, "volume.part001.rar")


def _name(style: Style, lower_stem: str, number: int, like: str) -> str:
    """A volume's name, spelled like one that is here."""
    stem = like[: len(lower_stem)]
    if style == "part":
        width = len(like) - len(stem) - len(".part.rar")
        return f"{stem}.part{number:0{width}d}.rar"
    if style == "cut":
        return f"{stem}.{number:03d}"
    if style == "zip":
        return f"{stem}.z{number:02d}" if number else f"{stem}.zip"
    return f"{stem}.rar" if number == 1 else f"{stem}.{chr(ord('r') + (number - 2) // 100)}{(number - 2) % 100:02d}"
