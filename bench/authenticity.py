"""Signature checks in a second, letters taken down, and letters looked at together at growing sizes, with the slope.

    python bench/authenticity.py [largest size]

One core, no case: the arithmetic of the chapter itself. The letters are those of the planted corpus (tests/authenticity),
made larger. The peer for signatures is dkimpy with the same key.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.authenticity.planted import Planted
from tests.authenticity.signer import LETTER, record, sign, table

from leakdesk.authenticity.letter import look
from leakdesk.authenticity.signatures import read_signatures
from leakdesk.authenticity.states import check


def signatures() -> None:
    """Checks a second of one core, ours and dkimpy's."""
    import dkim

    letters = [sign(LETTER.replace(b"Nine", b"%d" % number)) for number in range(20)]
    keys, raw = table(), record().encode()
    started = time.process_time()
    for number in range(2_000):
        (facts,) = read_signatures(letters[number % 20])
        assert check(facts, keys).state == "verifies"
    ours = 2_000 / (time.process_time() - started)
    started = time.process_time()
    for number in range(400):
        assert dkim.DKIM(letters[number % 20]).verify(dnsfunc=lambda *_, **__: raw)
    theirs = 400 / (time.process_time() - started)
    print(f"signatures: {ours:,.0f} checks a second of one core; dkimpy {theirs:,.0f}")


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def letters(largest: int) -> None:
    """Taking down and looking across at growing sizes."""
    points: list[tuple[int, float, float]] = []
    size = largest // 4
    while size <= largest:
        corpus = Planted(clean=size)
        data = list(corpus.letters().values())
        started = time.process_time()
        for raw in data:
            look(raw)
        down = time.process_time() - started
        letters_of, groups, layers = corpus.prepared()
        across = min(_timed(lambda: corpus.across(letters_of, groups, layers)) for _ in range(3))  # noqa: B023 - called here
        points.append((len(data), down, across))
        print(f"{len(data):>7,} letters: taken down in {down:6.2f} s, looked across in {across:6.2f} s of one core")
        size *= 2
    (n1, _, a1), (n2, d2, a2) = points[0], points[-1]
    # Letters are taken down one by one, so only looking across can grow faster than their number.
    slope = math.log(a2 / a1) / math.log(n2 / n1)
    minutes = (d2 * 100_000 / n2 + a2 * (100_000 / n2) ** slope) / 60
    print(f"slope of looking across {slope:.3f}; at this pace 100,000 letters take {minutes:.1f} min")


if __name__ == "__main__":
    signatures()
    letters(int(sys.argv[1]) if len(sys.argv) > 1 else 8_000)
