"""DKIM: the examples of the RFCs, forty and more mutants, and another's verifier as second opinion."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import dkim
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.authenticity import wording
from leakdesk.authenticity.keys import KeyTable, read_table
from leakdesk.authenticity.signatures import read_signatures
from leakdesk.authenticity.states import Checked, check
from tests.authenticity.signer import (
    COVERED,
    DOMAIN,
    LETTER,
    SELECTOR,
    ed_record,
    record,
    sign,
    sign_ed,
    table,
)
from tests.shared import shared_path

#: RFC 6376, appendix A.2, with the key of appendix C.
RFC6376 = b"""DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
      c=simple/simple; q=dns/txt; i=joe@football.example.com;
      h=Received : From : To : Subject : Date : Message-ID;
      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
      4bmp/YzhwvcubU4=;
Received: from client1.football.example.com  [192.0.2.1]
      by submitserver.example.com with SUBMISSION;
      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game. Are you hungry yet?

Joe.
"""
RFC6376_KEY = (
    b"brisbane._domainkey.example.com\tv=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeL"
    b"nQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6"
    b"mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB\n"
)


def checked(data: bytes, keys: KeyTable | None = None, **more: bool) -> Checked:
    (one,) = (check(facts, table() if keys is None else keys, **more) for facts in read_signatures(data))
    return one


def test_rfc_6376_appendix_a() -> None:
    keys = KeyTable()
    keys.add(read_table(RFC6376_KEY).records)
    one = checked(RFC6376.replace(b"\n", b"\r\n"), keys)
    assert (one.state, one.key and one.key.bits, one.aligned, one.repairs) == ("verifies", 1024, "related", ())
    assert one.covers == ("received", "from", "to", "subject", "date", "message-id")
    assert checked(RFC6376, keys).repairs == ("line ends",)
    assert checked(RFC6376.replace(b"hungry", b"thirsty"), keys).state == "body_differs"
    assert checked(RFC6376.replace(b"dinner", b"supper"), keys).state == "signature_differs"
    assert checked(RFC6376.replace(b"brisbane", b"sydney"), keys).state == "no_key"


def test_rfc_8463_appendix_a_and_signed_real_mail() -> None:
    """Both signatures of RFC 8463's letter, and real signed letters with the verdicts another verifier gave."""
    folder = shared_path("real/signed")
    keys = KeyTable()
    rows = [line.split("\t") for line in (folder / "dkimpy_keys.tsv").read_text().splitlines()[1:]]
    keys.add(read_table("\n".join("\t".join(row[:2]) for row in rows).encode()).records)
    wanted = {"pass": {"verifies"}, "key unavailable": {"no_key"}}
    for _, _, name, verdict in rows:
        states = {check(one, keys).state for one in read_signatures((folder / "dkimpy" / name).read_bytes())}
        assert states == wanted[verdict], name
    for path in sorted((folder / "zkemail").iterdir()):
        states = {check(one, keys).state for one in read_signatures(path.read_bytes())}
        damaged = path.stem in ("email-body-tampered", "email-bodyless")
        assert states == ({"body_differs"} if damaged else {"no_key"}), path.name


@pytest.mark.parametrize("canon", ["simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"])
@pytest.mark.parametrize("algorithm", ["rsa-sha1", "rsa-sha256"])
def test_every_algorithm_and_form_that_another_signs(canon: str, algorithm: str) -> None:
    data = sign(canon=canon, algorithm=algorithm)
    one = checked(data)
    assert (one.state, one.algorithm, one.body[1] == one.body[2]) == ("verifies", algorithm, True)
    assert checked(data.replace(b"\r\n", b"\n")).repairs == ("line ends",)


def test_ed25519() -> None:
    assert checked(sign_ed(), table(ed_record())).state == "verifies"
    assert (
        checked(sign_ed().replace(b"Nine valves\r\nDate", b"Ten valves\r\nDate"), table(ed_record())).state
        == "signature_differs"
    )
    assert checked(sign_ed(), table(record())).state == "no_key"


# --- mutants ------------------------------------------------------------------------------------------------------------------

#: (what was done, the letter it was done to, the change, the state expected, fields that must be listed as not covered).
_PLAIN = sign()
_SIMPLE = sign(canon="simple/simple")
_LONG = sign(length=True)
_BARE = sign(covers=(b"from", b"subject"))


