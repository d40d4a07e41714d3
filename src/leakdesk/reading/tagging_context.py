"""Slavic word classes settled by neighbours: cases a preposition forbids, pronouns that are determiners."""

from __future__ import annotations

from leakdesk.model.document import Language
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.sentence import Token
from leakdesk.reading.words import word_list


def slavic_context(tokens: list[Token], language: Language) -> None:
    """Cases that a preposition forbids; participles before nouns; pronouns that are determiners."""
    pointing = lexicon(language).closed.get("pointing", frozenset())
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        if before is not None and before.pos == "PREP" and token.pos in ("N", "PN", "A", "PTCP", "NUM", "PRON"):
            token.cases = token.cases.replace("n", "") or token.cases
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        if token.pos == "REL":
            token.number = _REL_NUMBER.get(token.low, "")
        if token.low in _POINTING and after is not None and after.pos in ("N", "A", "NUM"):
            token.pos, token.cases = "DET", ""
        if (
            token.pos == "PRON"
            and token.low in pointing
            and after is not None
            and (after.pos in ("N", "PN", "A", "PTCP") or (after.pos == "NUM" and "p" in token.number))
        ):
            token.pos, token.cases = "DET", ""
        owner = token.low in word_list("them") or token.low in _THEIR
        if owner and after is not None and after.pos in ("N", "PN", "A"):
            token.pos, token.cases = "DET", ""
        if (
            (
                token.pos == "A"
                and "n" in token.cases
                and (after is None or after.pos in ("PUNCT", "V", "PREP", "CCONJ", "NEG", "ADV"))
            )
            and token.low.endswith(("ыя", "ія", "ие", "ые", "і", "ні", "чы", "чий", "ный", "вой", "вы"))
            and (before is None or before.pos in ("V", "PUNCT", "DET", "A"))
            and (before is None or before.lemma not in ("бути", "быць", "быть"))
        ):
            token.pos = "N"
        if token.low in ("как", "як") and not _verb_follows(tokens, number):
            token.pos = "PREP"
        if token.pos == "PRON" and not token.cases:
            token.cases = _PRONOUN_CASES.get(token.low) or _pronoun_cases(token.low, pointing)


_REL_NUMBER = {
    "які": "",
    "якія": "p",
    "которые": "p",
    "которых": "p",
    "який": "s",
    "яка": "s",
    "яке": "s",
    "якая": "s",
    "якое": "s",
    "который": "s",
    "которая": "s",
    "которое": "s",
}


_POINTING = frozenset(
    {
        "цей",
        "ця",
        "це",
        "ці",
        "цього",
        "цієї",
        "цих",
        "той",
        "та",
        "те",
        "ті",
        "этот",
        "эта",
        "это",
        "эти",
        "тот",
        "гэты",
        "гэтая",
        "гэта",
        "гэтыя",
        "тая",
        "тое",
        "тыя",
        "кожен",
        "кожна",
        "кожний",
        "каждый",
        "каждая",
        "кожны",
        "кожная",
        "усі",
        "всі",
        "усе",
        "все",
        "такий",
        "така",
        "такі",
        "такой",
        "такая",
        "такие",
        "такія",
        "наш",
        "наша",
        "наші",
        "ваш",
        "свій",
        "свой",
    }
)


_THEIR = frozenset({"їхній", "їхня", "їхні"})


#: Ending of a pronoun that points -> its cases.
_ENDINGS = (
    (("ого", "ога", "ього", "аго", "ага", "яго", "таго"), "ga"),
    (("ому", "ьому", "аму", "яму"), "dl"),
    (("ої", "ієї", "єї"), "g"),
    (("їй", "ій"), "dl"),
    (("ой", "ай", "ёй"), "gdil"),
    (("ими", "імі", "ымі", "іма"), "i"),
    (("их", "іх", "ых"), "gal"),
    (("им", "ім", "ым"), "id"),
    (("ою", "ією"), "i"),
    (("у", "ю"), "a"),
)


def _pronoun_cases(low: str, pointing: frozenset[str]) -> str:
    if low in pointing and low not in ("той", "самі", "такий", "такі", "інший"):
        return next((cases for endings, cases in _ENDINGS if low.endswith(endings)), "na")
    return "na"


def _verb_follows(tokens: list[Token], at: int) -> bool:
    """Whether a finite verb stands before the next punctuation mark."""
    for token in tokens[at + 1 :]:
        if token.pos == "PUNCT":
            return False
        if token.pos == "V":
            return True
    return False


_PRONOUN_CASES = {
    **dict.fromkeys(
        (
            "он",
            "она",
            "оно",
            "они",
            "мы",
            "вы",
            "я",
            "ты",
            "він",
            "вона",
            "воно",
            "вони",
            "ми",
            "ви",
            "ён",
            "яна",
            "яно",
            "яны",
        ),
        "n",
    ),
    **dict.fromkeys(
        (
            "его",
            "её",
            "ее",
            "их",
            "його",
            "її",
            "їх",
            "яго",
            "яе",
            "іх",
            "нас",
            "вас",
            "мене",
            "меня",
            "мяне",
            "ничего",
            "нічого",
            "нічога",
            "никого",
            "нікого",
            "нікога",
        ),
        "ga",
    ),
    **dict.fromkeys(("ему", "ей", "им", "йому", "їй", "їм", "яму", "ёй", "ім", "нам", "вам", "мне", "мені"), "d"),
}
