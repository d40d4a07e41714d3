"""A case in other tools' formats: masked by default, whole only for the house itself, and then said so in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, select

from leakdesk.errors import UsageError
from leakdesk.exports.given import ExportDocument, ExportInput
from leakdesk.exports.seen import View
from leakdesk.exports.view import view
from leakdesk.model.claim import Claim
from leakdesk.model.entity import Entity
from leakdesk.screening.routes import chains
from leakdesk.store import decided, found, records
from leakdesk.store.case import CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.rows import from_json
from leakdesk.store.tables import documents
from leakdesk.store.tables import entities as entity_table
from leakdesk.work.dossiers import dossiers
from leakdesk.work.publishing import people
from leakdesk.work.reports import lineage
from leakdesk.work.routes import case_letters
from leakdesk.work.screening import kept

#: Format -> the module below leakdesk.exports that arranges it.
FORMATS = {
    "ftm": "ftm",
    "annotations": "annotations",
    "prov": "prov",
    "csv": "tables",
    "mbox": "mailbox",
    "dossier": "dossier",
    "ach": "ach",
}


def export(store: CaseStore, name: str, out: Path, *, internal: bool = False) -> list[Path]:
    """Write an export; the files. Raises UsageError for a folder that is not empty."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out.name} exists and is not empty", try_="Choose a folder that does not exist yet.")
    if internal:
        # Said before anything leaves: a disk that fills up half-way must not keep the log silent.
        with store.writing([Entry(verb="exported", object_id=name, note="internal", actor="editor")]):
            pass
        store.mark()
    out.mkdir(parents=True, exist_ok=True)
    written: dict[str, IO[bytes]] = {}
    with store.connect() as connection, ExitStack() as opened:
        given = export_input(connection, store, told=name == "dossier")
        pieces = _arranger(name)(view(given, internal=internal))
        for file, piece in pieces:
            if file not in written:
                written[file] = opened.enter_context((out / file).open("wb"))
            written[file].write(piece)
    return [out / file for file in written]


def _arranger(name: str) -> Callable[[View], Iterator[tuple[str, bytes]]]:
    return import_module(f"leakdesk.exports.{FORMATS[name]}").export


def export_input(connection: Connection, store: CaseStore, *, told: bool = True) -> ExportInput:
    """Everything of the case that an export can hold. `told`: also what the case says beside each finding, which costs most
    and which only the dossier shows."""
    derived, _ = lineage(store)
    findings = tuple(decided.findings_of(connection))
    return ExportInput(
        documents=CaseDocuments(connection),
        entities=tuple(_entities(connection)),
        people=people(connection),
        findings=findings,
        dossiers=dossiers(store, findings) if told else {},
        lineage=derived.lineage if derived.lineage.nodes else None,
        chains=tuple(chains(case_letters(connection))),
        hits=tuple(kept(connection)),
    )


@dataclass(frozen=True, slots=True)
class CaseDocuments:
    """The documents of a case that have a text, read one after another."""

    connection: Connection

    def __iter__(self) -> Iterator[ExportDocument]:
        for document in self.ids():
            found_one = self.get(document)
            if found_one is not None:
                yield found_one

    def ids(self) -> Sequence[str]:
        """Their ids, sorted."""
        texts = select(documents.c.id).where(documents.c.layer.is_not(None)).order_by(documents.c.id)
        return list(self.connection.execute(texts).scalars())

    def get(self, document: str) -> ExportDocument | None:
        """One of them, or None."""
        row = self.connection.execute(select(documents).where(documents.c.id == document)).mappings().first()
        stored = records.layer(self.connection, document) if row is not None else None
        if row is None or stored is None:
            return None
        seen: Mapping[str, Any] = records.document(self.connection, document)
        known = found.entity_of(self.connection, document)
        return ExportDocument(
            document=document,
            schema=row["schema"],
            layer=stored.layer,
            head=records.head_of(from_json(row["head"])),
            title=row["title"],
            media_type=row["media_type"],
            languages=tuple(from_json(row["languages"])),
            sha256=row["sha256"],
            location=tuple(seen["locations"][0]) if seen["locations"] else (),
            parent=seen["parent"],
            mentions=tuple(found.mentions_of(self.connection, document)),
            claims=tuple(_in_case(claim, known) for claim in found.claims_of(self.connection, document)),
        )


def _in_case(claim: Claim, known: Mapping[str, str]) -> Claim:
    """A claim whose participants carry the case's entity ids."""
    subject = replace(claim.subject, entity=known.get(claim.subject.entity or "")) if claim.subject else None
    object_ = replace(claim.object, entity=known.get(claim.object.entity or "")) if claim.object else None
    return replace(claim, subject=subject, object=object_)


def _entities(connection: Connection) -> Iterator[Entity]:
    chosen = select(entity_table).where(entity_table.c.redirect.is_(None)).order_by(entity_table.c.id)
    for row in connection.execute(chosen):
        names = tuple(dict.fromkeys(name["text"] for name in from_json(row.names)))
        yield Entity(
            id=row.id,
            schema=row.schema,
            caption=row.caption,
            names=names,
            countries=tuple(from_json(row.countries)),
            shown=bool(row.shown),
        )
