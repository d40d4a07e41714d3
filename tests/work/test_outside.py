"""In a case, extractors are asked from outside the box, and only when they are turned on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from leakdesk.errors import OutsideRefused
from leakdesk.intake import sandbox
from leakdesk.model.document import TextLayer
from leakdesk.reading.outside import choose
from leakdesk.reading.outside.proposals import Numbered, Proposed, ProposedClaim
from leakdesk.store import CaseStore
from leakdesk.store.case import LEAK
from leakdesk.work import thinking
from leakdesk.work.deep import read_deeply
from tests.work.parcels import new_case


@dataclass(frozen=True)
class Echo:
    """Proposes every sentence as a claim of its first word."""

    name: str = "echo"

    def propose(self, sentences: Sequence[Numbered]) -> Proposed:
        return Proposed(
            claims=tuple(
                ProposedClaim(sentence=each.number, quote=each.text, predicate=each.text.split()[0])
                for each in sentences
            )
        )


def described(text: str) -> Mapping[str, Any]:
    layer = TextLayer(text=text, extractor="test")
    return {
        "dataset": LEAK, "text": text, "text_sha256": layer.sha256, "extractor": "test", "pages": [],
        "segments": [[0, len(text), "body", "en"]], "head": None, "published": None, "date": None,
    }  # fmt: skip


def test_what_an_extractor_adds_is_kept_with_its_label() -> None:
    description = described("Notwithstanding rain.")
    data = json.dumps(thinking.read(description)).encode()
    made = json.loads(thinking.beside(description, data, (Echo(),)))
    assert [each["rule"] for each in made["claims"]] == ["extractor:echo"]
    assert made["text"] == ""
    assert made["notes"][-1] == "extractor echo: 1 proposed, 1 kept, 0 refused"


def test_an_extractor_elsewhere_stops_deep_reading_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = new_case(tmp_path / "case")
    monkeypatch.setenv(choose.VARIABLE, "http://models.example/v1")
    with CaseStore.open(case) as store, pytest.raises(OutsideRefused):
        read_deeply(store, how=sandbox.tier(unsandboxed=True), jobs_at_once=1)
