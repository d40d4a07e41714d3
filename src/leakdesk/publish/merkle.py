"""Merkle trees over SHA-256 as RFC 9162 section 2.1 defines them: roots, inclusion proofs, consistency proofs.

leaf = H(0x00 | data), node = H(0x01 | left | right). Functions take leaf *hashes*; whoever builds a leaf hashes it.
Every hash handed in is checked to be 32 bytes long: a verifier without that check accepts one of the public wrong
vectors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """RFC 9162 leaf hash of `data`."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162 node hash of two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def levels_of(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """All levels of a perfect tree, leaves first, root last. The number of leaves must be a power of two."""
    if not leaves or len(leaves) & (len(leaves) - 1):
        raise ValueError("a perfect tree has a power of two of leaves")
    sha = hashlib.sha256
    level = list(leaves)
    levels = [level]
    while len(level) > 1:
        level = [sha(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level), 2)]
        levels.append(level)
    return levels


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Merkle tree hash of any number of leaf hashes."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return node_hash(root_of(leaves[:split]), root_of(leaves[split:]))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """PATH(index, leaves): the siblings from the leaf upwards."""
    if not 0 <= index < len(leaves):
        raise ValueError("no such leaf")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_proof(leaves[:split], index), root_of(leaves[split:])]
    return [*inclusion_proof(leaves[split:], index - split), root_of(leaves[:split])]


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Is `leaf` number `index` of the tree with `size` leaves and this root? (RFC 9162 section 2.1.3.2)"""
    if not 0 <= index < size or not _all_hashes([leaf, root, *proof]):
        return False
    at, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            value = node_hash(sibling, value)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and value == root


def consistent(size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]) -> bool:
    """Is the tree of `size1` leaves a beginning of the tree of `size2` leaves? (RFC 9162 section 2.1.4.2)"""
    if not 0 < size1 <= size2:
        return False  # nothing follows from the empty tree
    if size1 == size2:
        return not proof and root1 == root2
    if not _all_hashes([root1, root2, *proof]):
        return False
    return _walk_consistency(size1, size2, root1, root2, list(proof))


def _walk_consistency(size1: int, size2: int, root1: bytes, root2: bytes, proof: list[bytes]) -> bool:
    if not proof:
        return False
    if size1 & (size1 - 1) == 0:
        proof = [root1, *proof]
    at, last = size1 - 1, size2 - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old == root1 and new == root2


def _all_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_SIZE for value in values)


def _split(count: int) -> int:
    return 1 << (count - 1).bit_length() - 1
