"""Scores the sealed lists once: names that nobody who writes the rules has written or read.

    python bench/sealed.py [--lists DIR]    (a kind of list that DIR lacks is left out)

Prints counts and rates only, never an item: the lists keep their worth as long as their misses are not read by those who
change the rules. Run it at a release and write the table into docs/reference/quality.md with the date.

Reading the table. Labelled pairs: `same` is the positive class, `P` and `R` are over the pairs labelled same or different.
A pair labelled `possible` (initials, a short form, half of a double surname) is right with the verdict same or possible.
A pair labelled `acronym` (a full name and its acronym) is counted apart, right with same or possible. All pairs: every two
names of a list; two names of one row are the same, of two rows different; rows ending in `-not` (relatives, neighbours)
give negatives only. Texts: a mention is right when type and span agree (strict) or type agrees and spans touch (overlap).
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from leakdesk.entities.match import as_kind, compare
from leakdesk.mentions.names import find_mentions
from leakdesk.model.document import TextLayer

LISTS = Path(__file__).resolve().parents[1] / "tests" / "sealed"
PAIRS = ("people", "organisations", "places", "equipment")
ROWS = {"people": "person", "organisations": "organization"}
LANGUAGES = ("ru", "be", "uk", "en")


class Labelled(NamedTuple):
    """A pair of names with what its author says, and what the comparison says."""

    left: str
    right: str
    kind: str
    label: str
    verdict: str


class Marked(NamedTuple):
    """One text: what its author marked and what was found, as (start, end, type)."""

    language: str
    gold: tuple[tuple[int, int, str], ...]
    found: tuple[tuple[int, int, str], ...]


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description="Score the sealed lists; prints counts and rates only.")
    parser.add_argument("--lists", type=Path, default=LISTS, metavar="DIR", help="the folder with the lists")
    lists = parser.parse_args().lists
    if not any((lists / f"{each}.tsv").is_file() for each in PAIRS):
        parser.error(f"no lists in {lists}")
    accepted = " ".join(f"{label + ' ok':>13}" for label in ("possible", "acronym", "different"))
    print(f"{'labelled pairs':24}{'pairs':>6} {'P':>6} {'R':>6} {'F':>6} {accepted}")
    for name in (each for each in PAIRS if (lists / f"{each}.tsv").is_file()):
        print(f"{name:24}" + line_of_pairs(judged(name, lists)))
    print(f"\n{'all pairs':24}{'pairs':>8} {'P':>6} {'R':>6} {'F':>6} {'wrong':>6} {'missed':>7}")
    for name, kind in ROWS.items():
        if not (lists / f"{name}-rows.tsv").is_file():
            continue
        print(f"{name:24}" + line_of_rows(all_pairs(rows(name, lists), kind)))
    if not (lists / "texts.json").is_file():
        return
    print(f"\n{'texts':24}{'marks':>6} {'strict P/R/F':>20} {'overlap P/R/F':>20}")
    texts = read_texts(lists)
    for language in LANGUAGES:
        mine = [each for each in texts if each.language == language]
        kinds = sorted({kind for each in mine for _, _, kind in each.gold})
        for kind in ("", *kinds):
            print(f"{language + ' ' + (kind or 'all'):24}" + line_of_texts(mine, kind))


def pairs(name: str, lists: Path = LISTS) -> list[tuple[str, str, str, str]]:
    """(left, right, kind, label) of a list."""
    lines = (lists / f"{name}.tsv").read_text("utf-8").splitlines()[1:]
    return [(left, right, kind, label) for left, right, kind, label in (line.split("\t") for line in lines)]


def rows(name: str, lists: Path = LISTS) -> list[tuple[str, list[str]]]:
    """(row, names) of an all-pairs list."""
    lines = (lists / f"{name}-rows.tsv").read_text("utf-8").splitlines()[1:]
    return [(cells[0], cells[1:]) for cells in (line.split("\t") for line in lines)]


def judged(name: str, lists: Path = LISTS) -> list[Labelled]:
    """The pairs of a list with the verdicts of `compare`."""
    return [
        Labelled(a, b, kind, label, compare(a, b, as_kind(kind)).verdict) for a, b, kind, label in pairs(name, lists)
    ]


def all_pairs(table: list[tuple[str, list[str]]], kind: str) -> Counter[str]:
    """Counts of every two names of the rows: right, wrong, missed, and pairs in all."""
    counts: Counter[str] = Counter()
    names = [(row, name) for row, found in table for name in found]
    for (row, left), (other, right) in itertools.combinations(names, 2):
        if left == right or (row == other and row.endswith("-not")):
            continue
        same = compare(left, right, as_kind(kind)).verdict == "same"
        counts["pairs"] += 1
        if row == other:
            counts["right" if same else "missed"] += 1
        elif same:
            counts["wrong"] += 1
    return counts


def read_texts(lists: Path = LISTS) -> list[Marked]:
    """The marked texts with what `find_mentions` finds in them."""
    marked: list[Marked] = []
    for item in json.loads((lists / "texts.json").read_text("utf-8"))["items"]:
        gold = tuple((each["start"], each["end"], each["type"]) for each in item["mentions"])
        found = find_mentions(TextLayer(text=item["text"], extractor="sealed 1")).mentions
        marked.append(Marked(item["language"], gold, tuple((each.start, each.end, each.type) for each in found)))
    return marked


def rates(right: int, found: int, gold_right: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean; 0 where nothing was found or asked."""
    precision = right / found if found else 0.0
    recall = gold_right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def counted(outcomes: Iterable[Labelled]) -> Counter[str]:
    """Counts keyed "label verdict"."""
    return Counter(f"{each.label} {each.verdict}" for each in outcomes)


