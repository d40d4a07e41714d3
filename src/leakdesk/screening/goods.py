"""Goods in letters, price lists and contracts: by customs code or by plain name, and what they may fall under.

Never more than that. A category of control has parameters (an accuracy, a number of axes) that a letter rarely tells, so
every sentence says "may fall under ..., check", with the wording of the category. Tables: `codes.tsv` (the Common High
Priority List), `categories.tsv` (dual use, military list, ECCN), `goods.toml` (names in four languages); and every list of
goods that a user has added.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from leakdesk.screening.entry import Good

#: The list that the built-in table of codes is, a row of regimes.tsv.
CHPL = "Common High Priority List"
#: A designation belongs to goods named so near (code points, in one line).
NEAR_MODEL = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """Something that goods may fall under: a code of a list, its wording, tier, and the list with its date. `paraphrased`: the
    built-in wording is not the text's own. `source`: the act, for the built-in ones."""

    code: str
    wording: str
    list: str
    date: str
    tier: str = ""
    paraphrased: bool = False
    source: str = ""

    def sentence(self) -> str:
        """ "may fall under 8457.10 (...), check"."""
        tier = f", tier {self.tier}" if self.tier else ""
        dated = f" of {self.date}" if self.date else ", date unknown"
        said = f"{self.wording} (paraphrased)" if self.paraphrased else f"“{self.wording}”"
        return f"may fall under {dotted(self.code)} ({self.list}{dated}{tier}): {said}; check"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedGoods:
    """Goods at a place of a text: code points [start, end), what they are called, how they were recognised, categories."""

    start: int
    end: int
    text: str
    id: str
    name: str
    rule: str
    heading: str
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    id: str
    name: str
    hs: tuple[str, ...]
    categories: tuple[Category, ...]
    pattern: re.Pattern[str]
    never: re.Pattern[str]


def dotted(code: str) -> str:
    """A customs code as people write it: 845710 -> 8457.10."""
    return f"{code[:4]}.{code[4:]}" if code.isdigit() and len(code) > 4 else code


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("leakdesk.screening").joinpath("tables", name).read_text("utf-8")
    yield from (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A public list of goods: its name, the day of its text (ISO 8601), the act, and under what its words may be used."""

    name: str
    date: str
    source: str
    licence: str


@cache
def regimes() -> Mapping[str, Regime]:
    """Name -> list, for the built-in tables."""
    rows = _rows("regimes.tsv")
    return {name: Regime(name=name, date=date, source=act, licence=licence) for name, date, act, licence in rows}


@cache
def priority_codes() -> Mapping[str, Category]:
    """HS-6 code -> its category on the Common High Priority List."""
    return {code: _category(code, wording, CHPL, tier=tier) for code, tier, wording in _rows("codes.tsv")}


@cache
def control_categories() -> Mapping[str, Category]:
    """Code of a category of control -> the category."""
    return {
        code: _category(code, wording, regime, paraphrased=state == "paraphrased")
        for code, regime, state, wording in _rows("categories.tsv")
    }


def _category(code: str, wording: str, regime: str, *, tier: str = "", paraphrased: bool = True) -> Category:
    of = regimes()[regime]
    return Category(
        code=code, wording=wording, list=regime, date=of.date, tier=tier, paraphrased=paraphrased, source=of.source
    )


@cache
def goods_table() -> tuple[Mapping[str, Any], ...]:
    """The rows of goods.toml as they stand, for those who want to read or test them."""
    text = resources.files("leakdesk.screening").joinpath("tables", "goods.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["goods"])


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(
            id=row["id"],
            name=row["name"],
            hs=tuple(row["hs"]),
            categories=_categories(row["hs"], row["control"]),
            pattern=re.compile(
                r"(?<!\w)(?:" + "|".join(row[language] for language in ("en", "ru", "uk", "be")) + r")(?!\w)",
                re.IGNORECASE,
            ),
            never=re.compile(row["not"], re.IGNORECASE),
        )
        for row in goods_table()
    )


def _categories(hs: Sequence[str], control: Sequence[str]) -> tuple[Category, ...]:
    codes = [priority_codes()[code] for code in hs if code in priority_codes()]
    return (*codes, *(control_categories()[code] for code in control))


_CODE = re.compile(
    r"(?<!\w)(?:HS(?:[ -]?code)?|HTS|CN(?:[ -]code)?|ТН\s?ВЭД(?:\s?(?:ЕАЭС|ТС|РБ|РФ))?|УКТ\s?ЗЕД|ТН\s?ЗЭД|"
    r"код(?:ы)?\s+товара|customs (?:tariff )?code|"
    r"tariff (?:code|heading))\W{0,4}(?:код\w*\W{0,3}|№\s?|no\.?\s?)?(?P<code>\d{4}(?:[ .]?\d{2}){0,3})(?!\d)",
    re.IGNORECASE,
)


def goods_in(text: str, lists: Sequence[tuple[str, str, Sequence[Good]]] = ()) -> list[NamedGoods]:
    """Goods named in a text, in order, the longest of overlapping ones. `lists`: (name, date, categories) of added lists."""
    found = [*_by_code(text, lists), *_by_name(text), *(one for each in lists for one in _by_terms(text, *each))]
    kept: list[NamedGoods] = []
    for one in sorted(found, key=lambda one: (one.start, -(one.end - one.start))):
        if one.rule.startswith("list") or not any(
            one.start < other.end and not other.rule.startswith("list") for other in kept
        ):
            kept.append(one)
    return kept


def _by_code(text: str, lists: Sequence[tuple[str, str, Sequence[Good]]]) -> Iterator[NamedGoods]:
    for match in _CODE.finditer(text):
        digits = re.sub(r"\D", "", match["code"])
        six = digits[:6]
        categories = [
            one
            for code, one in priority_codes().items()
            if code.startswith(six[:4]) and six.startswith(code[: len(six)])
        ]
        categories += [
            Category(code=good.code, wording=good.wording, list=name, date=date, tier=good.tier)
            for name, date, goods in lists
            for good in goods
            if any(digits.startswith(code) or code.startswith(digits) for code in good.hs)
        ]
        if categories:
            yield NamedGoods(
                start=match.start(), end=match.end(), text=match.group(), id=f"hs-{six}", name=categories[0].wording,
                rule="customs code", heading=digits[:4], categories=tuple(categories),
            )  # fmt: skip


def _by_name(text: str) -> Iterator[NamedGoods]:
    for kind in _kinds():
        for match in kind.pattern.finditer(text):
            if kind.never.search(text[max(0, match.start() - 25) : match.end() + 20]):
                continue
            yield NamedGoods(
                start=match.start(), end=match.end(), text=match.group(), id=kind.id, name=kind.name, rule="plain name",
                heading=kind.hs[0][:4] if kind.hs else "", categories=kind.categories,
            )  # fmt: skip


def _by_terms(text: str, name: str, date: str, goods: Sequence[Good]) -> Iterator[NamedGoods]:
    for good in goods:
        if not good.terms:
            continue
        for match in _terms(good.terms).finditer(text):
            category = Category(code=good.code, wording=good.wording, list=name, date=date, tier=good.tier)
            yield NamedGoods(
                start=match.start(), end=match.end(), text=match.group(), id=f"list-{good.code}", name=good.wording,
                rule=f"list: {name}", heading=good.hs[0][:4] if good.hs else "", categories=(category,),
            )  # fmt: skip


@cache
def _terms(terms: tuple[str, ...]) -> re.Pattern[str]:
    made = (r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in term.split()) for term in terms)
    return re.compile(r"(?<!\w)(?:" + "|".join(made) + r")(?!\w)", re.IGNORECASE)
