"""The page of screening shows what was kept, runs nothing that a list or a letter wrote, and never says "clean"."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakdesk.desk import Desk
from leakdesk.model.anchor import anchor_at
from leakdesk.store.case import CaseStore
from leakdesk.store.found import all_mentions
from leakdesk.work.pipeline import Options, add
from leakdesk.work.screening import about
from tests.screening.test_routes import written
from tests.web.client import Client

EVIL = '<img src=x onerror="alert(1)">'
LIST = f'id,schema,name,aliases\np1,Person,"Slabko, Veranika",\nx{EVIL[:4]},Person,"Horakovska {EVIL.replace(chr(34), "")}","Jitka Horakovska"\n'


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roads")
    letters, _ = written("dealer")
    (folder / "mail").mkdir()
    for at, one in enumerate(letters):
        head = f"From: {one.sender}\nTo: x@{one.houses_to[0]}\nDate: {one.day}\nSubject: {one.subject}\nMessage-ID: <{one.document}@x.example>\n"
        kind = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        date = f"{int(one.day[8:])} {('Jan', 'Feb', 'Mar', 'Apr', 'May')[int(one.day[5:7]) - 1]} {one.day[:4]} 10:00:00 +0000"
        body = one.text.split("\n\n", 1)[1]
        (folder / "mail" / f"{at}.eml").write_text(head.replace(one.day, date, 1) + kind + body, "utf-8")
    own = folder / "watched.csv"
    own.write_text(LIST, "utf-8")
    with CaseStore.create(folder / "case") as store:
        add(store, [folder / "mail"], Options(jobs=1))
    with Desk.open(folder / "case", write=True) as desk:
        desk.screening.add(own)
        assert any(line["entry"] == "p1" for line in desk.screening.screen() if line["kind"] != "summary")
    return folder / "case"


def test_hits_goods_and_roads_are_shown_and_harmless(case: Path) -> None:
    with Desk.open(case) as desk:
        page = Client(desk).get("/screening").text
        assert "Slabko, Veranika" in page and "no date" in page
        assert "8482.10" in page and "; check" in page
        assert "three invoices below" not in page.split("Roads of goods")[0]
        assert "Is that the usual way, and who clears the goods there?" in page
        assert "<img" not in page and "onerror=alert" not in page.replace("&", "")
        assert "clean" not in page.lower()


def test_a_finding_tells_what_lists_say_of_those_its_passages_name(case: Path) -> None:
    with Desk.open(case) as desk:
        entity = next(hit["entity"] for hit in desk.screening.kept() if hit["entry"] == "p1")
        with desk.store.connect() as connection:
            document, mention = next(each for each in all_mentions(connection) if each[1].entity == entity)
            layer = desk.documents.layer(document)
            assert layer is not None
            at = (mention.start, mention.end)
            whole, elsewhere = (
                anchor_at(layer.text, *span, document=document, text_sha256=layer.sha256) for span in (at, (0, 4))
            )
            assert any("entry p1 of watched (no date)" in line for line in about(connection, [whole]))
            assert about(connection, [elsewhere]) == []


def test_a_case_without_lists_says_what_to_do(client: Client) -> None:
    page = client.get("/screening").text
    assert "leakdesk add CASE --as list FILE" in page
