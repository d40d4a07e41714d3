"""What the standard library reads out of the parcel is what the truth says went in."""

from __future__ import annotations

import mailbox
import zipfile
from collections import Counter
from email.utils import parsedate_to_datetime
from pathlib import Path

from leakdesk.demo.mail import ONE, WATERMARK, ZERO
from tests.demo.conftest import Built


def test_every_message_is_in_the_truth_at_its_place(demo: Built) -> None:
    told = {tuple(place): row["message_id"] for row in demo.leak["messages"] for place in row["places"]}
    for found in demo.messages:
        assert told.pop(("parcel.zip", *found.place)) == found.message_id
    assert [place for place in told if not place[-1].startswith("wording-c")] == []


def test_size_and_mixture(demo: Built) -> None:
    rows = demo.leak["messages"]
    assert 120 <= len(rows) <= 160
    languages = Counter(row["language"] for row in rows)
    assert languages.keys() == {"ru", "be", "uk", "en"}
    assert min(languages.values()) >= 12
    assert {"koi8-r", "windows-1251", "utf-8"} <= {row["charset"] for row in rows}
    assert {"base64", "quoted-printable", "8bit"} <= {row["encoding"] for row in rows}
    years = {row["date"][:4] for row in rows}
    assert len(years) >= 3


def test_what_was_written_can_be_read(demo: Built) -> None:
    rows = {row["message_id"]: row for row in demo.leak["messages"]}
    for found in demo.messages:
        row = rows[found.message_id]
        text = found.text().replace(ZERO, "").replace(ONE, "").replace("&nbsp;", "")
        missing = [line for line in row["own_text"].split("\n") if line not in text]
        assert row["html"] == "only" or missing == [], row["key"]
        assert str(found.message["Subject"]) == row["subject"]
        assert found.message["From"].addresses[0].addr_spec == row["from"]
        assert parsedate_to_datetime(found.message["Date"]).isoformat() == row["date"]
        assert [part.get_filename() for part in found.message.iter_attachments() if not part.get_filename()] == []


def test_the_mbox_opens_with_the_standard_mailbox(demo: Built, tmp_path: Path) -> None:
    with zipfile.ZipFile(demo.files.parcel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".mbox"))
        (tmp_path / "mail.mbox").write_bytes(archive.read(name))
    box = mailbox.mbox(tmp_path / "mail.mbox")
    assert len(box) == sum(found.place[0] == name for found in demo.messages)
    raw = (tmp_path / "mail.mbox").read_bytes()
    assert b"\n>From " in raw
    assert b"\n>>From " in raw


def test_copies_differ_only_as_told(demo: Built) -> None:
    raws: dict[str, set[bytes]] = {}
    for found in demo.messages:
        raws.setdefault(found.message_id, set()).add(found.raw)
    for row in demo.leak["messages"]:
        if row["custodians"]:
            assert len(raws[row["message_id"]]) == row["distinct_bytes"], row["key"]
    twins = [row for row in demo.leak["messages"] if row["copies"] == 2 and row["distinct_bytes"] == 1]
    others = [row for row in demo.leak["messages"] if row["copies"] == 2 and row["distinct_bytes"] == 2]
    assert len(twins) >= 4
    assert len(others) >= 20


def test_answers_name_the_letter_they_answer(demo: Built) -> None:
    rows = {row["message_id"]: row for row in demo.leak["messages"]}
    for found in demo.messages:
        older = rows[found.message_id]["in_reply_to"]
        shown = str(found.message["In-Reply-To"] or "").strip("<> ") or None
        assert shown == older


def test_tricks_are_in_the_messages(demo: Built) -> None:
    texts = {found.message_id: found.text() for found in demo.messages}
    (marked,) = demo.leak["watermark"]
    hidden = "".join("1" if char == ONE else "0" for char in texts[marked["message_id"]] if char in (ZERO, ONE))
    assert hidden == WATERMARK == marked["bits"]
    assert demo.leak["tracking_pixels"]
    for message_id in demo.leak["tracking_pixels"]:
        assert 'width="1" height="1"' in texts[message_id]
    wordings = demo.leak["wordings"]
    assert len({row["text"].partition("\n\n")[2] for row in wordings}) == len(wordings) == 3


def test_private_letters_are_marked(demo: Built) -> None:
    private = [row for row in demo.leak["messages"] if row["private"]]
    assert len(private) >= 10
    assert {"ru", "be", "uk"} == {row["language"] for row in private}
