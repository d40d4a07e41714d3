"""An organisation's name taken apart: what kind of body it is, its numbers, its legal form, its own words, its acronym.

Words mean concepts or are own names (`org_words.py`); a number counts as itself: 121st = 121-й = №121; "имени" and initials
show whom a body is named after; common words in quotes are a brand, known by its translation or by its sound.
"""

# ruff: noqa: E501, SIM905 (tables and lists of words read best a row a line)
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from leakdesk.entities.org_tables import LEGAL_WORDS, Concepts, legal_classes, tables, two_words, without_legal
from leakdesk.entities.org_towns import is_home_town
from leakdesk.entities.org_words import OwnWord, concepts_of, is_english, own_word
from leakdesk.language.scripts import fold_homoglyphs, plain_text, script_of

#: Longer texts are cut: no name of a body is longer.
LONGEST = 400

Each = Concepts | OwnWord
"""What one word of a name is: concepts, or an own name."""


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A parsed name of an organisation. `order` keeps concepts and own words as they stand, for acronyms; `words` is all but
    the legal form, as written; `honoured` are the own words of whom it is named after.
    """

    text: str
    numbers: frozenset[str]
    legal: frozenset[str]
    heads: frozenset[str]
    concepts: frozenset[str]
    own: tuple[OwnWord, ...]
    order: tuple[Each, ...]
    acronyms: frozenset[str]
    words: frozenset[str] = frozenset()
    honoured: frozenset[OwnWord] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compare."""
        return not (self.concepts or self.own or self.numbers)


_STOP = frozenset(
    """of the and for in at by on to de la le und der die das für im with its all with its по и в на с со для при из о об от при у ў з зі із і й та та для
    пры па аб г гор город г. м горад місто місті да до за""".split()
)
#: What stands before the name of whom a body is named after; and initials, which only people have.
_INITIAL = re.compile(r"(?<![\w.])[A-ZА-ЯЁІЇЄЎҐ]\.-?(?=\s*\w)")
_HONOUR_WORD = re.compile(
    r"(?<!\w)(?:имени|імя|імені|им\.|ім\.|памяти|памяці|пам'яті|imeni|imia|named\s+(?:after|for|by)|in\s+memory\s+of)(?=\s|$)",
    re.IGNORECASE,
)
_HONOURED = "¤"
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
_TOKEN = re.compile(r"¤|\d+(?:[./-]\d+)*|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*", re.UNICODE)
_ORDINAL_ENDING = re.compile(
    r"(?<=\d)-?(?:ый|ий|ой|ая|ое|ые|ого|его|му|ому|ым|тий|тій|ший|мий|мій|гий|тя|ша|та|га|ма|те|ше|ге|го|м|й|я|е|х|ага|мы|ці|ты|ы|і|ї|ій|а|"
    r"st|nd|rd|th)(?![\w])",
    re.IGNORECASE,
)
_SPACED_NUMBER = re.compile(r"(?:№|#|\bno\.?|\bnr\.?|\bnumber|\bномер|\bнумар)\s*(?=\d)", re.IGNORECASE)
#: Short names of councils begin with their town: Брестгорисполком, Мінгарвыканкам.
_TOWN_COUNCIL = re.compile(r"(\w{3,}?)((?:гор|обл|рай|гар|абл|міськ)(?:исполком|выканкам|виконком)\w{0,3})")
#: A brand in quotes has at most so many words, none of them a kind of body.
LONGEST_BRAND = 3
#: Concepts that are names of lands, seas and brands, which languages translate: they count as own names.
NAMES = ("geo-", "name-")


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> Body:
    """Take an organisation's name apart."""
    plain = fold_all(plain_text(text[:LONGEST]))
    rest, legal = _without_form(plain)
    numbers: set[str] = set()
    order = _phrased(_merged(_ordered(rest, numbers)))
    spelled_out = {
        LEGAL_WORDS[concept]
        for each, _ in order
        if isinstance(each, tuple)
        for concept in each
        if concept in LEGAL_WORDS
    }
    kept = [(bare, honoured) for each, honoured in order if (bare := _without_legal(each, bool(spelled_out)))]
    concepts = frozenset(concept for each, _ in kept if isinstance(each, tuple) for concept in each)
    own = tuple(each for each, _ in kept if isinstance(each, OwnWord))
    return Body(
        text=plain,
        numbers=frozenset(numbers),
        legal=frozenset(legal | spelled_out),
        heads=concepts & tables().heads,
        concepts=concepts,
        own=own,
        order=tuple(each for each, _ in kept),
        acronyms=frozenset(each.text for each in own if each.capitals),
        words=frozenset(each for each in _TOKEN.findall(rest.casefold()) if each not in _STOP and each != _HONOURED),
        honoured=frozenset(each for each, honoured in kept if honoured and isinstance(each, OwnWord)),
    )


