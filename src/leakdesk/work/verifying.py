"""`verify CASE` as numbered steps. The long one (originals) can be interrupted: the next run goes on where it stopped,
as long as nothing was added in between."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DatabaseError

from leakdesk.store import records, scrub
from leakdesk.store.case import CaseStore
from leakdesk.store.layout import write_durably
from leakdesk.store.scrub import Fault
from leakdesk.store.tables import documents, originals, settings

#: Faults spelled out per step; all are counted.
_SHOWN = 50
#: Originals between two notes of how far the check has come.
_NOTE = 5_000

Say = Callable[[str, int, int], None]


def verify_case(store: CaseStore, say: Say | None = None) -> dict[str, Any]:
    """The contract's `{"ok","steps":[{"number","name","ok","detail"}],"says"}`, and `faults` with every object named."""
    steps: list[dict[str, Any]] = []
    faults: list[Fault] = []
    with store.connect() as connection:
        for number, (name, check) in enumerate(_checks(store, connection, say), 1):
            found = _run(check)
            faults += found
            detail = "; ".join(f"{fault.object}: {fault.sentence}" for fault in islice(found, _SHOWN))
            more = f" ... and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            steps.append({"number": number, "name": name, "ok": not found, "detail": detail + more})
    ok = not faults
    if ok and store.writable:
        _place_mark(store).unlink(missing_ok=True)
    says = (
        "Everything is as it was sealed."
        if ok
        else f"{len(faults)} things are not as they were sealed; they are named above."
    )
    return {
        "ok": ok,
        "steps": steps,
        "says": says,
        "faults": [{"object": f.object, "sentence": f.sentence} for f in faults],
    }


def _checks(store: CaseStore, connection: Connection, say: Say | None) -> list[tuple[str, Iterator[Fault]]]:
    return [
        ("the database file is whole", scrub.database(connection)),
        ("every row is as it was written", scrub.rows(connection)),
        ("the custody log is unbroken", scrub.chain(store, connection)),
        ("every original has its hash", _originals(store, connection, say)),
        ("the folder of originals holds them and nothing else", scrub.folders(store, connection)),
        ("every document has its original, text and place", scrub.references(connection)),
        ("found = read + partial + failed", scrub.equation(connection)),
        ("the search index is there", _index(store, connection)),
    ]


def _run(check: Iterator[Fault]) -> list[Fault]:
    found: list[Fault] = []
    try:
        found.extend(check)
    except (DatabaseError, ValueError, TypeError, KeyError, AttributeError, OSError) as error:
        # Damaged rows may be anything: a check that cannot go on has found a fault, and says which kind.
        found.append(Fault("case", f"this check could not go on: something is damaged ({type(error).__name__})"))
    return found


def _originals(store: CaseStore, connection: Connection, say: Say | None) -> Iterator[Fault]:
    total = records.count(connection, originals)
    stamp = f"{total}-{store.config.custody_head}"
    after, faulty = _mark(store, stamp)
    done = int(connection.execute(select(func.count()).where(originals.c.sha256 <= after)).scalar_one()) if after else 0
    for sha256, fault in scrub.originals(store, connection, after):
        done += 1
        faulty |= fault is not None
        if fault is not None:
            yield fault
        if done % _NOTE == 0:
            # Once something was found, the next run looks at everything again: no fault is ever skipped.
            _note(store, stamp, "" if faulty else sha256)
            if say is not None:
                say("checking originals", done, total)


def _place_mark(store: CaseStore) -> Any:
    return store.layout.derived / "verify.json"


def _mark(store: CaseStore, stamp: str) -> tuple[str, bool]:
    try:
        noted = json.loads(_place_mark(store).read_bytes())
        return (str(noted["after"]), False) if noted["stamp"] == stamp else ("", False)
    except (OSError, ValueError, KeyError, TypeError):
        return "", False


def _note(store: CaseStore, stamp: str, after: str) -> None:
    if store.writable:
        write_durably(_place_mark(store), json.dumps({"stamp": stamp, "after": after}).encode())


def _index(store: CaseStore, connection: Connection) -> Iterator[Fault]:
    marked = connection.execute(select(settings.c.value).where(settings.c.name == "indexed")).scalar()
    last = connection.execute(select(func.coalesce(func.max(documents.c.seq), 0))).scalar_one()
    if int(marked or 0) < last:
        if not records.waiting(connection):
            yield Fault("index", "some documents are not in it; run: leakdesk rebuild CASE")
        return
    if last == 0:
        return
    yield from _entries(store, records.count(connection, documents))


def _entries(store: CaseStore, wanted: int) -> Iterator[Fault]:
    from leakdesk.errors import LeakdeskError
    from leakdesk.search.index import check_format, open_terms

    try:
        check_format(store.layout.index)
        found = open_terms(store.layout.index).searcher().num_docs
    except LeakdeskError as error:
        yield Fault("index", error.sentence())
        return
    if found != wanted:
        yield Fault("index", f"it holds {found} documents, the case {wanted}; run: leakdesk rebuild CASE")
