"""Compose the tuning list of organisations: bodies in Russian, Belarusian, Ukrainian and English, by the grammar of each.

    python bench/make_orgs.py

Words are written out here in full, with gender and case, apart from the tables the comparison uses; towns are real. Numbers,
quotes, legal forms and word order vary by a fixed seed. Writes bench/data/organisations.tsv: id, ru, be, uk, en.
"""

# ruff: noqa: E501 (tables of words read best as words, a row a line)
from __future__ import annotations

import random
from pathlib import Path

SEED = 20261122
DATA = Path(__file__).parent / "data"
#: Town: adjective (masculine, feminine, neuter) in ru, be, uk; English.
TOWNS = [
    "Минский|Мінскі|Мінський|Minsk", "Гродненский|Гродзенскі|Гродненський|Hrodna", "Брестский|Брэсцкі|Берестейський|Brest",
    "Гомельский|Гомельскі|Гомельський|Homiel", "Витебский|Віцебскі|Вітебський|Viciebsk", "Могилёвский|Магілёўскі|Могильовський|Mahilyow",
    "Харьковский|Харкаўскі|Харківський|Kharkiv", "Одесский|Адэскі|Одеський|Odesa", "Львовский|Львоўскі|Львівський|Lviv",
    "Киевский|Кіеўскі|Київський|Kyiv", "Полтавский|Палтаўскі|Полтавський|Poltava", "Бобруйский|Бабруйскі|Бобруйський|Babruysk",
    "Барановичский|Баранавіцкі|Барановицький|Baranovichi", "Оршанский|Аршанскі|Оршанський|Orsha", "Пинский|Пінскі|Пінський|Pinsk",
    "Тульский|Тульскі|Тульський|Tula", "Уральский|Уральскі|Уральський|Ural", "Омский|Омскі|Омський|Omsk", "Казанский|Казанскі|Казанський|Kazan",
    "Борисовский|Барысаўскі|Борисовський|Borisov", "Лидский|Лідскі|Лідський|Lida", "Слуцкий|Слуцкі|Слуцький|Slutsk", "Полоцкий|Полацкі|Полоцький|Polatsk",
]  # fmt: skip
#: Kind of body with its trade: ru|be|uk|en; the English takes the town before or "of" behind.
BODIES = [
    "тракторный завод|трактарны завод|тракторний завод|Tractor Plant", "авиационный ремонтный завод|авіяцыйны рамонтны завод|авіаційний ремонтний завод|Aircraft Repair Plant",
"машиностроительный завод|машынабудаўнічы завод|машинобудівний завод|Machine Building Plant",
    "приборостроительный завод|прыборабудаўнічы завод|приладобудівний завод|Instrument Building Plant", "станкостроительный завод|станкабудаўнічы завод|верстатобудівний завод|Machine-Tool Building Plant",
    "завод автоматических линий|завод аўтаматычных ліній|завод автоматичних ліній|Automatic Lines Plant", "завод бытовой техники|завод бытавой тэхнікі|завод побутової техніки|Household Equipment Plant",
    "радиотехнический завод|радыётэхнічны завод|радіотехнічний завод|Radio Engineering Plant", "электромеханический завод|электрамеханічны завод|електромеханічний завод|Electromechanical Plant",
    "подшипниковый завод|падшыпнікавы завод|підшипниковий завод|Bearing Plant", "шинный комбинат|шынны камбінат|шинний комбінат|Tyre Works", "химический комбинат|хімічны камбінат|хімічний комбінат|Chemical Works",
    "мясокомбинат|мясакамбінат|м'ясокомбінат|Meat Plant", "молочный завод|малочны завод|молочний завод|Dairy Plant", "стекольный завод|шклозавод|скляний завод|Glass Factory",
    "оптико-механический завод|оптыка-механічны завод|оптико-механічний завод|Optical and Mechanical Plant", "бронетанковый завод|бранятанкавы завод|бронетанковий завод|Armoured Tank Plant",
    "научно-исследовательский институт|навукова-даследчы інстытут|науково-дослідний інститут|Research Institute", "институт физики|інстытут фізікі|інститут фізики|Institute of Physics",
    "институт порошковой металлургии|інстытут парашковай металургіі|інститут порошкової металургії|Institute of Powder Metallurgy", "медицинский университет|медыцынскі ўніверсітэт|медичний університет|Medical University",
    "педагогический университет|педагагічны ўніверсітэт|педагогічний університет|Pedagogical University", "государственный университет|дзяржаўны ўніверсітэт|державний університет|State University", "технический университет|тэхнічны ўніверсітэт|технічний університет|Technical University",
    "военный госпиталь|ваенны шпіталь|військовий госпіталь|Military Hospital", "механический завод|механічны завод|механічний завод|Mechanical Plant",
    "вагоностроительный завод|вагонабудаўнічы завод|вагонобудівний завод|Wagon Building Plant", "судоремонтный завод|суднарамонтны завод|судноремонтний завод|Ship Repair Plant",
    "моторный завод|маторны завод|моторний завод|Engine Plant", "инструментальный завод|інструментальны завод|інструментальний завод|Tool Plant", "арматурный завод|арматурны завод|арматурний завод|Valve Plant",
    "городской суд|гарадскі суд|міський суд|City Court", "областной комитет|абласны камітэт|обласний комітет|Regional Committee",
]  # fmt: skip
MINISTRIES = [
    "обороны|абароны|оборони|Defence", "финансов|фінансаў|фінансів|Finance", "промышленности|прамысловасці|промисловості|Industry", "иностранных дел|замежных спраў|закордонних справ|Foreign Affairs",
    "внутренних дел|унутраных спраў|внутрішніх справ|Internal Affairs", "транспорта|транспарту|транспорту|Transport", "энергетики|энергетыкі|енергетики|Energy", "культуры|культуры|культури|Culture",
    "образования|адукацыі|освіти|Education", "юстиции|юстыцыі|юстиції|Justice", "экономики|эканомікі|економіки|Economy", "торговли|гандлю|торгівлі|Trade",
]  # fmt: skip
COUNTRIES = [
    "Республики Беларусь|Рэспублікі Беларусь|Республіки Білорусь|the Republic of Belarus",
    "Украины|Украіны|України|Ukraine",
    "Российской Федерации|Расійскай Федэрацыі|Російської Федерації|the Russian Federation",
]
LEGAL = ["ОАО|ААТ|ВАТ|JSC", "ООО|ТАА|ТОВ|LLC", "РУП|РУП|ДП|RUE", "|||"]


