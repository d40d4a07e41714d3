"""Messages and files made for the tests: invented people, built byte by byte, so that every test can say what it expects."""

from __future__ import annotations

import base64
import io
import struct
import zipfile

from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.readers import read
from leakdesk.model.document import Extract, Role

RUSSIAN = "Добрый день! Высылаю график поставок редукторов на третий квартал, прошу подтвердить сроки."
BELARUSIAN = "Добры дзень! Дасылаю графік паставак рэдуктараў на трэці квартал, прашу пацвердзіць тэрміны ўжо сёння."
UKRAINIAN = "Добрий день! Надсилаю графік поставок редукторів на третій квартал, прошу підтвердити терміни її роботи."
ENGLISH = "Good morning. Please find the delivery schedule for the third quarter, and confirm the dates."

HINTS = ReaderHints(ocr=False)


def message(
    body: bytes | str = "Hello.\n",
    *,
    charset: str = "utf-8",
    headers: str = "",
    kind: str = "text/plain",
    extra: str = "",
) -> bytes:
    """A one-part message; `extra` are more header lines."""
    raw = body.encode(charset) if isinstance(body, str) else body
    head = headers or (
        "From: Alena Stral <alena@example.org>\r\nTo: Siarhei Lipen <siarhei@example.org>\r\n"
        "Date: Tue, 11 Jun 2024 09:14:00 +0300\r\nSubject: Schedule\r\nMessage-ID: <one@example.org>\r\n"
    )
    label = f"; charset={charset}" if charset else ""
    return (
        f"{head}{extra}MIME-Version: 1.0\r\nContent-Type: {kind}{label}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
        + raw
    )


def multipart(
    *parts: bytes, kind: str = "mixed", boundary: str = "cut-here", closing: bool = True, head: str = ""
) -> bytes:
    """A multipart message of parts that bring their own header lines."""
    top = (
        head
        or "From: Alena Stral <alena@example.org>\nTo: Siarhei Lipen <siarhei@example.org>\nSubject: Parts\nDate: Tue, 11 Jun 2024 09:14:00 +0300\n"
    )
    lines = [f'{top}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode()]
    lines += [f"--{boundary}\n".encode() + part + b"\n" for part in parts]
    return b"".join(lines) + (f"--{boundary}--\n".encode() if closing else b"")


def text_part(text: str, kind: str = "plain", *, more: str = "") -> bytes:
    """A text part in UTF-8."""
    return f"Content-Type: text/{kind}; charset=utf-8\n{more}\n{text}".encode()


def file_part(content: bytes, name: str = "act.pdf", kind: str = "application/pdf") -> bytes:
    """An attached file in base64."""
    head = f'Content-Type: {kind}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="{name}"\n\n'
    return head.encode() + base64.encodebytes(content).rstrip(b"\n")


def read_mail(data: bytes) -> Extract:
    """Read a message with plain hints."""
    return read(data, "message/rfc822", HINTS)


def roles(extract: Extract) -> dict[Role, str]:
    """Role -> the text of all segments of that role, joined."""
    assert extract.layer is not None
    found: dict[Role, str] = {}
    for segment in extract.layer.segments:
        found[segment.role] = found.get(segment.role, "") + extract.layer.text[segment.start : segment.end]
    return found


def rules_of(extract: Extract) -> set[str]:
    """The rules of an extract's notes."""
    return {note.rule for note in extract.notes}


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip file of members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, more: dict[str, str | bytes] | None = None) -> bytes:
    """A .docx with this content of w:body and more members."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(more or {})})


def paragraph(text: str) -> str:
    """A paragraph of one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def pdf(pages: list[str]) -> bytes:
    """A PDF whose pages show these ASCII lines in Helvetica."""
    import pikepdf

    document = pikepdf.new()
    for text in pages:
        page = document.add_blank_page(page_size=(300, 200))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
        shown = b" T* ".join(f"({line}) Tj".encode() for line in text.split("\n"))
        page.obj.Contents = document.make_stream(b"BT /F1 12 Tf 14 TL 20 160 Td " + shown + b" ET")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def tnef(attachments: list[tuple[str, bytes]], body: str = "") -> bytes:
    """A winmail.dat with these attachments."""

    def attribute(level: int, kind: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    out = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x00069007, struct.pack("<II", 1251, 0))
    if body:
        out += attribute(1, 0x0002800C, body.encode("cp1251") + b"\0")
    for name, content in attachments:
        out += (
            attribute(2, 0x00069002, b"\0" * 14)
            + attribute(2, 0x00018010, name.encode("cp1251") + b"\0")
            + attribute(2, 0x0006800F, content)
        )
    return out
