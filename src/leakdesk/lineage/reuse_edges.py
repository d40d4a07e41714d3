"""Edges that the texts themselves show: aligned word runs, after names and boilerplate are taken out.

Much shared text means that one rests on the other (inferred). Where both state the same source, that source explains the
shared words, and a derivation between the two is merely possible. A little shared text is merely possible too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from leakdesk.language.reuse import aligned_runs, shingles
from leakdesk.model.anchor import anchor_at
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import SourceText
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
_Text = tuple[str, Reading, SourceText]
_Token = tuple[str, int, int]


def reuse_edges(reports: Sequence[_Text], stated: Sequence[Derivation]) -> list[Derivation]:
    """Inferred and possible derivations between reports, from reuse of words."""
    tokens = {node: _tokens(reading) for node, reading, _ in reports}
    edges: list[Derivation] = []
    for first, second in _candidates(reports, tokens):
        if _tied(first[0], second[0], stated):
            continue
        if edge := _edge(first, second, tokens, _common_source(first[0], second[0], stated)):
            edges.append(edge)
    return edges


#: Up to so many reports every pair is aligned; beyond, only pairs that share a run of words.
ALL_PAIRS = 30
#: A run of words in more reports than this is idiom or boilerplate.
COMMON_RUN = 50


def _candidates(reports: Sequence[_Text], tokens: dict[str, list[_Token]]) -> Iterable[tuple[_Text, _Text]]:
    """Pairs worth aligning. Among many reports these are the pairs that share a run of the shortest length at all."""
    if len(reports) <= ALL_PAIRS:
        return combinations(reports, 2)
    holders: dict[int, list[int]] = {}
    for number, report in enumerate(reports):
        for shingle in shingles([word for word, _, _ in tokens[report[0]]], SHORTEST_RUN):
            holders.setdefault(shingle, []).append(number)
    shared = {pair for known in holders.values() if len(known) <= COMMON_RUN for pair in combinations(known, 2)}
    return ((reports[a], reports[b]) for a, b in sorted(shared))


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


def _tied(a: str, b: str, stated: Sequence[Derivation]) -> bool:
    return any({edge.source, edge.target} == {a, b} and edge.certainty == Certainty.STATED for edge in stated)


def _common_source(a: str, b: str, stated: Sequence[Derivation]) -> bool:
    targets = [
        {edge.target for edge in stated if edge.source == node and edge.certainty == Certainty.STATED}
        for node in (a, b)
    ]
    return bool(targets[0] & targets[1])


def _edge(first: _Text, second: _Text, tokens: dict[str, list[_Token]], common: bool) -> Derivation | None:
    words_a, words_b = tokens[first[0]], tokens[second[0]]
    runs = aligned_runs([w for w, _, _ in words_a], [w for w, _, _ in words_b], SHORTEST_RUN)
    if not runs:
        return None
    longest = max(runs, key=lambda run: run[2])
    shared = sum(run[2] for run in runs)
    much = shared >= MUCH * min(len(words_a), len(words_b))
    if not much and longest[2] < WORTH_SHOWING:
        return None
    later, earlier, order = _order(first, second)
    certainty = Certainty.INFERRED if much and not common else Certainty.POSSIBLE
    reasons = [f"{shared} words in {len(runs)} aligned run{'s' if len(runs) > 1 else ''}, names left out", order]
    if common:
        reasons.append("a source that both name explains the shared words as well")
    own = later[0] == first[0]
    words, at = (words_a, longest[0]) if own else (words_b, longest[1])
    start, end = words[at][1], words[at + longest[2] - 1][2]
    anchor = anchor_at(later[1].text, start, end, document=later[2].name, text_sha256=later[1].sha256)
    return Derivation(
        source=later[0],
        target=earlier[0],
        relation="wasDerivedFrom",
        certainty=certainty,
        reasons=("; ".join(reasons),),
        anchors=(anchor,),
    )


def _order(first: _Text, second: _Text) -> tuple[_Text, _Text, str]:
    """Which came later, and the sentence for it. Times without a zone leave the order of close texts unknown."""
    a, b = first[2].published, second[2].published
    if a and b and a[:10] != b[:10]:
        later, earlier = (first, second) if a > b else (second, first)
        return later, earlier, f"{later[2].name} appeared on a later day"
    if a and b and a != b and _has_zone(a) and _has_zone(b):
        later, earlier = (first, second) if a > b else (second, first)
        return later, earlier, f"{later[2].name} appeared later that day"
    return second, first, "which of the two came first is unknown"


def _has_zone(published: str) -> bool:
    return bool(re.search(r"(?:Z|[+-]\d{2}:?\d{2})$", published[10:]))
