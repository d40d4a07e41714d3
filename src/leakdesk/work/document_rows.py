"""What a reading becomes as rows: a document, its text layer, and its entry in the index where it has no text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from leakdesk.model.document import Extract, Kind, MailAddress, MessageHead
from leakdesk.model.ids import text_sha256
from leakdesk.search.entry import IndexEntry, index_entry
from leakdesk.store.case import REPORTS
from leakdesk.store.rows import Row, to_json
from leakdesk.work.protocol import about_document
from leakdesk.work.sighting import Sighting


def is_given_report(sighting: Sighting) -> bool:
    """Whether somebody gave it as a report: not what lies within one."""
    return sighting.dataset == REPORTS and sighting.depth == 0


def kind_of(sighting: Sighting, extract: Extract) -> str:
    """What kind of document it is in the case: what was given as a report is one, whatever its format; an archive stays one."""
    report = is_given_report(sighting) and extract.kind is not Kind.CONTAINER
    return (Kind.REPORT if report else extract.kind).value


def entry_of(entry: IndexEntry | None, sighting: Sighting, extract: Extract) -> IndexEntry:
    """The index entry of a document: the worker's, which knows no more than its bytes, or one by its name."""
    if entry is None:
        return bare_entry(sighting, extract)
    kind = ("kind", kind_of(sighting, extract))
    return replace(entry, keywords=tuple(kind if each[0] == "kind" else each for each in entry.keywords))


def bare_entry(sighting: Sighting, extract: Extract) -> IndexEntry:
    """The index entry of a document without text: it is found by its name."""
    about = about_document(
        kind=kind_of(sighting, extract),
        title=extract.title,
        languages=(),
        attachments=(),
        location=sighting.location,
        message=False,
    )
    return index_entry(sighting.document, None, None, about)


def layer_row(document: str, sha256: str, extract: Extract) -> Row:
    """A text layer's row; its id hashes (bytes, reader and version, text); `sha256` is computed here, never believed."""
    layer = extract.layer
    assert layer is not None
    text_hash = text_sha256(layer.text)
    identity = hashlib.sha256(f"layer\0{sha256}\0{layer.extractor}\0{text_hash}".encode()).hexdigest()[:20]
    return {
        "id": "t" + identity,
        "document": document,
        "sha256": text_hash,
        "extractor": layer.extractor,
        "text": layer.text,
        "pages": to_json([[p.number, p.start, p.end] for p in layer.pages]),
        "segments": to_json([[s.start, s.end, s.role.value, s.language] for s in layer.segments]),
    }


def document_row(document: str, sha256: str, size: int, extract: Extract, reader: str) -> Row:
    """A document's row, but for dataset, layer and attachments."""
    head = extract.head
    return {
        "id": document,
        "sha256": sha256,
        "size": size,
        "dataset": "",
        "kind": extract.kind.value,
        "schema": extract.schema,
        "media_type": extract.media_type,
        "title": extract.title,
        "head": to_json(_head(head)) if head else None,
        "date": head.date if head else None,
        "date_utc": head.date_utc if head else None,
        "message_id": head.message_id if head else None,
        "languages": to_json(extract.languages),
        "pages": len(extract.layer.pages) if extract.layer and extract.layer.pages else None,
        "layer": None,
        "attachments": "[]",
        "state": extract.state.value,
        "stage": extract.stage,
        "reason": extract.reason,
        "limit_": extract.limit,
        "created": extract.created,
        "modified": extract.modified,
        "outlet": None,
        "published": None,
        "url": None,
        "reader": reader,
        "notes": to_json([{"rule": n.rule, "sentence": n.sentence} for n in extract.notes]),
    }


def _head(head: MessageHead) -> dict[str, object]:
    """A head in the contract's names; written out by hand, because it is done once a message."""
    return {
        "subject": head.subject,
        "from": _people(head.sender),
        "to": _people(head.to),
        "cc": _people(head.cc),
        "bcc": _people(head.bcc),
        "date": head.date,
        "date_utc": head.date_utc,
        "message_id": head.message_id,
        "in_reply_to": head.in_reply_to,
        "references": head.references,
    }


def _people(people: Sequence[MailAddress]) -> list[dict[str, str]]:
    return [{"name": each.name, "address": each.address} for each in people]
