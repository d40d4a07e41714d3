"""Goods are recognised in four languages, never classified: every sentence says "may fall under ..., check"."""

from __future__ import annotations

import pytest

from leakdesk.screening.entry import Good
from leakdesk.screening.goods import control_categories, goods_in, goods_table, priority_codes

TABLE = {row["id"]: row for row in goods_table()}


@pytest.mark.parametrize("kind", TABLE)
def test_each_kind_is_found_in_its_example_and_not_in_its_counter_example(kind: str) -> None:
    row = TABLE[kind]
    assert kind in {one.id for one in goods_in(row["example"])}
    assert kind not in {one.id for one in goods_in(row["counter"])}
    assert set(row["control"]) <= set(control_categories())


FOUR = {
    "machining-centre": ("machining centres", "обрабатывающие центры", "обробні центри", "апрацоўчыя цэнтры"),
    "lathe": ("two lathes", "токарных станков", "токарні верстати", "такарных станкоў"),
    "bearing": ("ball bearings", "подшипниками", "підшипників", "падшыпнікаў"),
    "drone": ("the UAVs", "беспилотники", "безпілотники", "беспілотнікі"),
    "circuit": ("integrated circuits", "микросхемами", "мікросхеми", "мікрасхемы"),
}


@pytest.mark.parametrize("kind", FOUR)
def test_goods_are_known_in_four_languages(kind: str) -> None:
    assert [[one.id for one in goods_in(words)] for words in FOUR[kind]] == [[kind]] * 4


@pytest.mark.parametrize("written", ["HS code 8457.10", "ТН ВЭД ЕАЭС 8457 10 100 1", "УКТ ЗЕД 845710", "CN 8457 10 10"])
def test_a_customs_code_is_known_however_it_is_written(written: str) -> None:
    found = goods_in(f"Станок, {written}, 3 шт.")
    assert [one.id for one in found] == ["hs-845710"]
    assert [category.code for category in found[0].categories] == ["845710"]


@pytest.mark.parametrize(
    "text", ["договор № 8457/10 от 11.05.2021", "тел. 8457 10 10", "HS code 0901.21", "See you at the centre."]
)
def test_other_numbers_and_other_goods_are_none(text: str) -> None:
    assert goods_in(text) == []


def test_the_priority_list_is_whole_and_every_category_has_wording_list_and_date() -> None:
    codes = priority_codes()
    tiers = [one.tier for one in codes.values()]
    assert [tiers.count(tier) for tier in ("1", "2", "3.A", "3.B", "4.A", "4.B")] == [4, 5, 16, 9, 11, 5]
    for one in (*codes.values(), *control_categories().values()):
        assert one.wording and one.list and one.date
        assert one.sentence().startswith("may fall under ") and one.sentence().endswith("; check")


def test_a_table_of_ones_own_is_used_beside_the_built_in_one() -> None:
    good = Good(code="T1", wording="Special glue", regime="Test", terms=("кле* для крыл*", "wing glue"), hs=("3506",))
    found = goods_in("Нужен клей для крыльев, HS 3506.91, wing glue", [("A test", "2024-01-01", [good])])
    assert [(one.text, one.categories[0].code) for one in found] == [
        ("клей для крыльев", "T1"),
        ("HS 3506.91", "T1"),
        ("wing glue", "T1"),
    ]
    assert "A test of 2024-01-01" in found[0].categories[0].sentence()
