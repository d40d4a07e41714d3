"""How likely it is that a sentence of a letter tells a claim's event, in whatever words: a weighted sum over what both share.

Letters use other words than reports, and a rule that asks for the deed by name is silent where the number, the thing, the day
and the people are all there. What counts how much is no opinion: telling.toml is fitted by bench/fit_telling.py to the passages
that readers marked in the opened scenarios (logistic regression; each scenario is judged by weights that have not seen it).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from leakdesk.claims.deeds import is_about_another
from leakdesk.claims.figures import TELLING_FROM
from leakdesk.claims.likeness import Way
from leakdesk.claims.passages import Window, cues_of, tells_a_deed
from leakdesk.claims.quotes import words_of
from leakdesk.claims.replies import asks
from leakdesk.claims.shares import THERE_IS, Shares, denies
from leakdesk.claims.wanted import Wanted
from leakdesk.claims.wanted_slots import RELATED, STANDS
from leakdesk.language.concepts import all_concepts
from leakdesk.model.document import Role

#: Words in common beyond this many say no more.
MOST_WORDS = 5


def features(wish: Wanted, window: Window, shares: Shares) -> dict[str, float]:
    """What a claim and a sentence have in common and what sets them apart, by the names in telling.toml; what is absent is 0."""
    found: dict[str, float | bool] = {
        **_slots(wish, shares),
        **_numbers(wish, shares),
        **_times(shares),
        **_deeds(wish, window, shares),
        **_words(wish, window),
        "words": min(MOST_WORDS, shares.words),
        "standing": shares.standing,
        "ties": shares.ties,
        "in the letter": shares.letter,
        "known": shares.known,
        "bag": shares.bag,
        "context": shares.context,
        "of its writer": shares.by_writer,
        "polarity apart": wish.denied != denies(wish, window),
        "denied": wish.denied,
        "plan": "plan" in window.cues,
        "condition": "condition" in window.cues,
        "asks": asks(window.text, window.language),
        "heading": window.role == Role.HEADER,
    }
    return {name: float(value) for name, value in found.items() if value}


def _words(wish: Wanted, window: Window) -> dict[str, float | bool]:
    """How much of the claim stands in the sentence word for word, and how much of the sentence is the claim's."""
    claim, sentence = words_of(wish.claim.quote.exact), words_of(window.text)
    run = SequenceMatcher(None, claim, sentence, autojunk=False).find_longest_match().size
    return {
        "in a row": run / len(claim) if claim else 0.0,
        "of the sentence": sum(bool(each & window.keys) for each in wish.bag) / max(1, len(sentence)),
        "long claim": math.log(1 + len(wish.bag)),
        "long sentence": math.log(max(1, len(sentence))),
        "counts": bool(wish.quantities),
    }


#: From which likelihood a sentence tells the claim in other words.
LIKELY_FROM = 0.5
#: Among so many sentences the weights were fitted. Among more, some fit by chance: the odds fall as their number grows.
LOOKED_AT = 35
#: What sets a sentence apart, so that no likeness makes it a support.
TURNS = frozenset({"another deed", "heading", "number apart", "number missing", "time disjoint", "time broader"})


def may_tell(wish: Wanted, window: Window, shares: Shares, found: Mapping[str, float]) -> bool:
    """Whether nothing in a sentence (with these features) says otherwise, though no rule finds the claim's event in it."""
    if TURNS & found.keys():
        return False
    if not shares.predicate and not _is_a_dealing(wish.predicate):
        return False
    if wish.predicate in THERE_IS and wish.subject is not None and shares.subject < STANDS:
        return False  # that something is Chinese says nothing of the firm
    claimed = cues_of(wish.claim.quote.exact, wish.language)
    return "limit" not in claimed and not window.cues & {"plan", "condition"} - claimed


def _is_a_dealing(deed: str) -> bool:
    """Whether a deed is what rows and notes tell without a word for it: "3 engines, icebreaker Toros" was ordered, supplied or
    paid for; that they were stolen or repaired takes a word. A deed that the table does not know may be any."""
    known = all_concepts().get(deed)
    return known is None or known.kind not in ("act", "change") or known.group in DEALINGS


#: Groups of deeds that a row of a thing and a number may tell.
DEALINGS = frozenset({"transfer", "money", "move", "travel", "ask", "measure"})


def _slots(wish: Wanted, shares: Shares) -> dict[str, float | bool]:
    other = max(shares.others, default=0.0)
    return {
        "object": shares.object,
        "object whole": shares.object >= 1.0,
        "object missing": wish.object is not None and shares.object < STANDS,
        "subject": shares.subject,
        "subject missing": wish.subject is not None and shares.subject < STANDS,
        "named subject missing": wish.subject is not None and wish.subject.named and not shares.subject,
        "no object": wish.object is None,
        "other side": other,
        "other side missing": bool(shares.others) and other < STANDS,
        "place": shares.place,
        "place missing": wish.place is not None and shares.place < STANDS,
    }


def _numbers(wish: Wanted, shares: Shares) -> dict[str, float | bool]:
    telling = any(each.value >= TELLING_FROM for each in wish.quantities)
    equal = shares.numbers == "equal"
    return {
        "number": equal and telling,
        "small number": equal and not telling,
        "number near": shares.numbers in ("narrower", "broader", "variant"),
        "number apart": shares.numbers == "disjoint",
        "number missing": shares.numbers == "missing",
        "number and object": equal and shares.object >= STANDS,
    }


def _times(shares: Shares) -> dict[str, float | bool]:
    return {
        f"time {relation}": shares.time == relation
        for relation in ("equal", "variant", "broader", "disjoint", "missing")
    }


def _deeds(wish: Wanted, window: Window, shares: Shares) -> dict[str, float | bool]:
    told = shares.predicate >= RELATED
    side = max(shares.object, shares.subject) >= STANDS
    return {
        "deed": shares.predicate == 1.0,
        "deed near": told and shares.predicate < 1.0,
        "deed and side": told and side,
        "another deed": is_about_another(wish.predicate, window.keys),
        "no deed": not tells_a_deed(window.keys),
        "unknown deed": wish.predicate not in all_concepts(),
        "there is": wish.predicate in THERE_IS,
    }


def likelihood(found: Mapping[str, float], by: Way = "slots", looked: int = 0) -> float:
    """How likely it is, 0..1, that a sentence with these features tells the claim, where `looked` sentences were looked at. What
    has not been fitted counts nothing."""
    weights, bias = _weights(by)
    odds = bias + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(math.log(max(looked, LOOKED_AT) / LOOKED_AT) - odds))


@cache
def _weights(by: Way) -> tuple[Mapping[str, float], float]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("telling.toml").read_text("utf-8"))[by]
    return table["weights"], table["bias"]
