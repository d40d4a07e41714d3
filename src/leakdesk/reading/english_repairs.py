"""What the English parser gets wrong in a regular way, put right on the tree: a plural verb taken for a noun, "if" clauses taken
for what is said, adjectives that govern, what is called for or made possible."""

from __future__ import annotations

from leakdesk.reading.frame import is_temporal
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.sentence import Token


def repair(tokens: list[Token]) -> None:
    """All repairs, in place."""
    _from_auxiliaries(tokens)
    for token in tokens:
        _noun_for_verb(tokens, token)
        _condition(tokens, token)
        _two_subjects(tokens, token)
        _called_for(tokens, token)
        _made_possible(tokens, token)
        _spent_doing(tokens, token)


def _children(tokens: list[Token], token: Token) -> list[Token]:
    return [each for each in tokens if each.head == token.i]


def _from_auxiliaries(tokens: list[Token]) -> None:
    """Subject and "if" belong to the verb, not to its auxiliary."""
    for token in tokens:
        if token.head >= 0 and tokens[token.head].dep in ("aux", "aux:pass") and tokens[token.head].head >= 0:
            token.head = tokens[token.head].head
            if token.dep == "nsubj" and any(each.dep == "aux:pass" for each in _children(tokens, tokens[token.head])):
                token.dep = "nsubj:pass"


def _noun_for_verb(tokens: list[Token], token: Token) -> None:
    """ "..., the commission's report states.": the last word, taken for a noun, governs a clause: it is the verb."""
    if token.pos != "N" or token.dep != "root" or token.low not in lexicon("en").forms:
        return
    below = _children(tokens, token)
    before = next((each for each in below if each.i == token.i - 1 and each.dep == "compound"), None)
    if before is None or not any(each.dep == "ccomp" for each in below):
        return
    token.pos, token.lemma, token.tense, token.number = "V", lexicon("en").forms[token.low][0], "pres", ""
    before.dep = "nsubj"
    for each in below:
        if each.dep in ("det", "nmod:poss", "amod", "compound") and each is not before and each.i < before.i:
            each.head = before.i


def _condition(tokens: list[Token], token: Token) -> None:
    """ "If the contract is not extended, ...": a condition before its main clause is nobody's saying."""
    if (
        token.dep == "ccomp"
        and token.i < token.head
        and any(each.low in ("if", "unless") and each.dep == "mark" for each in _children(tokens, token))
    ):
        token.dep = "advcl"


def _two_subjects(tokens: list[Token], token: Token) -> None:
    """ "Leaked e-mails suggest": the participle right before a subject belongs to it."""
    if token.dep != "nsubj" or token.pos not in ("PTCP", "A") or token.i + 1 >= len(tokens):
        return
    after = tokens[token.i + 1]
    if after.dep == "nsubj" and after.head == token.head and after.pos in ("N", "PN"):
        token.head, token.dep = after.i, "amod"


def _called_for(tokens: list[Token], token: Token) -> None:
    """ "called for the head to be dismissed": the head is to be dismissed."""
    if token.dep != "advcl" or token.pos not in ("V", "INF") or token.head < 0:
        return
    verb = tokens[token.head]
    if not any(each.low == "to" for each in _children(tokens, token)) or not lexicon("en").classes_of(
        verb.low, verb.lemma
    ) & {"ask"}:
        return
    for each in _children(tokens, verb):
        case = next((mark for mark in _children(tokens, each) if mark.dep == "case" and mark.low == "for"), None)
        if each.dep == "obl" and case is not None and verb.i < each.i < token.i:
            passive = any(mark.dep == "aux:pass" for mark in _children(tokens, token))
            each.head, each.dep = token.i, "nsubj:pass" if passive else "nsubj"
            case.dep = "mark"
            case.head = token.i
            token.dep = "ccomp"


def _made_possible(tokens: list[Token], token: Token) -> None:
    """ "makes it possible to evade": to make evade."""
    if token.pos != "INF" or token.head < 0 or tokens[token.head].pos != "A" or tokens[token.head].head < 0:
        return
    adjective = tokens[token.head]
    verb = tokens[adjective.head]
    if verb.lemma == "make" and any(each.low == "it" for each in _children(tokens, adjective)):
        token.head, token.dep = verb.i, "xcomp"


def _spent_doing(tokens: list[Token], token: Token) -> None:
    """ "spent the best part of the winter flying": what was done is the event, the winter is when."""
    if token.pos != "CONV" or token.dep not in ("advcl", "xcomp", "acl") or token.head < 0:
        return
    verb = tokens[token.head]
    while verb.pos in ("N", "PN", "NUM") and 0 <= verb.head != verb.i:
        verb = tokens[verb.head]
    thing = next((each for each in _children(tokens, verb) if each.dep == "obj" and verb.i < each.i < token.i), None)
    if verb.lemma not in ("spend", "waste", "pass") or thing is None:
        return
    if any(is_temporal(each) for each in tokens[thing.i : token.i]):
        thing.dep = "obl:tmod"
        token.head, token.dep = verb.i, "xcomp"
