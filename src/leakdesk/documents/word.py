"""Word files (.docx and its kin): running text, and what of it stands beside the flow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness
from leakdesk.documents.office import (
    NAME,
    attribute,
    cell_end,
    core_properties,
    finished,
    local,
    main_missing,
    row_end,
    unreadable,
)
from leakdesk.documents.packages import NotAPackage, open_package, parse_xml
from leakdesk.documents.sections import Sections
from leakdesk.model.document import Extract, Kind, State

if TYPE_CHECKING:
    from lxml.etree import _Element

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml$")
_NOTES = re.compile(r"word/(?:footnotes|endnotes)\.xml$")
_COMMENTS = re.compile(r"word/comments\.xml$")


def read(data: bytes, hints: ReaderHints) -> Extract:
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
            cell_end(self.out)
        elif name == "tr":
            row_end(self.out)
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
