"""Who may ask the desk, and what every answer forbids the browser to do.

Checked before any route, in this order:

1. the `Host` is our own loopback address (a page elsewhere that rebinds its name to 127.0.0.1 gets 403);
2. a request that changes something comes from our own page (`Origin`, `Sec-Fetch-Site`: 403) and carries JSON (415);
3. the visitor holds the session cookie, or the one-time token of the link that `serve` printed (401).

Every answer carries a policy under which nothing outside the desk can be loaded, framed or told where we came from.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "leakdesk"
SAFE_METHODS = frozenset({"GET", "HEAD"})
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'"
)
#: Sent with every answer, refusals included.
HEADERS: tuple[tuple[str, str], ...] = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)


def new_secret() -> str:
    """256 bits for a token or a session."""
    return secrets.token_urlsafe(32)


@dataclass(slots=True)
class Doorkeeper:
    """The one-time token and the sessions that it opened."""

    port: int
    token: str = field(default_factory=new_secret)
    new: Callable[[], str] = new_secret
    _used: bool = False
    _sessions: set[str] = field(default_factory=set[str])

    @property
    def hosts(self) -> frozenset[str]:
        """The names by which this desk may be called."""
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    @property
    def link(self) -> str:
        """The one-time link."""
        return f"http://127.0.0.1:{self.port}/?{urlencode({'token': self.token})}"

    def admit(self, token: str) -> str | None:
        """Spend the token for a session; None if it is wrong or spent."""
        if self._used or not hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        self._used = True
        session = self.new()
        self._sessions.add(session)
        return session

    def knows(self, session: str) -> bool:
        """Whether a session is one of ours."""
        return any(hmac.compare_digest(session.encode(), each.encode()) for each in self._sessions)


class Guard:
    """ASGI middleware that asks the doorkeeper before any route is looked up."""

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper) -> None:
        self.app = app
        self.door = doorkeeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], headers)
        if refusal:
            await _answer(send, *refusal)
            return
        if token := _token(scope):
            session = self.door.admit(token)
            if session:
                await _answer(send, 303, "", (("Location", "/"), ("Set-Cookie", _cookie(session))))
                return
            await _answer(send, 401, "This link was used already. Start leakdesk serve again for a new one.")
            return
        if not self.door.knows(_session(headers)):
            await _answer(send, 401, "Open the link that leakdesk serve printed in the terminal.")
            return
        await self.app(scope, receive, _with_headers(send))

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        if headers.get("host", "") not in self.door.hosts:
            return 403, "This desk answers to its own loopback address only."
        if headers.get("sec-fetch-site") == "cross-site":
            return 403, "Requests from other sites are refused."
        if method in SAFE_METHODS:
            return None
        if headers.get("origin", "").removeprefix("http://") not in self.door.hosts:
            return 403, "Changes are accepted from the desk's own pages only."
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return 415, "Changes are sent as JSON."
        return None


def _token(scope: Scope) -> str:
    values = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])
    return values[0] if scope["path"] == "/" else ""


def _session(headers: Headers) -> str:
    jar = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:  # garbage is no session
        return ""
    return jar[COOKIE].value if COOKIE in jar else ""


def _cookie(session: str) -> str:
    return f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict"


def _with_headers(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name.lower().encode() for name, _ in HEADERS}
            kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in own]
            message["headers"] = [*kept, *_encoded(HEADERS)]
        await send(message)

    return wrapped


async def _answer(send: Send, status: int, text: str, extra: Iterable[tuple[str, str]] = ()) -> None:
    body = text.encode()
    own = (("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body))))
    await send({"type": "http.response.start", "status": status, "headers": _encoded((*own, *extra, *HEADERS))})
    await send({"type": "http.response.body", "body": body})


def _encoded(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
