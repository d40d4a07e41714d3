"""Whatever is wrong with a list, in every format: a sentence and nothing taken in, or entries that the whole list has too."""

from __future__ import annotations

import io
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.screening.entry import ListUnusable
from leakdesk.screening.identify import lists_in
from leakdesk.screening.snapshot import Snapshot
from leakdesk.screening.streams import ListFile
from leakdesk.store.case import CaseStore
from leakdesk.work.lists import add_lists, known_lists
from tests.screening.samples import SAMPLES, as_file

FORMATS = sorted(SAMPLES)
#: Formats whose samples hold letters beyond ASCII, so that a wrong encoding shows.
LETTERED = [each for each in FORMATS if not all(text.isascii() for text in SAMPLES[each][0].values())]


def _texts(format_: str) -> dict[str, str]:
    return SAMPLES[format_][0]


def _main(format_: str) -> str:
    return next(iter(_texts(format_)))


def _said(files: dict[str, bytes]) -> dict[str, str]:
    """Id -> name of every entry, and code -> wording of goods; raises ListUnusable."""
    found: dict[str, str] = {}
    for one in lists_in([as_file(name, data) for name, data in files.items()]):
        snapshot = Snapshot.build(one.read())
        found |= {each.id: each.name for each in snapshot.entries()} | {
            each.code: each.wording for each in snapshot.goods()
        }
    return found


def _bytes(format_: str, change: Callable[[bytes], bytes] = lambda data: data) -> dict[str, bytes]:
    main = _main(format_)
    return {name: change(text.encode()) if name == main else text.encode() for name, text in _texts(format_).items()}


WHOLE = {format_: _said(_bytes(format_)) for format_ in FORMATS}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMATS), st.floats(0, 1, exclude_max=True))
def test_a_list_cut_short_is_refused_or_says_nothing_that_the_whole_does_not(format_: str, part: float) -> None:
    try:
        found = _said(_bytes(format_, lambda data: data[: int(len(data) * part)]))
    except ListUnusable as error:
        assert error.sentence()
        return
    assert found.keys() <= WHOLE[format_].keys()


@pytest.mark.parametrize("format_", [each for each in FORMATS if _main(each).endswith((".xml", ".json"))])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.97])
def test_xml_and_json_that_break_off_are_refused(format_: str, part: float) -> None:
    if format_ == "opensanctions.json":
        pytest.skip("one object a line: a file cut between two lines is whole")
    with pytest.raises(ListUnusable):
        _said(_bytes(format_, lambda data: data[: int(len(data) * part)]))


@pytest.mark.parametrize("format_", LETTERED)
@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u", "utf-16", "utf-16-le", "cp866"])
def test_another_encoding_is_refused_or_read_rightly_never_as_rubbish(format_: str, encoding: str) -> None:
    def change(data: bytes) -> bytes:
        return data.decode().encode(encoding, "replace")

    try:
        found = _said(_bytes(format_, change))
    except ListUnusable as error:
        assert error.sentence()
        return
    assert found == WHOLE[format_]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FORMATS), st.floats(0, 1, exclude_max=True), st.integers(0, 255))
def test_a_changed_byte_never_ends_in_anything_but_a_list_or_a_sentence(format_: str, part: float, byte: int) -> None:
    def change(data: bytes) -> bytes:
        at = int(len(data) * part)
        return data[:at] + bytes([byte]) + data[at + 1 :]

    try:
        assert _said(_bytes(format_, change))
    except ListUnusable as error:
        assert error.sentence()


@pytest.mark.parametrize("name", ["list.csv", "list.xml", "list.json"])
@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0" * 40, b"[]", b"{}", b"<a/>", b","], ids=repr
)
def test_an_empty_file_is_no_list(name: str, data: bytes) -> None:
    with pytest.raises(ListUnusable):
        _said({name: data})


TWICE: dict[str, Callable[[str], str]] = {
    "ofac.csv": lambda text: text.rstrip("\x1a") + text.splitlines()[0] + "\n",
    "ofac.xml": lambda text: _doubled(text, "sdnEntry").replace("<Record_Count>2", "<Record_Count>3"),
    "un.xml": lambda text: _doubled(text, "INDIVIDUAL"),
    "eu.xml": lambda text: _doubled(text, "sanctionEntity"),
    "uk.xml": lambda text: _doubled(text, "Designation"),
    "swiss.xml": lambda text: _doubled(text, "target"),
    "ukraine.json": lambda text: text[:-1] + "," + text[1:],
    "opensanctions.json": lambda text: text + "\n" + text.splitlines()[0],
    "opensanctions.csv": lambda text: text + text.splitlines()[1] + "\n",
    "own.csv": lambda text: text + text.splitlines()[1] + "\n",
    "goods.csv": lambda text: text + text.splitlines()[1] + "\n",
}


