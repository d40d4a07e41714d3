"""Case endings that the search takes off a written name, more generously than `language.inflect` does for judging identity.

A search may find a form too many; two people must not become one. So the rules here are only about finding: a table of
endings of Russian, Belarusian and Ukrainian names and places, and what the nominative may have there instead. What remains
must still be a spelling of the name asked for (`language.spelling.spelling_rules`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

#: Letters that stay when an ending is cut, at least.
SHORTEST_STEM = 3
_LONGEST = 5

#: id, endings as written, endings of the nominative ("-" is none), example.
_ROWS = (
    ("consonant", "а у ом ам ем е і ы ові еві ым им", "-", "Береговском Береговск"),
    ("soft", "я ю ем ём ям єм е і и еві", "ь", "Озерськем Озерськ"),
    ("short-u", "ва ву вым вам ве", "ў", "Гарбачовым Гарбачоў"),
    ("short-u-woman", "вай ваю", "ва", "Гарбачовай Гарбачова"),
    ("fleeting", "ца цу цом цам це цы", "ец", "Городца Городец"),
    ("fleeting-uk", "ця цю цем ці цеві", "ець ец", "Городця Городець"),
    ("neuter", "а у ом ам ым е ому ові", "о е", "Соколовом Соколово"),
    ("neuter-be", "е у ам ай", "а", "Гарбузове Гарбузова"),
    ("plural", "ей ам ах ами амі ів аў ов - ы и і", "и ы і", "Лубковічах Лубковічы"),
    ("neuter-latin", "va ve vo", "va ve vo", "Harbuzove Harbuzova"),
)
_ENDINGS: dict[str, tuple[str, ...]] = {}
for _, _written, _bases, _ in _ROWS:
    for _ending in _written.split():
        _cut = "" if _ending == "-" else _ending
        _instead = tuple("" if base == "-" else base for base in _bases.split())
        _ENDINGS[_cut] = tuple(dict.fromkeys((*_ENDINGS.get(_cut, ()), *_instead)))

#: What case endings leave in a name key (see `language.romanise`): а е о are a, и ы і are i, ў is v, х is g.
_KEY_ENDINGS = ("a", "u", "i", "am", "im", "ag", "ami", "avi", "av", "ai", "amu", "aga", "uu", "imi")


@lru_cache(maxsize=1 << 15)
def nominatives(word: str) -> tuple[str, ...]:
    """What a written name may be the case of; the word itself is not among them."""
    found: dict[str, None] = {}
    for length in range(min(_LONGEST, len(word) - SHORTEST_STEM) + 1):
        stem, ending = word[: len(word) - length], word[len(word) - length :]
        for base in _ENDINGS.get(ending, ()):
            if base != ending:
                found[stem + base] = None
    return tuple(found)


def keys_of_cases(keys: Iterable[str]) -> Iterator[str]:
    """The name keys under which the cases of a name may stand in the vocabulary, for the name's own keys."""
    for key in keys:
        if key[:1] in "=#":
            continue
        stems = [key]
        if key[-1] in "aiu" and len(key) > SHORTEST_STEM:
            stems.append(key[:-1])
        if key.endswith("at") and len(key) > SHORTEST_STEM + 1:
            stems.append(f"{key[:-2]}t")  # Городец, Городца
        for stem in stems:
            yield from (stem + ending for ending in _KEY_ENDINGS)
        yield from stems[1:]
