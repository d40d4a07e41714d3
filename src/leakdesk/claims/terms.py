"""Content words of a phrase in a language-free form.

A term is a concept ("@repair", the same for "overhauls" and «ремонтирует»), a number, or else the word's cross-spelling key,
so that names meet across scripts and unlisted words at least across their inflections.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from leakdesk.entities.organisations import word_concepts
from leakdesk.language.concepts import concept_of_word, concepts_of_word, lemma
from leakdesk.language.detect import detect
from leakdesk.language.spelling import word_keys
from leakdesk.language.words import WORD
from leakdesk.model.document import Language

_NUMBER = re.compile(r"\d[\d\s.,]*\d|\d")
#: Words that end the head of an English noun phrase: what follows tells of the head.
_AFTER_HEAD = re.compile(r"\s(?:of|in|on|at|for|from|with|by|to|that|which|who)\s|,", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def content_terms(text: str, language: Language) -> tuple[str, ...]:
    """Language-free terms of a phrase, in order, without repeats; () for a phrase of function words only."""
    language = detect(text) if language == "und" else language
    terms = (term(match[0], language) for match in WORD.finditer(text))
    return tuple(dict.fromkeys(each for each in terms if each))


@lru_cache(maxsize=1 << 16)
def content_words(text: str, language: Language) -> tuple[frozenset[str], ...]:
    """The content words of a phrase, each as its term with every further concept that it may tell."""
    language = detect(text) if language == "und" else language
    found: dict[frozenset[str], None] = {}
    for match in WORD.finditer(text):
        if main := term(match[0], language):
            found[frozenset({main, *(f"@{each}" for each in concepts_of_word(match[0], language))})] = None
    return tuple(found)


@lru_cache(maxsize=1 << 17)
def term(word: str, language: Language) -> str:
    """The term of one word; "" for a function word."""
    folded = word.casefold()
    if folded in stopwords().get(language, frozenset()) or (len(folded) == 1 and not folded.isdigit()):
        return ""
    if _NUMBER.fullmatch(word):
        return re.sub(r"\D", "", word)
    # Slots are noun phrases: "share" is first a stake, then something one does.
    concept = concept_of_word(word, language, verbal=False) or concept_of_word(word, language, verbal=True)
    if concept:
        return f"@{concept}"
    country = next((each for each in word_concepts(word) if each.startswith("country-")), None)
    if country:
        return f"%{country}"
    keys = word_keys(word if word[:1].isupper() else lemma(word, language))
    return keys[0] if keys else folded


def head_term(text: str, language: Language) -> str:
    """The term of a noun phrase's head word: in English the last content word before what tells of it; in the Slavic
    languages the first word that names a thing or actor, else the first content word."""
    if language == "en":
        core = _AFTER_HEAD.split(text, maxsplit=1)[0]
        found = content_terms(core or text, language)
        return found[-1] if found else ""
    found = content_terms(text, language)
    named = next((each for each in found if each.startswith("@")), None)
    return named or (found[0] if found else "")


@cache
def stopwords() -> dict[str, frozenset[str]]:
    """Function words per language."""
    raw = tomllib.loads(files("leakdesk.claims").joinpath("stopwords.toml").read_text("utf-8"))
    return {language: frozenset(words) for language, words in raw.items()}
