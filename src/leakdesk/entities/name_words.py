"""One word of a person's name and everything it can be: given name, short form, father's name, initial, surname; and whose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leakdesk.entities.given_names import Gender, bare_key, families, initial_classes
from leakdesk.language.inflect import BaseForm, base_forms
from leakdesk.language.press import press_sounds
from leakdesk.language.romanise import Sound, exchange, sounds
from leakdesk.language.scripts import fold_homoglyphs, script_of
from leakdesk.language.spelling import softens_by_itself


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a name: its sounds (as written and in its base forms), and what it can be."""

    text: str
    key: str
    keys: frozenset[str]
    forms: tuple[tuple[BaseForm, Sound], ...]
    families: frozenset[int]
    short_for: frozenset[int]
    patronymic_of: frozenset[int]
    patronymic_stem: str
    initials: frozenset[str]
    is_initial: bool
    genders: frozenset[tuple[Gender, bool]]
    surname_genders: frozenset[tuple[Gender, bool]]
    parts: tuple[str, ...]
    soft_l: bool


#: Patronymic endings on sound keys -> gender; the rest is the father's name. Longest first.
_PATRONYMICS: tuple[tuple[str, Gender], ...] = (
    ("inicna", "f"),
    ("avic", "m"),
    ("avig", "m"),
    ("avna", "f"),
    ("ivna", "f"),
    ("icna", "f"),
    ("ivic", "m"),
    ("ic", "m"),
)
#: What may stand on a patronymic when it is inflected, as sounds.
_SHORTEST_FATHER = 2


_MASCULINE = re.compile(
    r"(?:[оеёєїа]в|[оеёаії]ў|[иыії]н|[сц]ь?к[иіо]й|[сц]к[іы]|[ыо]й)$|"
    r"(?:[oeyi][vw]|[aeo]u|[iy]n|sk[iy]y?i?j?|[tc]k[iy])$",
    re.IGNORECASE,
)
_FEMININE = re.compile(
    r"(?:[оеёєїа]ва|[оеёаії]ўна|[иыії]на|[сц]ь?кая?|[ая]я|овна|евна|івна|їв?на|ична|[аеё]ўна)$|"
    r"(?:[oeayi][vw]a|[iy]na|[sc]kay?i?j?a|[sc]ka|[oe]vna|ivna|[iy]chna|[ae]una)$",
    re.IGNORECASE,
)


def shape_gender(text: str) -> Gender:
    if _FEMININE.search(text):
        return "f"
    return "m" if _MASCULINE.search(text) else "-"


#: Systems of the press in which a given name is looked up, marked or not.
_PRESS = frozenset(("German", "French", "Spanish"))


@lru_cache(maxsize=1 << 16)
def word(text: str, systems: frozenset[str] = frozenset()) -> Word:
    """What one word of a name can be; `systems` of the press that other words of the name show."""
    clean = fold_homoglyphs(text)
    table = families()
    forms = _forms(clean, systems)
    cyrillic = script_of(clean) == "Cyrillic"
    keys = frozenset(reading.key for _, reading in forms)
    found: set[int] = set()
    short: set[int] = set()
    for _, reading in forms:
        found |= _named(reading, table.by_key, cyrillic)
        short |= _named(reading, table.short_keys, cyrillic)
    if not found and not short and not cyrillic:
        for reading in press_sounds(clean, _PRESS):  # Sinaida, as the German press spells Зинаида
            found |= _named(reading, table.by_key, cyrillic)
    short -= found
    found |= short
    fathers, stem, patronymic_gender = _father(forms)
    is_initial = len(clean.rstrip(".")) <= 1 or (
        len(clean) == 2 and clean[0].isupper() and clean[1].islower() and _digraph(clean)
    )
    initials = initial_classes(clean.rstrip("."))
    for number in found:
        initials |= table.initials[number]
    return Word(
        text=clean,
        key=forms[0][1].key if forms else "",
        keys=keys,
        forms=forms,
        families=frozenset(found),
        short_for=frozenset(short),
        patronymic_of=fathers,
        patronymic_stem=stem,
        initials=initials,
        is_initial=is_initial,
        genders=_word_genders(clean, forms, frozenset(found), patronymic_gender),
        surname_genders=_word_genders(clean, forms, frozenset(), frozenset()),
        parts=tuple(part for part in re.split(r"[-‐]", clean) if part),
        soft_l=softens_by_itself(clean) or ("Soft l" in systems and "ł" not in clean.lower()),
    )


