"""The packaged models as one more extractor: Russian (natasha), English (spaCy), Ukrainian and Belarusian by way of Russian.

A missing model is a note, never silence: `note` says what would have been found and what is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from leakdesk.language import apertium, syntax
from leakdesk.language.syntax import MissingPart, Pivot
from leakdesk.mentions.found import Found
from leakdesk.model.document import Language
from leakdesk.model.entity import MentionType

#: Code points handed to a model at a time; more only costs memory.
CHUNK = 6000
_RU: dict[str, tuple[MentionType, float]] = {
    "PER": ("person", 0.86),
    "ORG": ("organization", 0.72),
    "LOC": ("place", 0.74),
}
_EN: dict[str, tuple[MentionType, float]] = {
    "PERSON": ("person", 0.7),
    "ORG": ("organization", 0.58),
    "GPE": ("place", 0.72),
    "LOC": ("place", 0.62),
    "FAC": ("place", 0.3),
}
_PIVOT_LOSS = 0.12


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a model found in one piece, or the note that says why there is no answer."""

    found: tuple[Found, ...]
    note: str = ""


def by_model(piece: str, language: Language) -> ModelAnswer:
    """Names that the model for a language sees in a piece (a canvas), offsets in the piece."""
    try:
        if language == "ru":
            return ModelAnswer(tuple(_russian(piece, 0.0, "natasha")))
        if language == "en":
            return ModelAnswer(tuple(_english(piece)))
        if language in ("uk", "be"):
            return ModelAnswer(tuple(_pivoted(piece, language)))
    except MissingPart as missing:
        return ModelAnswer((), f"mentions in {language} found by rules only: {missing.what}")
    return ModelAnswer(())


def _russian(piece: str, loss: float, rule: str) -> Iterator[Found]:
    for span in syntax.russian().names(piece).spans:  # the tagger cuts words by itself: no document is made
        kind, weight = _RU[span.type]
        yield Found(span.start, span.stop, kind, "", rule, weight - loss)


def _english(piece: str) -> Iterator[Found]:
    pipeline = syntax.english()
    document = pipeline.make_doc(piece)
    for name in ("transformer", "ner"):
        if name in pipeline.pipe_names:
            document = pipeline.get_pipe(name)(document)
    for entity in document.ents:
        if entity.label_ in _EN:
            kind, weight = _EN[entity.label_]
            yield Found(entity.start_char, entity.end_char, kind, "", "spacy", weight)


def _pivoted(piece: str, language: Pivot) -> Iterator[Found]:
    turned = syntax.to_russian(piece, language)
    for each in _russian(turned.text, _PIVOT_LOSS, f"apertium {language}, natasha"):
        origin = turned.back(each.start, each.end)
        if origin is not None:
            yield Found(origin[0], origin[1], each.type, "", each.rule, each.weight)


@lru_cache(maxsize=1 << 14)
def ordinary_word(word: str, language: Language) -> bool | None:
    """Whether a dictionary knows the word as something else than a name: True, False (only as a name), None (unknown)."""
    try:
        if language == "ru":
            forms = [form for form in syntax.russian_forms(word.lower()) if form.is_known]
            if not forms:
                return None
            return not any(tag in form.tag for form in forms for tag in ("Name", "Surn", "Patr", "Geox", "Orgn"))
        if language in ("uk", "be"):
            known = [each for each in apertium.analyse(word, language) if each.known]
            return None if not known else not any("np" in each.tags for each in known)
    except MissingPart:
        return None
    return None
