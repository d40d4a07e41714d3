"""Ways to make a bad pack from a good one, each from a seed. Those that sign again show that the tree itself holds."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from leakdesk.publish.merkle import node_hash
from leakdesk.publish.pack import canonical_json
from leakdesk.publish.signing import SigningKey
from leakdesk.publish.timestamps import request_for
from tests.publish.house import key_of

Files = dict[str, bytes]


def signed_again(files: Files) -> Files:
    """The files with digests, signature and time-stamp request made anew: all that a forger can do."""
    root = json.loads(files["root.json"])
    listed = {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if not name.startswith("root.json")
    }
    record = canonical_json({**root, "files": listed})
    return {
        **files,
        "root.json": record,
        "root.json.sig": SigningKey(secret=key_of("signing")).sign(record),
        "root.json.tsq": request_for(record),
    }


def flipped_bit(files: Files, chance: random.Random) -> Files:
    """One bit of one file changed."""
    name = chance.choice(sorted(files))
    data = bytearray(files[name])
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return {**files, name: bytes(data)}


def cut_or_grown(files: Files, chance: random.Random) -> Files:
    """One file shorter or longer."""
    name = chance.choice(sorted(files))
    data = files[name]
    at = chance.randrange(len(data))
    return {
        **files,
        name: data[:at] if chance.random() < 0.5 else data[:at] + bytes([chance.randrange(256)]) + data[at:],
    }


def missing_or_added(files: Files, chance: random.Random) -> Files:
    """One file gone, doubled under another name, or exchanged with another."""
    names = sorted(set(files) - {"root.json.tsq"})
    one, other = chance.sample(names, 2)
    kind = chance.randrange(3)
    if kind == 0:
        return {name: data for name, data in files.items() if name != one}
    if kind == 1:
        return {**files, f"documents/{chance.randint(4, 99)}.json": files[one]}
    return {**files, one: files[other], other: files[one]}


def _document(files: Files, chance: random.Random) -> tuple[str, dict[str, Any]]:
    name = chance.choice(sorted(name for name in files if name.startswith("documents/")))
    return name, json.loads(files[name])


def _findings(files: Files) -> dict[str, Any]:
    return json.loads(files["findings.json"])


def swapped_words(files: Files, chance: random.Random) -> Files:
    """Two shown words in each other's place, in the document and in the finding alike."""
    name, record = _document(files, chance)
    words = [at for at, leaf in enumerate(record["leaves"]) if leaf[0] == "word"]
    pairs = [(a, b) for a, b in pairwise(words) if record["leaves"][a] != record["leaves"][b]]
    a, b = chance.choice(pairs)
    record["leaves"][a], record["leaves"][b] = record["leaves"][b], record["leaves"][a]
    return signed_again(_retold({**files, name: canonical_json(record)}))


def changed_word(files: Files, chance: random.Random) -> Files:
    """A shown word changed everywhere it stands."""
    name, record = _document(files, chance)
    leaf = chance.choice([leaf for leaf in record["leaves"] if leaf[0] == "word"])
    leaf[2] = chance.choice(["not ", "never ", "x "]) + leaf[2]
    return signed_again(_retold({**files, name: canonical_json(record)}))


def dropped_word(files: Files, chance: random.Random) -> Files:
    """A shown word turned into an opened decoy, so that it vanishes without a label."""
    name, record = _document(files, chance)
    at = chance.choice([at for at, leaf in enumerate(record["leaves"]) if leaf[0] == "word"])
    record["leaves"][at] = ["decoy", record["leaves"][at][1]]
    return signed_again(_retold({**files, name: canonical_json(record)}))


def hidden_shown(files: Files, chance: random.Random) -> Files:
    """A hidden part shown as a word, or a closed one opened as a decoy."""
    name, record = _document(files, chance)
    at = chance.choice([at for at, leaf in enumerate(record["leaves"]) if leaf[0] == "hide"])
    salt = record["leaves"][at][2][:32]
    record["leaves"][at] = chance.choice([["decoy", salt], ["word", salt, "yes "]])
    return signed_again({**files, name: canonical_json(record)})


def leaf_as_node(files: Files, chance: random.Random) -> Files:
    """A hidden part said to be one level higher or lower than it is."""
    name, record = _document(files, chance)
    leaf = chance.choice([leaf for leaf in record["leaves"] if leaf[0] == "hide"])
    leaf[1] = max(0, leaf[1] + chance.choice([-1, 1]))
    return signed_again({**files, name: canonical_json(record)})


