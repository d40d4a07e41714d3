"""What can be said technically about the letters of a case: taken down once in the box, looked at across all letters, and
said with the keys that are known now.

    take_down   each letter's bytes -> facts without keys (a boxed process; rows of `authenticity`)
    look_across facts of all letters -> conflicts between two places, and how often each kind occurs here (its base rate)
    lines       facts + conflicts + the key table of this moment -> what `leakdesk authenticity` prints

Only the last step knows keys, and nothing of it is stored: a private key published later changes every answer at once.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from leakdesk.authenticity.letter import VERSION, LetterFacts, look
from leakdesk.intake import sandbox
from leakdesk.intake.limits import limits
from leakdesk.store.case import LEAK, CaseStore
from leakdesk.store.rows import chunks, from_json, to_json
from leakdesk.store.tables import authenticity, documents, settings, text_layers
from leakdesk.work import protocol
from leakdesk.work.deep import Thinkers
from leakdesk.work.steps import Step

#: Setting that holds how often each rule found something, and how many letters it looked at.
RATES = "authenticity"
Say = Callable[[str, int, int], None]
SAYS = "what can be said technically"
#: Letters, and bytes, that the box is given at a time.
_LETTERS, _BYTES = 200, 8 << 20
#: Letters whose rows are written in one transaction.
_ROWS = 1_000
#: Address space of the boxed process.
_MEMORY = 4 << 30
_STEP = Step(name="authenticity", version=VERSION, says=SAYS, think="leakdesk.work.technical:think")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `authenticity`: what a letter says, and what was found in it beside the other letters."""

    facts: LetterFacts
    found: list[dict[str, Any]] = []
    marks: dict[str, Any] = {}


decode_row = msgspec.json.Decoder(Row).decode
_decode_facts = msgspec.json.Decoder(list[LetterFacts]).decode


def think(payload: Mapping[str, Any]) -> Any:
    """In the box: take down some letters."""
    return [msgspec.to_builtins(look(b64decode(data))) for data in payload["letters"]]


@dataclass(slots=True)
class Box:
    """A boxed process that takes letters down; whatever a letter does to it, an answer comes back."""

    thinkers: Thinkers = field(
        default_factory=lambda: Thinkers(
            sandbox.tier(unsandboxed=False), protocol.Setup(limits=limits("default"), memory_bytes=_MEMORY)
        )
    )

    def facts(self, letters: Sequence[bytes]) -> list[LetterFacts]:
        """Facts of some letters, in order."""
        thought = self.thinkers.think(_STEP, msgspec.json.encode({"letters": letters}))
        if thought.data is not None:
            try:
                found = _decode_facts(thought.data)
            except msgspec.MsgspecError:
                found = []
            if len(found) == len(letters):
                return found
        if len(letters) == 1:
            return [LetterFacts(problem=thought.failed or thought.missing or "the boxed process gave no answer")]
        return [each for one in letters for each in self.facts([one])]

    def close(self) -> None:
        """End the process."""
        self.thinkers.close()


# --- taking down ------------------------------------------------------------------------------------------------------------


def take_down(store: CaseStore, say: Say | None = None) -> int:
    """Take down every letter that was not taken down yet, or by an older version; how many those were."""
    with store.connect() as connection:
        waiting = _waiting(connection)
    box, done = Box(), 0
    try:
        for some in chunks(waiting, _ROWS):
            rows = list(_rows(store, box, some))
            with store.writing() as writer:
                writer.delete_many(authenticity, "document", [row["document"] for row in rows])
                writer.insert(authenticity, rows)
            done += len(rows)
            if say is not None:
                say(SAYS, done, len(waiting))
    finally:
        box.close()
    return done


def _waiting(connection: Connection) -> list[tuple[str, str]]:
    """(document, hash) of the letters that have no row, or one of an older version."""
    d = documents.c
    missing_one = authenticity.c.document.is_(None)
    if looked(connection).get("version", VERSION) != VERSION:
        missing_one |= func.json_extract(authenticity.c.data, "$.facts.version") != VERSION
    query = (
        select(d.id, d.sha256)
        .select_from(documents.outerjoin(authenticity, authenticity.c.document == d.id))
        .where(d.kind == "message", d.dataset == LEAK, missing_one)
        .order_by(d.seq)
    )
    return [(row.id, row.sha256) for row in connection.execute(query)]


def _rows(store: CaseStore, box: Box, letters: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    for some in _batches(store, letters):
        for (own, _), facts in zip(some, box.facts([data for _, data in some]), strict=True):
            yield {"document": own, "data": to_json(Row(facts=facts))}


def _batches(store: CaseStore, letters: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, bytes]]]:
    batch: list[tuple[str, bytes]] = []
    size = 0
    for own, sha256 in letters:
        data = store.originals.read(sha256)
        if batch and (len(batch) >= _LETTERS or size + len(data) > _BYTES):
            yield batch
            batch, size = [], 0
        batch.append((own, data))
        size += len(data)
    if batch:
        yield batch


def rows_of(connection: Connection, chosen: Sequence[str] | None = None) -> Iterator[tuple[str, Row]]:
    """(document, row) of all letters in the order of their dates, or of the chosen ones; streamed."""
    d = documents.c
    query = select(d.id, authenticity.c.data).join(authenticity, authenticity.c.document == d.id)
    query = query.order_by(d.date_utc.is_(None), d.date_utc, d.id)
    for some in [None] if chosen is None else list(chunks(chosen, 400)):
        narrowed = query if some is None else query.where(d.id.in_(some))
        rows = connection.execute(narrowed.execution_options(yield_per=500))
        while together := list(islice(rows, 500)):
            yield from ((row.id, decode_row(row.data)) for row in together)


def missing(connection: Connection) -> int:
    """How many letters were not taken down yet."""
    letters = select(func.count()).where(documents.c.kind == "message", documents.c.dataset == LEAK)
    known = select(func.count()).select_from(authenticity)
    return int(connection.execute(letters).scalar_one()) - int(connection.execute(known).scalar_one())


# --- looking across ---------------------------------------------------------------------------------------------------------


def update(store: CaseStore, say: Say | None = None) -> None:
    """Take down what came in and look across all letters again, if anything did. Needs the case open for writing."""
    from leakdesk.work.technical_across import look_again
    from leakdesk.work.technical_papers import look_inside

    done = take_down(store, say) + look_inside(store, say)
    if done or _stale(store):
        look_again(store, say)


def step(store: CaseStore, say: Say | None = None) -> None:
    """The last deep step."""
    update(store, say)


def _stale(store: CaseStore) -> bool:
    with store.connect() as connection:
        known = looked(connection)
        letters = connection.execute(select(func.count()).select_from(authenticity)).scalar_one()
        layers = connection.execute(select(func.count()).select_from(text_layers)).scalar_one()
    # A newer reading of a letter makes a new layer: quotations and marks are looked at again.
    return (known.get("version"), known.get("letters"), known.get("layers")) != (VERSION, letters, layers)


def looked(connection: Connection) -> Mapping[str, Any]:
    """What the last look across all letters left: its version, how much there was, and the base rates."""
    value = connection.execute(select(settings.c.value).where(settings.c.name == RATES)).scalar()
    return from_json(value) if value else {}
