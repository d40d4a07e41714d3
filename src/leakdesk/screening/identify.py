"""Which format a list has, by what stands in the file and never by its name alone; and which files belong together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from leakdesk.screening import control
from leakdesk.screening.entry import ListHead, ListUnusable, Record
from leakdesk.screening.formats import canada, eu, ofac, opensanctions, swiss, uk, ukraine, un
from leakdesk.screening.streams import ListFile

Reader = Callable[[Sequence[ListFile]], Iterator[Record | ListHead]]

#: Root element of an XML file -> (format, reader).
_ROOTS: dict[str, tuple[str, Reader]] = {
    "CONSOLIDATED_LIST": ("un.xml", un.read),
    "sdnList": ("ofac.xml", ofac.read_xml),
    "export": ("eu.xml", eu.read_xml),
    "Designations": ("uk.xml", uk.read_xml),
    "swiss-sanctions-list": ("swiss.xml", swiss.read),
    "data-set": ("canada.xml", canada.read),
}
#: What the program reads, as a sentence.
KNOWN = (
    "Known are the lists of OpenSanctions (FollowTheMoney JSON, targets.simple.csv), OFAC (sdn.csv with alt.csv and add.csv, "
    "sdn.xml), the EU, the UK, the UN, Ukraine, Canada and Switzerland, and a table of your own with a column “name” "
    "(people and bodies) or “code” and “wording” (goods)."
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s>/])")


@dataclass(frozen=True, slots=True)
class FoundList:
    """Files that make one list, their format, and how to read them."""

    format: str
    files: tuple[ListFile, ...]
    read: Callable[[], Iterator[Record | ListHead]]


def lists_in(files: Sequence[ListFile]) -> list[FoundList]:
    """The lists among some files; the tables of one OFAC list (in one folder) are one. Raises ListUnusable for a file of none."""
    found: list[FoundList] = []
    tables: dict[str, list[ListFile]] = {}
    for file in files:
        if ofac.part_of(file):
            tables.setdefault(file.name.rpartition("/")[0], []).append(file)
            continue
        format_, read = format_of(file)
        found.append(FoundList(format_, (file,), _bound(read, (file,))))
    for group in tables.values():
        found.append(FoundList("ofac.csv", tuple(group), _bound(ofac.read_tables, tuple(group))))
    return found


def _bound(read: Reader, files: tuple[ListFile, ...]) -> Callable[[], Iterator[Record | ListHead]]:
    return lambda: read(files)


def format_of(file: ListFile) -> tuple[str, Reader]:
    """The format of one file and its reader. Raises ListUnusable with a sentence that names the known formats."""
    head = file.head()
    if not head.strip():
        raise ListUnusable(f"{file.name}: the file is empty")
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    start = head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _xml(file, start)
    if start[:1] in "{[":
        return _json(file, start)
    return _table(file, start)


def _xml(file: ListFile, start: str) -> tuple[str, Reader]:
    bare = re.sub(r"<\?.*?\?>|<!--.*?-->", "", start, flags=re.DOTALL)
    bare = re.sub(r"<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", "", bare, flags=re.DOTALL)
    root = _ROOT.search(bare)
    name = root[1] if root else ""
    if name in _ROOTS:
        return _ROOTS[name]
    if name == "Sanctions":
        raise ListUnusable(
            f"{file.name}: OFAC's “advanced” XML is not read", try_="Take sdn.xml or sdn.csv of the same day."
        )
    raise ListUnusable(f"{file.name}: XML of an unknown kind", try_=KNOWN)


def _json(file: ListFile, start: str) -> tuple[str, Reader]:
    if '"schema"' in start and '"properties"' in start:
        return "opensanctions.json", opensanctions.read_json
    if '"sid"' in start:
        return "ukraine.json", ukraine.read
    raise ListUnusable(f"{file.name}: JSON of an unknown kind", try_=KNOWN)


def _table(file: ListFile, start: str) -> tuple[str, Reader]:
    lines = [line for line in start.splitlines()[:6] if line.strip()]
    header = lines[0].lower() if lines else ""
    if "entity_logicalid" in header:
        return "eu.csv", eu.read_table
    if any("name 6" in line.lower() for line in lines):
        return "uk.csv", uk.read_table
    delimiter = max(",\t;", key=header.count)
    names = {cell.strip().strip('"') for cell in header.split(delimiter)}
    if {"code", "wording"} <= names:
        return "goods.csv", lambda files: control.read_table(files, delimiter=delimiter)
    if "name" in names:
        own = not {"last_seen", "dataset"} <= names
        format_ = "own.csv" if own else "opensanctions.csv"
        return format_, lambda files: opensanctions.read_table(files, delimiter=delimiter, own=own)
    raise ListUnusable(f"{file.name}: no known list", try_=KNOWN)
