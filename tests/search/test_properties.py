"""What must hold for any texts and queries."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leakdesk.search.keys import asked_keys, index_keys
from leakdesk.search.spellings import as_asked, womans_forms
from leakdesk.search.words import term_of, terms
from tests.search.families import TUNED, families
from tests.search.shelf import Shelf

FORMS = [form for family in families(TUNED)[::9] for form, _ in family.forms]
WORDS = st.sampled_from(
    [*FORMS, "завод", "заводе", "и", "мороз", "Мороз", "letter", "letters", "МХ-14М", "5 000", "Гоpбачёв"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=8)
CALM = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def shelved(texts: list[str], folder: str) -> Shelf:
    return Shelf(Path(folder) / "index").put(**{f"d{number}": text for number, text in enumerate(texts)})


@CALM
@given(TEXTS, WORDS)
def test_exact_is_part_of_variants_and_every_hit_shows_its_place(texts: list[str], word: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        searcher = shelved(texts, folder).searcher()
        exact = {hit.document for hit in searcher.search(word, spelling="exact")}
        variants = searcher.search(word)
        assert exact <= {hit.document for hit in variants}
        asked = set(terms(word))
        holds = (
            {f"d{number}" for number, text in enumerate(texts) if set(terms(text)) >= asked}
            if len(asked) == 1
            else exact
        )
        assert exact >= holds
        for hit in variants:
            assert hit.matches
            assert all(
                match.rule and texts[int(hit.document[1:])][match.start : match.end] == match.text
                for match in hit.matches
            )


@CALM
@given(TEXTS, WORDS)
def test_what_another_spelling_finds_shares_a_key_with_the_query(texts: list[str], word: str) -> None:
    if len(terms(word)) != 1 or any(char.isdigit() for char in word):
        return
    asked = as_asked(word)
    keys = {key for each in (asked, asked.capitalize(), *womans_forms(asked)) for key in asked_keys(each)}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for hit in shelved(texts, folder).searcher().search(word):
            for match in hit.matches:
                if term_of(match.text).removeprefix("^") != term_of(word).removeprefix("^"):
                    assert keys & set(index_keys(match.text)), (match.text, match.rule)


@CALM
@given(TEXTS, WORDS, WORDS)
def test_the_index_and_the_shown_places_agree_on_phrases_and_nearness(texts: list[str], left: str, right: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        searcher = shelved(texts, folder).searcher()
        phrase = searcher.search(f'"{left} {right}"')
        near = searcher.search(f'"{left}" NEAR/3 "{right}"')
        for hit in (*phrase, *near):
            assert hit.matches
        if not any(char.isdigit() for char in left + right):
            assert {hit.document for hit in phrase} <= {hit.document for hit in near}


@CALM
@given(TEXTS, WORDS, st.integers(1, 3))
def test_pages_never_repeat_or_lose_a_hit(texts: list[str], word: str, size: int) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        searcher = shelved(texts, folder).searcher()
        whole = [hit.document for hit in searcher.search(word, limit=50)]
        pages = [hit.document for at in range(0, 10, size) for hit in searcher.search(word, limit=size, offset=at)]
        assert whole == pages
        assert searcher.search(word, limit=0).total == len(whole)
