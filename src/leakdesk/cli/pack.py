"""leakdesk pack"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from leakdesk.publish.pack import Pack
    from leakdesk.publish.redact import Block


@click.command()
@options.case
@click.argument("findings", nargs=-1)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The folder to write, which must not exist yet."
)
@click.option("--key", type=click.Path(path_type=Path), help="An OpenSSH Ed25519 key (default: one made for the case).")
@click.option(
    "--number-people", is_flag=True, help="Masks carry numbers, so that readers can tell masked people apart."
)
@click.option(
    "--exposure-reason", default="", help="Why it is published although few could have held it. Names nobody."
)
@click.option(
    "--facsimiles",
    is_flag=True,
    help="Beside quotations from pages, pictures of the shown words, set anew.",
)
@click.option(
    "--clear",
    multiple=True,
    metavar="DOC:START-END",
    help="A blocked word that names nobody, as you have looked at it. Repeat it for more.",
)
@options.as_json
def command(
    case: Path,
    findings: tuple[str, ...],
    out: Path,
    key: Path | None,
    number_people: bool,
    exposure_reason: str,
    facsimiles: bool,
    clear: tuple[str, ...],
    as_json: bool,
) -> None:
    """Build the redacted publication that a stranger can verify. Without FINDINGS: all accepted ones.

    What blocks is printed with its place. --clear says that a word at such a place is no name; it is written to the log.

    \b
    Example:
      leakdesk pack case --out publication
    """
    from leakdesk.desk import Desk
    from leakdesk.errors import PackBlocked
    from leakdesk.work.resolving import entity as one_entity

    with Desk.open(case, write=True) as desk:
        written = desk.publish.pack(
            out,
            findings,
            key=key,
            number_people=number_people,
            reason=exposure_reason,
            cleared=frozenset(map(_place, clear)),
            facsimiles=facsimiles,
        )
        made = written.pack
        with desk.store.connect() as connection:
            reasons = why_blocked(made.blocked, lambda own: str(one_entity(connection, own)["caption"]), case)
    if as_json:
        render.result(_summary(made, out))
    else:
        _told(made, reasons, out)
    if made.blocked:
        raise PackBlocked(f"{render.several(len(reasons), 'reason')} listed above")


def _summary(made: Pack, out: Path) -> dict[str, object]:
    return {
        "out": str(out),
        "root": made.root,
        "findings": made.findings,
        "documents": made.documents,
        "blocked": [to_plain(block) for block in made.blocked],
        "masked": [to_plain(place) for place in made.masked],
        "marks": [{"document": found.document, **to_plain(found.mark)} for found in made.marks],
    }


def why_blocked(blocks: Sequence[Block], caption: Callable[[str], str], case: Path) -> list[str]:
    """What blocks, a line each; whoever has no role stands in one line, with all places and what settles it. For the
    screen of the editor only: these lines name people."""
    alone = {block.people[0] for block in blocks if len(block.people) == 1}
    lines: list[str] = []
    places: dict[tuple[str, ...], list[str]] = {}
    for block in blocks:
        # A word of several namesakes belongs to the one who is asked about anyway.
        asked = tuple(own for own in block.people if own in alone) or block.people
        if asked:
            places.setdefault(asked, []).append(_where(block))
        else:
            lines.append(f"blocked: {block.reason}{_where(block)}")
    for asked, where in places.items():
        names = " or ".join(f"{caption(own)} ({own})" for own in asked)
        settle = ", ".join(f"leakdesk roles {case} {own} ROLE" for own in asked)
        lines.append(
            f"blocked: {names} is named and has no role; settle it with {settle}{''.join(dict.fromkeys(where))}"
        )
    return lines


def _told(made: Pack, reasons: Sequence[str], out: Path) -> None:
    for reason in reasons:
        render.words(reason)
    if made.blocked:
        return
    what = f"{render.several(made.findings, 'finding')} from {render.several(made.documents, 'document')}"
    render.words(f"{what}, {render.several(len(made.masked), 'place')} masked.")
    for found in made.marks:
        render.words(f"left out: a mark that can tell one copy from another ({found.mark.kind})  [{found.document}]")
    render.words(f"root {made.root}")
    render.words(f"Anybody checks it with: python3 {out}/verify.py {out}")


def _where(block: Block) -> str:
    if not block.document:
        return ""
    place = f":{block.start}-{block.end}" if block.end else ""
    return f"  [{block.document}{place}]"


def _place(text: str) -> tuple[str, int, int]:
    """ "DOC:START-END", as a blocked word is printed."""
    found = re.fullmatch(r"(\w+):(\d+)-(\d+)", text)
    if found is None:
        raise click.UsageError(f"--clear {text}: say DOC:START-END, as it is printed behind what blocks.")
    return found[1], int(found[2]), int(found[3])
