"""Outlook's stores: every item of a PST, OST or OLM file, one after the other, as our canonical rebuild.

An item that the store names but cannot give counts all the same: it comes with a reason instead of bytes. libpff gives no
items inside attached messages; what their property heap holds is read here, and the rest is said to be missing.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from leakdesk.documents import mapi
from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.mapi import Attachment, Item, Properties
from leakdesk.documents.pst_items import attachment_of, from_heap, whole_item
from leakdesk.documents.pst_nodes import Nodes

NAME = "leakdesk-outlook 1"
_LARGEST = 1 << 30
_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class StoreItem:
    """One item of a store: its folders from the top, its 1-based number within its folder, what it is ("ipm.note", ...), its
    rebuilt bytes (None where it cannot be read: then `reason` says why), and what is missing of it ("" where nothing is)."""

    folder: tuple[str, ...]
    number: int
    kind: str
    data: bytes | None
    reason: str = ""
    missing: str = ""
    names: tuple[str, ...] = field(default=())


class NotAStore(Exception):
    """The file is no store that can be opened; the argument says why."""


def iter_store(path: Path | str) -> Iterator[StoreItem]:
    """Every item of a PST, OST or OLM file. Raises NotAStore if the file cannot be opened, after the items that could be
    found in it all the same."""
    place = Path(path)
    with place.open("rb") as stream:
        head = stream.read(4)
    if head == b"PK\x03\x04":
        yield from _olm(place)
    else:
        yield from _pst(place)


# --- PST and OST -------------------------------------------------------------------------------------------------------


def _pst(path: Path) -> Iterator[StoreItem]:
    import pypff

    store = pypff.file()
    nodes = Nodes.open(path)
    try:
        store.open(str(path))
        root = store.root_folder
    except (OSError, MemoryError, RuntimeError) as error:
        if nodes is not None:
            yield from _unseen(nodes, "cp1252", set())
            nodes.close()
        raise NotAStore(f"damaged: the store cannot be opened ({generation(path)})") from error
    try:
        codepage = store.ascii_codepage
        named = codepage.decode("ascii", "replace") if isinstance(codepage, bytes) else str(codepage)
        seen: set[int] = set()
        if root is not None:
            yield from _folder(root, (), named, 0, nodes, seen)
        yield from _orphans(store, seen)
        if nodes is not None:
            yield from _unseen(nodes, named, seen)
    finally:
        store.close()
        if nodes is not None:
            nodes.close()


def generation(path: Path) -> str:
    """Which Outlook writes stores like this one ([MS-PST] 2.2.2.6, wVer), so that somebody can open it there."""
    with path.open("rb") as stream:
        head = stream.read(12)
    version = int.from_bytes(head[10:12], "little")
    if head[:4] != b"!BDN" or len(head) < 12:
        return "it does not begin as a store does"
    if version in (14, 15):
        return "the format of Outlook 97 to 2002"
    if version >= 36:
        return "the format of Outlook 2013 and later, with pages of 4,096 bytes"
    return "the format of Outlook 2003 and later" if version in (21, 23) else f"an unknown format, {version}"


def _unseen(nodes: Nodes, codepage: str, seen: set[int]) -> Iterator[StoreItem]:
    """Items that the store's own tree names and nothing above has shown: of folders that libpff does not reach, or of none."""
    number = 0
    try:
        for node in nodes.messages():
            if node in seen:
                continue
            number += 1
            lost = StoreItem((_NOT_LISTED,), number, "unknown", None, reason="damaged: it is named, and cannot be read")
            yield _by_node(nodes, node, codepage, lost)
    except (struct.error, IndexError, OSError):
        yield StoreItem(
            (_NOT_LISTED,), number + 1, "unknown", None, reason="damaged: the store's list of items breaks off"
        )


_NOT_LISTED = "(in no folder that can be reached)"


