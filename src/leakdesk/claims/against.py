"""What in a passage that tells a claim's event speaks against the claim, and what it leaves open.

To *contradict* takes more than to resemble: the deed, the thing, and somebody or something that ties the letter to the claim.
"""

from __future__ import annotations

import re

from leakdesk.claims.passages import Window, word_alternatives
from leakdesk.claims.quotes import meaning_words
from leakdesk.claims.shares import NEGATIVE, RELATED, STANDS, SURE, THERE_IS, Shares, denies, seeks
from leakdesk.claims.slots import MODALITY_GROUPS
from leakdesk.claims.wanted import Wanted, predicate_share
from leakdesk.model.comparison import SlotRelation

#: Slots beside the predicate that must stand for a sentence to tell the event without the predicate's own word.
TELLS_IN_OTHER_WORDS = 3
#: Different words of a claim that a passage must share: one common word tells no event.
FEWEST_WORDS = 2
#: A word this many words before the predicate bears on it.
REACH = 4

_WORD = re.compile(r"\w+(?:[-’'ʼ]\w+)*")


def against_of(
    wish: Wanted, window: Window, slots: dict[str, SlotRelation], shares: Shares
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What in a strong passage speaks against the claim, and what the passage leaves open."""
    sure = _surely_the_same(wish, shares)
    against: list[str] = []
    short_of: list[str] = []
    if slots.get("quantity") == "disjoint":
        (against if sure else short_of).append(f"quantity: the letter has {_numbers(window)}")
    said = _polarity(wish, window, shares)
    if said and (sure or wish.denied):
        against.append(said)
    if _swapped(wish, window):
        against.append("participants: in the letter they change places")
    if slots.get("time") == "disjoint":
        short_of.append("time: the passage names another date")
    if wish.denied and wish.predicate not in NEGATIVE and not denies(wish, window):
        short_of.append("polarity: the passage does not say that it is not so")
    short_of += _modality(wish, window)
    short_of += [f"{name}: not in the passage" for name in _open_slots(wish, shares) if slots.get(name) == "missing"]
    if slots["predicate"] == "missing" and shares.numbers != "equal" and shares.standing < TELLS_IN_OTHER_WORDS:
        short_of.append("predicate: told in other words, if at all")
    return tuple(against), tuple(short_of)


def _surely_the_same(wish: Wanted, shares: Shares) -> bool:
    """Deed and thing stand there, and the letter is tied to the claim's people, place or time, or the deed is told in so
    many words and the claim names nobody else."""
    thing = shares.object if wish.object else shares.subject
    if shares.predicate < RELATED or thing < SURE:
        return False
    free = wish.subject is None or wish.object is None or not wish.subject.named
    return shares.ties > 0 or (free and shares.predicate == 1.0)


def _open_slots(wish: Wanted, shares: Shares) -> tuple[str, ...]:
    """Slots that a passage must fill to support the claim whole. Letters seldom name their writer's own house: where deed
    and thing are sure, or the number fits, a missing subject is no gap."""
    sure = shares.predicate >= RELATED and shares.object >= SURE and shares.words >= FEWEST_WORDS
    told = sure or (shares.predicate == 1.0 and shares.object >= STANDS and shares.words > FEWEST_WORDS)
    number = shares.numbers == "equal" and (shares.standing >= 2 or shares.ties > 0)
    slots = ["quantity"] if number else ["quantity", "to", "from", "with"]
    if not wish.object_is_open and not (shares.numbers == "equal" and (shares.predicate >= RELATED or shares.ties > 0)):
        slots.append("object")
    if not (told or number):
        slots.append("subject")
    return tuple(slots)


def _polarity(wish: Wanted, window: Window, shares: Shares) -> str | None:
    if wish.predicate in NEGATIVE:
        return None  # a refusal is told by a negation: neither speaks against the other
    if wish.denied:
        open_question = window.cues & {"plan", "condition"} or window.text.rstrip().endswith("?")
        if open_question or denies(wish, window):
            return None
        if seeks(window):
            return None
        thing = shares.object if wish.object else shares.subject
        told = shares.predicate == 1.0 or wish.predicate in THERE_IS
        open_ = wish.object is None or wish.object_is_open
        said = shares.ties > 0 and shares.predicate >= RELATED and (open_ or (told and thing >= SURE))
        return "polarity: the letter says that it is so" if said else None
    return "polarity: the letter says that it is not so" if _negated(wish, window) else None


def _numbers(window: Window) -> str:
    return ", ".join(f"“{quantity.text}”" for quantity in window.numbers)


def _modality(wish: Wanted, window: Window) -> list[str]:
    if MODALITY_GROUPS[wish.claim.modality] != "done":
        return []
    if "plan" in window.cues and _before_predicate(wish, window, "plan"):
        return ["modality: the letter speaks of a plan or a possibility"]
    if "condition" in window.cues:
        return ["modality: the letter sets a condition"]
    return []


def _before_predicate(wish: Wanted, window: Window, *classes: str) -> bool:
    """Whether a meaning-bearing word of these classes stands right before the predicate in the sentence."""
    language = window.letter.language
    words = _WORD.findall(window.text)
    for index, word in enumerate(words):
        if predicate_share(wish, word_alternatives(word, language)) > 0:
            before = [each.casefold() for each in words[max(0, index - REACH) : index]]
            if meaning_words(before, language, classes):
                return True
    return False


def _negated(wish: Wanted, window: Window) -> bool:
    if "denied next" in window.cues:
        return True
    return bool(window.cues & {"negation", "lack"}) and _before_predicate(wish, window, "negation", "lack")


def _swapped(wish: Wanted, window: Window) -> bool:
    """Whether a claim read in the letter has the two participants the other way round."""
    if not (wish.subject and wish.object and wish.subject.named and wish.object.named and window.letter.reading):
        return False
    for claim in window.letter.reading.claims:
        if not (claim.quote.start < window.end and window.start < claim.quote.end and claim.subject and claim.object):
            continue
        if claim.predicate.class_ != wish.predicate:
            continue
        does, suffers = _slot_keys(claim.subject.text, window), _slot_keys(claim.object.text, window)
        straight = wish.subject.share(does, _even) >= STANDS or wish.object.share(suffers, _even) >= STANDS
        crossed = wish.subject.share(suffers, _even) >= STANDS and wish.object.share(does, _even) >= STANDS
        if crossed and not straight:
            return True
    return False


def _even(_: frozenset[str]) -> float:
    return 1.0


def _slot_keys(text: str, window: Window) -> frozenset[str]:
    return frozenset(key for word in _WORD.findall(text) for key in word_alternatives(word, window.letter.language))
