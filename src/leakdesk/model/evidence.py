"""What was received, where each thing was seen, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Literal

from leakdesk.model.document import State
from leakdesk.model.ids import sha256_hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """Sealed bytes (the Berkeley Protocol's evidentiary copy), once per content."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A place where bytes were seen: one item of the ledger.

    `location` has one step per container (see docs/formats.md); `parent` is the item id of the container, "" at the top;
    `sha256` is None for a member that its container names but that could not be opened.
    """

    id: str
    parent: str
    location: tuple[str, ...]
    sha256: str | None
    media_type: str
    state: State
    stage: str = ""
    reason: str = ""
    limit: str = ""


CustodyVerb = Literal[
    "received",
    "sealed",
    "parsed",
    "exported",
    "redacted",
    "packed",
    "judged",
    "accepted",
    "rejected",
    "edited",
    "graded",
    "noted",
    "tagged",
    "viewed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEvent:
    """One line of the custody log: who (a role, never a name), did what, to what, on which day, with hashes in and out.

    `previous` is the hash of the line before, so that a deleted or edited line is found.
    """

    number: int
    day: str
    actor: str
    verb: CustodyVerb
    object_id: str
    hash_in: str
    hash_out: str
    tool: str
    note: str
    previous: str

    def hash(self) -> str:
        """SHA-256 over the canonical JSON of the line."""
        words = (
            self.day,
            self.actor,
            self.verb,
            self.object_id,
            self.hash_in,
            self.hash_out,
            self.tool,
            self.note,
            self.previous,
        )
        return line_hash(self.number, words)


def line_hash(number: int, words: tuple[str, ...]) -> str:
    """The hash of a line of the custody log: its number, and its other values in the order of `CustodyEvent`."""
    # What json.dumps writes, without the encoder that it builds for each of two lines a letter.
    return sha256_hex(f"[{number},{','.join(map(encode_basestring, words))}]".encode())
