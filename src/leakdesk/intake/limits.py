"""How far a hostile file may go: three named tables of limits (limits.toml)."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import msgspec

from leakdesk.errors import UsageError


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """One column of limits.toml; 0 means no limit. Sizes are bytes, times seconds, text code points."""

    depth: int
    members: int
    expansion: int
    expansion_after: int
    expanded_bytes: int
    wall_seconds: float
    cpu_seconds: float
    memory_bytes: int
    text_chars: int
    pages: int
    pixels: int
    ocr_seconds_per_page: float
    ocr_pages: int

    def allowance(self, top_size: int) -> int:
        """Bytes that may come out of archives below one given file of this size."""
        allowed = max(self.expansion_after, self.expansion * top_size) if self.expansion else 1 << 62
        return min(allowed, self.expanded_bytes) if self.expanded_bytes else allowed

    def member_allowance(self) -> int:
        """Members of archives below one given file."""
        return self.members or 1 << 62


NAMES = ("small", "default", "big")


def limits(name: str = "default") -> Limits:
    """The limits called small, default or big."""
    table = tomllib.loads((files("leakdesk.intake") / "limits.toml").read_text("utf-8"))
    if name not in table:
        raise UsageError(f"no limits called {name}", try_="Say --limits small, default or big.")
    return msgspec.convert(table[name], Limits)
