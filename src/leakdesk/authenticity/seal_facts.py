"""The nouns of signatures around parts of a letter (S/MIME, OpenPGP): what was read of one, and what is its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["S/MIME", "OpenPGP"]
SealedState = Literal["verifies", "signature_differs", "no_key", "malformed", "needs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFacts:
    """A signature around a part. `signer`: an address or key id that the signature names, "" where it names none; `hash`: the
    name of its hash; `made`: seconds since 1970, where it says so; `start`, `end`: bytes of the message.

    `digest`: what the signer's key was applied to, computed from the part. S/MIME: `content_same`: the digest said inside is that
    of the part; `signer_id`: issuer and serial number of the signer's certificate. OpenPGP: `algorithm`: the number of its kind
    of key; `numbers`: the numbers of the signature. All bytes in hexadecimal."""

    kind: Kind
    signer: str = ""
    hash: str = ""
    content_same: bool = False
    signature: str = ""
    signer_id: str = ""
    algorithm: int = 0
    digest: str = ""
    numbers: tuple[str, ...] = ()
    made: int | None = None
    problem: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedChecked:
    """Its state; `needs` names what is missing."""

    kind: Kind
    state: SealedState
    signer: str
    needs: str
    place: tuple[int, int]
