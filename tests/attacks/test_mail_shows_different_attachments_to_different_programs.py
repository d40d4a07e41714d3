"""The lie: one mail program shows an attachment that another does not (goal S4). Every ambiguity we know must be flagged.

Each fixture is a construction that mail programs are known to read differently; `clean` ones must not be flagged.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from leakdesk.documents.two_views import disagreements
from tests.documents.parcels import file_part, message, multipart, text_part

FILE = base64.b64encode(b"MZ this is a program, invented for this test").decode()


def part(*lines: str, body: str = FILE) -> bytes:
    return ("\n".join(lines) + "\n\n" + body).encode("latin-1")


def attached(*lines: str, body: str = FILE) -> bytes:
    return multipart(text_part("see below"), part(*lines, body=body))


PDF = "Content-Type: application/pdf"
B64 = "Content-Transfer-Encoding: base64"
NAMED = 'Content-Disposition: attachment; filename="act.pdf"'

AMBIGUOUS: dict[str, Callable[[], bytes]] = {
    "two content types": lambda: attached(PDF, "Content-Type: text/plain", B64, NAMED),
    "two transfer encodings": lambda: attached(PDF, B64, "Content-Transfer-Encoding: 7bit", NAMED),
    "two dispositions": lambda: attached(PDF, B64, NAMED, "Content-Disposition: inline"),
    "two content types of the whole": lambda: multipart(text_part("a")).replace(
        b"MIME-Version", b"Content-Type: text/plain\nMIME-Version"
    ),
    "two file names": lambda: attached('Content-Type: application/pdf; name="other.exe"', B64, NAMED),
    "plain and extended file name": lambda: attached(
        PDF, B64, "Content-Disposition: attachment; filename=act.pdf; filename*=utf-8''act.exe"
    ),
    "plain and continued file name": lambda: attached(
        PDF, B64, "Content-Disposition: attachment; filename=act.pdf; filename*0=act.; filename*1=exe"
    ),
    "plain and extended boundary": lambda: multipart(text_part("a")).replace(
        b'boundary="cut-here"', b'boundary="cut-here"; boundary*0=other'
    ),
    "NUL in a file name": lambda: attached(PDF, B64, 'Content-Disposition: attachment; filename="act.pdf\0.exe"'),
    "NUL among the headers": lambda: message("x\n", extra="X-A: b\0c\r\n"),
    "comment in a content type": lambda: attached("Content-Type: application(remark)/pdf", B64, NAMED),
    "comment before a parameter": lambda: multipart(text_part("a")).replace(
        b'; boundary="cut-here"', b'; (boundary="x") boundary="cut-here"'
    ),
    "quotation mark never closed": lambda: attached(PDF, B64, 'Content-Disposition: attachment; filename="act.pdf'),
    "quotation mark never closed in the boundary": lambda: multipart(text_part("a")).replace(
        b'"cut-here"', b'"cut-here'
    ),
    "blank before the colon": lambda: attached(PDF, "Content-Transfer-Encoding : base64", NAMED),
    "folded line that is blank": lambda: attached(PDF, "Content-Transfer-Encoding:\n \n base64", NAMED),
    "carriage return alone in the headers": lambda: attached(PDF + "\rX-A: b", B64, NAMED),
    "unknown transfer encoding": lambda: attached(PDF, "Content-Transfer-Encoding: base-64", NAMED),
    "transfer encoding of its own": lambda: attached(PDF, "Content-Transfer-Encoding: x-base64", NAMED),
    "multipart that claims base64": lambda: multipart(text_part("a")).replace(
        b"MIME-Version", b"Content-Transfer-Encoding: base64\nMIME-Version"
    ),
    "attached message in base64": lambda: attached(
        "Content-Type: message/rfc822", B64, body=base64.b64encode(message("inside")).decode()
    ),
    "base64 after its padding": lambda: attached(PDF, B64, NAMED, body="TVo=" + FILE),
    "foreign characters in base64": lambda: attached(PDF, B64, NAMED, body=FILE[:8] + "*!*" + FILE[8:]),
    "impossible length of base64": lambda: attached(PDF, B64, NAMED, body="TVoAA"),
    "boundary with a blank at the end": lambda: multipart(text_part("a"), boundary="cut-here "),
    "empty boundary": lambda: multipart(text_part("a"), boundary=""),
    "boundary of eighty characters": lambda: multipart(text_part("a"), boundary="b" * 80),
    "boundary with forbidden characters": lambda: multipart(text_part("a"), boundary="cut*here[1]"),
    "boundary as an encoded word": lambda: multipart(text_part("a")).replace(b'"cut-here"', b'"=?utf-8?Q?cut-here?="'),
    "line that begins like a delimiter": lambda: multipart(
        text_part("a\n--cut-heretic\nContent-Type: application/pdf\n\nx")
    ),
    "line that begins like the closing delimiter": lambda: multipart(text_part("a\n--cut-here--and on\nb")),
    "delimiter behind a blank": lambda: multipart(text_part("a\n --cut-here\nContent-Type: application/pdf\n\nx")),
    "inner boundary begins like the outer": lambda: multipart(
        b'Content-Type: multipart/mixed; boundary="cut-here2"\n\n--cut-here2\n\na\n--cut-here2--'
    ),
    "parts after the closing delimiter": lambda: (
        multipart(text_part("a")) + b"--cut-here\n" + file_part(b"x") + b"\n--cut-here--\n"
    ),
    "no delimiter at all": lambda: b'Subject: a\nContent-Type: multipart/mixed; boundary="none"\n\ntext\n',
    "content type that is none": lambda: attached("Content-Type: pdf", B64, NAMED),
    "junk between header lines": lambda: attached(PDF, "this is no header line", B64, NAMED),
    "body without a blank line": lambda: b"Subject: a\nthis is the body already\nor is it\n",
    "message in pieces": lambda: message(b"x", kind='message/partial; id="a"; number=1; total=2', charset=""),
    "nested beyond reason": lambda: nested(150),
    "boundary in another case": lambda: multipart(text_part("a"), text_part("b")).replace(
        b"\n--cut-here\nContent", b"\n--Cut-Here\nContent"
    ),
}


def nested(depth: int) -> bytes:
    inner = b"\nx"
    for level in range(depth):
        inner = (
            f"Content-Type: multipart/mixed; boundary=b{level}x\n\n--b{level}x\n".encode()
            + inner
            + f"\n--b{level}x--".encode()
        )
    return b"Subject: deep\n" + inner


CLEAN: dict[str, bytes] = {
    "one part": message("Hello.\r\n"),
    "two bodies and a file": multipart(
        multipart(
            text_part("a"), text_part("<p>a</p>", "html"), boundary="inside", kind="alternative", head=" "
        ).lstrip(),
        file_part(b"x" * 100),
    ),
    "a Cyrillic name": multipart(text_part("a"), file_part(b"x", "=?utf-8?B?0LDQutGC?=.pdf")),
    "an extended name": multipart(
        text_part("a"), part(PDF, B64, "Content-Disposition: attachment; filename*=utf-8''%D0%B0.pdf")
    ),
    "an attached message": multipart(text_part("a"), b"Content-Type: message/rfc822\n\n" + message("inside\n")),
    "a bare text": b"just words\n",
    "eight-bit": message("Привет\r\n", charset="koi8-r"),
}


def test_there_are_enough_ambiguities() -> None:
    assert len(AMBIGUOUS) >= 30


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_every_ambiguity_is_flagged(name: str) -> None:
    assert disagreements(AMBIGUOUS[name]()), name


@pytest.mark.parametrize("name", CLEAN)
def test_clean_mail_is_not_flagged(name: str) -> None:
    assert disagreements(CLEAN[name]) == ()


def test_a_flag_never_holds_text_of_the_message() -> None:
    for make in AMBIGUOUS.values():
        for note in disagreements(make()):
            assert note.rule == "parsers disagree"
            assert "act.pdf" not in note.sentence
