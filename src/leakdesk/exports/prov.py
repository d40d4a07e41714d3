"""PROV as JSON-LD: who had it from whom, in the W3C's own words; how certain each step is, in ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from leakdesk.exports.seen import INTERNAL, View

#: Our relations as PROV-O's; `obtainedVia` has no word of its own there.
_RELATIONS = {
    "hadPrimarySource": "prov:hadPrimarySource",
    "wasQuotedFrom": "prov:wasQuotedFrom",
    "wasRevisionOf": "prov:wasRevisionOf",
    "wasDerivedFrom": "prov:wasDerivedFrom",
    "obtainedVia": "prov:wasDerivedFrom",
}
_CLASSES = {
    "hadPrimarySource": "prov:PrimarySource",
    "wasQuotedFrom": "prov:Quotation",
    "wasRevisionOf": "prov:Revision",
    "wasDerivedFrom": "prov:Derivation",
    "obtainedVia": "prov:Derivation",
}
_QUALIFIED = {
    "prov:PrimarySource": "prov:qualifiedPrimarySource",
    "prov:Quotation": "prov:qualifiedQuotation",
    "prov:Revision": "prov:qualifiedRevision",
    "prov:Derivation": "prov:qualifiedDerivation",
}
_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "leakdesk": "urn:leakdesk:terms:",
}


def export(view: View) -> Iterator[tuple[str, bytes]]:
    """The file lineage.prov.jsonld."""
    graph: list[dict[str, Any]] = [
        {"@id": f"urn:leakdesk:{id_}", "@type": "prov:Entity", "rdfs:label": name, "leakdesk:kind": kind}
        for id_, kind, name in view.nodes
    ]
    nodes = {node["@id"]: node for node in graph}
    for source, target, relation, certainty, reasons in view.edges:
        node, to = nodes[f"urn:leakdesk:{source}"], {"@id": f"urn:leakdesk:{target}"}
        node.setdefault(_RELATIONS[relation], []).append(to)
        qualified = {
            "@type": _CLASSES[relation],
            "prov:entity": to,
            "leakdesk:certainty": certainty,
            "rdfs:comment": list(reasons),
        }
        if relation == "obtainedVia":
            qualified["leakdesk:relation"] = relation
        node.setdefault(_QUALIFIED[_CLASSES[relation]], []).append(qualified)
    told: dict[str, Any] = {"@context": _CONTEXT, "@graph": graph}
    if view.internal:
        told["leakdesk:status"] = INTERNAL
    name = f"{INTERNAL}-lineage.prov.jsonld" if view.internal else "lineage.prov.jsonld"
    yield name, (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
