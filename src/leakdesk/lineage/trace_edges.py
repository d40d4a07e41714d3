"""Edges from traces: shared errors (mistakes, wrong numbers) weigh most, then odd spellings that only two texts share, the same
order of many facts, and what a translation leaves behind.

A shared error alone lets one text rest on the other (inferred): nobody makes it twice. Everything else needs company: one kind
of trace makes a derivation possible, two kinds together make it inferred. Where both state the same source, that source explains
what they share, and the derivation stays possible. Texts that state a tie of their own need no trace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from leakdesk.language.scripts import script_of
from leakdesk.language.spelling import relation
from leakdesk.lineage.numbers import shared_numbers
from leakdesk.lineage.order import order, ranks
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.ties import Ties
from leakdesk.lineage.traces import (
    Place,
    detours,
    errors,
    facts,
    longest_rise,
    name_words,
    residue,
    spellings,
)
from leakdesk.model.derivation import Certainty, Derivation

TraceKind = Literal["error", "spelling", "order", "residue"]
#: Facts that two texts must tell in one order, before the order says anything.
SEVERAL_FACTS = 6
#: Other texts that must write a name otherwise, before a spelling is odd: more than the two that share it.
OTHERS = 3
#: Odd spellings in common that are two kinds of company to each other.
SEVERAL_SPELLINGS = 3
#: A trace in more texts than this is a habit of the language.
COMMON = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One thing that ties two texts, with its sentence and its places in both."""

    kind: TraceKind
    reason: str
    here: Place | None = None
    there: Place | None = None


@dataclass(slots=True)
class _Found:
    """Traces by (later, earlier) text."""

    reports: Sequence[ReportText]
    rank: Sequence[int]
    by_pair: dict[tuple[int, int], list[Trace]] = field(default_factory=dict[tuple[int, int], "list[Trace]"])

    def add(self, first: int, second: int, trace: Trace) -> None:
        """A trace that does not say who had it first: the times do, as far as they can."""
        if self.rank[first] > self.rank[second]:
            self.by_pair.setdefault((first, second), []).append(trace)
        else:
            turned = Trace(kind=trace.kind, reason=trace.reason, here=trace.there, there=trace.here)
            self.by_pair.setdefault((second, first), []).append(turned)

    def directed(self, later: int, earlier: int, trace: Trace) -> None:
        """A trace that shows the direction; what appeared later cannot be where it came from."""
        if order(self.reports[later].meta, self.reports[earlier].meta) >= 0:
            self.by_pair.setdefault((later, earlier), []).append(trace)


def trace_edges(
    reports: Sequence[ReportText], ties: Ties, wrong: Mapping[tuple[str, str], str] | None = None
) -> Iterator[Derivation]:
    """Inferred and possible derivations between reports, from what they betray. `wrong`: (report, claim) -> the number that the
    letters give instead."""
    found = _Found(reports, ranks([report.meta for report in reports]))
    _errors(reports, found)
    for shared in shared_numbers(reports, wrong):
        reason = f"{shared.reason}: a wrong number in common weighs as much as {shared.weight} right ones"
        found.add(shared.first, shared.second, Trace(kind="error", reason=reason, here=shared.here, there=shared.there))
    _odd_spellings(reports, found)
    _orders(reports, found)
    _detours(reports, found)
    _residues(reports, found)
    for (later, earlier), traces in sorted(found.by_pair.items()):
        a, b = reports[later], reports[earlier]
        if not ties.stated(a.node_id, b.node_id):
            yield _edge(a, b, traces, common=ties.common_source(a.node_id, b.node_id))


def _edge(later: ReportText, earlier: ReportText, traces: Sequence[Trace], *, common: bool) -> Derivation:
    reasons = [trace.reason for trace in traces]
    if common:
        reasons.append("a source that both name explains it as well")
    anchors = [
        report.anchor_at(place.start, place.end)
        for trace in traces
        for report, place in ((later, trace.here), (earlier, trace.there))
        if place
    ]
    return Derivation(
        source=later.node_id,
        target=earlier.node_id,
        relation="wasDerivedFrom",
        certainty=Certainty.INFERRED if _strong(traces) and not common else Certainty.POSSIBLE,
        reasons=tuple(dict.fromkeys(reasons)),
        anchors=tuple(anchors),
    )


def _strong(traces: Sequence[Trace]) -> bool:
    kinds = Counter(trace.kind for trace in traces)
    return kinds["error"] > 0 or len(kinds) > 1 or kinds["spelling"] >= SEVERAL_SPELLINGS


# --- each kind of trace ----------------------------------------------------------------------------------------------------


