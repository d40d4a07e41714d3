"""A message cut into parts by byte offsets, without decoding or changing anything.

Our own tokenizer, because evidence needs the exact bytes of an attached message and the place of every part, and because
it must survive what the standard library's parser does not: it is iterative, linear in the size for each level of
nesting, and stops at a depth and a number of parts, saying so. `two_views` compares it with the standard library's.

    message = header lines, blank line, body
    body of a multipart = preamble, (delimiter line, part)*, closing delimiter line, epilogue

Decisions where real mail is not as the standard says (each is put into `oddities`):
- a "From " line, or junk, before or between header lines is skipped if header lines follow; else the body starts there;
- the first of several equal Content-Type, Content-Transfer-Encoding or Content-Disposition lines counts;
- a multipart without one delimiter line is read as plain text, so that nothing is hidden in it;
- parts after the closing delimiter are parts all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:((?:[^\r\n]*)(?:(?:\r\n|\n|\r(?!\n))[ \t]+[^\r\n]*)*)(?:\r\n|\n|\r|\Z)")
_BLANK = re.compile(rb"\r\n|\n|\r|\Z")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_LONGEST_JUNK = 50
"""Junk lines between header lines that are stepped over before the rest is taken for the body."""


@dataclass(slots=True)
class Piece:
    """A message or a part of one: where its header, body and end are, its header lines, and the pieces inside.

    `headers` holds (lower-case name, start, end) with the byte range of each value, colon and line end excluded.
    `closed` is False where the message ends before the piece's delimiter does: it may have been cut off.
    """

    start: int
    body: int
    end: int
    headers: list[tuple[str, int, int]]
    kind: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    disposition: str = ""
    disposition_parameters: dict[str, str] = field(default_factory=dict)
    children: list[Piece] = field(default_factory=list)
    parent: str = ""
    index: int = 0
    depth: int = 0
    closed: bool = True
    limit: str = ""
    #: Byte ranges of the text before the first and after the last delimiter.
    outside: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Cut:
    """A whole message cut: the root piece, and what was odd about it (rule ids, each once, in order of discovery)."""

    root: Piece
    oddities: list[str]

    def leaves(self) -> Iterator[Piece]:
        """The leaf pieces, in the order in which they stand."""
        stack = [self.root]
        while stack:
            piece = stack.pop()
            if piece.children:
                stack.extend(reversed(piece.children))
            else:
                yield piece


def cut(data: bytes, *, depth: int = 64, members: int = 10_000) -> Cut:
    """Cut a message into its parts. Never raises."""
    oddities: dict[str, None] = {}
    root = _piece(data, 0, len(data), oddities, default="text/plain")
    todo = [root]
    count = 1
    while todo:
        piece = todo.pop()
        if not piece.kind.startswith("multipart/"):
            continue
        if piece.depth >= depth or count >= members:
            piece.limit = "depth" if piece.depth >= depth else "members"
            oddities[f"limit:{piece.limit}"] = None
            continue
        _divide(data, piece, oddities, room=members - count)
        count += len(piece.children)
        todo.extend(piece.children)
    return Cut(root, list(oddities))


def _piece(data: bytes, start: int, end: int, oddities: dict[str, None], *, default: str) -> Piece:
    headers, body = _headers(data, start, end, oddities)
    piece = Piece(start=start, body=body, end=end, headers=headers, kind=default)
    seen: set[str] = set()
    for name, low, high in headers:
        if not name.startswith("content-"):
            continue
        if name in seen:
            if name in _STRUCTURAL:
                oddities[f"repeated {name}"] = None
            continue
        seen.add(name)
        _take(piece, name, data[low:high], oddities, default)
    return piece


_STRUCTURAL = ("content-type", "content-transfer-encoding", "content-disposition")


def _take(piece: Piece, name: str, raw: bytes, oddities: dict[str, None], default: str) -> None:
    if name == "content-type":
        value, piece.parameters = parse_value(raw)
        if _TYPE.fullmatch(value):
            piece.kind = value
        else:
            piece.kind = _repaired_type(value, default)
            oddities["unreadable content-type"] = None
    elif name == "content-transfer-encoding":
        piece.encoding = parse_value(raw)[0]
    elif name == "content-disposition":
        piece.disposition, piece.disposition_parameters = parse_value(raw)


_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")


def _repaired_type(value: str, default: str) -> str:
    found = _TYPE.match(value.replace(" ", ""))
    if found:
        return found[0]
    return {"text": "text/plain", "html": "text/html", "multipart": "multipart/mixed"}.get(value, default)


def _headers(data: bytes, start: int, end: int, oddities: dict[str, None]) -> tuple[list[tuple[str, int, int]], int]:
    found: list[tuple[str, int, int]] = []
    at = start
    match = _HEADER.match
    while at < end:
        line = match(data, at, end)
        if line is not None:
            found.append((line[1].decode("ascii").lower(), line.start(2), line.end(2)))
            at = line.end()
            continue
        blank = _BLANK.match(data, at, end)
        if blank is not None:
            return found, blank.end()
        onward = _over_junk(data, at, end, oddities, first=not found)
        if onward is None:
            if not found:
                return found, at
            oddities["body starts without a blank line"] = None
            return found, at
        at = onward
    return found, end


def _over_junk(data: bytes, at: int, end: int, oddities: dict[str, None], *, first: bool) -> int | None:
    """Where header lines go on after lines that are none; None if a blank line or the end comes first."""
    for _ in range(_LONGEST_JUNK):
        line = _LINE.match(data, at, end)
        if line is None or line.end() >= end:
            return None
        envelope = line[0].lstrip(b">").startswith(b"From ")
        at = line.end()
        if _HEADER.match(data, at, end):
            if not (envelope and first):
                oddities["junk among the header lines"] = None
            return at
        if _BLANK.match(data, at, end):
            return at if envelope and first else None
    return None


def _divide(data: bytes, piece: Piece, oddities: dict[str, None], *, room: int) -> None:
    boundary = piece.parameters.get("boundary", "")
    lines = _delimiters(data, piece.body, piece.end, boundary) if boundary else []
    if not lines:
        oddities["multipart without a delimiter line"] = None
        piece.kind = "text/plain"
        return
    if piece.body < lines[0][0]:
        piece.outside.append((piece.body, lines[0][0]))
    default = "message/rfc822" if piece.kind == "multipart/digest" else "text/plain"
    was_closed = False
    for number, (_, after, closing) in enumerate(lines):
        low, high = after, lines[number + 1][0] if number + 1 < len(lines) else piece.end
        last = number + 1 == len(lines)
        if closing:
            if last:
                if data[low:high].strip():
                    piece.outside.append((low, high))
            elif data[low:high].strip():
                piece.outside.append((low, high))
            was_closed = True
            continue
        if was_closed:
            oddities["parts after the closing delimiter"] = None
        if len(piece.children) >= room:
            oddities["limit:members"] = None
            child = Piece(
                start=low, body=low, end=piece.end, headers=[], kind="application/octet-stream", limit="members"
            )
            _adopt(piece, child, closed=False)
            return
        child = _piece(data, low, high, oddities, default=default)
        _adopt(piece, child, closed=not last)
        if last:
            oddities["no closing delimiter"] = None


def _adopt(piece: Piece, child: Piece, *, closed: bool) -> None:
    child.parent, child.index, child.depth = piece.kind, len(piece.children), piece.depth + 1
    child.closed = closed and piece.closed
    piece.children.append(child)


def _delimiters(data: bytes, start: int, end: int, boundary: str) -> list[tuple[int, int, bool]]:
    """Each delimiter line: where the text before it ends (its own line break excluded), where it ends, if it closes."""
    mark = b"--" + boundary.encode("latin-1", "replace")
    found: list[tuple[int, int, bool]] = []
    at = data.find(mark, start, end)
    while at >= 0:
        after = at + len(mark)
        if at == start or data[at - 1] in b"\r\n":
            tail = _TAIL.match(data, after, end)
            if tail is not None:
                low = at
                if at > start and data[at - 1 : at] == b"\n":
                    low -= 1
                    if low > start and data[low - 1 : low] == b"\r":
                        low -= 1
                elif at > start:
                    low -= 1
                found.append((max(low, start), tail.end(), tail[1] is not None))
                after = tail.end()
        at = data.find(mark, after, end)
    return found


_TAIL = re.compile(rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)")


# --- structured values: Content-Type and its kin --------------------------------------------------------------------

_PARAMETER = re.compile(
    r"""\s*;?\s*([^\s=;"()<>@,\\:\[\]?/]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|'([^';]*)'(?=\s*(?:;|$))|([^;"]*))""",
    re.DOTALL,
)
_TYPE_THEN_MORE = re.compile(r"([^\s=;]+)\s+([^\s=]+\s*=.*)", re.DOTALL)
_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_UNFOLD = re.compile(r"[\r\n]+(?=[ \t])|[\r\n]+$")


def parse_value(raw: bytes) -> tuple[str, dict[str, str]]:
    """`value; name=value; ...` as the value in lower case and its parameters (first of equal names counts).

    Values are latin-1 stand-ins for the bytes, so that `headers.parameter` can decode them properly later.
    """
    text = _UNFOLD.sub("", raw.decode("latin-1")).strip()
    value, semicolon, rest = text.partition(";")
    if "(" in value:
        value = _COMMENT.sub("", value)
    value = value.strip()
    if "=" in value and (glued := _TYPE_THEN_MORE.match(value)):
        value, semicolon, rest = glued[1], ";", f"{glued[2]};{rest}"
    value = value.strip("\"'").strip().lower()
    parameters: dict[str, str] = {}
    if semicolon:
        at = 0
        while True:
            match = _PARAMETER.match(rest, at)
            if match is None:
                onward = rest.find(";", at)
                if onward < 0:
                    break
                at = onward + 1
                continue
            name = match[1].lower()
            at = match.end()
            if name not in parameters:
                parameters[name] = _parameter_value(match, name)
            if at >= len(rest):
                break
    return value, parameters


def _parameter_value(match: re.Match[str], name: str) -> str:
    if match[2] is not None:
        return re.sub(r"\\(.)", r"\1", match[2]) if "\\" in match[2] else match[2]
    if match[3] is not None:
        return match[3]
    plain = match[4].strip()
    if "(" in plain and name in ("boundary", "charset"):
        plain = _COMMENT.sub("", plain).strip()
    return plain
