"""Who and what plays in the story: the canonical cast, or another one dealt from a seed.

A cast answers one question: how is this slot written in this language and this case?
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from leakdesk.demo.sources import Table, source_table, table_rows

CASES = "ngdailv"  # nominative, genitive, dative, accusative, instrumental, locative, vocative
SLAVIC = ("ru", "be", "uk")
LATIN = ("en", "enb", "enu")  # romanised from Russian, from Belarusian, from Ukrainian
LANGUAGES = SLAVIC + LATIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented person: for every language the fields `sur`, `name`, `pat`, `pet`, each by case."""

    slot: str
    sex: str
    forms: Mapping[tuple[str, str], tuple[str, ...]]

    def form(self, language: str, field: str, case: str) -> str:
        """The person as written in `language`; compound fields put the parts together."""
        part: Callable[[str], str] = lambda name: _pick(self.forms[language, name], case)  # noqa: E731
        if field == "full":
            return " ".join((part("sur"), part("name"), part("pat")))
        if field == "gps":
            return " ".join((part("name"), part("pat"), part("sur")))
        if field == "io":
            return " ".join((part("name"), part("pat")))
        if field == "gs":
            return " ".join((part("name"), part("sur")))
        if field in ("ini", "inis"):
            return self._initials(language, case, last=field == "inis")
        return part(field)

    def _initials(self, language: str, case: str, *, last: bool) -> str:
        letters = [_pick(self.forms[language, "name"], "n")[0]]
        if language in SLAVIC:
            letters.append(_pick(self.forms[language, "pat"], "n")[0])
        surname, dots = _pick(self.forms[language, "sur"], case), ".".join(letters) + "."
        return f"{surname} {dots}" if last else f"{dots} {surname}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody and everything of one telling of the story."""

    seed: int | None
    people: Mapping[str, Person]
    things: Mapping[str, Mapping[str, tuple[str, ...]]]

    def form(self, slot: str, language: str, field: str = "", case: str = "n") -> str:
        """How `slot` is written; unknown slots and fields are errors of the sources and raise KeyError."""
        if slot in self.people:
            return self.people[slot].form(language, field or "sur", case)
        thing = self.things[slot]
        wanted = f"{language}_{field}" if field else language
        fallbacks = (wanted, field) if field else (wanted, "ru" if language in SLAVIC else "en", "en", "ru")
        for key in fallbacks:
            if key in thing:
                return _pick(thing[key], case)
        raise KeyError(f"{slot}.{field}@{language}")

    def names(self) -> frozenset[str]:
        """Every invented name in every form: what a seeded telling must not share with the canonical one."""
        people = (text for person in self.people.values() for forms in person.forms.values() for text in forms)
        things = (text for thing in self.things.values() for forms in thing.values() for text in forms)
        return frozenset(text for text in (*people, *things) if text)


def _pick(forms: tuple[str, ...], case: str) -> str:
    at = CASES.index(case)
    return forms[at] if at < len(forms) else forms[0]


@cache
def _paradigms() -> Table:
    return source_table("paradigms.toml")


def _decline(language: str, word: str) -> tuple[str, ...]:
    """All cases of `stem:paradigm`, of a comma list, or of a plain word that never changes."""
    if "," in word:
        return tuple(word.split(","))
    stem, colon, paradigm = word.rpartition(":")
    if not colon or language not in SLAVIC:
        return (word,)
    return tuple(stem + ending for ending in _paradigms()[language][paradigm])


def dice_for(purpose: str, key: int | str) -> random.Random:
    """Chance that falls the same way every time."""
    return random.Random(f"leakdesk demo {purpose} {key}")  # noqa: S311 - a story, not a secret


def canonical_cast() -> Cast:
    """The cast of the story as it is told in the manuals."""
    return _assemble(None, dict(source_table("cast.toml")["people"]), lambda _slot, _count: 0)


def seeded_cast(seed: int) -> Cast:
    """Another cast: nobody and nothing keeps a name, and the roles stay what they are."""
    dice = dice_for("cast", seed)
    people = _deal_people(dice, dict(source_table("cast.toml")["people"]))
    return _assemble(seed, people, lambda _slot, count: dice.randrange(1, count))


def _deal_people(dice: random.Random, people: Table) -> Table:
    given, surnames = _given_rows(), _surname_rows()
    first_names, fathers, families = _pools(dice, given, surnames)
    dealt: Table = {}
    for slot, row in people.items():
        pool, sex = str(row["pool"]), str(row["sex"])
        new = dict(row)
        new["given"] = first_names[pool, sex].pop()
        if "father" in row:
            new["father"] = dice.choice([name for name in fathers[pool] if name != new["given"]])
        if "surname" in row:
            new["surname"] = families[pool].pop()
        dealt[slot] = new
    return dealt


