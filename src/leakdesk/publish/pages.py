"""The pack's page and its README: what a reader sees first. Plain HTML, no scripts, nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from leakdesk.publish.verifier import SAYS

STYLE = """
body { font: 18px/1.55 Georgia, "Noto Serif", serif; color: #1b1b1b; background: #fdfdfb; max-width: 42em; margin: 0
auto;   padding: 2.5em 1.2em 4em; }
h1 { font-size: 1.7em; line-height: 1.2; margin: 0 0 .3em; } h2 { font-size: 1.15em; line-height: 1.35; margin: 2.6em
0 .5em; } blockquote { margin: .6em 0 .2em; padding: .5em 1em; border-left: 4px solid #7a1f1f; background: #f4f1ea;
  white-space: pre-line; overflow-wrap: anywhere; }
figure { margin: .8em 0; } img { max-width: 100%; border: 1px solid #ddd; } figcaption { font: 13px/1.4 system-ui; color: #555; }
.from, footer, .key { font: 14px/1.5 system-ui, sans-serif; color: #444; } .key { overflow-wrap: anywhere; }
dt { font-weight: bold; margin-top: .8em; } dd { margin: 0 0 0 1em; }
code { font: 14px/1.5 ui-monospace, monospace; background: #eee; padding: .1em .3em; }
footer { border-top: 1px solid #bbb; margin-top: 4em; padding-top: 1em; }
@media print { body { background: #fff; font-size: 11pt; padding: 0; max-width: none; } h2, blockquote {
break-inside: avoid; } }
"""
STANCES = {
    "": "",
    "supports": "supports this",
    "refutes": "speaks against this",
    "not_enough_info": "stands near this",
}
_FACSIMILE = (
    "The same words as they look on the page, set anew. A picture proves nothing; the words above are what is verified."
)
CALLED = (
    ("grade", "Judged to be"),
    ("corroboration", "Independent sources"),
    ("checking", "Checked against the documents"),
    ("screening", "Lists"),
    ("authenticity", "What can be said technically"),
    ("translation", "Translation"),
    ("right_of_reply", "Right of reply"),
    ("open_questions", "Open questions"),
    ("note", "Note"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """A passage on the page: pack number of its document, what is shown of the header, the text with labels, its
    stance, the file of its facsimile."""

    document: int
    fields: tuple[tuple[str, str], ...]
    text: str
    stance: str
    facsimile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A finding on the page; `told` holds the lines of each part of its dossier that is not empty."""

    number: int
    sentence: str
    told: Mapping[str, Sequence[str]]
    passages: tuple[ShownPassage, ...]


def page(findings: Sequence[ShownFinding], case_root: str, fingerprint: str) -> str:
    """The page index.html."""
    body = "\n".join(_finding(finding) for finding in findings)
    pictures = "; img-src 'self' file:" if any(one.facsimile for each in findings for one in each.passages) else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'{pictures}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Findings, with what they rest on</title>
<style>{STYLE}</style>
</head>
<body>
<h1>Findings, with what they rest on</h1>
<p class="from">[masked] stands for something left out to protect people. Its width says nothing.</p>
{body}
<footer>
<p>{escape(SAYS)}</p>
<p class="key">R = {case_root}<br>K = {escape(fingerprint)}<br>T = the time stamp beside this page, if there is one</p>
<p>Check it: <code>python3 verify.py</code> in this folder, or open <a href="verify.html">verify.html</a>.</p>
</footer>
</body>
</html>
"""


def readme(case_root: str, fingerprint: str) -> str:
    """The file README.txt."""
    return f"""Findings, and the words they rest on. Open index.html to read them.

{SAYS}

R = {case_root}
K = {fingerprint}
T = the time stamp root.json*.tsr, if one is attached

To verify, in this folder, without network:

    python3 verify.py

or open verify.html in a browser and choose this folder. Compare K with the key that the publisher shows elsewhere.
A second opinion on the signature, with OpenSSH:

    (echo -n "publisher "; python3 -c "import json; print(json.load(open('root.json'))['key'])") > signers
    ssh-keygen -Y verify -f signers -I publisher -n leakdesk-pack-v1 -s root.json.sig < root.json
"""


def _finding(finding: ShownFinding) -> str:
    passages = "\n".join(_passage(passage, f"{finding.number}-{at}") for at, passage in enumerate(finding.passages, 1))
    told = "".join(
        f"<dt>{name}</dt>" + "".join(f"<dd>{escape(line)}</dd>" for line in finding.told[field])
        for field, name in CALLED
        if finding.told.get(field)
    )
    listed = f"\n<dl>{told}</dl>" if told else ""
    return f"<section>\n<h2>{finding.number}. {escape(finding.sentence)}</h2>\n{passages}{listed}\n</section>"


def _passage(passage: ShownPassage, anchor: str) -> str:
    said = [f"Document {passage.document}", *(f"{name}: {value}" for name, value in passage.fields)]
    if STANCES.get(passage.stance):
        said.append(STANCES[passage.stance])
    line = escape(" · ".join(said))
    picture = ""
    if passage.facsimile:
        shown = f'<img src="{passage.facsimile}" alt="The words as they look, set anew">'
        picture = f"\n<figure>{shown}<figcaption>{_FACSIMILE}</figcaption></figure>"
    return f'<blockquote id="p{anchor}">{escape(passage.text)}</blockquote>\n<p class="from">{line}</p>{picture}'