def _errors(reports: Sequence[ReportText], found: _Found) -> None:
    """Every text with an error is tied to the first that made it."""
    made: dict[str, list[tuple[int, Place]]] = {}
    for number, report in enumerate(reports):
        for key, place in errors(report).items():
            made.setdefault(key, []).append((number, place))
    for holders in made.values():
        first, there = min(holders, key=lambda holder: found.rank[holder[0]])
        for number, here in holders:
            if number != first:
                reason = f"the same mistake stands in both: “{here.text}”"
                found.add(number, first, Trace(kind="error", reason=reason, here=here, there=there))


def _odd_spellings(reports: Sequence[ReportText], found: _Found) -> None:
    """A form of a name that only two texts write, while others of the same alphabet write it otherwise."""
    written: dict[str, list[tuple[int, dict[str, Place]]]] = {}
    for number, report in enumerate(reports):
        for common, forms in spellings(report).items():
            written.setdefault(common, []).append((number, forms))
    for holders in written.values():
        if not OTHERS + 2 <= len(holders) <= COMMON:
            continue
        for form in {form for _, forms in holders for form in forms}:
            with_it = [(at, forms[form]) for at, forms in holders if form in forms]
            others = [forms for _, forms in holders if form not in forms and _otherwise(form, forms)]
            if len(with_it) == 2 and len(others) >= OTHERS and len(others) + 2 == len(holders):
                (first, here), (second, there) = with_it
                reason = f"only these two write “{here.text}”; {len(others)} others write it otherwise"
                found.add(first, second, Trace(kind="spelling", reason=reason, here=here, there=there))


def _otherwise(form: str, forms: dict[str, Place]) -> bool:
    """Whether a text of the same alphabet writes a name in none of its cases like this form, word for word."""
    own = form.split()
    alike = [other.split() for other in forms if script_of(other) == script_of(form) and len(other.split()) == len(own)]
    return bool(alike) and not any(
        all(a == b or relation(a, b) == "inflection" for a, b in zip(own, other, strict=True)) for other in alike
    )


def _orders(reports: Sequence[ReportText], found: _Found) -> None:
    """Many facts in common, told in one order with at most one out of place."""
    told = [facts(report) for report in reports]
    holders: dict[object, list[int]] = {}
    for number, own in enumerate(told):
        for key in own:
            holders.setdefault(key, []).append(number)
    shared = Counter(
        pair for numbers in holders.values() if len(numbers) <= COMMON for pair in combinations(numbers, 2)
    )
    for (first, second), count in shared.items():
        if count < SEVERAL_FACTS:
            continue
        both = [key for key in told[first] if key in told[second]]
        rising = longest_rise([told[second][key] for key in both])
        if rising >= max(SEVERAL_FACTS, count - 1):
            found.add(first, second, Trace(kind="order", reason=f"{rising} facts are told in the same order"))


def _detours(reports: Sequence[ReportText], found: _Found) -> None:
    """A Cyrillic name with a first letter that only Latin letters explain came by way of a text in Latin letters."""
    words = [name_words(report) for report in reports]
    latin: dict[str, list[int]] = {}
    starts: dict[str, set[str]] = {}
    for number, own in enumerate(words):
        for word in own:
            if script_of(word) == "Latin":
                latin.setdefault(word, []).append(number)
            elif script_of(word) == "Cyrillic":
                starts.setdefault(word[0].casefold(), set()).add(word)
    for number, own in enumerate(words):
        for rule in detours():
            for word, here in own.items():
                if not word.casefold().startswith(rule.wrong) or script_of(word) != "Cyrillic":
                    continue
                native = next((n for n in sorted(starts.get(rule.native, ())) if rule.explains(word, n)), None)
                if native:
                    _by_way_of_latin(found, number, here, native, rule.latin, latin, words)


def _by_way_of_latin(
    found: _Found,
    number: int,
    here: Place,
    native: str,
    start: str,
    latin: dict[str, list[int]],
    words: Sequence[dict[str, Place]],
) -> None:
    ways = [
        (other, word)
        for word, numbers in latin.items()
        if word.casefold().startswith(start) and relation(word, native)
        for other in numbers
    ]
    kind: TraceKind = "error" if len({other for other, _ in ways}) == 1 else "residue"
    for other, word in ways:
        reason = f"“{here.text}” for “{native}” came by way of Latin letters, as “{word}” here"
        found.directed(number, other, Trace(kind=kind, reason=reason, here=here, there=words[other][word]))


def _residues(reports: Sequence[ReportText], found: _Found) -> None:
    """Signs of another language point to a text in that language about the same people."""
    named = [{report.common(m.entity) for m in report.reading.mentions if m.entity} for report in reports]
    for number, report in enumerate(reports):
        for rule, here in residue(report):
            for other, candidate in enumerate(reports):
                language = candidate.reading.languages[0] if candidate.reading.languages else "und"
                if other != number and language in rule.came_from and len(named[number] & named[other]) > 1:
                    reason = f"“{here.text}” is a turn of another language ({rule.id})"
                    found.directed(number, other, Trace(kind="residue", reason=reason, here=here))
