"""A list of terms searched in one go, and hits as rows of a table: for a spreadsheet of names, and for taking results along."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from leakdesk.errors import UsageError
from leakdesk.search.results import Hit, Results
from leakdesk.search.tree import QueryError

#: Terms of one list, at most; and characters of the whole file.
MOST_TERMS = 100_000
LONGEST_FILE = 20_000_000
COLUMNS = ("term", "total", "document", "date", "title", "kind", "start", "end", "text", "rule", "snippet", "error")
Row = dict[str, str]


def terms_in(written: str, *, table: bool) -> list[str]:
    """The queries of a list, each once: the first column of a CSV table, else every line as it stands.

    A first line that says `term`, `name` or `query` is a heading.
    """
    if len(written) > LONGEST_FILE:
        raise UsageError("the list of terms is longer than 20 MB", try_="Split it.")
    try:
        lines = written.removeprefix("\ufeff").splitlines()
        firsts = (row[0] for row in csv.reader(lines, strict=True) if row) if table else lines
        found = [first.strip() for first in firsts if first.strip()]
    except csv.Error:
        raise UsageError(
            "the list of terms is no CSV file",
            try_="Double the quotation marks inside a cell, or give a .txt file with one query a line.",
        ) from None
    if found and found[0].casefold() in ("term", "terms", "name", "query"):
        del found[0]
    if len(found) > MOST_TERMS:
        raise UsageError(f"the list has {len(found):,} terms, at most {MOST_TERMS:,} are searched", try_="Split it.")
    return list(dict.fromkeys(found))


def search_all(search: Callable[[str], Results], terms: Iterable[str]) -> Iterator[Row]:
    """Rows for each term: one a hit; a term that nothing or nobody could find has one row that says so."""
    for term in terms:
        try:
            results = search(term)
        except QueryError as problem:
            yield _row(term=term, error=problem.sentence())
            continue
        if not results.hits:
            yield _row(term=term, total=str(results.total))
        yield from rows(results.query, results.total, results)


def rows(query: str, total: int, hits: Iterable[Hit]) -> Iterator[Row]:
    """One row a hit, with its first match."""
    for hit in hits:
        yield _row(term=query, total=str(total), **_of(hit))


def _of(hit: Hit) -> Row:
    first = hit.matches[0] if hit.matches else None
    place = {"start": str(first.start), "end": str(first.end), "text": first.text, "rule": first.rule} if first else {}
    return {
        "document": hit.document,
        "date": hit.date or "",
        "title": hit.title or "",
        "kind": hit.kind,
        "snippet": " ".join(hit.snippet.split()),
        **place,
    }


def _row(**values: str) -> Row:
    return {column: values.get(column, "") for column in COLUMNS}


def as_csv(found: Iterable[Row]) -> Iterator[str]:
    """The rows as lines of a CSV file, heading first. Cells that a spreadsheet would run as a formula get a leading '."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in found:
        writer.writerow([_harmless(row[column]) for column in COLUMNS])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    if line.getvalue():
        yield line.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
