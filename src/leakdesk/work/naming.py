"""Which entities of a case a person means: by id (a merged one leads to what it became), or by a name in any spelling.

Nearly every word of a name stands in the texts, so the index's vocabulary knows its spelling keys already; only the few that
stand nowhere (a nominative of which the letters have cases alone) get keys here.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from leakdesk.search.keys import asked_keys, index_keys
from leakdesk.search.spellings import rule_between
from leakdesk.search.vocabulary import Vocabulary
from leakdesk.search.words import WORD, bare, both_cases, term_of
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import chunks, from_json
from leakdesk.store.tables import entities, tallies

#: The schema of places.
PLACE = "Address"
#: A chain of merges is followed so far.
_LONGEST_CHAIN = 100
#: Words asked of the vocabulary in one statement.
_AT_ONCE = 10_000


@dataclass(slots=True)
class Names:
    """The names of a case's entities by spelling key, read again when the entities have changed."""

    store: CaseStore
    _state: tuple[int, bytes] = (-1, b"")
    _redirects: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    _schemas: dict[str, str] = field(default_factory=dict[str, str])
    _words: dict[str, list[tuple[str, ...]]] = field(default_factory=dict[str, list[tuple[str, ...]]])
    _by_word: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    _by_key: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    _written: Vocabulary | None = None

    def entities(self, value: str, *, place: bool = False) -> set[str]:
        """The entities of an id or a name; only places, if `place`."""
        self._refresh()
        if value in self._redirects:
            return {self._final(value)}
        asked = tuple(word for word in WORD.findall(value) if not word.isdigit() or len(value) > len(word))
        if not asked:
            return set()
        found: set[str] | None = None
        for word in asked:
            owners = self._owners(word)
            found = owners if found is None else found & owners
        return {
            own
            for own in found or ()
            if (not place or self._schemas[own] == PLACE) and any(_names(asked, words) for words in self._words[own])
        }

    def _owners(self, word: str) -> set[str]:
        """The entities one of whose words may be a spelling of this one."""
        keys = asked_keys(word.capitalize())
        written = self._written.forms(keys) if self._written else []
        owners = {own for term in (term_of(word), *written) for own in self._by_word.get(bare(term), ())}
        return owners.union(*(self._by_key.get(key, ()) for key in keys))

    def _final(self, own: str) -> str:
        for _ in range(_LONGEST_CHAIN):
            after = self._redirects.get(own)
            if after is None:
                break
            own = after
        return own

    def _refresh(self) -> None:
        with self.store.connect() as connection:
            row = connection.execute(select(tallies).where(tallies.c.name == entities.name)).mappings().first()
            state = (int(row["count"]), bytes(row["sum"])) if row else (0, b"")
            if state == self._state:
                return
            rows = connection.execute(
                select(entities.c.id, entities.c.schema, entities.c.caption, entities.c.names, entities.c.redirect)
            ).all()
        by_word: dict[str, set[str]] = defaultdict(set)
        spelled: dict[str, str] = {}
        self._redirects, self._schemas, self._words = {}, {}, {}
        for own, schema, caption, names, redirect in rows:
            self._redirects[own] = redirect
            if redirect is not None:
                continue
            texts = dict.fromkeys((caption, *(name["text"] for name in from_json(names))))
            self._schemas[own] = schema
            self._words[own] = [tuple(WORD.findall(text)) for text in texts]
            for word in {word for words in self._words[own] for word in words}:
                plain = bare(term_of(word))
                by_word[plain].add(own)
                spelled[plain] = word
        self._by_word, self._state = dict(by_word), state
        self._key(spelled)

    def _key(self, spelled: dict[str, str]) -> None:
        """Give keys to the words (by their plain form) that stand in no text."""
        self._written = _vocabulary(self.store)
        known = _known(self._written, spelled)
        by_key: dict[str, set[str]] = defaultdict(set)
        for plain, word in spelled.items():
            if plain not in known:
                # Cheap keys for what is written, all cases for what is asked: as in the index of words.
                for key in index_keys(word.capitalize()):
                    by_key[key] |= self._by_word[plain]
        self._by_key = dict(by_key)


def _vocabulary(store: CaseStore) -> Vocabulary | None:
    path = store.layout.index / "words.db"
    try:
        return Vocabulary(path) if path.exists() else None
    except sqlite3.DatabaseError:
        return None


def _known(written: Vocabulary | None, words: Iterable[str]) -> set[str]:
    """The words that stand in a text with their capital: in small letters a name has no key of its sound."""
    if written is None:
        return set()
    terms = {both_cases(word)[-1]: word for word in words}
    try:
        return {terms[term] for some in chunks(list(terms), _AT_ONCE) for term in written.known(some)}
    except sqlite3.DatabaseError:
        return set()


def _names(asked: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether each word asked for is a spelling of another word of a name."""
    left = list(words)
    for word in asked:
        fits = next((each for each in left if _same(word, each)), None)
        if fits is None:
            return False
        left.remove(fits)
    return True


def _same(asked: str, word: str) -> bool:
    if asked.casefold() == word.casefold():
        return True
    return rule_between(asked.capitalize(), term_of(word.capitalize())) is not None
