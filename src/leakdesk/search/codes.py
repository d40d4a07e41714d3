"""Designations and numbers: `МХ-14М` is `MX-14M` is `мх14м`; `5 000` is `5000`; `121-й` is `121st`.

A designation is a run of letters and digits, joined by nothing or by one hyphen, dash, full stop or slash, that has both.
It is folded twice: as it looks (Cyrillic letters that look Latin become Latin: МХ and MX) and as it sounds (Су-27 and Su-27).
Two designations are one when they share a fold. Nothing is cut off: Су-27УБ is not Су-27.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from leakdesk.language.spelling import code_keys

_JOINERS = "-‐‑–./"
_UPPER = "A-ZА-ЯЁІЎЄЇҐ"
_REST = rf"(?:[{_JOINERS}][^\W_]{{1,12}}){{0,4}}"
CODE = re.compile(rf"(?:[^\W\d_]{{1,8}}[{_JOINERS}]?){{0,2}}\d[^\W_]{{0,11}}{_REST}(?![\w@])")
_SPACED = re.compile(rf"[{_UPPER}]{{2,5}}[ \u00a0]\d[^\W_]{{0,11}}(?:[ \u00a0][{_UPPER}](?!\w)|{_REST})(?![\w@])")
_SPACED_START = re.compile(rf"(?<![^\W_])[{_UPPER}]{{2,5}}[ \u00a0]$")
_DIGITS = re.compile(r"\d+")
_TOUCHING = frozenset(_JOINERS + "@")
_TOUCHING_AFTER = frozenset(_JOINERS + "@_")
#: How far left of a digit a designation may begin (two groups of letters and their joiners).
_REACH = 18
_LOOK_ALIKE = ("авекмнорстухіјѕ", "abekmhopctyxijs")
_LATIN = str.maketrans(*_LOOK_ALIKE)
_CYRILLIC = str.maketrans(*reversed(_LOOK_ALIKE))
_RUN = re.compile(r"\d+|[^\W\d_]+")
_ORDINAL = re.compile(r"\d+-?(?:ый|ий|ой|ая|ое|ые|ого|его|му|ому|ым|м|й|я|е|х|га|ага|ы|і|ї|st|nd|rd|th)")

#: A text gives at most so many designations and numbers to the index; the rest is found by its words only.
MOST_CODES = 2_000

_GROUPED = r"\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?"
# Begins with a digit, because a pattern that begins so is looked for fast.
NUMBER = re.compile(rf"\d(?<![\w.,]\d)(?<![^\W\d_]-\d)(?:{_GROUPED}|\d{{0,14}}(?:[.,]\d+)*)(?![\w])")


@lru_cache(maxsize=1 << 14)
def folds(designation: str) -> tuple[str, ...]:
    """The keys a written designation is indexed by; () where it lacks letters or digits.

    `C` is what Cyrillic letters say, `L` what Latin letters say, `l` what Cyrillic letters look and sound like in Latin ones.
    """
    runs = _RUN.findall(designation)
    if not any(run.isdigit() for run in runs) or all(run.isdigit() for run in runs):
        return ()
    if _ORDINAL.fullmatch(designation):
        return tuple(f"L{key.removeprefix('#')}" for key in code_keys(designation))
    small = "".join(runs).lower()
    if small.isascii():
        return (f"L{small}",)
    sounds = "".join(run if run.isdigit() else "".join(key[1:] for key in code_keys(run)) for run in runs)
    return tuple(dict.fromkeys((f"C{small.translate(_CYRILLIC)}", f"l{small.translate(_LATIN)}", f"l{sounds}")))


def asked_folds(designation: str) -> tuple[str, ...]:
    """The keys to ask for a designation: В-1 and Б-1 are two, though a Latin B-1 may be either."""
    own = folds(designation)
    other = {"l": "L", "L": "l"}
    crossed = [other[key[0]] + key[1:] for key in own if key[0] in other]
    return tuple(dict.fromkeys([key for key in own if key[0] != "l"] + crossed))


def codes_in(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The designations of text[start:end]: start, end, folds."""
    stop = len(text) if end is None else end
    done = start
    for digits in _DIGITS.finditer(text, start, stop):
        first = digits.start()
        if first < done or _stands_alone(text, first, digits.end()):
            continue
        match = _code_at(text, first, done, stop)
        done = match.end() if match else done
        if match and (found := folds(match.group())):
            yield match.start(), match.end(), found


def _stands_alone(text: str, first: int, last: int) -> bool:
    """Whether digits have blanks or signs on both sides that are part of no designation (most numbers, dates, times)."""
    before, after = text[first - 1 : first] if first else "", text[last : last + 1]
    if after.isalnum() or after in _TOUCHING_AFTER:
        return False
    if before in " \u00a0":
        return not (before and text[max(0, first - 2)].isupper())
    return not (before.isalnum() or before in _TOUCHING)


def _code_at(text: str, digit: int, left: int, stop: int) -> re.Match[str] | None:
    at, limit = digit, max(left, digit - _REACH)
    while at > limit and (text[at - 1].isalnum() or text[at - 1] in _JOINERS):
        at -= 1
    while at < digit and text[at] in _JOINERS:
        at += 1
    if at > 0 and (text[at - 1].isalnum() or text[at - 1] == "@"):
        return None
    if at == digit and (head := _SPACED_START.search(text, limit, digit)):
        return _SPACED.match(text, head.start(), stop)
    return CODE.match(text, at, stop)


def numbers_in(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, tuple[float, ...]]]:
    """The numbers of text[start:end]: start, end, and the values they may mean (`5,000` is 5000 or 5)."""
    for match in NUMBER.finditer(text, start, len(text) if end is None else end):
        if values := number_values(match.group()):
            yield match.start(), match.end(), values


@lru_cache(maxsize=1 << 14)
def number_values(written: str) -> tuple[float, ...]:
    """What a written number may mean; () for what is none (a date, a version)."""
    packed = re.sub(r"[ \u00a0\u202f]", "", written)
    marks = re.findall(r"[.,]", packed)
    if not marks:
        return (float(packed),)
    if len(marks) == 1:
        whole, _, rest = re.split(r"([.,])", packed)
        decimal = float(f"{whole}.{rest}")
        return (
            (float(whole + rest), decimal) if len(rest) == 3 and len(whole) <= 3 and packed == written else (decimal,)
        )
    groups = re.split(r"[.,]", packed)
    if len(set(marks)) == 1 and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]):
        return (float("".join(groups)),)
    if len(set(marks[:-1])) == 1 and marks[-1] != marks[0] and all(len(group) == 3 for group in groups[1:-1]):
        return (float("".join(groups[:-1]) + "." + groups[-1]),)
    return ()
