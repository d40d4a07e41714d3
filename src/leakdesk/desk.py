"""Desk: opens a case and exposes the chapters, nothing else.

with Desk.open("case") as desk:
    for hit in desk.search("Harbachou"):
        ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from leakdesk.errors import NotFound
from leakdesk.store import boxes, decided, found, records
from leakdesk.store.case import CaseStore

if TYPE_CHECKING:
    from leakdesk.model.anchor import Rect
    from leakdesk.model.claim import Claim, Finding, Reading
    from leakdesk.model.comparison import Checking, Comparison
    from leakdesk.model.derivation import Withdrawn
    from leakdesk.model.document import Language, TextLayer
    from leakdesk.model.entity import Match, NameKind
    from leakdesk.publish.exposure import Exposure
    from leakdesk.search.asked import SavedSearch, Spelling
    from leakdesk.search.results import Hit, Results
    from leakdesk.search.searcher import Searcher
    from leakdesk.work.lists import KnownList
    from leakdesk.work.technical_overview import Overview

Plain = dict[str, Any]


class Desk:
    """One open case.

    Chapters: `documents`, `search`, `saved`, `notes`, `names`, `claims`, `findings`, `screening`, `publish`, `intake`."""

    def __init__(self, store: CaseStore) -> None:
        self.store = store
        self.intake = IntakeDesk(store)
        self.documents = DocumentsDesk(store)
        self.names = NamesDesk(store)
        self.claims = ClaimsDesk(self)
        self.findings = FindingsDesk(self)
        self.notes = NotesDesk(store)
        self.saved = SavedDesk(self)
        self.screening = ScreeningDesk(store)
        self.publish = PublishDesk(store)
        self.authenticity = AuthenticityDesk(store)

    @classmethod
    def open(cls, case: str | Path, *, write: bool = False) -> Desk:
        """Open a case for reading, or (one at a time) for writing. Raises CaseMissing, CaseTooNew, CaseBusy."""
        return cls(CaseStore.open(Path(case), write=write))

    def close(self) -> None:
        """Let go of the case."""
        self.store.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def searcher(self) -> Searcher:
        """The full text."""
        from leakdesk.work.searching import searcher

        return searcher(self.store)

    def search(self, query: str, **options: Any) -> Results:
        """Search in every spelling (or `spelling="exact"`); see `search.Searcher.search` for the options."""
        return self.searcher.search(query, **options)

    def by_meaning(self, question: str, **options: Any) -> Results:
        """What words and meaning find together (the optional part `meaning`); see `work.meaning.search` for the options."""
        from leakdesk.work.meaning import search

        return search(self.store, self.searcher, question, **options)

    def every(self, query: str, **options: Any) -> tuple[int, Iterator[Hit]]:
        """All hits, not a page of them, for taking them along; see `search.Searcher.every` for the options."""
        return self.searcher.every(query, **options)

    def matches(self, document: str, query: str) -> list[tuple[int, int, str]]:
        """Where a query matches in one document: (start, end, rule). Nothing for a query that cannot be read."""
        from leakdesk.errors import LeakdeskError

        try:
            return self.searcher.matches(document, query)
        except LeakdeskError:
            return []

    def ledger(self) -> Plain:
        """The equation and what is not read."""
        with self.store.connect() as connection:
            return records.ledger(connection)

    def reading_states(self) -> dict[str, int]:
        """How far deep reading is."""
        with self.store.connect() as connection:
            return found.reading_states(connection)

    @property
    def read_without_sandbox(self) -> bool:
        """Whether anything in this case was parsed without a sandbox."""
        with self.store.connect() as connection:
            return records.any_unsandboxed(connection)


@dataclass(frozen=True, slots=True)
class IntakeDesk:
    """Receiving."""

    store: CaseStore

    def add(self, *paths: str | Path, **options: Any) -> Plain:
        """Receive, seal, unpack, read and index; the case must be open for writing. See `work.pipeline.Options`."""
        from leakdesk.work.pipeline import Options, add

        return add(self.store, [Path(path) for path in paths], Options(**options))


@dataclass(frozen=True, slots=True)
class DocumentsDesk:
    """Documents and their texts."""

    store: CaseStore

    def list(self, kind: str | None = None) -> Iterator[Plain]:
        """The documents, as `leakdesk list --json` prints them."""
        with self.store.connect() as connection:
            yield from records.documents(connection, kind=kind)

    def get(self, identity: str) -> Plain:
        """One document. Raises NotFound."""
        with self.store.connect() as connection:
            return records.document(connection, records.document_of(connection, identity))

    def layer(self, identity: str) -> TextLayer | None:
        """Its text layer, or None. Raises NotFound."""
        with self.store.connect() as connection:
            stored = records.layer(connection, records.document_of(connection, identity))
        return stored.layer if stored else None

    def places(self, identity: str, start: int, end: int) -> tuple[Rect, ...]:
        """Where code points [start, end) of its text stand on its pages: a rectangle a line, in points from the top left
        corner (pixels for pictures). Empty where the format has no pages. Raises NotFound."""
        with self.store.connect() as connection:
            stored = records.layer(connection, records.document_of(connection, identity))
            return boxes.rects_of(connection, stored.id, start, end) if stored else ()

    def text(self, identity: str) -> str:
        """Its text. Raises NotFound."""
        with self.store.connect() as connection:
            return records.text(connection, identity)["text"]

    def kinds(self) -> dict[str, int]:
        """How many documents there are of each kind."""
        with self.store.connect() as connection:
            return records.kinds(connection)


@dataclass(frozen=True, slots=True)
class NamesDesk:
    """Who and what is named."""

    store: CaseStore

    def list(self) -> Iterator[Plain]:
        """The entities, as `leakdesk names --json` prints them."""
        from leakdesk.work.resolving import entities

        with self.store.connect() as connection:
            yield from entities(connection)

    def roles(self) -> dict[str, str]:
        """Entity -> role."""
        with self.store.connect() as connection:
            return {identity: row.role for identity, row in decided.roles_of(connection).items()}

    def set_role(self, entity: str, role: str, reason: str = "") -> None:
        """Settle a role. Raises NotFound, RoleUnusable."""
        from leakdesk.work.publishing import set_role

        set_role(self.store, entity, role, reason)


@dataclass(frozen=True, slots=True)
class ClaimsDesk:
    """Claims of letters and reports, compared and checked."""

    desk: Desk

    def of(self, document: str) -> list[Claim]:
        """The claims of one document, in order."""
        with self.desk.store.connect() as connection:
            return found.claims_of(connection, document)

    def list(self, document: str | None = None) -> Iterator[Plain]:
        """Claims as `leakdesk claims --json` prints them."""
        from leakdesk.work.claims_list import claims

        return claims(self.desk.store, document)

    def lineage_of_all(self) -> Plain:
        """Who had it from whom over all reports, as `leakdesk lineage --json` prints it."""
        from leakdesk.work.lineage_list import lineage_json

        return lineage_json(self.desk.store)

    def reading(self, document: str) -> Reading:
        """The whole reading of a document, read now if it was not read deeply before. Raises NotFound."""
        from leakdesk.work.reports import reading

        return reading(self.desk.store, document)

    def compare(self, *documents: str) -> Iterator[Comparison]:
        """Every pair of some documents side by side."""
        from leakdesk.work.reports import compare_documents

        return compare_documents(self.desk.store, documents)

    def withdrawn(self, *documents: str) -> tuple[Withdrawn, ...]:
        """Claims of some reports that their outlets took back or put right later, and those of others that they repeat."""
        from leakdesk.work.reports import told

        return told(self.desk.store).together.withdrawn_in(*documents)

    def check(self, report: Reading, document: str = "", *, picture: str = "") -> Checking:
        """A report's claims, quotations and pictures against the letters. `document`: its id in the case, where it is there;
        `picture`: the name of the file, where the text is what recognition read in a picture."""
        from leakdesk.work.checking import check_report

        return check_report(self.desk.store, self.desk.searcher, report, document, picture=picture)


@dataclass(frozen=True, slots=True)
class FindingsDesk:
    """What persons accepted."""

    desk: Desk

    def list(self) -> list[Finding]:
        """All findings."""
        with self.desk.store.connect() as connection:
            return decided.findings_of(connection)

    def get(self, finding: str) -> Finding:
        """One finding. Raises NotFound."""
        with self.desk.store.connect() as connection:
            found_one = decided.finding(connection, finding)
        if found_one is None:
            raise NotFound(f"finding {finding}", try_="List findings with: leakdesk finding CASE list")
        return found_one

    def draft(self, document: str, claim: str) -> Finding:
        """Draft a finding from a claim, with its support in the letters. Raises NotFound."""
        from leakdesk.work.findings import draft_checked

        return draft_checked(self.desk.store, self.desk.searcher, document, claim)

    def independent(self, finding: Finding) -> int:
        """On how many independent sources it rests at least: what caps a grade."""
        from leakdesk.work.findings import independent

        return independent(self.desk.store, finding)

    def step(self, finding: str, verb: Literal["edit", "accept", "reject", "grade"], **written: object) -> Finding:
        """A person's step. Raises NotFound, StepRefused."""
        from leakdesk.work.findings import step

        return step(self.desk.store, finding, verb, **written)

    def technical(self, finding: Finding) -> list[str]:
        """What can be said technically about the letters behind a finding: signatures, and places that do not go together."""
        from leakdesk.work.dossiers import letters_behind

        lines = letters_behind(self.desk.store, finding)
        said = [each["sentence"] for line in lines for each in (*line["signatures"], *line["observations"])]
        return list(dict.fromkeys([*said, *(line["says"] for line in lines if "says" in line)]))

    def sources(self, finding: Finding) -> str:
        """In one sentence, on how many independent sources a finding rests."""
        from leakdesk.work.reports import sources_sentence

        return sources_sentence(self.desk.store, finding)


