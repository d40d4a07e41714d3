"""One word of an organisation's name: what it means in any of four languages, or how it sounds when it is an own name.

Words of four languages meet in concepts: завод, zavod, plant and works are `plant`; a compound is several (авиаремонтный =
aviation + repair). What stands in no table is an own name and is kept by its sound, without the endings of place adjectives
(Минский, Мінскі, Minsk).
"""

# ruff: noqa: E501, SIM905 (lists read best a row a line)
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leakdesk.entities.org_tables import PLAIN_DETAIL, SHORTEST_PREFIX_SOUND, SHORTEST_SOUND, Concepts, tables
from leakdesk.language.romanise import sounds
from leakdesk.language.scripts import script_of


@dataclass(frozen=True, slots=True, eq=False)
class OwnWord:
    """An own name: as written, the sounds it may have without the endings of place adjectives, and `meaning`: the concepts
    it would be as a common noun («Мебельщик» has none, «Звезда» and «Стройматериалы» have).
    """

    text: str
    stems: frozenset[str]
    capitals: bool
    letters: frozenset[str]
    meaning: frozenset[str] = frozenset()
    #: Written like a common noun (a small letter, in Slavic languages): a word that the table lacks, rather than a name.
    common: bool = False


#: What may follow a Cyrillic stem: an ending of at most this many letters, two more behind a long stem.
LONGEST_ENDING, LONG_STEM = 5, 7
#: Behind stems of at most so many letters only a true ending may stand: Винница is no вин + ница.
SHORT_STEM = 5
_SUFFIXES = (
    "нн н ов ев ав яв оў аў еў ськ ьськ ьск ск цк цьк зьк ян ан ич іч ыч ическ ичн ічн ычн еск альн ельн яльн ільн ьн льн оч еч ач яч "
    "енн ён ионн ыйн ійн ир ник нік щик чик шчык ок ак ек ец ц ств тв ост асц ист іст ыст к ар яр тел ин ын ін л т ч ш".split()
)
_ENDINGS = (
    "а я о е э у ю ы и і ї ь й ой ей ій ый ий ай яй ая яя ое ее ае яе ого его ога ага яга ому ему аму яму ої ії ия ие ии ию ія ією "
    "ыя ыі ым им ім ом ем ам ям ами ями амі ямі ах ях ых их іх ов ев єв ів їв оў аў яў еў ью ою ею мі ми ці ию иям иях ією".split()
)
_ENDING = re.compile(rf"(?:{'|'.join(sorted(_SUFFIXES, key=len, reverse=True))}){{0,3}}(?:{'|'.join(_ENDINGS)})?")


#: Behind a short stem this makes the adjective of a place: Донецкая is no дан + ецкая.
_PLACE_ADJECTIVE = re.compile("[сцз]ь?к")


@lru_cache(maxsize=1 << 15)
def concepts_of(lower: str) -> Concepts:
    """The concepts of one word in small letters; () for a word in no table."""
    table = tables()
    if script_of(lower) == "Latin":
        bare = lower.removesuffix("'s")
        return _english(bare) or _english_compound(bare) or _romanised(bare)
    for length in range(len(lower), 1, -1):
        found = table.stems.get(lower[:length])
        if found is None:
            continue
        concepts, prefix = found
        rest = lower[length:].lstrip("-")
        if prefix and len(rest) > 2:
            more = concepts_of(rest)
            if more:
                return tuple(dict.fromkeys((*concepts, *more)))
        if (length >= 3 or not rest) and _may_end(length, rest, land=concepts[0].startswith("geo-")):
            return concepts
    return _compound(lower) or (concepts_of(lower[:-2] + "ка") if lower.endswith(_SOFTENED) else ())


#: Locatives that soften the stem: навуцы is навука, безпеці is безпека.
_SOFTENED = ("цы", "ці")
#: Halves of compounds have at least so many letters; so have the words that an English prefix (hydro-) stands before.
SHORTEST_HALF = 4
_LINKING = frozenset("оеаяёэ")


