"""Base forms of names, as sets: a Slavic -а may be a man in the genitive or a woman.

`base_forms(word)` never decides; it gives every nominative a name may come from, with gender and case. The endings are a
table (`tables/endings.tsv`), for Russian, Belarusian and Ukrainian alike. Common Russian words go through pymorphy3's
dictionary instead (`lemmas`); its `normal_form` is not used for names, since it makes men of women.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple

from leakdesk.language.scripts import fold_homoglyphs, script_of

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

Gender = Literal["m", "f", "-"]


class BaseForm(NamedTuple):
    """A nominative, the gender it speaks of ("-" unknown), the case of the word it was made from, and the rule."""

    text: str
    gender: Gender
    case: str
    rule: str


class Ending(NamedTuple):
    """One row of the table of endings."""

    id: str
    kind: str
    languages: frozenset[str]
    stem: re.Pattern[str]
    ending: str
    base: str
    gender: Gender
    case: str


@cache
def endings() -> dict[str, tuple[Ending, ...]]:
    """The table of endings, by ending."""
    table: dict[str, list[Ending]] = {}
    for fields in read_table("endings.tsv"):
        row = Ending(
            fields["id"],
            fields["kind"],
            frozenset(fields["languages"].split()),
            re.compile(fields["stem"] + "$", re.IGNORECASE),
            fields["ending"],
            fields["base"].strip(),
            {"m": "m", "f": "f"}.get(fields["gender"], "-"),  # type: ignore[arg-type]
            fields["case"],
        )
        table.setdefault(row.ending, []).append(row)
    return {ending: tuple(rows) for ending, rows in table.items()}


def read_table(name: str) -> list[dict[str, str]]:
    """A table beside this code: tab-separated, `#` comments, first other line names the columns."""
    text = resources.files("leakdesk.language").joinpath("tables", name).read_text(encoding="utf-8")
    lines = [line.rstrip("\n") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"), strict=False)) for line in lines[1:]]


#: A stem that is left after cutting an ending has at least this many letters.
SHORTEST_STEM = 3
_LONGEST_ENDING = 4


@lru_cache(maxsize=1 << 17)
def base_forms(word: str, language: str = "und") -> frozenset[BaseForm]:
    """Every nominative a name in a text may come from, the word itself among them.

    >>> sorted(form.text + " " + form.gender for form in base_forms("Горбачёва"))
    ['Горбачёв m', 'Горбачёва -', 'Горбачёва f']
    """
    forms = {BaseForm(word, "-", "nominative", "as written")}
    if script_of(word) != "Cyrillic":
        folded = fold_homoglyphs(word)
        if folded != word:
            return base_forms(folded, language)
        return frozenset(forms | _latin_forms(word))
    table = endings()
    lower = word.lower()
    for length in range(1, _LONGEST_ENDING + 1):
        if len(lower) - length < SHORTEST_STEM:
            break
        for row in table.get(lower[-length:], ()):
            stem = lower[:-length]
            if (language == "und" or language in row.languages) and row.stem.search(stem):
                forms.add(BaseForm(word[: len(word) - length] + row.base, row.gender, row.case, row.id))
    if lower.endswith("ь") and len(lower) > SHORTEST_STEM:
        return frozenset(forms)
    return frozenset(_without_common_stems(forms, lower))


#: Narrow rules whose ending is also a wide one's: Ткачукові is Ткачук in the dative, not only Ткачуков in the locative.
_EITHER_WAY = frozenset({"ov-loc-uk"})


def _without_common_stems(forms: set[BaseForm], lower: str) -> set[BaseForm]:
    """A word that a narrow rule knows (Горбачёва, Островского) is not also read by the wide rules for any consonant."""
    table = {row.id: row.kind for rows in endings().values() for row in rows}
    narrow = {form for form in forms if table.get(form.rule) in ("ov", "sky") and form.rule not in _EITHER_WAY}
    if not narrow:
        return forms
    wide = {"a"} if _GIVEN_LIKE.search(lower) else set[str]()
    return {form for form in forms if form.rule == "as written" or form in narrow or table.get(form.rule) in wide}


#: Галине is Галина as well as Галин: words in -ин- may be women's names.
_GIVEN_LIKE = re.compile(r"[иыії]н(?:е|і|у|ы|и|ой|ою|ай)$")


def _latin_forms(word: str) -> set[BaseForm]:
    for mark in ("'s", "’s", "ʼs", "s'", "s’"):
        if word.lower().endswith(mark) and len(word) > len(mark) + 1:
            stem = word[: -len(mark)] + ("s" if mark.startswith("s") else "")
            return {BaseForm(stem, "-", "possessive", "english-possessive")}
    return set()


@cache
def _russian() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=1 << 17)
def lemmas(word: str) -> frozenset[str]:
    """Dictionary forms of a Russian word; empty where the dictionary does not know it."""
    analyser = _russian()
    lower = word.lower()
    if not analyser.word_is_known(lower):
        return frozenset()
    return frozenset(parse.normal_form for parse in analyser.parse(lower))


def known_forms(word: str) -> frozenset[str]:
    """Every form of a Russian word that the dictionary knows, of each word it may be a form of; empty for unknown words.

    >>> "писем" in known_forms("письмо")
    True
    """
    analyser = _russian()
    lower = word.lower()
    if not analyser.word_is_known(lower):
        return frozenset()
    return frozenset(form.word for parse in analyser.parse(lower) for form in parse.lexeme)


@lru_cache(maxsize=1 << 17)
def is_common_word(word: str) -> bool:
    """Whether the Russian dictionary knows it as something else than a person's name or a place."""
    analyser = _russian()
    lower = word.lower()
    if not analyser.word_is_known(lower):
        return False
    names = {"Name", "Surn", "Patr", "Geox"}
    return any(names.isdisjoint(parse.tag.grammemes) for parse in analyser.parse(lower))
