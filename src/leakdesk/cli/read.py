"""leakdesk read"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain

if TYPE_CHECKING:
    from leakdesk.model.claim import Reading


@click.command()
@click.argument("file", required=False)
@click.option(
    "--lines", type=click.Path(path_type=Path), help="A file with one text a line: one reading a line comes out."
)
@click.option("--as", "as_", type=click.Choice(["report", "message"]), help="Read it as this (default: by what it is).")
@click.option("--lang", type=click.Choice(["ru", "be", "uk", "en"]), help="The language, where it is known better.")
@click.option("--unsandboxed", is_flag=True, help="Parse without a sandbox.")
@click.option(
    "--extractor",
    "extractors",
    multiple=True,
    metavar="ADDRESS",
    help="Let a model on this computer propose more: http://127.0.0.1:PORT/v1, or gliner:DIRECTORY (off by default).",
)
@options.as_json
def command(
    file: str | None,
    lines: Path | None,
    as_: Literal["report", "message"] | None,
    lang: Literal["ru", "be", "uk", "en"] | None,
    unsandboxed: bool,
    extractors: tuple[str, ...],
    as_json: bool,
) -> None:
    """Read one file without a case: its zones, names, who says what, and the claims. "-" is standard input.

    \b
    Example:
      leakdesk read report.html
      leakdesk read --as message --json letter.txt
      leakdesk read --lines sentences.txt --as message
    """
    from leakdesk.work import loose

    if (file is None) == (lines is None):
        raise click.UsageError("Give one FILE, or --lines FILE.")
    if lines is not None:
        for reading in loose.read_lines(lines, as_=as_ or "report", language=lang, extractors=extractors):
            render.lines([to_plain(reading)])
        return
    one = loose.read_files([file or loose.STDIN], as_=as_, unsandboxed=unsandboxed)[0]
    reading = loose.reading_of(one, language=lang, extractors=extractors)
    if as_json:
        render.result(to_plain(reading))
    else:
        _show(reading)


def _show(reading: Reading) -> None:
    sources = {each.id: each for each in reading.attributions}
    render.words(
        f"{render.several(len(reading.claims), 'claim')}, {render.several(len(reading.attributions), 'attribution')}, "
        f"{render.several(len(reading.entities), 'name')}; "
        f"languages: {', '.join(reading.languages)}"
    )
    for note in reading.notes:
        render.words(f"note: {note}")
    if not reading.claims:
        from leakdesk.claims.notes import notes

        for sentence in notes(reading, "this text"):
            render.words(sentence)
    for claim in reading.claims:
        said = [sources[each].source for each in claim.attributions if each in sources]
        by = "; ".join(span.text for span in said if span)
        marks = ", ".join(_marks(claim.modality, by, hedged=claim.hedged))
        render.words()
        render.words(f"· {claim.sentence or claim.quote.exact}" + (f"  [{marks}]" if marks else ""))
        render.words(f"    “{claim.quote.exact}”")
    if reading.left_out:
        render.words()
        left_out = render.several(len(reading.left_out), "sentence was", "sentences were")
        render.words(f"{left_out} left out because the reading was unsure (--json lists them).")


def _marks(modality: str, source: str, *, hedged: bool) -> list[str]:
    found = [modality] if modality != "asserted" else []
    return [*found, *(["hedged"] if hedged else []), *([f"source: {source}"] if source else [])]