def _compound(lower: str) -> Concepts:
    """трубопрокатный is трубн + прокатн: two stems of the table joined by a vowel."""
    stems = tables().stems
    for cut in range(len(lower) - SHORTEST_HALF - 2, SHORTEST_HALF - 2, -1):
        if lower[cut] not in _LINKING:
            continue
        first = stems.get(lower[:cut]) or stems.get(lower[:cut] + "н")
        if first is None or (cut < SHORTEST_HALF and not first[1]):
            continue
        second = concepts_of(lower[cut + 1 :].lstrip("-"))
        if second:
            return tuple(dict.fromkeys((*first[0], *second)))
    return ()


def _english(bare: str) -> Concepts:
    english = tables().english
    return (
        english.get(bare)
        or english.get(bare.removesuffix("s"))
        or english.get(bare.removesuffix("es"))
        or (english.get(bare[:-3] + "y") if bare.endswith("ies") else None)
        or ()
    )


def is_english(lower: str) -> bool:
    """Whether a Latin word is an English word of the table, rather than a romanised one."""
    bare = lower.removesuffix("'s")
    return bool(_english(bare) or _english_compound(bare))


_PREFIXES = (
    "bio",
    "geo",
    "hydro",
    "electro",
    "thermo",
    "nano",
    "agro",
    "aero",
    "radio",
    "photo",
    "petro",
    "auto",
    "metallo",
)


def _english_compound(bare: str) -> Concepts:
    """biophysics is bio + physics."""
    for prefix in _PREFIXES:
        if bare.startswith(prefix) and len(bare) >= len(prefix) + SHORTEST_HALF:
            first, second = _english(prefix), _english(bare[len(prefix) :].lstrip("-"))
            if first and second:
                return tuple(dict.fromkeys((*first, *second)))
    return ()


def _may_end(length: int, rest: str, *, land: bool) -> bool:
    if length <= SHORT_STEM:
        return _ENDING.fullmatch(rest) is not None and (land or not _PLACE_ADJECTIVE.search(rest))
    if _ENDING.fullmatch(rest):
        return True
    return len(rest) <= LONGEST_ENDING + 2 * (length >= LONG_STEM or rest.startswith(("ьс", "ьк", "йс")))


#: What may stand behind a stem in a word of these languages, as sounds: endings of cases and of adjectives.
_SLAVIC_ENDING = re.compile(
    r"(?:al|it|itil|ital|av|an|in|at|ir|itsi|ati|at)?(?:n|c?sk|tk|sk|v|k|stv|st|nast)?n?[aiu]{0,3}(?:[gmv][aiu]{0,2})?(?:mi)?"
)
#: Stems of fewer sounds must agree in their vowels too: Kazan is not казённ.
SOUND_ALONE = 7


def is_ending(rest: str) -> bool:
    """Whether what is left of a word (as sounds) is only an ending of a case or an adjective."""
    return _SLAVIC_ENDING.fullmatch(rest) is not None


@lru_cache(maxsize=1 << 14)
def _romanised(lower: str) -> Concepts:
    """The concepts of a Slavic word in Latin letters, by sound; only words that end as Slavic words do."""
    for reading in sounds(lower)[:2]:
        found = _by_sound(reading.key, reading.detail.translate(PLAIN_DETAIL))
        if found:
            return found
    return ()


def _by_sound(key: str, detail: str) -> Concepts:
    table = tables().by_sound
    for length in range(len(key), SHORTEST_PREFIX_SOUND - 1, -1):
        for heard, concepts, prefix in table.get(key[:length], ()):
            if length < SOUND_ALONE and heard != detail[:length]:
                continue
            rest = key[length:]
            more = _by_sound(rest, detail[length:]) if prefix and len(rest) > 2 else ()
            if more:
                return tuple(dict.fromkeys((*concepts, *more)))
            if length >= SHORTEST_SOUND and _SLAVIC_ENDING.fullmatch(rest):
                return concepts
    return ()


# ---- own names

