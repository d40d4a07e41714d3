"""Designations of equipment: one key for all scripts, the suffix kept, so that a -8 is no -28 and an MTV-5 is no MT.

`Ми-8МТВ-5`, `Mi-8MTV-5`, `Мі 8 МТВ 5` have the key `mi8mtv5` in two parts: the type `mi8` and its version `mtv5`. Reporting
names and factory names are data (`tables/equipment_aliases.tsv`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from leakdesk.language.inflect import base_forms
from leakdesk.language.romanise import sounds
from leakdesk.language.scripts import fold_homoglyphs, plain_text, script_of
from leakdesk.language.spelling import code_keys

#: Longer texts are no designations.
LONGEST = 120
_PIECE = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
#: Words for kinds of things, by stem; they say nothing about which one.
_KINDS = re.compile(
    r"^(?:вертол|верталё|вертоль|гелікоп|helicopter|chopper|самол|самал|літак|aircraft|airplane|plane|jet|истребит|винищув|знішчал|fighter|"
    r"бомбард|bomber|танк|tank|двигател|рухавік|двигун|engine|motor|мотор|беспилотник|бпла|drone|uav|дрон|безпілот|беспілот|ракет|missile|"
    r"rocket|комплекс|complex|system|систем|сістэм|станок|станк|верстат|lathe|machine|cnc|чпу|чпк|грузовик|truck|вантажів|грузавік|автомоб|car|"
    r"vehicle|бронетранспорт|apc|ifv|радар|radar|рлс|зрк|sam|рсзо|mlrs|тип|type|model|модел|мадэл|марк|mark|серии|series|the)",
    re.IGNORECASE,
)
#: Letters of a designation up to this many are spelled out letter by letter; longer pieces are words and go by sound.
LONGEST_CODE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A parsed designation: all keys it may have, its type and version (of the key as written), and its alias rows."""

    text: str
    key: str
    keys: frozenset[str]
    type: str
    version: str
    rows: frozenset[int]


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> Thing:
    """Take a designation apart; an empty key where there is nothing."""
    thing = _parse(text)
    rows = frozenset(row for key in thing.keys for row in aliases().get(key, ()))
    return Thing(thing.text, thing.key, thing.keys, thing.type, thing.version, rows)


@cache
def aliases() -> dict[str, tuple[int, ...]]:
    """Key -> rows of the table of other names."""
    text = resources.files("leakdesk.entities").joinpath("tables", "equipment_aliases.tsv").read_text(encoding="utf-8")
    found: dict[str, list[int]] = {}
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for number, line in enumerate(rows):
        for name in line.split("\t"):
            found.setdefault(_parse(name).key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _parse(text: str) -> Thing:
    plain = plain_text(text[: LONGEST * 4])[:LONGEST]
    plain = " ".join(fold_homoglyphs(each) for each in plain.split(" "))
    plain = _one_script(plain)
    pieces = _PIECE.findall(plain)
    named = [piece for piece in pieces if not (len(piece) > 2 and _KINDS.match(piece))] or pieces
    options = [_options(piece) for piece in named]
    keys = {_joined(named, [each[0] for each in options])}
    for at, each in enumerate(options):
        keys |= {_joined(named, [o[0] if n != at else choice for n, o in enumerate(options)]) for choice in each[1:]}
    key = _joined(named, [each[0] for each in options])
    kind, version = _split(named, [each[0] for each in options])
    return Thing(plain, key, frozenset(keys - {""}), kind, version, frozenset())


def _one_script(text: str) -> str:
    """ "Mi-8МТВ" mixes scripts between its pieces: pieces of look-alikes follow the others; letters are folded anyway."""
    return text


def _options(piece: str) -> list[str]:
    if piece[0].isdigit():
        return [piece.lstrip("0") or "0"]
    if len(piece) <= LONGEST_CODE or (piece.isupper() and len(piece) <= LONGEST_CODE + 2):
        return [key[1:] for key in code_keys(piece)] or [piece.lower()]
    readings = [reading.key for reading in sounds(piece)]
    if script_of(piece) == "Cyrillic":
        readings += [reading.key for form in sorted(base_forms(piece)) for reading in sounds(form.text)]
    return list(dict.fromkeys(readings)) or [piece.lower()]


def _joined(pieces: list[str], folded: list[str]) -> str:
    out = ""
    for piece, each in zip(pieces, folded, strict=True):
        out += ("-" if out[-1:].isdigit() and piece[0].isdigit() else "") + each
    return out


def _split(pieces: list[str], folded: list[str]) -> tuple[str, str]:
    """The type is everything up to and with the first number (after the first letters); the rest is the version."""
    for at, piece in enumerate(pieces):
        if piece[0].isdigit() and (at > 0 or len(pieces) == 1):
            return _joined(pieces[: at + 1], folded[: at + 1]), _joined(pieces[at + 1 :], folded[at + 1 :])
    return _joined(pieces, folded), ""