@dataclass(frozen=True, slots=True)
class NotesDesk:
    """What persons say of documents: notes and tags. Writing needs a case open for writing."""

    store: CaseStore

    def list(self, document: str | None = None, kind: Literal["note", "tag"] | None = None) -> Iterator[Plain]:
        """Notes and tags in force, as `leakdesk note` and `leakdesk tag` print them. Raises NotFound."""
        from leakdesk.work.marks import marks

        with self.store.connect() as connection:
            own = None if document is None else [records.document_of(connection, document)]
            yield from marks(connection, own, kind)

    def add(self, document: str, text: str, place: tuple[int, int] | None = None) -> Plain:
        """Write a note to a document, or to a place (start, end) of its text. Raises NotFound, UsageError."""
        from leakdesk.work.marks import note

        return note(self.store, document, text, place)

    def tag(self, document: str, value: str) -> Plain:
        """Tag a document. Raises NotFound, UsageError."""
        from leakdesk.work.marks import tag

        return tag(self.store, document, value)

    def untag(self, document: str, value: str) -> Plain:
        """Take a tag from a document. Raises NotFound."""
        from leakdesk.work.marks import untag

        return untag(self.store, document, value)

    def withdraw(self, number: int, document: str | None = None) -> Plain:
        """Take back a note or tag by its number. Raises NotFound."""
        from leakdesk.work.marks import withdraw

        return withdraw(self.store, number, document)


