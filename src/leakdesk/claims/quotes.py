"""A report's direct quotations held against the letters: found, altered, truncated or absent.

Words are compared after folding letter case, quotation marks, dashes and spaces; offsets always count in the letter's own
text. Truncated means that the words stand there, but that a word that bears on the meaning (not, only, plan, if ...) was cut
out of them or follows in the rest of the sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from leakdesk.language.sentences import sentence_spans
from leakdesk.language.spelling import relation
from leakdesk.language.words import WORD
from leakdesk.model.anchor import Span
from leakdesk.model.comparison import CheckedQuotation, Passage, QuotationVerdict
from leakdesk.model.document import Language

#: A quotation of fewer words must stand in a letter as it is; of fewer than two, it says too little to be looked for.
SHORTEST, TOO_SHORT = 3, 2
#: Share of a quotation's words that must stand in one sentence, in order, for the place to count as its origin.
ALTERED_FROM = 0.6
#: Longest gap, in words, inside one quoted passage; and where an ellipsis says that something is left out.
LONGEST_GAP, LEFT_OUT = 12, 40

_ELLIPSIS = re.compile(r"\[?(?:…|\.\.\.)\]?|\[\.+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """A letter's text layer with its document id and language, and where it begins after its head."""

    document: str
    text: str
    language: Language
    begins: int = 0


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    start: int
    end: int
    is_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    letter: LetterText
    words: tuple[_Word, ...]
    first: int
    last: int
    matched: int
    share: float


def check_quotation(quotation: Span, letters: Iterable[LetterText], searched: int, unreadable: int) -> CheckedQuotation:
    """Hold one quotation against candidate letters; `searched` and `unreadable` say how far "absent" reaches."""
    wanted = _words(_ELLIPSIS.sub(" ", quotation.text))
    gap = LEFT_OUT if _ELLIPSIS.search(quotation.text) else LONGEST_GAP
    best: _Hit | None = None
    if len(wanted) >= TOO_SHORT:
        for letter in letters:
            hit = _as_it_is(wanted, letter) if len(wanted) < SHORTEST else _best_place(wanted, letter, gap)
            if hit and (best is None or hit.share > best.share):
                best = hit
    if best is None or best.share < ALTERED_FROM:
        return _absent(quotation, len(wanted), searched, unreadable)
    verdict, difference = _judge(wanted, best, open_end=_stops_short(quotation.text))
    start, end = best.words[best.first].start, best.words[best.last].end
    passage = Passage(document=best.letter.document, start=start, end=end, text=best.letter.text[start:end], slots={})
    return CheckedQuotation(
        start=quotation.start,
        end=quotation.end,
        text=quotation.text,
        verdict=verdict,
        document=best.letter.document,
        passage=passage,
        difference=difference,
    )


def _absent(quotation: Span, length: int, searched: int, unreadable: int) -> CheckedQuotation:
    why = (
        "too short to be looked for"
        if length < TOO_SHORT
        else f"not found in {searched} documents; {unreadable} could not be read"
    )
    hint = "" if length < TOO_SHORT else " (a translated quotation is not found by its words)"
    return CheckedQuotation(
        start=quotation.start,
        end=quotation.end,
        text=quotation.text,
        verdict="absent",
        document=None,
        passage=None,
        difference=why + hint,
    )


def _words(text: str, begins: int = 0) -> tuple[_Word, ...]:
    return tuple(
        _Word(_fold(match[0]), match.start(), match.end(), match[0][:1].isupper())
        for match in WORD.finditer(_MONTH.sub(_NO_MODAL, text), begins)
    )


#: The month, which is no "may": beside a number, or with its capital inside a sentence. Another word of the same length stands
#: in for it, so that places stay.
_MONTH, _NO_MODAL = re.compile(r"\bMay(?=,? \d)|(?<=\d )May\b|(?<=[a-z,;] )May\b"), "Maj"


def words_of(text: str) -> list[str]:
    """The folded words of a text, as `meaning_words` takes them; the month of May is not the word "may"."""
    return [word.casefold() for word in WORD.findall(_MONTH.sub(_NO_MODAL, text))]


