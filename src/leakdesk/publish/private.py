"""Addresses, telephones, account numbers, papers, birth dates, links with traces: masked wherever they stand.

The rules are a table (`private.toml`), each with an example and a counter-example that the tests read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateRule:
    """One rule of the table."""

    id: str
    pattern: re.Pattern[str]
    check: str
    example: str
    finds: str
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateValue:
    """A private value in a text: code points [start, end) and the rule that found it."""

    start: int
    end: int
    rule: str


def private_values(text: str) -> Iterator[PrivateValue]:
    """Every private value of a text, rule by rule; they may overlap."""
    for rule in rules():
        for match in rule.pattern.finditer(text):
            group = "value" if "value" in rule.pattern.groupindex else 0
            if _CHECKS[rule.check](match.group(group)):
                yield PrivateValue(start=match.start(group), end=match.end(group), rule=rule.id)


@cache
def rules() -> tuple[PrivateRule, ...]:
    """The table."""
    table = tomllib.loads(files("leakdesk.publish").joinpath("private.toml").read_text(encoding="utf-8"))
    return tuple(
        PrivateRule(
            id=row["id"],
            pattern=re.compile(row["pattern"]),
            check=row.get("check", ""),
            example=row["example"],
            finds=row["finds"],
            counter=row["counter"],
        )
        for row in table["rule"]
    )


def _is_iban(text: str) -> bool:
    """ISO 13616: the first four moved to the end, letters as numbers, remainder 1 modulo 97."""
    plain = re.sub(r"\s", "", text)
    moved = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def _is_luhn(text: str) -> bool:
    digits = [int(char) for char in text if char.isdigit()][::-1]
    return sum(digit if at % 2 == 0 else sum(divmod(2 * digit, 10)) for at, digit in enumerate(digits)) % 10 == 0


def _anything(_text: str) -> bool:
    return True


_CHECKS = {"": _anything, "iban": _is_iban, "luhn": _is_luhn}
