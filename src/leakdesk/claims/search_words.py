"""The words by which letters are found that may tell of a claim: names as spelled, every concept's words in all languages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leakdesk.claims.keys import word_alternatives
from leakdesk.language.concepts import LANGUAGES, all_concepts, concept_of_word
from leakdesk.language.wider import wider_rows
from leakdesk.language.words import WORD
from leakdesk.model.claim import Claim, Reading
from leakdesk.model.document import Language

#: Most lemmas of one concept and language that are searched for: the table lists the usual ones first.
MOST_LEMMAS = 4
#: Weights of words in the full-text search: a name or a number tells more than a thing, a thing more than a deed's synonyms.
NAME, FIGURE, THING, DEED = 3.0, 2.0, 1.5, 0.5


def search_words(claim: Claim, reading: Reading, language: Language) -> dict[str, float]:
    """Words for the full-text search with their weights: names as spelled in the report, and every concept's words in all
    languages."""
    words: dict[str, float] = {}

    def add(found: Iterable[str], weight: float) -> None:
        for word in found:
            words[word] = max(weight, words.get(word, 0.0))

    for text, entity in _texts(claim):
        known = next((each for each in reading.entities if each.id == entity), None)
        for name in known.names if known else ():
            add((word for word in _own_words(name, "en") if word[:1].isupper()), NAME)
        for word, weight in words_everywhere(text, language):
            add((word,), weight)
    add((_figures(quantity.value) for quantity in claim.quantities), FIGURE)
    add(_concept_words(claim.predicate.class_) or _own_words(claim.predicate.lemma, language), DEED)
    return words


def _figures(value: float) -> str:
    return re.sub(r"\.0$", "", str(value))


def _own_words(text: str, language: Language) -> list[str]:
    return [word for word in WORD.findall(text) if len(word) > 2 and word_alternatives(word, language)]


def _texts(claim: Claim) -> list[tuple[str, str | None]]:
    slots = [(slot.text, slot.entity) for slot in (claim.subject, claim.object) if slot]
    places = [(claim.place, claim.place_entity)] if claim.place else []
    return [*slots, *((other.text, other.entity) for other in claim.others), *places]


def words_everywhere(text: str, language: Language) -> list[tuple[str, float]]:
    """Words for the full-text search with their weights: what a text says, in all four languages."""
    found: list[tuple[str, float]] = []
    for word in WORD.findall(text):
        concept = concept_of_word(word, language, verbal=False) or concept_of_word(word, language)
        if concept:
            found += [(each, THING) for each in _concept_words(concept)]
        if concept and not word[:1].isupper():
            continue
        if len(word) > 2 and word_alternatives(word, language):
            found.append((word, NAME if word[:1].isupper() else THING))
    return found


def _concept_words(concept: str) -> list[str]:
    known = all_concepts().get(concept)
    if known is None:
        return []
    more = wider_rows()[concept][2] if concept in wider_rows() else {}
    return [
        word
        for language in LANGUAGES
        for words in (known.words.get(language, ()), more.get(language, ()))
        for word in [each for each in words if " " not in each][:MOST_LEMMAS]
    ]
