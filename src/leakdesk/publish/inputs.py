"""What the pipeline hands over for a pack: everything from the case that publishing needs, and nothing that opens a
file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leakdesk.model.claim import Finding
from leakdesk.model.document import MessageHead, TextLayer
from leakdesk.model.entity import Mention
from leakdesk.publish.facsimile import Pictures
from leakdesk.publish.roles import RoleDecision
from leakdesk.publish.seal import HeaderField, SealedDocument, header_fields
from leakdesk.publish.signing import SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDocument:
    """A document that is quoted, or that a reader could lay beside the quotation.

    `document`: its id in the case; never leaves. `layer`: its newest text layer. `key` and `sealed`: as stored when the
    layer was sealed (`seal.seal_document`). `head`: for messages. `attachments`: SHA-256 of each attachment's bytes
    (hex, message order), exactly as given when sealing. `mentions`: all mentions of this layer, `entity` filled
    where the case knows it. `shown_fields`: names of sealed header fields to show beside the quotation; they pass
    the masks. `pictures`: where its words stand on rendered pages, if facsimiles are wanted.
    """

    document: str
    layer: TextLayer
    key: bytes = field(repr=False)
    sealed: SealedDocument
    head: MessageHead | None = None
    attachments: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    shown_fields: tuple[str, ...] = ("day",)
    pictures: Pictures | None = None

    def header(self) -> tuple[HeaderField, ...]:
        """The header fields as they were sealed."""
        return header_fields(self.head)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePerson:
    """Somebody named anywhere in the case: entity id, every spelling found (the texts of all mentions and the names
    of the entity), the role or None while nobody has decided, and `values`: addresses, telephones, account numbers,
    birth dates and the like that belong to this person."""

    entity: str
    names: tuple[str, ...]
    role: RoleDecision | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What the case says beside a finding's quotes, as plain sentences; each passes the masks like any other text. Notes,
    translation, right of reply and open questions stand in the finding itself."""

    corroboration: tuple[str, ...] = ()
    checking: tuple[str, ...] = ()
    screening: tuple[str, ...] = ()
    authenticity: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """A text the public already has: a document of the reports dataset. `name` is printed to the editor only."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSeal:
    """The case's side of the sealed tree: the case key (32 random bytes, made with the case) and the commitments of
    *all* documents sealed so far, in any order."""

    key: bytes = field(repr=False)
    commitments: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureFigures:
    """What `exposure.measure` found about exactly these findings' passages, and the editor's reason to go on, if any.
    `lowest` is None when no passage was measured."""

    lowest: int | None
    all_of_them: int
    largest_share: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInput:
    """Everything `pack.build` needs.

    `findings` in the order of publication, each accepted. `documents`: every document a finding's quotes or support
    stand in, by id. `people`: every person of the case. `public`: the reports dataset. `dossiers`: by finding id.
    `cleared`: places (document id, start, end) that look like a protected person's name and that an editor has
    judged not to be one.
    """

    findings: tuple[Finding, ...]
    documents: Mapping[str, PackDocument]
    people: tuple[CasePerson, ...]
    case: CaseSeal
    signing_key: SigningKey
    exposure: ExposureFigures
    public: tuple[PublicText, ...] = ()
    dossiers: Mapping[str, Dossier] = field(default_factory=dict[str, Dossier])
    number_people: bool = False
    cleared: frozenset[tuple[str, int, int]] = frozenset()
