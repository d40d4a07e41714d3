"""The attachments: what kind of file each is, and its text from `sources/papers/`.

A row of papers.toml:

    [contract]
    kind = "pdf"                       pdf | lockedpdf | scan | docx | xlsx | txt | calendar | logo | brokenzip | zip
    name = "Договор № {x:17/АР}.pdf"
    lang = "ru"
    text = "papers/contract.txt"
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leakdesk.demo.mail import Part
from leakdesk.demo.office import docx_bytes, xlsx_bytes
from leakdesk.demo.pdf import picture_pdf, text_pdf
from leakdesk.demo.raster import ROW, Page, Picture, wrap
from leakdesk.demo.sources import Table, source_table, source_text
from leakdesk.demo.stored import png_bytes, zip_bytes
from leakdesk.demo.wording import Use, Wording

_SCAN = (1654, 2339)  # A4 at 200 dots an inch
_TYPES = {
    "pdf": "application/pdf",
    "lockedpdf": "application/pdf",
    "scan": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "calendar": "text/calendar",
    "logo": "image/png",
    "brokenzip": "application/zip",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One attachment: its kind, its text as a person reads it, its bytes."""

    key: str
    kind: str
    name: str
    language: str
    text: str
    data: bytes
    name_style: str
    name_charset: str
    password: str
    uses: tuple[Use, ...]

    @property
    def media_type(self) -> str:
        return _TYPES[self.kind]

    def part(self) -> Part:
        """The attachment as a part of a message."""
        charset = "windows-1251" if self.kind == "txt" else "utf-8" if self.kind == "calendar" else ""
        return Part(
            media_type=self.media_type, data=self.data, name=self.name, name_style=self.name_style,
            name_charset=self.name_charset, charset=charset, inline=f"{self.key}@logo" if self.kind == "logo" else "",
        )  # fmt: skip


class Papers:
    """All attachments of one telling, made when first asked for."""

    def __init__(self, wording: Wording) -> None:
        self._wording, self._table, self._made = wording, source_table("papers.toml"), dict[str, Paper]()

    def names(self) -> Sequence[str]:
        """Every paper there is, by key."""
        return tuple(self._table)

    def members(self, key: str) -> Sequence[str]:
        """What an archive holds."""
        return tuple(self._table[key].get("members", []))

    def paper(self, key: str) -> Paper:
        """The paper called `key` in papers.toml."""
        if key not in self._made:
            self._made[key] = self._make(key, self._table[key])
        return self._made[key]

    def _make(self, key: str, row: Table) -> Paper:
        language, kind, before = str(row["lang"]), str(row["kind"]), len(self._wording.uses)
        text = self._wording.fill(source_text(str(row["text"])), language) if "text" in row else ""
        rows = [[self._cell(value, language) for value in line] for line in row.get("rows", [])]
        if rows:
            rows = with_sums(rows)
            text = "\n".join("\t".join(map(str, line)) for line in rows)
        password = self._wording.fill(str(row.get("password", "")), language)
        members = [self.paper(name) for name in row.get("members", [])]
        return Paper(
            key=key, kind=kind, name=self._wording.fill(str(row["name"]), language), language=language, text=text,
            data=_BYTES[kind](_Source(key, text, rows, password, members)),
            name_style=str(row.get("name_style", "rfc2231")), name_charset=str(row.get("name_charset", "utf-8")),
            password=password, uses=tuple(self._wording.uses[before:]),
        )  # fmt: skip

    def _cell(self, value: str | int, language: str) -> str | int:
        return self._wording.scale(value) if isinstance(value, int) else self._wording.fill(value, language)


@dataclass(frozen=True, slots=True)
class _Source:
    key: str
    text: str
    rows: Sequence[Sequence[str | int]]
    password: str
    members: Sequence[Paper]


def with_sums(rows: Sequence[Sequence[str | int]]) -> list[list[str | int]]:
    """`*` becomes quantity times price of its row (the two cells before), `+` the sum of the column above."""
    done: list[list[str | int]] = []
    for row in rows:
        cells = list(row)
        for at, value in enumerate(cells):
            if value == "*":
                cells[at] = _whole(cells[at - 2]) * _whole(cells[at - 1])
            elif value == "+":
                cells[at] = sum(_whole(line[at]) for line in done if isinstance(line[at], int))
        done.append(cells)
    return done


def _whole(value: str | int) -> int:
    if not isinstance(value, int):
        raise TypeError(f"not a number: {value}")
    return value


def scan_page(text: str, key: str) -> Picture:
    """A letter on the glass of an office scanner: a little dust, a frame line, a wavering margin."""
    page, y = Page(*_SCAN), 170
    for number, line in enumerate(wrap(text.strip("\n"), _SCAN[0] - 340)):
        page.write(170 + (number * 7) % 3, y, line)
        y += ROW + 8
    page.bar(60, 40, 2, 900)
    page.specks(260, key)
    return page.picture()


def _logo(source: _Source) -> bytes:
    page = Page(240, 64)
    page.bar(0, 0, 240, 4)
    page.bar(0, 60, 240, 4)
    page.write(16, 10, source.text.strip())
    picture = page.picture()
    return png_bytes(picture.width, picture.height, picture.rows)


def _archive(source: _Source) -> bytes:
    return zip_bytes([(paper.name, paper.data) for paper in source.members])


def _broken_archive(source: _Source) -> bytes:
    """A download that stopped: the end, where an archive keeps its list of members, is missing."""
    whole = _archive(source)
    return whole[: len(whole) * 3 // 5]


_BYTES: dict[str, Callable[[_Source], bytes]] = {
    "pdf": lambda source: text_pdf(source.text),
    "lockedpdf": lambda source: text_pdf(source.text, source.password),
    "scan": lambda source: picture_pdf([scan_page(page, source.key) for page in source.text.split("\f")]),
    "docx": lambda source: docx_bytes(source.text),
    "xlsx": lambda source: xlsx_bytes("Лист1", source.rows),
    "txt": lambda source: source.text.replace("\n", "\r\n").encode("windows-1251"),
    "calendar": lambda source: source.text.replace("\n", "\r\n").encode(),
    "logo": _logo,
    "brokenzip": _broken_archive,
    "zip": _archive,
}
