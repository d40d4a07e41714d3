"""How one sentence of a letter stands to a claim, and whether it tells the claim's event.

A sentence *tells* the event when its number is the claim's and something else fits, or when deed and thing stand in it and
nobody else is named as the doer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from leakdesk.claims.against import DEED_OPEN, FEWEST_WORDS, Told, against_of, has_transposed, tells_otherwise
from leakdesk.claims.deeds import AMOUNTS, tells_another
from leakdesk.claims.figures import TELLING_FROM
from leakdesk.claims.passages import Window
from leakdesk.claims.shares import THERE_IS, Shares, shares_of
from leakdesk.claims.verbatim import says_word_for_word
from leakdesk.claims.wanted import Wanted
from leakdesk.claims.wanted_slots import RELATED, STANDS, Weigh, even
from leakdesk.model.comparison import SlotRelation
from leakdesk.model.document import Role

#: Weights of the slots in ranking passages.
PREDICATE, OBJECT, SUBJECT, OTHER, NUMBER, NUMBER_DIFFERS, PLACE, TIME = 2.0, 2.5, 1.5, 0.8, 2.0, 0.8, 0.5, 0.6
#: What a letter's remaining words add: it speaks of the same things, though not in this sentence.
IN_SAME_LETTER = 0.6
#: What all of a claim's words add, in whatever slot they stand, and those of the sentences around it in the report.
BAG, CONTEXT = 3.0, 1.0
#: Share of a claim's words anywhere in a letter that make it a letter about the same matter.
SAME_TOPIC = 0.5
#: A subject line ranks behind sentences that say as much.
SUBJECT_LINE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sentence of a letter beside a claim. `strong`: it tells the event; `against` and `short_of` say why it is no support."""

    window: Window
    shares: Shares
    score: float
    slots: dict[str, SlotRelation]
    strong: bool
    against: tuple[str, ...]
    short_of: tuple[str, ...]
    word_for_word: bool = False
    """Whole clauses of the sentence are the claim's own words."""
    likely: bool = False
    """No rule finds the event, but so much of the claim stands there that the sentence is likely to tell it in other words."""
    near: float = 0.0
    """How near it is to the claim in meaning, beyond other sentences and claims, where a model of meaning is asked."""
    read: float = 0.0
    """How much it tells of the claim to a model that reads both together; 0 for nothing."""


def judge(wish: Wanted, window: Window, weigh: Weigh) -> Judged:
    """Hold one sentence against a claim."""
    shares = shares_of(wish, window, weigh)
    slots = _slots(wish, shares)
    score = _score(shares) + _of_a_total(wish, window)
    otherwise = tells_otherwise(wish, window, shares)
    told = _told(wish, window, shares) or ("slots" if otherwise else None)
    if window.role == Role.HEADER:
        told, score = None, SUBJECT_LINE * score  # it names a matter and says nothing of it
    word_for_word = window.role != Role.HEADER and says_word_for_word(wish, window, shares)
    told = "slots" if word_for_word else told
    against, short_of = against_of(wish, window, slots, shares, told, otherwise) if told else ((), ())
    if word_for_word:  # it may still be asked, planned, or tied to a condition
        against, short_of = (), tuple(each for each in short_of if each.startswith("modality"))
    return Judged(
        window=window,
        shares=shares,
        score=score,
        slots=slots,
        strong=told is not None,
        against=against,
        short_of=short_of,
        word_for_word=word_for_word,
    )


def is_open(judged: Judged) -> bool:
    """Whether no rule finds the event in a sentence, or only the deed is open: then it may be told in other words."""
    open_ = judged.short_of and all(each.startswith(DEED_OPEN) for each in judged.short_of)
    return bool(not judged.strong or open_) and not judged.against


def as_likely(judged: Judged, wish: Wanted) -> Judged:
    """What was judged, as a sentence that is likely to tell the event in other words: a support, or what it leaves open."""
    against, short_of = against_of(wish, judged.window, judged.slots, judged.shares, "likely", None)
    return judged if against else replace(judged, strong=True, short_of=short_of, likely=True)


def _score(shares: Shares) -> float:
    score = PREDICATE * shares.predicate + OBJECT * shares.object + SUBJECT * shares.subject
    score += OTHER * sum(shares.others) + PLACE * shares.place
    score += NUMBER * (shares.numbers == "equal")
    score += NUMBER_DIFFERS * (shares.numbers in ("narrower", "broader", "variant", "disjoint"))
    score += TIME * (shares.time in ("equal", "variant"))
    return score + IN_SAME_LETTER * shares.letter + BAG * shares.bag + CONTEXT * shares.context


def _of_a_total(wish: Wanted, window: Window) -> float:
    """What it adds that a row gives the total of a list that counts the claim's things."""
    thing = wish.object or wish.subject
    if not (wish.quantities and thing and window.bare and TOTAL & window.keys):
        return 0.0
    return NUMBER * thing.share(window.in_letter, even)


