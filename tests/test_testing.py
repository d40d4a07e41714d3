"""What we give to others for their tests does what it says."""

from __future__ import annotations

import io
import mailbox
import zipfile
from pathlib import Path

from leakdesk.testing import LeakSimulator


def test_the_same_seed_gives_the_same_parcel() -> None:
    made = []
    for _ in range(2):
        one = LeakSimulator(seed=5)
        one.many(4)
        one.letter(attachments=[("a.bin", b"\x00\x01", "application/octet-stream")])
        made.append(one.zip(("../up.txt", b"x")))
    assert made[0] == made[1]


def test_another_reader_finds_every_letter(tmp_path: Path) -> None:
    one = LeakSimulator(seed=1)
    one.many(3)
    one.letter(body="From the start:\n\nFrom here on.\n")
    box = mailbox.mbox(one.write_mbox(tmp_path / "m.mbox"))
    assert len(box) == 4


def test_hostile_names_survive_in_the_archive() -> None:
    packed = LeakSimulator().zip(("a", b"1"), ("a", b"2"), ("../up", b"3"))
    assert [info.filename for info in zipfile.ZipFile(io.BytesIO(packed)).infolist()] == [
        "mail.mbox",
        "a",
        "a",
        "../up",
    ]
