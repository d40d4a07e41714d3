"""RFC 9162 trees against the public vectors, the standard roots, and themselves."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from leakdesk.publish.merkle import consistent, included, inclusion_proof, leaf_hash, levels_of, root_of
from tests.shared import shared_path

#: The eight inputs and the roots of their prefixes that every Certificate Transparency implementation tests with.
INPUTS = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_standard_roots() -> None:
    leaves = [leaf_hash(data) for data in INPUTS]
    assert [root_of(leaves[:size]).hex() for size in range(1, 9)] == ROOTS
    assert levels_of(leaves)[-1][0].hex() == ROOTS[-1]


def test_every_leaf_of_every_small_tree_is_proved_and_no_other_place() -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(64)]
    for size in range(1, 65, 3):
        root = root_of(leaves[:size])
        for index in range(size):
            proof = inclusion_proof(leaves[:size], index)
            assert included(leaves[index], index, size, proof, root)
            assert not included(leaves[index], (index + 1) % size, size, proof, root) or size == 1
            assert not included(leaves[index], index, size, [*proof, root], root)


def _vectors(kind: str) -> list[dict[str, Any]]:
    return [
        json.loads(path.read_text()) for path in sorted(Path(shared_path(f"vectors/merkle/{kind}")).rglob("*.json"))
    ]


def _decoded(value: str | None) -> bytes:
    return base64.b64decode(value or "")


@pytest.mark.real
def test_98_public_inclusion_vectors() -> None:
    vectors = _vectors("inclusion")
    wrong = [
        each["desc"]
        for each in vectors
        if included(
            _decoded(each["leafHash"]),
            each["leafIdx"],
            each["treeSize"],
            [_decoded(h) for h in each["proof"] or []],
            _decoded(each["root"]),
        )
        is each["wantErr"]
    ]
    assert len(vectors) == 98
    assert wrong == []


@pytest.mark.real
def test_98_public_consistency_vectors() -> None:
    vectors = _vectors("consistency")
    wrong = [
        each["desc"]
        for each in vectors
        if consistent(
            each["size1"],
            each["size2"],
            _decoded(each["root1"]),
            _decoded(each["root2"]),
            [_decoded(h) for h in each["proof"] or []],
        )
        is each["wantErr"]
    ]
    assert len(vectors) == 98
    assert wrong == []


def test_a_tree_that_is_not_perfect_is_refused() -> None:
    with pytest.raises(ValueError, match="power of two"):
        levels_of([leaf_hash(b"a")] * 3)
