"""Letters that answer letters: which sentences ask, and whether an answer merely says yes or no to them.

"Could you ship the valves?" - "Agreed." tells of valves that are shipped, though the answer names none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from leakdesk.language.concepts import VERBAL, all_concepts, concepts_of_word
from leakdesk.language.detect import detect
from leakdesk.language.words import WORD
from leakdesk.model.document import Language

Answer = Literal["assent", "refusal"]

#: A sentence of more words says something of its own.
SHORT = 6
#: Of a letter of up to so many sentences each may be what is agreed to, if none of them asks.
FEW = 3


def answer_of(sentence: str, language: Language) -> Answer | None:
    """Whether a sentence merely agrees or turns down; None for one that speaks for itself."""
    words = [word.casefold() for word in WORD.findall(sentence)]
    if not words or len(words) > SHORT:
        return None
    folded = " ".join(words)
    if _pattern(_known(language, sentence), "refusal").match(folded):
        return "refusal"
    return "assent" if _pattern(_known(language, sentence), "assent").match(folded) else None


def asking_sentences(sentences: Sequence[str], language: Language) -> list[int]:
    """The places of those sentences of a letter that ask; of a short letter without any, all."""
    asking = [index for index, text in enumerate(sentences) if asks(text, language)]
    return asking or (list(range(len(sentences))) if len(sentences) <= FEW else [])


def asks(sentence: str, language: Language) -> bool:
    """Whether a sentence is a question or a request."""
    requests = _pattern(_known(language, sentence), "requests")
    return sentence.rstrip().endswith("?") or requests.search(sentence.casefold()) is not None


def tells_a_state(sentence: str, language: Language) -> bool:
    """Whether a sentence says how something now is ("Fans are off", «Насосы отключены»)."""
    return _pattern(_known(language, sentence), "states").search(sentence.casefold()) is not None


def is_there(sentence: str, language: Language) -> bool:
    """Whether a sentence says that there is something («Трыста подпісаў ёсць», "We have three hundred")."""
    return _pattern(_known(language, sentence), "there").search(sentence.casefold()) is not None


def gets_it(verb: str, language: Language) -> bool:
    """Whether whoever does so has a thing afterwards ("gathered", «собрал»)."""
    return _pattern(_known(language, verb), "gets").match(verb.casefold()) is not None


def offers(sentence: str, language: Language) -> bool:
    """Whether a sentence offers or promises something ("We would pay in advance", «Готовы помочь»)."""
    return _pattern(_known(language, sentence), "offers").search(sentence.casefold()) is not None


def grants(sentence: str, language: Language) -> bool:
    """Whether a short sentence says that we do what was asked («Заїжджайте з двору, відчинимо»)."""
    words = WORD.findall(sentence.casefold())
    endings = tuple(_table()[_known(language, sentence)].get("we", ()))
    if not words or len(words) > SHORT or not endings or not words[-1].endswith(endings):
        return False
    known = all_concepts()
    return any(known[each].kind in VERBAL for each in concepts_of_word(words[-1], language))


def by_the_piece(text: str) -> bool:
    """Whether a sentence prices or counts by the piece ("at 85,000 each")."""
    return _pattern("each", "words").search(text.casefold()) is not None


def is_hearsay(text: str) -> bool:
    """Whether a sentence only passes on what others say ("they say that he takes cash")."""
    return _pattern("hearsay", "words").search(text.casefold()) is not None


def _known(language: Language, text: str) -> str:
    known = language if language != "und" else detect(text)
    return known if known in _table() else "en"


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("leakdesk.claims").joinpath("replies.toml").read_text("utf-8"))


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    words = sorted(_table()[table][name], key=len, reverse=True)
    parts = [re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")