def main() -> None:
    """Write the list."""
    dice = random.Random(SEED)
    rows: list[str] = ["id\tru\tbe\tuk\ten"]
    plain = [(town, body) for town in TOWNS for body in BODIES]
    dice.shuffle(plain)
    for town, body in plain[:230]:
        rows.append(_row(len(rows), _town(town, body, dice), dice))
    for number in dice.sample(range(2, 999), 60):
        rows.append(_row(len(rows), _numbered(number, dice.choice(BODIES[:18])), dice))
    for ministry in MINISTRIES:
        for country in COUNTRIES:
            parts = [a.split("|") for a in (ministry, country)]
            heads = ("Министерство", "Міністэрства", "Міністерство")
            rows.append(
                "\t".join(
                    [
                        f"o{len(rows)}",
                        *(f"{heads[n]} {parts[0][n]} {parts[1][n]}" for n in range(3)),
                        f"Ministry of {parts[0][3]} of {parts[1][3]}",
                    ]
                )
            )
    (DATA / "organisations.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _town(town: str, body: str, dice: random.Random) -> list[str]:
    t, b = town.split("|"), body.split("|")
    english = f"{t[3]} {b[3]}" if dice.random() < 0.7 else f"{b[3]} of {t[3]}"
    return [*(f"{t[n]} {b[n]}" for n in range(3)), english]


def _numbered(number: int, body: str) -> list[str]:
    b = body.split("|")
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return [f"{number}-й {b[0]}", f"{number} {b[1]}", f"{b[2]} № {number}", f"{number}{ending} {b[3]}"]


def _row(number: int, names: list[str], dice: random.Random) -> str:
    legal = dice.choice(LEGAL).split("|")
    quoted = dice.random() < 0.5
    cells = [
        f"{form} «{name}»" if form and quoted and at < 3 else f"{name} {form}" if form and at == 3 else f"{form} {name}"
        for at, (form, name) in enumerate(zip(legal, names, strict=True))
    ]
    return "\t".join([f"o{number}", *(cell.strip() for cell in cells)])


if __name__ == "__main__":
    main()
