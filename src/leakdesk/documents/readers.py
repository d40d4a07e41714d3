"""The table media type -> reader, and the one function that reads.

Readers are imported when they are first needed, so that nothing heavy is loaded for a mailbox of plain letters. `native`
readers run parsers written in C on untrusted bytes and belong into the sandbox; `needs` names an optional program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from leakdesk.documents.hints import NO_HINTS, ReaderHints, ReaderLimits
from leakdesk.model.document import Extract, Kind, State

__all__ = ["NO_HINTS", "READERS", "Extract", "Reader", "ReaderHints", "ReaderLimits", "read", "reader_for"]

ReadFunction = Callable[[bytes, ReaderHints], Extract]


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: where its function is, its name and version, and what it takes to run it."""

    path: str
    name: str
    native: bool = False
    needs: str = ""

    def function(self) -> ReadFunction:
        """The reader's function, imported at first use."""
        return _load(self.path)


@cache
def _load(path: str) -> ReadFunction:
    module, _, name = path.partition(":")
    return getattr(import_module(f"leakdesk.documents.{module}"), name)


_MAIL = Reader("mail:read", "leakdesk-mail 2")
_TEXT = Reader("text:read", "leakdesk-text 2")
_MARKDOWN = Reader("text:read_markdown", "leakdesk-text 2")
_TABLE = Reader("text:read_table", "leakdesk-text 2")
_WEB = Reader("web:read", "leakdesk-web 2", native=True)

_PDF = Reader("paged:read", "leakdesk-pdf 2", native=True)
_PICTURE = Reader("pictures:read", "leakdesk-picture 2", native=True, needs="tesseract")

READERS: dict[str, Reader] = {
    "message/rfc822": _MAIL,
    "text/plain": _TEXT,
    "text/markdown": _MARKDOWN,
    "text/csv": _TABLE,
    "text/tab-separated-values": _TABLE,
    "text/html": _WEB,
    "application/xhtml+xml": _WEB,
    "application/pdf": _PDF,
    "application/x-pdf": _PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Reader(
        "word:read", "leakdesk-office 2", native=True
    ),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": Reader(
        "slides:read", "leakdesk-office 2", native=True
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Reader(
        "sheets:read_xlsx", "leakdesk-sheets 2", native=True
    ),
    "application/vnd.oasis.opendocument.text": Reader("open_document:read_odt", "leakdesk-office 2", native=True),
    "application/vnd.oasis.opendocument.presentation": Reader(
        "open_document:read_odp", "leakdesk-office 2", native=True
    ),
    "application/vnd.oasis.opendocument.spreadsheet": Reader("sheets:read_ods", "leakdesk-sheets 2", native=True),
    "application/vnd.ms-excel": Reader("sheets:read_xls", "leakdesk-sheets 2", native=True),
    "application/msword": Reader("old_office:read_word", "leakdesk-old-office 1", native=True, needs="antiword"),
    "application/vnd.ms-powerpoint": Reader(
        "old_office:read_slides", "leakdesk-old-office 1", native=True, needs="catdoc"
    ),
    "application/x-ooxml-protected": Reader("old_office:read_locked", "leakdesk-old-office 1", native=True),
    "application/x-ole-storage": Reader("compound:read", "leakdesk-compound 1", native=True),
    "application/vnd.ms-outlook": Reader("outlook_message:read", "leakdesk-msg 2", native=True),
    "application/vnd.ms-tnef": Reader("tnef:read", "leakdesk-tnef 2"),
    "application/ms-tnef": Reader("tnef:read", "leakdesk-tnef 2"),
    "application/x-emlx": Reader("emlx:read", "leakdesk-emlx 2"),
    "application/x-emlxpart": Reader("emlx:read_part", "leakdesk-emlx 2"),
    "text/calendar": Reader("cards:read_calendar", "leakdesk-cards 2"),
    "text/vcard": Reader("cards:read_card", "leakdesk-cards 2"),
    "text/x-vcard": Reader("cards:read_card", "leakdesk-cards 2"),
    "multipart/related": Reader("books:read_mht", "leakdesk-books 2", native=True),
    "application/epub+zip": Reader("books:read_epub", "leakdesk-books 2", native=True),
    "application/pkcs7-mime": Reader("sealed_mail:read_cms", "leakdesk-sealed 2"),
    "application/x-pkcs7-mime": Reader("sealed_mail:read_cms", "leakdesk-sealed 2"),
    "application/pkcs7-signature": Reader("sealed_mail:read_signature", "leakdesk-sealed 2"),
    "application/x-pkcs7-signature": Reader("sealed_mail:read_signature", "leakdesk-sealed 2"),
    "application/pgp-signature": Reader("sealed_mail:read_signature", "leakdesk-sealed 2"),
    "application/pgp-encrypted": Reader("sealed_mail:read_pgp", "leakdesk-sealed 2"),
    "application/pgp-keys": _TEXT,
    "message/global": _MAIL,
    "application/rtf": Reader("rtf:read", "leakdesk-rtf 1"),
    "text/rtf": Reader("rtf:read", "leakdesk-rtf 1"),
    "image/emf": Reader("drawings:read", "leakdesk-drawing 1"),
    "image/wmf": Reader("drawings:read", "leakdesk-drawing 1"),
    "image/vnd.djvu": Reader("djvu:read", "leakdesk-djvu 1", native=True, needs="djvutxt"),
    "image/png": _PICTURE,
    "image/jpeg": _PICTURE,
    "image/jpg": _PICTURE,
    "image/tiff": _PICTURE,
    "image/gif": _PICTURE,
    "image/bmp": _PICTURE,
    "image/x-ms-bmp": _PICTURE,
    "image/webp": _PICTURE,
    "image/jp2": _PICTURE,
}

