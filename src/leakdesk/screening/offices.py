"""Offices, citizenships and trips of office holders, as letters tell them: by country and month, never closer.

Only people whom an editor has given the role of an official come in, and only sentences that name them. A trip is a country
and a month. Nothing here can be asked for one person, and nothing is put in the order of time: this is a list of claims with
their words, sorted by kind and country, not a way to follow anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from leakdesk.language.sentences import sentences
from leakdesk.model.anchor import Anchor, anchor_at
from leakdesk.model.entity import Mention

Kind = Literal["office", "citizenship", "trip"]
#: A longer sentence is a list or a table: what it tells of whom is not clear.
LONGEST_SENTENCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One claim about an office holder: the office in the letter's words, or a country (ISO 3166, small letters); `month`
    of a trip ("2023-05") and `year` of a citizenship where they are told."""

    kind: Kind
    entity: str
    value: str
    month: str = ""
    year: str = ""
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A text with the sender's own words, its mentions, where the places it names lie, and its month."""

    document: str
    text: str
    text_sha256: str
    own: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    lands: Mapping[str, str]
    month: str


_OFFICE = re.compile(
    r"(?:(?:перв\w+\s+)?(?:зам(?:еститель|естителя|\.)|намеснік\w*|заступник\w*|deputy|vice)[\s-]+)?"
    r"(?:генеральн\w+\s+|general\s+)?"
    r"(?:председател\w+|старшын\w+|голов(?:а|и|у|ою)|министр\w*|міністр\w*|директор\w*|дырэктар\w*|губернатор\w*|депутат\w*|начальник\w*|начальнік\w*|"
    r"chair(?:man|woman|person)?|minister|director|governor|head|member\s+of\s+parliament)"
    r"(?:\s+(?:of\s+the\s+|of\s+)?[^\W\d_][\w«»\"-]*){0,4}",
    re.IGNORECASE,
)
_CITIZEN = re.compile(
    r"гражданств\w*|гражданин\w*|грамадзян\w+|громадян\w+|паспорт\w*|пашпарт\w*|citizen\w*|passport\w*|nationality",
    re.IGNORECASE,
)
_TRAVEL = re.compile(
    r"билет\w*|білет\w*|квитк\w+|рейс\w*|поездк\w+|паездк\w+|поїздк\w+|командировк\w+|камандзіроўк\w+|відрядженн\w+|"
    r"(?:по|при|у|вы|вы)?(?:ехал|едет|едут|еду|лет[еаи]|езжа|їха|їде|ляц[еі]|ехаў|едзе)\w*|командировочн\w+|авансов\w+|"
    r"tickets?|flights?|fl(?:y|ew|own|ies)|trips?|travel\w*|visit\w*|booking|book\s+for",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:\bс|\bз|since|від)\s+((?:19|20)\d{2})")


def told_of(pages: Iterable[Page], officials: frozenset[str]) -> list[Told]:
    """What the pages tell of office holders, by kind, country or office, and place in the texts: never by time."""
    found = {_key(one): one for page in pages for one in _page(page, officials)}
    return sorted(
        found.values(),
        key=lambda one: (one.kind, one.value.casefold(), one.entity, one.anchor.document, one.anchor.start),
    )


def _key(one: Told) -> tuple[str, str, str, str, str]:
    return (one.kind, one.entity, one.value.casefold(), one.month, one.anchor.document)


def _page(page: Page, officials: frozenset[str]) -> Iterator[Told]:
    named = [each for each in page.mentions if each.type == "person" and each.entity in officials]
    if not named:
        return
    for start, end in page.own:
        for span in sentences(page.text[start:end]):
            first, last = start + span.start, start + span.end
            here = [each for each in named if first <= each.start and each.end <= last]
            if here and last - first <= LONGEST_SENTENCE and not span.text.lstrip().startswith(">"):
                yield from _sentence(page, first, last, here)


def _sentence(page: Page, first: int, last: int, named: Sequence[Mention]) -> Iterator[Told]:
    words = page.text[first:last]
    anchor = anchor_at(page.text, first, last, document=page.document, text_sha256=page.text_sha256)
    people = sorted({each.entity for each in named if each.entity})
    if len(people) == 1:
        for office in _offices(page.text, first, last, named):
            yield Told(kind="office", entity=people[0], value=office, anchor=anchor)
        if _CITIZEN.search(words):
            year = _YEAR.search(words)
            for land in sorted(nationalities_in(words)):
                yield Told(
                    kind="citizenship", entity=people[0], value=land, year=year[1] if year else "", anchor=anchor
                )
    if _TRAVEL.search(words):
        inside = [each for each in page.mentions if first <= each.start and each.end <= last]
        lands = {land for each in inside if each.type == "place" and (land := page.lands.get(each.id, ""))}
        month = next((each.normal[:7] for each in inside if each.type == "date" and _is_month(each.normal)), page.month)
        for entity in people:
            for land in sorted(lands):
                yield Told(kind="trip", entity=entity, value=land, month=month, anchor=anchor)


def _is_month(edtf: str) -> bool:
    return bool(re.match(r"\d{4}-(?:0[1-9]|1[0-2])", edtf))


def _offices(text: str, first: int, last: int, named: Sequence[Mention]) -> Iterator[str]:
    """The office that stands right before or right after the name."""
    for match in _OFFICE.finditer(text, first, last):
        for each in named:
            inside = match.start() < each.start < match.end()
            before = 0 <= each.start - match.end() <= 2
            after = 0 <= match.start() - each.end <= 3
            if inside or before or after:
                end = min(match.end(), each.start) if inside else match.end()
                yield " ".join(text[match.start() : end].split())


@cache
def _stems() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files("leakdesk.screening").joinpath("tables", "nationalities.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((code, re.compile(rf"(?<!\w)(?:{stems})\w*", re.IGNORECASE)) for code, stems in rows)


def nationalities_in(words: str) -> set[str]:
    """Countries told as adjectives ("кипрский паспорт")."""
    return {code for code, stems in _stems() if stems.search(words)}
