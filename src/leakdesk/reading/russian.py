"""Russian sentences from natasha's tree, re-labelled to the one tree shape that reading uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leakdesk.reading.russian_repairs import repair, transitivity
from leakdesk.reading.sentence import WORD_CLASSES, Token

_POS = WORD_CLASSES | {"SYM": "PUNCT"}
_CASES = {"Nom": "n", "Gen": "g", "Dat": "d", "Acc": "a", "Ins": "i", "Loc": "l"}
_TENSES = {"Past": "past", "Pres": "pres", "Fut": "fut"}
_DEP = {
    "nsubj:pass": "nsubj:pass",
    "flat:name": "flat",
    "flat:foreign": "flat",
    "nummod:gov": "nummod",
    "nummod:entity": "nummod",
}


def from_natasha(sentence: Any, offset: int, lemma: Callable[[str, str], str]) -> list[Token]:
    """Tokens of a natasha sentence with syntax; `lemma(text, tense)` gives the base form (tense: "" for no finite verb)."""
    numbers = {token.id: number for number, token in enumerate(sentence.tokens)}
    tokens: list[Token] = []
    for number, token in enumerate(sentence.tokens):
        feats: dict[str, str] = token.feats or {}
        tense = _TENSES.get(feats.get("Tense", ""), "")
        head = numbers.get(token.head_id, -1)
        dep = _DEP.get(token.rel or "dep", token.rel or "dep")
        tokens.append(
            Token(
                i=number,
                start=offset + token.start,
                end=offset + token.stop,
                text=token.text,
                low=token.text.lower(),
                lemma=lemma(token.text, _verbal(token.pos, feats, tense)),
                pos=_pos(token.pos, feats, token.text.lower()),
                cases=_CASES.get(feats.get("Case", ""), ""),
                number={"Sing": "s", "Plur": "p"}.get(feats.get("Number", ""), ""),
                gender={"Masc": "m", "Fem": "f", "Neut": "n"}.get(feats.get("Gender", ""), ""),
                tense=tense,
                passive=feats.get("Voice") == "Pass",
                animate={"Anim": "a", "Inan": "i"}.get(feats.get("Animacy", ""), ""),
                transitive=transitivity(token.text, tense) if token.pos == "VERB" else "",
                head=-1 if head == number or dep == "root" else head,
                dep=dep,
            )
        )
    _imperatives(tokens)
    _mark_negation(tokens)
    _unloop(tokens)
    repair(tokens)
    return tokens


def _verbal(pos: str, feats: dict[str, str], tense: str) -> str:
    """What to look a base form up by: the tense of a verb, "short" for a short adjective or participle, "" for all else."""
    if feats.get("Variant") == "Short":
        return "short"
    return tense if pos in ("VERB", "AUX") and feats.get("VerbForm", "Fin") == "Fin" else ""


_PREDICATIVE = frozenset({"нельзя", "можно", "нужно", "надо", "должен", "должна", "должны", "должно", "нет"})


def _pos(pos: str, feats: dict[str, str], low: str) -> str:
    if low in ("не", "ни"):
        return "NEG"
    if low.startswith(("котор", "чей", "чья", "чьё")):
        return "REL"
    form = feats.get("VerbForm")
    if (pos == "ADJ" and feats.get("Variant") == "Short") or low in _PREDICATIVE:
        return "V"
    if pos in ("VERB", "AUX") and form in ("Inf", "Conv", "Part"):
        short = feats.get("Variant") == "Short"
        return {"Inf": "INF", "Conv": "CONV", "Part": "V" if short else "PTCP"}[form]
    return _POS.get(pos, "X")


def _imperatives(tokens: list[Token]) -> None:
    """«Пришлите чертежи»: the tagger of news knows few imperatives and takes them for nouns."""
    for token in tokens:
        if (
            token.pos in ("N", "PN")
            and token.low.endswith(("йте", "ите", "ьте"))
            and token.lemma.endswith(("ть", "ти", "чь", "ться"))
        ):
            token.pos, token.cases = "V", ""
            for other in tokens:
                if (
                    other.head == token.i
                    and other.pos in ("N", "PN")
                    and other.i > token.i
                    and other.dep in ("conj", "nmod", "nsubj", "appos", "flat")
                ):
                    other.dep = "obj"


def _mark_negation(tokens: list[Token]) -> None:
    for token in tokens:
        if token.pos == "NEG":
            token.dep = "neg"


def _unloop(tokens: list[Token]) -> None:
    """Statistical heads may form a loop: cut it at its first word."""
    for token in tokens:
        seen = {token.i}
        at = token.head
        while at >= 0:
            if at in seen:
                token.head, token.dep = -1, "dep"
                break
            seen.add(at)
            at = tokens[at].head
