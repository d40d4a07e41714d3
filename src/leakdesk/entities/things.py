"""Designations of equipment: one key for all scripts, the suffix kept, so that a -8 is no -28 and an MTV-5 is no MT.

`Ми-8МТВ-5`, `Mi-8MTV-5`, `Мі 8 МТВ 5` have the key `mi8mtv5` in two parts: the type `mi8` and its version `mtv5`. Reporting
names and factory names are data (`tables/equipment_aliases.tsv`), and so are the words for kinds of things that stand
beside a designation (`tables/equipment_kinds.txt`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import product

from leakdesk.language.inflect import base_forms
from leakdesk.language.romanise import sounds
from leakdesk.language.scripts import fold_homoglyphs, look_alike, plain_text, script_of
from leakdesk.language.spelling import code_keys

#: Longer texts are no designations.
LONGEST = 120
_PIECE = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
#: Letters of a designation up to this many are spelled out letter by letter; longer pieces are words and go by sound.
LONGEST_CODE = 3
#: A designation with more pieces than this is not searched for a second name inside it.
MOST_PIECES = 8
#: At most this many keys, of all the ways to read the pieces.
MOST_KEYS = 24


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A parsed designation. `keys`: as written and as pronounced; `doubtful`: with letters taken for their twins of the
    other script or read in another language's way; `types` and `version`: the designation in two; `rows`: the rows of the
    table of other names that hold it, `marked`: only as one of several versions, `type_rows`: those that hold its type.
    """

    text: str
    key: str
    keys: frozenset[str]
    doubtful: frozenset[str]
    type: str
    types: frozenset[str]
    version: str
    rows: frozenset[int]
    marked: frozenset[int]
    type_rows: frozenset[int]
    script: str


class _Names:
    """The table of other names: key -> rows; keys that stand for one version only; types met in the table."""

    def __init__(self) -> None:
        self.rows: dict[str, set[int]] = {}
        self.marked: dict[str, set[int]] = {}
        self.types: set[str] = set()


@cache
def _names() -> _Names:
    found = _Names()
    for number, line in enumerate(_lines("equipment_aliases.tsv")):
        for cell in line.split("\t"):
            pieces = _pieces(cell.removeprefix("="))
            key, (kind, _) = _joined(pieces, _first(pieces)), _split(pieces, _first(pieces))
            found.rows.setdefault(key, set()).add(number)
            found.types.add(kind)
            if cell.startswith("="):
                found.marked.setdefault(key, set()).add(number)
    return found


@cache
def _kinds() -> tuple[frozenset[str], re.Pattern[str]]:
    words = [word for line in _lines("equipment_kinds.txt") for word in line.split()]
    whole = frozenset(word.rstrip(".") for word in words if word.endswith("."))
    return whole, re.compile("|".join(re.escape(word) for word in words if not word.endswith(".")), re.IGNORECASE)


