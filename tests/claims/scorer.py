"""Scores comparing, checking and lineage on annotated scenarios (format leakdesk-gold/1), with the reading brief's definitions.

*Row found*: a predicted row joins, on each side, a claim that stands for a gold claim of that row (the same claim, or, end to
end, one whose quotation overlaps it by half). *Trap*: a joined pair listed in `not_aligned`. *Verdict macro F*: over supports,
partly, contradicts, silent, not_checkable. With the annotated claims as input the figures show what these chapters do alone;
end to end the reports are read as text. Letters are always read by the program.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from leakdesk.claims.check import check
from leakdesk.claims.passages import Letter, Letters, participants
from leakdesk.documents import threads
from leakdesk.documents.hints import NO_HINTS
from leakdesk.documents.mail import read as read_mail
from leakdesk.lineage.corroborate import corroborate
from leakdesk.lineage.derive import Derived, ReportText, derive
from leakdesk.model.claim import Claim, Reading
from leakdesk.model.comparison import CheckedClaim, Checking, Comparison, Row
from leakdesk.model.document import MessageHead, TextLayer
from leakdesk.reading.read import read_text
from leakdesk.testing import LettersInMemory
from leakdesk.work.comparing import compare_readings, derive_all
from leakdesk.work.meaning_model import installed
from tests.support.gold import gold_entities, gold_reading, gold_source

Gold = dict[str, Any]
VISIBLE = Path(__file__).parents[1] / "reading/gold/visible"
#: Read and learned from (`opened`, once sealed), scored blind before that (`fresh`), never opened by a writer of rules (`sealed`).
SETS = {
    "visible": VISIBLE,
    "opened": VISIBLE.parent / "sealed",
    "fresh": VISIBLE.parent / "fresh_pairs",
    "fresh2": VISIBLE.parent / "fresh_pairs2",
    "fresh3": VISIBLE.parent / "fresh_pairs3",
    "sealed": VISIBLE.parent / "sealed/pairs_new",
}
VERDICTS = ("supports", "partly", "contradicts", "silent", "not_checkable")
STANDS = 0.5


@dataclass
class Figures:
    """Counts by name, verdicts expected and given, and lines about everything that went wrong."""

    counts: Counter[str] = field(default_factory=Counter[str])
    verdicts: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list[tuple[str, tuple[str, ...], str]])
    misses: list[str] = field(default_factory=list[str])

    def add(self, other: Figures) -> None:
        """Take over another scenario's figures."""
        self.counts.update(other.counts)
        self.verdicts += other.verdicts
        self.misses += other.misses

    def rate(self, right: str, whole: str) -> float:
        """One count over another; 1 where there is nothing to be right about."""
        return self.counts[right] / self.counts[whole] if self.counts[whole] else 1.0

    @property
    def macro_f(self) -> float:
        """Verdict F, averaged over the verdicts that are expected at all."""
        scores: list[float] = []
        for verdict in VERDICTS:
            wanted = sum(expected == verdict for expected, _, _ in self.verdicts)
            if not wanted:
                continue
            said = [(expected, accept) for expected, accept, got in self.verdicts if got == verdict]
            right = sum(verdict in (expected, *accept) for expected, accept in said)
            found = sum(expected == verdict and got in (expected, *accept) for expected, accept, got in self.verdicts)
            precision, recall = right / len(said) if said else 0.0, found / wanted
            scores.append(2 * precision * recall / (precision + recall) if precision + recall else 0.0)
        return sum(scores) / len(scores) if scores else 1.0

    def table(self) -> list[str]:
        """Lines to print."""
        c = self.counts
        right = sum(got in (expected, *accept) for expected, accept, got in self.verdicts)
        return [
            f"rows found          {c['rows found']} of {c['rows']} = {self.rate('rows found', 'rows'):.2f}",
            f"rows precision      {c['rows right']} of {c['rows joined']} = {self.rate('rows right', 'rows joined'):.2f}"
            f"   traps joined {c['traps joined']} of {c['traps']}",
            f"relation            {c['relation right']} of {c['rows found']} = {self.rate('relation right', 'rows found'):.2f}",
            f"hard conflicts      recall {c['hard found']} of {c['hard']}, precision {c['hard right']} of {c['hard said']}",
            f"row sources         {c['row sources right']} of {c['row sources']}",
            f"counts exact        {c['counts right']} of {c['counts']}",
            f"verdicts            {right} of {len(self.verdicts)}, macro F {self.macro_f:.2f}",
            f"passage in top 5    {c['passage found']} of {c['passages']} = {self.rate('passage found', 'passages'):.2f}",
            f"contradiction shown as support {c['contradiction as support']} of {c['contradictions']};"
            f" contradictions that are none {c['false contradictions']}",
            f"quotations          {c['quotations right']} of {c['quotations']}",
        ]


