"""leakdesk check"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakdesk.cli import options, render
from leakdesk.model.document import Kind
from leakdesk.model.plain import to_plain

if TYPE_CHECKING:
    from leakdesk.desk import Desk
    from leakdesk.model.claim import Reading
    from leakdesk.model.comparison import CheckedQuotation, Checking
    from leakdesk.model.pictures import CheckedPicture


@click.command()
@options.case
@click.argument("report")
@click.option("--unsandboxed", is_flag=True, help="Parse a file without a sandbox.")
@options.as_json
def command(case: Path, report: str, unsandboxed: bool, as_json: bool) -> None:
    """Hold a report's claims and quotations against the leaked documents.

    REPORT is a file (also your own draft), or the id of a document of the case.

    \b
    Example:
      leakdesk check case report.html
      leakdesk check case draft.docx --json
    """
    from leakdesk.desk import Desk
    from leakdesk.work import loose

    with Desk.open(case) as desk:
        if Path(report).exists() or report == loose.STDIN:
            one = loose.read_files([report], as_="report", unsandboxed=unsandboxed)[0]
            picture = one.name if one.extract.kind is Kind.IMAGE else ""
            checking = desk.claims.check(loose.reading_of(one), picture=picture)
        else:
            checking = desk.claims.check(_reading(desk, report), report)
    if as_json:
        render.result(to_plain(checking))
    else:
        _show(checking)


def _reading(desk: Desk, report: str) -> Reading:
    from leakdesk.errors import NotFound, NothingThere

    try:
        return desk.claims.reading(report)
    except NothingThere:
        raise
    except NotFound:
        raise NotFound(
            f"{report} is neither a file nor a document of this case",
            try_="Look at the spelling of the path; reports of the case: leakdesk list CASE --kind report",
        ) from None


#: How each verdict is said.
VERDICTS = {
    "supports": "the letters support",
    "partly": "the letters support in part",
    "contradicts": "THE LETTERS CONTRADICT",
    "silent": "the letters are silent on",
    "not_checkable": "letters cannot decide",
}


def _show(checking: Checking) -> None:
    if not checking.claims and not checking.quotations:
        render.words("No claim and no quotation was found in this text, so there is nothing to check.")
    for one in checking.claims:
        render.words(f"{VERDICTS[one.verdict]}: {one.sentence}")
        for reason in one.reasons:
            render.words(f"    {reason}")
        if one.verdict in ("supports", "partly", "contradicts"):
            for passage in one.passages[:2]:
                render.words(f"    “{' '.join(passage.text.split())}”  [{passage.document}]")
        elif one.verdict == "silent":
            render.words(f"    {one.searched} documents were searched; {one.unreadable} items could not be read")
        render.words()
    for quotation in checking.quotations:
        _quotation(quotation)
    for picture in checking.pictures:
        _picture(picture)
    for note in checking.notes:
        render.words(note)
    if checking.unmentioned:
        render.words("Letters about the same people and things that this text never uses:")
    for letter in checking.unmentioned:
        render.words(f"    “{' '.join(letter.text.split())}”  [{letter.document}]: {letter.reason}")


def _quotation(one: CheckedQuotation) -> None:
    where = f"  [{one.document}]" if one.document else ""
    difference = f": {one.difference}" if one.difference else ""
    render.words(f"quotation {one.verdict}{difference}{where}")
    render.words(f"    “{one.text}”")
    if one.passage and one.verdict != "found":
        render.words(f"    the letter: “{one.passage.text}”")


def _picture(one: CheckedPicture) -> None:
    render.words(f"picture [{one.document}]")
    for sentence in one.sentences:
        render.words(f"    {sentence}")
    for place in one.also_in:
        render.words(f"    also in [{place.report}]")
    if one.shows:
        render.words(f"    the letter: [{one.shows.document}]")
        for missing in one.shows.left_out:
            render.words(f"    missing {missing.where}: “{' '.join(missing.text.split())}”")
