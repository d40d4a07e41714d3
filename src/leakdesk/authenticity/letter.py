"""Everything about one letter that needs no key and no other letter: the only step that sees its bytes, run in the box."""

from __future__ import annotations

from dataclasses import dataclass, field

from leakdesk.authenticity.arc import ArcFacts, read_arc
from leakdesk.authenticity.headers import HeaderFacts, read_headers_of
from leakdesk.authenticity.sealed import SealedFacts, read_sealed
from leakdesk.authenticity.signatures import SignatureFacts, read_signatures
from leakdesk.documents import mime

#: The form of these facts: a newer one is taken down again.
VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What one letter says. `problem`: why nothing could be taken down."""

    version: str = VERSION
    signatures: tuple[SignatureFacts, ...] = ()
    arc: ArcFacts = field(default_factory=ArcFacts)
    headers: HeaderFacts = field(default_factory=HeaderFacts)
    sealed: tuple[SealedFacts, ...] = ()
    problem: str = ""


def look(data: bytes) -> LetterFacts:
    """Take down one letter. Never raises."""
    whole = mime.cut(data)
    return LetterFacts(
        signatures=read_signatures(data),
        arc=read_arc(data),
        headers=read_headers_of(data, whole),
        sealed=read_sealed(data, whole),
    )
