"""Pages of quoted documents, rendered in the box, for the facsimiles of a pack."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import Connection

from leakdesk.documents.facsimile import MOST_PIXELS
from leakdesk.intake.limits import limits
from leakdesk.intake.sandbox import Tier
from leakdesk.model.anchor import Anchor
from leakdesk.model.document import WordBox
from leakdesk.publish.facsimile import GreyPage, Pictures
from leakdesk.publish.inputs import PackDocument
from leakdesk.store import boxes, records
from leakdesk.store.case import CaseStore
from leakdesk.work import protocol
from leakdesk.work.deep import Thinkers
from leakdesk.work.steps import Step

_RENDER = Step(name="facsimile", version="1", says="rendering pages", think="leakdesk.documents.facsimile:grey_pages")
#: Code points beyond a quotation in which its first and last word may end.
_AROUND = 80


class _Page(msgspec.Struct):
    number: int
    width: int
    height: int
    scale: float
    grey: str


class _Pages(msgspec.Struct):
    pages: list[_Page]


def with_pictures(
    store: CaseStore, documents: Mapping[str, PackDocument], anchors: Sequence[Anchor], how: Tier
) -> dict[str, PackDocument]:
    """The documents, those with placed words together with the rendered pages of their quotations."""
    thinkers = Thinkers(how, protocol.Setup(limits=limits("default")))
    try:
        with store.connect() as connection:
            return {
                name: replace(document, pictures=_pictures(store, connection, document, anchors, thinkers))
                for name, document in documents.items()
            }
    finally:
        thinkers.close()


def _pictures(
    store: CaseStore, connection: Connection, document: PackDocument, anchors: Sequence[Anchor], thinkers: Thinkers
) -> Pictures | None:
    found = _boxes(connection, document.document, anchors)
    if not found:
        return None
    about = records.document(connection, document.document)
    payload = {
        "data": base64.b64encode(b"".join(store.originals.pieces(about["sha256"]))).decode(),
        "media_type": about["media_type"],
        "pages": sorted({box.page for box in found}),
    }
    thought = thinkers.think(_RENDER, msgspec.json.encode(payload))
    if thought.data is None:
        return None
    pages = _checked(thought.data)
    return Pictures(boxes=tuple(found), pages={page.number: page for page in pages})


def _boxes(connection: Connection, document: str, anchors: Sequence[Anchor]) -> list[WordBox]:
    layer = records.layer(connection, document)
    if layer is None:
        return []
    found: dict[tuple[int, int], WordBox] = {}
    for anchor in anchors:
        if anchor.document == document:
            near = boxes.boxes_of(connection, layer.id, max(anchor.start - _AROUND, 0), anchor.end + _AROUND)
            found.update({(box.start, box.end): box for box in near})
    return [found[key] for key in sorted(found)]


def _checked(data: bytes) -> list[GreyPage]:
    """What came out of the box is a stranger's: every number is looked at before its pixels are believed."""
    pages: list[GreyPage] = []
    try:
        answer = msgspec.json.decode(data, type=_Pages)
        for page in answer.pages:
            size = page.width * page.height
            if min(page.width, page.height) < 1 or size > MOST_PIXELS * 4 or not 0 < page.scale <= 10:
                continue
            inflate = zlib.decompressobj()
            grey = inflate.decompress(base64.b64decode(page.grey), size)
            if len(grey) == size:
                pages.append(
                    GreyPage(number=page.number, width=page.width, height=page.height, scale=page.scale, grey=grey)
                )
    except (msgspec.MsgspecError, ValueError, zlib.error):
        return []
    return pages
