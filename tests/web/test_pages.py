"""The desk's pages over a case that wants to break them."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute
from selectolax.lexbor import LexborHTMLParser

from leakdesk.desk import Desk
from leakdesk.model.anchor import anchor_at
from leakdesk.search.results import Count, Results
from leakdesk.web import findings
from leakdesk.web.app import STATIC, Pages, site
from leakdesk.web.changes import Changes
from leakdesk.web.contexts import address, size, steps, title, when
from leakdesk.web.narrowing import facets
from leakdesk.web.parcel import advice_for
from leakdesk.web.pieces import Mark, cut, visible
from leakdesk.web.security import HEADERS
from tests.web import hostile
from tests.web.client import Client

#: What they share is made once, by one worker.
pytestmark = pytest.mark.xdist_group("pages")

#: Everything our templates write; a tag that stands on a page and not here came out of a letter.
_TAGS = """html head meta title link script body a header nav form input button main h1 h2 p b strong svg rect ul ol li div
span mark table thead tbody tr th td br code kbd footer article section aside dl dt dd details summary blockquote label
figure figcaption textarea select option defs marker path g line text -text"""
OUR_TAGS = frozenset(_TAGS.split())


def paths(client: Client) -> list[str]:
    """One address for every route that shows something, from the table of routes itself."""
    routes = [
        route.path for route in site(client.desk).routes if isinstance(route, APIRoute) and "GET" in route.methods
    ]
    letter = str(next(client.desk.documents.list("message"))["id"])
    report, other = [str(each["id"]) for each in client.desk.documents.list("report")][:2]
    return [
        route.replace("{identity}", report if route.startswith(("/check/", "/beside/")) else letter)
        .replace("{other}", other)
        .replace("{name}", "desk.css")
        for route in routes
    ]


def links(page: str, wanted: str) -> list[str]:
    return [a.attributes.get("href") or "" for a in LexborHTMLParser(page).css(wanted)]


def test_the_table_of_routes_is_the_whole_desk(client: Client) -> None:
    expected = {*Pages(client.desk).routes(), "/static/{name}", *Changes(client.desk).routes()}
    assert {getattr(route, "path", "") for route in site(client.desk).routes} == expected


# --- the door, on every route ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:4321", "127.0.0.1:80", "127.0.0.1.evil.example:4321", ""]
)
def test_every_route_refuses_a_foreign_host_before_anything_else(client: Client, host: str) -> None:
    for path in (*paths(client), "/nowhere"):
        assert client.get(path, host=host).status == 403, path


def test_every_route_wants_the_cookie(client: Client) -> None:
    for path in (*paths(client), "/nowhere"):
        answer = client.get(path, cookie="")
        assert answer.status == 401, path
        assert hostile.COMMON not in answer.text


def test_every_answer_of_every_route_carries_all_headers(client: Client) -> None:
    for path in (*paths(client), "/nowhere", "/search?q=((", "/?offset=x"):
        for answer in (
            client.get(path),
            client.get(path, cookie=""),
            client.get(path, host="evil.example"),
            client.get(path, method="HEAD"),
        ):
            for name, value in HEADERS:
                assert answer.headers[name.lower()] == value, path
            assert not [name for name in answer.headers if name.startswith("access-control")]


def test_nothing_on_any_page_can_be_changed(client: Client) -> None:
    own = {"origin": "http://127.0.0.1:4321", "content_type": "application/json"}
    for path in paths(client):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert client.get(path, method=method).status == 403
            answer = client.get(path, method=method, **own)
            assert answer.status == 405
            assert "shows" in answer.text


# --- what cannot be shown ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/d/", "/d/nothing", "/d/..%2f..%2fetc%2fpasswd", "/static/no.css", "/static/..%2fapp.py", "/d/%00"],
)
def test_what_is_not_there_is_a_page_with_a_sentence(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 404
    assert 'role="alert"' in answer.text
    assert "Back to the parcel" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=a&offset=x",
        "/?offset=many",
        "/names?offset=1e9",
        "/search?q=since:yesterdayish",
        "/search?q=%22open",
        "/search?q=(((",
        "/search?q=/[/",
    ],
)
def test_a_bad_question_is_answered_with_a_sentence(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 400
    alert = LexborHTMLParser(answer.text).css_first('[role="alert"]')
    assert alert is not None
    assert len(alert.text().split()) > 4


@pytest.mark.parametrize("at", ["x", "5", "9-3", "-1-4", "1-2-3", "9" * 40 + "-3", "<script>"])
def test_a_bad_place_is_answered_with_a_sentence(client: Client, at: str) -> None:
    document = next(client.desk.documents.list("message"))["id"]
    answer = client.get(f"/d/{document}?at={quote(at)}")
    assert answer.status == 400
    assert "120-180" in answer.text


def test_an_unexpected_error_names_its_kind_and_no_text(
    client: Client, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the secret words of a letter")

    monkeypatch.setattr(Desk, "search", fails)
    answer = client.get("/search?q=anything")
    assert answer.status == 500
    assert "RuntimeError" in answer.text
    written = capfd.readouterr()
    assert "secret words" not in answer.text + written.out + written.err


# --- strings that want to be more than text -------------------------------------------------------------------------------------


def inert(page: str) -> None:
    """Nothing on the page but our own tags, no handlers, no addresses but the desk's, no style or script in the page."""
    tree = LexborHTMLParser(page)
    for node in tree.css("*"):
        assert node.tag in OUR_TAGS, node.tag
        for name, value in node.attributes.items():
            assert not name.startswith("on"), name
            assert name not in ("style", "srcset", "srcdoc", "ping", "action") or (node.tag, value) == (
                "form",
                "/search",
            )
            if name in ("href", "src"):
                assert value and (value[0] in "/#?" or value == "data:,"), value
                assert not value.startswith("//")
    assert [s.attributes.get("src") for s in tree.css("script")] == ["/static/desk.js"]
    assert not any(script.text() for script in tree.css("script"))


