"""Messages: the layer, its segments, the head, and the rule of what is an item."""

from __future__ import annotations

import base64

import pytest

from leakdesk.documents.readers import ReaderHints, ReaderLimits, read
from leakdesk.model.document import Kind, Role, State
from tests.documents.parcels import (
    BELARUSIAN,
    RUSSIAN,
    UKRAINIAN,
    file_part,
    message,
    multipart,
    read_mail,
    roles,
    rules_of,
    text_part,
)


def test_a_letter_becomes_a_header_block_and_a_body() -> None:
    made = read_mail(message("Hello.\r\n\r\nThe trucks left.\r\n"))
    assert made.kind is Kind.MESSAGE
    assert made.schema == "Email"
    assert made.layer is not None
    assert made.layer.text == (
        "From: Alena Stral <alena@example.org>\nTo: Siarhei Lipen <siarhei@example.org>\nDate: Tue, 11 Jun 2024 09:14:00 +0300\n"
        "Subject: Schedule\n\nHello.\n\nThe trucks left.\n"
    )
    assert [segment.role for segment in made.layer.segments] == [Role.HEADER, Role.BODY]
    assert roles(made)[Role.BODY] == "Hello.\n\nThe trucks left.\n"
    assert made.head is not None
    assert made.head.date == "2024-06-11T09:14:00+03:00"
    assert made.head.date_utc == "2024-06-11T06:14:00Z"
    assert made.head.message_id == "<one@example.org>"
    assert made.state is State.READ
    assert made.notes == ()


@pytest.mark.parametrize(("text", "language"), [(RUSSIAN, "ru"), (BELARUSIAN, "be"), (UKRAINIAN, "uk")])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-u"])
def test_bodies_in_three_languages(text: str, language: str, charset: str) -> None:
    if text.encode(charset, "ignore").decode(charset) != text:
        pytest.skip("this charset lacks letters of this language")
    made = read_mail(message(text + "\n", charset=charset))
    assert roles(made)[Role.BODY] == text + "\n"
    assert made.languages == (language,)


def test_each_part_has_its_own_charset_and_the_choice_is_recorded() -> None:
    plain = b"Content-Type: text/plain; charset=koi8-r\n\n" + RUSSIAN.encode("cp1251")
    made = read_mail(
        multipart(
            plain, b"Content-Type: text/html; charset=utf-8\n\n<p>" + UKRAINIAN.encode() + b"</p>", kind="alternative"
        )
    )
    assert RUSSIAN in roles(made)[Role.BODY]
    assert UKRAINIAN in roles(made)[Role.BODY]
    assert {"charset", "bodies differ"} <= rules_of(made)


def test_every_leaf_but_the_bodies_is_a_part() -> None:
    data = multipart(
        text_part("the body"),
        text_part("<p>the body</p>", "html"),
        text_part("a footer of the list"),
        file_part(b"%PDF-1.4", "акт.pdf"),
        b"Content-Type: image/png\nContent-Disposition: inline\nContent-ID: <a>\n\n\x89PNG",
        b"Content-Type: message/rfc822\n\n" + message("inside\n"),
    )
    made = read_mail(data)
    assert [(part.name, part.media_type) for part in made.parts] == [
        ("part-3.txt", "text/plain"),
        ("акт.pdf", "application/pdf"),
        ("part-5.png", "image/png"),
        ("message-6.eml", "message/rfc822"),
    ]
    assert made.parts[1].data == b"%PDF-1.4"
    assert made.parts[2].inline
    assert "Attachments: акт.pdf\n" in roles(made)[Role.HEADER]
    assert "bodies differ" not in rules_of(made)


def test_an_attached_message_keeps_its_exact_bytes() -> None:
    inner = message("inside\r\n", extra="X-Odd:   two  blanks \r\n")
    made = read_mail(multipart(text_part("see below"), b"Content-Type: message/rfc822\n\n" + inner))
    assert made.parts[0].data == inner
    encoded = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(inner)
    assert read_mail(multipart(text_part("see below"), encoded)).parts[0].data == inner


def test_a_text_that_is_marked_as_attachment_is_no_body() -> None:
    made = read_mail(
        multipart(
            text_part("hidden", more='Content-Disposition: attachment; filename="a.txt"\n'), text_part("the body")
        )
    )
    assert roles(made)[Role.BODY] == "the body\n"
    assert [part.name for part in made.parts] == ["a.txt"]


def test_only_html() -> None:
    made = read_mail(
        message("<html><body><p>First</p><p>Second</p><script>x()</script></body></html>", kind="text/html")
    )
    assert roles(made)[Role.BODY] == "First\nSecond\n"


def test_html_that_says_the_same_adds_nothing() -> None:
    plain = text_part("Dear all,\nthe *trucks* left <https://example.org/a>\non Monday.\n")
    markup = text_part(
        "<p>Dear all,</p><p>the <b>trucks</b> <a href='https://example.org/a'>left</a> on Monday.</p>", "html"
    )
    made = read_mail(multipart(plain, markup, kind="alternative"))
    assert "bodies differ" not in rules_of(made)


def test_html_that_says_something_else_follows_the_plain_body() -> None:
    made = read_mail(
        multipart(
            text_part("Price: 100.\n"),
            text_part("<p>Price: 100.</p><p>Paid in cash: 900.</p>", "html"),
            kind="alternative",
        )
    )
    assert roles(made)[Role.BODY] == "Price: 100.\nPaid in cash: 900.\n"
    assert "bodies differ" in rules_of(made)
    assert made.layer is not None
    assert [segment.role for segment in made.layer.segments] == [Role.HEADER, Role.BODY, Role.BODY]