_DIGRAPHS = frozenset(
    ("Ya", "Yu", "Ye", "Yo", "Zh", "Kh", "Ts", "Ch", "Sh", "Ia", "Iu", "Ie", "Io", "Ja", "Ju", "Je", "Dz", "Jo")
)


def _digraph(text: str) -> bool:
    return text in _DIGRAPHS


def _named(reading: Sound, keys: dict[str, frozenset[int]], cyrillic: bool) -> frozenset[int]:
    """The families a word's sound names, where a rule of spelling explains each difference to one of their forms.

    A Cyrillic word is held against Cyrillic forms where there are any: Victoria's -ia is less exact than Виктория's -ия.
    """
    details = families().details
    return frozenset(
        number
        for number in keys.get(reading.key, ())
        if any(exchange(reading, each) is not None for each in _details(details, reading.key, number, cyrillic))
    )


def _details(
    details: dict[tuple[str, int, bool], tuple[Sound, ...]], key: str, number: int, cyrillic: bool
) -> tuple[Sound, ...]:
    own, foreign = details.get((key, number, True), ()), details.get((key, number, False), ())
    return (own or foreign) if cyrillic else (*own, *foreign)


def _forms(text: str, systems: frozenset[str]) -> tuple[tuple[BaseForm, Sound], ...]:
    ordered = sorted(base_forms(text), key=lambda form: (form.rule != "as written", form.text, form.gender, form.rule))
    press = tuple((BaseForm(text, "-", "nominative", "as written"), reading) for reading in press_sounds(text, systems))
    return (*((form, reading) for form in ordered for reading in sounds(form.text)), *press)


def _father(forms: tuple[tuple[BaseForm, Sound], ...]) -> tuple[frozenset[int], str, frozenset[tuple[Gender, bool]]]:
    """The families a patronymic names, its stem, and its genders; empty when this is no patronymic."""
    table = families()
    found: set[int] = set()
    stem = ""
    genders: set[tuple[Gender, bool]] = set()
    for form, reading in forms:
        nominative = form.rule == "as written"
        regular = table.by_patronymic.get(reading.key)
        for ending, gender in _PATRONYMICS:
            if not reading.key.endswith(ending):
                continue
            if regular:
                found |= regular
                genders.add((gender, nominative))
                stem = stem or reading.key[: -len(ending)]
                break
            father = bare_key(reading.key[: -len(ending)])
            if len(father) < _SHORTEST_FATHER:
                continue
            known = table.by_stem.get(father, frozenset())
            found |= known
            genders.add((gender, nominative))
            stem = stem or father
            if known:
                break
    return frozenset(found), stem, frozenset(genders)


def _word_genders(
    text: str,
    forms: tuple[tuple[BaseForm, Sound], ...],
    found: frozenset[int],
    patronymic: frozenset[tuple[Gender, bool]],
) -> frozenset[tuple[Gender, bool]]:
    """(gender, nominative) as this word allows: "Горбачёва" -> a woman in the nominative, or a man in another case."""
    table = families()
    cyrillic = script_of(text) == "Cyrillic"
    if patronymic:
        return patronymic
    genders: set[tuple[Gender, bool]] = set()
    for form, reading in forms:
        nominative = form.rule == "as written"
        given = (_named(reading, table.by_key, cyrillic) | _named(reading, table.short_keys, cyrillic)) & found
        if given:
            genders |= {(table.genders[number], nominative) for number in given}
        elif nominative and not found:
            genders.add((shape_gender(text), True))
        elif not nominative and not found and form.gender != "-":
            genders.add((form.gender, form.case == "nominative"))
    return frozenset(genders) or frozenset({("-", True)})
