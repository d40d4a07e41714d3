"""English sentences from spaCy's tree, re-labelled to the one tree shape that reading uses."""

from __future__ import annotations

import re
from typing import Any

from leakdesk.reading.english_repairs import repair
from leakdesk.reading.sentence import WORD_CLASSES, Token

_POS = WORD_CLASSES | {"SYM": "NUM", "SPACE": "PUNCT"}
_DEP = {
    "nsubjpass": "nsubj:pass",
    "csubj": "csubj",
    "csubjpass": "csubj",
    "dobj": "obj",
    "dative": "iobj",
    "relcl": "acl:relcl",
    "auxpass": "aux:pass",
    "poss": "nmod:poss",
    "npadvmod": "obl:tmod",
    "prt": "compound:prt",
    "ROOT": "root",
    "acomp": "attr",
    "oprd": "oprd",
    "nmod": "compound",
    "quantmod": "advmod",
    "predet": "det",
    "preconj": "cc",
}
_NOMINAL = ("N", "PN", "NUM", "PRON", "DET")
#: Verb tags that stand alone in a clause.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


_HYPHENED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


def join_hyphens(doc: Any) -> None:
    """ "D-20", "E-mails", "two-year" become one token each, after parsing: the parser knows them in pieces only."""
    found = [doc.char_span(*match.span()) for match in _HYPHENED.finditer(doc.text)]
    with doc.retokenize() as retokenizer:
        for span in found:
            if span is not None and len(span) > 1:
                retokenizer.merge(
                    span,
                    attrs={
                        "LEMMA": span.root.lemma_ if span.root.i == span[-1].i and len(span) > 2 else span.text.lower()
                    },
                )


def from_spacy(span: Any, offset: int) -> list[Token]:
    """Tokens of a spaCy sentence; `offset` is where its text starts in the text layer. Blanks are left out."""
    kept = [token for token in span if not token.is_space]
    place = {token.i: number for number, token in enumerate(kept)}
    tokens = [
        Token(
            i=number,
            start=offset + token.idx,
            end=offset + token.idx + len(token.text),
            text=token.text,
            low=token.lower_,
            lemma=token.lemma_.lower(),
            pos=_pos(token),
            number="p" if token.tag_ in ("NNS", "NNPS") else "s" if token.tag_ in ("NN", "NNP") else "",
            tense=_tense(token),
            passive=any(child.dep_ == "auxpass" for child in token.children),
            head=place.get(token.head.i, -1) if token.head.i != token.i else -1,
            dep=_DEP.get(str(token.dep_), str(token.dep_)),
        )
        for number, token in enumerate(kept)
    ]
    _lift_prepositions(tokens)
    repair(tokens)
    return tokens


def _pos(token: Any) -> str:
    if token.dep_ == "neg":
        return "NEG"
    if token.tag_ in ("WDT", "WP", "WP$") and token.dep_ != "mark":
        return "REL"
    if token.pos_ in ("VERB", "AUX"):
        if token.tag_ == "VBG":
            return "CONV"
        if token.tag_ == "VBN" and not any(child.dep_ in ("aux", "auxpass") for child in token.children):
            return "PTCP"
        if token.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children):
            return "INF"
        if token.pos_ == "AUX" and token.dep_ in ("aux", "auxpass"):
            return "AUX"
        return "V"
    return _POS.get(token.pos_, "X")


def _tense(token: Any) -> str:
    if token.tag_ in ("VBD", "VBN"):
        return "past"
    return "pres" if token.tag_ in ("VBZ", "VBP") else ""


def _lift_prepositions(tokens: list[Token]) -> None:
    """Prepositions become marks of their nouns: bought -> from -> maker turns into bought -> maker (case: from)."""
    for token in list(tokens):
        if token.dep not in ("pobj", "pcomp") or token.head < 0:
            continue
        preposition = tokens[token.head]
        top = preposition
        guard = 0
        while top.dep == "prep" and 0 <= top.head < len(tokens) and tokens[top.head].dep in ("prep",) and guard < 4:
            top = tokens[top.head]  # "out of the yard": both words mark the noun
            guard += 1
        above = tokens[top.head] if top.head >= 0 else None
        clause = token.dep == "pcomp"
        if preposition.dep == "agent":
            label = "obl:agent"
        elif clause:
            label = "acl" if above is not None and above.pos in ("N", "PN") else "advcl"
        elif preposition.dep == "iobj":
            label = "obl"
        else:
            several = above is not None and above.pos in ("A", "ADV") and above.dep in ("nsubj", "nsubjpass", "obj")
            label = "nmod" if several or (above is not None and above.pos in _NOMINAL) else "obl"
        token.head, token.dep = (top.head if top.head >= 0 else -1), label
        if top.head < 0:
            token.dep = "root"
        preposition.head, preposition.dep = token.i, "mark" if clause else "case"
        if top is not preposition:
            top.head, top.dep = token.i, "case"
