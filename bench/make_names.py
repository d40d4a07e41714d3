"""Make the cross-script tuning list of people: real surnames and given names in Russian, Belarusian and Ukrainian letters.

    python bench/make_names.py        (needs the extra `peers`: rigour; takes about three minutes)

Where the forms come from, so that the list does not merely repeat the rules it tests:

1. Russian surnames: the lexemes marked Surn in pymorphy3's dictionary (OpenCorpora).
2. Their Belarusian and Ukrainian spellings: for every possible place of the stress the orthography gives one candidate;
   a candidate counts only where rigour's name table (Wikidata) holds it as a spelling of the same item.
3. Given names: pairs of forms that the same table holds, from the written lists below.
4. Patronymics: by the three grammars. Latin: interscript's maps, each column by a named standard.

Writes bench/data/surnames.tsv and bench/data/people.tsv; the seed is fixed, a second run gives the same bytes.
"""

# ruff: noqa: E501, SIM905 (tables of words read best as words, a row a line)
from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

SEED = 20261122
PEOPLE = 600
DATA = Path(__file__).parent / "data"
_VOWELS = "аеёиоуыэюя"
_HARD = "шжчщрц"


def belarusian(surname: str) -> set[str]:
    """Candidates for a Russian word in Belarusian spelling, one a stress (ё is always stressed)."""
    places = [at for at, char in enumerate(surname) if char in _VOWELS]
    stressed = [at for at in places if surname[at] == "ё"] or places
    return {_belarusian(surname, at, places) for at in stressed}


def _belarusian(word: str, stress: int, vowels: list[int]) -> str:
    out = ""
    number = vowels.index(stress)
    for at, char in enumerate(word):
        before = word[at - 1] if at else ""
        soft_next = at + 1 < len(word) and word[at + 1] in "еёиюяь"
        pretonic = number > 0 and at == vowels[number - 1]
        if char == "и":
            out += "ы" if before in _HARD else "і"
        elif char == "о":
            out += "о" if at == stress else "а"
        elif char in "её":
            out += _e(before, at == stress, pretonic, char)
        elif char == "я":
            out += "а" if before in _HARD else "я"
        elif char == "щ":
            out += "шч"
        elif char == "ъ":
            out += "'"
        elif char == "ь":
            out += (
                "'"
                if before in "бпвмф" and at + 1 < len(word) and word[at + 1] in "еёиюя"
                else ""
                if before in "шжчр"
                else "ь"
            )
        elif char == "д" and soft_next:
            out += "дз"
        elif char == "т" and soft_next:
            out += "ц"
        elif char == "в" and before in _VOWELS and (at + 1 == len(word) or word[at + 1] not in _VOWELS + "ь"):
            out += "ў"
        else:
            out += char
    return (
        out.replace("цск", "цк")
        .replace("тск", "цк")
        .replace("скій", "скі")
        .replace("цкій", "цкі")
        .replace("ый", "ы")
        .replace("ій", "і")
    )


def _e(before: str, stressed: bool, pretonic: bool, char: str) -> str:
    hard = before in _HARD and before != ""
    if stressed:
        return ("о" if hard else "ё") if char == "ё" else ("э" if hard else "е")
    if hard:
        return "а"
    return "я" if pretonic and before else "е"


def ukrainian(surname: str) -> set[str]:
    """Candidates in Ukrainian spelling: и, і or ы for и; е, є or і for е."""
    word = surname.replace("ский", "ський").replace("цкий", "цький").replace("ый", "ий")
    choices: list[tuple[str, ...]] = []
    for at, char in enumerate(word):
        before = word[at - 1] if at else ""
        if char == "и":
            choices.append(("и", "і") if before and before not in _VOWELS + "ь" else ("і", "ї"))
        elif char == "е":
            choices.append(("е", "є", "і"))
        elif char == "ё":
            choices.append(("ьо", "йо", "о", "ьов") if before else ("йо",))
        elif char == "о" and len(word) < 9:
            choices.append(("о", "і"))
        else:
            choices.append(({"ы": "и", "э": "е", "ъ": "'"}.get(char, char),))
    products = itertools.product(*choices) if _size(choices) <= 600 else iter(())
    return {
        "".join(each).replace("бь", "б'").replace("вь", "в'").replace("мь", "м'").replace("пь", "п'")
        for each in products
    }


def _size(choices: list[tuple[str, ...]]) -> int:
    size = 1
    for each in choices:
        size *= len(each)
    return size


