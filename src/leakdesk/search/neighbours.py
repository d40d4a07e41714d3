"""A Cyrillic name roughly as Russian, Belarusian and Ukrainian each write it: only to know where else to look.

What is found so must still be a spelling of the name asked for; nothing here is told to anybody. Vowels that Belarusian writes
as they sound (Салаўёў, Соловьёв) are not guessed from Russian ones, nor back.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from leakdesk.language.standards import belarusian_forms
from leakdesk.search.keys import stem_key

#: Language -> what its spelling has in place of the others', in this order.
_SPELLINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "ru": (("шч", "щ"), ("чы", "чи"), ("жы", "жи"), ("шы", "ши"), ("йо", "ё"), ("ьо", "ё"), ("і", "и"), ("ї", "и"),
           ("є", "е"), ("ў", "в"), ("ґ", "г"), ("'", "ь")),
    "be": (("щ", "шч"), ("чи", "чы"), ("жи", "жы"), ("ши", "шы"), ("ри", "ры"), ("и", "і"), ("ї", "і"), ("є", "е"), ("ґ", "г")),
    "uk": (("шч", "щ"), ("ы", "и"), ("э", "е"), ("ьё", "йо"), ("ё", "ьо"), ("ў", "в"), ("'", "")),
    "uk, і": (("шч", "щ"), ("ы", "и"), ("и", "і"), ("э", "е"), ("ё", "йо"), ("ў", "в")),
}  # fmt: skip


@lru_cache(maxsize=1 << 12)
def respelled(name: str) -> tuple[str, ...]:
    """A name in small letters in the three languages' spelling, itself among them."""
    small = name.lower().replace("’", "'").replace("ʼ", "'")
    found = {small: None}
    for pairs in _SPELLINGS.values():
        other = small
        for old, new in pairs:
            other = other.replace(old, new)
        found[other] = None
    found.update(dict.fromkeys(form.lower() for form in belarusian_forms(name)))
    return tuple(found)


def keys_in_small_letters(names: Iterable[str]) -> list[str]:
    """The keys under which cases of these names stand in the vocabulary when they are written in small letters."""
    keys: dict[str, None] = {}
    for name in names:
        for form in respelled(name):
            plain = form.replace("ё", "е")
            keys.update(dict.fromkeys((stem_key(form), f"={plain}", f"={plain.replace('ў', 'в')}")))
    return list(keys)
