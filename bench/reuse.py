"""How reuse detection grows with the number of reports: time, memory, the slope, and what it finds.

    python bench/reuse.py [COUNT ...]

Texts are made of invented words; every tenth is a light rewriting of an earlier one. 100,000 reports must take no more than ten
minutes of one core.
"""

from __future__ import annotations

import math
import random
import resource
import sys
import time

from leakdesk.lineage.reuse_many import ReuseIndex

WORDS = 300
SYLLABLES = ["ba", "do", "ka", "lu", "mi", "no", "pe", "ra", "si", "tu", "ve", "zo", "gan", "lor", "min", "tas", "vel"]


def main() -> int:
    counts = [int(each) for each in sys.argv[1:]] or [2_000, 4_000, 8_000]
    timed: list[tuple[int, float]] = []
    for count in counts:
        seconds, found, wanted = run(count)
        timed.append((count, seconds))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        each = seconds / count * 1000
        print(
            f"{count} reports: {seconds:.1f} s, {each:.2f} ms each, peak {peak} MB, {found} of {wanted} rewritings found"
        )
    if len(timed) > 1:
        (n1, t1), (n2, t2) = timed[0], timed[-1]
        print(f"slope {math.log(t2 / t1) / math.log(n2 / n1):.2f}; 100,000 reports: about {t2 / n2 * 100_000:.0f} s")
    return 0


def run(count: int) -> tuple[float, int, int]:
    chance = random.Random(count)
    words = ["".join(chance.choice(SYLLABLES) for _ in range(3)) for _ in range(5_000)]
    kept: list[list[str]] = []
    index = ReuseIndex()
    seconds, found, wanted = 0.0, 0, 0
    for number in range(count):
        rewritten = number % 10 == 9
        text = list(chance.choice(kept)) if rewritten else [chance.choice(words) for _ in range(WORDS)]
        if rewritten:
            for _ in range(12):
                text[chance.randrange(len(text))] = chance.choice(words)
        elif number % 10 == 0:
            kept.append(text)
        began = time.process_time()
        hits = index.add(str(number), " ".join(text))
        seconds += time.process_time() - began
        wanted += rewritten
        found += rewritten and bool(hits)
    return seconds, found, wanted


if __name__ == "__main__":
    raise SystemExit(main())
