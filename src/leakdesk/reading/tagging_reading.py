"""One word's class and features, however they were found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """One word's class and features, as `Token` has them. `forms` are the cases with their numbers that a noun or adjective
    may stand in ("gs np ap"), where a dictionary says so."""

    pos: str
    lemma: str
    cases: str = ""
    number: str = ""
    gender: str = ""
    tense: str = ""
    passive: bool = False
    forms: str = ""
    animate: str = ""
    transitive: str = ""
