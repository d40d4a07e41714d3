"""A case of odd words: titles without a blank on narrow screens, and a finding that nobody graded, seen and printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from leakdesk.desk import Desk
from leakdesk.store.case import CaseStore
from leakdesk.testing import LeakSimulator
from tests.browser.conftest import OpenDesk, open_desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("odd")]
LONG = "Ж" * 300
REPORT = (
    "Kiln works sold nine valves\n\nThe Ostrava kiln works sold nine valves to a brewery in May 2031, letters show."
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    parcel = LeakSimulator(seed=4)
    parcel.letter(subject=LONG, body="The Ostrava kiln works sold nine valves to a brewery in May 2031.")
    (folder / "parcel.zip").write_bytes(parcel.zip())
    (folder / "report.txt").write_text(REPORT, "utf-8")
    CaseStore.create(folder / "case").close()
    with Desk.open(folder / "case", write=True) as desk:
        desk.intake.add(folder / "parcel.zip", jobs=1)
        desk.intake.add(folder / "report.txt", jobs=1, as_="report", outlet=LONG)
        claim = next(iter(desk.claims.list()))
        desk.findings.draft(claim["document"], claim["id"])
    return folder / "case"


@pytest.fixture(scope="module")
def odd(browser: Browser, case: Path) -> Iterator[OpenDesk]:
    with open_desk(browser, case) as tab:
        yield tab


@pytest.mark.parametrize("width", [390, 1280])
def test_a_title_without_a_blank_stays_on_the_screen(odd: OpenDesk, case: Path, width: int) -> None:
    odd.page.set_viewport_size({"width": width, "height": 900})
    with Desk.open(case) as desk:
        every = list(desk.documents.list())
    own = [f"/d/{one['id']}" for one in every]
    checks = [f"/check/{one['id']}" for one in every if one["kind"] == "report"]
    assert checks
    for path in ["/", "/search?q=valves", "/names", "/screening", "/technical", "/findings", *own, *checks]:
        odd.go(path)
        assert odd.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_finding_that_nobody_graded_looks_like_one_and_no_choice_is_printed(odd: OpenDesk) -> None:
    odd.go("/findings")
    boxes = odd.page.locator("form[data-change=grade] select")
    assert boxes.count() == 2
    assert [boxes.nth(at).input_value() for at in range(2)] == ["", ""]
    odd.page.get_by_role("button", name="Grade").click()
    assert odd.page.locator("p.grade").count() == 0
    odd.page.emulate_media(media="print")
    assert not boxes.first.is_visible()
    odd.page.emulate_media(media="screen")