#: Endings of place adjectives, as sounds, longest first; then what such an adjective puts between the place and -ski; then place endings.
_ADJECTIVE = ("skaga", "skamu", "skaia", "skai", "skim", "skam", "skig", "skia", "ski", "ska", "sk", "tki", "tka", "tkai", "tk", "zki", "zka", "zkaga")  # fmt: skip
_LINKS = ("navl", "anav", "an", "in", "av", "iv", "n", "avl")
_VOWELS = frozenset("aiu")
_PLACE = ("av", "iv", "ava", "iva", "in", "ina", "na", "a", "i", "ia", "u")
#: What only Ukrainian spells: its і may stand where Russian has е or о.
_UKRAINIAN = re.compile(r"^(?=.*(?:[иїєґ]|[сцз]ьк))[^ыэёъў]+$")
#: English endings of words that Slavic languages share: logistics is логистика.
_ENGLISH_ENDINGS = (
    ("ics", "ika"),
    ("tion", "tsiya"),
    ("ance", "ans"),
    ("ence", "ens"),
    ("sis", "z"),
    ("gy", "giya"),
    ("ty", "t"),
)
#: A stem left after cutting has at least so many sounds.
SHORTEST_STEM = 3


@lru_cache(maxsize=1 << 15)
def own_word(token: str, capitals: bool, meaning: Concepts = ()) -> OwnWord:
    """A word as an own name; `capitals`: it is an acronym; `meaning`: what it means as a common noun."""
    stems: set[str] = set()
    lower = token.lower()
    respelled = [token, *(token[: -len(ending)] + base for ending, base in _ENGLISH_ENDINGS if lower.endswith(ending))]
    if _UKRAINIAN.search(lower) and "і" in lower:
        respelled += [lower.replace("і", "е", 1), lower.replace("і", "е")]  # Річиця is Речица
        respelled += (
            [lower.replace("і", "о", 1), lower.replace("і", "о")] if lower.endswith(("кий", "ка", "ке")) else []
        )
    for reading in (each for text in respelled for each in sounds(text)):
        stems |= stems_of(reading.key)
    letters = frozenset(reading.key[0] for reading in sounds(token))
    return OwnWord(
        text=token,
        stems=frozenset(stems) or frozenset({lower}),
        capitals=capitals,
        letters=letters,
        meaning=frozenset(meaning),
        common=token[:1].islower() and script_of(token) == "Cyrillic",
    )


def stems_of(key: str) -> set[str]:
    """A sound key and what is left of it without the endings of place adjectives and cases: minski -> min, harkavski -> hark."""
    found = {key}
    if key.startswith("tacn"):
        found.add("tagn" + key[4:])  # techno- is tekhno-
    adjective = {key[: -len(ending)] for ending in _ADJECTIVE if key.endswith(ending)}
    adjective |= {key[: -len(ending) + 1] for ending in _ADJECTIVE if key.endswith(ending)}  # Брестский, Одесский
    found |= adjective
    found |= {stem[: -len(link)] for stem in adjective for link in _LINKS if stem.endswith(link)}
    found |= {key[:-3] + sound for ending in ("tki", "tka") if key.endswith(ending) for sound in "cgk"}  # Барановицкий
    found |= {key[:-3] + sound for ending in ("zki", "zka") if key.endswith(ending) for sound in "jg"}  # Запорізький
    found |= {stem[:-2] for stem in adjective if stem.endswith("ai")}  # Берестейский
    found |= {
        stem[:-2] + "n" for stem in adjective if stem[-2:] in ("in", "an") and stem[-3:-2] not in _VOWELS
    }  # Ровенский
    found |= {stem[:-1] + {"j": "g", "c": "k"}[stem[-1]] for stem in adjective if stem[-1:] in ("j", "c")}  # Калужский
    found |= {stem + "x" for stem in adjective if stem[-1:] in _VOWELS}  # Добруська of Dobrush
    found |= {key[: -len(ending)] for ending in _PLACE if key.endswith(ending)}
    return {stem for stem in found if len(stem) >= SHORTEST_STEM} or {key}
