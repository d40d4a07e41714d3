"""Slavic clauses that leave out "is" behind an adjective or a participle: «Рахунки заморожені», «Директор болен», «насіння
прострочене». The noun stands first, what is said of it last; with another order it may be a mere noun with its adjective.
"""

from __future__ import annotations

from functools import lru_cache

from leakdesk.language.syntax import russian_forms
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_agreement import own_cases
from leakdesk.reading.slavic_stretches import BE, NOUNS, finite, is_marked, segments
from leakdesk.reading.words import word_list

#: In a longer stretch what stands last is seldom said of what stands first.
_LONGEST = 12
_QUOTES = frozenset({"«", "»", '"', "“", "”"})


def bare_predicates(sentence: Sentence) -> None:
    """In a stretch without a verb, the adjective or participle behind its noun tells how the noun is."""
    for inside in segments(sentence):
        words = [sentence.tokens[k] for k in inside if sentence.tokens[k].text not in _QUOTES]
        verbs = [each for each in words if finite(each) or each.pos in ("AUX", "INF", "CONV", "REL")]
        if len(words) > _LONGEST or any(each.lemma not in BE or each.pos == "INF" for each in verbs):
            continue
        said = next((each for each in words[1:] if _may_say(sentence, each, words)), None)
        noun = next((each for each in words if each.pos in NOUNS), None)
        if said is None or noun is None or noun.i > said.i or not _is_told_of(sentence, noun, said, words):
            continue
        if verbs and (len(verbs) > 1 or verbs[0].i + 1 != said.i or said.dep == "xcomp" or said.pos == "PTCP"):
            continue  # «прыпынак быў планавы»: one copula, right before what it joins
        if not _opens_or_depends(sentence, words) or _introduces(sentence, said, words):
            continue
        _say(sentence, said, noun, words)


def _may_say(sentence: Sentence, token: Token, words: list[Token]) -> bool:
    """Whether a word is an adjective or participle that no noun behind it can claim."""
    plain = token.pos == "A" or (sentence.language == "ru" and token.pos == "N" and _is_adjective(token.low))
    if not (plain or token.pos == "PTCP") or not (set("na") & set(token.cases or "n") or _is_adjective(token.low)):
        return False
    if token.dep == "nummod" or token.text[0].isupper() or (plain and token is not words[-1]):
        return False  # «Паром «Зоряна»»: a name is nothing that is told
    after = [each for each in words if each.i > token.i]
    if after and (after[0].pos in ("A", "NUM", *NOUNS) and "n" in (own_cases(after[0]) or "n")):
        return False
    end = sentence.tokens[words[-1].i + 1].text if words[-1].i + 1 < len(sentence.tokens) else "."
    return end in (".", ",", ";", "!", "»", "—")


@lru_cache(maxsize=20_000)
def _is_adjective(low: str) -> bool:
    """Whether a Russian form is first of all an adjective in the nominative."""
    forms = [each for each in russian_forms(low) if each.is_known]
    return bool(forms) and str(forms[0].tag.POS) == "ADJF" and any(str(each.tag.case) == "nomn" for each in forms)


def _is_told_of(sentence: Sentence, noun: Token, said: Token, words: list[Token]) -> bool:
    """Whether the first noun of a stretch agrees with what is said last, and nothing between could be meant instead."""
    if is_marked(sentence, noun) or "n" not in (own_cases(noun) or "n"):
        return False
    if noun.number and said.number and noun.number != said.number and not said.low.endswith("ы"):
        return False
    if any(each.pos == "CCONJ" for each in words if noun.i < each.i < said.i):
        return False  # «врач и больной»: two of a kind
    plain = said.pos != "PTCP"
    if plain and any(each.pos == "PREP" or (each.pos == "A" and each.i > noun.i) for each in words if each.i < said.i):
        return False
    between = [each for each in words if noun.i < each.i < said.i and each.pos in NOUNS]
    return all(is_marked(sentence, each) or set(own_cases(each) or "g") - {"n"} for each in between)


def _opens_or_depends(sentence: Sentence, words: list[Token]) -> bool:
    """Whether the stretch is a clause: at the start, behind a word that joins clauses, or behind somebody's word for it."""
    if words[0].i == 0 or words[0].pos in ("SUB", "CCONJ"):
        return True
    before = sentence.tokens[words[0].i - 1].text
    return before in _QUOTES or before in (":", ";") or (before == "," and sentence.tokens[0].pos == "PREP")


def _introduces(sentence: Sentence, said: Token, words: list[Token]) -> bool:
    """«Директор убеждён, что»: who is sure of something speaks, and is nothing else."""
    if lexicon(sentence.language).classes_of(said.low, said.lemma) or {said.low, said.lemma} & word_list("attitudes"):
        return True
    behind = sentence.tokens[words[-1].i + 1 : words[-1].i + 3]
    return len(behind) == 2 and behind[0].text == "," and behind[1].pos == "SUB"


def _say(sentence: Sentence, said: Token, noun: Token, words: list[Token]) -> None:
    opener = next((each for each in words if each.pos == "SUB"), None)
    above = next((each for each in reversed(sentence.tokens[: words[0].i]) if each.pos in ("V", "INF")), None)
    done = said.pos == "PTCP" and said.passive
    said.pos = "V" if done else "A"
    said.cases, said.tense = ("", "past") if done else ("n", "")
    if said.dep not in ("ccomp", "advcl", "parataxis") or said.head in [each.i for each in words]:
        said.head, said.dep = (above.i, "ccomp") if opener is not None and above is not None else (-1, "root")
    noun.head, noun.dep = said.i, "nsubj:pass" if done else "nsubj"
    mine = {each.i for each in words}
    for each in words:
        if each in (said, noun):
            continue
        if each is opener:
            each.head, each.dep = said.i, "mark"
        elif each.lemma in BE:
            each.head, each.dep = said.i, "cop"
        elif each.head not in mine:
            each.head = said.i
        elif each.head == noun.i and each.i > said.i:
            each.head, each.dep = said.i, "obl" if each.pos in NOUNS else each.dep
    sentence.changed()
