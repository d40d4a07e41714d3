"""All letters of a case side by side: reads the facts taken down before, writes what does not go together and how often each
kind of conflict occurs here. Two passes: headers of all letters at once, then the words of one sender at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from leakdesk.authenticity import variants
from leakdesk.authenticity.corpus import Across, Inside, Letter, look_across
from leakdesk.authenticity.headers import HeaderFacts
from leakdesk.authenticity.letter import VERSION
from leakdesk.model.document import Role, TextLayer
from leakdesk.store import records
from leakdesk.store.case import LEAK, CaseStore
from leakdesk.store.rows import chunks, from_json, to_json
from leakdesk.store.tables import authenticity, documents, items, letters, settings, text_layers
from leakdesk.work import technical_papers
from leakdesk.work.technical import RATES, SAYS, Row, Say, rows_of

_ROWS = 1_000


def look_again(store: CaseStore, say: Say | None = None) -> None:
    """Look at all letters together and write what changed."""
    with store.connect() as connection:
        beside = list(_letters(connection))
        layers = Layers(connection)
        across = look_across(beside, _groups(connection), layers)
        marks = _marks(connection, beside)
        changed = list(_changed(connection, across, marks))
        inside = technical_papers.rates(connection)
        layer_count = records.count(connection, text_layers)
    for number, some in enumerate(chunks(changed, _ROWS)):
        with store.writing() as writer:
            writer.delete_many(authenticity, "document", [row["document"] for row in some])
            writer.insert(authenticity, list(some))
        if say is not None:
            say(SAYS, min(len(changed), (number + 1) * _ROWS), len(changed))
    with store.writing() as writer:
        rates = {
            "version": VERSION,
            "letters": len(beside),
            "layers": layer_count,
            "rates": across.rates(),
            "inside": inside,
        }
        writer.put(settings, {"name": RATES}, {"value": to_json(rates)})


class Layers:
    """Text layers by document; the last few are kept, because an answer and its letter come up together."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._kept: dict[str, TextLayer | None] = {}

    def __call__(self, document: str) -> TextLayer | None:
        """The current text layer of a document, None where it has none."""
        if document not in self._kept:
            if len(self._kept) > 256:
                self._kept.clear()
            stored = records.layer(self.connection, document)
            self._kept[document] = stored.layer if stored else None
        return self._kept[document]


# --- what is looked at -------------------------------------------------------------------------------------------------------


def _letters(connection: Connection) -> Iterator[Letter]:
    boxes, times = _boxes(connection), _times(connection)
    d = documents.c
    columns = (d.id, d.message_id, d.head, d.attachments, d.notes)
    query = select(*columns).where(d.kind == "message", d.dataset == LEAK)
    heads = {row.id: row for row in connection.execute(query)}
    for own, row in rows_of(connection):
        about = heads.get(own)
        if about is None:
            continue
        inside = [each for part in from_json(about.attachments) or () for each in times.get(part["id"], ())]
        yield Letter(
            document=own,
            facts=_own_zone(row.facts.headers, rebuilt='"rebuilt"' in (about.notes or "")),
            message_id=about.message_id,
            answers=(from_json(about.head) or {}).get("in_reply_to"),
            boxes=tuple(sorted(boxes.get(own, ()))),
            to=_recipients(from_json(about.head) or {}),
            inside=tuple(inside),
        )


def _own_zone(facts: HeaderFacts, *, rebuilt: bool) -> HeaderFacts:
    """A Date that we made from a store's UTC time says nothing about anybody's zone."""
    if not rebuilt or facts.date is None or facts.date.offset != 0:
        return facts
    return replace(facts, date=replace(facts.date, offset=None))


