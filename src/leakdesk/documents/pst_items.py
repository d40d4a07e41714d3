"""Outlook items out of a store's nodes ([MS-PST] 2.4.5): properties, recipients, attachments, items inside items.

`from_heap` is what libpff's attached messages need when the nodes cannot be reached; `whole_item` reads all of an item.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from leakdesk.documents import mapi
from leakdesk.documents.heap import heap_value, leaves
from leakdesk.documents.mapi import Attachment, Item, Properties
from leakdesk.documents.pst_nodes import Nodes, row_ids, row_values

#: Nodes of a message's recipients and attachments.
_RECIPIENTS, _ATTACHMENTS = 0x692, 0x671
_HAS_ATTACHMENTS = 0x0E07
_DEEPEST = 16
_MISSING = "libpff gives no subnodes of an attached message: large values and its own attachments are missing"


def whole_item(nodes: Nodes, heap: bytes, inside: int, codepage: str, depth: int = 0) -> Item:
    """The item of a node: its heap, and the block that lists what is inside the node."""
    below = nodes.below(inside)

    def beside(node: int) -> bytes | None:
        return nodes.data(below[node][0]) if node in below else None

    item = from_heap(heap, codepage, beside)
    codepage = item.properties.codepage
    for values in row_values(beside(_RECIPIENTS) or b"", beside):
        item.recipients.append(Properties(values, codepage))
    for node in row_ids(beside(_ATTACHMENTS) or b""):
        if node in below and depth < _DEEPEST:
            item.attachments.append(_attachment(nodes, *below[node], codepage, depth))
        else:
            item.missing = "an attachment's data cannot be read"
    if any(each.data is None and each.item is None for each in item.attachments):
        item.missing = "an attachment's data cannot be read"
    if any(each.item is not None and each.item.missing for each in item.attachments):
        item.missing = item.missing or "an attached message is read in part"
    return item


def attachment_of(nodes: Nodes, message: int, attachment: int, codepage: str) -> Attachment | None:
    """One attachment of a message by the ids of both nodes; None where there is no such node."""
    found = nodes.inside(message).get(attachment)
    return _attachment(nodes, *found, codepage, 0) if found is not None else None


def _attachment(nodes: Nodes, data: int, inside: int, codepage: str, depth: int) -> Attachment:
    below = nodes.below(inside)

    def beside(node: int) -> bytes | None:
        return nodes.data(below[node][0]) if node in below else None

    properties = from_heap(nodes.data(data), codepage, beside).properties
    kind, value = properties.values.get(mapi.ATTACH_DATA, (0, b""))
    if kind == mapi.OBJECT and len(value) >= 4:
        node = struct.unpack_from("<I", value)[0]
        if node in below and nodes.data(below[node][0])[2:4] == b"\xec\xbc":
            return Attachment(
                properties, item=whole_item(nodes, nodes.data(below[node][0]), below[node][1], codepage, depth + 1)
            )
        return Attachment(properties, data=beside(node))
    return Attachment(properties, data=value if kind else None)


def from_heap(data: bytes, codepage: str, beside: Callable[[int], bytes | None] | None = None) -> Item:
    """The item whose property context is this heap; `beside` gives values that lie in nodes of their own, where somebody
    can reach them."""
    properties = Properties(codepage=codepage)
    item = Item(properties)
    try:
        root = struct.unpack_from("<I", data, 4)[0]
        _, key, entry, levels, top = struct.unpack("<BBBBI", heap_value(data, root)[:8])
        if key != 2 or entry != 6:
            return item
        for leaf in leaves(data, top, levels):
            for at in range(0, len(leaf) - 7, 8):
                each, kind, value = struct.unpack_from("<HHI", leaf, at)
                if kind in (mapi.LONG, mapi.BOOLEAN, 0x02):
                    properties.values[each] = (kind, struct.pack("<I", value))
                elif value & 0x1F:
                    large = beside(value) if beside is not None else None
                    if large is None:
                        item.missing = _MISSING
                    else:
                        properties.values[each] = (kind, large)
                elif value:
                    properties.values[each] = (kind, heap_value(data, value))
    except (struct.error, IndexError):
        item.missing = "damaged: the attached message is read in part"
    if mapi.CODEPAGE in properties.values:
        properties.codepage = mapi.codepage_of(properties)
    if beside is None and (properties.number(_HAS_ATTACHMENTS) or 0) & 0x10:
        item.missing = _MISSING
    return item
