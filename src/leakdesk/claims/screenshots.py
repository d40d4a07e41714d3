"""A screenshot of a letter: which letter it shows, and which of its sentences it leaves out.

What recognition read in the picture is held against the letters' sentences, a few wrong letters forgiven. A picture that shows a
letter in part may be honest; that it is only a part has to be said, and what the rest says has to be at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from leakdesk.claims.passages import Letter
from leakdesk.language.reuse import Token, aligned_runs, tokens
from leakdesk.language.scripts import fold_homoglyphs
from leakdesk.language.sentences import sentences
from leakdesk.model.document import Role
from leakdesk.model.pictures import LeftOutOf, Screenshot

#: Words that recognition must have read, and letters that are looked at.
FEWEST_WORDS, LOOKED_AT = 8, 20
#: Of 100: how alike a sentence and a place of the picture must be. Recognition that is poor but legible reaches 85.
ALIKE = 84.0
#: Words of a sentence that is worth finding; "Yes." stands in every letter.
SENTENCE_WORDS = 3
#: Words of the sentences shown, and the share of the picture's words that stand in the letter, for it to be this letter.
SHOWN_WORDS, SHARE = 6, 0.4
#: Sentences listed as missing, at most.
LISTED = 40


class Candidates(Protocol):
    """The part of `check.Letters` that is needed here."""

    def candidates(self, words: Sequence[str], limit: int) -> Sequence[Letter]:
        """Letters that hold some of the words, best first."""
        ...


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    words: int
    shown: bool


def screenshot(recognised: str, letters: Candidates) -> Screenshot | None:
    """The letter that a picture with this text shows; None where it shows none of them."""
    read = _tokens(recognised)
    if len(read) < FEWEST_WORDS:
        return None
    words = list(dict.fromkeys(token.text for token in read if len(token.text) > 3))
    found = [each for letter in letters.candidates(words, LOOKED_AT) if (each := _shown(read, letter))]
    return max(found, key=lambda each: each[0])[1] if found else None


def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(Token(fold_homoglyphs(token.text), token.start, token.end) for token in tokens(text))


def _shown(read: Sequence[Token], letter: Letter) -> tuple[tuple[int, float], Screenshot] | None:
    sheet = " ".join(token.text for token in read)
    cut = list(_sentences(letter, sheet))
    shown = [sentence for sentence in cut if sentence.shown]
    words = sum(sentence.words for sentence in shown)
    share = _share(read, letter)
    if words < SHOWN_WORDS or share < SHARE:
        return None
    start, end = shown[0].start, shown[-1].end
    left_out = [_left_out(letter, each, start, end) for each in cut if not each.shown]
    found = Screenshot(
        document=letter.document, start=start, end=end, share=round(share, 2), left_out=tuple(left_out[:LISTED])
    )
    return (words, share), found


def _share(read: Sequence[Token], letter: Letter) -> float:
    """The share of the picture's words that stand in the letter in runs of two or more."""
    runs = aligned_runs([t.text for t in read], [t.text for t in _tokens(letter.text)], 2)
    return sum(run.length for run in runs) / len(read)


def _sentences(letter: Letter, sheet: str) -> Iterator[_Sentence]:
    """The sentences of the letter's own words that are long enough to be told apart."""
    from rapidfuzz.fuzz import partial_ratio

    for sentence in sentences(letter.text):
        start, end = sentence.start, sentence.end
        words = [token.text for token in _tokens(letter.text[start:end])]
        if len(words) < SENTENCE_WORDS or _role(letter, start) not in (None, Role.BODY):
            continue
        said = " ".join(words)
        # A sentence longer than all that was read cannot be shown whole.
        alike = partial_ratio(said, sheet) if len(said) <= len(sheet) * 1.1 else 0.0
        yield _Sentence(start, end, len(words), alike >= ALIKE)


def _role(letter: Letter, offset: int) -> Role | None:
    return next((each.role for each in letter.segments if each.start <= offset < each.end), None)


def _left_out(letter: Letter, sentence: _Sentence, start: int, end: int) -> LeftOutOf:
    return LeftOutOf(
        start=sentence.start,
        end=sentence.end,
        text=letter.text[sentence.start : sentence.end],
        where="above" if sentence.end <= start else "below" if sentence.start >= end else "between",
    )


def said_of(found: Screenshot) -> str:
    """What a screenshot shows and what it does not, in a sentence; the words stand beside it."""
    counted = {where: sum(each.where == where for each in found.left_out) for where in ("above", "between", "below")}
    missing = [f"{count} {where}" for where, count in counted.items() if count]
    if not missing:
        return "The picture shows this letter whole."
    total = sum(counted.values())
    noun = "sentence of it is" if total == 1 else "sentences of it are"
    return f"The picture shows part of this letter: {total} {noun} missing ({', '.join(missing)} what is shown)."
