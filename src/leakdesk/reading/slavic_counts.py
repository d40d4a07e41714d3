"""Slavic trees put right: what is counted takes part, not the number or the word for how much."""

from __future__ import annotations

from leakdesk.reading.frame import is_temporal
from leakdesk.reading.sentence import Sentence, Token


def counted(sentence: Sentence) -> None:
    """«задержала на границе двух мужчин»: a counted noun hangs on no noun; behind a verb without object it is the object."""
    for token in sentence.tokens:
        if token.pos not in ("N", "PN") or token.dep not in ("nmod", "appos") or token.head < 0 or token.head > token.i:
            continue
        number = next((each for each in sentence.children(token.i) if each.dep == "nummod" and each.i < token.i), None)
        above = sentence.tokens[token.head]
        if number is None or sentence.child(token.i, "case") is not None or sentence.child(above.i, "case") is None:
            continue
        verb = sentence.tokens[above.head] if above.head >= 0 else None
        if verb is None or verb.pos not in ("V", "INF", "CONV") or above.dep != "obl" or above.i < verb.i:
            continue
        between = sentence.tokens[above.i + 1 : number.i]
        if any(each.pos not in ("A", "ADV", "PTCP", "NUM") and each.head != above.i for each in between):
            continue
        if sentence.child(verb.i, "obj") is None and verb.transitive != "i" and not is_temporal(token):
            token.head, token.dep = verb.i, "obj"
        elif verb.transitive == "i" and sentence.child(verb.i, "nsubj") is None:
            token.head, token.dep = verb.i, "nsubj"


_MORE = frozenset(
    {
        "больше",
        "более",
        "меньше",
        "менее",
        "свыше",
        "около",
        "понад",
        "більше",
        "менше",
        "близько",
        "больш",
        "менш",
        "каля",
        "звыш",
    }
)


def quantities(sentence: Sentence) -> None:
    """«Больше половины трамваев не работает»: what is counted takes part, not the word for how much."""
    for token in sentence.tokens:
        if token.low not in _MORE or token.dep not in ("nsubj", "nsubj:pass", "obj", "obl", "nummod", "advmod", "dep"):
            continue
        if _more_than(sentence, token):
            continue
        counted = next(
            (each for each in sentence.children(token.i) if each.i > token.i and each.pos in ("N", "NUM")), None
        )
        if counted is None and token.dep in ("obj", "obl"):
            # «Понад половина трамваїв не працює»: next to the noun it measures
            after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
            if after is not None and after.pos in ("N", "NUM") and after.head == token.head:
                token.head, token.dep = after.i, "advmod"
            continue
        if counted is None:
            continue
        if token.head == counted.i:
            verb = next((each for each in sentence.tokens[counted.i + 1 :] if each.pos == "V"), None)
            if verb is None or sentence.child(verb.i, "nsubj") is not None:
                continue
            token.head, token.dep = verb.i, "nsubj"
        counted.head, counted.dep = token.head, token.dep
        counted.cases = "n" if token.dep.startswith("nsubj") else counted.cases
        token.head, token.dep = counted.i, "advmod"


def _more_than(sentence: Sentence, token: Token) -> bool:
    """«Больш за палову трамваяў не працуе»: what stands behind "than" takes part."""
    than = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    if (
        than is None
        or than.low not in ("за", "чем", "чым", "ніж")
        or than.head < 0
        or than.dep not in ("case", "mark", "cc")
    ):
        return False
    noun = sentence.tokens[than.head]
    verb = sentence.tokens[noun.head] if noun.head >= 0 else None
    if (
        noun.pos not in ("N", "NUM")
        or verb is None
        or verb.pos != "V"
        or noun.dep not in ("obl", "nmod", "obj", "nsubj")
    ):
        return False
    if sentence.child(verb.i, "nsubj") is None and noun.i < verb.i:
        noun.dep, noun.cases = "nsubj", "n"
        token.head, token.dep = noun.i, "advmod"
        than.dep = "advmod"
        return True
    return False


def _lacks_object(sentence: Sentence, verb: Token) -> bool:
    return verb.pos in ("V", "INF") and sentence.child(verb.i, "obj") is None and verb.transitive != "i"


def numbers(sentence: Sentence) -> None:
    """«увеличилось с 340 до 512»: a number with a preposition counts nothing: it is where a change starts or ends."""
    for token in sentence.tokens:
        if token.pos != "NUM" or token.dep not in ("nummod", "dep"):
            continue
        above = sentence.tokens[token.head] if token.head >= 0 else None
        if sentence.child(token.i, "case") is None:
            if above is not None and token.dep == "nummod" and _lacks_object(sentence, above) and token.i > above.i:
                token.dep = "obj"  # «ми знайшли трьох»: the number stands for what is counted
            continue
        if above is not None and above.pos in ("V", "CONV", "INF", "PTCP"):
            token.dep = "obl"
        elif above is None or above.head == token.i:
            # «в дев'яти з дванадцяти колодязів»: number and noun hang on each other
            verb = next((each for each in reversed(sentence.tokens[: token.i]) if each.pos in ("V", "INF")), None)
            if verb is not None:
                token.head, token.dep = verb.i, "obl"
