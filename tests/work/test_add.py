"""Items, identity, places and duplicates, as the contract fixes them."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from leakdesk.desk import Desk
from leakdesk.errors import CaseBusy, NotReadable, UsageError
from leakdesk.model.ids import document_id, sha256_hex
from leakdesk.store import CaseStore, custody, found, records
from leakdesk.work.run import Options
from tests.work.parcels import (
    PARCEL_ITEMS,
    add_to,
    documents_of,
    dump_of,
    items_of,
    ledger_of,
    letter,
    mbox,
    new_case,
    parcel,
    zipped,
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("filled")
    home = parcel(folder)
    case = new_case(folder / "case")
    add_to(case, home)
    return case, home


def test_every_item_is_counted_and_the_equation_holds(filled: tuple[Path, Path]) -> None:
    ledger = ledger_of(filled[0])
    assert ledger["totals"] == {"found": PARCEL_ITEMS, "read": PARCEL_ITEMS, "partial": 0, "failed": 0}
    assert ledger["equation_holds"]
    found = {tuple(c["location"]): c["found"] for c in ledger["containers"]}
    assert found[("parcel/box.mbox",)] == 16
    assert found[("parcel/deep.zip",)] == 14
    assert found[("parcel/deep.zip", "in.mbox")] == 8
    assert found[("parcel/deep.zip", "in.tar.gz")] == 2
    assert found[("parcel/box.mbox", "4", "older.eml")] == 1


def test_locations_have_one_step_a_container_and_equal_names_get_a_number(filled: tuple[Path, Path]) -> None:
    places = {tuple(item["location"]) for item in items_of(filled[0])}
    assert ("parcel/box.mbox", "2", "list.txt") in places
    assert ("parcel/box.mbox", "2", "list~2.txt") in places
    assert ("parcel/deep.zip", "same~2.txt") in places
    assert ("parcel/deep.zip", "in.tar.gz", "d/a.eml") in places
    assert ("parcel/deep.zip", "in.mbox", "3", "older.eml", "n.txt") in places
    assert not [place for place in places if any(step.startswith("/") for step in place)]


def test_a_message_is_its_own_bytes_wherever_it_was_seen(filled: tuple[Path, Path]) -> None:
    case, home = filled
    by_id = {line["id"]: line for line in documents_of(case)}
    plain = letter(0)
    line = by_id[document_id(sha256_hex(plain))]
    assert line["sha256"] == sha256_hex(plain)
    assert line["copies"] == 2
    assert ["parcel/box.mbox", "1"] in line["locations"]
    assert ["parcel/deep.zip", "in.tar.gz", "d/a.eml"] in line["locations"]
    assert line["parent"] == min(line["parents"])
    assert len(line["parents"]) == 2
    assert by_id[document_id(sha256_hex((home / "one.eml").read_bytes()))]["copies"] == 2


def test_one_level_of_quoting_is_undone_and_the_raw_range_is_what_dd_shows(filled: tuple[Path, Path]) -> None:
    case, home = filled
    whole = (home / "box.mbox").read_bytes()
    item = next(i for i in items_of(case) if i["location"] == ["parcel/box.mbox", "3"])
    raw = item["raw"]
    shown = whole[raw["start"] : raw["start"] + raw["length"]]
    assert sha256_hex(shown) == raw["sha256"]
    assert b"\n>From the beginning" in shown
    with CaseStore.open(case) as store, store.connect() as connection:
        sealed = store.originals.read(records.sha256_of(connection, item["id"]))
    assert b"\nFrom the beginning" in sealed
    assert b"\n>From me too" in sealed
    assert hashlib.sha256(sealed).hexdigest() == item["sha256"]


def test_adding_the_same_place_again_changes_nothing(filled: tuple[Path, Path]) -> None:
    case, home = filled
    before = dump_of(case)
    again = add_to(case, home)
    assert (again["documents"], again["duplicates"], again["bytes"]) == (0, 0, 0)
    assert again["found"] == PARCEL_ITEMS
    assert dump_of(case) == before


def test_a_second_place_is_one_more_item_and_no_new_document(tmp_path: Path) -> None:
    home = parcel(tmp_path)
    case = new_case(tmp_path / "case")
    first = add_to(case, home)
    second = tmp_path / "other"
    second.mkdir()
    shutil.copy(home / "deep.zip", second / "renamed.bin")
    shutil.copy(home / "one.eml", second / "x")
    again = add_to(case, second)
    assert again["documents"] == 0
    assert again["duplicates"] == 15 + 1
    assert again["found"] == first["found"] + 16
    assert ledger_of(case)["equation_holds"]
    with CaseStore.open(case) as store, store.connect() as connection:
        received = _received(connection)
    assert len(received) == len(set(received)) == again["found"]


def _received(connection: object) -> list[str]:
    from leakdesk.store import custody

    return [e.object_id for e in custody.events(connection) if e.verb == "received"]  # type: ignore[arg-type]


def test_ids_do_not_depend_on_order_names_or_overlap(tmp_path: Path) -> None:
    letters = [letter(n) for n in range(8)]
    boxes = {"a.mbox": mbox(letters[:5]), "b.mbox": mbox(letters[3:]), "c.mbox": mbox(list(reversed(letters)))}
    seen: list[set[str]] = []
    for number, order in enumerate((["a.mbox", "b.mbox", "c.mbox"], ["c.mbox", "b.mbox", "a.mbox"])):
        folder = tmp_path / str(number)
        folder.mkdir()
        case = new_case(folder / "case")
        for name in order:
            renamed = folder / (name if number == 0 else f"n{name}")
            renamed.write_bytes(boxes[name])
            add_to(case, renamed)
        lines = documents_of(case)
        seen.append({line["id"] for line in lines})
        assert sum(line["copies"] for line in lines if line["kind"] == "message") == 18
    assert seen[0] == seen[1]


def test_an_undecodable_name_keeps_its_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    raw = os.fsencode(folder) + b"/\xef\xf0\xff.txt"
    with open(raw, "wb") as file:  # noqa: PTH123
        file.write(b"x")
    case = new_case(tmp_path / "case")
    add_to(case, folder)
    [item] = items_of(case)
    assert "\ufffd" in item["location"][0]
    import base64

    assert base64.b64decode(item["location_bytes"][0]) == b"in/\xef\xf0\xff.txt"


def test_links_pipes_and_circles_are_rows_with_a_reason(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "circle").symlink_to(folder)
    (folder / "secret").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe")
    (folder / "real.txt").write_text("x")
    case = new_case(tmp_path / "case")
    summary = add_to(case, folder)
    assert summary["found"] == 4
    assert summary["failed"] == 3
    ledger = ledger_of(case)
    assert ledger["equation_holds"]
    assert {i["location"][0]: i["reason"] for i in ledger["items"]} == {
        "in/sub/circle": "a link to another place: not followed",
        "in/secret": "a link to another place: not followed",
        "in/pipe": "not a file (a pipe, a socket or a device)",
    }
    with CaseStore.open(case) as store, store.connect() as connection, pytest.raises(Exception, match="no bytes"):
        records.sha256_of(connection, ledger["items"][0]["id"])


def test_a_missing_path_and_the_case_itself_are_refused_before_anything_happens(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (tmp_path / "real.txt").write_text("x")
    with pytest.raises(NotReadable, match="does not exist"):
        add_to(case, tmp_path / "real.txt", tmp_path / "absent")
    with pytest.raises(UsageError, match="inside the case"):
        add_to(case, case / "originals")
    assert ledger_of(case)["totals"]["found"] == 0


def test_a_case_inside_the_given_folder_is_left_out(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (tmp_path / "real.txt").write_text("x")
    assert add_to(case, tmp_path)["found"] == 1


def test_a_second_writer_is_told_at_once(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    with CaseStore.open(case, write=True), pytest.raises(CaseBusy):
        CaseStore.open(case, write=True)


def test_reports_are_documents_of_their_own_dataset(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (tmp_path / "report.html").write_text("<html><body><p>The plant bought a lathe.</p></body></html>")
    add_to(
        case,
        tmp_path / "report.html",
        as_="report",
        outlet="Morning Post",
        published="2024-07-11",
        url="https://post.example/1",
    )
    [line] = documents_of(case)
    assert (line["kind"], line["outlet"], line["published"], line["url"]) == (
        "report",
        "Morning Post",
        "2024-07-11",
        "https://post.example/1",
    )


def test_every_document_is_found_by_the_kind_that_the_case_gives_it(tmp_path: Path) -> None:
    """The desk counts kinds from its tables and leads to a search for each: a report was kind:document there."""
    case = new_case(tmp_path / "case")
    (tmp_path / "report.html").write_text("<html><body><p>The plant bought a lathe.</p></body></html>")
    (tmp_path / "empty.txt").write_text("")
    add_to(case, tmp_path / "report.html", as_="report")
    add_to(case, tmp_path / "empty.txt", as_="report")
    (tmp_path / "box.mbox").write_bytes(mbox([letter(1), letter(2)]))
    add_to(case, tmp_path / "box.mbox")
    with Desk.open(case) as desk:
        kinds = desk.documents.kinds()
        assert kinds["report"] == 2
        assert {kind: desk.search(f"kind:{kind}").total for kind in kinds} == kinds


def test_a_report_given_again_with_another_outlet_or_day_is_put_right(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    report = tmp_path / "report.html"
    report.write_text("<html><body><p>The plant bought a lathe.</p></body></html>")
    add_to(case, report, as_="report", outlet="Mornin Post", published="2024-07-11", url="https://post.example/1")
    said = add_to(case, report, as_="report", outlet="Morning Post", published="2024-07-12")
    [line] = documents_of(case)
    assert (line["outlet"], line["published"], line["url"]) == ("Morning Post", "2024-07-12", "https://post.example/1")
    changed = {"outlet": ["Mornin Post", "Morning Post"], "published": ["2024-07-11", "2024-07-12"]}
    assert [one["changed"] for one in said["restated"]] == [changed]
    with CaseStore.open(case) as store, store.connect() as connection:
        last = list(custody.events(connection, line["id"]))[-1]
    assert (last.verb, "Mornin Post" in last.note, "2024-07-11" in last.note) == ("edited", True, True)
    assert "restated" not in add_to(case, report, as_="report", outlet="Morning Post")
    assert "restated" not in add_to(case, report, as_="report")


def test_another_day_of_a_report_is_read_deeply_again(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    report = tmp_path / "report.txt"
    report.write_text("The plant in Halm bought a lathe yesterday.\n")
    times = []
    for day in ("2024-07-11", "2024-07-21"):
        add_to(case, report, as_="report", published=day, deep=True)
        with CaseStore.open(case) as store, store.connect() as connection:
            reading = found.reading_of(connection, documents_of(case)[0]["id"])
        assert reading is not None
        times.append([claim.time.edtf for claim in reading.claims if claim.time])
    assert times == [["2024-07-10"], ["2024-07-20"]]


def test_a_letter_given_as_a_report_stays_a_letter_and_that_is_said(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (tmp_path / "one.eml").write_bytes(letter(1))
    add_to(case, tmp_path / "one.eml")
    said = add_to(case, tmp_path / "one.eml", as_="report", outlet="Morning Post")
    assert [one["in_leak"] for one in said["restated"]] == [True]
    assert all("outlet" not in line for line in documents_of(case))


def test_a_file_that_could_not_be_read_is_superseded_when_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    case = new_case(tmp_path / "case")
    with monkeypatch.context() as patched:
        patched.setattr("leakdesk.intake.receive.os.access", lambda path, mode: not str(path).endswith("a.txt"))
        assert add_to(case, folder)["failed"] == 1
    again = add_to(case, folder)
    assert (again["found"], again["read"], again["failed"]) == (1, 1, 0)
    assert ledger_of(case)["equation_holds"]


def test_two_jobs_write_what_one_job_writes(tmp_path: Path) -> None:
    home = parcel(tmp_path, messages=60)
    dumps = []
    for jobs in (1, 2):
        case = new_case(tmp_path / f"case{jobs}")
        add_to(case, home, jobs=jobs)
        dumps.append(dump_of(case))
    assert dumps[0] == dumps[1]


def test_a_zip_of_cyrillic_names_without_a_flag_is_read_as_cp866(tmp_path: Path) -> None:
    data = zipped([("MARK.txt", b"x")])
    name = "Акт1".encode("cp866")
    case = new_case(tmp_path / "case")
    (tmp_path / "a.zip").write_bytes(data.replace(b"MARK", name))
    add_to(case, tmp_path / "a.zip")
    item = next(i for i in items_of(case) if len(i["location"]) == 2)
    assert item["location"] == ["a.zip", "Акт1.txt"]


@pytest.mark.parametrize("day", ["12.07.2023", "yesterday", "2023-13", "2023-02-30", "2023-07-11 at noon"])
def test_a_report_of_no_day_of_the_calendar_is_refused_before_anything_is_read(day: str) -> None:
    with pytest.raises(UsageError, match="Give the day of the report as"):
        Options(as_="report", published=day)


@pytest.mark.parametrize(
    "day", ["2023", "2023-07", "2023-07-11", "2023-07-11T09:30:00", "2023-07-11T09:30+03:00", None]
)
def test_a_report_of_a_day_a_month_or_a_moment_is_taken(day: str | None) -> None:
    assert Options(as_="report", published=day).published == day
