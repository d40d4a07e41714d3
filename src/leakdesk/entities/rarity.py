"""How rare surnames are in a case: what many people of the case bear proves little when two of them meet.

The shipped table knows surnames that are frequent everywhere. A plant in a small town may have eleven Грыбоўскі: there
an initial, a slip of the pen or a bare surname settles nothing. Counted are bearers, not mentions: one man named a
hundred times bears his surname once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from leakdesk.entities import people

#: A surname of so many different people of a case is frequent there.
FREQUENT = 3


def surname_bearers(names: Iterable[str]) -> Mapping[str, int]:
    """By surname (as a sound): how many given names go with it among these names of people. Partial names do not count."""
    bearers: dict[str, set[frozenset[int] | str]] = defaultdict(set)
    for name in sorted(set(names)):
        readings = people.parse(name).readings
        if not readings or readings[0].given is None or readings[0].given.is_initial:
            continue
        given = readings[0].given
        for key in (key for surname in readings[0].surnames[:1] for key in surname.keys):  # a wife's form and a man's
            bearers[key].add(given.families or given.key)
    return {key: len(found) for key, found in bearers.items()}


def frequent_surnames(names: Iterable[str]) -> frozenset[str]:
    """The surnames (as sounds) that at least FREQUENT different people among these names bear."""
    return frozenset(key for key, count in surname_bearers(names).items() if count >= FREQUENT)
