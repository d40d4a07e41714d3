"""What can be changed from the desk: tags, notes, saved searches, and how a person grades a finding. Nothing that was received,
read or found.

Each change opens the case for writing, does one thing, and lets go again; while another leakdesk writes, it is refused with a
sentence. The door has checked before that the request comes from one of our own pages and carries JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from leakdesk.desk import Desk
from leakdesk.errors import CaseBusy, LeakdeskError, NotFound, UsageError

#: Bytes of one request, at most.
LARGEST = 100_000


class _Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page sends; each change takes what it needs."""

    document: str = ""
    tag: str = ""
    on: bool = True
    text: str = ""
    start: int = -1
    end: int = -1
    number: int = 0
    name: str = ""
    query: str = ""
    spelling: str = "variants"
    finding: str = ""
    source: str = ""
    information: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of one desk: path -> what it does in a case open for writing."""

    desk: Desk

    def routes(self) -> dict[str, Callable[[Desk, Any], Any]]:
        """All of them."""
        return {
            "/change/tag": _tag,
            "/change/note": _note,
            "/change/withdraw": lambda desk, asked: desk.notes.withdraw(asked.number, asked.document),
            "/change/save": _save,
            "/change/look": lambda desk, asked: desk.saved.look(asked.name),
            "/change/forget": _forget,
            "/change/grade": _grade,
        }

    def add_to(self, app: FastAPI) -> None:
        """Add the routes to the desk's."""
        for path, change in self.routes().items():
            app.post(path)(self._answering(change))

    def _answering(self, change: Callable[[Desk, Any], Any]) -> Callable[..., Any]:
        async def answer(request: Request) -> Response:
            body = await _body(request)
            return await run_in_threadpool(self._changed, change, body)

        return answer

    def _changed(self, change: Callable[[Desk, Any], Any], body: bytes) -> Response:
        try:
            asked = msgspec.json.decode(body, type=_Change)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return _said(400, "The page sent something that cannot be read. Load it again.")
        try:
            with Desk.open(self.desk.store.layout.root, write=True) as desk:
                done = change(desk, asked)
        except CaseBusy:
            return _said(409, "Another leakdesk is writing to this case. Try again when it is done.")
        except LeakdeskError as error:
            return _said(404 if isinstance(error, NotFound) else 400, error.sentence())
        return JSONResponse({"ok": True, "done": done})


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise UsageError("what the page sent is too long", try_="Write less.")
    return body


def _said(status: int, sentence: str) -> Response:
    return JSONResponse({"ok": False, "sentence": sentence}, status_code=status)


def _tag(desk: Desk, asked: _Change) -> Any:
    return desk.notes.tag(asked.document, asked.tag) if asked.on else desk.notes.untag(asked.document, asked.tag)


def _note(desk: Desk, asked: _Change) -> Any:
    place = (asked.start, asked.end) if asked.start >= 0 else None
    return desk.notes.add(asked.document, asked.text, place)


def _save(desk: Desk, asked: _Change) -> Any:
    return desk.saved.save(asked.name, asked.query, "exact" if asked.spelling == "exact" else "variants")


def _grade(desk: Desk, asked: _Change) -> Any:
    """A person's grade; the number is capped by the independent sources behind the finding."""
    return desk.findings.step(asked.finding, "grade", grade=f"{asked.source}{asked.information}").grade


def _forget(desk: Desk, asked: _Change) -> None:
    desk.saved.forget(asked.name)
