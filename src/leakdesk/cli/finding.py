"""leakdesk finding"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain

if TYPE_CHECKING:
    from leakdesk.model.claim import Finding

VERBS = ("add", "list", "show", "accept", "reject", "edit", "grade")


@click.command()
@options.case
@click.argument("verb", type=click.Choice(VERBS))
@click.argument("what", nargs=-1)
@click.option("--sentence", help="edit: the finding in your words.")
@click.option("--note", help="edit: a note that is published with it.")
@click.option("--translation", help="edit: a translation of its quotations.")
@click.option(
    "--question", multiple=True, help="edit: what is still open; repeat it for more. They replace those before."
)
@click.option("--right-of-reply", help="edit: what those named answered.")
@click.option(
    "--grade", help="grade: documented, corroborated, single, inferred or disputed; or A to F with 1 to 6, such as B2."
)
@options.as_json
def command(
    case: Path,
    verb: Literal["add", "list", "show", "accept", "reject", "edit", "grade"],
    what: tuple[str, ...],
    sentence: str | None,
    note: str | None,
    translation: str | None,
    question: tuple[str, ...],
    right_of_reply: str | None,
    grade: str | None,
    as_json: bool,
) -> None:
    """Draft a finding from a claim, and accept, reject, edit or grade it. Every step stands in the custody log.

    \b
    Example:
      leakdesk finding case add d1a2b3c4 c5d6e7f8
      leakdesk finding case accept f9a8b7c6
      leakdesk finding case list
    """
    from leakdesk.desk import Desk

    texts = {"sentence": sentence, "note": note, "translation": translation, "right_of_reply": right_of_reply}
    written: dict[str, object] = {name: value for name, value in texts.items() if value is not None}
    if question:
        written["open_questions"] = tuple(line for line in question if line.strip())
    if verb == "list":
        with Desk.open(case) as desk:
            found = desk.findings.list()
        if as_json:
            render.lines(map(to_plain, found))
        else:
            render.each(found, _line, f"No finding yet. Claims and their ids: leakdesk claims {case}")
        return
    wanted = 2 if verb == "add" else 1
    if len(what) != wanted:
        raise click.UsageError(
            "Say: finding CASE add DOCUMENT CLAIM" if verb == "add" else f"Say: finding CASE {verb} FINDING"
        )
    with Desk.open(case, write=verb != "show") as desk:
        if verb == "add":
            one = desk.findings.draft(*what)
        elif verb == "show":
            one = desk.findings.get(what[0])
        elif verb == "grade":
            one = desk.findings.step(what[0], "grade", grade=grade or "")
        else:
            one = desk.findings.step(what[0], verb, **(written if verb == "edit" else {}))
        sources, technical = desk.findings.sources(one), desk.findings.technical(one)
        screening = list(desk.screening.about(one))
    if as_json:
        render.result(to_plain(one) | {"sources": sources, "technical": technical, "screening": screening})
    else:
        _show(one, sources, [*technical, *screening])


def _line(one: Finding) -> None:
    render.words(f"{one.id}  {one.state.value:<8}  {one.sentence}")


def _show(one: Finding, sources: str, technical: list[str]) -> None:
    _line(one)
    render.words(f"    {sources}" + (f"; grade: {one.grade}" if one.grade else ""))
    for anchor in one.quotes:
        render.words(f"    “{anchor.exact}”  [{anchor.document}]")
    for support in one.support:
        render.words(f"    {support.stance}: “{support.anchor.exact}”  [{support.anchor.document}]")
    for sentence in technical:
        render.words(f"    {sentence}")
