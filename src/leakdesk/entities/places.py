"""Names of places: what kind of place is named, how it sounds, and which places of the gazetteer it may be.

The gazetteer (`language/gazetteer.py`; GeoNames, CC BY 4.0) is asked by sound, so
Cyrillic, Latin and transcribed names meet. It holds historical and foreign names too: a shared alternate name is evidence
that two names may be one place, never proof.
"""

# ruff: noqa: E501, SIM905 (tables and lists of words read best a row a line)
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import product

from leakdesk.entities.org_words import stems_of
from leakdesk.language.gazetteer import Place, places_sounding
from leakdesk.language.inflect import BaseForm, base_forms
from leakdesk.language.romanise import Sound, sounds
from leakdesk.language.scripts import fold_homoglyphs, plain_text

#: Longer texts are no names of places.
LONGEST = 150


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A parsed name of a place."""

    text: str
    level: str
    words: tuple[str, ...]
    forms: tuple[tuple[BaseForm, Sound], ...]
    keys: frozenset[str]
    country: str


#: What a word beside a name says about its kind; "" at the end of a row is any ending.
_LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("region", re.compile(r"^(?:област|вобласц|обл$|oblast|voblast|region|край|krai|воеводств|ваяводств|voivodeship|province|провинц|земл[яі])", re.I)),
    ("district", re.compile(r"^(?:район|раён|р-н|раион|rayon|raion|district|повет|павет)", re.I)),
    ("street", re.compile(r"^(?:улиц|вуліц|вулиц|ул$|вул$|street|st$|проспект|праспект|avenue|переул|завулак|провул|площад|плошч|площ|square|шоссе|шаша)", re.I)),
    ("town", re.compile(r"^(?:город|горад|місто|міст|г$|гор$|м$|city|town|пгт|гп|г\.п|посёл|посел|пасёл|пасел|селищ|смт|село|сяло|вёска|деревн|дер$|д$|с$|village|хутор|аг$|агрогород|settlement|stadt)", re.I)),
    ("water", re.compile(r"^(?:река|рака|річк|river|озеро|возера|lake|море|sea)$", re.I)),
)  # fmt: skip
_STOP = frozenset(
    "of the in near from to at у ў в во на под пад під з із зі са с со из от до ад від каля около біля возле im an am der die bei nach von w we z ze do".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’ʼ.-][^\W_]+)*")


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> Named:
    """Take the name of a place apart."""
    plain = " ".join(fold_homoglyphs(each) for each in plain_text(text[: LONGEST * 4])[:LONGEST].split(" "))
    name, *context = [part for part in re.split(r"[,()]", plain) if part.strip()] or [""]
    level, words = _level(_WORD.findall(name))
    country = country_of(" ".join(words))
    if not country:
        country = next((found for part in context if (found := country_of(part.strip()))), "")
    joined = " ".join(words)
    forms = _forms(tuple(part for each in words for part in each.split("-") if part))
    if context and not country and not level:
        forms = _with_context(words, _WORD.findall(context[0])) or forms
    keys = {reading.key for _, reading in forms}
    if level in ("region", "district"):
        keys |= {stem for key in list(keys) for stem in stems_of(key)}
    return Named(joined or plain, level, tuple(words), forms, frozenset(keys), country)


def _with_context(words: list[str], context: list[str]) -> tuple[tuple[BaseForm, Sound], ...]:
    """Frankfurt (Oder) is a name as a whole, where the gazetteer knows it; () where it does not."""
    forms = _forms(tuple([*words, *context][:MOST_WORDS]))
    return forms if any(places_sounding(reading.key) for _, reading in forms[:2]) else ()


#: A name of a place has at most so many words.
MOST_WORDS = 6


def _level(words: list[str]) -> tuple[str, list[str]]:
    """What kind of place the words around a name say, and the name's own words; a preposition before it is none."""
    level, kept = "", []
    for each in words:
        found = next((name for name, pattern in _LEVELS if pattern.match(each.rstrip("."))), "")
        if found and len(words) > 1:
            level = level or found
        elif kept or each.lower() not in _STOP:
            kept.append(each)
    return level, kept or words


#: At most so many combinations of the base forms of a name's words are tried.
MOST_COMBINATIONS = 240
#: Words inside a name that have no cases: Ростов-на-Дону.
_INNER = frozenset("на над под у ад пад за при об on upon am an der die a sur de le la i и і".split())


@lru_cache(maxsize=1 << 14)
def _forms(words: tuple[str, ...]) -> tuple[tuple[BaseForm, Sound], ...]:
    if not words:
        return ()
    whole = "".join(words)
    forms = {(BaseForm(whole, "-", "nominative", "as written"), reading) for reading in sounds(whole)}
    if len(words) == 1:
        for form in base_forms(words[0]) | _place_forms(words[0]):
            forms |= {(form, reading) for reading in sounds(form.text)[:2]}
    else:
        for joined in _combined(words):
            forms |= {(BaseForm(joined, "-", "oblique", "inflection"), reading) for reading in sounds(joined)[:1]}
    return tuple(sorted(forms, key=lambda each: (each[0].rule != "as written", each[0].text, each[0].rule, each[1])))


def _combined(words: tuple[str, ...]) -> Iterator[str]:
    """A name of several words with each of them in its possible nominatives, the words behind "на" and the like as they stand."""
    fixed = next((at for at, each in enumerate(words) if at and each.lower() in _INNER), len(words))
    options = [
        [each]
        if at >= fixed
        else list(dict.fromkeys([each, *sorted({f.text for f in base_forms(each) | _place_forms(each)})]))
        for at, each in enumerate(words)
    ]
    for number, chosen in enumerate(product(*options)):
        if number >= MOST_COMBINATIONS:
            return
        yield "".join(chosen)


