"""One event told from its other end, and who stands at that end: "Paid to Martin Dell, the maltster" tells that Dell received.

A letter that orders or reports a payment names whom it goes to behind the verb and seldom who pays. Namesakes matter most there:
another first name with the same surname is another person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakdesk.claims.deeds import facing_deeds
from leakdesk.claims.keys import word_alternatives
from leakdesk.claims.passages import Window
from leakdesk.claims.wanted import Wanted
from leakdesk.claims.wanted_slots import WantedSlot, even
from leakdesk.entities.match import compare
from leakdesk.language.concepts import VERBAL, all_concepts, concepts_of_word
from leakdesk.language.inflect import base_forms
from leakdesk.language.words import WORD
from leakdesk.model.document import Language

_CYRILLIC = re.compile("[\u0400-\u04ff]")
#: Words in front of whoever gives.
FROM = frozenset({"from", "от", "від", "ад", "у", "в"})
#: Other deeds by which something is handed over.
HANDS_OVER = frozenset({"issue_v", "transfer_n", "payment", "allocate_x", "grant_n", "deposit_v"})
#: Whoever does so has what was handed over.
KEPT_BY_TAKING = frozenset({"receive", "earn"})


def told_from_other_end(wish: Wanted, window: Window) -> bool:
    """Whether a sentence tells the claim's deed from its other end, with the claim's doer there."""
    if wish.subject is None:
        return False
    words = WORD.findall(window.text)
    if given := facing_deeds(wish.predicate, "taking", "giving"):
        more = HANDS_OVER if wish.predicate in KEPT_BY_TAKING else frozenset[str]()
        return _is_recipient(wish.subject, words, window, given | more)
    taken = facing_deeds(wish.predicate, "giving", "taking")
    return bool(taken) and _is_giver(wish.subject, words, window, taken)


def _is_recipient(slot: WantedSlot, words: list[str], window: Window, deeds: frozenset[str]) -> bool:
    """Behind the verb, with nobody of the claim before it, and in a Slavic language in the dative; or the addressee of «вам»."""
    at = next((i for i, word in enumerate(words) if concepts_of_word(word, window.language) & deeds), None)
    if at is None:
        return False
    if "To" in window.persons and (slot.surname & window.spoken_of or slot.share(window.spoken_of, even) >= 1.0):
        return True
    places = list(_places(slot, words, window.language))
    return bool(places) and min(places) > at and any(_may_be_given_to(words[each], window.language) for each in places)


def _is_giver(slot: WantedSlot, words: list[str], window: Window, deeds: frozenset[str]) -> bool:
    """Behind "from"."""
    if not any(concepts_of_word(word, window.language) & deeds for word in words):
        return False
    places = _places(slot, words, window.language)
    return any(FROM & {word.casefold() for word in words[max(0, each - 3) : each]} for each in places)


def _places(slot: WantedSlot, words: list[str], language: Language) -> Iterator[int]:
    """Where the name of a slot stands among some words: the surname of a person, the own words of another name."""
    names = {key for wording in slot.wordings for each in wording for key in each if key[:1] not in "@%"}
    keys = slot.surname or frozenset(names)
    return (i for i, word in enumerate(words) if word[:1].isupper() and word_alternatives(word, language) & keys)


def _may_be_given_to(word: str, language: Language) -> bool:
    if not _CYRILLIC.match(word):
        return True
    return any(each.case == "dative" for each in base_forms(word, language))


def namesake(wish: Wanted, window: Window) -> str | None:
    """Somebody of the same surname and another first name at the place of the claim's person; None where nobody such is named, or
    the person is as well."""
    slot = wish.subject
    if slot is None or not slot.surname or " " not in slot.name or _is_a_relative(wish):
        return None
    words = WORD.findall(window.text)
    found: str | None = None
    for at in _places(slot, words, window.language):
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(words)]
        first = next((i for i in beside if _is_first_name(words[i], i, window.language)), None)
        if first is None:
            continue
        if compare(slot.name, f"{words[first]} {words[at]}", "person").verdict != "different":
            return None
        found = f"{words[first]} {words[at]}"
    return found


def _is_a_relative(wish: Wanted) -> bool:
    """Whether the claim's person is only told by whose they are ("the inspector's wife"): others bear that surname."""
    text = wish.claim.subject.text if wish.claim.subject else ""
    known = all_concepts()
    told = (concepts_of_word(word, wish.language) for word in WORD.findall(text))
    return any(known[each].group == FAMILY or each in KIN for concepts in told for each in concepts)


#: The group of concepts of kin, and those of it that stand in older tables.
FAMILY, KIN = "family", frozenset({"mother", "wife", "father", "son", "daughter", "brother", "sister", "husband"})


def _is_first_name(word: str, place: int, language: Language) -> bool:
    if not word[:1].isupper() or len(word) < MIN_NAME:
        return False
    known = all_concepts()
    kinds = {known[each].kind for each in concepts_of_word(word, language)}
    return "actor" not in kinds and not (place == 0 and kinds & VERBAL)


#: A shorter word is an initial.
MIN_NAME = 3
