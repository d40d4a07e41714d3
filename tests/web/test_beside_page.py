"""The page of two reports side by side."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.web.client import Client
from tests.web.test_pages import inert


@pytest.fixture(scope="module")
def reports(client: Client) -> list[str]:
    return [str(each["id"]) for each in client.desk.documents.list("report")]


def test_every_row_of_the_comparison_stands_on_the_page_with_its_reasons(client: Client, reports: list[str]) -> None:
    first, second = reports[:2]
    assert f'href="/beside/{first}/{second}"' in client.get(f"/check/{first}").text
    answer = client.get(f"/beside/{first}/{second}")
    assert answer.status == 200
    inert(answer.text)
    found = next(iter(client.desk.claims.compare(first, second)))
    joined = [row for row in found.rows if row.a and row.b]
    page = LexborHTMLParser(answer.text)
    shown = page.css("#rows tbody tr")
    assert len(shown) == len(joined)
    words = {claim.id: claim.quote.exact for claim in found.a.claims}
    for row, line in zip(joined, shown, strict=True):
        text = line.text()
        assert all(words[claim] in text for claim in row.a)
        assert all(reason in text for reason in row.reasons)
        assert (row.question or "") in text
        assert f"{row.independent_sources} independent source" in text
    assert not any(report in page.css_first("article").text() for report in reports)  # type: ignore[union-attr]
    counted = page.css("#rows .counts > span")
    assert sum(int(each.text().split()[0]) for each in counted) == len(joined)


def test_what_one_of_them_tells_alone_is_listed_and_leads_to_its_place(client: Client, reports: list[str]) -> None:
    first, second = reports[:2]
    found = next(iter(client.desk.claims.compare(first, second)))
    page = LexborHTMLParser(client.get(f"/beside/{first}/{second}").text)
    for side, relation in (("a", "only_a"), ("b", "only_b")):
        lines = page.css(f"#only-{side} li a")
        assert len(lines) == sum(row.relation == relation for row in found.rows)
        for line in lines[:2]:
            assert client.get((line.attributes["href"] or "").split("#", maxsplit=1)[0]).status == 200


def test_only_two_reports_stand_side_by_side(client: Client, reports: list[str]) -> None:
    letter = next(client.desk.documents.list("message"))["id"]
    for path, words in (
        (f"/beside/{reports[0]}/{letter}", "is no report"),
        (f"/beside/{letter}/{reports[0]}", "is no report"),
        (f"/beside/{reports[0]}/{reports[0]}", "one report twice"),
    ):
        answer = client.get(path)
        assert answer.status == 400
        assert words in answer.text
    assert client.get(f"/beside/{reports[0]}/nothing").status == 404
