"""The numbers of a letter's sentences: what is counted, in which role, and what several numbers come to together.

A number may stand in figures or in words, with its unit or (in a table) without. "24 machines at 1,500,000 each" also tells
36,000,000: where a sentence prices things by the piece, products of its numbers stand in it too.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from leakdesk.claims.fractions import counts_in, shares_in
from leakdesk.claims.replies import by_the_piece
from leakdesk.claims.units import is_time
from leakdesk.language.numbers import number_words, scales, spelled
from leakdesk.mentions.quantities import amount_of, number
from leakdesk.model.claim import Claim, Quantity, Reading
from leakdesk.model.document import Language
from leakdesk.model.entity import Mention

if TYPE_CHECKING:
    from leakdesk.claims.passages import Letter

#: A number from here on is seldom there by chance.
TELLING_FROM = 10
_WORD_OR_MARK = re.compile(r"\w+(?:[-’'ʼ]\w+)*|[^\w\s]")


def quantities_of(claim: Claim, reading: Reading, language: Language) -> tuple[Quantity, ...]:
    """The numbers of a report's claim; where the reading gives it none, those that its words mention."""
    if claim.quantities:  # "one dose costs 9.40": of several numbers, a one only says of what
        return tuple(each for each in claim.quantities if each.value != 1) or claim.quantities
    inside = [m for m in reading.mentions if claim.quote.start <= m.start < claim.quote.end]
    mentioned = tuple(found for m in inside if (found := quantity_of(m, reading.text, language)))
    return mentioned or shares_in(reading.text, claim.quote.start, claim.quote.end, language)


def numbers_in(letter: Letter, start: int, end: int, language: Language) -> tuple[Quantity, ...]:
    """The numbers of a sentence: from the claims read there (they know the role), else from the mentions."""
    from_claims = [
        quantity
        for claim in (letter.reading.claims if letter.reading else ())
        if claim.quote.start < end and start < claim.quote.end
        for quantity in claim.quantities
    ]
    known = {(quantity.value, quantity.unit) for quantity in from_claims}
    from_mentions = [
        quantity
        for mention in letter.mentions
        if start <= mention.start < end and (quantity := quantity_of(mention, letter.text, language))
        if (quantity.value, quantity.unit) not in known
    ]
    known |= {(quantity.value, quantity.unit) for quantity in from_mentions}
    in_words = [each for each in shares_in(letter.text, start, end, language) if (each.value, each.unit) not in known]
    return (*from_claims, *from_mentions, *in_words)


def bare_numbers(letter: Letter, start: int, end: int) -> frozenset[float]:
    """Every number of a sentence, in figures or words, whatever it counts; parts of dates, designations and addresses are
    none, nor are stretches of time."""
    taken = [(m.start, m.end) for m in letter.mentions if m.type in _NO_NUMBERS and m.start < end and start < m.end]
    text = letter.text
    found: set[float] = set()
    for match in _FIGURES.finditer(text, start, end):
        if any(a <= match.start() < b for a, b in taken) or _is_label(text, start, match):
            continue
        if (value := number(match[0])) is not None:
            scale = re.match(r"[\s\u00a0]*(\w+)", text[match.end() : match.end() + 12])
            if scale and is_time(scale[1]):
                continue  # "children under 14 years" counts no helicopters
            found.add(value * scales().get(scale[1].casefold() if scale else "", 1.0))
    found |= _in_words(text[start:end])
    return frozenset(found | _products(found, text[start:end]) | counts_in(text[start:end]))


def _in_words(text: str) -> set[float]:
    """Numbers in words: those of several words as one («двести сорок» is neither 200 nor 40), also with a hyphen
    ("twenty-five"), then each word."""
    words = _WORD_OR_MARK.findall(text)
    numbers = [number for number in spelled(words) if number.is_compound or "-" in words[number.first]]
    within = {place for number in numbers for place in range(number.first, number.behind)}
    alone = (number_word(word) for place, word in enumerate(words) if place not in within)
    return {number.value for number in numbers} | {value for value in alone if value is not None}


#: A product of numbers below this is there by chance.
PRODUCTS_FROM = 100


def _products(found: set[float], text: str) -> set[float]:
    """What the numbers of a sentence come to that counts and prices by the piece ("24 machines at 1,500,000 each")."""
    if not 2 <= len(found) <= MOST_FACTORS or not by_the_piece(text):
        return set()
    return {a * b for a in found for b in found if a < b and a > 1 and a * b >= PRODUCTS_FROM}


#: A sentence of more numbers is a list.
MOST_FACTORS = 5


_NO_NUMBERS = frozenset({"date", "equipment", "identifier", "phone", "email", "url"})
#: No number is a part of a time of day, an address or a version ("16:48", "192.168.1.20").
_FIGURES = re.compile(
    r"(?<![\w.,:-])\d{1,3}(?:[ \u00a0\u202f,.']\d{3})+(?:[.,]\d{1,2})?(?!\w|[:.]\d)"
    r"|(?<![\w.,:-])\d+(?:[.,]\d+)?(?!\w|[:.]\d)"
)


def _is_label(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a number only tells things apart: "point 4", "№ 4", or "4." at the beginning of a line."""
    before = text[max(start, match.start() - 24) : match.start()].casefold()
    if re.match(r"[.)]\s", text[match.end() : match.end() + 2]) and not before.rpartition("\n")[2].strip():
        return True
    word = re.search(r"([\w]+)[.\s\u00a0]*$", before)
    return before.rstrip().endswith(("№", "#")) or bool(word and word[1] in _labels())


@cache
def _labels() -> frozenset[str]:
    return frozenset(_raw()["labels"]["before"])


def number_word(word: str) -> float | None:
    """The value of a number of two and more, written as a word in any case form; None for other words ("one", "half")."""
    return _number_words().get(word.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'"))


@cache
def _number_words() -> dict[str, float]:
    table: dict[str, float] = _raw()["values"]
    known = {**number_words(), **table}
    return {word.replace("ё", "е"): float(value) for word, value in known.items() if value > 1}


def quantity_of(mention: Mention, text: str, language: Language) -> Quantity | None:
    """A money, percent or quantity mention as a number with unit and role; None for other mentions."""
    amount = amount_of(mention)
    if amount is None:
        return None
    unit = "percent" if mention.type == "percent" else amount[1]
    return Quantity(text=mention.text, value=amount[0], unit=unit, role=role_before(text, mention.start, language))


def role_before(text: str, at: int, language: Language) -> str:
    """The role that the words in front of a number give it ("by", "to", "up_to", ...), or ""."""
    before = text[max(0, at - 40) : at].casefold().rstrip()
    for role, pattern in _role_patterns(language):
        if pattern.search(before):
            return role
    return ""


@cache
def _role_patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (role, re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + ")$"))
        for role, words in _raw().get(language, {}).items()
    )


@cache
def _raw() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("leakdesk.claims").joinpath("number_words.toml").read_text("utf-8"))


def transposed(a: float, b: float) -> bool:
    """Whether two whole numbers have the same digits in another order (14 and 41): a slip of the pen, not another number."""
    if a == b or a != int(a) or b != int(b):
        return False
    left, right = str(int(a)).rstrip("0"), str(int(b)).rstrip("0")
    return len(left) > 1 and a > 0 and b > 0 and len(str(int(a))) == len(str(int(b))) and sorted(left) == sorted(right)
