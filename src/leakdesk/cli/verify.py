"""leakdesk verify"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@options.as_json
@options.quiet
def command(path: Path, as_json: bool) -> None:
    """Check a case, or a pack, offline: numbered steps, exit code 1 on any change.

    \b
    Example:
      leakdesk verify case
      leakdesk verify publication
    """
    found = verify_pack(path) if is_pack(path) else verify_case(path)
    if as_json:
        render.result(found)
    else:
        show(found)
    if not found["ok"]:
        raise click.exceptions.Exit(1)


def is_pack(path: Path) -> bool:
    """A folder with a root record, or with none of a case's files: then the pack's own first step says what is missing."""
    return (path / "root.json").exists() or (path / "findings.json").exists()


def verify_pack(path: Path) -> dict[str, Any]:
    """The steps over a pack, by the same verifier that travels in it."""
    from leakdesk.publish.verifier import verify

    return verify(path)


def verify_case(path: Path) -> dict[str, Any]:
    """The steps over a case; read-only where another command holds it."""
    from leakdesk.errors import CaseBusy
    from leakdesk.store import CaseStore
    from leakdesk.work.verifying import verify_case as verify

    with CaseStore.open(path) as store, render.bar() as show_bar:
        try:
            store.acquire()
        except CaseBusy:
            render.tell("Another command is writing to this case: what it is just doing may look unfinished.")
        return verify(store, lambda what, done, total: show_bar(what, done, total, "", False))


def show(found: dict[str, Any]) -> None:
    """The steps for people."""
    for step in found["steps"]:
        render.words(f"{step['number']}. {'ok ' if step['ok'] else 'BAD'} {step['name']}")
        if step["detail"]:
            render.words(f"      {step['detail']}")
    render.words(found["says"])
