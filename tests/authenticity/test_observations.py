"""Rules that the planted corpus does not reach: series, quiet days, fonts, programs, clocks, answers before questions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.authenticity import wording
from leakdesk.authenticity.corpus import Across, Letter, look_across
from leakdesk.authenticity.letter import look
from leakdesk.authenticity.observations import Observation
from leakdesk.authenticity.products import font, program

START = datetime(2031, 3, 3, 9, 0, tzinfo=UTC)


def letter(
    number: int,
    *,
    subject: str = "Valves",
    at: datetime | None = None,
    box: str = "",
    more: str = "",
    body: str = "Nine.",
) -> Letter:
    when = format_datetime(at or START + timedelta(days=number))
    raw = (
        f"From: Oskar Vellin <vellin@depot.example>\r\nTo: x@y.example\r\nSubject: {subject}\r\nDate: {when}\r\n"
        f"Message-ID: <n{number}@depot.example>\r\n{more}\r\n{body}\r\n"
    )
    answers = next((line[13:].strip() for line in more.split("\r\n") if line.startswith("In-Reply-To:")), None)
    return Letter(
        document=f"d{number:04}",
        facts=look(raw.encode()).headers,
        message_id=f"<n{number}@depot.example>",
        answers=answers,
        boxes=(box,) if box else (),
    )


def across(letters: list[Letter]) -> Across:
    return look_across(letters, [], lambda _: None)


def rules(found: Across) -> dict[str, set[str]]:
    return {own: {one.rule for one in each} for own, each in found.found.items() if each}


def test_missing_numbers_of_a_series() -> None:
    numbers = [n for n in range(101, 121) if n not in (108, 109)]
    letters = [letter(n, subject=f"Invoice No. {n} for valves") for n in numbers]
    found = across(letters)
    assert rules(found) == {"d0110": {"sequence_gap"}}
    (one,) = found.found["d0110"]
    assert wording.observation_sentence(one) == (
        "In the series “invoice no. # for valves” numbers are missing between 107 and 110 (missing: 2)."
    )
    assert across([letter(n, subject=f"Invoice No. {n * 37 % 900} for valves") for n in numbers]).found == {}
    assert rules(across([letter(n, subject=f"Room {3 + n % 5}") for n in range(40)])) == {}


def test_quiet_days_of_a_busy_mailbox() -> None:
    days = [n for n in range(200) if (START + timedelta(days=n)).weekday() < 5 and not 90 <= n < 103]
    letters = [letter(n * 10 + k, at=START + timedelta(days=n, hours=k), box="inbox") for n in days for k in range(4)]
    found = across(letters)
    ((own, told),) = rules(found).items()
    assert told == {"volume_gap"}
    assert own == f"d{103 * 10 if (START + timedelta(days=103)).weekday() < 5 else 105 * 10:04}"
    thin = [each for each in letters if each.document.endswith("0")][::4]
    assert rules(across(thin)) == {}


def test_an_answer_before_its_question() -> None:
    question = letter(9, at=START + timedelta(days=9))
    answer = letter(4, more="In-Reply-To: <n9@depot.example>\r\n")
    assert rules(across([question, answer])) == {"d0004": {"reply_before_parent"}}


def test_fonts_and_programs_that_did_not_exist() -> None:
    kind = "Content-Type: text/html\r\n"
    page = '<meta name="Generator" content="Microsoft Word 15"><p style="font-family:Calibri, sans-serif">Nine</p>'
    early = letter(1, at=datetime(2004, 5, 3, 9, tzinfo=UTC), more=kind, body=page)
    late = letter(2, at=datetime(2014, 5, 5, 9, tzinfo=UTC), more=kind, body=page)
    assert rules(across([early, late])) == {"d0001": {"font_later", "product_later"}}
    found = font("calibri")
    assert found is not None and found.released == "2006-11-30"
    assert program("Microsoft Outlook 16.0.1", "client") is not None
    assert program("Some Mailer 1.0", "client") is None


@pytest.mark.parametrize(
    "date",
    [
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "Mon, 01 Feb 2106 06:28:15 +0000",
        "1 Jan 0001 00:00:00 -2359",
        "31 Dec 9999 23:59:59 +2359",
    ],
)
def test_clocks_that_were_never_set(date: str) -> None:
    raw = f"From: a@b.example\r\nDate: {date}\r\nMessage-ID: <x@b.example>\r\n\r\nNine\r\n".encode()
    one = Letter(document="d1", facts=look(raw).headers)
    found = across([one])
    assert "clock_unset" in rules(found)["d1"] or one.facts.date is None
    assert [wording.observation_sentence(each) for each in found.found["d1"]]


@given(st.binary(max_size=400))
def test_no_header_raises(junk: bytes) -> None:
    head = (
        b"Received: from a by b; Mon, 3 Mar 2031 09:40:09 +0000\r\nDate: "
        + junk[:80]
        + b"\r\nThread-Index: "
        + junk[80:160]
    )
    raw = head + b"\r\nMessage-ID: " + junk[160:240] + b"\r\nContent-Type: text/html\r\n\r\n" + junk[240:]
    facts = look(raw)
    assert not facts.problem
    for found in across([Letter(document="d1", facts=facts.headers)]).found.values():
        assert all(isinstance(each, Observation) and wording.observation_sentence(each) for each in found)
