"""C2: whoever holds all originals and no keys learns nothing from a pack but what it shows."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter, defaultdict

import pytest

from leakdesk.publish.seal import SealedTree, header_fields
from tests.publish.house import LETTER, good_pack, head, key_of, letter

_KINDS = ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s")


def _guesses() -> set[bytes]:
    """Everything the owner of the originals can hash: files, parts, fields, lines, tokens, prefixes of leaves."""
    document = letter()
    fields = [f"{each.name}: {each.value}" for each in header_fields(head())] + [
        each.value for each in header_fields(head())
    ]
    lines = [*LETTER.splitlines(), *LETTER.splitlines(keepends=True)]
    tokens = [*LETTER.split(), *(word + " " for word in LETTER.split()), *(word + "\n\n" for word in LETTER.split())]
    texts = [
        LETTER,
        LETTER.replace("\n", "\r\n"),
        LETTER.strip(),
        *fields,
        *lines,
        *tokens,
        document.document,
        "<77aa@plant.example>",
    ]
    raw = {text.encode() for text in texts} | {b"invoice.pdf", b""}
    typed = {
        kind + each
        for each in raw
        for kind in (b"W", b"F", b"A", b"X", b"D", b"\x00W", b"\x00", b"\x00" + bytes(16) + b"W")
    }
    return raw | typed


def test_no_hash_in_a_pack_is_a_hash_of_anything_the_owner_has() -> None:
    every = {hashlib.new(kind, guess).hexdigest() for guess in _guesses() for kind in _KINDS}
    pack = b"\n".join(good_pack().files.values()).decode("utf-8", "replace")
    found = re.findall(r"[0-9a-f]{32,}", pack)
    assert len(found) > 40
    assert [value for value in found if value in every] == []
    assert letter().layer.sha256 not in pack
    assert letter().document not in pack
    assert "77aa@" not in pack


def _hidden() -> tuple[list[bytes], list[bytes]]:
    """Closed leaves of the pack, and the salts that are open."""
    leaves = json.loads(good_pack().files["documents/1.json"])["leaves"]
    closed = [bytes.fromhex(leaf[2]) for leaf in leaves if leaf[0] == "hide" and leaf[1] == 0]
    return closed, [bytes.fromhex(leaf[1]) for leaf in leaves if leaf[0] != "hide"]


def _dictionary(count: int) -> list[bytes]:
    chance = random.Random(7)
    first = ["Volha", "Olga", "Ольга", "Ольгу", "Anna", "Iryna", "Сергей", "Ivan"]
    names = {f"{chance.choice(first)} {chance.randrange(count)} " for _ in range(count)}
    return [word.encode() for word in ("Ольгу ", "Кравец, ", "Кравец,", "+375 ", *sorted(names))][:count]


def _dictionary_hits(count: int) -> int:
    closed, salts = _hidden()
    assert len(closed) >= 2
    targets, some = set(closed), [b"", bytes(16), *salts[:4]]
    return sum(
        hashlib.sha256(b"\x00" + salt + b"W" + word).digest() in targets for word in _dictionary(count) for salt in some
    )


def test_a_dictionary_of_names_opens_no_hidden_leaf() -> None:
    assert _dictionary_hits(20_000) == 0


@pytest.mark.slow
def test_a_dictionary_of_a_million_names_opens_no_hidden_leaf() -> None:
    assert _dictionary_hits(1_000_000) == 0


def _run_length(tree: SealedTree, first: int, words: int) -> int:
    """Hidden leaves between the shown words before and after a mask of so many words: what a guesser sees."""
    return tree.word_leaf(first + words) - tree.word_leaf(first - 1) - 1


def _law() -> dict[int, int]:
    """For each number of hidden leaves the likeliest number of words, by the published decoy law, words 1-3 equally likely."""
    chances: dict[int, Counter[int]] = defaultdict(Counter)
    for words in (1, 2, 3):
        sums: Counter[int] = Counter({0: 1})
        for _ in range(words + 1):  # the decoys of the word before the mask stay closed too
            sums = Counter({total + more: 0 for total in sums for more in range(4)}) + sum(
                (Counter({total + more: times}) for total, times in sums.items() for more in range(4)), Counter[int]()
            )
        for total, times in sums.items():
            chances[words + total][words] += times * 4 ** (3 - words)
    return {leaves: min(counts, key=lambda words: (-counts[words], words)) for leaves, counts in chances.items()}


def test_the_number_of_hidden_words_is_guessed_at_most_three_times_in_four() -> None:
    chance, law, right = random.Random(11), _law(), 0
    for number in range(1000):
        words = chance.randint(1, 3)
        tree = SealedTree("one two three four five six seven eight", (), (), key_of(f"run {number}"))
        right += law[_run_length(tree, chance.randint(1, 4), words)] == words
    assert 400 < right <= 750
