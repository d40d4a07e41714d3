"""The only file that prints. Results go to standard output, talk and progress to standard error.

Names and subjects come from strangers: in lists their control characters are shown as marks, never sent to a terminal.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
import unicodedata
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
_QUIET: list[bool] = []
#: Characters that show text in another order than it is written, or break a line: "exe" can seem to end in "pdf".
_DECEITFUL = frozenset("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def quiet() -> None:
    """Silence talk for the rest of this command."""
    _QUIET.append(True)


def say(sentence: str) -> None:
    """A sentence for the person at the desk."""
    sys.stderr.write(visible(sentence) + "\n")


def tell(sentence: str) -> None:
    """A sentence that --quiet silences."""
    if not _QUIET:
        say(sentence)


def trace(error: BaseException) -> None:
    """Where an error came from: files and lines, never values."""
    for frame in traceback.extract_tb(error.__traceback__):
        sys.stderr.write(f"  {frame.filename}:{frame.lineno} in {frame.name}\n")
    sys.stderr.write(f"  {type(error).__module__}.{type(error).__name__}\n")


def silence() -> None:
    """Standard output is gone: nothing more is written to it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def result(value: Mapping[str, Any] | Sequence[Any]) -> None:
    """One JSON object (or list)."""
    _write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def lines(values: Iterable[Mapping[str, Any]]) -> None:
    """JSON, one object a line."""
    for value in values:
        _write(json.dumps(value, ensure_ascii=False) + "\n")


def words(line: str = "") -> None:
    """A line of a result for people."""
    _write(visible(line) + "\n")


def several(number: int, thing: str, things: str = "") -> str:
    """How many of what: "1 document", "2,000 documents"."""
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"


def each(values: Iterable[T], show: Callable[[T], None], none: str) -> None:
    """Every value shown for people; where there is none, a sentence that says so: silence looks like a fault."""
    empty = True
    for value in values:
        empty = False
        show(value)
    if empty:
        tell(none)


def exactly(text: str) -> None:
    """Text as it is; on a terminal, with its control characters as marks."""
    _write("".join(map(_mark, text)) if sys.stdout.isatty() else text)


def data(pieces: Iterable[bytes]) -> None:
    """Bytes as they are."""
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def table(rows: Sequence[Sequence[str]]) -> None:
    """Columns, aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
    for row in rows:
        words("  ".join(visible(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def visible(text: str) -> str:
    """One line without control characters: they are shown as marks."""
    return "".join("␊" if c == "\n" else _mark(c) for c in text) if not text.isprintable() else text


def _mark(character: str) -> str:
    code = ord(character)
    if character in _DECEITFUL:
        return f"⟦{unicodedata.name(character).lower()}⟧"
    if character in "\n\t" or character.isprintable() or character == "\u00a0":
        return character
    return chr(0x2400 + code) if code < 32 else "\ufffd" if code < 160 else character


def _write(text: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


@contextlib.contextmanager
def bar() -> Generator[Callable[[str, int, int, str, bool], None]]:
    """A progress bar on a terminal, nothing elsewhere. Call it with (what, done, total, where, in bytes)."""
    if _QUIET or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[counts]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[where]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, where="", counts="")

        def show(what: str, done: int, total: int, where: str, in_bytes: bool) -> None:
            counts = f"{done >> 20} of {total >> 20} MB" if in_bytes else f"{done} of {total}"
            progress.update(
                task, description=what, completed=done, total=total or None, counts=counts, where=visible(where)[-40:]
            )

        yield show
