"""The whole way on the invented parcel: receive, read, compare, check, settle, publish, verify.

Every number of the story comes from the run; nothing here knows what the parcel says. What a person decides in real life
(roles, which findings to accept, why it may be published) is the invented editor's, in `editor.json`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakdesk.demo.build import DemoFiles, build_parcel
from leakdesk.demo.listed import NAME
from leakdesk.desk import Desk
from leakdesk.errors import UsageError
from leakdesk.store.case import CaseStore
from leakdesk.work.keys import add_keys
from leakdesk.work.lists import add_lists
from leakdesk.work.loose import read_files, reading_of
from leakdesk.work.pipeline import Options, Progress, add
from leakdesk.work.screening import screen_case

if TYPE_CHECKING:
    from leakdesk.model.claim import Finding, Reading
    from leakdesk.model.comparison import CheckedQuotation, Checking, Comparison
    from leakdesk.publish.exposure import Exposure
    from leakdesk.publish.redact import Block
    from leakdesk.work.publishing import Written

Plain = dict[str, Any]
Say = Callable[[Progress], None]
#: Findings that the demo's editor accepts at most.
MOST_FINDINGS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the page tells, all of it measured."""

    ledger: Plain
    documents: dict[str, int]
    languages: dict[str, int]
    years: tuple[str, str]
    copies: int
    names: tuple[Plain, ...]
    people: int
    claims: int
    reports: tuple[Plain, ...]
    comparison: Comparison
    independent: Plain
    checked: dict[str, Checking]
    quotations: tuple[CheckedQuotation, ...]
    findings: tuple[tuple[Finding, str], ...]
    left_out: int
    technical: tuple[Plain, ...]
    exposure: Exposure
    written: Written
    verified: Plain
    screened: tuple[Plain, ...] = ()


def walk(out: Path, say: Say | None = None) -> Story:
    """Build the demo under `out` and go the whole way. Raises UsageError where `out` is not empty."""
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out} exists and is not empty", try_="Choose a folder that does not exist yet.")
    files = build_parcel(out / "parcel")
    editor: Plain = json.loads(files.editor.read_text("utf-8"))
    _receive(out / "case", files, editor, say)
    with Desk.open(out / "case", write=True) as desk:
        story = _tell(desk, out, files, editor)
    return replace(story, screened=_screen(out / "case", files))


def _receive(case: Path, files: DemoFiles, editor: Plain, say: Say | None) -> None:
    with CaseStore.create(case) as store:
        add_keys(store, [files.keys])
        add(store, [files.parcel], Options(), say)
        for one in editor["reports"]:
            options = Options(as_="report", outlet=one["outlet"], published=one["published"], url=one["url"])
            add(store, [files.parcel.parent / one["file"]], options, say)


def _screen(case: Path, files: DemoFiles) -> tuple[Plain, ...]:
    """Take the invented list in, each version with its day, and screen the case against both. It comes last: what lists say of
    somebody is no part of the pack that was just built."""
    with CaseStore.open(case, write=True) as store:
        for version in sorted(files.lists.iterdir()):
            add_lists(store, [version], published=version.stem, outlet=NAME)
        return tuple(screen_case(store, keep=True))


def _tell(desk: Desk, out: Path, files: DemoFiles, editor: Plain) -> Story:
    reports = _reports(desk, editor)
    ids = {one["url"]: one["id"] for one in reports}
    # The post comes first, then the two papers that rest on it; the fourth report is the independent one.
    first, second = (ids[one["url"]] for one in editor["reports"][1:3])
    comparison = next(desk.claims.compare(first, second))
    checked = {each: desk.claims.check(desk.claims.reading(each)) for each in (first, second)}
    draft = desk.claims.check(reading_of(read_files([str(files.draft)], as_="report")[0]))
    _settle_roles(desk, editor)
    accepted = _accept(desk, comparison, checked, first)
    _protect_the_rest(desk)
    findings, written = _publish(desk, out / "pack", accepted, editor["exposure_reason"])
    exposure = desk.publish.exposure()
    letters = [line for line in desk.documents.list() if line["kind"] == "message"]
    named = [one for one in desk.names.list() if one["shown"]]
    return Story(
        ledger=desk.ledger(),
        documents=desk.documents.kinds(),
        languages=dict(Counter(language for line in letters for language in line["languages"][:1]).most_common()),
        years=_years(letters),
        copies=sum(line["copies"] - 1 for line in letters),
        names=tuple(named),
        people=sum(one["schema"] == "Person" for one in named),
        claims=sum(1 for _ in desk.claims.list()),
        reports=tuple(reports),
        comparison=comparison,
        independent=desk.claims.lineage_of_all(),
        checked=checked,
        quotations=draft.quotations,
        findings=tuple((one, desk.findings.sources(one)) for one in findings),
        left_out=len(accepted) - len(findings),
        technical=tuple(desk.authenticity.lines()),
        exposure=exposure,
        written=written,
        verified=verify_pack(out / "pack")
        if not written.pack.blocked
        else {"ok": False, "steps": [], "says": "no pack"},
    )


