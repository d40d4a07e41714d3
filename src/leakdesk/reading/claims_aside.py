"""Clauses that tell of no event of their own: what is asked in other words, what is not or not yet so, purposes and ways."""

from __future__ import annotations

import itertools

from leakdesk.reading.frame import Frame
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token

_WHO = frozenset({"сколько", "скільки", "колькі", "кто", "хто", "что", "що", "што", "who", "what", "which", "whom"})
_UNREAL = frozenset({"бы", "б", "би"})
_PREVENT = frozenset({"from", "without", "instead"})


def is_asked(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """«Кто скрывал», «Хто платив, підказує листування»: a question put in other words."""
    del words
    if frame.kind in ("acl", "acl:relcl"):
        return False
    if frame.subject is not None and not frame.restored and sentence.tokens[frame.subject].low in _WHO:
        return frame.subject < frame.event
    before = [
        each
        for each in sentence.tokens[max(0, frame.chain[0] - 12) : frame.chain[0]]
        if each.pos not in ("ADV", "NEG", "AUX", "X")
    ]
    if (
        not before
        or sentence.language == "en"
        or before[-1].low not in _WHO
        or (frame.subject is not None and not frame.restored)
    ):
        return False
    return len(before) == 1 or before[-1].low in ("кто", "хто")


def is_unreal(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """ "even if it had come apart", «если бы упал», "before the leaves fall": told as what is not, or not yet, so."""
    del words
    first = sentence.tokens[frame.chain[0]]
    if frame.kind != "advcl":
        return False
    before = [each.low for each in sentence.tokens[max(0, first.i - 8) : first.i]]
    if frame.marker in ("if", "unless", "though", "even"):
        had = any(
            each.low in ("had", "were") and each.dep in ("aux", "aux:pass", "cop")
            for each in sentence.children(first.i)
        )
        return had or any(a == "even" and b == "if" for a, b in itertools.pairwise(before))
    if frame.marker in ("before", "until", "till"):
        return first.tense == "pres"
    if frame.marker in ("каб", "якби", "если", "якщо", "калі"):
        near = {each.low for each in sentence.tokens[max(0, first.i - 6) : first.i + 3]}
        opens = bool(before) and frame.marker in [low for low in before if low.isalpha()][:1]
        return first.tense == "past" and (
            frame.marker == "якби" or (frame.marker == "каб" and opens) or bool(near & _UNREAL)
        )
    return False


def is_side_remark(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """Purposes, ways and definitions belong to another event: "to pay debts", "by selling", "the business of running"."""
    first = sentence.tokens[frame.chain[0]]
    if frame.kind == "acl" and frame.marker in ("of", "for", "in", "to", "at", "about", "on"):
        return not _is_accusation(sentence, first, words)
    if frame.kind == "advcl" and frame.marker in _PREVENT:
        return True
    if first.pos == "INF" and frame.kind in ("advcl", "acl"):
        return True
    above = sentence.tokens[first.head] if first.head >= 0 else None
    if first.pos == "INF" and above is not None and above.pos == "N" and frame.kind in ("xcomp", "nmod", "dep"):
        return True
    return (
        first.pos == "INF"
        and frame.kind == "xcomp"
        and above is not None
        and frame.subject == _subject_index(sentence, above)
    )


def _is_accusation(sentence: Sentence, first: Token, words: Lexicon) -> bool:
    """ "accuses the mayor of rigging the tender": what somebody is accused of is said to have been done."""
    noun = sentence.tokens[first.head]
    verb = sentence.tokens[noun.head] if noun.head >= 0 else None
    return verb is not None and noun.dep == "obj" and "accuse" in words.classes_of(verb.low, verb.lemma)


def _subject_index(sentence: Sentence, token: Token) -> int | None:
    subject = sentence.child(token.i, "nsubj", "nsubj:pass")
    return subject.i if subject is not None else None
