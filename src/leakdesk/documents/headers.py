"""What header lines say: words decoded, addresses, message ids, file names; in all their real-world brokenness.

Pure functions over raw bytes. Handled besides the standards (RFC 5322, 2047, 2231, 6532): encoded words that are split in
the middle of a letter, stand without blanks, hold blanks, or carry a label that lies; eight-bit bytes without any label;
file names as encoded words inside quotation marks. Dates stand in `header_dates`.
"""

from __future__ import annotations

import base64
import binascii
import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from leakdesk.documents.charset_labels import codec_of
from leakdesk.documents.charsets import decode
from leakdesk.documents.decoding import without_surrogates
from leakdesk.model.document import MailAddress

_WORD = re.compile(r"=\?([^?\s]{0,60})\?([bBqQ])\?([^\r\n]*?)\?=")
_BETWEEN = re.compile(r"[ \t\r\n]*")
_UNFOLD = re.compile(r"(?:\r\n|\r|\n)(?=[ \t])")
_BREAKS = re.compile(r"[\r\n]+[ \t]*")


def decode_header(raw: bytes, expected: str | None = None) -> str:
    """A header value as text, unfolded and stripped; `expected` is the charset of the message's body, a guide for
    undeclared eight-bit bytes. Never raises."""
    if b"=?" not in raw and raw.isascii():
        text = raw.decode("ascii")
        return _unfolded(text).strip() if "\n" in text or "\r" in text else text.strip()
    return _decode_words(_unfolded(raw.decode("latin-1")), expected).strip()


def _unfolded(text: str) -> str:
    if "\n" not in text and "\r" not in text:
        return text
    return _BREAKS.sub(" ", _UNFOLD.sub("", text))


def _decode_words(text: str, expected: str | None) -> str:
    """Decode encoded words in a latin-1 stand-in; equal neighbours are joined as bytes first (split letters)."""
    out: list[str] = []
    pending: tuple[str, bytearray] | None = None
    at = 0
    for word in _WORD.finditer(text):
        gap = text[at : word.start()]
        if gap.strip(" \t") or pending is None:
            pending = _flush(out, pending, expected)
            out.append(_eight_bit(gap, expected))
        charset = word[1].split("*", 1)[0].lower()
        raw = _word_bytes(word[2], word[3])
        if pending is not None and pending[0] == charset:
            pending[1].extend(raw)
        else:
            pending = _flush(out, pending, expected)
            pending = (charset, bytearray(raw))
        at = word.end()
    _flush(out, pending, expected)
    out.append(_eight_bit(text[at:], expected))
    return "".join(out)


def _flush(out: list[str], pending: tuple[str, bytearray] | None, expected: str | None) -> None:
    if pending is not None:
        text = decode(bytes(pending[1]), pending[0] or None, expected=expected).text
        out.append(_BREAKS.sub(" ", text))


def _word_bytes(kind: str, body: str) -> bytes:
    raw = body.encode("latin-1", "replace")
    if kind in "qQ":
        return _quoted(raw.replace(b"_", b" "))
    return lenient_base64(raw)[0]


_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")


def _quoted(raw: bytes) -> bytes:
    return _HEX.sub(lambda m: bytes((int(m[1], 16),)), raw)


def _eight_bit(text: str, expected: str | None) -> str:
    if text.isascii():
        return text
    return decode(text.encode("latin-1"), None, expected=expected).text


_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_BLANKS = re.compile(rb"[\s]+")


def lenient_base64(raw: bytes) -> tuple[bytes, bool]:
    """Base64 decoded as far as it goes, and whether it was whole: no foreign characters, right length, padding last."""
    packed = _BLANKS.sub(b"", raw)
    try:
        return base64.b64decode(packed, validate=True), True
    except (binascii.Error, ValueError):
        pass
    packed = _NOT_BASE64.sub(b"", packed)
    out = bytearray()
    for run in re.findall(rb"[^=]+", packed):
        usable = run[: len(run) - 1] if len(run) % 4 == 1 else run
        out += base64.b64decode(usable + b"=" * (-len(usable) % 4))
    return bytes(out), False


# --- addresses ---------------------------------------------------------------------------------------------------

_SIMPLE = re.compile(
    r"""\s*(?:"?([^"<>,;:()@\\]*?)"?\s*<\s*([^\s<>,"():@]+@[^\s<>,"()]+?)\s*>|([^\s<>,;:"()]+@[^\s<>,;:"()]+))\s*$"""
)


@lru_cache(maxsize=8192)
def addresses(raw: bytes, expected: str | None = None) -> tuple[MailAddress, ...]:
    """The mailboxes of an address header, groups opened, comments as names where nothing else is one. Never raises."""
    text = _unfolded(raw.decode("latin-1"))
    found: list[MailAddress] = []
    for entry in split_addresses(text):
        simple = _SIMPLE.match(entry)
        if simple is not None:
            name, address = simple[1] or "", simple[2] or simple[3]
        else:
            name, address = _loose(entry)
        name = _display(name, expected)
        address = _eight_bit(address, expected) if not address.isascii() else address
        if "=?" in address:
            address = _decode_words(address, expected).strip()
            inner = _SIMPLE.match(address)
            if inner is not None:
                name, address = name or (inner[1] or "").strip(), inner[2] or inner[3]
        if name or address:
            found.append(MailAddress(name=name, address=address))
    return tuple(found)


def _display(name: str, expected: str | None) -> str:
    if not name:
        return ""
    if "=?" in name or not name.isascii():
        name = _decode_words(name, expected)
    name = " ".join(name.split())
    if len(name) >= 2 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1].strip()
    return name


