"""What an export is given: a case as it is, its documents one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from leakdesk.model.claim import Claim, Finding
from leakdesk.model.derivation import Lineage
from leakdesk.model.document import Language, MessageHead, TextLayer
from leakdesk.model.entity import Entity, Mention
from leakdesk.publish.inputs import CasePerson, Dossier
from leakdesk.screening.routes import Chain


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportDocument:
    """A document as the case has it. `schema` is FollowTheMoney's; `sha256` of the original bytes; `location` as in `list`;
    `mentions` with their case entities; `parent`: id of the document it was attached to."""

    document: str
    schema: str
    layer: TextLayer
    head: MessageHead | None = None
    title: str | None = None
    media_type: str = ""
    languages: tuple[Language, ...] = ()
    sha256: str = ""
    location: tuple[str, ...] = ()
    parent: str | None = None
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()


class Documents(Protocol):
    """The documents of a case, by id; gone through as often as a format likes, and never all held at once."""

    def __iter__(self) -> Iterator[ExportDocument]:
        """All of them, in the order of `ids`."""
        ...

    def ids(self) -> Sequence[str]:
        """Their ids, sorted."""
        ...

    def get(self, document: str) -> ExportDocument | None:
        """One of them, or None."""
        ...


class Held:
    """Documents that are in memory anyway."""

    def __init__(self, documents: Sequence[ExportDocument]) -> None:
        # Ids hash content, so this order is neither that of arrival nor that of names.
        self._documents = {each.document: each for each in sorted(documents, key=lambda each: each.document)}

    def __iter__(self) -> Iterator[ExportDocument]:
        return iter(self._documents.values())

    def ids(self) -> Sequence[str]:
        """Their ids, sorted."""
        return list(self._documents)

    def get(self, document: str) -> ExportDocument | None:
        """One of them, or None."""
        return self._documents.get(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportInput:
    """All of a case that an export can hold."""

    documents: Documents
    entities: tuple[Entity, ...] = ()
    people: tuple[CasePerson, ...] = ()
    findings: tuple[Finding, ...] = ()
    dossiers: Mapping[str, Dossier] = field(default_factory=dict[str, Dossier])
    lineage: Lineage | None = None
    chains: tuple[Chain, ...] = ()
    hits: tuple[Mapping[str, Any], ...] = ()
