"""Every text layer of the leak sealed into the case tree, once: a key, a root, a commitment.

The case root must cover all documents, published or not, or it would tell which ones were worth sealing. Sealing is quick
to skip (a layer that has its seal keeps it) and runs before the first pack and after every later `add`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from leakdesk.model.document import MessageHead, TextLayer
from leakdesk.publish.inputs import CaseSeal
from leakdesk.publish.seal import KEY_SIZE, SealedDocument, header_fields, seal_document
from leakdesk.store import records
from leakdesk.store.case import LEAK, CaseStore
from leakdesk.store.rows import from_json
from leakdesk.store.tables import document_keys, documents, items, seals, text_layers

#: Layers sealed in one transaction.
BATCH = 200
#: The id under which the case's own key stands among the document keys.
CASE_KEY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealable:
    """A document of the leak as it is sealed."""

    document: str
    layer_id: str
    layer: TextLayer
    head: MessageHead | None
    attachments: tuple[str, ...]


def seal_all(store: CaseStore, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Seal every layer that has no seal yet; how many that were."""
    _case_key(store)
    with store.connect() as connection:
        missing = list(connection.execute(_unsealed()).scalars())
    for at in range(0, len(missing), BATCH):
        _seal(store, missing[at : at + BATCH])
        progress(min(at + BATCH, len(missing)), len(missing))
    return len(missing)


def _unsealed():
    join = documents.join(text_layers, documents.c.layer == text_layers.c.id).outerjoin(
        seals, seals.c.layer == text_layers.c.id
    )
    return (
        select(documents.c.id)
        .select_from(join)
        .where(documents.c.dataset == LEAK, seals.c.layer.is_(None))
        .order_by(documents.c.id)
    )


def _seal(store: CaseStore, ids: list[str]) -> None:
    with store.connect() as connection:
        found = [one for each in ids if (one := sealable(connection, each))]
    with store.writing() as writer:
        for one in found:
            key = secrets.token_bytes(KEY_SIZE)
            sealed = seal_document(one.layer.text, header_fields(one.head), one.attachments, key)
            writer.insert(document_keys, [{"document": one.layer_id, "key": key}])
            row = {
                "document": one.document,
                "root": sealed.root,
                "depth": sealed.depth,
                "commitment": sealed.commitment,
            }
            writer.insert(seals, [{"layer": one.layer_id, **row}])


def sealable(connection: Connection, document: str) -> Sealable | None:
    """A document with what its tree is made of; None where it has no text."""
    stored = records.layer(connection, document)
    row = connection.execute(
        select(documents.c.head, documents.c.attachments).where(documents.c.id == document)
    ).first()
    if stored is None or row is None:
        return None
    parts = [part["id"] for part in from_json(row.attachments)]
    return Sealable(
        document=document,
        layer_id=stored.id,
        layer=stored.layer,
        head=records.head_of(from_json(row.head)),
        attachments=tuple(_digests(connection, parts)),
    )


def _digests(connection: Connection, parts: list[str]) -> Iterator[str]:
    """SHA-256 of each attachment, in the message's order; a part without bytes has none and is left out."""
    for part in parts:
        digest = connection.execute(select(documents.c.sha256).where(documents.c.id == part)).scalar()
        digest = digest or connection.execute(select(items.c.sha256).where(items.c.id == part)).scalar()
        if digest:
            yield str(digest)


def seal_of(connection: Connection, layer: str) -> tuple[bytes, SealedDocument]:
    """Key and seal of a layer. Raises KeyError where it was never sealed."""
    key = connection.execute(select(document_keys.c.key).where(document_keys.c.document == layer)).scalar()
    row = connection.execute(select(seals).where(seals.c.layer == layer)).first()
    if key is None or row is None:
        raise KeyError(layer)
    return bytes(key), SealedDocument(root=bytes(row.root), depth=row.depth, commitment=bytes(row.commitment))


def case_seal(connection: Connection) -> CaseSeal:
    """The case's side of the tree. Raises KeyError before the first `seal_all`."""
    key = connection.execute(select(document_keys.c.key).where(document_keys.c.document == CASE_KEY)).scalar()
    if key is None:
        raise KeyError("case key")
    commitments = connection.execute(select(seals.c.commitment).order_by(seals.c.layer)).scalars()
    return CaseSeal(key=bytes(key), commitments=tuple(bytes(each) for each in commitments))


def _case_key(store: CaseStore) -> None:
    with store.connect() as connection:
        known = connection.execute(select(document_keys.c.key).where(document_keys.c.document == CASE_KEY)).scalar()
    if known is None:
        with store.writing() as writer:
            writer.insert(document_keys, [{"document": CASE_KEY, "key": secrets.token_bytes(KEY_SIZE)}])
