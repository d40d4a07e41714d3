"""«Цена — 11 миллионов, причём треть заплатили вперёд»: a stretch about a dash is a clause without a verb, whatever the
clause beside it tells; the parser hangs its nouns on the next verb.

Where the stretch before the dash holds a bare nominative and the one behind it an amount or a bare nominative, and neither
holds a verb, both are cut off from the rest of the sentence and put together.
"""

from __future__ import annotations

from leakdesk.reading.frame import WITH_VERB, is_temporal
from leakdesk.reading.lexicon import CLAUSAL, lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_agreement import own_cases
from leakdesk.reading.slavic_stretches import finite, is_marked

_DASHES = ("—", "–")
_OPENS = frozenset({",", ";", ":", ".", "!", "?", "…", "("})
_CLOSES = _OPENS | {")"}
_NOMINAL = ("N", "PN", "NUM")


def dash_clauses(sentence: Sentence) -> None:
    """Cut off, in place, each dash clause that stands beside a clause with a verb."""
    tokens = sentence.tokens
    dashes = [token.i for token in tokens if token.text in _DASHES]
    if len(dashes) != 1 or not any(finite(each) for each in tokens):
        return
    dash = dashes[0]
    left, right, closed = _left(tokens, dash), _right(tokens, dash), _closing(tokens, dash)
    if not left or not right or any(each.pos in WITH_VERB for each in (*left, *right)):
        return
    subject = _subject(sentence, left)
    said = _said(sentence, right)
    if subject is None or said is None or not _apart(tokens, left[0].i, closed):
        return
    if closed + 1 < len(tokens) and any(each.pos == "REL" for each in tokens[closed : closed + 3]):
        return  # «Покупатель — фирма, которая ...»: the rest is about what is said
    _put_together(sentence, subject, said, {each.i for each in (*left, *right)} | {dash})


def _left(tokens: list[Token], dash: int) -> list[Token]:
    start = next((k + 1 for k in range(dash - 1, -1, -1) if tokens[k].text in _OPENS), 0)
    while start < dash and tokens[start].pos == "CCONJ":
        start += 1
    return tokens[start:dash]


def _closing(tokens: list[Token], dash: int) -> int:
    for k in range(dash + 1, len(tokens)):
        clause = tokens[k].pos == "CCONJ" and any(each.pos in WITH_VERB for each in tokens[k + 1 :])
        if tokens[k].text in _CLOSES or clause:
            return k
    return len(tokens)


def _right(tokens: list[Token], dash: int) -> list[Token]:
    return tokens[dash + 1 : _closing(tokens, dash)]


def _apart(tokens: list[Token], start: int, closed: int) -> bool:
    """Whether what follows, or what stands before, is a clause of its own, and the dash not that of an inserted remark."""
    after = [each for each in tokens[closed:] if each.text.isalnum()]
    before = tokens[:start]
    if after and not any(finite(each) for each in after):
        return False
    return bool(after) or any(finite(each) for each in before)


def _subject(sentence: Sentence, left: list[Token]) -> Token | None:
    noun = next((each for each in left if each.pos in ("N", "PN")), None)
    if noun is None or is_marked(sentence, noun) or is_temporal(noun):
        return None
    if any(each.pos == "PREP" for each in left if each.i < noun.i) or "n" not in (own_cases(noun) or "n"):
        return None
    return noun


def _said(sentence: Sentence, right: list[Token]) -> Token | None:
    """The unit of an amount («640 миллионов рублей»), or a bare nominative."""
    amount = next((each for each in right if each.pos in _NOMINAL), None)
    if amount is None:
        return None
    before = [each for each in right if each.i < amount.i and each.pos == "PREP"]
    if amount.pos == "NUM":
        if any(each.low not in _ABOUT for each in before):
            return None
        unit = amount
        for each in right:
            if each.i > unit.i and each.i == unit.i + 1 and each.pos in _NOMINAL and each.cases != "i":
                unit = each
        return unit
    if before or "n" not in (own_cases(amount) or "n") or is_temporal(amount):
        return None
    return amount


_ABOUT = frozenset(
    {"около", "до", "более", "менее", "свыше", "близько", "понад", "під", "каля", "звыш", "пад", "от", "від", "ад"}
)


def _put_together(sentence: Sentence, subject: Token, said: Token, inside: set[int]) -> None:
    for token in sentence.tokens:
        if token.i in inside and token.head not in inside:
            token.head, token.dep = said.i, token.dep if token.pos in ("PUNCT", "ADV", "X") else "dep"
        elif token.i not in inside and token.head in inside and not token.dep.startswith("acl"):
            token.head = -1
            token.dep = "root" if finite(token) else "dep"
    said.head, said.dep = -1, "root"
    after = next((each for each in sentence.tokens[max(inside) + 1 :] if each.text.isalnum()), None)
    if (
        after is not None
        and finite(after)
        and lexicon(sentence.language).classes_of(after.low, after.lemma) & set(CLAUSAL)
    ):
        after.head, after.dep = said.i, "parataxis"  # «Цена — 9 млн, уточнил менеджер»
    subject.head, subject.dep, subject.cases = said.i, "nsubj", "n"
    for token in sentence.tokens:
        if (
            token.i in inside
            and token is not subject
            and token is not said
            and token.dep.startswith(("nsubj", "obj", "root"))
        ):
            token.dep = "nmod"
        if token.i in inside and token.i not in (said.i, subject.i):
            token.head = _nearest(sentence, token, subject, said)
    loose = [token for token in sentence.tokens if token.head < 0 and token is not said and not finite(token)]
    for token in loose:
        verb = next(
            (each for each in sentence.tokens if finite(each) and (each.i > said.i) == (token.i > said.i)), None
        )
        if verb is not None:
            token.head = verb.i
    sentence.changed()


def _nearest(sentence: Sentence, token: Token, subject: Token, said: Token) -> int:
    """A word keeps its place where it hangs below one of the two nouns; else it hangs on what is said."""
    at, seen = token.head, {token.i}
    while at >= 0 and at not in seen:
        if at in (subject.i, said.i):
            return token.head
        seen.add(at)
        at = sentence.tokens[at].head
    return said.i
