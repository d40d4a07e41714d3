"""OpenDocument texts and presentations; and what of OpenDocument packages the reader of sheets needs too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness
from leakdesk.documents.locked import LOCKED
from leakdesk.documents.locked_odf import unlocked_package
from leakdesk.documents.office import (
    attribute,
    cell_end,
    finished,
    local,
    main_missing,
    row_end,
    unreadable,
)
from leakdesk.documents.packages import NotAPackage, Package, open_package
from leakdesk.documents.sections import Sections
from leakdesk.model.document import Extract

if TYPE_CHECKING:
    from lxml.etree import _Element

ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"


def read_odt(data: bytes, hints: ReaderHints) -> Extract:
    """Read an OpenDocument text."""
    return _open_document(data, hints, ODT)


def read_odp(data: bytes, hints: ReaderHints) -> Extract:
    """Read an OpenDocument presentation: one page a slide."""
    return _open_document(data, hints, ODP)


def _open_document(data: bytes, hints: ReaderHints, media_type: str) -> Extract:
    try:
        package = open_package(data, hints.limits)
    except NotAPackage as error:
        return unreadable(media_type, str(error))
    if is_locked_odf(package):
        opened = unlocked_package(package, hints.passwords)
        return unreadable(media_type, LOCKED) if opened is None else _open_document(opened, hints, media_type)
    complete, sections = Completeness(), Sections(paged=media_type == ODP)
    root = package.xml("content.xml")
    if root is None:
        complete.partial(main_missing(package), package.stopped)
    elif media_type == ODP:
        for page in root.iter():
            if local(page) == "page":
                sections.pages.append(odf_text(page, sections).rstrip("\n"))
    else:
        sections.pages.append(odf_text(root, sections).rstrip("\n"))
    for name in package.names:
        if name.endswith("/content.xml") and (inner := package.xml(name)) is not None:
            sections.aside("boxes", odf_text(inner, sections))
    odf_margins(package, sections)
    return finished(package, sections, complete, media_type, odf_properties(package))


def is_locked_odf(package: Package) -> bool:
    """Whether the content of an OpenDocument package is encrypted."""
    manifest = package.read("META-INF/manifest.xml") if package.has("META-INF/manifest.xml") else None
    return manifest is not None and b"encryption-data" in manifest


def odf_margins(package: Package, sections: Sections) -> None:
    """Headers and footers of an OpenDocument package, and fixed text of its master pages."""
    styles = package.xml("styles.xml") if package.has("styles.xml") else None
    if styles is None:
        return
    for each in styles.iter():
        if local(each) in (
            "header",
            "footer",
            "header-left",
            "footer-left",
            "header-first",
            "footer-first",
            "footer-decl",
            "header-decl",
        ) or (local(each) == "frame" and attribute(each, "class") in ("footer", "header")):
            sections.aside("margins", odf_text(each, sections))


def odf_properties(package: Package) -> dict[str, str]:
    """Title and times of an OpenDocument package."""
    root = package.xml("meta.xml") if package.has("meta.xml") else None
    found: dict[str, str] = {}
    if root is not None:
        for each in root.iter():
            key = {"title": "title", "creation-date": "created", "date": "modified"}.get(local(each))
            if key and each.text:
                found.setdefault(key, each.text.strip())
    return found


_ODF_BESIDE = {"annotation": "comments", "deletion": "deleted", "note-body": "notes", "notes": "speaker"}
_ODF_SILENT = frozenset(
    {
        "script",
        "note-citation",
        "creator-initials",
        "sequence-decls",
        "forms",
        "tracked-changes-info",
        "change-info",
        "binary-data",
    }
)


def odf_text(root: _Element, sections: Sections) -> str:
    """Running text of OpenDocument XML; comments, notes and deletions go beside."""
    out: list[str] = []
    _odf_walk(root, out, sections)
    return without_surrogates("".join(out))


def _odf_walk(root: _Element, out: list[str], sections: Sections) -> None:
    """Iterative walk: (element, entering) pairs; texts of elements that stand beside are collected on their own."""
    stack: list[tuple[_Element, bool]] = [(root, True)]
    buffers: list[tuple[str, list[str]]] = []
    current = out
    while stack:
        element, entering = stack.pop()
        name = local(element)
        if not entering:
            if name in _ODF_BESIDE and element is not root:
                key, current = buffers.pop()
                sections.aside(key, "".join(current))
                current = buffers[-1][1] if buffers else out
            else:
                _odf_end(name, current)
            if element is not root and element.tail:
                current.append(_odf_blank(element.tail, element))
            continue
        if not name or name in _ODF_SILENT:
            if element is not root and element.tail:
                current.append(_odf_blank(element.tail, element))
            continue
        stack.append((element, False))
        if name in _ODF_BESIDE and element is not root:
            current = []
            buffers.append((_ODF_BESIDE[name], current))
        _odf_start(name, element, current)
        stack.extend((child, True) for child in reversed(element))


_ODF_INLINE = frozenset({"p", "h", "span", "a", "ruby-base", "meta", "meta-field", "title", "creator", "date"})


def _odf_blank(text: str, element: _Element) -> str:
    parent = element.getparent()
    if parent is None or local(parent) not in _ODF_INLINE:
        return ""
    return re.sub(r"[ \t\r\n]+", " ", text)


def _odf_start(name: str, element: _Element, out: list[str]) -> None:
    if name == "s":
        out.append(
            " " * min(int(attribute(element, "c") or 1) if (attribute(element, "c") or "1").isdigit() else 1, 1000)
        )
    elif name == "tab":
        out.append("\t")
    elif name == "line-break":
        out.append("\n")
    elif (element.text and name in _ODF_INLINE) or (element.text and element.text.strip()):
        out.append(re.sub(r"[ \t\r\n]+", " ", element.text))


def _odf_end(name: str, out: list[str]) -> None:
    if name in ("p", "h"):
        out.append("\n")
    elif name == "table-cell":
        cell_end(out)
    elif name == "table-row":
        row_end(out)
    elif name in ("creator", "date") and out:
        out.append(": " if name == "creator" else " ")