# ---------------------------------------------------------------- scenarios


@cache
def scenario(name: str, folder: Path = VISIBLE) -> Gold:
    """A scenario by the start of its file's name, visible unless another folder is named."""
    path = next(path for path in sorted(folder.glob("pair*.json")) if path.stem.startswith(name))
    return json.loads(path.read_text("utf-8"))


def scenarios(folder: Path = VISIBLE) -> list[str]:
    """Names of the scenarios in a folder, the visible ones unless another is named."""
    return [path.stem for path in sorted(folder.glob("pair*.json"))]


def docs(gold: Gold) -> list[str]:
    """The reports of a scenario."""
    return [each["doc"] for each in gold["documents"] if each.get("kind", "report") == "report"]


def reading(gold: Gold, doc: str, *, end_to_end: bool) -> Reading:
    """A report as annotated, or as read."""
    return _read(gold["documents"], doc) if end_to_end else gold_reading(gold, doc)


def _read(documents: Sequence[Gold], doc: str) -> Reading:
    document = next(each for each in documents if each["doc"] == doc)
    return read_report(document["text"])


@cache
def read_report(text: str) -> Reading:
    """A report read as text; each text once."""
    return read_text(TextLayer(text=text, extractor="gold"), as_="report")


@cache
def letter(identity: str, text: str) -> Letter:
    """A letter of a scenario, read as a case would read it."""
    extract = read_mail(text.encode(), NO_HINTS)
    assert extract.layer is not None
    found = read_text(extract.layer, as_="message", head=extract.head)
    head = extract.head
    people = [(each.name, each.address) for each in (*head.sender, *head.to, *head.cc)] if head else []
    return Letter(
        document=identity,
        text=extract.layer.text,
        language=found.languages[0] if found.languages else "und",
        segments=found.segments,
        mentions=found.mentions,
        people=participants(people),
        date=head.date if head else None,
        reading=found,
    )


def letters(gold: Gold) -> LettersInMemory:
    """The leak of a scenario."""
    texts = {each["id"]: each["text"] for each in gold["leak"]["letters"]}
    threading = [threads.Letter(id=identity, head=head(text)) for identity, text in texts.items()]
    answers = {each.id: each.parent for each in threads.thread(threading) if each.parent}
    return LettersInMemory(
        tuple(
            replace(letter(identity, text), answers=letter(answers[identity], texts[answers[identity]]))
            if identity in answers
            else letter(identity, text)
            for identity, text in texts.items()
        )
    )


@cache
def head(text: str) -> MessageHead:
    """The head of a letter."""
    return read_mail(text.encode(), NO_HINTS).head or MessageHead()


# ---------------------------------------------------------------- who stands for whom


def standing(gold: Gold, doc: str, mine: Reading, *, end_to_end: bool) -> dict[str, set[str]]:
    """Claim id of a reading -> ids of the gold claims that it stands for, their repetitions in the text included."""
    theirs = [each for each in gold["claims"] if each["doc"] == doc]
    by_proposition: dict[str, set[str]] = {}
    for each in theirs:
        by_proposition.setdefault(each["proposition"], set()).add(each["id"])
        if "duplicate_of" in each:
            first = next(other for other in theirs if other["id"] == each["duplicate_of"])
            by_proposition.setdefault(first["proposition"], set()).add(each["id"])
            by_proposition.setdefault(each["proposition"], set()).add(first["id"])
    found: dict[str, set[str]] = {}
    for claim in mine.claims:
        own = {
            each["id"] for each in theirs if (overlap(claim, each) >= STANDS if end_to_end else claim.id == each["id"])
        }
        propositions = {each["proposition"] for each in theirs if each["id"] in own}
        found[claim.id] = own | {other for each in propositions for other in by_proposition[each]}
    return found


