"""Chains: the steps about the same goods, put in the order of their days, with parties, countries and amounts.

Letters of one thread are about the same goods; threads about goods of one group belong together when they share a house. A
thread that names no goods belongs to the one chain that its two houses have, if they have one. Nothing is concluded:
a chain is a reading order with anchors.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from leakdesk.entities.places import country_of
from leakdesk.mentions.quantities import currencies
from leakdesk.screening.flags import Flag, flags_of
from leakdesk.screening.steps import Letter, Step, goods_of, group_of, own_words, steps_in_order
from leakdesk.screening.sums import money

#: How much speaks for a group of goods: a word in a step's own sentence, one elsewhere in the letter, a number or model that
#: a thread of the group has too, a house that offers or refuses goods of the group.
NEAR_WEIGHT, WORD_WEIGHT, SHARED_WEIGHT, SELLER_WEIGHT = 3, 1, 3, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The road of one group of goods. `parties` are houses (domains), `planned` and `done` count steps."""

    goods: str
    named: tuple[str, ...]
    steps: tuple[Step, ...]
    parties: tuple[str, ...]
    countries: tuple[str, ...]
    amounts: tuple[str, ...]
    flags: tuple[Flag, ...]

    @property
    def planned(self) -> int:
        """Steps that are asked for or planned."""
        return sum(step.status in ("asked", "planned") for step in self.steps)

    @property
    def done(self) -> int:
        """Steps that a letter tells as done."""
        return sum(step.status == "done" for step in self.steps)


def chains(letters: Sequence[Letter]) -> list[Chain]:
    """The chains of some letters, the longest first. A chain has at least one step."""
    ordered = sorted(letters, key=_when)
    steps = steps_in_order(ordered)
    by_thread: dict[str, list[Letter]] = defaultdict(list)
    for one in ordered:
        by_thread[one.thread or one.document].append(one)
    groups = _groups(by_thread, steps)
    members: dict[str, list[Letter]] = defaultdict(list)
    for thread, held in by_thread.items():
        group = groups[thread] or _by_houses(held, by_thread, groups)
        if group:
            members[group].extend(held)
    made = [_chain(group, held, steps) for group, held in members.items()]
    return sorted((one for one in made if one.steps), key=lambda one: (-len(one.steps), one.goods))


def _when(letter: Letter) -> tuple[str, str, str]:
    return (letter.moment or letter.day or "9999", letter.carrier or letter.document, letter.carrier)


def _groups(by_thread: Mapping[str, Sequence[Letter]], steps: Mapping[str, Sequence[Step]]) -> dict[str, str]:
    """What each thread is about: by the goods it names, then by what it shares with threads that are settled so."""
    weights = {thread: _weights(held, steps) for thread, held in by_thread.items()}
    first = {thread: _heaviest(each) for thread, each in weights.items()}
    of_number: dict[str, Counter[str]] = defaultdict(Counter)
    of_seller: dict[str, set[str]] = defaultdict(set)
    for thread, held in by_thread.items():
        for letter in held:
            for number in numbers_of(letter):
                of_number[number][first[thread]] += 1
            for step in steps[letter.document]:
                if step.kind in ("offer", "refusal") and first[thread]:
                    for house in step.from_:
                        of_seller[house].add(first[thread])
    for thread, held in by_thread.items():
        for number in {number for letter in held for number in numbers_of(letter)}:
            settled = Counter({group: times for group, times in of_number[number].items() if group})
            group, times = max(sorted(settled.items()), key=lambda each: each[1], default=("", 0))
            if times * 2 > settled.total():
                weights[thread][group] += SHARED_WEIGHT
        for house in {house for letter in held for house in (*letter.houses_from, *letter.houses_to)}:
            if len(of_seller[house]) == 1:
                weights[thread][min(of_seller[house])] += SELLER_WEIGHT
    return {thread: _heaviest(each) for thread, each in weights.items()}


def _weights(held: Sequence[Letter], steps: Mapping[str, Sequence[Step]]) -> Counter[str]:
    """Goods in the sentence of a step weigh more; in a sentence about the end use they are what is made of the goods."""
    weights: Counter[str] = Counter()
    for letter in held:
        found = steps[letter.document]
        near = " ".join(step.anchor.exact for step in found if step.kind != "end_use")
        product = " ".join(step.anchor.exact for step in found if step.kind == "end_use")
        for goods in goods_of(letter):
            if goods.text not in product:
                weights[group_of(goods)] += NEAR_WEIGHT if goods.text in near else WORD_WEIGHT
    return weights


def _heaviest(weights: Counter[str]) -> str:
    return max(sorted(weights), key=lambda group: weights[group]) if weights else ""


_NUMBER = re.compile(r"(?:№|\bNo\.?|\bNr\.?)\s?((?=[\w/-]*\d)[\w/-]{3,20})")


def numbers_of(letter: Letter) -> set[str]:
    """Numbers of contracts and offers that a letter names, and those of its subject."""
    words = f"{letter.subject}\n{own_words(letter)}"
    return {match[1].upper() for match in _NUMBER.finditer(words)} | set(_BARE.findall(letter.subject.upper()))


