"""A report's quotation in another language than the letter that it was taken from.

Translated words share no letters, so they are held against a letter's sentence by what they mean: the concepts, names and
numbers of a word in any of the four languages. A translation is never *found* word for word: it is *altered*, and says so;
where the letter's sentence holds a word that bears on the meaning and the quotation holds none of its kind, it is *truncated*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leakdesk.claims.passages import Window, cues_of, word_alternatives
from leakdesk.language.words import WORD
from leakdesk.model.document import Language

#: Words with a meaning of their own that a quotation must have, and the share of them that must stand in the sentence.
FEWEST, SHARE = 3, 0.6
#: The share of the sentence's own words that the quotation must tell: one clause of a long sentence may be quoted.
OF_THE_SENTENCE = 0.4
#: What a translator may not leave out: the classes of `passages.cues_of`, and how each is said to a reader.
BEARING = {"negation": "a negation", "condition": "a condition", "limit": "a limit", "plan": "a plan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """A letter's sentence that a quotation gives in another language, and what it leaves out of it."""

    window: Window
    share: float
    lost: tuple[str, ...]


def translated(quotation: str, language: Language, windows: Sequence[Window]) -> Translated | None:
    """The sentence in another language that tells most of a quotation; None where none tells enough."""
    own = [keys for word in WORD.findall(quotation) if (keys := word_alternatives(word, language))]
    if len(own) < FEWEST:
        return None
    told = frozenset[str]().union(*own)
    found: list[tuple[float, int, Window]] = []
    for at, window in enumerate(windows):
        if window.language in (language, "und"):
            continue
        share = sum(bool(keys & window.keys) for keys in own) / len(own)
        if share >= SHARE and _share_told(window, told) >= OF_THE_SENTENCE:
            found.append((share, -at, window))
    if not found:
        return None
    share, _, window = max(found, key=lambda each: each[:2])
    lost = window.cues - cues_of(quotation, language)
    return Translated(window=window, share=share, lost=tuple(BEARING[each] for each in BEARING if each in lost))


def _share_told(window: Window, told: frozenset[str]) -> float:
    words = [keys for word in WORD.findall(window.text) if (keys := word_alternatives(word, window.language))]
    return sum(bool(keys & told) for keys in words) / len(words) if words else 0.0
