"""Organisations in four languages: trades, towns and lands meet; other names, numbers, trades and roots stay apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from leakdesk.entities import org_tables, organisations
from leakdesk.entities.match import compare

ROWS = [
    ("Лепельский метизный завод", "Лепельскі метызны завод", "Лепельський метизний завод", "Lepel Hardware Plant"),
    ("Институт физики твёрдых сплавов", "Інстытут фізікі цвёрдых сплаваў", "Інститут фізики твердих сплавів", "Institute of Solid Alloy Physics"),
    ("Министерство лесного хозяйства Республики Беларусь", "Міністэрства лясной гаспадаркі Рэспублікі Беларусь", "Міністерство лісового господарства Республіки Білорусь", "Ministry of Forestry of the Republic of Belarus"),
    ("Речицкий судостроительный завод", "Рэчыцкі суднабудаўнічы завод", "Річицький суднобудівний завод", "Rechitsa Shipyard"),
    ("Столинская птицефабрика", "Столінская птушкафабрыка", "Столинська птахофабрика", "Stolin Poultry Farm"),
    ("Завод железобетонных изделий № 77", "Завод жалезабетонных вырабаў № 77", "Завод залізобетонних виробів № 77", "Reinforced Concrete Products Plant No. 77"),
    ("Барановичская фабрика мебели", "Баранавіцкая фабрыка мэблі", "Барановицька фабрика меблів", "Baranovichi Furniture Factory"),
    ("Крымский винзавод «Тулинка»", "Крымскі вінзавод «Тулінка»", "Кримський винзавод «Тулинка»", "Crimean Winery Tulinka"),
    ("Пивоваренный завод «Гравелин»", "Піваварны завод «Гравелін»", "Пивоварний завод «Гравелін»", "Gravelin Brewery"),
    ("Столинский городской исполнительный комитет", "Столінскі гарвыканкам", "Столинський міський виконавчий комітет", "Stolin City Executive Committee"),
    ("Институт физики имени П. Д. Марунича", "Інстытут фізікі імя П. Д. Маруніча", "Інститут фізики імені П. Д. Марунича", "P. D. Marunich Institute of Physics"),
    ("Лепельский трубопрокатный завод", "Лепельскі трубапракатны завод", "Лепельський трубопрокатний завод", "Lepel Pipe Rolling Plant"),
    ("Управление железной дороги Беларуси", "Упраўленне чыгункі Беларусі", "Управління залізниці Білорусі", "Railway Directorate of Belarus"),
    ("ООО «Гравелин Трейд»", "ТАА «Гравелін Трэйд»", "ТОВ «Гравелін Трейд»", "Gravelin Trade LLC"),
    ("ООО «Тулинка»", "ТАА «Тулінка»", "ТОВ «Тулинка»", "OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU TULINKA"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_one_body_in_four_languages(row: tuple[str, ...]) -> None:
    for left, right in combinations(row, 2):
        found = compare(left, right, "organization")
        assert found.verdict == "same", (left, right, found.reasons)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ООО «Гравтрансавто»", "ООО «Гравтрансгаз»"),
        ("Столинский городской исполнительный комитет", "Stolin District Executive Committee"),
        ("ООО «Гравелин Трейд»", "Gravelin Service LLC"),
        ("Столинский завод имени Марунича", "Столинский завод имени Вавринова"),
        ("Банк Беларуси", "Национальный коммерческий банк Беларуси"),
        ("Kovrov Electromechanical Plant", "Казанский электромеханический завод"),
        ("Тулагрокомплект", "Тулагрокомплекс"),
        ("Тульская фабрика мебели", "Тульская фабрика игрушек"),
        ("Речицкий метизный завод", "Речицкий судостроительный завод"),
        ("Столинский технический университет", "Столинский государственный университет"),
        ("Завод железобетонных изделий № 77", "Завод железобетонных изделий № 7"),
        ("Крымский винзавод", "Кавказский винзавод"),
        ("Порт Туапсе", "Предприятие Туапсе"),
        ("Управляющая компания «Гравелин»", "ОАО «Гравелин»"),
        ("ООО «Казанская мебель»", "ООО «Казённая мебель»"),
        ("Витебский завод цветных металлов", "Витебский завод чёрных металлов"),
    ],
)
def test_other_roots_trades_and_numbers_are_never_the_same(left: str, right: str) -> None:
    found = compare(left, right, "organization")
    assert found.verdict != "same", found.reasons


def test_romanised_slavic_words_are_understood_and_names_are_left_alone() -> None:
    body = organisations.parse("OTKRYTOE AKTSIONERNOE OBSHCHESTVO MASHINOSTROITELNYI ZAVOD GRAVELIN")
    assert {"machine", "build", "plant"} <= body.concepts and body.legal == {"joint-stock"}
    assert [each.text for each in body.own] == ["GRAVELIN"]
    assert organisations.parse("Kazan").concepts == organisations.parse("Kalinin").concepts == frozenset()


def test_every_row_of_the_word_table_has_its_columns() -> None:
    for name in org_tables.WORD_TABLES:
        for line in org_tables.lines(name)[1:]:
            cells = line.split("\t")
            assert 2 <= len(cells) <= 5 and cells[0], line
