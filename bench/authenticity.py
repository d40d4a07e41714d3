"""Signature checks in a second, letters taken down, and letters looked at together at growing sizes, with the slope.

    python bench/authenticity.py [largest size]

One core, no case: the arithmetic of the chapter itself. The letters are those of the planted corpus (tests/authenticity),
made larger. The peer for signatures is dkimpy with the same key.
"""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.authenticity.planted import Planted
from tests.authenticity.signer import LETTER, record, sign, table

from leakdesk.authenticity.letter import look
from leakdesk.authenticity.signatures import check, read_signatures


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


def letters(largest: int) -> None:
    """Taking down and looking across at growing sizes."""
    points: list[tuple[int, float]] = []
    size = largest // 4
    while size <= largest:
        corpus = Planted(clean=size)
        data = list(corpus.letters().values())
        started = time.process_time()
        for raw in data:
            look(raw)
        down = time.process_time() - started
        letters_of, groups, layers = corpus.prepared()
        started = time.process_time()
        corpus.across(letters_of, groups, layers)
        across = time.process_time() - started
        points.append((len(data), down + across))
        print(f"{len(data):>7,} letters: taken down in {down:6.2f} s, looked across in {across:6.2f} s of one core")
        size *= 2
    (n1, t1), (n2, t2) = points[0], points[-1]
    slope = math.log(t2 / t1) / math.log(n2 / n1)
    print(f"slope {slope:.3f}; at this pace 100,000 letters take {t2 * (100_000 / n2) ** slope / 60:.1f} min")


if __name__ == "__main__":
    signatures()
    letters(int(sys.argv[1]) if len(sys.argv) > 1 else 8_000)
