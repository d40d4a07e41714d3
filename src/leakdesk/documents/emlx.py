"""Apple Mail's .emlx: a line with a length, the message's exact bytes, then a property list of the program's own."""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.documents import mail
from leakdesk.documents.hints import ReaderHints
from leakdesk.model.document import Extract, Note

NAME = "leakdesk-emlx 1"
MEDIA_TYPE = "application/x-emlx"
_LENGTH = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n")


def message_of(data: bytes) -> tuple[bytes, bool]:
    """(the message's bytes, whether the length is right)."""
    match = _LENGTH.match(data)
    if match is None:
        return data, False
    end = match.end() + int(match[1])
    return data[match.end() : end], end <= len(data)


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read an .emlx file."""
    message, whole = message_of(data)
    made = mail.read(message, hints)
    if whole:
        return replace(made, media_type=MEDIA_TYPE)
    return replace(
        made,
        media_type=MEDIA_TYPE,
        notes=(*made.notes, Note(rule="structure", sentence="the length before the message is missing or wrong")),
    )