def test_invisible_text_and_remote_pictures_are_counted_not_shown() -> None:
    made = read_mail(
        message(
            '<p>Hi</p><div style="display:none">secret</div><img src="https://track.example/x.png">', kind="text/html"
        )
    )
    assert roles(made)[Role.BODY] == "Hi\n"
    assert {"hidden text", "remote content"} <= rules_of(made)


def test_quotation_marked_by_html_is_quoted() -> None:
    made = read_mail(
        message(
            '<div>Yes.</div><div class="gmail_quote"><blockquote>Are they there?</blockquote></div>', kind="text/html"
        )
    )
    assert roles(made)[Role.BODY] == "Yes.\n"
    assert roles(made)[Role.QUOTED] == "Are they there?\n"


def test_a_truncated_attachment_is_partial_and_its_message_stays_read() -> None:
    data = multipart(text_part("see act"), file_part(bytes(range(256)) * 20))
    made = read_mail(data[: len(data) - 3000])
    assert made.state is State.READ
    assert made.parts[0].state is State.PARTIAL
    assert "truncated" in made.parts[0].reason
    assert made.parts[0].data


def test_text_outside_the_parts_is_not_lost() -> None:
    data = (
        multipart(text_part("the body")).replace(b"\n\n--cut-here", b"\n\nA secret preamble.\n--cut-here", 1)
        + b"A footer.\n"
    )
    made = read_mail(data)
    assert "A secret preamble." in roles(made)[Role.BOILERPLATE]
    assert "A footer." in roles(made)[Role.BOILERPLATE]
    assert "text outside the parts" in rules_of(made)


@pytest.mark.parametrize(
    ("encoding", "raw", "text"),
    [
        ("base64", base64.b64encode(RUSSIAN.encode()), RUSSIAN),
        ("quoted-printable", b"".join(b"=%02X" % b for b in RUSSIAN.encode()), RUSSIAN),
        ("x-uuencode", b"begin 644 a.txt\n&:&5L;&\\*\n`\nend\n", "hello"),
        ("8bits", RUSSIAN.encode(), RUSSIAN),
        ("nonsense", RUSSIAN.encode(), RUSSIAN),
        ("", RUSSIAN.encode(), RUSSIAN),
    ],
)
def test_transfer_encodings(encoding: str, raw: bytes, text: str) -> None:
    data = (
        b"Subject: x\nDate: Tue, 11 Jun 2024 09:14:00 +0300\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
        + encoding.encode()
        + b"\n\n"
        + raw
        + b"\n"
    )
    assert text in roles(read_mail(data))[Role.BODY]


def test_a_file_written_into_the_body_is_a_part() -> None:
    body = "See the file.\n\nbegin 644 note.txt\n%:&5L;&\\\n`\nend\n"
    made = read_mail(message(body))
    assert [(part.name, part.data) for part in made.parts] == [("note.txt", b"hello")]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Date: Tue, 11 Jun 2024 09:14:00 -0000\n", "zone unknown"),
        ("Date: some day\n", "date unreadable"),
        ("", "there is no date"),
    ],
)
def test_odd_dates_are_reported(date: str, expected: str) -> None:
    made = read_mail(message("x\n", headers=f"From: a@example.org\n{date}"))
    assert expected in [note.sentence for note in made.notes if note.rule == "date"]


def test_repeated_headers_are_reported_and_all_shown() -> None:
    made = read_mail(message("x\n", extra="Subject: Another\r\n"))
    assert "Subject: Schedule; Another\n" in roles(made)[Role.HEADER]
    assert "repeated header" in rules_of(made)


def test_encrypted_mail_is_never_empty() -> None:
    pgp = multipart(
        b"Content-Type: application/pgp-encrypted\n\nVersion: 1",
        b"Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\nx",
        kind="encrypted",
    )
    smime = message(
        b"MIAGCSqGSIb3DQEHA6CA", kind='application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"', charset=""
    )
    inline = message("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n")
    for data, reason in ((pgp, "encrypted: OpenPGP"), (smime, "encrypted: S/MIME"), (inline, "encrypted: OpenPGP")):
        made = read_mail(data)
        assert (made.state, made.reason) == (State.PARTIAL, reason)
        assert made.layer is not None
        assert "From: " in made.layer.text


def test_a_delivery_report_is_a_message_with_two_parts() -> None:
    report = b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; gone@example.org\nAction: failed\nStatus: 5.1.1"
    made = read_mail(
        multipart(
            text_part("Not delivered."), report, b"Content-Type: text/rfc822-headers\n\nSubject: Act", kind="report"
        )
    )
    assert [part.media_type for part in made.parts] == ["message/delivery-status", "text/rfc822-headers"]
    status = read(made.parts[0].data or b"", made.parts[0].media_type)
    assert status.layer is not None
    assert "gone@example.org" in status.layer.text


def test_an_enriched_text_alone_is_the_body() -> None:
    made = read_mail(message("<bold>Yes</bold>\n", kind="text/enriched"))
    assert roles(made)[Role.BODY] == "<bold>Yes</bold>\n"
    assert made.parts == ()


def test_limits_are_named() -> None:
    made = read(multipart(*[text_part("x")] * 30), "message/rfc822", ReaderHints(limits=ReaderLimits(members=10)))
    assert (made.state, made.limit) == (State.PARTIAL, "members")
    made = read(message("x" * 1000), "message/rfc822", ReaderHints(limits=ReaderLimits(text_chars=100)))
    assert (made.state, made.limit) == (State.PARTIAL, "text_chars")
    assert made.layer is not None
    assert len(made.layer.text) == 100


def test_an_empty_message_is_read() -> None:
    made = read_mail(b"")
    assert made.state is State.READ
    assert made.layer is not None
    assert made.layer.text == ""
