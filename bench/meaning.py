"""Search by meaning: do questions find the letters that answer them, across languages? Needs the optional part leakdesk[meaning].

python bench/meaning.py                    40 questions over 30 invented letters (tests/search/meanings.py)
python bench/meaning.py --case CASE        the same letters among the passages of a prepared case (leakdesk meaning CASE)
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import cast

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.search.meanings import LETTERS, QUESTIONS

from leakdesk.model.document import Language
from leakdesk.search.meaning import Passage, SmallMultilingual, Vectors


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--case", type=Path)
    chosen = options.parse_args()
    model = SmallMultilingual()
    with tempfile.TemporaryDirectory() as folder:
        vectors = Vectors(Path(folder), model, writing=True)
        if chosen.case:
            copy(
                Vectors(chosen.case / "vectors", model),
                vectors,
                chosen.case / "vectors" / "vectors.f16",
                model.dimension,
            )
        passages = [Passage(name, name, 0, len(text), cast("Language", own)) for name, (own, text) in LETTERS.items()]
        began = time.process_time()
        vectors.add(list(LETTERS), passages, model.passages([text for _, text in LETTERS.values()]))
        print(f"{(time.process_time() - began) / len(LETTERS):.2f} s of a processor a letter; {len(vectors)} passages")
        ranks: dict[str, list[int]] = defaultdict(list)
        began = time.process_time()
        for language, question, wanted in QUESTIONS:
            near = [each.passage.document for each in vectors.nearest(model.question(question), 200)]
            ranks[language].append(near.index(wanted) if wanted in near else 999)
        print(f"{(time.process_time() - began) / len(QUESTIONS) * 1000:.0f} ms of a processor a question")
    for language, found in [*ranks.items(), ("all", [rank for each in ranks.values() for rank in each])]:
        one, five = (sum(rank < most for rank in found) / len(found) for most in (1, 5))
        print(f"{language:4} {len(found):3} questions: hit@1 {one:.2f}, hit@5 {five:.2f}")


def copy(case: Vectors, to: Vectors, path: Path, dimension: int) -> None:
    """The passages of a case into another store, with their languages."""
    count = len(case)
    stored = np.memmap(path, np.float16, "r", shape=(count, dimension)).astype(np.float32)
    spoken = np.memmap(path.with_name("languages.u8"), np.uint8, "r", shape=(count,))
    languages: tuple[Language, ...] = ("ru", "be", "uk", "en", "und")
    passages = [Passage(f"case {at}", f"case {at}", 0, 1, languages[int(each)]) for at, each in enumerate(spoken)]
    to.add([each.layer for each in passages], passages, stored)


if __name__ == "__main__":
    main()
