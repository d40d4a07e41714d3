"""The letters of a scenario, and what they say about claims and quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.gold.documents import span
from bench.gold.words import GoldError, Record, find

if TYPE_CHECKING:
    from bench.gold.case import Case


VERDICTS = frozenset(["supports", "partly", "contradicts", "silent", "not_checkable"])
QUOTED = frozenset(["found", "altered", "truncated", "absent"])


def leak(case: Case) -> Record:
    verdicts = [_verdict(case, line) for line in case.sections.get("verdicts", [])]
    verdicts += _unlisted(case, {each["claim"]: each for each in verdicts})
    quotations = [_quotation(case, line) for line in case.sections.get("quotations", [])]
    letters = [
        {"id": key, "file": f"{case.name}-{key}.txt", "text": text, "codepoints": len(text)}
        for key, text in case.letters.items()
    ]
    return {"letters": letters, "verdicts": verdicts, "quotations": quotations}


def _passages(case: Case, part: str) -> list[Record]:
    found: list[Record] = []
    for item in filter(None, (each.strip() for each in part.split(" ;; "))):
        key, _, words = item.partition(": ")
        start, end = find(case.letters[key], words, 0, len(case.letters[key]))
        found.append({"letter": key, "start": start, "end": end, "text": case.letters[key][start:end]})
    return found


def _verdict(case: Case, line: str) -> Record:
    """`A.x supports,partly | m1: words ;; m2: words | note`; the first verdict is wanted, the others pass."""
    parts = [each.strip() for each in line.split(" | ")] + ["", ""]
    key, words = parts[0].split()
    verdict, *accept = words.split(",")
    if not VERDICTS.issuperset([verdict, *accept]):
        raise GoldError(f"{case.name}: verdict {words!r}")
    claim_id, near = case.claim(key)["id"], parts[2].startswith("near")
    record = {"claim": claim_id, "verdict": verdict, "accept": accept, "passages": _passages(case, parts[1])}
    return record | {"note": parts[2], "near_only": near}


def _unlisted(case: Case, listed: dict[str, Record]) -> list[Record]:
    """Verdicts of the other claims: a repeated one has that of its first, about the rest the letters are silent."""
    found: list[Record] = []
    for each in (each for document in case.docs.values() for each in document.claims.values()):
        if each["id"] in listed:
            continue
        first = listed.get(each.get("duplicate_of", ""))
        opinion = each["tier"] == "rhetoric" or each["origin"] == "opinion"
        wanted = ["not_checkable", "silent"] if opinion else ["silent", "not_checkable"]
        record = {"verdict": wanted[0], "accept": wanted[1:], "passages": [], "note": "", "near_only": False}
        found.append({**(first or record), "claim": each["id"], "unlisted": True})
    return found


def _quotation(case: Case, line: str) -> Record:
    """`A: words | verdict | m1: words | what differs`."""
    parts = [each.strip() for each in line.split(" | ")] + ["", ""]
    letter, _, words = parts[0].partition(": ")
    if parts[1] not in QUOTED:
        raise GoldError(f"{case.name}: quotation {parts[1]!r}")
    found = span(case.docs[letter], words, 0, case.docs[letter].end)
    passages = _passages(case, parts[2])
    record = {"doc": letter, **found, "verdict": parts[1], "difference": parts[3]}
    return record | ({"passage": passages[0]} if passages else {})
