"""Outlook items as property lists, whatever they were stored in, and our canonical rebuild of them as a message.

MSG files, PST and OST stores and winmail.dat keep no message bytes, only properties. `rebuild` writes the same properties
always as the same RFC 822 bytes, so that ids are stable: headers that came with the message are kept as they stand (but
those that describe its old MIME structure), missing ones are made from the properties. What is rebuilt is marked so.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from leakdesk.documents.charsets import decode
from leakdesk.documents.decoding import without_surrogates

VERSION = "leakdesk-rebuild 1"

#: Property types ([MS-OXCDATA] 2.11.1).
STRING8, UNICODE, BINARY, OBJECT, TIME, LONG, BOOLEAN = 0x1E, 0x1F, 0x102, 0x0D, 0x40, 0x03, 0x0B
#: Property ids used here ([MS-OXPROPS]).
SUBJECT, BODY, HTML, RTF, CLASS, HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x001A, 0x007D
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP, SENT_NAME, SENT_ADDRESS, SENT_SMTP = (
    0x0C1A,
    0x0C1F,
    0x5D01,
    0x0042,
    0x0065,
    0x5D02,
)
SUBMITTED, DELIVERED, CREATED, MESSAGE_ID, IN_REPLY_TO, REFERENCES = 0x0039, 0x0E06, 0x3007, 0x1035, 0x1042, 0x1039
NAME, ADDRESS, SMTP, RECIPIENT_TYPE, BODY_CODEPAGE, CODEPAGE = 0x3001, 0x3003, 0x39FE, 0x0C15, 0x3FDE, 0x3FFD
ATTACH_DATA, ATTACH_NAME, ATTACH_SHORT, ATTACH_MIME, ATTACH_ID, ATTACH_METHOD = (
    0x3701,
    0x3707,
    0x3704,
    0x370E,
    0x3712,
    0x3705,
)
DISPLAY_TO, DISPLAY_CC, DISPLAY_BCC = 0x0E04, 0x0E03, 0x0E02

#: What contacts, appointments and tasks say beside their body: property id and label of its line.
LINES: tuple[tuple[int, str], ...] = (
    (0x3001, "Name"),
    (0x3A16, "Company"),
    (0x3A18, "Department"),
    (0x3A17, "Title"),
    (0x3A08, "Business phone"),
    (0x3A1C, "Mobile phone"),
    (0x3A09, "Home phone"),
    (0x3A24, "Fax"),
    (0x3A15, "Address"),
    (0x3A26, "Country"),
    (0x0060, "Start"),
    (0x0061, "End"),
    (0x3A51, "Home page"),
)

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Properties:
    """Properties of one object: id -> (type, value bytes). Integers are little-endian, as stored."""

    values: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    codepage: str = "cp1252"

    def text(self, *ids: int) -> str:
        """The first of these properties that holds text, decoded; "" where none does."""
        for each in ids:
            kind, raw = self.values.get(each, (0, b""))
            if not raw:
                continue
            if kind == UNICODE:
                text = raw.decode("utf-16-le", "replace")
            elif kind in (STRING8, BINARY):
                text = decode(raw, self.codepage).text
            elif kind == TIME:
                when = self.time(each)
                text = when.isoformat() if when else ""
            else:
                continue
            text = without_surrogates(text).rstrip("\0").replace("\0", " ")
            if text:
                return text
        return ""

    def raw(self, each: int) -> bytes:
        """The bytes of a property, b"" where it is absent."""
        return self.values.get(each, (0, b""))[1]

    def number(self, each: int) -> int | None:
        """An integer property."""
        raw = self.raw(each)
        return int.from_bytes(raw[:4], "little", signed=True) if raw else None

    def time(self, *ids: int) -> datetime | None:
        """The first of these properties that is a time (UTC)."""
        for each in ids:
            raw = self.raw(each)
            if len(raw) >= 8:
                ticks = int.from_bytes(raw[:8], "little")
                try:
                    return (_EPOCH + timedelta(microseconds=ticks // 10)).replace(microsecond=0)
                except OverflowError:
                    continue
        return None


@dataclass(slots=True)
class Attachment:
    """A file or an item attached to an item. `data` None: it could not be read."""

    properties: Properties
    data: bytes | None = None
    item: Item | None = None

    def name(self, number: int) -> str:
        """Its file name."""
        found = self.properties.text(ATTACH_NAME, ATTACH_SHORT, NAME)
        if self.item is not None:
            title = found or self.item.properties.text(SUBJECT) or f"message-{number}"
            return title if title.lower().endswith((".msg", ".eml")) else f"{title}.eml"
        return found or f"attachment-{number}.bin"


@dataclass(slots=True)
class Item:
    """A message, contact, appointment, task or note: its properties, recipients and attachments; what is missing of it."""

    properties: Properties
    recipients: list[Properties] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    missing: str = ""

    def kind(self) -> str:
        """The message class, in lower case ("ipm.note")."""
        return self.properties.text(CLASS).lower() or "ipm.note"


LOCALE = 0x3FF1
#: Code pages of Windows by locale, for items that name no code page.
_BY_LOCALE = {
    0x0404: 950,
    0x0804: 936,
    0x0411: 932,
    0x0412: 949,
    0x0419: 1251,
    0x0422: 1251,
    0x0423: 1251,
    0x0402: 1251,
    0x0415: 1250,
}


def codepage_of(properties: Properties) -> str:
    """The code page of an item's eight-bit strings."""
    number = (
        properties.number(CODEPAGE)
        or _BY_LOCALE.get(properties.number(LOCALE) or 0)
        or properties.number(BODY_CODEPAGE)
    )
    return f"cp{number}" if number and number != 1200 else "cp1252"


