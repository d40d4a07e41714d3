"""S7: whatever stands in a letter or a sentence, the pack's page shows it as text; no script, no other address, no markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from leakdesk.publish import verifier
from leakdesk.publish.pack import build
from tests.publish.house import document, finding, pack_input

STRINGS = (
    "<script>alert(1)</script>",
    "</blockquote><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "'><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<!--><script>alert(1)</script>-->",
    "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>@import 'http://x.example/a.css'</style>",
    "<base href=http://x.example/>",
    "<meta http-equiv=refresh content='0;url=http://x.example'>",
    "<blockquote>planted quotation</blockquote>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "\u2028alert(1)\u2029 \u202egpj.exe",
    "<b>bold</b>&copy;&nbsp;&#x41;",
    "[masked] [person 01]",
)
_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h1",
    "h2",
    "p",
    "section",
    "blockquote",
    "footer",
    "br",
    "code",
    "a",
    "dl",
    "dt",
    "dd",
}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src", "srcset", "action", "data"):
                self.links.add(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


@pytest.mark.parametrize("planted", STRINGS)
def test_planted_markup_stays_text(planted: str) -> None:
    text = f"The letter begins here {planted} and goes on with the lathe and the invoice."
    made = document(text)
    pack = build(pack_input([finding(f"He wrote {planted} twice.", [(made, text)])], [made]))
    assert not pack.blocked, pack.blocked
    page = _Page()
    page.feed(pack.files["index.html"].decode())
    assert page.tags <= _TAGS
    assert page.links == {"verify.html"}
    assert page.handlers == []
    assert verifier.verify_files(dict(pack.files))["ok"]


def test_the_page_may_load_and_run_nothing() -> None:
    text = "The letter speaks of the lathe and the invoice at some length."
    made = document(text)
    files = build(pack_input([finding("x", [(made, text)])], [made])).files
    assert b"default-src 'none'; style-src 'unsafe-inline'\"" in files["index.html"]
    assert b"default-src 'none'" in files["verify.html"]
    for name in ("index.html", "verify.html", "findings.json", "README.txt"):
        assert b"http:" not in files[name]
        assert b"https:" not in files[name]
