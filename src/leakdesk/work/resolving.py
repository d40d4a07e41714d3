"""Mentions of the whole case become entities; people's judgements about them; all of it reversible.

The case step runs after documents were read deeply. Entity ids are given at birth and kept: an entity that was merged away
redirects for ever. Judgements name places in texts (anchors), so they survive re-reading.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, cast

import msgspec
from sqlalchemy import Connection, func, select

from leakdesk.entities.align import explain
from leakdesk.entities.judgements import Decision
from leakdesk.entities.nodes import MentionKey
from leakdesk.entities.relatives import is_beside_family_word
from leakdesk.entities.resolve import Resolution, group
from leakdesk.errors import NotFound, UsageError
from leakdesk.model.anchor import Anchor, anchor_at
from leakdesk.model.entity import NAMED_TYPES, Entity, Judgement, Match, Mention
from leakdesk.model.plain import to_plain
from leakdesk.store import decided, found
from leakdesk.store.case import CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.rows import Writer, from_json, to_json
from leakdesk.store.tables import documents, text_layers
from leakdesk.store.tables import entities as entity_table
from leakdesk.store.tables import mentions as mention_table

Plain = dict[str, Any]
Say = Callable[[str, int, int], None]
#: What a person can say about two names.
VERBS: Mapping[str, Judgement] = {"merge": Judgement.POSITIVE, "apart": Judgement.NEGATIVE}


def resolve(store: CaseStore, say: Say | None = None) -> None:
    """Group every named mention of the case into entities and write what changed (the case step "names")."""
    with store.connect() as connection:
        mentions = _by_document(connection)
        earlier = {(document, m.id): m.entity for document, named in mentions.items() for m in named if m.entity}
        judged = _decisions(connection)
        protected = _beside_family(connection, mentions)
        languages = _languages(connection)
    if say:
        say("who is who", 0, 1)
    resolution = group(mentions, judged, earlier=earlier, protected=protected, hide_weak=True)
    with store.writing() as writer:
        _write(writer, resolution, mentions, earlier, languages)
    if say:
        say("who is who", 1, 1)


def _by_document(connection: Connection) -> dict[str, list[Mention]]:
    found_in: dict[str, list[Mention]] = defaultdict(list)
    for document, mention in found.all_mentions(connection):
        if mention.type in NAMED_TYPES:
            found_in[document].append(mention)
    return dict(found_in)


def _languages(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(documents.c.id, documents.c.languages))
    return {row.id: (from_json(row.languages) or ["und"])[0] for row in rows}


def _beside_family(connection: Connection, mentions: Mapping[str, Sequence[Mention]]) -> frozenset[MentionKey]:
    """Mentions next to a word of family: those people are protected from the start, and no reason is kept."""
    beside: set[MentionKey] = set()
    query = select(documents.c.id, text_layers.c.text).join(text_layers, text_layers.c.id == documents.c.layer)
    for row in connection.execute(query.execution_options(yield_per=200)):
        for mention in mentions.get(row.id, ()):
            if mention.type == "person" and is_beside_family_word(row.text, mention.start, mention.end):
                beside.add((row.id, mention.id))
    return frozenset(beside)


def _decisions(connection: Connection) -> list[Decision]:
    return [
        Decision(left=_anchor(row.left), right=_anchor(row.right), judgement=row.judgement)
        for row in decided.judgements_of(connection)
    ]


def _anchor(stored: str) -> Anchor:
    return msgspec.json.decode(stored, type=Anchor)


def _write(
    writer: Writer,
    resolution: Resolution,
    mentions: Mapping[str, Sequence[Mention]],
    earlier: Mapping[MentionKey, str],
    languages: Mapping[str, str],
) -> None:
    for (document, mention), entity in resolution.entity_of.items():
        if earlier.get((document, mention)) != entity:
            writer.update(mention_table, {"document": document, "id": mention}, entity=entity)
    counted = _counted(resolution, mentions, languages)
    for entity in resolution.entities:
        writer.put(entity_table, {"id": entity.id}, _row(entity, counted[entity.id]))
    for old, new in resolution.redirects.items():
        writer.update(entity_table, {"id": old}, redirect=new, shown=0)
    known = decided.roles_of(writer.connection)
    for entity, role in resolution.roles.items():
        if entity not in known:
            decided.put_role(writer, entity, role, None, ())


def _counted(
    resolution: Resolution, mentions: Mapping[str, Sequence[Mention]], languages: Mapping[str, str]
) -> dict[str, tuple[Counter[tuple[str, str]], set[str]]]:
    """Entity -> how often each (text, language) stands, and the documents."""
    table: dict[str, tuple[Counter[tuple[str, str]], set[str]]] = defaultdict(lambda: (Counter(), set()))
    for document, named in mentions.items():
        for mention in named:
            entity = resolution.entity_of.get((document, mention.id))
            if entity:
                texts, where = table[entity]
                texts[mention.text, languages.get(document, "und")] += 1
                where.add(document)
    return table


def _row(entity: Entity, counted: tuple[Counter[tuple[str, str]], set[str]]) -> dict[str, object]:
    texts, where = counted
    names = [{"text": text, "count": count, "language": language} for (text, language), count in _ordered(texts)]
    return {
        "schema": entity.schema,
        "caption": entity.caption,
        "names": to_json(names),
        "countries": to_json(entity.countries),
        "shown": int(entity.shown),
        "redirect": None,
        "suggestions": to_json(to_plain(entity.suggestions)),
        "data": to_json({"mentions": sum(texts.values()), "documents": len(where)}),
    }


def _ordered(texts: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return sorted(texts.items(), key=lambda each: (-each[1], each[0]))


# --- asking --------------------------------------------------------------------------------------------------------------


def entities(connection: Connection) -> Iterator[Plain]:
    """The entities as `names` prints them, most mentioned first; merged ones are left out."""
    chosen = connection.execute(select(entity_table).where(entity_table.c.redirect.is_(None))).mappings()
    roles = decided.roles_of(connection)
    plain = [_plain(row, roles) for row in chosen]
    yield from sorted(plain, key=lambda each: (-each["mentions"], each["caption"], each["id"]))


def entity(connection: Connection, identity: str) -> Plain:
    """One entity, following redirects. Raises NotFound."""
    return _plain(_row_of(connection, identity), decided.roles_of(connection))


def _plain(row: Mapping[Any, Any], roles: Mapping[str, decided.RoleRow]) -> Plain:
    counts = from_json(row["data"]) or {"mentions": 0, "documents": 0}
    role = roles.get(row["id"])
    return {
        "id": row["id"],
        "schema": row["schema"],
        "caption": row["caption"],
        "names": from_json(row["names"]),
        "mentions": counts["mentions"],
        "documents": counts["documents"],
        "countries": from_json(row["countries"]),
        "shown": bool(row["shown"]),
        "role": role.role if role else None,
        "suggestions": from_json(row["suggestions"]),
    }


def _row_of(connection: Connection, identity: str) -> Mapping[Any, Any]:
    for _ in range(100):  # a chain of merges; longer ones do not occur, a loop must not hang
        row = connection.execute(select(entity_table).where(entity_table.c.id == identity)).mappings().first()
        if row is None:
            break
        if row["redirect"] is None:
            return cast("Mapping[Any, Any]", row)
        identity = row["redirect"]
    raise NotFound(f"entity {identity}", try_="List names with: leakdesk names CASE")


def explained(connection: Connection, left: str, right: str) -> Match:
    """Why two entities are or are not one. Raises NotFound."""
    return explain(_noun(_row_of(connection, left)), _noun(_row_of(connection, right)))


def _noun(row: Mapping[Any, Any]) -> Entity:
    names = tuple(name["text"] for name in from_json(row["names"]))
    return Entity(id=row["id"], schema=row["schema"], caption=row["caption"], names=names or (row["caption"],))


# --- judging -------------------------------------------------------------------------------------------------------------


def judge(store: CaseStore, verb: str, ids: Sequence[str]) -> Plain:
    """A person's judgement: merge (all into one), apart (keep two apart). Resolution runs again; the entity as it is now."""
    if len(ids) < 2:
        raise UsageError(f"{verb} needs two entities or more", try_=f"Say: leakdesk names {verb} CASE ID ID")
    with store.connect() as connection:
        rows = [_row_of(connection, each) for each in ids]
        if len({row["id"] for row in rows}) < len(rows):
            raise UsageError(
                f"{', '.join(ids)}: some of these are one already",
                try_="Look at: leakdesk names CASE; to part one: names split.",
            )
        anchors = [_first_anchor(connection, row["id"]) for row in rows]
    pairs = list(pairwise(anchors))
    entry = Entry(verb="judged", object_id=rows[0]["id"], note=verb, actor="editor")
    with store.writing([entry]) as writer:
        for left, right in pairs:
            decided.add_judgement(writer, to_json(left), to_json(right), VERBS[verb], actor="editor", day="")
    return _again(store, rows[0]["id"])


