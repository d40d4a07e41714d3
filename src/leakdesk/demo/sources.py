"""Where the readable sources of the demo lie, and the two ways to read one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

Table = dict[str, Any]
_PACKAGE = "leakdesk.demo"


def source_text(name: str) -> str:
    """The text of one source file; `name` uses forward slashes."""
    return (files(_PACKAGE) / "sources").joinpath(*name.split("/")).read_text(encoding="utf-8")


def source_table(name: str) -> Table:
    """One TOML source file."""
    return tomllib.loads(source_text(name))


def source_names(folder: str) -> list[str]:
    """The files of one source folder in a fixed order."""
    place = (files(_PACKAGE) / "sources").joinpath(*folder.split("/"))
    return sorted(f"{folder}/{entry.name}" for entry in place.iterdir() if entry.is_file())


def font_bytes(name: str) -> bytes:
    """One of the prepared letter files (see `fonts/prepare.py`)."""
    return (files(_PACKAGE) / "fonts" / name).read_bytes()


def table_rows(name: str, columns: int) -> list[list[str]]:
    """Rows of a plain-text table: columns apart by blanks, `#` starts a remark line."""
    rows = [line.split() for line in source_text(name).splitlines() if line.strip() and not line.startswith("#")]
    wrong = [row[0] for row in rows if len(row) != columns]
    if wrong:
        raise ValueError(f"{name}: {wrong[0]} has not {columns} columns")
    return rows


@cache
def calendar_words(kind: str, language: str) -> list[str]:
    """Names of days or months, see `calendar.toml`."""
    return list(source_table("calendar.toml")[kind][language])