def overlap(claim: Claim, theirs: Gold) -> float:
    """Intersection over union of two quotations, in characters."""
    start, end = theirs["quote"]["start"], theirs["quote"]["end"]
    shared = min(claim.quote.end, end) - max(claim.quote.start, start)
    return max(0, shared) / (max(claim.quote.end, end) - min(claim.quote.start, start))


# ---------------------------------------------------------------- comparing


def compare_gold(gold: Gold, a: str, b: str, *, end_to_end: bool) -> Comparison:
    """Two reports of a scenario side by side."""
    pairs = None if end_to_end else gold_entities(gold, a, b)
    return compare_readings(
        reading(gold, a, end_to_end=end_to_end),
        reading(gold, b, end_to_end=end_to_end),
        gold_source(gold, a),
        gold_source(gold, b),
        entities=pairs,
        derived=derived(gold, end_to_end=end_to_end) if len(docs(gold)) > 2 else None,
    )


def score_alignment(gold: Gold, name: str, *, end_to_end: bool) -> Figures:
    """Rows of every pair of reports of a scenario."""
    figures = Figures()
    for a, b in combinations(docs(gold), 2):
        wanted = [r for r in gold["alignment"] if r.get("a") and r.get("b") and set(r.get("pair", (a, b))) == {a, b}]
        comparison = compare_gold(gold, a, b, end_to_end=end_to_end)
        stands = standing(gold, a, comparison.a, end_to_end=end_to_end)
        stands |= standing(gold, b, comparison.b, end_to_end=end_to_end)
        _score_rows(figures, wanted, comparison, stands, f"{name} {a}{b}")
        _score_traps(figures, gold, comparison, stands, a, b, name)
    return figures


def _sides(row: Row, stands: Mapping[str, set[str]]) -> tuple[set[str], set[str]]:
    return {g for c in row.a for g in stands.get(c, ())}, {g for c in row.b for g in stands.get(c, ())}


def _score_rows(
    figures: Figures, wanted: list[Gold], comparison: Comparison, stands: Mapping[str, set[str]], where: str
) -> None:
    joined = [row for row in comparison.rows if row.a and row.b]
    fits = {
        (n, k): bool(left & set(row["a"]) and right & set(row["b"]))
        for n, row in enumerate(wanted)
        for k, (left, right) in enumerate(_sides(each, stands) for each in joined)
    }
    for n, row in enumerate(wanted):
        mine = [joined[k] for k in range(len(joined)) if fits[n, k]]
        hard = row.get("strength") == "hard" and row["relation"] == "conflicting"
        if row.get("optional"):
            continue
        figures.counts["rows"] += 1
        figures.counts["hard"] += hard
        if not mine:
            figures.misses.append(f"ROW- {where} {row['relation']}: {_quotes(comparison, stands, row)}")
            continue
        figures.counts["rows found"] += 1
        accepted = (row["relation"], *row.get("accept", ()))
        right = any(each.relation in accepted for each in mine)
        figures.counts["relation right"] += right
        figures.counts["hard found"] += hard and any(e.relation == "conflicting" and e.strength == "hard" for e in mine)
        figures.counts["row sources"] += 1
        least = row.get("at_least", row["independent_sources"])
        most = row.get("at_most", row["independent_sources"])
        exact = any(least <= each.independent_sources <= most for each in mine)
        figures.counts["row sources right"] += exact
        if not exact:
            figures.misses.append(
                f"SRC  {where} {[e.independent_sources for e in mine]} for {row['independent_sources']}: {row['a']} {row['b']}"
            )
        if not right:
            figures.misses.append(
                f"REL  {where} {[e.relation for e in mine]} for {accepted}: {mine[0].reasons} {_words(comparison, mine[0])}"
            )
    for k, each in enumerate(joined):
        rows = [wanted[n] for n in range(len(wanted)) if fits[n, k]]
        figures.counts["rows joined"] += 1
        figures.counts["rows right"] += bool(rows)
        if not rows:
            figures.misses.append(f"ROW+ {where} {each.relation} {each.slots}: {_words(comparison, each)}")
        if each.relation == "conflicting" and each.strength == "hard":
            figures.counts["hard said"] += 1
            right = any(
                "conflicting" in (r["relation"], *r.get("accept", ())) or r["relation"] == "updated" for r in rows
            )
            figures.counts["hard right"] += right
            if not right:
                figures.misses.append(f"HARD+ {where}: {each.reasons} {_words(comparison, each)}")


