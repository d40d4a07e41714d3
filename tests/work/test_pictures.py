"""Pictures in a case's reports: one in two outlets, and a screenshot of a letter that leaves a sentence out."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from leakdesk.desk import Desk
from leakdesk.documents.ocr import installed_languages
from leakdesk.store import CaseStore
from leakdesk.work.again import recognise
from leakdesk.work.pipeline import Options, add
from tests.support.drawn import encoded, photograph, screenshot
from tests.work.parcels import letter, new_case, run

#: What they share is made once, by one worker.
pytestmark = pytest.mark.xdist_group("pictures")

SHOWN = ["We could ship these valves", "to the Lindmoor depot in March."]
KEPT_BACK = "This holds only if the licence comes before the new year."
LETTER = f"{' '.join(SHOWN)}\n{KEPT_BACK}\n"


def page(headline: str, text: str, *pictures: bytes) -> str:
    shown = "".join(f'<p><img src="data:image/png;base64,{base64.b64encode(one).decode()}"></p>' for one in pictures)
    return f"<html><body><h1>{headline}</h1><p>{text}</p>{shown}</body></html>"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    here = new_case(folder / "case")
    picture = photograph(7)
    cut = picture.crop((40, 27, 760, 506)).resize((480, 320))
    (folder / "leak").mkdir()
    (folder / "leak" / "1.eml").write_bytes(letter(1, text=LETTER))
    (folder / "leak" / "2.eml").write_bytes(letter(2))
    first = page("Valves for Lindmoor", "The depot at Lindmoor wanted valves, a letter shows.", encoded(picture), encoded(screenshot(SHOWN)))  # fmt: skip
    second = page("A depot and its valves", "Nobody at the works would speak about the crates on Monday.", encoded(cut))
    (folder / "a.html").write_text(first, "utf-8")
    (folder / "b.html").write_text(second, "utf-8")
    with CaseStore.open(here, write=True) as store:
        add(store, [folder / "leak"], Options(jobs=1))
        add(store, [folder / "a.html"], Options(jobs=1, as_="report", outlet="Lock Portal", published="2031-03-01"))
        add(store, [folder / "b.html"], Options(jobs=1, as_="report", outlet="Canal Blog", published="2031-03-05"))
        recognise(store, Options(jobs=1))
    return here


def report_of(desk: Desk, outlet: str) -> str:
    return next(str(each["id"]) for each in desk.documents.list("report") if each.get("outlet") == outlet)


def test_the_same_picture_in_two_outlets_is_said_and_makes_a_derivation_possible(case: Path) -> None:
    with Desk.open(case) as desk:
        a, b = report_of(desk, "Lock Portal"), report_of(desk, "Canal Blog")
        checked = desk.claims.check(desk.claims.reading(a), a)
        assert [at.report for picture in checked.pictures for at in picture.also_in] == [b]
        lineage = desk.claims.lineage_of_all()
    edge = next(edge for edge in lineage["edges"] if edge["to"] == f"report:{a}")
    assert (edge["from"], edge["certainty"], edge["reasons"]) == (
        f"report:{b}",
        "possible",
        ["both show the same picture"],
    )
    assert lineage["withdrawn"] == []


@pytest.mark.skipif("eng" not in installed_languages(), reason="tesseract is not installed")
def test_a_screenshot_is_matched_to_its_letter_and_what_it_leaves_out_is_shown(case: Path) -> None:
    with Desk.open(case) as desk:
        a = report_of(desk, "Lock Portal")
        shows = next(one.shows for one in desk.claims.check(desk.claims.reading(a), a).pictures if one.shows)
        text = desk.documents.text(shows.document)
    assert [(each.text, each.where) for each in shows.left_out] == [(KEPT_BACK, "below")]
    assert text[shows.left_out[0].start : shows.left_out[0].end] == KEPT_BACK
    said = run("check", case, a).stdout
    assert f"missing below: “{KEPT_BACK}”" in said


@pytest.mark.skipif("eng" not in installed_languages(), reason="tesseract is not installed")
def test_a_screenshot_given_as_a_file_is_matched_too(case: Path, tmp_path: Path) -> None:
    (tmp_path / "shot.png").write_bytes(encoded(screenshot(SHOWN)))
    found = json.loads(run("check", case, tmp_path / "shot.png", "--json").stdout)
    assert [each["text"] for each in found["pictures"][0]["shows"]["left_out"]] == [KEPT_BACK]
    assert found["pictures"][0]["document"] == "shot.png"
