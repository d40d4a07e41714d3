"""A report that is in the case already, given again with another outlet, day or address: what is stated of it is put right.

The bytes and their text stay as they are. What was stated before stands in the custody log. A reading that went by another
day ("yesterday") is made again by the deep reading that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from leakdesk.model.ids import sha256_hex
from leakdesk.store import jobs
from leakdesk.store.case import REPORTS, CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.rows import chunks, to_json
from leakdesk.store.tables import documents
from leakdesk.work.run import Options

Plain = dict[str, Any]


def restate(store: CaseStore, given: Sequence[str], options: Options) -> list[Plain]:
    """What changed, a line a document: `document`, `title`, and `changed` as {field: [before, now]}; or `in_leak` for what
    cannot be a report, because it came with the leak. Nothing is said of what stands as it was given."""
    stated = {name: value for name in ("outlet", "published", "url") if (value := getattr(options, name)) is not None}
    if options.as_ != "report" or not stated:
        return []
    lines: list[Plain] = []
    columns = [documents.c[name] for name in ("id", "title", "dataset", *stated)]
    for some in chunks(sorted(set(given)), 400):
        with store.connect() as connection:
            rows = connection.execute(select(*columns).where(documents.c.id.in_(some))).mappings().all()
        for row in rows:
            about: Plain = {"document": row["id"], "title": row["title"]}
            changed = {name: [row[name], new or None] for name, new in stated.items() if row[name] != (new or None)}
            if row["dataset"] != REPORTS:
                lines.append(about | {"in_leak": True})
            elif changed:
                _write(store, row["id"], changed)
                lines.append(about | {"changed": changed})
    return lines


def _write(store: CaseStore, own: str, changed: dict[str, list[str | None]]) -> None:
    before, now = ({name: pair[at] for name, pair in changed.items()} for at in (0, 1))
    entry = Entry(
        verb="edited",
        object_id=own,
        hash_in=sha256_hex(to_json(before).encode()),
        hash_out=sha256_hex(to_json(now).encode()),
        note=f"stated before: {to_json(before)}",
        actor="editor",
    )
    with store.writing([entry]) as writer:
        writer.update(documents, {"id": own}, **now)
        if "published" in changed:
            jobs.forget(writer, document=own)
