"""leakdesk match"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain

if TYPE_CHECKING:
    from leakdesk.entities.match import Pair
    from leakdesk.model.entity import Match

_KINDS = click.Choice(["person", "organization", "place", "equipment"])

#: Numbers of lines that are named where a list has many of a kind.
_NAMED = 10


@click.command()
@click.argument("names", nargs=-1)
@click.option("--kind", type=_KINDS, help="What the names are names of (default: by their look).")
@click.option("--pairs", type=click.Path(path_type=Path), help="A file with left<TAB>right<TAB>kind in each line.")
@click.option("--all", "all_", type=click.Path(path_type=Path), help="A file with one name a line: every pair of it.")
@options.as_json
def command(names: tuple[str, ...], kind: str | None, pairs: Path | None, all_: Path | None, as_json: bool) -> None:
    """Are these two names the same? Same, possible or different, and why.

    \b
    Example:
      leakdesk match "Aleh Harbachou" "Олег Горбачёв"
      leakdesk match --pairs pairs.tsv --json
      leakdesk match --all names.txt --kind person --json
    """
    from leakdesk.entities.match import as_kind, compare, match_all, match_pairs

    chosen = as_kind(kind) if kind else None
    if sum((bool(names), pairs is not None, all_ is not None)) != 1 or (names and len(names) != 2):
        raise click.UsageError(
            'Give two names, or --pairs FILE, or --all FILE. A name with blanks needs quotes: "Aleh Harbachou".'
        )
    if pairs is not None:
        for found in match_pairs(_lines(pairs)):
            render.lines([to_plain(found)]) if as_json else _show(found)
    elif all_ is not None:
        lines = _lines(all_)
        _left_out(lines)
        every = match_all(lines, chosen)
        if as_json:
            render.lines(pair._asdict() for pair in every)
        else:
            render.each(every, _pair, "No two of these names are the same, or may be.")
    else:
        found = compare(names[0], names[1], chosen)
        render.result(to_plain(found)) if as_json else _show(found)


def _left_out(lines: list[str]) -> None:
    """Say which lines of a list are not compared, beside the result: over-long ones are no names, empty ones none either."""
    from leakdesk.entities.match import LONGEST, is_usable

    left = [(number, line) for number, line in enumerate(lines, 1) if not is_usable(line)]
    for long, why in ((True, f"longer than {LONGEST:,} characters"), (False, "without a letter or digit")):
        numbers = [str(number) for number, line in left if (len(line) > LONGEST) is long]
        if numbers:
            which = ", ".join(numbers[:_NAMED]) + (" ..." if len(numbers) > _NAMED else "")
            render.tell(f"{render.several(len(numbers), 'line')} left out, {why}: {which}")


def _pair(pair: Pair) -> None:
    render.words(f"{pair.verdict:8} {pair.score:.2f}  {pair.left_line}: {pair.left} = {pair.right_line}: {pair.right}")


def _show(found: Match) -> None:
    render.words(f"{found.verdict} ({found.score:.2f}): {found.left} / {found.right}")
    for reason in found.reasons:
        render.words(f"  · {reason}")


def _lines(path: Path) -> list[str]:
    from leakdesk.errors import NotReadable

    try:
        # Only line ends divide names: splitlines would also cut at form feeds and the like.
        return path.read_text("utf-8-sig").replace("\r\n", "\n").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError):
        raise NotReadable(str(path), try_="Give a text file in UTF-8, one name or one pair a line.") from None
