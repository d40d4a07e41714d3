"""One word's class and features, however they were found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """One word's class and features, as `Token` has them."""

    pos: str
    lemma: str
    cases: str = ""
    number: str = ""
    gender: str = ""
    tense: str = ""
    passive: bool = False
