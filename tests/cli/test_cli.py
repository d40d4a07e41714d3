"""The command line: help, errors in one sentence, exit codes, exact output."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leakdesk.cli import render
from leakdesk.cli.app import VERBS, run
from leakdesk.errors import CaseReadOnly
from leakdesk.model.ids import sha256_hex
from leakdesk.store import CaseStore
from leakdesk.work.taking_in import Intake
from tests.work.parcels import PARCEL_ITEMS, add_to, documents_of, ledger_of, letter, new_case, parcel

_FIELDS = """id kind schema title from to cc bcc date date_utc message_id in_reply_to thread group languages sha256 locations parent
parents attachments media_type pages state copies created modified"""
OWN = ("init", "add", "ledger", "list", "text", "raw", "verify", "retry", "reread", "rebuild", "dump", "doctor")


def _run(capfd: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = run([str(word) for word in words])
    out, said = capfd.readouterr()
    return code, out, said


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    case = new_case(folder / "case")
    add_to(case, parcel(folder))
    return case


@pytest.mark.parametrize("verb", OWN)
def test_every_verb_has_help_with_an_example(capfd: pytest.CaptureFixture[str], verb: str) -> None:
    code, out, _ = _run(capfd, verb, "--help")
    assert code == 0
    assert f"leakdesk {verb}" in out.split("Example:")[1]


def test_help_lists_verbs_without_loading_them(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capfd, "--help")
    assert code == 0
    assert all(f"  {verb} " in out for verb in VERBS)


def test_help_is_instant() -> None:
    took = []
    for _ in range(5):
        started = time.monotonic()
        subprocess.run([sys.executable, "-m", "leakdesk", "--help"], capture_output=True, check=True)
        took.append(time.monotonic() - started)
    bare = []
    for _ in range(5):
        started = time.monotonic()
        subprocess.run([sys.executable, "-c", "pass"], capture_output=True, check=True)
        bare.append(time.monotonic() - started)
    # 0.3 s on an idle computer, where Python itself takes 0.02 s; a busy one slows both.
    assert min(took) < max(0.3, 15 * min(bare))


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("ledger", "/no/such/case"), 2, "There is no case here"),
        (("nonsense",), 2, "No such command"),
        (("add",), 2, "Missing argument"),
        (("text", "{case}", "d0"), 2, "There is no such item: d0"),
        (("add", "{case}", "/no/such/file"), 2, "does not exist"),
        (("init", "{case}"), 2, "is a case already"),
        (("add", "{case}", "{case}", "--limits", "huge"), 2, "huge"),
    ],
)
def test_what_cannot_be_used_gets_one_sentence_and_exit_code_two(
    capfd: pytest.CaptureFixture[str], filled: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    got, out, said = _run(capfd, *[word.format(case=filled) for word in words])
    assert got == code
    assert out == ""
    assert says in said
    assert "Traceback" not in said


def test_an_unexpected_fault_says_so_without_any_text(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, filled: Path
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("the secret text of a letter")

    monkeypatch.setattr("leakdesk.store.records.ledger", broken)
    code, _, said = _run(capfd, "ledger", filled)
    assert code == 2
    assert "unexpected" in said
    code, _, more = _run(capfd, "ledger", filled, "--verbose")
    assert "records" in more or "ledger.py" in more
    assert "secret" not in said + more


def test_the_whole_way_from_the_command_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    home, case = parcel(tmp_path), tmp_path / "case"
    code, out, _ = _run(capfd, "init", case, "--json")
    assert (code, set(json.loads(out))) == (0, {"case", "created", "format"})
    code, out, said = _run(capfd, "add", case, home, "--json", "--no-deep", "--jobs", "1")
    summary = json.loads(out)
    assert set(summary) == {"found", "read", "partial", "failed", "documents", "duplicates", "bytes", "seconds"}
    assert (summary["found"], summary["read"]) == (PARCEL_ITEMS, PARCEL_ITEMS)
    assert said == ""
    code, out, _ = _run(capfd, "ledger", case, "--json")
    assert json.loads(out)["equation_holds"]
    code, out, _ = _run(capfd, "verify", case, "--json")
    checked = json.loads(out)
    assert (code, checked["ok"]) == (0, True)
    assert [step["number"] for step in checked["steps"]] == list(range(1, len(checked["steps"]) + 1))


def test_list_has_the_contract_s_fields(capfd: pytest.CaptureFixture[str], filled: Path) -> None:
    _, out, _ = _run(capfd, "list", filled, "--json", "--kind", "message")
    lines = [json.loads(line) for line in out.splitlines()]
    fields = set(_FIELDS.split())
    assert all(fields <= set(line) for line in lines)
    one = next(line for line in lines if line["title"] == "Delivery 1")
    assert [part["name"] for part in one["attachments"]] == ["list.txt", "list.txt"]
    assert one["attachments"][0]["id"] == "d" + sha256_hex(b"first list\n")[:20]
    assert one["from"] == [{"name": "Pavel Yurkevich", "address": "p1@lathe.example"}]
    assert one["thread"]


def test_text_is_exact_and_raw_is_the_sealed_bytes(filled: Path) -> None:
    one = next(line for line in documents_of(filled) if line["title"] == "Delivery 0")
    run_ = [sys.executable, "-m", "leakdesk"]
    raw = subprocess.run([*run_, "raw", str(filled), one["id"]], capture_output=True, check=True).stdout
    assert raw == letter(0)
    text = subprocess.run([*run_, "text", str(filled), one["id"]], capture_output=True, check=True).stdout.decode()
    described = json.loads(
        subprocess.run([*run_, "text", str(filled), one["id"], "--json"], capture_output=True, check=True).stdout
    )
    assert described["text"] == text
    assert described["sha256"] == sha256_hex(text.encode())
    at = 0
    for segment in described["segments"]:
        assert segment["start"] == at
        at = segment["end"]
    assert at == len(text)


def test_an_item_without_bytes_names_its_container(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    import gzip
    import io
    import tarfile

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("link")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(out.getvalue()))
    case = new_case(tmp_path / "case")
    add_to(case, tmp_path / "a.tar.gz")
    [item] = ledger_of(case)["items"]
    code, _, said = _run(capfd, "raw", case, item["id"])
    assert code == 2
    assert "a.tar.gz" in said


def test_control_characters_of_strangers_never_reach_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x\x1b[31mred.bin").write_bytes(b"\0\1\2\3" * 9)
    case = new_case(tmp_path / "case")
    add_to(case, tmp_path / "in")
    for verb in ("ledger", "list"):
        _, out, _ = _run(capfd, verb, case)
        assert "\x1b" not in out
        assert "red.bin" in out


def test_doctor_names_the_line_that_installs(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capfd, "doctor", "--json")
    parts = json.loads(out)
    assert code == 0
    assert {"name", "present", "without", "install"} <= set(parts[0])
    assert any(part["name"] == "tesseract" for part in parts)


def test_a_case_on_a_protected_medium_is_verified_and_what_would_write_says_why_not(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, filled: Path
) -> None:
    def refusing(self: CaseStore) -> None:
        raise CaseReadOnly(self.layout.root.name)

    monkeypatch.setattr(CaseStore, "acquire", refusing)
    code, out, said = _run(capfd, "verify", filled)
    assert (code, out.splitlines()[-1]) == (0, "Everything is as it was sealed.")
    assert "only be read here" in said
    code, _, said = _run(capfd, "rebuild", filled)
    assert (code, said.partition(":")[0]) == (2, "This case may be read here, and not written to")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_what_may_not_be_written_is_named_without_its_folders(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, filled: Path, number: int
) -> None:
    def refusing(*_: object) -> None:
        raise OSError(number, "no", "/home/somebody/out")

    monkeypatch.setattr("leakdesk.store.records.ledger", refusing)
    code, _, said = _run(capfd, "ledger", filled)
    assert (code, said.partition(". ")[0]) == (2, "A file or folder may not be opened or made: out")


def test_lists_are_held_against_a_case_that_somebody_else_is_writing_to(
    capfd: pytest.CaptureFixture[str], filled: Path
) -> None:
    with CaseStore.open(filled, write=True):
        code, out, said = _run(capfd, "screen", filled)
    assert (code, "cannot be written to now" in said) == (0, True)
    assert "No goods" in out


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("invoice\u202efdp.exe", "invoice⟦right-to-left override⟧fdp.exe"),
        ("a\u2028b\nc\x1b[31m", "a⟦line separator⟧b␊c␛[31m"),
        ("نامه\u200cها", "نامه\u200cها"),
        ("Договор №17", "Договор №17"),
    ],
)
def test_a_name_cannot_turn_a_line_of_the_terminal_round(name: str, shown: str) -> None:
    assert render.visible(name) == shown


def test_an_item_without_bytes_is_not_said_to_be_missing(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    home = tmp_path / "parcel"
    home.mkdir()
    (home / "elsewhere").symlink_to("/nowhere")
    (home / "page.bin").write_bytes(bytes(range(256)) * 3)
    case = new_case(tmp_path / "case")
    add_to(case, home)
    link, unread = (item["id"] for item in ledger_of(case)["items"])
    code, _, said = _run(capfd, "raw", case, link)
    assert (code, said.partition(":")[0]) == (2, "There is nothing to show of it")
    code, _, said = _run(capfd, "text", case, unread)
    assert (code, "leakdesk raw" in said, "no such" in said) == (2, True, False)


def test_a_report_that_is_nowhere_may_be_a_path_or_an_id(capfd: pytest.CaptureFixture[str], filled: Path) -> None:
    code, _, said = _run(capfd, "check", filled, "drafft.txt")
    assert (code, "neither a file nor a document" in said) == (2, True)


def test_what_is_left_of_a_pack_does_not_verify_and_an_empty_folder_is_none(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, said = _run(capfd, "verify", tmp_path)
    assert (code, "neither a case nor a pack" in said) == (2, True)
    (tmp_path / "index.html").write_text("<p>what was left</p>")
    code, out, _ = _run(capfd, "verify", tmp_path)
    assert (code, out.splitlines()[0]) == (1, "1. BAD root record")


@pytest.mark.parametrize("verb", ["list", "claims", "names", "routes", "offices", "note", "tag", "finding"])
def test_a_list_with_nothing_in_it_says_so_and_stays_empty_for_machines(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, verb: str
) -> None:
    case = new_case(tmp_path / "case")
    more = ["list"] if verb == "finding" else []
    code, out, said = _run(capfd, verb, case, *more)
    assert (code, out) == (0, "")
    assert said.startswith(("No ", "Nothing ", "This case is empty"))
    assert _run(capfd, verb, case, *more, "--json") == (0, "", "")


def test_names_that_are_all_different_are_said_to_be(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Oskar Vellin\nTove Almgren\n", "utf-8")
    assert _run(capfd, "match", "--all", tmp_path / "names.txt")[:2] == (0, "")
    assert "No two" in _run(capfd, "match", "--all", tmp_path / "names.txt")[2]


def test_a_ledger_of_an_interrupted_add_says_what_waits_and_does_not_alarm(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(self: Intake) -> None:
        raise KeyboardInterrupt

    case, home = new_case(tmp_path / "case"), tmp_path / "in"
    home.mkdir()
    for name in "ab":
        (home / f"{name}.txt").write_text(f"Letter {name}.\n")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Intake, "read_all", interrupted)
        add_to(case, home)
    _, out, _ = _run(capfd, "ledger", case)
    assert out.splitlines()[0].endswith("so far: read 0 + partial 0 + failed 0")
    assert out.splitlines()[1].startswith("2 items wait to be read, so this need not add up yet")
    add_to(case, home)
    assert _run(capfd, "ledger", case)[1].startswith("found 2 = read 2 +")


def test_lines_of_a_list_that_are_not_compared_are_named(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text(f"Oskar Vellin\n\n{'A' * 2000}\nOskar Vellin\n...\n", "utf-8")
    for more in ((), ("--json",)):
        _, out, said = _run(capfd, "match", "--all", tmp_path / "names.txt", *more)
        assert len(out.splitlines()) == 1
        assert said.splitlines() == [
            "1 line left out, longer than 1,000 characters: 3",
            "2 lines left out, without a letter or digit: 2, 5",
        ]


def test_a_page_of_hits_says_how_many_stand_behind_it(capfd: pytest.CaptureFixture[str], filled: Path) -> None:
    total = int(_run(capfd, "search", filled, "--limit", "0")[1].partition(" ")[0])
    _, out, _ = _run(capfd, "search", filled, "--limit", "2", "--offset", "1")
    assert out.rstrip().endswith(f"{total - 3:,} more: --offset 3, or all of them along: --format csv")
    assert " more: " not in _run(capfd, "search", filled, "--limit", str(total))[1]


def test_texts_compared_are_called_by_their_names(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("post.txt", "dispatch.txt"):
        (tmp_path / name).write_text("The kiln works sold nine valves in May 2031, the ministry said.", "utf-8")
    _, out, _ = _run(capfd, "compare", tmp_path / "post.txt", tmp_path / "dispatch.txt")
    assert "post.txt" in out
    assert "report:" not in out


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case that was read deeply, with one item that is not read."""
    home = tmp_path_factory.mktemp("told")
    (home / "parcel").mkdir()
    (home / "parcel" / "letter.txt").write_text("Oskar Vellin met Tove Almgren in Ostrava in May 2031.", "utf-8")
    (home / "parcel" / "page.bin").write_bytes(bytes(range(256)) * 3)
    case = new_case(home / "case")
    assert run(["add", str(case), str(home / "parcel"), "--jobs", "1", "--json"]) == 0
    return case


