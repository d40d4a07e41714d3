"""An independent checker agrees with every signature state of the truth."""

from __future__ import annotations

import re

import dkim

from tests.demo.conftest import Built


def _state(raw: bytes, keys: dict[str, str]) -> str:
    def lookup(name: bytes, timeout: int = 5) -> bytes | None:
        record = keys.get(name.decode().rstrip("."))
        return record.encode() if record else None

    selector = re.search(rb" s=([^;]+);", raw)
    domain = re.search(rb" d=([^;]+);", raw)
    assert selector and domain
    if f"{selector[1].decode()}._domainkey.{domain[1].decode()}" not in keys:
        return "no_key"
    try:
        return "verifies" if dkim.DKIM(raw).verify(dnsfunc=lookup) else "signature_differs"
    except dkim.ValidationError:
        return "body_differs"


def test_states_are_true(built: Built) -> None:
    lines = built.files.keys.read_text(encoding="utf-8").splitlines()
    keys = dict(line.split("\t") for line in lines)
    told = {row["message_id"]: row for row in built.leak["dkim"]}
    signed = [found for found in built.messages if b"DKIM-Signature:" in found.raw]
    assert {row["state"] for row in told.values()} == {"verifies", "body_differs", "no_key"}
    for found in signed:
        raw = found.raw if b"\r\n" in found.raw else found.raw.replace(b"\n", b"\r\n")
        assert _state(raw, keys) == told[found.message_id]["state"]
        covered = re.search(rb"h=([^;]+);", raw)
        assert covered
        assert (b"date" not in covered[1]) == ("date" in told[found.message_id]["not_covered"])
    assert {found.message_id for found in signed} == told.keys()


def test_the_changed_date_disagrees_with_the_journey(demo: Built) -> None:
    (row,) = (row for row in demo.leak["dkim"] if row["date_changed"])
    (told,) = (message for message in demo.leak["messages"] if message["message_id"] == row["message_id"])
    assert told["date"] > told["sent"]