def line_of_pairs(outcomes: list[Labelled]) -> str:
    """One row of the first table."""
    counts = counted(outcomes)
    right = counts["same same"]
    found = right + counts["different same"]
    gold = sum(counts[f"same {verdict}"] for verdict in ("same", "possible", "different"))
    p, r, f = rates(right, found, right, gold)
    cells = [f"{len(outcomes):6} {p:6.3f} {r:6.3f} {f:6.3f}"]
    for label, good in (
        ("possible", ("same", "possible")),
        ("acronym", ("same", "possible")),
        ("different", ("different",)),
    ):
        total = sum(counts[f"{label} {verdict}"] for verdict in ("same", "possible", "different"))
        kept = sum(counts[f"{label} {verdict}"] for verdict in good)
        cells.append(f"{kept}/{total}".rjust(13) if total else "-".rjust(13))
    return " ".join(cells)


def line_of_rows(counts: Counter[str]) -> str:
    """One row of the second table."""
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    p, r, f = rates(right, right + wrong, right, right + missed)
    return f"{counts['pairs']:8} {p:6.3f} {r:6.3f} {f:6.3f} {wrong:6} {missed:7}"


def line_of_texts(texts: list[Marked], kind: str) -> str:
    """One row of the third table: all types for kind "", or one type."""
    cells: list[str] = []
    gold_all = 0
    for touching in (False, True):
        right = found = hit = gold = 0
        for each in texts:
            asked = [span for span in each.gold if kind in ("", span[2])]
            given = [span for span in each.found if kind in ("", span[2])]
            gold, found = gold + len(asked), found + len(given)
            hit += sum(any(_agree(one, other, touching) for other in given) for one in asked)
            right += sum(any(_agree(one, other, touching) for other in asked) for one in given)
        gold_all = gold
        cells.append("/".join(f"{number:.2f}" for number in rates(right, found, hit, gold)).rjust(20))
    return f"{gold_all:6} " + " ".join(cells)


def _agree(one: tuple[int, int, str], other: tuple[int, int, str], touching: bool) -> bool:
    if touching:
        return one[2] == other[2] and one[0] < other[1] and other[0] < one[1]
    return one == other


if __name__ == "__main__":
    main()
