"""The smallest clause that carries an event, as a run of words."""

from __future__ import annotations

import itertools

from leakdesk.reading import spans
from leakdesk.reading.frame import APPOSITION, CLAUSE, SEPARATE, Frame
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list


def clause_indices(sentence: Sentence, frame: Frame, banned: frozenset[int]) -> list[int]:
    """Words of the smallest clause that carries an event: verb chain, participants inside the clause, modifiers."""
    if frame.rule in ("nominal-predicate", APPOSITION, "verbless"):
        subject = spans.phrase(sentence, frame.subject or 0, appositions=False)
        said = spans.phrase(sentence, frame.event)
        first = min(subject[0], frame.event, said[0])
        if first and frame.rule == "verbless" and sentence.tokens[first - 1].pos == "PREP":
            first -= 1  # «В цехе 40 рабочих»
        return list(range(first, max(said[-1], subject[-1]) + 1))
    core: set[int] = set(frame.chain)
    for k in frame.chain:
        for child in sentence.children(k):
            if (
                child.i in frame.chain
                or child.dep in ("punct", "cc", "mark", "dislocated", "conj")
                or child.i in banned
            ):
                continue
            if (child.dep in SEPARATE and child.i != frame.subject) or (child.dep == "xcomp" and child.pos in CLAUSE):
                continue  # a gerund may act: "Dumping whey into the river cost it its licence"
            if child.dep in ("nsubj", "nsubj:pass", "csubj") and child.pos == "REL" and _left_out(sentence, child):
                continue
            core |= {i for i in _argument(sentence, child) if i not in banned}
        core |= {
            child.i
            for child in sentence.children(k)
            if child.low == "to" and child.dep in ("aux", "mark") and child.i > frame.chain[0]
        }
    kept = _without_remarks(sentence, sorted(core), frame)
    run = _without_islands(sentence, kept, frame, banned)
    return sentence.trim(_with_its_own(sentence, run, frame))


def _with_its_own(sentence: Sentence, run: list[int], frame: Frame) -> list[int]:
    """«підрахував збитки: 900 тисяч гривень»: what stands behind the colon is how much, up to the next mark."""
    at = run[-1] + 1 if run else 0
    if frame.object is None or frame.object + 1 != at or not tells_how_much(sentence, frame.object):
        return run
    stop = next((k for k in range(at + 1, len(sentence.tokens)) if sentence.tokens[k].pos == "PUNCT"), at)
    return [*run, *range(at, stop)]


def tells_how_much(sentence: Sentence, thing: int) -> bool:
    """«підрахував збитки: 900 тисяч гривень»: behind the colon stands nothing but how much."""
    if sentence.tokens[thing].lemma not in word_list("told_behind_colon"):
        return False
    behind = sentence.tokens[thing + 1 :]
    if not behind or behind[0].text != ":":
        return False
    stretch = list(itertools.takewhile(lambda token: token.pos != "PUNCT", behind[1:]))
    return any(each.pos == "NUM" for each in stretch) and all(each.pos in ("NUM", "N", "A", "ADV") for each in stretch)


def _without_remarks(sentence: Sentence, kept: list[int], frame: Frame) -> list[int]:
    """«Учредила её Анна Гай, жена директора», «поступили станки, закупленные без торгов»: what a comma parts off at the end, be
    it an office or a participle with words of its own, is told by a claim of its own."""
    if sentence.language == "en":
        return kept
    for k in kept:
        token = sentence.tokens[k]
        if token.i <= frame.event or token.head < 0 or token.head > token.i:
            continue
        office = token.dep == "appos" and token.pos == "N" and sentence.child(k, "nmod") is not None
        told = token.dep == "acl" and token.pos in ("PTCP", "V")
        if not (office or told):
            continue
        branch = [each for each in sentence.subtree(k) if sentence.tokens[each].text != ","]
        parted = branch[-1] >= kept[-1] and sentence.tokens[branch[0] - 1].text == ","
        if parted and branch[0] > frame.event and len(branch) > 1 and sentence.tokens[token.head].pos in ("N", "PN"):
            return [each for each in kept if each < branch[0]]
    return kept


def _left_out(sentence: Sentence, pronoun: Token) -> bool:
    """Whether the pronoun that opens a relative clause is no part of its quote: in English, and before an inserted comment
    («которая, как полагают, связана с министром»)."""
    after = sentence.tokens[pronoun.i + 1] if pronoun.i + 1 < len(sentence.tokens) else None
    return sentence.language == "en" or after is None or after.text == ","


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
            and _has_own_clause(sentence.tokens[k])
            and not _as_said(sentence, k, have)
            and not _put_in(sentence, k, have)
        ):
            break
    stop = event
    for k in range(event, last + 1):
        if k in have:
            stop = k
        elif k not in banned and _has_own_clause(sentence.tokens[k]):
            break
    return list(range(start, stop + 1))


def _has_own_clause(token: Token) -> bool:
    """Whether a word is a finite verb that belongs to no noun and no other verb."""
    return token.pos == "V" and token.dep not in ("acl:relcl", "acl", "aux")


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
    """«Контракт с портом, напомнил юрист, заключили весной», «Паром, що сів на мілину, перевозив людей»: a telling or a relative
    clause between two commas interrupts a clause and ends none."""
    if sentence.language == "en":
        return False
    left = next((k for k in range(at - 1, -1, -1) if sentence.tokens[k].text == ","), None)
    right = next((k for k in range(at + 1, len(sentence.tokens)) if sentence.tokens[k].text == ","), None)
    if left is None or right is None or left == 0 or have & set(range(left + 1, right)):
        return False
    opening = sentence.tokens[left + 1 : left + 3]
    if (
        opening[0].pos == "REL"
        or opening[0].low in ("що", "што")
        or (opening[0].pos == "PREP" and opening[1].pos == "REL")
    ):
        return True
    told = sentence.tokens[at].dep == "parataxis" and left + 1 in (at, at - 1)
    return told and right - left <= _COMMENT and right + 1 < len(sentence.tokens)
