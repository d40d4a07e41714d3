"""leakdesk authenticity"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.argument("document", required=False)
@click.option(
    "--keys", type=click.Path(path_type=Path), help="A file of keys beside those of the case (see add --as keys)."
)
@click.option(
    "--in", "language", type=click.Choice(["en", "ru", "uk", "be"]), default="en", help="The language of the sentences."
)
@options.as_json
def command(case: Path, document: str | None, keys: Path | None, language: Any, as_json: bool) -> None:
    """What can be said technically about each letter: signatures, places that do not go together, marks.

    Keys come from the case's own tables only; nothing is looked up anywhere. A signature verifies or it does not: that is
    never a word about who wrote a letter, or whether what it says is so.

    \b
    Example:
      leakdesk add case --as keys keys.tsv
      leakdesk authenticity case
      leakdesk authenticity case d1a2b3c4d5 --json
    """
    from leakdesk.desk import Desk
    from leakdesk.errors import CaseBusy, CaseReadOnly

    try:
        desk = Desk.open(case, write=True)
    except (CaseBusy, CaseReadOnly):
        # Somebody else is writing, or nobody may: what was taken down before is said all the same.
        desk = Desk.open(case)
    with desk, render.bar() as show:
        desk.authenticity.update(lambda step, done, total: show(step, done, total, "", False))
        found = desk.authenticity.lines(document, keys=keys, language=language)
        if as_json:
            render.lines(found)
        else:
            _show(found, one=document is not None)


def _show(found: Any, *, one: bool) -> None:
    letters = signed = 0
    for line in found:
        letters += 1
        signed += bool(line["signatures"])
        said = [each["sentence"] for each in (*line["signatures"], *line["sealed"])]
        said += [line["arc"]["sentence"]] if line["arc"]["sentence"] else []
        said += [f"{each['sentence']} ({each['base_rate']['sentence']})" for each in line["observations"]]
        said += line["marks"].get("sentences", []) if one else line["marks"].get("found", [])
        if not said and not one:
            continue
        render.words(line["document"])
        for sentence in said or [line["says"]]:
            render.words(f"  {sentence}")
    if not one:
        render.words(
            f"{letters} letters, {signed} with a signature. Letters about which there is nothing to say are left out."
        )
