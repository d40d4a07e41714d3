"""Dates of birth, countries and identifiers in one form, and whether two people's contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Literal

Told = Literal["agrees", "contradicts", "open"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january янв января студзеня січня", "feb february фев февр февраля лютага лютого",
            "mar march мар марта сакавіка березня", "apr april апр апреля красавіка квітня",
            "may мая травеня траўня травня", "jun june июн июня чэрвеня червня", "jul july июл июля ліпеня липня",
            "aug august авг августа жніўня серпня", "sep sept september сен сент сентября верасня вересня",
            "oct october окт октября кастрычніка жовтня", "nov november ноя нояб ноября лістапада листопада",
            "dec december дек декабря снежня грудня",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2})[\s-]+)?([^\W\d_]{3,12})\.?[\s-]+(\d{4})")
_YEARS = re.compile(r"(?:between\s+)?(\d{4})\s*(?:-|/|–|to|and)\s*(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[89]\d{2}|20\d{2})(?!\d)")
_ABOUT = re.compile(r"\b(?:circa|approx\w*|c\.|ca\.|about)", re.IGNORECASE)


def iso_date(text: str) -> str:
    """A date as lists write it, as exact as it is: "30 Aug 1954" -> "1954-08-30", "circa 1961" -> "1960/1962"; "" if none."""
    plain = " ".join(text.split())
    if between := _YEARS.fullmatch(plain):
        return f"{between[1]}/{between[2]}"
    found = _exact(plain)
    if _ABOUT.search(plain) and (year := _YEAR.search(found or plain)):
        return f"{int(year[1]) - 1}/{int(year[1]) + 1}"
    return found


def _exact(plain: str) -> str:
    if match := _DAY_FIRST.search(plain):
        return _dated(match[3], match[2], match[1])
    for match in _WORDED.finditer(plain):
        if month := _MONTHS.get(match[2].lower()):
            return _dated(match[3], str(month), match[1])
    if match := _ISO.search(plain):
        return _dated(match[1], match[2], match[3])
    year = _YEAR.search(plain)
    return year[1] if year else ""


def _dated(year: str, month: str | None, day: str | None) -> str:
    """Month or day 00 means that the list does not know it."""
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"


def compare_births(left: Iterable[str], right: Iterable[str]) -> Told:
    """Do two people's dates of birth agree (any pair does), contradict (every pair does), or say nothing?

    Dates contradict where both know the year and it differs, or both know the month or day and that differs. A year alone
    agrees with a day of that year, but is only that: "open" is for no dates on a side.
    """
    pairs = [(a, b) for a in left for b in right]
    if not pairs:
        return "open"
    return "agrees" if any(_may_be_one(a, b) for a, b in pairs) else "contradicts"


def _may_be_one(a: str, b: str) -> bool:
    if "/" in a or "/" in b:
        first, last = _years_of(a), _years_of(b)
        return first[0] <= last[1] and last[0] <= first[1]
    return a.startswith(b) or b.startswith(a)


def _years_of(date: str) -> tuple[int, int]:
    start, _, end = date.partition("/")
    return int(start[:4]), int((end or start)[:4])


def country(name: str) -> str:
    """A country's ISO code in lower case, or its name in lower case where the code is not known; "" for nothing."""
    from leakdesk.entities.places import country_of

    plain = re.sub(r"\s*\(.*?\)", "", " ".join(name.split())).strip(" .,")
    if not plain or plain.lower() in ("unknown", "undetermined", "n/a", "-0-"):
        return ""
    if len(plain) == 2 and plain.isascii() and plain.isalpha():
        return plain.lower()
    return (_more_countries().get(plain.lower()) or country_of(plain) or plain).lower()


@cache
def _more_countries() -> dict[str, str]:
    text = resources.files("leakdesk.screening").joinpath("tables", "countries.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name.lower(): code for code, names in rows for name in names.split("|")}


@cache
def _english_names() -> dict[str, str]:
    """ISO code in lower case -> the English name; the tables begin with it."""
    made: dict[str, str] = {}
    for package in ("leakdesk.screening", "leakdesk.entities"):
        text = resources.files(package).joinpath("tables", "countries.tsv").read_text("utf-8")
        rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
        for code, names, *_ in rows:
            name = names.split("|")[0]
            made[code.lower()] = name if name[:1].isupper() else name.title()
    return made


def country_name(code: str) -> str:
    """A country's English name; the code itself where it is not known."""
    return _english_names().get(code.lower(), code)


#: Characters of an identifier below which it tells nobody apart (a bare "12").
SHORTEST = 5


def number_key(identifier: str) -> str:
    """An identifier without label, blanks and signs: "Passport 71 7637093 (Russia)" -> "717637093"; "" if too short."""
    bare = re.sub(r"\(.*?\)", " ", identifier)
    best = ""
    for run in re.findall(r"[A-Za-zА-Яа-яЁёІіЇїЄєЎў]{0,4}[\d][\dA-Za-zА-Яа-я\- ./]*\d|\d", bare):
        folded = re.sub(r"[\W_]", "", run).upper()
        if sum(char.isdigit() for char in folded) > sum(char.isdigit() for char in best):
            best = folded
    return best if sum(char.isdigit() for char in best) >= SHORTEST else ""


def compare_numbers(left: Iterable[str], right: Iterable[str]) -> Told:
    """Is one identifier the same on both sides, does each side have one of the same kind that differs, or neither?"""
    a = {key: kind_of_number(each) for each in left if (key := number_key(each))}
    b = {key: kind_of_number(each) for each in right if (key := number_key(each))}
    if a.keys() & b.keys():
        return "agrees"
    kinds = (set(a.values()) & set(b.values())) - {""}
    return "contradicts" if kinds else "open"


#: Identifiers that one holder has one of: two different ones are two holders. (A person may hold several passports.)
_SINGLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("inn", re.compile(r"\b(?:inn|tax id|tax identification|taxpayer)|ИНН|ІПН|РНОКПП", re.IGNORECASE)),
    ("unp", re.compile(r"\bunp|УНП|УНН", re.IGNORECASE)),
    ("ogrn", re.compile(r"\bogrn|ОГРН", re.IGNORECASE)),
    ("edrpou", re.compile(r"\b(?:edrpou|usreou)|[ЄЕ]ДРПОУ|ЕГРПОУ", re.IGNORECASE)),
    ("imo", re.compile(r"\bimo\b", re.IGNORECASE)),
    ("lei", re.compile(r"\blei\b", re.IGNORECASE)),
)


def kind_of_number(identifier: str) -> str:
    """Which single-holder number this is by its label, or ""."""
    return next((kind for kind, pattern in _SINGLE if pattern.search(identifier)), "")
