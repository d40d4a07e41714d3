"""Who is owned by somebody listed: the shares that a list itself knows, added up.

The rule is that of the US Treasury (revised guidance of 13 August 2014): what listed persons own together to 50 percent or
more, directly or through firms that are so owned themselves, is blocked like them. The EU asks for more than 50 percent or
for control (Council best practices), so the sentence says what was added and leaves the judgement open.
"""

from __future__ import annotations

from dataclasses import dataclass

from leakdesk.screening.snapshot import Snapshot

#: Percent that together make a firm owned.
HALF = 50.0
#: Firms above firms are followed so far.
DEEPEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one owner holds directly: the list's id and name of the owner, percent or None."""

    owner: str
    name: str
    percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedBy:
    """What listed owners hold of a firm: percent together (None where no part is known), and how that was found."""

    percent: float | None
    blocked: bool
    sentences: tuple[str, ...]
    parts: tuple[Part, ...]


def owned_by_listed(snapshot: Snapshot, asset: str) -> OwnedBy | None:
    """The listed owners of a firm, or None where the list knows none."""
    return _owned(snapshot, asset, frozenset(), DEEPEST)


def _owned(snapshot: Snapshot, asset: str, above: frozenset[str], deep: int) -> OwnedBy | None:
    known, unknown, sentences, parts = 0.0, False, list[str](), list[Part]()
    seen: set[str] = set()
    for part in snapshot.owners_of(asset):
        if part.owner in above | {asset} or part.owner in seen or deep == 0:
            continue
        seen.add(part.owner)
        owner = snapshot.entry(part.owner)
        if owner is None:
            continue
        through = None if owner.listed else _owned(snapshot, part.owner, above | {asset}, deep - 1)
        if not owner.listed and (through is None or not through.blocked):
            continue
        share = f"{part.percent:g} %" if part.percent is not None else "an unknown part"
        standing = "listed" if owner.listed else "itself owned by listed ones"
        sentences.append(f"{owner.name} ({part.owner}, {standing}) owns {share}")
        sentences += through.sentences if through else ()
        parts.append(Part(owner=part.owner, name=owner.name, percent=part.percent))
        known, unknown = known + (part.percent or 0.0), unknown or part.percent is None
    if not sentences:
        return None
    blocked = known >= HALF
    sentences.append(_sum(known, blocked=blocked, unknown=unknown))
    percent = known if known or not unknown else None
    return OwnedBy(percent=percent, blocked=blocked, sentences=tuple(sentences), parts=tuple(parts))


def _sum(known: float, *, blocked: bool, unknown: bool) -> str:
    if blocked:
        return f"together {known:g} %: the US rule applies from 50 % on, the EU's above 50 % or by control; check"
    rest = ", and unknown parts besides" if unknown else ""
    return f"together {known:g} % are known{rest}: below one half; check who controls it"
