"""A Chromium that may reach nothing but the desk, and desks to open in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from leakdesk.desk import Desk
from leakdesk.store.case import CaseStore
from tests.browser import remote
from tests.web import hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = Path(os.environ.get("LEAKDESK_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(slots=True)
class Listener:
    """Answers to every name there is: Chromium is told that all of them live here. Keeps the first bytes of each visit, which
    hold the name that was asked for (in an HTTP request, or in the greeting of a TLS connection)."""

    port: int = 0
    came: list[bytes] = field(default_factory=list[bytes])
    _socket: socket.socket | None = None

    @property
    def for_letters(self) -> list[bytes]:
        """Visits for the sake of a letter: every name in our cases ends in .example, none of the browser's own errands does."""
        return [first for first in self.came if b".example" in first]

    def start(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._socket is not None
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(1)
                try:
                    self.came.append(caller.recv(65_536))
                except OSError:
                    self.came.append(b"")

    def stop(self) -> None:
        if self._socket is not None:
            self._socket.close()


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    made = Listener()
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def browser(listener: Listener) -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM} (set LEAKDESK_CHROMIUM)")
    everywhere = f"--host-resolver-rules=MAP * 127.0.0.1:{listener.port}, EXCLUDE 127.0.0.1"
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*ARGUMENTS, everywhere])
        yield started
        started.close()


@dataclass(slots=True)
class OpenDesk:
    """A desk in a tab, with everything that the tab asked for, said and popped up."""

    base: str
    link: str
    page: Page
    asked: list[str] = field(default_factory=list[str])
    said: list[str] = field(default_factory=list[str])
    dialogs: list[str] = field(default_factory=list[str])

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    @property
    def elsewhere(self) -> list[str]:
        """Addresses outside this desk that the tab asked for."""
        return [url for url in self.asked if not url.startswith((f"{self.base}/", "data:"))]


@contextmanager
def open_desk(browser: Browser, case: Path, context: BrowserContext | None = None) -> Iterator[OpenDesk]:
    """`leakdesk serve CASE`, as a person runs it: its first line is the link. In a private window, unless one is given."""
    server = subprocess.Popen([sys.executable, "-m", "leakdesk", "serve", str(case)], stdout=subprocess.PIPE, text=True)
    context = context or browser.new_context(viewport={"width": 1200, "height": 900}, service_workers="block")
    try:
        assert server.stdout is not None
        link = server.stdout.readline().strip()
        page = context.new_page()
        desk = OpenDesk(base=link.partition("/?")[0], link=link, page=page)
        context.on("request", lambda request: desk.asked.append(request.url))
        page.on(
            "console", lambda message: desk.said.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: desk.said.append(str(error)))
        page.on("dialog", lambda dialog: (desk.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(link)
        yield desk
    finally:
        context.close()
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def remote_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with one letter that tries every way out."""
    folder = tmp_path_factory.mktemp("remote")
    (folder / "letter.eml").write_bytes(remote.letter())
    CaseStore.create(folder / "case").close()
    with Desk.open(folder / "case", write=True) as desk:
        desk.intake.add(folder / "letter.eml", jobs=1)
    return folder / "case"


@pytest.fixture(scope="module")
def hostile_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.build(tmp_path_factory.mktemp("hostile"), deep=False)
