"""Which characters some bytes are: twelve pairs of language and encoding, told the truth, told nothing, and lied to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.documents.charset_labels import codec_of
from leakdesk.documents.charsets import decode
from leakdesk.documents.natural_text import looks_like_text
from tests.documents.parcels import BELARUSIAN, RUSSIAN, UKRAINIAN

PAIRS = [
    (text, codec)
    for text in (RUSSIAN, BELARUSIAN, UKRAINIAN)
    for codec in ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")
    if text.encode(codec, "ignore").decode(codec) == text
]


def test_there_are_enough_pairs() -> None:
    assert len(PAIRS) >= 10


@pytest.mark.parametrize(("text", "codec"), PAIRS)
def test_a_true_label_is_believed(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec), codec)
    assert decoded.text == text
    assert decoded.certainty in ("certain", "likely")


@pytest.mark.parametrize(("text", "codec"), PAIRS)
def test_without_a_label_the_text_is_found(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.certainty != "certain"


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "us-ascii", "gb2312", "utf-8", "windows-1252", "nonsense-8", "x-unknown"]
)
@pytest.mark.parametrize(("text", "codec"), PAIRS)
def test_a_label_that_lies_is_seen_through(text: str, codec: str, label: str) -> None:
    decoded = decode(text.encode(codec), label)
    assert decoded.text == text
    assert label in decoded.how


@pytest.mark.parametrize(
    ("codec", "label"),
    [("koi8-r", "windows-1251"), ("cp1251", "koi8-r"), ("cp866", "windows-1251"), ("iso8859-5", "koi8-r")],
)
def test_one_cyrillic_label_over_another(codec: str, label: str) -> None:
    assert decode(RUSSIAN.encode(codec), label).text == RUSSIAN


@pytest.mark.parametrize("text", ["ДОГОВОР", "СРОЧНО", "ТТН", "ОТВЕТ НА ЗАПРОС №15", "Re: ИТОГИ"])
def test_a_short_shouted_subject_keeps_its_true_label(text: str) -> None:
    assert decode(text.encode("cp1251"), "windows-1251").text == text
    assert decode(text.replace("№", "N").encode("koi8-r"), "koi8-r").text == text.replace("№", "N")


def test_koi8_r_with_letters_of_koi8_u_is_koi8_u() -> None:
    assert decode("Надсилаю графік її роботи".encode("koi8-u"), "koi8-r").text == "Надсилаю графік її роботи"


@pytest.mark.parametrize("codec", ["cp1251", "cp1252"])
def test_utf8_read_as_a_single_byte_charset_is_undone(codec: str) -> None:
    table = {byte: bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(256)}
    broken = "".join(table[byte] for byte in RUSSIAN.encode())
    decoded = decode(broken.encode(), "utf-8")
    assert "график поставок" in decoded.text
    assert "undone" in decoded.how


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Grüße aus München, schöne Woche", "iso-8859-1"),
        ("zażółć gęślą jaźń", "iso-8859-2"),
        ("日本語テキストです", "shift_jis"),
        ("漢字の件", "iso-2022-jp"),
        ("中文邮件，请查收", "gb2312"),
        ("한국말로 하는 것", "euc-kr"),
    ],
)
def test_true_labels_of_other_languages_stay(text: str, codec: str) -> None:
    assert decode(text.encode(codec), codec).text == text


def test_damaged_utf8_stays_utf8_and_says_so() -> None:
    decoded = decode(RUSSIAN.encode()[:31] + RUSSIAN.encode()[32:], "utf-8")
    assert decoded.lossy
    assert decoded.text.startswith("Добрый день!")


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("win-1251", "cp1251"),
        ("KOI8", "koi8-r"),
        ("x-mac-ukrainian", "mac-cyrillic"),
        ("'utf-8'", "utf-8"),
        ("cp-866", "cp866"),
        ("base64", None),
        ("", None),
        ("\0", None),
    ],
)
def test_labels_of_the_wild(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec


def test_text_of_a_wrong_reading_does_not_look_like_text() -> None:
    assert looks_like_text(RUSSIAN, "cp1251")
    assert not looks_like_text(RUSSIAN.encode("koi8-r").decode("cp1251"), "cp1251")


@given(
    st.binary(max_size=300),
    st.sampled_from(
        [
            None,
            "utf-8",
            "utf-16",
            "windows-1251",
            "koi8-r",
            "gb2312",
            "iso-2022-jp",
            "utf-7",
            "hz",
            "idna",
            "raw_unicode_escape",
        ]
    ),
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_text_that_can_be_stored(data: bytes, label: str | None) -> None:
    decode(data, label).text.encode("utf-8")
