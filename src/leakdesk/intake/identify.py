"""What some bytes are: by content; the name is a hint where content cannot tell, and a wrong name is noted.

Only fixed marks at fixed places are looked at here, and never more than a few kilobytes: this runs outside the box.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from leakdesk.intake.mailbox import is_separator

#: How much of a file's beginning, and of its end, `identify` may look at.
HEAD = 65_536
UNKNOWN = "application/octet-stream"
MBOX = "application/mbox"
MESSAGE = "message/rfc822"
ZIP = "application/zip"
TAR = "application/x-tar"
GZIP = "application/gzip"

#: (offset, mark, media type), first that fits.
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"AT&TFORM", "image/vnd.djvu"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"!BDN", "application/vnd.ms-outlook-pst"),
    (0, b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (0, b"\x1f\x8b", GZIP),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (257, b"ustar", TAR),
    (0, b"BM", "image/bmp"),
    (40, b" EMF", "image/emf"),
    (0, b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (0, b"\1\0\t\0\0\3", "image/wmf"),
    (0, b"\2\0\t\0\0\3", "image/wmf"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"MZ", "application/x-dosexec"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"BEGIN:VCALENDAR", "text/calendar"),
    (0, b"BEGIN:VCARD", "text/vcard"),
    (0, b"\1\1\1\1\n", MBOX),
    (0, b"\1\1\1\1\r\n", MBOX),
    (0, b"-----BEGIN PGP MESSAGE-----", "application/pgp-encrypted"),
    (0, b"-----BEGIN PGP SIGNATURE-----", "application/pgp-signature"),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
)
#: Names that stand in a zip's first entries or its directory -> what the zip is.
_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"word/document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"META-INF/container.xml", "application/epub+zip"),
    (b"com.microsoft.__Messages/", "application/x-olm"),
)
#: How the first member of an Office file or an e-book is called, whoever wrote it.
_OFFICE_FIRST = (
    b"[Content_Types].xml",
    b"_rels/",
    b"word/",
    b"xl/",
    b"ppt/",
    b"docProps/",
    b"customXml/",
    b"META-INF/",
)
_ZIP_MIMETYPE = re.compile(rb"^mimetype(application/[a-z.+-]+)")
#: Stream names in an OLE file's directory (UTF-16) -> what it is. Encrypted Office files are OLE files too.
_OLE_KINDS: tuple[tuple[str, str], ...] = (
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("EncryptedPackage", "application/x-ooxml-protected"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
#: Endings -> media type, used where the content is text of no known kind, or to notice a wrong name.
ENDINGS: dict[str, str] = {
    "txt": "text/plain",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "md": "text/markdown",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
    "mht": "multipart/related",
    "mhtml": "multipart/related",
    "eml": MESSAGE,
    "emlx": "application/x-emlx",
    "mbox": MBOX,
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "pdf": "application/pdf",
    "zip": ZIP,
    "tar": TAR,
    "gz": GZIP,
    "tgz": GZIP,
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "rtf": "application/rtf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
    "pst": "application/vnd.ms-outlook-pst",
    "ost": "application/vnd.ms-outlook-pst",
    "docx": _ZIP_KINDS[0][1],
    "xlsx": _ZIP_KINDS[1][1],
    "pptx": _ZIP_KINDS[2][1],
    "epub": "application/epub+zip",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "olm": "application/x-olm",
    "gpg": "application/pgp-encrypted",
    "pgp": "application/pgp-encrypted",
    "emlxpart": "application/x-emlxpart",
    "p7m": "application/pkcs7-mime",
    "p7s": "application/pkcs7-signature",
    "json": "application/json",
    "xml": "application/xml",
    "dat": UNKNOWN,
}
#: Kinds of text that only the ending tells apart.
_TEXT_BY_ENDING = frozenset({"csv", "tsv", "md", "json", "mht", "mhtml"})
#: Kinds of bytes that only the ending tells apart.
_BINARY_BY_ENDING = frozenset({"application/pkcs7-mime", "application/pkcs7-signature", "application/pgp-encrypted"})
_HEADER_LINE = re.compile(rb"[!-9;-~]+[ \t]*:")
_MAIL_FIELD = re.compile(
    rb"(?im)^(from|to|cc|bcc|subject|date|received|message-id|mime-version|return-path|delivered-to|reply-to|sender|"
    rb"content-type|content-transfer-encoding|in-reply-to|references|x-mailer|envelope-to|x-[\w-]+|dkim-signature|status|"
    rb"authentication-results|arc-seal|list-id|thread-topic|user-agent|importance|"
    rb"resent-[\w-]+|disposition-notification-to)[ \t]*:"
)
_LINE_END = re.compile(rb"\r+\n?")
_HTML = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|br|span|a\s)[\s>/]")
_EMLX = re.compile(rb"\d{1,10}[ \t]*\r?\n")
_BAD_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def identify(head: bytes, name: str = "", tail: bytes = b"") -> str:
    """The media type of a file by its first bytes (up to HEAD), its name as a hint, and its last bytes where known."""
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip_kind(head, tail, name)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(head + tail, name)
    if head.startswith(b"MZ") and _opens_itself(tail or head):
        return ZIP
    for offset, mark, media_type in _MARKS:
        if head.startswith(mark, offset):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if b"\nbegin:" in head[:200].lower() and head.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        return "text/calendar"
    return _text_kind(head, name)


def identify_original(read: Callable[[int, int], bytes], size: int, name: str) -> str:
    """The same for a sealed original; `read(offset, length)` gives its bytes. Looks at an OLE file's directory too."""
    head = read(0, min(size, HEAD))
    if head.startswith(b"\xd0\xcf\x11\xe0") and size > HEAD and len(head) > 76:
        sector = 1 << min(int.from_bytes(head[30:32], "little"), 16)
        directory = (int.from_bytes(head[48:52], "little") + 1) * sector
        return identify(head, name, read(directory, HEAD) if directory < size else b"")
    tail = read(size - HEAD, HEAD) if size > HEAD else b""
    return identify(head, name, tail)