def _words(comparison: Comparison, row: Row) -> str:
    a = {c.id: c.quote.exact for c in comparison.a.claims}
    b = {c.id: c.quote.exact for c in comparison.b.claims}
    return " + ".join(a[c] for c in row.a) + "  ~  " + " + ".join(b[c] for c in row.b)


def _quotes(comparison: Comparison, stands: Mapping[str, set[str]], row: Gold) -> str:
    def shown(side: Reading, ids: list[str]) -> str:
        mine = [c for c in side.claims if stands.get(c.id, set()) & set(ids)]
        return " + ".join(_shown(c) for c in mine) or f"(not read {ids})"

    return shown(comparison.a, row["a"]) + "  ~  " + shown(comparison.b, row["b"])


def _shown(claim: Claim) -> str:
    subject, thing = claim.subject.text if claim.subject else "-", claim.object.text if claim.object else "-"
    return f"[{subject} | {claim.predicate.lemma}/{claim.predicate.class_} | {thing}]"


def _score_traps(
    figures: Figures, gold: Gold, comparison: Comparison, stands: Mapping[str, set[str]], a: str, b: str, name: str
) -> None:
    for trap in gold.get("not_aligned", ()):
        if {trap["a"].split(".")[0], trap["b"].split(".")[0]} != {a, b}:
            continue
        figures.counts["traps"] += 1
        for row in comparison.rows:
            left, right = _sides(row, stands)
            if (trap["a"] in left and trap["b"] in right) or (trap["b"] in left and trap["a"] in right):
                figures.counts["traps joined"] += 1
                figures.misses.append(f"TRAP {name}: {trap['why']}: {row.slots} {_words(comparison, row)}")
                break


# ---------------------------------------------------------------- lineage


def derived(gold: Gold, *, end_to_end: bool) -> Derived:
    """The lineage of all reports of a scenario."""
    names = docs(gold)
    readings = [(reading(gold, doc, end_to_end=end_to_end), gold_source(gold, doc)) for doc in names]
    if end_to_end:
        return derive_all(readings)
    identity = {each["id"]: each["id"] for each in gold["entities"]}
    return derive([ReportText(reading=r, meta=m, identity=identity) for r, m in readings])


def score_counts(gold: Gold, name: str, *, end_to_end: bool) -> Figures:
    """Independent sources of the listed groups of claims."""
    figures = Figures()
    graph = derived(gold, end_to_end=end_to_end)
    theirs = {each["id"]: each for each in gold["claims"]}
    readings = {doc: reading(gold, doc, end_to_end=end_to_end) for doc in docs(gold)}
    for count in gold["lineage"].get("counts", ()):
        twins = [
            (doc, twin_of(theirs[each], readings[doc], end_to_end=end_to_end))
            for each in count["claims"]
            for doc in readings
            if theirs[each]["doc"] == doc
        ]
        claims = [(doc, twin.id) for doc, twin in twins if twin is not None]
        if not claims:
            continue
        found = corroborate(graph, claims)
        least, most = count["independent_sources"], count.get("at_most", count["independent_sources"])
        figures.counts["counts"] += 1
        right = (found.at_least, found.at_most) == (least, most) or (found.at_least == least == most)
        figures.counts["counts right"] += right
        if not right:
            figures.misses.append(
                f"COUNT {name} {count['claims']}: {found.at_least}..{found.at_most} for {least}..{most} ({count.get('why')}) {found.roots} {found.unknown}"
            )
    return figures


