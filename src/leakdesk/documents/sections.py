"""A document's text in sections: what a reader sees first, then what programs keep beside it, each with its role.

Headers, notes, comments, deleted and hidden text belong to the evidence, but a reader of the page does not see them in the
flow. So they stand after the body, as segments of their own, and notes say how many of them there are and where they start.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from leakdesk.documents.layers import Completeness
from leakdesk.documents.letters import language_of
from leakdesk.model.document import Page, Role, Segment, TextLayer

#: Sections after the body: key, role of their segment, rule of the note, what the note calls them. In this order.
BESIDE: tuple[tuple[str, Role, str, str], ...] = (
    ("notes", Role.BODY, "footnotes", "footnotes and endnotes"),
    ("speaker", Role.BODY, "speaker notes", "notes of the speaker"),
    ("comments", Role.BODY, "comments", "comments"),
    ("boxes", Role.BODY, "text boxes", "text boxes"),
    ("margins", Role.BOILERPLATE, "headers and footers", "headers and footers"),
    ("deleted", Role.BOILERPLATE, "tracked deletions", "tracked deletions"),
    ("hidden", Role.BOILERPLATE, "hidden text", "pieces of hidden text"),
)


@dataclass(slots=True)
class Sections:
    """The body (as pages, where the format has pages) and the texts that stand beside it, by the keys of BESIDE."""

    pages: list[str] = field(default_factory=list)
    beside: dict[str, list[str]] = field(default_factory=dict)
    paged: bool = False

    def aside(self, key: str, text: str) -> None:
        """Add a text beside the body; blank ones are dropped, equal margins kept once."""
        stripped = text.strip("\n")
        texts = self.beside.setdefault(key, [])
        if stripped.strip() and not (key == "margins" and stripped in texts):
            texts.append(stripped)

    def layer(self, extractor: str, complete: Completeness, most: int) -> TextLayer:
        """The layer, its segments and pages; notes name what stands beside the body and where it starts."""
        body = "\f".join(self.pages)
        text = [body]
        at = len(body)
        segments = [Segment(start=0, end=at, role=Role.BODY, language=language_of(body))] if body else []
        for key, role, rule, called in BESIDE:
            texts = self.beside.get(key)
            if not texts:
                continue
            piece = ("\n" if at else "") + "\n".join(texts) + "\n"
            complete.note(rule, f"{len(texts)} {called}; they stand in the text from character {at + (1 if at else 0)}")
            segments.append(Segment(start=at, end=at + len(piece), role=role, language=language_of(piece)))
            text.append(piece)
            at += len(piece)
        whole = "".join(text)
        if len(whole) > most:
            complete.partial("longer than the limit", "text_chars")
            return TextLayer(text=whole[:most], extractor=extractor)
        return TextLayer(
            text=whole, extractor=extractor, pages=self._places() if self.paged else (), segments=tuple(segments)
        )

    def _places(self) -> tuple[Page, ...]:
        found: list[Page] = []
        at = 0
        for number, text in enumerate(self.pages, 1):
            found.append(Page(number=number, start=at, end=at + len(text)))
            at += len(text) + 1
        return tuple(found)
