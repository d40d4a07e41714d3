from __future__ import annotations

import pytest

from leakdesk.model.document import MailAddress, MessageHead, Role, Segment, TextLayer
from leakdesk.model.ids import item_id, span_id
from leakdesk.model.plain import to_plain


def test_segments_must_cover_the_text_without_gaps() -> None:
    with pytest.raises(ValueError, match="gap or overlap"):
        TextLayer(
            text="abcd",
            extractor="x/1",
            segments=(Segment(start=0, end=1, role=Role.BODY), Segment(start=2, end=4, role=Role.BODY)),
        )
    with pytest.raises(ValueError, match="the text at 4"):
        TextLayer(text="abcd", extractor="x/1", segments=(Segment(start=0, end=3, role=Role.BODY),))


def test_a_text_layer_knows_its_own_hash() -> None:
    assert (
        TextLayer(text="", extractor="x/1").sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_ids_do_not_collide_when_parts_are_split_elsewhere() -> None:
    assert item_id("p", ("a", "bc"), None) != item_id("p", ("ab", "c"), None)
    assert span_id("m", "h", 1, 23, "person") != span_id("m", "h", 12, 3, "person")


def test_json_uses_the_contracts_words() -> None:
    plain = to_plain(MessageHead(subject=None, sender=(MailAddress(name="A", address="a@example.org"),)))
    assert plain["from"] == [{"name": "A", "address": "a@example.org"}]
    assert "sender" not in plain
