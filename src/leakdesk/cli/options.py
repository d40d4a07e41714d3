"""Options and helpers that several verbs share."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from leakdesk.cli import render

case = click.argument("case", type=click.Path(path_type=Path))
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _quiet(_: click.Context, __: click.Parameter, value: bool) -> None:
    if value:
        render.quiet()


quiet = click.option("--quiet", is_flag=True, expose_value=False, callback=_quiet, help="No talk and no progress bar.")


def passwords(path: Path | None) -> tuple[str, ...]:
    """The lines of a password file, in order, each once."""
    if path is None:
        return ()
    from leakdesk.errors import NotReadable

    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NotReadable(str(path), try_="Give a text file with one password a line, in UTF-8.") from None
    return tuple(dict.fromkeys(line for line in text.splitlines() if line))


def where(location: Any) -> str:
    """A location for people."""
    return " › ".join(location)


def by_name(path: str) -> Any:
    """What "module:name" names. For the one chapter that stands below this one: the desk in the browser."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
