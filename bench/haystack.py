"""Checking reports when their letters lie among many others: is the passage still found, and how long does a report take?

    python -m bench.haystack                 10,000 invented letters around those of the visible scenarios
    python -m bench.haystack --letters 100000 [--end-to-end]

The haystack is `bench.searchable`'s: business words of three languages, drawn at random, so that everything resembles
something. Beside it, what a reader would do with a search program: the claim's own words put to the same index, in every
spelling, and whether a letter that tells of the claim is among the first five. The scenarios' letters are read deeply, the
haystack is not. Times are processor seconds of one core for one report, models and tables loaded.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select
from tests.claims import scorer

from bench.searchable import write_mailbox
from leakdesk.claims.passages import Letter
from leakdesk.claims.terms import stopwords
from leakdesk.desk import Desk
from leakdesk.language.detect import detect
from leakdesk.search.searcher import Searcher
from leakdesk.store.tables import documents
from leakdesk.work.checking import CaseLetters

#: Letters among which a reader would look.
FIRST = 5


@dataclass(slots=True, kw_only=True)
class Haystack:
    """A case's letters; those of one scenario as they were read deeply, under their own names."""

    inner: CaseLetters
    own: Mapping[str, Letter]

    @property
    def searched(self) -> int:
        """How many documents were searched."""
        return self.inner.searched

    @property
    def unreadable(self) -> int:
        """How many items could not be read."""
        return self.inner.unreadable

    def candidates(self, words: Mapping[str, float] | Sequence[str], limit: int) -> Sequence[Letter]:
        """As the case ranks them."""
        return [self.own.get(each.document, each) for each in self.inner.candidates(words, limit)]


def main() -> None:
    """Build, check, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--end-to-end", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        case = build(Path(name), given.letters)
        with Desk.open(case) as desk, desk.store.connect() as connection:
            score(desk, connection, end_to_end=given.end_to_end)


def build(folder: Path, count: int) -> Path:
    """A case with the haystack and every scenario's letters."""
    write_mailbox(folder / "hay.mbox", count)
    for name in scorer.scenarios():
        for letter in scorer.scenario(name)["leak"]["letters"]:
            (folder / f"{name}_{letter['id']}.eml").write_text(letter["text"], "utf-8")
    program = [sys.executable, "-m", "leakdesk"]
    subprocess.run([*program, "init", str(folder / "case")], check=True, stdout=subprocess.DEVNULL)
    given = [str(path) for path in sorted(folder.iterdir()) if path.suffix in (".mbox", ".eml")]
    subprocess.run([*program, "add", str(folder / "case"), *given, "--no-deep", "--quiet"], check=True)
    return folder / "case"


def score(desk: Desk, connection: Connection, *, end_to_end: bool) -> None:
    """Check every report of every scenario, twice, and print."""
    ids = {row.sha256: row.id for row in connection.execute(select(documents.c.sha256, documents.c.id))}
    whole, by_words, spent, reports = scorer.Figures(), [0, 0], 0.0, 0
    for name in scorer.scenarios():
        gold = scorer.scenario(name)
        own = {_case_id(gold, each, ids): each for each in scorer.letters(gold).letters}
        for last in (False, True):
            held = Haystack(inner=CaseLetters(connection=connection, searcher=desk.searcher), own=own)
            began = time.process_time()
            figures = scorer.score_check(gold, name, end_to_end=end_to_end, held=held)
            if last:
                spent += time.process_time() - began
                reports += len(scorer.docs(gold))
                whole.add(figures)
        _search(gold, desk.searcher, {letter.document: identity for identity, letter in own.items()}, by_words)
    print(f"{len(ids)} documents, {reports} reports, {spent / reports:.2f} processor seconds a report")
    print("\n".join(whole.table()[6:9]))
    found, asked = by_words
    print(f"the claim's own words put to the search: its letter among the first {FIRST} for {found} of {asked}")


def _case_id(gold: scorer.Gold, letter: Letter, ids: Mapping[str, str]) -> str:
    text = next(each["text"] for each in gold["leak"]["letters"] if each["id"] == letter.document)
    return ids[hashlib.sha256(text.encode()).hexdigest()]


def _search(gold: scorer.Gold, searcher: Searcher, own: Mapping[str, str], counts: list[int]) -> None:
    """What a search for a claim's words brings up, for every claim with a listed passage."""
    quotes = {each["id"]: each["quote"]["exact"] for each in gold["claims"]}
    for verdict in gold["leak"]["verdicts"]:
        wanted = {own[each["letter"]] for each in verdict.get("passages", ())}
        if not wanted or verdict.get("unlisted") or verdict.get("near_only"):
            continue
        quote = quotes[verdict["claim"]]
        little = stopwords().get(detect(quote), frozenset())
        words = [word for word in quote.split() if word.casefold() not in little]
        counts[1] += 1
        counts[0] += bool(wanted & {document for document, _ in searcher.any_of(words, FIRST)})


if __name__ == "__main__":
    main()
