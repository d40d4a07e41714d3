"""Second opinions, as background work: each message by a second reader, each Outlook store by another program's count.

A difference becomes a note on the document ("parsers disagree", "second count") that `list` and the desk show; that a
document was looked at stands in `readings`. What is done is not done again; an interruption costs one batch at most.
"""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, func, select

from leakdesk.intake import sandbox
from leakdesk.intake.limits import limits
from leakdesk.intake.sandbox import ChildGone, ChildLate, Tier
from leakdesk.store import records
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import Writer, from_json, to_json
from leakdesk.store.tables import documents, readings
from leakdesk.work import protocol
from leakdesk.work.deep import Thinkers
from leakdesk.work.pool import checked, default_jobs, start_child
from leakdesk.work.protocol import Think, Thought
from leakdesk.work.steps import MissingPart, Step

VIEWS, COUNTS = "second view", "second count"
VERSION = "1"
DISAGREE = "parsers disagree"
PST = "application/vnd.ms-outlook-pst"
#: Messages looked at between two transactions.
_BATCH = 64
#: Larger messages are not compared, and that is said.
LARGEST = 32 << 20
_INSIDE = "/store"
_SECONDS = 900.0
_LOOK = Step(name=VIEWS, version=VERSION, says="reading a second time", think=f"{__name__}:look")

Say = Callable[[str, int, int], None]


# --- in the parsing process -------------------------------------------------------------------------------------------------


def look(payload: Mapping[str, Any]) -> list[str]:
    """What two readers see differently in each message, one sentence each."""
    from leakdesk.documents.two_views import disagreements

    return [note.sentence for note in disagreements(base64.b64decode(payload["data"]))]


def count(payload: Mapping[str, Any]) -> int:
    """How many items another program lists in a store. Raises MissingPart where there is none."""
    from leakdesk.documents.outlook import second_count

    if payload.get("path"):
        found = second_count(payload["path"])
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "store.pst"
            path.write_bytes(base64.b64decode(payload["data"]))
            found = second_count(path)
    if found is None:
        raise MissingPart("needs lspst (pst-utils)")
    return found


# --- here --------------------------------------------------------------------------------------------------------------------


def run(store: CaseStore, say: Say | None) -> None:
    """Look at every message and store that was not looked at yet."""
    how = sandbox.tier(unsandboxed=_unsandboxed(store))
    setup = protocol.Setup(limits=limits("default"), memory_bytes=limits("default").memory_bytes)
    thinkers = Thinkers(how, setup)
    try:
        _all_messages(store, thinkers, say)
    finally:
        thinkers.close()
    for own, sha256, listed in _stores(store):
        thought = _count_store(store, how, setup, sha256)
        with store.writing() as writer:
            _note_count(writer, own, listed, thought)


def _unsandboxed(store: CaseStore) -> bool:
    with store.connect() as connection:
        return records.any_unsandboxed(connection)


def _all_messages(store: CaseStore, thinkers: Thinkers, say: Say | None) -> None:
    done, total = 0, _left(store)
    with ThreadPoolExecutor(max_workers=default_jobs(), thread_name_prefix="second") as threads:
        while waiting := _messages(store):
            thoughts = list(threads.map(lambda one: _about(store, thinkers, *one[1:]), waiting))
            with store.writing() as writer:
                for (own, _, _), thought in zip(waiting, thoughts, strict=True):
                    _note_views(writer, own, thought)
            done += len(waiting)
            if say is not None:
                say("reading a second time", done, max(total, done))


def _about(store: CaseStore, thinkers: Thinkers, sha256: str, size: int) -> Thought:
    if size > LARGEST:
        return Thought(failed=f"not compared: larger than {LARGEST >> 20} MB")
    data = base64.b64encode(store.originals.read(sha256)).decode()
    return thinkers.think(_LOOK, msgspec.json.encode({"data": data}))


