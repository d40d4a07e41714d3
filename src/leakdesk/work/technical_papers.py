"""The history inside a case's PDF, Office and picture files: looked for in the box, a fresh process every few files, kept in
`readings` under the step "papers". Without a box nothing is parsed, and the row says what is needed."""

from __future__ import annotations

from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from leakdesk.authenticity.observations import Observation, Spot
from leakdesk.authenticity.papers import VERSION, PaperFacts, PaperFinding, is_paper, look_at_paper
from leakdesk.intake import sandbox
from leakdesk.intake.limits import limits
from leakdesk.intake.sandbox import Tier
from leakdesk.store.case import LEAK, CaseStore
from leakdesk.store.rows import chunks, to_json
from leakdesk.store.tables import documents, readings
from leakdesk.work import protocol
from leakdesk.work.deep import Thinkers
from leakdesk.work.steps import Step

PAPERS = "papers"
SAYS = "the history inside files"
#: Files that one boxed process looks at, and the size from which on a file is left out (it is said).
_FILES, _LARGEST = 8, 64 << 20
_ROWS = 64
_MEMORY = 4 << 30
_STEP = Step(name=PAPERS, version=VERSION, says=SAYS, think="leakdesk.work.technical_papers:think")
_decode = msgspec.json.Decoder(PaperFacts).decode


def think(payload: Mapping[str, Any]) -> Any:
    """In the box: look at one file."""
    return msgspec.to_builtins(look_at_paper(b64decode(payload["data"]), payload["media_type"]))


def look_inside(store: CaseStore, say: Any = None) -> int:
    """Look at every file that was not looked at yet; how many those were."""
    how = sandbox.tier(unsandboxed=False)
    with store.connect() as connection:
        waiting = _waiting(connection)
    done = 0
    for some in chunks(waiting, _ROWS):
        rows = list(_rows(store, how, some))
        with store.writing() as writer:
            for row in rows:
                writer.put(readings, {"document": row["document"], "step": PAPERS}, row)
        done += len(rows)
        if say is not None:
            say(SAYS, done, len(waiting))
    return done


def _waiting(connection: Connection) -> list[tuple[str, str, str, int]]:
    d = documents.c
    known = select(readings.c.document).where(
        readings.c.step == PAPERS, readings.c.version == VERSION, readings.c.state != "missing"
    )
    query = select(d.id, d.sha256, d.media_type, d.size).where(d.dataset == LEAK, d.id.not_in(known)).order_by(d.seq)
    return [(r.id, r.sha256, r.media_type, r.size) for r in connection.execute(query) if is_paper(r.media_type)]


def _rows(store: CaseStore, how: Tier, files: Sequence[tuple[str, str, str, int]]) -> Iterator[dict[str, Any]]:
    for batch in chunks(files, _FILES):
        thinkers = Thinkers(how, protocol.Setup(limits=limits("default"), memory_bytes=_MEMORY))
        try:
            for own, sha256, media_type, size in batch:
                yield _row(store, thinkers, how, own, sha256, media_type, size)
        finally:
            thinkers.close()


def _row(
    store: CaseStore, thinkers: Thinkers, how: Tier, own: str, sha256: str, media_type: str, size: int
) -> dict[str, Any]:
    row = {"document": own, "version": VERSION, "layer": None, "state": "done", "reason": "", "data": None}
    if how is Tier.PLAIN:
        return row | {"state": "missing", "reason": "needs bubblewrap"}
    if size > _LARGEST:
        return row | {"state": "failed", "reason": "larger than what is looked at"}
    payload = msgspec.json.encode({"data": store.originals.read(sha256), "media_type": media_type})
    thought = thinkers.think(_STEP, payload)
    try:
        facts = _decode(thought.data) if thought.data is not None else PaperFacts(problem=thought.failed or "no answer")
    except msgspec.MsgspecError:
        facts = PaperFacts(problem="no answer")
    return row | {"data": to_json(facts), "reason": facts.problem, "state": "failed" if facts.problem else "done"}


def papers_of(connection: Connection, ids: Sequence[str]) -> dict[str, PaperFacts]:
    """What was found in some files."""
    found: dict[str, PaperFacts] = {}
    for some in chunks(ids, 400):
        query = select(readings.c.document, readings.c.data).where(readings.c.step == PAPERS)
        for row in connection.execute(query.where(readings.c.document.in_(some))):
            if row.data is not None:
                found[row.document] = _decode(row.data)
    return found


def rates(connection: Connection) -> dict[str, tuple[int, int]]:
    """Rule -> (files that show it, files in which it could be looked at)."""
    shows: Counter[str] = Counter()
    looked: Counter[str] = Counter()
    query = select(readings.c.data).where(readings.c.step == PAPERS, readings.c.data.is_not(None))
    for data in connection.execute(query.execution_options(yield_per=500)).scalars():
        facts = _decode(data)
        looked.update(facts.looked)
        shows.update({one.rule for one in facts.found})
    return {rule: (shows[rule], count) for rule, count in sorted(looked.items())}


def observations_in(document: str, facts: PaperFacts) -> Iterator[Observation]:
    """What was found in one file, as observations."""
    for one in facts.found:
        yield Observation(rule=one.rule, values=one.values, spots=tuple(_spots(document, one)))


def _spots(document: str, one: PaperFinding) -> Iterator[Spot]:
    for place in one.places:
        kind = "field" if place.part else "bytes"
        yield Spot(document=document, start=place.start, end=place.end, text=place.text, of=kind, part=place.part)