#: A number with letters, as subjects write it without a sign: 17/АР, QL-2209-31.
_BARE = re.compile(r"(?<![\w/])(?:\d+/[A-ZА-Я]{1,4}|[A-ZА-Я]{1,4}-\d{3,}(?:-\d+)?)(?![\w/])")


def _by_houses(held: Sequence[Letter], by_thread: Mapping[str, Sequence[Letter]], groups: Mapping[str, str]) -> str:
    """The one group of goods that two houses have to do with, for a thread of theirs that names no goods."""
    pairs = {_pair(letter) for letter in held if not letter.inside}
    if not pairs:
        return ""
    known = {
        groups[thread]
        for thread, letters in by_thread.items()
        if groups[thread] and any(_pair(letter) in pairs for letter in letters)
    }
    return known.pop() if len(known) == 1 else ""


def _pair(letter: Letter) -> frozenset[str]:
    return frozenset((*letter.houses_from, *letter.houses_to))


def _chain(group: str, held: Iterable[Letter], steps: Mapping[str, Sequence[Step]]) -> Chain:
    letters = sorted(held, key=_when)
    found = [step for letter in letters for step in steps[letter.document]]
    telling = {letter.document for letter in letters if steps[letter.document]}
    stepping = [letter for letter in letters if telling & {letter.document, letter.carrier}]
    named = Counter(goods.name for letter in letters for goods in goods_of(letter) if group_of(goods) == group)
    words = [own_words(letter) for letter in stepping]
    lands = {
        land for letter, text in zip(stepping, words, strict=True) for land in (*countries_in(text), *_lands_of(letter))
    }
    return Chain(
        goods=group,
        named=tuple(name for name, _ in named.most_common()),
        steps=tuple(found),
        parties=tuple(sorted({house for step in found for house in (*step.from_, *step.to)})),
        countries=tuple(sorted(lands)),
        amounts=tuple(sorted({amount for text in words for amount in money(text)})),
        flags=flags_of(found, stepping, countries_of_houses(stepping)),
    )


# --- countries -------------------------------------------------------------------------------------------------------------

_CAPITAL = re.compile(r"(?<![\w.@])[A-ZА-ЯЁІЇЄЎҐ][\w’'-]{2,}")
#: International dialling codes -> country, the longest first.
_DIALLING: Mapping[str, str] = {
    **{
        "375": "by",
        "380": "ua",
        "370": "lt",
        "371": "lv",
        "372": "ee",
        "373": "md",
        "374": "am",
        "994": "az",
        "995": "ge",
    },
    **{
        "996": "kg",
        "998": "uz",
        "992": "tj",
        "993": "tm",
        "971": "ae",
        "420": "cz",
        "421": "sk",
        "386": "si",
        "381": "rs",
    },
    **{
        "357": "cy",
        "48": "pl",
        "49": "de",
        "43": "at",
        "41": "ch",
        "44": "gb",
        "33": "fr",
        "39": "it",
        "34": "es",
        "36": "hu",
    },
    **{"40": "ro", "90": "tr", "86": "cn", "81": "jp", "82": "kr", "91": "in", "98": "ir"},
}
_PHONE = re.compile(r"\+\s?(\d[\d\s()-]{6,})")


@lru_cache(maxsize=1 << 12)
def _country(word: str) -> str:
    return country_of(word).lower()


def countries_in(text: str) -> set[str]:
    """Countries named in a text, and those of its telephone numbers; a currency names none."""
    found = {land for word in _CAPITAL.findall(currencies().sub(" ", text)) if (land := _country(word))}
    for number in _PHONE.findall(text):
        digits = re.sub(r"\D", "", number)
        found.add(next((land for code, land in _DIALLING.items() if digits.startswith(code)), ""))
    return found - {""}


def _lands_of(letter: Letter) -> set[str]:
    return {land for house in (*letter.houses_from, *letter.houses_to) if (land := land_of_house(house))}


def land_of_house(domain: str) -> str:
    """The country of a domain's ending, where it is one that stands for a country: "plant.by" -> "by"."""
    labels = [label for label in domain.lower().split(".") if label not in ("example", "test", "invalid")]
    last = labels[-1] if len(labels) > 1 else ""
    if len(last) != 2 or last in _SOLD_TO_ALL:
        return ""
    return {"uk": "gb", "su": "ru"}.get(last, last)


#: Endings of two letters that anybody anywhere buys.
_SOLD_TO_ALL = frozenset({"io", "co", "me", "tv", "ai", "eu", "cc", "ws"})


def countries_of_houses(letters: Sequence[Letter]) -> dict[str, str]:
    """House -> country: by its domain, else by the telephone numbers and countries that its own letters name most."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for letter in letters:
        for house in letter.houses_from:
            if land := land_of_house(house):
                told[house][land] += 100
            for number in _PHONE.findall(own_words(letter)):
                digits = re.sub(r"\D", "", number)
                land = next((land for code, land in _DIALLING.items() if digits.startswith(code)), "")
                told[house][land] += 10
    return {house: max(sorted(lands), key=lambda land: lands[land]) for house, lands in told.items() if any(lands)}
