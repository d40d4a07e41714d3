"""What a document is about, in words: those that it uses often and few others use. For "more like this"."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

from leakdesk.search.results import TextForSearch
from leakdesk.search.words import bare, both_cases, terms
from leakdesk.search.zones import zones

#: Telling words of one document, at most, and characters of it that are looked at.
MOST_WORDS, MOST_CHARACTERS = 30, 60_000
#: A word tells something if it has so many letters and stands in another document, but not in every third.
SHORTEST, RAREST, COMMONEST = 3, 2, 1 / 3


def telling_words(shown: TextForSearch, frequency: Callable[[str], int], documents: int) -> dict[str, float]:
    """The document's own words in small letters (of its body, else of all of it) with weights, the weightiest first; 1 is
    the most. `frequency` says in how many documents a term stands."""
    runs = [(start, end) for name, start, end in zones(len(shown.text), shown.segments) if name == "body"]
    text = "\n".join(shown.text[start:end] for start, end in runs) if runs else shown.text
    counted = Counter(map(bare, terms(text[:MOST_CHARACTERS]) + (terms(shown.title) if shown.title else [])))
    weighed: list[tuple[float, str]] = []
    for term, count in counted.items():
        if len(term) < SHORTEST or term.isdigit():
            continue
        known = sum(map(frequency, both_cases(term)))
        if RAREST <= known <= max(RAREST, documents * COMMONEST):
            weighed.append(((1 + math.log(count)) * math.log(1 + documents / known), term))
    kept = sorted(weighed, key=lambda each: (-each[0], each[1]))[:MOST_WORDS]
    return {term: round(weight / kept[0][0], 4) for weight, term in kept}