def main() -> None:
    """Write both lists."""
    DATA.mkdir(exist_ok=True)
    kept = DATA / "surnames.tsv"
    if not kept.exists() or "--surnames" in sys.argv:
        found = _attested(_dictionary_surnames())
        kept.write_text("\n".join(["ru\tbe\tuk", *("\t".join(row) for row in found)]) + "\n", encoding="utf-8")
    rows = [tuple(line.split("\t")) for line in kept.read_text(encoding="utf-8").splitlines()[1:]]
    print(len(rows), "surnames attested in two or more languages", file=sys.stderr)
    rare = DATA / "given_rare.tsv"
    if not rare.exists() or "--given" in sys.argv:
        given = [row for row in _attested(_dictionary_given()) if row[1]]
        rare.write_text("\n".join(["ru\tbe\tuk", *("\t".join(row) for row in given)]) + "\n", encoding="utf-8")
    names = [line.split("\t") for line in rare.read_text(encoding="utf-8").splitlines()[1:]]
    untabled = _people(
        [dict(zip(("ru", "be", "uk"), row, strict=True)) for row in rows],
        "|".join(f"{n[0]} {n[1]} {n[2] or n[0]}" for n in names),
    )
    (DATA / "people_untabled.tsv").write_text("\n".join(untabled) + "\n", encoding="utf-8")
    people = _people([dict(zip(("ru", "be", "uk"), row, strict=True)) for row in rows])
    (DATA / "people.tsv").write_text("\n".join(people) + "\n", encoding="utf-8")


#: Given names (ru, be, uk): men, then women; only common ones, none chosen for a test.
MEN = """Александр Аляксандр Олександр|Алексей Аляксей Олексій|Анатолий Анатоль Анатолій|Андрей Андрэй Андрій|Антон Антон Антон|
Артём Арцём Артем|Борис Барыс Борис|Вадим Вадзім Вадим|Валерий Валерый Валерій|Василий Васіль Василь|Виктор Віктар Віктор|
Виталий Віталь Віталій|Владимир Уладзімір Володимир|Владислав Уладзіслаў Владислав|Вячеслав Вячаслаў В'ячеслав|Геннадий Генадзь Геннадій|
Георгий Георгій Георгій|Григорий Рыгор Григорій|Денис Дзяніс Денис|Дмитрий Дзмітрый Дмитро|Евгений Яўген Євген|Егор Ягор Єгор|
Иван Іван Іван|Игорь Ігар Ігор|Илья Ілья Ілля|Кирилл Кірыл Кирило|Константин Канстанцін Костянтин|Леонид Леанід Леонід|Максим Максім Максим|
Михаил Міхаіл Михайло|Никита Мікіта Микита|Николай Мікалай Микола|Олег Алег Олег|Павел Павел Павло|Пётр Пётр Петро|Роман Раман Роман|
Руслан Руслан Руслан|Сергей Сяргей Сергій|Станислав Станіслаў Станіслав|Степан Сцяпан Степан|Тимофей Цімафей Тимофій|Фёдор Фёдар Федір|
Юрий Юрый Юрій|Ярослав Яраслаў Ярослав|Семён Сямён Семен|Яков Якаў Яків|Матвей Мацвей Матвій|Глеб Глеб Гліб"""
WOMEN = """Александра Аляксандра Олександра|Алла Ала Алла|Анастасия Анастасія Анастасія|Анна Ганна Ганна|Валентина Валянціна Валентина|
Вера Вера Віра|Виктория Вікторыя Вікторія|Галина Галіна Галина|Дарья Дар'я Дарія|Евгения Яўгенія Євгенія|Екатерина Кацярына Катерина|
Елена Алена Олена|Елизавета Лізавета Єлизавета|Инна Іна Інна|Ирина Ірына Ірина|Ксения Ксенія Ксенія|Лариса Ларыса Лариса|Лидия Лідзія Лідія|
Людмила Людміла Людмила|Марина Марына Марина|Мария Марыя Марія|Надежда Надзея Надія|Наталья Наталля Наталія|Нина Ніна Ніна|
Ольга Вольга Ольга|Раиса Раіса Раїса|Светлана Святлана Світлана|Тамара Тамара Тамара|Татьяна Таццяна Тетяна|Юлия Юлія Юлія"""
#: The Latin column's standards, by language; a person gets one of them, as passports and newspapers do.
STANDARDS = {
    "ru": ("bgnpcgn-rus-Cyrl-Latn-1947", "un-rus-Cyrl-Latn-1987", "odni-rus-Cyrl-Latn-2015", "icao ru"),
    "be": ("by-bel-Cyrl-Latn-2007", "bgnpcgn-bel-Cyrl-Latn-1979", "mvd-bel-Cyrl-Latn-2010", "icao be"),
    "uk": ("ua-ukr-Cyrl-Latn-2010", "bgnpcgn-ukr-Cyrl-Latn-1965", "un-ukr-Cyrl-Latn-2012", "icao uk"),
}
#: ICAO Doc 9303, part 3, section 6 (interscript 0.1.0 drops у and ў here, so the three columns stand here).
_ICAO = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуўфхцчшщыэюяъь'",
        "a b v g g d e e ie zh z i i i i k l m n o p r s t u u f kh ts ch sh shch y e iu ia ie  ".split(" "),
        strict=False,
    )
)
_ICAO_OF = {"icao ru": {}, "icao be": {"г": "h", "ё": "io"}, "icao uk": {"г": "h", "и": "y"}}


