"""The page of what can be said technically: how many letters have something to say, which kinds of it, and the letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leakdesk.web.contexts import Page, Steps, address, menu, steps, title, when
from leakdesk.web.technical import Technical, of_line

if TYPE_CHECKING:
    from leakdesk.desk import Desk

#: Letters on a page.
MOST_LETTERS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """A kind of conflict: how often it occurs, and the address of the letters that show it ("" for files)."""

    name: str
    shown: int
    of: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLetter:
    """A letter with what can be said of it."""

    title: str
    date: str
    href: str
    technical: Technical


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicalPage(Page):
    """Counts, kinds and letters."""

    letters: int
    signed: int
    waiting: int
    keys: int
    rules: tuple[ShownRule, ...]
    inside: tuple[ShownRule, ...]
    shown: tuple[ShownLetter, ...]
    pages: Steps


def technical_page(desk: Desk, rule: str, offset: int) -> TechnicalPage:
    """The page: all letters that have something to say, or those that show one kind of conflict."""
    counted = desk.authenticity.overview()
    rule = rule if rule in counted.rules else ""
    lines, total = desk.authenticity.telling(rule, offset, MOST_LETTERS)
    return TechnicalPage(
        title="Technical",
        menu=menu("Technical"),
        unsandboxed=desk.read_without_sandbox,
        letters=counted.letters,
        signed=counted.signed,
        waiting=counted.waiting,
        keys=desk.authenticity.keys(),
        rules=tuple(_rule(name, rate, rule) for name, rate in sorted(counted.rules.items())),
        inside=tuple(_rule(name, rate, "", link=False) for name, rate in sorted(counted.inside.items())),
        shown=tuple(_letter(desk, line) for line in lines),
        pages=steps("/technical", offset, total, MOST_LETTERS, rule=rule),
    )


def _rule(name: str, rate: Sequence[int], chosen: str, *, link: bool = True) -> ShownRule:
    return ShownRule(
        name=name.replace("_", " "),
        shown=rate[0],
        of=rate[1],
        href=address("/technical", rule=name) if link else "",
        current=name == chosen,
    )


def _letter(desk: Desk, line: Mapping[str, Any]) -> ShownLetter:
    about = desk.documents.get(line["document"])
    return ShownLetter(
        title=title(about),
        date=when(about["date"]) or "no date",
        href=address(f"/d/{line['document']}", to="technical"),
        technical=of_line(line),
    )
