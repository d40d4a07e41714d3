"""Whether two numbers count the same thing: "14 engines", «14 двигателей» and "14 machines" by their units.

A unit is a currency, a percent sign, a measure, or the noun that is counted, in any of the languages. Nouns meet as concepts
and in their spellings; a unit that merely says "pieces" fits every counted thing, an unnamed currency every amount of money.
"""

from __future__ import annotations

import re
from functools import lru_cache

from leakdesk.claims.terms import stopwords
from leakdesk.entities.organisations import word_concepts
from leakdesk.language.concepts import LANGUAGES, all_concepts, concepts_of_word, lemmas
from leakdesk.language.detect import detect
from leakdesk.language.spelling import word_keys
from leakdesk.language.words import WORD_OF_LETTERS
from leakdesk.mentions.quantities import time_units

#: Currency codes as concepts; other codes are units of their own.
CURRENCIES = {"RUB": "@rouble", "RUR": "@rouble", "UAH": "@hryvnia", "USD": "@dollar", "EUR": "@euro_n"}
PERCENT, PIECES, MONEY = "%", "@piece_n", "XXX"
#: Units that fit everybody who acts.
PERSONS = frozenset({"@person_n", "@people_n"})
#: Kinds of unit that "pieces" cannot stand for.
_MEASURES = frozenset({"measure", "money", "time"})
_PERCENT_WORDS = frozenset({"%", "percent", "per", "cent", "процент", "відсоток", "працэнт", "адсотак"})


def same_unit(a: str, b: str) -> bool:
    """Whether two units count the same thing. An open unit ("") counts nothing in particular."""
    left, right = unit_terms(a), unit_terms(b)
    if left & right:
        return True
    if not left or not right:
        return False
    if MONEY in left | right:
        return all(_is_money(each) for each in (left, right))
    if PERSONS & (left | right) and all(_is_people(each) for each in (left, right)):
        return True
    return PIECES in left | right and not any(_is_measure(each) for each in (left, right))


def comparable(a: str, b: str, equal: bool) -> bool:
    """Whether two numbers may be held against each other: of one unit, or equal where one of them names none, or where both
    count people (workers, employees)."""
    left, right = unit_terms(a), unit_terms(b)
    return same_unit(a, b) or (equal and (not (left and right) or (_is_people(left) and _is_people(right))))


def is_money(unit: str) -> bool:
    """Whether a unit is a currency, named or not."""
    known = all_concepts()
    return any(
        re.fullmatch(r"[A-Z]{3}", term) or (term[1:] in known and known[term[1:]].group == "money")
        for term in unit_terms(unit)
    )


#: How often as much: "2.5 times", «в 2,5 раза».
_TIMES = frozenset({"time", "times", "раз", "раза", "разу", "рази", "разів", "разы", "разоў", "разами", "разах"})


@lru_cache(maxsize=1 << 14)
def unit_terms(unit: str) -> frozenset[str]:
    """The language-free terms of a unit; () for an open one."""
    written = unit.strip()
    if not written:
        return frozenset()
    if written.casefold() in _PERCENT_WORDS:
        return frozenset({PERCENT})
    if written.casefold() in _TIMES:
        return frozenset({"%times"})
    if written in time_units():
        return frozenset({f"@{time_units()[written]}"})
    if re.fullmatch(r"[A-Z]{3}", written):
        return frozenset({CURRENCIES.get(written, written)})
    words = WORD_OF_LETTERS.findall(written)
    if words and all(word.isascii() for word in words):
        words = words[-1:]  # "disc brakes": the head comes last in English
    return frozenset(term for word in words for term in _terms(word))


def _terms(word: str) -> set[str]:
    language = detect(word)
    tried = (language,) if language in LANGUAGES and language == "en" else LANGUAGES
    named = {
        f"@{each}" for language in tried for each in concepts_of_word(word, language) if not all_concepts()[each].verbal
    }
    if any(word.casefold() in stopwords().get(each, frozenset()) for each in tried):
        return {each for each in named if all_concepts()[each[1:]].group == "time"}
    bases = {base for each in tried for base in lemmas(word, each)[:2]}
    bodies = {f"%{each}" for each in word_concepts(word.casefold())}
    return named or {key for base in (word, *bases) for key in word_keys(base)} | bodies


def _is_money(terms: frozenset[str]) -> bool:
    known = all_concepts()
    return any(
        re.fullmatch(r"[A-Z]{3}", term)
        or (term[1:] in known and known[term[1:]].group == "money")
        or term[:1] not in "@%"
        for term in terms
    )


def _is_people(terms: frozenset[str]) -> bool:
    known = all_concepts()
    return any(term[1:] in known and known[term[1:]].kind == "actor" for term in terms)


def is_time(unit: str) -> bool:
    """Whether a unit is a stretch of time."""
    known = all_concepts()
    return any(term[1:] in known and known[term[1:]].group == "time" for term in unit_terms(unit))


def _is_measure(terms: frozenset[str]) -> bool:
    known = all_concepts()
    return any(
        term == PERCENT
        or re.fullmatch(r"[A-Z]{3}", term) is not None
        or (term != PIECES and term[1:] in known and known[term[1:]].group in _MEASURES)
        for term in terms
    )
