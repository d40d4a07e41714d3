"""Asks the desk without a network: one request through the whole application, door included."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from leakdesk.desk import Desk
from leakdesk.web.app import application
from leakdesk.web.security import Doorkeeper
from tests.support.loops import run

HOST = "127.0.0.1:4321"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(slots=True)
class Client:
    """A browser that has opened the link."""

    desk: Desk
    app: Any = None
    cookie: str = ""
    door: Doorkeeper = field(default_factory=lambda: Doorkeeper(port=4321))

    def __post_init__(self) -> None:
        self.app = application(self.desk, self.door)
        entered = self.get(f"/?token={self.door.token}")
        assert entered.status == 303
        self.cookie = entered.headers["set-cookie"].split(";")[0]

    def get(
        self,
        address: str,
        *,
        method: str = "GET",
        host: str = HOST,
        cookie: str | None = None,
        body: bytes = b"",
        **headers: str,
    ) -> Answer:
        parts = urlsplit(address)
        sent: list[dict[str, Any]] = []

        async def send(message: Any) -> None:
            sent.append(message)

        asked = [body]

        async def receive() -> Any:
            if not asked:
                await asyncio.Event().wait()  # a browser that stays until it has its answer
            return {"type": "http.request", "body": asked.pop(), "more_body": False}

        own = {"host": host, "cookie": self.cookie if cookie is None else cookie, **headers}
        scope = {
            "type": "http", "method": method, "path": unquote(parts.path), "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(), "root_path": "", "scheme": "http", "server": ("127.0.0.1", 4321),
            "client": ("127.0.0.1", 5), "http_version": "1.1", "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in own.items()],
        }  # fmt: skip
        run(self.app(scope, receive, send))
        found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:]))

    def change(self, what: str, **asked: Any) -> Answer:
        """What a button of one of our own pages sends."""
        own = {"origin": f"http://{HOST}", "content_type": "application/json"}
        return self.get(f"/change/{what}", method="POST", body=json.dumps(asked).encode(), **own)
