"""The messages of an mbox as byte ranges of the sealed file, and an independent count of them.

What separates messages. A line that begins with `From ` is a separator
  (a) at the beginning of the file;
  (b) after an empty line, if it ends in a date as `ctime` writes it, or if the next line is a header field and it carries
      at least a year, a time, or nothing but one word;
  (c) after a line that is not empty, if it ends in such a date *and* the next line is a header field.
"From now on we meet at ten" after an empty line is text by this rule. Where every message of a file carries a
Content-Length that leads exactly to the next separator (mboxcl2), those lengths are followed and nothing is unquoted.

A message's bytes exclude the separator line and one empty line at the end. Nothing is kept in memory but one window.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Read = Callable[[int, int], bytes]
"""read(offset, length): bytes of the sealed mailbox."""

_WINDOW = 4 << 20
#: Longest separator line and following header line that are looked at.
_LOOK = 2048
#: Messages up to this size are handed out with their bytes.
_WHOLE = 1 << 20
_CTIME = re.compile(
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ ]+(?:[A-Z][a-z]{2}[ ]+\d{1,2}|\d{1,2}[ ]+[A-Z][a-z]{2})[ ,]+"
    rb"(?:\d{4}[ ]+)?\d{1,2}:\d\d(?::\d\d)?"
    rb"(?:[ ]+[A-Z+-][\w:+-]*)*(?:[ ]+\d{4})?(?:[ ]+[+-]\d{4})?(?:[ ]+remote from .*)?[ \t\r]*\Z"
)
_SOME_DATE = re.compile(rb"\b\d{4}\b|\d{1,2}:\d\d|^From[ ]+\S+[ \t\r]*\Z")
_FIELD = re.compile(rb"(?:[!-9;-~]+[ \t]*:|>From )")
_LENGTH = re.compile(rb"(?im)^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$")


@dataclass(frozen=True, slots=True)
class Range:
    """One message: its 1-based number, its raw range (with separator line and empty line), and its own range.

    `raw` holds the bytes of the raw range of a message that is not large."""

    number: int
    raw_start: int
    raw_end: int
    start: int
    end: int
    raw: bytes | None = None


def is_separator(after_empty: bool, line: bytes, following: bytes) -> bool:
    """The rule (b) and (c) above, for a line that begins with `From `."""
    dated = bool(_CTIME.search(line))
    headed = bool(_FIELD.match(following))
    if after_empty:
        return dated or (headed and bool(_SOME_DATE.search(line)))
    return dated and headed


def split(read: Read, size: int, *, start: int = 0, number: int = 0, lengths: bool = False) -> Iterator[Range]:
    """The messages from byte `start` on (where a separator stands), numbered after `number`."""
    previous = start
    for at in separators(read, size, start, lengths):
        number += 1
        yield _range(read, number, previous, at)
        previous = at
    if previous < size:
        yield _range(read, number + 1, previous, size)


def separators(read: Read, size: int, start: int, lengths: bool = False) -> Iterator[int]:
    """Offsets of the separators after the one at `start`."""
    if lengths:
        yield from _by_lengths(read, size, start)
        return
    at = start
    while at < size:
        window = read(at, _WINDOW + _LOOK)
        last = at + len(window) >= size
        stop = len(window) if last else _WINDOW
        found = window.find(b"\nFrom ")
        while 0 <= found < stop:
            if _separates(read, window, at, found):
                yield at + found + 1
            found = window.find(b"\nFrom ", found + 1)
        at += stop


def _separates(read: Read, window: bytes, at: int, found: int) -> bool:
    before = (
        window[max(0, found - 2) : found] if found >= 2 or at == 0 else read(max(0, at + found - 2), min(2, at + found))
    )
    line, _, rest = window[found + 1 : found + 1 + _LOOK].partition(b"\n")
    return is_separator(before[-1:] == b"\n" or before == b"\n\r", line, rest)


def _by_lengths(read: Read, size: int, start: int) -> Iterator[int]:
    at = start
    while (after := _by_length(read, size, at)) is not None and after < size:
        yield after
        at = after


def _by_length(read: Read, size: int, at: int) -> int | None:
    """Where the next separator stands if this message's Content-Length leads exactly there (or to the end)."""
    head = read(at, 65_536)
    ends = [found + len(mark) for mark in (b"\n\n", b"\n\r\n") if (found := head.find(mark)) >= 0]
    if not ends:
        return None
    declared = _LENGTH.findall(head[: min(ends)])
    if len(declared) != 1:
        return None
    after = at + min(ends) + int(declared[0])
    for empty in (b"", b"\n", b"\r\n"):
        rest = read(after, len(empty) + 5) if after <= size else b"?"
        if rest.startswith(empty) and (rest[len(empty) :] == b"From " or after + len(empty) == size):
            return after + len(empty)
    return None


def by_lengths(read: Read, size: int) -> bool:
    """True for an mboxcl2 file: Content-Length leads from the first message to the exact end, and bodies hold lines that
    would otherwise separate (so that nothing can have been quoted)."""
    at, number = 0, 0
    while at < size:
        after = _by_length(read, size, at)
        if after is None:
            return False
        at, number = after, number + 1
    return number != sum(1 for _ in separators(read, size, 0)) + 1


def _range(read: Read, number: int, raw_start: int, raw_end: int) -> Range:
    raw = read(raw_start, min(_WHOLE, raw_end - raw_start))
    whole = len(raw) == raw_end - raw_start
    found = raw.find(b"\n") + 1
    body = found if found else len(raw)
    ending = (
        raw[max(body, len(raw) - 4) :]
        if whole
        else read(max(raw_start + body, raw_end - 4), min(4, raw_end - raw_start - body))
    )
    empty = 0
    if ending.endswith(b"\n\r\n") or ending == b"\r\n":
        empty = 2
    elif ending.endswith(b"\n\n") or ending == b"\n":
        empty = 1
    return Range(number, raw_start, raw_end, raw_start + body, raw_end - empty, raw if whole else None)


_FROM = re.compile(rb"^From ", re.M)


def count(read: Read, size: int) -> int:
    """How many messages the mailbox holds by its lines alone: a second reading of the rule, independent of `split`.

    Windows are cut at line ends, and each carries the two lines before it, so that every line is judged once with the
    lines around it."""
    if size == 0:
        return 0
    found, at, carry, judged = 1, 0, b"", 1
    while at < size:
        piece = read(at, _WINDOW)
        at += len(piece)
        data = carry + piece
        last = at >= size
        # The last complete line has no line after it yet: it is judged with the next window.
        end = len(data) if last else data.rfind(b"\n", 0, max(data.rfind(b"\n"), 0)) + 1
        found += sum(_judge(data, match.start()) for match in _FROM.finditer(data, judged, max(end, judged)))
        keep = data.rfind(b"\n", 0, max(data.rfind(b"\n", 0, max(end - 1, 0)), 0)) + 1
        carry = data[keep:]
        judged = max(end - keep, 1)
        if len(carry) > _WHOLE:
            # A line without end: its beginning is all that matters.
            carry, judged = carry[:_LOOK], _LOOK
    return found


def _judge(data: bytes, start: int) -> bool:
    line, _, following = data[start : start + 2 * _LOOK].partition(b"\n")
    after_empty = data.endswith((b"\n\n", b"\n\r\n"), 0, start)
    return is_separator(after_empty, line[:_LOOK], following)
