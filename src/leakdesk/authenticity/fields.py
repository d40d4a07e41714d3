"""A message as its header fields and its body, by byte ranges, and the canonical forms that signatures are made over.

RFC 6376, 3.4: `simple` changes nothing in the header and drops empty lines at the body's end; `relaxed` folds white space
in both. Line ends are CRLF there; a copy with bare LF is turned into CRLF first, and that repair is named by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Canon = Literal["simple", "relaxed"]
CANONS: frozenset[str] = frozenset({"simple", "relaxed"})

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\r|\Z)")
_BLANKS = re.compile(rb"[ \t]+")
_BARE = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Field:
    """One header field: lower-case name, and where the whole field (its line end included) stands."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class Message:
    """A message with CRLF line ends, its fields from top to bottom, and where its body begins. `relaxed` forms of fields
    are kept: a thousand signatures over the same fields canonicalise each field once."""

    data: bytes
    fields: tuple[Field, ...]
    body: int
    _relaxed: dict[int, bytes] = field(default_factory=dict[int, bytes])
    _bodies: dict[str, bytes] = field(default_factory=dict[str, bytes])
    _named: dict[str, list[Field]] = field(default_factory=dict[str, "list[Field]"])

    def __post_init__(self) -> None:
        for one in self.fields:
            self._named.setdefault(one.name, []).append(one)

    def raw(self, one: Field) -> bytes:
        """A field as it stands, line end included."""
        return self.data[one.start : one.end]

    def value(self, one: Field) -> bytes:
        """A field's value as it stands, without the colon before and the line end after it."""
        return self.raw(one).partition(b":")[2].rstrip(b"\r\n")

    def canonical(self, one: Field, canon: str) -> bytes:
        """A field in canonical form, CRLF included."""
        if canon == "simple":
            raw = self.raw(one)
            return raw if raw.endswith(b"\r\n") else raw + b"\r\n"
        known = self._relaxed.get(one.start)
        if known is None:
            known = self._relaxed[one.start] = relaxed_field(self.raw(one)) + b"\r\n"
        return known

    def canonical_body(self, canon: str) -> bytes:
        """The body in canonical form."""
        known = self._bodies.get(canon)
        if known is None:
            body = self.data[self.body :]
            known = self._bodies[canon] = relaxed_body(body) if canon == "relaxed" else simple_body(body)
        return known

    def named(self, name: str) -> list[Field]:
        """All fields of a name, from top to bottom."""
        return list(self._named.get(name, ()))


def split(data: bytes) -> Message:
    """Cut a message into fields and body; lines that are no field are stepped over. Never raises."""
    fields: list[Field] = []
    at = 0
    while at < len(data):
        if data.startswith(b"\r\n", at):
            return Message(data, tuple(fields), at + 2)
        if data.startswith(b"\n", at):
            return Message(data, tuple(fields), at + 1)
        found = _FIELD.match(data, at)
        if found is not None:
            fields.append(Field(found[1].decode("ascii").lower(), found.start(), found.end()))
            at = found.end()
            continue
        line = data.find(b"\n", at)
        if line < 0:
            break
        at = line + 1
    return Message(data, tuple(fields), len(data))


def with_crlf(data: bytes) -> bytes:
    """All line ends as CRLF."""
    return _BARE.sub(b"\r\n", data)


def has_crlf_only(data: bytes) -> bool:
    """Whether every line ends with CRLF, as mail travels."""
    return data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")


def relaxed_field(raw: bytes) -> bytes:
    """RFC 6376, 3.4.2, without the final line end."""
    name, _, value = raw.partition(b":")
    unfolded = value.replace(b"\r\n", b"").replace(b"\n", b"").replace(b"\r", b"")
    return name.rstrip(b" \t").lower() + b":" + _BLANKS.sub(b" ", unfolded).strip(b" ")


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376, 3.4.4."""
    text = _BLANKS.sub(b" ", body)
    text = text.replace(b" \r\n", b"\r\n")
    if text.endswith(b" "):
        text = text[:-1]
    text = _without_empty_end(text)
    return text if not text or text.endswith(b"\r\n") else text + b"\r\n"


def simple_body(body: bytes) -> bytes:
    """RFC 6376, 3.4.3: an empty body is one CRLF."""
    text = _without_empty_end(body)
    return text if text.endswith(b"\r\n") else text + b"\r\n"


def _without_empty_end(text: bytes) -> bytes:
    end = len(text)
    while end >= 4 and text[end - 4 : end] == b"\r\n\r\n":
        end -= 2
    return b"" if text[:end] == b"\r\n" else text[:end]


# --- tag lists (RFC 6376, 3.2) ----------------------------------------------------------------------------------------------

_TAG = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_WHITE = re.compile(r"[ \t\r\n]+")
#: Characters of a tag list that are read; longer ones are no tag list of anybody's mail.
MOST_TAGS = 65_536


class NotTags(ValueError):
    """This is no tag list; the message says why."""


def tags(value: bytes) -> Mapping[str, str]:
    """`name=value; ...`: white space around names and values dropped, inside values kept. Raises NotTags."""
    if len(value) > MOST_TAGS:
        raise NotTags("too long")
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        raise NotTags("bytes that are no text") from None
    found: dict[str, str] = {}
    pieces = text.split(";")
    for number, piece in enumerate(pieces):
        if not piece.strip():
            if number + 1 == len(pieces):
                continue
            raise NotTags("an empty tag")
        name, equals, content = piece.partition("=")
        name = name.strip(" \t\r\n")
        if not equals or not _TAG.fullmatch(name):
            raise NotTags("a tag without name or value")
        if name in found:
            raise NotTags(f"{name}= stands twice")
        found[name] = content.strip(" \t\r\n")
    return found


def packed(value: str) -> str:
    """A tag's value without any white space."""
    return _WHITE.sub("", value)


def without_signature(raw: bytes) -> bytes:
    """A signature field with the value of its b= tag deleted (RFC 6376, 3.5): exactly the one tag named b."""
    head, colon, value = raw.partition(b":")
    pieces = value.split(b";")
    for number, piece in enumerate(pieces):
        name, equals, _ = piece.partition(b"=")
        if equals and name.strip(b" \t\r\n") == b"b":
            pieces[number] = name + equals
            break
    return head + colon + b";".join(pieces)


def chosen(message: Message, names: Sequence[str]) -> Iterator[tuple[str, Field | None]]:
    """The fields that a list of names selects: for each name the lowest one not taken yet, None where there is none."""
    left: dict[str, list[Field]] = {}
    for name in names:
        if name not in left:
            left[name] = message.named(name)
        yield name, left[name].pop() if left[name] else None
