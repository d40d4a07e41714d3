"""Readings made from gold files, so that comparing and lineage can be scored apart from extraction."""

from __future__ import annotations

from typing import Any, get_args

from leakdesk.model.anchor import Span
from leakdesk.model.claim import (
    Attribution,
    AttributionType,
    Claim,
    Origin,
    Other,
    Predicate,
    Quantity,
    Quote,
    Reading,
    Slot,
    TimeSlot,
)
from leakdesk.model.comparison import EntityPair, SourceText
from leakdesk.model.document import Role, Segment
from leakdesk.model.entity import Entity, Mention
from leakdesk.model.ids import text_sha256

#: Gold zone types -> segment roles.
ROLES = {
    "headline": Role.HEADLINE, "standfirst": Role.STANDFIRST, "byline": Role.BYLINE, "dateline": Role.DATELINE,
    "caption": Role.CAPTION, "credit": Role.CREDIT, "photo_credit": Role.CREDIT, "source_line": Role.BODY, "body": Role.BODY,
    "quoted": Role.QUOTED,
}  # fmt: skip
#: The older gold names of attributions and origins; newer files use the model's own words.
ATTRIBUTIONS = {"document_source": "label"}
KNOWN_ATTRIBUTIONS = frozenset(get_args(AttributionType))
ORIGINS = {"ledgers": "documents", "testimony": "witness", "outlet_inference": "outlet"}
KNOWN_ORIGINS = frozenset(get_args(Origin))
MENTION = {
    "Person": "person",
    "Company": "organization",
    "Organization": "organization",
    "PublicBody": "organization",
    "Address": "place",
}
ROLE_WORDS = {"sum paid": "of", "sum offered": "of", "count": "of"}
MODALITY = {"denied": "alleged"}


def gold_reading(gold: dict[str, Any], doc: str) -> Reading:
    """The reading that a perfect extractor would give for one document of a gold file."""
    document = next(d for d in gold["documents"] if d["doc"] == doc)
    text = document["text"]
    return Reading(
        text=text,
        sha256=text_sha256(text),
        languages=(document["language"],),
        segments=_segments(document),
        mentions=tuple(_mentions(gold, doc)),
        entities=tuple(_entity(e) for e in gold["entities"] if any(m["doc"] == doc for m in e["mentions"])),
        references=(),
        attributions=tuple(_attribution(a) for a in gold["attributions"] if a["doc"] == doc),
        claims=tuple(_claim(c, text) for c in gold["claims"] if c["doc"] == doc),
    )


def gold_source(gold: dict[str, Any], doc: str) -> SourceText:
    document = next(d for d in gold["documents"] if d["doc"] == doc)
    return SourceText(name=doc, outlet=document.get("outlet"), published=document.get("published"))


def gold_entities(gold: dict[str, Any], a: str, b: str) -> tuple[EntityPair, ...]:
    """Perfect entity alignment: the gold's entities that stand in both texts."""
    both = [e["id"] for e in gold["entities"] if {a, b} <= {m["doc"] for m in e["mentions"]}]
    return tuple(EntityPair(a=(each,), b=(each,), verdict="same", reasons=("gold",)) for each in both)


def _segments(document: dict[str, Any]) -> tuple[Segment, ...]:
    found: list[Segment] = []
    at = 0
    for zone in document["zones"]:
        if zone["start"] > at:
            found.append(Segment(start=at, end=zone["start"], role=Role.BOILERPLATE))
        role = (
            Role.BOILERPLATE
            if zone.get("drop") and zone["type"] not in ROLES
            else ROLES.get(zone["type"], Role.BOILERPLATE)
        )
        found.append(Segment(start=zone["start"], end=zone["end"], role=role, language=document["language"]))
        at = zone["end"]
    if at < len(document["text"]):
        found.append(Segment(start=at, end=len(document["text"]), role=Role.BOILERPLATE))
    return tuple(found)


