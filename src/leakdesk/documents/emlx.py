"""Apple Mail's .emlx: a line with a length, the message's exact bytes, then a property list of the program's own."""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.documents import mail
from leakdesk.documents.headers import lenient_base64
from leakdesk.documents.hints import ReaderHints
from leakdesk.model.document import Extract, Kind, Note, Part

NAME = "leakdesk-emlx 2"
MEDIA_TYPE = "application/x-emlx"
PART = "application/x-emlxpart"
_LIST = re.compile(rb"\s*(?:<\?xml|<!DOCTYPE plist|<plist|\Z)")
_LENGTH = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n")


def message_of(data: bytes) -> tuple[bytes, bool]:
    """(the message's bytes, whether the length is right)."""
    match = _LENGTH.match(data)
    if match is None:
        return data, False
    end = match.end() + int(match[1])
    if end > len(data) or _LIST.match(data, end):
        return data[match.end() : end], end <= len(data)
    # Nothing of the message is given up for a number: it reaches to the program's own list, or to the end.
    lists = [found.start() for found in _LIST.finditer(data, match.end())]
    return data[match.end() : lists[-1] if lists else len(data)], False


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


def read_part(data: bytes, hints: ReaderHints) -> Extract:
    """Read an .emlxpart: the body of one part of a message whose .partial.emlx stands beside it, still in its transfer
    encoding."""
    decoded, whole = lenient_base64(data)
    stem = hints.name.rpartition("/")[2].removesuffix(".emlxpart")
    note = Note(rule="split message", sentence=f"a part of the message {stem.partition('.')[0]}.partial.emlx beside it")
    part = Part(name=f"{stem or 'part'}.bin", data=decoded if whole else data)
    return Extract(kind=Kind.CONTAINER, schema="Package", media_type=PART, parts=(part,), notes=(note,))
