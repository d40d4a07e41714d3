"""Concepts: what a word means across languages, coarsely. "sold", «продал», «прадаў» are all the concept `sell`.

The table concepts.tsv has one concept a line: id, kind (act, say, state, change, phase, thing, actor, event, ...), group
(a wider class: `sell` and `supply` are both `transfer`), and the base forms in four languages. Readers use it to give a
predicate its class; comparing and checking use it to meet across languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from leakdesk.language.base_forms import base_of
from leakdesk.language.folding import fold
from leakdesk.language.paradigms import english_forms, irregular, noun_stem, slavic_forms, stems_of
from leakdesk.language.things import things, things_of_phrases, things_of_word
from leakdesk.language.wider import deeds, forms_of, further_forms, noun_stems, stems, verbal, wider_rows

LANGUAGES = ("en", "ru", "uk", "be")
#: Kinds of concept that are told with verbs.
VERBAL = frozenset({"act", "say", "state", "change", "phase", "think", "show", "cause"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One line of the table; `words` maps a language to its base forms."""

    id: str
    kind: str
    group: str
    words: dict[str, tuple[str, ...]]

    @property
    def verbal(self) -> bool:
        """Told with verbs (an act, a state), not a thing."""
        return self.kind in VERBAL


@lru_cache(maxsize=1)
def concepts() -> dict[str, Concept]:
    """All concepts by id, in table order."""
    lines = (files("leakdesk.language") / "concepts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    table: dict[str, Concept] = {}
    for line in lines:
        name, kind, group, *columns = line.split("\t")
        words = {
            language: tuple(filter(None, column.split(",")))
            for language, column in zip(LANGUAGES, columns, strict=True)
        }
        table[name] = Concept(id=name, kind=kind, group=group, words=words)
    return table


@lru_cache(maxsize=1)
def all_concepts() -> dict[str, Concept]:
    """The concepts that readers rely on, and those that only comparing and checking know."""
    wider = {
        name: Concept(id=name, kind=kind, group=group, words=words)
        for name, (kind, group, words) in wider_rows().items()
        if kind
    }
    nouns = {
        each.id: Concept(id=each.id, kind=each.kind, group=each.group, words=each.words)
        for each in things().values()
        if each.kind
    }
    return {**nouns, **wider, **concepts()}


@lru_cache(maxsize=8)
def _by_lemma(language: str, verbal: bool | None) -> dict[str, str]:
    table: dict[str, str] = {}
    for concept in concepts().values():
        if verbal is not None and concept.verbal != verbal:
            continue
        for word in concept.words.get(language, ()):
            table.setdefault(fold(word), concept.id)
    return table


def concept_of(lemma: str, language: str, *, verbal: bool | None = None) -> str | None:
    """The concept id of a base form (as `lemma` returns it), or None. `verbal` limits to verbs (True) or nouns (False)."""
    found = _by_lemma(language, verbal).get(fold(lemma))
    if found is None and language == "en" and " " in lemma:
        return _by_lemma(language, verbal).get(fold(lemma.split(" ", 1)[0]))
    return found


def concept_of_word(word: str, language: str, *, verbal: bool | None = None) -> str | None:
    """The concept id of a word in any of its forms, or None."""
    for base in lemmas(word, language):
        found = concept_of(base, language, verbal=verbal)
        if found is not None:
            return found
    return None


@cache
def _all_by_lemma(language: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for concept in concepts().values():
        for word in concept.words.get(language, ()):
            table[fold(word)] = (*table.get(fold(word), ()), concept.id)
    return table


@lru_cache(maxsize=100_000)
def concepts_of_word(word: str, language: str) -> frozenset[str]:
    """Every concept that a word in any of its forms may tell ("transfer": of goods and of money), not only its first."""
    if language not in LANGUAGES:
        return frozenset()
    word = _without_genitive(word) if language == "en" else word
    table, bases = _all_by_lemma(language), lemmas(word, language)
    main = next((found for base in bases if (found := table.get(fold(base)))), ())
    nouns = things_of_word(*_noun_forms(word, language), language)
    found = frozenset(main) | _wider_concepts(word, bases, language) | nouns
    return found or _of_the_active(word, language)


#: Endings of reflexive forms, and what the active form has in their place («проводился» - «проводил», «прадаецца» - «прадае»).
_REFLEXIVE_ENDS = {
    "ru": (("ся", ""), ("сь", "")),
    "uk": (("ться", ""), ("ся", ""), ("сь", "")),
    "be": (("цца", ""), ("цца", "ць"), ("ся", "")),
}


def _of_the_active(word: str, language: str) -> frozenset[str]:
    """The deeds of the verb whose passive a reflexive form is, where the table does not list the reflexive itself."""
    low = word.casefold()
    for end, instead in _REFLEXIVE_ENDS.get(language, ()):
        if low.endswith(end) and len(low) - len(end) >= LEAST_ACTIVE:
            told = concepts_of_word(low[: -len(end)] + instead, language)
            if deeds_told := frozenset(each for each in told if all_concepts()[each].kind in _PASSIVE_KINDS):
                return deeds_told
    return frozenset()


#: A shorter word has no reflexive ending.
LEAST_ACTIVE = 4
#: What can be done to a thing.
_PASSIVE_KINDS = frozenset({"act", "change"})


def _without_genitive(word: str) -> str:
    """ "company's" is the company."""
    return word[:-2] if word[-2:] in ("'s", "’s") else word


#: A reading of a Russian form that its dictionary thinks rarer counts for nothing: «стали» is first a verb.
LIKELY = 0.1


@lru_cache(maxsize=100_000)
def _noun_forms(word: str, language: str) -> tuple[str, tuple[str, ...]]:
    """A noun as it is written, and the base forms that a dictionary gives it as a noun or an adjective."""
    analyser = dictionary(language) if language == "ru" else None
    if analyser is None:
        return word, ()
    likely = [parse for parse in analyser.parse(word.casefold())[:4] if parse.score >= LIKELY]
    nouns = (str(each.normal_form) for each in likely if each.tag.POS in ("NOUN", "ADJF", "ADJS", None))
    return word, (fold(word), *dict.fromkeys(fold(each) for each in nouns))


def _wider_concepts(word: str, bases: tuple[str, ...], language: str) -> frozenset[str]:
    forms = _wider_forms(language)
    found = {each for form in (word, *bases) for each in forms.get(_at_start(fold(form), language), ())}
    if not found and language in ("uk", "be"):
        nouns = _wider_stems(language)
        stem = next((each for each in stems(_at_start(fold(word), language), language) if each in nouns), None)
        found = set(forms.get(nouns[stem], ())) if stem else set()
    return frozenset(found)


def _at_start(word: str, language: str) -> str:
    """After a vowel Belarusian writes the first letter otherwise, and so does Ukrainian before a consonant («украв», «вкрав»)."""
    if language == "be" and word.startswith("ў"):
        return "у" + word[1:]
    if language == "uk" and word.startswith("у") and len(word) > LEAST_SWITCHED and word[1] not in "аеєиіїоуюя":
        return "в" + word[1:]
    return word


#: A shorter word does not switch its first letter.
LEAST_SWITCHED = 3


def _forms_needed(word: str, language: str) -> Iterable[str]:
    """The forms of a word that no dictionary leads back to it; where there is one, its own base form of a plural or a short
    adjective, but no verb: «сев» is no form of «сесть»."""
    if dictionary(language) is None:
        return forms_of(word, language)
    return {word, *(base for base in lemmas(word, language)[:1] if not verbal(base, language))}


@cache
def _wider_forms(language: str) -> dict[str, tuple[str, ...]]:
    """Form -> concepts: every form of the wider words, and the further forms of the listed ones."""
    table: dict[str, dict[str, None]] = {}

    def note(form: str, concept: str) -> None:
        table.setdefault(_at_start(fold(form), language), {})[concept] = None

    for concept, (_, _, words) in wider_rows().items():
        for word in words.get(language, ()):
            for form in _forms_needed(word, language) if " " not in word else ():
                note(form, concept)
    for concept in concepts().values() if language != "en" and dictionary(language) is None else ():
        for word in concept.words.get(language, ()) if concept.verbal else ():
            for form in further_forms(word, language) if " " not in word else ():
                note(form, concept.id)
    return {form: tuple(found) for form, found in table.items()}


@cache
def _wider_stems(language: str) -> dict[str, str]:
    words = {name: row[2].get(language, ()) for name, row in wider_rows().items()}
    plain = {
        _at_start(fold(stem), language): _at_start(fold(word), language)
        for stem, word in noun_stems(words, language).items()
    }
    return plain | {
        other: word
        for stem, word in plain.items()
        for other in (*_fleeting(stem), *_unstressed(word, stem, language))
        if other not in plain
    }


@cache
def _phrases(language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word of an entry of several words -> (the rest, concept)."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    wider = ((name, row[2]) for name, row in wider_rows().items())
    for name, words in (*((each.id, each.words) for each in concepts().values()), *wider):
        for entry in words.get(language, ()):
            first, *rest = fold(entry).split()
            if rest:
                table.setdefault(first, []).append((tuple(_at_start(each, language) for each in rest), name))
    return table


@cache
def _phrase_starts(language: str) -> dict[str, tuple[str, ...]]:
    """Form -> first words of entries of several words, made by rule: the first word may be in no list of single words."""
    table: dict[str, dict[str, None]] = {}
    for first in _phrases(language):
        for form in _forms_needed(first, language):
            table.setdefault(_at_start(fold(form), language), {})[first] = None
    return {form: tuple(firsts) for form, firsts in table.items()}


def concepts_of_phrases(words: Sequence[str], language: str) -> Iterator[str]:
    """Concepts told in several words ("looked for"); the first word may stand in any form, and a few others may stand before
    the rest where that is a turn of its own ("put *the house* up for sale")."""
    folded = [_at_start(fold(each), language) for each in words]
    for at, word in enumerate(words):
        for _, concept in _turns_at(at, word, folded, language):
            yield concept
    if language in LANGUAGES:
        yield from things_of_phrases([_noun_forms(word, language) for word in words], language)


def _turns_at(at: int, word: str, folded: Sequence[str], language: str) -> Iterator[tuple[int, str]]:
    """The concepts of turns that begin at a word, each with how many further words its turn has."""
    for rest, concept in _phrases_from(word, language):
        gap = MOST_BETWEEN if len(rest) > 1 else 0
        if any(tuple(folded[k : k + len(rest)]) == rest for k in range(at + 1, at + 2 + gap)):
            yield len(rest), concept


#: Most words between the first word of a turn and the rest of it.
MOST_BETWEEN = 4


@lru_cache(maxsize=100_000)
def _phrases_from(word: str, language: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The entries of several words that may begin with a word in any of its forms."""
    phrases, low = _phrases(language), _at_start(fold(word), language)
    bases = (fold(base) for base in lemmas(word, language))
    starts = dict.fromkeys((*bases, *_phrase_starts(language).get(low, ())))
    return tuple(each for base in starts for each in phrases.get(base, ()))


@lru_cache(maxsize=20_000)
def deeds_of(text: str, language: str) -> frozenset[str]:
    """The narrow deeds that a verb, or the turn of phrase that begins with it, tells; frozenset() for any other words.

    "put up for sale" -> {"put_on_sale"}. A turn tells its own deed, not that of its verb alone, and the longest one counts.
    """
    words = text.split()
    if not words or language not in LANGUAGES:
        return frozenset()
    narrow = deeds()
    turns = list(_turns_at(0, words[0], [_at_start(fold(each), language) for each in words], language))
    longest = max((many for many, _ in turns), default=0)
    told = frozenset(concept for many, concept in turns if many == longest) & narrow
    return told or concepts_of_word(words[0], language) & narrow


def group_of(concept: str) -> str:
    """The wider class of a concept id; an unknown id is its own group."""
    known = all_concepts().get(concept)
    return known.group if known else concept


def related(left: str, right: str) -> bool:
    """Whether two concept ids are the same or of one wider class."""
    return left == right or group_of(left) == group_of(right)


@cache
def _forms(language: str) -> dict[str, str]:
    """form -> lemma for every verb of the table (and every English noun), exceptions first."""
    table = dict(irregular().get(language, {}))
    for concept in concepts().values():
        for word in concept.words.get(language, ()):
            if " " in word:
                continue
            if language == "en":
                forms = english_forms(word)
            elif concept.verbal:
                forms = slavic_forms(word, language)
            else:
                continue
            for form in sorted(forms):
                table.setdefault(fold(form), word)
    return table


@cache
def _noun_stems(language: str) -> dict[str, str]:
    """stem -> listed noun; exact stems first, then those with a vowel that comes, goes or changes before an ending."""
    words = [
        word
        for concept in concepts().values()
        if not concept.verbal
        for word in concept.words.get(language, ())
        if " " not in word
    ]
    stems = [(fold(noun_stem(word, language)), word) for word in words]
    table: dict[str, str] = {}
    for stem, word in stems:
        table.setdefault(stem, word)
    for stem, word in stems:
        for other in (*_fleeting(stem), *_unstressed(word, stem, language)):
            table.setdefault(other, word)
    return table


#: Last vowels that change when an ending follows a stem without one: uk «договір» - «договору», be «год» - «гадоў».
_CHANGING = {"uk": {"і": "ое"}, "be": {"о": "а", "ё": "я", "э": "а", "е": "я"}}


def _unstressed(word: str, stem: str, language: str) -> list[str]:
    """The stem with the vowel that it has before an ending, where that is written otherwise."""
    vowels = [at for at, letter in enumerate(stem) if letter in "аеёиоуыэюяіїє"]
    if not vowels or fold(word).rstrip("ь") != stem.rstrip("ь"):
        return []
    at = vowels[-1]
    return [stem[:at] + other + stem[at + 1 :] for other in _CHANGING.get(language, {}).get(stem[at], "")]


_FLEETING = "аеоії"


def _fleeting(stem: str) -> list[str]:
    """The stem without its last vowel, or with one more: "човен" -> "човн", "лодк" -> "лодак", "лодок"."""
    if len(stem) < 4 or stem[-1] in "аеёиоуыэюяіїйьў":
        return []
    if stem[-2] in _FLEETING:
        return [stem[:-2] + stem[-1]]
    return [stem[:-1] + vowel + stem[-1] for vowel in "аое"] if stem[-1] in "кнцл" and stem[-2] not in "ьй" else []


def lemma(word: str, language: str) -> str:
    """The base form of a word: from the dictionary (ru, uk where installed), the table's own forms, or by rule.

    Lower case. A word nothing is known about comes back lower-cased.
    """
    return lemmas(word, language)[0]


@lru_cache(maxsize=100_000)
def lemmas(word: str, language: str) -> tuple[str, ...]:
    """Possible base forms, best first; never empty."""
    low = word.casefold().replace("’", "'")
    if language == "be" and low.startswith("ў"):
        low = "у" + low[1:]  # after a vowel Belarusian writes the first letter so
    found: list[str] = []
    listed = _forms(language).get(fold(low)) if language in LANGUAGES else None
    if listed is not None:
        found.append(listed)
    analyser = dictionary(language)
    if analyser is not None:
        found += [str(parse.normal_form) for parse in analyser.parse(low)[:4]]
    elif listed is None and (base := base_of(low, language)):
        found.append(base.casefold().replace("’", "'"))
    if language in ("uk", "be", "ru"):
        stems = _noun_stems(language)
        found += [stems[stem] for stem in stems_of(fold(low), language) if stem in stems][:1]
    if not found:
        found.append(_english_guess(low) if language == "en" else low)
    return tuple(dict.fromkeys(found))


def _english_guess(word: str) -> str:
    """Base form of an unlisted English word by its ending."""
    for ending, stem in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("ing", ""),
        ("ed", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word[: -len(ending)] + stem
            if ending in ("ing", "ed"):
                if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
                    return base[:-1]
                return (
                    base + "e"
                    if base.endswith(("at", "iz", "is", "us", "iv", "uc", "as", "ang", "ag", "c", "v"))
                    else base
                )
            return base
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


@cache
def dictionary(language: str) -> Any:
    """The pymorphy3 analyser of ru or uk, or None where its dictionary is not installed (or the language has none)."""
    if language not in ("ru", "uk"):
        return None
    try:
        import pymorphy3

        return pymorphy3.MorphAnalyzer(lang=language)
    except (ImportError, ValueError):
        return None
