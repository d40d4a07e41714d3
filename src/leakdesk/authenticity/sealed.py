"""Signatures around parts of a letter, S/MIME and OpenPGP: found in the box, checked afterwards with what was supplied.

What was read is kept (`read_sealed`), so that a certificate or key that comes later is tried without opening a letter again
(`check`). Encrypted letters are the business of `documents`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from leakdesk.authenticity import openpgp, smime
from leakdesk.authenticity.fields import with_crlf
from leakdesk.authenticity.seal_facts import SealedChecked, SealedFacts, SealedState
from leakdesk.documents import mime
from leakdesk.documents.transfer import part_bytes

MOST = 20
_OPAQUE = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


def read_sealed(data: bytes, whole: mime.Cut) -> tuple[SealedFacts, ...]:
    """The S/MIME and OpenPGP signatures of a message. Never raises."""
    found: list[SealedFacts] = []
    stack = [whole.root]
    while stack and len(found) < MOST:
        piece = stack.pop()
        stack.extend(reversed(piece.children))
        found += (replace(facts, start=place[0], end=place[1]) for facts, place in _around(data, piece))
    return tuple(found[:MOST])


def _around(data: bytes, piece: mime.Piece) -> Iterator[tuple[SealedFacts, tuple[int, int]]]:
    """The signatures of one piece, each with the bytes where it stands."""
    if piece.kind == "multipart/signed" and len(piece.children) >= 2:
        content, seal = piece.children[0], piece.children[-1]
        raw = part_bytes(data, seal)[0]
        signed = with_crlf(data[content.start : content.end])
        pgp = b"BEGIN PGP" in raw[:200] or seal.kind == "application/pgp-signature"
        yield (openpgp.read_detached if pgp else smime.read_detached)(raw, signed), (seal.start, seal.end)
    elif piece.kind in _OPAQUE and not piece.children:
        facts = smime.read_opaque(part_bytes(data, piece)[0])
        if facts is not None:
            yield facts, (piece.start, piece.end)
    elif not piece.children and piece.kind.startswith("text/") and _may_be_signed(data, piece):
        text = part_bytes(data, piece)[0]
        if openpgp.SIGNED_MESSAGE in text:
            yield openpgp.read_cleartext(text), (piece.start, piece.end)


def _may_be_signed(data: bytes, piece: mime.Piece) -> bool:
    return piece.encoding == "base64" or data.find(b"PGP SIGNED MESSAGE", piece.body, piece.end) >= 0


def check(facts: SealedFacts, certificates: Sequence[bytes], keys: Sequence[openpgp.PgpKey] = ()) -> SealedChecked:
    """The state of a signature. Never raises."""
    state, needs = _state(facts, certificates, keys)
    return SealedChecked(kind=facts.kind, state=state, signer=facts.signer, needs=needs, place=(facts.start, facts.end))


def _state(
    facts: SealedFacts, certificates: Sequence[bytes], keys: Sequence[openpgp.PgpKey]
) -> tuple[SealedState, str]:
    if facts.problem:
        return "malformed", ""
    return openpgp.state(facts, keys) if facts.kind == "OpenPGP" else smime.state(facts, certificates)
