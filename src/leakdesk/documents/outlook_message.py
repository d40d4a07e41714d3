"""Outlook's .msg files: properties out of a compound file, rebuilt as a message and read like any other."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

from leakdesk.documents import mapi
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.mapi import Attachment, Item, Properties
from leakdesk.model.document import Extract, Kind, Note, State

NAME = "leakdesk-msg 2"
MEDIA_TYPE = "application/vnd.ms-outlook"
#: Nested messages deeper than this are left unopened.
_DEEPEST = 16
_LARGEST = 1 << 30

Tree = dict[str, "Tree | None"]


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read a .msg file."""
    item = parse(data)
    if isinstance(item, str):
        return Extract(
            kind=Kind.MESSAGE, schema="Email", media_type=MEDIA_TYPE, state=State.FAILED, stage="open", reason=item
        )
    return as_extract(item, hints, MEDIA_TYPE, NAME)


def as_extract(item: Item, hints: ReaderHints, media_type: str, extractor: str) -> Extract:
    """An Outlook item as an Extract: our rebuild, read by the mail reader, with the state of what could not be opened."""
    from leakdesk.documents import mail

    made = mail.read(mapi.rebuild(item), hints)
    layer = replace(made.layer, extractor=extractor) if made.layer is not None else None
    parts = tuple(
        replace(part, data=None, state=State.FAILED, reason="the attachment's data is missing or damaged")
        if number < len(item.attachments)
        and item.attachments[number].data is None
        and item.attachments[number].item is None
        else part
        for number, part in enumerate(made.parts)
    )
    notes = (
        *made.notes,
        Note(rule="rebuilt", sentence="the store keeps no message bytes; this is our canonical rebuild"),
    )
    state = State.PARTIAL if item.missing and made.state is State.READ else made.state
    return replace(
        made,
        media_type=media_type,
        layer=layer,
        parts=parts,
        notes=notes,
        state=state,
        stage="read" if item.missing else made.stage,
        reason=item.missing or made.reason,
    )


def parse(data: bytes) -> Item | str:
    """The item of a .msg file, or why it cannot be read."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return _item(file, (), 32, 0)
    except Exception as error:  # olefile raises OSError, struct.error, IndexError and others on damaged files
        return f"damaged: not an Outlook message that can be opened ({type(error).__name__})"


def _item(file, path: tuple[str, ...], header: int, depth: int) -> Item:  # type: ignore[no-untyped-def]
    properties = _properties(file, path, header)
    properties.codepage = mapi.codepage_of(properties)
    item = Item(properties)
    for storage in _storages(file, path):
        inside = (*path, storage)
        if storage.startswith("__recip_version1.0_"):
            recipient = _properties(file, inside, 8)
            recipient.codepage = properties.codepage
            item.recipients.append(recipient)
        elif storage.startswith("__attach_version1.0_"):
            item.attachments.append(_attachment(file, inside, properties.codepage, depth))
    return item


def _attachment(file, path: tuple[str, ...], codepage: str, depth: int) -> Attachment:  # type: ignore[no-untyped-def]
    properties = _properties(file, path, 8)
    properties.codepage = codepage
    embedded = (*path, "__substg1.0_3701000D")
    if file.exists([*embedded, "__properties_version1.0"]) and depth < _DEEPEST:
        return Attachment(properties, item=_item(file, embedded, 24, depth + 1))
    if mapi.ATTACH_DATA in properties.values:
        return Attachment(properties, data=properties.raw(mapi.ATTACH_DATA))
    inner = [each for each in file.listdir() if tuple(each[: len(embedded)]) == embedded]
    if inner:  # an OLE object: its whole contents stream, where it has one
        for each in inner:
            if each[-1] in ("CONTENTS", "Contents", "package", "Package", "WordDocument", "\x01Ole10Native"):
                return Attachment(properties, data=file.openstream(each).read(_LARGEST))
        return Attachment(properties, data=b"".join(file.openstream(each).read(_LARGEST) for each in inner))
    return Attachment(properties)


def _storages(file, path: tuple[str, ...]) -> list[str]:  # type: ignore[no-untyped-def]
    depth = len(path)
    found = {
        each[depth]
        for each in file.listdir(streams=True, storages=True)
        if len(each) > depth and tuple(each[:depth]) == path
    }
    return sorted(found)


def _properties(file, path: tuple[str, ...], header: int) -> Properties:  # type: ignore[no-untyped-def]
    """Fixed-size values from the property stream, others from a stream of their own."""
    properties = Properties()
    name = [*path, "__properties_version1.0"]
    if file.exists(name):
        table = file.openstream(name).read()
        for at in range(header, len(table) - 15, 16):
            kind, each = struct.unpack_from("<HH", table, at)
            if kind in (mapi.LONG, mapi.TIME, mapi.BOOLEAN, 0x14, 0x02):
                properties.values[each] = (kind, table[at + 8 : at + 16])
    for stream in _storages(file, path):
        if not stream.startswith("__substg1.0_") or len(stream) < 20:
            continue
        tag = int(stream[12:20], 16)
        kind, each = tag & 0xFFFF, tag >> 16
        if kind in (mapi.STRING8, mapi.UNICODE, mapi.BINARY):
            properties.values[each] = (kind, file.openstream([*path, stream]).read(_LARGEST))
    return properties
