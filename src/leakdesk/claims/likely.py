"""Sentences in which no rule finds a claim's event, and which are likely to tell it in other words.

Rules have spoken first. What they leave open is weighed (claims/telling.py) by what claim and sentence have in common, and,
where a model of meaning is installed, by how near their words are: nearer than the claim is to the other sentences at hand, and
the sentence to the report's other claims. The likeliest of them a model reads together with the claim (claims/together.py), where
it can. Both also rank the passages that are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from leakdesk.claims.judge import Judged, as_likely, is_open
from leakdesk.claims.nearness import Nearness, Wording, nearness
from leakdesk.claims.telling import LIKELY_FROM, features, likelihood, may_tell
from leakdesk.claims.together import Together, rank_of, reader_of
from leakdesk.claims.together import features as reading_of
from leakdesk.claims.wanted import Wanted

#: Sentences of one claim that a model of meaning reads, the likeliest first, and sentences of a whole report (a second or so).
READ, READ_AT_MOST = 10, 120
#: And that it reads together with the claim, the likeliest first (some 10 ms each).
TOGETHER, TOGETHER_AT_MOST = 6, 100


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim and the best of the sentences that were held against it, best first; `looked`: among how many."""

    wish: Wanted
    judged: list[Judged]
    looked: int


def with_likely(report: Sequence[Beside], wording: Wording | None) -> list[list[Judged]]:
    """The sentences of each claim again, those marked that are likely to tell it in other words. `wording`: what turns
    sentences into vectors, where it is installed."""
    return [list(_marked(beside, found)) for beside, found in zip(report, weighed(report, wording), strict=True)]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a claim and a sentence have in common, how near they are in meaning, and what a model says that reads both (nothing
    where none did)."""

    features: Mapping[str, float]
    near: Mapping[str, float]
    read: Mapping[str, float] = field(default_factory=dict[str, float])

    def likelihood(self, looked: int) -> float:
        """How likely it is that the sentence tells the claim."""
        return likelihood({**self.features, **self.near, **self.read}, "wording" if self.near else "slots", looked)


def weighed(report: Sequence[Beside], wording: Wording | None) -> list[list[Weighed]]:
    """What each claim of a report has in common with each of its sentences."""
    plain = [[features(b.wish, each.window, each.shares) for each in b.judged] for b in report]
    near, read = _nearness(report, plain, wording) if wording is not None else (None, {})
    found = [
        [
            Weighed(features_, near.features(i, read[at]) if near and (at := _place(each)) in read else {})
            for each, features_ in zip(beside.judged, own, strict=True)
        ]
        for i, (beside, own) in enumerate(zip(report, plain, strict=True))
    ]
    reader = reader_of(wording)
    return _read_together(report, found, reader) if reader and near else found


def _read_together(report: Sequence[Beside], found: list[list[Weighed]], reader: Together) -> list[list[Weighed]]:
    """The same, with what a model says that reads a claim and each of its likeliest sentences together."""
    ranked: list[tuple[int, float, int, int]] = []
    for i, (beside, own) in enumerate(zip(report, found, strict=True)):
        likely = sorted((-each.likelihood(beside.looked), k) for k, each in enumerate(own) if each.near)[:TOGETHER]
        ranked += [(rank, p, i, k) for rank, (p, k) in enumerate(likely)]
    chosen = [(i, k) for _, _, i, k in sorted(ranked)[:TOGETHER_AT_MOST]]
    if not chosen:
        return found
    said = reader([(report[i].wish.claim.quote.exact, report[i].judged[k].window.text) for i, k in chosen])
    places = {(i, _place(report[i].judged[k])): row for (i, k), row in zip(chosen, said, strict=True)}
    read = reading_of(places)
    return [
        [replace(each, read=read.get((i, _place(judged)), {})) for judged, each in zip(beside.judged, own, strict=True)]
        for i, (beside, own) in enumerate(zip(report, found, strict=True))
    ]


def _place(judged: Judged) -> tuple[str, int]:
    return judged.window.letter.document, judged.window.start


def _nearness(
    report: Sequence[Beside], plain: Sequence[Sequence[Mapping[str, float]]], wording: Wording
) -> tuple[Nearness | None, dict[tuple[str, int], int]]:
    """How near the claims of a report are to the likeliest of their sentences, and the number of each sentence that was read."""
    ranked: list[tuple[int, float, tuple[str, int], str]] = []
    for beside, own in zip(report, plain, strict=True):
        likely = sorted(zip(map(likelihood, own), beside.judged, strict=True), key=lambda each: -each[0])[:READ]
        ranked += [(rank, -p, _place(each), each.window.text) for rank, (p, each) in enumerate(likely)]
    texts = dict(list({place: text for _, _, place, text in sorted(ranked)}.items())[:READ_AT_MOST])
    near = nearness([each.wish.claim.quote.exact for each in report], list(texts.values()), wording)
    return (near, {place: number for number, place in enumerate(texts)}) if near and near.tells else (None, {})


def _marked(beside: Beside, found: Sequence[Weighed]) -> Iterator[Judged]:
    for judged, each in zip(beside.judged, found, strict=True):
        ranked = replace(judged, near=each.near.get("near beyond others", 0.0), read=rank_of(each.read))
        open_ = is_open(judged) and may_tell(beside.wish, judged.window, judged.shares, each.features)
        likely = open_ and each.likelihood(beside.looked) >= LIKELY_FROM
        yield as_likely(ranked, beside.wish) if likely else ranked