def _reports(desk: Desk, editor: Plain) -> list[Plain]:
    known = {line.get("url"): line for line in desk.documents.list("report")}
    return [known[one["url"]] for one in editor["reports"]]


def _years(letters: list[Plain]) -> tuple[str, str]:
    dates = sorted(line["date_utc"] for line in letters if line["date_utc"])
    return (dates[0][:7], dates[-1][:7]) if dates else ("", "")


def _settle_roles(desk: Desk, editor: Plain) -> None:
    """Give each person of the case the role that the editor decided for that name."""
    known = desk.names.roles()
    for one in desk.names.list():
        if one["schema"] != "Person" or known.get(one["id"]) == "protected":
            continue
        spelled = {name["text"] for name in one["names"]}
        decided = max(editor["roles"], key=lambda each: len(spelled & set(each["names"])))
        if spelled & set(decided["names"]):
            desk.names.set_role(one["id"], decided["role"], decided["reason"])


def _protect_the_rest(desk: Desk) -> None:
    """Whoever the editor does not know is a private person: protected."""
    known = desk.names.roles()
    for one in desk.names.list():
        if one["schema"] == "Person" and one["id"] not in known:
            desk.names.set_role(one["id"], "protected")


def _accept(desk: Desk, comparison: Comparison, checked: dict[str, Checking], first: str) -> list[Finding]:
    """The editor accepts what both reports say and the letters support, and failing that what one says and they support."""
    supported = {one.claim for one in checked[first].claims if one.verdict in ("supports", "partly")}
    both = [claim for row in comparison.rows if row.a and row.b and row.relation != "conflicting" for claim in row.a]
    alone = [one.claim for one in checked[first].claims if one.verdict == "supports"]
    fit = [claim for claim in dict.fromkeys((*both, *alone)) if claim in supported]
    chosen = _without_parts(desk.claims.reading(first), fit)[:MOST_FINDINGS]
    drafted = [desk.findings.draft(first, claim) for claim in chosen]
    return [desk.findings.step(one.id, "accept") for one in drafted if one.support]


def _without_parts(reading: Reading, chosen: list[str]) -> list[str]:
    """Claims that are not told within the words of another one: the editor prints a fact once."""
    told = {claim.id: claim.quote for claim in reading.claims}
    quotes = [told[claim] for claim in chosen]
    return [
        claim
        for claim in chosen
        if not any(
            each.start <= told[claim].start and told[claim].end <= each.end and each != told[claim] for each in quotes
        )
    ]


def _publish(desk: Desk, out: Path, findings: list[Finding], reason: str) -> tuple[list[Finding], Written]:
    """Build the pack. What would name somebody in a way that no mask covers is left out, as the refusal advises."""
    written = desk.publish.pack(out, reason=reason)
    while written.pack.blocked and len(findings) > 1:
        stopped = [one for one in findings if any(_concerns(block, one) for block in written.pack.blocked)]
        if not stopped:
            break
        for one in stopped:
            desk.findings.step(one.id, "reject")
        findings = [one for one in findings if one not in stopped]
        written = desk.publish.pack(out, reason=reason)
    return findings, written


def _concerns(block: Block, finding: Finding) -> bool:
    """Whether a refusal is about this finding: its own words, or a passage that it would publish."""
    anchors = (*finding.quotes, *(support.anchor for support in finding.support))
    return block.document.startswith(finding.id) or any(anchor.document == block.document for anchor in anchors)


def verify_pack(pack: Path) -> Plain:
    """The pack's own verifier, run as a stranger would: a bare Python, no leakdesk."""
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-I", str(pack / "verify.py"), "--json", str(pack)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return json.loads(done.stdout)
