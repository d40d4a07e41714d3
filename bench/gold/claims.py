"""Marks that begin with !: one claim an event or attribute."""

from __future__ import annotations

import re
from typing import Any

from bench.gold.documents import Document, Marked, span
from bench.gold.words import GoldError, Record, options

_TOLD = "asserted planned alleged denied inferred presupposed predicted possible intended asked"
MODALITIES = frozenset(_TOLD.split())
TIERS = frozenset(["core", "secondary", "provenance", "rhetoric"])


def claim(document: Document, sentence: Marked, mark: str) -> None:
    """`!key tier | subject | predicate = lemma, other | object | quote | options`; `*` stands before head words."""
    parts = [each.strip() for each in mark[1:].split("|")] + [""]
    key, tier = parts[0].split()
    place = (sentence.start, sentence.start + len(sentence.text))
    quote = span(document, parts[4] if parts[4] not in ("", ".") else sentence.text.rstrip(" .!?…"), *place)
    inside = (quote["start"], quote["end"])
    words, _, lemmas = parts[2].partition(" = ")
    lemma, *others = [each.strip() for each in (lemmas or words).split(",")]
    given = options(parts[5])
    record: Record = {
        "id": f"{document.letter}.c{len(document.claims) + 1:02}",
        "doc": document.letter,
        "sentence": document.sentence_id(sentence),
        "quote": {
            "exact": quote["text"],
            "start": quote["start"],
            "end": quote["end"],
            "prefix": document.text[max(0, quote["start"] - 32) : quote["start"]],
            "suffix": document.text[quote["end"] : quote["end"] + 32],
        },
        "predicate": {"text": span(document, words, *inside)["text"], "lemma": lemma, "alt": others},
        "tier": tier,
        "proposition": f"{document.letter}.{key}",
        "modality": "asserted",
        "polarity": "+",
    }
    _role(document, record, "subject", parts[1], inside, place)
    _role(document, record, "object", parts[3], inside, place)
    _claim_attributions(document, record, given)
    _claim_options(document, record, given, place)
    if tier not in TIERS or record["modality"] not in MODALITIES:
        raise GoldError(f"{key}: tier or modality unknown")
    if key in document.claims:
        raise GoldError(f"the key {key!r} is used twice")
    document.claims[key] = record


def _role(document: Document, record: Record, name: str, part: str, inside: tuple[int, int], place: Any) -> None:
    """`the tram *maker {factory} =maker`: words, head words, other accepted heads, entity.

    `- {factory}` is a part that is not said: none and `factory` are both right; `- {!factory}`: it must be restored.
    """
    found = re.fullmatch(r"(.*?)\s*(?:\{(.*?)\})?\s*(?:=(\w+))?", part)
    if not found:
        raise GoldError(f"cannot read the role {part!r}")
    words, extra, entity = found[1], [each.strip() for each in (found[2] or "").split(",") if each.strip()], found[3]
    if words in ("", "-"):
        must = bool(extra) and extra[0].startswith("!")
        names = [each.lstrip("!") for each in extra]
        head = names.pop(0) if must else None
        implicit: Record = {"text": None, "entity": entity, "head": head, "implicit": True}
        record[name] = implicit if extra or entity else None
        if names:
            record[f"{name}_alt_head"] = names
        return
    heads = re.findall(r"\*([\w’'`\-]+)", words)
    plain = words.replace("*", "")
    if not heads:
        names = plain.split()
        named = len(names) == 1 or all(each[0].isupper() for each in names)
        if not named and not extra:
            raise GoldError(f"mark the head of {plain!r}")
        heads = [names[-1], *names[:-1]] if named else [extra.pop(0)]
    try:
        where = span(document, plain, *inside)
    except GoldError:
        where = span(document, plain, *(place if name == "object" else (0, place[1])))
    record[name] = {
        "text": where["text"],
        "entity": entity,
        "head": heads[0],
        "start": where["start"],
        "end": where["end"],
    }
    if heads[1:] + extra:
        record[f"{name}_alt_head"] = heads[1:] + extra


def _claim_attributions(document: Document, record: Record, given: dict[str, str]) -> None:
    """Every attribution whose content holds the quotation, outermost first; origin and hedge follow from them."""
    quote = record["quote"]
    holding: list[Record] = []
    for each in document.attributions.values():
        content = each["content"]
        if content is None or each["type"] == "publication":
            continue
        shared = min(content["end"], quote["end"]) - max(content["start"], quote["start"])
        if shared >= 0.8 * (quote["end"] - quote["start"]):
            holding.append(each)
    holding.sort(key=lambda each: each["content"]["start"] - each["content"]["end"])
    if "a" in given:
        named = given.pop("a")
        holding = [] if named == "none" else [document.attributions[key] for key in named.split(",")]
    record["attributions"] = [each["id"] for each in holding]
    record["hedged"] = any(each["hedged"] for each in holding)
    kinds = {each["type"] for each in holding}
    documents = "evidential" in kinds
    record["origin"] = "documents" if documents else "witness" if kinds - {"agentless"} else "outlet"
    if kinds == {"agentless"}:
        record["origin"] = "unspecified"
    record["qualifiers"] = {}


def _claim_options(document: Document, record: Record, given: dict[str, str], place: tuple[int, int]) -> None:
    plain = {"mod": "modality", "pol": "polarity", "org": "origin", "prop": "proposition", "privacy": "privacy"}
    for name, value in given.items():
        if name in plain:
            record[plain[name]] = value
        elif name in ("mod2", "note"):
            record["modality_alt" if name == "mod2" else "note"] = value
        elif name == "hedged":
            record["hedged"] = value != "no"
        elif name == "dup":
            record["duplicate_of"] = value
        else:
            record["qualifiers"][name] = _qualifier(document, name, value, place)


def _qualifier(document: Document, name: str, value: str, place: tuple[int, int]) -> Record:
    """`words @ edtf`, `words @ value @ unit @ role` or `words @ entity`."""
    words, *more = [each.strip() for each in value.split(" @ ")]
    record = span(document, words, *place)
    if name == "time":
        return record | ({"edtf": more[0], "value": more[0]} if more else {})
    if name.startswith("quantity"):
        names = ("value", "unit", "role", "not")
        found: Record = dict(zip(names, more, strict=False))
        if re.fullmatch(r"-?\d+(\.\d+)?", found.get("value", "")):
            found["value"] = float(found["value"]) if "." in found["value"] else int(found["value"])
        return record | found
    if name not in ("to", "from", "with", "for", "by", "place", "purpose", "cause", "condition", "base", "about"):
        raise GoldError(f"unknown slot {name!r}")
    return record | ({"entity": more[0]} if more else {})
