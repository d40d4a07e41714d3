"""Slavic clauses whose verb the parser does not see: what was not there, comparatives, "ready to"."""

from __future__ import annotations

from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_agreement import own_cases
from leakdesk.reading.slavic_stretches import BE, NOUNS, finite, is_marked, segments
from leakdesk.reading.words import word_list


def was_not(sentence: Sentence) -> None:
    """«Ціна зросла, дозволу не було»: behind its negation, the verb of being is the verb of a clause that has no other."""
    for inside in segments(sentence):
        words = [sentence.tokens[k] for k in inside]
        verb = next((each for each in words if each.lemma in BE and each.pos == "AUX" and each.number == "s"), None)
        if verb is None or sentence.tokens[verb.i - 1].pos != "NEG" or verb.gender not in ("n", ""):
            continue
        if any(each.pos in ("V", "INF", "PTCP") or each.pos in ("REL", "SUB") for each in words):
            continue
        nouns = [
            each for each in words if each.pos in NOUNS and not is_marked(sentence, each) and "g" in _genitive(each)
        ]
        noun = next((each for each in nouns if each.head not in inside or each.head == verb.i), None)
        if noun is None or any(each.pos in ("A", "N") and "n" in each.cases and each.i > verb.i for each in words):
            continue
        verb.pos, verb.head, verb.dep = "V", -1, "root"
        noun.head, noun.dep, noun.cases = verb.i, "nsubj", "g"
        for each in words:
            if (
                each is not verb
                and each is not noun
                and (
                    each.head not in inside
                    or (each.head == noun.i and each.i > noun.i and each.pos in ("NEG", "ADV", "X"))
                )
            ):
                each.head = verb.i
        sentence.changed()


def _genitive(noun: Token) -> str:
    return own_cases(noun) if noun.forms else noun.cases


_THAN = frozenset({"за", "ніж", "від", "чым", "чем", "ад"})
_COMPARATIVE = {
    "uk": ("іший", "іша", "іше", "іші", "ший", "ша", "ше", "ші"),
    "be": ("ейшы", "ейшая", "ейшае", "ейшыя", "эйшы", "эйшая", "эйшае", "эйшыя"),
}


def comparatives(sentence: Sentence) -> None:
    """«Нові троси тонші за старі»: behind its noun and before "than", a comparative says how the noun is; counter-example:
    «Тонші за старі троси зняли», which has a verb."""
    endings = _COMPARATIVE.get(sentence.language)
    if endings is None:
        return
    for inside in segments(sentence):
        words = [sentence.tokens[k] for k in inside]
        said = next((each for each in words[1:-1] if each.low.endswith(endings) and _before_than(sentence, each)), None)
        if said is None or any(each.pos in ("INF", "CONV") or (finite(each) and each is not said) for each in words):
            continue
        before = [each for each in words if each.i < said.i]
        noun = next((each for each in before if each.pos in NOUNS and not is_marked(sentence, each)), None)
        if noun is None or "n" not in (own_cases(noun) or "n"):
            continue
        _says_of(sentence, said, noun, words)


def _before_than(sentence: Sentence, token: Token) -> bool:
    return token.i + 1 < len(sentence.tokens) and sentence.tokens[token.i + 1].low in _THAN


def _says_of(sentence: Sentence, said: Token, noun: Token, words: list[Token]) -> None:
    """The tree of a nominal predicate: subject and copula hang on what is said, and so does what it is compared with."""
    opener = next((each for each in words if each.pos == "SUB"), None)
    above = next((each for each in reversed(sentence.tokens[: words[0].i]) if finite(each)), None)
    said.pos, said.cases = "A", "n"
    said.head, said.dep = (above.i, "ccomp") if opener is not None and above is not None else (-1, "root")
    noun.head, noun.dep, noun.cases = said.i, "nsubj", "n"
    than = sentence.tokens[said.i + 1]
    for each in words:
        if each in (said, noun):
            continue
        if each.lemma in BE:
            each.head, each.dep = said.i, "cop"
        elif each is opener:
            each.head, each.dep = said.i, "mark"
        elif each.i < said.i:
            each.head = noun.i if each.i < noun.i or each.head not in (said.i, noun.i) else each.head
        elif each.i > than.i and (each.head < said.i or each.head in (said.i, noun.i)):
            each.head, each.dep = said.i, "obl"
    follows = next((each for each in words if each.i > than.i), None)
    than.head, than.dep = (follows.i, "case") if follows is not None else (said.i, "dep")
    sentence.changed()


def ready_to(sentence: Sentence) -> None:
    """«Фірма гатовая была адгрузіць клапаны»: the infinitive behind "ready", "able", "bound" is what it is ready for."""
    for token in sentence.tokens[:-1]:
        if token.lemma not in word_list("readiness") and token.low not in word_list("readiness"):
            continue
        later = sentence.tokens[token.i + 1 : token.i + 5]
        infinitive = next((each for each in later if each.pos not in ("AUX", "ADV", "NEG", "X")), None)
        if infinitive is None or infinitive.pos != "INF":
            continue
        segment = next((each for each in segments(sentence) if token.i in each), range(0))
        noun = next(
            (
                sentence.tokens[k]
                for k in segment
                if k < token.i
                and sentence.tokens[k].pos in NOUNS
                and not is_marked(sentence, sentence.tokens[k])
                and "n" in (own_cases(sentence.tokens[k]) or "n")
            ),
            None,
        )
        if noun is None or any(finite(sentence.tokens[k]) and k != token.i for k in segment):
            continue
        if token.i not in (noun.head, infinitive.head) and token.pos == "V" and token.head >= 0:
            continue
        if token.head in (noun.i, infinitive.i):
            token.head, token.dep = -1, "root"
        token.pos, token.tense = "V", token.tense or "pres"
        token.number = token.number or noun.number
        noun.head, noun.dep = token.i, "nsubj"
        infinitive.head, infinitive.dep = token.i, "xcomp"
        sentence.changed()