TOTAL = frozenset({"@total_n"})


def _slots(wish: Wanted, shares: Shares) -> dict[str, SlotRelation]:
    slots: dict[str, SlotRelation] = {"predicate": _stands(shares.predicate)}
    if wish.subject:
        slots["subject"] = _stands(shares.subject)
    if wish.object:
        slots["object"] = _stands(shares.object)
    for other, share in zip(wish.roles, shares.others, strict=True):
        slots[other] = _stands(share)
    if shares.numbers:
        slots["quantity"] = shares.numbers
    if wish.place:
        slots["place"] = _stands(shares.place)
    if shares.time:
        slots["time"] = shares.time
    return slots


def _stands(share: float) -> SlotRelation:
    if share >= 1.0:
        return "equal"
    return "variant" if share >= STANDS else "missing"


# ---------------------------------------------------------------- does it tell the event


def _told(wish: Wanted, window: Window, shares: Shares) -> Told | None:
    """How a sentence tells a claim's event: slot by slot, or with a slip in its number; None: not at all. That much of a claim's
    words stand in a letter tells nothing: half of a mailbox is about the same people and things."""
    amount = wish.predicate in AMOUNTS and shares.numbers == "equal"
    if not shares.predicate and not amount and tells_another(wish.predicate, window.keys):
        return None
    if wish.predicate in THERE_IS and shares.numbers == "missing":
        return None  # that there are four engines is told by no engine
    if _is_strong(wish, shares):
        return "slots"
    same_matter = shares.known and shares.time != "disjoint" and shares.words >= FEWEST_WORDS
    slip = same_matter and shares.numbers == "disjoint" and has_transposed(wish, window)
    return "partly" if slip else None


def _is_strong(wish: Wanted, shares: Shares) -> bool:
    if _tells_number(wish, shares):
        return True
    if shares.words < FEWEST_WORDS and not _tells_itself(wish, shares):
        return False
    in_other_words = shares.words > FEWEST_WORDS and shares.standing >= 2
    thing = wish.object or wish.subject
    if thing is None:
        return in_other_words or _tells_itself(wish, shares)
    who = wish.subject is None or not wish.subject.named or shares.subject > 0 or shares.ties > 0
    told = _tells_the_deed(wish, shares) or _tells_the_thing(wish, shares) or _tells_most(shares)
    return (who and told) or in_other_words


def _tells_the_deed(wish: Wanted, shares: Shares) -> bool:
    """A deed that needs no thing, or a thing that there is none of, which may be left unnamed."""
    if wish.object is not None and not wish.object_is_open:
        return False
    somebody = shares.subject >= STANDS or shares.ties > shares.known or (shares.known and shares.predicate == 1.0)
    return shares.predicate >= RELATED and somebody


def _tells_the_thing(wish: Wanted, shares: Shares) -> bool:
    """Something of the deed, and the thing, named."""
    return wish.object is not None and shares.predicate > 0 and shares.object >= STANDS


def _tells_most(shares: Shares) -> bool:
    """The deed in its own word, one side of it, something of the other, and many words of the claim."""
    one, other = sorted((shares.subject, shares.object))
    return shares.predicate == 1.0 and other >= STANDS and one > 0 and shares.words >= MANY_WORDS


#: Words of a claim that seldom stand in one sentence by chance.
MANY_WORDS = 4


def _tells_itself(wish: Wanted, shares: Shares) -> bool:
    """A claim of few words: deed and the one thing it speaks of both stand there."""
    if not wish.words:
        return shares.told and len(wish.bag) >= FEWEST_WORDS and shares.bag >= ALL_OF_IT
    whole = max(shares.object, shares.subject) >= 1.0
    there_is = wish.predicate in THERE_IS and shares.known
    return len(wish.words) < FEWEST_WORDS and whole and (shares.predicate == 1.0 or there_is)


#: Share of a claim's words in one sentence from which it says all of it.
ALL_OF_IT = 0.8


def _tells_number(wish: Wanted, shares: Shares) -> bool:
    """The claim's number stands there, and so does enough else: the smaller the number, the more it takes."""
    if shares.numbers != "equal":
        return False
    tied = shares.ties > 0 or shares.letter >= SAME_TOPIC
    thing = shares.object if wish.object else shares.subject
    else_ = (thing >= STANDS) + (shares.predicate >= RELATED) + tied
    telling = any(quantity.value >= TELLING_FROM for quantity in wish.quantities)
    if not wish.slots:
        return shares.predicate == 1.0
    by_chance = not telling and not shares.predicate and shares.time not in ("equal", "variant")
    return else_ >= 1 + (not telling) and not by_chance