def _folder(
    folder: Any, path: tuple[str, ...], codepage: str, depth: int, nodes: Nodes | None, seen: set[int]
) -> Iterator[StoreItem]:
    count = _count(folder, "number_of_sub_messages")
    if count and nodes is not None:
        seen |= _listed(nodes, _count(folder, "identifier"))
    for number in range(count):
        made = _stored(lambda n=number: folder.get_sub_message(n), path, number + 1, codepage, nodes)
        if made.data is None and nodes is not None:
            made = _rescued(nodes, _count(folder, "identifier"), (number, count), codepage, made)
        yield made
    if depth >= _DEEPEST:
        return
    names: dict[str, int] = {}
    for number in range(_count(folder, "number_of_sub_folders")):
        try:
            inner = folder.get_sub_folder(number)
            name = without_surrogates(inner.name or f"folder {number + 1}")
        except (OSError, MemoryError, RuntimeError, UnicodeError):
            yield StoreItem(
                (*path, f"folder {number + 1}"), 1, "folder", None, reason="damaged: the folder cannot be opened"
            )
            continue
        names[name] = names.get(name, 0) + 1
        label = name if names[name] == 1 else f"{name}~{names[name]}"
        yield from _folder(inner, (*path, label), codepage, depth + 1, nodes, seen)


def _rescued(nodes: Nodes, folder: int, place: tuple[int, int], codepage: str, lost: StoreItem) -> StoreItem:
    """An item that libpff cannot open, by our own reader of nodes; the loss itself where that cannot either."""
    number, count = place
    try:
        items = nodes.items_of(folder)
    except (struct.error, IndexError, OSError, ValueError):
        return lost
    return _by_node(nodes, items[number], codepage, lost) if len(items) == count else lost


def _listed(nodes: Nodes, folder: int) -> set[int]:
    try:
        return set(nodes.items_of(folder))
    except (struct.error, IndexError, OSError, ValueError):
        return set()


def _by_node(nodes: Nodes, node: int, codepage: str, lost: StoreItem) -> StoreItem:
    """The item of a node by our own reader; the loss itself where that cannot read it."""
    try:
        heap = nodes.heap_of(node)
        if heap[2:4] != b"\xec\xbc":
            return lost
        item = whole_item(nodes, heap, nodes.inside_of(node), codepage)
    except (struct.error, IndexError, OSError, ValueError):
        return lost
    if not item.properties.values:
        return lost
    return replace(lost, kind=item.kind(), data=mapi.rebuild(item), reason="", missing=item.missing)


def _orphans(store: Any, seen: set[int]) -> Iterator[StoreItem]:
    """Items that no folder names any more (deleted, but still in the file), where libpff finds some."""

    def orphan(number: int) -> Any:
        item = store.get_orphan_item(number)
        seen.add(_count(item, "identifier"))
        return item

    for number in range(_count(store, "number_of_orphan_items")):
        yield _stored(lambda n=number: orphan(n), ("(no folder)",), number + 1, "cp1252")


def _count(thing: Any, name: str) -> int:
    try:
        return int(getattr(thing, name))
    except (OSError, MemoryError, RuntimeError, AttributeError):
        return 0


def _stored(get: Any, path: tuple[str, ...], number: int, codepage: str, nodes: Nodes | None = None) -> StoreItem:
    try:
        item = _item(get(), codepage, nodes)
    except (OSError, MemoryError, RuntimeError, UnicodeError, ValueError, AttributeError, struct.error) as error:
        return StoreItem(path, number, "unknown", None, reason=_why(error))
    names = tuple(attachment.name(n) for n, attachment in enumerate(item.attachments, 1))
    return StoreItem(path, number, item.kind(), mapi.rebuild(item), missing=item.missing, names=names)


_VALUE_TYPE = re.compile(r"unsupported value type: (0x[0-9a-f]{8})")


def _why(error: Exception) -> str:
    """What libpff stumbled over, without anything of the item itself."""
    found = _VALUE_TYPE.search(str(error))
    if found is not None:
        kind = int(found[1], 16)
        return f"damaged: a property of the unknown type {kind:#06x} stands in the item, and libpff stops there"
    return f"damaged: the item cannot be read ({type(error).__name__})"