def test_planted_strings_stay_text_on_every_page(client: Client) -> None:
    looked = 0
    for document in client.desk.documents.list():
        answer = client.get(f"/d/{document['id']}?q={quote(hostile.XSS[0])}")
        assert answer.status == 200
        inert(answer.text)
        looked += 1
    for path in ("/", "/names", "/names?schema=Person", "/findings", "/search?q=alert", "/search?q=script&offset=20"):
        inert(client.get(path).text)
    assert looked > 2 * len(hostile.XSS)


@pytest.mark.parametrize("text", hostile.XSS[:40])
def test_planted_questions_stay_text(client: Client, text: str) -> None:
    for path in (
        f"/search?q={quote(text)}",
        f"/names?schema={quote(text)}",
        f"/d/{quote(text, safe='')}",
        f"/search?q=a&spelling={quote(text)}",
    ):
        inert(client.get(path).text)


def test_a_planted_string_is_readable_where_it_was_planted(client: Client) -> None:
    """Inert by vanishing would be easy: the words must be there, as text."""
    found = [
        d for d in client.desk.documents.list("message") if (d["title"] or "").startswith("<script>alert(1)</script> ")
    ]
    page = LexborHTMLParser(client.get(f"/d/{found[0]['id']}").text)
    heading, text = page.css_first("h1"), page.css_first(".text")
    assert heading is not None and heading.text().startswith("<script>alert(1)</script>")
    assert text is not None and "Subject of the day: <script>alert(1)</script>" in text.text()


def test_deceitful_characters_are_seen(client: Client) -> None:
    found = next(d for d in client.desk.documents.list("message") if "invoice" in (d["title"] or ""))
    page = client.get(f"/d/{found['id']}").text
    for sign in hostile.SHOWN:
        assert sign in page
    listed = client.get("/search?q=invoice").text
    for each in (page, listed):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\x00-\x08\x0b-\x1f\x7f]", each)


# --- reading -----------------------------------------------------------------------------------------------------------------------


