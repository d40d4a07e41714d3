"""The page of what can be said technically: counts, kinds and letters; narrowed to one kind; silent letters left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakdesk.cli.app import run
from leakdesk.desk import Desk
from leakdesk.work.technical import Row
from tests.authenticity.signer import LETTER, sign
from tests.web.client import Client


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("technical")
    (folder / "mail").mkdir()
    (folder / "mail" / "signed.eml").write_bytes(sign().replace(b"Subject: ", b"Subject: <b>bold</b> ", 1))
    late = sign(covers=(b"from", b"subject")).replace(b"Date: Mon, 3 Mar 2031", b"Date: Mon, 7 Apr 2031")
    (folder / "mail" / "late.eml").write_bytes(late)
    quiet = LETTER.replace(b"<a1.b2@", b"<q1.q2@").replace(b"Nine valves", b"Twelve taps")
    (folder / "mail" / "quiet.eml").write_bytes(quiet)
    assert run(["init", str(folder / "case")]) == 0
    assert run(["add", str(folder / "case"), str(folder / "mail")]) == 0
    return folder / "case"


def test_counts_kinds_and_letters(case: Path) -> None:
    with Desk.open(case) as desk:
        counted = desk.authenticity.overview()
        page = Client(desk).get("/technical").text
        assert (counted.letters, counted.signed, counted.waiting) == (3, 2, 0)
        assert "3 letters were looked at, 2 of them with a signature; 0 keys" in page
        assert "Without keys no signature can be checked" in page
        assert page.count('<article class="finding">') == counted.telling == 2
        assert "<b>bold" not in page
        rule = min(counted.rules)
        narrowed = Client(desk).get(f"/technical?rule={rule}").text
        assert narrowed.count('<article class="finding">') == counted.rules[rule][0]
        assert 'aria-current="true"' in narrowed
        assert Client(desk).get("/technical?rule=nonsense").text.count('<article class="finding">') == 2


def test_a_newer_version_takes_letters_down_again(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from leakdesk.authenticity import letter
    from leakdesk.store.tables import authenticity
    from leakdesk.work import technical

    with Desk.open(case, write=True) as desk:
        assert technical.take_down(desk.store) == 0
        with desk.store.writing() as writer:
            rows = writer.connection.execute(authenticity.select()).all()
            writer.delete_many(authenticity, "document", [row.document for row in rows])
            older = [{"document": row.document, "data": _older(row.data)} for row in rows]
            writer.insert(authenticity, older)
        monkeypatch.setattr(technical, "looked", lambda _: {"version": "0"})
        assert technical.take_down(desk.store) == len(rows)
        assert all(row.facts.version == letter.VERSION for _, row in _read(desk))


def _older(data: str) -> str:
    from leakdesk.authenticity.letter import VERSION

    assert f'"version":"{VERSION}"' in data
    return data.replace(f'"version":"{VERSION}"', '"version":"0"')


def _read(desk: Desk) -> list[tuple[str, Row]]:
    from leakdesk.work.technical import rows_of

    with desk.store.connect() as connection:
        return list(rows_of(connection))
