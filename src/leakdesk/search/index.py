"""The index on disk, and the one writer of it.

    index/format.json   which format this is, and which spelling rules keyed its words
    index/terms/        a tantivy index: one entry a document, words as they are written
    index/words.db      which of those words share a cross-spelling key (see `vocabulary`)

Everything here is derived and rebuilt from the store. A commit writes the words first and the entries after, so a reader
never meets a word that has no keys; tantivy's own commit is one atomic rename, so a crash leaves the last commit.

One entry a document, whatever its length: a document cut into windows would make `a NOT b` lie and counts wrong. BM25 weighs
by length as it is; matches and snippets of long documents are looked for in windows (see `highlight`).
"""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from leakdesk.errors import CaseBusy, DiskFull, UsageError
from leakdesk.search.entry import IndexEntry
from leakdesk.search.vocabulary import KeysOf, Vocabulary, keys_of, rules_fingerprint
from leakdesk.store.layout import sync_folder
from leakdesk.store.medium import is_protected

if TYPE_CHECKING:
    import tantivy

FORMAT = 4
"""Raised whenever what is written here changes; an index of another format is rebuilt, never guessed at."""

#: Fields of words, searched by word and phrase.
TEXT_FIELDS = ("body", "quoted", "header", "subject", "filename", "from", "to", "cc", "mended")
#: Fields of whole values; those marked True are counted in facets.
KEYWORD_FIELDS = {
    "kind": True,
    "lang": True,
    "sender": True,
    "in": False,
    "container": True,
    "has": False,
    "mid": False,
}
#: Folders of links to indexes on protected media; gone when the program ends.
_LINKED: list[TemporaryDirectory[str]] = []
#: Memory the writer may use before it writes a segment, in bytes (tantivy's least is 15 MB a thread).
HEAP_BYTES = 48_000_000


class IndexOutdatedError(UsageError):
    """The search index of this case was made by another version. Make it anew with: leakdesk rebuild CASE."""


class IndexDamagedError(UsageError):
    """The search index of this case cannot be read. Make it anew with: leakdesk rebuild CASE; nothing else is lost."""


def schema() -> tantivy.Schema:
    """The fields of the index."""
    import tantivy

    build = tantivy.SchemaBuilder()
    build.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in TEXT_FIELDS:
        build.add_text_field(field, tokenizer_name="whitespace")
    for field, counted in KEYWORD_FIELDS.items():
        build.add_text_field(field, fast=counted, tokenizer_name="raw", index_option="basic")
    build.add_text_field("code", tokenizer_name="raw", index_option="basic")
    build.add_float_field("number", indexed=True, fast=True)
    build.add_integer_field("date", indexed=True, fast=True)
    build.add_integer_field("year", indexed=True, fast=True)
    build.add_integer_field("month", indexed=True, fast=True)
    build.add_integer_field("seq", indexed=True, fast=True)
    return build.build()


def check_format(folder: Path) -> None:
    """Raise IndexOutdatedError unless the index in `folder` is of this format and keyed by these spelling rules."""
    try:
        found = json.loads((folder / "format.json").read_text("utf-8"))
    except FileNotFoundError:
        raise IndexOutdatedError("it has no format") from None
    except (OSError, ValueError):
        raise IndexDamagedError("format.json") from None
    if found.get("format") != FORMAT:
        raise IndexOutdatedError(f"format {found.get('format')}, needed {FORMAT}")
    if found.get("spelling") != rules_fingerprint():
        raise IndexOutdatedError("its words were keyed by other spelling rules")


def is_empty(folder: Path) -> bool:
    """Whether nothing was ever indexed in `folder`."""
    return not any((folder / name).exists() for name in ("format.json", "terms", "words.db"))


def new_terms(folder: Path | None = None) -> tantivy.Index:
    """An empty tantivy index, in `folder` or in memory."""
    import tantivy

    return tantivy.Index(schema(), str(folder / "terms")) if folder else tantivy.Index(schema())


def open_terms(folder: Path) -> tantivy.Index:
    """The tantivy index in `folder`."""
    import tantivy

    terms = folder / "terms"
    try:
        return tantivy.Index.open(str(_elsewhere(terms) if is_protected(terms) else terms))
    except (ValueError, OSError):
        raise IndexDamagedError("terms") from None


def _elsewhere(terms: Path) -> Path:
    """A folder of links to an index on a medium that can only be read: to open one, tantivy makes a lock beside its files."""
    _LINKED.append(TemporaryDirectory(prefix="leakdesk-"))
    links = Path(_LINKED[-1].name)
    for file in terms.iterdir():
        if not file.name.startswith(".tantivy"):
            (links / file.name).symlink_to(file.resolve())
    return links


