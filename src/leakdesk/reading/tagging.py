"""Word classes without a parser: closed-class tables, the dictionary where one is installed, endings where none is."""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.language.concepts import concept_of, dictionary, fold
from leakdesk.language.numbers import number_words
from leakdesk.language.paradigms import irregular
from leakdesk.model.document import Language
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.sentence import Token
from leakdesk.reading.tagging_context import slavic_context
from leakdesk.reading.tagging_dictionary import apertium_readings, russian_reading
from leakdesk.reading.tagging_doubtful import settle_doubtful
from leakdesk.reading.tagging_endings import by_ending, verb_by_ending
from leakdesk.reading.tagging_english import english_context, english_reading, settle_verbless
from leakdesk.reading.tagging_lookup import looked_up
from leakdesk.reading.tagging_reading import Reading

_WORD = re.compile(
    r"\d+(?:[.,:/]\d+)*(?:-?(?:[^\W\d_]{1,3}))?(?![^\W_])|[^\W_]+(?:[-'./](?=[^\W_])[^\W_]+)*(?:\.(?=[^\W_]))?|[^\w\s]|_",
    re.UNICODE,
)


_QUOTES = '"«»'


def tokenise(sheet: str, start: int, end: int) -> list[Token]:
    """Words and marks of [start, end); hyphens, inner dots and apostrophes stay inside words ("D-20", "п'ять", "2,000")."""
    return [
        Token(
            i=number,
            start=match.start(),
            end=match.end(),
            text=match.group(),
            low=match.group().casefold(),
            lemma=match.group().casefold(),
        )
        for number, match in enumerate(_WORD.finditer(sheet, start, end))
    ]


def tag(tokens: list[Token], language: Language, sheet: str, *, deep: bool) -> None:
    """Fill in class, base form and features of every token. `deep` allows Apertium for Ukrainian and Belarusian."""
    words = lexicon(language)
    known = apertium_readings(tokens, language, sheet) if deep and language in ("uk", "be") else {}
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        reading = _choose(token, known.get(token.start), before, language, words)
        token.pos, token.lemma, token.cases = reading.pos, reading.lemma, reading.cases
        token.number, token.gender, token.tense, token.passive = (
            reading.number,
            reading.gender,
            reading.tense,
            reading.passive,
        )
        token.forms, token.animate, token.transitive = reading.forms, reading.animate, reading.transitive
    if language == "en":
        english_context(tokens, words)
        settle_verbless(tokens)
    else:
        settle_doubtful(tokens, language)
        slavic_context(tokens, language)


#: Endings of past tenses that the analyser takes for participles («загинула»).
_FINITE = {"uk": ("в", "ла", "ло", "ли"), "be": ("ў", "ла", "ло", "лі")}


#: Endings of past converbs and what stands for them in the base form: «перевіривши», «агледзеўшы».
_CONVERBS = (("вши", "ти"), ("вшись", "тися"), ("ўшы", "ць"), ("ўшыся", "цца"))


def _converb(low: str, known: Reading | None) -> Reading | None:
    """A past converb by its ending, large at the start of a sentence too; the analyser takes some for participles and names."""
    if known is not None and known.pos == "CONV":
        return None
    for ending, infinitive in _CONVERBS:
        if low.endswith(ending) and len(low) > len(ending) + 3:
            verbal = known is not None and known.pos == "PTCP"
            return Reading("CONV", known.lemma if verbal and known is not None else low[: -len(ending)] + infinitive)
    return None


_MEASURES = frozenset({"%", "млн", "млрд", "тыс", "тис", "трлн"})


def _choose(token: Token, known: Reading | None, before: Token | None, language: Language, words: Lexicon) -> Reading:
    """Closed classes first, then the analyser, but a listed verb of saying in a verb's form stays a verb."""
    low = fold(token.low)
    if token.low in _MEASURES:
        return Reading("NUM", token.low, "ngdail")
    if language != "en" and low in number_words():
        return Reading("NUM", low, "na")
    if language in ("uk", "be") and low in irregular().get(language, {}):
        verb = verb_by_ending(low, irregular()[language][low], language, known=True)
        if verb is not None:
            return replace(verb, lemma=irregular()[language][low])
    if language in ("uk", "be") and (converb := _converb(low, known)) is not None:
        return converb
    if known is not None and known.pos == "PTCP" and low.endswith(_FINITE.get(language, ())):
        verb = verb_by_ending(low, known.lemma, language, known=True)
        return replace(verb, lemma=known.lemma, pos="V") if verb is not None else known
    if known is None:
        return _reading(token, before, language, words)
    closed = _closed(low, words)
    if closed is not None and not (closed.pos == "PRON" and known.cases):
        return closed
    listed = low in words.forms and (not known.cases or concept_of(known.lemma, language, verbal=False) is None)
    if known.pos not in ("V", "INF", "CONV", "PTCP") and listed:
        verb = verb_by_ending(low, words.bases(token.text)[0], language, known=True)
        if verb is not None:
            return verb
    if token.text[0].isupper() and before is not None and before.text not in '.!?…:"«»' and known.pos == "N":
        return replace(known, pos="PN")
    return known


def _reading(token: Token, before: Token | None, language: Language, words: Lexicon) -> Reading:
    low = fold(token.low)
    if not token.text[0].isalnum():
        return Reading("PUNCT", token.text)
    if token.text[0].isdigit():
        return Reading("NUM", token.low) if not re.search(r"[^\W\d_]", token.text) else Reading("PN", token.low)
    closed = _closed(low, words)
    if closed is not None:
        return closed
    opens = before is None or before.text in ".!?…:" or before.text in _QUOTES
    proper = token.text[0].isupper() and not opens
    if language == "en":
        return english_reading(token, low, words, proper=proper, opens=opens)
    if language == "ru" and dictionary("ru") is not None:
        return russian_reading(token.text, proper=proper, words=words)
    found = looked_up(token.text, language, words) if language in ("uk", "be") and not proper else None
    if found is not None and token.text[0].isupper() and found.pos == "N" and "n" not in found.cases:
        found = None  # a name at the start: «Сеїтов» is no genitive
    return found or by_ending(token, language, words, proper=proper, opens=opens)


def _closed(low: str, words: Lexicon) -> Reading | None:
    table = words.closed
    for key, pos in (
        ("neg", "NEG"),
        ("rel", "REL"),
        ("prep", "PREP"),
        ("sub", "SUB"),
        ("conj", "CCONJ"),
        ("pron", "PRON"),
        ("det", "DET"),
        ("adv", "ADV"),
    ):
        if low in table.get(key, ()):
            if key == "neg" and low in table["prep"]:
                continue
            if key == "rel" and low == "that":
                continue
            return Reading(pos, low)
    return None
