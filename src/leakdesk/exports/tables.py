"""CSV tables whose cells never become formulas, whatever a sender put into a subject line.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, the mark by which spreadsheets themselves
write text. Line breaks and tabs inside cells become spaces. UTF-8 with a byte-order mark, so that Cyrillic survives.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from leakdesk.exports.view import INTERNAL, View

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def export(view: View) -> dict[str, bytes]:
    """documents.csv, mentions.csv, entities.csv, claims.csv, findings.csv."""
    label = INTERNAL if view.internal else ""
    prefix = f"{INTERNAL}-" if view.internal else ""
    return {f"{prefix}{name}.csv": table(head, rows, label) for name, head, rows in _tables(view)}


def table(head: Sequence[str], rows: Iterable[Sequence[object]], label: str = "") -> bytes:
    """One table; with a label, every row says it in a first column `status`."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(["status", *head] if label else head)
    for row in rows:
        cells = [safe_cell(str(cell if cell is not None else "")) for cell in row]
        writer.writerow([label, *cells] if label else cells)
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def safe_cell(text: str) -> str:
    """A cell's text as no spreadsheet takes for a formula."""
    plain = " ".join(text.replace("\x00", "").splitlines()).replace("\t", " ")
    # Some programs skip spaces and quotes before they look for the sign.
    bare = plain.lstrip(" \u00a0\"'\ufeff")
    return "'" + plain if text.startswith(_STARTS) or bare.startswith(_STARTS) else plain


def _tables(view: View) -> Iterator[tuple[str, list[str], list[Sequence[object]]]]:
    documents = view.documents
    yield (
        "documents",
        ["id", "schema", "title", "date", "from", "to", "languages", "media_type", "parent", "message_id", "sha256"],
        [
            [
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
            for each in documents
        ],
    )
    yield (
        "mentions",
        ["id", "document", "type", "name", "entity", "start", "end"],
        [
            [each.id, each.document, each.type, each.name, each.entity, each.start, each.end]
            for document in documents
            for each in document.mentions
        ],
    )
    yield (
        "entities",
        ["id", "schema", "names", "countries"],
        [[each.id, each.schema, ";".join(each.names), ";".join(each.countries)] for each in view.entities],
    )
    yield (
        "claims",
        ["id", "document", "sentence", "quote", "predicate", "modality", "polarity", "time"],
        [
            [
                each.id,
                each.document,
                each.sentence,
                each.exact,
                each.predicate,
                each.modality,
                "yes" if each.polarity == "+" else "no",
                each.time,
            ]
            for document in documents
            for each in document.claims
        ],
    )
    yield (
        "findings",
        ["id", "state", "grade", "sentence", "document", "quote", "stance"],
        [[each.id, each.state, each.grade, each.sentence, *quote] for each in view.findings for quote in each.quotes],
    )


def _names(people: Iterable[object]) -> str:
    said = ((getattr(each, "name", ""), getattr(each, "address", "")) for each in people)
    return "; ".join(f"{name} <{address}>".strip() if address else name for name, address in said)
