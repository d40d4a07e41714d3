"""The page of findings: what a person accepted, rejected or has not decided yet, with the passages for and against it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from leakdesk.claims.review import BEST_NUMBER, INFORMATION, SOURCE_LETTERS, grade_in_words
from leakdesk.errors import LeakdeskError
from leakdesk.exports.drawing import DrawnEdge, DrawnNode, sentences, svg
from leakdesk.model.anchor import CONTEXT, Located, locate
from leakdesk.web.contexts import Page, address, menu, title, when

if TYPE_CHECKING:
    from leakdesk.desk import Desk
    from leakdesk.model.anchor import Anchor
    from leakdesk.model.claim import Finding, Support
    from leakdesk.model.document import TextLayer

Lineage = tuple[list[DrawnNode], list[DrawnEdge]]
#: Order of states on the page: what is published, what waits for a person, what was put aside.
ORDER = ("accepted", "draft", "rejected")
STANCES = {"supports": "supports", "refutes": "contradicts", "not_enough_info": "does not settle it"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A quotation in its context, with where it stands. `moved`: the document is read otherwise now."""

    before: str
    exact: str
    after: str
    href: str
    source: str
    stance: str = ""
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A finding on the page. `written` are what lists say and a person's texts: (heading, text)."""

    id: str
    sentence: str
    state: str
    sources: str
    quotes: tuple[Passage, ...]
    support: tuple[Passage, ...]
    written: tuple[tuple[str, tuple[str, ...]], ...]
    grading: Grading


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """How a person graded a finding, and what they may choose from: letters for the source, numbers for the information as
    far as the independent sources allow. Nothing is graded by itself."""

    grade: str
    words: str
    sources: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, str], ...]
    cap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage(Page):
    """All findings; `counts` by state; the lineage of the reports as a drawing and in sentences."""

    findings: tuple[ShownFinding, ...]
    counts: tuple[tuple[str, int], ...]
    drawing: Markup
    derivations: tuple[str, ...]


@dataclass(slots=True)
class Sources:
    """On how many independent sources each finding rests, remembered until the case changes: to count them, every report
    is compared with every other."""

    desk: Desk
    _stamp: object = None
    _known: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    _lineage: Lineage | None = None

    def of(self, finding: Finding) -> str:
        """The sentence for one finding."""
        self._forget_old()
        key = (finding.document, finding.claim)
        if key not in self._known:
            self._known[key] = self.desk.findings.sources(finding)
        return self._known[key]

    def lineage(self) -> Lineage:
        """Nodes and lines over all reports."""
        self._forget_old()
        if self._lineage is None:
            found = self.desk.claims.lineage_of_all()
            nodes = [DrawnNode(node["id"], node["kind"], node["name"]) for node in found["nodes"]]
            edges = [
                DrawnEdge(edge["from"], edge["to"], edge["relation"], edge["certainty"], tuple(edge["reasons"]))
                for edge in found["edges"]
            ]
            self._lineage = nodes, edges
        return self._lineage

    def _forget_old(self) -> None:
        stamp = self._changed()
        if stamp != self._stamp:
            self._stamp, self._known, self._lineage = stamp, {}, None

    def _changed(self) -> object:
        base = self.desk.store.layout.database
        files = (base, base.with_name(f"{base.name}-wal"))
        return tuple((each.stat().st_mtime_ns, each.stat().st_size) for each in files if each.exists())


def findings(desk: Desk, sources: Sources) -> FindingsPage:
    """The page of findings."""
    every = sorted(desk.findings.list(), key=lambda one: ORDER.index(one.state.value))
    looked = Looked(desk)
    nodes, edges = sources.lineage()
    return FindingsPage(
        title="Findings",
        menu=menu("Findings"),
        unsandboxed=desk.read_without_sandbox,
        findings=tuple(_finding(one, sources, looked) for one in every),
        counts=tuple((state, count) for state in ORDER if (count := sum(one.state == state for one in every))),
        # The drawing escapes every name itself.
        drawing=Markup(svg(nodes, edges)) if edges else Markup(),  # noqa: S704
        derivations=tuple(sentences(nodes, edges)),
    )


