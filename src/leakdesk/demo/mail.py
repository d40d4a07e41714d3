"""A letter becomes a message: headers, bodies, attachments, and what happened to it on the way.

Headers are written out here and not by the standard library, because its folding changes between Python versions.
All messages have CRLF line ends until a mailbox says otherwise.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime

from leakdesk.demo.signing import sign
from leakdesk.demo.story import Contact, Letter, Story

SELECTOR = "mail1"
ZERO, ONE = "\u200b", "\u200c"  # the two zero-width letters of the watermark
WATERMARK = "1011001110001101"
_TEXT_LINE = 76


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One attachment, or one body: what stands in its own header, and its decoded bytes."""

    media_type: str
    data: bytes
    name: str = ""
    name_style: str = "rfc2231"
    name_charset: str = "utf-8"
    charset: str = ""
    encoding: str = "base64"
    inline: str = ""  # content id


Attach = Callable[[Letter, str], Part]


class PostOffice:
    """Makes messages; `attach` makes the parts that a letter names."""

    def __init__(self, story: Story, attach: Attach) -> None:
        self.story, self._attach = story, attach

    def message_id(self, letter: Letter) -> str:
        """Without angle brackets; the same for every copy."""
        seed = self.story.wording.cast.seed
        digest = hashlib.sha256(f"leakdesk demo {seed} {letter.key}".encode()).hexdigest()
        return letter.client.identity.format(hash=digest[:24], domain=letter.sender.domain)

    def parts(self, letter: Letter) -> list[Part]:
        """The attachments of a letter, in order."""
        return [self._attach(letter, name) for name in letter.attach]

    def message(self, letter: Letter, holder: str) -> bytes:
        """The copy in one mailbox ("a", "b"), or as a bare message without transport lines ("")."""
        structure, body = self._body(letter)
        own = self._own_headers(letter, keep_bcc=self._sent_by(letter, holder))
        plain = "\r\n".join([*own, *structure]).encode("ascii") + b"\r\n\r\n" + body
        message = self._dkim(letter, plain)
        if not holder or self._sent_by(letter, holder):
            return message
        transport = self._transport(letter, holder)
        return "\r\n".join(transport).encode("ascii") + b"\r\n" + message

    @staticmethod
    def _sent_by(letter: Letter, holder: str) -> bool:
        return letter.sender.key in {"a": ("eng", "home"), "b": ("coop",)}.get(holder, ())

    # ---- headers ---------------------------------------------------------------------------------------------

    def _own_headers(self, letter: Letter, *, keep_bcc: bool) -> list[str]:
        charset = letter.charset if letter.charset != "us-ascii" else "utf-8"
        lines = [f"From: {address(letter.sender, charset)}"]
        for name, contacts in (("To", letter.to), ("Cc", letter.cc), ("Bcc", letter.bcc if keep_bcc else ())):
            if contacts:
                lines.append(f"{name}: " + ",\r\n ".join(address(contact, charset) for contact in contacts))
        lines += [f"Subject: {encoded_words(letter.subject, charset)}", f"Date: {format_datetime(letter.moment)}"]
        lines.append(f"Message-ID: <{self.message_id(letter)}>")
        lines += self._thread_headers(letter)
        if letter.client.mailer:
            lines.append(f"{letter.client.mailer[0]}: {letter.client.mailer[1]}")
        return lines

    def _thread_headers(self, letter: Letter) -> list[str]:
        chain, key = list[str](), letter.reply
        while key:
            older = self.story.letters[key]
            chain.insert(0, f"<{self.message_id(older)}>")
            key = older.reply
        if not chain:
            return []
        return [f"In-Reply-To: {chain[-1]}", "References: " + "\r\n ".join(chain)]

    def _transport(self, letter: Letter, holder: str) -> list[str]:
        owner = self.story.contact({"a": "eng", "b": "coop"}[holder], "en")
        token = hashlib.sha256(f"{letter.key} {holder}".encode()).hexdigest()
        arrived = letter.moment + timedelta(seconds=4 + int(token[:2], 16))
        passed = letter.moment + timedelta(seconds=2)
        here, there = owner.domain, letter.sender.domain
        lines = [
            f"Return-Path: <{letter.sender.address}>",
            f"Delivered-To: {owner.address}",
            f"Received: from mx.{there} (mx.{there} [192.0.2.{int(token[2:4], 16)}])",
            f"\tby mail.{here} (Postfix) with ESMTPS id {token[4:14].upper()}",
            f"\tfor <{owner.address}>; {format_datetime(arrived)}",
        ]
        if there != here:
            lines += [
                f"Received: from [198.51.100.{int(token[14:16], 16)}] by mx.{there} with ESMTPSA;",
                f"\t{format_datetime(passed)}",
            ]
        return lines if holder == "a" else [*lines, f"X-UIDL: {token[:16]}", "X-Spam-Status: No, score=-1.2"]

    # ---- bodies ----------------------------------------------------------------------------------------------

    def _body(self, letter: Letter) -> tuple[list[str], bytes]:
        text = marked(letter.body) if "watermark" in letter.tricks else letter.body
        bodies = list[Part]()
        if letter.html != "only":
            bodies.append(_text_part(letter, text, "text/plain"))
        if letter.html:
            bodies.append(_text_part(letter, as_html(letter, text), "text/html"))
        parts = self.parts(letter)
        token = hashlib.sha256(letter.key.encode()).hexdigest()[:20]
        head, body = _entity(bodies[0])
        if len(bodies) > 1:
            head, body = _multipart("alternative", f"alt_{token}", [_entity(part) for part in bodies])
        if parts:
            head, body = _multipart("mixed", f"mix_{token}", [(head, body), *map(_entity, parts)])
        return ["MIME-Version: 1.0", *head], body

    # ---- signatures ------------------------------------------------------------------------------------------

    def _dkim(self, letter: Letter, message: bytes) -> bytes:
        if not any(trick.startswith("dkim") for trick in letter.tricks):
            return message
        covers = ["from", "to", "subject", "date", "message-id", "mime-version", "content-type"]
        if "dkim-later-date" in letter.tricks:
            covers.remove("date")
        selector = "old7" if "dkim-no-key" in letter.tricks else SELECTOR
        line = sign(message, letter.sender.domain, selector, covers, int(letter.moment.timestamp()))
        return line + _tampered(letter, message)


