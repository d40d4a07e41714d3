"""Which of many names are worth comparing. Nothing true may be lost here: exact sound keys, and brute-force similarity.

Two names are candidates when they share a key of any of their words, or when two of their keys differ by one sound
(rapidfuzz over all distinct keys of the list, in blocks). So a typo is found, and no bucket has a size limit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from leakdesk.entities import organisations, people, places, things
from leakdesk.entities.org_acronyms import folded_letters
from leakdesk.model.entity import NameKind

#: Keys shorter than this are compared exactly only.
SHORTEST_NEAR = 5
#: Rows of one brute-force block: 2,000 x 50,000 one-byte distances are 100 MB.
BLOCK = 1000


def pairs(names: list[str], kind: NameKind) -> Iterator[tuple[int, int]]:
    """Candidate pairs of positions (left < right), each once, in order."""
    keyed = [keys(name, kind) for name in names]
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(keyed):
        for key in found:
            by_key[key].append(number)
    near = _near(sorted(by_key)) if kind in ("person", "organization", "place") else {}
    for number, found in enumerate(keyed):
        others: set[int] = set()
        for key in found:
            others.update(by_key[key])
            for other in near.get(key, ()):
                others.update(by_key[other])
        yield from ((number, other) for other in sorted(others) if other > number)


def keys(name: str, kind: NameKind) -> frozenset[str]:
    """The keys under which a name is compared with others."""
    if kind == "person":
        person = people.parse(name)
        return person.surname_keys or person.keys
    if kind == "organization":
        return _organisation_keys(organisations.parse(name))
    if kind == "place":
        named = places.parse(name)
        ids = {f"#{place.id}" for key in named.keys for place in places.find(key)}
        return named.keys | ids | ({f"@{named.country}"} if named.country else frozenset())
    thing = things.parse(name)
    return thing.keys | {f"#{row}" for row in thing.rows} | {f"@{thing.type}"}


def _organisation_keys(body: organisations.Body) -> frozenset[str]:
    own = {stem for each in body.own for stem in each.stems}
    numbers = {f"#{number}" for number in body.numbers}
    letters = {f"*{folded_letters(each.text)}" for each in body.own if each.capitals}
    concepts = {f"+{concept}" for concept in body.concepts}
    initials = {"".join(sorted(each)) for each in _initials(body)}
    return frozenset(own | numbers | letters | concepts | {f"%{each}" for each in initials})


def _initials(body: organisations.Body) -> Iterable[str]:
    return [folded_letters(each.text) for each in body.own if each.capitals]


def _near(distinct: list[str]) -> dict[str, list[str]]:
    """For each key, the other keys one edit away. Only letters' keys of five sounds and more take part."""
    import numpy as np
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    words = [key for key in distinct if len(key) >= SHORTEST_NEAR and key.isalpha()]
    by_length: dict[int, list[str]] = defaultdict(list)
    for each in words:
        by_length[len(each)].append(each)
    found: dict[str, list[str]] = defaultdict(list)
    for length, rows in sorted(by_length.items()):
        columns = [*rows, *by_length.get(length + 1, ())]
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            distances = cdist(block, columns, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8, workers=1)
            for row, column in zip(*np.nonzero(distances <= 1), strict=True):
                a, b = block[row], columns[column]
                if a != b:
                    found[a].append(b)
                    if len(b) > length:
                        found[b].append(a)
    return {key: sorted(set(others)) for key, others in found.items()}
