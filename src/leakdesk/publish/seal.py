"""The sealed tree: a commitment to every word of a text that can later be opened word by word.

A document's leaves are, in order: its header fields, the digests of its attachments, its words. Each is followed by 0-3
decoys (their number comes from the document key), and the whole is filled up to a power of two. Every
leaf is SHA-256(00 | salt16 | type | data) with its own salt, HMAC(document key, index): without the key, neither a
word nor the number of words can be guessed from the hashes. The documents' roots are leaves of the case tree,
likewise salted, filled up and put into an order that only the case key knows. docs/formats.md is the specification;
nothing here is needed to verify.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from leakdesk.language.canonical import Word, words_of
from leakdesk.model.document import MessageHead
from leakdesk.publish.merkle import levels_of

KEY_SIZE = 32
SALT_SIZE = 16
#: No document tree has fewer than 2**6 leaves and no case tree fewer than 2**10: small numbers are what padding
#: hides worst.
MIN_DEPTH = 6
MIN_CASE_DEPTH = 10

WORD, FIELD, ATTACHMENT, DECOY, DOCUMENT = b"W", b"F", b"A", b"X", b"D"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDocument:
    """What is stored of a sealed text beside its key: the tree's root, its depth (2**depth leaves), and the
    commitment, which is the document's leaf in the case tree. All three are recomputed before anything is published."""

    root: bytes
    depth: int
    commitment: bytes


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A header field as it is sealed: a name from `header_fields` and a value."""

    name: str
    value: str


class SealedTree:
    """A document's whole tree, grown again from the text and the key; lives only while a pack is made."""

    def __init__(self, text: str, fields: Sequence[HeaderField], attachments: Sequence[str], key: bytes) -> None:
        self.fields = tuple(fields)
        self.words = words_of(text)
        self.payloads = list(_units(self.fields, attachments, self.words))
        self._salter = _Salter(key)
        self.unit_leaf, hashes, self._decoy_flags = _leaves(self.payloads, self._salter)
        self.levels = _padded_levels(hashes, self._salter)
        self._first_word = len(self.fields) + len(attachments)

    @property
    def sealed(self) -> SealedDocument:
        """Root, depth and commitment."""
        root, depth = self.levels[-1][0], len(self.levels) - 1
        return SealedDocument(root=root, depth=depth, commitment=commitment_of(root, depth, self.commitment_salt))

    @property
    def commitment_salt(self) -> bytes:
        """Salt of the document's leaf in the case tree."""
        return self._salter.commitment_salt()

    def salt(self, leaf: int) -> bytes:
        """Salt of a leaf."""
        return self._salter.salt(leaf)

    def field_leaf(self, number: int) -> int:
        """Leaf index of header field `number`."""
        return self.unit_leaf[number]

    def word_leaf(self, number: int) -> int:
        """Leaf index of word `number`."""
        return self.unit_leaf[self._first_word + number]

    def decoys_after(self, leaf: int) -> range:
        """Leaf indexes of the decoys that follow this leaf, before the next field, digest or word (or the padding)."""
        at = leaf + 1
        while at < len(self._decoy_flags) and self._decoy_flags[at]:
            at += 1
        return range(leaf + 1, at)


def seal_document(text: str, fields: Sequence[HeaderField], attachments: Sequence[str], key: bytes) -> SealedDocument:
    """Seal one text layer.

    `text`: the text layer. `fields`: from `header_fields(head)`, () for anything but a message. `attachments`:
    SHA-256 of each attachment's bytes as 64 hex digits, in the order of the message. `key`: 32 random bytes made for
    this text layer alone, kept in the case and nowhere else. Store the result beside the key. Raises ValueError for
    a key of another length.
    """
    return SealedTree(text, fields, attachments, key).sealed


def header_fields(head: MessageHead | None) -> tuple[HeaderField, ...]:
    """The header of a message as leaves: names and addresses apart, and the day apart from the exact time, so that a
    day or a name can be shown without the rest. () where there is no head."""
    if head is None:
        return ()
    found: list[HeaderField] = []
    for name, people in (("from", head.sender), ("to", head.to), ("cc", head.cc), ("bcc", head.bcc)):
        for person in people:
            found.append(HeaderField(f"{name}-name", person.name))
            found.append(HeaderField(f"{name}-address", person.address))
    found.append(HeaderField("day", (head.date or "")[:10]))
    found.append(HeaderField("date", head.date or ""))
    found.append(HeaderField("subject", head.subject or ""))
    return tuple(found)


def commitment_salt(key: bytes) -> bytes:
    """Salt of a document's leaf in the case tree."""
    return _Salter(key).commitment_salt()


def commitment_of(root: bytes, depth: int, salt: bytes) -> bytes:
    """A document's leaf in the case tree."""
    return hashlib.sha256(b"\x00" + salt + DOCUMENT + root + bytes([depth])).digest()


