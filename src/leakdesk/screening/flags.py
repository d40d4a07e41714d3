"""Red flags of a chain: rules of `tables/flags.toml`, each with its source and the question it asks. No flag asserts a breach."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from leakdesk.model.anchor import Anchor, anchor_at
from leakdesk.screening.steps import Letter, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A rule that fits a chain: its id, what it says, what to ask, where it comes from, and the places it rests on."""

    id: str
    says: str
    ask: str
    reference: str
    anchors: tuple[Anchor, ...]


@cache
def flag_table() -> tuple[Mapping[str, Any], ...]:
    """The rows of flags.toml as they stand."""
    text = resources.files("leakdesk.screening").joinpath("tables", "flags.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["flags"])


def flags_of(steps: Sequence[Step], letters: Sequence[Letter], lands: Mapping[str, str]) -> tuple[Flag, ...]:
    """The flags of a chain, in the order of the table. `lands`: house -> country, as far as it is known."""
    found: list[Flag] = []
    for row in flag_table():
        anchors = tuple(_TESTS[row["test"]](row, steps, letters, lands))
        if anchors:
            flag = Flag(id=row["id"], says=row["says"], ask=row["ask"], reference=row["reference"], anchors=anchors)
            found.append(flag)
    return tuple(found)


def _after_refusal(
    _: Mapping[str, Any], steps: Sequence[Step], letters: Sequence[Letter], lands: Mapping[str, str]
) -> Iterator[Anchor]:
    """A refusal, then a request to or an offer from another house, whose country is known and is not the refuser's."""
    del letters
    for at, refusal in enumerate(steps):
        if refusal.kind != "refusal":
            continue
        refused, refusers = set(refusal.to), set(refusal.from_)
        home = {lands.get(house, "") for house in refused | refusers} - {""}
        for later in steps[at + 1 :]:
            if later.kind not in ("request", "offer") or refusers & {*later.from_, *later.to}:
                continue
            others = {*later.from_, *later.to} - refused
            if any(land and land not in home for house in others if (land := lands.get(house, ""))):
                yield from (refusal.anchor, later.anchor)
                return


def _end_use_open(
    _: Mapping[str, Any], steps: Sequence[Step], letters: Sequence[Letter], lands: Mapping[str, str]
) -> Iterator[Anchor]:
    """A house asked and was not told afterwards, or asked again after it had been told."""
    del letters, lands
    asked = [step for step in steps if step.kind == "end_use" and step.status == "asked"]
    stated = [step for step in steps if step.kind == "end_use" and step.status == "stated"]
    for step in asked:
        answered = any(set(step.from_) & set(each.to) and each.day >= step.day for each in stated)
        before = any(set(step.from_) & set(each.to) and each.day < step.day for each in stated)
        if not answered or before:
            yield step.anchor


def _words(
    row: Mapping[str, Any], steps: Sequence[Step], letters: Sequence[Letter], lands: Mapping[str, str]
) -> Iterator[Anchor]:
    del steps, lands
    yield from (_anchor(letter, match) for letter, match in _found(row["words"], letters))


def _consignee(
    _: Mapping[str, Any], steps: Sequence[Step], letters: Sequence[Letter], lands: Mapping[str, str]
) -> Iterator[Anchor]:
    """A change of consignee in a chain that has an offer, an order or a payment."""
    del letters, lands
    if any(step.kind in ("offer", "order", "payment", "shipment") for step in steps):
        yield from (step.anchor for step in steps if step.kind == "consignee")


def _transit(
    row: Mapping[str, Any], steps: Sequence[Step], letters: Sequence[Letter], lands: Mapping[str, str]
) -> Iterator[Anchor]:
    """A third country named in such words."""
    del steps
    from leakdesk.entities.places import country_of

    for letter, match in _found(row["words"], letters):
        named = country_of(match["country"]).lower()
        home = {lands.get(house, "") for house in (*letter.houses_from, *letter.houses_to)}
        if named and named not in home:
            yield _anchor(letter, match)


_TESTS: Mapping[
    str, Callable[[Mapping[str, Any], Sequence[Step], Sequence[Letter], Mapping[str, str]], Iterator[Anchor]]
] = {
    "after_refusal": _after_refusal,
    "end_use_open": _end_use_open,
    "words": _words,
    "consignee_changed": _consignee,
    "transit": _transit,
}


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def words_fit(flag: str, text: str) -> bool:
    """Whether the words of a flag stand in a text (for rules that have words)."""
    return any(row["id"] == flag and "words" in row and _compiled(row["words"]).search(text) for row in flag_table())


def _found(words: str, letters: Sequence[Letter]) -> Iterator[tuple[Letter, re.Match[str]]]:
    for letter in letters:
        for start, end in letter.own:
            for match in _compiled(words).finditer(letter.text, start, end):
                line = letter.text[letter.text.rfind("\n", 0, match.start()) + 1 : match.start()]
                if not line.lstrip().startswith(">") and not letter.inside:
                    yield letter, match


def _anchor(letter: Letter, match: re.Match[str]) -> Anchor:
    return anchor_at(letter.text, match.start(), match.end(), document=letter.document, text_sha256=letter.text_sha256)
