"""What some bytes are, and what archives hold."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import subprocess
from pathlib import Path

import pytest

from leakdesk.intake.identify import identify, name_differs
from leakdesk.intake.unpack import Budget, open_archive
from tests.work.parcels import letter, mbox, tarred, zipped


@pytest.mark.parametrize(
    ("head", "name", "media_type"),
    [
        (b"%PDF-1.7", "x.txt", "application/pdf"),
        (letter(1), "x", "message/rfc822"),
        (letter(1), "x.txt", "message/rfc822"),
        (mbox([letter(1)]), "x.eml", "application/mbox"),
        (b"From now on\nwe meet", "note", "text/plain"),
        (b"Dear Iryna: hello\n", "note", "text/plain"),
        (b"", "note.txt", "text/plain"),
        ("Привет".encode("cp1251"), "note.txt", "text/plain"),
        ("Test message\n".encode("utf-16-be"), "note.txt", "text/plain"),
        ("Станок 4\nушёл".encode("utf-16-le"), "note", "text/plain"),
        (b"<!DOCTYPE html><html>", "x", "text/html"),
        (b"a,b\n1,2\n", "x.csv", "text/csv"),
        (zipped([("a", b"b")]), "x.docx", "application/zip"),
        (
            zipped([("[Content_Types].xml", b""), ("word/document.xml", b"")]),
            "x",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (gzip.compress(b"x", mtime=0), "x", "application/gzip"),
        (b"\x00\x01\x02\x03" * 20, "x.pdf", "application/octet-stream"),
        (b"12\n" + letter(1), "1.emlx", "application/x-emlx"),
    ],
)
def test_type_is_told_by_content(head: bytes, name: str, media_type: str) -> None:
    assert identify(head[:65536], name) == media_type


def test_a_wrong_name_is_noted_and_a_right_one_is_not() -> None:
    assert name_differs("application/pdf", "letter.doc") == "the name ends in .doc, the content is application/pdf"
    assert name_differs("text/plain", "letter.txt") is None
    assert name_differs("text/plain", "letter") is None


def _members(
    data: bytes,
    media_type: str,
    *,
    bytes_: int = 1 << 30,
    members: int = 1000,
    path: str | None = None,
    passwords: tuple[str, ...] = (),
) -> tuple[int, list[tuple[str, bytes | None, str]]]:
    archive = open_archive(io.BytesIO(data), media_type, Budget(members, bytes_), passwords, path)
    found = [(m.name, b"".join(m.pieces) if m.pieces is not None else None, m.state.value) for m in archive.members()]
    return archive.listed, found


@pytest.mark.parametrize(
    ("pack", "media_type"),
    [(gzip.compress, "application/gzip"), (bz2.compress, "application/x-bzip2"), (lzma.compress, "application/x-xz")],
)
def test_a_compressed_tar_is_one_container_and_a_compressed_file_holds_one_member(
    pack: object, media_type: str
) -> None:
    tar = gzip.decompress(tarred([("a", b"one"), ("b", b"two")]))
    listed, found = _members(pack(tar), media_type)  # type: ignore[operator]
    assert (listed, found) == (2, [("a", b"one", "read"), ("b", b"two", "read")])
    listed, found = _members(pack(b"text") + pack(b" and more"), media_type)  # type: ignore[operator]
    assert (listed, found) == (1, [("", b"text and more", "read")])


def test_a_tar_that_breaks_off_gives_what_it_has() -> None:
    chance = __import__("random").Random(3)
    data = tarred([(f"f{n}", chance.randbytes(4000)) for n in range(5)])
    listed, found = _members(data[:-3000], "application/gzip")
    assert listed == len(found) >= 4
    assert found[0][2] == "read"
    assert found[-1][2] == "partial"


def test_members_behind_a_damaged_header_are_counted() -> None:
    tar = bytearray(gzip.decompress(tarred([("a", b"one"), ("b", b"two"), ("c", b"three")])))
    tar[1024 + 150] ^= 0x7F
    listed, found = _members(bytes(tar), "application/x-tar")
    assert listed == len(found) == 2
    assert [name for name, _, _ in found] == ["a", "c"]
    assert found[1][2] == "failed"


def test_a_zip_without_directory_is_salvaged() -> None:
    data = zipped([("a.txt", b"one" * 99), ("b.txt", b"two" * 99)])
    listed, found = _members(data[: data.rfind(b"PK\x01\x02") - 60], "application/zip")
    assert listed == len(found)
    assert found[0] == ("a.txt", b"one" * 99, "read")


def test_a_wrong_checksum_costs_no_bytes() -> None:
    data = bytearray(zipped([("a.txt", b"one")]))
    at = data.rfind(b"PK\x01\x02")
    data[at + 16] ^= 1
    _, [(name, content, state)] = _members(bytes(data), "application/zip")
    assert (name, content, state) == ("a.txt", b"one", "partial")


@pytest.mark.parametrize("form", ["7zip", "zip", "cpio"])
def test_other_archives_are_opened_by_a_program(tmp_path: Path, form: str) -> None:
    if shutil.which("bsdtar") is None:
        pytest.skip("needs bsdtar")
    (tmp_path / "a.txt").write_text("one")
    subprocess.run(["bsdtar", "-cf", str(tmp_path / "x"), f"--format={form}", "-C", str(tmp_path), "a.txt"], check=True)
    media_type = {"7zip": "application/x-7z-compressed", "zip": "application/zip", "cpio": "application/x-cpio"}[form]
    listed, found = _members((tmp_path / "x").read_bytes(), media_type, path=str(tmp_path / "x"))
    assert (listed, found) == (1, [("a.txt", b"one", "read")])


def test_the_budget_counts_all_that_comes_out() -> None:
    archive = open_archive(
        io.BytesIO(zipped([("a", b"\0" * 5000), ("b", b"\0" * 6000), ("c", b"")])), "application/zip", Budget(9, 10_000)
    )
    ends = [(m.name, len(b"".join(m.pieces or ())), m.limit) for m in archive.members()]
    assert ends == [("a", 5000, ""), ("b", 0, "expansion"), ("c", 0, "expansion")]
    assert archive.limit == "expansion"


def _locked_zip(folder: Path, how: str) -> Path:
    (folder / "a.txt").write_text("behind a lock\n" * 50)
    (folder / "b.txt").write_text("two\n")
    path = folder / "locked.zip"
    options = ["--format=zip", "--options", f"zip:encryption={how}", "--passphrase", "kiln"]
    made = subprocess.run(
        ["bsdtar", "-cf", str(path), *options, "-C", str(folder), "a.txt", "b.txt"], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("needs a bsdtar that locks")
    return path


@pytest.mark.skipif(shutil.which("bsdtar") is None, reason="needs bsdtar")
@pytest.mark.parametrize("how", ["zipcrypt", "aes128", "aes256"])
def test_a_locked_zip_opens_with_its_password_only(tmp_path: Path, how: str) -> None:
    data = _locked_zip(tmp_path, how).read_bytes()
    whole = [("a.txt", b"behind a lock\n" * 50, "read"), ("b.txt", b"two\n", "read")]
    assert _members(data, "application/zip", passwords=("wrong", "kiln")) == (2, whole)
    listed, found = _members(data, "application/zip", passwords=("wrong",))
    assert listed == 2
    assert [state for _, _, state in found] == ["failed", "failed"]


@pytest.mark.skipif(shutil.which("bsdtar") is None or shutil.which("unar") is None, reason="needs bsdtar and unar")
def test_what_is_locked_otherwise_is_opened_by_unar(tmp_path: Path) -> None:
    path = _locked_zip(tmp_path, "zipcrypt")
    # unar opens what it is given by its content: a zip stands here for a rar, which no free program writes.
    kind = "application/vnd.rar"
    listed, found = _members(path.read_bytes(), kind, passwords=("wrong", "kiln"), path=str(path))
    assert (listed, [(name, state) for name, _, state in found]) == (2, [("a.txt", "read"), ("b.txt", "read")])
    listed, found = _members(path.read_bytes(), kind, passwords=("wrong",), path=str(path))
    assert (listed, [state for _, _, state in found]) == (2, ["failed", "failed"])


@pytest.mark.skipif(shutil.which("bsdtar") is None, reason="needs bsdtar")
def test_a_password_that_is_not_needed_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    subprocess.run(["bsdtar", "-cf", str(tmp_path / "x"), "--format=7zip", "-C", str(tmp_path), "a.txt"], check=True)
    data = (tmp_path / "x").read_bytes()
    found = _members(data, "application/x-7z-compressed", passwords=("kiln",), path=str(tmp_path / "x"))
    assert found == (1, [("a.txt", b"one", "read")])
