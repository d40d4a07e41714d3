"""Dates, percentages, money, quantities and identifiers: found, and read into values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.mentions import patterns
from leakdesk.mentions.names import find_mentions
from leakdesk.mentions.quantities import number
from leakdesk.model.document import TextLayer

TODAY = date(2031, 3, 5)  # a Wednesday


def normals(text: str, kind: str, today: date | None = TODAY) -> list[str]:
    layer = TextLayer(text=text, extractor="test 1")
    return [each.normal for each in find_mentions(layer, parser_free=True, today=today).mentions if each.type == kind]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Оплата 11.07.2024 прошла", "2024-07-11"),
        ("on 11/07/2024 at noon", "2024-07-11"),
        ("срок 2024-07-11", "2024-07-11"),
        ("от 11 июля 2024 года", "2024-07-11"),
        ("від 11 липня 2024 р.", "2024-07-11"),
        ("ад 11 ліпеня 2024 года", "2024-07-11"),
        ("July 11, 2024", "2024-07-11"),
        ("с 10 по 15 июня 2023 г.", "2023-06-10/2023-06-15"),
        ("from 10 to 15 June 2023", "2023-06-10/2023-06-15"),
        ("во втором квартале 2025 года", "2025-Q2"),
        ("у другому кварталі 2025 року", "2025-Q2"),
        ("in the third quarter of 2025", "2025-Q3"),
        ("в первом полугодии 2025 года", "2025-H1"),
        ("до конца 2026 года", "../2026-12-31"),
        ("конец года", "2031-12~"),
        ("в 2022 году", "2022"),
        ("in 2022.", "2022"),
        ("2019–2021 годы", "2019/2021"),
        ("in the 1990s", "199X"),
        ("в марте 2024 года", "2024-03"),
        ("красавік 2023 года", "2023-04"),
        ("вчера", "2031-03-04"),
        ("сьогодні", "2031-03-05"),
        ("заўтра", "2031-03-06"),
        ("3 июня", "2031-06-03"),
        ("last week", "2031-02-24/2031-03-02"),
        ("в прошлом году", "2030"),
        ("next month", "2031-04"),
        ("on Monday", "2031-03-03"),
    ],
)
def test_dates(text: str, edtf: str) -> None:
    assert normals(text, "date") == [edtf]


def test_a_day_without_a_year_needs_the_date_of_the_text() -> None:
    assert normals("встреча 3 июня", "date", None) == ["XXXX-06-03"]
    assert normals("встреча завтра", "date", None) == ["XXXX-XX-XX"]


@pytest.mark.parametrize("text", ["31.02.2024 нет", "version 2.1.3", "в 2500 кг", "№ 12.05-К/7"])
def test_no_dates(text: str) -> None:
    assert normals(text, "date") == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("на 12,5%", "percent", "12.5"),
        ("до 7 процентов", "percent", "7"),
        ("на 3 відсотки", "percent", "3"),
        ("пяць працэнтаў", "percent", "5"),
        ("30 to 40 percent", "percent", "30..40"),
        ("на 2 процентных пункта", "percent", "2"),
        ("240 000 евро", "money", "240000 EUR"),
        ("EUR 240,000", "money", "240000 EUR"),
        ("$3.2 million", "money", "3200000 USD"),
        ("3,2 млн долларов США", "money", "3200000 USD"),
        ("£1.8m", "money", "1800000 GBP"),
        ("50 тисяч гривень", "money", "50000 UAH"),
        ("12 500 руб.", "money", "12500 RUB"),
        ("500 Br", "money", "500 BYN"),
        ("1,200 Br a month", "money", "1200 BYN"),
        ("410 кг", "quantity", "410 kg"),
        ("1 200 тонн", "quantity", "1200 t"),
        ("200 hours", "quantity", "200 h"),
        ("14 двигателей", "quantity", "14 двигателей"),
        ("nine or 14 engines", "quantity", "14 engines"),
    ],
)
def test_amounts(text: str, kind: str, value: str) -> None:
    assert normals(text, kind) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234 567,89", 1234567.89),
        ("240,000", 240000),
        ("1.2", 1.2),
        ("2,4", 2.4),
        ("1.234,56", 1234.56),
        ("двадцать", 20),
    ],
)
def test_numbers(text: str, value: float) -> None:
    assert number(text) == value


def test_check_digits() -> None:
    assert patterns.iban_holds("DE89370400440532013000")
    assert not patterns.iban_holds("DE89370400440532013001")
    assert patterns.inn_holds("7707083893")
    assert not patterns.inn_holds("7707083894")
    assert patterns.inn_holds("500100732259")
    assert patterns.ogrn_holds("1027700132195")
    assert not patterns.ogrn_holds("1027700132196")
    assert patterns.unp_holds("100289066")
    assert not patterns.unp_holds("100289067")
    assert patterns.edrpou_holds("14360570")
    assert not patterns.edrpou_holds("14360571")


@given(st.text(alphabet="0123456789ABC", max_size=40))
def test_checks_never_crash(text: str) -> None:
    assert patterns.iban_holds(text) in (True, False)
    if text.isdigit():
        for check in (patterns.inn_holds, patterns.ogrn_holds, patterns.unp_holds, patterns.edrpou_holds):
            assert check(text) in (True, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ИНН 7707083893", "7707083893"),
        ("код ЄДРПОУ 14360570", "14360570"),
        ("УНП 100289066", "100289066"),
        ("IBAN DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("борт RA-76842", "RA-76842"),
        ("машина А123ВС77", "А123ВС77"),
        ("чертёж АБВГ.123456.001", "АБВГ.123456.001"),
        ("по договору № 45/2024-К", "45/2024-К"),
        ("contract No. 45/2024-K", "45/2024-K"),
        ("flight B2-815", "B2-815"),
    ],
)
def test_identifiers(text: str, value: str) -> None:
    assert normals(text, "identifier") == [value]


def test_a_wrong_check_digit_is_kept_but_doubted() -> None:
    layer = TextLayer(text="ИНН 7707083894", extractor="test 1")
    (only,) = find_mentions(layer, parser_free=True).mentions
    assert (only.confidence, only.rules) == ("check", ("inn ru (check digit wrong)",))


def test_contacts() -> None:
    text = "Пишите на O.Vellin@port-ellwick.example, тел. +375 17 222-33-44, https://port.example/a?b=1."
    layer = TextLayer(text=text, extractor="test 1")
    found = {each.type: each.normal for each in find_mentions(layer, parser_free=True).mentions}
    assert found == {
        "email": "o.vellin@port-ellwick.example",
        "phone": "+375172223344",
        "url": "https://port.example/a?b=1",
    }


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("цена единицы Ар-26 — 1 270 000 долларов США", "1270000 USD"),
        ("№ 12 - 300 рублей", "300 RUB"),
        ("5–7 млн рублей", "5000000..7000000 RUB"),
        ("от 26 до 127 долларов", "26..127 USD"),
        ("аванс-300 евро", "300 EUR"),
    ],
)
def test_a_range_of_money_does_not_begin_in_a_designation(text: str, normal: str) -> None:
    assert normals(text, "money") == [normal]
