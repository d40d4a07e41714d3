"""The page of a report held against the letters, and grading on the page of findings."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from leakdesk.claims.review import StepRefused, grade_in_words
from tests.web.client import Client
from tests.web.test_pages import inert


@pytest.fixture(scope="module")
def report(client: Client) -> str:
    return str(next(client.desk.documents.list("report"))["id"])


def test_a_report_is_held_against_the_letters(client: Client, report: str) -> None:
    assert f'href="/check/{report}"' in client.get(f"/d/{report}").text
    answer = client.get(f"/check/{report}")
    assert answer.status == 200
    inert(answer.text)
    page = LexborHTMLParser(answer.text)
    told = client.desk.claims.check(client.desk.claims.reading(report), report)
    claims = page.css("#claims > ol > li")
    assert len(claims) == len(told.claims) > 0
    assert "documents were searched" in answer.text
    assert [note.text(strip=True) for note in page.css("#notes li")] == list(told.notes)
    assert len(page.css("#quotations > ul > li")) == len(told.quotations) > 0
    assert len(page.css("#unmentioned > ul > li")) == len(told.unmentioned)
    for link in page.css("#claims a[href]"):
        assert client.get((link.attributes["href"] or "").split("#", maxsplit=1)[0]).status == 200


def test_only_a_report_is_held_against_the_letters(client: Client) -> None:
    letter = next(client.desk.documents.list("message"))["id"]
    answer = client.get(f"/check/{letter}")
    assert answer.status == 400
    assert "is no report" in answer.text
    assert client.get("/check/nothing").status == 404


def test_a_person_grades_and_the_sources_cap_the_number(client: Client, report: str) -> None:
    claim = client.desk.claims.reading(report).claims[0].id
    finding = _drafted(client, report, claim)
    assert client.desk.findings.independent(client.desk.findings.get(finding)) == 1
    page = LexborHTMLParser(client.get("/findings").text)
    form = page.css_first(f'form[data-finding="{finding}"]')
    assert form is not None
    assert [o.attributes["value"] for o in form.css("select[name=information] option")] == ["", *"23456"]
    assert [o.attributes["value"] for o in form.css("select[name=source] option")] == ["", *"ABCDEF"]
    assert "The best number is 2" in form.text()
    refused = client.change("grade", finding=finding, source="A", information="1")
    assert refused.status == 400
    assert "the best number is 2" in refused.text
    assert client.change("grade", finding=finding, source="B", information="2").status == 200
    shown = client.get("/findings").text
    inert(shown)
    article = LexborHTMLParser(shown).css_first(f"#{finding}")
    assert article is not None
    assert "B2" in article.css_first("p.grade").text()  # type: ignore[union-attr]
    assert "usually reliable; probably true" in article.text()
    assert article.css_first("option[selected]").attributes["value"] == "B"  # type: ignore[union-attr]
    assert client.change("grade", finding="f0", source="B", information="2").status == 404
    assert client.change("grade", finding=finding, source="Z", information="9").status == 400


def _drafted(client: Client, report: str, claim: str) -> str:
    from leakdesk.desk import Desk

    with Desk.open(client.desk.store.layout.root, write=True) as desk:
        return desk.findings.draft(report, claim).id


def test_grades_in_words() -> None:
    assert grade_in_words("single") == "one source says it"
    assert grade_in_words("F6") == "reliability cannot be judged; truth cannot be judged"
    assert grade_in_words("") == grade_in_words("Z9") == ""


def test_what_is_still_open_stands_line_by_line(client: Client, report: str) -> None:
    from leakdesk.desk import Desk

    finding = _drafted(client, report, client.desk.claims.reading(report).claims[0].id)
    with Desk.open(client.desk.store.layout.root, write=True) as desk:
        desk.findings.step(finding, "edit", open_questions=("Who paid?", "When did they leave?"), note="One note.")
    article = LexborHTMLParser(client.get("/findings").text).css_first(f"#{finding}")
    assert article is not None
    assert [line.text() for line in article.css("ul.written li")][-2:] == ["Who paid?", "When did they leave?"]
    assert "Note: One note." in article.text()


def test_a_finding_is_not_left_without_a_sentence(client: Client, report: str) -> None:
    from leakdesk.desk import Desk

    finding = _drafted(client, report, client.desk.claims.reading(report).claims[0].id)
    with Desk.open(client.desk.store.layout.root, write=True) as desk:
        before = desk.findings.get(finding).sentence
        for blank in ("", "  ", "\u200b", "..."):
            with pytest.raises(StepRefused, match="would stand without a sentence"):
                desk.findings.step(finding, "edit", sentence=blank)
        assert desk.findings.get(finding).sentence == before
