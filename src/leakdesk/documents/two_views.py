"""The same message by a second, independent reader; where the two disagree, a person must see it (goal S4).

Messages can be built so that one program shows an attachment and another does not. Our own tokenizer (`mime`) is one view;
the standard library's parser, with its `compat32` policy, is the other. Compared are the leaves: how many, their types, names
and decoded bytes. Besides, some constructions are known to be read differently by mail programs even where our two views
agree; they are named by their rule. The work is done after the fast pass.
"""

from __future__ import annotations

import email
import email.message
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import collapse_rfc2231_value

from leakdesk.documents import headers, mime
from leakdesk.documents.mail_parts import part_name
from leakdesk.documents.transfer import part_bytes
from leakdesk.model.document import Note
from leakdesk.model.ids import sha256_hex

#: Nesting beyond which the standard library's parser is not asked (it recurses).
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf part as one view sees it: type, file name, SHA-256 of the decoded bytes without line-end differences."""

    kind: str
    name: str
    digest: str


def disagreements(data: bytes) -> tuple[Note, ...]:
    """What two independent readers, or mail programs at large, see differently in a message. Never raises."""
    whole = mime.cut(data)
    found: dict[str, None] = {}
    other = _standard_view(data, whole)
    if isinstance(other, str):
        found[other] = None
    else:
        _compare(list(_own_view(data, whole)), other, found)
    for rule in whole.oddities:
        if rule in _CONTESTED:
            found[_CONTESTED[rule]] = None
    for piece in _pieces(whole.root):
        for sentence in _ambiguities(data, piece):
            found[sentence] = None
    return tuple(Note(rule="parsers disagree", sentence=sentence) for sentence in found)


#: Oddities of the cut that mail programs are known to treat differently.
_CONTESTED = {
    "repeated content-type": "Content-Type stands more than once; programs follow the first or the last",
    "repeated content-transfer-encoding": "the transfer encoding is given more than once; programs follow the first or the last",
    "repeated content-disposition": "Content-Disposition stands more than once; programs follow the first or the last",
    "unreadable content-type": "a Content-Type is not of the form type/subtype; programs guess",
    "multipart without a delimiter line": "a multipart has no delimiter line; programs show nothing, or everything as text",
    "parts after the closing delimiter": "parts stand after the closing delimiter; some programs show them, some do not",
    "junk among the header lines": "a line among the header lines is none; programs end the header there or go on",
    "body starts without a blank line": "the body starts without a blank line; programs place its start differently",
    "limit:depth": "the message is nested deeper than programs follow",
    "limit:members": "the message has more parts than programs follow",
}


# --- the views -------------------------------------------------------------------------------------------------------


def _own_view(data: bytes, whole: mime.Cut) -> Iterator[Leaf]:
    for piece in whole.leaves():
        decoded, _ = part_bytes(data, piece)
        yield Leaf(piece.kind, part_name(piece), _digest(decoded))


def _standard_view(data: bytes, whole: mime.Cut) -> list[Leaf] | str:
    if max((piece.depth for piece in whole.leaves()), default=0) > _DEEPEST:
        return "the message is nested deeper than the second reader follows"
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        return [_leaf(part) for part in _standard_leaves(message)]
    except (
        RecursionError,
        MemoryError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        IndexError,
        AssertionError,
    ) as error:
        return f"the second reader gave up ({type(error).__name__})"


def _standard_leaves(message: email.message.Message) -> Iterator[email.message.Message]:
    """Leaves as our own view counts them: an attached message is one leaf."""
    stack: list[email.message.Message] = [message]
    while stack:
        part = stack.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            stack.extend(each for each in reversed(inner) if isinstance(each, email.message.Message))
        else:
            yield part


def _leaf(part: email.message.Message) -> Leaf:
    kind = part.get_content_type()
    payload = part.get_payload()
    if isinstance(payload, list):  # an attached message: its bytes are ours to tell; compared by type and name
        return Leaf(kind, _standard_name(part), "")
    decoded = part.get_payload(decode=True)
    content = decoded if isinstance(decoded, bytes) else str(payload).encode("utf-8", "surrogateescape")
    return Leaf(kind, _standard_name(part), _digest(content))


def _standard_name(part: email.message.Message) -> str:
    value = part.get_param("filename", header="content-disposition") or part.get_param("name")
    if value is None:
        return ""
    text = collapse_rfc2231_value(value)  # type: ignore[arg-type]
    return headers.decode_header(text.encode("utf-8", "surrogateescape"))


def _digest(content: bytes) -> str:
    return sha256_hex(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip(b"\n"))


def _compare(own: list[Leaf], other: list[Leaf], found: dict[str, None]) -> None:
    if len(own) != len(other):
        found[f"one reader sees {len(own)} parts, the other {len(other)}"] = None
        return
    if Counter(leaf.kind for leaf in own) != Counter(leaf.kind for leaf in other):
        found["the two readers see different types of parts"] = None
    if [leaf.name for leaf in own] != [leaf.name for leaf in other]:
        found["the two readers see different file names"] = None
    for left, right in zip(own, other, strict=True):
        if left.digest != right.digest and right.digest:
            found["the two readers decode a part to different bytes"] = None


# --- what is read differently although our two views agree ------------------------------------------------------------


def _pieces(root: mime.Piece) -> Iterator[mime.Piece]:
    stack = [root]
    while stack:
        piece = stack.pop()
        stack.extend(piece.children)
        yield piece


_KNOWN_ENCODINGS = frozenset({"", "7bit", "8bit", "binary", "base64", "quoted-printable"})


def _ambiguities(data: bytes, piece: mime.Piece) -> Iterator[str]:
    yield from _ambiguous_headers(data, piece)
    yield from _ambiguous_names(piece)
    if piece.encoding not in _KNOWN_ENCODINGS:
        yield "a transfer encoding is not one of the standard's; programs decode it or do not"
    if piece.children:
        if piece.encoding in ("base64", "quoted-printable"):
            yield "a multipart claims a transfer encoding; programs decode it first, or never"
        yield from _ambiguous_boundary(data, piece)
    elif piece.encoding == "base64":
        yield from _ambiguous_base64(data[piece.body : piece.end])
    if piece.kind == "message/rfc822" and piece.encoding in ("base64", "quoted-printable"):
        yield "an attached message is encoded, which the standard forbids"
    if piece.kind.startswith("message/partial"):
        yield "a message comes in pieces (message/partial); some programs join them"


def _ambiguous_headers(data: bytes, piece: mime.Piece) -> Iterator[str]:
    block = data[piece.start : piece.body]
    if b"\0" in block:
        yield "there is a NUL among the header lines; programs stop there or go on"
    if re.search(rb"(?:^|\n)[ \t]+\r?\n[ \t]*\S", block):
        yield "a folded header line is blank; programs end the header there or go on"
    if re.search(rb"\r(?!\n)", block):
        yield "a carriage return stands alone among the header lines; programs break the line there or not"
    for name, low, high in piece.headers:
        if name in ("content-type", "content-disposition", "content-transfer-encoding"):
            raw = data[low:high]
            if b"(" in re.sub(rb'"[^"]*"', b"", raw):
                yield f"{name} holds a comment; programs drop it or read it"
            if name != "content-transfer-encoding" and (raw.count(b'"') - raw.count(b'\\"')) % 2:
                yield f"{name} has a quotation mark that is never closed"
            if b"=?" in raw and name == "content-type" and re.search(rb"boundary[^;]*=\?", raw, re.IGNORECASE):
                yield "a boundary is written as an encoded word"
    if re.search(rb"(?im)^content-(?:type|disposition|transfer-encoding)[ \t]+:", block):
        yield "a blank stands before the colon of a header line; programs read the line or skip it"


def _ambiguous_names(piece: mime.Piece) -> Iterator[str]:
    for parameters in (piece.parameters, piece.disposition_parameters):
        for name in ("filename", "name", "boundary", "charset"):
            keys = [key for key in parameters if key == name or key.startswith(name + "*")]
            if name in keys and len(keys) > 1:
                yield f"{name} is given twice, plain and extended; programs take one or the other"
    first = headers.parameter(piece.disposition_parameters, "filename")
    second = headers.parameter(piece.parameters, "name")
    if first and second and first != second:
        yield "two different file names are given for one part"
    if "\0" in (piece.disposition_parameters.get("filename", "") + piece.parameters.get("name", "")):
        yield "there is a NUL in a file name"


def _ambiguous_boundary(data: bytes, piece: mime.Piece) -> Iterator[str]:
    boundary = piece.parameters.get("boundary", "")
    if boundary != boundary.strip() or not boundary:
        yield "a boundary begins or ends with a blank, or is empty"
    if len(boundary) > 70:
        yield "a boundary is longer than the standard's 70 characters"
    if re.search(r"[^0-9A-Za-z'()+_,./:=? -]", boundary):
        yield "a boundary holds characters that the standard forbids"
    mark = b"--" + boundary.encode("latin-1", "replace")
    if re.search(rb"(?m)^" + re.escape(mark) + rb"[^\r\n\t -][^\r\n]*$", data[piece.body : piece.end]):
        yield "a line begins like a delimiter and goes on; some programs take it for one"
    if re.search(rb"(?m)^" + re.escape(mark) + rb"--[ \t]*[^\s][^\r\n]*$", data[piece.body : piece.end]):
        yield "a line begins like the closing delimiter and goes on; some programs take it for one"
    if re.search(rb"(?m)^[ \t]+" + re.escape(mark), data[piece.body : piece.end]):
        yield "a delimiter stands behind blanks; some programs take it for one"
    inner = [
        child.parameters.get("boundary", "")
        for child in piece.children
        if child.children or child.kind.startswith("multipart/")
    ]
    if any(each and (each.startswith(boundary) or boundary.startswith(each)) for each in inner):
        yield "the boundary of a part inside begins like the one outside"


def _ambiguous_base64(raw: bytes) -> Iterator[str]:
    packed = re.sub(rb"\s+", b"", raw)
    if re.search(rb"=[A-Za-z0-9+/]", packed):
        yield "base64 goes on after its padding; programs stop there or go on"
    if re.search(rb"[^A-Za-z0-9+/=]", packed):
        yield "base64 holds foreign characters; programs skip them or stop"
    elif len(packed.rstrip(b"=")) % 4 == 1:
        yield "base64 has an impossible length; programs drop its end or all of it"
