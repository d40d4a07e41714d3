"""Which words before the head noun of an organisation belong to its name: its adjectives, and its number.

A pattern sees endings only, and takes the verb and the town before a firm for adjectives ("in Olshansk district there received
the firm «...»"). Here every word must be one to a dictionary, or else end as an adjective of that noun's gender ends.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from leakdesk.language.syntax import MissingPart, russian_forms
from leakdesk.mentions.found import table

Gender = Literal["masculine", "feminine", "neuter"]

_NUMBER = re.compile(r"№?\d")
_NO_APOSTROPHE = str.maketrans("", "", "'’ʼ")
#: The dictionary's adjectives and participles; a pronoun ("this firm") is part of no name.
_ADJECTIVES = ("ADJF", "ADJS", "PRTF")
_PRONOUN = "Apro"
#: A town's adjective is many a surname to the dictionary: Лозовский.
_SURNAME = "Surn"


def describing(words: list[str], head: str) -> int:
    """How many of the words directly before a head noun describe it.

    >>> describing(["Ольшанском", "районе", "получила"], "фирма")
    0
    >>> describing(["вчера", "Гродвенский", "авиационный"], "завод")
    2
    """
    gender = gender_of(head)
    count = 0
    for word in reversed(words):
        if not _NUMBER.match(word) and not _is_adjective(word, gender):
            break
        count += 1
    return count


@lru_cache(maxsize=4096)
def gender_of(head: str) -> Gender:
    """The gender of a head noun, by the table of beginnings; most are masculine."""
    low = head.casefold().translate(_NO_APOSTROPHE)
    if _beginnings()["feminine"].match(low):
        return "feminine"
    return "neuter" if _beginnings()["neuter"].match(low) else "masculine"


@lru_cache(maxsize=1 << 15)
def _is_adjective(word: str, gender: Gender) -> bool:
    low = word.casefold()
    if not _endings()[gender].search(low):
        return False
    if "-" in low:
        return True  # no dictionary lists them all, and no verb is written so
    try:
        known = [form for form in russian_forms(low) if form.is_known and _SURNAME not in form.tag]
    except MissingPart:
        return True
    return not known or any(form.tag.POS in _ADJECTIVES and _PRONOUN not in form.tag for form in known)


@cache
def _beginnings() -> dict[str, re.Pattern[str]]:
    return {gender: re.compile(beginnings) for gender, beginnings in table("organisations")["genders"].items()}


@cache
def _endings() -> dict[str, re.Pattern[str]]:
    return {gender: re.compile(rf"(?:{endings})$") for gender, endings in table("organisations")["adjectives"].items()}
