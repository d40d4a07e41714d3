"""A case on a medium that can only be read, and a case whose folder has an odd name."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakdesk.desk import Desk
from leakdesk.store import medium
from leakdesk.work.verifying import verify_case
from tests.work.parcels import add_to, letter, new_case


def _case(folder: Path, name: str) -> Path:
    (folder / "letter.eml").write_bytes(letter(1, text="The kiln stands in Karsk.\n"))
    case = new_case(folder / name)
    add_to(case, folder / "letter.eml")
    return case


def _files(case: Path) -> set[str]:
    return {str(path.relative_to(case)) for path in case.rglob("*")}


def test_a_closed_case_on_a_protected_medium_is_searched_and_verified_and_gets_no_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = _case(tmp_path, "case")
    (case / "index" / "terms" / ".tantivy-meta.lock").unlink()
    before = _files(case)
    monkeypatch.setattr(medium, "is_protected", lambda _: True)
    monkeypatch.setattr("leakdesk.search.index.is_protected", lambda _: True)
    with Desk.open(case) as desk:
        assert [hit.document for hit in desk.search("kiln")]
        assert verify_case(desk.store)["ok"]
    assert _files(case) == before


@pytest.mark.parametrize("name", ["case #1", "50% of it?", "дело «печь»", "a'b\"c"])
def test_a_case_may_have_any_name(tmp_path: Path, name: str) -> None:
    with Desk.open(_case(tmp_path, name)) as desk:
        found = desk.search("kiln")
        assert found.total == 1


def test_an_address_never_changes_what_lies_there(tmp_path: Path) -> None:
    assert medium.address(tmp_path / "a?b#c%.db").endswith("a%3Fb%23c%25.db?mode=ro")
    assert not medium.is_protected(tmp_path)
    assert not medium.is_protected(tmp_path / "gone")
