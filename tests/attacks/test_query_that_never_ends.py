"""Queries made to hang or fill memory: each is answered, or refused with a sentence, in bounded time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from leakdesk.search.patterns import written_out
from leakdesk.search.tree import QueryError
from tests.search.families import TUNED, families
from tests.search.shelf import Shelf
from tests.search.strange import ANSWERED, BOUNDED, REFUSED

#: Seconds of processor time that any one query may take on a small shelf, on a slow and busy computer.
LIMIT = 6.0


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    names = [form for family in families(TUNED) for form, _ in family.forms]
    texts = {f"d{number}": " ".join(names[number : number + 40]) for number in range(0, len(names), 20)}
    texts["long"] = "a" * 5000 + " " + "аб" * 45 + " " + " ".join(names)
    return Shelf(tmp_path_factory.mktemp("queries") / "index").put(**texts)


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED.keys())
def test_a_query_without_end_is_refused_with_a_sentence(shelf: Shelf, query: str) -> None:
    searcher = shelf.searcher()
    began = time.process_time()
    with pytest.raises(QueryError) as caught:
        searcher.search(query)
    assert time.process_time() - began < LIMIT
    assert len(caught.value.sentence()) < 300
    assert caught.value.try_


@pytest.mark.parametrize("query", ANSWERED.values(), ids=ANSWERED.keys())
def test_a_heavy_query_is_answered_in_bounded_time(shelf: Shelf, query: str) -> None:
    searcher = shelf.searcher()
    began = time.process_time()
    results = searcher.search(query)
    assert time.process_time() - began < LIMIT
    assert results.total >= 0
    assert all(hit.matches or not hit.score for hit in results)


@pytest.mark.parametrize("query", BOUNDED.values(), ids=BOUNDED.keys())
def test_a_query_of_nothing_is_answered_or_refused_with_a_sentence(shelf: Shelf, query: str) -> None:
    try:
        assert shelf.searcher().search(query).total >= 0
    except QueryError as refused:
        assert refused.try_


@pytest.mark.parametrize(
    ("pattern", "size"),
    [("горб.ч[её]в", 8), ("(а|б){2,3}", 6), ("((а{30}){30}){30}", 27_000), (r"a\{2\}", 4), ("a{", 2)],
)
def test_counted_repetitions_are_written_out_before_the_index_is_asked(pattern: str, size: int) -> None:
    assert written_out(pattern) == size


def test_a_list_of_terms_has_its_bounds_too(tmp_path: Path) -> None:
    from leakdesk.errors import UsageError
    from leakdesk.search.batch import MOST_TERMS, terms_in

    with pytest.raises(UsageError):
        terms_in("\n".join(f"слово{number}" for number in range(MOST_TERMS + 1)), table=False)