def _mentions(gold: dict[str, Any], doc: str) -> list[Mention]:
    return [
        Mention(id=f"m{n}.{e['id']}", start=m["start"], end=m["end"], text=m["text"], type=MENTION[e["schema"]], normal=m["text"],
                rules=("gold",), confidence="likely", entity=e["id"])  # type: ignore[arg-type]
        for e in gold["entities"] if e.get("schema") in MENTION
        for n, m in enumerate(e["mentions"]) if m["doc"] == doc and m["form"] in ("name", "acronym")
    ]  # fmt: skip


def _entity(entity: dict[str, Any]) -> Entity:
    return Entity(
        id=entity["id"],
        schema=entity.get("schema") or "LegalEntity",
        caption=entity["caption"],
        names=tuple(entity["surface_names"]) or (entity["caption"],),
    )


def _span(raw: dict[str, Any] | None) -> Span | None:
    return Span(start=raw["start"], end=raw["end"], text=raw["text"]) if raw else None


def _attribution(raw: dict[str, Any]) -> Attribution:
    return Attribution(
        id=raw["id"], type=_type(raw["type"]), source=_span(raw.get("source")), cue=_span(raw.get("cue")),  # type: ignore[arg-type]
        content=_span(raw.get("content")), resolved_source=raw.get("resolved_source"), hedged=bool(raw.get("hedged")), parent=raw.get("parent"), rule="gold",
    )  # fmt: skip


def _type(raw: str) -> AttributionType:
    named = ATTRIBUTIONS.get(raw, raw)
    return named if named in KNOWN_ATTRIBUTIONS else "indirect"  # type: ignore[return-value]


def _origin(raw: str) -> Origin:
    named = ORIGINS.get(raw, raw)
    return named if named in KNOWN_ORIGINS else "unspecified"  # type: ignore[return-value]


def _claim(raw: dict[str, Any], text: str) -> Claim:
    quote = raw["quote"]
    qualifiers = raw.get("qualifiers", {})
    return Claim(
        id=raw["id"],
        quote=Quote(exact=quote["exact"], prefix=quote["prefix"], suffix=quote["suffix"], start=quote["start"], end=quote["end"]),
        subject=_slot(raw.get("subject"), quote),
        predicate=Predicate(text=raw["predicate"]["text"], lemma=raw["predicate"]["lemma"], class_=_class(raw["predicate"]["lemma"], text)),
        object=_slot(raw.get("object"), quote),
        others=tuple(Other(role=role, text=qualifiers[role]["text"], entity=qualifiers[role].get("entity")) for role in ("with", "from", "to", "for", "by") if role in qualifiers),  # type: ignore[arg-type]
        place=qualifiers.get("place", {}).get("text"),
        place_entity=qualifiers.get("place", {}).get("entity"),
        time=TimeSlot(text=qualifiers["time"]["text"], edtf=qualifiers["time"].get("edtf", "")) if "time" in qualifiers else None,
        quantities=_quantities(qualifiers),
        modality=MODALITY.get(raw["modality"], raw["modality"]),
        polarity="-" if raw["modality"] == "denied" else raw["polarity"],
        origin=_origin(raw.get("origin", "")),
        attributions=tuple(raw.get("attributions", ())),
        hedged=bool(raw.get("hedged")),
    )  # fmt: skip


def _class(lemma: str, text: str) -> str:
    from leakdesk.language.concepts import concept_of
    from leakdesk.language.detect import detect

    return concept_of(lemma, detect(text), verbal=True) or ""


def _slot(raw: dict[str, Any] | None, quote: dict[str, Any]) -> Slot | None:
    if not raw or not raw.get("text"):
        return None
    return Slot(
        text=raw["text"],
        start=raw.get("start", quote["start"]),
        end=raw.get("end", quote["start"] + len(raw["text"])),
        entity=raw.get("entity"),
        head=raw.get("head", ""),
    )


def _quantities(qualifiers: dict[str, Any]) -> tuple[Quantity, ...]:
    raw = qualifiers.get("quantity")
    if not raw or not isinstance(raw.get("value"), int | float):
        return ()
    role = raw.get("role", "")
    return (
        Quantity(
            text=raw["text"], value=float(raw["value"]), unit=raw.get("unit", ""), role=ROLE_WORDS.get(role, role)
        ),
    )
