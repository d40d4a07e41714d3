"""The circle of a report: who wrote the letters that its matter lies in, so that their other letters are looked at too.

A report names people and houses; the letter that decides a claim often names none of them ("No maintenance is planned. Why
are they off?") and drowns among a hundred thousand others about plans. But it was written by, or to, somebody who also wrote
the letters that do name them. So a report is held against the letters twice: once to see whose letters tell of its names,
then with those people's letters among the candidates of every claim. Whoever writes much of the mailbox counts little.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leakdesk.claims.passages import Letter, keys_in
from leakdesk.claims.wanted_slots import Alternatives

#: Letters that make the circle, and the share of what the best of them names from which a letter belongs to it.
LETTERS, NEARLY = 12, 0.5
#: Words of people and houses by which the circle's other letters are found.
WORDS = 12
#: A name in this share of the letters at hand tells nothing.
EVERYWHERE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Letters that tell most of a report's names, and the words by which the people in them are found, with weights."""

    letters: tuple[Letter, ...] = ()
    words: Mapping[str, float] = field(default_factory=dict[str, float])

    def holds(self, letter: Letter) -> bool:
        """Whether somebody of the circle takes part in a letter."""
        return any(word in self.words for name in letter.people for word in name.casefold().split())


def circle_of(names: Iterable[tuple[Alternatives, ...]], letters: Iterable[Letter]) -> Circle:
    """The circle among the letters that a report's claims brought up. `names`: every name of the report by its words' keys."""
    at_hand = list({letter.document: letter for letter in letters}.values())
    named = _named(list(names), at_hand)
    best = max(named.values(), default=0.0)
    if not best:
        return Circle()
    near = [each for each in at_hand if named[each.document] >= NEARLY * best]
    ranked = sorted(near, key=lambda each: (-named[each.document], each.document))[:LETTERS]
    return Circle(letters=tuple(ranked), words=_words(ranked, at_hand))


def _named(names: list[tuple[Alternatives, ...]], letters: list[Letter]) -> dict[str, float]:
    """How much of the report's names each letter holds, rare ones counting more."""
    held = {letter.document: keys_in(letter) for letter in letters}
    weights: list[tuple[tuple[Alternatives, ...], float]] = []
    for name in names:
        count = sum(all(word & keys for word in name) for keys in held.values())
        if count:
            weights.append((name, math.log(1 + len(letters) / count)))
    return {
        document: sum(weight for name, weight in weights if all(word & keys for word in name))
        for document, keys in held.items()
    }


def _words(circle: list[Letter], at_hand: list[Letter]) -> dict[str, float]:
    """The words of those who write in the circle, rarer ones first."""
    everywhere = Counter(word for letter in at_hand for word in _people(letter))
    own = Counter(word for letter in circle for word in _people(letter))
    telling = {
        word: math.log(1 + len(at_hand) / everywhere[word])
        for word in own
        if everywhere[word] <= max(own[word], EVERYWHERE * len(at_hand))
    }
    best = sorted(telling, key=lambda word: (-telling[word] * own[word], word))[:WORDS]
    return {word: telling[word] for word in best}


def _people(letter: Letter) -> set[str]:
    return {word for name in letter.people for word in name.casefold().split() if len(word) > 3}
