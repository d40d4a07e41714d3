"""The keys of words: what one word may meet another language's or spelling's word by.

A word is its concepts ("@repair", the same for "overhauls" and «ремонтирует»), kinds of bodies and countries ("%plant") and its
cross-spelling keys.
"""

from __future__ import annotations

import re
from functools import lru_cache

from leakdesk.claims.terms import stopwords
from leakdesk.entities.organisations import word_concepts
from leakdesk.language.concepts import concepts_of_phrases, concepts_of_word, lemma
from leakdesk.language.spelling import word_keys
from leakdesk.language.words import WORD
from leakdesk.model.document import Language


def keys_of(text: str, language: Language) -> frozenset[str]:
    """All keys of a text's content words: concepts ("@repair") and every cross-spelling key of each word."""
    words = WORD.findall(text)
    found = {f"@{concept}" for concept in concepts_of_phrases(words, language)}
    for word in words:
        found |= word_alternatives(word, language)
    if words and words[0][:1].isupper():
        found |= word_alternatives(words[0].casefold(), language)  # its capital may be the sentence's
    return frozenset(found)


@lru_cache(maxsize=1 << 17)
def word_alternatives(word: str, language: Language) -> frozenset[str]:
    """Every key under which one word may meet another language's or spelling's word; () for a function word."""
    folded = word.casefold()
    if folded in stopwords().get(language, frozenset()):
        return frozenset()
    named = concepts_of_word(word, language) or _of_a_neighbour(word, language)
    keys = set(word_keys(word))
    if not word[:1].isupper():
        keys |= set(word_keys(lemma(word, language)))
    # Countries and kinds of bodies meet across languages too ("Russian", «российского»).
    bodies = {f"%{concept}" for concept in word_concepts(folded)}
    return frozenset(keys | {f"@{concept}" for concept in named} | bodies)


def _of_a_neighbour(word: str, language: Language) -> frozenset[str]:
    """The concepts of a Cyrillic word that its sentence's language does not know: the language of a short sentence is easily
    mistaken, and people mix."""
    if not _CYRILLIC.match(word):
        return frozenset()
    found = (concepts_of_word(word, each) for each in _NEIGHBOURS if each != language)
    return next((each for each in found if each), frozenset())


_CYRILLIC = re.compile("[\u0400-\u04ff]")
_NEIGHBOURS: tuple[Language, ...] = ("ru", "uk", "be")