def _waiting(kind: ColumnElement[bool], step: str) -> ColumnElement[bool]:
    done = select(readings.c.document).where(
        readings.c.step == step, readings.c.version == VERSION, readings.c.state != "missing"
    )
    return and_(kind, documents.c.id.not_in(done))


_MESSAGE = documents.c.media_type == "message/rfc822"


def _left(store: CaseStore) -> int:
    with store.connect() as connection:
        query = select(func.count()).select_from(documents).where(_waiting(_MESSAGE, VIEWS))
        return int(connection.execute(query).scalar_one())


def _messages(store: CaseStore) -> list[tuple[str, str, int]]:
    columns = (documents.c.id, documents.c.sha256, documents.c.size)
    query = select(*columns).where(_waiting(_MESSAGE, VIEWS)).order_by(documents.c.seq).limit(_BATCH)
    with store.connect() as connection:
        return [(row.id, row.sha256, int(row.size)) for row in connection.execute(query)]


def _stores(store: CaseStore) -> list[tuple[str, str, int]]:
    query = select(documents.c.id, documents.c.sha256, documents.c.listed)
    with store.connect() as connection:
        rows = connection.execute(query.where(_waiting(documents.c.media_type == PST, COUNTS)))
        return [(row.id, row.sha256, int(row.listed or 0)) for row in rows]


def _count_store(store: CaseStore, how: Tier, setup: protocol.Setup, sha256: str) -> Thought:
    """Ask another program in the box, which sees this one file, read-only."""
    if how is Tier.PLAIN:
        return Thought(missing="needs bubblewrap")
    where = store.originals.place(sha256)
    shown = where.start == 0 and not where.undo and where.length == where.path.stat().st_size
    inside = _INSIDE if how is Tier.BOX else str(where.path)
    if shown:
        payload: dict[str, str] = {"path": inside}
    elif where.length <= LARGEST:
        payload = {"data": base64.b64encode(store.originals.read(sha256)).decode()}
    else:
        return Thought(failed="not counted: it lies inside another file")
    child = start_child(how, setup, [(str(where.path), inside)] if shown else ())
    try:
        request = Think(function=f"{__name__}:count", payload=msgspec.json.encode(payload))
        child.send(protocol.encode(request), _SECONDS)
        return checked(child.receive(_SECONDS), protocol.decode_thought)
    except (ChildGone, ChildLate):
        return Thought(failed="counting a second time failed")
    finally:
        child.kill()


# --- the record --------------------------------------------------------------------------------------------------------------


def _note_views(writer: Writer, own: str, thought: Thought) -> None:
    found: list[str] = msgspec.json.decode(thought.data) if thought.data is not None else []
    _put(writer, own, VIEWS, thought, data=to_json(found) if found else None)
    _notes(writer, own, DISAGREE, found)


def _note_count(writer: Writer, own: str, listed: int, thought: Thought) -> None:
    other: int | None = msgspec.json.decode(thought.data) if thought.data is not None else None
    _put(writer, own, COUNTS, thought, data=None if other is None else to_json(other))
    if other is not None:
        said = f"another program lists {other} items in this store; {listed} were found here"
        _notes(writer, own, COUNTS, [said] if other != listed else [])


def _put(writer: Writer, own: str, step: str, thought: Thought, *, data: str | None) -> None:
    state = "missing" if thought.missing else "failed" if thought.failed else "done"
    row = {"version": VERSION, "layer": None, "state": state, "reason": thought.missing or thought.failed, "data": data}
    writer.put(readings, {"document": own, "step": step}, row)


def _notes(writer: Writer, own: str, rule: str, sentences: Sequence[str]) -> None:
    """A document's notes of this rule, in place of earlier ones."""
    row = writer.connection.execute(select(documents.c.seq, documents.c.notes).where(documents.c.id == own)).first()
    if row is None:
        return
    before = from_json(row.notes)
    after = [note for note in before if note["rule"] != rule]
    after += [{"rule": rule, "sentence": sentence} for sentence in sentences]
    if after != before:
        writer.update(documents, {"seq": row.seq}, notes=to_json(after))