def _item(message: Any, codepage: str, nodes: Nodes | None) -> Item:
    properties = _record(message, codepage)
    item = Item(properties)
    recipients = getattr(message, "recipients", None)
    if recipients is not None:
        for number in range(_count(recipients, "number_of_record_sets")):
            item.recipients.append(_from_entries(recipients.get_record_set(number), properties.codepage))
    for number in range(_count(message, "number_of_attachments")):
        try:
            attachment = message.get_attachment(number)
            inner = _inner(nodes, _count(message, "identifier"), _count(attachment, "identifier"), properties.codepage)
            item.attachments.append(inner or _attachment(attachment, properties.codepage))
        except (OSError, MemoryError, RuntimeError, ValueError):
            item.attachments.append(Attachment(Properties()))
        if item.attachments[-1].data is None and item.attachments[-1].item is None:
            item.missing = "an attachment's data cannot be read"
        inner = item.attachments[-1].item
        if inner is not None and inner.missing:
            item.missing = item.missing or "an attached message is read in part"
    return item


def _record(thing: Any, codepage: str) -> Properties:
    properties = Properties(codepage=codepage)
    for number in range(_count(thing, "number_of_record_sets")):
        properties.values.update(_from_entries(thing.get_record_set(number), codepage).values)
    if mapi.CODEPAGE in properties.values or mapi.BODY_CODEPAGE in properties.values:
        properties.codepage = mapi.codepage_of(properties)
    return properties


def _from_entries(records: Any, codepage: str) -> Properties:
    properties = Properties(codepage=codepage)
    for number in range(_count(records, "number_of_entries")):
        try:
            entry = records.get_entry(number)
            kind, value, raw = entry.entry_type, entry.value_type, entry.data
        except (OSError, MemoryError, RuntimeError):
            continue
        if kind is not None and raw is not None and len(raw) <= _LARGEST:
            properties.values[kind] = (value, bytes(raw))
    return properties


def _inner(nodes: Nodes | None, message: int, attachment: int, codepage: str) -> Attachment | None:
    """An attached message by our own reader of nodes, which reaches what is inside it; None for all other attachments."""
    if nodes is None or not message or not attachment:
        return None
    try:
        made = attachment_of(nodes, message, attachment, codepage)
    except (struct.error, IndexError, OSError, ValueError):
        return None
    return made if made is not None and made.item is not None else None


def _attachment(attachment: Any, codepage: str) -> Attachment:
    properties = _record(attachment, codepage)
    size = _count(attachment, "size")
    data = bytes(attachment.read_buffer(size)) if 0 < size <= _LARGEST else (b"" if size == 0 else None)
    kind = properties.values.get(mapi.ATTACH_DATA, (0, b""))[0]
    if kind == mapi.OBJECT and data is not None and data[2:4] == b"\xec\xbc":
        return Attachment(properties, item=from_heap(data, codepage))
    return Attachment(properties, data=data)


# --- OLM ---------------------------------------------------------------------------------------------------------------


def _olm(path: Path) -> Iterator[StoreItem]:
    from leakdesk.documents import outlook_mac

    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise NotAStore("damaged: its list of members cannot be read") from error
    with archive:
        for folder, number, name in outlook_mac.messages(archive):
            item = outlook_mac.item(archive, name)
            if isinstance(item, str):
                yield StoreItem(folder, number, "unknown", None, reason=item)
            else:
                names = tuple(attachment.name(n) for n, attachment in enumerate(item.attachments, 1))
                yield StoreItem(folder, number, item.kind(), mapi.rebuild(item), missing=item.missing, names=names)


# --- a second opinion --------------------------------------------------------------------------------------------------


#: What lspst prints before each item; folders are not counted.
_LISTED = (b"Email", b"Contact", b"Appointment", b"Journal", b"Note", b"Task", b"Schedule", b"Report")


def second_count(path: Path | str, seconds: float = 600.0) -> int | None:
    """How many items lspst (of readpst's makers) lists in a PST or OST file; None where the program is missing or fails."""
    if shutil.which("lspst") is None:
        return None
    try:
        done = subprocess.run(["lspst", str(path)], capture_output=True, timeout=seconds, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return None
    if done.returncode != 0:
        return None
    return sum(1 for line in done.stdout.split(b"\n") if line.partition(b"\t")[0].strip() in _LISTED)
