"""Building a text layer piece by piece: pages joined by form feeds, word boxes moved to their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from leakdesk.documents.ocr import Recognised
from leakdesk.model.document import Extract, Kind, Note, Page, State, TextLayer, WordBox

#: The confidence of words that the file itself places: nothing was guessed.
PRINTED = 100.0


@dataclass(slots=True)
class PagedText:
    """Pages of text put together into one layer."""

    pages: list[str] = field(default_factory=list)
    boxes: list[WordBox] = field(default_factory=list)
    _at: int = 0

    def add(self, text: str) -> int:
        """Add a page; the code point at which it starts."""
        start = self._at + (1 if self.pages else 0)
        self.pages.append(text)
        self._at = start + len(text)
        return start

    def add_places(self, start: int, words: Iterable[tuple[int, int, tuple[float, float, float, float]]]) -> None:
        """Say where words of the page added last stand: (start, end) within its text and the box in points. `start` is
        what `add` gave."""
        number = len(self.pages)
        for low, high, (left, top, right, bottom) in words:
            self.boxes.append(
                WordBox(
                    start=start + low,
                    end=start + high,
                    page=number,
                    left=left,
                    top=top,
                    right=right,
                    bottom=bottom,
                    confidence=PRINTED,
                )
            )

    def add_recognised(self, page: Recognised, scale: float, before: str = "") -> None:
        """Add a page read from a picture; `scale` turns its pixels into points. `before` is text the page had already."""
        glue = before + "\n" if before else ""
        start = self.add(glue + page.text) + len(glue)
        number = len(self.pages)
        for word in page.words:
            self.boxes.append(
                WordBox(
                    start=start + word.start,
                    end=start + word.end,
                    page=number,
                    left=round(word.left * scale, 1),
                    top=round(word.top * scale, 1),
                    right=round(word.right * scale, 1),
                    bottom=round(word.bottom * scale, 1),
                    confidence=word.confidence,
                )
            )

    def layer(self, extractor: str) -> TextLayer:
        """The layer: pages joined by form feeds."""
        places: list[Page] = []
        at = 0
        for number, text in enumerate(self.pages, 1):
            places.append(Page(number=number, start=at, end=at + len(text)))
            at += len(text) + 1
        return TextLayer(text="\f".join(self.pages), extractor=extractor, pages=tuple(places))


@dataclass(slots=True)
class Completeness:
    """How complete a reading is: the worst state met, its first reason and limit, and the notes."""

    state: State = State.READ
    reason: str = ""
    limit: str = ""
    notes: list[Note] = field(default_factory=list)

    def partial(self, reason: str, limit: str = "") -> None:
        """Something is missing."""
        if self.state is State.READ:
            self.state, self.reason, self.limit = State.PARTIAL, reason, limit

    def note(self, rule: str, sentence: str) -> None:
        """Something a person should see, once."""
        made = Note(rule=rule, sentence=sentence)
        if made not in self.notes:
            self.notes.append(made)


def pages_read(paged: PagedText, complete: Completeness, extractor: str, media_type: str) -> Extract:
    """What came of a file with pages; without any text where something is missing, it failed."""
    layer = paged.layer(extractor)
    empty = not layer.text.strip("\f\n ") and complete.state is State.PARTIAL
    return Extract(
        kind=Kind.DOCUMENT,
        schema="Pages",
        media_type=media_type,
        layer=None if empty else layer,
        state=State.FAILED if empty else complete.state,
        stage="" if complete.state is State.READ else "read",
        reason=complete.reason,
        limit=complete.limit,
        notes=tuple(complete.notes),
        boxes=tuple(paged.boxes),
    )