# --- the rebuild -------------------------------------------------------------------------------------------------------

_STRUCTURAL = re.compile(rb"^(?:content-[^:]*|mime-version|bcc-removed)[ \t]*:", re.IGNORECASE)


def rebuild(item: Item, depth: int = 0) -> bytes:
    """The canonical message bytes of an item: the same properties give the same bytes."""
    plain, markup = bodies(item)
    lines = _headers(item)
    parts: list[bytes] = []
    body = _alternative(plain, markup)
    for number, attachment in enumerate(item.attachments, 1):
        parts.append(_attached(attachment, number, depth))
    if not parts:
        return b"\n".join([*lines, b"MIME-Version: 1.0", body])
    content = _joined("mixed", [body, *parts])
    return b"\n".join([*lines, b"MIME-Version: 1.0", content])


def bodies(item: Item) -> tuple[str, str]:
    """(plain, HTML) of an item: as stored, else out of its RTF; property lines of contacts and the like come first."""
    properties = item.properties
    plain = properties.text(BODY)
    raw = properties.raw(HTML)
    markup = ""
    if raw:
        kind = properties.values[HTML][0]
        number = properties.number(BODY_CODEPAGE)
        markup = (
            raw.decode("utf-16-le", "replace")
            if kind == UNICODE
            else decode(raw, f"cp{number}" if number and number != 65001 else "utf-8").text
        )
    if not plain.strip() and not markup.strip() and properties.raw(RTF):
        from leakdesk.documents import rtf

        rich = rtf.parse(rtf.decompress(properties.raw(RTF)))
        plain, markup = ("", rich.html) if rich.html is not None else (rich.body(), "")
    if not item.kind().startswith(("ipm.note", "report")):
        lines = [f"{label}: {properties.text(each)}" for each, label in LINES if properties.text(each)]
        plain = "\n".join([*lines, "", plain]) if lines else plain
    return without_surrogates(plain).replace("\r\n", "\n"), without_surrogates(markup).replace("\r\n", "\n").rstrip(
        "\0"
    )