def fold_all(text: str) -> str:
    """Look-alike letters put right, word by word."""
    return " ".join(fold_homoglyphs(each) for each in text.split(" "))


def _without_form(plain: str) -> tuple[str, set[str]]:
    """A name without its legal form, with marks where somebody is honoured, and the classes of the form."""
    rest = re.sub(r"\bR&D\b", "research", plain)
    rest = two_words().sub(lambda term: term.group().replace(" ", "-"), rest)
    rest = _ORDINAL_ENDING.sub(" ", _SPACED_NUMBER.sub(" ", rest)).replace("ё", "е").replace("Ё", "Е")
    legal = set(legal_classes(rest))
    stripped = without_legal(rest)
    rest = stripped if _TOKEN.search(stripped) else rest
    return _INITIAL.sub(f" {_HONOURED} ", _HONOUR_WORD.sub(f" {_HONOURED} ", rest)), legal


def _ordered(rest: str, numbers: set[str]) -> list[tuple[Each, bool]]:
    """Every word as concepts or an own name, and whether it belongs to somebody honoured. Numbers are put into `numbers`."""
    order: list[tuple[Each, bool]] = []
    shouted = rest.isupper() and len(rest.split()) > 1
    honoured = False
    for number, part in enumerate(rest.split('"')):
        tokens = _TOKEN.findall(part)
        brand = number % 2 == 1 and _is_brand(tokens)
        for token in tokens:
            if token[0].isdigit():
                numbers.add(token.lstrip("0") or "0")
            elif token == _HONOURED:
                honoured = True
            else:
                for each in _classified(token, numbers, shouted, brand=brand):
                    honoured = honoured and isinstance(each, OwnWord)
                    order.append((each, honoured))
    return order


def _is_brand(tokens: list[str]) -> bool:
    if not 1 <= len(tokens) <= LONGEST_BRAND:
        return False
    return not any(_is_formal(concepts_of(_lower(token))) for token in tokens)


def _lower(token: str) -> str:
    lower = token.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")
    return "у" + lower[1:] if lower.startswith("ў") else lower


def _classified(token: str, numbers: set[str], shouted: bool, *, brand: bool = False) -> list[Each]:
    lower = _lower(token)
    if lower in _STOP or (len(lower) == 1 and script_of(lower) != "other" and (shouted or not token.isupper())):
        return []
    if lower in _ROMAN and token.isupper():
        numbers.add(_ROMAN[lower])
        return []
    if token in tables().acronyms:
        return [tables().acronyms[token]]
    council = _TOWN_COUNCIL.fullmatch(lower)
    if council is not None:
        return [own_word(token[: council.end(1)], capitals=False), concepts_of(council[2])]
    capitals = token.isupper() and 2 <= len(token) <= (4 if shouted else 7)
    found = concepts_of(lower) if shouted or not capitals else ()
    capitals = capitals and not found
    if found and found[0].startswith("geo-"):
        return [
            OwnWord(text=token, stems=frozenset(found), capitals=False, letters=frozenset(), meaning=frozenset(found))
        ]
    if found and not shouted and token[0].isupper() and _may_be_town(lower, found):
        town = own_word(token, capitals=False, meaning=found)
        if is_home_town(town):
            return [town]
    if found and (brand or found[0].startswith(NAMES)) and not _is_formal(found):
        return [own_word(token, capitals=False, meaning=found)]
    if found:
        return [found]
    if "-" in token and not capitals:
        parts = [part for part in token.split("-") if part]
        return [each for part in parts for each in _classified(part, numbers, shouted, brand=brand)]
    return [own_word(token, capitals)]


