"""Saved web pages (.mht) and electronic books (.epub): packages of HTML whose pictures are parts."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from leakdesk.documents import mime
from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.header_dates import header_date
from leakdesk.documents.headers import decode_header, parameter
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness
from leakdesk.documents.mail_parts import part_name
from leakdesk.documents.office import finished, local, unreadable
from leakdesk.documents.packages import NotAPackage, Package, open_package
from leakdesk.documents.sections import Sections
from leakdesk.documents.transfer import part_bytes
from leakdesk.documents.web import decode_html, visible
from leakdesk.model.document import Extract, Kind, Part, State, TextLayer

NAME = "leakdesk-books 2"
EPUB = "application/epub+zip"
MHT = "multipart/related"


def read_mht(data: bytes, hints: ReaderHints) -> Extract:
    """Read a web page saved as one file: the first HTML part is the page, everything else is a part."""
    whole = mime.cut(data, depth=hints.limits.depth, members=hints.limits.members)
    page = next((leaf for leaf in whole.leaves() if leaf.kind in ("text/html", "application/xhtml+xml")), None)
    parts: list[Part] = []
    for number, leaf in enumerate(whole.leaves(), 1):
        if leaf is not page:
            content, wrong = part_bytes(data, leaf)
            parts.append(
                Part(
                    name=part_name(leaf) or _from_location(data, leaf, number),
                    data=content,
                    media_type=leaf.kind,
                    inline=True,
                    state=State.PARTIAL if wrong else State.READ,
                    reason=wrong,
                )
            )
    fields = {name: data[low:high] for name, low, high in reversed(whole.root.headers)}
    if page is None:
        return Extract(
            kind=Kind.DOCUMENT,
            schema="HyperText",
            media_type=MHT,
            parts=tuple(parts),
            state=State.PARTIAL,
            stage="read",
            reason="there is no page in this file",
        )
    raw, _ = part_bytes(data, page)
    seen = visible(decode_html(raw, parameter(page.parameters, "charset")).text)
    return Extract(
        kind=Kind.DOCUMENT,
        schema="HyperText",
        media_type=MHT,
        layer=TextLayer(text=seen.text[: hints.limits.text_chars], extractor=NAME),
        title=decode_header(fields.get("subject", b"")) or seen.title,
        created=header_date(fields.get("date", b"")).date,
        parts=tuple(parts),
    )


def _from_location(data: bytes, leaf: mime.Piece, number: int) -> str:
    for name, low, high in leaf.headers:
        if name == "content-location":
            path = decode_header(data[low:high]).split("?")[0].split("#")[0]
            return unquote(path.rstrip("/").rpartition("/")[2])[:120] or f"part-{number}"
    return f"part-{number}"


def read_epub(data: bytes, hints: ReaderHints) -> Extract:
    """Read an .epub: one page a chapter, in reading order."""
    try:
        package = open_package(data, hints.limits)
    except NotAPackage as error:
        return unreadable(EPUB, str(error))
    complete, sections = Completeness(), Sections(paged=True)
    info: dict[str, str] = {}
    for name in _spine(package, info):
        content = package.read(name)
        if content is not None:
            sections.pages.append(visible(decode_html(content).text).text.rstrip("\n"))
    if package.has("META-INF/encryption.xml") and not any(page.strip() for page in sections.pages):
        complete.partial("encrypted: the book is protected")
    return finished(package, sections, complete, EPUB, info)


def _spine(package: Package, info: dict[str, str]) -> list[str]:
    pages = sorted(name for name in package.names if re.search(r"\.x?html?$", name, re.IGNORECASE))
    container = package.xml("META-INF/container.xml")
    place = (
        next((each.get("full-path") for each in container.iter() if local(each) == "rootfile"), None)
        if container is not None
        else None
    )
    root = package.xml(place) if place and package.has(place) else None
    if root is None or place is None:
        return pages
    items = {each.get("id"): each.get("href") for each in root.iter() if local(each) == "item"}
    for each in root.iter():
        if local(each) == "title" and each.text:
            info.setdefault("title", without_surrogates(each.text.strip()))
    folder = place.rpartition("/")[0]
    ordered: list[str] = []
    for each in root.iter():
        href = items.get(each.get("idref")) if local(each) == "itemref" else None
        name = posixpath.normpath(posixpath.join(folder, unquote(href))) if href else ""
        if name and package.has(name):
            ordered.append(name)
    return ordered + [name for name in pages if name not in ordered]
