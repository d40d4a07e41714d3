"""Percentages, amounts of money and quantities: the number read, the unit named, ranges kept as ranges.

`normal`: "12.5" for percent ("30..40" for a range), "240000 EUR" for money, "410 kg" for quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from leakdesk.language.numbers import cardinals, spelled
from leakdesk.mentions.found import Found, table
from leakdesk.model.entity import Mention

#: What stands before no number that counts anything: one to four letters with a hyphen (a designation), the sign of a number.
_NO_COUNT = r"(?<![\w.,:])(?<!\b[^\W\d_]-)(?<!\b[^\W\d_]{2}-)(?<!\b[^\W\d_]{3}-)(?<!\b[^\W\d_]{4}-)(?<!№)(?<!№\s)"
#: A number as people write it: blanks, commas or full stops between thousands, a decimal part.
_NUM = _NO_COUNT + r"(?:\d{1,3}(?:[ ,.']\d{3})+(?:[.,]\d{1,3})?|\d+(?:[.,]\d+)?)"
_BARE = _NUM.removeprefix(_NO_COUNT)
_BETWEEN = r"\s?(?:-|–|—|\.\.|…|\s(?:до|да|to|and|і|и|й|та)\s)\s?"
_LEAD = r"(?:(?i:от|від|ад|from|between|с|з)\s)?"


#: Nouns of anything that can be counted, by ending: Slavic genitive plurals, English plurals.
_COUNTED = (
    r"(?:[а-яёіїєґў'-]{2,}(?:ов|ев|ёв|ей|ий|ів|їв|аў|яў|ёў|оў|ок|ек|ак|ин|ын|"
    r"ін|ель|иц|іц|оль|ья|ы|и|і|а|я)(?<!ся)(?<!ла)(?<!ли)|(?:[a-z-]{3,}\s)?[a-z-]{3,}(?<!s)"
    r"s)"
)


@cache
def _not_counted() -> frozenset[str]:
    return frozenset(table("values")["not_counted"]["words"].split())


@cache
def time_units() -> Mapping[str, str]:
    """Units of time as they stand in `normal`, and the concept (`language.concepts`) that each one is."""
    return table("values")["time_units"]


def number(text: str) -> float | None:
    """The value of a written number; None where there is none. "1 234,5", "240,000" and "1.8" are all read."""
    words = text.strip().casefold().split()
    in_words = spelled(words)
    if in_words and in_words[0].first == 0 and in_words[0].behind == len(words):
        return in_words[0].value
    bare = "".join(words).replace("'", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare) or re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", bare):
        bare = bare.replace(
            "," if "," in bare and bare.find(",") < (bare.rfind(".") if "." in bare else len(bare)) else ".", ""
        )
    elif re.fullmatch(r"\d{1,3}\.\d{3},\d+", bare):
        bare = bare.replace(".", "")
    try:
        return float(bare.replace(",", "."))
    except ValueError:
        return None


def plain(value: float) -> str:
    """A number without needless zeros: 12.5, 240000."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    values = table("values")
    scale = "|".join(values["scales"].values())
    money = "|".join(values["currencies"].values())
    units = "|".join(values["units"].values())
    word = "|".join(sorted(cardinals(), key=len, reverse=True))
    words = rf"(?:(?:{word})[ -])?(?:{word})"
    flags = re.IGNORECASE
    return {
        "percent": re.compile(
            rf"(?P<lead>(?<!\w){_LEAD})(?P<a>{_NUM}|(?<!\w)(?:{words}))(?:\s?%?{_BETWEEN}(?P<b>{_NUM}|"
            rf"(?<!\w)(?:{words})))?\s?(?:{values['percent']['word']})(?![\w%])",
            flags,
        ),
        "money": re.compile(
            rf"(?P<lead>(?<!\w){_LEAD})(?P<a>{_NUM})(?:{_BETWEEN}(?P<b>{_NUM}))?(?:\s?(?P<scale>{scale})"
            rf"(?!\w))?\s{{0,2}}(?P<unit>{money})(?!\w)",
            flags,
        ),
        "money first": re.compile(
            rf"(?<!\w)(?P<unit>[$€£₽₴¥₸₺₹]|US\$|(?:USD|EUR|GBP|RUB|UAH|BYN|CNY|PLN|CHF|"
            rf"KZT|AED)(?=\s?\d))\s?(?P<a>{_BARE})(?:{_BETWEEN}[$€£]?(?P<b>{_BARE}))?(?:\s?(?P<scale>{scale})"
            rf"(?!\w))?",
            flags,
        ),
        "quantity": re.compile(
            rf"(?P<a>{_NUM})(?:{_BETWEEN}(?P<b>{_NUM}))?(?:\s(?P<scale>{scale})(?!\w))?\s?(?P<unit>{units})(?!\w)",
            flags,
        ),
        "count": re.compile(rf"(?P<a>{_NUM})(?:\s(?P<scale>{scale})(?!\w))?\s(?P<unit>{_COUNTED})(?!\w)"),
        "scale": re.compile(scale, flags),
    }


