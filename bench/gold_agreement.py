"""Agreement of two readings of one text, with the definitions the product is scored by.

    python bench/gold_agreement.py

Every `NAME.second` in a folder `second` was marked from the raw text again; it is scored as if it were a
program's reading of the document of the same letter in `../NAME.gold`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.reading.scorer import Score, score_document, table  # noqa: E402

from bench.gold.case import Case  # noqa: E402
from bench.gold.documents import document_record  # noqa: E402
from leakdesk.model.document import Role  # noqa: E402

ROLES = {"headline": Role.HEADLINE, "standfirst": Role.STANDFIRST, "body": Role.BODY, "source_line": Role.BODY}


def whole(record: dict[str, Any] | None) -> Any:
    return SimpleNamespace(**{key: record.get(key) for key in ("start", "end", "text", "head")}) if record else None


def as_reading(record: dict[str, Any]) -> Any:
    """The second reader's marks in the shape of a reading."""
    document = record["documents"][0]
    segments = [
        SimpleNamespace(start=zone["start"], end=zone["end"], role=ROLES.get(zone["type"], Role.BOILERPLATE))
        for zone in document["zones"]
    ]
    attributions = [
        SimpleNamespace(type=each["type"], rule="reader", **{k: whole(each[k]) for k in ("source", "cue", "content")})
        for each in record["attributions"]
    ]
    claims = [
        SimpleNamespace(
            quote=SimpleNamespace(**each["quote"]),
            subject=whole(each["subject"]),
            object=whole(each["object"]),
            predicate=SimpleNamespace(**each["predicate"]),
            modality="alleged" if each["modality"] == "denied" else each["modality"],
            polarity=each["polarity"],
            rule="reader",
        )
        for each in record["claims"]
    ]
    return SimpleNamespace(text=document["text"], segments=segments, attributions=attributions, claims=claims)


def agreement(second: Path) -> tuple[str, Score]:
    """Language and score of one text read twice; both texts must be the same."""
    again = Case(second)
    record = again.record()
    letter = next(iter(again.docs))
    first = Case(second.parents[1] / f"{second.stem}.gold")
    gold = first.record()
    document = document_record(first.docs[letter], first.name)
    reading = as_reading(record)
    if reading.text != document["text"]:
        raise SystemExit(f"{second}: not the same text")
    return document["language"], score_document(gold, document, reading.text, reading, name=second.stem)


def main(arguments: list[str]) -> int:
    total = Score()
    for second in sorted((ROOT / "tests/reading/gold").glob("**/second/*.second")):
        language, score = agreement(second)
        total.add(score)
        print(f"{second.stem} ({language}):")
        print("\n".join(table(score)))
    print("all:")
    print("\n".join(table(total)))
    if "--misses" in arguments:
        print("\n".join(total.misses))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