def _tampered(letter: Letter, message: bytes) -> bytes:
    """What somebody changed after the signature was made."""
    if "dkim-later-date" in letter.tricks:
        later = format_datetime(changed_date(letter))
        return re.sub(rb"(?m)^Date: .*?(?=\r\n)", f"Date: {later}".encode(), message, count=1)
    if "dkim-body-changed" in letter.tricks:
        return message.rstrip(b"\r\n") + b"\r\n-- \r\nChecked by mail gateway\r\n"
    return message


def changed_date(letter: Letter) -> datetime:
    """The false date: eleven weeks late."""
    return letter.moment + timedelta(weeks=11)


def marked(text: str) -> str:
    """The text with the watermark hidden after the first words."""
    bits = "".join(ONE if bit == "1" else ZERO for bit in WATERMARK)
    first, blank, rest = text.partition(" ")
    return first + blank + bits + rest


def as_html(letter: Letter, text: str) -> str:
    """The plain body in the dress that mail programs give it."""
    own, quote = (text[: len(letter.own)], text[len(letter.own) :]) if text.startswith(letter.own) else (text, "")
    shown = "".join(f"<p>{html.escape(line)}</p>\n" if line else "<p>&nbsp;</p>\n" for line in own.split("\n"))
    if quote.strip():
        inner = html.escape(quote.strip("\n")).replace("\n", "<br>\n")
        shown += f'<blockquote type="cite">{inner}</blockquote>\n'
    if "pixel" in letter.tricks:
        token = hashlib.sha256(letter.key.encode()).hexdigest()[:24]
        source = f"https://open.{letter.sender.domain}/o.gif?u={token}"
        shown += f'<img src="{source}" width="1" height="1" alt="">\n'
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={letter.charset}">'
    return f"<html><head>{charset}</head><body>\n{shown}</body></html>"


