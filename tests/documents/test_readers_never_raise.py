"""Readers on hostile bytes: seeded mutants of forty base messages and of a file of every format; an Extract always comes.

The functions of the readers are called directly, not through `read`, whose last wall would hide an exception. What is
allowed there is named: nothing for mail, text and HTML.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from leakdesk.documents import mail
from leakdesk.documents.readers import READERS, read, reader_for
from leakdesk.documents.two_views import disagreements
from leakdesk.model.document import Extract, State, check_cover
from tests.documents.parcels import (
    BELARUSIAN,
    ENGLISH,
    HINTS,
    RUSSIAN,
    UKRAINIAN,
    file_part,
    message,
    multipart,
    paragraph,
    pdf,
    text_part,
    tnef,
    word,
    zipped,
)

SEED = 20240611
MUTANTS_A_MESSAGE = 25


def base_messages() -> list[bytes]:
    """Forty messages of every construction that the other tests know."""
    plain = (
        [
            message(text + "\r\n", charset=charset)
            for text in (RUSSIAN, ENGLISH)
            for charset in ("utf-8", "koi8-r", "windows-1251", "cp866")
        ]
        if ENGLISH
        else []
    )
    others = [message(text) for text in (BELARUSIAN, UKRAINIAN)]
    html = [
        message(f"<html><body><p>{text}</p><blockquote>{text}</blockquote></body></html>", kind="text/html")
        for text in (RUSSIAN, ENGLISH)
    ]
    both = [
        multipart(text_part(text), text_part(f"<p>{text}</p>", "html"), kind="alternative")
        for text in (RUSSIAN, UKRAINIAN)
    ]
    files = [
        multipart(text_part(RUSSIAN), file_part(bytes(range(n, 256)) * 3, name))
        for n, name in enumerate(["a.pdf", "акт.doc", "=?koi8-r?B?wcvU?=", "x" * 300])
    ]
    inside = [
        multipart(text_part("see"), b"Content-Type: message/rfc822\n\n" + each) for each in (*plain[:2], *files[:2])
    ]
    deep = [
        multipart(
            multipart(multipart(text_part("x"), boundary="c", head=" ").lstrip(), boundary="b", head=" ").lstrip(),
            kind=kind,
        )
        for kind in ("mixed", "signed", "report", "digest")
    ]
    odd = [
        b"",
        b"\n",
        b"From x\n",
        b"Subject: =?utf-8?B?0J/RgNC40LLQtdGC?=\n\nx",
        b"Subject: a\nContent-Type: multipart/mixed; boundary=\n\n--\n\nx\n----\n",
        b"Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\n\n--ab\n\nx\n--ab--",
        message("begin 644 a\n%:&5L;&\\\n`\nend\n"),
        message(">" * 50 + "\n> a\nOn Jun 1 2024, x <a@b> wrote:\n" * 5),
        message("\0\0\0", extra="X: \0\r\n"),
        message("-----BEGIN PGP MESSAGE-----\n"),
    ]
    return (
        plain
        + others
        + html
        + both
        + files
        + inside
        + deep
        + odd
        + [
            message(RUSSIAN, charset="utf-16"),
            message(RUSSIAN, charset="utf-7"),
            message("=D0=9F", kind="text/plain"),
            message("x", extra="Date: x\r\nTo: <<<>>>,,;:\r\n"),
        ]
    )


def mutants(data: bytes, count: int, generator: random.Random) -> Iterator[bytes]:
    """Bytes flipped, cut, doubled, moved, and structural marks put anywhere."""
    marks = [
        b"\r\n",
        b"\n\n",
        b"--cut-here\n",
        b"--cut-here--",
        b"=?",
        b"?=",
        b'"',
        b";",
        b"\0",
        b"\xff",
        b"Content-Type: multipart/mixed; boundary=x\n",
        b"base64",
        b"=",
        b"<",
        b">",
        b":",
        b"\\",
        b"(",
        b"charset=",
        b"&#x110000;",
        b"<div>",
    ]
    for _ in range(count):
        out = bytearray(data)
        for _ in range(generator.randint(1, 6)):
            at = generator.randrange(len(out) + 1)
            match generator.randrange(5):
                case 0 if out:
                    out[at % len(out)] = generator.randrange(256)
                case 1:
                    del out[at : at + generator.randrange(1, 60)]
                case 2:
                    out[at:at] = generator.choice(marks)
                case 3:
                    out[at:at] = out[max(0, at - generator.randrange(80)) : at]
                case _:
                    out = out[:at] if generator.random() < 0.2 else out
        yield bytes(out)


def sound(made: Extract) -> None:
    """What must hold for every Extract."""
    if made.layer is not None:
        made.layer.text.encode("utf-8")
        if made.layer.segments:
            check_cover(made.layer.segments, len(made.layer.text))
        for page in made.layer.pages:
            assert 0 <= page.start <= page.end <= len(made.layer.text)
    if made.state is not State.READ:
        assert made.reason
        assert made.stage
    for part in made.parts:
        assert part.name
        assert part.data is not None or part.reason


def test_there_are_forty_base_messages() -> None:
    assert len(base_messages()) >= 40


@pytest.mark.parametrize("number", range(len(base_messages())))
def test_no_mutant_of_a_message_makes_the_mail_reader_raise(number: int) -> None:
    generator = random.Random(SEED + number)
    for mutant in mutants(base_messages()[number], MUTANTS_A_MESSAGE, generator):
        made = mail.read(mutant, HINTS)
        sound(made)
        disagreements(mutant)
        assert mail.read(mutant, HINTS) == made


def rtf() -> bytes:
    return rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Arial;}}\f0 \'cf\'f0\'e8\'e2\'e5\'f2\par\u1111?{\footnote x}{\*\unknown y}\pard}"


FILES: dict[str, Callable[[], bytes]] = {
    "text/plain": lambda: RUSSIAN.encode("koi8-r"),
    "text/csv": lambda: "а,б\n1,2\n".encode("cp1251"),
    "text/markdown": lambda: b"# a\n\n*b*\n",
    "text/html": f"<html><head><title>t</title><meta charset=utf-8></head><body><p>{RUSSIAN}<table><tr><td>a<td>b</table><pre>x\ny</pre></body></html>".encode,
    "application/rtf": rtf,
    "text/calendar": lambda: (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a\\, b\r\nATTACH;ENCODING=BASE64:QUJD\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ),
    "text/vcard": lambda: b"BEGIN:VCARD\nFN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:=D0=90=\n=D0=BB\nEND:VCARD\n",
    "application/vnd.ms-tnef": lambda: tnef([("акт.doc", b"x" * 50)], body="тело"),
    "application/x-emlx": lambda: b"40\nSubject: x\n\nbody",
    "multipart/related": lambda: multipart(text_part("<p>page</p>", "html"), file_part(b"x"), kind="related"),
    "application/pkcs7-mime": lambda: bytes.fromhex("308006092a864886f70d010702a0803080020101310080"),
    "application/pgp-encrypted": lambda: b"Version: 1",
    "application/pdf": lambda: pdf(["one", "two"]),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": lambda: word(
        paragraph("a") + "<w:tbl><w:tr><w:tc>" + paragraph("b") + "</w:tc></w:tr></w:tbl>"
    ),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": lambda: zipped(
        {
            "ppt/presentation.xml": "<p/>",
            "ppt/slides/slide1.xml": "<s xmlns:a='a'><a:p><a:r><a:t>x</a:t></a:r></a:p></s>",
        }
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": lambda: zipped({"xl/workbook.xml": "<w/>"}),
    "application/vnd.oasis.opendocument.text": lambda: zipped(
        {"content.xml": "<o xmlns:text='t'><text:p>a<text:s text:c='3'/>b</text:p></o>"}
    ),
    "application/epub+zip": lambda: zipped(
        {
            "META-INF/container.xml": "<c><rootfile full-path='o.opf'/></c>",
            "o.opf": "<p><item id='a' href='a.html'/><itemref idref='a'/></p>",
            "a.html": "<p>x</p>",
        }
    ),
    "application/msword": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "application/vnd.ms-powerpoint": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "application/vnd.ms-excel": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "application/vnd.ms-outlook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "application/x-ole-storage": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "application/x-ooxml-protected": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "image/png": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
}


@pytest.mark.parametrize("media_type", FILES)
def test_no_mutant_of_a_file_makes_its_reader_raise(media_type: str) -> None:
    reader = reader_for(media_type)
    assert reader is not None
    generator = random.Random(SEED)
    for mutant in [FILES[media_type](), *mutants(FILES[media_type](), 12, generator)]:
        if mutant:
            sound(reader.function()(mutant, HINTS))


def test_every_reader_of_the_table_can_be_loaded_and_names_its_version() -> None:
    for media_type, reader in READERS.items():
        assert callable(reader.function()), media_type
        assert reader.name.rpartition(" ")[2].isdigit()


def test_a_type_without_a_reader_is_said_so() -> None:
    made = read(b"x", "application/x-nothing")
    assert (made.state, made.reason) == (State.FAILED, "not read: no reader")


@pytest.mark.parametrize("media_type", READERS)
def test_an_empty_file_is_read_with_an_empty_text(media_type: str) -> None:
    made = read(b"", media_type, HINTS)
    assert made.state is State.READ
    assert made.layer is not None
    assert made.layer.text == ""
