"""Ukrainian and Belarusian words that Apertium does not know: from a list of Ukrainian base forms (simplemma) where it is
installed, from the Russian kin of the word, and from its ending, in this order of trust for what each can tell.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from leakdesk.language.base_forms import base_of
from leakdesk.language.concepts import concept_of, fold
from leakdesk.model.document import Language
from leakdesk.reading import tagging_endings
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.tagging_kindred import by_kin
from leakdesk.reading.tagging_reading import Reading

_VERBAL = ("V", "INF", "CONV")
_INFINITIVE = ("ти", "тися", "тись")
_ADJECTIVE = ("ий", "ій")
#: Ukrainian nouns that end like infinitives.
_NOUNS = frozenset({"мати", "скорости"})
#: Adverbs end so; others of the same letters are listed as closed words.
_ADVERB = ("о", "е", "и", "ки", "ому")


def looked_up(text: str, language: Language, words: Lexicon) -> Reading | None:
    """What the lists and the Russian kin say of a word; None where neither knows it, or the own tables of nouns do."""
    low = fold(text.casefold())
    first = words.bases(text)[0]
    known_verb = low in words.forms or concept_of(first, language, verbal=True) is not None
    known_noun = concept_of(first, language, verbal=False) is not None or words.is_document(low) or words.is_people(low)
    return None if known_noun and not known_verb else _looked_up(low, language, known_verb)


@lru_cache(maxsize=50_000)
def _looked_up(low: str, language: Language, known_verb: bool) -> Reading | None:
    base, kin = base_of(low, language), by_kin(low, language)
    if base is not None:
        return _of_base(low, base, kin, language)
    if kin is None:
        return None
    if kin.pos == "INF" and language == "be" and low.endswith(("яць", "аць")) and not known_verb:
        return None
    return kin


def _of_base(low: str, base: str, kin: Reading | None, language: Language) -> Reading | None:
    """A word of the list: its base form tells the class, its Russian kin or its ending the rest."""
    if base.endswith(_INFINITIVE) and base not in _NOUNS:
        if kin is not None and kin.pos in _VERBAL:
            return replace(kin, lemma=base)
        if low == base:
            return Reading("INF", base)
        own = tagging_endings.verb_by_ending(low, base, language, known=True)
        return replace(own, lemma=base) if own is not None else None
    if base.endswith(_ADJECTIVE):
        if kin is not None and kin.pos in ("A", "PTCP"):
            return replace(kin, lemma=low)
        return tagging_endings.adjective_by_ending(low, language) or Reading("A", low, _agreeing(low))
    if kin is not None and kin.pos in ("N", "ADV", "V") and (kin.pos != "V" or low.endswith(("но", "то"))):
        return replace(kin, lemma=base) if kin.pos == "N" else kin
    if kin is not None and kin.pos in ("A", "PTCP") and base == low:
        return kin
    if low == base and low.endswith(_ADVERB):
        return Reading("ADV", low) if not low.endswith("е") else None
    made = tagging_endings.noun_by_ending(low, base, language)
    return replace(made, gender=made.gender or _gender(base)) if made.number != "p" else made


def _agreeing(low: str) -> str:
    """Cases of an adjective by its short endings."""
    for endings, cases in ((("ою", "ею"), "i"), (("а", "я"), "n"), (("у", "ю"), "a"), (("ій",), "nadl")):
        if low.endswith(endings):
            return cases
    return "na"


def _gender(base: str) -> str:
    """The gender a Ukrainian base form shows."""
    if base.endswith(("ння", "ття", "ля", "о", "е", "є")) and not base.endswith("ля"):
        return "n"
    if base.endswith(("а", "я", "ість")):
        return "f"
    return "m" if not base.endswith(("ь", "и", "і")) else ""
