"""Clauses by rule: where a sentence falls apart into stretches around one verb each."""

from __future__ import annotations

from dataclasses import dataclass, field

from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Token
from leakdesk.reading.shallow_phrases import inside_name


@dataclass(slots=True)
class Clause:
    """A stretch of a sentence around one verb: token indices, its verb (or None), and the word that introduces it."""

    indices: list[int]
    verb: int | None = None
    opener: Token | None = None
    heads: list[int] = field(default_factory=lambda: [])


def clauses_of(tokens: list[Token], heads: list[int], words: Lexicon) -> list[Clause]:
    """Cut at commas, semicolons, colons, dashes, conjunctions where both sides have a verb."""
    pieces: list[list[int]] = [[]]
    for token in tokens:
        cut = (
            token.text in (",", ";", ":", "—", "-", "(", ")")
            or (token.pos == "CCONJ")
            or (token.pos == "SUB" and token.low not in ("as",))
        )
        cut = cut or (token.text in '«»"' and not inside_name(tokens, token))
        if token.pos == "REL" and pieces[-1] and tokens[pieces[-1][-1]].pos not in ("PREP",):
            cut = True
        if cut and pieces[-1]:
            pieces.append([])
        pieces[-1].append(token.i)
    return _merge(tokens, pieces)


def _merge(tokens: list[Token], pieces: list[list[int]]) -> list[Clause]:
    """Pieces without a verb join the clause before them (or the next one, at the start). A noun before a relative clause
    ("the plant, which ...,") waits for its own verb."""
    clauses: list[Clause] = []
    pending: list[int] = []
    for piece in pieces:
        verb = _main_verb(tokens, piece)
        if verb is None:
            if clauses and not pending and not _opens_clause(tokens, piece):
                clauses[-1].indices += piece
            else:
                pending += piece
            continue
        aside = (
            _opener(tokens, piece) is not None
            and tokens[verb].pos != "INF"
            and any(tokens[k].pos == "REL" for k in piece[:4])
        )
        if pending and (aside or tokens[verb].pos == "PTCP"):
            clauses.append(Clause(indices=piece, verb=verb, opener=_opener(tokens, piece)))
            continue
        clauses.append(Clause(indices=pending + piece, verb=verb, opener=_opener(tokens, pending + piece)))
        pending = []
    if pending:
        if clauses:
            clauses[-1].indices += pending
        else:
            clauses.append(Clause(indices=pending))
    return clauses


def _opens_clause(tokens: list[Token], piece: list[int]) -> bool:
    return any(tokens[k].pos in ("SUB", "REL") for k in piece[:3])


def _main_verb(tokens: list[Token], piece: list[int]) -> int | None:
    for wanted in (("V",), ("INF",), ("CONV",)):
        for k in piece:
            if tokens[k].pos in wanted:
                return k
    for k in piece:
        if tokens[k].pos == "PTCP" and tokens[k].dep not in ("amod",):
            return k
    return None


def _opener(tokens: list[Token], piece: list[int]) -> Token | None:
    for k in piece[:5]:
        if tokens[k].pos in ("SUB", "REL", "CCONJ", "CONV"):
            return tokens[k]
        if tokens[k].pos not in ("PUNCT", "PREP", "ADV", "NEG"):
            return None
    return None