def _people(surnames: list[dict[str, str]], rare: str = "") -> list[str]:
    """People of two countries; with `rare` given names: men of one country, whose names and fathers' names are all rare."""
    dice = random.Random(SEED)
    lines = ["id\tgender\tcountry\tcyr_ru\tcyr_xx\tlat_ru\tlat_xx"]
    taken: set[tuple[str, str]] = set()
    while len(lines) <= PEOPLE:
        country = "by" if rare or len(lines) <= PEOPLE * 2 // 3 else "ua"
        lang = {"by": "be", "ua": "uk"}[country]
        surname = dice.choice([each for each in surnames if each[lang]])
        gender = "m" if rare else "f" if dice.random() < 0.3 else "m"
        given = dict(
            zip(
                ("ru", "be", "uk"),
                dice.choice((rare or MEN if gender == "m" else WOMEN).replace("\n", "").split("|")).split(),
                strict=True,
            )
        )
        father = dict(
            zip(("ru", "be", "uk"), dice.choice((rare or MEN).replace("\n", "").split("|")).split(), strict=True)
        )
        if (given["ru"], surname["ru"]) in taken:
            continue
        taken.add((given["ru"], surname["ru"]))
        cells = [
            f"{given[it]} {patronymic(father[it], it, gender)} {gendered(surname[it], it, gender)}"
            for it in ("ru", lang)
        ]
        latin = [_latin(cell, dice.choice(STANDARDS[it])) for cell, it in zip(cells, ("ru", lang), strict=True)]
        lines.append("\t".join([f"p{len(lines)}", gender, country, *cells, *latin]))
    return lines


_IRREGULAR = {
    ("Пётр", "ru"): "Петрович Петровна", ("Павел", "ru"): "Павлович Павловна", ("Михаил", "ru"): "Михайлович Михайловна",
    ("Яков", "ru"): "Яковлевич Яковлевна", ("Илья", "ru"): "Ильич Ильинична", ("Никита", "ru"): "Никитич Никитична",
    ("Пётр", "be"): "Пятровіч Пятроўна", ("Павел", "be"): "Паўлавіч Паўлаўна", ("Міхаіл", "be"): "Міхайлавіч Міхайлаўна",
    ("Якаў", "be"): "Якаўлевіч Якаўлеўна", ("Ілья", "be"): "Ільіч Ільінічна", ("Мікіта", "be"): "Мікітавіч Мікітаўна",
    ("Васіль", "be"): "Васільевіч Васільеўна", ("Анатоль", "be"): "Анатольевіч Анатольеўна", ("Віталь", "be"): "Вітальевіч Вітальеўна",
    ("Генадзь", "be"): "Генадзьевіч Генадзьеўна", ("Дзмітрый", "be"): "Дзмітрыевіч Дзмітрыеўна", ("Фёдар", "be"): "Фёдаравіч Фёдараўна",
    ("Юрый", "be"): "Юр'евіч Юр'еўна", ("Валерый", "be"): "Валер'евіч Валер'еўна", ("Яўген", "be"): "Яўгенавіч Яўгенаўна",
    ("Яків", "uk"): "Якович Яківна", ("Ілля", "uk"): "Ілліч Іллівна", ("Микита", "uk"): "Микитович Микитівна",
    ("Микола", "uk"): "Миколайович Миколаївна", ("Григорій", "uk"): "Григорович Григорівна", ("Дмитро", "uk"): "Дмитрович Дмитрівна",
    ("Петро", "uk"): "Петрович Петрівна", ("Павло", "uk"): "Павлович Павлівна", ("Михайло", "uk"): "Михайлович Михайлівна",
    ("Федір", "uk"): "Федорович Федорівна", ("Кирило", "uk"): "Кирилович Кирилівна",
}  # fmt: skip


