"""Edges that the texts themselves show: aligned word runs, after names and boilerplate are taken out.

Much shared text means that one rests on the other (inferred). Where both state the same source, that source explains the
shared words, and a derivation between the two is merely possible. A little shared text is merely possible too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from leakdesk.language.reuse import aligned_runs, shingles
from leakdesk.lineage.order import order, ranks, said
from leakdesk.lineage.reuse_many import ReuseIndex
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.ties import Ties
from leakdesk.model.claim import Reading
from leakdesk.model.derivation import Certainty, Derivation
from leakdesk.model.document import SPEAKING_ROLES
from leakdesk.model.entity import NAMED_TYPES

#: Shortest run of words that counts, names removed. METER-like work uses 5 to 8; below that, idiom drowns reuse.
SHORTEST_RUN = 5
#: Share of the shorter text that must stand in the other before one is said to rest on the other.
MUCH = 0.4
#: Words of the longest run that make a weak tie worth showing at all.
WORTH_SHOWING = 6

_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
_Token = tuple[str, int, int]


def reuse_edges(reports: Sequence[ReportText], ties: Ties) -> list[Derivation]:
    """Inferred and possible derivations between reports, from reuse of words."""
    tokens = [_tokens(report.reading) for report in reports]
    rank = ranks([report.meta for report in reports])
    edges: list[Derivation] = []
    for pair in _candidates(reports, tokens):
        later, earlier = sorted(pair, key=rank.__getitem__, reverse=True)
        a, b = reports[later], reports[earlier]
        if ties.stated(a.node_id, b.node_id):
            continue
        common = ties.common_source(a.node_id, b.node_id)
        if edge := _same(a, b) or _edge(a, b, tokens[later], tokens[earlier], common=common):
            edges.append(edge)
    return edges


#: Up to so many reports every pair is aligned; beyond, only pairs that share a run of words or are versions of one text.
ALL_PAIRS = 30
#: A run of words in more reports than this is idiom, boilerplate, or a text that everybody printed.
COMMON_RUN = 50


def _candidates(reports: Sequence[ReportText], tokens: Sequence[list[_Token]]) -> Iterable[tuple[int, int]]:
    """Pairs worth aligning. Among many reports these are the pairs that share a run of the shortest length at all; a text
    that more print than anybody could align pair by pair holds together through a few of them each."""
    if len(reports) <= ALL_PAIRS:
        return combinations(range(len(reports)), 2)
    holders: dict[int, list[int]] = {}
    index, shared = ReuseIndex(), set[tuple[int, int]]()
    for number, report in enumerate(reports):
        for shingle in shingles([word for word, _, _ in tokens[number]], SHORTEST_RUN):
            holders.setdefault(shingle, []).append(number)
        shared |= {(int(hit.earlier), number) for hit in index.add(str(number), report.reading.text)}
    for known in holders.values():
        if len(known) <= COMMON_RUN:
            shared |= set(combinations(known, 2))
    same: dict[str, int] = {}
    for number, report in enumerate(reports):
        first = same.setdefault(_words(report), number)
        if first != number:
            shared.add((first, number))
    return sorted(shared)


def _words(report: ReportText) -> str:
    return " ".join(report.reading.text.split())


def _same(later: ReportText, earlier: ReportText) -> Derivation | None:
    """Twice the same text is one text, however short it is, and also where there is nothing in it."""
    if _words(later) != _words(earlier):
        return None
    return Derivation(
        source=later.node_id,
        target=earlier.node_id,
        relation="wasDerivedFrom",
        certainty=Certainty.INFERRED,
        reasons=(f"the same text, word for word; {_order_said(later, earlier)}",),
    )


def _tokens(reading: Reading) -> list[_Token]:
    """Words of the speaking segments, names left out: (folded word, start, end)."""
    names = [(m.start, m.end) for m in reading.mentions if m.type in NAMED_TYPES]
    spoken = [s for s in reading.segments if s.role in SPEAKING_ROLES]
    found: list[_Token] = []
    for match in _WORD.finditer(reading.text):
        inside = any(s.start <= match.start() < s.end for s in spoken)
        named = any(start <= match.start() < end for start, end in names)
        if inside and not named:
            found.append((match[0].casefold(), match.start(), match.end()))
    return found


def _edge(
    later: ReportText, earlier: ReportText, words: list[_Token], older: list[_Token], *, common: bool
) -> Derivation | None:
    runs = aligned_runs([word for word, _, _ in words], [word for word, _, _ in older], SHORTEST_RUN)
    if not runs:
        return None
    longest = max(runs, key=lambda run: run[2])
    shared = sum(run[2] for run in runs)
    much = shared >= MUCH * min(len(words), len(older))
    if not much and longest[2] < WORTH_SHOWING:
        return None
    reasons = [f"{shared} words in {len(runs)} aligned run{'s' if len(runs) > 1 else ''}, names left out"]
    reasons.append(_order_said(later, earlier))
    if common:
        reasons.append("a source that both name explains the shared words as well")
    start, end = words[longest[0]][1], words[longest[0] + longest[2] - 1][2]
    return Derivation(
        source=later.node_id,
        target=earlier.node_id,
        relation="wasDerivedFrom",
        certainty=Certainty.INFERRED if much and not common else Certainty.POSSIBLE,
        reasons=("; ".join(reasons),),
        anchors=(later.anchor_at(start, end),),
    )


def _order_said(later: ReportText, earlier: ReportText) -> str:
    """The sentence for who came first."""
    if order(later.meta, earlier.meta) == 0:
        return "which of the two came first is unknown"
    return said(later.meta, earlier.meta)
