"""The written words that a queried word stands for, each with the rule; from the vocabulary, judged by the spelling rules."""

from __future__ import annotations

from threading import Lock

from leakdesk.language.spelling import query_keys, relation
from leakdesk.search.vocabulary import Vocabulary, has_spellings
from leakdesk.search.words import bare, both_cases, surface, term_of

#: A queried word stands for at most so many written words (those that differ least come first).
MOST_SPELLINGS = 400
#: Answers remembered, at most.
REMEMBERED = 2_000
EXACT = "exact"


class Spellings:
    """Other spellings of words, remembered until the vocabulary changes. Safe to ask from several threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lock = Lock()
        self._remembered: dict[str, dict[str, str]] = {}
        self._version = -1

    def of(self, word: str) -> dict[str, str]:
        """Terms of the index -> rule, for a word as a person typed it; the word itself is among them ("exact")."""
        with self._lock:
            version = self._vocabulary.version()
            if version != self._version or len(self._remembered) > REMEMBERED:
                self._remembered.clear()
                self._version = version
            if word not in self._remembered:
                self._remembered[word] = self._found(word)
            return self._remembered[word]

    def _found(self, word: str) -> dict[str, str]:
        term = term_of(word)
        found = exact(word)
        if not has_spellings(term):
            return found
        asked = as_asked(word)
        others: list[tuple[int, str, str]] = []
        for form in self._vocabulary.forms(query_keys(asked)):
            if form not in found and (rule := rule_between(asked, form)) is not None:
                others.append((rule.count("+"), form, rule))
        found.update((form, rule) for _, form, rule in sorted(others)[:MOST_SPELLINGS])
        return found


def exact(word: str) -> dict[str, str]:
    """The terms of a word as it is written, in small letters and with a capital."""
    return dict.fromkeys(both_cases(term_of(word)), EXACT)


def as_asked(word: str) -> str:
    """A queried word as the spelling rules should see it: ВСЕ CAPITALS are one capital, small letters stay small."""
    term = term_of(word)
    return surface(term) if term != bare(term) else (word.capitalize() if word[:1].isupper() else word)


def rule_between(asked: str, form: str) -> str | None:
    """Why a written word (a term of the index) is a spelling of the word asked for, or None."""
    written = surface(form)
    rule = relation(asked, written)
    if rule is None and (asked.islower() or written.islower()):
        # Whoever types a surname in small letters means the name; the vocabulary gave it a name's keys.
        rule = relation(asked.capitalize(), written.capitalize())
    return EXACT if rule == "same" else rule
