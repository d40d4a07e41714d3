"""CSV tables whose cells never become formulas, whatever a sender put into a subject line.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, the mark by which spreadsheets themselves
write text. Line breaks and tabs inside cells become spaces. UTF-8 with a byte-order mark, so that Cyrillic survives.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from leakdesk.exports.seen import INTERNAL, SeenClaim, SeenDocument, View

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


Row = Sequence[object]
#: The tables and their columns.
_COLUMNS: Mapping[str, list[str]] = {
    "documents": [
        "id", "schema", "title", "date", "from", "to", "languages", "media_type", "parent", "message_id", "sha256"
    ],
    "mentions": ["id", "document", "type", "name", "entity", "start", "end"],
    "entities": ["id", "schema", "names", "countries"],
    "claims": ["id", "document", "sentence", "quote", "predicate", "modality", "polarity", "time"],
    "findings": ["id", "state", "grade", "sentence", "document", "quote", "stance"],
}  # fmt: skip


def export(view: View) -> Iterator[tuple[str, bytes]]:
    """documents.csv, mentions.csv, entities.csv, claims.csv, findings.csv."""
    label = INTERNAL if view.internal else ""
    prefix = f"{INTERNAL}-" if view.internal else ""
    for name, head in _COLUMNS.items():
        yield f"{prefix}{name}.csv", table(head, (), label)
    for name, row in _rows(view):
        yield f"{prefix}{name}.csv", _lines([_labelled(row, label)])


def table(head: Sequence[str], rows: Iterable[Row], label: str = "") -> bytes:
    """One table; with a label, every row and the heading say it in a first column."""
    first = [f"status {label}", *head] if label else list(head)
    return "\ufeff".encode() + _lines([first]) + _lines(_labelled(row, label) for row in rows)


def _labelled(row: Row, label: str) -> list[str]:
    cells = [safe_cell(str(cell if cell is not None else "")) for cell in row]
    return [label, *cells] if label else cells


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def safe_cell(text: str) -> str:
    """A cell's text as no spreadsheet takes for a formula."""
    plain = " ".join(text.replace("\x00", "").splitlines()).replace("\t", " ")
    # Some programs skip spaces and quotes before they look for the sign.
    bare = plain.lstrip(" \u00a0\"'\ufeff")
    return "'" + plain if text.startswith(_STARTS) or bare.startswith(_STARTS) else plain


def _rows(view: View) -> Iterator[tuple[str, Row]]:
    for each in view.documents:
        yield "documents", _document(each)
        for mention in each.mentions:
            cells = (mention.type, mention.name, mention.entity, mention.start, mention.end)
            yield "mentions", [mention.id, mention.document, *cells]
        for claim in each.claims:
            yield "claims", _claim(claim)
    for entity in view.entities:
        yield "entities", [entity.id, entity.schema, ";".join(entity.names), ";".join(entity.countries)]
    for finding in view.findings:
        for quote in finding.quotes:
            yield "findings", [finding.id, finding.state, finding.grade, finding.sentence, *quote]


def _document(each: SeenDocument) -> Row:
    return [
        each.id,
        each.schema,
        each.title,
        each.date,
        _names(each.sender),
        _names(each.to),
        ";".join(each.languages),
        each.media_type,
        each.parent,
        each.message_id,
        each.sha256,
    ]


def _claim(each: SeenClaim) -> Row:
    said = "yes" if each.polarity == "+" else "no"
    return [each.id, each.document, each.sentence, each.exact, each.predicate, each.modality, said, each.time]


def _names(people: Iterable[object]) -> str:
    said = ((getattr(each, "name", ""), getattr(each, "address", "")) for each in people)
    return "; ".join(f"{name} <{address}>".strip() if address else name for name, address in said)
