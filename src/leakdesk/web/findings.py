"""The page of findings: what a person accepted, rejected or has not decided yet, with the passages for and against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leakdesk.errors import LeakdeskError
from leakdesk.web.contexts import Page, address, menu, title, when

if TYPE_CHECKING:
    from leakdesk.desk import Desk
    from leakdesk.model.anchor import Anchor
    from leakdesk.model.claim import Finding, Support

#: Order of states on the page: what is published, what waits for a person, what was put aside.
ORDER = ("accepted", "draft", "rejected")
STANCES = {"supports": "supports", "refutes": "contradicts", "not_enough_info": "does not settle it"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A quotation in its context, with where it stands."""

    before: str
    exact: str
    after: str
    href: str
    source: str
    stance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A finding on the page. `written` are a person's texts: (heading, text)."""

    id: str
    sentence: str
    state: str
    sources: str
    quotes: tuple[Passage, ...]
    support: tuple[Passage, ...]
    written: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage(Page):
    """All findings; `counts` by state."""

    findings: tuple[ShownFinding, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Sources:
    """On how many independent sources each finding rests, remembered until the case changes: to count them, every report
    is compared with every other."""

    desk: Desk
    _stamp: object = None
    _known: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def of(self, finding: Finding) -> str:
        """The sentence for one finding."""
        stamp = self._changed()
        if stamp != self._stamp:
            self._stamp, self._known = stamp, {}
        key = (finding.document, finding.claim)
        if key not in self._known:
            self._known[key] = self.desk.findings.sources(finding)
        return self._known[key]

    def _changed(self) -> object:
        base = self.desk.store.layout.database
        files = (base, base.with_name(f"{base.name}-wal"))
        return tuple((each.stat().st_mtime_ns, each.stat().st_size) for each in files if each.exists())


def findings(desk: Desk, sources: Sources) -> FindingsPage:
    """The page of findings."""
    every = sorted(desk.findings.list(), key=lambda one: ORDER.index(one.state.value))
    name = _names(desk)
    return FindingsPage(
        title="Findings",
        menu=menu("Findings"),
        unsandboxed=desk.read_without_sandbox,
        findings=tuple(_finding(one, sources, name) for one in every),
        counts=tuple((state, count) for state in ORDER if (count := sum(one.state == state for one in every))),
    )


def _finding(one: Finding, sources: Sources, name: Callable[[str], str]) -> ShownFinding:
    written = (
        ("Grade", one.grade),
        ("Note", one.note),
        ("Translation", one.translation),
        ("Right of reply", one.right_of_reply),
        ("Open questions", " · ".join(one.open_questions)),
    )
    return ShownFinding(
        id=one.id,
        sentence=one.sentence,
        state=one.state.value,
        sources=sources.of(one),
        quotes=tuple(_passage(anchor, name) for anchor in one.quotes),
        support=tuple(_backing(support, name) for support in one.support),
        written=tuple((heading, text) for heading, text in written if text),
    )


def _backing(support: Support, name: Callable[[str], str]) -> Passage:
    return _passage(support.anchor, name, STANCES[support.stance])


def _passage(anchor: Anchor, name: Callable[[str], str], stance: str = "") -> Passage:
    return Passage(
        before=anchor.prefix,
        exact=anchor.exact,
        after=anchor.suffix,
        href=address(f"/d/{anchor.document}", to="here", at=f"{anchor.start}-{anchor.end}"),
        source=name(anchor.document),
        stance=stance,
    )


def _names(desk: Desk) -> Callable[[str], str]:
    """What a passage's document is called, each looked up once."""
    known: dict[str, str] = {}

    def name(document: str) -> str:
        if document not in known:
            known[document] = _name(desk, document)
        return known[document]

    return name


def _name(desk: Desk, document: str) -> str:
    try:
        about = desk.documents.get(document)
    except LeakdeskError:
        return document
    if about.get("outlet"):
        return str(about["outlet"])
    day = when((about["date"] or "")[:10])
    return ", ".join(part for part in (title(about), day) if part)
