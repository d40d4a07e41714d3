"""Ukrainian and Belarusian words that no dictionary of their own knows, looked up in the Russian one as they would be written
there (kindred.toml): what class, case, number, gender and tense they have. Russian words only lend features; a base form is
made of the word's own letters.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast

from leakdesk.language.concepts import dictionary
from leakdesk.model.document import Language
from leakdesk.reading.tagging_reading import Reading

_CASES = {"nomn": "n", "gent": "g", "datv": "d", "accs": "a", "ablt": "i", "loct": "l", "gen2": "g", "loc2": "l"}
_NUMBERS = {"sing": "s", "plur": "p"}
_GENDERS = {"masc": "m", "femn": "f", "neut": "n"}
_TENSES = {"past": "past", "pres": "pres", "futr": "fut"}
#: pymorphy's classes -> ours, by the class asked for in kindred.toml.
_WANTED = {
    "V": {"VERB": "V", "INFN": "INF"},
    "S": {"PRTS": "V", "ADJS": "V", "PRED": "V"},
    "C": {"GRND": "CONV"},
    "A": {"ADJF": "A", "PRTF": "PTCP"},
    "N": {"NOUN": "N"},
    "D": {"ADVB": "ADV", "COMP": "ADV", "PRCL": "X", "CONJ": "X"},
}
#: Dictionary words as good as unheard of say nothing.
_RARE = 0.02
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of kindred.toml."""

    own: str
    russian: str
    kind: str
    base: str


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How a language's words would be spelt in Russian."""

    letters: dict[int, str]
    groups: tuple[tuple[str, str], ...]
    rows: tuple[_Row, ...]
    prefixes: tuple[tuple[str, str], ...]
    doubtful: Any


def by_kin(low: str, language: Language) -> Reading | None:
    """What the Russian dictionary says of a lower-case word; None where it knows no such word."""
    found = _kin(low, language)
    return found[0] if found is not None else None


def kin_of(low: str, language: Language) -> str | None:
    """The Russian word itself."""
    found = _kin(low, language)
    return found[1] if found is not None else None


@lru_cache(maxsize=50_000)
def _kin(low: str, language: Language) -> tuple[Reading, str] | None:
    low = low.replace("’", "'")
    if language == "be" and low.startswith("ў"):
        low = "у" + low[1:]
    analyser = dictionary("ru")
    if language not in ("uk", "be") or analyser is None or len(low) < _SHORTEST or not low[0].isalpha():
        return None
    found: list[tuple[float, Reading, str]] = []
    for row in _spelling(language).rows:
        if not low.endswith(row.own) or len(low) < len(row.own) + 1:
            continue
        for word, form, changed in _known(low[: len(low) - len(row.own)], row, language, analyser):
            made = _reading(low, row, form, language)
            if made is not None and (row.kind != "A" or len(row.own) > 1 or not changed):
                weight = 1 if row.kind == "N" else len(row.own)
                found.append((weight + float(form.score) - changed, made, word))
    if not found:
        return None
    _, best, word = max(found, key=lambda each: each[0])
    if best.pos == "N":
        alike = [each for _, each, _ in found if each.pos == "N"]
        best = replace(
            best,
            cases="".join(dict.fromkeys("".join(each.cases for each in alike))),
            forms=" ".join(dict.fromkeys(" ".join(each.forms for each in alike).split())),
            number=best.number if len({each.number for each in alike}) == 1 else "",
        )
    return best, word


def _known(stem: str, row: _Row, language: Language, analyser: Any) -> list[tuple[str, Any, int]]:
    """Russian dictionary words spelt like a stem with an ending, their readings of the class asked for, letters changed."""
    spelling = _spelling(language)
    wanted = _WANTED[row.kind]
    found: list[tuple[str, Any, int]] = []
    for bare in _begun(_spelt(stem, language), language):
        whole = bare + row.russian
        for word in cast("list[str]", analyser.dictionary.words.similar_keys(whole, spelling.doubtful)):
            if not word.endswith(row.russian.replace("ё", "е")) and not word.endswith(row.russian):
                continue
            changed = sum(a != b for a, b in zip(word, whole, strict=False))
            found += [
                (word, form, changed)
                for form in analyser.parse(word)
                if form.is_known and str(form.tag.POS) in wanted and form.score > _RARE
            ]
    return found


def _begun(stem: str, language: Language) -> list[str]:
    """A stem as it is, and with the Russian form of its prefix."""
    return [stem, *(new + stem[len(old) :] for old, new in _spelling(language).prefixes if stem.startswith(old))]


