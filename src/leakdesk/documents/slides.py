"""PowerPoint files (.pptx): one page a slide, in the order of the show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness
from leakdesk.documents.office import (
    attribute,
    cell_end,
    core_properties,
    finished,
    local,
    row_end,
    unreadable,
)
from leakdesk.documents.packages import NotAPackage, Package, open_package, relations
from leakdesk.documents.sections import Sections
from leakdesk.model.document import Extract

if TYPE_CHECKING:
    from lxml.etree import _Element

SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read a .pptx file: one page a slide, then speaker notes, comments and what masters say."""
    try:
        package = open_package(data, hints.limits)
    except NotAPackage as error:
        return unreadable(SLIDES, str(error))
    complete, sections = Completeness(), Sections(paged=True)
    for name in _slide_order(package):
        root = package.xml(name)
        if root is not None and attribute(root, "show") == "0":
            complete.note("hidden slides", f"slide {len(sections.pages) + 1} is hidden in the show")
        sections.pages.append(_drawn_text(root).rstrip("\n") if root is not None else "")
    for name in sorted(package.names, key=_numbered):
        if re.search(r"ppt/notesSlides/[^/]+\.xml$", name):
            root = package.xml(name)
            sections.aside(
                "speaker", _drawn_text(root, skip=("sldNum", "dt", "hdr", "ftr", "sldImg")) if root is not None else ""
            )
        elif re.search(r"ppt/comments/[^/]+\.xml$", name):
            _slide_comments(package.xml(name), sections)
        elif re.search(r"ppt/slide(?:Masters|Layouts)/[^/]+\.xml$", name):
            root = package.xml(name)
            sections.aside("margins", _drawn_text(root, only_fixed=True) if root is not None else "")
        elif re.search(r"ppt/diagrams/data[^/]*\.xml$|ppt/charts/chart[^/]*\.xml$", name):
            root = package.xml(name)
            sections.aside("boxes", _drawn_text(root) if root is not None else "")
    return finished(package, sections, complete, SLIDES, core_properties(package))


def _numbered(name: str) -> tuple[str, int, str]:
    digits = re.search(r"(\d+)\.xml$", name)
    return name.rpartition("/")[0], int(digits[1]) if digits else 0, name


def _slide_order(package: Package) -> list[str]:
    slides = sorted((name for name in package.names if re.search(r"ppt/slides/[^/]+\.xml$", name)), key=_numbered)
    root = package.xml("ppt/presentation.xml") if package.has("ppt/presentation.xml") else None
    if root is None:
        return slides
    targets = relations(package, "ppt/presentation.xml")
    ids = [_relation_id(each) for each in root.iter() if local(each) == "sldId"]
    ordered = [targets[each] for each in ids if each in targets and package.has(targets[each])]
    return ordered + [name for name in slides if name not in ordered]


def _relation_id(element: _Element) -> str:
    """Its `r:id`, not its `id`."""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


_FIXED = frozenset({"ftr", "dt", "hdr"})


def _drawn_text(root: _Element, *, skip: tuple[str, ...] = (), only_fixed: bool = False) -> str:
    """Text of shapes: paragraphs as lines, cells parted by tabs. `only_fixed` leaves out prompts of placeholders."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - a C module without stubs

    out: list[str] = []
    shut = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        if name == "sp" and _left_out(element, skip, only_fixed=only_fixed):
            shut += 1 if event == "start" else -1
        if shut:
            continue
        if event == "start":
            if name in ("t", "v") and element.text:
                out.append(element.text)
            elif name == "br":
                out.append("\n")
        elif name == "tc":
            cell_end(out)
        elif name == "tr":
            row_end(out)
        elif name in ("p", "pt") and out and not out[-1].endswith("\n"):
            out.append("\n")
    return without_surrogates("".join(out))


def _left_out(shape: _Element, skip: tuple[str, ...], *, only_fixed: bool) -> bool:
    for each in shape.iter():
        if local(each) == "ph":
            kind = attribute(each, "type") or "body"
            return kind in skip or (only_fixed and kind not in _FIXED)
        if local(each) == "txBody":
            break
    return False


def _slide_comments(root: _Element | None, sections: Sections) -> None:
    if root is None:
        return
    for each in root.iter():
        if local(each) in ("text", "t") and each.text:
            sections.aside("comments", without_surrogates(each.text))