def _may_be_town(lower: str, found: Concepts) -> bool:
    """Whether a word that the table knows may be a town's all the same: one known by sound only, or ending as adjectives of towns do."""
    if any(concept in tables().heads or concept.startswith("country-") for concept in found):
        return False
    if script_of(lower) == "Latin":
        return not is_english(lower)
    return _TOWNISH.search(lower) is not None and not _is_stem(lower)


_TOWNISH = re.compile("[сцз]ь?к[а-яіїєў]{1,4}$")


def _is_stem(lower: str) -> bool:
    """Whether the table has the adjective itself: городск, советск."""
    return any(
        lower[:length] in tables().stems
        for length in range(len(lower) - 5, len(lower))
        if length > 0 and lower[length - 1] == "к"
    )


def _is_formal(found: Concepts) -> bool:
    """Whether a word in quotes says what kind of body, which land or which legal form it is: no brand."""
    heads = tables().heads
    return any(each in heads or each == "house" or each.startswith("country-") or each.endswith("~") for each in found)


#: A town of two words has at least so many inhabitants, to be taken as one word.
TOWN_OF_TWO_WORDS = 20_000


def _merged(order: list[tuple[Each, bool]]) -> list[tuple[Each, bool]]:
    """Kryvyi Rih is one town: two own words that name one together become one, with the stem of its adjective."""
    found: list[tuple[Each, bool]] = []
    for each, honoured in order:
        before = found[-1][0] if found else None
        if isinstance(before, OwnWord) and isinstance(each, OwnWord) and not honoured:
            town = _town_of_two(before, each)
            if town is not None:
                found[-1] = (town, False)
                continue
        found.append((each, honoured))
    return found


@lru_cache(maxsize=1 << 12)
def _town_of_two(first: OwnWord, second: OwnWord) -> OwnWord | None:
    from leakdesk.language.gazetteer import places_sounding

    if first.capitals or second.capitals or not (first.text[:1].isupper() and second.text[:1].isupper()):
        return None
    joined = own_word(first.text + second.text.lower(), capitals=False)
    if not any(place.population >= TOWN_OF_TWO_WORDS for key in joined.stems for place in places_sounding(key)[:1]):
        return None
    bare = max(first.stems, key=len).rstrip("aiu")
    adjectives = {f"{bare}a{stem}" for stem in second.stems}
    adjectives |= {stem[:-1] + {"g": "j", "k": "c"}[stem[-1]] for stem in adjectives if stem[-1] in "gk"}
    return replace(joined, text=f"{first.text} {second.text}", stems=joined.stems | adjectives)


def _phrased(order: list[tuple[Each, bool]]) -> list[tuple[Each, bool]]:
    """Neighbouring concepts that mean one thing together become that thing: железная дорога is a railway."""
    phrases = tables().phrases
    found: list[tuple[Each, bool]] = []
    for each, honoured in order:
        found.append((each, honoured))
        for count in (3, 2):
            last = [words for words, _ in found[-count:] if isinstance(words, tuple)]
            if len(last) != count:
                continue
            meaning = phrases.get(tuple(sorted(concept for words in last for concept in words)))
            if meaning is not None:
                found[-count:] = [(meaning, False)]
                break
    return found


def _without_legal(each: Each, spelled_out: bool) -> Each:
    """The concepts that are no part of a legal form; "society" is one where the form is spelled out word by word."""
    if isinstance(each, OwnWord) or (spelled_out and each == ("society",)):
        return each if isinstance(each, OwnWord) else ()
    return tuple(concept for concept in each if not concept.endswith("~"))


def word_concepts(word: str) -> tuple[str, ...]:
    """What a word of an organisation's name means in any of the languages ("plant", "country-RU"); () for other words."""
    return concepts_of(word.casefold())
