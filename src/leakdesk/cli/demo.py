"""leakdesk demo"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakdesk.cli import options, render

if TYPE_CHECKING:
    from leakdesk.demo.walk import Story
    from leakdesk.model.comparison import Checking, Row

#: Lines of each kind that the page shows; the rest is counted.
FEW = 5


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("demo-out"), help="Where the case and the pack are left."
)
@click.option("--serve/--no-serve", default=False, help="Open the desk afterwards.")
@options.quiet
def command(out: Path, serve: bool) -> None:
    """The whole way on a shipped, invented parcel: receive, read, compare, check, publish, verify.

    \b
    Example:
      leakdesk demo --out demo
      leakdesk demo --serve
    """
    from leakdesk.demo.walk import walk
    from leakdesk.work.pipeline import Progress

    out = _fresh(out)
    with render.bar() as show:

        def say(at: Progress) -> None:
            show(at.phase, at.done, at.total, at.container, at.phase == "receiving")

        story = walk(out, say)
    page(story, out)
    if story.written.pack.blocked or not story.verified["ok"]:
        raise click.exceptions.Exit(1)
    if serve:
        from leakdesk.desk import Desk

        with Desk.open(out / "case") as desk:
            options.by_name("leakdesk.web.server:run")(desk, None, render.words)


def _fresh(out: Path) -> Path:
    """The folder itself, or the next free one beside it: a second demo never touches the first."""
    candidate, number = out, 1
    while candidate.exists() and any(candidate.iterdir()):
        number += 1
        candidate = out.with_name(f"{out.name}-{number}")
    return candidate


def page(story: Story, out: Path) -> None:
    """The story on one page."""
    _came_in(story)
    _who(story)
    _reports(story)
    _letters(story)
    _technical(story)
    _listed(story)
    _published(story, out)


def _title(text: str) -> None:
    render.words()
    render.words(text.upper())


def _came_in(story: Story) -> None:
    whole = story.ledger["totals"]
    sign = "=" if story.ledger["equation_holds"] else "≠"
    _title("What came in")
    kinds = ", ".join(f"{count} {kind}s" for kind, count in story.documents.items())
    languages = ", ".join(f"{count} {language}" for language, count in story.languages.items())
    render.words(
        f"found {whole['found']} {sign} read {whole['read']} + partial {whole['partial']} + failed {whole['failed']}"
    )
    render.words(
        f"{kinds}; letters from {story.years[0]} to {story.years[1]} in {languages}; {story.copies} further copies"
    )
    not_read = story.ledger["items"]
    if not_read:
        render.words("Not read, or only in part:")
    for item in not_read[:FEW]:
        render.words(f"  {item['state']}: {item['location'][-1]}: {item['reason']}")
    if len(not_read) > FEW:
        render.words(f"  ... and {len(not_read) - FEW} more: leakdesk ledger")


def _who(story: Story) -> None:
    _title("Who is who")
    render.words(
        f"{story.people} people and {len(story.names) - story.people} organisations, places and things; {story.claims} claims"
    )
    many = sorted(story.names, key=lambda one: -len({name["text"] for name in one["names"]}))
    for one in many[:FEW]:
        spellings = list(dict.fromkeys(name["text"] for name in one["names"]))
        render.words(f"  {one['caption']} in {len(spellings)} spellings: {', '.join(spellings)}")


def _reports(story: Story) -> None:
    comparison = story.comparison
    joined = [row for row in comparison.rows if row.a and row.b]
    lineage = comparison.lineage
    _title("What the two reports share")
    spread = (
        str(lineage.at_least) if lineage.at_least == lineage.at_most else f"{lineage.at_least} to {lineage.at_most}"
    )
    render.words(f"Facts that stand in both: {len(joined)}; independent sources behind them: {spread}")
    names = {node.id: node.name for node in lineage.nodes}
    for edge in lineage.edges:
        if edge.certainty != "possible":
            render.words(
                f"  {_named(edge.source, names, story)} rests on {_named(edge.target, names, story)}: {edge.reasons[0]}"
            )
    quotes = {claim.id: claim.quote.exact for claim in (*comparison.a.claims, *comparison.b.claims)}
    conflicts = [row for row in joined if row.relation == "conflicting"]
    for row in conflicts[:FEW]:
        _difference(row, quotes)
    for fusion in comparison.fusions[:FEW]:
        render.words(f"  Tied together in one report only: {fusion.sentence}")
    over_all = story.independent
    render.words(f"Over all {len(story.reports)} reports there are {over_all['at_least']} independent sources.")


def _named(node: str, names: dict[str, str], story: Story) -> str:
    outlets = {f"report:{one['id']}": one["outlet"] for one in story.reports}
    return outlets.get(node, names.get(node, node))


def _difference(row: Row, quotes: dict[str, str]) -> None:
    render.words(f"  They differ ({row.strength}): “{quotes[row.a[0]]}” against “{quotes[row.b[0]]}”")
    if row.question:
        render.words(f"    Ask: {row.question}")


def _letters(story: Story) -> None:
    _title("What the letters say to it")
    outlets = {one["id"]: one["outlet"] for one in story.reports}
    for document, checking in story.checked.items():
        counts = {
            verdict: sum(one.verdict == verdict for one in checking.claims)
            for verdict in ("supports", "partly", "contradicts", "silent", "not_checkable")
        }
        said = ", ".join(f"{count} {verdict.replace('_', ' ')}" for verdict, count in counts.items() if count)
        render.words(f"{outlets[document]}: {said}")
        _examples(checking)
    for quotation in story.quotations:
        difference = f" ({quotation.difference})" if quotation.difference else ""
        render.words(f"  The reporter's own draft quotes “{quotation.text}”: {quotation.verdict}{difference}")


def _examples(checking: Checking) -> None:
    for verdict, word in (("supports", "supported"), ("contradicts", "contradicted")):
        for one in [each for each in checking.claims if each.verdict == verdict][:2]:
            render.words(f"  {word}: {one.sentence}")
            if one.passages:
                render.words(f"    the letter: “{' '.join(one.passages[0].text.split())}”")


def _technical(story: Story) -> None:
    """One letter of each kind: a signature that verifies, a conflict, a mark, a picture that is asked for, wordings."""
    _title("What can be said technically")
    signed = [line for line in story.technical if line["signatures"]]
    render.words(f"{len(story.technical)} letters, {len(signed)} with a signature; keys from the parcel's own list.")
    shown: set[str] = set()
    for line in story.technical:
        said = [(each["state"] + str("date" in each["not_covered"]), each["sentence"]) for each in line["signatures"]]
        said += [(each["rule"], f"{each['sentence']} {each['base_rate']['sentence']}") for each in line["observations"]]
        said += [(sentence[:30], sentence) for sentence in line["marks"].get("found", ())]
        for kind, sentence in said:
            if kind not in shown:
                shown.add(kind)
                render.words(f"  {sentence}")


def _listed(story: Story) -> None:
    """What fits an entry of the invented list for sure, what only may, and what its versions have no match for."""
    _title("What lists say")
    hits = [line for line in story.screened if line["kind"] != "summary" and line["list_id"]]
    for hit in [each for each in hits if each["verdict"] == "same"][:FEW]:
        dates = [reason for reason in hit["reasons"] if "listed" in reason]
        render.words(f"  {hit['spelling']} fits “{hit['name']}” ({hit['entry']}): {'; '.join(dates)}")
    may = len({hit["entity"] for hit in hits if hit["verdict"] == "possible"})
    if may:
        render.words(f"  {may} other spellings may fit and are left to a person: leakdesk screen")
    for line in story.screened:
        if line["kind"] == "summary" and line["list_id"]:
            render.words(line["says"])


def _published(story: Story, out: Path) -> None:
    made = story.written.pack
    _title("What a stranger can check")
    for finding, sources in story.findings:
        render.words(f"  {finding.sentence} ({sources})")
    if story.left_out:
        render.words(f"  Left out: {story.left_out} that would name somebody protected in a form that no mask covers.")
    exposure = story.exposure
    lowest = min((passage.holders for passage in exposure.passages), default=0)
    render.words(
        f"Exposure: a passage with at least {lowest} known holders, largest share {exposure.largest_share:.2f}. {exposure.says}"
    )
    if made.blocked:
        render.words("The pack was not built:")
        for block in made.blocked:
            render.words(f"  {block.reason}")
        return
    labels = " and ".join(sorted({place.label for place in made.masked}))
    masks = f"{len(made.masked)} places masked as {labels}" if made.masked else "no word of them had to be masked"
    what = f"{render.several(made.findings, 'finding')} from {render.several(made.documents, 'document')}"
    render.words(f"{what}; {masks}.")
    for step in story.verified["steps"]:
        render.words(f"  {step['number']}. {'ok' if step['ok'] else 'BAD'} {step['name']}")
    render.words(story.verified["says"])
    render.words()
    render.words(f"The case is in {out}/case, the pack in {out}/pack. Look around with: leakdesk serve {out}/case")