# ---------------------------------------------------------------- checking


def checked(gold: Gold, doc: str, *, end_to_end: bool, held: Letters | None = None) -> Checking:
    """A report of a scenario against its letters, or against others that hold them too."""
    return check(reading(gold, doc, end_to_end=end_to_end), held or letters(gold), wording=installed())


def score_check(gold: Gold, name: str, *, end_to_end: bool, held: Letters | None = None) -> Figures:
    """Verdicts, passages and quotations of every report of a scenario. `held`: its letters among others."""
    figures = Figures()
    for doc in docs(gold):
        mine = reading(gold, doc, end_to_end=end_to_end)
        result = checked(gold, doc, end_to_end=end_to_end, held=held)
        by_id = {each.claim: each for each in result.claims}
        theirs = {each["id"]: each for each in gold["claims"]}
        for verdict in gold["leak"]["verdicts"]:
            if verdict.get("unlisted") or not verdict["claim"].startswith(f"{doc}."):
                continue
            twin = twin_of(theirs[verdict["claim"]], mine, end_to_end=end_to_end)
            _score_verdict(figures, gold, verdict, by_id.get(twin.id) if twin else None, twin, name)
        for quotation in gold["leak"].get("quotations", ()):
            if quotation.get("doc", doc) == doc:
                _score_quotation(figures, quotation, result, name)
    return figures


def twin_of(theirs: Gold, mine: Reading, *, end_to_end: bool) -> Claim | None:
    """The claim of a reading that stands for a marked one."""
    if not end_to_end:
        return next(claim for claim in mine.claims if claim.id == theirs["id"])
    best = max(mine.claims, key=lambda claim: overlap(claim, theirs), default=None)
    return best if best is not None and overlap(best, theirs) >= STANDS else None


def _score_verdict(
    figures: Figures, gold: Gold, verdict: Gold, one: CheckedClaim | None, claim: Claim | None, name: str
) -> None:
    expected, accept = verdict["verdict"], tuple(verdict.get("accept", ()))
    got = one.verdict if one else "not read"
    figures.verdicts.append((expected, accept, got))
    right = got in (expected, *accept)
    contradicted = expected == "contradicts" and "supports" not in accept
    figures.counts["contradictions"] += contradicted
    figures.counts["contradiction as support"] += contradicted and got == "supports"
    figures.counts["false contradictions"] += got == "contradicts" and not right
    where = f"{name} {verdict['claim']}"
    passages = verdict.get("passages", [])
    relevant = True
    if passages and not verdict.get("near_only"):
        figures.counts["passages"] += 1
        relevant = one is not None and any(_is_passage(gold, p, each) for p in passages for each in one.passages[:5])
        figures.counts["passage found"] += relevant
    if not right or not relevant:
        first = [(p.document, p.text[:80], p.slots) for p in one.passages[:2]] if one else []
        wanted = [(p["letter"], p["text"]) for p in passages]
        figures.misses.append(
            f"CHK {where} {got} for {(expected, *accept)}{'' if relevant else ' PASSAGE MISSED'}: {_shown(claim) if claim else '(not read)'}"
            f" {claim.quote.exact if claim else ''}\n      {one.reasons if one else ''}\n      wanted {wanted}\n      first {first}"
        )


def _is_passage(gold: Gold, wanted: Gold, mine: Any) -> bool:
    """Whether a shown passage overlaps the listed one; offsets of the listing count in the raw letter."""
    if mine.document != wanted["letter"]:
        return False
    words, shown = " ".join(wanted["text"].split()), " ".join(mine.text.split())
    return words in shown or shown in words


