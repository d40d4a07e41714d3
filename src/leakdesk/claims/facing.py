"""One of two claims as the other tells it: the same deed from its other end.

Sold to her, she bought; belongs to her, is registered on her; the sensors were switched off, they switched the sensors off; it
came from the director, the director wrote it. converse.toml holds the deeds. A side is only moved where the other claim has it,
so that two deeds of one kind stay two.
"""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.claims.sides import is_somebody, met
from leakdesk.claims.views import MONEY, ClaimView, Side, converse


def facing(a: ClaimView, b: ClaimView) -> tuple[ClaimView, ClaimView]:
    """Two claims, each told from the end at which the other stands as far as their words allow."""
    a, b = _without_event_object(a, b), _without_event_object(b, a)
    a, b = _without_mere_money(a, b), _without_mere_money(b, a)
    a, b = _without_mere_deal(a, b), _without_mere_deal(b, a)
    for turn in (_active, _as_taken, _as_owned, _as_worker, _as_made, _as_patient):
        a, b = turn(a, b), turn(b, a)
    return a, b


def meets(a: Side | None, b: Side | None) -> bool:
    """Whether two sides are surely of one: one entity, or most words of the shorter."""
    if a is None or b is None:
        return False
    if a.entity and b.entity and a.entity == b.entity:
        return True
    least = min(len(a.words), len(b.words))
    return least > 0 and min(met(a, b), met(b, a)) * 2 >= least


def _without_event_object(one: ClaimView, other: ClaimView) -> ClaimView:
    """Drop an object that is the event itself ("a refund") where the other text tells that event with its verb."""
    if one.object and one.object.head.removeprefix("@") == other.predicate_class != one.predicate_class:
        return replace(one, object=None)
    return one


def _without_mere_money(one: ClaimView, other: ClaimView) -> ClaimView:
    """Who pays money pays for something: mere money is no other thing than what the other text says was paid."""
    if one.predicate_class != "pay" or one.object is None or other.object is None:
        return one
    mere = all(word & MONEY for word in one.object.words) and not any(word & MONEY for word in other.object.words)
    return replace(one, object=None) if mere else one


def _without_mere_deal(one: ClaimView, other: ClaimView) -> ClaimView:
    """The price of "the deal" is the price: of what the deal is, it does not say."""
    if one.predicate_class != "cost" or other.predicate_class != "cost" or other.subject or one.subject is None:
        return one
    return replace(one, subject=None) if all("@contract" in word for word in one.subject.words) else one


def _active(one: ClaimView, other: ClaimView) -> ClaimView:
    """A passive with its agent ("the depot was sold by the port") as the other text tells it, who did it first."""
    agent = one.others.get("by")
    if agent is None or one.subject is None or one.object is not None or "by" in other.others:
        return one
    if not (other.subject and met(agent, other.subject)) and not (other.object and met(one.subject, other.object)):
        return one
    others = {role: side for role, side in one.others.items() if role != "by"}
    return replace(one, subject=agent, object=one.subject, others=others)


def _as_taken(one: ClaimView, other: ClaimView) -> ClaimView:
    """What was given, sold or paid to somebody, as what they took, bought or received."""
    here, there = one.predicate_class, other.predicate_class
    if here == there or not any(here in row["giving"] and there in row["taking"] for row in converse()["ends"]):
        return one
    giver, thing, taker = one.subject, one.object, one.others.get("to")
    if thing is None and taker is not None and giver is not None and meets(giver, other.object):
        giver, thing = None, giver  # "the plant was sold to her"
    if taker is None and thing is not None and (meets(thing, other.subject) or is_somebody(thing)):
        taker, thing = thing, None  # "gave her"
    if meets(giver, other.subject) or (taker is None and giver is None):
        return one
    others = {role: side for role, side in one.others.items() if role != "to"}
    others |= {"from": giver} if giver else {}
    return replace(_with_deed_of(other, one), subject=taker, object=thing, others=others)


def _with_deed_of(other: ClaimView, one: ClaimView) -> ClaimView:
    return replace(one, predicate_class=other.predicate_class, predicate=other.predicate)


def _as_owned(one: ClaimView, other: ClaimView) -> ClaimView:
    """What is registered on somebody, as theirs."""
    held = converse()["held"]
    if one.predicate_class not in held["registered"] or other.predicate_class not in held["owned"]:
        return one
    owner = next((one.others[role] for role in held["roles"] if role in one.others), None)
    thing = one.object or one.subject
    if owner is None or thing is None or not meets(thing, other.object):
        return one
    others = {role: side for role, side in one.others.items() if side is not owner}
    return replace(_with_deed_of(other, one), subject=owner, object=thing, others=others)


def _as_worker(one: ClaimView, other: ClaimView) -> ClaimView:
    """Who is employed, as who works there."""
    turned = converse()["turned"]
    if one.predicate_class not in turned["hires"] or other.predicate_class not in turned["works"]:
        return one
    if not meets(one.object, other.subject):
        return one
    return replace(_with_deed_of(other, one), subject=one.object, object=one.subject)


def _as_made(one: ClaimView, other: ClaimView) -> ClaimView:
    """What comes from somebody, as what they gave, wrote or sent."""
    origin = converse()["origin"]
    maker, thing = one.others.get("from"), one.subject
    if one.predicate_class not in origin["comes"] or other.predicate_class not in origin["made"]:
        return one
    if maker is None or thing is None or not meets(thing, other.object):
        return one
    others = {role: side for role, side in one.others.items() if role != "from"}
    return replace(_with_deed_of(other, one), subject=maker, object=thing, others=others, deed=other.deed)


def _as_patient(one: ClaimView, other: ClaimView) -> ClaimView:
    """Who suffers a deed as its subject ("the sensors were switched off"), as its object, where the other text has it so."""
    if one.subject is None or one.object is not None or other.object is None:
        return one
    if meets(one.subject, other.subject):
        return one
    if other.subject is not None and not (is_passive(one) and meets(one.subject, other.object)):
        return one
    return replace(one, subject=None, object=one.subject)


#: What stands before the verb of a passive: forms of "be" and "get", with at most an adverb or "not" behind them, or the comma
#: of a participle ("the contract, signed in May").
_BE = r"(?:\b(?:is|are|was|were|be|been|being|got|gets?)\s+(?:\w+\s+)?|,\s+(?:\w+ly\s+)?)"
#: Passive participles and verbs told of themselves, by their endings.
_SLAVIC_PASSIVE = re.compile(r"\w(?:н|ен|ан|ят|ыт|ит|ут)(?:о|а|ы|і|ий|ый|ая|ое|ые|е|я)?$|\w(?:ся|сь|ца|цца)$|\w[нт]о$")


def is_passive(one: ClaimView) -> bool:
    """Whether a claim's subject may be who suffers its deed, by the form of its verb."""
    if one.language == "en":
        verbs = "|".join(map(re.escape, one.claim.predicate.text.split()))
        return bool(verbs) and re.search(rf"{_BE}(?:{verbs})\b", one.claim.quote.exact, re.IGNORECASE) is not None
    words = one.claim.predicate.text.split() or [""]
    return any(_SLAVIC_PASSIVE.search(word.casefold()) for word in words)
