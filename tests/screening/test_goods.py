"""Goods are recognised in four languages, never classified: every sentence says "may fall under ..., check"."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from leakdesk.screening.entry import Good, ListUnusable
from leakdesk.screening.goods import CHPL, control_categories, goods_in, goods_table, priority_codes, regimes
from leakdesk.store.case import CaseStore
from leakdesk.work.lists import add_lists, known_lists

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


_FORMS = {
    "Common High Priority List": r"\d{6}",
    "EU dual-use Annex I": r"[0-9][A-E]\d{3}",
    "US Commerce Control List": r"[0-9][A-E]\d{3}",
    "EU Common Military List": r"ML(?:[1-9]|1\d|2[0-2])",
}


def _table_rows(name: str) -> list[list[str]]:
    text = resources.files("leakdesk.screening").joinpath("tables", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def test_every_list_of_the_starter_table_has_a_day_an_act_and_a_licence() -> None:
    rows = _table_rows("regimes.tsv")
    assert len({row[0] for row in rows}) == len(rows) == len(_FORMS)
    for one in regimes().values():
        assert date.fromisoformat(one.date) <= date(2026, 1, 1)
        assert one.source and one.licence


@pytest.mark.parametrize("name", ["categories.tsv", "codes.tsv"])
def test_rows_of_the_starter_table_are_whole_and_stand_once(name: str) -> None:
    rows = _table_rows(name)
    codes = [row[0] for row in rows]
    assert len(set(codes)) == len(codes)
    for row in rows:
        regime, state, wording = (row[1], row[2], row[3]) if name == "categories.tsv" else (CHPL, "paraphrased", row[2])
        assert re.fullmatch(_FORMS[regime], row[0]), row[0]
        assert state in ("heading", "paraphrased")
        assert wording == wording.strip() and len(wording) > 8 and not wording.endswith((":", ";", ",")), row[0]


def test_a_wording_that_is_not_the_texts_own_says_so_and_stands_in_no_quotation_marks() -> None:
    for one in (*priority_codes().values(), *control_categories().values()):
        assert ("(paraphrased)" in one.sentence()) == one.paraphrased
        assert ("“" in one.sentence()) != one.paraphrased
        assert one.source


def test_customs_codes_of_plain_names_are_codes_and_those_of_the_priority_list_are_its_own() -> None:
    for kind, row in TABLE.items():
        assert row["hs"] and all(re.fullmatch(r"\d{4}(?:\d{2})?", code) for code in row["hs"]), kind
        assert len(set(row["hs"])) == len(row["hs"])


BROKEN = {
    "a row without wording": ("code,wording\nT1,\n", "line 2"),
    "a row without code": ("code,wording\n,Pumps\n", "line 2"),
    "a row that is too short": ("code,wording,hs\nT1,Pumps\n", "line 2"),
    "no rows": ("code,wording\n", "no entries"),
    "the same code and wording twice": ("code,wording\nT1,Pumps\nT1,Pumps\n", "twice"),
    "a customs code that is none": ("code,wording,hs\nT1,Pumps,84\n", "84"),
    "a term that would find everything": ("code,wording,terms\nT1,Pumps,*\n", "everything"),
    "a day that is none": ("code,wording,date\nT1,Pumps,soon\n", "soon"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_table_of_goods_has_its_sentence_and_nothing_of_it_is_taken_in(case: str, tmp_path: Path) -> None:
    text, words = BROKEN[case]
    table = tmp_path / "goods.csv"
    table.write_text(text, "utf-8")
    with CaseStore.create(tmp_path / "case") as store:
        with pytest.raises(ListUnusable) as caught:
            add_lists(store, [table])
        assert words in caught.value.sentence()
        with store.connect() as connection:
            assert known_lists(connection) == []
        assert not list(store.layout.lists.glob("*"))