#: (ending in a text, nominative ending) of towns, beside what surnames do: Минске -> Минск, Бобруйском районе, Гомелем, Орше.
_TOWN_ENDINGS = (
    ("ах", "ы"), ("ам", "ы"), ("ами", "ы"), ("амі", "ы"), ("ов", "ы"), ("аў", "ы"), ("ів", "и"), ("ях", "и"), ("ях", "і"), ("ям", "и"), ("ей", "и"),
    ("цах", "цы"), ("нцы", "нец"), ("ца", "ец"), ("це", "ец"), ("цу", "ец"), ("цом", "ец"), ("ца", "ець"), ("ці", "ець"), ("цом", "ець"), ("цу", "ець"),
    ("цем", "ець"), ("оме", "ом"), ("о", "а"), ("дне", "дно"), ("не", "но"), ("ві", "в"), ("ові", "ів"), ("ова", "ів"), ("єва", "їв"), ("єві", "їв"),
    ("ева", "ів"), ("еві", "ів"), ("ом", "о"), ("у", "о"), ("а", "о"), ("е", "о"), ("і", "о"), ("дзе", "да"), ("дзе", "д"), ("дзе", "дно"),
    ("це", "т"), ("це", "та"), ("зі", "га"), ("зе", "га"), ("цы", "ка"), ("цэ", "ка"), ("ого", "ый"), ("ого", "ий"), ("ого", "ое"), ("ом", "ое"),
    ("ем", "ий"), ("их", "ие"), ("ых", "ые"), ("их", "і"), ("их", "и"), ("им", "ий"), ("ом", "ой"), ("ому", "е"), ("ого", "е"), ("ім", "е"), ("ім", "ае"), ("ым", "ае"),
    ("ага", "ае"), ("ых", "ыя"), ("іх", "ія"), ("ава", "аў"), ("аве", "аў"), ("ова", "оў"), ("ове", "оў"), ("ева", "еў"), ("еве", "еў"), ("ава", "ава"), ("ы", ""),
    ("нці", "нець"), ("ья", "ье"), ("ью", "ье"), ("лю", "ль"), ("ле", "ль"), ("лем", "ль"), ("ні", "нь"), ("ню", "нь"), ("ей", "я"), ("ою", "а"), ("аю", "а"), ("яй", "я"),
    ("єю", "я"), ("ею", "я"), ("ии", "ия"), ("ії", "ія"), ("ыі", "ыя"), ("ам", ""), ("ем", "е"), ("ям", "я"), ("ого", "ой"), ("ому", "ой"), ("ому", "ый"), ("ую", "ая"),
    ("ым", "ый"), ("ай", "ая"), ("ой", "ая"), ("ий", "ой"), ("ом", "ый"), ("ага", "ы"), ("ім", "і"), ("ому", "ий"), ("ої", "а"), ("ій", "а"),
)  # fmt: skip


def _place_forms(word: str) -> set[BaseForm]:
    lower = word.lower()
    if lower.startswith("во") and len(lower) > SHORTEST_PROTHESIS:
        bare = word[1].upper() + word[2:]  # Ворша is Орша: Belarusian puts в before a stressed о
        return {*_declined(word), *_declined(bare), BaseForm(bare, "-", "nominative", "be prothesis")}
    return _declined(word)


#: Belarusian в before a first о is taken off words with more letters.
SHORTEST_PROTHESIS = 4


def _declined(word: str) -> set[BaseForm]:
    lower = word.lower()
    return {
        BaseForm(word[: len(word) - len(ending)] + base, "-", "oblique", "inflection")
        for ending, base in _TOWN_ENDINGS
        if lower.endswith(ending) and len(word) - len(ending) >= 3 and any("а" <= char <= "ї" for char in lower)
    }


@cache
def _countries() -> dict[str, str]:
    text = resources.files("leakdesk.entities").joinpath("tables", "countries.tsv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        code, names = line.split("\t")
        for name in names.split("|"):
            found[name.casefold()] = code
    return found


@lru_cache(maxsize=1 << 14)
def country_of(text: str) -> str:
    """The ISO code of a country's name, inflected ones too; "" if it is no country."""
    table = _countries()
    lower = plain_text(text).casefold().removeprefix("the ")
    if lower in table:
        return table[lower]
    if " " in lower:
        return ""
    return next(
        (table[form.text.casefold()] for form in sorted(base_forms(lower)) if form.text.casefold() in table), ""
    )


def find(key: str) -> tuple[Place, ...]:
    """The places whose name has this sound, the largest first."""
    return places_sounding(key)


def candidates(
    text: str, *, countries: frozenset[str] = frozenset(), regions: frozenset[str] = frozenset()
) -> tuple[Place, ...]:
    """The gazetteer's places a name may be, best first: countries and regions of the context count first, then inhabitants."""
    named = parse(text)
    found = {place.id: place for key in named.keys for place in find(key)}
    context = countries | ({named.country} if named.country else frozenset())
    return tuple(
        sorted(
            found.values(),
            key=lambda each: (each.country not in context, each.region not in regions, -each.population, each.id),
        )
    )


def is_place(word: str, *, smallest: int = 0) -> bool:
    """Whether the gazetteer knows a name (in any of its base forms), with at least so many inhabitants."""
    return any(place.population >= smallest for key in parse(word).keys for place in find(key)[:1])