def ending(name: str) -> str:
    """The ending of a file name in lower case, without its dot."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def name_differs(media_type: str, name: str) -> str | None:
    """One sentence where the ending promises another kind than the content is; None where it does not."""
    promised = ENDINGS.get(ending(name))
    if promised is None or promised == media_type or UNKNOWN in (promised, media_type):
        return None
    family = {promised, media_type}
    if family <= {ZIP, "application/epub+zip", "application/x-olm"} or family <= {
        MESSAGE,
        "multipart/related",
        MBOX,
        "application/x-emlx",
    }:
        return None
    if media_type.startswith("text/") and promised.startswith(("text/", "application/xml", "application/json")):
        return None
    return f"the name ends in .{ending(name)}, the content is {media_type}"


def _opens_itself(tail: bytes) -> bool:
    """Whether a program ends in the list of a zip's members: a self-extracting archive."""
    at = tail.rfind(b"PK\x05\x06")
    return at >= 0 and int.from_bytes(tail[at + 10 : at + 12], "little") > 0 and len(tail) - at < 22 + (1 << 16)


def _zip_kind(head: bytes, tail: bytes, name: str) -> str:
    declared = _ZIP_MIMETYPE.match(head[30:200])
    if declared:
        # The name and the stored content of a first entry "mimetype" run together; the next entry begins with "PK".
        return declared[1].split(b"PK")[0].decode("ascii")
    first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    for mark, media_type in _ZIP_KINDS:
        # An archive that merely holds an Office file shows that file's marks too; its own first member tells them apart.
        office = not media_type.startswith("application/x-")
        if (mark in head or mark in tail) and (not office or first.startswith(_OFFICE_FIRST)):
            return media_type
    hinted = ENDINGS.get(ending(name), "")
    office = hinted.startswith("application/vnd.openxml") and b"[Content_Types].xml" in head + tail
    return hinted if office else ZIP