def _put(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


def _tag(name: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        changed = re.sub(rb"(?s)([;:]\s*)" + name + rb"=[^;]*?(?=;|\r\n[^ \t])", rb"\g<1>" + new, data, count=1)
        assert changed != data
        return changed

    return change


MUTANTS: dict[str, tuple[bytes, Callable[[bytes], bytes], str, tuple[str, ...]]] = {
    "nothing": (_PLAIN, lambda d: d, "verifies", ()),
    "from changed": (_PLAIN, _put(b"Ilse Morrant <", b"Olse Morrant <"), "signature_differs", ()),
    "to changed": (_PLAIN, _put(b"Oskar Vellin <", b"Oscar Vellin <"), "signature_differs", ()),
    "subject changed": (_PLAIN, _put(b"Subject: Nine", b"Subject: Ten"), "signature_differs", ()),
    "date changed": (_PLAIN, _put(b"Date: Mon, 3 Mar 2031", b"Date: Tue, 4 Mar 2031"), "signature_differs", ()),
    "date changed, not signed": (_BARE, _put(b"Date: Mon, 3 Mar", b"Date: Tue, 4 Mar"), "verifies", ("date",)),
    "to changed, not signed": (_BARE, _put(b"vellin@", b"other@"), "verifies", ("to",)),
    "id changed, not signed": (_BARE, _put(b"<a1.b2@", b"<a1.b3@"), "verifies", ("message-id",)),
    "note changed, not signed": (_PLAIN, _put(b"X-Note: one", b"X-Note: two"), "verifies", ("x-note",)),
    "hop changed, not signed": (_PLAIN, _put(b"id 7F3A", b"id 7F3B"), "verifies", ("received",)),
    "type changed, not signed": (_PLAIN, _put(b"text/plain", b"text/html"), "verifies", ("content-type",)),
    "reply-to put in": (_PLAIN, _put(b"To: Oskar", b"Reply-To: x@evil.example\r\nTo: Oskar"), "verifies", ("reply-to",)),
    "cc put in": (_PLAIN, _put(b"To: Oskar", b"Cc: x@evil.example\r\nTo: Oskar"), "verifies", ("cc",)),
    "second subject above": (_PLAIN, _put(b"From: Ilse", b"Subject: Other\r\nFrom: Ilse"), "verifies", ("subject",)),
    "second date above": (_PLAIN, _put(b"From: Ilse", b"Date: Mon, 3 Mar 2031 01:00 +0000\r\nFrom: Ilse"), "verifies", ("date",)),
    "second subject below": (_PLAIN, _put(b"X-Note", b"Subject: Other\r\nX-Note"), "signature_differs", ()),
    "second from above": (_PLAIN, _put(b"Received:", b"From: x@evil.example\r\nReceived:"), "signature_differs", ("from",)),
    "second from below": (_PLAIN, _put(b"X-Note", b"From: x@evil.example\r\nX-Note"), "signature_differs", ()),
    "subject taken out": (_PLAIN, _put(b"Subject: Nine valves\r\n", b""), "signature_differs", ()),
    "date taken out": (_PLAIN, _put(b"Date: Mon, 3 Mar 2031 09:40:00 +0000\r\n", b""), "signature_differs", ()),
    "word in the body": (_PLAIN, _put(b"arrived today", b"arrived monday"), "body_differs", ()),
    "letter in the body": (_PLAIN, _put(b"arrived", b"arrivee"), "body_differs", ()),
    "line put in": (_PLAIN, _put(b"\r\n\r\nIlse", b"\r\nAnd ten.\r\n\r\nIlse"), "body_differs", ()),
    "text after the end": (_PLAIN, lambda d: d + b"PS: ten\r\n", "body_differs", ()),
    "body cut": (_PLAIN, _put(b"\r\nIlse\r\n", b"\r\n"), "body_differs", ()),
    "body gone": (_PLAIN, lambda d: d.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", "body_differs", ()),
    "blanks folded, relaxed": (_PLAIN, _put(b"valves  arrived", b"valves arrived"), "verifies", ()),
    "blanks folded, simple": (_SIMPLE, _put(b"valves  arrived", b"valves arrived"), "body_differs", ()),
    "empty lines at the end": (_PLAIN, lambda d: d + b"\r\n\r\n", "verifies", ()),
    "header refolded, relaxed": (_PLAIN, _put(b"Subject: Nine valves", b"Subject: Nine\r\n valves"), "verifies", ()),
    "header refolded, simple": (_SIMPLE, _put(b"Subject: Nine valves", b"Subject: Nine\r\n valves"), "signature_differs", ()),
    "case of a name, relaxed": (_PLAIN, _put(b"Subject:", b"SUBJECT:"), "verifies", ()),
    "case of a name, simple": (_SIMPLE, _put(b"Subject:", b"SUBJECT:"), "signature_differs", ()),
    "text after l=": (_LONG, lambda d: d + b"PS: ten\r\n", "verifies", ()),
    "text within l=": (_LONG, _put(b"today", b"monday"), "body_differs", ()),
    "shorter than l=": (_LONG, _put(b"Nine valves  arrived today.\r\n", b""), "body_differs", ()),
    "l= changed": (_LONG, _tag(b"l", b"l=5"), "body_differs", ()),
    "l= no number": (_LONG, _tag(b"l", b"l=many"), "malformed", ()),
    "v=2": (_PLAIN, _tag(b"v", b"v=2"), "malformed", ()),
    "a= unknown": (_PLAIN, _tag(b"a", b"a=rsa-md5"), "malformed", ()),
    "a= other hash": (_PLAIN, _tag(b"a", b"a=rsa-sha1"), "body_differs", ()),
    "a= other kind": (_PLAIN, _tag(b"a", b"a=ed25519-sha256"), "no_key", ()),
    "c= unknown": (_PLAIN, _tag(b"c", b"c=strict/strict"), "malformed", ()),
    "c= other": (_PLAIN, _tag(b"c", b"c=simple/relaxed"), "signature_differs", ()),
    "b= cut": (_PLAIN, _tag(b"b", b"b=AAAA"), "signature_differs", ()),
    "b= no base64": (_PLAIN, _tag(b"b", b"b=$$$"), "malformed", ()),
    "b= empty": (_PLAIN, _tag(b"b", b"b="), "malformed", ()),
    "bh= another": (_PLAIN, _tag(b"bh", b"bh=AAAA"), "body_differs", ()),
    "d= another": (_PLAIN, _tag(b"d", b"d=evil.example"), "malformed", ()),  # i= is no longer below d=
    "s= another": (_PLAIN, _tag(b"s", b"s=other"), "no_key", ()),
    "h= without from": (_PLAIN, _tag(b"h", b"h=to:subject"), "malformed", ()),
    "h= with fewer": (_PLAIN, _tag(b"h", b"h=from:to"), "signature_differs", ()),
    "q= another": (_PLAIN, _tag(b"q", b"q=dns/none"), "malformed", ()),
    "i= elsewhere": (_PLAIN, _tag(b"i", b"i=@evil.example"), "malformed", ()),
    "t= no number": (_PLAIN, _tag(b"t", b"t=noon"), "malformed", ()),
    "a tag twice": (_PLAIN, _put(b"v=1;", b"v=1; v=1;"), "malformed", ()),
    "line ends": (_PLAIN, lambda d: d.replace(b"\r\n", b"\n"), "verifies", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_mutants(name: str) -> None:
    data, change, state, uncovered = MUTANTS[name]
    one = checked(change(data))
    assert one.state == state, one.reason
    assert set(uncovered) <= set(one.not_covered)
    if one.state == "verifies":
        said = wording.signature_sentence(one)
        assert "verifies over From" in said
        assert ("Date" in said.partition("Not covered")[2]) == ("date" in one.not_covered)


def test_there_are_enough_mutants() -> None:
    assert len(MUTANTS) >= 40


@pytest.mark.parametrize("name", [n for n, row in MUTANTS.items() if "\n" not in n])
def test_another_verifier_agrees_on_what_verifies(name: str) -> None:
    """dkimpy verifies what we say verifies. Where only we refuse, the reason is one it does not look at."""
    data, change, state, _ = MUTANTS[name]

    def lookup(asked: bytes, timeout: int = 5) -> bytes | None:
        return record().encode() if asked.startswith(f"{SELECTOR}._domainkey.{DOMAIN}".encode()) else None

    try:
        theirs = dkim.DKIM(change(data), minkey=512).verify(dnsfunc=lookup)
    except Exception:
        theirs = False
    assert theirs == (state == "verifies") or name in ("q= another",)


# --- keys ------------------------------------------------------------------------------------------------------------------------


def test_states_of_keys() -> None:
    data = sign()
    assert checked(data, KeyTable()).state == "no_key"
    assert checked(data, table("v=DKIM1; k=rsa; p=")).state == "key_revoked"
    assert checked(data, table("v=DKIM1; k=rsa; p=", record())).state == "verifies"
    for junk in (
        "",
        "v=DKIM2; p=AAAA",
        "k=dsa; p=AAAA",
        "p=$$$",
        "v=DKIM1",
        "p=AAAA",
        "v=DKIM1; s=other; p=AAAA",
        "\x00",
    ):
        one = checked(data, table(junk))
        assert one.state == "no_key", junk
        assert one.reason.startswith("the key record cannot be used")
    other = record(1024)
    assert checked(data, table(other)).state == "signature_differs"
    assert checked(data, table(other, record())).state == "verifies"
    assert checked(data, table(record() + "; h=sha1")).state == "no_key"
    small = checked(sign(bits=1024), table(record(1024)))
    assert small.key and small.key.bits == 1024


def test_a_private_key_published_later_downgrades() -> None:
    data = sign()
    before, keys = checked(data), table()
    assert (before.state, before.downgraded) == ("verifies", False)
    assert "not known to be published as private" in wording.signature_sentence(before)
    keys.add(table(record(), origin="leak archive", private_published="2032-01").of(SELECTOR, DOMAIN))
    after = checked(data, keys)
    assert (after.state, after.downgraded) == ("verifies", True)
    assert "private half was published (2032-01)" in wording.signature_sentence(after)


def test_a_rebuilt_letter_is_never_judged() -> None:
    assert checked(sign(), rebuilt=True).state == "rebuilt"
    assert "cannot be checked" in wording.signature_sentence(checked(sign(), rebuilt=True))


def test_repairs_are_named() -> None:
    letter = LETTER.replace(b"The crane", b"From tomorrow the crane")
    escaped = sign(letter).replace(b"\r\nFrom tomorrow", b"\r\n>From tomorrow").replace(b"\r\n", b"\n")
    one = checked(escaped)
    assert (one.state, one.repairs) == ("verifies", ("line ends", "From-escaping"))
    assert "escaping of lines that begin with From" in wording.signature_sentence(one)
    written = sign(LETTER.replace(b"The crane", b">From the crane"))
    assert checked(written.replace(b"\r\n>From", b"\r\nFrom")).repairs == ("From-escaping",)


# --- what could hang or raise -------------------------------------------------------------------------------------------------


@given(st.binary(max_size=60), st.integers(0, 2000), st.integers(0, 60))
def test_bytes_changed_anywhere_give_a_state(junk: bytes, at: int, gone: int) -> None:
    data = _PLAIN[:at] + junk + _PLAIN[at + gone :]
    for facts in read_signatures(data):
        one = check(facts, table())
        assert wording.signature_sentence(one)
        assert one.state != "verifies" or checked(_PLAIN).state == "verifies"


@given(st.binary(max_size=400))
def test_keys_with_junk_give_a_state(junk: bytes) -> None:
    read_table(junk)
    keys = table(junk.decode("latin-1"))
    assert checked(_PLAIN, keys).state in ("no_key", "key_revoked", "signature_differs")


def test_a_thousand_signatures_and_huge_headers() -> None:
    line = _PLAIN.partition(b"Received:")[0]
    huge = line * 1_000 + b"".join(b"X-Pad-%d: %s\r\n" % (n, b"x" * 90) for n in range(20_000)) + LETTER
    started = time.process_time()
    found = read_signatures(huge)
    assert len(found) == 1_000
    assert {check(facts, table()).state for facts in found} == {"verifies"}
    assert time.process_time() - started < 20
    assert read_signatures(line * 1_200 + LETTER)[-1].problem


@pytest.mark.parametrize("stamp", [b"t=0", b"t=4294967296", b"t=999999999999999", b"x=1", b"t=5; x=4"])
def test_clocks_of_1970_and_2106(stamp: bytes) -> None:
    data = _PLAIN.replace(b"v=1;", b"v=1; " + stamp + b";", 1)
    assert checked(data).state in ("malformed", "signature_differs")


def test_five_hundred_checks_in_a_second() -> None:
    keys, letters = table(), [sign(LETTER.replace(b"Nine", b"%d" % n)) for n in range(4)]
    started = time.process_time()
    for number in range(400):
        assert checked(letters[number % 4], keys).state == "verifies"
    assert 400 / (time.process_time() - started) >= 500


def test_nothing_is_looked_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert checked(_PLAIN, KeyTable()).state == "no_key"
    assert set(COVERED) == {b"from", b"to", b"subject", b"date", b"message-id"}
