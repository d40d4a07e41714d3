"""Office files: who made and changed them, when they were printed, what was struck out, what is hidden."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from leakdesk.authenticity.papers import PaperFinding, field_place, gathered, times_and_people

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Bytes of one member that are read.
_LARGEST = 64 << 20
_FIELDS: Mapping[str, str] = {
    "creator": "author",
    "lastModifiedBy": "last_author",
    "created": "created",
    "modified": "modified",
    "lastPrinted": "printed",
    "revision": "revision",
    "Application": "application",
    "AppVersion": "version",
    "TotalTime": "minutes",
}
_WORDS = re.compile(r"\w+")


def look_open(data: bytes) -> tuple[list[str], list[PaperFinding]]:
    """An Office Open XML file."""
    return gathered(_open(data))


def look_old(data: bytes) -> tuple[list[str], list[PaperFinding]]:
    """A binary Office file (OLE)."""
    return gathered(times_and_people(_old_fields(data)))


def _open(data: bytes) -> Iterator[tuple[str, PaperFinding | None]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {info.filename: info for info in archive.infolist() if info.file_size <= _LARGEST}
        fields: dict[str, str] = {}
        for name in ("docProps/core.xml", "docProps/app.xml"):
            if name in names:
                fields |= _fields(_tree(archive, names[name]))
        fields["program"] = " ".join(filter(None, (fields.get("application", ""), fields.get("version", ""))))
        yield from times_and_people(fields)
        if "word/document.xml" in names:
            tree = _tree(archive, names["word/document.xml"])
            yield "tracked_changes", _tracked(tree)
            yield "hidden_text", _hidden_runs(tree)
        if "xl/workbook.xml" in names:
            yield "hidden_text", _hidden_sheets(_tree(archive, names["xl/workbook.xml"]))


def _tree(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Element:
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - a C module without stubs

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    with archive.open(info) as member:
        return etree.fromstring(member.read(_LARGEST), parser)


def _fields(tree: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter():
        if isinstance(element.tag, str):
            name = _FIELDS.get(element.tag.rpartition("}")[2])
            if name and element.text and element.text.strip():
                found.setdefault(name, element.text.strip()[:300])
    return found


def _local(tree: _Element, name: str) -> Iterator[_Element]:
    return (each for each in tree.iter() if isinstance(each.tag, str) and each.tag.rpartition("}")[2] == name)


def _text(element: _Element) -> str:
    pieces = [*_local(element, "t"), *_local(element, "delText")]
    return " ".join(each.text or "" for each in pieces)


def _tracked(tree: _Element) -> PaperFinding | None:
    changes = [*_local(tree, "del"), *_local(tree, "ins")]
    texts = [text for each in changes if (text := _text(each).strip())]
    count = sum(len(_WORDS.findall(text)) for text in texts)
    if not count:
        return None
    places = tuple(field_place("word/document.xml", text) for text in texts[:20])
    return PaperFinding(rule="tracked_changes", values={"count": count}, places=places)


def _hidden_runs(tree: _Element) -> PaperFinding | None:
    hidden = [_text(run).strip() for run in _local(tree, "r") if any(True for _ in _local(run, "vanish"))]
    texts = [text for text in hidden if text]
    if not texts:
        return None
    places = tuple(field_place("word/document.xml", text) for text in texts[:20])
    values = {"count": sum(map(len, texts)), "what": "marked as hidden"}
    return PaperFinding(rule="hidden_text", values=values, places=places)


def _hidden_sheets(tree: _Element) -> PaperFinding | None:
    names = [str(each.get("name", "")) for each in _local(tree, "sheet") if each.get("state", "visible") != "visible"]
    if not names:
        return None
    places = tuple(field_place("xl/workbook.xml", name) for name in names[:20])
    return PaperFinding(
        rule="hidden_text", values={"count": len(names), "what": "sheets marked as hidden"}, places=places
    )


def _old_fields(data: bytes) -> dict[str, str]:
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as file:
        found = file.get_metadata()
        fields: dict[str, str] = {}
        for name, attribute in (
            ("author", "author"), ("last_author", "last_saved_by"), ("created", "create_time"),
            ("modified", "last_saved_time"), ("printed", "last_printed"), ("program", "creating_application"),
        ):  # fmt: skip
            value = getattr(found, attribute, None)
            if isinstance(value, bytes):
                value = _decoded(value, getattr(found, "codepage", None))
            if value:
                text = value.isoformat() if isinstance(value, datetime) else str(value)
                fields[name] = text.strip("\0 ")[:300]
        return fields


def _decoded(value: bytes, codepage: object) -> str:
    """A property as text: UTF-8 where it is that, whatever the file says of its code page."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode(_codepage(codepage), "replace")


def _codepage(number: object) -> str:
    return f"cp{number}" if number in (1250, 1251, 1252, 1253, 1254, 866) else "latin-1"