def _ole_kind(data: bytes, name: str) -> str:
    for stream, media_type in _OLE_KINDS:
        if stream.encode("utf-16-le") + b"\0\0" in data:
            return media_type
    hinted = ENDINGS.get(ending(name), "")
    return (
        hinted
        if hinted.startswith("application/") and ending(name) in ("doc", "xls", "ppt", "msg")
        else "application/x-ole-storage"
    )


def _text_kind(head: bytes, name: str) -> str:
    if not head:
        return _text_by_name(name)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        wide = head[2:16_386].decode("utf-16-le" if head[0] == 0xFF else "utf-16-be", "replace")
        if _looks_like_message(wide.encode("utf-8", "replace")):
            return MESSAGE
        return "text/html" if ending(name) in ("html", "htm") else "text/plain"
    body = head.removeprefix(b"\xef\xbb\xbf")
    if _starts_mailbox(body.lstrip(b" \t\r\n")):
        return MBOX
    if _looks_like_message(body):
        return "multipart/related" if ending(name) in ("mht", "mhtml") else MESSAGE
    counted = _EMLX.match(body)
    if counted and _looks_like_message(body[counted.end() :]):
        return "application/x-emlx"
    if _is_unmarked_utf16(body[:4096]):
        return _text_by_name(name)
    if len(_BAD_CONTROL.findall(body[:8192])) > len(body[:8192]) // 100:
        return _binary_by_name(name)
    if _HTML.search(body[:4096]) and (ending(name) in ("html", "htm", "xhtml", "") or body.lstrip()[:1] == b"<"):
        return "text/html"
    if body.lstrip()[:5] == b"<?xml":
        return "text/html" if b"<html" in body[:4096].lower() else "application/xml"
    if body.lstrip()[:15].upper() in (b"BEGIN:VCALENDAR",):
        return "text/calendar"
    return _text_by_name(name)


def _is_unmarked_utf16(body: bytes) -> bool:
    """True for UTF-16 without a mark: nearly every second byte is 0 (Latin) or 4 (Cyrillic), and nearly no other is."""
    even, odd = body[0 : len(body) & ~1 : 2], body[1 : len(body) & ~1 : 2]
    if len(even) < 8:
        return False
    high = [part.count(0) + part.count(4) for part in (even, odd)]
    return max(high) * 10 >= len(even) * 9 and min(high) * 10 <= len(even)


def _starts_mailbox(body: bytes) -> bool:
    if not body.startswith(b"From "):
        return False
    if b"\n" not in body:
        body = body.replace(b"\r", b"\n")
    first, _, rest = body.partition(b"\n")
    return len(first) < 1000 and (is_separator(True, first, rest[:1000]) or bool(_MAIL_FIELD.match(rest)))


def _looks_like_message(body: bytes) -> bool:
    """True where the text opens with header lines, at least two of them, or one of a mail's own fields."""
    lines = _LINE_END.sub(b"\n", body[:16_384]).lstrip(b"\n").split(b"\n\n", 1)[0].split(b"\n")
    if not lines or not _HEADER_LINE.match(lines[0]):
        return False
    fields = [line for line in lines if line[:1] not in (b" ", b"\t")]
    good = sum(1 for line in fields if _HEADER_LINE.match(line))
    known = len({match[1].lower() for match in _MAIL_FIELD.finditer(b"\n".join(fields[:60]))})
    return (known >= 2 and good * 10 >= len(fields) * 6) or (
        known == 1 and good == len(fields) and len(body) > len(lines[0]) + 1
    )


def _text_by_name(name: str) -> str:
    end = ending(name)
    if end == "emlxpart":
        return ENDINGS[end]
    if end in _TEXT_BY_ENDING:
        return ENDINGS[end]
    return "text/html" if end in ("html", "htm", "xhtml") else "text/plain"


def _binary_by_name(name: str) -> str:
    hinted = ENDINGS.get(ending(name), UNKNOWN)
    return hinted if hinted in _BINARY_BY_ENDING else UNKNOWN
