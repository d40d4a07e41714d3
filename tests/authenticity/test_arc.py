"""ARC: every validation scenario of the public suite, when it lies beside the repository; each exception has a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.authenticity import arc, wording
from leakdesk.authenticity.keys import KeyRecord, KeyTable
from tests.shared import shared_path

#: The suite leaves the verdict open.
OPEN = frozenset({"cv_fail_i1_as_cv_fail", "cv_fail_i2_as2_fail", "cv_fail_i2_as1_fail"})
#: The suite's keys come from a name server that can say "there is none"; our table can only say "not here".
OTHERWISE = {"public_key_na": "cannot_check"}


def _scenarios() -> Iterator[tuple[str, dict[str, Any], KeyTable]]:
    yaml = pytest.importorskip("yaml")
    text = shared_path("vectors/arc/arc-draft-validation-tests.yml").read_text("utf-8")
    for scenario in filter(None, yaml.safe_load_all(text)):
        keys = KeyTable()
        for name, record in (scenario.get("txt-records") or {}).items():
            selector, _, domain = name.partition("._domainkey.")
            if domain:
                keys.add([KeyRecord(selector=selector, domain=domain, record=record.replace("\n", ""))])
        for name, test in scenario["tests"].items():
            yield name, test, keys


def test_every_scenario_of_the_suite() -> None:
    seen = 0
    for name, test, keys in _scenarios():
        seen += 1
        found = arc.check(arc.read_arc(test["message"].encode()), keys)
        wanted = OTHERWISE.get(name, (test["cv"] or "").lower())
        assert found.cv == wanted or name in OPEN, (name, found)
        assert bool(wording.arc_sentence(found)) == (found.cv != "none")
    assert seen == 171


def test_without_keys_nothing_that_passes_is_said_to_fail() -> None:
    for name, test, _ in _scenarios():
        if (test["cv"] or "").lower() == "pass":
            found = arc.check(arc.read_arc(test["message"].encode()), KeyTable())
            assert found.cv == "cannot_check", name


@given(st.binary(max_size=300))
def test_junk_gives_a_state(junk: bytes) -> None:
    for name in (b"ARC-Seal: ", b"ARC-Message-Signature: ", b"ARC-Authentication-Results: i=1;"):
        assert arc.check(arc.read_arc(name + junk + b"\r\n\r\nbody"), KeyTable()).cv in ("none", "fail", "cannot_check")
