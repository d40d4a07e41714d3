"""The index lives through additions, replacements, crashes and other versions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from leakdesk.errors import CaseBusy
from leakdesk.model.document import TextLayer
from leakdesk.search.entry import IndexEntry, index_entry
from leakdesk.search.index import IndexDamagedError, Indexer, IndexOutdatedError, discard
from leakdesk.search.searcher import NOTHING_YET, Searcher
from tests.search.shelf import Shelf


def entry(document: str, text: str) -> IndexEntry:
    return index_entry(document, TextLayer(text=text, extractor="test 1"))


def test_an_entry_survives_the_way_between_processes() -> None:
    import msgspec

    made = entry("d1", "Олег Горбачёв, МХ-14М, 5 000")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=IndexEntry) == made


def test_a_reader_sees_each_commit_and_nothing_before(shelf: Shelf) -> None:
    shelf.put(a="печь")
    searcher = shelf.searcher()
    indexer = Indexer(shelf.folder)
    for number in range(3):
        assert searcher.count("печь") == 1 + number
        indexer.add(entry(f"b{number}", "Harbachou и печь"))
        assert searcher.count("печь") == 1 + number
        indexer.commit()
    assert searcher.count("печь") == 4
    assert searcher.count("Горбачёв") == 3
    indexer.close()


def test_a_new_spelling_is_found_by_a_reader_that_asked_before(shelf: Shelf) -> None:
    shelf.put(a="Harbachou")
    searcher = shelf.searcher()
    assert searcher.count("Горбачёв") == 1
    with Indexer(shelf.folder) as indexer:
        indexer.add(entry("b", "Гарбачоў"))
    assert searcher.count("Горбачёв") == 2


def test_a_document_added_again_replaces_itself(shelf: Shelf) -> None:
    shelf.put(a="печь", b="печь")
    with Indexer(shelf.folder) as indexer:
        indexer.add(entry("a", "станок"))
        indexer.add(entry("a", "станок"))
    searcher = shelf.searcher()
    assert (searcher.count("печь"), searcher.count("станок"), len(searcher)) == (1, 1, 2)


def test_a_deleted_document_is_gone(shelf: Shelf) -> None:
    shelf.put(a="печь", b="печь")
    with Indexer(shelf.folder) as indexer:
        indexer.delete("a")
    assert shelf.find("печь") == {"b"}


def test_an_index_nobody_filled_answers_that_nothing_is_there(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    searcher = Searcher(tmp_path / "index", pytest.fail)
    results = searcher.search("Горбачёв", facets=("kind",))
    assert (results.total, results.notes) == (0, (NOTHING_YET,))
    with Indexer(tmp_path / "index") as indexer:
        indexer.add(entry("a", "Harbachou"))
    assert searcher.count("Горбачёв") == 1


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("станок NEAR/x печь", "“NEAR/x” was searched as words; to use it as an operator, write a number"),
        ("foo:станок OR печь", "There is no field foo: here, so “foo:станок” was searched as words."),
        ("-(AND/2 печь)", "“AND/2” was searched as words; to use it as an operator, it takes no number."),
    ],
)
def test_what_looks_like_an_operator_or_a_field_and_was_searched_as_words_is_said(
    shelf: Shelf, query: str, says: str
) -> None:
    shelf.put(a="печь")
    searcher = shelf.searcher()
    for _ in range(2):
        [note] = searcher.search(query).notes
        assert note.startswith(says)


@pytest.mark.parametrize(
    "query", ["https://plant.example/a", '"foo:печь"', "subject:печь", "10:30", "and/or печь NEAR/5 a"]
)
def test_ordinary_words_are_searched_without_a_remark(shelf: Shelf, query: str) -> None:
    shelf.put(a="печь")
    assert shelf.searcher().search(query).notes == ()


def test_only_one_writes(shelf: Shelf) -> None:
    shelf.put(a="печь")
    with Indexer(shelf.folder), pytest.raises(CaseBusy):
        Indexer(shelf.folder)


def test_another_format_is_not_guessed_at(shelf: Shelf) -> None:
    shelf.put(a="печь")
    marker = shelf.folder / "format.json"
    marker.write_text(json.dumps({"format": 999, "spelling": ""}), "utf-8")
    for opens in (shelf.searcher, lambda: Indexer(shelf.folder)):
        with pytest.raises(IndexOutdatedError) as caught:
            opens()
        assert "leakdesk rebuild CASE" in caught.value.sentence()


def test_other_spelling_rules_make_the_words_keyed_anew(shelf: Shelf) -> None:
    shelf.put(a="Harbachou")
    marker = shelf.folder / "format.json"
    marker.write_text(json.dumps({**json.loads(marker.read_text("utf-8")), "spelling": "older"}), "utf-8")
    with pytest.raises(IndexOutdatedError):
        shelf.searcher()
    Indexer(shelf.folder).close()
    assert shelf.find("Горбачёв") == {"a"}


@pytest.mark.parametrize("lost", ["terms/meta.json", "words.db", "format.json"])
def test_a_damaged_index_says_how_to_make_it_anew(shelf: Shelf, lost: str) -> None:
    shelf.put(a="печь")
    (shelf.folder / lost).write_bytes(b"\x00rubbish" * 500)
    with pytest.raises((IndexDamagedError, IndexOutdatedError)) as caught:
        shelf.searcher().search("печь")
    assert "leakdesk rebuild CASE" in caught.value.sentence()
    discard(shelf.folder)
    shelf.put(a="печь")
    assert shelf.find("печь") == {"a"}


def test_an_index_taken_away_while_reading_is_noticed(shelf: Shelf) -> None:
    shelf.put(a="печь")
    searcher = shelf.searcher()
    discard(shelf.folder)
    with pytest.raises(IndexDamagedError):
        searcher.search("печь")


_KILLED = """
    import sys
    from leakdesk.model.document import TextLayer
    from leakdesk.search.entry import index_entry
    from leakdesk.search.index import Indexer
    indexer = Indexer(sys.argv[1])
    for number in range(100_000):
        indexer.add(index_entry(f"k{number}", TextLayer(text=f"печь слово{number} Гарбачоў", extractor="t")))
        if number % 50 == 49:
            indexer.commit()
            print(number + 1, flush=True)
"""


def test_a_kill_in_the_middle_loses_nothing_that_was_committed(shelf: Shelf) -> None:
    shelf.put(a="печь")
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(_KILLED), str(shelf.folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    assert child.stdout is not None
    committed = [int(child.stdout.readline()) for _ in range(3)][-1]
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().split()
    child.wait()
    committed = int(rest[-1]) if rest else committed
    searcher = Searcher(shelf.folder, shelf.texts.__getitem__)
    assert searcher.count("печь") in range(committed + 1, committed + 52)
    assert searcher.count("Horbachov") == searcher.count("печь") - 1
    with Indexer(shelf.folder) as indexer:  # the lock went with the process
        indexer.add(entry("after", "печь"))
    assert Searcher(shelf.folder, shelf.texts.__getitem__).count("печь") > committed + 1
