"""Where messages begin and end, and that two independent countings agree."""

from __future__ import annotations

import mailbox as standard
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.intake import mailbox
from tests.shared import shared_path
from tests.work.parcels import letter, mbox


def _read(data: bytes) -> mailbox.Read:
    return lambda offset, length: data[offset : offset + length]


def _split(data: bytes, **more: mailbox.Dialect) -> list[bytes]:
    return [data[m.start : m.end] for m in mailbox.split(_read(data), len(data), **more)]


SEPARATOR = b"From p@lathe.example Mon Apr  3 10:00:00 2023\n"


def test_messages_come_back_as_they_went_in() -> None:
    letters = [letter(n) for n in range(5)]
    assert _split(mbox(letters)) == letters


@pytest.mark.parametrize(
    ("line", "after_empty", "following", "separates"),
    [
        (b"From p@lathe.example Mon Apr  3 10:00:00 2023", True, b"Subject: x", True),
        (b"From p@lathe.example Mon Apr  3 10:00:00 2023", True, b"", True),
        (b"From - Mon, 3 Apr 2023 10:00:00", True, b"X-Mozilla-Status: 0001", True),
        (b"From nobody", True, b"Subject: x", True),
        (b"From ???@??? Mon Apr 03 10:00:00 2023 +0300", True, b"Received: x", True),
        (b"From now on we meet at ten", True, b"Bring the drawings.", False),
        (b"From now on: see below", True, b"Note: bring the drawings", False),
        (b"From 2020 to 2023 it stood still.", True, b"Then it moved.", False),
        (b"From p@lathe.example Mon Apr  3 10:00:00 2023", False, b"Subject: x", True),
        (b"From p@lathe.example Mon Apr  3 10:00:00 2023", False, b"he wrote.", False),
    ],
)
def test_what_separates(line: bytes, after_empty: bool, following: bytes, separates: bool) -> None:
    assert mailbox.is_separator(after_empty, line, following) is separates


def test_an_empty_mailbox_line_ends_and_no_line_end_at_all() -> None:
    assert _split(b"") == []
    assert _split(SEPARATOR + b"Subject: x\n\nbody") == [b"Subject: x\n\nbody"]
    assert _split(SEPARATOR + b"\n") == [b""]
    crlf = SEPARATOR.replace(b"\n", b"\r\n") + b"Subject: x\r\n\r\nbody\r\n\r\n"
    assert _split(crlf * 2) == [b"Subject: x\r\n\r\nbody\r\n"] * 2


def test_lengths_are_followed_where_all_of_them_are_right() -> None:
    body = b"Hello.\n\nFrom p@lathe.example Mon Apr  3 10:00:00 2023\nSubject: quoted in full\n\nold\n"
    message = b"Subject: x\nContent-Length: %d\n\n" % len(body) + body
    data = (SEPARATOR + message + b"\n") * 3
    assert mailbox.by_lengths(_read(data), len(data))
    assert _split(data, dialect=mailbox.Dialect.LENGTHS) == [message] * 3
    wrong = data.replace(b"Content-Length: 8", b"Content-Length: 7", 1)
    assert not mailbox.by_lengths(_read(wrong), len(wrong))


def test_windows_do_not_change_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = [letter(n, text="line\n" * (n * 7) + "\nFrom here on.\n") for n in range(40)]
    data = mbox(letters)
    whole, counted = _split(data), mailbox.count(_read(data), len(data))
    for window in (97, 512, 1000):
        monkeypatch.setattr(mailbox, "_WINDOW", window)
        assert _split(data) == whole
        assert mailbox.count(_read(data), len(data)) == counted == 40


@given(
    st.lists(
        st.sampled_from(
            [b"From x\n", SEPARATOR, b"\n", b"Subject: y\n", b">From z\n", b"text 2023\n", b"From 10:30 on\n", b"\r\n"]
        ),
        max_size=30,
    )
)
def test_two_countings_agree(lines: list[bytes]) -> None:
    data = SEPARATOR + b"".join(lines)
    assert mailbox.count(_read(data), len(data)) == len(_split(data))


@pytest.mark.real
def test_real_mailboxes_hold_what_the_standard_library_counts() -> None:
    for path in sorted(Path(shared_path("real/mail/mbox")).glob("*.mbox")):
        data = path.read_bytes()
        assert mailbox.count(_read(data), len(data)) == len(standard.mbox(str(path))), path.name
        assert len(_split(data)) == len(standard.mbox(str(path)))
