"""Builds the demo: `build_parcel(out)` writes the parcel, what was published about it, and the truth.

    out/parcel.zip               the leak
    out/keys.tsv                 public keys seen for the signing domains
    out/post.html                the centre's post (Ukrainian), with screenshot.png
    out/report_a.html            two reports that rest on the post
    out/report_b.html
    out/independent.html         one that does not
    out/text/P.txt, A.txt, ...   their visible text, in which the truth counts its offsets
    out/draft.txt                a reporter's own draft with quotations
    out/truth.json               for tests only
    out/lists/                   an invented sanctions list in two versions, a table for each day
    out/editor.json              what the demo's invented editor knows and decides: outlets, and people's roles

Everything is made from the readable sources beside this file. The same seed gives the same bytes on every computer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leakdesk.demo.cast import canonical_cast, seeded_cast
from leakdesk.demo.gold import PAIRS, Gold
from leakdesk.demo.listed import list_versions
from leakdesk.demo.mail import SELECTOR
from leakdesk.demo.papers import Papers
from leakdesk.demo.parcel import PARCEL, Packer
from leakdesk.demo.reports import REPORTS, Report, read_report
from leakdesk.demo.screenshot import SHOWN_LETTER, screenshot
from leakdesk.demo.signing import key_record
from leakdesk.demo.sources import source_text
from leakdesk.demo.story import Story
from leakdesk.demo.truth import LeakTruth
from leakdesk.demo.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFiles:
    """Where everything was written."""

    parcel: Path
    keys: Path
    post: Path
    report_a: Path
    report_b: Path
    independent: Path
    draft: Path
    screenshot: Path
    texts: Path
    truth: Path
    editor: Path
    lists: Path

    @classmethod
    def under(cls, out: Path) -> DemoFiles:
        """The places below `out`, written or not."""
        return cls(
            parcel=out / PARCEL, keys=out / "keys.tsv", post=out / "post.html", report_a=out / "report_a.html",
            report_b=out / "report_b.html", independent=out / "independent.html", draft=out / "draft.txt",
            screenshot=out / "screenshot.png", texts=out / "text", truth=out / "truth.json",
            editor=out / "editor.json", lists=out / "lists",
        )  # fmt: skip


def build_parcel(out: Path, seed: int | None = None) -> DemoFiles:
    """Writes the demo into `out`; with a seed every invented name, number, date and designation is another."""
    wording = Wording(canonical_cast() if seed is None else seeded_cast(seed))
    papers, story = Papers(wording), Story(wording)
    packer = Packer(story, papers)
    parcel = packer.pack()
    reports = _reports(wording)
    draft = wording.fill(source_text("reports/draft.txt"), "en")
    truth = _truth(LeakTruth(packer, parcel, papers), Gold(reports, wording), draft, seed)
    files = DemoFiles.under(out)
    files.texts.mkdir(parents=True, exist_ok=True)
    files.lists.mkdir(exist_ok=True)
    files.parcel.write_bytes(parcel.data)
    files.screenshot.write_bytes(screenshot(story.letters[SHOWN_LETTER]))
    texts = {files.keys: _key_lines(story), files.draft: draft, files.truth: _json(truth)}
    texts[files.editor] = _json(_editor(truth, reports))
    pages = {out / f"{REPORTS[letter]}.html": report.page for letter, report in reports.items()}
    layers = {files.texts / f"{letter}.txt": report.text for letter, report in reports.items()}
    versions = {files.lists / f"{day}.csv": table for day, table in list_versions(wording).items()}
    for path, text in {**texts, **pages, **layers, **versions}.items():
        path.write_bytes(text.encode())
    return files


def _reports(wording: Wording) -> Mapping[str, Report]:
    post = read_report("P", wording)
    return {letter: read_report(letter, wording, post.url) for letter in REPORTS}


def _truth(leak: LeakTruth, gold: Gold, draft: str, seed: int | None) -> dict[str, Any]:
    return {
        "format": "leakdesk-demo-truth/1",
        "seed": seed,
        "gold": {name: gold.pair(name) for name in PAIRS},
        "leak": leak.record(gold, draft),
    }


def _editor(truth: Mapping[str, Any], reports: Mapping[str, Report]) -> dict[str, Any]:
    """The editor's side of the demo: where each report appeared, and why each person may be named, or that they may not."""
    return {
        "reports": [
            {
                "file": f"{REPORTS[letter]}.html",
                "outlet": one.outlet,
                "published": one.published.isoformat(),
                "url": one.url,
            }
            for letter, one in reports.items()
        ],
        "roles": [
            {
                "names": [one["caption"], *(spelling["text"] for spelling in one["spellings"])],
                "role": one["role"],
                "reason": one["says"] if one["role"] == "professional" else "",
            }
            for one in truth["leak"]["entities"]
            if one["schema"] == "Person"
        ],
        "exposure_reason": "An invented parcel: nobody held it, so nobody can be suspected.",
    }


def _json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _key_lines(story: Story) -> str:
    """The public keys that were seen for the signing domains; one domain's is missing on purpose."""
    domains = (story.contact(key, "en").domain for key in ("cn", "de"))
    return "".join(f"{SELECTOR}._domainkey.{domain}\t{key_record()}\n" for domain in domains)
