"""Memory does not grow with the mailbox: streamed in, never held."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from bench.cost import Cost, leakdesk
from bench.searchable import write_mailbox

from leakdesk.model.document import Extract, Kind
from leakdesk.store import CaseStore
from leakdesk.store.rows import to_json
from leakdesk.store.tables import documents
from leakdesk.work import letters
from leakdesk.work.document_rows import document_row

#: MB, as the project promises them for `add --no-deep --jobs 2`.
MAIN, GROUP = 300, 900
#: What may come on top between the two sizes: the index's writer fills its buffer once, words and ids take a few bytes each.
GROWTH = 80


def _cost(folder: Path, count: int) -> Cost:
    folder.mkdir()
    write_mailbox(folder / "box.mbox", count)
    return leakdesk(folder, folder / "box.mbox", 2)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_hundred_thousand_messages_take_no_more_memory_than_ten_thousand(tmp_path: Path) -> None:
    small, large = _cost(tmp_path / "s", 10_000), _cost(tmp_path / "l", 100_000)
    assert large.main_mb < MAIN
    assert large.group_mb < GROUP
    assert large.main_mb < small.main_mb + GROWTH


def test_four_thousand_messages_take_little_more_memory_than_one_thousand(tmp_path: Path) -> None:
    small, large = _cost(tmp_path / "s", 1000), _cost(tmp_path / "l", 4000)
    assert large.main_mb < MAIN
    assert large.group_mb < GROUP
    assert large.main_mb < small.main_mb + GROWTH


def test_working_out_threads_and_copies_holds_only_letters_that_share_something(tmp_path: Path) -> None:
    """What grows with a parcel: nothing of a letter's head or text is held at the end, only its id and a few numbers."""
    with _filled(tmp_path / "s", 1_000) as small, _filled(tmp_path / "l", 9_000) as large:
        few, many = _peak(small), _peak(large)
    assert many - few < 8_000 * 200, (few, many)


def _filled(place: Path, count: int) -> CaseStore:
    """A case with heads of letters that share nothing, and long recipients."""
    store = CaseStore.create(place)
    people = [{"name": "Clerk of a long name", "address": f"c{n}@lathe.example"} for n in range(40)]
    with store.writing() as writer:
        for number in range(count):
            head = {"from": people[:1], "to": people, "message_id": f"<m{number}@lathe.example>"}
            extract = Extract(kind=Kind.MESSAGE, schema="Email", media_type="message/rfc822")
            row = document_row(f"d{number:019d}", f"{number:064x}", 1, extract, "test 1") | {
                "head": to_json(head),
                "listed": None,
                "message_id": f"<m{number}@lathe.example>",
                "date_utc": f"2023-04-03T{number // 3600:02d}:{number // 60 % 60:02d}:{number % 60:02d}Z",
            }
            writer.insert(documents, [row])
    return store


def _peak(store: CaseStore) -> int:
    """Bytes that Python held at most while threads and copies were worked out."""
    tracemalloc.start()
    assert letters.relate(store, deep=False) > 0
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
