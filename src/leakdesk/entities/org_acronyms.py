"""Acronyms of organisations: whether a short name in capitals may abbreviate a long one, in any language and either order."""

# ruff: noqa: E501 (a table of letters)
from __future__ import annotations

from functools import lru_cache

from leakdesk.entities.org_tables import tables
from leakdesk.entities.org_words import OwnWord
from leakdesk.entities.organisations import Body

#: Letters of one acronym in both scripts fold to one: АРЗ and ARZ, ЗАТ and ZAT.
_FOLDED = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ж": "j", "з": "z", "и": "i", "і": "i", "ї": "i",
        "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
        "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ы": "i", "э": "e", "ю": "u", "я": "a", "ь": "", "ъ": "", "y": "i", "w": "v",
    }
)  # fmt: skip


def folded_letters(acronym: str) -> str:
    """An acronym in Latin letters: МТЗ -> mtz."""
    return acronym.lower().translate(_FOLDED)


@lru_cache(maxsize=1 << 14)
def initial_sets(body: Body) -> tuple[frozenset[str], ...]:
    """For each meaningful word of a name, the letters (folded) an acronym may use for it, in any of the four languages."""
    table = tables()
    found: list[frozenset[str]] = []
    for each in body.order:
        if isinstance(each, OwnWord):
            found.append(frozenset(folded_letters(each.text[0])))
            continue
        for concept in each:
            found.append(frozenset(folded_letters(letter)[:1] for letter in table.initials.get(concept, frozenset())))
    return tuple(letters for letters in found if letters)


def may_abbreviate(acronym: str, body: Body) -> bool:
    """Whether an acronym's letters are initials of the name's words, in either order, all but at most one used."""
    letters = folded_letters(acronym)
    sets = initial_sets(body)
    if len(letters) < 2 or not sets or len(letters) > len(sets) or len(sets) - len(letters) > 2:
        return False
    return _assign(letters, list(sets))


def _assign(letters: str, sets: list[frozenset[str]]) -> bool:
    if not letters:
        return True
    return any(letters[0] in each and _assign(letters[1:], sets[:at] + sets[at + 1 :]) for at, each in enumerate(sets))
