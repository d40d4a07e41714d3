"""Header lines in their real-world brokenness: words, addresses, dates, ids and file names."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.documents.header_dates import header_date
from leakdesk.documents.headers import addresses, decode_header, lenient_base64, message_ids, parameter
from leakdesk.documents.mime import parse_value


def word(text: str, charset: str, kind: str = "B") -> str:
    raw = text.encode(charset)
    body = base64.b64encode(raw).decode() if kind == "B" else "".join("_" if b == 0x20 else f"={b:02X}" for b in raw)
    return f"=?{charset}?{kind}?{body}?="


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "utf-8", "cp866", "iso-8859-5"])
@pytest.mark.parametrize("kind", ["B", "Q"])
def test_encoded_words(charset: str, kind: str) -> None:
    assert decode_header(word("График поставок", charset, kind).encode()) == "График поставок"


def test_a_letter_split_between_two_words_is_whole() -> None:
    raw = "Графік".encode()
    halves = [f"=?utf-8?B?{base64.b64encode(piece).decode()}?=" for piece in (raw[:5], raw[5:])]
    assert decode_header(" ".join(halves).encode()) == "Графік"
    assert decode_header("\r\n ".join(halves).encode()) == "Графік"


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_bytes_without_a_label(charset: str) -> None:
    assert decode_header("Тема: ответ на запрос".encode(charset)) == "Тема: ответ на запрос"


def test_the_body_s_charset_guides_short_undeclared_subjects() -> None:
    assert decode_header("Акт".encode("koi8-r"), "koi8-r") == "Акт"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?Q?plain words with blanks?=", "plain words with blanks"),
        (b"Re:=?utf-8?Q?=C3=9C?=x", "Re:Üx"),
        (b"=?nonsense?Q?abc?=", "abc"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        (b"=?utf-8*en?Q?abc?=", "abc"),
        (b"first\r\n second", "first second"),
        (b"=?utf-8?B?0JA?=", "А"),
        (b"", ""),
    ],
)
def test_words_that_follow_no_standard(raw: bytes, text: str) -> None:
    assert decode_header(raw) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"alena@example.org", [("", "alena@example.org")]),
        (b"Alena Stral <alena@example.org>", [("Alena Stral", "alena@example.org")]),
        (
            b'"Stral, Alena" <alena@example.org>, b@example.org',
            [("Stral, Alena", "alena@example.org"), ("", "b@example.org")],
        ),
        (b"alena@example.org (Alena Stral)", [("Alena Stral", "alena@example.org")]),
        (
            b"Depot: a@example.org, b@example.org;, c@example.org",
            [("", "a@example.org"), ("", "b@example.org"), ("", "c@example.org")],
        ),
        (b"undisclosed-recipients:;", []),
        (b"a@example.org; b@example.org", [("", "a@example.org"), ("", "b@example.org")]),
        (b"<@relay.example:alena@example.org>", [("", "alena@example.org")]),
        (b"Pete(a remark) <pete(his)@example.org>", [("Pete", "pete@example.org")]),
        (b'"never closed <alena@example.org>', [("never closed", "alena@example.org")]),
        ("Алена Страль <alena@example.org>".encode("cp1251"), [("Алена Страль", "alena@example.org")]),
        (word("Страль, Алена", "koi8-r").encode() + b" <alena@example.org>", [("Страль, Алена", "alena@example.org")]),
        (b"just a name", [("just a name", "")]),
    ],
)
def test_addresses(raw: bytes, expected: list[tuple[str, str]]) -> None:
    assert [(found.name, found.address) for found in addresses(raw)] == expected


@pytest.mark.parametrize(
    ("raw", "date", "utc"),
    [
        (b"Tue, 11 Jun 2024 09:14:05 +0300", "2024-06-11T09:14:05+03:00", "2024-06-11T06:14:05Z"),
        (b"11 Jun 2024 09:14 EST", "2024-06-11T09:14:00-05:00", "2024-06-11T14:14:00Z"),
        (b"Tue, 11 Jun 2024 09:14:05 -0000", "2024-06-11T09:14:05", "2024-06-11T09:14:05Z"),
        (b"Tue, 11 Jun 2024 09:14:05", "2024-06-11T09:14:05", "2024-06-11T09:14:05Z"),
        (b"Tue, 11 Jun 99 09:14:05 GMT", "1999-06-11T09:14:05+00:00", "1999-06-11T09:14:05Z"),
        (b"Tue Jun 11 09:14:05 2024", "2024-06-11T09:14:05", "2024-06-11T09:14:05Z"),
        (b"2024-06-11T09:14:05+03:00", "2024-06-11T09:14:05+03:00", "2024-06-11T06:14:05Z"),
        (b"11.06.2024 09:14", "2024-06-11T09:14:00", "2024-06-11T09:14:00Z"),
        (b"Tue, 11 Jun 2024 09:14:05 +0300 (MSK)", "2024-06-11T09:14:05+03:00", "2024-06-11T06:14:05Z"),
        (b"Tue, 31 Feb 2024 09:14:05 +0300", None, None),
        (b"yesterday", None, None),
        (b"", None, None),
    ],
)
def test_dates(raw: bytes, date: str | None, utc: str | None) -> None:
    found = header_date(raw)
    assert (found.date, found.date_utc) == (date, utc)
    if date is None or ("+" not in date and "-05:00" not in date):
        assert found.oddity


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b'attachment; filename="act.pdf"', "act.pdf"),
        (b"attachment; filename=act of work.pdf", "act of work.pdf"),
        (b"attachment; filename*=utf-8''%D0%B0%D0%BA%D1%82.pdf", "акт.pdf"),
        (b"attachment; filename*0*=koi8-r''%C1%CB; filename*1*=%D4; filename*2=.pdf", "акт.pdf"),
        (b'attachment; filename="=?koi8-r?B?wcvU?=.pdf"', "акт.pdf"),
        ('attachment; filename="акт приемки работ.pdf"'.encode("cp1251"), "акт приемки работ.pdf"),
        ('attachment; filename="акт.pdf"'.encode(), "акт.pdf"),
        (b'attachment; filename="%D0%B0%D0%BA%D1%82.pdf"', "акт.pdf"),
        (b'attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        (b"attachment", None),
    ],
)
def test_file_names_in_every_writing(line: bytes, name: str | None) -> None:
    _, parameters = parse_value(line)
    assert parameter(parameters, "filename") == name


def test_message_ids_with_and_without_brackets() -> None:
    assert message_ids(b"<a@x>\r\n <b@x> junk <c@x>") == ("<a@x>", "<b@x>", "<c@x>")
    assert message_ids(b"a@x b@x") == ("a@x", "b@x")
    assert message_ids(b"") == ()


def test_base64_as_far_as_it_goes() -> None:
    assert lenient_base64(base64.b64encode(b"whole")) == (b"whole", True)
    assert lenient_base64(b"d2hvbG") == (b"whol", False)
    assert lenient_base64(b"d2hv*bGU=") == (b"whole", False)


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_header_value_raises(raw: bytes) -> None:
    decode_header(raw).encode("utf-8")
    header_date(raw)
    message_ids(raw)
    for found in addresses(raw):
        (found.name + found.address).encode("utf-8")
    parameter(parse_value(raw)[1], "filename")
