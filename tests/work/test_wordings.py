"""A letter sent in other words to each recipient: whoever quotes it is told in how many of the copies held the words stand."""

from __future__ import annotations

from pathlib import Path

from leakdesk.model.anchor import anchor_at
from leakdesk.store import CaseStore, records
from leakdesk.work.wordings import wordings
from tests.work.parcels import new_case, run

LETTER = """From: Head of the Plant <head@plant.example>
To: {to}@plant.example
Date: Mon, 3 Apr 2023 10:{minute}:00 +0300
Subject: Night shift
Message-ID: <{minute}@plant.example>

Dear colleagues, from Monday on the night shift of the second hall {verb} at ten in the evening.
Nobody leaves before the foreman has signed the sheet. The drawings stay in the safe of the technologist.
Questions go to the head of production and to nobody else.
"""


def _case(folder: Path) -> Path:
    parcel = folder / "parcel"
    parcel.mkdir()
    for number, verb in enumerate(("begins", "starts", "begins")):
        (parcel / f"{number}.eml").write_text(LETTER.format(to=f"worker{number}", minute=10 + number, verb=verb))
    other = "From: Head <head@plant.example>\nTo: a@plant.example\nDate: Mon, 3 Apr 2023 11:00:00 +0300\nSubject: Keys\n\nThe keys of the gate are with the guard.\n"
    (parcel / "3.eml").write_text(other)
    case = new_case(folder / "case")
    assert run("add", case, parcel, "--no-deep", "--quiet").returncode == 0
    return case


def test_copies_are_counted_and_no_recipient_is_named(tmp_path: Path) -> None:
    with CaseStore.open(_case(tmp_path)) as store, store.connect() as connection:
        letters = {one["title"]: one["id"] for one in records.documents(connection, kind="message")}
        night, keys = (records.layer(connection, letters[title]) for title in ("Night shift", "Keys"))
        assert night is not None and keys is not None
        found = wordings(
            connection,
            [
                _quote(night.layer.text, "Nobody leaves before the foreman has signed the sheet.", letters["Night shift"]),
                _quote(night.layer.text, night.layer.text[night.layer.text.index("the night shift") :].partition("\n")[0], letters["Night shift"]),
                _quote(keys.layer.text, "The keys of the gate", letters["Keys"]),
            ],
        )  # fmt: skip
    assert (found[0].copies, found[0].same) == (3, 3)
    assert found[1].copies == 3 and found[1].same in (1, 2) and found[1].wordings == 2
    assert "Paraphrase it" in found[1].sentence
    assert found[2].copies == 1 and "cannot be excluded" in found[2].sentence
    assert not any("worker" in one.sentence for one in found)


def _quote(text: str, words: str, document: str):
    start = text.index(words)
    return anchor_at(text, start, start + len(words), document=document, text_sha256="0" * 64)
