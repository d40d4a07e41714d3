"""leakdesk screen"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leakdesk.cli import options, render

if TYPE_CHECKING:
    from leakdesk.store import CaseStore


@click.command()
@options.case
@click.option(
    "--list",
    "lists",
    multiple=True,
    help="Only these lists of the case (id or name), or files that are not taken in. Default: all lists of the case.",
)
@click.option("--published", help="The date of lists given as files (ISO 8601).")
@click.option("--changes", "changed", is_flag=True, help="What changed between the versions of each list, instead.")
@options.as_json
def command(case: Path, lists: tuple[str, ...], published: str | None, changed: bool, as_json: bool) -> None:
    """Names and goods of the case against lists: who may be on which, since when, and why that is said.

    A hit says that a name and what else is known fit an entry of a list of a day. No match says only that.

    \b
    Example:
      leakdesk add case --as list --published 2024-07-01 sdn.csv
      leakdesk screen case
      leakdesk screen case --list watched.csv --json
    """
    from leakdesk.work.screening import list_changes, screen_case

    with _opened(case, keeping=not lists and not changed) as store:
        found = list_changes(store) if changed else screen_case(store, lists, published=published, keep=not lists)
        named = 0
        for line in found:
            named += line["kind"] == "summary" and bool(line["list_id"]) if not changed else 1
            render.lines([line]) if as_json else _change(line) if changed else _show(line)
    if not named and not changed:
        render.tell(f"No list of people and bodies is in this case. Add one with: leakdesk add {case} --as list FILE")


def _opened(case: Path, *, keeping: bool) -> CaseStore:
    """For writing where hits are to be kept; where somebody else is writing, or nobody may, they are shown all the same."""
    from leakdesk.errors import CaseBusy, CaseReadOnly
    from leakdesk.store import CaseStore

    try:
        return CaseStore.open(case, write=keeping)
    except (CaseBusy, CaseReadOnly):
        render.tell(
            "This case cannot be written to now: the hits are shown, and not kept for its findings and the desk."
        )
        return CaseStore.open(case)


def _show(line: dict[str, Any]) -> None:
    if line["kind"] == "summary":
        render.words(line["says"])
        return
    dated = f" of {line['list_date']}" if line["list_date"] else " (no date)"
    render.words(f"{line['verdict']} ({line['score']:.2f}, {line['kind']}): {line['spelling']} / {line['name']}")
    render.words(f"    {line['list']}{dated}, entry {line['entry']}  [{line['entity'] or 'goods'}]")
    for reason in line["reasons"]:
        render.words(f"    · {reason}")


def _change(line: dict[str, Any]) -> None:
    what = f" ({', '.join(line['what'])})" if line["what"] else ""
    render.words(
        f"{line['to']}  {line['change']:8} {line['entry']}  {line['name']}{what}  [{line['list']}, since {line['from']}]"
    )