def _doubled(text: str, tag: str) -> str:
    start, end = text.index(f"<{tag}>" if f"<{tag}>" in text else f"<{tag} "), text.index(f"</{tag}>") + len(tag) + 3
    return text[:end] + text[start:end] + text[end:]


@pytest.mark.parametrize("format_", TWICE)
def test_an_entry_that_stands_twice_is_refused_with_both_places(format_: str) -> None:
    with pytest.raises(ListUnusable, match="twice"):
        _said(_bytes(format_, lambda data: TWICE[format_](data.decode()).encode()))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_broken_list_among_whole_ones_leaves_nothing_half_taken_in(format_: str, tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_text("id,name\nx1,Somebody Else\n", "utf-8")
    folder = tmp_path / "list"
    folder.mkdir()
    for name, data in _bytes(format_, lambda data: data[: len(data) // 2] + b'\0\xff<&"').items():
        (folder / name).write_bytes(data)
    with CaseStore.create(tmp_path / "case") as store:
        with pytest.raises(ListUnusable):
            add_lists(store, [good, folder])
        with store.connect() as connection:
            assert known_lists(connection) == []
        assert not list(store.layout.lists.glob("*"))
        assert not list(store.layout.arriving.iterdir())


@pytest.mark.parametrize("day", ["2024", "2024-05", "2024-05-17"])
@pytest.mark.parametrize("format_", FORMATS)
def test_a_given_day_stands_before_the_lists_own(format_: str, day: str, tmp_path: Path) -> None:
    for name, data in _bytes(format_).items():
        (tmp_path / name).write_bytes(data)
    main = tmp_path / _main(format_)
    with CaseStore.create(tmp_path / "case") as store:
        add_lists(store, [main], published=day)
        with store.connect() as connection:
            assert [one.date for one in known_lists(connection)] == [day]
        for wrong in ("yesterday", "17.05.2024", "2024-13-01", "2024-02-31"):
            with pytest.raises(ListUnusable, match="--published"):
                add_lists(store, [main], published=wrong)


class _Endless(io.RawIOBase):
    """A table of so many bytes that exists nowhere: a header, then rows whose last cell is long, made while it is read."""

    def __init__(self, size: int, row: Callable[[int], bytes], header: bytes) -> None:
        self._rows, self._left = self._made(size, row, header), b""

    @staticmethod
    def _made(size: int, row: Callable[[int], bytes], header: bytes) -> Iterator[bytes]:
        yield header
        made = number = 0
        while made < size:
            number += 1
            made += len(one := row(number))
            yield one

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (piece := next(self._rows, b"")):
            self._left += piece
        given, self._left = self._left[:size], self._left[size:]
        return given

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _endless(size: int, row: Callable[[int], bytes], header: bytes) -> ListFile:
    return ListFile("endless.csv", lambda: _Endless(size, row, header))


_FILLING = b"x" * 900_000
#: Megabytes that taking in such a list may add to what the process holds.
MOST_MORE = 90


def _more_memory(file: ListFile, place: Path) -> tuple[Snapshot, float]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    snapshot = Snapshot.build(lists_in([file])[0].read(), place)
    return snapshot, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


@pytest.mark.parametrize("size", [120 << 20, pytest.param(2 << 30, marks=pytest.mark.slow)], ids=["120 MB", "2 GB"])
def test_a_list_of_any_size_is_read_in_pieces(size: int, tmp_path: Path) -> None:
    file = _endless(size, lambda at: b"e%d,Somebody Number %d,%s\n" % (at, at, _FILLING), b"id,name,notes\n")
    snapshot, more = _more_memory(file, tmp_path / "s.sqlite")
    assert (
        snapshot.counts().entries == -(-size // (len(_FILLING) + 30)) or snapshot.counts().entries > size // 1_000_000
    )
    assert more < MOST_MORE


def test_entries_that_are_huge_themselves_are_written_down_before_they_fill_the_memory(tmp_path: Path) -> None:
    file = _endless(120 << 20, lambda at: b"e%d,Somebody Number %d,%s\n" % (at, at, _FILLING), b"id,name,positions\n")
    _, more = _more_memory(file, tmp_path / "s.sqlite")
    assert more < MOST_MORE


def test_a_line_without_end_is_refused_long_before_its_end(tmp_path: Path) -> None:
    file = _endless(2 << 30, lambda _: _FILLING, b"id,name\n")
    with pytest.raises(ListUnusable, match="characters"):
        _more_memory(file, tmp_path / "s.sqlite")
