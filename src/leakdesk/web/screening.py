"""The page of screening: lists, what fits them, goods, and the roads that goods took. No page shows people's ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leakdesk.screening.entry import EXPORT_CONTROL
from leakdesk.web.contexts import Page, Steps, address, menu, steps, when

if TYPE_CHECKING:
    from leakdesk.desk import Desk

#: Hits of one kind on a page.
MOST_HITS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownList:
    """A list of the case: its name, day and size."""

    name: str
    date: str
    format: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHit:
    """What fits an entry of a list."""

    spelling: str
    name: str
    verdict: str
    kind: str
    list: str
    date: str
    entry: str
    reasons: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A step of a road."""

    day: str
    kind: str
    status: str
    parties: str
    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRoad:
    """A road of goods. `flags`: (what is said, what to ask, source)."""

    goods: str
    named: str
    says: str
    countries: str
    amounts: str
    steps: tuple[ShownStep, ...]
    flags: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningPage(Page):
    """Lists, hits, goods and roads."""

    lists: tuple[ShownList, ...]
    names: tuple[ShownHit, ...]
    goods: tuple[ShownHit, ...]
    pages: Steps
    roads: tuple[ShownRoad, ...]


def screening(desk: Desk, offset: int) -> ScreeningPage:
    """The page, as the last `leakdesk screen` left it; the roads are read anew."""
    kept = desk.screening.kept()
    names = [hit for hit in kept if hit["kind"] != EXPORT_CONTROL]
    goods = [hit for hit in kept if hit["kind"] == EXPORT_CONTROL]
    return ScreeningPage(
        title="Screening",
        menu=menu("Screening"),
        unsandboxed=desk.read_without_sandbox,
        lists=tuple(
            ShownList(name=one.label, date=when(one.date) or "no date", format=one.format, entries=one.count)
            for one in desk.screening.lists()
        ),
        names=tuple(_hit(hit) for hit in names[offset : offset + MOST_HITS]),
        goods=tuple(_hit(hit) for hit in goods[offset : offset + MOST_HITS]),
        pages=steps("/screening", offset, max(len(names), len(goods)), MOST_HITS),
        roads=tuple(_road(road) for road in desk.screening.routes()),
    )


def _hit(hit: Mapping[str, Any]) -> ShownHit:
    anchors: Sequence[Mapping[str, Any]] = hit.get("anchors") or ()
    at = anchors[0] if anchors else None
    return ShownHit(
        spelling=hit["spelling"],
        name=hit["name"],
        verdict=hit["verdict"],
        kind=hit["kind"].replace("_", " "),
        list=hit["list"],
        date=when(hit["list_date"]) or "no date",
        entry=hit["entry"],
        reasons=tuple(hit["reasons"]),
        href=_place(at) if at else address("/search", q=f'"{hit["spelling"]}"'),
    )


def _place(anchor: Mapping[str, Any]) -> str:
    return address(f"/d/{anchor['document']}", to="here", at=f"{anchor['start']}-{anchor['end']}")


def _road(road: Mapping[str, Any]) -> ShownRoad:
    return ShownRoad(
        goods=road["goods"].replace("-", " "),
        named=", ".join(road["named"]),
        says=road["says"],
        countries=", ".join(road["countries"]),
        amounts=", ".join(road["amounts"]),
        steps=tuple(
            ShownStep(
                day=when(step["day"]),
                kind=step["kind"].replace("_", " "),
                status=step["status"],
                parties=f"{', '.join(step['from'])} → {', '.join(step['to'])}",
                words=step["anchor"]["exact"],
                href=_place(step["anchor"]),
            )
            for step in road["steps"]
        ),
        flags=tuple((flag["says"], flag["ask"], flag["reference"]) for flag in road["flags"]),
    )
