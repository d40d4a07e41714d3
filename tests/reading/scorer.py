"""Scores readings against files in the format leakdesk-gold/1, with the definitions of the reading brief.

*Span match*: intersection over union of characters. *Attribution strict*: source IoU >= .6 (or rightly none) and content
IoU >= .8, one to one; *cue*: cue spans overlap. *Claim hit*: same sentence and two of subject, predicate, object right (head,
lemma or listed alternative); *three heads*: all three; *core recall*: hits among claims of tier core.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leakdesk.language.concepts import fold, lemmas
from leakdesk.model.claim import Attribution, Claim, Reading
from leakdesk.model.document import Role, TextLayer
from leakdesk.reading.read import read_text

Span = tuple[int, int]
KEPT = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTED})
#: Gold names of how a claim is told that the reading writes otherwise.
SAME_MODALITY = {"intended": "planned", "predicted": "planned", "possible": "predicted"}


@dataclass
class Count:
    """True positives, predicted, wanted."""

    hit: float = 0
    predicted: float = 0
    wanted: float = 0

    def add(self, other: Count) -> None:
        self.hit += other.hit
        self.predicted += other.predicted
        self.wanted += other.wanted

    @property
    def precision(self) -> float:
        return self.hit / self.predicted if self.predicted else float("nan")

    @property
    def recall(self) -> float:
        return self.hit / self.wanted if self.wanted else float("nan")

    @property
    def f(self) -> float:
        return 2 * self.hit / (self.predicted + self.wanted) if self.predicted + self.wanted else float("nan")


@dataclass
class Score:
    """All figures of one or more documents; `rules` maps a rule id to right and given."""

    counts: dict[str, Count] = field(default_factory=dict)
    rules: dict[str, Count] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def count(self, name: str) -> Count:
        return self.counts.setdefault(name, Count())

    def add(self, other: Score) -> None:
        for name, count in other.counts.items():
            self.count(name).add(count)
        for name, count in other.rules.items():
            self.rules.setdefault(name, Count()).add(count)
        self.misses += other.misses


def iou(left: Span | None, right: Span | None) -> float:
    """Intersection over union of characters; 0 where one is missing."""
    if left is None or right is None:
        return 0.0
    shared = min(left[1], right[1]) - max(left[0], right[0])
    whole = max(left[1], right[1]) - min(left[0], right[0])
    return max(0, shared) / whole if whole else 1.0


def span(record: dict[str, Any] | None) -> Span | None:
    return (record["start"], record["end"]) if record and record.get("start") is not None else None


def gold_files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.glob("**/*.json")
        if json.loads(path.read_text("utf-8")).get("format") == "leakdesk-gold/1"
    )


def score_file(path: Path, *, reader: Callable[[str, str], Reading] | None = None) -> dict[str, Score]:
    """Scores of a gold file, by language."""
    gold = json.loads(path.read_text("utf-8"))
    by_language: dict[str, Score] = {}
    for document in gold["documents"]:
        text = document.get("text")
        if text is None:
            text = (path.parent / document["file"]).read_bytes().decode("utf-8")
        language = document["language"]
        reading = (reader or read_default)(text, document.get("kind", "report"))
        by_language.setdefault(language, Score()).add(
            score_document(gold, document, text, reading, name=f"{path.stem}/{document['doc']}")
        )
    return by_language


def read_default(text: str, kind: str) -> Reading:
    return read_text(
        TextLayer(text=text, extractor="gold"), as_="message" if kind in ("message", "letter") else "report"
    )


def score_document(
    gold: dict[str, Any], document: dict[str, Any], text: str, reading: Reading, *, name: str = ""
) -> Score:
    score = Score()
    scored = document.get("scored") or gold.get("scored") or ["zones", "attributions", "claims"]
    if "zones" in scored:
        _zones(score, document, reading)
    mine = [each for each in gold.get("attributions", []) if each["doc"] == document["doc"]]
    if "attributions" in scored:
        _attributions(score, mine, reading, name, text)
    if "claims" not in scored:
        return score
    claims = [each for each in gold.get("claims", []) if each["doc"] == document["doc"]]
    _claims(score, claims, document, reading, text, name)
    return score


# ---------------------------------------------------------------- zones


def _zones(score: Score, document: dict[str, Any], reading: Reading) -> None:
    roles: list[Role | None] = [None] * len(reading.text)
    for segment in reading.segments:
        for k in range(segment.start, segment.end):
            roles[k] = segment.role
    kept, dropped = score.count("zones kept"), score.count("zones dropped")
    for zone in document.get("zones", []):
        for k in range(zone["start"], zone["end"]):
            if roles[k] == Role.LABEL:
                continue
            predicted_kept = roles[k] in KEPT
            if zone["drop"]:
                dropped.wanted += 1
                dropped.hit += not predicted_kept
                kept.predicted += predicted_kept
                dropped.predicted += not predicted_kept
            else:
                kept.wanted += 1
                kept.hit += predicted_kept
                kept.predicted += predicted_kept
                dropped.predicted += not predicted_kept
        wrong = sum(roles[k] in KEPT for k in range(zone["start"], zone["end"])) / max(1, zone["end"] - zone["start"])
        if (wrong > 0.5) == bool(zone["drop"]):
            score.misses.append(f"ZONE {zone['type']} drop={zone['drop']}: {zone['text'][:90]!r}")


# ---------------------------------------------------------------- attributions


def _attributions(score: Score, gold: list[dict[str, Any]], reading: Reading, name: str, text: str) -> None:
    strict, cues = score.count("attribution strict"), score.count("attribution cue")
    predicted = [each for each in reading.attributions if each.type != "document_level"]
    strict.wanted += len(gold)
    strict.predicted += len(predicted)
    pairs = one_to_one(predicted, gold, _attribution_right)
    strict.hit += len(pairs)
    right = {id(mine) for mine, _ in pairs}
    for each in predicted:
        rule = score.rules.setdefault("attribution " + each.rule, Count())
        rule.predicted += 1
        rule.hit += id(each) in right
        if id(each) not in right:
            score.misses.append(f"A+ {name} [{each.rule}] {_of(each.source)} | {_of(each.cue)} | {_of(each.content)}")
    found = {id(theirs) for _, theirs in pairs}
    for each in gold:
        if id(each) not in found:
            score.misses.append(
                f"A- {name} {each['type']} {_text(each.get('source'))} | {_text(each.get('cue'))} | {_text(each.get('content'))}"
            )
    cued = [each for each in gold if each.get("cue")]
    with_cue = [each for each in predicted if each.cue is not None]
    cues.wanted += len(cued)
    cues.predicted += len(with_cue)
    cues.hit += len(
        one_to_one(with_cue, cued, lambda mine, theirs: float(iou(_own(mine.cue), span(theirs["cue"])) > 0))
    )


def _own(value: Any) -> Span | None:
    return (value.start, value.end) if value is not None else None


def _of(value: Any) -> str:
    return value.text if value is not None else "-"


def _text(value: dict[str, Any] | None) -> str:
    return value["text"] if value else "-"


def _attribution_right(mine: Attribution, theirs: dict[str, Any]) -> float:
    sources = [span(theirs.get("source")), *(span(each) for each in theirs.get("source_alt", []))]
    contents = [span(theirs.get("content")), *(span(each) for each in theirs.get("content_alt", []))]
    source_score = max(
        (1.0 if each is None and mine.source is None else iou(_own(mine.source), each)) for each in sources
    )
    content_score = max(
        (1.0 if each is None and mine.content is None else iou(_own(mine.content), each)) for each in contents
    )
    return source_score + content_score if source_score >= 0.6 and content_score >= 0.8 else 0.0


# ---------------------------------------------------------------- claims


def _claims(
    score: Score, gold: list[dict[str, Any]], document: dict[str, Any], reading: Reading, text: str, name: str
) -> None:
    sentences = {each["id"]: (each["start"], each["end"]) for each in document.get("sentences", [])}
    language = document["language"]
    predicted = list(reading.claims)
    hit, three, quote = score.count("claim hit"), score.count("claim three heads"), score.count("claim quote .8")
    core, told, verbatim = score.count("core recall"), score.count("modality"), score.count("quote verbatim")

    def heads(mine: Claim, theirs: dict[str, Any]) -> int:
        place = sentences.get(theirs["sentence"])
        if place is None or not (place[0] - 1 <= mine.quote.start < place[1] + 1):
            return 0
        return sum(right_heads(mine, theirs, language))

    def ranked(mine: Claim, theirs: dict[str, Any]) -> float:
        count = heads(mine, theirs)
        return count + iou((mine.quote.start, mine.quote.end), span(theirs["quote"])) if count >= 2 else 0.0

    pairs = one_to_one(predicted, gold, ranked)
    for count in (hit, three, quote):
        count.predicted += len(predicted)
        count.wanted += len(gold)
    hit.hit += len(pairs)
    three.hit += sum(heads(mine, theirs) == 3 for mine, theirs in pairs)
    quote.hit += len(one_to_one(predicted, gold, _quote_right))
    core_gold = [each for each in gold if each["tier"] == "core"]
    matched = {id(theirs) for _, theirs in pairs}
    core.wanted += len(core_gold)
    core.predicted += len(core_gold)
    core.hit += sum(id(each) in matched for each in core_gold)
    told.wanted += len(pairs)
    told.predicted += len(pairs)
    for mine, theirs in pairs:
        right = same_modality(mine, theirs)
        told.hit += right
        if not right:
            score.misses.append(
                f"M  {name} {mine.modality}{mine.polarity} for {theirs['modality']}{theirs['polarity']}: {theirs['quote']['exact']}"
            )
        if heads(mine, theirs) < 3:
            score.misses.append(f"C2 {name} {shown(mine)} FOR {gold_shown(theirs)}")
    verbatim.wanted += len(predicted)
    verbatim.predicted += len(predicted)
    verbatim.hit += sum(text[each.quote.start : each.quote.end] == each.quote.exact for each in predicted)
    right_claims = {id(mine) for mine, _ in pairs}
    for each in predicted:
        rule = score.rules.setdefault("claim " + each.rule, Count())
        rule.predicted += 1
        rule.hit += id(each) in right_claims
        if id(each) not in right_claims:
            score.misses.append(f"C+ {name} {shown(each)} <- {each.quote.exact}")
    for each in gold:
        if id(each) not in matched:
            score.misses.append(f"C- {name} {each['tier']} {gold_shown(each)} <- {each['quote']['exact']}")


def shown(claim: Claim) -> str:
    return f"({claim.subject.head if claim.subject else '-'}; {claim.predicate.lemma}; {claim.object.head if claim.object else '-'})"


def gold_shown(claim: dict[str, Any]) -> str:
    obj = claim.get("object") or {}
    subject = claim.get("subject") or {}
    return f"({subject.get('head')}; {claim['predicate']['lemma']}/{','.join(claim['predicate'].get('alt', []))}; {obj.get('head')})"


def right_heads(mine: Claim, theirs: dict[str, Any], language: str) -> tuple[bool, bool, bool]:
    """Subject, predicate, object: right or not."""
    subject = theirs.get("subject") or {}
    wanted_subject = [subject.get("head"), *as_list(theirs.get("subject_alt_head"))]
    obj = theirs.get("object") or {}
    wanted_object = [obj.get("head"), *as_list(theirs.get("object_alt_head"))]
    lemmas_wanted = [theirs["predicate"]["lemma"], *theirs["predicate"].get("alt", [])]
    return (
        _head_right(mine.subject.head if mine.subject else None, wanted_subject, language),
        any(same_word(mine.predicate.lemma, each, language) for each in lemmas_wanted),
        _head_right(mine.object.head if mine.object else None, wanted_object, language),
    )


def as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _head_right(mine: str | None, wanted: list[str | None], language: str) -> bool:
    if mine is None:
        return wanted[0] is None
    return any(each is not None and same_word(mine, each, language) for each in wanted)


def same_word(left: str, right: str, language: str) -> bool:
    if fold(left) == fold(right):
        return True
    return bool(set(lemmas(left, language)) & set(lemmas(right, language)))


def _quote_right(mine: Claim, theirs: dict[str, Any]) -> float:
    value = iou((mine.quote.start, mine.quote.end), span(theirs["quote"]))
    return value if value >= 0.8 else 0.0


def same_modality(mine: Claim, theirs: dict[str, Any]) -> bool:
    """Modality and polarity together; a denied claim is one with the sign turned by a denier."""
    wanted = theirs["modality"]
    if wanted == "denied":
        return mine.polarity == "-" or mine.modality == "alleged"
    if mine.modality in as_list(theirs.get("modality_alt")):
        return True
    own = SAME_MODALITY.get(mine.modality, mine.modality)
    return (wanted in (mine.modality, own) or own == SAME_MODALITY.get(wanted, wanted)) and mine.polarity == theirs[
        "polarity"
    ]


# ---------------------------------------------------------------- pairing


def one_to_one(left: list[Any], right: list[Any], value: Callable[[Any, Any], float]) -> list[tuple[Any, Any]]:
    """Pairs with the best values first, each item once; pairs of value 0 are none."""
    scored = sorted(
        ((value(mine, theirs), a, b) for a, mine in enumerate(left) for b, theirs in enumerate(right)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs: list[tuple[Any, Any]] = []
    for worth, a, b in scored:
        if worth <= 0:
            break
        if a in used_left or b in used_right:
            continue
        used_left.add(a)
        used_right.add(b)
        pairs.append((left[a], right[b]))
    return pairs


#: Metrics that are held to their floors.
HELD = (
    "zones kept",
    "zones dropped",
    "attribution strict",
    "claim hit",
    "claim three heads",
    "core recall",
    "modality",
    "quote verbatim",
)


Floors = dict[str, dict[str, list[float]]]


def floors_of(path: Path) -> Floors:
    """language -> metric -> [right, given, wanted] of a gold file."""
    return {
        language: {
            name: [count.hit, count.predicted, count.wanted] for name, count in score.counts.items() if name in HELD
        }
        for language, score in score_file(path).items()
    }


def table(score: Score) -> list[str]:
    """Lines to print: every metric with precision, recall, F."""
    return [
        f"  {name:<22} P {count.precision:.3f}  R {count.recall:.3f}  F {count.f:.3f}   ({count.hit:g} of {count.predicted:g} given, {count.wanted:g} wanted)"
        for name, count in score.counts.items()
    ]
