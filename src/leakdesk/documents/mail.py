"""A message becomes a head, a text layer and parts.

The layer is a header block (what the header lines say, decoded), then the plain body; where the HTML body says more or
something else, what it adds follows as its own segments, noted as "bodies differ". Text outside the parts (a list's
footer, or something hidden there) comes last. Line ends of bodies become line feeds, because transport rewrites them.
Parts are: every leaf that is not the chosen plain or HTML body, and every attached message, by its exact bytes.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from leakdesk.documents import headers as read_headers
from leakdesk.documents import mime
from leakdesk.documents.charsets import CYRILLIC, Decoded, decode
from leakdesk.documents.hints import ReaderHints, ReaderLimits
from leakdesk.documents.inline_files import files_in, uudecode
from leakdesk.documents.letters import language_of
from leakdesk.documents.quoting import segment_letter
from leakdesk.documents.sealed_mail import is_enveloped
from leakdesk.documents.web import Visible, decode_html, remote_references, visible
from leakdesk.model.document import (
    Extract,
    Kind,
    MailAddress,
    MessageHead,
    Note,
    Part,
    Role,
    Segment,
    State,
    TextLayer,
)

NAME = "leakdesk-mail 2"

#: The header block's lines: label, header name. The date stands as it is written in the message.
HEADER_BLOCK = (("From", "from"), ("To", "to"), ("Cc", "cc"), ("Bcc", "bcc"), ("Date", "date"), ("Subject", "subject"))
_EXTENSIONS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "application/pkcs7-signature": ".p7s",
    "application/pgp-signature": ".asc",
    "text/rfc822-headers": ".txt",
    "message/delivery-status": ".txt",
}


@dataclass(slots=True)
class Body:
    """Text for the layer: the string, the segments it is already known to have (offsets within it), and its bytes."""

    text: str = ""
    segments: tuple[Segment, ...] = ()
    raw: bytes = b""


@dataclass(slots=True)
class _Reading:
    """What is being put together while one message is read."""

    data: bytes
    hints: ReaderHints
    notes: list[Note] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    expected: str | None = None
    html_hidden: int = 0

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
            reading.parts.append(_part(reading, leaf, name or _made_up_name(leaf, number)))
    if plain is not None:
        reading.parts.extend(files_in(plain.text, plain.raw))
    head, values = _head(reading, root)
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


# --- which parts are the body ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """The leaves that are the plain and the HTML body."""

    plain: mime.Piece | None
    html: mime.Piece | None


def choose_bodies(whole: mime.Cut) -> Chosen:
    """The first text/plain and the first text/html leaf that stand where a body stands.

    As in JMAP (RFC 8621, 4.1.4): not marked as attachment, and first in its multipart or without a file name. A message
    that is one text part of any other kind (text/enriched, or no kind at all) is its own plain body.
    """
    plain = html = None
    for leaf in whole.leaves():
        if leaf.limit or not _is_body(leaf):
            continue
        if leaf.kind == "text/html":
            html = html or leaf
        elif leaf.kind == "text/plain":
            plain = plain or leaf
    root = whole.root
    if plain is None and html is None and not root.children and root.kind.startswith("text/") and _is_body(root):
        plain = root
    return Chosen(plain, html)


def _is_body(leaf: mime.Piece) -> bool:
    if leaf.disposition == "attachment":
        return False
    if leaf.index == 0:
        return True
    named = any(key.startswith("filename") for key in leaf.disposition_parameters) or any(
        k.startswith("name") for k in leaf.parameters
    )
    return leaf.parent != "multipart/related" and not named


# --- bytes of a part ---------------------------------------------------------------------------------------------

_QP_BREAK = re.compile(rb"[ \t]+(?=\r?\n|$)")


def part_bytes(data: bytes, piece: mime.Piece) -> tuple[bytes, str]:
    """A part's decoded bytes, and what was wrong with their transfer encoding ("" where nothing was)."""
    raw = data[piece.body : piece.end]
    encoding = piece.encoding
    if not encoding or encoding in ("7bit", "8bit", "binary"):
        return raw, ""
    if encoding == "base64":
        return _base64(raw)
    if encoding == "quoted-printable":
        return quoted_printable(raw), ""
    return _odd_encoding(raw, encoding)


_DAMAGED = "the base64 text is damaged or ends early"
_INNER_BLANK = re.compile(rb"(?m)^[^\r\n]*\S[ \t]+\S[^\r\n]*$")
_SOME_LINE = re.compile(rb"(?m)^[^\r\n]*\S[^\r\n]*$")


def _base64(raw: bytes) -> tuple[bytes, str]:
    decoded, whole = read_headers.lenient_base64(raw)
    if whole:
        return decoded, ""
    # Blanks inside lines are what words have and base64 never has.
    if len(_INNER_BLANK.findall(raw)) * 2 > len(_SOME_LINE.findall(raw)):
        return raw, "base64 is declared, but these are plain words; they stand as they came"
    return decoded, _DAMAGED


