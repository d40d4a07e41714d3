"""Plain text, Markdown and the like: the decoded characters, a leading byte-order mark removed, otherwise untouched."""

from __future__ import annotations

from dataclasses import replace

from leakdesk.documents.charsets import decode
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.inline_files import files_in
from leakdesk.model.document import Extract, Kind, Note, State, TextLayer

NAME = "leakdesk-text 2"


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read a text file of any charset; files written into it are parts."""
    made = plain(data, hints, media_type="text/plain", kind=Kind.DOCUMENT, schema="PlainText")
    inside = files_in(made.layer.text.replace("\r\n", "\n"), data) if made.layer is not None else []
    return replace(made, parts=tuple(inside)) if inside else made


def read_markdown(data: bytes, hints: ReaderHints) -> Extract:
    """Read Markdown as it is written: marks are text."""
    return plain(data, hints, media_type="text/markdown", kind=Kind.DOCUMENT, schema="PlainText")


def read_table(data: bytes, hints: ReaderHints) -> Extract:
    """Read CSV or TSV as it is written: one row a line already, so quotes and separators stay where they are."""
    return plain(data, hints, media_type="text/csv", kind=Kind.TABLE, schema="Table")


def plain(data: bytes, hints: ReaderHints, *, media_type: str, kind: Kind, schema: str) -> Extract:
    """Decode bytes into a text layer, the choice of charset noted where it is not beyond doubt."""
    decoded = decode(data, hints.declared_charset)
    text = decoded.text[: hints.limits.text_chars]
    cut = len(decoded.text) > len(text)
    return Extract(
        kind=kind,
        schema=schema,
        media_type=media_type,
        layer=TextLayer(text=text, extractor=NAME),
        state=State.PARTIAL if cut else State.READ,
        stage="read" if cut else "",
        reason="longer than the limit" if cut else "",
        limit="text_chars" if cut else "",
        notes=() if decoded.plain else (Note(rule="charset", sentence=decoded.sentence()),),
    )