@dataclass(frozen=True, slots=True)
class SavedDesk:
    """Saved searches, with what is new since somebody last looked. Writing needs a case open for writing."""

    desk: Desk

    def list(self) -> Iterator[Plain]:
        """The saved searches as `leakdesk saved` prints them: how many documents they find, and how many of them are new."""
        from leakdesk.work.saved import every

        for one in every(self.desk.store):
            yield self.told(one)

    def get(self, name: str) -> SavedSearch:
        """One saved search. Raises NotFound."""
        from leakdesk.work.saved import known

        return known(self.desk.store, name)

    def told(self, one: SavedSearch) -> Plain:
        """A saved search with its counts; `error` says why a query cannot be asked any more."""
        from leakdesk.errors import LeakdeskError

        told = {"name": one.name, "query": one.query, "spelling": one.spelling, "day": one.day}
        try:
            total = self.desk.searcher.count(f'saved:"{one.name}"')
            new = self.desk.searcher.count(f'saved:"{one.name}" new:"{one.name}"')
        except LeakdeskError as problem:
            return {**told, "total": None, "new": None, "error": problem.sentence()}
        return {**told, "total": total, "new": new}

    def save(self, name: str, query: str, spelling: Spelling = "variants") -> Plain:
        """Keep a query under a name. Raises UsageError."""
        from leakdesk.work.saved import save

        return self.told(save(self.desk.store, name, query, spelling))

    def forget(self, name: str) -> SavedSearch:
        """Keep a query no longer. Raises NotFound."""
        from leakdesk.work.saved import forget

        return forget(self.desk.store, name)

    def look(self, name: str) -> None:
        """Note that what a saved search finds was looked at. Raises NotFound."""
        from leakdesk.work.saved import look

        look(self.desk.store, name)


@dataclass(frozen=True, slots=True)
class AuthenticityDesk:
    """What can be said technically about the letters."""

    store: CaseStore

    def add_keys(self, *paths: str | Path, published: str | None = None, outlet: str | None = None) -> Plain:
        """Take key tables in; the case must be open for writing. Raises KeysUnusable, NotReadable."""
        from leakdesk.work.keys import add_keys

        return add_keys(self.store, [Path(path) for path in paths], published=published, outlet=outlet)

    def update(self, say: Callable[[str, int, int], None] | None = None) -> None:
        """Take down letters that came in and look across all of them; does nothing in a case opened for reading only."""
        from leakdesk.work.technical import update

        if self.store.writable:
            update(self.store, say)

    def lines(
        self, document: str | None = None, *, keys: Path | None = None, language: Literal["en", "ru", "uk", "be"] = "en"
    ) -> Iterator[Plain]:
        """A line a letter, as `leakdesk authenticity --json` prints them. Raises NotFound, KeysUnusable."""
        from leakdesk.work.technical_lines import lines

        return lines(self.store, document, keys=keys, language=language)

    def keys(self) -> int:
        """How many keys and certificates the case has."""
        from leakdesk.work.keys import count_keys

        with self.store.connect() as connection:
            return count_keys(connection)

    def overview(self) -> Overview:
        """How many letters have something to say, and which kinds of it."""
        from leakdesk.work.technical_overview import overview

        with self.store.connect() as connection:
            return overview(connection)

    def telling(self, rule: str = "", offset: int = 0, limit: int = 50) -> tuple[list[Plain], int]:
        """(lines of a page of letters that have something to say, how many there are), of one rule or of all."""
        from leakdesk.work.technical_lines import lines_of
        from leakdesk.work.technical_overview import telling

        with self.store.connect() as connection:
            chosen, total = telling(connection, rule, offset, limit)
        return list(lines_of(self.store, chosen)), total

    def of(self, document: str) -> Plain | None:
        """The line of one letter; None for what is no letter, and for letters that were not taken down yet."""
        from leakdesk.work.technical_lines import lines

        try:
            return next(lines(self.store, document), None)
        except NotFound:
            return None


