"""FollowTheMoney entities as JSON lines: documents, entities, and the mentions that join them.

The test validates every line with the real package. Names of schemata and properties are the package's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from leakdesk.exports.roads import owner_lines, road_lines
from leakdesk.exports.seen import INTERNAL, SeenDocument, SeenEntity, SeenMention, View
from leakdesk.model.document import MailAddress

#: Our languages as FollowTheMoney writes them (ISO 639-3).
_LANGUAGES = {"ru": "rus", "be": "bel", "uk": "ukr", "en": "eng"}
#: Types of mentions as the schema they were detected to be.
_DETECTED = {"person": "Person", "organization": "Organization", "place": "Address", "equipment": "Asset"}
#: Schemata that a mention may resolve to: the property's range is LegalEntity.
_LEGAL = frozenset({"Person", "Company", "Organization", "PublicBody", "LegalEntity"})

Properties = dict[str, list[str]]


def export(view: View) -> Iterator[tuple[str, bytes]]:
    """The file entities.ftm.json (one entity a line): the entities, then each document with its mentions."""
    name = f"{INTERNAL}-entities.ftm.json" if view.internal else "entities.ftm.json"
    yield name, b""
    for entity in _entities(view):
        yield name, json.dumps(entity, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _entities(view: View) -> Iterator[dict[str, object]]:
    datasets = [f"leakdesk-{INTERNAL}"] if view.internal else ["leakdesk"]
    schemata = {entity.id: entity.schema for entity in view.entities}
    for entity in view.entities:
        yield _line(entity.id, entity.schema, _entity(entity), datasets)
    for document in view.documents:
        yield _line(document.id, document.schema, _document(document), datasets)
        for mention in document.mentions:
            yield _line(mention.id, "Mention", _mention(mention, schemata), datasets)
    for id_, schema, properties in (*road_lines(view.roads), *owner_lines(view.hits)):
        yield _line(id_, schema, properties, datasets)


def _line(id_: str, schema: str, properties: Properties, datasets: list[str]) -> dict[str, object]:
    kept = {name: [value for value in values if value] for name, values in properties.items()}
    return {
        "id": id_,
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
        "datasets": datasets,
    }


def _document(document: SeenDocument) -> Properties:
    properties: Properties = {
        "title": [document.title],
        "bodyText": [document.text],
        "date": [_moment(document.date)],
        "language": [_LANGUAGES[each] for each in document.languages if each in _LANGUAGES],
        "mimeType": [document.media_type],
        "fileName": [document.file_name],
        # contentHash is SHA-1 there; ours is SHA-256, and only in internal exports.
        "notes": [f"sha256:{document.sha256}" if document.sha256 else ""],
        "parent": [document.parent or ""],
    }
    if document.schema == "Email":
        properties |= {
            "subject": [document.title],
            "from": _written(document.sender),
            "to": _written(document.to),
            "cc": _written(document.cc),
            "bcc": _written(document.bcc),
            "messageId": [document.message_id],
            "inReplyTo": [document.in_reply_to],
        }
    return properties


def _moment(date: str) -> str:
    """FollowTheMoney's dates have no zone and mean UTC; a date without a zone stays as it is written."""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return date[:10]
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") if moment.tzinfo else date[:19]


def _written(people: Sequence[MailAddress]) -> list[str]:
    return [f"{each.name} <{each.address}>".strip() if each.address else each.name for each in people]


def _entity(entity: SeenEntity) -> Properties:
    return {"name": list(entity.names[:1]), "alias": list(entity.names[1:]), "country": list(entity.countries)}


def _mention(mention: SeenMention, schemata: Mapping[str, str]) -> Properties:
    resolved = mention.entity if mention.entity and schemata.get(mention.entity) in _LEGAL else ""
    return {
        "document": [mention.document],
        "name": [mention.name],
        "detectedSchema": [_DETECTED[mention.type]],
        "resolved": [resolved or ""],
    }
