"""Noun phrases by rule: what belongs to a noun before and behind it."""

from __future__ import annotations

import itertools

from leakdesk.model.document import Language
from leakdesk.reading.sentence import Token

_OPEN, _CLOSE = '«"', '»"'


#: Words in quotation marks up to this many are a name, not speech.
NAME_WORDS = 5


def noun_phrases(tokens: list[Token], language: Language) -> list[int]:
    """Attach words inside noun phrases; the indices of their heads, in order."""
    heads: list[int] = []
    at = 0
    while at < len(tokens):
        if tokens[at].pos in ("DET", "A", "NUM", "N", "PN", "PRON", "PTCP"):
            end = _phrase_end(tokens, at, language)
            if end > at:
                head = _head_of(tokens, at, end, language)
                heads.append(head)
                at = end
                continue
        at += 1
    _prepositions(tokens, heads)
    _genitives(tokens, heads, language)
    return heads


def _phrase_end(tokens: list[Token], at: int, language: Language) -> int:
    """End of the run of words that make one noun phrase; short quoted names belong to it."""
    if tokens[at].pos == "PRON":
        return at + 1
    end, noun = at, False
    while end < len(tokens):
        token = tokens[end]
        if token.pos in ("DET", "A", "NUM", "PTCP"):
            if noun and (token.pos != "NUM" or language != "en"):
                break
            end += 1
        elif token.pos in ("N", "PN"):
            if noun and language != "en" and token.pos != "PN" and tokens[end - 1].pos != "PN":
                break
            end, noun = end + 1, True
        elif token.text in _OPEN and noun and _short_quote(tokens, end):
            end = _short_quote(tokens, end)
        elif token.low in ("'s", "'") and noun and language == "en":
            end, noun = end + 1, False
        else:
            break
    if not noun and not any(tokens[k].pos == "NUM" for k in range(at, end)):
        return at
    return end


def _short_quote(tokens: list[Token], at: int) -> int:
    """The index after a quoted name that starts at `at`, or 0."""
    for end in range(at + 1, min(len(tokens), at + NAME_WORDS + 2)):
        if tokens[end].text in _CLOSE:
            inner = tokens[at + 1 : end]
            if inner and not any(token.pos == "V" for token in inner[1:]) and inner[0].text[:1].isupper():
                return end + 1
            return 0
    return 0


def _head_of(tokens: list[Token], start: int, end: int, language: Language) -> int:
    nouns = [k for k in range(start, end) if tokens[k].pos in ("N", "PN", "PRON")] or [
        k for k in range(start, end) if tokens[k].pos == "NUM"
    ]
    head = nouns[-1] if language == "en" else next((k for k in nouns if tokens[k].pos == "N"), nouns[0])
    for k in range(start, end):
        if k == head:
            continue
        token = tokens[k]
        token.head = head
        token.dep = {
            "DET": "det",
            "A": "amod",
            "PTCP": "amod",
            "NUM": "nummod",
            "N": "compound",
            "PN": "flat",
            "PUNCT": "punct",
        }.get(token.pos, "dep")
    _unify_cases(tokens, start, end, head)
    return head


def _unify_cases(tokens: list[Token], start: int, end: int, head: int) -> None:
    """An adjective narrows the case of its noun; a number above four hides it (gen. plural stands for nom. or acc.)."""
    cases = tokens[head].cases
    for k in range(start, end):
        if tokens[k].pos in ("A", "PTCP") and tokens[k].cases and cases:
            both = "".join(c for c in cases if c in tokens[k].cases)
            cases = both or cases
    if any(tokens[k].pos == "NUM" for k in range(start, head)) and cases and "g" in cases:
        cases = cases + "na"
    tokens[head].cases = cases


def _prepositions(tokens: list[Token], heads: list[int]) -> None:
    leftmost = {head: min([head] + [k for k in range(len(tokens)) if tokens[k].head == head]) for head in heads}
    for head, left in leftmost.items():
        at = left - 1
        while at >= 0 and tokens[at].text in _OPEN:
            at -= 1
        if at >= 0 and tokens[at].pos == "PREP":
            tokens[at].head, tokens[at].dep = head, "case"


def preposition_of(tokens: list[Token], head: int) -> Token | None:
    return next((token for token in tokens if token.head == head and token.dep == "case"), None)


def _genitives(tokens: list[Token], heads: list[int], language: Language) -> None:
    """A genitive right after a noun belongs to it; in English, "of" does the same."""
    for left, right in itertools.pairwise(heads):
        start = min([right] + [k for k in range(len(tokens)) if tokens[k].head == right])
        end_left = max([left] + [k for k in range(len(tokens)) if tokens[k].head == left and k > left])
        preposition = preposition_of(tokens, right)
        if language == "en":
            if preposition is not None and preposition.low == "of" and start == end_left + 1:
                tokens[right].head, tokens[right].dep = left, "nmod"
            continue
        if preposition is None and (
            (tokens[start].pos == "NUM" and not tokens[right].lemma.startswith(("год", "рік", "рок")))
            or tokens[left].pos == "PRON"
        ):
            continue
        if (
            preposition is None
            and start == end_left + 1
            and tokens[right].pos in ("N", "PN")
            and "g" in (tokens[right].cases or "g")
        ):
            tokens[right].head, tokens[right].dep = left, "nmod"
        elif preposition is None and start == end_left + 1 and tokens[right].pos == "PN":
            tokens[right].head, tokens[right].dep = left, "flat"


def inside_name(tokens: list[Token], quote: Token) -> bool:
    """Whether a quotation mark belongs to a short name."""
    if quote.text in _OPEN and _short_quote(tokens, quote.i):
        return True
    return any(
        _short_quote(tokens, k) == quote.i + 1
        for k in range(max(0, quote.i - NAME_WORDS - 1), quote.i)
        if tokens[k].text in _OPEN
    )
