"""The other way round: letters that speak of the report's own people and things, and that the report never uses.

What a report leaves out may matter more than what it says. A letter is listed when it names several of those whom the report
names, or one of them with a sum or a number, and no claim of the report is told by it. This ranks; it does not judge: an unused
letter may be trivial.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from leakdesk.claims.passages import Letter, Letters, Window, windows
from leakdesk.claims.wanted import report_names
from leakdesk.claims.wanted_slots import Alternatives
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import CheckedClaim, Unmentioned

#: Letters looked through, and letters shown.
LOOKED_AT, SHOWN = 120, 10
#: Names of the report that a letter must hold; fewer will do where it gives numbers.
SEVERAL_NAMES = 2
#: What a number in the same sentence adds beside a name.
NUMBER = 0.5


def unmentioned(reading: Reading, letters: Letters, checked: Sequence[CheckedClaim]) -> tuple[Unmentioned, ...]:
    """Letters about the report's people and things that tell none of its claims, the fullest first."""
    names = report_names(reading)
    words = {
        word: 1.0 for entity in reading.entities for name in entity.names for word in name.split() if len(word) > 2
    }
    if not names or not words:
        return ()
    used = {passage.document for one in checked for passage in one.passages if passage.tells}
    found = [letter for letter in letters.candidates(words, LOOKED_AT) if letter.document not in used]
    rarity = _rarity(names, found)
    listed = [each for letter in found if (each := _listed(letter, names, rarity))]
    listed.sort(key=lambda each: (-each[0], each[1].document))
    return tuple(one for _, one in listed[:SHOWN])


def _rarity(names: dict[tuple[Alternatives, ...], str], found: Sequence[Letter]) -> dict[str, float]:
    """A name weighs by its rarity among the letters at hand."""
    held = {letter.document: frozenset().union(*(w.keys for w in windows([letter]))) for letter in found}
    weights: dict[str, float] = {}
    for keys, name in names.items():
        count = sum(_names(keys, each) for each in held.values())
        weights[name] = max(weights.get(name, 0.0), math.log(1 + len(held) / count) if count else 0.0)
    return weights


def _names(keys: tuple[Alternatives, ...], held: frozenset[str]) -> bool:
    return all(word & held for word in keys)


def _listed(
    letter: Letter, names: dict[tuple[Alternatives, ...], str], rarity: dict[str, float]
) -> tuple[float, Unmentioned] | None:
    best: tuple[float, Window, tuple[str, ...]] | None = None
    everywhere: set[str] = set()
    for window in windows([letter]):
        here = {name for keys, name in names.items() if _names(keys, window.keys)}
        everywhere |= here
        score = sum(rarity[name] for name in here) + NUMBER * min(2, len(window.numbers))
        if here and (best is None or score > best[0]):
            best = score, window, tuple(sorted(here))
    if best is None or (len(everywhere) < SEVERAL_NAMES and not best[1].numbers):
        return None
    _, window, here = best
    total = sum(rarity[name] for name in everywhere) + NUMBER * len(window.numbers)
    return total, Unmentioned(
        document=letter.document,
        start=window.start,
        end=window.end,
        text=window.text,
        names=tuple(sorted(everywhere)),
        reason=f"names {', '.join(here)}" + (" with a number" if window.numbers else ""),
    )
