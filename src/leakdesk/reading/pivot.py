"""Ukrainian and Belarusian sentences through the Russian parser: a Russian word stands in for every word.

Tried in turn: a table of small words, Apertium's translation, the word itself in Russian letters, a Russian word of the same
form (stand_ins.toml); the first that is Russian and of the class that the word's own dictionary or ending says. The
stand-ins are for the parser's eyes only: text, base forms and places stay the original's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from leakdesk.language import apertium
from leakdesk.language.concepts import concept_of, concepts, fold
from leakdesk.language.syntax import InRussian, Pivot, Russian, russian_forms, to_russian
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.pivot_forms import settled_forms
from leakdesk.reading.russian import from_natasha
from leakdesk.reading.russian_words import comment_in, parse_words
from leakdesk.reading.sentence import Token
from leakdesk.reading.tagging_endings import verb_by_ending
from leakdesk.reading.tagging_kindred import kin_of
from leakdesk.reading.tagging_lookup import looked_up

_LETTERS = str.maketrans("іїєґўІЇЄҐЎ’", "ииегвИИЕГВ'")
_REFLEXIVE = ("ся", "сь", "цца")
#: pymorphy's classes -> ours.
_CLASSES = {
    "NOUN": "N",
    "ADJF": "A",
    "PRTF": "A",
    "ADJS": "V",
    "PRTS": "V",
    "VERB": "V",
    "PRED": "V",
    "INFN": "INF",
    "GRND": "CONV",
    "NUMR": "NUM",
    "ADVB": "ADV",
    "COMP": "ADV",
    "NPRO": "PRON",
    "PREP": "PREP",
    "CONJ": "CCONJ",
    "PRCL": "X",
}
#: Our classes that a Russian word may be of in place of another.
_LIKE = {"PTCP": "A", "PN": "N", "SUB": "CCONJ", "AUX": "V", "DET": "A"}
_FINITE = frozenset({"VERB", "PRTS", "PRED"})
#: A reading rarer than this says nothing of a word's class.
_RARE = 0.04


def project(tokens: list[Token], sheet: str, language: Pivot, models: Russian) -> list[Token]:
    """Tagged tokens of one sentence again, with classes, cases and tree from the Russian parser; base forms are kept where
    the class is. Raises MissingPart."""
    words = _words(tokens, sheet, language)
    comment = comment_in([each.low for each in tokens], [each.pos == "V" for each in tokens], lexicon(language))
    parsed = parse_words(words, [(each.start, each.end) for each in tokens], comment, models)
    made = from_natasha(parsed, 0, lambda word, _: word.lower())
    _genitives(made, tokens)
    words_of = lexicon(language)
    for new, old in zip(made, tokens, strict=True):
        new.text, new.low = old.text, old.low
        new.lemma = _base(new, old, words_of)
        _keep_class(new, old)
        if old.pos == "A" and new.pos == "N" and new.i and tokens[new.i - 1].low in _BE - {"бути", "быць"}:
            new.pos = "A"  # «прыпынак быў планавы»
        if old.pos == "PTCP" and new.pos == "N" and "n" in old.cases and new.dep != "conj":
            known = words_of.is_document(old.low, old.low)  # «дані» are papers before they are given
            new.pos, new.passive = ("N", False) if known else ("PTCP", old.passive)
        _keep_verb(new, old)
        if old.pos == "V" and new.pos in ("N", "A", "ADV", "X") and fold(old.lemma) in words_of.classes:
            new.pos, new.lemma, new.cases, new.number, new.tense = "V", old.lemma, "", old.number, old.tense
        new.animate, new.forms = old.animate or new.animate, old.forms
        _keep_case(new, old)
        if old.transitive or new.low == "" or words[old.i].lower() in _generic_verbs():
            new.transitive = old.transitive
    return made


def _genitives(made: list[Token], tokens: list[Token]) -> None:
    """A noun that can only be genitive, right behind a noun, belongs to it: «виробник гальм заперечує»."""
    for new, old in zip(made[1:], tokens[1:], strict=True):
        before = made[new.i - 1]
        if (
            new.pos == "N"
            and before.pos == "N"
            and _only_genitive(tokens, old)
            and new.dep in ("obj", "obl", "iobj", "nmod", "dep", "appos", "nsubj")
            and not 0 <= new.head == before.i
            and (before.head != new.i or before.dep in ("amod", "nmod", "compound", "appos"))
            and not any(other.head == new.i and other.dep in ("nummod", "case") for other in made)
        ):
            if before.head == new.i:
                before.head, before.dep = new.head, new.dep
            new.head, new.dep = before.i, "nmod"


def _only_genitive(tokens: list[Token], token: Token) -> bool:
    """Whether a noun can only be genitive: by its form, or, with the accusative of the living, behind a verb and its subject."""
    cases = set(token.forms.replace("s", "").replace("p", "").split() or token.cases)
    behind_subject = token.i > 1 and tokens[token.i - 2].pos == "V" and "n" in (tokens[token.i - 1].cases or "n")
    return cases == {"g"} or (cases == {"g", "a"} and behind_subject)


_LONG_ADJECTIVES = ("их", "ых", "іх", "ими", "ымі", "імі", "ого", "ага", "ому", "аму", "ої", "ая", "ую")


def _keep_class(new: Token, old: Token) -> None:
    """Small words are what their table says, whatever the parser makes of them; a known adjective is no verb."""
    if new.pos == "V" and old.pos == "A" and len(old.low) > 4 and old.low.endswith(_LONG_ADJECTIVES):
        new.pos, new.cases, new.number, new.tense, new.passive = "A", old.cases, old.number, "", False
    if old.pos not in ("SUB", "CCONJ", "NEG", "PREP", "REL") or new.pos == old.pos:
        return
    if old.pos == "CCONJ" and new.pos == "SUB":
        return
    new.pos, new.cases = old.pos, "" if old.pos != "REL" else new.cases
    if old.pos != "REL" and new.dep not in ("root", "dep", "punct"):
        new.dep = {"SUB": "mark", "CCONJ": "cc", "NEG": "neg", "PREP": "case"}[old.pos]


def _keep_verb(new: Token, old: Token) -> None:
    """What the own dictionary knows as a finite verb and nothing else is one, though its stand-in was taken for a noun."""
    if old.pos == "V" and old.tense and not old.passive and new.pos in ("N", "PN", "A", "CONV", "PTCP", "ADV"):
        new.pos, new.tense, new.number, new.gender, new.cases = "V", old.tense, old.number, old.gender, ""
    if old.pos == "CONV" and new.pos in ("N", "PN", "A", "PTCP", "ADV", "X"):
        new.pos, new.number, new.gender, new.cases = "CONV", "", "", ""
    if old.pos == "INF" and new.pos in ("N", "PN", "A", "PTCP"):
        new.pos, new.number, new.gender, new.cases = "INF", "", "", ""


def _keep_case(new: Token, old: Token) -> None:
    """A noun or adjective stands in no case, number or gender that its own form rules out."""
    if old.pos not in ("N", "PN", "A", "PTCP") or new.pos not in ("N", "PN", "A", "PTCP") or not new.cases:
        return
    cases = "".join(dict.fromkeys(each[0] for each in old.forms.split()))
    if not cases and len(old.cases) == 1:
        cases = old.cases
    if set(cases) & {"n", "a"} and (old.gender != "f" or old.number == "p"):
        cases += "na"  # the same form, whichever of the two the dictionary settled on
    if cases and new.cases not in cases:
        new.cases = cases
    if old.pos in ("N", "PN") and old.forms and old.number:
        new.number = old.number
    if old.pos == "N" and old.forms and old.gender:
        new.gender = old.gender


def _base(new: Token, old: Token, words: Lexicon) -> str:
    """The base form that the own tagger found, or, where it took the word for another class, one of that class."""
    verbal = ("V", "INF", "CONV", "PTCP", "AUX")
    if (new.pos in verbal) == (old.pos in verbal) or old.pos == "NEG":
        return old.lemma
    bases = words.bases(old.text)
    own = looked_up(old.text, "uk" if words.language == "uk" else "be", words)
    if own is not None and new.pos in verbal and own.pos in verbal:
        return own.lemma
    made = verb_by_ending(old.low, old.low, "uk" if words.language == "uk" else "be", known=False)
    spelt = made.lemma if made is not None and new.pos in verbal and old.lemma == old.low else old.lemma
    return next((each for each in bases if (fold(each) in words.classes) == (new.pos in verbal)), spelt)


def _words(tokens: list[Token], sheet: str, language: Pivot) -> list[str]:
    start, end = tokens[0].start, tokens[-1].end
    _settle_classes(tokens, language)
    translated: dict[int, str] = {}
    if apertium.available(language):
        translated = dict(_counterparts(to_russian(sheet[start:end].replace("\n", " "), language)))
    forms = settled_forms(tokens)
    return [_stand_in(token, translated.get(token.start - start), forms.get(token.i), language) for token in tokens]


def _counterparts(russian: InRussian) -> Iterator[tuple[int, str]]:
    """Where a word starts, and its Russian counterpart: the longest of several."""
    longest: dict[int, str] = {}
    for a, b, origin in russian.words:
        if origin is not None and b - a > len(longest.get(origin[0], "")):
            longest[origin[0]] = russian.text[a:b]
    yield from longest.items()


def _stand_in(token: Token, translated: str | None, form: str | None, language: Pivot) -> str:
    if not token.text[0].isalpha():
        return token.text
    if token.pos == "PN":
        return _name(token, translated)
    listed = _tables()["words"][language].get(token.low.replace("’", "'"))
    if listed is not None:
        return _like(token, listed)
    bare = token.text.translate(_LETTERS)
    for word in (translated, bare, kin_of(token.low, language)):
        if word is not None and _fits(word.lower(), token.pos):
            return _like(token, _inflected(word.lower(), _LIKE.get(token.pos, token.pos), form) if form else word)
    made = _by_form(token, form, language)
    return _like(token, made) if made is not None else bare


#: Grammemes of names in pymorphy's dictionary.
_NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn")


def _name(token: Token, translated: str | None) -> str:
    """A name keeps its letters unless its translation is a name too."""
    bare = token.text.translate(_LETTERS)
    for word in (bare, translated):
        if word is not None and any(mark in each.tag for each in russian_forms(word.lower()) for mark in _NAMES):
            return _like(token, word)
    return bare


_BE = frozenset(
    {"був", "була", "було", "були", "буде", "будуть", "бути", "быў", "была", "было", "былі", "будзе", "будуць", "быць"}
)
#: Adverbs that end like impersonal passives.
_EARLY = frozenset({"рано", "зарано", "рана", "зарана", "багато", "занадто", "просто", "часто"})
_PARTICIPLE = re.compile(r"(?:[аяео]н|[аяіиуы]т)(?:ий|а|е|і|ы|ая|ае|ыя|о)$")


def _settle_classes(tokens: list[Token], language: Pivot) -> None:
    """Classes that an ending alone could not tell: adjectives known in Russian, participles that are predicates."""
    for token in tokens:
        if token.pos == "N" and not token.forms and not token.text[0].isupper():
            cases = _adjective_cases(token.low, language)
            if cases:
                token.pos, token.cases, token.gender, token.number = "A", cases, "", ""
        if language == "be" and token.pos == "INF" and _stands_alone(tokens, token):
            token.pos, token.tense, token.number = "V", "pres", "s"
        before = next((each for each in reversed(tokens[: token.i]) if each.pos not in ("ADV", "NEG")), None)
        if (
            before is not None
            and before.low in _BE
            and (token.pos in ("PTCP", "A", "N") or (token.pos == "ADV" and token.low not in _EARLY))
            and "n" in (token.cases or "n")
            and _PARTICIPLE.search(token.low)
            and not _noun_follows(tokens, token)
        ):
            token.pos, token.tense, token.passive, token.forms = "V", "past", True, ""
            token.number = "p" if token.low.endswith(("і", "ыя")) else "s"
            token.gender = (
                "f" if token.low.endswith(("а", "ая")) else "n" if token.low.endswith(("е", "ае", "о")) else "m"
            )


#: Words an infinitive may hang on without a verb.
_MODAL = frozenset({"можна", "трэба", "варта", "нельга", "неабходна", "каб", "немагчыма", "цяжка", "лёгка"})


def _stands_alone(tokens: list[Token], token: Token) -> bool:
    """Whether no other verb stands in the clause of an infinitive: then it is the finite form that looks the same."""
    marks = {",", ";", ":", "—", "(", ")", "«", "»", '"'}
    left = next((k for k in range(token.i - 1, -1, -1) if tokens[k].text in marks), -1)
    right = next((k for k in range(token.i + 1, len(tokens)) if tokens[k].text in marks), len(tokens))
    clause = [each for each in tokens[left + 1 : right] if each is not token]
    named = any(
        each.pos == "REL" or (each.pos in ("N", "PN", "PRON") and "n" in (each.cases or "n")) for each in clause
    )
    return (
        named
        and not any(each.pos in ("V", "AUX", "INF", "N") and each.lemma in _PHASE for each in clause)
        and not any(each.pos in ("V", "AUX", "INF") or each.low in _MODAL for each in clause)
    )


_PHASE = frozenset({"намер", "права", "магчымасць", "план", "спроба", "рашэнне"})


def _noun_follows(tokens: list[Token], token: Token) -> bool:
    after = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
    return after is not None and after.pos in ("N", "A") and "n" in (after.cases or "n") and after.number != "p"


@lru_cache(maxsize=50_000)
def _adjective_cases(low: str, language: Pivot) -> str:
    """The cases of a word whose letters and ending make a Russian adjective; "" for none."""
    for ending, russian in _endings(language):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            word = low[: -len(ending)].translate(_LETTERS) + russian
            found = [each.tag for each in russian_forms(word) if each.is_known and str(each.tag.POS) == "ADJF"]
            return "".join(
                dict.fromkeys(_CASE_LETTERS[str(tag.case)] for tag in found if str(tag.case) in _CASE_LETTERS)
            )
    return ""


_CASE_LETTERS = {"nomn": "n", "gent": "g", "datv": "d", "accs": "a", "ablt": "i", "loct": "l"}


@cache
def _generic_verbs() -> frozenset[str]:
    verbs = _tables()["verb"]
    return frozenset(word for row in verbs.values() for word in (row.values() if isinstance(row, dict) else (row,)))


def _like(token: Token, word: str) -> str:
    """A word written large where the original is."""
    return word[:1].upper() + word[1:] if token.text[0].isupper() else word.lower()


@lru_cache(maxsize=50_000)
def _fits(word: str, pos: str) -> bool:
    """Whether a word is Russian and can be of a class."""
    wanted = _LIKE.get(pos, pos)
    forms = [each for each in russian_forms(word) if each.is_known and each.score > _RARE]
    if not forms:
        return False
    if wanted == "V" and not any(str(each.tag.POS) in _FINITE for each in forms):
        return False
    classes = {_CLASSES.get(str(each.tag.POS), "X") for each in forms}
    return wanted in classes or wanted not in ("N", "A", "V", "INF", "CONV", "ADV")


_CASE_TAGS = {"n": "nomn", "g": "gent", "d": "datv", "a": "accs", "i": "ablt", "l": "loct"}


@lru_cache(maxsize=50_000)
def _inflected(word: str, kind: str, form: str) -> str:
    """A Russian noun or adjective in a case and number ("gp"); as it is where that is not to be had."""
    reading = next((each for each in russian_forms(word) if _CLASSES.get(str(each.tag.POS)) == kind), None)
    if reading is None or kind not in ("N", "A"):
        return word
    wanted = {_CASE_TAGS[form[0]], {"s": "sing", "p": "plur"}.get(form[1:], "sing")}
    if kind == "A" and str(reading.tag.case) == _CASE_TAGS[form[0]]:
        return word
    made = reading.inflect(wanted)
    return str(made.word) if made is not None else word


def _by_form(token: Token, form: str | None, language: Pivot) -> str | None:
    """A Russian word of the same class, case, number and tense."""
    table, reflexive = _tables(), "_reflexive" if token.low.endswith(_REFLEXIVE) else ""
    verbs = table["verb"]
    if token.pos in ("V", "AUX"):
        known = _same_concept(token.lemma, language, token.tense or "pres", _shape(token))
        if known is not None and not token.passive:
            return known
        if token.passive:
            return verbs["passive"].get(_shape(token), verbs["passive"]["n"])
        if token.tense == "past":
            return verbs["past" + reflexive][_shape(token)]
        return verbs["now" + reflexive]["p" if token.number == "p" else "s"]
    if token.pos == "INF":
        return verbs["infinitive" + reflexive]
    if token.pos == "CONV":
        return verbs["converb"]
    if token.pos in ("A", "PTCP"):
        return _adjective(token, language)
    if token.pos == "N":
        return _noun(token, form)
    return "недавно" if token.pos == "ADV" else None


@lru_cache(maxsize=20_000)
def _same_concept(lemma: str, language: Pivot, tense: str, shape: str) -> str | None:
    """A Russian verb of the same meaning in the form wanted; None where the table of concepts has none."""
    concept = concept_of(lemma, language, verbal=True)
    for verb in concepts()[concept].words.get("ru", ()) if concept is not None else ():
        reading = next((each for each in russian_forms(verb) if str(each.tag.POS) == "INFN"), None)
        if reading is None or " " in verb or verb.endswith("ся") != lemma.endswith(_REFLEXIVE):
            continue
        for name in ("past",) if tense == "past" else ("pres", "futr"):
            wanted = {name, "plur" if shape == "p" else "sing"}
            wanted |= {_GENDERS[shape]} if tense == "past" and shape != "p" else set() if tense == "past" else {"3per"}
            made = reading.inflect(wanted)
            if made is not None:
                return str(made.word)
    return None


_GENDERS = {"m": "masc", "f": "femn", "n": "neut"}


def _shape(token: Token) -> str:
    if token.number == "p":
        return "p"
    return token.gender or ("f" if token.low.endswith(("ла", "лася")) else "n" if token.low.endswith("ло") else "m")


def _adjective(token: Token, language: Pivot) -> str | None:
    stem = "сделанн" if token.pos == "PTCP" else "нов"
    for ending, russian in _endings(language):
        if token.low.endswith(ending):
            return stem + russian
    return None


def _noun(token: Token, form: str | None) -> str:
    number = form[1:] if form else token.number
    forms = _tables()["noun"][token.gender or "m"]["p" if number == "p" else "s"]
    if form:
        return forms[form[0]]
    for case in "nagdil":
        if case in token.cases:
            return forms[case]
    return forms["n"]


@cache
def _endings(language: Pivot) -> tuple[tuple[str, str], ...]:
    rows: dict[str, str] = _tables()["adjective"][language]
    return tuple(sorted(rows.items(), key=lambda row: -len(row[0])))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("leakdesk.reading") / "stand_ins.toml").read_text("utf-8"))
