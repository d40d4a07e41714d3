"""leakdesk verify"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--authority", type=click.Path(path_type=Path), help="A pack: certificates of the time-stamp authority you trust."
)
@click.option(
    "--audit", type=click.Path(path_type=Path), help="A pack: the case it was made from; looks behind every mask."
)
@options.as_json
@options.quiet
def command(path: Path, authority: Path | None, audit: Path | None, as_json: bool) -> None:
    """Check a case, or a pack, offline: numbered steps, exit code 1 on any change.

    A pack's steps are those of the verify.py inside it. With --authority attached time stamps are checked too; with --audit
    the pack is computed again from its case.

    \b
    Example:
      leakdesk verify case
      leakdesk verify publication
      leakdesk verify publication --authority authority.pem
      leakdesk verify publication --audit case
    """
    found = checked(path, authority, audit)
    if as_json:
        render.result(found)
    else:
        show(found)
    if not found["ok"]:
        raise click.exceptions.Exit(1)


#: Any of them makes a folder a pack, be it a broken one: then the pack's own first step says what is missing.
PACK_FILES = ("root.json", "root.json.sig", "findings.json", "verify.py", "index.html")


def is_pack(path: Path) -> bool:
    """A folder with a file of a pack, and without a case's description."""
    return not (path / "leakdesk.json").exists() and any((path / name).exists() for name in PACK_FILES)


def checked(path: Path, authority: Path | None, audit: Path | None) -> dict[str, Any]:
    """The steps for whatever PATH is."""
    from leakdesk.errors import NotFound
    from leakdesk.store import CaseStore
    from leakdesk.work.pack_checking import audit_pack, verify_pack

    if audit is not None:
        with CaseStore.open(audit) as store:
            return audit_pack(store, path)
    if is_pack(path):
        return verify_pack(path, authority)
    if authority is not None:
        raise click.UsageError("--authority is for packs; PATH is none.")
    if not (path / "leakdesk.json").exists():
        raise NotFound(f"{path} is neither a case nor a pack", try_="Give the folder of one of them.")
    return verify_case(path)


def verify_case(path: Path) -> dict[str, Any]:
    """The steps over a case; read-only where another command holds it, or where the medium can only be read."""
    from leakdesk.errors import CaseBusy, CaseReadOnly
    from leakdesk.store import CaseStore
    from leakdesk.work.verifying import verify_case as verify

    with CaseStore.open(path) as store, render.bar() as show_bar:
        try:
            store.acquire()
        except CaseBusy:
            render.tell("Another command is writing to this case: what it is just doing may look unfinished.")
        except CaseReadOnly:
            render.tell("This case can only be read here, which is all that is needed.")
        return verify(store, lambda what, done, total: show_bar(what, done, total, "", False))


def show(found: dict[str, Any]) -> None:
    """The steps for people."""
    for step in found["steps"]:
        render.words(f"{step.get('number') or step['letter']}. {'ok ' if step['ok'] else 'BAD'} {step['name']}")
        if step["detail"]:
            render.words(f"      {step['detail']}")
    render.words(found["says"])
