"""How likely it is that a sentence of a letter tells a claim's event, in whatever words: a weighted sum over what both share.

Letters use other words than reports, and a rule that asks for the deed by name is silent where the number, the thing, the day
and the people are all there. What counts how much is no opinion: telling.toml is fitted by bench/fit_telling.py to the passages
that readers marked in the opened scenarios (logistic regression; each scenario is judged by weights that have not seen it).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from leakdesk.claims.deeds import tells_another
from leakdesk.claims.figures import TELLING_FROM
from leakdesk.claims.passages import Window, tells_a_deed
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


#: From which likelihood a sentence tells the claim in other words, and how much of the claim's words, weighed by rarity, must
#: stand in it or near it: in a large mailbox some sentence has a number and a day by chance.
LIKELY_FROM, MOST_OF_IT = 0.7, 0.6
#: What sets a sentence apart, so that no likeness makes it a support.
TURNS = frozenset(
    {"another deed", "heading", "number apart", "time disjoint", "polarity apart", "plan", "condition", "asks"}
)


def tells_in_other_words(wish: Wanted, window: Window, shares: Shares) -> bool:
    """Whether a sentence in which no rule finds the claim's event is likely to tell it, and nothing in it says otherwise."""
    if shares.bag < MOST_OF_IT:
        return False
    if not shares.predicate and not _is_a_dealing(wish.predicate):
        return False
    if wish.predicate in THERE_IS and wish.subject is not None and shares.subject < STANDS:
        return False  # that something is Chinese says nothing of the firm
    found = features(wish, window, shares)
    return not TURNS & found.keys() and likelihood(found) >= LIKELY_FROM


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
    return {f"time {relation}": shares.time == relation for relation in ("equal", "variant", "disjoint", "missing")}


def _deeds(wish: Wanted, window: Window, shares: Shares) -> dict[str, float | bool]:
    told = shares.predicate >= RELATED
    side = max(shares.object, shares.subject) >= STANDS
    return {
        "deed": shares.predicate == 1.0,
        "deed near": told and shares.predicate < 1.0,
        "deed and side": told and side,
        "another deed": tells_another(wish.predicate, window.keys),
        "no deed": not tells_a_deed(window.keys),
        "unknown deed": wish.predicate not in all_concepts(),
        "there is": wish.predicate in THERE_IS,
    }


def likelihood(found: Mapping[str, float]) -> float:
    """How likely it is, 0..1, that a sentence with these features tells the claim. What has not been fitted counts nothing."""
    weights, bias = _weights()
    return 1 / (1 + math.exp(-bias - sum(weights.get(name, 0.0) * value for name, value in found.items())))


@cache
def _weights() -> tuple[Mapping[str, float], float]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("telling.toml").read_text("utf-8"))
    return table["weights"], table["bias"]
