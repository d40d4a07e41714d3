"""What the readers of office packages (`word`, `slides`, `open_document`, `sheets`, `books`) share.

They walk over every part of a package, so that nothing written in it is missed. Not only the running text: headers, footers,
footnotes, endnotes, comments, text boxes, speaker notes, tracked deletions and hidden text too (see `sections`). Everything in
the package that is not its own XML is a part: pictures, embedded files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.layers import Completeness
from leakdesk.documents.packages import Package
from leakdesk.documents.sections import Sections
from leakdesk.model.document import Extract, Kind, Part, State

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "leakdesk-office 2"

#: Members that belong to the package itself and are no embedded files.
_OWN = re.compile(
    r"(?:\.xml|\.rels|\.vml|\.rdf|\.odttf|\.fntdata)$|^mimetype$|printerSettings|^docProps/thumbnail|^Thumbnails/|^_rels/|^_xmlsignatures/|^Configurations2/|^META-INF/|^settings\.bin$|"
    r"^layout-cache$",
    re.IGNORECASE,
)

_OF_A_BOOK = re.compile(r"\.(?:x?html?|css|opf|ncx|otf|ttf|woff2?|js)$", re.IGNORECASE)


def embedded(package: Package) -> list[Part]:
    """Every member that is no part of the package's own machinery: pictures, embedded documents, macros."""
    parts: list[Part] = []
    book = package.has("META-INF/container.xml")
    for info in package.archive.infolist()[: package.limits.members]:
        if info.is_dir() or _OWN.search(info.filename) or (book and _OF_A_BOOK.search(info.filename)):
            continue
        content = package.read_member(info)
        name = without_surrogates(info.filename.rpartition("/")[2]) or "embedded"
        if content is None:
            parts.append(
                Part(
                    name=name,
                    data=None,
                    state=State.FAILED,
                    reason="the embedded file is damaged or too large",
                    limit=package.stopped,
                )
            )
        else:
            parts.append(
                Part(
                    name=name, data=content, inline="/media/" in info.filename or info.filename.startswith("Pictures/")
                )
            )
    return parts


def finished(
    package: Package,
    sections: Sections,
    complete: Completeness,
    media_type: str,
    info: dict[str, str],
    *,
    kind: Kind = Kind.DOCUMENT,
) -> Extract:
    """Put an Extract together from what a walk has collected."""
    parts = embedded(package)
    if package.damaged:
        complete.partial(f"{len(package.damaged)} members of the package are damaged or too large", package.stopped)
    elif package.stopped:
        complete.partial("more members than the limit", package.stopped)
    if any(part.name.lower() == "vbaproject.bin" for part in parts):
        complete.note("macros", "the file holds macros; nothing was run")
    layer = sections.layer(NAME, complete, package.limits.text_chars)
    return Extract(
        kind=kind,
        schema="Table" if kind is Kind.TABLE else "Document",
        media_type=media_type,
        layer=layer,
        title=info.get("title") or None,
        created=info.get("created") or None,
        modified=info.get("modified") or None,
        parts=tuple(parts),
        state=complete.state,
        stage="" if complete.state is State.READ else "read",
        reason=complete.reason,
        limit=complete.limit,
        notes=tuple(complete.notes),
    )


def main_missing(package: Package) -> str:
    """Why there is no main text."""
    return f"stopped at the limit {package.stopped}" if package.stopped else "the main text is missing or damaged"


def unreadable(media_type: str, reason: str, *, kind: Kind = Kind.DOCUMENT) -> Extract:
    """A file that is no package at all."""
    return Extract(kind=kind, schema="Document", media_type=media_type, state=State.FAILED, stage="open", reason=reason)


def local(element: _Element) -> str:
    """The local name of an element, "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def core_properties(package: Package) -> dict[str, str]:
    """Title, creation and modification times, last editor, of an OOXML package."""
    root = package.xml("docProps/core.xml") if package.has("docProps/core.xml") else None
    return {local(each): (each.text or "").strip() for each in root if each.text} if root is not None else {}


def cell_end(out: list[str]) -> None:
    """A cell of a table ends: a tab instead of its last line end."""
    while out and out[-1] == "\n":
        out.pop()
    out.append("\t")


def row_end(out: list[str]) -> None:
    """A row of a table ends: a line end instead of its last tab."""
    if out and out[-1] == "\t":
        out.pop()
    out.append("\n")
