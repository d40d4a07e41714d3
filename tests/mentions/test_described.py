"""What stands before the head noun of an organisation, and whether it belongs to its name."""

import pytest

from leakdesk.mentions.described import describing, gender_of
from leakdesk.mentions.organisations import organisations


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("Вчера в Лесогорском районе получила фирма «Ясный бор» делянки.", "фирма «Ясный бор»"),
        ("Сын бухгалтера завода «Гранитный ключ» уехал.", "завода «Гранитный ключ»"),
        ("Двумя днями ранее центр «Маяк-Инфо» сообщил это.", "центр «Маяк-Инфо»"),
        ("Новым пастаўшчыком стала фірма «Зорны Трэйд».", "фірма «Зорны Трэйд»"),
        ("У Забродску калійны камбінат «Салявар» спыніўся.", "калійны камбінат «Салявар»"),
        ("Минулого тижня державна компанія «Ластівка» купила.", "державна компанія «Ластівка»"),
        ("Словацкая фирма «Ротонда» продала двигатели.", "Словацкая фирма «Ротонда»"),
        ("Тут новае таварыства, літоўская фірма «Вежа» прадала.", "літоўская фірма «Вежа»"),
    ],
)
def test_a_quoted_name_takes_its_adjectives_and_no_verb_town_or_adverb(sheet: str, name: str) -> None:
    found = {sheet[each.start : each.end] for each in organisations(sheet) if each.rule == "head noun and quoted name"}
    assert found == {name}


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("Мазурский цементный завод щороку палить шини.", "Мазурский цементный завод"),
        ("Лозовецький завод щороку палить шини.", "Лозовецький завод"),
        ("З Лозоўскага агрэгатнага завода прыйшоў ліст.", "Лозоўскага агрэгатнага завода"),
        ("Получила завод вчера.", None),
    ],
)
def test_a_named_plant_ends_and_begins_with_its_name(sheet: str, name: str | None) -> None:
    found = {sheet[each.start : each.end] for each in organisations(sheet) if each.rule == "adjective and head noun"}
    assert found == ({name} if name else set())


def test_adjectives_agree_with_the_gender_of_their_noun() -> None:
    assert [gender_of(word) for word in ("фірма", "об'єднання", "заводу", "газетой")] == [
        "feminine",
        "neuter",
        "masculine",
        "feminine",
    ]
    assert describing(["Заброцку", "калійны"], "камбінат") == 1
    assert describing(["558-й", "авиаремонтный"], "завод") == 2
    assert describing(["эта"], "фирма") == 0