def patronymic(father: str, lang: str, gender: str) -> str:
    """By the grammar of each language; what is irregular stands in the table above."""
    if (father, lang) in _IRREGULAR:
        return _IRREGULAR[father, lang].split()[0 if gender == "m" else 1]
    stem, soft = father, False
    if lang == "ru" and father.endswith("ий"):
        stem, soft = father[:-2] + "ь", True
    elif father.endswith(("й", "ь")):
        stem, soft = father[:-1], lang != "uk" or father.endswith("й")
    if lang == "ru":
        return stem + (("евич" if soft else "ович") if gender == "m" else ("евна" if soft else "овна"))
    if lang == "be":
        stem = stem[:-1] + "в" if stem.endswith("ў") else stem
        return stem + (("евіч" if soft else "авіч") if gender == "m" else ("еўна" if soft else "аўна"))
    return stem + (("йович" if soft else "ович") if gender == "m" else ("ївна" if soft else "івна"))


def gendered(surname: str, lang: str, gender: str) -> str:
    """The woman's form of a surname."""
    if gender == "m":
        return surname
    for ending, instead in (
        ("ский", "ская"), ("цкий", "цкая"), ("скі", "ская"), ("цкі", "цкая"), ("ський", "ська"), ("цький", "цька"), ("ый", "ая"), ("ой", "ая"),
        ("оў", "ова"), ("аў", "ава"), ("еў", "ева"), ("ёў", "ёва"), ("ов", "ова"), ("ев", "ева"), ("ёв", "ёва"), ("єв", "єва"), ("їв", "їва"),
        ("ин", "ина"), ("ын", "ына"), ("ін", "іна"), ("їн", "їна"),
    ):  # fmt: skip
        if surname.endswith(ending):
            return surname[: -len(ending)] + instead
    return surname


def _latin(text: str, standard: str) -> str:
    import interscript

    if standard in _ICAO_OF:
        table = {**_ICAO, **_ICAO_OF[standard]}
        return " ".join("".join(table.get(char, "") for char in word.lower()).capitalize() for word in text.split())
    interscript.load_map(standard)
    return str(interscript.transliterate(standard, text)).replace("’", "").replace("'", "")


def _dictionary_surnames() -> list[str]:
    import pymorphy3

    dictionary = pymorphy3.MorphAnalyzer(lang="ru").dictionary
    found = {
        word
        for word, tag, *_ in dictionary.iter_known_words()
        if {"Surn", "masc", "nomn", "sing"} <= tag.grammemes and 5 <= len(word) <= 14
    }
    return sorted(found)


def _dictionary_given() -> list[str]:
    """Men's given names of the dictionary that end in a consonant and stand in no table of ours."""
    import pymorphy3

    from leakdesk.entities.given_names import families
    from leakdesk.language.romanise import sounds

    known = families().by_key.keys() | families().short_keys.keys()
    dictionary = pymorphy3.MorphAnalyzer(lang="ru").dictionary
    found = {
        word
        for word, tag, *_ in dictionary.iter_known_words()
        if {"Name", "masc", "nomn", "sing"} <= tag.grammemes
        and 4 <= len(word) <= 12
        and word[-1] in "бвгдзклмнпрстф"
        and "-" not in word
    }
    return sorted(word for word in found if sounds(word)[0].key not in known)


def _attested(russian: list[str]) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    for ru in russian:
        ids = _symbols(ru.capitalize())
        if not ids:
            continue
        be = sorted(each for each in belarusian(ru) if each != ru and ids & _symbols(each.capitalize()))
        uk = sorted(each for each in ukrainian(ru) if each != ru and ids & _symbols(each.capitalize()))
        if be or uk:
            rows.append((ru.capitalize(), be[0].capitalize() if be else "", uk[0].capitalize() if uk else ""))
    return rows


def _symbols(name: str) -> set[str]:
    from rigour.names import NameTypeTag, analyze_names

    found = analyze_names(NameTypeTag.PER, [name], {})
    return {str(symbol.id) for each in found for symbol in each.symbols if symbol.category.value == "NAME"}


if __name__ == "__main__":
    main()
