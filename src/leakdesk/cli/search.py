"""leakdesk search"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from leakdesk.desk import Desk
    from leakdesk.search.results import Hit, Results

#: Of a match so many characters are told again below the snippet.
LONGEST_SHOWN = 80
#: Nothing is known of where documents lie.
_NOWHERE: dict[str, str] = {}
_FORMATS = click.Choice(["csv", "lines"])


@click.command()
@options.case
@click.argument("query", default="")
@click.option(
    "--spelling", type=click.Choice(["variants", "exact"]), default="variants", help="Every spelling, or as written."
)
@click.option("--limit", type=int, help="Hits a page (20; with --format all there are).")
@click.option("--offset", type=int, default=0, help="Hits to leave out.")
@click.option("--lang", help="Only documents in this language: ru, be, uk, en, und.")
@click.option("--from", "from_", help="Only messages from this person or address.")
@click.option("--to", help="Only messages to this person or address.")
@click.option("--kind", help="Only documents of this kind: message, document, report, ...")
@click.option("--since", help="Only documents from this date on (2023, 2023-07, 2023-07-11).")
@click.option("--until", help="Only documents up to the end of this date.")
@click.option(
    "--facets",
    default="",
    help="Counts by: sender, year, month, day, language, kind, container, entity, place, tag (several with commas).",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "recent", "newest", "oldest", "thread"]),
    default="relevance",
    help="By relevance; relevance and age (recent); time; or conversation by conversation (thread).",
)
@click.option(
    "--batch",
    type=click.Path(path_type=Path),
    help="A list of queries: one a line, or the first column of a .csv file.",
)
@click.option("--format", "format_", type=_FORMATS, help="Take all hits along: a CSV table, or JSON, one a line.")
@click.option("--save", metavar="NAME", help="Keep this search under a name; see leakdesk saved.")
@click.option(
    "--meaning",
    is_flag=True,
    help="A question in plain words, of any language: also what is near in meaning (optional part; see leakdesk meaning).",
)
@options.as_json
def command(
    case: Path,
    query: str,
    facets: str,
    batch: Path | None,
    format_: str | None,
    save: str | None,
    limit: int | None,
    offset: int,
    meaning: bool,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Find words, "phrases" and names, in every spelling; docs/howto/search.md explains the query language.

    \b
    Example:
      leakdesk search case Harbachou
      leakdesk search case '"repair plant" from:Sidorov since:2023-05 NOT draft'
      leakdesk search case 'contract NEAR/5 =Минск' --facets sender,year,entity --json
      leakdesk search case 'entity:"Aleh Harbachou" -tag:read' --save harbachou
      leakdesk search case kind:message --format csv > letters.csv
      leakdesk search case --batch names.csv --format csv
    """
    from leakdesk.desk import Desk

    if batch is not None and query:
        raise click.UsageError("Give a QUERY or --batch FILE, not both.")
    if meaning and (batch or format_ or save or facets or chosen["sort"] != "relevance"):
        raise click.UsageError(
            "--meaning gives one ranked page: leave out --batch, --format, --save, --facets and --sort."
        )
    page = {"limit": 20 if limit is None else limit, "offset": offset}
    if format_ and batch is None and limit is None and not offset and not facets:
        with Desk.open(case) as desk:
            _take_along(desk, query, format_, chosen)
        return
    with Desk.open(case, write=save is not None) as desk:
        if meaning:
            del chosen["sort"]
            found = desk.by_meaning(query, **page, spelling=chosen.pop("spelling"), filters=chosen)
            _tell(found, as_json, offset)
            return
        if batch is not None:
            _batch(lambda term: desk.search(term, **page, **chosen), batch, "lines" if as_json else format_ or "csv")
            return
        found = desk.search(
            query, facets=[name.strip() for name in facets.split(",") if name.strip()], **page, **chosen
        )
        places = {} if as_json or format_ else _places(desk, found)
        if save is not None:
            render.tell(f"Saved as “{desk.saved.save(save, query, chosen['spelling'])['name']}”.")
    if format_:
        _export(found.query, found.total, found.hits, format_)
    else:
        _tell(found, as_json, offset, places)


def _places(desk: Desk, found: Results) -> dict[str, str]:
    """Where documents without a title were found: an id alone tells a person nothing."""
    without = [hit.document for hit in found if not hit.title]
    return {each: options.where(desk.documents.get(each)["locations"][0]) for each in without}


def _tell(found: Results, as_json: bool, offset: int, places: Mapping[str, str] = _NOWHERE) -> None:
    if as_json:
        render.result(to_plain(found))
    else:
        show(found, offset, places)


def _take_along(desk: Desk, query: str, format_: str, chosen: dict[str, Any]) -> None:
    total, hits = desk.every(query, **chosen)
    _export(query, total, hits, format_)


def _export(query: str, total: int, hits: Iterable[Hit], format_: str) -> None:
    from leakdesk.search.batch import as_csv, rows

    if format_ == "csv":
        render.data(line.encode("utf-8", "replace") for line in as_csv(rows(query, total, hits)))
    else:
        render.lines(to_plain(hit) for hit in hits)


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


def show(found: Results, offset: int = 0, places: Mapping[str, str] = _NOWHERE) -> None:
    """A page of hits for people; what stands behind it is said."""
    render.words(f"{render.several(found.total, 'document')} ({found.took_ms:.1f} ms)")
    for note in found.notes:
        render.tell(note)
    for hit in found:
        render.words()
        render.words(
            "  ".join(
                part for part in (hit.document, hit.date or "", hit.title or places.get(hit.document, "")) if part
            )
        )
        render.words("    " + _marked(hit))
        rules = dict.fromkeys(f"{_short(match.text)} ({match.rule})" for match in hit.matches)
        if rules:
            render.words("    matches: " + ", ".join(list(rules)[:6]) + (" ..." if hit.more or len(rules) > 6 else ""))
        if hit.in_quoted:
            said = f", written in {hit.written_in}" if hit.written_in else ""
            render.words(f"    only in quoted older mail{said}")
    shown = offset + len(found)
    if found.hits and shown < found.total:
        render.words()
        render.words(f"{found.total - shown:,} more: --offset {shown}, or all of them along: --format csv")
    for name, counts in found.facets.items():
        render.words()
        rows = [(each.label or each.value, str(each.count), each.value if each.label else "") for each in counts]
        render.table([(name, "documents", ""), *rows])


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_SHOWN else f"{words[: LONGEST_SHOWN - 4]} ..."


def _marked(hit: Hit) -> str:
    out: list[str] = []
    at = hit.snippet_start
    for match in hit.matches:
        if at <= match.start and match.end <= hit.snippet_end:
            out += [hit.snippet[at - hit.snippet_start : match.start - hit.snippet_start], "[", match.text, "]"]
            at = match.end
    out.append(hit.snippet[at - hit.snippet_start :])
    return " ".join("".join(out).split())
