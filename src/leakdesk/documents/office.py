"""Word, PowerPoint and OpenDocument files: a walk over every part of the package, so that nothing written in it is missed.

Not only the running text: headers, footers, footnotes, endnotes, comments, text boxes, speaker notes, tracked deletions and
hidden text too (see `sections`). Everything in the package that is not its own XML is a part: pictures, embedded files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leakdesk.documents.charsets import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness
from leakdesk.documents.locked import LOCKED
from leakdesk.documents.locked_odf import unlocked_package
from leakdesk.documents.packages import NotAPackage, Package, open_package, parse_xml, relations
from leakdesk.documents.sections import Sections
from leakdesk.model.document import Extract, Kind, Part, State

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "leakdesk-office 2"

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"

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


# --- Word ------------------------------------------------------------------------------------------------------------

_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml$")
_NOTES = re.compile(r"word/(?:footnotes|endnotes)\.xml$")
_COMMENTS = re.compile(r"word/comments\.xml$")


def read_word(data: bytes, hints: ReaderHints) -> Extract:
    """Read a .docx (.docm, .dotx) file."""
    try:
        package = open_package(data, hints.limits)
    except NotAPackage as error:
        return _salvaged(data, hints, str(error))
    complete, sections = Completeness(), Sections()
    main = next((name for name in package.names if re.fullmatch(r"word/document\d*\.xml", name)), "word/document.xml")
    root = package.xml(main)
    sections.pages.append(_word_text(root, sections).rstrip("\n") if root is not None else "")
    if root is None:
        complete.partial(main_missing(package), package.stopped)
    for name in sorted(package.names):
        key = (
            "margins"
            if _MARGINS.search(name)
            else "notes"
            if _NOTES.search(name)
            else "comments"
            if _COMMENTS.search(name)
            else ""
        )
        part = package.xml(name) if key else None
        if part is None:
            continue
        if key == "margins":
            sections.aside(key, _word_text(part, sections))
        else:
            for each in part:
                sections.aside(key, _word_note(each, sections))
    return finished(package, sections, complete, WORD, core_properties(package))


def _salvaged(data: bytes, hints: ReaderHints, reason: str) -> Extract:
    """A .docx whose directory is cut off: its main text, read from the members that are still there."""
    from leakdesk.documents.salvage import members

    complete, sections = Completeness(), Sections()
    for name, content in members(data, hints.limits):
        if name == "word/document.xml" and (root := parse_xml(content)) is not None:
            sections.pages.append(_word_text(root, sections).rstrip("\n"))
    if not sections.pages:
        return unreadable(WORD, reason)
    complete.partial("truncated: the end of the file is missing")
    return Extract(
        kind=Kind.DOCUMENT,
        schema="Document",
        media_type=WORD,
        layer=sections.layer(NAME, complete, hints.limits.text_chars),
        state=State.PARTIAL,
        stage="open",
        reason=complete.reason,
        notes=tuple(complete.notes),
    )


def _word_note(element: _Element, sections: Sections) -> str:
    if attribute(element, "type") in ("separator", "continuationSeparator", "continuationNotice"):
        return ""
    author = attribute(element, "author")
    text = _word_text(element, sections).strip("\n")
    return f"{author}: {text}" if author and text else text


_WORD_GLYPHS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}
_HIDDEN_MARKS = frozenset({"vanish", "webHidden"})


@dataclass(slots=True)
class _WordText:
    """Running text of a part of a Word file, and what of it stands beside the flow."""

    sections: Sections
    out: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    #: Where the text boxes that are open began in `out`.
    boxes: list[int] = field(default_factory=list)
    in_hidden: bool = False

    def start(self, name: str, element: _Element) -> None:
        """An element begins."""
        if name == "r":
            self.in_hidden = _is_hidden_run(element)
        elif name == "t":
            (self.hidden if self.in_hidden else self.out).append(element.text or "")
        elif name == "delText":
            self.deleted.append(element.text or "")
        elif name in _WORD_GLYPHS and local(element.getparent()) != "tabs":  # type: ignore[arg-type]
            self.out.append(_WORD_GLYPHS[name])
        elif name == "sym":
            self.out.append(_symbol(element))
        elif name == "txbxContent":
            self.boxes.append(len(self.out))

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "p":
            for texts in (self.out, self.deleted, self.hidden):
                if texts is self.out or (texts and texts[-1] != "\n"):
                    texts.append("\n")
        elif name == "tc":
            _cell_end(self.out)
        elif name == "tr":
            _row_end(self.out)
        elif name == "txbxContent" and self.boxes:
            start = self.boxes.pop()
            self.sections.aside("boxes", without_surrogates("".join(self.out[start:])))
            del self.out[start:]

    def finish(self) -> str:
        """The running text; deletions and hidden lines go to their sections."""
        for key, texts in (("deleted", self.deleted), ("hidden", self.hidden)):
            for line in "".join(texts).split("\n"):
                self.sections.aside(key, line)
        return without_surrogates("".join(self.out))


def _word_text(root: _Element, sections: Sections) -> str:
    """Running text of a part: paragraphs as lines, cells parted by tabs; deletions and hidden runs go beside."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - a C module without stubs

    text = _WordText(sections)
    skip = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        if name == "Fallback":  # the same text box again, for older programs
            skip += 1 if event == "start" else -1
        elif name and not skip:
            if event == "start":
                text.start(name, element)
            else:
                text.end(name)
    return text.finish()


def _cell_end(out: list[str]) -> None:
    while out and out[-1] == "\n":
        out.pop()
    out.append("\t")


def _row_end(out: list[str]) -> None:
    if out and out[-1] == "\t":
        out.pop()
    out.append("\n")


def _is_hidden_run(run: _Element) -> bool:
    properties = run[0] if len(run) else None
    if properties is None or local(properties) != "rPr":
        return False
    marks = (each for each in properties if local(each) in _HIDDEN_MARKS)
    return any(attribute(each, "val") not in ("0", "false", "off") for each in marks)


def _symbol(element: _Element) -> str:
    code = attribute(element, "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xF000 else "\u2022"


# --- PowerPoint ------------------------------------------------------------------------------------------------------


def read_slides(data: bytes, hints: ReaderHints) -> Extract:
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
    ids = [attribute_r(each) for each in root.iter() if local(each) == "sldId"]
    ordered = [targets[each] for each in ids if each in targets and package.has(targets[each])]
    return ordered + [name for name in slides if name not in ordered]


def attribute_r(element: _Element) -> str:
    """The relation id of an element (its `r:id`, not its `id`)."""
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
            _cell_end(out)
        elif name == "tr":
            _row_end(out)
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


# --- OpenDocument ----------------------------------------------------------------------------------------------------


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
        _cell_end(out)
    elif name == "table-row":
        _row_end(out)
    elif name in ("creator", "date") and out:
        out.append(": " if name == "creator" else " ")
