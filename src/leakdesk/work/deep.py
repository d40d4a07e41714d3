"""Reading deeply: each step over each document as resumable jobs, newest documents first, then the steps over the case."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from threading import Lock, get_ident
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from leakdesk.intake.limits import limits
from leakdesk.intake.sandbox import Child, ChildGone, ChildLate, Tier
from leakdesk.store import jobs, records
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import Writer, from_json, to_json
from leakdesk.store.tables import documents, readings, text_layers
from leakdesk.work import protocol, thinking
from leakdesk.work.pool import checked, start_child
from leakdesk.work.protocol import Think, Thought
from leakdesk.work.steps import STEPS, Step

if TYPE_CHECKING:
    from leakdesk.reading.outside.proposals import Extractor

#: Documents claimed at a time, and for how long.
_CLAIM = 64
_LEASE_SECONDS = 1800.0
#: Address space of a deep worker: models are mapped files, so this is far above what is resident.
_MEMORY = 8 << 30

Say = Callable[[str, int, int], None]
"""(step, done, total)"""


@dataclass(slots=True)
class Thinkers:
    """Parsing processes that think: one for each thread, with the models it has loaded kept."""

    how: Tier
    setup: protocol.Setup
    #: Models on this computer that may add to a reading; they are asked from here, for the box has no network at all.
    outside: tuple[Extractor, ...] = ()
    _children: dict[int, Child] = field(default_factory=dict[int, Child])
    _lock: Lock = field(default_factory=Lock)

    def think(self, step: Step, payload: bytes) -> Thought:
        """One step over one document; whatever happens, an answer comes back."""
        for attempt in (1, 2):
            try:
                return self._ask(step, payload)
            except ChildLate:
                self._retire()
                return Thought(failed="stopped by the limit wall_seconds")
            except ChildGone:
                self._retire()
                if attempt == 2:
                    return Thought(failed="the step crashed")
        return Thought(failed="the step crashed")

    def read(self, step: Step, description: Mapping[str, Any]) -> Thought:
        """One step over one document, and what the extractors that are turned on add to a reading."""
        thought = self.think(step, msgspec.json.encode(description))
        if not self.outside or step.name != STEPS[0].name or thought.data is None:
            return thought
        return msgspec.structs.replace(thought, data=thinking.beside(description, thought.data, self.outside))

    def _ask(self, step: Step, payload: bytes) -> Thought:
        key = get_ident()
        with self._lock:
            child = self._children.get(key)
            if child is None or not child.alive:
                child = self._children[key] = start_child(self.how, self.setup)
        seconds = self.setup.limits.wall_seconds + 60.0
        child.send(protocol.encode(Think(function=step.think, payload=payload)), seconds)
        return checked(child.receive(seconds), protocol.decode_thought)

    def _retire(self) -> None:
        with self._lock:
            child = self._children.pop(get_ident(), None)
        if child is not None:
            child.kill()

    def close(self) -> None:
        """End all of them."""
        with self._lock:
            for child in self._children.values():
                child.kill()
            self._children.clear()


def read_deeply(
    store: CaseStore, *, how: Tier, jobs_at_once: int, say: Say | None = None, steps: Sequence[Step] | None = None
) -> int:
    """Run every step over every document that waits for it; how many jobs were done."""
    from leakdesk.reading.outside.choose import chosen

    outside = chosen()
    steps = STEPS if steps is None else steps
    with store.writing() as writer:
        # What was missing may have been installed since.
        jobs.forget(writer, state=jobs.MISSING)
        jobs.forget(writer, state=jobs.CLAIMED)
    done = 0
    thinkers = Thinkers(how, protocol.Setup(limits=limits("default"), memory_bytes=_MEMORY), outside)
    with ThreadPoolExecutor(max_workers=jobs_at_once, thread_name_prefix="thinker") as threads:
        try:
            for step in steps:
                if step.scope == "document":
                    done += _one_step(store, step, thinkers, threads, say)
                elif done or _case_step_due(store, step):
                    _load(step.think)(store, say)
                    _note_case_step(store, step)
        finally:
            thinkers.close()
    return done


def _one_step(store: CaseStore, step: Step, thinkers: Thinkers, threads: ThreadPoolExecutor, say: Say | None) -> int:
    with store.connect() as connection:
        total = jobs.left(connection, step.name, step.version, time.time(), step.kinds)
    done = 0
    while True:
        with store.writing() as writer:
            claimed = jobs.claim(
                writer,
                step.name,
                step.version,
                owner=str(os.getpid()),
                now=time.time(),
                seconds=_LEASE_SECONDS,
                count=_CLAIM,
                kinds=step.kinds,
            )
        if not claimed:
            return done
        described = describe(store, claimed)
        thoughts: list[tuple[str, Future[Thought]]] = [
            (own, threads.submit(thinkers.read, step, described[own])) for own in claimed
        ]
        results = [(own, future.result()) for own, future in thoughts]
        with store.writing() as writer:
            for own, thought in results:
                _write(writer, step, described[own], thought)
        done += len(claimed)
        if say is not None:
            say(step.says, done, max(total, done))


def _write(writer: Writer, step: Step, description: Mapping[str, Any], thought: Thought) -> None:
    own = description["document"]
    state, reason, data = "done", "", None
    if thought.missing:
        state, reason = "missing", thought.missing
    elif thought.failed or thought.data is None:
        state, reason = "failed", thought.failed or "nothing came back"
    else:
        result = msgspec.json.decode(thought.data)
        data = to_json(result) if step.keep else None
        if step.write:
            _load(step.write)(writer, description, result)
    row = {"version": step.version, "layer": description["layer"], "state": state, "reason": reason, "data": data}
    writer.put(readings, {"document": own, "step": step.name}, row)
    ended = {"done": jobs.FINISHED, "missing": jobs.MISSING, "failed": jobs.FAILED}[state]
    jobs.finish(writer, own, step.name, step.version, state=ended, reason=reason)


def describe(store: CaseStore, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Documents as plain values for a step: what `list` says of them, and `layer` (its id), `text`, `text_sha256`,
    `pages` as [number, start, end] and `segments` as [start, end, role, language]."""
    described: dict[str, dict[str, Any]] = {}
    joined = documents.join(text_layers, documents.c.layer == text_layers.c.id)
    query = select(
        documents,
        text_layers.c.text,
        text_layers.c.segments,
        text_layers.c.pages.label("layer_pages"),
        text_layers.c.extractor,
        text_layers.c.sha256.label("text_sha256"),
    ).select_from(joined)
    with store.connect() as connection:
        for row in connection.execute(query.where(documents.c.id.in_(ids))).mappings():
            described[row["id"]] = {
                "document": row["id"],
                "dataset": row["dataset"],
                "kind": row["kind"],
                "media_type": row["media_type"],
                "title": row["title"],
                "head": from_json(row["head"]),
                "date": row["date"],
                "languages": from_json(row["languages"]),
                "outlet": row["outlet"],
                "published": row["published"],
                "url": row["url"],
                "layer": row["layer"],
                "text": row["text"],
                "text_sha256": row["text_sha256"],
                "extractor": row["extractor"],
                "pages": from_json(row["layer_pages"]),
                "segments": from_json(row["segments"]),
            }
    return described


def not_read_deeply(store: CaseStore) -> list[dict[str, Any]]:
    """Steps that are missing a part, with how many documents wait for it: "not read deeply: needs X"."""
    from sqlalchemy import func

    query = (
        select(readings.c.step, readings.c.reason, func.count().label("documents"))
        .where(readings.c.state != "done")
        .group_by(readings.c.step, readings.c.reason)
        .order_by(readings.c.step, readings.c.reason)
    )
    with store.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def _case_step_due(store: CaseStore, step: Step) -> bool:
    with store.connect() as connection:
        found = records.one(connection, readings, document="", step=step.name)
    return found is None or found["version"] != step.version


def _note_case_step(store: CaseStore, step: Step) -> None:
    row = {"version": step.version, "layer": None, "state": "done", "reason": "", "data": None}
    with store.writing() as writer:
        writer.put(readings, {"document": "", "step": step.name}, row)


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
