"""The routes of the desk. Each takes what it needs from the address, builds the page's context, and fills a template."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.exceptions import HTTPException

from leakdesk.errors import LeakdeskError, NotFound
from leakdesk.web import beside, contexts, documents, findings, names, parcel, reports, screening, searching
from leakdesk.web.changes import Changes
from leakdesk.web.pieces import visible
from leakdesk.web.security import Doorkeeper, Guard
from leakdesk.web.technical_page import technical_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from leakdesk.desk import Desk

#: Files of the desk that a browser may ask for, with their types. Nothing else is served.
STATIC = {"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8"}
#: One pages no deeper than this.
DEEPEST = 100_000


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one desk."""

    desk: Desk
    sources: findings.Sources = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sources", findings.Sources(self.desk))

    def parcel(self, offset: int = 0) -> HTMLResponse:
        """The ledger."""
        return _page("parcel.html", parcel.parcel(self.desk, _within(offset)))

    def search(self, q: str = "", spelling: str = "variants", offset: int = 0, sort: str = "") -> HTMLResponse:
        """A search."""
        page = searching.search(self.desk, q, spelling=spelling, offset=_within(offset), sort=sort)
        return _page("search.html", page, status=400 if page.error else 200)

    def table(self, q: str = "", spelling: str = "variants", sort: str = "") -> Response:
        """All hits of a search as a CSV table."""
        return _file("search.csv", searching.taken_along(self.desk, q, "csv", spelling=spelling, sort=sort))

    def lines(self, q: str = "", spelling: str = "variants", sort: str = "") -> Response:
        """All hits of a search as JSON, one a line."""
        return _file("search.jsonl", searching.taken_along(self.desk, q, "lines", spelling=spelling, sort=sort))

    def document(self, identity: str, q: str = "", at: str = "", part: int = 0) -> HTMLResponse:
        """A document."""
        return _page("document.html", documents.document(self.desk, identity, q, at, part))

    def report(self, identity: str) -> HTMLResponse:
        """A report held against the letters."""
        return _page("report.html", reports.report(self.desk, identity))

    def beside(self, identity: str, other: str) -> HTMLResponse:
        """Two reports side by side."""
        return _page("beside.html", beside.beside(self.desk, identity, other))

    def names(self, schema: str = "", offset: int = 0) -> HTMLResponse:
        """Who and what is named."""
        return _page("names.html", names.names(self.desk, schema, _within(offset)))

    def findings(self) -> HTMLResponse:
        """What was found."""
        return _page("findings.html", findings.findings(self.desk, self.sources))

    def screening(self, offset: int = 0) -> HTMLResponse:
        """What lists say, and the roads of goods."""
        return _page("screening.html", screening.screening(self.desk, _within(offset)))

    def technical(self, rule: str = "", offset: int = 0) -> HTMLResponse:
        """What can be said technically."""
        return _page("technical.html", technical_page(self.desk, rule, _within(offset)))

    def routes(self) -> dict[str, Callable[..., Response]]:
        """Path -> page: all of them."""
        return {
            "/": self.parcel,
            "/search": self.search,
            "/search.csv": self.table,
            "/search.jsonl": self.lines,
            "/d/{identity}": self.document,
            "/check/{identity}": self.report,
            "/beside/{identity}/{other}": self.beside,
            "/names": self.names,
            "/screening": self.screening,
            "/technical": self.technical,
            "/findings": self.findings,
        }


def application(desk: Desk, door: Doorkeeper) -> ASGIApp:
    """The whole desk behind its door."""
    return Guard(Silence(site(desk)), door)


def site(desk: Desk) -> FastAPI:
    """The desk's routes, without the door in front of them."""
    app = FastAPI(title="leakdesk", docs_url=None, redoc_url=None, openapi_url=None)
    for path, answer in Pages(desk).routes().items():
        app.get(path, response_class=HTMLResponse)(answer)
    app.get("/static/{name}")(_static)
    Changes(desk).add_to(app)
    for error in (LeakdeskError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(error, _explain)
    return app


class Silence:
    """The framework hands an unexpected error on to the server once its page is sent, and the server would print it with
    all its values. The page has said what there is to say: the kind of error and the line, never a text of the case."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(Exception):
            await self.app(scope, receive, send)


def _unexpected(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.filename.rpartition('leakdesk/')[2]}, line {last.lineno}"
    return f"Something unexpected happened ({type(error).__name__} in {place}). Nothing in the case was changed."


def _within(offset: int) -> int:
    return min(max(offset, 0), DEEPEST)


def _static(name: str) -> Response:
    if name not in STATIC:
        raise NotFound(name, try_="The desk has no such file.")
    return Response(_static_bytes(name), media_type=STATIC[name])


@cache
def _static_bytes(name: str) -> bytes:
    with as_file(files("leakdesk.web") / "static" / name) as path:
        return path.read_bytes()


async def _explain(_: Request, error: Exception) -> Response:
    if isinstance(error, LeakdeskError):
        return _error_page(404 if isinstance(error, NotFound) else 400, error.sentence())
    if isinstance(error, HTTPException):
        return _error_page(error.status_code, SENTENCES.get(error.status_code, HTTPStatus(error.status_code).phrase))
    if isinstance(error, RequestValidationError):
        return _error_page(400, "A number was expected in the address. Go back and follow a link.")
    return _error_page(500, _unexpected(error))


#: Status -> what it means here.
SENTENCES = {404: "The desk has no such page.", 405: "This page shows; it changes nothing. Decide on the command line."}


def _error_page(status: int, sentence: str) -> HTMLResponse:
    title = "Not found" if status == 404 else "This did not work"
    return _page(
        "error.html", contexts.ErrorPage(title=title, menu=contexts.menu(""), sentence=sentence), status=status
    )


def _file(name: str, lines: Iterable[str]) -> Response:
    kind = "text/csv" if name.endswith(".csv") else "application/x-ndjson"
    pieces = (line.encode("utf-8", "replace") for line in lines)
    own = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=f"{kind}; charset=utf-8", headers=own)


def _page(template: str, page: contexts.Page, *, status: int = 200) -> HTMLResponse:
    return HTMLResponse(_templates().get_template(template).render(page=page), status_code=status)


def shown(value: object) -> object:
    """What every value passes on its way to a page: invisible and direction characters become marks. Markup (`|e`) passes."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("leakdesk.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
