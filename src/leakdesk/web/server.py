"""The desk's server: loopback only, one process, no access log (addresses of pages hold what somebody searched for)."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakdesk.desk import Desk

LOOPBACK = "127.0.0.1"


def run(desk: Desk, port: int | None, say: Callable[[str], None]) -> None:
    """Serve until interrupted; says the one-time link first. Raises OSError where the port cannot be used."""
    import uvicorn

    from leakdesk.web.app import application
    from leakdesk.web.security import Doorkeeper

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port or 0))
        listener.listen()  # whoever follows the link at once waits until the desk is ready, and is not turned away
        door = Doorkeeper(port=listener.getsockname()[1])
        say(door.link)
        config = uvicorn.Config(
            application(desk, door),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="off",
        )
        uvicorn.Server(config).run(sockets=[listener])