#: Types that are text whatever else they are: source code, logs, configuration.
#: Delivery reports and the like (message/delivery-status, ...) are text too.
_TEXTUAL = ("+json", "+xml", "/json", "/xml", "/javascript", "/x-sh", "/x-yaml")


def reader_for(media_type: str) -> Reader | None:
    """The reader for a media type, or None: "not read: no reader"."""
    kind = media_type.partition(";")[0].strip().lower()
    found = READERS.get(kind)
    if found is None and (kind.startswith(("text/", "message/")) or kind.endswith(_TEXTUAL)):
        return _TEXT
    return found


def read(data: bytes, media_type: str, hints: ReaderHints = NO_HINTS) -> Extract:
    """Read some bytes of a known media type. Never raises for bad input: the state, stage and reason say what happened."""
    reader = reader_for(media_type)
    if reader is None:
        return failed(media_type, "identify", "not read: no reader")
    if not data:
        return _empty(media_type, reader, hints)
    try:
        return reader.function()(data, hints)
    except (RecursionError, MemoryError) as error:
        return failed(
            media_type,
            "read",
            f"the reader gave up ({type(error).__name__})",
            limit="memory" if isinstance(error, MemoryError) else "depth",
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the last wall; panics of parsers written in Rust are no `Exception`s
        return failed(media_type, "read", f"the reader failed ({type(error).__name__})")


def _empty(media_type: str, reader: Reader, hints: ReaderHints) -> Extract:
    """An empty file is read, with an empty text."""
    from leakdesk.documents import text

    made = text.plain(b"", hints, media_type=media_type, kind=Kind.DOCUMENT, schema="PlainText")
    return replace(made, kind=Kind.MESSAGE if media_type == "message/rfc822" else made.kind)


def failed(
    media_type: str, stage: str, reason: str, *, limit: str = "", kind: Kind = Kind.DOCUMENT, schema: str = "Document"
) -> Extract:
    """An Extract without a layer that says why."""
    return Extract(
        kind=kind, schema=schema, media_type=media_type, state=State.FAILED, stage=stage, reason=reason, limit=limit
    )
