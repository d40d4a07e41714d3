"""The canvas: a text as rules look at it, of the same length as the text itself.

Spaces, line ends, quotes, dashes and look-alike letters are written one way each, one code point for one code point, so
that every offset on the canvas is an offset in the text. Rules and models read the canvas; quotations come from the text.
"""

from __future__ import annotations

import re

_ONE_TO_ONE: dict[str, str] = {
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v", " "
    ),
    **dict.fromkeys(
        "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        "\u00ad",
    ),
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("‘’‚‛ʼ´`′", "'"),
    **dict.fromkeys("‐‑⁃−", "-"),
    **dict.fromkeys("‒–―", "—"),
    "\u0085": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x00": " ",
}
_LATIN_LOOK = "AaBCcEeHIiJjKMOoPpSsTXxYy"
_CYRILLIC_LOOK = "АаВСсЕеНІіЈјКМОоРрЅѕТХхУу"
#: Letters that stand in no word of the four languages and look like Latin ones.
_RARE = dict(zip("һԁԛԝӏԌԍɡ", "hdqwlGgg", strict=True))
_GREEK = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ", "ABEZHIKMNOPTYXaikvopux")
_TO_LATIN = str.maketrans(_CYRILLIC_LOOK, _LATIN_LOOK) | {ord(odd): plain for odd, plain in _RARE.items()}
_TO_CYRILLIC = str.maketrans(_LATIN_LOOK, _CYRILLIC_LOOK)
_ODD = re.compile("[" + re.escape("".join(_ONE_TO_ONE)) + "]")
_GREEK_IN = re.compile(r"(?<=[A-Za-z\u0400-\u04ff])[\u0370-\u03ff]|[\u0370-\u03ff](?=[A-Za-z\u0400-\u04ff])")
_SEAM = re.compile(r"[A-Za-z\u0261][\u0400-\u052f]|[\u0400-\u052f][A-Za-z\u0261]|[A-Za-z]\u0261|\u0261[A-Za-z]")
#: Words longer than twice this are not words: only this much around a change of script is looked at.
_REACH = 40
_LOOK_LATIN = frozenset(_LATIN_LOOK)
_LOOK_CYRILLIC = frozenset(_CYRILLIC_LOOK) | frozenset(_RARE)
_ALONE = re.compile(
    rf"(?<![\w@./:+-])(?:[{_LATIN_LOOK}]+|[{_CYRILLIC_LOOK}]+)(?![\w@]|[./:+-]\w)",
)
_LATIN, _CYRILLIC = re.compile("[A-Za-z]"), re.compile("[\u0400-\u04ff]")
#: Letters that only one of the two scripts has.
_LATIN_TELLS = re.compile(f"(?![{_LATIN_LOOK}])[A-Za-z]")
_CYRILLIC_TELLS = re.compile(f"(?![{_CYRILLIC_LOOK}])[\u0400-\u04ff]")


def canvas(text: str) -> str:
    """The text with one spelling each of spaces, line ends, quotes, dashes and look-alikes; `len(canvas(t)) == len(t)`.

    A word that mixes two scripts is repaired towards the script that its telling letters belong to; a word of nothing but
    look-alikes towards the script of the words beside it.
    """
    plain = _ODD.sub(lambda match: _ONE_TO_ONE[match.group()], text)
    if "\r" in plain:
        plain = plain.replace("\r\n", " \n").replace("\r", "\n")
    if plain.isascii():
        return plain
    plain = _GREEK_IN.sub(lambda match: match.group().translate(_GREEK), plain)
    return _beside(_one_script(plain))


def _one_script(plain: str) -> str:
    pieces: list[str] = []
    done = 0
    for seam in _SEAM.finditer(plain):
        if seam.start() < done:
            continue
        start, end = seam.start(), seam.end()
        while start > done and seam.start() - start < _REACH and plain[start - 1].isalpha():
            start -= 1
        while end < len(plain) and end - seam.end() < _REACH and plain[end].isalpha():
            end += 1
        pieces += (plain[done:start], _repaired(plain[start:end]))
        done = end
    return "".join((*pieces, plain[done:])) if pieces else plain


def _repaired(word: str) -> str:
    latin = {letter for letter in word if letter < "\u0250"}
    cyrillic = {letter for letter in word if "\u0400" <= letter <= "\u052f" or letter in _RARE}
    if latin <= _LOOK_LATIN and not cyrillic <= _LOOK_CYRILLIC:
        return word.translate(_TO_CYRILLIC)
    if cyrillic <= _LOOK_CYRILLIC and not latin <= _LOOK_LATIN:
        return word.translate(_TO_LATIN)
    if latin <= _LOOK_LATIN and cyrillic <= _LOOK_CYRILLIC:
        count = sum(letter < "\u0250" for letter in word)
        return word.translate(_TO_CYRILLIC if 2 * count < len(word) else _TO_LATIN)
    return word


#: How far beside a word of look-alikes its neighbours are looked for.
_NEAR = 160


def _beside(plain: str) -> str:
    """Words of nothing but look-alikes, written in the script of the words around ("а" in English, "o" in Russian)."""
    if _LATIN.search(plain) is None or _CYRILLIC.search(plain) is None:
        return plain
    return _ALONE.sub(lambda match: _as_beside(plain, match), plain)


def _as_beside(plain: str, match: re.Match[str]) -> str:
    word = match.group()
    if len(word) > 1 and word.isupper():
        return word
    near = f"{plain[max(0, match.start() - _NEAR) : match.start()]} {plain[match.end() : match.end() + _NEAR]}"
    latin, cyrillic = _LATIN_TELLS.search(near) is not None, _CYRILLIC_TELLS.search(near) is not None
    if latin == cyrillic:
        return word
    return word.translate(_TO_LATIN if latin else _TO_CYRILLIC)