class CaseTree:
    """The case's commitments, filled up and shuffled: the root that is signed, and each document's way to it."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = levels_of(leaves)
        self._index = {leaf: number for number, leaf in enumerate(leaves)}
        self.root, self.depth = self._levels[-1][0], len(self._levels) - 1

    def proof(self, commitment: bytes) -> tuple[int, list[bytes]]:
        """Leaf index and inclusion path of a document. Raises KeyError if it was not sealed in this case."""
        index = self._index[commitment]
        return index, [level[(index >> up) ^ 1] for up, level in enumerate(self._levels[:-1])]


def case_tree(commitments: Iterable[bytes], case_key: bytes) -> CaseTree:
    """The tree over all sealed documents of a case. `case_key`: 32 random bytes, made once a case and kept in it.

    Decoys fill it up to a power of two; the order is by HMAC(key of this set, leaf), so that neither the number of
    documents nor the order of their arrival shows, and the order tells nothing when a later pack of the same case
    appears.
    """
    own = sorted(set(commitments))
    depth = max(MIN_CASE_DEPTH, (len(own) - 1).bit_length()) if own else MIN_CASE_DEPTH
    salter = _Salter(_Salter(case_key).derive(b"case" + hashlib.sha256(b"".join(own)).digest()))
    decoys = [_leaf(salter.salt(number), DECOY) for number in range((1 << depth) - len(own))]
    return CaseTree(sorted([*own, *decoys], key=lambda leaf: salter.derive(b"order" + leaf)))


def field_data(name: str, value: str) -> bytes:
    """A header field's data: name, NUL, value."""
    return name.encode() + b"\x00" + value.encode()


#: A unit and its decoys, as flags "is a decoy".
_FLAGS = tuple(bytes([0, *[1] * decoys]) for decoys in range(4))


def _units(fields: Sequence[HeaderField], attachments: Sequence[str], words: Sequence[Word]) -> Iterator[bytes]:
    for field in fields:
        yield FIELD + field_data(field.name, field.value)
    for digest in attachments:
        yield ATTACHMENT + bytes.fromhex(digest)
    for word in words:
        yield WORD + word.text.encode()


def _leaf(salt: bytes, payload: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + salt + payload).digest()


def _leaves(payloads: Sequence[bytes], salter: _Salter) -> tuple[list[int], list[bytes], bytearray]:
    """Leaf index of each unit, the hashes of all leaves, and which leaves are decoys."""
    positions: list[int] = []
    hashes: list[bytes] = []
    decoy = bytearray()
    sha, salt, at = hashlib.sha256, salter.salt, 0
    for payload, decoys in zip(payloads, salter.decoy_counts(len(payloads)), strict=True):
        positions.append(at)
        hashes.append(sha(b"\x00" + salt(at) + payload).digest())
        hashes.extend([sha(b"\x00" + salt(index) + DECOY).digest() for index in range(at + 1, at + 1 + decoys)])
        decoy += _FLAGS[decoys]
        at += 1 + decoys
    return positions, hashes, decoy


def _padded_levels(leaves: list[bytes], salter: _Salter) -> list[list[bytes]]:
    """All levels of the tree, leaves first. What is missing to a power of two is made of closed nodes, as large as they can
    be: hashes without content that only the key can tell from others. Levels end where only such nodes would follow."""
    sha = hashlib.sha256
    level, levels = leaves, list[list[bytes]]()
    while len(level) > 1 or len(levels) < MIN_DEPTH:
        if len(level) % 2 or not level:
            level.append(salter.derive(b"closed" + bytes([len(levels)]) + len(level).to_bytes(8, "big")))
            if len(level) == 1:
                level.append(salter.derive(b"closed" + bytes([len(levels)]) + (1).to_bytes(8, "big")))
        levels.append(level)
        level = [sha(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level), 2)]
    levels.append(level)
    return levels


class _Salter:
    """HMAC-SHA256 under one key, with the padded key hashed once (copying a hash state is cheaper than a new HMAC)."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_SIZE:
            raise ValueError(f"a key has {KEY_SIZE} bytes, not {len(key)}")
        block = key.ljust(64, b"\x00")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def derive(self, message: bytes) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()

    def salt(self, index: int) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(index.to_bytes(8, "big"))
        outer.update(inner.digest())
        return outer.digest()[:SALT_SIZE]

    def commitment_salt(self) -> bytes:
        return self.derive(b"commitment")[:SALT_SIZE]

    def decoy_counts(self, units: int) -> Iterator[int]:
        """0 to 3 for each unit, two bits of HMAC(key, "decoys" | block number) at a time, lowest bits first."""
        for block in range((units + 127) // 128):
            bits = int.from_bytes(self.derive(b"decoys" + block.to_bytes(8, "big")), "little")
            for _ in range(min(128, units - block * 128)):
                yield bits & 3
                bits >>= 2
