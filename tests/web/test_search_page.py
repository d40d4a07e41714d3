"""The search page: facets, histogram, saved searches, tags, notes, taking hits along; and what must not be changed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser

from leakdesk.desk import Desk
from leakdesk.search.results import Count
from leakdesk.web.changes import LARGEST
from leakdesk.web.narrowing import MOST_BARS, histogram, narrowed
from tests.web.client import HOST, Client
from tests.work.parcels import add_to, letter, mbox, new_case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    older = b"Date: Tue, 2 May 2023 09:00:00 +0300"
    letters = [letter(n, text=f"Печь номер {n}.") for n in range(12)]
    letters[3] = letters[3].replace(b"Date: Mon, 3 Apr 2023 10:03:00 +0300", older)
    (folder / "box.mbox").write_bytes(mbox(letters))
    (folder / "note.txt").write_text("Печь и склад.", "utf-8")
    made = new_case(folder / "case")
    add_to(made, folder / "box.mbox", folder / "note.txt")
    return made


@pytest.fixture
def client(case: Path) -> Iterator[Client]:
    with Desk.open(case) as desk:
        yield Client(desk)


def page(client: Client, address: str) -> LexborHTMLParser:
    answer = client.get(address)
    assert answer.status == 200, answer.text
    return LexborHTMLParser(answer.text)


def heading(tree: LexborHTMLParser) -> str:
    found = tree.css_first("h1")
    assert found is not None
    return found.text()


def test_every_value_of_a_facet_leads_to_as_many_documents_as_it_says(client: Client) -> None:
    tree = page(client, f"/search?q={quote('печь')}")
    offered = tree.css(".facets a")
    assert len(offered) > 4
    for link in offered:
        count = link.css_first("span")
        assert count is not None
        assert heading(page(client, link.attributes["href"] or "")).split()[0] == count.text()


def test_the_histogram_has_a_bar_a_day_that_leads_there(client: Client) -> None:
    tree = page(client, f"/search?q={quote('печь')}")
    bars = [(bar.attributes["aria-label"], bar.attributes["href"] or "") for bar in tree.css(".histogram a")]
    assert [label for label, _ in bars] == ["2023-04-03: 11", "2023-05-02: 1"]
    assert heading(page(client, bars[0][1])).startswith("11 ")
    assert not tree.css("[style]")


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [("2023-01-01", "2023-03-01", "day"), ("2020-01-01", "2023-03-01", "month"), ("1990-01-01", "2023-03-01", "year")],
)
def test_bars_get_coarser_with_time(first: str, last: str, unit: str) -> None:
    counts = {
        name: [Count(value=first[:cut], count=2), Count(value=last[:cut], count=4)]
        for name, cut in (("day", 10), ("month", 7), ("year", 4))
    }
    drawn = histogram(counts, "a", "")
    assert drawn is not None
    assert (drawn.unit, drawn.most, len(drawn.bars)) == (unit, 4, 2)
    assert drawn.bars[0].x == 0
    assert drawn.bars[0].height * 2 == drawn.bars[1].height


def test_absurd_dates_draw_a_bounded_histogram() -> None:
    counts = {"year": [Count(value="1970", count=1), Count(value="9999", count=1)]}
    drawn = histogram(counts, "a", "")
    assert drawn is None or len(drawn.bars) <= MOST_BARS
    assert histogram({}, "a", "") is None


def test_values_with_blanks_are_quoted() -> None:
    assert "in%3A%22my+box.mbox%22" in narrowed("a", "in", "my box.mbox", "")


def test_a_tag_pressed_here_is_found_and_released_again(client: Client) -> None:
    own = next(hit.document for hit in client.desk.search("печь"))
    assert client.change("tag", document=own, tag="relevant", on=True).status == 200
    tree = page(client, "/search?q=tag:relevant")
    (hit,) = tree.css("article.hit")
    assert {b.attributes["data-tag"]: b.attributes["aria-pressed"] for b in hit.css("button.tag")} == {
        "read": "false",
        "relevant": "true",
        "privileged": "false",
    }
    assert client.change("tag", document=own, tag="relevant", on=False).status == 200
    assert client.desk.search("tag:relevant").total == 0


def test_notes_stand_on_the_page_of_the_document(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leakdesk.web.documents._reading", lambda *_: (None, ""))  # no models for this
    own = next(hit.document for hit in client.desk.search("печь"))
    made = client.change("note", document=own, text="<b>Спросить</b>", start=0, end=4)
    assert made.status == 200
    tree = page(client, f"/d/{own}")
    assert any("<b>Спросить</b>" in one.text() for one in tree.css(".beside li"))
    number = json.loads(made.text)["done"]["number"]
    assert client.change("withdraw", document=own, number=number).status == 200
    assert client.change("withdraw", document=own, number=number).status == 404


def test_a_search_is_saved_looked_at_and_forgotten(client: Client) -> None:
    assert client.change("save", name="печи", query="печь", spelling="exact").status == 200
    tree = page(client, "/search")
    row = tree.css_first("table.saved tbody tr")
    assert row is not None and row.text(separator=" ").split()[:3] == ["печи", "13", "0"]
    link = row.css_first("a")
    assert link is not None and heading(page(client, link.attributes["href"] or "")).startswith("13 ")
    assert client.change("look", name="печи").status == 200
    assert client.change("forget", name="печи").status == 200
    assert client.change("look", name="печи").status == 404
    assert not page(client, "/search").css("table.saved")


def test_all_hits_are_taken_along_as_a_file(client: Client) -> None:
    table = client.get(f"/search.csv?q={quote('печь kind:message')}")
    assert table.headers["content-disposition"] == 'attachment; filename="search.csv"'
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert len(rows) == 12
    lines = client.get(f"/search.jsonl?q={quote('печь склад')}").text.splitlines()
    assert [len(json.loads(line)["matches"]) for line in lines] == [2]
    assert client.get("/search.csv?q=((").status == 400


def test_changes_are_refused_unless_our_own_page_asks(client: Client) -> None:
    own = next(hit.document for hit in client.desk.search("печь"))
    body = json.dumps({"document": own, "tag": "read"}).encode()
    ours = {"origin": f"http://{HOST}", "content_type": "application/json"}
    for what in ("tag", "note", "withdraw", "save", "look", "forget"):
        path = f"/change/{what}"
        assert client.get(path, method="POST", body=body, cookie="", **ours).status == 401
        assert (
            client.get(
                path, method="POST", body=body, origin="http://evil.example", content_type="application/json"
            ).status
            == 403
        )
        assert (
            client.get(path, method="POST", body=body, origin=f"http://{HOST}", content_type="text/plain").status == 415
        )
        assert client.get(path, method="POST", body=body, host="evil.example", **ours).status == 403
        assert client.get(path).status == 405
    assert client.desk.search("has:tag").total == 0


@pytest.mark.parametrize(
    ("what", "body", "status"),
    [
        ("tag", b"{", 400),
        ("tag", b"[]", 400),
        ("tag", b"\xff\xfe", 400),
        ("tag", b'{"document":"nothing","tag":"read"}', 404),
        ("tag", b'{"document":"x","surprise":1}', 400),
        ("note", b"x" * (LARGEST + 1), 400),
        ("save", b'{"name":"a","query":"(("}', 400),
        ("save", b'{"name":"","query":"a"}', 400),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_made_says_why(client: Client, what: str, body: bytes, status: int) -> None:
    answer = client.get(
        f"/change/{what}", method="POST", body=body, origin=f"http://{HOST}", content_type="application/json"
    )
    assert answer.status == status
    assert len(answer.text) < 2000


def test_while_another_writes_a_change_is_refused_with_a_sentence(client: Client, case: Path) -> None:
    own = next(hit.document for hit in client.desk.search("печь"))
    with Desk.open(case, write=True):
        answer = client.change("tag", document=own, tag="read")
    assert answer.status == 409
    assert "Try again" in json.loads(answer.text)["sentence"]
    assert client.desk.search("tag:read").total == 0