def _reading(low: str, row: _Row, form: Any, language: Language) -> Reading | None:
    """A Russian reading as ours, where the own ending allows it."""
    tag = form.tag
    kind = _WANTED[row.kind][str(tag.POS)]
    if kind == "V" and str(tag.mood) == "impr" and row.own not in ("йте", "іть", "ьте", "йце", "іце", "ыце"):
        return None
    case = _CASES.get(str(tag.case), "")
    if kind == "N" and not _may_be(low, str(form.word), case, str(tag.gender), str(tag.number), language):
        return None
    passive = str(tag.POS) == "PRTS"
    return Reading(
        kind,
        _base(low, row, form, language) if kind in ("V", "INF", "CONV") else low,
        _all_cases(form, kind, language) if kind in ("N", "A", "PTCP") else "",
        _NUMBERS.get(str(tag.number), ""),
        _GENDERS.get(str(tag.gender), "") if str(tag.number) != "plur" else "",
        "past" if passive else _TENSES.get(str(tag.tense), ""),
        passive or "pssv" in tag,
        _all_forms(form) if kind == "N" else "",
        transitive="t" if "tran" in tag else "i" if "intr" in tag else "",
        animate="a" if "anim" in tag else "i" if "inan" in tag else "",
    )


def _may_be(low: str, word: str, case: str, gender: str, number: str, language: Language) -> bool:
    """Whether a noun's own ending fits a case of its Russian kin: Ukrainian «-е» is a neuter, «-у» no nominative."""
    if low.endswith(("е", "є")):
        return gender == "neut" and case in "na" if language == "uk" else case in "lnad"
    if low.endswith("о"):
        return case in "na" and number == "sing"
    if low.endswith(("у", "ю")) and word.endswith(("а", "я")):
        return gender == "masc" and case == "g"
    return True


def _all_cases(form: Any, kind: str, language: Language) -> str:
    """Every case that the same letters may stand in."""
    del kind, language
    same = [each for each in dictionary("ru").parse(form.word) if each.tag.POS == form.tag.POS and each.is_known]
    return "".join(dict.fromkeys(_CASES.get(str(each.tag.case), "") for each in same))


def _all_forms(form: Any) -> str:
    """Cases with numbers, as a dictionary of the own language would give them."""
    made = [
        _CASES[str(each.tag.case)] + _NUMBERS[str(each.tag.number)]
        for each in dictionary("ru").parse(form.word)
        if each.tag.POS == form.tag.POS
        and each.is_known
        and str(each.tag.case) in _CASES
        and str(each.tag.number) in _NUMBERS
    ]
    return " ".join(dict.fromkeys(made))


_TAILS = {
    "uk": str.maketrans({"ы": "и", "э": "е", "ё": "ьо", "ъ": "'"}),
    "be": str.maketrans({"и": "і", "щ": "ш", "о": "а"}),
}


def _base(low: str, row: _Row, form: Any, language: Language) -> str:
    """The infinitive in the word's own letters: as far as the Russian form and its infinitive agree, then its ending."""
    if row.base:
        return low[: len(low) - len(row.own)] + row.base
    normal, stem = str(form.normal_form), str(form.word)[: len(str(form.word)) - len(row.russian)]
    shared = 0
    while shared < min(len(normal), len(stem)) and normal[shared] == stem[shared]:
        shared += 1
    own = low[: len(low) - len(row.own)]
    keep, tail = own[: len(own) - (len(stem) - shared)], normal[shared:]
    if language == "uk":
        for ending, mine in (("ться", "тися"), ("чься", "гтися"), ("чь", "гти"), ("ть", "ти"), ("тись", "тися")):
            if tail.endswith(ending):
                tail = tail[: -len(ending)] + mine
                break
    else:
        for ending, mine in (("ться", "цца"), ("чь", "чы"), ("ть", "ць"), ("ти", "ці")):
            if tail.endswith(ending):
                tail = tail[: -len(ending)] + mine
                break
    return keep + tail.translate(_TAILS[language])


@lru_cache(maxsize=20_000)
def _spelt(low: str, language: Language) -> str:
    spelling = _spelling(language)
    for own, russian in spelling.groups:
        low = low.replace(own, russian)
    return low.translate(spelling.letters)


@cache
def _spelling(language: Language) -> _Spelling:
    raw = tomllib.loads((files("leakdesk.reading") / "kindred.toml").read_text("utf-8"))[language]
    rows = tuple(_Row(*each) for each in sorted(raw["endings"], key=lambda each: -len(each[0])))
    compiled = dictionary("ru").dictionary.words.compile_replaces(
        {letter: list(others) for letter, others in raw["doubtful"]}
    )
    return _Spelling(
        letters={ord(each[0]): each[1] for each in raw["letters"]},
        groups=tuple((own, russian) for own, russian in raw["groups"]),
        rows=rows,
        prefixes=tuple((old, new) for old, new in raw["prefixes"]),
        doubtful=compiled,
    )
