"""Spreadsheets: every sheet, hidden ones too, one row a line with tabs between cells; then comments, text boxes, margins.

Values stand as they are stored, written the shortest way: whole numbers without a point, dates as ISO 8601, truth values
as TRUE and FALSE; with the unit, percent sign or leading zeros that their format shows (.xlsx, .ods). Formulas stand as their
last result. Sheets are pages.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness
from leakdesk.documents.locked import LOCKED
from leakdesk.documents.locked_odf import unlocked_package
from leakdesk.documents.number_formats import written
from leakdesk.documents.office import NAME as PACKAGE_NAME
from leakdesk.documents.office import core_properties, finished, local, unreadable
from leakdesk.documents.open_document import is_locked_odf, odf_margins, odf_properties, odf_text
from leakdesk.documents.packages import NotAPackage, Package, open_package
from leakdesk.documents.sections import Sections
from leakdesk.documents.sheet_formats import ods_shown, xlsx_formats
from leakdesk.model.document import Extract, Kind, State

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "leakdesk-sheets 2"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

Formats = Callable[[int], Mapping[tuple[int, int], str]]
Cell = int | float | str | bool | time | date | datetime | timedelta


def read_xlsx(data: bytes, hints: ReaderHints) -> Extract:
    """Read an .xlsx (.xlsm, .xlsb) workbook."""
    try:
        package = open_package(data, hints.limits)
    except NotAPackage as error:
        return unreadable(XLSX, str(error), kind=Kind.TABLE)
    complete, sections = Completeness(), Sections(paged=True)
    _tables(data, sections, complete, hints, lambda sheet: xlsx_formats(package, sheet))
    for name in sorted(package.names):
        _beside(package, name, sections)
    return finished(package, sections, complete, XLSX, core_properties(package), kind=Kind.TABLE)


def _beside(package: Package, name: str, sections: Sections) -> None:
    if re.search(r"xl/(?:comments|threadedComments/)[^/]*\.xml$", name):
        root = package.xml(name)
        for each in root.iter() if root is not None else ():
            if local(each) in ("comment", "threadedComment"):
                sections.aside("comments", "".join(t.text or "" for t in each.iter() if local(t) in ("t", "text")))
    elif re.search(r"xl/drawings/drawing[^/]*\.xml$|xl/charts/chart[^/]*\.xml$", name):
        root = package.xml(name)
        for each in root.iter() if root is not None else ():
            if local(each) == "p":
                sections.aside("boxes", "".join(t.text or "" for t in each.iter() if local(t) == "t"))
    elif re.search(r"xl/(?:worksheets|chartsheets)/[^/]+\.xml$", name):
        content = package.read(name) or b""
        if b"headerFooter" in content:
            for match in re.finditer(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]+)<", content):
                sections.aside("margins", _margin(match[1].decode("utf-8", "replace")))


def _margin(code: str) -> str:
    """A header or footer of a sheet without its formatting codes (&L, &"Arial", &12 ...)."""
    from html import unescape

    bare = re.sub(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-KM-QS-Z])', "", unescape(code))
    return re.sub(r"&[LCR]", "\t", bare).strip()


def read_ods(data: bytes, hints: ReaderHints) -> Extract:
    """Read an OpenDocument spreadsheet."""
    try:
        package = open_package(data, hints.limits)
    except NotAPackage as error:
        return unreadable(ODS, str(error), kind=Kind.TABLE)
    if is_locked_odf(package):
        opened = unlocked_package(package, hints.passwords)
        return unreadable(ODS, LOCKED, kind=Kind.TABLE) if opened is None else read_ods(opened, hints)
    complete, sections = Completeness(), Sections(paged=True)
    root: _Element | None = package.xml("content.xml")
    _tables(data, sections, complete, hints, lambda sheet: ods_shown(root, sheet))
    for each in root.iter() if root is not None else ():
        if local(each) == "annotation":
            sections.aside("comments", odf_text(each, Sections()))
    odf_margins(package, sections)
    return finished(package, sections, complete, ODS, odf_properties(package), kind=Kind.TABLE)


def read_xls(data: bytes, hints: ReaderHints) -> Extract:
    """Read an .xls workbook of Excel 5 to 2003; comments and drawn text are not reached in this format."""
    from leakdesk.documents.locked import unlocked

    opened = unlocked(data, hints)
    if isinstance(opened, str):
        return unreadable(XLS, opened, kind=Kind.TABLE)
    if not sound_compound(opened):
        return unreadable(XLS, "damaged: not a workbook that can be opened", kind=Kind.TABLE)
    complete, sections = Completeness(), Sections(paged=True)
    _tables(opened, sections, complete, hints)
    layer = sections.layer(NAME, complete, hints.limits.text_chars)
    failed = complete.state is not State.READ and not layer.text
    return Extract(
        kind=Kind.TABLE,
        schema="Table",
        media_type=XLS,
        layer=None if failed else layer,
        state=State.FAILED if failed else complete.state,
        stage="" if complete.state is State.READ else "read",
        reason=complete.reason,
        limit=complete.limit,
        notes=tuple(complete.notes),
    )


def sound_compound(data: bytes) -> bool:
    """Whether a compound file's directory can be read and promises no more than the file holds: calamine believes the
    sizes written there and would allocate them. Files that are no compound files are left to it."""
    if not data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return True
    if (
        data[30:32] not in (b"\x09\0", b"\x0c\0") or data[32:34] != b"\x06\0"
    ):  # sectors of 512 or 4096 bytes, small ones of 64
        return False
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            root = getattr(file.root, "size", 0) <= len(data)
            return root and all(file.get_size(path) <= len(data) for path in file.listdir(streams=True, storages=False))
    except Exception:  # olefile raises OSError, struct.error, IndexError and others on damaged files
        return False


def _tables(
    data: bytes, sections: Sections, complete: Completeness, hints: ReaderHints, shown_as: Formats | None = None
) -> None:
    """All sheets of a workbook, as pages; `shown_as` gives for a sheet how its cells are shown."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except BaseException as error:
        complete.partial(f"the sheets cannot be read ({_named(error)})")
        return
    total = 0
    for number, sheet in enumerate(book.sheets_metadata):
        if sheet.visible is not python_calamine.SheetVisibleEnum.Visible:
            complete.note("hidden sheets", f"sheet {len(sections.pages) + 1} is hidden")
        try:
            table = book.get_sheet_by_name(sheet.name)
            rows = table.to_python(skip_empty_area=True)
            top, left = table.start or (0, 0)
        except BaseException as error:
            reason = _named(error)
            if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet:
                complete.partial(f"sheet {len(sections.pages) + 1} cannot be read ({reason})")
            rows, top, left = [], 0, 0
        formats = shown_as(number) if shown_as is not None and rows else {}
        lines = [without_surrogates(sheet.name)]
        for down, row in enumerate(rows, top):
            line = "\t".join(
                [_as_shown(value, formats.get((down, across), "")) for across, value in enumerate(row, left)]
                if formats
                else map(shown, row)
            ).rstrip("\t")
            total += len(line) + 1
            lines.append(line)
            if total > hints.limits.text_chars:
                complete.partial("longer than the limit", "text_chars")
                break
        sections.pages.append("\n".join(lines).rstrip("\n"))


def _named(error: BaseException) -> str:
    """The class of an error; a person's interruption goes on. The Rust parser's panics are no `Exception`s."""
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
        raise error
    return type(error).__name__


def _as_shown(value: Cell, how: str) -> str:
    """A number as its format shows it. `how` is a format code, or "=" and the words that the file itself shows."""
    if how.startswith("="):
        return shown(how[1:])
    if not how or isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return shown(value)
    return written(value, how)


def shown(value: Cell) -> str:
    """A cell's value the shortest way that loses nothing; line ends and tabs inside a cell become blanks."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return (
            str(int(value))
            if value.is_integer() and abs(value) < 1e16
            else repr(round(value, 12))
            if abs(value) < 1e6
            else repr(value)
        )
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, str):
        return " ".join(without_surrogates(value).split("\n")).replace("\t", " ").replace("\r", "") if value else ""
    return str(value)


__all__ = ["NAME", "ODS", "PACKAGE_NAME", "XLS", "XLSX", "read_ods", "read_xls", "read_xlsx", "shown"]
