"""Places by rule: the gazetteer, a kind of settlement before the name, a preposition before a town-shaped word, regions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from leakdesk.language.gazetteer import Place, find_place
from leakdesk.mentions.found import CAP, LOWER, UPPER, Found, table
from leakdesk.mentions.persons import given, surname_shaped

#: A town this large is a place also without a preposition.
LARGE = 100_000
_WORD = rf"(?:{CAP}|[{UPPER}]{{2,4}}(?![{LOWER}{UPPER}]))"
_NAME = re.compile(
    rf"(?<![\w-])(?P<n>{_WORD}(?:(?:-на-|-над-|-upon-|-on-)[\w]+)?(?:[ ](?:of[ ](?:the[ ])?|"
    rf"and[ ]|на-|над[ ])?{_WORD}){{0,3}})(?![\w])"
)


#: Short Latin words are towns only behind a preposition: Act, Pat.
SHORTEST_ALONE = 4


@cache
def _context() -> dict[str, re.Pattern[str]]:
    rows = table("places")
    cyr, lat = rows["prepositions"]["cyrillic"], rows["prepositions"]["latin"]
    return {
        "preposition": re.compile(rf"(?:^|[^\w])(?:{cyr}|{lat})[ ](?:the[ ])?$", re.IGNORECASE),
        "kind": re.compile(
            rf"(?:^|[^\w])(?:{rows['before']['cyrillic']}|{rows['before']['latin']})[ ]?$", re.IGNORECASE
        ),
        "shape": re.compile(rf"(?:{rows['shapes']['cyrillic']}|{rows['shapes']['latin']})$"),
        "region": re.compile(
            rf"(?<![\w-])(?P<p>{CAP}(?:[ ]{CAP})?[ ](?:{rows['region']['cyrillic']}|{rows['region']['latin']})"
            rf"(?![\w])|(?:Республик[аиеу]|Рэспублік[аіу]|Республік[аиіу]|Republic of)"
            rf"[ ]{CAP})"
        ),
    }


@cache
def _never() -> frozenset[str]:
    return frozenset(table("places")["not"]["words"].split("|"))


@lru_cache(maxsize=1 << 16)
def _known(name: str, language: str) -> tuple[str, Place] | None:
    found = find_place(name, language)
    return (found[0], found[1][0]) if found else None


def places(sheet: str, language: str) -> Iterator[Found]:
    """Candidates for places in a text of one language."""
    for match in _context()["region"].finditer(sheet):
        yield Found(match.start("p"), match.end("p"), "place", "", "region", 0.93)
    for match in _NAME.finditer(sheet):
        yield from _within(sheet, match.start("n"), match["n"], language)


def _within(sheet: str, start: int, run: str, language: str) -> Iterator[Found]:
    """The longest known names inside a run of capitalised words; else a town-shaped word after a preposition."""
    words = [(each.start(), each.end()) for each in re.finditer(r"\S+", run)]
    index = 0
    while index < len(words):
        found = None
        for last in range(min(len(words), index + 4), index, -1):
            a, b = words[index][0], words[last - 1][1]
            found = _judged(sheet, start + a, run[a:b], language, alone=len(words) == 1, first=index == 0)
            if found is not None:
                yield found
                index = last
                break
        if found is None:
            index += 1


def _judged(sheet: str, start: int, name: str, language: str, *, alone: bool, first: bool) -> Found | None:
    if name in _never() or (len(name) < 3 and name not in _SHORT):
        return None
    before = sheet[max(0, start - 24) : start]
    kind = first and _context()["kind"].search(before) is not None
    preposition = first and _context()["preposition"].search(before) is not None
    known = _known(name, language)
    end = start + len(name)
    if known is not None and (name.isupper() is False or known[1].kind == "country"):
        return _gazetteered(known, start, end, name, led=kind or preposition, alone=alone, opening=_opening(before))
    if (kind and " " not in name) or (kind and len(name.split()) == 2):
        return Found(start, end, "place", "", "kind of settlement before it", 0.85)
    if preposition and alone and " " not in name and _context()["shape"].search(name) and not given(name):
        return Found(start, end, "place", "", "preposition and shape of a town", 0.5)
    return None


def _opening(before: str) -> bool:
    bare = before.strip(" «\"'(—-")
    return not bare or bare[-1] in ".!?:\n"


_SHORT = frozenset({"РФ", "РБ", "UK", "US"})


def _gazetteered(
    known: tuple[str, Place], start: int, end: int, name: str, *, led: bool, alone: bool, opening: bool
) -> Found | None:
    base, place = known
    if place.kind != "city":
        return Found(start, end, "place", base, f"gazetteer: {place.kind}", 0.93)
    if given(name) and not led:
        return None
    if place.population >= LARGE and (led or (alone and (len(name) > SHORTEST_ALONE or name[0] >= "\u0400"))):
        return Found(
            start, end, "place", base, "gazetteer: large town", 0.92 if led else 0.88 if name[0] >= "\u0400" else 0.8
        )
    if led and (alone or " " in name):
        return Found(
            start, end, "place", base, "gazetteer: town after a preposition", 0.7 if place.population > 5000 else 0.6
        )
    if " " in name and place.population > 5000:
        return Found(start, end, "place", base, "gazetteer: name of several words", 0.75)
    if (
        alone
        and place.population > 5000
        and name[0] >= "\u0400"
        and not (opening or surname_shaped(name) or given(name))
    ):
        return Found(start, end, "place", base, "gazetteer: town", 0.5)
    return Found(start, end, "place", base, "gazetteer: small town", 0.3)
