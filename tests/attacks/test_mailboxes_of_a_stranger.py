"""The lie: "everything was read". Mail of odd make goes through `add`; counts, texts, names and bytes are known beforehand."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from leakdesk.model.ids import sha256_hex
from leakdesk.store import CaseStore, records
from leakdesk.store.tables import documents, items, text_layers
from tests.attacks import stranger_mail
from tests.attacks.strange_mail import FAMILIES as STRANGE
from tests.attacks.strange_mail import Want
from tests.work.parcels import add_to, ledger_of, new_case

FAMILIES = {**STRANGE, **stranger_mail.FAMILIES}


@dataclass(slots=True)
class Found:
    """What a case holds of one given file."""

    states: list[str] = field(default_factory=list)
    messages: int = 0
    text: str = ""
    names: set[str] = field(default_factory=set)
    hashes: set[str] = field(default_factory=set)
    said: str = ""


def _found(case: Path) -> dict[str, Found]:
    found: dict[str, Found] = defaultdict(Found)
    with CaseStore.open(case) as store, store.connect() as connection:
        kinds = {row["id"]: row for row in connection.execute(select(documents)).mappings()}
        texts = {row.document: row.text for row in connection.execute(select(text_layers))}
        owner = {row.id: row.document for row in connection.execute(select(items.c.id, items.c.document))}
        for item in records.items(connection):
            one = found[item["location"][0].removeprefix("in/")]
            document = kinds.get(owner[item["id"]] or "")
            # The given file itself first: what is inside was written before it.
            one.states.insert(0 if len(item["location"]) == 1 else len(one.states), item["state"])
            one.said += f"{item['reason']}\n"
            if document is None:
                continue
            one.messages += document["kind"] == "message"
            one.text += texts.get(document["id"], "") + "\0"
            one.names |= {part["name"] for part in json.loads(document["attachments"])}
            one.hashes.add(document["sha256"])
            one.said += document["notes"]
    return found


def _missing(found: Found, want: Want) -> list[str]:
    wrong = [f"{found.messages} messages, not {want.messages}"] if found.messages != want.messages else []
    wrong += [f"no text {text[:30]!r}" for text in want.texts if text not in found.text]
    wrong += [f"no name {name!r} in {found.names}" for name in want.names if name not in found.names]
    wrong += [f"no such bytes ({len(data)})" for data in want.files if sha256_hex(data) not in found.hashes]
    if want.state and found.states[0] != want.state:
        wrong.append(f"{found.states[0]}, not {want.state}")
    if want.reason and want.reason not in found.said:
        wrong.append(f"no reason {want.reason!r} in {found.said[:200]!r}")
    return wrong


@pytest.mark.parametrize("family", FAMILIES)
def test_mail_of_odd_make_is_counted_and_read(tmp_path: Path, family: str) -> None:
    home = tmp_path / "in"
    wanted: dict[str, Want] = {}
    for name, data, want in FAMILIES[family]():
        place = home / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        assert name not in wanted, name
        wanted[name] = want
    case = new_case(tmp_path / "case")
    add_to(case, home)
    assert ledger_of(case)["equation_holds"]
    found = _found(case)
    wrong = {name: missing for name, want in wanted.items() if (missing := _missing(found[name], want))}
    assert not wrong


def test_there_are_hundreds_of_them() -> None:
    assert sum(1 for make in FAMILIES.values() for _ in make()) > 340
    assert not [name for make in FAMILIES.values() for name, _, _ in make() if re.search(r"[/\\]\.\.", name)]
