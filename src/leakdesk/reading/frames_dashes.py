"""Slavic clauses about a dash or a colon: «Один електробус — 2 млн рублів», «Причина аварии: старый насос»."""

from __future__ import annotations

from leakdesk.reading.frame import WITH_VERB, Frame
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

TO_BE = {"ru": "быть", "uk": "бути", "be": "быць"}
_ENDS = frozenset({":", ";", ".", "!", "?", "«", "»", '"', "(", ")", "…"})


#: Words that may stand before a dash alone: «Насправді — гіроскопи».
_REALLY = frozenset(
    {"насправді", "насамрэч", "сапраўды", "итого", "разом", "усього", "усяго", "всего", "внутри", "всередині", "унутры"}
)


def dashes(sentence: Sentence) -> list[Frame]:
    """«Один електробус — 2 млн рублів», «Насправді — гіроскопи»: a noun, a dash, and what it is or costs."""
    if any(each.pos == "V" and each.tense for each in sentence.tokens) and not any(
        each.text in (":", "«", ";") for each in sentence.tokens
    ):
        return []
    made: list[Frame] = []
    for dash in sentence.tokens:
        if dash.text not in ("—", "–") or dash.i == 0:
            continue
        left, right = _sides(sentence, dash.i)
        if not left or not right or any(each.pos in WITH_VERB for each in (*left, *right)):
            continue
        subject = next((each for each in left if each.pos in ("N", "PN", "PRON") and _free(sentence, each)), None)
        said = next((each for each in right if each.pos in ("N", "PN", "NUM") and _free(sentence, each)), None)
        if said is not None and said.pos == "NUM":
            later = (each for each in right if each.i > said.i and each.pos not in ("A", "PTCP"))
            noun = next(later, None)
            said = noun if noun is not None and noun.pos in ("N", "NUM") and noun.text.isalpha() else None
        elif said is not None and "n" not in cases_of(said):
            said = None
        if said is None or any(each.pos == "PREP" for each in right if each.i < said.i):
            continue
        if subject is None and len(left) <= 2 and left[-1].low in _REALLY:
            subject, said = said, None
        if subject is None or (said is not None and "n" not in cases_of(subject)):
            continue
        _gather(sentence, (said or subject).i, [*left, *right])
        made.append(
            Frame(
                chain=[(said or subject).i],
                event=(said or subject).i,
                lemma=TO_BE[sentence.language],
                subject=subject.i,
                object=said.i if said is not None else None,
                kind="root",
                rule="verbless-dash",
                negated=any(each.pos == "NEG" for each in right if said is None or each.i < said.i),
            )
        )
    return made


def behind_colon(sentence: Sentence) -> list[Frame]:
    """«Причина аварии: старый насос»: a noun whose own is told behind a colon, at the start of a sentence."""
    first = sentence.tokens[0] if sentence.tokens else None
    colon = next((each.i for each in sentence.tokens if each.text == ":"), 0)
    if first is None or not colon or first.pos != "N" or first.lemma not in word_list("told_behind_colon"):
        return []
    left, right = _sides(sentence, colon)
    if not left or not right or left[0] is not first or any(each.pos in WITH_VERB for each in (*left, *right)):
        return []
    said = next((each for each in right if each.pos in ("N", "PN") and _free(sentence, each)), None)
    if said is None:
        return []
    _hang(left, first)
    _hang(right, said)
    first.head, first.dep, said.head, said.dep = said.i, "nsubj", -1, "root"
    sentence.changed()
    lemma = TO_BE[sentence.language]
    return [
        Frame(chain=[said.i], event=said.i, lemma=lemma, subject=0, object=said.i, kind="root", rule="verbless-dash")
    ]


def _hang(words: list[Token], top: Token) -> None:
    """What hangs on nothing inside a stretch hangs on its chief word."""
    inside = {each.i for each in words}
    for each in words:
        if each is not top and each.head not in inside:
            each.head = top.i


def _gather(sentence: Sentence, top: int, words: list[Token]) -> None:
    """Both sides of a dash hang on what is said, so that the claim quotes both."""
    said = sentence.tokens[top]
    _hang(words, said)
    said.head = -1 if said.head in {each.i for each in words} else said.head
    sentence.changed()


def _sides(sentence: Sentence, at: int) -> tuple[list[Token], list[Token]]:
    """The words before and behind a dash, up to the marks that end a clause."""
    left: list[Token] = []
    for token in reversed(sentence.tokens[:at]):
        if token.text in _ENDS or token.text in ("—", "–"):
            break
        left.insert(0, token)
    right: list[Token] = []
    for token in sentence.tokens[at + 1 :]:
        if token.text in _ENDS or token.text in ("—", "–", ","):
            break
        right.append(token)
    while left and left[-1].text == ",":  # «Вихід, уточнимо, — три оклади»
        left.pop()
    comma = next((k for k, each in enumerate(left) if each.text == ","), None)
    if comma is not None:
        left = left[:comma] if len(left) - comma <= 3 else []
    return [each for each in left if each.pos != "PUNCT"], right


def _free(sentence: Sentence, token: Token) -> bool:
    """Whether no preposition stands before a noun and its adjectives."""
    for k in range(token.i - 1, -1, -1):
        before = sentence.tokens[k]
        if before.pos in ("A", "NUM", "DET", "PTCP", "ADV"):
            continue
        return before.pos != "PREP" and not (before.pos in ("N", "PN") and "g" in cases_of(token))
    return True


def cases_of(token: Token) -> str:
    """The cases that a word's own form allows; the nominative where nobody knows."""
    return "".join(each[0] for each in token.forms.split()) or token.cases or "n"
