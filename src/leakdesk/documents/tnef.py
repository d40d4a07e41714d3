"""winmail.dat (TNEF): Outlook's envelope around attachments and a body that other programs cannot open ([MS-OXTNEF])."""

from __future__ import annotations

import struct

from leakdesk.documents import mapi
from leakdesk.documents.charsets import decode
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.mapi import Attachment, Item, Properties
from leakdesk.model.document import Extract, Kind, Note, Part, State

NAME = "leakdesk-tnef 2"
MEDIA_TYPE = "application/vnd.ms-tnef"
_SIGNATURE = 0x223E9F78
_TITLE, _DATA, _RENDER, _PROPERTIES, _ATTACHED, _BODY, _SUBJECT, _CODEPAGE = (
    0x00018010, 0x0006800F, 0x00069002, 0x00069003, 0x00069005, 0x0002800C, 0x00018004, 0x00069007,
)  # fmt: skip
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_DEEPEST = 16


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read winmail.dat: its attachments become parts, its body the text."""
    item, whole = parse(data, 0)
    if item is None:
        return Extract(
            kind=Kind.CONTAINER,
            schema="Package",
            media_type=MEDIA_TYPE,
            state=State.FAILED,
            stage="open",
            reason="damaged: not a TNEF file",
        )
    from leakdesk.documents.mail_layer import letter_layer
    from leakdesk.documents.web import visible

    plain, markup = mapi.bodies(item)
    text = plain if plain.strip() else visible(markup).text
    layer = letter_layer("", [(text, None)], extractor=NAME)
    return Extract(
        kind=Kind.CONTAINER,
        schema="Package",
        media_type=MEDIA_TYPE,
        layer=layer,
        title=item.properties.text(mapi.SUBJECT) or None,
        parts=tuple(_part(attachment, number) for number, attachment in enumerate(item.attachments, 1)),
        state=State.READ if whole else State.PARTIAL,
        stage="" if whole else "read",
        reason="" if whole else "truncated: the end of the file is missing or damaged",
    )


def _part(attachment: Attachment, number: int) -> Part:
    name = attachment.name(number)
    if attachment.item is not None:
        note = Note(rule="rebuilt", sentence="the store keeps no message bytes; this is our canonical rebuild")
        return Part(name=name, data=mapi.rebuild(attachment.item), media_type="message/rfc822", notes=(note,))
    if attachment.data is None:
        return Part(name=name, data=None, state=State.FAILED, reason="the attachment's data is missing")
    return Part(name=name, data=attachment.data, media_type=attachment.properties.text(mapi.ATTACH_MIME).lower())


def parse(data: bytes, depth: int) -> tuple[Item | None, bool]:
    """(item, whether it was read to its end) of a TNEF stream."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        return None, False
    item = Item(Properties())
    at, whole = 6, True
    while at + 9 <= len(data):
        kind, size = struct.unpack_from("<II", data, at + 1)
        value = data[at + 9 : at + 9 + size]
        if len(value) < size:
            whole = False
        _take(item, kind, value, depth)
        at += 9 + size + 2
    return item, whole


def _take(item: Item, kind: int, value: bytes, depth: int) -> None:
    properties = item.properties
    if kind == _CODEPAGE and len(value) >= 4:
        properties.codepage = f"cp{struct.unpack_from('<I', value)[0]}"
    elif kind == _PROPERTIES:
        properties.values.update(_properties(value).values)
        properties.codepage = (
            mapi.codepage_of(properties) if mapi.CODEPAGE in properties.values else properties.codepage
        )
    elif kind in (_BODY, _SUBJECT):
        properties.values.setdefault(mapi.BODY if kind == _BODY else mapi.SUBJECT, (mapi.STRING8, value.rstrip(b"\0")))
    elif kind == _RENDER:
        item.attachments.append(Attachment(Properties(codepage=properties.codepage)))
    elif kind in (_TITLE, _DATA, _ATTACHED):
        if not item.attachments:
            item.attachments.append(Attachment(Properties(codepage=properties.codepage)))
        _fill(item.attachments[-1], kind, value, depth)


def _fill(attachment: Attachment, kind: int, value: bytes, depth: int) -> None:
    if kind == _DATA:
        attachment.data = value
    elif kind == _TITLE:
        name = decode(value.rstrip(b"\0"), attachment.properties.codepage).text
        attachment.properties.values.setdefault(mapi.ATTACH_SHORT, (mapi.UNICODE, name.encode("utf-16-le", "replace")))
    else:
        found = _properties(value)
        attachment.properties.values.update(found.values)
        raw = found.raw(mapi.ATTACH_DATA)
        if raw[16:20] == struct.pack("<I", _SIGNATURE) and depth < _DEEPEST:
            attachment.item, _ = parse(raw[16:], depth + 1)
        elif raw and attachment.data is None:
            attachment.data = raw[16:] if found.values[mapi.ATTACH_DATA][0] == mapi.OBJECT else raw


def _properties(value: bytes) -> Properties:
    """A property list; what is damaged ends it."""
    properties = Properties()
    try:
        (count,) = struct.unpack_from("<I", value)
        at = 4
        for _ in range(min(count, 10_000)):
            kind, each = struct.unpack_from("<HH", value, at)
            at += 4
            if each >= 0x8000:
                at = _over_name(value, at)
            at = _value(value, at, kind, each, properties)
    except (struct.error, IndexError):
        return properties
    return properties


def _over_name(value: bytes, at: int) -> int:
    (kind,) = struct.unpack_from("<I", value, at + 16)
    at += 20
    if kind == 0:
        return at + 4
    (length,) = struct.unpack_from("<I", value, at)
    return at + 4 + _padded(length)


def _value(value: bytes, at: int, kind: int, each: int, properties: Properties) -> int:
    many, base = bool(kind & 0x1000), kind & 0x0FFF
    count = 1
    if many or base not in _FIXED:
        (count,) = struct.unpack_from("<I", value, at)
        at += 4
    for number in range(min(count, 10_000)):
        if base in _FIXED:
            raw, at = value[at : at + _FIXED[base]], at + _FIXED[base]
        else:
            (length,) = struct.unpack_from("<I", value, at)
            raw, at = value[at + 4 : at + 4 + length], at + 4 + _padded(length)
        if number == 0:
            properties.values[each] = (base, raw.rstrip(b"\0") if base == mapi.STRING8 else raw)
    return at


def _padded(length: int) -> int:
    return length + (-length % 4)


__all__ = ["MEDIA_TYPE", "NAME", "parse", "read"]
