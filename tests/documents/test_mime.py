"""The tokenizer: places of parts by bytes, whatever the boundaries are, and nothing lost in between."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.documents import mime
from leakdesk.documents.transfer import part_bytes
from tests.documents.parcels import message, multipart, text_part


def bodies(data: bytes) -> list[bytes]:
    return [data[leaf.body : leaf.end] for leaf in mime.cut(data).leaves()]


def test_places_are_bytes_of_the_message() -> None:
    data = multipart(text_part("first"), text_part("second"))
    whole = mime.cut(data)
    assert [data[leaf.start : leaf.end] for leaf in whole.leaves()] == [text_part("first"), text_part("second")]
    assert bodies(data) == [b"first", b"second"]
    assert whole.oddities == []


def test_a_boundary_that_begins_like_another_is_not_it() -> None:
    inner = b'Content-Type: multipart/alternative; boundary="cut-here-2"\n\n--cut-here-2\n\none\n--cut-here-2\n\ntwo\n--cut-here-2--'
    assert bodies(multipart(inner, text_part("three"))) == [b"one", b"two", b"three"]


def test_crlf_and_lf_give_the_same_parts() -> None:
    data = multipart(text_part("first\nline"), text_part("second"))
    assert [b.replace(b"\r\n", b"\n") for b in bodies(data.replace(b"\n", b"\r\n"))] == bodies(data)


@pytest.mark.parametrize(
    ("data", "oddity"),
    [
        (multipart(text_part("x"), closing=False), "no closing delimiter"),
        (
            b"Subject: a\nContent-Type: multipart/mixed; boundary=b\n\nnothing here\n",
            "multipart without a delimiter line",
        ),
        (b"Subject: a\nContent-Type: text/plain\nContent-Type: text/html\n\nx\n", "repeated content-type"),
        (b"Subject: a\nno header line at all\nTo: b@example.org\n\nx\n", "junk among the header lines"),
        (b"Subject: a\nthe body begins\nand goes on\n", "body starts without a blank line"),
        (multipart(text_part("x")) + b"--cut-here\n\nlate\n--cut-here--\n", "parts after the closing delimiter"),
        (b"Content-Type: multipart\n\nx", "unreadable content-type"),
    ],
)
def test_oddities_are_named(data: bytes, oddity: str) -> None:
    assert oddity in mime.cut(data).oddities


def test_parts_after_the_end_are_parts_all_the_same() -> None:
    assert bodies(multipart(text_part("x")) + b"--cut-here\n\nlate\n--cut-here--\n") == [b"x", b"late"]


def test_depth_and_number_are_bounded_and_said() -> None:
    deep = b"x"
    for level in range(200):
        deep = (
            f"Content-Type: multipart/mixed; boundary=b{level}x\n\n--b{level}x\n".encode()
            + deep
            + f"\n--b{level}x--\n".encode()
        )
    whole = mime.cut(deep, depth=20)
    assert "limit:depth" in whole.oddities
    assert [leaf.limit for leaf in whole.leaves()] == ["depth"]
    many = multipart(*[b"\nx"] * 500)
    whole = mime.cut(many, members=100)
    leaves = list(whole.leaves())
    assert leaves[-1].limit == "members"
    assert len(leaves) == 100


def test_an_envelope_line_first_is_no_oddity() -> None:
    whole = mime.cut(b"From alena@example.org Tue Jun 11\n" + message("x\n"))
    assert [name for name, _, _ in whole.root.headers][:2] == ["from", "to"]
    assert whole.oddities == []


@pytest.mark.parametrize(
    ("raw", "value", "parameters"),
    [
        (b"text/plain", "text/plain", {}),
        (b' Multipart/Mixed;\r\n boundary="a b"', "multipart/mixed", {"boundary": "a b"}),
        (b"multipart/mixed\tboundary=b", "multipart/mixed", {"boundary": "b"}),
        (b'multipart/mixed\n\tboundary="b"', "multipart/mixed", {"boundary": "b"}),
        (b"text/plain (remark); charset=utf-8", "text/plain", {"charset": "utf-8"}),
        (b"text/plain; charset='koi8-r'; format=flowed", "text/plain", {"charset": "koi8-r", "format": "flowed"}),
        (b'text/plain; name="a;b=c.txt"; charset=x', "text/plain", {"name": "a;b=c.txt", "charset": "x"}),
        (b"text/plain; charset=a; charset=b", "text/plain", {"charset": "a"}),
        (b"", "", {}),
    ],
)
def test_structured_values(raw: bytes, value: str, parameters: dict[str, str]) -> None:
    assert mime.parse_value(raw) == (value, parameters)


_TEXTS = st.text(alphabet="abc -=\nяў", max_size=60)


@given(st.lists(st.tuples(_TEXTS, st.booleans(), st.booleans()), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_the_standard_library_writes_comes_back(parts: list[tuple[str, bool, bool]]) -> None:
    made = EmailMessage()
    made.set_content(parts[0][0], cte="base64" if parts[0][1] else "quoted-printable")
    for text, encoded, attached in parts[1:]:
        if attached:
            made.add_attachment(text.encode(), maintype="application", subtype="octet-stream", filename="a.bin")
        else:
            made.add_attachment(text, cte="base64" if encoded else "quoted-printable")
    data = made.as_bytes()
    theirs = [
        part.get_payload(decode=True)
        for part in email.message_from_bytes(data, policy=email.policy.compat32).walk()
        if not part.is_multipart()
    ]
    ours = [part_bytes(data, leaf)[0] for leaf in mime.cut(data).leaves()]
    assert [piece.strip(b"\n") for piece in ours] == [piece.strip(b"\n") for piece in theirs]  # type: ignore[union-attr]


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_cut(data: bytes) -> None:
    for leaf in mime.cut(b"Content-Type: multipart/mixed; boundary=\n" + data).leaves():
        assert leaf.start <= leaf.body <= leaf.end
