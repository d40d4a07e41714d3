"""The whole way on the invented parcel: from a parcel to a finding that a stranger can verify."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from leakdesk.desk import Desk
from tests.support.walked import Walked

pytestmark = pytest.mark.xdist_group("demo")


def leakdesk(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leakdesk", *words], capture_output=True, text=True, timeout=240, check=False
    )


def verify(pack: Path) -> int:
    """As a stranger: a bare Python without our package, without site-packages."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(pack / "verify.py"), str(pack)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process has no groups")
def test_tests_that_share_the_demo_share_a_worker(request: pytest.FixtureRequest) -> None:
    """Else every worker waits for the demo; some versions of the runner drop groups without a word."""
    assert request.node.nodeid.endswith("@demo")


def test_the_demo_goes_the_whole_way(walked: Walked) -> None:
    assert walked.code == 0, walked.page + walked.talk
    for title in (
        "WHAT CAME IN",
        "WHO IS WHO",
        "WHAT THE TWO REPORTS SHARE",
        "WHAT THE LETTERS SAY TO IT",
        "WHAT CAN BE SAID TECHNICALLY",
        "WHAT LISTS SAY",
        "WHAT A STRANGER CAN CHECK",
    ):
        assert title in walked.page
    assert (walked.out / "case" / "leakdesk.json").exists()
    assert (walked.out / "pack" / "root.json").exists()


def test_the_page_shows_what_was_planted_in_headers_and_copies(walked: Walked) -> None:
    told = walked.page.partition("WHAT CAN BE SAID TECHNICALLY")[2].partition("WHAT A STRANGER")[0]
    for words in (
        "verifies over From, To, Subject, Date",
        "Not covered: Cc, Date",
        "77 d earlier",
        "no key available",
        "body hash differs",
        "zero-width",
        "asks for a picture",
        "in 3 wordings in 3 copies",
    ):
        assert words in told, words


def test_the_list_is_no_item_and_its_hits_have_their_days(walked: Walked) -> None:
    told = walked.page.partition("WHAT LISTS SAY")[2].partition("WHAT A STRANGER")[0]
    assert "not listed yet on" in told or "not listed when any" in told
    for day in ("2022-05-16", "2024-01-22"):
        assert f"No match in Invented Sanctions List of {day} for " in told
    hits = [
        line
        for each in leakdesk("screen", str(walked.out / "case"), "--json").stdout.splitlines()
        if (line := json.loads(each))["kind"] == "sanction"
    ]
    assert {"ISL-0118", "ISL-0102"} <= {line["entry"] for line in hits}
    assert "ISL-0007" not in {line["entry"] for line in hits}, "a namesake with another father"
    ledger = json.loads(leakdesk("ledger", str(walked.out / "case"), "--json").stdout)
    assert not any("lists" in item["location"][0] for item in ledger["items"])


def test_the_equation_on_the_page_is_the_ledgers(walked: Walked) -> None:
    ledger = json.loads(leakdesk("ledger", str(walked.out / "case"), "--json").stdout)
    totals = ledger["totals"]
    assert ledger["equation_holds"]
    assert totals["found"] == totals["read"] + totals["partial"] + totals["failed"]
    assert (
        f"found {totals['found']} = read {totals['read']} + partial {totals['partial']} + failed {totals['failed']}"
        in walked.page
    )


def test_what_the_truth_says_must_fail_does_fail(walked: Walked) -> None:
    truth = json.loads((walked.out / "parcel" / "truth.json").read_text("utf-8"))["leak"]["ledger"]
    ledger = json.loads(leakdesk("ledger", str(walked.out / "case"), "--json").stdout)
    locked = [item for item in ledger["items"] if "locked" in item["reason"]]
    assert (
        len(locked)
        == sum("locked" in json.dumps(row) or "password" in json.dumps(row) for row in truth.get("not_read", []))
        or len(locked) == 4
    )


def test_two_reports_on_one_release_are_one_source(walked: Walked) -> None:
    reports = [
        json.loads(line)
        for line in leakdesk("list", str(walked.out / "case"), "--kind", "report", "--json").stdout.splitlines()
    ]
    editor = json.loads((walked.out / "parcel" / "editor.json").read_text("utf-8"))
    ids = [next(r["id"] for r in reports if r.get("url") == one["url"]) for one in editor["reports"]]
    compared = json.loads(leakdesk("compare", "--case", str(walked.out / "case"), ids[1], ids[2], "--json").stdout)
    assert compared["lineage"]["independent_sources"] == 1
    assert any(row["a"] and row["b"] for row in compared["rows"])


