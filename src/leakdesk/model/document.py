"""Document, TextLayer, Segment, Page; and Extract, what a reader makes of some bytes.

A text layer is the exact string that all offsets count in. It is never edited, only superseded by a later one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from leakdesk.model.anchor import Rect
from leakdesk.model.ids import text_sha256

Language = Literal["ru", "be", "uk", "en", "und"]
"""Languages that are read; "und" is undetermined or any other."""


class Role(StrEnum):
    """What a zone of a text layer is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATELINE = "dateline"
    CREDIT = "credit"
    CAPTION = "caption"
    LABEL = "label"
    BODY = "body"
    QUOTED = "quoted"
    SIGNATURE = "signature"
    HEADER = "header"
    BOILERPLATE = "boilerplate"


#: Roles whose text yields claims and contents of attributions in reports; letters leave out `quoted` (older mail).
SPEAKING_ROLES = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTED})


class Kind(StrEnum):
    """What a document is, as `list` prints it."""

    MESSAGE = "message"
    DOCUMENT = "document"
    REPORT = "report"
    CONTAINER = "container"
    IMAGE = "image"
    TABLE = "table"


class State(StrEnum):
    """The ledger's three buckets; there is no other."""

    READ = "read"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A zone of a text layer: code points [start, end), its role and language."""

    start: int
    end: int
    role: Role
    language: Language = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a text layer: 1-based number and its code points."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
    """The exact string offsets count in, its hash, and the reader (name and version) that made it.

    Segments, where there are any, cover the text in order without gaps or overlaps (checked at birth).
    """

    text: str
    extractor: str
    pages: tuple[Page, ...] = ()
    segments: tuple[Segment, ...] = ()
    sha256: str = field(default="")

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", text_sha256(self.text))
        if self.segments:
            check_cover(self.segments, len(self.text))


def check_cover(segments: tuple[Segment, ...], length: int) -> None:
    """Raise ValueError unless the segments cover [0, length) without gaps or overlaps."""
    at = 0
    for segment in segments:
        if segment.start != at or segment.end < segment.start:
            raise ValueError(f"segments leave a gap or overlap at {at}")
        at = segment.end
    if at != length:
        raise ValueError(f"segments end at {at}, the text at {length}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAddress:
    """A name and an address as written in a header; either may be empty."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHead:
    """What the header of a message says. `date` is ISO 8601 with the message's own offset, or without one where the
    zone is unknown; `date_utc` sorts (null where there is no readable date)."""

    subject: str | None = None
    sender: tuple[MailAddress, ...] = ()
    to: tuple[MailAddress, ...] = ()
    cc: tuple[MailAddress, ...] = ()
    bcc: tuple[MailAddress, ...] = ()
    date: str | None = None
    date_utc: str | None = None
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something about an item that a person should see: a rule id, and a sentence without text of the document."""

    rule: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something found inside other bytes: an attachment, an archive member, an attached message, an embedded file.

    `data` is None where the container names it but it could not be opened; then `reason` says why. `name_bytes` holds
    the stored name where it was not valid text. `inline` parts are shown inside the body but are items all the same.
    """

    name: str
    data: bytes | None
    media_type: str = ""
    name_bytes: bytes | None = None
    inline: bool = False
    state: State = State.READ
    reason: str = ""
    limit: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordBox:
    """Where a word stands on its page: code points [start, end) of the layer, the box in points from the top left corner
    (pixels for pictures), and how sure the recognition is (0 to 100; 100 where the file itself places the word)."""

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


def side_by_side(one: Rect | WordBox, other: WordBox) -> bool:
    """Do two boxes stand in one line of a page: overlapping by half of the smaller height?"""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.bottom - one.top, other.bottom - other.top)
    return one.page == other.page and shared * 2 >= smaller


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What a reader makes of some bytes: a text layer (or none), the parts found inside, and how complete that is.

    Readers never recurse: the pipeline reads each part in its own turn.
    """

    kind: Kind
    schema: str
    media_type: str
    layer: TextLayer | None = None
    title: str | None = None
    head: MessageHead | None = None
    created: str | None = None
    modified: str | None = None
    languages: tuple[Language, ...] = ()
    parts: tuple[Part, ...] = ()
    state: State = State.READ
    stage: str = ""
    reason: str = ""
    limit: str = ""
    notes: tuple[Note, ...] = ()
    #: Where words stand on their pages, recognised ones and those that a PDF places.
    boxes: tuple[WordBox, ...] = ()
