"""Everything about one letter that needs no key and no other letter: the only step that sees its bytes, run in the box."""

from __future__ import annotations

from dataclasses import dataclass, field

from leakdesk.authenticity.arc import ArcFacts, read_arc
from leakdesk.authenticity.headers import HeaderFacts, read_headers_of
from leakdesk.authenticity.seal_facts import SealedFacts
from leakdesk.authenticity.sealed import read_sealed
from leakdesk.authenticity.signatures import SignatureFacts, read_signatures
from leakdesk.documents import mime

#: The form of these facts: a newer one is taken down again.
VERSION = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What one letter says. `problem`: why nothing could be taken down."""

    version: str = VERSION
    signatures: tuple[SignatureFacts, ...] = ()
    arc: ArcFacts = field(default_factory=ArcFacts)
    headers: HeaderFacts = field(default_factory=HeaderFacts)
    sealed: tuple[SealedFacts, ...] = ()
    problem: str = ""


#: How an Outlook .msg file begins; its letter is read from our rebuild, whose signatures cannot be checked.
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")


def _rebuilt(data: bytes) -> bytes:
    from leakdesk.documents import mapi, outlook_message

    item = outlook_message.parse(data)
    return b"" if isinstance(item, str) else mapi.rebuild(item)


def look(data: bytes) -> LetterFacts:
    """Take down one letter. Never raises."""
    if data.startswith(_COMPOUND):
        data = _rebuilt(data)
    whole = mime.cut(data)
    return LetterFacts(
        signatures=read_signatures(data),
        arc=read_arc(data),
        headers=read_headers_of(data, whole),
        sealed=read_sealed(data, whole),
    )
