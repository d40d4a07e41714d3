"""Drawings inside Office files: their words are read; DjVu says what it needs."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from leakdesk.documents.readers import read
from leakdesk.intake.identify import identify
from leakdesk.model.document import State
from tests.documents.parcels import HINTS
from tests.shared import shared_path


def _record(kind: int, body: bytes) -> bytes:
    body += b"\0" * (-len(body) % 4)
    return struct.pack("<II", kind, 8 + len(body)) + body


def _written(text: str, x: int, y: int) -> bytes:
    raw = text.encode("utf-16-le")
    fixed = b"\0" * 16 + struct.pack("<Iff", 1, 1.0, 1.0) + struct.pack("<iiIII", x, y, len(text), 76, 0) + b"\0" * 20
    return _record(84, fixed + raw)


def emf(*records: bytes) -> bytes:
    head = _record(1, b"\0" * 32 + b" EMF" + b"\0" * 64)
    return head + b"".join(records) + _record(14, b"\0" * 12)


def test_the_words_of_an_emf_drawing_are_read_line_by_line() -> None:
    data = emf(_written("Furnace", 10, 10), _written("No. 3", 90, 10), _written("Печь", 10, 40), _record(84, b"short"))
    assert identify(data, "image1.bin") == "image/emf"
    made = read(data, "image/emf", HINTS)
    assert made.state is State.READ
    assert made.layer is not None
    assert made.layer.text == "Furnace No. 3\nПечь\n"


def test_the_words_of_a_wmf_drawing_are_read() -> None:
    text = "Станок".encode("cp1251")
    body = struct.pack("<hhHH", 10, 5, len(text), 0) + text
    out = struct.pack("<H", 4) + b"Lath" + struct.pack("<hh", 30, 5)
    records = [
        struct.pack("<IH", 3 + len(body) // 2, 0x0A32) + body,
        struct.pack("<IH", 3 + len(out) // 2, 0x0521) + out,
    ]
    data = b"\1\0\t\0\0\3" + b"\0" * 12 + b"".join(records) + struct.pack("<IH", 3, 0)
    assert identify(data, "x") == "image/wmf"
    made = read(data, "image/wmf", HINTS)
    assert made.layer is not None
    assert made.layer.text == "Станок\nLath\n"


def test_a_drawing_without_words_says_so_and_a_torn_one_raises_nothing() -> None:
    assert [note.rule for note in read(emf(), "image/emf", HINTS).notes] == ["no text"]
    data = emf(_written("Furnace", 10, 10))
    for end in range(0, len(data), 7):
        read(data[:end], "image/emf", HINTS)


def test_djvu_without_its_program_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leakdesk.documents.djvu.shutil.which", lambda _: None)
    assert read(b"AT&TFORMxxxxDJVU", "image/vnd.djvu", HINTS).reason == "needs djvutxt"


@pytest.mark.real
def test_drawings_of_real_office_files_are_read() -> None:
    from leakdesk.documents.readers import ReaderHints

    path = Path(shared_path("real/pdf/office/EmbeddedPDF.docx"))
    made = read(path.read_bytes(), identify(path.read_bytes(), path.name), ReaderHints(ocr=False))
    drawings = [part for part in made.parts if part.name.endswith(".emf")]
    assert drawings
    assert all(
        read(part.data or b"", identify(part.data or b"", part.name), HINTS).state is State.READ for part in drawings
    )


def test_djvu_pages_come_from_its_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A program of the same name that prints what djvutxt prints: a form feed after each page.
    program = tmp_path / "djvutxt"
    program.write_text("#!/bin/sh\nprintf 'First page\\n\\fSecond page\\n\\f'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    made = read(b"AT&TFORMxxxxDJVU", "image/vnd.djvu", HINTS)
    assert made.state is State.READ
    assert made.layer is not None
    assert made.layer.text == "First page\fSecond page"
    assert [page.number for page in made.layer.pages] == [1, 2]
