"""What sealing, packing, verifying and scanning cost, against size.

    python bench/sealing.py [--tokens N] [--documents N]

Beside it: the plain SHA-256 of the same text with hashlib, which hides nothing and opens nothing. Figures are seconds of
one core; every text is invented from a seed.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "src")]

from tests.publish.house import document, finding, key_of, pack_input, people  # noqa: E402

from leakdesk.publish import verifier  # noqa: E402
from leakdesk.publish.pack import build  # noqa: E402
from leakdesk.publish.residue import needles_for, scan  # noqa: E402
from leakdesk.publish.seal import case_tree, seal_document  # noqa: E402

_WORDS = [
    "the",
    "plant",
    "sent",
    "a",
    "lathe",
    "to",
    "a",
    "firm",
    "in",
    "May",
    "and",
    "the",
    "invoice",
    "named",
    "a",
    "grinder",
    "for",
    "the",
    "border",
    "office",
]


def _text(words: int, seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"{chance.choice(_WORDS)}{chance.randrange(99)}" for _ in range(words))


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _sealing(most: int) -> None:
    print("words    seal s    words/s   plain SHA-256 s   ratio")
    size = 1000
    while size <= most:
        text = _text(size, size)
        sealed = _timed(lambda text=text: seal_document(text, (), (), key_of("bench")))
        plain = _timed(lambda text=text: hashlib.sha256(text.encode()).digest())
        print(f"{size:7} {sealed:9.3f} {size / sealed:10.0f} {plain:17.6f} {sealed / plain:7.0f}")
        size *= 10


def _case(most: int) -> None:
    print("\ncase tree: documents    s")
    for count in (1000, 10_000, most):
        leaves = [hashlib.sha256(str(number).encode()).digest() for number in range(count)]
        print(f"{count:21} {_timed(lambda leaves=leaves: case_tree(leaves, key_of('case'))):7.2f}")


def _packs(most: int) -> None:
    print("\ndocuments   build s   pack kB   verify s   residue s")
    for count in (10, 100, most):
        documents = [document(_text(300, number)) for number in range(count)]
        findings = [finding(f"Finding {at}.", [(each, each.layer.text[200:460])]) for at, each in enumerate(documents)]
        given = pack_input(findings, documents)
        start = time.process_time()
        pack = build(given)
        built = time.process_time() - start
        if pack.blocked:
            raise SystemExit(f"blocked: {pack.blocked[0].reason}")
        files = dict(pack.files)
        size = sum(map(len, files.values())) / 1000
        verified = _timed(
            lambda files=files: verifier.verify_files(files)["ok"] or sys.exit("the pack does not verify")
        )
        scanned = _timed(lambda files=files: scan(files, needles_for([], people())))
        print(f"{count:9} {built:9.2f} {size:9.0f} {verified:10.2f} {scanned:11.2f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=1_000_000)
    parser.add_argument("--documents", type=int, default=500)
    chosen = parser.parse_args()
    _sealing(chosen.tokens)
    _case(100_000)
    _packs(chosen.documents)


if __name__ == "__main__":
    main()