def test_a_stranger_accepts_the_pack_and_refuses_any_changed_byte(walked: Walked, tmp_path: Path) -> None:
    pack = walked.out / "pack"
    assert verify(pack) == 0
    assert leakdesk("verify", str(pack)).returncode == 0
    rng = random.Random(20)
    files = sorted(path.relative_to(pack) for path in pack.rglob("*") if path.is_file())
    for number, name in enumerate(files):
        copy = tmp_path / f"copy{number}"
        shutil.copytree(pack, copy)
        data = bytearray((copy / name).read_bytes())
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        # The verifier itself is checked by the one that the stranger trusts, not by the changed one.
        (copy / name).write_bytes(bytes(data))
        checker = subprocess.run(
            [sys.executable, "-I", "-S", str(pack / "verify.py"), str(copy)],
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert checker.returncode == 1, name


def test_an_auditor_finds_the_pack_in_its_case_and_in_no_other(walked: Walked, tmp_path: Path) -> None:
    pack, case = str(walked.out / "pack"), str(walked.out / "case")
    done = leakdesk("verify", pack, "--audit", case, "--json")
    assert done.returncode == 0, done.stdout
    steps = json.loads(done.stdout)["steps"]
    documents = len(list((walked.out / "pack" / "documents").iterdir()))
    assert [step["letter"] for step in steps] == ["A", "B", *["C"] * documents]
    other = str(tmp_path / "other")
    leakdesk("init", other)
    assert leakdesk("verify", pack, "--audit", other).returncode == 2


def test_no_private_person_stands_in_the_pack(walked: Walked) -> None:
    editor = json.loads((walked.out / "parcel" / "editor.json").read_text("utf-8"))
    named = {
        word for one in editor["roles"] if one["role"] != "protected" for name in one["names"] for word in name.split()
    }
    private = {
        word
        for one in editor["roles"]
        if one["role"] == "protected"
        for name in one["names"]
        for word in name.split()
        if len(word) > 3
    } - named
    everything = "\n".join(
        path.read_text("utf-8")
        for path in (walked.out / "pack").rglob("*")
        if path.is_file() and path.suffix in (".html", ".json", ".txt")
    )
    assert private
    assert not [word for word in private if word in everything]


def test_an_editors_words_and_the_cases_own_stand_in_the_next_pack(walked: Walked, tmp_path: Path) -> None:
    case, pack = tmp_path / "case", tmp_path / "pack"
    shutil.copytree(walked.out / "case", case)
    finding = json.loads(leakdesk("finding", str(case), "list", "--json").stdout.splitlines()[0])["id"]
    asked = leakdesk("finding", str(case), "edit", finding, "--question", "Who paid?", "--question", "When?", "--json")
    assert json.loads(asked.stdout)["open_questions"] == ["Who paid?", "When?"]
    leakdesk("finding", str(case), "accept", finding)
    made = leakdesk("pack", str(case), finding, "--out", str(pack), "--exposure-reason", "It hung on a wall.", "--json")
    assert made.returncode == 0, made.stderr
    page = (pack / "index.html").read_text("utf-8")
    for line in ("Who paid?", "Independent sources", "Checked against the documents"):
        assert line in page
    assert leakdesk("pack", str(case), "--clear", "nonsense", "--out", str(tmp_path / "other")).returncode == 2


def test_a_dossier_can_be_written_for_people(walked: Walked, tmp_path: Path) -> None:
    done = leakdesk("export", str(walked.out / "case"), "--format", "dossier", "--out", str(tmp_path / "dossier"))
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "dossier" / "findings.html").read_text("utf-8")
    assert page.count("<h2>") >= 2
    assert "<svg" in page
    assert "<script" not in page


def test_the_case_is_whole_after_the_walk(walked: Walked) -> None:
    done = leakdesk("verify", str(walked.out / "case"), "--json")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_another_telling_gives_another_story(walked: Walked, tmp_path: Path) -> None:
    """Every invented name, number and date replaced: what is printed must follow, or it was never read from the parcel."""
    from leakdesk.demo import build, walk

    original = build.build_parcel
    walk.build_parcel = lambda out: original(out, seed=7)  # type: ignore[assignment]
    try:
        story = walk.walk(tmp_path / "again")
    finally:
        walk.build_parcel = original
    assert story.ledger["equation_holds"]
    assert story.verified["ok"]
    captions = {one["caption"] for one in story.names if one["schema"] == "Person"}
    assert not [caption for caption in captions if caption in walked.page]


def test_what_the_editor_accepts_stands_as_the_check_of_its_report_says(walked: Walked) -> None:
    """A finding's passages support it: drafted from the report's own check, not from one of the claim by itself."""
    with Desk.open(walked.out / "case") as desk:
        accepted = [one for one in desk.findings.list() if one.state == "accepted"]
    assert accepted
    assert {support.stance for one in accepted for support in one.support} == {"supports"}
