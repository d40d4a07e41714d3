"""W3C Web Annotations: the quotations of claims and findings, for any annotation viewer.

Quotations of masked exports have words only; positions count in the text layer and are internal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from leakdesk.exports.seen import INTERNAL, SeenClaim, SeenFinding, View

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def export(view: View) -> Iterator[tuple[str, bytes]]:
    """The file annotations.jsonld: one AnnotationCollection with one page, one annotation a line. How many there are stands
    behind them, so that nothing has to be held until the last is known."""
    name = f"{INTERNAL}-annotations.jsonld" if view.internal else "annotations.jsonld"
    label = f"leakdesk {INTERNAL}" if view.internal else "leakdesk"
    page = {"id": "urn:leakdesk:annotations:1", "type": "AnnotationPage", "startIndex": 0}
    head = {"@context": _CONTEXT, "id": "urn:leakdesk:annotations", "type": "AnnotationCollection", "label": label}
    yield name, (_open(head) + ',\n"first": ' + _open(page) + ',\n"items": [').encode()
    total = 0
    for item in _items(view):
        yield name, (",\n" if total else "\n").encode() + json.dumps(item, ensure_ascii=False, sort_keys=True).encode()
        total += 1
    yield name, f'\n]}},\n"total": {total}}}\n'.encode()


def _open(record: dict[str, Any]) -> str:
    """A record whose closing bracket is still to come."""
    return json.dumps(record, ensure_ascii=False).removesuffix("}")


def _items(view: View) -> Iterator[dict[str, Any]]:
    for document in view.documents:
        yield from (_claim(claim) for claim in document.claims if claim.exact)
    yield from _findings(view)


def _claim(claim: SeenClaim) -> dict[str, Any]:
    selectors: list[dict[str, Any]] = [{"type": "TextQuoteSelector", "exact": claim.exact}]
    if claim.quote is not None:
        selectors[0] |= {"prefix": claim.quote.prefix, "suffix": claim.quote.suffix}
        selectors.append({"type": "TextPositionSelector", "start": claim.quote.start, "end": claim.quote.end})
    return _annotation(claim.id, "describing", claim.sentence, claim.document, selectors)


def _findings(view: View) -> Iterator[dict[str, Any]]:
    for finding in view.findings:
        for number, (document, exact, stance) in enumerate(finding.quotes, 1):
            yield _annotation(
                f"{finding.id}-{number}",
                _motive(stance),
                _told(finding),
                document,
                [{"type": "TextQuoteSelector", "exact": exact}],
            )


def _motive(stance: str) -> str:
    return "assessing" if stance else "highlighting"


def _told(finding: SeenFinding) -> str:
    return f"{finding.sentence} ({finding.state}{', ' + finding.grade if finding.grade else ''})"


def _annotation(id_: str, motive: str, text: str, document: str, selectors: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"urn:leakdesk:{id_}",
        "type": "Annotation",
        "motivation": motive,
        "body": {"type": "TextualBody", "format": "text/plain", "value": text},
        "target": {"source": f"urn:leakdesk:{document}", "selector": selectors},
    }
