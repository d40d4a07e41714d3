"""The findings as a dossier to read, mark and print: findings.md and findings.html.

Each finding with its state, its quotations between the words around them, what the case says beside them, and how the reports
rest on one another, drawn once. For colleagues and lawyers: it proves nothing; the pack does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from leakdesk.exports.drawing import DrawnEdge, DrawnNode, sentences, svg
from leakdesk.exports.seen import INTERNAL, SeenFinding, View
from leakdesk.publish.pages import CALLED, STANCES, STYLE

_TITLE = "Findings"
_MASKED = "[masked] stands for something left out to protect people. Its width says nothing."
_INTERNAL_SAYS = f"{INTERNAL}: unmasked, for the house only."
_STATES = {"draft": "draft", "accepted": "accepted", "rejected": "rejected"}
#: What Markdown would take for an instruction.
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|<>~-])")


def export(view: View) -> Iterator[tuple[str, bytes]]:
    """findings.md and findings.html (INTERNAL-… for the house itself)."""
    prefix = f"{INTERNAL}-" if view.internal else ""
    yield f"{prefix}findings.md", markdown(view).encode("utf-8", "replace")
    yield f"{prefix}findings.html", page(view).encode("utf-8", "replace")


def markdown(view: View) -> str:
    """The dossier in Markdown (CommonMark); what comes from the case is escaped."""
    lines = [f"# {_TITLE}", "", _plain(_INTERNAL_SAYS if view.internal else _MASKED), ""]
    for number, finding in enumerate(view.findings, 1):
        lines += _markdown_finding(number, finding)
    drawn = _said_lineage(view)
    if drawn:
        lines += ["## Who had it from whom", "", *(f"- {_plain(line)}" for line in drawn), ""]
    return "\n".join(lines)


def _markdown_finding(number: int, finding: SeenFinding) -> Iterator[str]:
    yield f"## {number}. {_plain(finding.sentence)}"
    yield ""
    yield f"State: {_STATES.get(finding.state, finding.state)}"
    yield ""
    for (document, words, stance), (before, after) in _quotes(finding):
        yield f"> {_plain(before)} **{_plain(words)}** {_plain(after)}".replace("\n", " ")
        yield ">"
        yield f"> {_plain(_from(document, stance))}"
        yield ""
    for name, called in CALLED:
        for line in finding.told.get(name, ()):
            yield f"- {called}: {_plain(line)}"
    yield ""


def page(view: View) -> str:
    """The dossier as one printable page without scripts."""
    body = "\n".join(_finding(number, finding) for number, finding in enumerate(view.findings, 1))
    says = _INTERNAL_SAYS if view.internal else _MASKED
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>{_TITLE}</title>
<style>{STYLE}
mark {{ background: #fff1a8; color: inherit; }} svg {{ max-width: 100%; height: auto; }}
.around {{ color: #555; }} section {{ break-inside: avoid-page; }}
</style>
</head>
<body>
<h1>{_TITLE}</h1>
<p class="from">{escape(says)}</p>
{body or "<p>No findings yet.</p>"}
{_lineage(view)}
</body>
</html>
"""


def _finding(number: int, finding: SeenFinding) -> str:
    quotes = "\n".join(
        f'<blockquote><span class="around">{escape(before)}</span> <mark>{escape(words)}</mark> '
        f'<span class="around">{escape(after)}</span></blockquote>\n<p class="from">{escape(_from(document, stance))}</p>'
        for (document, words, stance), (before, after) in _quotes(finding)
    )
    told = "".join(
        f"<dt>{called}</dt>" + "".join(f"<dd>{escape(line)}</dd>" for line in finding.told[name])
        for name, called in CALLED
        if finding.told.get(name)
    )
    state = escape(_STATES.get(finding.state, finding.state))
    return (
        f'<section>\n<h2>{number}. {escape(finding.sentence)}</h2>\n<p class="from">{state}</p>\n{quotes}'
        f"\n<dl>{told}</dl>\n</section>"
    )


def _lineage(view: View) -> str:
    said = _said_lineage(view)
    if not said:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in said)
    return f"<section>\n<h2>Who had it from whom</h2>\n{svg(*_drawn(view))}\n<ul>{items}</ul>\n</section>"


def _said_lineage(view: View) -> list[str]:
    return sentences(*_drawn(view))


def _drawn(view: View) -> tuple[list[DrawnNode], list[DrawnEdge]]:
    return [DrawnNode(*node) for node in view.nodes], [DrawnEdge(*edge) for edge in view.edges]


def _quotes(finding: SeenFinding) -> Iterator[tuple[tuple[str, str, str], tuple[str, str]]]:
    contexts = finding.contexts or tuple(("", "") for _ in finding.quotes)
    yield from zip(finding.quotes, contexts, strict=True)


def _from(document: str, stance: str) -> str:
    said = STANCES.get(stance, "")
    return f"{document} · {said}" if said else document


def _plain(text: str) -> str:
    """Text in Markdown that stays text."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