def _recipients(head: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(each["address"].casefold() for name in ("to", "cc", "bcc") for each in head.get(name, ()))


def _boxes(connection: Connection) -> Mapping[str, set[str]]:
    """Document -> the mailboxes that hold it: a container, and the folder inside it where mail lies in files."""
    found: dict[str, set[str]] = defaultdict(set)
    query = select(items.c.document, items.c.parent, items.c.location).where(items.c.document.is_not(None))
    for row in connection.execute(query.execution_options(yield_per=500)):
        found[row.document].add(f"{row.parent}/{from_json(row.location)[-1].rpartition('/')[0]}")
    return found


def _times(connection: Connection) -> Mapping[str, list[Inside]]:
    """Document -> the times in its own metadata, letters left out."""
    d = documents.c
    found: dict[str, list[Inside]] = defaultdict(list)
    query = select(d.id, d.created, d.modified).where(d.kind != "message", d.dataset == LEAK)
    for row in connection.execute(query.where(d.created.is_not(None) | d.modified.is_not(None))):
        for what, text in (("created", row.created), ("modified", row.modified)):
            seconds, exact = _seconds(text)
            if text and seconds is not None:
                found[row.id].append(Inside(document=row.id, what=what, text=text, utc=seconds, exact=exact))
    return found


def _seconds(text: str | None) -> tuple[float | None, bool]:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None, False
    exact = moment.tzinfo is not None
    return (moment if exact else moment.replace(tzinfo=UTC)).timestamp(), exact


def _groups(connection: Connection) -> list[list[str]]:
    """Copies of one letter."""
    found: dict[str, list[str]] = defaultdict(list)
    query = select(letters.c.document, letters.c.group_).where(letters.c.group_.is_not(None))
    for row in connection.execute(query.order_by(letters.c.document)):
        found[row.group_].append(row.document)
    return list(found.values())


# --- marks -------------------------------------------------------------------------------------------------------------------


def _marks(connection: Connection, beside: Sequence[Letter]) -> dict[str, dict[str, Any]]:
    """What can identify a recipient, letter by letter: marks, wordings, what is fetched or asked for."""
    by_sender: dict[str, list[Letter]] = defaultdict(list)
    for letter in beside:
        by_sender[letter.facts.sender].append(letter)
    copies = {own: len(members) for members in _groups(connection) for own in members}
    found: dict[str, dict[str, Any]] = {}
    number = 1
    for sender, own_letters in sorted(by_sender.items()):
        texts = _texts(connection, [letter.document for letter in own_letters])
        sent = [_sent(letter, texts.get(letter.document)) for letter in own_letters]
        groups = variants.wording_groups(sent, number) if sender else ()
        number += len(groups)
        held = {own: group for group in groups for own in group.wording_of}
        for letter in own_letters:
            text = texts.get(letter.document)
            found[letter.document] = _marks_of(letter, text, held.get(letter.document), copies.get(letter.document, 1))
    return found


_Text = tuple[str, list[tuple[int, int, str, str]]]


def _texts(connection: Connection, ids: Sequence[str]) -> dict[str, _Text]:
    found: dict[str, _Text] = {}
    joined = documents.join(text_layers, documents.c.layer == text_layers.c.id)
    for some in chunks(ids, 400):
        query = select(documents.c.id, text_layers.c.text, text_layers.c.segments).select_from(joined)
        for row in connection.execute(query.where(documents.c.id.in_(some))):
            found[row.id] = (row.text, from_json(row.segments) or [])
    return found


def _sent(letter: Letter, text: _Text | None) -> variants.Sent:
    body = "\n".join(text[0][a:b] for a, b, role, _ in text[1] if role == Role.BODY) if text else ""
    date = letter.facts.date
    return variants.Sent(document=letter.document, utc=date.utc if date else 0.0, body=body, to=letter.to)


def _marks_of(letter: Letter, text: _Text | None, group: variants.WordingGroup | None, copies: int) -> dict[str, Any]:
    marks = variants.marks_of(text[0]) if text else ()
    kinds = variants.mark_kinds(marks)
    telling = {kind: count for kind, count in kinds.items() if kind not in variants.EVERYDAY}
    facts = letter.facts
    plain: dict[str, Any] = {
        "kinds": kinds,
        "places": [[mark.start, mark.end, mark.kind] for mark in marks if mark.kind not in variants.EVERYDAY][:500],
        "copies": max(copies, group.copies if group else 1),
        "wordings": {"group": group.number, "wordings": group.wordings, "copies": group.copies} if group else None,
        "pixels": [place.text.partition("//")[2].partition("/")[0] for place in facts.pixels],
        "receipt": bool(facts.receipts),
        "links": len(facts.links),
    }
    return plain if telling or group or plain["copies"] > 1 or facts.pixels or facts.receipts or facts.links else {}


# --- writing -------------------------------------------------------------------------------------------------------------------


def _changed(connection: Connection, across: Across, marks: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for own, row in rows_of(connection):
        found = [msgspec.to_builtins(each) for each in across.found.get(own, ())]
        if found != row.found or marks.get(own, {}) != row.marks:
            yield {"document": own, "data": to_json(Row(facts=row.facts, found=found, marks=marks.get(own, {})))}
