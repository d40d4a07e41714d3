"""How one participant, place or thing stands to another: the same, a narrower or wider word for it, or somebody else.

Names are compared by who they are, other words by language-free terms. A mother is a relative (kinds.toml): the narrower word is
no other thing. A namesake is somebody else however alike the names are.
"""

from __future__ import annotations

import re
from functools import lru_cache

from leakdesk.claims.kinds import loose, wider
from leakdesk.claims.views import Side
from leakdesk.entities.match import compare
from leakdesk.language.concepts import all_concepts
from leakdesk.language.gazetteer import find_place
from leakdesk.language.spelling import word_keys
from leakdesk.model.comparison import SlotRelation


def compare_sides(a: Side | None, b: Side | None) -> SlotRelation | None:
    """Two participants, things or places; None where neither text names one."""
    if a is None and b is None:
        return None
    if a is None or b is None:
        return "missing"
    if _are_namesakes(a, b):
        return "disjoint"
    if a.entity and a.entity == b.entity:
        return "equal" if a.terms == b.terms else "variant"
    if a.entity and b.entity and (a.terms or b.terms) and not met(a, b):
        return "disjoint"
    return _compare_words(a, b)


def is_somewhere(side: Side) -> bool:
    """Whether a side is a place by name."""
    return side.entity is not None or find_place(side.text) is not None


#: Words for people of whom nothing more is said.
_PEOPLE = frozenset(
    f"@{each}" for each in ("person_n", "people_n", "man_n", "woman", "child", "victim", "resident", "citizen", "other")
)


def is_anybody(side: Side | None) -> bool:
    """Whether a side names nobody but people, or how many ("four people", "dozens")."""
    if side is None or side.entity or not side.words:
        return False
    return all(word & _PEOPLE or any(term.isdigit() for term in word) for word in side.words)


def is_somebody(side: Side) -> bool:
    """Whether a side's head is a word for somebody."""
    known = all_concepts()
    return side.head[:1] == "@" and side.head[1:] in known and known[side.head[1:]].kind == "actor"


def met(a: Side, b: Side) -> int:
    """How many words of A some word of B may mean as well, a wider or narrower word included."""
    there = frozenset[str]().union(*b.words)
    above = frozenset[str]().union(*map(_above, b.words))
    return sum(bool(word & there or word & above or _above(word) & there) for word in a.words)


def is_same(a: Side, b: Side) -> bool:
    """Whether two sides are one participant for sure."""
    if a.entity and b.entity:
        return a.entity == b.entity
    return bool(a.terms) and a.terms == b.terms


def are_rivals(a: Side | None, b: Side | None) -> bool:
    """Whether two sides share words and yet each names a thing of its own: the repair of the clinic, the repair of the school."""
    if a is None or b is None or (a.entity and a.entity == b.entity) or _name_keys(a.text) & _name_keys(b.text):
        return False
    return _has_own_thing(a, b) and _has_own_thing(b, a)


def are_two(a: Side | None, b: Side | None) -> bool:
    """Whether two sides are surely two things: both told with known words for things, and no word for both."""
    if a is None or b is None or met(a, b):
        return False
    return any(_is_thing(word) and _is_head(word, a) for word in a.words) and any(
        _is_thing(word) and _is_head(word, b) for word in b.words
    )


def are_named_apart(a: Side | None, b: Side | None) -> bool:
    """Whether two sides name two: each by a name, or one as the other's namesake."""
    if a is None or b is None:
        return False
    named = all(side.entity or _name_keys(side.text) for side in (a, b))
    return named or _are_namesakes(a, b)


def _is_head(word: frozenset[str], side: Side) -> bool:
    return side.head in word


def _has_own_thing(a: Side, b: Side) -> bool:
    there = frozenset[str]().union(*b.words)
    above = frozenset[str]().union(*map(_above, b.words))
    named = _name_keys(a.text)
    return any(
        not (word & there or word & above or _above(word) & there) and (word & named or _is_thing(word))
        for word in a.words
    )


@lru_cache(maxsize=1 << 14)
def _above(word: frozenset[str]) -> frozenset[str]:
    """The wider terms of a word."""
    return frozenset[str]().union(*(wider().get(each, frozenset()) for each in word))


