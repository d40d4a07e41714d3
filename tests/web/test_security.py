"""S6: who may ask the desk."""

from __future__ import annotations

from typing import Any

import pytest

from leakdesk.web.security import COOKIE, HEADERS, Doorkeeper, Guard
from tests.support.loops import run

HOST = "127.0.0.1:4321"


async def _inner(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"referrer-policy", b"unsafe-url")]})
    await send({"type": "http.response.body", "body": b"inside"})


def ask(
    door: Doorkeeper, path: str = "/", method: str = "GET", query: str = "", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One request through the guard; underscores in header names stand for hyphens."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    raw = [
        (name.replace("_", "-").lower().encode(), value.encode()) for name, value in {"host": HOST, **headers}.items()
    ]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": raw}
    run(Guard(_inner, door)(scope, receive, send))  # type: ignore[arg-type]
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:])


def enter(door: Doorkeeper) -> str:
    status, headers, _ = ask(door, query=f"token={door.token}")
    assert status == 303
    return headers["set-cookie"].split(";")[0]


def test_without_the_link_nothing_is_shown() -> None:
    status, _, body = ask(Doorkeeper(port=4321))
    assert status == 401
    assert b"inside" not in body


def test_the_link_opens_once() -> None:
    door = Doorkeeper(port=4321)
    cookie = enter(door)
    assert ask(door, cookie=cookie)[0] == 200
    assert ask(door, query=f"token={door.token}")[0] == 401


def test_a_wrong_token_does_not_spend_the_right_one() -> None:
    door = Doorkeeper(port=4321)
    assert ask(door, query="token=guess")[0] == 401
    assert enter(door)


@pytest.mark.parametrize(
    "host", ["evil.example:4321", "127.0.0.1:80", "127.0.0.1", "", "localhost.evil.example:4321", "0.0.0.0:4321"]
)
@pytest.mark.parametrize("path", ["/", "/search", "/static/desk.css", "/nowhere"])
def test_a_foreign_host_is_refused_before_routing(host: str, path: str) -> None:
    door = Doorkeeper(port=4321)
    cookie = enter(door)
    assert ask(door, path, host=host, cookie=cookie)[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_changes_need_our_own_origin_and_json(method: str) -> None:
    door = Doorkeeper(port=4321)
    cookie = enter(door)
    json = {"content_type": "application/json"}
    assert ask(door, method=method, cookie=cookie, **json)[0] == 403
    assert ask(door, method=method, cookie=cookie, origin="http://evil.example", **json)[0] == 403
    assert ask(door, method=method, cookie=cookie, origin="null", **json)[0] == 403
    assert ask(door, method=method, cookie=cookie, origin=f"http://{HOST}", content_type="text/plain")[0] == 415
    assert ask(door, method=method, cookie=cookie, origin=f"http://{HOST}", **json)[0] == 200
    assert (
        ask(door, method=method, cookie=cookie, origin=f"http://{HOST}", sec_fetch_site="cross-site", **json)[0] == 403
    )


def test_a_page_elsewhere_cannot_even_read() -> None:
    door = Doorkeeper(port=4321)
    assert ask(door, cookie=enter(door), sec_fetch_site="cross-site")[0] == 403


@pytest.mark.parametrize("cookie", ["", COOKIE, f"{COOKIE}=", f"{COOKIE}=x", "\x00=;;=", "a" * 9000, f'{COOKIE}="\\'])
def test_a_broken_cookie_is_no_session(cookie: str) -> None:
    assert ask(Doorkeeper(port=4321), cookie=cookie)[0] == 401


def test_every_answer_carries_the_policy_and_no_cross_origin_permission() -> None:
    door = Doorkeeper(port=4321)
    cookie = enter(door)
    for answer in (ask(door, cookie=cookie), ask(door), ask(door, host="evil.example")):
        for name, value in HEADERS:
            assert answer[1][name.lower()] == value
        assert not any(name.startswith("access-control") for name in answer[1])


def test_the_cookie_is_for_this_desk_alone() -> None:
    door = Doorkeeper(port=4321)
    _, headers, _ = ask(door, query=f"token={door.token}")
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=Strict" in headers["set-cookie"]
