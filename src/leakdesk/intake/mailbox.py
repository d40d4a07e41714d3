"""The messages of an mbox as byte ranges of the sealed file, and an independent count of them.

What separates messages. A line that begins with `From ` is a separator
  (a) at the beginning of the file;
  (b) after an empty line, if it ends in a date as `ctime` writes it, or if the next line is a header field as mail has them
      and it carries at least a year, a time, or nothing but one word;
  (c) after a line that is not empty, if it ends in such a date *and* the next line is a header field.
"From now on we meet at ten" after an empty line is text by this rule. Where every message of a file carries a
Content-Length that leads exactly to the next separator (mboxcl2), those lengths are followed and nothing is unquoted. A
byte-order mark and empty lines before the first separator are stepped over. Files whose lines end in carriage returns only
(old Macintosh programs) are judged as if these were line feeds. In an MMDF file, lines of four Ctrl-A stand around each
message, and nothing is quoted.

A message's bytes exclude the separator line and one empty line at the end. Nothing is kept in memory but one window.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

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
#: Header fields that a message begins with; asked for where the separator line itself carries no proper date.
_MAIL_FIELD = re.compile(
    rb"(?i)(?:>From |(?:return-path|received|delivered-to|envelope-to|from|to|cc|bcc|date|subject|message-id|sender|reply-to|"
    rb"in-reply-to|references|mime-version|status|importance|priority|organization|user-agent|authentication-results|"
    rb"dkim-signature|(?:x|content|list|arc|resent|thread)-[\w-]+)[ \t]*:)"
)
#: What may stand before the first separator.
_LEAD = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*(?=From )")
#: Around each message of an MMDF file.
MMDF_LINE = b"\1\1\1\1"
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
    if after_empty:
        return dated or bool(_MAIL_FIELD.match(following) and _SOME_DATE.search(line))
    return dated and bool(_FIELD.match(following))


class Dialect(Enum):
    """How a mailbox keeps its messages apart."""

    QUOTED = "quoted"  # separator lines; lines like them inside a message are quoted with ">" (mboxo, mboxrd, mboxcl)
    LENGTHS = "lengths"  # mboxcl2: lengths lead from message to message
    MMDF = "mmdf"


def dialect_of(read: Read, size: int) -> Dialect:
    """The dialect of a mailbox, by its content."""
    if read(0, len(MMDF_LINE)) == MMDF_LINE:
        return Dialect.MMDF
    return Dialect.LENGTHS if by_lengths(read, size) else Dialect.QUOTED


def listed(read: Read, size: int, dialect: Dialect) -> int:
    """How many messages there are, counted apart from `split` where the dialect allows a second way."""
    if dialect is Dialect.QUOTED:
        return count(read, size)
    return _count_mmdf(read, size) if dialect is Dialect.MMDF else sum(1 for _ in _by_lengths(read, size, 0)) + 1


def split(
    read: Read, size: int, *, start: int = 0, number: int = 0, dialect: Dialect = Dialect.QUOTED
) -> Iterator[Range]:
    """The messages from byte `start` on (where a separator stands), numbered after `number`."""
    if dialect is Dialect.MMDF:
        yield from _split_mmdf(read, size, start, number)
        return
    look = _looked_at(read)
    previous = start
    for at in separators(look, size, start, lengths=dialect is Dialect.LENGTHS):
        number += 1
        yield _range(read, look, number, previous, at)
        previous = at
    if previous < size:
        yield _range(read, look, number + 1, previous, size)


def _looked_at(read: Read) -> Read:
    """The same bytes with line feeds for carriage returns, where a file has no line feeds at all."""
    head = read(0, _WINDOW)
    if b"\n" in head or b"\r" not in head:
        return read
    return lambda offset, length: read(offset, length).replace(b"\r", b"\n")


def _lead(read: Read) -> int:
    """Bytes before the first separator."""
    found = _LEAD.match(read(0, _LOOK))
    return found.end() if found else 0


def separators(read: Read, size: int, start: int, lengths: bool = False) -> Iterator[int]:
    """Offsets of the separators after the one at `start`."""
    if lengths:
        yield from _by_lengths(read, size, start)
        return
    at = start
    lead = _lead(read) if start == 0 else 0
    while at < size:
        window = read(at, _WINDOW + _LOOK)
        last = at + len(window) >= size
        stop = len(window) if last else _WINDOW
        found = window.find(b"\nFrom ")
        while 0 <= found < stop:
            if at + found >= lead and _separates(read, window, at, found):
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


def _range(read: Read, look: Read, number: int, raw_start: int, raw_end: int) -> Range:
    raw = read(raw_start, min(_WHOLE, raw_end - raw_start))
    whole = len(raw) == raw_end - raw_start
    seen = raw if look is read else look(raw_start, len(raw))
    found = seen.find(b"\n", _lead(read) if raw_start == 0 else 0) + 1
    body = found if found else len(raw)
    ending = (
        seen[max(body, len(raw) - 4) :]
        if whole
        else look(max(raw_start + body, raw_end - 4), min(4, raw_end - raw_start - body))
    )
    empty = 0
    if ending.endswith(b"\n\r\n") or ending == b"\r\n":
        empty = 2
    elif ending.endswith(b"\n\n") or ending == b"\n":
        empty = 1
    return Range(number, raw_start, raw_end, raw_start + body, raw_end - empty, raw if whole else None)


# Begins with its letters, because a pattern that begins so is looked for fast.
_FROM = re.compile(rb"From (?<=\nFrom )")


def count(read: Read, size: int) -> int:
    """How many messages the mailbox holds by its lines alone: a second reading of the rule, independent of `split`.

    Windows are cut at line ends, and each carries the two lines before it, so that every line is judged once with the
    lines around it."""
    if size == 0:
        return 0
    read = _looked_at(read)
    found, at, carry, judged = 1, 0, b"", _lead(read) + 1
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


# --- MMDF ---------------------------------------------------------------------------------------------------------------


def _mmdf_lines(read: Read, size: int, start: int) -> Iterator[tuple[int, int]]:
    """(offset, end) of each line of four Ctrl-A from `start` on."""
    at = start
    while at < size:
        window = read(at, _WINDOW + _LOOK)
        last = at + len(window) >= size
        stop = len(window) if last else _WINDOW
        for mark in _MMDF.finditer(window):
            if mark.start() < stop and (mark.start() > 0 or read(max(at - 1, 0), 1)[:1] in b"\r\n" or at == 0):
                yield at + mark.start(), at + mark.end()
        at += stop


_MMDF = re.compile(rb"^\x01{4}\r?(?:\n|\Z)", re.M)


def _split_mmdf(read: Read, size: int, start: int, number: int) -> Iterator[Range]:
    opened: tuple[int, int] | None = None
    for low, high in _mmdf_lines(read, size, start):
        if opened is None:
            opened = (low, high)
            continue
        number += 1
        yield _between(read, number, opened, (low, high))
        opened = None
    if opened is not None and opened[1] < size:
        yield _between(read, number + 1, opened, (size, size))


def _between(read: Read, number: int, opened: tuple[int, int], closed: tuple[int, int]) -> Range:
    length = closed[1] - opened[0]
    raw = read(opened[0], length) if length <= _WHOLE else None
    return Range(number, opened[0], closed[1], opened[1], closed[0], raw)


def _count_mmdf(read: Read, size: int) -> int:
    """Lines of four Ctrl-A, line by line; two of them to a message, the last may lack its second."""
    marks, at, carry = 0, 0, b""
    while at < size:
        lines = (carry + read(at, _WINDOW)).split(b"\n")
        at += _WINDOW
        carry = lines.pop() if at < size else b""
        carry = carry[-_LOOK:]
        marks += sum(line.rstrip(b"\r") == MMDF_LINE for line in lines)
    return (marks + 1) // 2