def split(store: CaseStore, identity: str, spellings: Sequence[str]) -> Plain:
    """Take spellings out of an entity: each is kept apart from the rest. Raises NotFound, UsageError."""
    with store.connect() as connection:
        row = _row_of(connection, identity)
        texts = [name["text"] for name in from_json(row["names"])]
        unknown = [each for each in spellings if each not in texts]
        if unknown or not spellings or len(set(spellings)) >= len(set(texts)):
            raise UsageError(
                f"{identity} has the spellings {', '.join(texts)}", try_="Name one or more of them, not all."
            )
        rest = next(text for text in texts if text not in spellings)
        stays = _first_anchor(connection, row["id"], rest)
        leaves = [_first_anchor(connection, row["id"], each) for each in dict.fromkeys(spellings)]
    with store.writing([Entry(verb="judged", object_id=row["id"], note="split", actor="editor")]) as writer:
        for anchor in leaves:
            decided.add_judgement(writer, to_json(stays), to_json(anchor), Judgement.NEGATIVE, actor="editor", day="")
    return _again(store, row["id"])


def undo(store: CaseStore, identity: str) -> Plain:
    """Withdraw the last judgement that touched an entity; it stays in the history. Raises UsageError where there is none."""
    with store.connect() as connection:
        row = _row_of(connection, identity)
        texts = {name["text"] for name in from_json(row["names"])}
        last = next((j for j in reversed(decided.judgements_of(connection)) if _touches(j, texts)), None)
    if last is None:
        raise UsageError(f"no judgement about {identity} is in force", try_="There is nothing to undo.")
    with store.writing([Entry(verb="judged", object_id=row["id"], note="undo", actor="editor")]) as writer:
        decided.withdraw_judgement(writer, last.number)
    return _again(store, row["id"])


def _touches(row: decided.JudgementRow, texts: set[str]) -> bool:
    return bool({_anchor(row.left).exact, _anchor(row.right).exact} & texts)


def _again(store: CaseStore, identity: str) -> Plain:
    resolve(store)
    store.mark()
    with store.connect() as connection:
        return entity(connection, identity)


def _first_anchor(connection: Connection, entity_id: str, text: str | None = None) -> Anchor:
    """A place where an entity is named: by its most frequent spelling, or by the given one."""
    m = mention_table.c
    query = select(mention_table, text_layers.c.text.label("layer_text"), text_layers.c.sha256).join(
        text_layers, text_layers.c.id == m.layer
    )
    if text is None:
        common = (
            select(m.text).where(m.entity == entity_id).group_by(m.text).order_by(func.count().desc(), m.text).limit(1)
        )
        text = connection.execute(common).scalar()
    row = connection.execute(
        query.where(m.entity == entity_id, m.text == text).order_by(m.document, m.start).limit(1)
    ).first()
    if row is None:
        raise NotFound(f"a mention of {entity_id}")
    return anchor_at(row.layer_text, row.start, row.end, document=row.document, text_sha256=row.sha256)