def test_the_parcel_shows_the_ledgers_own_numbers(client: Client) -> None:
    totals = client.desk.ledger()["totals"]
    words = " ".join(LexborHTMLParser(client.get("/").text).css_first(".equation").text().split())  # type: ignore[union-attr]
    assert (
        words
        == f"{totals['found']} found = {totals['read']} read + {totals['partial']} partial + {totals['failed']} failed"
    )


def test_pages_of_hits_are_stable_and_complete(client: Client) -> None:
    def through() -> list[list[str]]:
        pages, address = [], f"/search?q=subject:order+{hostile.COMMON}"
        while address:
            page = client.get(address).text
            pages.append(links(page, ".hit h2 a"))
            address = next(iter(links(page, 'a[rel="next"]')), "")
        return pages

    first, second = through(), through()
    assert first == second
    flat = [href for page in first for href in page]
    assert len(flat) == len(set(flat)) == hostile.MANY


def test_going_back_shows_what_was_there(client: Client) -> None:
    start = client.get(f"/search?q={hostile.COMMON}").text
    second = client.get(next(iter(links(start, 'a[rel="next"]')))).text
    back = client.get(next(iter(links(second, 'a[rel="prev"]')))).text
    assert links(back, ".hit h2 a") == links(start, ".hit h2 a")


def test_a_hit_by_another_spelling_says_by_which_rule(client: Client) -> None:
    page = LexborHTMLParser(client.get(f"/search?q={quote('Веллин')}").text)
    marks, rules = page.css(".snippet mark"), page.css(".rule")
    assert any(mark.text().startswith("Vellin") for mark in marks)
    assert rules and all(rule.text() != "exact" for rule in rules)


