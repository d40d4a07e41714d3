"""Ukrainian and Belarusian words that look like two classes and that no dictionary settles: told by the clause they stand in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from leakdesk.language.concepts import concept_of
from leakdesk.model.document import Language
from leakdesk.reading.sentence import Token
from leakdesk.reading.slavic_stretches import STOPS
from leakdesk.reading.tagging_endings import adjective_by_ending, verb_by_ending

_MARKS = STOPS | {"«", "»", '"'}
#: Endings of a past tense (m.) that are those of a genitive plural too: «змаўчаў», «заводаў».
_PAST = ("аў", "яў")
#: Genitives plural: behind one of them and "and" stands another («станкоў і прыбораў»).
_MANY = ("аў", "яў", "оў", "ёў", "ей", "эй")
#: Participles that tell what was done, by their endings.
_DONE = {
    "be": re.compile(r"..(?:[аяе]н|[аяіуы]т)(?:ы|ая|ае|ыя)$"),
    "uk": re.compile(r"..(?:[аяе]н|[аяіуи]т)(?:ий|а|е|і)$"),
}
#: The same of a word that nobody knows: long endings only («вікна», «рана» are things).
_SURELY_DONE = re.compile(r"....(?:[аяеє]н|[іу]т)(?:ий|е|і)$")


#: Words whose dictionary knows a rarer base form first: «два гады» are years, and no reptiles.
_MEANT: Mapping[str, Mapping[str, str]] = {
    "be": dict.fromkeys(("гады", "гадоў", "гадам", "гадамі", "гадах"), "год"),
    "uk": {},
}


def settle_doubtful(tokens: list[Token], language: Language) -> None:
    """All rules, in place; what a dictionary knows keeps its class but for the doubtful pairs above."""
    if language not in ("uk", "be"):
        return
    for token, after in itertools.pairwise(tokens):
        if language == "uk" and token.low == "мати" and token.pos != "N" and _is_whose(after):
            token.pos, token.cases, token.number, token.gender, token.animate = "N", "n", "s", "f", "a"
    for token in tokens:
        token.lemma = _MEANT[language].get(token.low, token.lemma)
    for clause in _clauses(tokens):
        _participles(clause, language)
        _adjectives(clause, language)
        if language == "be":
            _past(clause)


def _is_whose(token: Token) -> bool:
    """Whether a word tells whose mother it is («Мати загиблої», «Мати Олени»), rather than what one has to have."""
    return token.pos in ("A", "PTCP", "N", "PN") and set(token.cases or "n") <= {"g", "d", "l"}


def _clauses(tokens: list[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        if token.text in _MARKS:
            if clause:
                yield clause
            clause = []
        else:
            clause.append(token)
    if clause:
        yield clause


def _participles(clause: list[Token], language: Language) -> None:
    """«скасаваны», «перасланы» are done to something; «прострочене», that no dictionary knows, is a participle as well where a
    noun before it has no other verb."""
    bare = not any(each.pos in ("V", "INF", "AUX", "CONV") for each in clause)
    for at, token in enumerate(clause):
        if token.pos == "V" and not token.passive and not token.transitive and _DONE[language].search(token.low):
            token.passive, token.tense = True, "past"
            token.number = "p" if token.low.endswith(("ыя", "і")) else "s"
        elif language == "uk" and bare and token.pos == "N" and not token.forms and token.text.islower():
            told = any(each.pos in ("N", "PN") and "n" in each.cases for each in clause[:at])
            if told and _SURELY_DONE.search(token.low):
                token.pos, token.passive, token.cases = "PTCP", True, "na"
                token.number = "p" if token.low.endswith("і") else "s"


def _adjectives(clause: list[Token], language: Language) -> None:
    """«Імпартны клапан»: what may be a short form stands before its noun, and another word tells the event."""
    for token, after in itertools.pairwise(clause):
        if token.pos != "V" or token.tense == "pres" or token.transitive or after.pos not in ("N", "A"):
            continue
        made = adjective_by_ending(token.low, language)
        finite = any(each.pos == "V" and each is not token for each in clause)
        if made is not None and finite and "n" in made.cases and set("na") & set(after.cases or "na"):
            token.pos = "PTCP" if token.passive else "A"
            token.cases, token.tense, token.lemma = made.cases, "", token.lemma if token.passive else token.low


def _past(clause: list[Token]) -> None:
    """«Пра ўмову журнал змаўчаў»: in a clause without a verb that has somebody to act, the doubtful word is the verb."""
    joined = next((k for k, each in enumerate(clause) if k and each.low in ("і", "ды", "але")), None)
    if joined is not None and any(each.pos == "V" and each.gender == "m" for each in clause[:joined]):
        if not clause[joined - 1].low.endswith(_MANY):
            _second_past(clause[joined + 1 :])
        return
    if any(each.pos in ("V", "AUX") for each in clause):
        return
    for at, token in enumerate(clause):
        if token.pos != "N" or not token.low.endswith(_PAST) or not token.text.islower():
            continue
        before = next((each for each in reversed(clause[:at]) if each.pos not in ("ADV", "X", "NEG")), None)
        if before is not None and before.pos in ("NUM", "PREP", "A"):
            continue
        if token.forms and not (before is not None and _may_act(before) and _tells(token)):
            continue
        who = [each for each in clause if each is not token and _may_act(each)]
        made = verb_by_ending(token.low, token.low, "be", known=True)
        if who and made is not None and made.pos == "V":
            token.pos, token.cases, token.number, token.gender, token.tense = "V", "", "s", "m", "past"
            token.lemma = token.low[:-1] + "ць"
            return


def _second_past(clause: list[Token]) -> None:
    """«Мэр прызнаў памылку і адклікаў указ»: right behind "and", before what may be acted on, the doubtful word is a verb too."""
    if len(clause) < 2 or any(each.pos in ("V", "AUX") for each in clause):
        return
    token, after = clause[0], clause[1]
    if token.pos not in ("N", "A") or token.forms not in ("", "gp") or not token.low.endswith(_PAST):
        return
    if (after.pos == "PREP" and not token.forms) or (
        after.pos in ("N", "PN", "A", "DET", "NUM") and set("ag") & set(after.cases or "a")
    ):
        token.pos, token.cases, token.number, token.gender, token.tense = "V", "", "s", "m", "past"
        token.lemma = token.low[:-1] + "ць"


def _tells(token: Token) -> bool:
    """Whether a word that a dictionary knows as a noun is a verb of the tables as well: «дырэктар загадаў», «завод купляў»."""
    return concept_of(token.low[:-1] + "ць", "be", verbal=True) is not None


def _may_act(token: Token) -> bool:
    """Whether a word may be the subject of a past tense in the masculine."""
    if token.pos not in ("N", "PN", "PRON", "REL") or token.number == "p" or token.gender in ("f", "n"):
        return False
    return "n" in token.cases or token.pos == "REL"
