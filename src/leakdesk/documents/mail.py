"""A message becomes a head, a text layer and parts.

The layer is a header block (what the header lines say, decoded), then the plain body; where the HTML body says more or
something else, what it adds follows as its own segments, noted as "bodies differ". Text outside the parts (a list's
footer, or something hidden there) comes last. Line ends of bodies become line feeds, because transport rewrites them.
Parts are: every leaf that is not the chosen plain or HTML body, and every attached message, by its exact bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leakdesk.documents import mime
from leakdesk.documents.charsets import decode
from leakdesk.documents.decoding import Decoded
from leakdesk.documents.headers import parameter
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.inline_files import files_in
from leakdesk.documents.mail_head import head_of
from leakdesk.documents.mail_layer import differing_lines, header_block, letter_layer
from leakdesk.documents.mail_parts import attached, choose_bodies, made_up_name, part_name
from leakdesk.documents.misread import CYRILLIC
from leakdesk.documents.sealed_mail import is_enveloped
from leakdesk.documents.transfer import part_bytes
from leakdesk.documents.web import Visible, decode_html, remote_references, visible
from leakdesk.model.document import (
    Extract,
    Kind,
    MessageHead,
    Note,
    Part,
    Role,
    State,
    TextLayer,
)

NAME = "leakdesk-mail 2"


@dataclass(slots=True)
class _Plain:
    """The plain body: its text for the layer, and its bytes."""

    text: str
    raw: bytes


@dataclass(slots=True)
class _Reading:
    """What is being put together while one message is read."""

    data: bytes
    hints: ReaderHints
    notes: list[Note] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    expected: str | None = None

    def note(self, rule: str, sentence: str) -> None:
        made = Note(rule=rule, sentence=sentence)
        if made not in self.notes:
            self.notes.append(made)


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read one message. Whatever the bytes are, an Extract comes back; damage is in its notes."""
    data, repaired = straightened(data)
    whole = mime.cut(data, depth=hints.limits.depth, members=hints.limits.members)
    reading = _Reading(data, hints)
    if repaired:
        reading.note("structure", repaired)
    return _read_cut(reading, whole)


_WIDE_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MARK = b"\xef\xbb\xbf"


def straightened(data: bytes) -> tuple[bytes, str]:
    """A message that was saved or transferred as if it were a text, with that undone; and what was done ("" mostly)."""
    if data.startswith(_MARK):
        return data[len(_MARK) :], "a byte-order mark stands before the header"
    wide = _WIDE_MARKS.get(data[:2])
    if wide is not None:
        return data[2:].decode(wide, "replace").encode("utf-8", "replace"), "the message was saved as UTF-16"
    if data[:8192].count(b"\r\r\n") > 1:
        return data.replace(b"\r\r\n", b"\r\n"), "every line ends in a doubled carriage return"
    return data, ""


def _read_cut(reading: _Reading, whole: mime.Cut) -> Extract:
    for oddity in whole.oddities:
        reading.note("structure", oddity)
    root = whole.root
    chosen = choose_bodies(whole)
    plain = _plain_body(reading, chosen.plain)
    markup = _html_body(reading, chosen.html)
    names: list[str] = []
    for number, leaf in enumerate(whole.leaves(), 1):
        if leaf is not chosen.plain and leaf is not chosen.html:
            name = part_name(leaf, reading.expected)
            names.extend([name] if name else [])
            reading.parts.append(attached(reading.data, leaf, name or made_up_name(leaf, number)))
    if plain is not None:
        reading.parts.extend(files_in(plain.text, plain.raw))
    head, values = head_of(reading.data, root, reading.expected, reading.note)
    layer = _layer(reading, values, names, plain, markup, _outside(reading, whole))
    return _extract(reading, encryption_of(root, reading.data, chosen.plain), head, layer)


def _extract(reading: _Reading, locked: str, head: MessageHead, layer: TextLayer) -> Extract:
    limits = reading.hints.limits
    state, reason, limit = State.READ, "", ""
    if locked:
        state, reason = State.PARTIAL, f"encrypted: {locked}"
        reading.note("encrypted", f"the body is encrypted ({locked}); header lines are read")
    if len(layer.text) > limits.text_chars:
        layer = TextLayer(text=layer.text[: limits.text_chars], extractor=NAME)
        state, reason, limit = State.PARTIAL, "longer than the limit", "text_chars"
    for part in reading.parts:
        if part.limit and not limit:
            state, reason, limit = State.PARTIAL, f"stopped at the limit {part.limit}", part.limit
    return Extract(
        kind=Kind.MESSAGE,
        schema="Email",
        media_type="message/rfc822",
        layer=layer,
        title=head.subject,
        head=head,
        created=head.date,
        languages=tuple(
            dict.fromkeys(s.language for s in layer.segments if s.language != "und" and s.role is not Role.HEADER)
        ),
        parts=tuple(reading.parts),
        state=state,
        stage="" if state is State.READ else "read",
        reason=reason,
        limit=limit,
        notes=tuple(reading.notes),
    )