def amount_of(mention: Mention) -> tuple[float, str] | None:
    """(number, unit) of a mention of money, a percentage or a quantity ("" for a percentage); None for ranges and for other
    mentions."""
    if mention.type not in ("money", "percent", "quantity"):
        return None
    value, _, unit = mention.normal.partition(" ")
    try:
        return float(value), unit
    except ValueError:
        return None


@cache
def currencies() -> re.Pattern[str]:
    """The names of currencies, which often hold the name of a country («доллар США»)."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(table('values')['currencies'].values())})(?!\w)", re.IGNORECASE)


def currency(word: str) -> str | None:
    """The code of a currency by one of its names in any form ("рублей": RUB); None for other words."""
    return _code("currencies", word)


@cache
def _units(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in table("values")[kind].items())


@cache
def _code(kind: str, written: str) -> str | None:
    return next((code for code, pattern in _units(kind) if pattern.fullmatch(written)), None)


def _unit(kind: str, written: str) -> str:
    return _code(kind, written) or written.lower()


def _scaled(match: re.Match[str], group: str) -> float | None:
    value = number(match[group]) if match[group] else None
    factor = match.groupdict().get("scale")
    return value * float(_unit("scales", factor)) if value is not None and factor else value


def _span(match: re.Match[str]) -> tuple[float | None, str]:
    low, high = _scaled(match, "a"), _scaled(match, "b") if "b" in match.groupdict() else None
    if low is None:
        return None, ""
    return low, plain(low) if high is None else f"{plain(low)}..{plain(high)}"


_PERCENT = re.compile(r"(?i)per\s?cent|pct|процен|відсот|працэн")


def values(sheet: str) -> Iterator[Found]:
    """Percentages, money, quantities with a unit, counted things: in this order of certainty."""
    if not any(map(str.isdigit, sheet)) and _PERCENT.search(sheet) is None:
        return
    patterns = _patterns()
    for match in patterns["percent"].finditer(sheet):
        value, written = _span(match)
        if value is not None:
            yield Found(_start(match), match.end(), "percent", written, "percent", 1.0)
    for name in ("money", "money first"):
        for match in patterns[name].finditer(sheet):
            value, written = _span(match)
            if value is not None:
                unit = _unit("currencies", match["unit"])
                yield Found(_start(match), match.end(), "money", f"{written} {unit}", name, 1.0)
    for match in patterns["quantity"].finditer(sheet):
        value, written = _span(match)
        if value is not None:
            yield Found(
                match.start(), match.end(), "quantity", f"{written} {_unit('units', match['unit'])}", "quantity", 0.9
            )
    for match in patterns["count"].finditer(sheet):
        value, written = _span(match)
        last = match["unit"].split()[-1]
        if value is not None and patterns["scale"].fullmatch(last):  # «46 миллионов», of what is not said
            yield Found(match.start(), match.end(), "quantity", _of_nothing(match, value), "counted things", 0.5)
        elif value is not None and last not in _not_counted() and match["unit"].split()[0] not in _not_counted():
            yield Found(match.start(), match.end(), "quantity", f"{written} {match['unit']}", "counted things", 0.5)


def _of_nothing(match: re.Match[str], value: float) -> str:
    """A number whose noun is only what multiplies it."""
    return plain(value * float(_unit("scales", match["unit"].split()[-1])))


def _start(match: re.Match[str]) -> int:
    has_lead = "lead" in match.groupdict() and match["lead"] and match.groupdict().get("b")
    if has_lead or "unit" not in match.groupdict():
        return match.start() if has_lead else match.start("a")
    return min(match.start("a"), match.start("unit"))
