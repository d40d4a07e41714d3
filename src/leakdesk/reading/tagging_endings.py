"""Slavic word classes by ending, where no dictionary knows the word (endings.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from leakdesk.language.concepts import concept_of, fold
from leakdesk.model.document import Language
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Token
from leakdesk.reading.tagging_reading import Reading


@cache
def _endings(language: Language, kind: str) -> tuple[tuple[str, ...], ...]:
    """Rows of endings.toml for a language and a kind (verb, adjective, noun), longest ending first."""
    raw = tomllib.loads((files("leakdesk.reading") / "endings.toml").read_text("utf-8"))
    rows: list[list[str]] = raw[f"{language}_{kind}"]
    return tuple(sorted((tuple(row) for row in rows), key=lambda row: -len(row[0])))


def by_ending(token: Token, language: Language, words: Lexicon, *, proper: bool, opens: bool) -> Reading:
    low = fold(token.low)
    bases = words.bases(token.text)
    base = bases[0]
    known_verb = low in words.forms or concept_of(base, language, verbal=True) is not None
    known_noun = concept_of(base, language, verbal=False) is not None or words.is_document(low) or words.is_people(low)
    if known_noun and not known_verb:
        return noun_by_ending(
            low,
            next((each for each in bases if concept_of(each, language, verbal=False)), base),
            language,
            proper=proper,
        )
    if not proper:
        verb = verb_by_ending(low, base, language, known=known_verb)
        if verb is not None and not (known_noun and verb.pos in ("INF", "V") and not known_verb):
            return verb
        adjective = adjective_by_ending(low, language)
        if adjective is not None:
            return adjective
    return noun_by_ending(
        low,
        base,
        language,
        proper=proper or (opens and token.text[0].isupper() and base == low and len(token.text) > 3 and False),
    )


_PLURAL = ("ли", "лі", "ть", "ць", "лися", "ліся", "ються", "яться", "юцца", "яцца", "ют", "ят", "ут")


_PAST = ("ли", "лі", "лися", "ліся", "но", "на")


_SINGULAR = ("ить", "іць", "ыць", "ать", "аць", "еть")


def verb_by_ending(low: str, base: str, language: Language, *, known: bool) -> Reading | None:
    for ending, pos, infinitive in _endings(language, "verb"):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            if pos.endswith("?") and not known:
                return None
            if pos.startswith("INF") and known and base != low and language == "be":
                return Reading("V", base, "", "p", "", "pres")
            lemma = base if known else low[: -len(ending)] + infinitive
            number = "p" if ending.endswith(_PLURAL) and ending not in _SINGULAR else "s"
            gender = (
                "f"
                if ending.endswith(("ла", "лася"))
                else "n"
                if ending.endswith(("ло", "лося"))
                else "m"
                if ending.endswith(("в", "ў", "вся", "ўся"))
                else ""
            )
            tense = "past" if gender or ending.endswith(_PAST) else "pres"
            passive = ending in ("овано", "ано", "ено", "ана", "ена")
            return Reading(pos.rstrip("?"), lemma, "", number if not passive else "", gender, tense, passive)
    return _of_known(low, base) if known else None


def _of_known(low: str, base: str) -> Reading:
    """A listed verb in a form whose ending stands in no table: past tenses show anyway."""
    bare = low.removesuffix("ся").removesuffix("сь")
    gender = {"ла": "f", "ло": "n"}.get(bare[-2:], "m" if bare[-1:] in ("в", "ў", "л") else "")
    number = "s" if gender else "p" if bare.endswith(("ли", "лі")) else ""
    return Reading("V", base, "", number, gender, "past" if number else "")


def adjective_by_ending(low: str, language: Language) -> Reading | None:
    """An adjective's cases by its ending; None for a word with no such ending."""
    for ending, cases in _endings(language, "adjective"):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return Reading("A", low, cases)
    return None


def noun_by_ending(low: str, base: str, language: Language, *, proper: bool = False) -> Reading:
    """A noun's cases and number by its ending."""
    kind = "PN" if proper else "N"
    if base[-1:] in "оаеяэ" and low == base[:-1]:
        return Reading(kind, base, "g", "p")
    for ending, cases, number in _endings(language, "noun"):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            gender = ""
            if number != "p" and "n" in cases:
                gender = (
                    "n"
                    if ending in ("о", "е", "є", "ння", "нне", "ття", "ство", "ства", "э")
                    else "f"
                    if ending in ("а", "я", "ість", "асць")
                    else ""
                )
            return Reading(kind, base, cases, number, gender)
    return Reading(kind, base, "na", "s", "m")