def _headers(item: Item) -> list[bytes]:
    properties = item.properties
    given = properties.text(HEADERS)
    lines = _kept(given) if ":" in given else []
    present = {line.split(b":", 1)[0].strip().lower() for line in lines if line[:1] not in b" \t"}

    def add(name: str, value: str) -> None:
        if value.strip() and name.lower().encode() not in present:
            lines.append(f"{name}: {_one_line(value)}".encode())

    sender = _mailbox(
        properties.text(SENT_NAME, SENDER_NAME), properties.text(SENT_SMTP, SENDER_SMTP, SENT_ADDRESS, SENDER_ADDRESS)
    )
    add("From", sender)
    for number, name, shown in ((1, "To", DISPLAY_TO), (2, "Cc", DISPLAY_CC), (3, "Bcc", DISPLAY_BCC)):
        people = [
            _mailbox(r.text(NAME), r.text(SMTP, ADDRESS))
            for r in item.recipients
            if (r.number(RECIPIENT_TYPE) or 1) & 0xF == number
        ]
        add(name, ", ".join(person for person in people if person) or properties.text(shown).replace(";", ","))
    when = properties.time(SUBMITTED, DELIVERED, CREATED)
    add("Date", when.strftime("%a, %d %b %Y %H:%M:%S +0000") if when else "")
    add("Subject", properties.text(SUBJECT).lstrip("\x01").removeprefix("\x04"))
    add("Message-ID", properties.text(MESSAGE_ID))
    add("In-Reply-To", properties.text(IN_REPLY_TO))
    add("References", properties.text(REFERENCES))
    if not item.kind().startswith("ipm.note"):
        add("X-Outlook-Class", item.kind())
    return lines


def _kept(given: str) -> list[bytes]:
    lines: list[bytes] = []
    dropping = False
    for line in given.replace("\r\n", "\n").strip("\n").split("\n"):
        raw = line.encode("utf-8")
        if not line.strip():
            break
        if raw[:1] in (b" ", b"\t"):
            if not dropping and lines:
                lines.append(raw)
            continue
        dropping = _STRUCTURAL.match(raw) is not None or b":" not in raw
        if not dropping:
            lines.append(raw)
    return lines


def _one_line(text: str) -> str:
    return " ".join(without_surrogates(text).split())


def _mailbox(name: str, address: str) -> str:
    name, address = _one_line(name), _one_line(address)
    if "@" not in address and not address.startswith("/"):
        return name or address
    if not name or name == address or ("@" in name and name.strip("'\"<>") == address):
        return f"<{address}>" if address.startswith("/") else address
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'


def _alternative(plain: str, markup: str) -> bytes:
    if markup.strip() and plain.strip():
        return _joined("alternative", [_text("plain", plain), _text("html", markup)])
    return _text("html", markup) if markup.strip() else _text("plain", plain)


def _text(kind: str, text: str) -> bytes:
    head = f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n".encode()
    return head + text.encode("utf-8")


def _attached(attachment: Attachment, number: int, depth: int) -> bytes:
    name = quote(attachment.name(number), safe="")
    disposition = f"Content-Disposition: attachment; filename*=utf-8''{name}\n"
    if attachment.item is not None and depth < 32:
        inner = rebuild(attachment.item, depth + 1)
        return f"Content-Type: message/rfc822\nContent-Transfer-Encoding: 8bit\n{disposition}\n".encode() + inner
    kind = attachment.properties.text(ATTACH_MIME).strip().lower()
    if not re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", kind) or kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"
    if attachment.properties.text(ATTACH_ID):
        disposition += f"Content-ID: <{_one_line(attachment.properties.text(ATTACH_ID))}>\n"
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n{disposition}\n".encode()
    return head + base64.encodebytes(attachment.data or b"").rstrip(b"\n")


def _joined(kind: str, parts: list[bytes]) -> bytes:
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]
    boundary = f"=_leakdesk_{kind}_{digest}"
    lines = [f'Content-Type: multipart/{kind}; boundary="{boundary}"\n'.encode()]
    for part in parts:
        lines.append(f"\n--{boundary}\n".encode() + part)
    lines.append(f"\n--{boundary}--\n".encode())
    return b"".join(lines)
