"""Keys one edit away from others: a misprint in a surname must survive the search for candidates.

Brute force over all keys of like length (rapidfuzz, a core): 20,000 asked keys against 100,000 listed ones take seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

#: Shorter keys are compared exactly only: one sound of four is another name.
SHORTEST = 6
#: Rows of one block.
BLOCK = 500


def near_keys(asked: Iterable[str], listed: Sequence[str]) -> dict[str, list[str]]:
    """For each asked key, the listed keys that are exactly one edit (or swap of neighbours) away."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for key in listed:
        if len(key) >= SHORTEST - 1 and key.isalpha():
            by_length[len(key)].append(key)
    rows: dict[int, list[str]] = defaultdict(list)
    for key in sorted(asked):
        if len(key) >= SHORTEST and key.isalpha():
            rows[len(key)].append(key)
    found: dict[str, list[str]] = {}
    for length, keys in sorted(rows.items()):
        columns = [*by_length.get(length - 1, ()), *by_length.get(length, ()), *by_length.get(length + 1, ())]
        if columns:
            _block(keys, columns, found)
    return found


def _block(rows: Sequence[str], columns: Sequence[str], found: dict[str, list[str]]) -> None:
    """Names rarely differ in their first sound and in the rest: rows meet only columns that share a beginning or an end."""
    import numpy as np
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    starts: dict[str, list[str]] = defaultdict(list)
    ends: dict[str, list[str]] = defaultdict(list)
    for each in columns:
        starts[each[:2]].append(each)
        ends[each[-2:]].append(each)
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in rows:
        groups["start", each[:2]].append(each)
        groups["end", each[-2:]].append(each)
    for (side, part), members in groups.items():
        fitting = (starts if side == "start" else ends).get(part, [])
        if not fitting:
            continue
        for at in range(0, len(members), BLOCK):
            some = members[at : at + BLOCK]
            distances = cdist(some, fitting, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8, workers=1)
            for row, column in zip(*np.nonzero(distances == 1), strict=True):
                others = found.setdefault(some[row], [])
                if fitting[column] not in others:
                    others.append(fitting[column])
