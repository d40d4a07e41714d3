"""Base forms of names: a person, an organisation, a place as a dictionary would list them, for a person to read.

These are captions and merge hints, never proof: whether two names are one is decided by the chapter on entities.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from leakdesk.language.gazetteer import find_place
from leakdesk.language.inflect import BaseForm, base_forms
from leakdesk.language.syntax import MissingPart, russian_forms
from leakdesk.mentions.organisations import is_head
from leakdesk.mentions.persons import given, given_names

_NAME_TAGS = ("Name", "Surn", "Patr")


@lru_cache(maxsize=1 << 15)
def base_of(name: str, kind: str, language: str) -> str:
    """The base form of a name of a kind; the name itself, blanks made single, where nothing is known."""
    tidy = " ".join(name.split())
    if not tidy or tidy[0] < "\u0400":
        return tidy
    if kind == "person":
        return _person(tidy, language)
    if kind == "place":
        found = find_place(tidy, language)
        return found[0] if found else tidy
    if kind == "organization":
        return _organisation(tidy, language)
    return tidy


def _person(name: str, language: str) -> str:
    words = name.split(" ")
    marks = [index for index, word in enumerate(words) if len(word.rstrip(".")) > 2 and "." not in word[:-1]]
    if not marks:
        return name
    bases = (
        _russian_person([words[i] for i in marks])
        if language == "ru"
        else _slavic_person([words[i] for i in marks], language)
    )
    for index, base in zip(marks, bases, strict=True):
        words[index] = base
    return " ".join(words)


def _russian_person(words: list[str]) -> list[str]:
    """All words in one case and gender, chosen by the dictionary; then each in the nominative of that gender."""
    try:
        readings = [[form for form in russian_forms(word) if "sing" in form.tag] for word in words]
    except MissingPart:
        return words
    best: tuple[float, str, str] = (-1.0, "", "")
    for case in ("nomn", "gent", "datv", "accs", "ablt", "loct"):
        for gender in ("masc", "femn"):
            scores = [_fit(word, forms, case, gender) for word, forms in zip(words, readings, strict=True)]
            total = sum(scores) if all(score > 0 for score in scores) else -1.0
            if total > best[0]:
                best = (total, case, gender)
    if best[0] <= 0 or best[1] == "nomn":
        return words
    return [_nominative(word, forms, best[1], best[2]) for word, forms in zip(words, readings, strict=True)]


def _fits(form: Any, case: str, gender: str) -> bool:
    return case in form.tag and gender in form.tag


def _fit(word: str, forms: list[Any], case: str, gender: str) -> float:
    scores = [
        form.score + (0.5 if any(tag in form.tag for tag in _NAME_TAGS) else 0.0)
        for form in forms
        if _fits(form, case, gender)
    ]
    surplus = 0.3 if case == "nomn" and word.casefold() in given_names() else 0.0
    return max(scores, default=0.0) + (surplus if scores else 0.0)


def _nominative(word: str, forms: list[Any], case: str, gender: str) -> str:
    fitting = sorted(
        (form for form in forms if _fits(form, case, gender)),
        key=lambda form: not any(tag in form.tag for tag in _NAME_TAGS),
    )
    for form in fitting:
        inflected = form.inflect({"nomn", "sing"})
        if inflected is not None:
            return _cased_like(word, str(inflected.word))
    return word


def _cased_like(word: str, base: str) -> str:
    if word.isupper() and len(word) > 1:
        return base.upper()
    pieces = base.split("-")
    return "-".join(piece[:1].upper() + piece[1:] for piece in pieces) if "-" in word else base[:1].upper() + base[1:]


def _slavic_person(words: list[str], language: str) -> list[str]:
    """Belarusian and Ukrainian: an oblique case that every word can be in, unless a word can only be a nominative."""
    known = [given(word) for word in words]
    if any(base == word for base, word in zip(known, words, strict=True)):
        return words
    options = [[form for form in base_forms(word, language) if form.case != "nominative"] for word in words]
    if not all(options) and not any(known):
        return words
    pairs = [{(form.case, form.gender) for form in forms} for forms in options if forms]
    shared = set.intersection(*pairs) if pairs else set[tuple[str, str]]()
    wanted = _gender_of(known)
    fitting = sorted(pair for pair in shared if wanted in ("-", pair[1]))
    pair = fitting[0] if fitting else None
    picked = zip(words, known, options, strict=True)
    return [base or (_pick(forms, pair) if forms else word) for word, base, forms in picked]


def _gender_of(known: list[str | None]) -> str:
    return next((given_names().get(base.casefold().replace("ё", "е"), "-") for base in known if base), "-")


def _pick(forms: list[BaseForm], pair: tuple[str, str] | None) -> str:
    fitting = [form for form in forms if pair is None or (form.case, form.gender) == pair] or forms
    return min(fitting, key=lambda form: (form.gender == "-", len(form.text), form.text)).text


def _organisation(name: str, language: str) -> str:
    if language != "ru":
        return name
    words = name.split(" ")
    try:
        for index, word in enumerate(words):
            if not is_head(word):
                continue
            forms = [form for form in russian_forms(word) if "NOUN" in form.tag and "sing" in form.tag]
            if forms and not any("nomn" in form.tag for form in forms[:1]):
                return " ".join(_agreeing(words[: index + 1], forms[0]) + words[index + 1 :])
            if forms:
                return name
    except MissingPart:
        return name
    return name


def _agreeing(words: list[str], head: Any) -> list[str]:
    base = head.inflect({"nomn"})
    if base is None:
        return words
    gender = head.tag.gender or "masc"
    turned: list[str] = []
    for word in words[:-1]:
        forms = [form for form in russian_forms(word) if "ADJF" in form.tag]
        inflected = forms[0].inflect({"nomn", "sing", gender}) if forms else None
        turned.append(_as_written(word, str(inflected.word)) if inflected is not None else _adjective(word, gender))
    return [*turned, _as_written(words[-1], str(base.word))]


def _adjective(word: str, gender: str) -> str:
    """An adjective that the dictionary does not know (made from a town's name), by the table of endings."""
    bases = sorted(
        form.text for form in base_forms(word, "ru") if form.gender == "m" and form.text.endswith(("ий", "ый"))
    )
    ending = {"femn": "ая", "neut": "ое"}.get(gender)
    return word if not bases else bases[0] if ending is None else bases[0][:-2] + ending


def _as_written(word: str, base: str) -> str:
    return base[:1].upper() + base[1:] if word[:1].isupper() else base
