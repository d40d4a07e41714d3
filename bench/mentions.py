"""Precision, recall and F of mentions on marked sentences, per language, type and rule; and speed beside the bare model.

python bench/mentions.py                 # the development set
python bench/mentions.py --sealed        # the sealed set: at release only
python bench/mentions.py --show          # also every miss and every false alarm
python bench/mentions.py --parser-free   # rules alone
python bench/mentions.py --speed         # words a second beside the bare models
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before the models load

from leakdesk.mentions.names import find_mentions
from leakdesk.model.document import TextLayer

GOLD = Path(__file__).resolve().parents[1] / "tests/mentions/gold"
LETTERS = {
    "P": "person", "O": "organization", "L": "place", "E": "equipment", "D": "date", "%": "percent", "M": "money",
    "Q": "quantity", "I": "identifier", "@": "email", "T": "phone", "U": "url",
}  # fmt: skip
_MARK = re.compile(r"\[([POLEDMQITU%@]):([^\]]*)\]")

Span = tuple[int, int, str]


def unmarked(marked: str) -> tuple[str, list[Span]]:
    """The text without marks, and the marked spans as (start, end, type)."""
    text, spans, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[2]), LETTERS[match[1]]))
        text += match[2]
        at = match.end()
    return text + marked[at:], spans


def gold(name: str) -> list[tuple[str, str, list[Span]]]:
    """(language, text, spans) of a marked set."""
    items = json.loads((GOLD / f"{name}.json").read_text("utf-8"))["items"]
    return [(each["language"], *unmarked(each["marked"])) for each in items]


def scored(name: str, *, parser_free: bool, show: bool) -> dict[str, dict[str, Counter[str]]]:
    """Counts by language and type: gold, found, strict, overlap; and per rule: right, wrong."""
    counts: dict[str, dict[str, Counter[str]]] = {"strict": {}, "overlap": {}, "rule": {}}
    for language, text, spans in gold(name):
        mentions = find_mentions(TextLayer(text=text, extractor="gold 1"), parser_free=parser_free).mentions
        found = [(each.start, each.end, each.type) for each in mentions]
        for how, same in (
            ("strict", lambda a, b: a == b),
            ("overlap", lambda a, b: a[2] == b[2] and a[0] < b[1] and b[0] < a[1]),
        ):
            for key in (language,):
                table = counts[how].setdefault(key, Counter())
                for one in spans:
                    hit = any(same(one, other) for other in found)
                    table.update({f"{one[2]} gold": 1, "all gold": 1, f"{one[2]} hit": hit, "all hit": hit})
                for one in found:
                    right = any(same(other, one) for other in spans)
                    table.update({f"{one[2]} found": 1, "all found": 1, f"{one[2]} right": right, "all right": right})
        for each in mentions:
            right = any(a < each.end and each.start < b and kind == each.type for a, b, kind in spans)
            for rule in each.rules:
                counts["rule"].setdefault(rule, Counter()).update({"right" if right else "wrong": 1})
        if show:
            missed = [
                (text[a:b], kind) for a, b, kind in spans if not any(x < b and a < y and kind == z for x, y, z in found)
            ]
            wrong = [
                (each.text, each.type, each.rules)
                for each in mentions
                if not any(a < each.end and each.start < b and kind == each.type for a, b, kind in spans)
            ]
            if missed or wrong:
                print(f"  {language} missed {missed} wrong {wrong}")
    return counts


def report(counts: dict[str, dict[str, Counter[str]]]) -> None:
    """Print the tables."""
    for how in ("strict", "overlap"):
        for language, table in sorted(counts[how].items()):
            cells = []
            for kind in ("all", *LETTERS.values()):
                if table[f"{kind} gold"] + table[f"{kind} found"]:
                    p = table[f"{kind} right"] / max(1, table[f"{kind} found"])
                    r = table[f"{kind} hit"] / max(1, table[f"{kind} gold"])
                    f = 2 * p * r / (p + r) if p + r else 0.0
                    cells.append(f"{kind[:6]} {p:.2f}/{r:.2f} F {f:.2f}")
            print(f"{how:8}{language}  " + " | ".join(cells))
    print(
        "rules right/wrong: "
        + ", ".join(f"{rule} {c['right']}/{c['wrong']}" for rule, c in sorted(counts["rule"].items()))
    )


def speed() -> None:
    """Words a second of processor time for each language: everything, and the bare model on the same text."""
    from leakdesk.mentions.models import by_model

    for language in ("ru", "en", "uk", "be"):
        text = "\n\n".join(each[1] for each in gold("development") if each[0] == language) * 12
        words = len(text.split())
        layer = TextLayer(text=text, extractor="gold 1")
        find_mentions(TextLayer(text=text[:3000], extractor="gold 1"))  # load models and tables
        start = time.process_time()
        for at in range(0, len(text), 6000):
            by_model(text[at : at + 6000], language)
        bare = time.process_time() - start
        start = time.process_time()
        find_mentions(layer)
        whole = time.process_time() - start
        start = time.process_time()
        find_mentions(layer, parser_free=True)
        rules = time.process_time() - start
        print(
            f"{language}: bare model {words / bare:.0f} words/s, all {words / whole:.0f} words/s (x{whole / bare:.2f}), "
            f"rules alone {words / rules:.0f}"
        )


if __name__ == "__main__":
    if "--speed" in sys.argv:
        speed()
    else:
        report(
            scored(
                "sealed" if "--sealed" in sys.argv else "development",
                parser_free="--parser-free" in sys.argv,
                show="--show" in sys.argv and "--sealed" not in sys.argv,
            )
        )
