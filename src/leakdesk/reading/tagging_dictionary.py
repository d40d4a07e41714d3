"""Slavic word classes from dictionaries: Russian from pymorphy3, Ukrainian and Belarusian from Apertium."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from leakdesk.language import apertium
from leakdesk.language.concepts import dictionary, fold
from leakdesk.model.document import Language
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Token
from leakdesk.reading.tagging_reading import Reading

_CASES = {
    "nomn": "n",
    "gent": "g",
    "datv": "d",
    "accs": "a",
    "ablt": "i",
    "loct": "l",
    "gen2": "g",
    "loc2": "l",
    "voct": "",
}


_APERTIUM_CASES = {"nom": "n", "gen": "g", "dat": "d", "acc": "a", "ins": "i", "loc": "l"}


def russian_reading(text: str, *, proper: bool, words: Lexicon) -> Reading:
    return (
        _russian_cached(text, proper)
        if not words.closed["pron"].__contains__(fold(text))
        else Reading("PRON", fold(text))
    )


@lru_cache(maxsize=50_000)
def _russian_cached(text: str, proper: bool) -> Reading:
    parses = dictionary("ru").parse(text.lower())
    best = parses[0]
    if proper:
        best = next((each for each in parses if each.tag.POS == "NOUN"), best)
    pos = str(best.tag.POS or "")
    same = [each for each in parses if each.tag.POS == best.tag.POS and each.score > 0.02]
    cases = "".join(dict.fromkeys(_CASES.get(str(each.tag.case), "") for each in same if each.tag.case))
    number = {"sing": "s", "plur": "p"}.get(str(best.tag.number), "")
    gender = {"masc": "m", "femn": "f", "neut": "n"}.get(str(best.tag.gender), "")
    tense = {"past": "past", "pres": "pres", "futr": "fut"}.get(str(best.tag.tense), "")
    kind = {
        "NOUN": "PN" if proper else "N",
        "ADJF": "A",
        "ADJS": "V",
        "VERB": "V",
        "INFN": "INF",
        "PRTF": "PTCP",
        "PRTS": "V",
        "GRND": "CONV",
        "NUMR": "NUM",
        "ADVB": "ADV",
        "COMP": "ADV",
        "NPRO": "PRON",
        "PRED": "V",
        "PREP": "PREP",
        "CONJ": "CCONJ",
        "PRCL": "X",
        "INTJ": "X",
    }.get(pos, "PN" if proper else "X")
    return Reading(kind, str(best.normal_form), cases, number, gender, tense, passive=pos == "PRTS")


def apertium_readings(tokens: list[Token], language: Language, sheet: str) -> dict[int, Reading]:
    """start -> reading for every word Apertium knows; {} where it is not installed."""
    if not tokens or language not in ("uk", "be") or not apertium.available(language):
        return {}
    at, end = tokens[0].start, tokens[-1].end
    found: dict[int, Reading] = {}
    for word in apertium.analyse(sheet[at : min(end, at + apertium.BLOCK)], language):
        if not word.known:
            continue
        possible = ((word.lemma, word.tags), *word.others)
        readings = [each for lemma, tags in possible if (each := _from_apertium(lemma, tags)) is not None]
        if readings:
            found[at + word.start] = _settled(readings)
    return found


def _settled(readings: list[Reading]) -> Reading:
    """One reading of several: a finite verb before a noun of the same letters, with all cases that its class leaves open."""
    main = next((each for each in readings if each.pos == "V" and each.tense == "past"), readings[0])
    alike = [each for each in readings if each.pos == main.pos]
    cases = "".join(dict.fromkeys("".join(each.cases for each in alike)))
    forms = " ".join(dict.fromkeys(case + each.number for each in alike for case in each.cases))
    numbers, genders = {each.number for each in alike}, {each.gender for each in alike}
    return replace(
        main,
        cases=cases,
        number=main.number if len(numbers) == 1 else "",
        gender=main.gender if len(genders) == 1 else "",
        forms=forms,
    )


def _from_apertium(base: str, tags: tuple[str, ...]) -> Reading | None:
    have = set(tags)
    kind = tags[0] if tags else ""
    base = re.sub(r"[¹²³⁴]$", "", base).lower()
    cases = "".join(code for name, code in _APERTIUM_CASES.items() if name in have)
    number = "s" if "sg" in have else "p" if "pl" in have else ""
    gender = "m" if "m" in have else "f" if "f" in have else "n" if "nt" in have else ""
    tense = "past" if "past" in have else "fut" if "fut" in have else "pres" if "pres" in have else ""
    if kind in ("vblex", "vbser", "vbmod", "vbhaver"):
        if "inf" in have:
            return Reading("INF", base)
        if "pp" in have or "pprs" in have:
            short = "short" in have or "pred" in have
            return Reading("V" if short else "PTCP", base, cases, number, gender, "past", passive="pasv" in have)
        if "ger" in have or "gna_adv" in have or "gerund" in have or "adv" in have:
            return Reading("CONV", base)
        return Reading(
            "V", base, "", number, gender, tense, transitive="t" if "tv" in have else "i" if "iv" in have else ""
        )
    if kind == "num" and "ord" in have:
        kind = "adj"
    table = {"n": "N", "np": "PN", "adj": "A", "num": "NUM", "adv": "ADV"}
    animate = "a" if "aa" in have else "i" if "nn" in have else ""
    return Reading(table[kind], base, cases, number, gender, animate=animate) if kind in table else None
