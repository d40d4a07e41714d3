"""Searching in a real browser: facets and bars are followed, tags pressed by mouse and key, searches saved, hits taken along."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from leakdesk.desk import Desk
from tests.browser.conftest import Listener, OpenDesk, open_desk
from tests.work.parcels import add_to, letter, mbox, new_case

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searched")
    letters = [letter(n, text=f"Печь номер {n}. " + ("Склад." if n % 2 else "")) for n in range(12)]
    letters[3] = letters[3].replace(b"Date: Mon, 3 Apr 2023 10:03:00 +0300", b"Date: Tue, 2 May 2023 09:00:00 +0300")
    (folder / "box.mbox").write_bytes(mbox(letters))
    made = new_case(folder / "case")
    add_to(made, folder / "box.mbox")
    return made


@pytest.fixture(scope="module")
def desk(browser: Browser, case: Path) -> Iterator[OpenDesk]:
    with open_desk(browser, case) as opened:
        yield opened


def _heading(desk: OpenDesk) -> str:
    return desk.page.locator("h1").inner_text()


def _pressed(case: Path, tag: str) -> int:
    with Desk.open(case) as desk:
        return desk.search(f"tag:{tag}").total


def test_a_facet_and_a_bar_narrow_to_what_they_count(desk: OpenDesk) -> None:
    desk.go("/search?q=печь")
    assert _heading(desk).startswith("12 documents")
    link = desk.page.locator(".facets a").first
    count = link.locator(".quiet").inner_text()
    link.click()
    assert _heading(desk).split()[0] == count
    desk.go("/search?q=печь")
    desk.page.locator(".histogram a").nth(1).click()
    assert _heading(desk).split()[0] == "1"
    assert desk.said == []


def test_tags_are_pressed_by_mouse_and_by_key(desk: OpenDesk, case: Path) -> None:
    desk.go("/search?q=склад")
    button = desk.page.locator("article.hit").first.locator("button.tag", has_text="relevant")
    button.click()
    desk.page.wait_for_selector("#said:has-text('Tagged as relevant')")
    assert button.get_attribute("aria-pressed") == "true"
    assert _pressed(case, "relevant") == 1
    desk.page.locator("h1").click()
    for key in ("j", "m"):
        desk.page.keyboard.press(key)
    desk.page.wait_for_selector("#said:has-text('No longer tagged as relevant')")
    assert _pressed(case, "relevant") == 0
    desk.page.keyboard.press("r")
    desk.page.wait_for_selector("#said:has-text('Tagged as read')")
    desk.go("/search?q=склад -tag:read")
    assert _heading(desk).startswith("5 documents")


def test_letters_typed_into_a_field_press_no_tag(desk: OpenDesk, case: Path) -> None:
    before = _pressed(case, "privileged")
    desk.go("/search?q=склад")
    desk.page.locator("form.save input").focus()
    desk.page.keyboard.type("prompt")
    assert desk.page.locator("form.save input").input_value() == "prompt"
    assert _pressed(case, "privileged") == before


def test_a_search_is_saved_and_stands_on_the_empty_page(desk: OpenDesk) -> None:
    desk.go("/search?q=склад")
    desk.page.locator("form.save input").fill("склады")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("#said:has-text('Saved as склады')")
    desk.go("/search")
    row = desk.page.locator("table.saved tbody tr")
    assert row.locator("td").all_inner_texts()[:3] == ["склады", "6", "0"]
    row.locator("a").first.click()
    assert _heading(desk).startswith("6 documents")
    desk.go("/search")
    desk.page.locator("button", has_text="forget").click()
    desk.page.wait_for_selector("table.saved", state="detached")


def test_a_refused_change_is_said(desk: OpenDesk, case: Path) -> None:
    desk.go("/search?q=склад")
    with Desk.open(case, write=True):
        desk.page.locator("article.hit").nth(2).locator("button.tag").first.click()
        desk.page.wait_for_selector("#said:has-text('Another leakdesk is writing')")
    assert desk.page.locator("article.hit").nth(2).locator("button.tag").first.get_attribute("aria-pressed") == "false"
    desk.said.clear()  # the browser notes a refused request by itself


def test_hits_are_taken_along_as_a_file(desk: OpenDesk) -> None:
    desk.go("/search?q=склад")
    with desk.page.expect_download() as waiting:
        desk.page.locator("a", has_text="CSV").click()
    with Path(waiting.value.path()).open(newline="", encoding="utf-8") as table:
        assert len(list(csv.DictReader(table))) == 6


@pytest.mark.parametrize("path", ["/search", "/search?q=печь"])
@pytest.mark.parametrize("width", [400, 1200])
def test_the_page_fits_its_window(desk: OpenDesk, path: str, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 900})
    desk.go(path)
    assert desk.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    desk.page.set_viewport_size({"width": 1200, "height": 900})


def test_nothing_was_asked_of_anybody_else(desk: OpenDesk, listener: Listener) -> None:
    assert desk.elsewhere == []
    assert listener.for_letters == []
    assert desk.said == []
    assert desk.dialogs == []
