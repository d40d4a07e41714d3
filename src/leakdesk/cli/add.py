"""leakdesk add"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "as_",
    type=click.Choice(["leak", "report", "list", "keys"]),
    default="leak",
    help="What this is: part of the leak, a published report, a list to screen against, or keys of signatures.",
)
@click.option("--outlet", help="Who published the report; or the name of the list.")
@click.option("--published", help="When the report was published; or the date of the list (ISO 8601).")
@click.option("--url", help="Where the report was published. It is kept, never opened.")
@click.option(
    "--passwords", type=click.Path(path_type=Path), help="A file with one password a line, tried on what is locked."
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Parsing processes (default: one for each processor).")
@click.option("--deep/--no-deep", default=True, help="Read deeply too, or stop once everything is searchable.")
@click.option(
    "--limits",
    "limits",
    type=click.Choice(["small", "default", "big"]),
    default="default",
    help="How far a hostile file may go.",
)
@click.option("--unsandboxed", is_flag=True, help="Parse without a sandbox. Everything read that way is stamped.")
@options.as_json
@options.quiet
def command(
    case: Path,
    paths: tuple[Path, ...],
    as_: str,
    outlet: str | None,
    published: str | None,
    url: str | None,
    passwords: Path | None,
    jobs: int | None,
    deep: bool,
    limits: str,
    unsandboxed: bool,
    as_json: bool,
) -> None:
    """Receive, seal, unpack, read and index files and folders. Running it again resumes, or changes nothing.

    A report that is given again with another --outlet, --published or --url is put right; what was said before stays in the
    custody log.

    \b
    Example:
      leakdesk add case parcel.zip
      leakdesk add case --as report --outlet "Morning Post" --published 2024-07-11 report.html
      leakdesk add case --as list --published 2024-07-01 sdn.csv
      leakdesk add case --as keys keys.tsv
    """
    if as_ == "list":
        _lists(case, paths, published, outlet, as_json)
        return
    if as_ == "keys":
        _keys(case, paths, published, outlet, as_json)
        return
    from leakdesk.store import CaseStore
    from leakdesk.work.pipeline import Options, Progress, add

    chosen = Options(
        as_=as_,
        outlet=outlet,
        published=published,
        url=url,
        passwords=options.passwords(passwords),
        jobs=jobs,
        unsandboxed=unsandboxed,
        limits=limits,
        deep=deep,
    )
    with CaseStore.open(case, write=True) as store, render.bar() as show:

        def say(at: Progress) -> None:
            show(at.phase, at.done, at.total, at.container, at.phase == "receiving")

        summary = add(store, paths, chosen, say)
    if as_json:
        render.result(summary)
    else:
        _told(case, summary)


def _told(case: Path, summary: dict[str, Any]) -> None:
    render.words(
        f"Found {summary['found']}: {summary['read']} read, {summary['partial']} in part, {summary['failed']} not. New in "
        f"this run: {render.several(summary['documents'], 'document')}, "
        f"{render.several(summary['duplicates'], 'further copy', 'further copies')}, {summary['seconds']:.1f} s."
    )
    for one in summary.get("restated", ()):
        render.words(_restated(one))
    if summary["partial"] or summary["failed"]:
        render.words(f"What was not read, and why: leakdesk ledger {case}")


def _restated(one: dict[str, Any]) -> str:
    name = f"{one['title'] or 'Without a title'}  [{one['document']}]"
    if "changed" not in one:
        return f"{name}: it came with the leak and stays a part of it; outlet, day and address were not taken."
    changed = [f"{field}: {now or 'none'} (was {was or 'none'})" for field, (was, now) in one["changed"].items()]
    return f"{name}: known already, and put right: {', '.join(changed)}."


def _keys(case: Path, paths: tuple[Path, ...], published: str | None, outlet: str | None, as_json: bool) -> None:
    from leakdesk.desk import Desk

    with Desk.open(case, write=True) as desk:
        summary = desk.authenticity.add_keys(*paths, published=published, outlet=outlet)
    if as_json:
        render.result(summary)
        return
    for one in summary["keys"]:
        state = "taken in" if one["new"] else "known already"
        left = f", {len(one['left_out'])} lines left out" if one["left_out"] else ""
        render.words(f"{one['label']}: {state}, {one['count']} keys ({one['format']}){left}.")
    render.words(f"What they say: leakdesk authenticity {case}")


def _lists(case: Path, paths: tuple[Path, ...], published: str | None, outlet: str | None, as_json: bool) -> None:
    from leakdesk.store import CaseStore
    from leakdesk.work.lists import add_lists

    with CaseStore.open(case, write=True) as store:
        summary = add_lists(store, paths, published=published, outlet=outlet)
    if as_json:
        render.result(summary)
        return
    for one in summary["lists"]:
        dated = f"of {one['date']}" if one["date"] else "without a date (every hit will say so; --published dates it)"
        state = "taken in" if one["new"] else "known already"
        render.words(
            f"{one['label']} {dated}: {state}, {one['count']} entries, {one['names']} names ({one['format']})."
        )
    render.words(f"Screen against it with: leakdesk screen {case}")
