"""The verb `authenticity` over a case: keys come in, states follow; observations have their places; the pack gets sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leakdesk.cli.app import run
from leakdesk.desk import Desk
from leakdesk.testing import LeakSimulator
from tests.authenticity.signer import DOMAIN, LETTER, SELECTOR, record, sign

NAME = f"{SELECTOR}._domainkey.{DOMAIN}"


def _lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["authenticity", *arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    parcel = tmp_path / "mail"
    parcel.mkdir()
    changed = sign(covers=(b"from", b"subject")).replace(b"Date: Mon, 3 Mar 2031", b"Date: Mon, 7 Apr 2031")
    (parcel / "signed.eml").write_bytes(sign())
    (parcel / "changed.eml").write_bytes(changed)
    marked = LETTER.replace(b"Nine valves  arrived", "Nine\u200b\u200c\u200b valves arrived".encode())
    (parcel / "marked.eml").write_bytes(
        marked.replace(b"<a1.b2@", b"<a1.b9@").replace(
            b"From: Ilse", b"Disposition-Notification-To: x@y.example\r\nFrom: Ilse"
        )
    )
    LeakSimulator(seed=3).letter()
    case = tmp_path / "case"
    assert run(["init", str(case)]) == 0
    assert run(["add", str(case), "--no-deep", str(parcel)]) == 0
    return case


def test_keys_come_in_and_everything_follows(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _lines(capsys, str(case))
    assert len(before) == 3
    assert {each["state"] for line in before for each in line["signatures"]} == {"no_key"}
    keys = tmp_path / "keys.tsv"
    keys.write_text(f"{NAME}\t{record()}\t2030-01-02\t2031\tsnapshot X\n")
    (one,) = [line for line in _lines(capsys, str(case), "--keys", str(keys)) if not line["signatures"]]
    assert one["signatures"] == []
    assert one["says"] == "No signature."
    assert run(["add", str(case), "--as", "keys", str(keys)]) == 0
    assert run(["add", str(case), "--as", "keys", str(keys), "--json"]) == 0
    lines = _lines(capsys, str(case))
    assert {each["state"] for line in lines for each in line["signatures"]} == {"verifies"}
    said = [each["sentence"] for line in lines for each in line["signatures"]]
    assert all(
        "Key from snapshot X, seen 2030-01-02 to 2031; not known to be published as private." in each for each in said
    )
    private = tmp_path / "private.tsv"
    private.write_text(f"{NAME}\t{record()}\t\t\tarchive\t2032-05\n")
    assert run(["add", str(case), "--as", "keys", str(private)]) == 0
    after = [each for line in _lines(capsys, str(case)) for each in line["signatures"]]
    assert {(each["state"], each["downgraded"]) for each in after} == {("verifies", True)}
    assert all("private half was published (2032-05)" in each["sentence"] for each in after)


def test_keys_are_no_documents_and_are_sealed(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = tmp_path / "keys.tsv"
    keys.write_text(f"{NAME}\t{record()}\nnot a key\n")
    capsys.readouterr()
    assert run(["add", str(case), "--as", "keys", str(keys), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["documents"], summary["keys"][0]["count"]) == (0, 1)
    assert [each["line"] for each in summary["keys"][0]["left_out"]] == [2]
    with Desk.open(case) as desk:
        assert desk.ledger()["equation_holds"]
        assert sum(desk.documents.kinds().values()) == 3
        assert desk.store.originals.read(summary["keys"][0]["sha256"]) == keys.read_bytes()
    assert run(["verify", str(case)]) == 0
    nothing = tmp_path / "nothing.txt"
    nothing.write_text("no key here\n")
    assert run(["add", str(case), "--as", "keys", str(nothing)]) == 2


def test_a_changed_date_is_said_with_both_places(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = _lines(capsys, str(case))
    found_in = [
        (line, each) for line in lines for each in line["observations"] if each["rule"] == "date_after_received"
    ]
    ((line, found),) = found_in
    date, received = found["anchors"]
    assert "5 d earlier" in found["sentence"] or "35 d earlier" in found["sentence"]
    with Desk.open(case) as desk:
        text = desk.documents.text(line["document"])
        assert text[date["start"] : date["end"]] == date["exact"] == "Mon, 7 Apr 2031 09:40:00 +0000"
        raw = desk.store.originals.read(desk.documents.get(line["document"])["sha256"])
    for anchor in (date, received):
        start, end = anchor["bytes"]
        assert raw[start:end].decode() == anchor["exact"]
    assert found["base_rate"] == {
        "found": 1,
        "of": 3,
        "sentence": "1 of 3 letters here that could be looked at in this way show it.",
    }


def test_marks_name_no_holder(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = [line for line in _lines(capsys, str(case)) if line["marks"].get("kinds", {}).get("zero-width")]
    assert any("zero-width" in each for each in line["marks"]["found"])
    assert any("receipt" in each for each in line["marks"]["found"])
    assert line["marks"]["sentences"][-1] == "All 3 copies held have the same words; a copy nobody gave us may differ."
    assert not {"vellin", "depot"} & set(json.dumps(line["marks"]).replace("@", " ").split())


def test_a_case_that_another_command_writes_to_is_answered_all_the_same(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(_lines(capsys, str(case))) == 3
    with Desk.open(case, write=True):
        assert len(_lines(capsys, str(case))) == 3
    assert run(["authenticity", str(case), "d00000000000000000000"]) == 2
