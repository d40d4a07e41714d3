"""Cue classes × constructions in three languages: what each reached is held, and what only looks alike stays unread."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from leakdesk.model.claim import Attribution
from leakdesk.model.document import Language
from tests.reading.scorer import Count, one_to_one
from tests.reading.test_sentences import attribution_right, read

HERE = Path(__file__).parent / "matrix"
#: Decides which half of the cells was put away unread while rules were written.
SEED = 6
#: (language, half) -> least F of strict attributions, traps included.
FLOORS: dict[tuple[Language, str], float] = {
    ("ru", "seen"): 0.95,
    ("ru", "unread"): 0.86,
    ("uk", "seen"): 0.92,
    ("uk", "unread"): 0.86,
    ("be", "seen"): 0.87,
    ("be", "unread"): 0.81,
}


@dataclass
class Cell:
    """A sentence of a cell, with who says what in it."""

    name: str
    text: str = ""
    attributions: list[list[str]] = field(default_factory=lambda: [])


def cells(language: Language) -> list[Cell]:
    found: list[Cell] = []
    for line in (HERE / f"{language}.txt").read_text("utf-8").splitlines():
        kind, rest = line[0], line[2:]
        if kind == "K":
            found.append(Cell(rest))
        elif kind == "S":
            found[-1].text = rest
        else:
            found[-1].attributions.append(rest.split("|"))
    return found


def split(language: Language) -> dict[str, list[Cell]]:
    """ "seen" and "unread": by the name of the cell and its number within it, so that the halves agree between languages."""
    halves: dict[str, list[Cell]] = {"seen": [], "unread": []}
    ordinals: dict[str, int] = {}
    for cell in cells(language):
        number = ordinals[cell.name] = ordinals.get(cell.name, 0) + 1
        hidden = random.Random(f"{SEED}/{cell.name}/{number}").random() < 0.5
        halves["unread" if hidden else "seen"].append(cell)
    return halves


def score(language: Language, half: str) -> tuple[Count, list[tuple[Cell, list[Attribution], list[list[str]]]]]:
    """Strict count, and the cells with what was wrongly given and what was missed."""
    count = Count()
    wrong: list[tuple[Cell, list[Attribution], list[list[str]]]] = []
    for cell in split(language)[half]:
        mine = list(read(cell.text, language).attributions)
        pairs = one_to_one(
            mine, cell.attributions, lambda each, gold, text=cell.text: attribution_right(each, gold, text)
        )
        count.add(Count(len(pairs), len(mine), len(cell.attributions)))
        right, found = {id(each) for each, _ in pairs}, {id(gold) for _, gold in pairs}
        extra = [each for each in mine if id(each) not in right]
        missed = [gold for gold in cell.attributions if id(gold) not in found]
        if extra or missed:
            wrong.append((cell, extra, missed))
    return count, wrong


@pytest.mark.parametrize(("language", "half"), FLOORS)
def test_cells_of_the_table_are_read(language: Language, half: str) -> None:
    count, _ = score(language, half)
    assert count.f >= FLOORS[language, half], f"{count.f:.3f} below {FLOORS[language, half]}"


@pytest.mark.parametrize("language", ["ru", "uk", "be"])
def test_every_content_of_the_table_stands_in_its_sentence(language: Language) -> None:
    loose = {"-", ":", "—"}
    for cell in cells(language):
        for source, _, content in cell.attributions:
            assert any(each in loose or each in cell.text for each in source.split("~")), cell.text
            assert any(each in cell.text for each in content.split("~")), cell.text
