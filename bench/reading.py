"""Scores reading on annotated texts: every metric per language, every rule, and speed.

    python bench/reading.py [--sealed [NAME]] [--free] [--misses] [PATH ...]

Ends with speed, in processor time of one core: reports a second without parsers, and the whole reading beside the bare
parser, by language.

Without PATH: tests/reading/gold/visible and, where it is there, the shared example. `--sealed` scores the first sealed
set, `--sealed fourth` the one in that folder (each at release only, in numbers only), `--free` reads without parsers,
`--misses` prints what was missed or wrong (never of a sealed text), `--floors` writes the figures of the visible files to
tests/reading/floors.json, which a test holds the reader to.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.reading.scorer import Score, floors_of, gold_files, score_file, table  # noqa: E402

from leakdesk.language.canvas import canvas  # noqa: E402
from leakdesk.model.claim import Reading  # noqa: E402
from leakdesk.model.document import SPEAKING_ROLES, TextLayer  # noqa: E402
from leakdesk.reading.parse import parse, pieces  # noqa: E402
from leakdesk.reading.read import read_text  # noqa: E402


def main(arguments: list[str]) -> int:
    free = "--free" in arguments
    named = [each for each in arguments if not each.startswith("--")]
    paths = [] if "--sealed" in arguments else [Path(each) for each in named]
    if not paths:
        paths = gold_files(ROOT / "tests/reading/gold/visible")
        example = ROOT.parent / "shared/design/gold-example.json"
        paths += [example] if example.exists() else []
        if "--sealed" in arguments:
            paths = sealed_files(named)
    seconds = 0.0
    characters = 0

    def reader(text: str, kind: str) -> Reading:
        nonlocal seconds, characters
        began = time.perf_counter()
        reading = read_text(
            TextLayer(text=text, extractor="gold"),
            as_="message" if kind in ("message", "letter") else "report",
            parser_free=free,
        )
        seconds += time.perf_counter() - began
        characters += len(text)
        return reading

    totals: dict[str, Score] = {}
    if "--floors" in arguments:
        floors = {path.stem: floors_of(path) for path in gold_files(ROOT / "tests/reading/gold/visible")}
        (ROOT / "tests/reading/floors.json").write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
        return 0
    for path in paths:
        for language, score in score_file(path, reader=reader).items():
            totals.setdefault(language, Score()).add(score)
    whole = Score()
    for language in sorted(totals):
        whole.add(totals[language])
        print(f"{language}:")
        print("\n".join(table(totals[language])))
    if len(totals) > 1:
        print("all:")
        print("\n".join(table(whole)))
    print("rules (right of given):")
    for name, count in sorted(whole.rules.items(), key=lambda row: -row[1].predicted):
        print(f"  {name:<40} {count.hit:g} of {count.predicted:g}")
    if "--misses" in arguments and not any("sealed" in path.parts for path in paths):
        print("\n".join(whole.misses))
    print(f"{len(paths)} files, {characters} code points, {seconds:.2f} s")
    print("\n".join(speed(paths)))
    return 0


#: Sealed sets of their own, scored only when named.
NAMED = ("fourth",)


def sealed_files(named: list[str]) -> list[Path]:
    """Gold files of the named sealed folders; without a name, those of the first sealed set."""
    folder = ROOT / "tests/reading/gold/sealed"
    if named:
        return [path for name in named for path in gold_files(folder / name)]
    return [path for path in gold_files(folder) if path.relative_to(folder).parts[0] not in NAMED]


#: Reports a language that speed is measured on.
TIMED = 2


def speed(paths: list[Path]) -> list[str]:
    """Lines about reports of gold files: without parsers, and with them beside the bare parser (processor time)."""
    texts: dict[str, list[str]] = {}
    for path in paths:
        for document in json.loads(path.read_text("utf-8"))["documents"]:
            if document.get("kind", "report") == "report":
                text = document.get("text") or (path.parent / document["file"]).read_text("utf-8")
                texts.setdefault(document["language"], []).append(text)
    lines = ["speed (processor time of one core):"]
    for language, reports in sorted(texts.items()):
        layers = [TextLayer(text=text, extractor="gold") for text in reports[:TIMED]]
        readings = [read_text(layer) for layer in layers]
        free = _timed(lambda layer: read_text(layer, parser_free=True), layers)
        whole = _timed(read_text, layers)
        bare = _timed(_parse_only, readings)
        lines.append(
            f"  {language}: {len(layers) / free:.0f} reports a second without parsers; "
            f"{len(layers) / whole:.1f} with, {whole / bare:.1f} times the bare parser"
        )
    return lines


def _parse_only(reading: Reading) -> object:
    sheet = canvas(reading.text)
    return parse(sheet, pieces(sheet, reading.segments, SPEAKING_ROLES))


def _timed(work: Callable[[Any], object], items: list[Any]) -> float:
    work(items[0])
    began = time.process_time()
    for item in items:
        work(item)
    return max(time.process_time() - began, 1e-9)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
