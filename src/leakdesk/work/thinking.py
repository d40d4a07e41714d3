"""The deep step over one document: its names, who says what, its claims. `read` runs in a parsing process, `keep` here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from leakdesk.model.claim import Reading
from leakdesk.model.document import Page, Role, Segment, TextLayer
from leakdesk.store import found
from leakdesk.store.case import REPORTS
from leakdesk.store.records import head_of
from leakdesk.store.rows import Writer
from leakdesk.work.steps import STEPS

if TYPE_CHECKING:
    from leakdesk.reading.outside.proposals import Extractor


def read(description: Mapping[str, Any]) -> dict[str, Any]:
    """Read one described document; the reading as plain values, without its text (the case has that)."""
    from leakdesk.reading.read import read_text

    report = description["dataset"] == REPORTS
    segments = tuple(Segment(start=a, end=b, role=Role(r), language=g) for a, b, r, g in description["segments"])
    layer = TextLayer(
        text=description["text"],
        extractor=description["extractor"],
        sha256=description["text_sha256"],
        pages=tuple(Page(number=n, start=a, end=b) for n, a, b in description["pages"]),
        # A report's zones are the reading chapter's business; a letter's segments came with its text.
        segments=() if report else segments,
    )
    reading = read_text(
        layer,
        as_="report" if report else "message",
        head=head_of(description["head"]),
        published=description["published"] or description["date"],
    )
    return msgspec.to_builtins(replace(reading, text=""))


def keep(writer: Writer, description: Mapping[str, Any], result: Any) -> None:
    """Write a reading into the tables, in place of an earlier one."""
    reading = msgspec.convert(result, type=Reading)
    found.put_reading(writer, description["document"], description["layer"], STEPS[0].version, reading)


def beside(description: Mapping[str, Any], data: bytes, outside: Sequence[Extractor]) -> bytes:
    """A reading as it came back, with what extractors outside the box add to it, each held against the text."""
    from leakdesk.reading.outside.verbatim import with_extractors

    reading = replace(msgspec.json.decode(data, type=Reading), text=description["text"])
    letter = description["dataset"] != REPORTS
    return msgspec.json.encode(replace(with_extractors(reading, outside, letter=letter), text=""))
