"""The keys under which a written word stands in the vocabulary, and the keys that are asked for a queried one.

Indexing is the hot path (a large parcel has a million different words), asking is not. So a written word gets only what is
cheap: how it sounds as it stands, if it may be a name, and a stem with the ending cut off, right or wrong. Whoever asks pays:
the cases a name may stand in, the forms the dictionary knows of a word, the stems of all of these. What shares a key is only a
candidate; `language.spelling.relation` decides.

A Cyrillic word in small letters is no name here; a surname in small letters is found through its twin with a capital.
"""

from __future__ import annotations

from leakdesk.language.inflect import base_forms, known_forms
from leakdesk.language.romanise import sounds
from leakdesk.language.scripts import fold_homoglyphs, plain_text, script_of
from leakdesk.language.spelling import query_keys
from leakdesk.search.declension import keys_of_cases
from leakdesk.search.misread import has_digit_inside, meant

#: A word asks for at most so many keys.
MOST_KEYS = 400
#: Letters that stay when an ending is cut.
SHORTEST_STEM = 3
_ENDING_WORDS = """
    а я о е ё э у ю ы и і ї й ь ам ям ом ем ём им ым ім ою ею єю ой ей ай яй ій ий ый ах ях ов ев ёв аў яў оў еў ёў ів їв
    ую юю ые ие ое ее ия ья ье ью ьи ию ии ія ію ії іі ая яя ае яе ыя ія го му аго ага ого его яго ому ему аму яму ыми ими
    ымі імі ами ями амі ямі ові еві єві ием иям иях ьям ьях ьев іям іях ією ьми ець ця цю ці ца цу цы цом цем
"""
_ENDINGS = frozenset(_ENDING_WORDS.split())
_LONGEST_ENDING = 3
_ENGLISH = (("'s", ""), ("ies", "y"), ("es", ""), ("s", ""))


def index_keys(word: str) -> tuple[str, ...]:
    """Keys of a written word (with its capital, if it has one), and of what it may have been before a scanner misread it."""
    restored = meant(word)
    if restored is None:
        return _index_keys(word)
    if has_digit_inside(word):
        return _index_keys(restored)
    return tuple(dict.fromkeys((*_index_keys(word), *_index_keys(restored))))


def _index_keys(word: str) -> tuple[str, ...]:
    plain = fold_homoglyphs(plain_text(word))
    script = script_of(plain)
    stem = f"={_stem(plain)}"
    if script == "Cyrillic" and not plain[:1].isupper():
        return (stem,)
    if script not in ("Cyrillic", "Latin"):
        return (stem,)
    return tuple(dict.fromkeys((stem, *(reading.key for reading in sounds(plain) if reading.key))))


def asked_keys(word: str) -> list[str]:
    """Keys under which the spellings and forms of a queried word may stand."""
    plain = fold_homoglyphs(plain_text(word))
    names = [key for key in query_keys(word) if key[:1] not in "=#"]
    written = {plain, *known_forms(plain), *(form.text for form in base_forms(plain))}
    keys = [*(f"={_stem(each)}" for each in sorted(written)), *names, *keys_of_cases(names)]
    return list(dict.fromkeys(keys))[:MOST_KEYS]


def stem_key(word: str) -> str:
    """The key of a word with its ending cut off: the one that a word in small letters stands under."""
    return f"={_stem(fold_homoglyphs(plain_text(word)))}"


def _stem(word: str) -> str:
    small = word.lower().replace("ё", "е")
    if small.isascii():
        for ending, instead in _ENGLISH:
            if small.endswith(ending) and len(small) - len(ending) >= SHORTEST_STEM:
                return small[: len(small) - len(ending)] + instead
        return small
    for length in range(_LONGEST_ENDING, 0, -1):
        if len(small) - length >= SHORTEST_STEM and small[-length:] in _ENDINGS:
            return small[:-length]
    return small