@lru_cache(maxsize=1 << 14)
def _is_thing(word: frozenset[str]) -> bool:
    """Whether a word certainly names a thing, a body or somebody, in any language: adjectives and unlisted words do not count."""
    known = all_concepts()
    kinds = {known[each[1:]].kind for each in word if each[:1] == "@" and each[1:] in known}
    return bool(kinds) and kinds <= {"thing", "actor"}


def _compare_words(a: Side, b: Side) -> SlotRelation:
    if not a.words or not b.words:
        return "variant"
    of_a, of_b = met(a, b), met(b, a)
    kind = _kind_of(a, b) if of_a and of_b else 0
    if kind and len(a.words) == of_a and len(b.words) == of_b:
        return "narrower" if kind > 0 else "broader"
    if of_a == len(a.words) and of_b == len(b.words):
        return "equal"
    if of_a == len(a.words):
        return "narrower" if kind > 0 else "broader"
    if of_b == len(b.words):
        return "broader" if kind < 0 else "narrower"
    if a.head == b.head or min(of_a, of_b) * 2 >= min(len(a.words), len(b.words)) or _share_a_name(a, b):
        return "variant"
    return "disjoint"


def _is_one(word: frozenset[str], other: frozenset[str]) -> bool:
    return bool(word & other)


def _kind_of(a: Side, b: Side) -> int:
    """1 where A has the narrower words, -1 where B has them, 0 where neither has or both have some."""
    found = {
        kind
        for word in a.words
        for other in b.words
        if not _is_one(word, other) and (kind := _kind(word, other))
        if not any(_is_one(word, each) for each in b.words) and not any(_is_one(other, each) for each in a.words)
    }
    return found.pop() if len(found) == 1 else 0


def _kind(word: frozenset[str], other: frozenset[str]) -> int:
    """1 where a word tells a kind of what the other tells ("mother", "relative"), -1 the other way round, else 0."""
    if (_above(word) & other) - loose():
        return 1
    return -1 if (word & _above(other)) - loose() else 0


def _share_a_name(a: Side, b: Side) -> bool:
    """Whether both texts hold the same word with a capital ("chipmaker Ardent", "Ardent of Lowmere")."""
    return bool(_names_in(a.text) & _names_in(b.text))


def _names_in(text: str) -> set[str]:
    # The first word of a phrase may have its capital from the sentence.
    return {word.strip(",.;:()«»“”\"'’s") for word in text.split()[1:] if word[:1].isupper()} - {""}


@lru_cache(maxsize=1 << 14)
def _name_keys(text: str) -> frozenset[str]:
    """The spelling keys of the words with a capital inside a phrase."""
    words = (word.strip(",.;:()«»“”\"'’") for word in text.split()[1:])
    return frozenset(key for word in words if word[:1].isupper() for key in word_keys(word, name=True)[:1])


#: Words that say that somebody merely has another's name.
_NAMESAKE = re.compile(r"\b(?:namesake|однофамил|однофаміл|аднафаміл|т[её]зк|цёзк)", re.IGNORECASE)


def _are_namesakes(a: Side, b: Side) -> bool:
    """Whether one is said to be the other's namesake, or both have one surname and given names that contradict each other."""
    said = [bool(_NAMESAKE.search(side.text)) for side in (a, b)]
    if said[0] != said[1]:
        return True
    return any(_contradict(left, right) for left in _people_in(a.text) for right in _people_in(b.text))


@lru_cache(maxsize=1 << 14)
def _people_in(text: str) -> tuple[str, ...]:
    """The runs of two or three words with a capital in a phrase, without the title that a sentence may begin with."""
    runs: list[list[str]] = [[]]
    for raw in text.split():
        word = raw.strip(',;:()«»“”"')
        if word[:1].isupper() and word == raw.strip('«»“”"('):
            runs[-1].append(word)
        else:
            runs[-1] += [word] if word[:1].isupper() else []
            runs.append([])
    return tuple(" ".join(run[-2:]) for run in runs if len(run) >= 2)


@lru_cache(maxsize=1 << 14)
def _contradict(left: str, right: str) -> bool:
    """Whether two people have one surname and given names that cannot be one."""
    surnames = [set(word_keys(name.split()[-1], name=True)) for name in (left, right)]
    if not surnames[0] & surnames[1]:
        return False
    found = compare(left, right, "person")
    return found.verdict == "different" and any(reason.startswith("same surname") for reason in found.reasons)