def _pools(
    dice: random.Random, given: dict[str, list[str]], surnames: dict[str, list[str]]
) -> tuple[dict[tuple[str, str], list[str]], dict[str, list[str]], dict[str, list[str]]]:
    """Shuffled decks; rows of the canonical story are in none of them."""
    first_names: dict[tuple[str, str], list[str]] = {}
    fathers: dict[str, list[str]] = {}
    families: dict[str, list[str]] = {}
    for key, row in given.items():
        first_names.setdefault((row[2], row[1]), []).append(key)
        if row[1] == "m":
            fathers.setdefault(row[2], []).append(key)
    for key, row in surnames.items():
        families.setdefault(row[1], []).append(key)
    for deck in (*first_names.values(), *families.values()):
        dice.shuffle(deck)
    return first_names, fathers, families


@cache
def _given_rows() -> dict[str, list[str]]:
    return {row[0]: row for row in table_rows("given_names.txt", 13)}


@cache
def _surname_rows() -> dict[str, list[str]]:
    return {row[0]: row for row in table_rows("surnames.txt", 14)}


def _assemble(seed: int | None, people: Table, choose: Callable[[str, int], int]) -> Cast:
    made = {slot: _person(slot, row, people) for slot, row in people.items()}
    return Cast(seed=seed, people=MappingProxyType(made), things=MappingProxyType(_things(choose)))


def _things(choose: Callable[[str, int], int]) -> dict[str, Mapping[str, tuple[str, ...]]]:
    table = source_table("cast.toml")
    follows: Table = table["follows"]
    choices = {slot: choose(slot, len(pool)) for slot, pool in table["things"].items() if slot not in follows}
    things: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for slot, pool in table["things"].items():
        chosen = pool[choices[follows.get(slot, slot)]]
        declined = {key: _decline(key.partition("_")[0], str(word)) for key, word in chosen.items()}
        things[slot] = MappingProxyType(declined)
    return things


def _person(slot: str, row: Table, people: Table) -> Person:
    sex = str(row["sex"])
    surname_row = people[row["surname_of"]]["surname"] if "surname_of" in row else row["surname"]
    father = people[row["father_of"]]["given"] if "father_of" in row else row["father"]
    forms: dict[tuple[str, str], tuple[str, ...]] = {}
    forms |= _given_forms(_given_rows()[row["given"]])
    forms |= _patronymic_forms(_given_rows()[father], sex)
    forms |= _surname_forms(_surname_rows()[surname_row], sex)
    return Person(slot=slot, sex=sex, forms=MappingProxyType(forms))


def _given_forms(row: list[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    forms = {(language, "name"): _decline(language, row[3 + at]) for at, language in enumerate(SLAVIC)}
    forms |= {(language, "name"): (row[9 + at],) for at, language in enumerate(LATIN)}
    return forms | {(language, "pet"): (row[12],) for language in LANGUAGES}


# How a patronymic is made from the stem in the table: the man's ending and paradigm; then for a woman what the
# end of the stem becomes (first fit first) and her paradigm.
_PATRONYMICS = {
    "ru": ("ич", "hush", (("", ""),), "ovna"),
    "be": ("іч", "hush", (("в", "ў"),), "auna"),
    "uk": ("ич", "hush", (("йов", "їв"), ("ов", "ів")), "ivna"),
}


def _patronymic_forms(row: list[str], sex: str) -> dict[tuple[str, str], tuple[str, ...]]:
    forms: dict[tuple[str, str], tuple[str, ...]] = {}
    for at, language in enumerate(SLAVIC):
        ending, man, changes, woman = _PATRONYMICS[language]
        stem = row[6 + at]
        if sex == "m":
            forms[language, "pat"] = _decline(language, f"{stem}{ending}:{man}")
            continue
        old, new = next(change for change in changes if stem.endswith(change[0]))
        forms[language, "pat"] = _decline(language, f"{stem.removesuffix(old)}{new}:{woman}")
    return forms


def _surname_forms(row: list[str], sex: str) -> dict[tuple[str, str], tuple[str, ...]]:
    forms: dict[tuple[str, str], tuple[str, ...]] = {}
    for at, language in enumerate(LANGUAGES):
        man, woman = row[2 + 2 * at], row[3 + 2 * at]
        chosen = man if sex == "m" or woman == "same" else woman
        forms[language, "sur"] = _decline(language, chosen)
    return forms