def _odd_encoding(raw: bytes, encoding: str) -> tuple[bytes, str]:
    squeezed = re.sub(r"[^a-z0-9]", "", encoding)
    if squeezed in ("7bit", "8bit", "8bits", "7bits", "binary", "none", "plain", "text"):
        return raw, ""
    if squeezed.startswith("base64"):
        return _base64(raw)
    if squeezed.startswith(("quotedprintable", "qp")):
        return quoted_printable(raw), ""
    if squeezed in ("xuuencode", "uuencode", "xuue", "uue"):
        decoded = uudecode(raw)
        return (decoded, "") if decoded is not None else (raw, "the uuencoded text cannot be decoded")
    return raw, "the transfer encoding is unknown; the bytes stand as they came"


def quoted_printable(raw: bytes) -> bytes:
    """Quoted-printable decoded leniently: a broken escape stays as it is written."""
    return binascii.a2b_qp(raw)


# --- parts -------------------------------------------------------------------------------------------------------


def _part(reading: _Reading, leaf: mime.Piece, name: str) -> Part:
    decoded, wrong = part_bytes(reading.data, leaf)
    notes: list[Note] = []
    state, reason = State.READ, ""
    if wrong:
        notes.append(Note(rule="transfer encoding", sentence=wrong))
    if wrong == _DAMAGED or (not leaf.closed and leaf.encoding == "base64"):
        state, reason = (
            State.PARTIAL,
            "truncated: the message ends before the attachment does" if not leaf.closed else wrong,
        )
    if leaf.limit:
        state, reason = State.PARTIAL, f"not cut further: {leaf.limit}"
    if not decoded and any(header == "x-apple-content-length" for header, _, _ in leaf.headers):
        return Part(
            name=name,
            data=None,
            media_type=leaf.kind,
            state=State.FAILED,
            reason="its content stands beside the message, in a file of its own (.emlxpart, or the folder Attachments)",
        )
    return Part(
        name=name,
        data=decoded,
        media_type=leaf.kind,
        inline=leaf.disposition == "inline" or leaf.parent == "multipart/related",
        state=state,
        reason=reason,
        limit=leaf.limit,
        notes=tuple(notes),
    )


def part_name(leaf: mime.Piece, expected: str | None = None) -> str:
    """The file name of a part, from Content-Disposition or Content-Type, "" where it has none."""
    name = read_headers.parameter(leaf.disposition_parameters, "filename", expected)
    if not name:
        name = read_headers.parameter(leaf.parameters, "name", expected)
    return name or ""


def _made_up_name(leaf: mime.Piece, number: int) -> str:
    stem = "message" if leaf.kind == "message/rfc822" else "part"
    return f"{stem}-{number}{_EXTENSIONS.get(leaf.kind, '.bin' if not leaf.kind.startswith('text/') else '.txt')}"


# --- bodies ------------------------------------------------------------------------------------------------------


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decided(reading: _Reading, decoded: Decoded, what: str) -> None:
    if decoded.charset in CYRILLIC:
        reading.expected = reading.expected or decoded.charset
    if not decoded.plain:
        reading.note("charset", f"{what}: {decoded.sentence()}")


def _plain_body(reading: _Reading, piece: mime.Piece | None) -> Body | None:
    if piece is None:
        return None
    raw, wrong = part_bytes(reading.data, piece)
    if wrong:
        reading.note("transfer encoding", f"plain body: {wrong}")
    decoded = decode(raw, read_headers.parameter(piece.parameters, "charset"))
    _decided(reading, decoded, "plain body")
    return Body(_line_feeds(decoded.text), raw=raw)


def _html_body(reading: _Reading, piece: mime.Piece | None) -> Visible | None:
    if piece is None:
        return None
    raw, wrong = part_bytes(reading.data, piece)
    if wrong:
        reading.note("transfer encoding", f"HTML body: {wrong}")
    decoded = decode_html(raw, read_headers.parameter(piece.parameters, "charset"), expected=reading.expected)
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


_MADE_OF_WORDS = re.compile(r"[^\W_]+")
_LINKS = re.compile(r"[<\[(]?(?:https?|mailto|ftp|file|tel|cid):[^\s>\])]*[>\])]?")


def differing_lines(plain: str, shown: str) -> list[tuple[int, int]]:
    """The lines of the HTML body (offsets in `shown`) whose words do not stand, in this order, in the plain body.

    Marks, links, quotation signs and line breaks do not count: programs write them differently on the two sides.
    """
    words = " " + " ".join(_MADE_OF_WORDS.findall(plain.casefold())) + " "
    bare = " " + " ".join(_MADE_OF_WORDS.findall(_LINKS.sub(" ", plain.casefold()))) + " "
    glued = words.replace(" ", "")
    missing: list[tuple[int, int]] = []
    at = 0
    for line in shown.splitlines(keepends=True):
        tokens = _MADE_OF_WORDS.findall(line.casefold())
        if tokens:
            run = f" {' '.join(tokens)} "
            if run not in words and run not in bare and run.replace(" ", "") not in glued:
                cells = [
                    " ".join(_MADE_OF_WORDS.findall(cell)) for cell in _LINKS.sub(" ", line.casefold()).split("\t")
                ]
                if not all(f" {cell} " in bare for cell in cells if cell):
                    missing.append((at, at + len(line)))
        at += len(line)
    return missing


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
    plain: Body | None,
    markup: Visible | None,
    outside: str,
) -> TextLayer:
    block = _header_block(values, names)
    bodies: list[tuple[str, Visible | None]] = []
    if plain is not None:
        bodies.append((plain.text, None))
        if markup is not None:
            rest = _rest_of_html(reading, plain.text, markup.text)
            if rest:
                bodies.append((rest, None))
    elif markup is not None:
        bodies.append((markup.text, markup))
    return letter_layer(block, bodies, outside)