def _finding(one: Finding, sources: Sources, looked: Looked) -> ShownFinding:
    written = (
        ("Screening", tuple(looked.desk.screening.about(one))),
        ("What can be said technically", tuple(looked.desk.findings.technical(one))),
        ("Note", (one.note,)),
        ("Translation", (one.translation,)),
        ("Right of reply", (one.right_of_reply,)),
        ("Open questions", tuple(one.open_questions)),
    )
    return ShownFinding(
        id=one.id,
        sentence=one.sentence,
        state=one.state.value,
        sources=sources.of(one),
        quotes=tuple(_passage(anchor, looked) for anchor in one.quotes),
        support=tuple(_backing(support, looked) for support in one.support),
        written=tuple((heading, texts) for heading, texts in written if any(texts)),
        grading=_grading(one, looked.desk),
    )


def _grading(one: Finding, desk: Desk) -> Grading:
    independent = desk.findings.independent(one)
    best = BEST_NUMBER.get(independent, "1")
    cap = "" if best == "1" else f"The best number is {best}: {_rests(independent)}."
    return Grading(
        grade=one.grade,
        words=grade_in_words(one.grade),
        sources=tuple(SOURCE_LETTERS.items()) if one.state.value != "rejected" else (),
        numbers=tuple((number, words) for number, words in INFORMATION.items() if number >= best),
        cap=cap,
    )


def _rests(independent: int) -> str:
    return "no independent source is known" if independent == 0 else "it rests on one independent source"


def _backing(support: Support, looked: Looked) -> Passage:
    return _passage(support.anchor, looked, STANCES[support.stance])


def _passage(anchor: Anchor, looked: Looked, stance: str = "") -> Passage:
    at = looked.place(anchor)
    return Passage(
        before=whole_words(anchor.prefix, at_end=False),
        exact=anchor.exact,
        after=whole_words(anchor.suffix, at_end=True),
        href=address(f"/d/{anchor.document}", to="here" if at else "", at=at),
        source=looked.name(anchor.document),
        moved=not at,
        stance=stance,
    )


def whole_words(around: str, *, at_end: bool) -> str:
    """The words beside a quotation, without what its anchor keeps of a word at the far end; a short context reaches to the
    end of the text and is whole."""
    if len(around) < CONTEXT:
        return around
    kept = re.sub(r"\S+$" if at_end else r"^\S+", "", around)
    return kept if kept.strip() else ""


@dataclass(slots=True)
class Looked:
    """Documents that passages stand in, each looked up once for a page."""

    desk: Desk
    _names: dict[str, str] = field(default_factory=dict[str, str])
    _layers: dict[str, TextLayer | None] = field(default_factory=dict[str, "TextLayer | None"])

    def name(self, document: str) -> str:
        """What a document is called."""
        if document not in self._names:
            self._names[document] = self._name(document)
        return self._names[document]

    def _name(self, document: str) -> str:
        try:
            about = self.desk.documents.get(document)
        except LeakdeskError:
            return document
        if about.get("outlet"):
            return str(about["outlet"])
        return ", ".join(part for part in (title(about), when((about["date"] or "")[:10])) if part)

    def place(self, anchor: Anchor) -> str:
        """Where a passage stands in the text as it is read now ("120-180"); empty if it is not there any more."""
        if anchor.document not in self._layers:
            self._layers[anchor.document] = self._layer(anchor.document)
        layer = self._layers[anchor.document]
        found = locate(anchor, layer.text, layer.sha256) if layer else None
        return f"{found.start}-{found.end}" if isinstance(found, Located) else ""

    def _layer(self, document: str) -> TextLayer | None:
        try:
            return self.desk.documents.layer(document)
        except LeakdeskError:
            return None
