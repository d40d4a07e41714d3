"""The page of the parcel: the ledger's equation, what was not read and what to try, and what is in each container."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leakdesk.web.contexts import MOST_ROWS, Page, Steps, address, kind_of, menu, steps, where

if TYPE_CHECKING:
    from leakdesk.desk import Desk

#: Reasons shown: the most common.
MOST_REASONS = 12
#: Containers shown: the largest.
MOST_CONTAINERS = 40

#: Beginning of a reason, or a limit -> what a person can do about it. The first that fits.
ADVICE: tuple[tuple[str, str], ...] = (
    ("locked", "If you know passwords: leakdesk retry CASE --passwords FILE (one a line)."),
    ("needs ", "leakdesk doctor prints the line that installs it; then: leakdesk retry CASE"),
    ("encrypted", "Only the recipient's key opens it."),
    ("no reader", "Nothing here reads this kind of file; the original bytes are kept: leakdesk raw CASE ITEM"),
    ("permission denied", "Change the rights of the file, and add it again."),
    ("cannot be listed", "Change the rights of the folder, and add it again."),
    ("not followed", "If what it leads to belongs to the parcel, add that place itself."),
    ("damaged", "Ask for another copy; the original bytes are kept: leakdesk raw CASE ITEM"),
)
LIMIT_ADVICE = "It met a limit: leakdesk retry CASE --limits big"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of the ledger that is not read, or only in part. `href` is empty where there are no bytes to look at."""

    location: str
    name: str
    href: str
    state: str
    reason: str
    limit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """How often items were not read for one reason, and what to try."""

    words: str
    count: int
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A container and what became of what is in it."""

    location: str
    href: str
    kind: str
    found: int
    read: int
    partial: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPage(Page):
    """The ledger."""

    totals: Mapping[str, int]
    holds: bool
    waiting: int
    shares: tuple[tuple[str, float, float], ...]
    kinds: tuple[tuple[str, int, str], ...]
    reasons: tuple[Reason, ...]
    more_reasons: int
    items: tuple[Item, ...]
    steps: Steps
    containers: tuple[Box, ...]
    more_containers: int
    letters: int
    deep: tuple[tuple[str, int], ...]


def parcel(desk: Desk, offset: int) -> ParcelPage:
    """The page of the parcel; `offset` pages through what is not read."""
    ledger = desk.ledger()
    whole = ledger["totals"]
    every = ledger["containers"]
    boxes = sorted(filter(_telling, every), key=lambda box: -box["found"])
    not_read = ledger["items"]
    reasons = tuple(_reasons(not_read))
    return ParcelPage(
        title="The parcel",
        menu=menu("Parcel"),
        unsandboxed=desk.read_without_sandbox,
        totals=whole,
        holds=ledger["equation_holds"],
        waiting=ledger.get("waiting", 0),
        shares=tuple(_shares(whole)),
        kinds=tuple(
            (kind, count, address("/search", q=f"kind:{kind}")) for kind, count in desk.documents.kinds().items()
        ),
        reasons=reasons[:MOST_REASONS],
        more_reasons=len(reasons[MOST_REASONS:]),
        items=tuple(map(_item, not_read[offset : offset + MOST_ROWS])),
        steps=steps("/", offset, len(not_read), MOST_ROWS),
        containers=tuple(map(_box, boxes[:MOST_CONTAINERS])),
        more_containers=max(0, len(boxes) - MOST_CONTAINERS),
        letters=len(every) - len(boxes),
        deep=tuple(sorted(desk.reading_states().items())),
    )


def _shares(whole: Mapping[str, int]) -> Iterable[tuple[str, float, float]]:
    """(state, where its bar begins, how wide it is) in per cent of all that was found."""
    start = 0.0
    for name in ("read", "partial", "failed"):
        width = 100 * whole[name] / max(1, whole["found"])
        if width:
            yield name, round(start, 2), round(width, 2)
        start += width


def _reasons(items: Sequence[Mapping[str, Any]]) -> Iterable[Reason]:
    counted = Counter((item["reason"] or item["limit"] or "no reason was given", item["limit"] or "") for item in items)
    for (reason, limit), count in counted.most_common():
        yield Reason(words=reason, count=count, advice=advice_for(reason, limit))


def advice_for(reason: str, limit: str) -> str:
    """What a person can do about an item that is not read for this reason; empty where nothing is known to help."""
    if limit:
        return LIMIT_ADVICE
    return next((words for beginning, words in ADVICE if beginning in reason), "")


def _item(item: Mapping[str, Any]) -> Item:
    *above, name = item["location"]
    return Item(
        location=where(above),
        name=name,
        href=address(f"/d/{item['id']}") if item["sha256"] else "",
        state=item["state"],
        reason=item["reason"] or "",
        limit=item["limit"] or "",
    )


def _telling(box: Mapping[str, Any]) -> bool:
    """Archives and mailboxes, and letters of whose attachments not all were read; the other letters are only counted."""
    return box["media_type"] != "message/rfc822" or bool(box["partial"] or box["failed"])


def _box(box: Mapping[str, Any]) -> Box:
    return Box(
        location=where(box["location"]),
        href=address(f"/d/{box['id']}"),
        kind=kind_of(box["media_type"]),
        found=box["found"],
        read=box["read"],
        partial=box["partial"],
        failed=box["failed"],
    )
