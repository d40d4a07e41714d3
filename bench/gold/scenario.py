"""What is said about several texts together: rows, traps, lineage, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.gold.documents import span
from bench.gold.words import GoldError, Record, options

if TYPE_CHECKING:
    from bench.gold.case import Case


RELATIONS = frozenset(
    ["equivalent", "a_more_specific", "b_more_specific", "overlapping", "conflicting", "updated", "only_a", "only_b"]
)


def alignment(case: Case) -> list[Record]:
    """`A.x + A.y ~ B.z | relation/strength | accept=..; n=1; note=..; optional`."""
    rows: list[Record] = []
    for number, line in enumerate(case.sections.get("align", []), 1):
        parts = [each.strip() for each in line.split(" | ")] + [""]
        left, right = case.sides(parts[0])
        relation, _, strength = parts[1].partition("/")
        if relation not in RELATIONS:
            raise GoldError(f"{case.name}: relation {relation!r}")
        given = options(parts[2])
        record: Record = {"id": f"L{number:02}", "a": [x["id"] for x in left], "b": [x["id"] for x in right]}
        record |= {"pair": sorted({x["doc"] for x in left + right}), "relation": relation}
        if strength:
            record["strength"] = strength
        if "accept" in given:
            record["accept"] = given["accept"].split(",")
        if left and right:
            record["independent_sources"] = int(given.get("n", "1"))
            record |= {name: int(given[name]) for name in ("at_least", "at_most") if name in given}
        record |= {name: given[name] for name in ("note",) if name in given}
        record |= {"optional": True} if "optional" in given else {}
        rows.append(record)
    return rows


def apart(case: Case, line: str) -> Record:
    pair, _, why = (each.strip() for each in line.partition(" | "))
    left, right = case.sides(pair)
    return {"a": left[0]["id"], "b": right[0]["id"], "why": why}


def lineage(case: Case) -> Record:
    record: Record = {"nodes": [], "edges": [], "roots": [], "counts": []}
    for line in case.sections.get("lineage", []):
        word, _, rest = line.partition(" ")
        parts = [each.strip() for each in rest.split(" | ")]
        if word == "sources":
            low, *more = [int(each) for each in rest.split()]
            record |= {"independent_sources": low, "at_least": low, "at_most": more[0] if more else low}
        elif word == "node":
            record["nodes"].append(_node(case, parts))
        elif word == "edge":
            record["edges"].append(_edge(case, parts))
        elif word in ("root", "loop"):
            record.setdefault(word + "s", []).append(rest if word == "root" else rest.split())
        elif word == "count":
            claims = [case.claim(key)["id"] for key in parts[0].split("+")]
            low, *more = [int(each) for each in parts[1].split()]
            why = parts[2] if len(parts) > 2 else ""
            record["counts"].append(
                {"claims": claims, "independent_sources": low, "at_most": more[0] if more else low, "why": why}
            )
        else:
            record[word] = rest
    return record


def _node(case: Case, parts: list[str]) -> Record:
    key, kind = parts[0].split()
    record: Record = {"id": key, "kind": kind, "name": parts[1] if len(parts) > 1 else key}
    if key in case.docs:
        document = case.docs[key]
        record |= {"doc": key, "name": document.outlet, "published": document.published}
    return record


def _edge(case: Case, parts: list[str]) -> Record:
    """`from > to | relation | certainty | A: words; B: words | note`."""
    start, end = (each.strip() for each in parts[0].split(">"))
    evidence: list[Record] = []
    for item in filter(None, (each.strip() for each in (parts[3] if len(parts) > 3 else "").split(";"))):
        letter, _, words = item.partition(": ")
        evidence.append({"doc": letter, **span(case.docs[letter], words, 0, case.docs[letter].end)})
    record = {"from": start, "to": end, "relation": parts[1], "certainty": parts[2], "evidence": evidence}
    return record | ({"note": parts[4]} if len(parts) > 4 else {})


def variant(case: Case, line: str) -> Record:
    """`A: old => new && B: old => new | claim=A.x; with=B.y; relation=..`: changes, and what must be found then."""
    changes, _, expected = (each.strip() for each in line.partition(" | "))
    edits: list[Record] = []
    for change in changes.split(" && "):
        letter, _, words = change.strip().partition(": ")
        old, new = (each.strip() for each in words.split(" => "))
        edits.append({"doc": letter, **span(case.docs[letter], old, 0, case.docs[letter].end), "replace_with": new})
    found: Record = dict(options(expected))
    found |= {name: case.claim(found[name])["id"] for name in ("claim", "with") if name in found}
    found |= {name: int(found[name]) for name in ("independent_sources",) if name in found}
    return {"edits": edits, "expected": found}
