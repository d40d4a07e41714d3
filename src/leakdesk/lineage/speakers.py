"""Who speaks to the outlets, and who merely speaks inside the material that they all rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leakdesk.lineage.outlets import Outlets
from leakdesk.lineage.reach import Reach
from leakdesk.lineage.texts import WHOLE_TEXT, ReportText
from leakdesk.lineage.words import source_classes
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Attribution
from leakdesk.model.derivation import Derivation

#: Types of attribution that let somebody speak.
SPEAKING = frozenset({"direct", "indirect", "according_to"})

#: The class of words for what two parties signed.
CONTRACT = "contract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Whom several reports let speak (with the nodes of these reports), and who spoke with one of the outlets itself: ids
    common to all texts."""

    shared: Mapping[str, frozenset[str]]
    to_an_outlet: frozenset[str]

    def speaks(self, common: str | None) -> bool:
        """Whether somebody is a source of their own and no voice inside the material."""
        return common is not None and (common in self.shared or common in self.to_an_outlet)

    def outside(self, edges: Iterable[Derivation]) -> Spoken:
        """Without those who speak in reports that all rest on one material: it is there that they speak, and quoting it twice
        makes no second source of them."""
        reach = Reach.over(edges)
        below = {node: reach.nodes((node,)) for nodes in self.shared.values() for node in nodes}
        kept = {
            common: nodes
            for common, nodes in self.shared.items()
            if not frozenset[str].intersection(*(below[node] for node in nodes))
        }
        return Spoken(shared=kept, to_an_outlet=self.to_an_outlet)


def speakers(reports: Sequence[ReportText], outlets: Outlets) -> Spoken:
    """Speakers over all reports. Who only speaks inside letters or files is none, nor is a publisher; a source label may name
    somebody who speaks elsewhere."""
    where: dict[str, set[str]] = {}
    speaking: set[str] = set()
    own: set[str] = set()
    for report in reports:
        for attribution in report.reading.attributions:
            common = report.common(attribution.resolved_source)
            if common is None or attribution.source is None or not _may_speak(report, attribution, outlets):
                continue
            where.setdefault(common, set()).add(report.node_id)
            if attribution.type in SPEAKING:
                speaking.add(common)
                if report.spoke_itself(attribution.source):
                    own.add(common)
    shared = {common: frozenset(nodes) for common, nodes in where.items() if len(nodes) > 1 and common in speaking}
    return Spoken(shared=shared, to_an_outlet=frozenset(own))


def _may_speak(report: ReportText, attribution: Attribution, outlets: Outlets) -> bool:
    if _is_publisher(report, attribution):
        return False
    if attribution.type not in SPEAKING | WHOLE_TEXT or is_inside(report, attribution.source):
        return False
    return not any(outlets.named(name) for name in report.names_of(attribution))


def _is_publisher(report: ReportText, attribution: Attribution) -> bool:
    """Whether a source is one that publishes: an outlet, an agency, a centre."""
    words = " ".join((attribution.source.text if attribution.source else "", *report.names_of(attribution)))
    return any(each.kind in ("agency", "publication") for each in source_classes(words))


def is_inside(report: ReportText, source: Span | None) -> bool:
    """Whether somebody speaks in the documents ("writes the bookkeeper in one of the letters"). Of a contract one speaks, and
    seldom in it."""
    if source is None:
        return True
    kinds = source_classes(report.sentence_at(source))
    return any(each.kind == "documents" and each.id != CONTRACT for each in kinds)
