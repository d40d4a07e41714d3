"""An attribution in the making, the text the sieves look at, and what several sieves ask of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from leakdesk.language.concepts import fold
from leakdesk.model.claim import AttributionType
from leakdesk.model.document import Segment
from leakdesk.reading import spans
from leakdesk.reading.lexicon import Lexicon, Phrases
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range


@dataclass(slots=True)
class Found:
    """An attribution before it has an id: spans as [start, end), the class of its cue word, the rule."""

    type: AttributionType
    rule: str
    source: Range | None = None
    cue: Range | None = None
    content: Range | None = None
    cue_class: str = ""
    hedged: bool = False
    source_head: int = -1
    sentence: int = -1
    factive: bool = False
    points_at: int | None = None
    on_paper: bool = False
    nominal: bool = False
    complaint: bool = False
    spoken: Range | None = None
    cue_text: str | None = None


@dataclass(slots=True)
class Text:
    """What the sieves look at: the canvas, its sentences and segments."""

    sheet: str
    sentences: list[Sentence]
    segments: tuple[Segment, ...]
    used: set[int] = field(default_factory=set)
    tagged: dict[int, int] = field(default_factory=lambda: {})

    def at(self, position: int) -> int | None:
        """Number of the sentence at a code point."""
        low, high = 0, len(self.sentences) - 1
        while low <= high:
            middle = (low + high) // 2
            sentence = self.sentences[middle]
            if position < sentence.start:
                high = middle - 1
            elif position >= sentence.end:
                low = middle + 1
            else:
                return middle
        return None


def phrase_head(sentence: Sentence, k: int) -> int:
    token = sentence.tokens[k]
    guard = 0
    while token.dep in ("compound", "flat", "amod", "det", "appos", "nummod") and token.head >= 0 and guard < 6:
        token = sentence.tokens[token.head]
        guard += 1
    return token.i


def class_of(words: Lexicon, cue: Token) -> str:
    """The class that decides what becomes of the content: deny before say, and so on."""
    classes = words.classes_of(cue.low, cue.lemma)
    for kind in ("deny", "think", "promise", "ask", "reject", "admit", "learn", "show", "say"):
        if kind in classes:
            if kind == "deny" and "say" in classes and cue.lemma in ("запярэчыць", "заперечити"):
                return "deny"
            return "say" if kind in ("promise", "show", "learn", "admit") and "say" in classes else kind
    return ""


def is_negated(sentence: Sentence, cue: Token) -> bool:
    """ "did not say that", "refused to say": nothing was said."""
    negation = sentence.child(cue.i, "neg")
    if (negation is not None and negation.i < cue.i + 2) or any(
        t.low in ("nor", "neither") and abs(t.i - cue.i) <= 4 and t.i < cue.i for t in sentence.tokens
    ):
        return True
    above = sentence.tokens[cue.head] if cue.head >= 0 else None
    return (
        cue.dep == "xcomp"
        and above is not None
        and above.lemma in ("refuse", "decline", "fail", "отказаться", "відмовитися", "адмовіцца")
    )


def overlap(left: Range, right: Range | None) -> float:
    if right is None:
        return 0.0
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return max(0, shared) / max(1, min(left[1] - left[0], right[1] - right[0]))


def lies_inside(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def phrase_at(sentence: Sentence, at: int, phrases: Phrases) -> int:
    """Length of the longest phrase that starts at a word, or 0."""
    tokens = sentence.tokens
    for phrase in phrases.get(fold(tokens[at].low), ()):
        if at + len(phrase) <= len(tokens) and all(fold(tokens[at + k].low) == word for k, word in enumerate(phrase)):
            return len(phrase)
    return 0


def rest_of(sentence: Sentence, first: int, last: int) -> Range | None:
    """What an adverbial source phrase speaks for: the clause after it at the start, before it at the end, around it else."""
    tokens = sentence.tokens
    before = sentence.trim(list(range(first)))
    after = sentence.trim(list(range(last + 1, len(tokens))))
    before = after_boundary(sentence, before)
    after = before_boundary(sentence, after)
    wordy_before = sum(tokens[k].pos != "PUNCT" for k in before)
    wordy_after = sum(tokens[k].pos != "PUNCT" for k in after)
    if wordy_before < 3 and wordy_after < 2:
        return None
    if wordy_before < 3 or not has_verb(sentence, before):
        if wordy_before and _has_subject(sentence, before) and wordy_after:
            return tokens[before[0]].start, tokens[after[-1]].end
        return spans.extent(sentence, after) if wordy_after >= 2 else spans.extent(sentence, before)
    if wordy_after < 3 or not has_verb(sentence, after):
        whole = before + [k for k in after if wordy_after]
        if wordy_after and tokens[last + 1].text != ",":
            return spans.extent(sentence, before)
        return tokens[whole[0]].start, tokens[whole[-1]].end
    if last + 1 < len(tokens) and tokens[last + 1].low in ("and", "but", "и", "но", "а", "і", "але", "та"):
        return spans.extent(sentence, before)
    return spans.extent(sentence, before)


def has_verb(sentence: Sentence, indices: list[int]) -> bool:
    return any(sentence.tokens[k].pos in ("V", "AUX", "PTCP", "INF") or sentence.tokens[k].text == "—" for k in indices)


def _has_subject(sentence: Sentence, indices: list[int]) -> bool:
    return any(sentence.tokens[k].dep in ("nsubj", "nsubj:pass") for k in indices)


def after_boundary(sentence: Sentence, indices: list[int]) -> list[int]:
    """Not across a semicolon, a colon or another speaker's sentence."""
    for k in reversed(indices):
        if sentence.tokens[k].text in (";", ":"):
            return sentence.trim([i for i in indices if i > k])
    return indices


def before_boundary(sentence: Sentence, indices: list[int]) -> list[int]:
    for k in indices:
        if sentence.tokens[k].text == ";":
            return sentence.trim([i for i in indices if i < k])
    return indices
