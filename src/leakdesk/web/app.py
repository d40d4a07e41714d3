"""The routes of the desk. Each takes what it needs from the address, builds the page's context, and fills a template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from leakdesk.errors import LeakdeskError, NotFound
from leakdesk.web import contexts
from leakdesk.web.security import Doorkeeper, Guard

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from leakdesk.desk import Desk

#: Files of the desk that a browser may ask for, with their types. Nothing else is served.
STATIC = {"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one desk."""

    desk: Desk

    def parcel(self) -> HTMLResponse:
        """The ledger."""
        return _page("parcel.html", contexts.parcel(self.desk))

    def search(self, q: str = "", spelling: str = "variants", offset: int = 0) -> HTMLResponse:
        """A search."""
        page = contexts.search(self.desk, q, spelling=spelling, offset=max(0, offset))
        return _page("search.html", page, status=400 if page.error else 200)

    def document(self, identity: str, q: str = "") -> HTMLResponse:
        """A document."""
        return _page("document.html", contexts.document(self.desk, identity, q))

    def names(self) -> HTMLResponse:
        """Who and what is named."""
        return _page("names.html", contexts.names(self.desk))

    def findings(self) -> HTMLResponse:
        """What was found."""
        return _page("findings.html", contexts.findings(self.desk))


def application(desk: Desk, door: Doorkeeper) -> ASGIApp:
    """The whole desk behind its door."""
    app = FastAPI(title="leakdesk", docs_url=None, redoc_url=None, openapi_url=None)
    pages = Pages(desk)
    routes = {
        "/": pages.parcel,
        "/search": pages.search,
        "/d/{identity}": pages.document,
        "/names": pages.names,
        "/findings": pages.findings,
    }
    for path, answer in routes.items():
        app.get(path, response_class=HTMLResponse)(answer)
    app.get("/static/{name}")(_static)
    app.add_exception_handler(LeakdeskError, _explain)
    return Guard(app, door)


def _static(name: str) -> Response:
    if name not in STATIC:
        raise NotFound(name, try_="The desk has no such file.")
    return Response(_static_bytes(name), media_type=STATIC[name])


@cache
def _static_bytes(name: str) -> bytes:
    with as_file(files("leakdesk.web") / "static" / name) as path:
        return path.read_bytes()


async def _explain(_: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, NotFound) else 400
    sentence = error.sentence() if isinstance(error, LeakdeskError) else "Something unexpected happened."
    page = contexts.ErrorPage(
        title="Not found" if status == 404 else "This did not work", menu=contexts.menu(""), sentence=sentence
    )
    return _page("error.html", page, status=status)


def _page(template: str, page: contexts.Page, *, status: int = 200) -> HTMLResponse:
    return HTMLResponse(_templates().get_template(template).render(page=page), status_code=status)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("leakdesk.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
