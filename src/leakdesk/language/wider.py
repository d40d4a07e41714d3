"""What a word may tell beyond the table that readers rely on: more words a concept, and more forms a word.

concepts_wider.tsv and concepts_deeds.tsv (what is done: verbs, turns of phrase, verbal nouns) have the shape of concepts.tsv.
A row without a kind adds words to a known concept; others are concepts of their own. Comparing and checking meet across
languages through these words; a reader does not take them for verbs, since a word that tells a deed ("the supplier",
«заявка») need not be one. The deeds are narrow: two words of one of them tell the same deed. Here too are the forms that the
plain paradigms leave out: participles in every case («згублених ящиків»), the Ukrainian future («підписуватиму»), imperatives
(«беріться») and, from short_verbs.tsv, verbs whose stem changes («приніс»).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from leakdesk.language.paradigms import english_forms, noun_stem, slavic_forms, stems_of

_COLUMNS = ("en", "ru", "uk", "be")

#: Endings of adjectives and participles, after the stem («підписан» + «ого»).
_CASES = {
    "uk": ["ий", "а", "е", "і", "ого", "ому", "им", "ім", "ої", "ій", "у", "ою", "их", "ими", "о"],
    "be": ["ы", "ая", "ае", "ыя", "ага", "аму", "ым", "ой", "ую", "аю", "ых", "ымі", "а", "о"],
    "ru": ["ый", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ой", "ую", "ою", "ых", "ыми", "а", "о", "ы"],
}
#: Endings of passive participles as the plain paradigms make them, and how much of them ends the nominative.
_PARTICIPLES = {"uk": ("ний", "тий"), "be": ("ны", "ты"), "ru": ("н", "ен", "т")}
#: Infinitive ending -> endings of the imperative.
_IMPERATIVES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "uk": (
        ("увати", ("уй", "уйте", "уймо")),
        ("ювати", ("юй", "юйте")),
        ("ати", ("ай", "айте")),
        ("яти", ("яй", "яйте")),
        ("ити", ("и", "іть", "іте", "ь", "ьте")),
    ),
    "be": (
        ("аваць", ("уй", "уйце")),
        ("яваць", ("юй", "юйце")),
        ("аць", ("ай", "айце")),
        ("яць", ("яй", "яйце")),
        ("іць", ("і", "іце", "ь", "ьце")),
        ("ыць", ("ы", "ыце")),
    ),
    "ru": (
        ("овать", ("уй", "уйте")),
        ("ать", ("ай", "айте")),
        ("ять", ("яй", "яйте")),
        ("ить", ("и", "ите", "ь", "ьте")),
    ),
}
#: Verbs of one syllable and their compounds keep the vowel of the stem: «закрити» - «закриє», «мыць» - «мые».
_SHORT_STEMS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "uk": (("ити", ("ию", "иєш", "иє", "иємо", "иєте", "иють", "ито", "итий", "ита", "ите", "иті")),),
    "be": (("ыць", ("ыю", "ыеш", "ые", "ыем", "ыюць", "ыты", "ыта", "ытая", "ытыя")),),
}
_FUTURE = ("му", "меш", "ме", "мемо", "мете", "муть")


#: The tables, the one whose words come first in front; a table that is not there has no rows.
TABLES = ("concepts_wider.tsv", "concepts_deeds.tsv")
#: What a row may have instead of words: a language tells the thing in no word of its own.
NO_WORD = "-"

Row = tuple[str, str, dict[str, tuple[str, ...]]]


@lru_cache(maxsize=1)
def wider_rows() -> dict[str, Row]:
    """Concept id -> (kind, group, words by language); kind and group are "" where rows only add words to a known concept."""
    found: dict[str, Row] = {}
    for table in TABLES:
        for name, (kind, group, words) in rows_of(table).items():
            known = found.get(name, ("", "", {}))
            both = {each: tuple(dict.fromkeys((*known[2].get(each, ()), *words[each]))) for each in _COLUMNS}
            found[name] = (known[0] or kind, known[1] or group, both)
    return found


@lru_cache(maxsize=8)
def rows_of(table: str) -> dict[str, Row]:
    """The rows of one table by concept id; {} for a table that is not there."""
    path = files("leakdesk.language") / table
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else ()
    found: dict[str, Row] = {}
    for line in lines:
        name, kind, group, *columns = line.split("\t")
        words = (tuple(each for each in column.split(",") if each not in ("", NO_WORD)) for column in columns)
        found[name] = (kind, group, dict(zip(_COLUMNS, words, strict=True)))
    return found


@lru_cache(maxsize=1)
def deeds() -> frozenset[str]:
    """The ids of the narrow deeds: two words of one of them tell the same deed, of whatever wider class."""
    return frozenset(name for name, (kind, _, _) in rows_of("concepts_deeds.tsv").items() if kind)


def further_forms(verb: str, language: str) -> set[str]:
    """Forms of a Slavic verb that `slavic_forms` leaves out: participles by case, imperatives, the Ukrainian future."""
    reflexive = verb.endswith({"uk": "ся", "be": "цца", "ru": "ся"}.get(language, "-"))
    plain = verb if not reflexive else verb[:-2] if language != "be" else verb[:-3] + "ць"
    forms = set(_imperatives(plain, language))
    if language == "uk" and plain.endswith("ти"):
        forms |= {plain + ending for ending in _FUTURE}
    forms |= {
        plain[: -len(old)] + each
        for old, tails in (*_SHORT_STEMS.get(language, ()), *short_verbs().get(language, ()))
        if plain.endswith(old)
        for each in tails
    }
    if reflexive:
        third = {form[:-2] + "цца" for form in forms if language == "be" and form.endswith("ць")}
        third |= {form + "ться" for form in forms if language == "uk" and form.endswith("є")}
        return third | {form + tail for form in forms for tail in ("ся", "сь")}
    return forms | set(_participles(plain, language))


@lru_cache(maxsize=1)
def short_verbs() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Language -> (end of the infinitive, ends of its forms), from short_verbs.tsv: «принести» - «приніс»."""
    lines = (files("leakdesk.language") / "short_verbs.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for line in lines:
        language, end, forms = line.split("\t")
        listed = forms.split(",")
        persons = (each for form in listed for each in _persons(form, language))
        found.setdefault(language, []).append((end, tuple(dict.fromkeys((*listed, *persons)))))
    return {language: tuple(rows) for language, rows in found.items()}


#: Third person, singular or plural -> the other persons and the imperative that follow from it («вязе» - «вязеш, вязём, вязі»).
_PERSONS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "uk": (("е", ("еш", "емо", "ете", "и", "іть")), ("є", ("єш", "ємо", "єте")), ("уть", ("у",)), ("ють", ("ю",))),
    "be": (
        ("е", ("еш", "ем", "ём", "еце", "яце", "і", "іце")),
        ("э", ("эш", "эм", "ом", "аце", "ы", "ыце")),
        ("а", ("аш", "ам", "аце", "ы", "ыце")),
        ("уць", ("у",)),
        ("юць", ("ю",)),
    ),
}
#: What tells «скажа» from «нясла».
_PAST = ("ла", "на", "та", "ая")