@pytest.mark.parametrize("verb", ["merge", "apart"])
def test_a_name_is_not_judged_against_itself(capfd: pytest.CaptureFixture[str], told: Path, verb: str) -> None:
    one, other, *_ = (json.loads(line)["id"] for line in _run(capfd, "names", told, "--json")[1].splitlines())
    code, out, said = _run(capfd, "names", verb, told, one, one)
    assert (code, out, "one already" in said) == (2, "", True)
    assert _run(capfd, "names", verb, told, one, other)[0] == 0
    assert _run(capfd, "names", "undo", told, one)[0] == 0


def test_retry_says_what_is_still_not_read(capfd: pytest.CaptureFixture[str], told: Path) -> None:
    code, out, _ = _run(capfd, "retry", told, "--jobs", "1")
    assert (code, "Found 2: 1 read, 0 in part, 1 not." in out, "leakdesk ledger" in out) == (0, True, True)


def test_exposure_of_nothing_says_that_nothing_is_accepted(capfd: pytest.CaptureFixture[str], told: Path) -> None:
    code, _, said = _run(capfd, "exposure", told)
    assert (code, "No accepted finding" in said) == (0, True)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "This text is empty."),
        ("卡尔斯克工厂在2023年5月修理了十四台泵。", "none of the languages"),
        ("A quiet day.", "No claim"),
    ],
)
def test_a_text_without_a_claim_says_why(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "text.txt").write_text(text, "utf-8")
    code, out, _ = _run(capfd, "read", tmp_path / "text.txt")
    assert (code, says in out) == (0, True)


def test_one_is_told_as_one_and_many_as_many() -> None:
    assert [render.several(number, "document") for number in (0, 1, 2000)] == [
        "0 documents",
        "1 document",
        "2,000 documents",
    ]
    assert render.several(2, "further copy", "further copies") == "2 further copies"


def test_a_hit_without_a_title_says_where_it_was_found(capfd: pytest.CaptureFixture[str], told: Path) -> None:
    code, out, _ = _run(capfd, "search", told, "Vellin")
    assert (code, out.splitlines()[0].partition(" (")[0]) == (0, "1 document")
    assert out.splitlines()[2].endswith("  parcel/letter.txt")
