"""The reader is held to what it reached on the visible annotated texts: no metric may drop by more than .02, in no language either.

`python bench/reading.py --floors` writes tests/reading/floors.json anew after an improvement (or for new files). The
sealed texts are never opened here.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.reading.scorer import HELD, Count, Floors, floors_of, gold_files

#: What they share is made once, by one worker.
pytestmark = pytest.mark.xdist_group("gold")

HERE = Path(__file__).parent
ALLOWED_DROP = 0.02
#: One language alone has few items: a single one more or less is no drop.
ONE_MORE = 1.5


LANGUAGES = ("en", "ru", "uk", "be")


@pytest.mark.parametrize("languages", [LANGUAGES, *((each,) for each in LANGUAGES)], ids="+".join)
def test_no_metric_drops_on_the_visible_texts(languages: tuple[str, ...]) -> None:
    held: dict[str, Floors] = json.loads((HERE / "floors.json").read_text("utf-8"))
    files = [path for path in gold_files(HERE / "gold" / "visible") if path.stem in held]
    assert files, "no annotated text has a floor: python bench/reading.py --floors"
    for name in HELD:
        before, now = Count(), Count()
        for path in files:
            for language in languages:
                before.add(Count(*held[path.stem].get(language, {}).get(name, [0, 0, 0])))
                now.add(Count(*_cached(path).get(language, {}).get(name, [0, 0, 0])))
        if before.wanted and before.wanted == now.wanted:  # else the annotation itself was corrected
            drop = ALLOWED_DROP if len(languages) > 1 else max(ALLOWED_DROP, ONE_MORE / before.wanted)
            assert now.f >= before.f - drop, f"{name} ({'+'.join(languages)}): {now.f:.3f} after {before.f:.3f}"


_SEEN: dict[Path, Floors] = {}


def _cached(path: Path) -> Floors:
    if path not in _SEEN:
        _SEEN[path] = floors_of(path)
    return _SEEN[path]


def test_quotations_are_always_verbatim() -> None:
    for path in gold_files(HERE / "gold" / "visible"):
        for metrics in _cached(path).values():
            hit, given, _ = metrics.get("quote verbatim", [0, 0, 0])
            assert hit == given