def shallower_tree(files: Files, chance: random.Random) -> Files:
    """All nodes of the lowest level that are whole pairs joined, and the depth said to be one less."""
    name, record = _document(files, chance)
    record["depth"] -= 1
    for leaf in record["leaves"]:
        if leaf[0] == "hide" and leaf[1]:
            leaf[1] -= 1
    return signed_again({**files, name: canonical_json(record)})


def split_hidden(files: Files, chance: random.Random) -> Files:
    """A hidden part exchanged for two that give another node."""
    name, record = _document(files, chance)
    at = chance.choice([at for at, leaf in enumerate(record["leaves"]) if leaf[0] == "hide" and leaf[1]])
    _, level, digest = record["leaves"][at]
    other = node_hash(bytes.fromhex(digest), bytes(32)).hex()
    record["leaves"][at : at + 1] = [["hide", level - 1, digest], ["hide", level - 1, other]]
    return signed_again({**files, name: canonical_json(record)})


def moved_document(files: Files, chance: random.Random) -> Files:
    """A document at another place of the case tree, or under another's path."""
    name, record = _document(files, chance)
    record["index"] ^= 1 << chance.randrange(len(record["path"]))
    return signed_again({**files, name: canonical_json(record)})


def unlabelled_gap(files: Files, chance: random.Random) -> Files:
    """A passage that leaves out its label, or shows one where nothing is hidden."""
    record = _findings(files)
    passage = chance.choice([passage for finding in record["findings"] for passage in finding["passages"]])
    labels = [at for at, part in enumerate(passage["parts"]) if "label" in part]
    if labels:
        del passage["parts"][chance.choice(labels)]
    else:
        first = passage["parts"][0]
        passage["parts"] = [first, {"label": "[masked]"}, {"label": "[masked]"}]
    return signed_again(_retold({**files, "findings.json": canonical_json(record)}, reread=False))


def other_page(files: Files, chance: random.Random) -> Files:
    """A page that quotes something else."""
    page = files["index.html"].decode()
    start = page.index("<blockquote")
    end = page.index("</blockquote>") + len("</blockquote>")
    cut = chance.choice(
        [
            page[:start] + page[end:],
            page[:end] + page[start:end] + page[end:],
            page.replace("</blockquote>", " not</blockquote>", 1),
        ]
    )
    return signed_again({**files, "index.html": cut.encode()})


def _retold(files: Files, *, reread: bool = True) -> Files:
    """Findings told again from the changed documents, as a careful forger would."""
    record = _findings(files)
    for finding in record["findings"]:
        for passage in finding["passages"]:
            leaves = json.loads(files[f"documents/{passage['document']}.json"])["leaves"]
            for part in passage["parts"]:
                if reread and "text" in part:
                    part["text"] = _words_from(leaves, part["first"], len(part["text"].split()))
            passage["text"] = "".join(
                part["text"] if "text" in part else part["label"] + " " for part in passage["parts"]
            ).strip(" \n")
    return {**files, "findings.json": canonical_json(record)}


def _words_from(leaves: list[Any], first: int, count: int) -> str:
    at, words = 0, []
    for leaf in leaves:
        if leaf[0] == "word" and at >= first and len(words) < count:
            words.append(leaf[2])
        at += 2 ** leaf[1] if leaf[0] == "hide" else 1
    return "".join(words)


UNSIGNED: tuple[Callable[[Files, random.Random], Files], ...] = (
    flipped_bit,
    flipped_bit,
    flipped_bit,
    cut_or_grown,
    missing_or_added,
)
SIGNED: tuple[Callable[[Files, random.Random], Files], ...] = (
    swapped_words,
    changed_word,
    dropped_word,
    hidden_shown,
    leaf_as_node,
    shallower_tree,
    split_hidden,
    moved_document,
    unlabelled_gap,
    other_page,
)


def bad_pack(files: Files, seed: int) -> Files:
    """A bad pack that differs from the good one in at least one byte."""
    chance = random.Random(seed)
    while True:
        try:
            made = chance.choice(UNSIGNED + SIGNED)(files, chance)
        except (IndexError, ValueError):
            continue  # this pack has nothing of that kind to change
        if made != files:
            return made