@dataclass(frozen=True, slots=True)
class ScreeningDesk:
    """What lists say, and the roads that goods took."""

    store: CaseStore

    def lists(self) -> Sequence[KnownList]:
        """The lists of the case, by name and date."""
        from leakdesk.work.lists import known_lists

        with self.store.connect() as connection:
            return known_lists(connection)

    def add(self, *paths: str | Path, published: str | None = None, name: str | None = None) -> Plain:
        """Take lists in, all or none; the case must be open for writing. Raises ListUnusable, NotReadable."""
        from leakdesk.work.lists import add_lists

        return add_lists(self.store, [Path(path) for path in paths], published=published, outlet=name)

    def screen(self, *lists: str, published: str | None = None) -> Iterator[Plain]:
        """The lines of `leakdesk screen --json`."""
        from leakdesk.work.screening import screen_case

        return screen_case(self.store, lists, published=published, keep=not lists and self.store.writable)

    def kept(self, entity: str | None = None) -> Sequence[Plain]:
        """The hits of the last screening, of one entity or all."""
        from leakdesk.work.screening import kept

        with self.store.connect() as connection:
            return kept(connection, entity)

    def summaries(self) -> Sequence[Plain]:
        """What the last screening said of each list as a whole."""
        from leakdesk.work.screening import kept_summaries

        with self.store.connect() as connection:
            return kept_summaries(connection)

    def about(self, finding: Finding) -> Sequence[str]:
        """What the last screening says of those whom a finding's passages name, a sentence each."""
        from leakdesk.work.screening import about

        with self.store.connect() as connection:
            return about(connection, [*finding.quotes, *(each.anchor for each in finding.support)])

    def changes(self) -> Iterator[Plain]:
        """What changed between the versions of each list."""
        from leakdesk.work.screening import list_changes

        return list_changes(self.store)

    def routes(self) -> Iterator[Plain]:
        """The lines of `leakdesk routes --json`."""
        from leakdesk.work.routes import routes

        return routes(self.store)

    def offices(self) -> Iterator[Plain]:
        """The lines of `leakdesk offices --json`."""
        from leakdesk.work.offices import offices

        return offices(self.store)


@dataclass(frozen=True, slots=True)
class PublishDesk:
    """What leaves the house."""

    store: CaseStore

    def exposure(self, findings: Sequence[str] = ()) -> Exposure:
        """How many could have held what these findings publish (all accepted ones, if none are named)."""
        from leakdesk.work.publishing import chosen_findings, expose_findings

        with self.store.connect() as connection:
            return expose_findings(connection, chosen_findings(connection, findings))

    def pack(self, out: str | Path, findings: Sequence[str] = (), **options: Any) -> Any:
        """Build and write a pack; see `work.publishing.Options`."""
        from leakdesk.work.publishing import Options, pack

        return pack(self.store, findings, Path(out), Options(**options))


# --- without a case ------------------------------------------------------------------------------------------------------


def read(
    file: str | Path, *, as_: Literal["report", "message"] | None = None, language: Language | None = None
) -> Reading:
    """Read one file deeply, without a case."""
    from leakdesk.work import loose

    return loose.reading_of(loose.read_files([str(file)], as_=as_)[0], language=language)


def compare(a: str | Path, b: str | Path) -> Comparison:
    """Two report files side by side."""
    from leakdesk.work.comparing import compare_files

    return next(compare_files([str(a), str(b)]))


def match(left: str, right: str, kind: NameKind | None = None) -> Match:
    """Are these two names the same? A verdict, a score and the reasons."""
    from leakdesk.entities.match import compare as compare_names

    return compare_names(left, right, kind)


__all__ = ["Desk", "compare", "match", "read"]
