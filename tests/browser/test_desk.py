"""The desk in a real browser: the demo walked by hand and by keyboard, and letters that want to reach out or run."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from leakdesk.desk import Desk
from leakdesk.store.case import CaseStore
from leakdesk.testing import LeakSimulator
from tests.browser import remote
from tests.browser.conftest import ARGUMENTS, CHROMIUM, Listener, OpenDesk, open_desk
from tests.support.walked import Walked
from tests.web import hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
#: How long a page gets for anything it might still try to load.
PATIENCE = 300


@pytest.fixture(scope="module")
def demo(browser: Browser, walked: Walked) -> Iterator[OpenDesk]:
    with open_desk(browser, walked.out / "case") as desk:
        yield desk


@pytest.fixture
def director(walked: Walked) -> tuple[str, str]:
    """The best known official of the parcel: a name in Latin letters, and the Cyrillic family name."""
    with Desk.open(walked.out / "case") as desk:
        people = [one for one in desk.names.list() if one["schema"] == "Person" and one["role"] == "official"]
    spelled = [name["text"] for name in people[0]["names"]]
    latin = next(text for text in spelled if text.isascii() and " " in text)
    cyrillic = next(text for text in spelled if not text.isascii() and "." in text)
    return latin.split()[-1], cyrillic.split()[-1][:5]


# --- the demo, as a reporter walks it -----------------------------------------------------------------------------------------


def test_the_link_opens_the_desk_once(demo: OpenDesk) -> None:
    demo.go("/")
    assert demo.page.locator("h1").inner_text() == "The parcel"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(demo.link)  # noqa: S310 - our own loopback address
    assert refused.value.code == 401


def test_the_parcel_shows_the_equation_of_the_ledger(demo: OpenDesk, walked: Walked) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "leakdesk", "ledger", str(walked.out / "case"), "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    totals = json.loads(said.stdout)["totals"]
    demo.go("/")
    words = " ".join(demo.page.locator(".equation").inner_text().split())
    assert (
        words
        == f"{totals['found']} found = {totals['read']} read + {totals['partial']} partial + {totals['failed']} failed"
    )


def test_a_latin_name_finds_cyrillic_letters_and_says_why(demo: OpenDesk, director: tuple[str, str]) -> None:
    latin, cyrillic = director
    demo.go("/")
    demo.page.keyboard.press("/")
    demo.page.keyboard.type(latin)
    demo.page.keyboard.press("Enter")
    demo.page.wait_for_selector(".hit")
    marks = demo.page.locator(".snippet mark").all_inner_texts()
    assert any(mark.startswith(cyrillic) for mark in marks), marks[:9]
    assert demo.page.locator(".rule").first.inner_text().strip()
    exact = demo.page.locator("a", has_text="Only as written")
    before = demo.page.locator("h1").inner_text()
    exact.click()
    assert int(demo.page.locator("h1").inner_text().split()[0]) < int(before.split()[0])


def test_keys_walk_through_hits_and_open_one(demo: OpenDesk, director: tuple[str, str]) -> None:
    demo.go(f"/search?q={director[0]}")
    focused = "document.activeElement.getAttribute('href')"
    demo.page.keyboard.press("j")
    first = demo.page.evaluate(focused)
    demo.page.keyboard.press("j")
    second = demo.page.evaluate(focused)
    demo.page.keyboard.press("k")
    assert demo.page.evaluate(focused) == first != second
    demo.page.keyboard.press("Enter")
    demo.page.wait_for_selector(".text")
    assert demo.page.locator("#match").count() == 1
    assert demo.page.locator(".text mark").first.is_visible()


def test_tab_goes_through_the_page_in_reading_order_and_is_seen(demo: OpenDesk) -> None:
    demo.go("/")
    order = []
    for _ in range(10):
        demo.page.keyboard.press("Tab")
        order.append(
            demo.page.evaluate(
                "document.activeElement.innerText || document.activeElement.name || document.activeElement.tagName"
            )
        )
    menu = ["Parcel", "Search", "Names", "Screening", "Technical", "Findings"]
    assert order == ["Skip to the page", "leakdesk", *menu, "q", "Search"]
    demo.page.locator("nav a").first.focus()
    demo.page.keyboard.press("Tab")
    assert demo.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_skip_leads_past_the_menu(demo: OpenDesk) -> None:
    demo.go("/")
    demo.page.keyboard.press("Tab")
    demo.page.keyboard.press("Enter")
    assert demo.page.evaluate("document.activeElement.id") == "main"


def test_names_and_claims_can_be_put_away(demo: OpenDesk, walked: Walked) -> None:
    with Desk.open(walked.out / "case") as desk:
        report = next(desk.documents.list("report"))["id"]
    demo.go(f"/d/{report}")
    decoration = "getComputedStyle(document.querySelector('.text .name:not(mark)')).textDecorationLine"
    assert demo.page.evaluate(decoration) == "underline"
    demo.page.locator("#show-names").uncheck()
    assert demo.page.evaluate(decoration) == "none"


def test_a_finding_leads_to_its_passage(demo: OpenDesk) -> None:
    demo.go("/findings")
    first = demo.page.locator(".finding blockquote").first
    exact, link = first.locator("mark").inner_text(), first.locator("a")
    link.click()
    demo.page.wait_for_selector("mark.here")
    shown = "".join(demo.page.locator("mark.here").all_text_contents())
    assert " ".join(shown.split()) == " ".join(exact.split())
    assert demo.page.locator("mark.here").first.is_visible()


@pytest.mark.parametrize("path", ["/", "/technical"])
def test_tables_of_sentences_stand_whole_on_a_narrow_screen(demo: OpenDesk, path: str) -> None:
    demo.page.set_viewport_size({"width": 390, "height": 900})
    try:
        demo.go(path)
        wide = "[...document.querySelectorAll('.wide')].filter(e => !e.querySelector('th.number'))"
        assert demo.page.evaluate(f"{wide}.length") > 0
        assert demo.page.evaluate(f"{wide}.every(e => e.scrollWidth <= e.clientWidth)")
    finally:
        demo.page.set_viewport_size({"width": 1200, "height": 900})


@pytest.mark.parametrize("path", ["/", "/search?q=machine", "/names", "/screening", "/technical", "/findings"])
@pytest.mark.parametrize("width", [400, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_their_window(demo: OpenDesk, path: str, width: int, scheme: str) -> None:
    demo.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    demo.page.set_viewport_size({"width": width, "height": 900})
    try:
        demo.go(path)
        assert demo.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        colours = demo.page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert colours[0] != colours[1]
    finally:
        demo.page.set_viewport_size({"width": 1200, "height": 900})
        demo.page.emulate_media(color_scheme="light")


def test_a_printed_letter_can_be_read_and_has_its_older_mail(demo: OpenDesk, walked: Walked, tmp_path: Path) -> None:
    import pypdfium2

    with Desk.open(walked.out / "case") as desk:
        letter = next(
            d
            for d in desk.documents.list("message")
            if any(s.role == "quoted" for s in desk.documents.layer(d["id"]).segments)  # type: ignore[union-attr]
        )
        layer = desk.documents.layer(letter["id"])
    assert layer is not None
    own = next(
        layer.text[s.start : s.end].split()
        for s in layer.segments
        if s.role == "body" and layer.text[s.start : s.end].split()
    )
    older = next(
        layer.text[s.start : s.end].split()
        for s in layer.segments
        if s.role == "quoted" and len(layer.text[s.start : s.end].split()) > 3
    )
    demo.go(f"/d/{letter['id']}")
    assert demo.page.locator(".text details:not([open])").count()
    demo.page.pdf(path=tmp_path / "letter.pdf", prefer_css_page_size=True)
    printed = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "letter.pdf"))
    assert max(own, key=len) in printed
    assert max(older, key=len) in printed
    assert "Search" not in printed


def test_the_whole_walk_asked_nobody_else_and_broke_no_rule(
    demo: OpenDesk, director: tuple[str, str], listener: Listener
) -> None:
    for path in ("/", f"/search?q={director[0]}", "/names", "/screening", "/technical", "/findings"):
        demo.go(path)
    demo.page.wait_for_timeout(PATIENCE)
    assert len(demo.asked) > 4
    assert demo.elsewhere == []
    assert listener.for_letters == []
    assert demo.said == []
    assert demo.dialogs == []


# --- S5: letters that want to reach out -----------------------------------------------------------------------------------------


def test_the_listener_would_notice(browser: Browser, listener: Listener) -> None:
    """The same page opened as a page does ask: or the silence below would prove nothing."""
    context = browser.new_context()
    page = context.new_page()
    secure = remote.address(2).replace("http:", "https:")
    page.set_content(f'<img src="{remote.address(1)}"><link rel="stylesheet" href="{secure}">')
    until = time.monotonic() + 10
    while len(listener.for_letters) < 2 and time.monotonic() < until:
        page.wait_for_timeout(100)
    context.close()
    for name in (b"v01.tracker.example", b"v02.tracker.example"):
        assert any(name in visit for visit in listener.for_letters)
    listener.came.clear()


def test_forty_ways_to_phone_home_stay_silent(browser: Browser, listener: Listener, remote_case: Path) -> None:
    assert len(remote.VECTORS) >= 40
    listener.came.clear()
    with Desk.open(remote_case) as desk:
        documents = [one["id"] for one in desk.documents.list()]
    with open_desk(browser, remote_case) as tab:
        for path in ("/", "/search?q=figures", "/search?q=tracker", *(f"/d/{own}" for own in documents)):
            tab.go(path)
            tab.page.wait_for_timeout(PATIENCE)
        text = tab.page.locator("body").inner_text()
        assert tab.elsewhere == []
        assert tab.said == []
    assert text
    assert listener.for_letters == []


def test_how_many_trackers_there_are_is_said(browser: Browser, remote_case: Path) -> None:
    with Desk.open(remote_case) as desk:
        letter = next(desk.documents.list("message"))["id"]
    with open_desk(browser, remote_case) as tab:
        tab.go(f"/d/{letter}")
        noticed = tab.page.locator(".provenance").inner_text()
    assert "references to other servers; none was followed" in noticed


# --- P9: what a session leaves behind ---------------------------------------------------------------------------------------------


def test_no_word_of_a_letter_stays_in_the_browsers_profile(browser: Browser, tmp_path: Path) -> None:
    """An ordinary window with a history, not a private one. (What the reporter searches for is in the addresses, and stays.)"""
    case = tmp_path / "case"
    parcel = LeakSimulator(seed=4)
    subject, body, name = "zugunruhesubject", "zugunruhebody", "zugunruhename"
    parcel.letter(
        subject=f"About {subject}",
        body=f"Nine of {body} arrived.",
        attachments=[(f"{name}.txt", body.encode(), "text/plain")],
    )
    (tmp_path / "mail.mbox").write_bytes(parcel.mbox())
    CaseStore.create(case).close()
    with Desk.open(case, write=True) as desk:
        desk.intake.add(tmp_path / "mail.mbox", jobs=1, deep=False)
        documents = [one["id"] for one in desk.documents.list()]
    profile = tmp_path / "profile"
    start = browser.browser_type.launch_persistent_context
    with (
        start(str(profile), executable_path=str(CHROMIUM), args=ARGUMENTS) as context,
        open_desk(browser, case, context) as tab,
    ):
        for path in ("/", "/search?q=nine", "/names", "/screening", "/technical", *(f"/d/{own}" for own in documents)):
            tab.go(path)
            tab.page.wait_for_timeout(PATIENCE)
    kept = [file for file in profile.rglob("*") if file.is_file()]
    assert any(b"127.0.0.1" in file.read_bytes() for file in kept if file.name == "History")
    for word in (subject, body, name):
        for spelled in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")):
            assert not [file.name for file in kept if spelled in file.read_bytes()], word


# --- S7: letters that want to run -------------------------------------------------------------------------------------------------


def test_a_hundred_planted_strings_raise_no_dialog(browser: Browser, listener: Listener, hostile_case: Path) -> None:
    assert len(set(hostile.XSS)) >= 100
    listener.came.clear()
    with Desk.open(hostile_case) as desk:
        letters = [one["id"] for one in desk.documents.list("message") if "evil.example" in json.dumps(one["from"])]
    assert len(letters) >= 100
    with open_desk(browser, hostile_case) as tab:
        for path in (
            "/",
            "/names",
            "/screening",
            "/technical",
            "/findings",
            *(f"/search?q=alert&offset={20 * n}" for n in range(6)),
            *(f"/d/{own}?q=alert" for own in letters),
        ):
            tab.go(path)
        # What waits for a hand: fold everything open and touch every link and mark once.
        tab.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        tab.page.evaluate(
            "document.querySelectorAll('main *').forEach(e => e.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})))"
        )
        tab.page.wait_for_timeout(PATIENCE)
        assert tab.dialogs == []
        assert tab.said == []
        assert tab.elsewhere == []
    assert listener.for_letters == []
