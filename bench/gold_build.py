"""Turns readable marks into gold files: every offset is computed here, and words that are not found stop the build.

    python bench/gold_build.py [SOURCE.gold ...]

Without SOURCE: everything below tests/reading/gold. `NAME.gold` gives `NAME.json` (format `leakdesk-gold/1`) beside it.
How a source is written stands in tests/reading/gold/README.md; the work is done in bench/gold/. Nothing here knows how
the product reads.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.gold.case import Case  # noqa: E402
from bench.gold.words import GoldError, Record  # noqa: E402

GOLD = ROOT / "tests/reading/gold"


def build(source: Path) -> Record:
    """The gold record of one source."""
    return Case(source).record()


def dumped(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str]) -> int:
    sources = [Path(each) for each in arguments] or sorted(GOLD.glob("**/*.gold"))
    for source in sources:
        try:
            record = build(source)
        except GoldError as error:
            print(f"{source}: {error}", file=sys.stderr)
            return 1
        source.with_suffix(".json").write_text(dumped(record), "utf-8")
        counts = {key: len(record[key]) for key in ("documents", "attributions", "claims")}
        print(source.name, counts)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