def _fold(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


def _as_it_is(wanted: Sequence[_Word], letter: LetterText) -> _Hit | None:
    """The first place where a quotation of few words stands word for word; a name may stand in another case."""
    words = _words(letter.text, letter.begins)
    for first in range(len(words) - len(wanted) + 1):
        if all(_same(one, other) for one, other in zip(wanted, words[first:], strict=False)):
            last, matched = first + len(wanted) - 1, len(wanted)
            return _Hit(letter=letter, words=words, first=first, last=last, matched=matched, share=1.0)
    return None


def _same(one: _Word, other: _Word) -> bool:
    return one.folded == other.folded or (
        one.is_name and other.is_name and relation(one.folded, other.folded) in _CASES
    )


#: Rules of `spelling.relation` by which a name is the same name in another case.
_CASES = frozenset({"inflection"})


def _best_place(wanted: Sequence[_Word], letter: LetterText, gap: int) -> _Hit | None:
    """The stretch of the letter that holds most of the quotation's words in their order."""
    words = _words(letter.text, letter.begins)
    if not words:
        return None
    matcher = SequenceMatcher(None, [w.folded for w in wanted], [w.folded for w in words], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    best: list[tuple[int, int]] = []
    for begin in range(len(blocks)):
        chain = [(blocks[begin].b, blocks[begin].size)]
        for block in blocks[begin + 1 :]:
            if block.b - (chain[-1][0] + chain[-1][1]) > gap:
                break
            chain.append((block.b, block.size))
        if sum(size for _, size in chain) > sum(size for _, size in best):
            best = chain
    if not best:
        return None
    matched = sum(size for _, size in best)
    first, last = best[0][0], best[-1][0] + best[-1][1] - 1
    return _Hit(letter=letter, words=words, first=first, last=last, matched=matched, share=matched / len(wanted))


def _judge(wanted: Sequence[_Word], hit: _Hit, *, open_end: bool) -> tuple[QuotationVerdict, str]:
    there = [word.folded for word in hit.words[hit.first : hit.last + 1]]
    quoted = [word.folded for word in wanted]
    lost, added = _difference(quoted, there) if len(wanted) >= SHORTEST else ([], [])
    rest = _rest_of_sentence(hit)
    if not added and (cut := meaning_words(lost, hit.letter.language)):
        return "truncated", f"left out inside the quotation: {_list(cut)}"
    if added or lost:
        return "altered", _describe(added, lost)
    if cut := _cut_from(rest, hit.letter.language, open_end=open_end):
        return "truncated", f"the sentence goes on: {_list(cut)} follow{'s' if len(cut) == 1 else ''}"
    return "found", ""


def _difference(quoted: list[str], there: list[str]) -> tuple[list[str], list[str]]:
    """Words of the letter that the quotation lacks, and words of the quotation that the letter lacks."""
    lost: list[str] = []
    added: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, quoted, there, autojunk=False).get_opcodes():
        if tag != "equal":
            added += quoted[i1:i2]
            lost += there[j1:j2]
    return lost, added


_Rest = tuple[list[str], list[str], list[str]]


def _rest_of_sentence(hit: _Hit) -> _Rest:
    """Words of the same sentence before and after the passage, and those of them that still belong to its clause."""
    start, end = hit.words[hit.first].start, hit.words[hit.last].end
    holding = [(a, b) for a, b in sentence_spans(hit.letter.text) if a < end and start < b]
    if not holding:
        return [], [], []
    first, last = holding[0][0], holding[-1][1]
    before = [w.folded for w in hit.words if first <= w.start < start]
    after = [w.folded for w in hit.words if end <= w.start < last]
    turn = _CLAUSE_END.search(hit.letter.text, end, last)
    clause = [w.folded for w in hit.words if end <= w.start < (turn.start() if turn else last)]
    return before, after, clause


_CLAUSE_END = re.compile(r"[,;:–—]")


#: How far from the quotation a word still bears on it.
REACH = 8


def _cut_from(rest: _Rest, language: Language, *, open_end: bool) -> list[str]:
    before, after, clause = rest
    # What comes before the quotation counts only if it governs it: a negation or a plan right in front of it.
    near = meaning_words(before[-2:], language, ("negation", "without", "limit", "plan"))
    bound = meaning_words(after[:REACH], language, ("limit", "condition", "when"))
    if not open_end:
        return near + bound
    # A new clause may turn the quoted one round ("but"); what it negates or plans is its own affair.
    turned = meaning_words(after[:2], language, ("contrast",))
    own = meaning_words(clause[:REACH], language, ("negation", "without", "plan"))
    return list(dict.fromkeys((*near, *bound, *turned, *own)))


def _stops_short(text: str) -> bool:
    return not re.search(r"[.!?…]\W*$", text.rstrip())


def meaning_words(words: Sequence[str], language: Language, classes: Sequence[str] | None = None) -> list[str]:
    """Those of some folded words that bear on the meaning, in their order; unknown languages try all tables."""
    patterns = _patterns(language, tuple(classes) if classes else None)
    return list(dict.fromkeys(patterns.findall(" ".join(words))))


#: Classes of the table that serve the check alone.
_NOT_CUT = frozenset({"none", "not_there", "takes_back", "nearly", "barred"})


@cache
def _patterns(language: str, classes: tuple[str, ...] | None) -> re.Pattern[str]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("meaning_words.toml").read_text("utf-8"))
    languages = [language] if language in table else sorted(table)
    listed = [
        word
        for each in languages
        for name, words in table[each].items()
        if (name in classes if classes is not None else name not in _NOT_CUT)
        for word in words
    ]
    parts = [
        re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
        for word in sorted(listed, key=len, reverse=True)
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")


def _describe(added: list[str], lost: list[str]) -> str:
    parts = []
    if lost:
        parts.append(f"the letter has {_list(lost)}")
    if added:
        parts.append(f"the quotation has {_list(added)}")
    return "; ".join(parts)


def _list(words: Sequence[str]) -> str:
    return "“" + " ".join(words[:12]) + ("…" if len(words) > 12 else "") + "”"