# --- bodies ------------------------------------------------------------------------------------------------------


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decided(reading: _Reading, decoded: Decoded, what: str) -> None:
    if decoded.charset in CYRILLIC:
        reading.expected = reading.expected or decoded.charset
    if not decoded.plain:
        reading.note("charset", f"{what}: {decoded.sentence()}")


def _plain_body(reading: _Reading, piece: mime.Piece | None) -> _Plain | None:
    if piece is None:
        return None
    raw, wrong = part_bytes(reading.data, piece)
    if wrong:
        reading.note("transfer encoding", f"plain body: {wrong}")
    decoded = decode(raw, parameter(piece.parameters, "charset"))
    _decided(reading, decoded, "plain body")
    return _Plain(_line_feeds(decoded.text), raw=raw)


def _html_body(reading: _Reading, piece: mime.Piece | None) -> Visible | None:
    if piece is None:
        return None
    raw, wrong = part_bytes(reading.data, piece)
    if wrong:
        reading.note("transfer encoding", f"HTML body: {wrong}")
    decoded = decode_html(raw, parameter(piece.parameters, "charset"), expected=reading.expected)
    _decided(reading, decoded, "HTML body")
    seen = visible(decoded.text, letter=True)
    if seen.hidden:
        reading.note(
            "hidden text",
            f"{seen.hidden} characters of the HTML body are styled to be invisible and are not in the text",
        )
    remote = remote_references(decoded.text)
    if remote:
        reading.note("remote content", f"{remote} references to other servers; none was followed")
    return seen


# --- the layer ---------------------------------------------------------------------------------------------------


def _outside(reading: _Reading, whole: mime.Cut) -> str:
    """Text before the first and after the last part, where it is more than the customary sentence."""
    pieces: list[str] = []
    stack = [whole.root]
    while stack:
        piece = stack.pop()
        stack.extend(piece.children)
        for low, high in piece.outside:
            raw = reading.data[low:high].strip()
            if raw and not _CUSTOMARY.search(raw[:400]):
                pieces.append(_line_feeds(decode(raw, None, expected=reading.expected).text))
    if pieces:
        reading.note(
            "text outside the parts", f"{len(pieces)} pieces of text stand before or after the parts of the message"
        )
    return "\n".join(pieces)


_CUSTOMARY = re.compile(
    rb"multi-?part\s+(?:message|mail)|MIME[- ](?:format|message|encoded|encapsulated|compliant|aware|capable)",
    re.IGNORECASE,
)


def _layer(
    reading: _Reading,
    values: dict[str, str],
    names: list[str],
    plain: _Plain | None,
    markup: Visible | None,
    outside: str,
) -> TextLayer:
    block = header_block(values, names)
    bodies: list[tuple[str, Visible | None]] = []
    if plain is not None:
        bodies.append((plain.text, None))
        if markup is not None:
            rest = _rest_of_html(reading, plain.text, markup.text)
            if rest:
                bodies.append((rest, None))
    elif markup is not None:
        bodies.append((markup.text, markup))
    return letter_layer(block, bodies, outside, extractor=NAME)


def _rest_of_html(reading: _Reading, plain: str, shown: str) -> str:
    missing = differing_lines(plain, shown)
    if not missing:
        return ""
    reading.note("bodies differ", f"{len(missing)} lines of the HTML body are not in the plain body; they follow it")
    return "".join(shown[low:high] for low, high in missing)


_ARMOUR = b"-----BEGIN PGP MESSAGE-----"
_SECRET_MAIL = ("application/pkcs7-mime", "application/x-pkcs7-mime")


def encryption_of(root: mime.Piece, data: bytes, plain: mime.Piece | None = None) -> str:
    """What a message's body is encrypted with: "S/MIME", "OpenPGP", or "" where it is not."""
    if root.kind == "multipart/encrypted":
        return "OpenPGP"
    if root.kind in _SECRET_MAIL:
        kind = root.parameters.get("smime-type", "")
        return "" if kind in ("signed-data", "certs-only", "compressed-data") else "S/MIME"
    if root.kind == "application/octet-stream" and part_name(root).lower().endswith(".p7m"):
        return "S/MIME" if is_enveloped(part_bytes(data, root)[0]) else ""
    body = root if not root.children else plain
    if body is not None and _ARMOUR in part_bytes(data, body)[0][:2000]:
        return "OpenPGP"
    return ""
