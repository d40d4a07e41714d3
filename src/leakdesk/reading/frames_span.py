"""The smallest clause that carries an event, as a run of words."""

from __future__ import annotations

from leakdesk.reading import spans
from leakdesk.reading.frame import CLAUSE, SEPARATE, Frame
from leakdesk.reading.sentence import Sentence, Token


def clause_indices(sentence: Sentence, frame: Frame, banned: frozenset[int]) -> list[int]:
    """Words of the smallest clause that carries an event: verb chain, participants inside the clause, modifiers."""
    if frame.rule in ("nominal-predicate", "office-in-apposition", "verbless"):
        subject = spans.phrase(sentence, frame.subject or 0, appositions=False)
        return list(range(min(subject[0], frame.event), max(spans.phrase(sentence, frame.event)[-1], subject[-1]) + 1))
    core: set[int] = set(frame.chain)
    for k in frame.chain:
        for child in sentence.children(k):
            if (
                child.i in frame.chain
                or child.dep in ("punct", "cc", "mark", "dislocated", "conj")
                or child.i in banned
            ):
                continue
            if child.dep in SEPARATE or (child.dep == "xcomp" and child.pos in CLAUSE):
                continue
            if child.dep in ("nsubj", "nsubj:pass", "csubj") and child.pos == "REL" and sentence.language == "en":
                continue
            core |= {i for i in _argument(sentence, child) if i not in banned}
        core |= {
            child.i
            for child in sentence.children(k)
            if child.low == "to" and child.dep in ("aux", "mark") and child.i > frame.chain[0]
        }
    kept = sorted(core)
    run = _without_islands(sentence, kept, frame, banned)
    return sentence.trim(run)


def _argument(sentence: Sentence, child: Token) -> list[int]:
    """A participant's words with its preposition, without its relative clauses at the edge."""

    def outside(token: Token) -> bool:
        return token.dep in ("acl:relcl", "parataxis", "ccomp", "advcl") or (
            token.dep == "conj" and token.pos in ("V", "AUX")
        )

    return sentence.subtree(child.i, outside)


def _without_islands(sentence: Sentence, indices: list[int], frame: Frame, banned: frozenset[int]) -> list[int]:
    """One run from first to last word; a far, detached piece (beyond a comma and a verb that is not ours) is cut off."""
    if not indices:
        return []
    first, last = indices[0], indices[-1]
    have = set(indices)
    event = frame.event
    start = event
    for k in range(event, first - 1, -1):
        if k in have:
            start = k
        elif (
            k not in banned
            and sentence.tokens[k].pos == "V"
            and sentence.tokens[k].dep not in ("acl:relcl", "acl", "aux")
            and not _as_said(sentence, k, have)
            and not _put_in(sentence, k, have)
        ):
            break
    stop = event
    for k in range(event, last + 1):
        if k in have:
            stop = k
        elif (
            k not in banned
            and sentence.tokens[k].pos == "V"
            and sentence.tokens[k].dep not in ("acl:relcl", "acl", "aux")
        ):
            break
    return list(range(start, stop + 1))


def _as_said(sentence: Sentence, at: int, have: set[int]) -> bool:
    """«Сумма, как указано в акте, составила»: between two commas, behind "as", what the writer puts in; the clause goes on."""
    left = next((k for k in range(at - 1, -1, -1) if sentence.tokens[k].text == ","), None)
    right = next((k for k in range(at + 1, len(sentence.tokens)) if sentence.tokens[k].text == ","), None)
    if left is None or right is None or sentence.tokens[left + 1].low not in ("как", "як", "as"):
        return False
    return not have & set(range(left, right)) and any(k in have for k in range(max(0, left - 6), left))


#: A comment between two commas has at most this many words.
_COMMENT = 9


def _put_in(sentence: Sentence, at: int, have: set[int]) -> bool:
    """«Контракт с портом, напомнил юрист, заключили весной»: a telling between two commas interrupts a clause and ends none."""
    if sentence.language == "en" or sentence.tokens[at].dep != "parataxis":
        return False
    left = next((k for k in range(at - 1, -1, -1) if sentence.tokens[k].text == ","), None)
    right = next((k for k in range(at + 1, len(sentence.tokens)) if sentence.tokens[k].text == ","), None)
    if left is None or right is None or right - left > _COMMENT or left + 1 not in (at, at - 1):
        return False
    return not have & set(range(left + 1, right)) and left - 1 >= 0 and right + 1 < len(sentence.tokens)
