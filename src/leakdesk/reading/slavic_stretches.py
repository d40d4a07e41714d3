"""Stretches between the marks that part clauses, and what their words may be to each other."""

from __future__ import annotations

import itertools

from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

STOPS = frozenset({",", ";", ":", "—", "–", "(", ")", ".", "!", "?", "…"})
#: Word classes of nouns and names.
NOUNS = ("N", "PN")
#: The verb of being.
BE = frozenset({"быть", "бути", "быць"})


def segments(sentence: Sentence, least: int = 2) -> list[range]:
    """Runs of `least` words and more between the marks that part clauses; quotation marks part none."""
    cuts = [-1, *(token.i for token in sentence.tokens if token.text in STOPS), len(sentence.tokens)]
    return [range(a + 1, b) for a, b in itertools.pairwise(cuts) if b - a > least]


def finite(token: Token) -> bool:
    return token.pos == "V" and (bool(token.tense) or token.passive)


def only_finite(sentence: Sentence, inside: range) -> Token | None:
    """The finite verb of a segment, where it has just one."""
    found = [sentence.tokens[k] for k in inside if finite(sentence.tokens[k])]
    return found[0] if len(found) == 1 else None


def is_marked(sentence: Sentence, token: Token) -> bool:
    """Whether a preposition stands before a noun and its adjectives and numbers."""
    if any(each.dep == "case" and each.i < token.i for each in sentence.children(token.i)):
        return True
    for before in reversed(sentence.tokens[: token.i]):
        if before.pos not in ("A", "NUM", "DET", "PTCP") and before.text not in ("«", '"'):
            return before.pos == "PREP"
    return False


def may_act(noun: Token, verb: Token) -> bool:
    if noun.number and verb.number and noun.number != verb.number:
        return False
    past = verb.tense == "past" and verb.number == "s" and verb.gender and noun.gender
    return not past or noun.gender == verb.gender or noun.animate == "a" or noun.lemma in word_list("either")
