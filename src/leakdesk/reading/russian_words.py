"""Words through the Russian parser, without a comment that is put in between commas: «Постачальником, ідеться в акті, був завод».

A comment splits a clause that the parser then cannot put together; it is parsed by itself and hung on the clause.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from leakdesk.language.syntax import Russian, russian_forms
from leakdesk.reading.lexicon import Lexicon

#: A comment has at most this many words.
LONGEST_COMMENT = 9
_VERBS = ("VERB", "PRTS", "PRED")
#: Words that open a clause rather than a comment.
_OPENERS = frozenset(
    {"что", "що", "што", "який", "яка", "яке", "які", "якая", "якое", "якія", "который", "которая", "которое"}
) | {"которые", "и", "і", "й", "та", "а", "але", "но"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word with what the parser says of it."""

    id: str
    text: str
    start: int
    stop: int
    pos: str
    feats: dict[str, str]
    head_id: str
    rel: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence of words."""

    tokens: tuple[Word, ...]


def parse_words(
    words: list[str], places: Sequence[tuple[int, int]], comment: tuple[int, int] | None, models: Russian
) -> Parsed:
    """Words with classes and tree; `places` are their spans, `comment` the indices (first, behind the last) of a comment with
    its commas."""
    whole = list(range(len(words)))
    if comment is None:
        return Parsed(tuple(_tree(words, whole, places, models, "")))
    inner = whole[comment[0] : comment[1]]
    outer = [k for k in whole if k not in inner]
    main, aside = _tree(words, outer, places, models, ""), _tree(words, inner, places, models, "")
    root = next((each.id for each in main if each.rel == "root"), "")
    made = {int(each.id): each for each in main}
    for each in aside:
        loose = each.rel == "root" and root
        made[int(each.id)] = _hung(each, root) if loose else each
    return Parsed(tuple(made[k] for k in whole))


def _hung(word: Word, root: str) -> Word:
    return Word(word.id, word.text, word.start, word.stop, word.pos, word.feats, root, "parataxis")


def _tree(
    words: list[str], indices: list[int], places: Sequence[tuple[int, int]], models: Russian, root: str
) -> list[Word]:
    chosen = [words[k] for k in indices]
    shapes = next(iter(models.morphology.map([chosen]))).tokens
    links = next(iter(models.syntax.map([chosen]))).tokens
    place = {str(link.id): str(k) for link, k in zip(links, indices, strict=True)}
    return [
        Word(
            str(k),
            words[k],
            *places[k],
            shape.pos,
            shape.feats or {},
            place.get(str(link.head_id), root),
            str(link.rel),
        )
        for k, shape, link in zip(indices, shapes, links, strict=True)
    ]


def comment_in(lows: list[str], verbs: list[bool], lexicon: Lexicon) -> tuple[int, int] | None:
    """Where a comment with one verb of saying stands between two commas, inside a clause whose own verb is on one side only."""
    commas = [k for k, low in enumerate(lows) if low == ","]
    for left, right in itertools.pairwise(commas):
        inside = range(left + 1, right)
        spoken = [k for k in inside if verbs[k]]
        if not 2 <= len(inside) <= LONGEST_COMMENT or len(spoken) != 1 or lows[left + 1] in _OPENERS:
            continue
        if lows[spoken[0]] not in lexicon.forms or not lexicon.classes_of(lows[spoken[0]]) & {
            "say",
            "show",
            "admit",
            "think",
        }:
            continue
        before, after = any(verbs[:left]), any(verbs[right:])
        if before != after and right + 1 < len(lows) and lows[right + 1] not in _OPENERS:
            return left, right + 1
    return None


def is_verb(word: str) -> bool:
    """Whether a Russian word form is most likely a finite verb."""
    forms = russian_forms(word)
    return bool(forms) and str(forms[0].tag.POS) in _VERBS
