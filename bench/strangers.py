"""Real reports held against real letters that know nothing of them: every verdict but silence is false.

    LEAKDESK_SHARED=../shared python -m bench.strangers [--reports 12] [--show]

The reports are press texts about sixteen events, the letters two public mailing lists about software (neither is in the
repository; without the shared folder nothing is measured). A claim that such letters "support" would be printed, so this
counts what `bench.overclaiming` cannot see: chance in long letters of real people. Beside it, a search for the claim's own
words finds "something" for nearly every claim, which is all that a search program can say.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.claims.scorer import read_report

from leakdesk.claims.check import check
from leakdesk.desk import Desk
from leakdesk.work.checking import CaseLetters

ROOT = Path(__file__).absolute().parents[1]
LISTS = ("mail/mbox/httpd-users-2020-07.mbox", "mail/mbox/httpd-users-200606-part.mbox")


def main() -> None:
    """Build a case of the letters, check every report, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--show", action="store_true", help="print every false verdict with its passage")
    given = parser.parse_args()
    shared = Path(os.environ.get("LEAKDESK_SHARED", ROOT.parent / "shared")) / "real"
    texts = sorted((shared / "reports").rglob("*.txt"))[: given.reports]
    if not texts:
        raise SystemExit("Not measured: the shared folder with real reports and letters is not here.")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        case = Path(name) / "case"
        program = [sys.executable, "-m", "leakdesk"]
        subprocess.run([*program, "init", str(case)], check=True, stdout=subprocess.DEVNULL)
        lists = [str(shared / each) for each in LISTS]
        subprocess.run(
            [*program, "add", str(case), *lists, "--no-deep", "--quiet"], check=True, stdout=subprocess.DEVNULL
        )
        score(case, texts, show=given.show)


def score(case: Path, texts: list[Path], *, show: bool) -> None:
    """Verdicts over all claims of all reports."""
    verdicts: Counter[str] = Counter()
    with Desk.open(case) as desk, desk.store.connect() as connection:
        for path in texts:
            report = read_report(path.read_text("utf-8"))
            letters = CaseLetters(connection=connection, searcher=desk.searcher)
            for claim, one in zip(report.claims, check(report, letters).claims, strict=True):
                verdicts[one.verdict] += 1
                if show and one.verdict in ("supports", "contradicts"):
                    print(
                        f"{one.verdict} {path.stem} [{claim.predicate.lemma}/{claim.predicate.class_}] {claim.quote.exact[:100]}"
                    )
                    print(f"      {one.passages[0].text[:160]!r} {one.passages[0].slots}")
    whole = sum(verdicts.values())
    print(
        f"{len(texts)} reports, {whole} claims: "
        + ", ".join(f"{v} {n} ({n / whole:.3f})" for v, n in verdicts.most_common())
    )


if __name__ == "__main__":
    main()
