"""Designations fold to one key in four languages and two scripts; suffixes matter; invented ones are found by their class."""

from __future__ import annotations

import pytest

from leakdesk.mentions.equipment import designation_key
from leakdesk.mentions.names import find_mentions
from leakdesk.model.document import TextLayer


def found(text: str) -> list[str]:
    layer = TextLayer(text=text, extractor="test 1")
    return [each.text for each in find_mentions(layer, parser_free=True).mentions if each.type == "equipment"]


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ми-8МТВ-1", "Мі-8МТВ-1", "Mi-8MTV-1", "Мi-8МТВ-1"),
        ("ТВ3-117ВМ", "TV3-117VM"),
        ("Ил-76ТД", "Іл-76ТД", "Il-76TD"),
        ("АИ-24ВТ", "АІ-24ВТ", "AI-24VT"),
        ("Тл-44М", "Tl-44M"),
        ("Орлан-10", "Orlan-10"),
    ],
)
def test_one_key(spellings: tuple[str, ...]) -> None:
    assert len({designation_key(each) for each in spellings}) == 1


def test_suffix_and_number_stay_apart() -> None:
    keys = [designation_key(each) for each in ("Mi-8", "Mi-28", "Mi-8MT", "Mi-8MTV-5", "Mi-8MTV-1", "Mi-8AMT")]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("text", "designations"),
    [
        ("Вертолёт Гр-19К разобран", ["Гр-19К"]),
        ("Гелікоптер Гр-19К розібрано", ["Гр-19К"]),
        ("Верталёт Гр-19К разабраны", ["Гр-19К"]),
        ("The Gr-19K helicopter was taken apart", ["Gr-19K"]),
        ("двигатели ДВК-300 и ДВК-310М", ["ДВК-300", "ДВК-310М"]),
        ("верстат Okuma GENOS L3000 прибув", ["Okuma GENOS L3000"]),
        ("беспилотник «Стриж-4» упал", ["«Стриж-4»"]),
        ("a Quillo-7 drone", ["Quillo-7"]),
        ("танк Т-72Б3", ["Т-72Б3"]),
    ],
)
def test_found_also_when_invented(text: str, designations: list[str]) -> None:
    assert found(text) == designations


@pytest.mark.parametrize(
    "text", ["договор № КС-102", "COVID-19 вернулся", "по ГОСТ 2789-73", "room A-12", "в 2024-2025 годах", "статья Т-5"]
)
def test_not_equipment(text: str) -> None:
    assert found(text) == []