def _text_part(letter: Letter, text: str, media_type: str) -> Part:
    data = text.replace("\n", "\r\n").encode(letter.charset) + b"\r\n"
    return Part(media_type=media_type, data=data, charset=letter.charset, encoding=letter.encoding)


def _entity(part: Part) -> tuple[list[str], bytes]:
    kind = f"Content-Type: {part.media_type}"
    if part.charset:
        kind += f"; charset={part.charset}"
    lines = [kind]
    if part.name and part.name_style == "rfc2047":
        lines[0] += f';\r\n name="{encoded_words(part.name, part.name_charset)}"'
    lines.append(f"Content-Transfer-Encoding: {part.encoding}")
    if part.inline:
        lines.append(f"Content-ID: <{part.inline}>")
    if part.name:
        lines.append(_disposition(part))
    return lines, transfer_encoded(part.data, part.encoding)


def _disposition(part: Part) -> str:
    kind = "inline" if part.inline else "attachment"
    if part.name_style == "rfc2047":
        return f'Content-Disposition: {kind};\r\n filename="{encoded_words(part.name, part.name_charset)}"'
    if part.name.isascii():
        return f'Content-Disposition: {kind}; filename="{part.name}"'
    return f"Content-Disposition: {kind};\r\n " + ";\r\n ".join(continued_name(part.name, part.name_charset))


def continued_name(name: str, charset: str) -> list[str]:
    """RFC 2231: `filename*0*=charset''...`, cut into pieces when long."""
    escaped = "".join(
        chr(byte) if (chr(byte).isalnum() and byte < 128) or byte in b"._-" else f"%{byte:02X}"
        for byte in name.encode(charset)
    )
    whole = f"{charset}''{escaped}"
    if len(whole) < 60:
        return [f"filename*={whole}"]
    pieces = re.findall(r"(?:%..|.){1,20}", whole)
    return [f"filename*{number}*={piece}" for number, piece in enumerate(pieces)]


def _multipart(kind: str, boundary: str, parts: Sequence[tuple[list[str], bytes]]) -> tuple[list[str], bytes]:
    body = b"This is a multi-part message in MIME format.\r\n"
    for lines, data in parts:
        body += f"\r\n--{boundary}\r\n".encode() + "\r\n".join(lines).encode() + b"\r\n\r\n" + data
    body += f"\r\n--{boundary}--\r\n".encode()
    return [f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"'], body


def transfer_encoded(data: bytes, encoding: str) -> bytes:
    """The bytes as they travel."""
    if encoding == "base64":
        text = base64.b64encode(data)
        return b"\r\n".join(text[at : at + _TEXT_LINE] for at in range(0, len(text), _TEXT_LINE)) + b"\r\n"
    if encoding == "quoted-printable":
        lines = (binascii.b2a_qp(line, istext=True) for line in data.split(b"\r\n"))
        return b"\r\n".join(re.sub(rb"=\r?\n", b"=\r\n", line) for line in lines)
    return data


def address(contact: Contact, charset: str) -> str:
    """`Name <user@domain>`, encoded where needed."""
    shown = encoded_words(contact.name, charset)
    if re.search(r"[^\w .'-]", contact.name, re.ASCII) and contact.name.isascii():
        shown = f'"{shown}"'
    return f"{shown} <{contact.address}>"


def encoded_words(text: str, charset: str) -> str:
    """RFC 2047: B for Cyrillic, Q for the odd umlaut, no word longer than 75 letters."""
    if text.isascii():
        return text
    rare = sum(not char.isascii() for char in text) * 4 < len(text)
    encode = _q_word if rare else _b_word
    words, piece = list[str](), ""
    for char in text:
        if len(encode(piece + char, charset)) > 72:
            words.append(encode(piece, charset))
            piece = ""
        piece += char
    return "\r\n ".join([*words, encode(piece, charset)])


def _b_word(text: str, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def _q_word(text: str, charset: str) -> str:
    coded = "".join(
        "_" if byte == 32 else chr(byte) if chr(byte).isascii() and chr(byte).isalnum() else f"={byte:02X}"
        for byte in text.encode(charset)
    )
    return f"=?{charset}?Q?{coded}?="