def _lines(name: str) -> list[str]:
    text = resources.files("leakdesk.entities").joinpath("tables", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> Thing:
    """Take a designation apart; an empty key where there is nothing."""
    plain = plain_text(text[: LONGEST * 4])[:LONGEST]
    plain = " ".join(fold_homoglyphs(each) for each in plain.split(" "))
    pieces = _without_second_name(_pieces(plain))
    options = [_options(piece) for piece in pieces]
    key = _joined(pieces, _first(pieces))
    keys = frozenset(_joined(pieces, each) for each in _ways(options)) - {""}
    twins = [[*each, *_twins(piece)] for piece, each in zip(pieces, options, strict=True)]
    doubtful = frozenset(_joined(pieces, each) for each in _ways(twins)) - keys - {""}
    kind, version = _split(pieces, _first(pieces))
    types = frozenset(_split(pieces, each)[0] for each in _ways(options)) - {""}
    names = _names()
    return Thing(
        text=plain,
        key=key,
        keys=keys,
        doubtful=doubtful,
        type=kind,
        types=types,
        version=version,
        rows=_rows(names.rows, keys),
        marked=_rows(names.marked, keys),
        type_rows=_rows(names.rows, types) if version else frozenset(),
        script="Cyrillic" if any(script_of(piece) == "Cyrillic" for piece in pieces) else "Latin",
    )


def is_listed(key: str) -> bool:
    """Whether the table of other names knows a designation or its type."""
    names = _names()
    return key in names.rows or key in names.types


def _rows(table: dict[str, set[int]], keys: frozenset[str]) -> frozenset[int]:
    return frozenset(row for key in keys for row in table.get(key, ()))


def _pieces(plain: str) -> list[str]:
    """The runs of letters and of digits, without words for kinds of things (unless nothing else is left)."""
    pieces = _PIECE.findall(plain)
    return [piece for piece in pieces if not _is_kind(piece)] or pieces


def _is_kind(piece: str) -> bool:
    whole, stems = _kinds()
    lower = piece.lower()
    return lower in whole or (len(piece) > LONGEST_CODE and stems.match(lower) is not None and not piece.isupper())


def _without_second_name(pieces: list[str]) -> list[str]:
    """ "SA-11 Gadfly", "Mi-24P Hind": the same thing named twice is named once, by its designation where it has one."""
    if not 1 < len(pieces) <= MOST_PIECES:
        return pieces
    spans = [(a, b) for a in range(len(pieces)) for b in range(a + 1, len(pieces) + 1) if b - a < len(pieces)]
    spans.sort(key=lambda span: (any(piece[0].isdigit() for piece in pieces[span[0] : span[1]]), span[0] - span[1]))
    rows = _names().rows
    for a, b in spans:
        named, rest = pieces[a:b], [*pieces[:a], *pieces[b:]]
        mine = rows.get(_joined(named, _first(named)))
        if not mine or not any(len(piece) > 1 for piece in named) or named[0][0].isdigit():
            continue
        folded = _first(rest)
        whole, kind = rows.get(_joined(rest, folded), set[int]()), rows.get(_split(rest, folded)[0], set[int]())
        if mine & (whole | kind):
            return rest
    return pieces


#: Endings of the plural, cut so that a word meets its table form; `base_forms` undoes those of the singular.
_PLURAL = re.compile(r"(?:ами|ямі|амі|ями|ах|ях|ам|ям|ов|аў|ів|ев|ы|и|і)$")


@lru_cache(maxsize=1 << 14)
def _options(piece: str) -> tuple[str, ...]:
    """How a piece may be read, the likeliest first."""
    if piece[0].isdigit():
        return (piece.lstrip("0") or "0",)
    if len(piece) <= LONGEST_CODE or (piece.isupper() and len(piece) <= LONGEST_CODE + 2):
        return tuple(key[1:] for key in code_keys(piece)) or (piece.lower(),)
    readings = [reading.key for reading in sounds(piece)]
    if script_of(piece) == "Cyrillic":
        readings += [reading.key for form in sorted(base_forms(piece)) for reading in sounds(form.text)]
        readings += [reading.key for reading in sounds(_PLURAL.sub("", piece))]
    return tuple(dict.fromkeys(readings)) or (piece.lower(),)


#: Letters of codes as other languages write them: German and Polish w, j and ch, Spanish j, x for Cyrillic х, c for с and ц.
_OTHER_LETTERS = (
    ("w", "v"),
    ("j", "y"),
    ("j", "i"),
    ("ja", "ya"),
    ("ch", "kh"),
    ("x", "kh"),
    ("h", "kh"),
    ("c", "ts"),
    ("h", "g"),
    ("i", "y"),
)


@lru_cache(maxsize=1 << 14)
def _twins(piece: str) -> tuple[str, ...]:
    """Doubtful readings of a piece of code: in letters of the same look, or as another language spells them."""
    if piece[0].isdigit() or len(piece) > LONGEST_CODE + 2:
        return ()
    alike = look_alike(piece)
    found = [key[1:] for key in code_keys(alike)] if alike else []
    if script_of(piece) == "Latin" and len(piece) <= LONGEST_CODE:
        found += [piece.lower().replace(a, b) for a, b in _OTHER_LETTERS if a in piece.lower()]
    return tuple(dict.fromkeys(found))


def _ways(options: list[tuple[str, ...]] | list[list[str]]) -> list[list[str]]:
    """Ways to read the pieces together: the first of each, then with other readings, at most MOST_KEYS."""
    found: list[list[str]] = []
    for each in product(*options):
        found.append(list(each))
        if len(found) >= MOST_KEYS:
            break
    return found


def _first(pieces: list[str]) -> list[str]:
    return [_options(piece)[0] for piece in pieces]


def _joined(pieces: list[str], folded: list[str]) -> str:
    out = ""
    for piece, each in zip(pieces, folded, strict=True):
        out += ("-" if out[-1:].isdigit() and piece[0].isdigit() else "") + each
    return out


def _split(pieces: list[str], folded: list[str]) -> tuple[str, str]:
    """Type and version. The type ends with the first number behind letters (ТВ3-117 with the second); a word that no number
    follows is a type alone: Бук-М1 is version m1 of buk.
    """
    if len(pieces) > 1 and _is_word(pieces[0]) and not pieces[1][0].isdigit():
        words = next((at for at, piece in enumerate(pieces) if not _is_word(piece)), len(pieces))
        return _joined(pieces[:words], folded[:words]), _joined(pieces[words:], folded[words:])
    for at, piece in enumerate(pieces):
        if piece[0].isdigit() and (at > 0 or len(pieces) == 1):
            end = at + 1
            if len(piece) == 1 and at + 1 < len(pieces) and pieces[at + 1][0].isdigit():
                end += 1
            return _joined(pieces[:end], folded[:end]), _joined(pieces[end:], folded[end:])
    return _joined(pieces, folded), ""


def _is_word(piece: str) -> bool:
    return not piece[0].isdigit() and (len(piece) > LONGEST_CODE or not piece.isupper()) and len(piece) > 2
