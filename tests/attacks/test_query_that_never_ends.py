"""Queries made to hang or fill memory: each is answered, or refused with a sentence, in bounded time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from leakdesk.search.tree import QueryError
from tests.search.families import TUNED, families
from tests.search.shelf import Shelf

#: Seconds of processor time that any one query may take on a small shelf, on a slow and busy computer.
LIMIT = 6.0


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    names = [form for family in families(TUNED) for form, _ in family.forms]
    texts = {f"d{number}": " ".join(names[number : number + 40]) for number in range(0, len(names), 20)}
    texts["long"] = "a" * 5000 + " " + "аб" * 45 + " " + " ".join(names)
    return Shelf(tmp_path_factory.mktemp("queries") / "index").put(**texts)


REFUSED = {
    "one hundred kilobytes of one word": "ж" * 100_000,
    "one hundred kilobytes of words": "слово " * 16_000,
    "ten thousand terms with OR": " OR ".join(f"слово{number}" for number in range(10_000)),
    "two thousand terms with OR": " OR ".join(f"с{number}" for number in range(1500)),
    "parentheses a thousand deep": "(" * 1000 + "слово" + ")" * 1000,
    "NOT a thousand deep": "NOT " * 1000 + "слово",
    "minus a thousand deep": "-" + "(-" * 1000 + "слово",
    "an unbalanced quotation mark": '"' + "слово " * 1000,
    "wildcards only": "***",
    "one letter and wildcards": "?*?*а*?*",
    "nested repetitions": "/(а+)+$/",
    "repetitions of repetitions": "/(а{1000}){1000}/",
    "a memory of twenty letters": "/.*а.{20}/",
    "a back reference": r"/(а)\1/",
    "a look ahead": "/а(?=б)/",
    "classes of all letters": r"/\p{L}{50}/",
    "a chain of thirty NEARs": " NEAR/100 ".join(family.name for family in families(TUNED)[:30]),
}
ANSWERED = {
    "five hundred names with OR": " OR ".join(form for family in families(TUNED)[:60] for form, _ in family.forms[:8]),
    "a phrase of sixty names": '"' + " ".join(family.name for family in families(TUNED)[:60]) + '"',
    "alternatives that overlap": "/(а|б|аб|ба)*/",
    "repetitions of alternatives": "/(а|аб)+(б|аб)*б/",
    "many wildcards": "*а*б*а*б*а*б*а*б*а*б*а*б*а*б*",
    "fuzzy names": " OR ".join(f"{family.name}~2" for family in families(TUNED)[:20]),
    "a chain of ten NEARs": " NEAR/100 ".join(family.name for family in families(TUNED)[:11]),
    "phrases near each other": '"Олег Горбачёв" NEAR/25 "Пётр Кравцов"',
    "a word of five thousand letters": "a" * 5000,
    "a range of everything": "number:0..999999999999999",
    "fields in fields": "from:from:from:from:слово",
}


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


def test_a_list_of_terms_has_its_bounds_too(tmp_path: Path) -> None:
    from leakdesk.errors import UsageError
    from leakdesk.search.batch import MOST_TERMS, terms_in

    with pytest.raises(UsageError):
        terms_in("\n".join(f"слово{number}" for number in range(MOST_TERMS + 1)), table=False)
