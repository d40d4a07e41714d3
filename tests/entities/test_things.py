"""Equipment: designations of both scripts, Western codes, reporting names; versions and numbers never merge."""

from __future__ import annotations

import pytest

from leakdesk.entities.match import compare
from leakdesk.model.entity import Verdict


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("Ми-8МТВ-5", "Mi-8MTV-5", "same"),
        ("Mi-8", "Мі-28", "different"),
        ("Mi-8MT", "Ми-8МТВ-5", "different"),
        ("Mi-8", "Ми-8МТВ-5", "possible"),
        ("Geran-2", "Шахед-136", "same"),
        ("C-300", "S-300", "same"),
        ("С-300ПМУ2", "S-300 PMU-2", "same"),
        ("SA-11 Gadfly", "Бук", "same"),
        ("ЗРК «Бук»", "9K37", "same"),
        ("Бук-М1", "Бук", "possible"),
        ("Бук-М1", "SA-11", "same"),
        ("Buk-M1", "Бук-М2", "different"),
        ("Mi-24 Hind", "Ми-24", "same"),
        ("Mi-24P Hind-F", "Ми-24П", "same"),
        ("Hip", "вертолёта Ми-8", "same"),
        ("Hip", "Mi-8MTV-5", "possible"),
        ("Точка-У", "Tochka-U", "same"),
        ("Точка-У", "Точка", "possible"),
        ("SS-21", "Точка", "same"),
        ("Искандера-М", "Iskander-M", "same"),
        ("9К720", "SS-26 Stone", "same"),
        ("Панциря-С1", "Pantsir-S1", "same"),
        ("SA-22 Greyhound", "Панцирь", "same"),
        ("Jak-130", "Як-130", "same"),
        ("X-101", "Х-101", "same"),
        ("Kh-101", "X-101", "same"),
        ("Ch-101", "Х-101", "same"),
        ("TW3-117", "ТВ3-117", "same"),
        ("ТВ3-117ВМА", "ТВ3-117", "possible"),
        ("Leopard 2", "Леопард", "possible"),
        ("Leopard 2A6", "Леопард 2", "possible"),
        ("Leopard 2", "Leopard 1", "different"),
        ("P-77", "Р-77", "same"),
        ("AA-12 Adder", "Р-77", "same"),
        ("C-130", "С-130", "same"),
        ("C-17", "С-17", "same"),
        ("Су-35С", "Flanker-E", "same"),
        ("Су-35С", "Су-35", "possible"),
        ("Су-34", "Су-35", "different"),
        ("Орлан-10", "Orlan-30", "different"),
        ("HIMARS", "Хаймарс", "same"),
        ("M142 HIMARS", "Хімарс", "same"),
        ("Storm Shadow", "SCALP-EG", "same"),
        ("БМ-21 «Град»", "РСЗО Град", "same"),
        ("Градами", "БМ-21", "same"),
        ("МиГ-29", "MIG 29", "same"),
        ("KAMAZ-43118", "КамАЗ-4310", "different"),
        ("Ланцет", "Lancet-3", "same"),
        ("Т-72Б3", "T-72B", "different"),
        ("Т-72Б3", "T-72", "possible"),
        ("F-16", "Ф-16", "same"),
        ("Байрактар", "Bayraktar TB2", "same"),
        ("МТ-ЛБ", "MTLB", "same"),
        ("Ил-76МД-90А", "IL-76MD-90A", "same"),
        ("Мі-8МТ", "Mi-17", "same"),
        ("Mi-17", "Mi-8", "different"),
    ],
)
def test_designations_and_their_other_names(left: str, right: str, verdict: Verdict) -> None:
    there, back = compare(left, right, "equipment"), compare(right, left, "equipment")
    assert there.verdict == back.verdict == verdict, (there.reasons, back.reasons)


def test_no_two_rows_of_one_family_are_made_one_by_the_table() -> None:
    for family in ("Ми", "Ка", "Су", "МиГ", "Ту", "Ил", "Ан", "С", "Т", "БТР", "SA", "AT", "AA", "AS"):
        for left in range(1, 40):
            for right in range(left + 1, 40):
                found = compare(f"{family}-{left}", f"{family}-{right}", "equipment")
                assert found.verdict != "same", (family, left, right, found.reasons)
