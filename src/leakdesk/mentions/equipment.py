"""Designations of equipment, in four languages and two scripts, folded to one key: Мі-8МТВ, Ми-8МТВ and Mi-8MTV are one.

Three ways in: a known family before a number (a table), a maker before a model (a table), and the general shape, letters
and a number with a suffix, beside a noun of a class (helicopter, engine, machine ...) or beside a designation already
found. Runs before the models, which take helicopters for people. The suffix belongs to the key: a -8 is no -28.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from leakdesk.mentions.found import CAP, LOWER, UPPER, Found, table

_LATIN = {
    **dict(zip("абвгґдезийіклмнопрстуўфыэ", "ABVGGDEZIYIKLMNOPRSTUUFYE", strict=True)),
    **{"ё": "E", "є": "YE", "ж": "ZH", "х": "KH", "ц": "TS", "ч": "CH", "ш": "SH", "щ": "SHCH"},
    **{"ю": "YU", "я": "YA", "ї": "YI", "ь": "", "ъ": ""},
}
_TAIL = rf"(?:-?\d{{1,5}}|[-/][{UPPER}]{{1,4}}\d{{0,3}})"
_SUFFIX = rf"(?:[{UPPER}][{UPPER}{LOWER}]{{0,5}}\d{{0,3}}[{UPPER}]{{0,2}}|[абвмктс](?![{LOWER}]))"
#: Letters, number, suffix: РМТ-300К, ТГМ6Д, Тл-44М, AL-31F, АЛСН-М2, ЦНС 38-44.
_SHAPE = re.compile(
    rf"(?<![\w./@№-])(?P<p>[{UPPER}]{{1,5}}[{LOWER}]{{0,2}}|[{UPPER}][{LOWER}]{{3,12}}(?=-\d)"
    rf")(?:-(?P<mid>[{UPPER}]{{1,2}})|(?P<sep>[- ]?))(?P<n>\d{{1,5}}(?:[.,]\d)?)"
    rf"(?P<s>{_SUFFIX}?(?:{_TAIL}){{0,2}}(?:-?[{UPPER}]{{1,4}}(?!\w))?)(?![\w@])"
)
_NUMBER_FIRST = re.compile(
    rf"(?<![\w./№-])(?P<n>\d{{1,3}})(?P<p>[{UPPER}]{{1,3}})(?P<m>\d{{1,4}}[{UPPER}]{{0,3}}\d?)(?![\w-])"
)
_WORDED = re.compile(rf"(?P<w>{CAP})\s(?P<n>[{UPPER}]{{0,4}}-?\d{{2,5}}[{UPPER}]{{0,4}})(?![\w.,:%]\d|\w)")
_SHIP = re.compile(rf"(?<!\w)(?:MV|M/V|MT|M/T|USS|HMS|INS|RFS|USNS|т/х|т/к)[ ][«\"]?{CAP}(?:[ ]{CAP})?[»\"]?")
_SPACE = re.compile(r"[\s,]+(?:и|і|й|та|або|или|and|or|,)?\s*")


@cache
def _brands() -> re.Pattern[str]:
    names = "|".join(sorted(table("equipment")["brands"]["names"].split("|"), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?P<p>{names})(?P<s>(?:[ -][A-Z][\w-]{{0,10}}){{0,2}}[ -]?[A-Z]{{0,5}}[ -]?\d{{1,5}}[\w/-]{{0,8}})(?!\w)"
    )


@cache
def _families() -> dict[str, str]:
    return {
        spelling: canonical
        for canonical, all_of in table("equipment")["families"].items()
        for spelling in all_of.split("|")
    }


@cache
def _classes() -> re.Pattern[str]:
    rows = table("equipment")["classes"]
    return re.compile(rf"(?<!\w)(?:(?:{rows['cyrillic']})\w*|(?:{rows['latin']})s?(?!\w))", re.IGNORECASE)


@cache
def _named() -> re.Pattern[str]:
    words = table("equipment")["named"]["words"]
    return re.compile(rf"(?<!\w)(?i:{words})\s(?P<q>[«\"](?P<name>[{UPPER}][\w -]{{1,24}})[»\"](?:-?\d[\w-]{{0,6}})?)")


@cache
def _refused() -> tuple[re.Pattern[str], frozenset[str]]:
    rows = table("equipment")["not"]
    return re.compile(rf"(?:^|\W)(?:{rows['before']})[.:]?\s?$", re.IGNORECASE), frozenset(rows["prefixes"].split("|"))


@lru_cache(maxsize=1 << 14)
def designation_key(text: str) -> str:
    """One key for all spellings of a designation, in Latin capitals: «Мі-8МТВ», "Ми-8 МТВ" and "Mi-8MTV" give "MI-8MTV"."""
    words = re.findall(rf"[{UPPER}{LOWER}]+|\d+(?:[.,]\d)?", text)
    pieces: list[str] = []
    for index, word in enumerate(words):
        known = _families().get(word) if index == 0 and len(words) > 1 else None
        spelled = "".join(str(_LATIN.get(char.lower(), char)) for char in word)
        pieces.append((known or spelled).upper())
    head = pieces[0] if pieces else ""
    rest = pieces[1:]
    joined = head
    for before, after in zip([head, *rest], rest, strict=False):
        joined += ("-" if before[-1:].isdigit() == after[:1].isdigit() or joined == head else "") + after
    return joined


def equipment(sheet: str) -> Iterator[Found]:
    """Designations, the certain ones first; general shapes only beside a class noun, a designation, or as `check`."""
    for match in _brands().finditer(sheet):
        yield _found(sheet, match.start(), match.end(), "maker and model", 0.95)
    for match in _named().finditer(sheet):
        start, end = match.span("q")
        yield Found(start, end, "equipment", re.sub(r"[«»\"]", "", match["q"]), "class and quoted name", 0.9)
    for match in _SHIP.finditer(sheet):
        yield Found(match.start(), match.end(), "equipment", match.group().upper(), "ship prefix and name", 0.8)
    certain: list[Found] = []
    loose: list[Found] = []
    for match in _SHAPE.finditer(sheet):
        found = _shaped(sheet, match)
        if found is not None:
            (certain if found.weight >= 0.8 else loose).append(found)
    for match in _NUMBER_FIRST.finditer(sheet):
        if _beside_class(sheet, match.start(), match.end()):
            certain.append(_found(sheet, match.start(), match.end(), "shape beside class noun", 0.8))
    for match in _WORDED.finditer(sheet):
        if _classes().match(match["w"]) or (
            match["w"] > "\u0400" and re.match(r"\s[а-яёіїєґў]", sheet[match.end() : match.end() + 2])
        ):
            continue
        if _just_after_class(sheet, match.start()) or (match.start() and _just_before_class(sheet, match.end())):
            certain.append(_found(sheet, match.start(), match.end(), "name and number beside class noun", 0.75))
    yield from certain
    yield from _listed(sheet, certain, loose)


def _found(sheet: str, start: int, end: int, rule: str, weight: float) -> Found:
    return Found(start, end, "equipment", designation_key(sheet[start:end]), rule, weight)


def _shaped(sheet: str, match: re.Match[str]) -> Found | None:
    before, prefixes = _refused()
    prefix, spaced = match["p"], match["sep"] == " "
    known = prefix in _families()
    if before.search(sheet[max(0, match.start() - 24) : match.start()]) or prefix in prefixes:
        return None
    end = match.end()
    beside = _beside_class(sheet, match.start(), end)
    if known and not spaced and (len(prefix) > 1 or match["s"] or (beside and match["sep"] == "-")):
        return _found(sheet, match.start(), end, "known family", 0.95)
    if beside and not (spaced and len(prefix) == 1):
        return _found(sheet, match.start(), end, "shape beside class noun", 0.85)
    if spaced or len(prefix) == 1 or (not match["sep"] and not match["s"] and not match["mid"]):
        return None
    return _found(sheet, match.start(), end, "shape of a designation", 0.5)


def _beside_class(sheet: str, start: int, end: int) -> bool:
    return _just_after_class(sheet, start) or _just_before_class(sheet, end)


def _just_after_class(sheet: str, start: int) -> bool:
    stop = max(sheet.rfind(mark, 0 if start < 60 else start - 60, start) for mark in ("\n", ". ", "; "))
    before = sheet[max(stop + 1, start - 48, 0) : start]
    found = list(_classes().finditer(before))
    return bool(found) and len(before[found[-1].end() :].split()) <= 3


def _just_before_class(sheet: str, end: int) -> bool:
    after = re.split(r"[\n.;]", sheet[end : end + 36], maxsplit=1)[0]
    found = _classes().search(after)
    return found is not None and len(after[: found.start()].split()) <= 2 and "," not in after[: found.start()]


def _listed(sheet: str, certain: list[Found], loose: list[Found]) -> Iterator[Found]:
    keys = {each.normal for each in certain}
    ends = {each.end for each in certain}
    starts = sorted(each.start for each in certain)
    for each in sorted(loose, key=lambda found: found.start):
        gap = _SPACE.match(sheet, _last_end(ends, each.start))
        neighbour = gap is not None and gap.end() == each.start
        following = any(
            0 < start - each.end < 6 and _SPACE.fullmatch(sheet, each.end, start) for start in starts[:2000]
        )
        if each.normal in keys or neighbour or following:
            ends.add(each.end)
            yield Found(each.start, each.end, each.type, each.normal, "shape in a list of designations", 0.8)
        else:
            yield each


def _last_end(ends: set[int], start: int) -> int:
    return next((at for at in range(start, max(0, start - 8), -1) if at in ends), start)