def split_addresses(text: str) -> list[str]:
    """An address list cut at commas and semicolons that stand outside quotation marks, comments and angle brackets.

    A quotation mark or bracket that is never closed does not swallow the rest.
    """
    if '"' not in text and "(" not in text and ":" not in text and ";" not in text:
        return (
            [entry for entry in text.split(",") if entry.strip()]
            if "<" not in text or text.count(",") == 0
            else _careful(text)
        )
    return _careful(text)


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^<>]*>|[^",;:(<]+|.', re.DOTALL)


def _careful(text: str) -> list[str]:
    entries: list[str] = []
    current: list[str] = []
    for piece in _TOKEN.findall(text):
        if piece in (",", ";"):
            entries.append("".join(current))
            current = []
        elif piece == ":" and "@" not in "".join(current):
            current = []  # the name of a group, not of a person
        else:
            current.append(piece)
    entries.append("".join(current))
    return [entry for entry in entries if entry.strip()]


_ANGLE = re.compile(r"<([^<>]*)>?")
_BARE = re.compile(r"[^\s<>\"(),;:]+@[^\s<>\"(),;:]+")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_REMARK = re.compile(r"\(((?:[^()\\]|\\.)*)\)")


def _loose(entry: str) -> tuple[str, str]:
    """(name, address) of an entry that is not of the simple form."""
    quoted = _QUOTED.search(entry)
    angles = list(_ANGLE.finditer(_QUOTED.sub(lambda m: " " * len(m[0]), entry)))
    angle = angles[-1] if angles else None
    if angle is not None:
        address = _REMARK.sub("", entry[angle.start(1) : angle.end(1)]).strip()
        if address.startswith("@") and ":" in address:  # a route (RFC 822), before the address proper
            address = address.partition(":")[2]
        before = entry[: angle.start()]
        remark = _REMARK.search(before) or _REMARK.search(entry[angle.end() :])
        name = _unquote(before)
        if not name.strip() and remark:
            name = remark[1]
        return name, re.sub(r"\s+", "", address) if "@" in address and "=?" not in address else address
    bare = _BARE.search(_QUOTED.sub(lambda m: " " * len(m[0]), entry))
    remark = _REMARK.search(entry)
    if bare is not None:
        rest = _REMARK.sub(" ", entry[: bare.start()] + " " + entry[bare.end() :])
        name = _unquote(rest)
        return (name if name.strip() else remark[1] if remark else ""), bare[0]
    if quoted is not None and _BARE.search(quoted[1]):
        return "", quoted[1].strip()
    return _unquote(entry), ""


def _unquote(text: str) -> str:
    return _QUOTED.sub(lambda m: re.sub(r"\\(.)", r"\1", m[1]), _REMARK.sub(" ", text)).strip().strip('"').strip()


# --- message ids -------------------------------------------------------------------------------------------------

_ID = re.compile(r"<[^<>\s]+>")


def message_ids(raw: bytes) -> tuple[str, ...]:
    """The message ids of a header, angle brackets kept, in order; bare words with an @ where there are no brackets."""
    text = without_surrogates(_BREAKS.sub(" ", raw.decode("utf-8", "replace")))
    found = _ID.findall(text)
    if not found:
        found = [word for word in text.split() if "@" in word and "<" not in word]
    return tuple(found)


def message_id(raw: bytes) -> str | None:
    """The message's own id: the first bracketed word, else the value as it stands; None where it is empty."""
    found = message_ids(raw)
    text = " ".join(without_surrogates(raw.decode("utf-8", "replace")).split())
    return found[0] if found else text or None


# --- parameters and file names -----------------------------------------------------------------------------------

_PART = re.compile(r"(?P<name>[^*]+)(?:\*(?P<number>\d+))?(?P<star>\*)?$")


def parameter(parameters: dict[str, str], name: str, expected: str | None = None) -> str | None:
    """A parameter as text: RFC 2231 pieces in order and decoded, else the plain value with encoded words or eight-bit
    bytes decoded, whichever the sender used. None where it is absent."""
    extended = _extended(parameters, name)
    if extended is not None:
        return _clean(extended)
    plain = parameters.get(name)
    if plain is None:
        return None
    if "=?" in plain:
        return _clean(_decode_words(_unfolded(plain), expected))
    if not plain.isascii():
        return _clean(_eight_bit(plain, expected))
    if "%" in plain and re.search(r"(?:%[89A-Fa-f][0-9A-Fa-f]){2}", plain):
        return _clean(decode(unquote_to_bytes(plain), None, expected=expected).text)
    return _clean(plain)


def _extended(parameters: dict[str, str], name: str) -> str | None:
    pieces: dict[int, tuple[str, bool]] = {}
    for key, value in parameters.items():
        if not key.startswith(name + "*"):
            continue
        part = _PART.match(key)
        if part is not None and part["name"] == name:
            pieces.setdefault(int(part["number"] or 0), (value, part["star"] is not None))
    if not pieces:
        return None
    charset = ""
    raw = bytearray()
    for number, (piece, encoded) in sorted(pieces.items()):
        value = piece
        if encoded and number == min(pieces):
            marked = value.split("'", 2)
            if len(marked) == 3:
                charset, _, value = marked
            elif len(marked) == 2 and codec_of(marked[0]):
                charset, value = marked
        raw += unquote_to_bytes(value.encode("latin-1")) if encoded else value.encode("latin-1")
    if b"=?" in raw:
        return _decode_words(raw.decode("latin-1"), charset or None)
    return decode(bytes(raw), charset or None).text


def _clean(name: str) -> str:
    return " ".join(name.replace("\0", "").split()) if any(c in name for c in "\r\n\t\0") else name.strip()