class Indexer:
    """The one writer of an index. Entries are searchable after `commit`; an entry replaces an earlier one of its document.

    `keys` may be handed in to compute the keys of new words elsewhere (in workers).
    """

    def __init__(
        self, folder: Path | str, *, heap_bytes: int = HEAP_BYTES, threads: int = 1, keys: KeysOf = keys_of
    ) -> None:
        self.folder = Path(folder)
        self._prepare()
        self._terms = open_terms(self.folder)
        try:
            self._writer = self._terms.writer(heap_bytes, threads)
        except ValueError as problem:
            if "lock" in str(problem).lower():
                raise CaseBusy("the search index") from None
            raise IndexDamagedError("terms") from None
        self._words = Vocabulary(self.folder / "words.db", writing=True, keys=keys)
        self._filled = self._terms.searcher().num_docs > 0
        self._rekeyed_if_needed()

    def _prepare(self) -> None:
        marker = self.folder / "format.json"
        if marker.exists():
            with suppress(ValueError):
                if json.loads(marker.read_text("utf-8")).get("format") != FORMAT:
                    check_format(self.folder)
            return
        (self.folder / "terms").mkdir(parents=True, exist_ok=True)
        new_terms(self.folder)
        self._stamp()

    def _stamp(self) -> None:
        fresh = self.folder / "format.json.new"
        fresh.write_text(json.dumps({"format": FORMAT, "spelling": rules_fingerprint()}), "utf-8")
        fresh.replace(self.folder / "format.json")

    def _rekeyed_if_needed(self) -> None:
        try:
            check_format(self.folder)
        except IndexOutdatedError:
            self._words.rekey()
            self._stamp()

    def add(self, entry: IndexEntry, seq: int = 0, *, new: bool = False) -> None:
        """Add a document, in place of an earlier entry of the same document. `seq` numbers documents as they came in;
        `new` promises that it was not added since this writer opened an empty index."""
        import tantivy

        if self._filled or not new:
            self._writer.delete_documents_by_term("id", entry.document)
        document = tantivy.Document()
        document.add_text("id", entry.document)
        for field, text in entry.texts:
            document.add_text(field, text)
            if entry.fresh is None:
                self._words.add(set(text.split(" ")))
        self._words.add(entry.fresh or ())
        for field, value in entry.keywords:
            document.add_text(field, value)
        for code in entry.codes:
            document.add_text("code", code)
        for number in entry.numbers:
            document.add_float("number", number)
        if entry.date is not None:
            document.add_integer("date", entry.date)
        if entry.month is not None:
            document.add_integer("month", entry.month)
            document.add_integer("year", entry.month // 100)
        document.add_integer("seq", seq)
        self._writer.add_document(document)

    def delete(self, document: str) -> None:
        """Take a document out of the index (its words keep their keys, which do no harm)."""
        self._writer.delete_documents_by_term("id", document)

    def commit(self) -> None:
        """Make everything added searchable, and safe from a crash."""
        self._words.commit()
        self._writer.commit()

    def close(self) -> None:
        """Commit, finish merging segments, and let go of the index."""
        self.commit()
        self._writer.wait_merging_threads()
        self._words.close()

    def abandon(self) -> None:
        """Let go of the index without a commit: its threads end, and its folder may go."""
        del self._writer, self._terms
        self._words.close()

    def __enter__(self) -> Indexer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def discard(folder: Path | str) -> None:
    """Remove an index, so that a new Indexer builds it anew from the store."""
    shutil.rmtree(folder, ignore_errors=True)


#: Free bytes below which a writer that was killed had no room; tantivy does not say why it was.
_NO_ROOM = 4_000_000


@contextmanager
def room(folder: Path) -> Generator[None]:
    """Writing an index: raise DiskFull where there is no room, which tantivy and SQLite each say in their own way."""
    try:
        yield
    except (OSError, ValueError, sqlite3.OperationalError) as error:
        killed = "writer was killed" in str(error) and shutil.disk_usage(folder).free < _NO_ROOM
        said = any(words in str(error) for words in ("disk is full", "No space left", "os error 28"))
        if killed or said or (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)):
            raise DiskFull("writing the search index failed") from error
        raise


def put_in_place(fresh: Path, folder: Path) -> None:
    """Let a whole index take the place of another; until then the other one serves."""
    before = folder.with_name(folder.name + ".old")
    discard(before)
    if folder.exists():
        folder.rename(before)
    fresh.rename(folder)
    sync_folder(folder.parent)
    discard(before)