def _persons(form: str, language: str) -> Iterator[str]:
    """The other persons of a verb of the first conjugation, from a third person of it."""
    for ending, tails in _PERSONS.get(language, ()):
        if form.endswith(ending) and not form.endswith(_PAST):
            yield from (form[: -len(ending)] + tail for tail in tails)
            return


def _imperatives(verb: str, language: str) -> Iterator[str]:
    for ending, tails in _IMPERATIVES.get(language, ()):
        if verb.endswith(ending):
            yield from (verb[: -len(ending)] + tail for tail in tails)
            return


def _participles(verb: str, language: str) -> Iterator[str]:
    for form in slavic_forms(verb, language):
        ending = next((each for each in _PARTICIPLES.get(language, ()) if form.endswith(each)), None)
        if ending is None or form == verb or len(form) < LEAST:
            continue
        stem = form if language == "ru" else form[: -len(ending) + 1]
        stem += "н" if language == "ru" and ending != "т" else ""
        yield from (stem + case for case in _CASES[language])


#: A shorter form is no participle.
LEAST = 6


def adjective_forms(word: str, language: str) -> set[str]:
    """The case forms of a Slavic adjective («іржавий» -> «іржаві», ...); () for a word that does not look like one."""
    endings = {"uk": ("ий", "ій"), "be": ("ы", "і"), "ru": ("ый", "ий", "ой")}.get(language, ())
    ending = next((each for each in endings if word.endswith(each)), None)
    if ending is None or len(word) < 5:
        return set()
    stem = word[: -len(ending)]
    soft = {"ru": ("ие", "им", "их", "ими", "ий"), "uk": (), "be": ("і", "ія", "іх", "ім", "імі")}[language]
    return {stem + case for case in (*_CASES[language], *soft)}


def verbal(word: str, language: str) -> bool:
    """Whether a base form looks like an infinitive."""
    return word.endswith(
        {
            "uk": ("ти", "тися"),
            "be": ("ць", "цца", "чы", "чыся", "сці", "сціся", "зці", "рці", "ісціся"),
            "ru": ("ть", "ться", "чь", "сти", "зти", "йти", "стись"),
        }.get(language, "-")
    )


def forms_of(word: str, language: str) -> set[str]:
    """Every form of a base form that rules can make."""
    if language == "en":
        return english_forms(word) | _irregular_forms(word)
    if verbal(word, language):
        return {word} | slavic_forms(word, language) | further_forms(word, language)
    return {word} | adjective_forms(word, language)


#: What may stand before an English verb that keeps its forms: "withhold" - "withheld".
_BEFORE = ("", "a", "be", "de", "for", "fore", "inter", "mis", "out", "over", "re", "un", "under", "up", "with")


def _irregular_forms(verb: str) -> set[str]:
    """ "withhold" -> withheld."""
    return {
        verb[: -len(end)] + tail
        for end, tails in short_verbs()["en"]
        if verb.endswith(end) and verb[: -len(end)] in _BEFORE
        for tail in tails
    }


def noun_stems(words: dict[str, tuple[str, ...]], language: str) -> dict[str, str]:
    """Stem -> word, for those of a language's words that are no verbs."""
    listed = (word for each in words.values() for word in each if " " not in word and not verbal(word, language))
    found: dict[str, str] = {}
    for word in listed:
        found.setdefault(noun_stem(word, language), word)
    return found


def stems(form: str, language: str) -> list[str]:
    """Possible stems of a noun form."""
    return list(stems_of(form, language))
