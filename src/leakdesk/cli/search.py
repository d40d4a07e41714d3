"""leakdesk search"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain

if TYPE_CHECKING:
    from leakdesk.search.results import Hit, Results

_FORMATS = click.Choice(["csv", "lines"])


@click.command()
@options.case
@click.argument("query", default="")
@click.option(
    "--spelling", type=click.Choice(["variants", "exact"]), default="variants", help="Every spelling, or as written."
)
@click.option("--limit", type=int, default=20, show_default=True, help="Hits a page.")
@click.option("--offset", type=int, default=0, help="Hits to leave out.")
@click.option("--lang", help="Only documents in this language: ru, be, uk, en, und.")
@click.option("--from", "from_", help="Only messages from this person or address.")
@click.option("--to", help="Only messages to this person or address.")
@click.option("--kind", help="Only documents of this kind: message, document, report, ...")
@click.option("--since", help="Only documents from this date on (2023, 2023-07, 2023-07-11).")
@click.option("--until", help="Only documents up to the end of this date.")
@click.option(
    "--facets", default="", help="Counts by: sender, year, month, language, kind, container (several with commas)."
)
@click.option(
    "--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", help="The order of hits."
)
@click.option(
    "--batch",
    type=click.Path(path_type=Path),
    help="A list of queries: one a line, or the first column of a .csv file.",
)
@click.option("--format", "format_", type=_FORMATS, help="Hits as a CSV table, or as JSON, one a line.")
@options.as_json
def command(
    case: Path, query: str, facets: str, batch: Path | None, format_: str | None, as_json: bool, **chosen: Any
) -> None:
    """Find words, "phrases" and names, in every spelling; docs/howto/search.md explains the query language.

    \b
    Example:
      leakdesk search case Harbachou
      leakdesk search case '"repair plant" from:Sidorov since:2023-05 NOT draft'
      leakdesk search case 'contract NEAR/5 =Минск' --facets sender,year --json
      leakdesk search case --batch names.csv --format csv
    """
    from leakdesk.desk import Desk

    if batch is not None and query:
        raise click.UsageError("Give a QUERY or --batch FILE, not both.")
    named = [name.strip() for name in facets.split(",") if name.strip()]
    with Desk.open(case) as desk:
        if batch is not None:
            _batch(lambda term: desk.search(term, **chosen), batch, "lines" if as_json else format_ or "csv")
            return
        found = desk.search(query, facets=named, **chosen)
    if format_ == "csv":
        from leakdesk.search.batch import as_csv, rows

        render.data(line.encode("utf-8", "replace") for line in as_csv(rows(found)))
    elif format_ == "lines":
        render.lines(to_plain(hit) for hit in found)
    elif as_json:
        render.result(to_plain(found))
    else:
        _show(found)


def _batch(search: Any, path: Path, format_: str) -> None:
    from leakdesk.errors import NotReadable
    from leakdesk.search.batch import as_csv, search_all, terms_in

    try:
        terms = terms_in(path.read_text("utf-8-sig"), table=path.suffix.lower() == ".csv")
    except (OSError, UnicodeDecodeError):
        raise NotReadable(str(path), try_="Give a CSV file in UTF-8 with one query a line.") from None
    found = search_all(search, terms)
    if format_ == "csv":
        render.data(line.encode("utf-8", "replace") for line in as_csv(found))
    else:
        render.lines(found)


def _show(found: Results) -> None:
    render.words(f"{found.total:,} documents ({found.took_ms:.1f} ms)")
    for note in found.notes:
        render.tell(note)
    for hit in found:
        render.words()
        render.words("  ".join(part for part in (hit.document, hit.date or "", hit.title or "") if part))
        render.words("    " + _marked(hit))
        rules = dict.fromkeys(f"{match.text} ({match.rule})" for match in hit.matches)
        if rules:
            render.words("    matches: " + ", ".join(list(rules)[:6]) + (" ..." if hit.more or len(rules) > 6 else ""))
        if hit.in_quoted:
            said = f", written in {hit.written_in}" if hit.written_in else ""
            render.words(f"    only in quoted older mail{said}")
    for name, counts in found.facets.items():
        render.words()
        render.table([(name, "documents"), *[(each.value, str(each.count)) for each in counts]])


def _marked(hit: Hit) -> str:
    out: list[str] = []
    at = hit.snippet_start
    for match in hit.matches:
        if at <= match.start and match.end <= hit.snippet_end:
            out += [hit.snippet[at - hit.snippet_start : match.start - hit.snippet_start], "[", match.text, "]"]
            at = match.end
    out.append(hit.snippet[at - hit.snippet_start :])
    return " ".join("".join(out).split())
