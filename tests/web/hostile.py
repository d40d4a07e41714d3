"""A small case full of strings that want to be more than text: planted wherever a stranger can write something."""

from __future__ import annotations

from pathlib import Path

from leakdesk.desk import Desk
from leakdesk.store.case import CaseStore
from leakdesk.testing import LeakSimulator

_TAGS = (
    "img",
    "svg",
    "video",
    "audio",
    "iframe",
    "body",
    "input",
    "details",
    "object",
    "embed",
    "marquee",
    "style",
    "link",
    "form",
    "math",
)
_HANDLERS = ("onerror", "onload", "onfocus autofocus", "ontoggle", "onmouseover", "onanimationstart", "onpageshow")
_WHOLE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" autofocus onfocus=alert(1) x="',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<!--><script>alert(1)</script-->",
    "{{7*7}}{{ self._TemplateReference__context }}",
    "{% include '/etc/passwd' %}",
    "${alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<a href=javascript:alert(1)>open</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>open</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<img src=x onerror=alert`1`>",
    "<x onclick=alert(1)>open</x>",
    "]]><script>alert(1)</script>",
    "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e",
    "＜script＞alert(1)＜/script＞",
    "?q=<script>alert(1)</script>",
)

#: 100 and more, each different.
XSS: tuple[str, ...] = (
    *_WHOLE,
    *(f"<{tag} src=x {handler}=alert({number})>" for number, tag in enumerate(_TAGS) for handler in _HANDLERS[:5]),
)
#: Characters that show text in another order than it is written, hide it, or ring a terminal.
DECEITFUL = "invoice\u202efdp.exe \u2066left\u2069 zero\u200b\u200c\u200dwidth bell\x07 escape\x1b[31m"
#: What must stand on the page for it.
SHOWN = ("⟦right-to-left override⟧", "⟦left-to-right isolate⟧", "⟦3 invisible characters⟧", "␇", "␛")
#: A word on every page of many results.
COMMON = "heliotrope"
MANY = 45

REPORT = """<html><head><title>The Grist Bulletin</title></head><body>
<h1>Kiln works sold nine valves</h1><p>By Tove Almgren</p>
<p>The Ostrava kiln works sold nine valves to a brewery in May 2031, letters show. Director Oskar Vellin signed the contract.</p>
<p>"We could ship these valves only if the licence comes," Vellin wrote.</p></body></html>"""


#: Another paper on the same sale: one number differs, one fact is its own.
SECOND = """<html><head><title>The Lockside Courier</title></head><body>
<h1>Eleven valves for a brewery</h1><p>By Aldo Brenk</p>
<p>The Ostrava kiln works sold eleven valves to a brewery in May 2031. <b onmouseover=alert(1)>The brewery paid in cash.</b></p>
<p>Oskar Vellin, the director, left in June.</p></body></html>"""


def build(folder: Path, *, deep: bool = True) -> Path:
    """The case; about 270 items."""
    parcel = LeakSimulator(seed=9)
    for number, text in enumerate(XSS):
        parcel.letter(
            subject=f"{text} {number}",
            body=f"Subject of the day: {text}\n\nDirector Oskar Vellin sold nine valves to {text} in May 2031.",
            sender=f'"{text.replace(chr(34), "")}" <x{number}@evil.example>',
            attachments=[(f"{text.replace('/', '_')}.txt", f"attached {text}".encode(), "text/plain")],
        )
    parcel.letter(
        subject=DECEITFUL.replace("\x07", "").replace("\x1b", ""),
        body=DECEITFUL,
        attachments=[("a\u202etxt.exe", b"x", "text/plain")],
    )
    long = "\n".join(
        f"line {number} of a long list of {COMMON if number % 400 == 0 else 'plain'} things" for number in range(4000)
    )
    parcel.letter(
        subject="A very long list", body="see attached", attachments=[("list.txt", long.encode(), "text/plain")]
    )
    older = "> Dear Ms Morrant,\n> the valves are ready.\n> Oskar Vellin\n"
    parcel.letter(subject="Re: Valves", body=f"Thank you.\n\nOn 3 March 2031 Oskar Vellin wrote:\n{older}")
    for number in range(MANY):
        parcel.letter(subject=f"Order {number}", body=f"The {COMMON} order number {number} leaves the depot.")
    source = folder / "parcel.zip"
    source.write_bytes(
        parcel.zip((XSS[0].replace("/", "_"), b"a member with a hostile name"), ("damaged.zip", b"PK\x03\x04 nothing"))
    )
    report, second = folder / "report.html", folder / "second.html"
    report.write_text(REPORT, "utf-8")
    second.write_text(SECOND, "utf-8")
    case = folder / "case"
    CaseStore.create(case).close()
    with Desk.open(case, write=True) as desk:
        desk.intake.add(source, jobs=1, deep=deep)
        desk.intake.add(report, jobs=1, as_="report", outlet="The Grist Bulletin <script>alert(1)</script>", deep=deep)
        desk.intake.add(
            second, jobs=1, as_="report", outlet="The Lockside Courier <img src=x onerror=alert(2)>", deep=deep
        )
    return case
