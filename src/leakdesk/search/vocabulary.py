"""Which words stand in the index, by their cross-spelling keys.

The index itself holds words as they are written. This table, beside it, says which written words share a key: `garbacav` is
`^горбачёв`, `^гарбачоў`, `harbachou`, `^горбачёвым` ... A search in every spelling asks it first and then looks for those
very words. So a key costs once a distinct word and nothing a document, each hit knows why it matched before its text is
read, and better spelling rules need new keys for the words, not a new index.

Nothing here is evidence: the table is made from the index's words and is rebuilt with it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from leakdesk.search.keys import index_keys
from leakdesk.search.misread import meant
from leakdesk.search.words import bare, surface, term_of
from leakdesk.store.medium import address

#: Words outside these lengths have no other spelling worth a key.
SHORTEST, LONGEST = 2, 48
#: Words remembered as known between commits, at most; beyond it the oldest half is asked of the table again.
REMEMBERED = 150_000
#: No key leads to more words than this (a hostile vocabulary).
MOST_FORMS = 2_000

KeysOf = Callable[[Sequence[str]], Sequence[tuple[str, ...]]]

_TABLES = """
CREATE TABLE IF NOT EXISTS word (hash INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS form (key TEXT, term TEXT, PRIMARY KEY (key, term)) WITHOUT ROWID;
"""


def keys_of(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The keys of written words."""
    return [index_keys(word) for word in words]


#: Words whose keys, taken together, tell one set of spelling rules from another: every letter, the endings, odd scripts.
PROBES = """
    Горбачёв Горбачёвым Гарбачоў Гарбачовай Горбачовові Harbachou Gorbachyov Gorbatschow Harbačoŭ Щукин Шчукін Shchukin
    Жуковская Жукоўскага Жуковським Zhukovskiy Żukowski Юхневич Юхневіч Iukhnevich Yukhnevych Озёрск Азёрск Озерськ
    Цютчын Тютчин Tyutchin Tiutchin Дзядзюшын Дедюшин Уладзімір Владимир Володимир Uladzimir Vladimir Їжакевич Ґалаґан Єршов
    Фёдоров Хведараў Эйсмонт Ъезд Ыйчук Бьёрк Гоpбачев Навум Наум Мария Марья Maryia Петръ завода заводом писем письмо
    самолётами лістоў листах дорозі шляхамі letters companies boxes Müller Strauß O'Brien Gor'kiy Кам'янець п'ятниця 北京 ΑΒΓ
    Гор6ачев Rornanov Чернишову
"""


@cache
def rules_fingerprint() -> str:
    """A hash of the keys of the probes: an index whose words were keyed by other rules is out of date."""
    said = "\n".join(" ".join((term_of(word), *index_keys(word))) for word in PROBES.split())
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def has_spellings(term: str) -> bool:
    """Whether a term can have other spellings: a word of letters, not too short, not too long; digits may be misread ones."""
    word = bare(term).replace("'", "")
    return SHORTEST <= len(word) <= LONGEST and (word.isalpha() or meant(word) is not None)


class Vocabulary:
    """The words of an index by key; one writer, any number of readers. Without a path it is empty and in memory."""

    def __init__(self, path: Path | None, *, writing: bool = False, keys: KeysOf = keys_of) -> None:
        self._keys = keys
        if path is None:
            self._base = sqlite3.connect(":memory:", check_same_thread=False)
            self._base.executescript(_TABLES)
        elif writing:
            self._base = sqlite3.connect(path, check_same_thread=False)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.executescript(_TABLES)
        else:
            self._base = sqlite3.connect(address(path), uri=True, check_same_thread=False)
        self._known: set[int] = set()
        self._new: dict[str, int] = {}

    def add(self, terms: Iterable[str]) -> None:
        """Take note of terms; they get their keys at the next commit."""
        known, new = self._known, self._new
        for term in terms:
            if hash(term) not in known and term not in new and not term.isdigit() and has_spellings(term):
                new[term] = hash_of(term)

    def commit(self) -> int:
        """Write the keys of the words not seen before; returns how many there were."""
        fresh = self._unwritten()
        found = self._keys([surface(term) for term in fresh])
        rows = [(key, term) for term, keys in zip(fresh, found, strict=True) for key in keys]
        with self._base:
            self._base.executemany("INSERT OR IGNORE INTO form VALUES (?, ?)", rows)
            self._base.executemany("INSERT OR IGNORE INTO word VALUES (?)", [(self._new[term],) for term in fresh])
        if len(self._known) > REMEMBERED:
            self._known.clear()
        self._known.update(map(hash, self._new))
        self._new.clear()
        return len(fresh)

    def _unwritten(self) -> list[str]:
        ask = self._base.execute
        return [
            term
            for term, number in self._new.items()
            if ask("SELECT 1 FROM word WHERE hash = ?", (number,)).fetchone() is None
        ]

    def rekey(self) -> int:
        """Give every word its keys anew, after the spelling rules changed; returns how many words there are."""
        words = [term for (term,) in self._base.execute("SELECT DISTINCT term FROM form")]
        with self._base:
            self._base.execute("DELETE FROM form")
            self._base.execute("DELETE FROM word")
        self._known.clear()
        self.add(words)
        return self.commit()

    def known(self, terms: Sequence[str]) -> set[str]:
        """Which of the terms stand in the index."""
        if not terms:
            return set()
        numbers = {hash_of(term): term for term in terms}
        marks = ",".join("?" * len(numbers))
        sql = f"SELECT hash FROM word WHERE hash IN ({marks})"  # noqa: S608
        return {numbers[number] for (number,) in self._base.execute(sql, tuple(numbers))}

    def forms(self, keys: Sequence[str]) -> list[str]:
        """The terms that share one of the keys, in a fixed order."""
        if not keys:
            return []
        marks = ",".join("?" * len(keys))
        sql = f"SELECT DISTINCT term FROM form WHERE key IN ({marks}) ORDER BY term LIMIT {MOST_FORMS}"  # noqa: S608
        return [term for (term,) in self._base.execute(sql, tuple(keys))]

    def version(self) -> int:
        """A number that changes when another connection has written."""
        return int(self._base.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close the table; words not committed are forgotten."""
        self._base.close()


def hash_of(term: str) -> int:
    """A signed 64-bit hash of a term, the same in every process."""
    return int.from_bytes(
        hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )
