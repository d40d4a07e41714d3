"""Untrusted files as text, rows and XML records: a piece at a time, with a sentence for whatever is wrong with them.

XML is read by expat with declarations of types and entities refused, so that nothing expands, nothing is fetched, and a
record that grows too large or too deep ends the reading. Sentences name the file and the line, never its words.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from leakdesk.screening.entry import ListUnusable

#: Bytes read at a time.
PIECE = 1 << 20
#: A cell of a table, and the text of one XML record, are no longer than this (code points).
LONGEST_CELL = 1 << 20
LONGEST_RECORD = 4 << 20
#: XML deeper than this is no list.
DEEPEST = 60


@dataclass(frozen=True, slots=True)
class ListFile:
    """One file of a list: its name, and how to open it anew from the beginning."""

    name: str
    open: Callable[[], IO[bytes]]

    def head(self, size: int = 1 << 16) -> bytes:
        """Its first bytes."""
        with self.open() as file:
            return file.read(size)


class _Decoding(io.RawIOBase):
    """Checks while reading that bytes are UTF-8, and says where they are not."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self._name, self._file, self._line = name, file, 1
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._file.read(len(buffer))
        try:
            self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            line = self._line + error.object[: error.start].count(b"\n")
            raise ListUnusable(
                f"{self._name}, line {line}: this is not text in UTF-8",
                try_="Save it as UTF-8 (spreadsheets call it “CSV UTF-8”) and add it again; nothing was taken in.",
            ) from None
        if b"\0" in piece:
            raise ListUnusable(f"{self._name}: it holds zero bytes and is no text", try_="Is it the right file?")
        self._line += piece.count(b"\n")
        buffer[: len(piece)] = piece
        return len(piece)


def lines_of(file: ListFile) -> Iterator[str]:
    """The file as lines of text with their line ends. UTF-8, or UTF-16 with its mark."""
    start = file.head(4)
    with file.open() as raw:
        if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            text = io.TextIOWrapper(raw, encoding="utf-16", newline="")
        else:
            checked = io.BufferedReader(_Decoding(file.name, raw), PIECE)
            text = io.TextIOWrapper(checked, encoding="utf-8-sig", newline="")
        try:
            while line := text.readline(LONGEST_CELL * 4):
                if len(line) >= LONGEST_CELL * 4:
                    raise ListUnusable(f"{file.name}: a line has more than {LONGEST_CELL * 4:,} characters")
                yield line
        except UnicodeError:
            raise ListUnusable(f"{file.name}: it is not the UTF-16 text that its first bytes promise") from None
        finally:
            text.detach()


def rows_of(file: ListFile, *, delimiter: str = ",", columns: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of a table; blank lines are left out. With `columns`, every row has exactly so many cells."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_until_end_mark(lines_of(file)), delimiter=delimiter, strict=True)
    while True:
        before = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            sentence = f"{file.name}, line {before}: the quotation marks do not close ({error})"
            raise ListUnusable(sentence, try_="Open it in a spreadsheet program and look at that line.") from None
        if not any(cell.strip() for cell in cells):
            continue
        if columns is not None and len(cells) != columns:
            raise ListUnusable(f"{file.name}, line {before}: {len(cells)} columns where {columns} are expected")
        yield before, cells


def _until_end_mark(lines: Iterator[str]) -> Iterator[str]:
    """Old tables end with the end-of-file mark of DOS (0x1A)."""
    for line in lines:
        yield line.replace("\x1a", "")


def table_of(file: ListFile, *, delimiter: str = ",") -> Iterator[tuple[int, Mapping[str, str]]]:
    """(line number, column name -> cell) of a table with a header line; names in lower case, blanks around cells cut."""
    rows = rows_of(file, delimiter=delimiter)
    _, header = next(rows, (0, list[str]()))
    names = [name.strip().lower() for name in header]
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise ListUnusable(f"{file.name}: the column “{sorted(twice)[0]}” stands twice in the header")
    for line, cells in rows:
        if len(cells) != len(names):
            raise ListUnusable(f"{file.name}, line {line}: {len(cells)} columns, the header has {len(names)}")
        yield line, {name: cell.strip() for name, cell in zip(names, cells, strict=True)}


# --- XML -----------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Node:
    """An element of XML: name without prefix, attributes, text, children."""

    tag: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list[Node] = field(default_factory=list["Node"])

    def get(self, name: str) -> str:
        """An attribute, or ""."""
        return self.attributes.get(name, "").strip()

    def all(self, *path: str) -> Iterator[Node]:
        """Descendants along a path of names, one name a level."""
        found = [self]
        for name in path:
            found = [child for each in found for child in each.children if child.tag == name]
        return iter(found)

    def anywhere(self, tag: str) -> Iterator[Node]:
        """Descendants of this name at any depth, in order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.anywhere(tag)

    def say(self, *path: str) -> str:
        """The text of the first descendant along a path, blanks folded; "" where there is none."""
        return next((" ".join(each.text.split()) for each in self.all(*path)), "")

    def says(self, *path: str) -> list[str]:
        """The texts of all descendants along a path; empty ones left out."""
        return [text for each in self.all(*path) if (text := " ".join(each.text.split()))]


class _Records:
    """Collects wanted elements while expat reads."""

    def __init__(self, name: str, wanted: frozenset[str]) -> None:
        self.done: deque[Node] = deque()
        self._name, self._wanted = name, wanted
        self._open: list[Node] = []
        self._depth = self._size = 0
        self._seen_root = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse

    def _refuse(self, *_: object) -> int:
        raise ListUnusable(f"{self._name}: it declares types or entities of its own, which no list needs")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ListUnusable(f"{self._name}: its elements are nested more than {DEEPEST} deep")
        tag = name.rpartition(":")[2]
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        node = Node(tag, self.parser.CurrentLineNumber, plain)
        if not self._seen_root:
            self._seen_root = True
            self.done.append(node)
        elif self._open:
            self._grow(sum(map(len, plain.values())) + 16)
            self._open[-1].children.append(node)
            self._open.append(node)
        elif tag in self._wanted:
            self._size = 0
            self._open.append(node)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self.done.append(node)

    def _characters(self, text: str) -> None:
        if self._open:
            self._grow(len(text))
            self._open[-1].text += text

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > LONGEST_RECORD:
            raise ListUnusable(f"{self._name}: one record has more than {LONGEST_RECORD:,} characters")


def xml_records(file: ListFile, wanted: Sequence[str]) -> Iterator[Node]:
    """The root (its attributes only), then every outermost element of these names, whole, as the file is read."""
    records = _Records(file.name, frozenset(wanted))
    with file.open() as raw:
        try:
            while piece := raw.read(PIECE):
                records.parser.Parse(piece, False)
                while records.done:
                    yield records.done.popleft()
            records.parser.Parse(b"", True)
        except expat.ExpatError as error:
            sentence = f"{file.name}, line {error.lineno}: the XML is broken ({expat.ErrorString(error.code)})"
            raise ListUnusable(sentence, try_="Fetch the file again; it may have been cut short.") from None
        except (LookupError, ValueError) as error:
            raise ListUnusable(f"{file.name}: it declares an encoding that cannot be read ({error})") from None
    while records.done:
        yield records.done.popleft()