def letter_layer(
    block: str, bodies: list[tuple[str, Visible | None]], outside: str = "", extractor: str = NAME
) -> TextLayer:
    """A message's layer: the header block, each body cut into its segments, and text that stood outside the parts."""
    pieces = [block]
    segments = [Segment(start=0, end=len(block), role=Role.HEADER, language="und")] if block else []
    at = len(block)
    for text, seen in bodies:
        body = text if text.endswith("\n") or not text else text + "\n"
        if not body.strip():
            continue
        marks = (seen.quoted, seen.signatures) if seen is not None else ((), ())
        segments += segment_letter(body, language_of(body), quoted=marks[0], signatures=marks[1], offset=at)
        pieces.append(body)
        at += len(body)
    if outside:
        segments.append(Segment(start=at, end=at + len(outside), role=Role.BOILERPLATE, language=language_of(outside)))
        pieces.append(outside)
    return TextLayer(text="".join(pieces), extractor=extractor, segments=tuple(segments))


def _rest_of_html(reading: _Reading, plain: str, shown: str) -> str:
    missing = differing_lines(plain, shown)
    if not missing:
        return ""
    reading.note("bodies differ", f"{len(missing)} lines of the HTML body are not in the plain body; they follow it")
    return "".join(shown[low:high] for low, high in missing)


def _header_block(values: dict[str, str], names: list[str]) -> str:
    lines = [f"{label}: {values[name]}" for label, name in HEADER_BLOCK if values.get(name)]
    if names:
        lines.append("Attachments: " + "; ".join(names))
    return "\n".join(lines) + "\n\n" if lines else ""


# --- the head ----------------------------------------------------------------------------------------------------

_ADDRESSED = frozenset({"from", "to", "cc", "bcc"})


def _head(reading: _Reading, root: mime.Piece) -> tuple[MessageHead, dict[str, str]]:
    """The head, and the decoded values for the header block (repeated lines joined)."""
    raw: dict[str, list[bytes]] = {}
    for name, low, high in root.headers:
        raw.setdefault(name, []).append(reading.data[low:high])
    expected = reading.expected
    for name in ("from", "subject", "date", "message-id"):
        if len(raw.get(name, ())) > 1:
            reading.note("repeated header", f"{name} stands {len(raw[name])} times")
    people = {name: _people(raw.get(name, ()), expected) for name in _ADDRESSED}
    values = {name: ", ".join(_shown(address) for address in people[name]) for name in _ADDRESSED}
    subjects = [read_headers.decode_header(value, expected) for value in raw.get("subject", ())]
    values["subject"] = "; ".join(s for s in subjects if s)
    dates = raw.get("date", ())
    values["date"] = read_headers.decode_header(dates[0], expected) if dates else ""
    readings = [read_headers.header_date(value) for value in dates]
    when = next((each for each in readings if not each.oddity), readings[0] if readings else read_headers.NO_DATE)
    if not dates:
        reading.note("date", "there is no date")
    elif when.oddity:
        reading.note("date", when.oddity)
    for name in ("subject", "from", "to", "cc"):
        if any(not value.isascii() and not _is_utf8(value) for value in raw.get(name, ())):
            reading.note("header charset", f"{name} holds undeclared eight-bit characters")
    head = MessageHead(
        subject=subjects[0] if subjects else None,
        sender=people["from"],
        to=people["to"],
        cc=people["cc"],
        bcc=people["bcc"],
        date=when.date,
        date_utc=when.date_utc,
        message_id=read_headers.message_id(raw["message-id"][0]) if raw.get("message-id") else None,
        in_reply_to=next(iter(read_headers.message_ids(raw["in-reply-to"][0])), None)
        if raw.get("in-reply-to")
        else None,
        references=tuple(
            dict.fromkeys(i for value in raw.get("references", ()) for i in read_headers.message_ids(value))
        ),
    )
    return head, values


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _people(values: list[bytes] | tuple[()], expected: str | None) -> tuple[MailAddress, ...]:
    return tuple(address for value in values for address in read_headers.addresses(value, expected))


def _shown(address: MailAddress) -> str:
    if address.name and address.address:
        return f"{address.name} <{address.address}>"
    return address.name or address.address


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


__all__ = [
    "HEADER_BLOCK",
    "NAME",
    "Body",
    "Chosen",
    "ReaderLimits",
    "choose_bodies",
    "differing_lines",
    "encryption_of",
    "letter_layer",
    "part_bytes",
    "part_name",
    "read",
]