def _score_quotation(figures: Figures, quotation: Gold, result: Checking, name: str) -> None:
    figures.counts["quotations"] += 1
    mine = [each for each in result.quotations if quotation["text"] in each.text or each.text in quotation["text"]]
    right = any(each.verdict == quotation["verdict"] for each in mine)
    figures.counts["quotations right"] += right
    if not right:
        figures.misses.append(
            f"QUOTE {name} {[e.verdict for e in mine]} for {quotation['verdict']}: {quotation['text']}"
        )


# ---------------------------------------------------------------- variants


def edited(gold: Gold, edits: Sequence[Gold]) -> Gold:
    """A scenario with some words of its texts changed; only the texts are worth anything afterwards."""
    texts = {each["doc"]: each["text"] for each in gold["documents"]}
    for edit in sorted(edits, key=lambda each: -each["start"]):
        text = texts[edit["doc"]]
        assert text[edit["start"] : edit["end"]] == edit["text"]
        texts[edit["doc"]] = text[: edit["start"]] + edit["replace_with"] + text[edit["end"] :]
    return {**gold, "documents": [{**each, "text": texts[each["doc"]]} for each in gold["documents"]]}


def all_figures(*, end_to_end: bool, only: str = "", folder: Path = VISIBLE) -> Iterator[tuple[str, Figures]]:
    """Figures of each scenario in a folder, the visible ones unless another is named."""
    for name in scenarios(folder):
        if only and not name.startswith(only):
            continue
        gold = scenario(name, folder)
        figures = score_alignment(gold, name, end_to_end=end_to_end)
        figures.add(score_counts(gold, name, end_to_end=end_to_end))
        figures.add(score_check(gold, name, end_to_end=end_to_end))
        yield name, figures


def score_variants(gold: Gold, name: str) -> Figures:
    """What must be found after an edit of the texts, end to end: relation, strength, verdict, independent sources."""
    figures = Figures()
    for variant in gold.get("variants", ()):
        changed, wanted = edited(gold, variant["edits"]), variant["expected"]
        doc = wanted["claim"].split(".")[0]
        mine = reading(changed, doc, end_to_end=True)
        twin = _shifted_twin(gold, wanted["claim"], variant["edits"], mine)
        got: dict[str, object] = {}
        if twin is not None and "verdict" in wanted:
            result = check(mine, letters(gold))
            got["verdict"] = next(each.verdict for each in result.claims if each.claim == twin.id)
        if twin is not None and "with" in wanted:
            other = wanted["with"].split(".")[0]
            row = _row_with(changed, doc, other, twin)
            got |= {"relation": row.relation, "strength": row.strength, "independent_sources": row.independent_sources}
        for key in ("relation", "strength", "verdict", "independent_sources"):
            if key in wanted:
                figures.counts[f"variant {key}"] += 1
                figures.counts[f"variant {key} right"] += got.get(key) == wanted[key]
                if got.get(key) != wanted[key]:
                    figures.misses.append(
                        f"VAR  {name} {wanted['claim']} {key}: {got.get(key, 'not read')} for {wanted[key]}"
                    )
    return figures


def _row_with(gold: Gold, doc: str, other: str, claim: Claim) -> Row:
    a, b = sorted((doc, other))
    rows = compare_gold(gold, a, b, end_to_end=True).rows
    fitting = [row for row in rows if claim.id in (*row.a, *row.b)]
    return max(fitting, key=lambda row: bool(row.a and row.b))


def _shifted_twin(gold: Gold, identity: str, edits: Sequence[Gold], mine: Reading) -> Claim | None:
    theirs = next(each for each in gold["claims"] if each["id"] == identity)
    start, end = theirs["quote"]["start"], theirs["quote"]["end"]
    for edit in edits:
        grown = len(edit["replace_with"]) - (edit["end"] - edit["start"])
        if edit["doc"] == theirs["doc"] and edit["end"] <= end:
            start, end = (start + grown if edit["end"] <= start else start), end + grown
    return twin_of({"quote": {"start": start, "end": end}}, mine, end_to_end=True)
