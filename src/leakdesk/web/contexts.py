"""What every page has. What each page shows stands in one file a page family: `parcel`, `searching`, `documents`, `names`,
`screening`, `findings`; typed, so that a template can use nothing else, and built from a Desk without HTML.

Nothing here makes characters harmless: the template engine does it for every value it puts on a page (`app.shown`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

#: Rows of one table on a page; the rest is counted, named, and on the pages that follow.
MOST_ROWS = 100

#: Chapters of the desk, in the order of the work: (name, address).
MENU = (
    ("Parcel", "/"),
    ("Search", "/search"),
    ("Names", "/names"),
    ("Screening", "/screening"),
    ("Technical", "/technical"),
    ("Findings", "/findings"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """A chapter in the menu."""

    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has."""

    title: str
    menu: tuple[MenuItem, ...]
    query: str = ""
    unsandboxed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """Something that could not be shown, in one sentence."""

    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Which rows of a longer list a page shows, and the addresses of the pages around it ("" where there is none)."""

    first: int
    last: int
    total: int
    previous: str = ""
    next: str = ""


def menu(current: str) -> tuple[MenuItem, ...]:
    """The menu with the current chapter marked."""
    return tuple(MenuItem(name=name, href=href, current=name == current) for name, href in MENU)


def address(path: str, *, to: str = "", **query: str | int) -> str:
    """An address of the desk; `to` is the place on the page. Values that are empty or 0 are left out."""
    asked = urlencode({name: str(value) for name, value in query.items() if value})
    return quote(path) + (f"?{asked}" if asked else "") + (f"#{quote(to)}" if to else "")


def steps(path: str, offset: int, total: int, size: int, **query: str) -> Steps:
    """The steps of a list from `offset` on, `size` rows a page."""
    return Steps(
        first=min(offset + 1, total),
        last=min(offset + size, total),
        total=total,
        previous=address(path, **query, offset=max(0, offset - size)) if offset else "",
        next=address(path, **query, offset=offset + size) if offset + size < total else "",
    )


def title(about: Mapping[str, Any]) -> str:
    """What a document is called: its title or subject, else the name of its file."""
    if about["title"]:
        return str(about["title"])
    names = [place[-1] for place in about["locations"] if place]
    return "(no subject)" if about["kind"] == "message" or not names else names[0]


def called(about: Mapping[str, Any]) -> str:
    """What a report is called: its outlet, else as any document."""
    return str(about.get("outlet") or title(about))


def where(location: Sequence[str]) -> str:
    """A location as one line."""
    return " › ".join(location)


def when(date: str | None) -> str:
    """A date for people, with its own offset: "29 June 2022, 08:20 (+03:00)"; what is no date and time stays as it is."""
    if not date:
        return ""
    try:
        parsed = datetime.fromisoformat(date)
    except ValueError:
        return date
    if "T" not in date:
        return f"{parsed.day} {parsed:%B %Y}"
    zone = f" ({parsed.isoformat()[-6:]})" if parsed.tzinfo else " (zone unknown)"
    return f"{parsed.day} {parsed:%B %Y}, {parsed:%H:%M}{zone}"


def size(count: int) -> str:
    """A number of bytes for people."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def kind_of(media_type: str) -> str:
    """A media type in a word or two; unknown ones as they are."""
    return KINDS.get(media_type, media_type)


#: Media type -> what a reporter calls it.
KINDS = {
    "message/rfc822": "letter",
    "application/pdf": "PDF",
    "text/plain": "plain text",
    "text/html": "web page",
    "text/csv": "table (CSV)",
    "text/calendar": "calendar entry",
    "application/zip": "zip archive",
    "application/gzip": "tar.gz archive",
    "application/mbox": "mailbox (mbox)",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel table",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint slides",
    "application/msword": "old Word document",
    "application/vnd.ms-excel": "old Excel table",
    "application/vnd.ms-outlook": "Outlook message",
    "application/rtf": "RTF document",
    "image/png": "picture (PNG)",
    "image/jpeg": "picture (JPEG)",
    "image/tiff": "picture (TIFF)",
}
