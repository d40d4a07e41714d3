"""The page of screening: lists, what fits them, goods, and the roads that goods took. No page shows people's ways."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leakdesk.screening.entry import EXPORT_CONTROL
from leakdesk.screening.particulars import country_name
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
    """What fits an entry of a list. `dated`: what listing dates say to the letters; `model`: a designation beside the goods;
    `others`: entities of the case of the same spelling that fit the same entry."""

    spelling: str
    name: str
    verdict: str
    kind: str
    list: str
    date: str
    entry: str
    reasons: tuple[str, ...]
    href: str
    dated: str = ""
    model: str = ""
    others: int = 0


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
    says: tuple[str, ...]
    found: tuple[int, int]
    names: tuple[ShownHit, ...]
    goods: tuple[ShownHit, ...]
    pages: Steps
    roads: tuple[ShownRoad, ...]


def screening(desk: Desk, offset: int) -> ScreeningPage:
    """The page, as the last `leakdesk screen` left it; the roads are read anew."""
    kept = desk.screening.kept()
    names = _surest_first(_one_a_spelling([hit for hit in kept if hit["kind"] != EXPORT_CONTROL]))
    goods = _one_a_spelling([hit for hit in kept if hit["kind"] == EXPORT_CONTROL])
    return ScreeningPage(
        title="Screening",
        menu=menu("Screening"),
        unsandboxed=desk.read_without_sandbox,
        lists=tuple(
            ShownList(name=one.label, date=when(one.date) or "no date", format=one.format, entries=one.count)
            for one in desk.screening.lists()
        ),
        says=tuple(line["says"] for line in desk.screening.summaries() if line["list_id"]),
        found=(len(names), len(goods)),
        names=tuple(_hit(hit) for hit in names[offset : offset + MOST_HITS]),
        goods=tuple(_hit(hit) for hit in goods[offset : offset + MOST_HITS]),
        pages=steps("/screening", offset, max(len(names), len(goods)), MOST_HITS),
        roads=tuple(_road(road) for road in desk.screening.routes()),
    )


def _one_a_spelling(hits: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row for entities of one spelling that fit the same entry in the same way; the rest are counted in it."""
    rows: dict[tuple[str, ...], dict[str, Any]] = {}
    for hit in hits:
        key = (hit["spelling"], hit["list"], hit["list_date"] or "", hit["entry"], hit["verdict"], _model(hit))
        if key in rows:
            rows[key]["others"] += 1
        else:
            rows[key] = {**hit, "others": 0}
    return list(rows.values())


def _surest_first(hits: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(hits, key=lambda hit: (hit["verdict"] != "same", -hit["score"], hit["name"], hit["spelling"]))


_MODEL = "model named beside it: "


def _model(hit: Mapping[str, Any]) -> str:
    return next((reason.removeprefix(_MODEL) for reason in hit["reasons"] if reason.startswith(_MODEL)), "")


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
        dated="; ".join(
            each for each in hit["reasons"] if re.match(r"(?:not )?listed |off the list|no longer on", each)
        ),
        model=_model(hit),
        others=hit["others"],
    )


def _place(anchor: Mapping[str, Any]) -> str:
    return address(f"/d/{anchor['document']}", to="here", at=f"{anchor['start']}-{anchor['end']}")


def _road(road: Mapping[str, Any]) -> ShownRoad:
    return ShownRoad(
        goods=road["goods"].replace("-", " "),
        named=", ".join(road["named"]),
        says=road["says"],
        countries=", ".join(country_name(each) for each in road["countries"]),
        amounts=", ".join(_amount(each) for each in road["amounts"]),
        steps=tuple(
            ShownStep(
                day=when(step["day"]),
                kind=step["kind"].replace("_", " "),
                status="" if step["kind"] == "refusal" else step["status"],
                parties=f"{', '.join(step['from'])} → {', '.join(_others(step['from'], step['to']))}",
                words=step["anchor"]["exact"],
                href=_place(step["anchor"]),
            )
            for step in road["steps"]
        ),
        flags=tuple((flag["says"], flag["ask"], flag["reference"]) for flag in road["flags"]),
    )


def _others(senders: Sequence[str], recipients: Sequence[str]) -> Sequence[str]:
    """The houses that a letter goes to; the sender's own, in copy, only where there is no other."""
    return [each for each in recipients if each not in senders] or recipients


def _amount(normal: str) -> str:
    """An amount as people read it: "2380000 USD" -> "2,380,000 USD"."""
    number, _, currency = normal.partition(" ")
    whole, _, rest = number.partition(".")
    return f"{int(whole):,}{'.' + rest if rest else ''} {currency}" if whole.isdigit() else normal
