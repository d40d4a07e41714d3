"""An attribution in the making, the text the sieves look at, and what several sieves ask of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from leakdesk.language.concepts import fold
from leakdesk.model.claim import AttributionType
from leakdesk.model.document import Segment
from leakdesk.reading import spans
from leakdesk.reading.lexicon import Lexicon, Phrases, lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range
from leakdesk.reading.words import word_list


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

    def cue_word(self, sentence: Sentence) -> Token | None:
        """The word of a sentence with which the cue begins."""
        return next((token for token in sentence.tokens if self.cue is not None and token.start == self.cue[0]), None)


@dataclass(slots=True)
class Text:
    """What the sieves look at: the canvas, its sentences and segments."""

    sheet: str
    sentences: list[Sentence]
    segments: tuple[Segment, ...]
    used: set[int] = field(default_factory=set)
    tagged: dict[int, int] = field(default_factory=lambda: {})
    spoken: list[Range] = field(default_factory=lambda: [])

    def in_speech(self, position: int) -> bool:
        """Whether a code point lies in direct speech that is already found."""
        return any(start <= position < end for start, end in self.spoken)

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


#: Endings of Slavic gerunds, whatever class a parser gives them.
_GERUNDS = ("вши", "вшись", "вшися", "ючи", "ячи", "ючись", "ўшы", "ўшыся", "ючы", "ячы", "учы")


def is_gerund(sentence: Sentence, cue: Token) -> bool:
    return sentence.language != "en" and (cue.pos == "CONV" or cue.low.endswith(_GERUNDS))


def undisputed(sentence: Sentence, cue: Token) -> bool:
    """ "does not dispute that", «не исключил, что»: to deny nothing is to say something."""
    return cue.lemma in word_list("undisputed") and _negation(sentence, cue)


def unconfirmed(sentence: Sentence, cue: Token) -> bool:
    """ "cannot confirm that", "do not prove that", «не подтвердил закрытие»: spoken of, and left open."""
    return cue.lemma in word_list("unconfirmed") and _negation(sentence, cue)


def _negation(sentence: Sentence, cue: Token) -> bool:
    before = sentence.tokens[max(0, cue.i - 3) : cue.i]
    return any(t.pos == "NEG" or t.low in ("not", "n't", "never", "cannot", "не") for t in before) and not any(
        t.low in ("neither", "nor", "ни", "ні", "ані") for t in sentence.tokens[max(0, cue.i - 5) : cue.i + 4]
    )


#: English verbs that a "not" behind them negates.
_BEFORE_NOT = frozenset({"be", "have", "do", "can", "will", "would", "could", "should", "may", "might", "must"})


def is_negated(sentence: Sentence, cue: Token) -> bool:
    """ "did not say that", "refused to say": nothing was said."""
    if undisputed(sentence, cue) or unconfirmed(sentence, cue):
        return False
    negation = sentence.child(cue.i, "neg")
    if negation is not None and sentence.language == "en" and negation.i > cue.i and cue.lemma not in _BEFORE_NOT:
        negation = None  # "asked not to be named", "pleaded not guilty": something was said
    if (negation is not None and negation.i < cue.i + 2) or any(
        t.low in ("nor", "neither") and abs(t.i - cue.i) <= 4 and t.i < cue.i for t in sentence.tokens
    ):
        return True
    above = sentence.tokens[cue.head] if cue.head >= 0 else None
    if cue.pos == "INF" and [t.low for t in sentence.tokens[max(0, cue.i - 2) : cue.i - 1]] == ["не"]:
        return True  # «не стали комментировать»
    return (
        cue.dep == "xcomp"
        and above is not None
        and above.lemma
        in (
            "refuse",
            "decline",
            "fail",
            "отказаться",
            "отказываться",
            "відмовитися",
            "відмовлятися",
            "адмовіцца",
            "адмаўляцца",
        )
    )


def overlap(left: Range, right: Range | None) -> float:
    if right is None:
        return 0.0
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return max(0, shared) / max(1, min(left[1] - left[0], right[1] - right[0]))


def lies_inside(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def phrase_at(sentence: Sentence, at: int, phrases: Phrases) -> int:
    """Length of the longest phrase that starts at a word, or 0. A preposition stands for its other forms («у», «в», «ў»)."""
    tokens = sentence.tokens
    for phrase in phrases.get(fold(tokens[at].low), ()):
        if at + len(phrase) <= len(tokens) and all(
            fold(tokens[at + k].low) == word or (k and _FORM_OF.get(tokens[at + k].low) == _FORM_OF.get(word, ""))
            for k, word in enumerate(phrase)
        ):
            return len(phrase)
    return 0


#: Forms of one preposition.
_FORM_OF = {
    **dict.fromkeys(("в", "во", "у", "ў"), "in"),
    **dict.fromkeys(("с", "со", "з", "із", "зі", "са", "из"), "from"),
}


def rest_of(sentence: Sentence, first: int, last: int) -> Range | None:
    """What an adverbial source phrase speaks for: the clause after it at the start, before it at the end, around it else."""
    tokens = sentence.tokens
    before = after_boundary(sentence, sentence.trim(list(range(first))))
    after = before_boundary(sentence, sentence.trim(list(range(last + 1, len(tokens)))))
    after = without_contrast(sentence, after)
    wordy_before = sum(tokens[k].pos != "PUNCT" for k in before)
    wordy_after = sum(tokens[k].pos != "PUNCT" for k in after)
    if wordy_before < 3 and wordy_after < 2:
        return None
    if wordy_after:
        before = inner_clause(sentence, before)
        wordy_before = sum(tokens[k].pos != "PUNCT" for k in before)
    if wordy_before < 3 or not has_verb(sentence, before):
        if wordy_after and before and (_has_subject(sentence, before) or _bracketed(sentence, before, first, last)):
            return tokens[before[0]].start, tokens[after[-1]].end
        return spans.extent(sentence, after) if wordy_after >= 2 else spans.extent(sentence, before)
    if not wordy_after or tokens[last + 1].text not in (",", "—", ")"):
        return spans.extent(sentence, before)
    if new_clause(sentence, last + 1, after):
        return spans.extent(sentence, before)
    return tokens[before[0]].start, tokens[after[-1]].end


def inner_clause(sentence: Sentence, before: list[int]) -> list[int]:
    """From the last «что», "which" on, where its verb has not come yet: a comment inside a clause speaks for that clause."""
    tokens = sentence.tokens
    for k in reversed(before):
        if tokens[k].pos in ("V", "AUX"):
            return before
        opens = tokens[k].low in _OPENERS and k > before[0]
        if opens and (tokens[k].pos in ("REL", "SUB") or tokens[k].low in ("that", "что", "що", "што")):
            inside = [i for i in before if i >= k]
            return inside if tokens[k].pos == "REL" else sentence.trim([i for i in inside if i > k]) or before
    return before


_OPENERS = frozenset(
    {
        "that",
        "which",
        "who",
        "whose",
        "что",
        "що",
        "што",
        "который",
        "которая",
        "которое",
        "которые",
        "чью",
        "чий",
        "чия",
        "чиї",
        "чые",
        "який",
        "яка",
        "яке",
        "які",
        "якого",
        "якую",
        "якія",
        "якая",
        "якое",
    }
)


def _bracketed(sentence: Sentence, before: list[int], first: int, last: int) -> bool:
    """Whether commas stand on both sides of a phrase, behind something that is said of (a noun, a pronoun)."""
    tokens = sentence.tokens
    return (
        tokens[first - 1].text in (",", "—", "(")
        and last + 1 < len(tokens)
        and tokens[last + 1].text in (",", "—", ")")
        and any(tokens[k].pos in ("N", "PN", "PRON", "V", "NUM", "A") for k in before)
    )


#: Conjunctions that set another statement against the one before.
_CONTRAST = frozenset(
    {
        "but",
        "while",
        "whereas",
        "although",
        "though",
        "however",
        "но",
        "однако",
        "хотя",
        "тогда",
        "але",
        "проте",
        "однак",
        "тоді",
        "хоча",
        "аднак",
        "хаця",
        "тады",
    }
)


def new_clause(sentence: Sentence, at: int, after: list[int]) -> bool:
    """Whether the words behind an inserted comment open a sentence of their own: a conjunction, then a subject with its verb."""
    tokens = sentence.tokens
    opening = next((tokens[k] for k in range(at, min(at + 2, len(tokens))) if tokens[k].pos != "PUNCT"), None)
    if opening is None:
        return False
    joins = opening.pos == "CCONJ" or opening.low in _CONTRAST or opening.low == "а"
    if not joins:
        return not has_joint(sentence, opening) and _has_subject(sentence, after) and has_verb(sentence, after)
    return opening.low in _CONTRAST or (_has_subject(sentence, after) and has_verb(sentence, after))


def has_joint(sentence: Sentence, opening: Token) -> bool:
    """Whether a word ties what follows to what stands before: "that", "which", "after", a participle."""
    return opening.pos in ("SUB", "REL", "PREP", "CONV", "PTCP", "V", "AUX", "INF", "ADV")


def without_contrast(sentence: Sentence, indices: list[int]) -> list[int]:
    """Up to ", while drivers say otherwise": what somebody else says against it is not what this source says."""
    tokens = sentence.tokens
    words = lexicon(sentence.language)
    for k in indices:
        if tokens[k].low not in _CONTRAST and tokens[k].low != "а":
            continue
        if k == indices[0] or tokens[k - 1].text != ",":
            continue
        rest = [tokens[i] for i in indices if i > k]
        if any(
            t.pos == "V" and words.classes_of(t.low, t.lemma) & {"say", "deny", "admit", "think"} for t in rest
        ) and any(t.dep == "nsubj" for t in rest):
            return sentence.trim([i for i in indices if i < k])
    return indices


def has_verb(sentence: Sentence, indices: list[int]) -> bool:
    return any(sentence.tokens[k].pos in ("V", "AUX", "PTCP", "INF") or sentence.tokens[k].text == "—" for k in indices)


def _has_subject(sentence: Sentence, indices: list[int]) -> bool:
    return any(sentence.tokens[k].dep in ("nsubj", "nsubj:pass") for k in indices)


def after_boundary(sentence: Sentence, indices: list[int]) -> list[int]:
    """Not across a semicolon, a colon or another speaker's sentence."""
    for k in reversed(indices):
        if sentence.tokens[k].text in (";", ":") or _ends_speech(sentence, k):
            return sentence.trim([i for i in indices if i > k])
    return indices


def _ends_speech(sentence: Sentence, k: int) -> bool:
    """A full stop, a question or an exclamation mark inside, before a dash: somebody else's turn in a dialogue."""
    tokens = sentence.tokens
    return tokens[k].text in (".", "?", "!", "…") and k + 1 < len(tokens) and tokens[k + 1].text in ("—", "-")


def before_boundary(sentence: Sentence, indices: list[int]) -> list[int]:
    for k in indices:
        if sentence.tokens[k].text == ";":
            return sentence.trim([i for i in indices if i < k])
    return indices