def test_a_long_text_comes_in_parts_that_say_so(client: Client) -> None:
    long = next(d for d in client.desk.documents.list("document") if len(client.desk.documents.text(d["id"])) > 60_000)
    whole = client.desk.documents.text(long["id"])
    first = client.get(f"/d/{long['id']}?q={hostile.COMMON}").text
    parts = links(first, ".parts a")
    assert len(parts) == -(-len(whole) // 60_000)
    assert f"{len(whole)} characters" in first
    shown = "".join(LexborHTMLParser(client.get(part).text).css_first(".text").text() for part in parts)  # type: ignore[union-attr]
    assert shown == whole


def test_a_passage_far_down_opens_the_part_that_holds_it(client: Client) -> None:
    long = next(d for d in client.desk.documents.list("document") if len(client.desk.documents.text(d["id"])) > 60_000)
    at = client.desk.documents.text(long["id"]).rindex(hostile.COMMON)
    page = LexborHTMLParser(client.get(f"/d/{long['id']}?at={at}-{at + len(hostile.COMMON)}").text)
    mark = page.css_first("mark.here")
    assert mark is not None and mark.text() == hostile.COMMON


def test_older_mail_is_folded_unless_something_in_it_is_marked(client: Client) -> None:
    reply = next(d for d in client.desk.documents.list("message") if d["title"] == "Re: Valves")
    closed = LexborHTMLParser(client.get(f"/d/{reply['id']}").text)
    summaries = [each.text() for each in closed.css(".text summary")]
    assert any(each.startswith("Older letters quoted here") for each in summaries)
    assert not closed.css(".text details[open]")
    opened = LexborHTMLParser(client.get(f"/d/{reply['id']}?q=ready").text)
    assert [mark.text() for mark in opened.css(".text details[open] mark")] == ["ready"]


def test_the_text_on_the_page_is_the_text_layer(client: Client) -> None:
    """Folds, marks, names and claims may not add, drop or move a character (numbers of claims come from the style sheet)."""
    for document in list(client.desk.documents.list("message"))[:60:4]:
        page = LexborHTMLParser(client.get(f"/d/{document['id']}?q=valves").text)
        for summary in page.css(".text summary"):
            summary.decompose()
        text = page.css_first(".text")
        assert text is not None
        assert text.text() == visible(client.desk.documents.text(document["id"]))


def test_a_report_shows_its_zones_names_and_claims(client: Client) -> None:
    report = next(client.desk.documents.list("report"))
    page = LexborHTMLParser(client.get(f"/d/{report['id']}").text)
    assert page.css_first("h1").text() == "Kiln works sold nine valves"  # type: ignore[union-attr]
    assert page.css(".zone.headline") and page.css(".text .claim") and page.css(".text .name")
    for link in page.css(".claims a"):
        assert page.css_first(link.attributes["href"] or "") is not None


def test_the_parcel_says_that_there_are_more_reasons(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "rarer reason" not in client.get("/").text
    ledger = client.desk.ledger()
    items = [ledger["items"][0] | {"reason": f"reason {number}"} for number in range(14)]
    monkeypatch.setattr(Desk, "ledger", lambda self: ledger | {"items": items})
    page = LexborHTMLParser(client.get("/").text)
    assert len(page.css("ul.reasons li")) == 12
    assert "And 2 rarer reasons" in page.css_first("main").text()  # type: ignore[union-attr]


def test_a_passage_is_cut_between_words() -> None:
    text = "A helicopter at an air show (archive picture) was sold to a brewery in Orle, the letters show."
    anchor = anchor_at(text, 46, 54, document="d1", text_sha256="0" * 64)
    assert (anchor.prefix, anchor.suffix) == ("t an air show (archive picture) ", " to a brewery in Orle, the lette")
    assert findings.whole_words(anchor.prefix, at_end=False) == " an air show (archive picture) "
    assert findings.whole_words(anchor.suffix, at_end=True) == " to a brewery in Orle, the "
    assert findings.whole_words("x" * 32, at_end=True) == ""
    assert findings.whole_words("short ", at_end=False) == "short "


def test_a_passage_that_moved_is_found_and_one_that_went_is_said(client: Client) -> None:
    report = next(client.desk.documents.list("report"))
    text = client.desk.documents.text(report["id"])
    at = text.index("nine valves to a brewery")
    looked = findings.Looked(client.desk)
    old = anchor_at("x" * 40 + text, at + 40, at + 51, document=report["id"], text_sha256="0" * 64)
    assert looked.place(old) == f"{at}-{at + 11}"
    assert looked.place(anchor_at("words that went", 0, 5, document="dnothing", text_sha256="0" * 64)) == ""
    gone = anchor_at("zwölf Ventile", 0, 5, document=report["id"], text_sha256="0" * 64)
    assert looked.place(gone) == ""


def test_what_was_not_read_leads_to_its_page_and_its_reason(client: Client) -> None:
    item = client.desk.ledger()["items"][0]
    parcel = client.get("/").text
    assert item["reason"] in LexborHTMLParser(parcel).css_first("main").text()  # type: ignore[union-attr]
    answer = client.get(f"/d/{item['id']}")
    assert answer.status == 200
    assert item["reason"] in LexborHTMLParser(answer.text).css_first("main").text()  # type: ignore[union-attr]


def test_every_link_on_the_first_pages_leads_somewhere(client: Client) -> None:
    seen: set[str] = set()
    for path in ("/", "/search", "/names", "/technical", "/screening", "/findings", f"/search?q={hostile.COMMON}"):
        seen.update(href for href in links(client.get(path).text, "main a") if href.startswith("/"))
    for href in sorted(seen)[:60]:
        assert client.get(href.partition("#")[0]).status in (200, 400), href


def test_empty_states_say_what_to_do(client: Client, tmp_path_factory: pytest.TempPathFactory) -> None:
    from leakdesk.store.case import CaseStore

    case = tmp_path_factory.mktemp("empty") / "case"
    CaseStore.create(case).close()
    with Desk.open(case) as desk:
        empty = Client(desk)
        assert "leakdesk add" in empty.get("/").text
        assert "leakdesk finding" in empty.get("/findings").text
        assert "Deep reading" in empty.get("/names").text
    assert "Nothing was found" in client.get("/search?q=zzyzzyva").text
    assert "machine*" in client.get("/search").text


def test_many_ask_at_once_and_each_gets_an_answer(client: Client) -> None:
    addresses = [f"/search?q={hostile.COMMON}", "/", "/names", "/technical", "/findings", *paths(client)] * 3
    with ThreadPoolExecutor(8) as together:
        assert {answer.status for answer in together.map(client.get, addresses)} == {200}


def test_style_and_script_come_from_the_desk_and_load_nothing(client: Client) -> None:
    for name, media_type in STATIC.items():
        answer = client.get(f"/static/{name}")
        assert answer.headers["content-type"] == media_type
        text = answer.text.replace("// Keys", "").replace("fetch(`/change/${what}`, {", "")
        assert not re.search(r"https?:|//[a-z]|@import|url\(|eval|innerHTML|fetch", text)
    assert 'event.key === "j"' in client.get("/static/desk.js").text


# --- the small parts ---------------------------------------------------------------------------------------------------------------


def test_pieces_cover_the_text_whatever_overlaps() -> None:
    text = "The valves left the depot on Monday."
    marks = [
        Mark(start=a, end=b, kind=kind)
        for a, b, kind in ((4, 10, "match"), (0, 20, "claim"), (8, 25, "name"), (30, 99, "here"), (-3, 2, "name"))
    ]
    pieces = cut(text, 0, len(text), marks, edges=(12,))
    assert "".join(piece.text for piece in pieces) == text
    assert all(left.start + len(left.text) == right.start for left, right in pairwise(pieces))
    assert [piece.text for piece in pieces if "match" in piece.classes.split()] == ["valv", "es"]


@pytest.mark.parametrize(("text", "shown"), [
    ("N\u00b0\u00a07\u202f000", "N\u00b0\u00a07\u202f000"),
    ("a\r\nb", "a\nb"),
    ("a\rb", "a␍b"),
    ("a\u200bb", "a⟦zero width space⟧b"),
    ("a\u200b\u200c\ufeffb", "a⟦3 invisible characters⟧b"),
    ("a\u00adb", "a¬b"),
    ("\U000e0041", "⟦tag latin capital letter a⟧"),
    ("\U000e0101", "⟦variation selector-18⟧"),
    ("a\x85b\x7f", "a⟦U+0085⟧b⟦U+007F⟧"),
    ("plain", "plain"),
])  # fmt: skip
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert visible(visible(text)) == visible(text)


def test_steps_at_the_ends() -> None:
    assert (steps("/", 0, 0, 20).first, steps("/", 0, 0, 20).next) == (0, "")
    middle = steps("/x", 20, 50, 20, q="a b")
    assert (middle.first, middle.last, middle.previous, middle.next) == (21, 40, "/x?q=a+b", "/x?q=a+b&offset=40")
    assert steps("/", 40, 50, 20).next == ""


def test_values_for_people() -> None:
    assert when("2022-06-29T08:20:00+03:00") == "29 June 2022, 08:20 (+03:00)"
    assert when("2022-06-29T08:20:00") == "29 June 2022, 08:20 (zone unknown)"
    assert (when("2022-06-29"), when("2022"), when(None)) == ("29 June 2022", "2022", "")
    assert (size(0), size(999), size(30_053), size(5 * 10**9)) == ("0 bytes", "999 bytes", "30.1 kB", "5.0 GB")
    assert address("/d/x", to="here", at="1-2", q="") == "/d/x?at=1-2#here"
    assert title({"title": None, "kind": "document", "locations": [["a.zip", "b.txt"]]}) == "b.txt"


@pytest.mark.parametrize("reason", [
    "locked: needs password",
    "needs tesseract",
    "not read: no reader",
    "permission denied",
    "the folder cannot be listed (Permission denied)",
    "a link to another place: not followed",
    "damaged: not a PDF that can be opened",
])  # fmt: skip
def test_whatever_is_not_read_comes_with_what_a_person_can_do(reason: str) -> None:
    assert advice_for(reason, "")


def test_a_letter_that_holds_others_is_not_a_bare_number() -> None:
    counts = (Count(value="56", count=1), Count(value="parcel.zip", count=2))
    (shown,) = facets(
        Results(query="kiln", total=3, took_ms=1.0, hits=(), facets={"container": counts}), "kiln", "exact"
    )
    assert [one.name for one in shown.values] == ["letter 56", "parcel.zip"]
