"""How one sentence of a letter stands to a claim: which slots stand in it, whether it tells the claim's event, and what in it
speaks against the claim or stays open.

A sentence *tells* the event when its number is the claim's and something else fits, or when deed and thing stand in it and
nobody else is named as the doer. Letters seldom name their own house and lean on their subject line and on the sentence before:
a slot may stand in the sentence, next door, or anywhere in the letter, and counts less the further away it is. To *contradict*
takes more than to resemble: the deed, the thing, and somebody or something that ties the letter to the claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from leakdesk.claims.passages import Window, word_alternatives
from leakdesk.claims.quotes import meaning_words
from leakdesk.claims.slots import LIGHT, MODALITY_GROUPS, MONEY, compare_quantities
from leakdesk.claims.times import interval
from leakdesk.claims.units import is_money
from leakdesk.claims.wanted import Wanted, WantedSlot, Weigh, predicate_share
from leakdesk.model.comparison import SlotRelation

#: Weights of the slots in ranking passages.
PREDICATE, OBJECT, SUBJECT, OTHER, NUMBER, NUMBER_DIFFERS, PLACE, TIME = 2.0, 2.5, 1.5, 0.8, 2.0, 0.8, 0.5, 0.6
#: What a letter's remaining words add: it speaks of the same things, though not in this sentence.
IN_SAME_LETTER = 0.6
#: Share of a slot's words that make it stand in a passage.
STANDS = 0.5
#: A subject named next door, or only somewhere in the letter, counts less.
NEXT_DOOR, IN_LETTER = 0.8, 0.6
#: From this share on a thing is named at all; then words that tell of it may stand in the neighbouring sentence.
NAMED, OF_IT_NEXT_DOOR = 0.4, 0.9
#: Different words of a claim that a passage must share: one common word tells no event.
FEWEST_WORDS = 2
#: Share of the object's words that make it surely the same thing.
SURE = 0.75
#: Slots beside the predicate that must stand for a sentence to tell the event without the predicate's own word.
TELLS_IN_OTHER_WORDS = 3
#: Share of a claim's words anywhere in a letter that make it a letter about the same matter.
SAME_TOPIC = 0.5
#: A number from here on is seldom there by chance.
TELLING_FROM = 10
#: "will not deliver" tells a refusal, "there is no machine" a lack: nearly as well as the word itself.
TOLD_BY_NEGATION = 0.8
#: A word of the same wider class tells the deed less surely.
RELATED = 0.6
#: A word this many words before the predicate bears on it.
REACH = 4
#: Concepts that say that something is not done, not given, not there: a negated sentence tells them as well.
NEGATIVE = frozenset({"refuse", "reject", "fail", "lack", "ban", "prevent", "stop", "cancel", "deny", "need", "object"})
#: Whoever looks for a thing, wants it or offers it does not say that it is there.
SEEKS = frozenset({"search", "need", "want", "ask", "order", "lack", "offer", "demand"})
#: Predicates that merely say that there is such a thing: the thing itself is the deed.
THERE_IS = LIGHT | {"be_located", "name", "represent", "нет", "нема", "немає", "няма"}

_WORD = re.compile(r"\w+(?:[-’'ʼ]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sentence of a letter beside a claim. `strong`: it tells the event; `against` and `short_of` say why it is no support."""

    window: Window
    score: float
    slots: dict[str, SlotRelation]
    strong: bool
    against: tuple[str, ...]
    short_of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How much of each slot stands in a sentence, 0..1, and how many different words of the claim do."""

    predicate: float
    object: float
    subject: float
    others: tuple[float, ...]
    place: float
    numbers: SlotRelation | None
    time: SlotRelation | None
    words: int
    letter: float
    known: bool

    @property
    def standing(self) -> int:
        """How many slots beside the predicate stand in the sentence or right beside it."""
        told = (self.object, self.subject, self.place, *self.others)
        return sum(share >= STANDS for share in told) + (self.numbers == "equal") + (self.time in ("equal", "variant"))

    @property
    def ties(self) -> int:
        """How many slots beside deed and thing tie the letter to the claim; a letter that names somebody or some place of the
        report is of the same matter."""
        told = (self.subject, self.place, *self.others)
        return sum(share >= STANDS for share in told) + (self.time in ("equal", "variant")) + self.known


def judge(wish: Wanted, window: Window, weigh: Weigh) -> Judged:
    """Hold one sentence against a claim."""
    shares = _shares(wish, window, weigh)
    slots = _slots(wish, shares)
    strong = _is_strong(wish, shares)
    against, short_of = _against(wish, window, slots, shares) if strong else ((), ())
    return Judged(window=window, score=_score(shares), slots=slots, strong=strong, against=against, short_of=short_of)


# ---------------------------------------------------------------- what stands there


def _shares(wish: Wanted, window: Window, weigh: Weigh) -> Shares:
    near = window.keys | window.around
    matched = {each for slot in wish.slots for each in slot.matched(window.keys)}
    matched |= wish.subject.matched(near | window.people) if wish.subject else set()
    object_ = _object(wish.object, window, weigh)
    subject = _subject(wish.subject, window, weigh)
    letter = window.in_letter | window.people
    predicate = _predicate(wish, window, object_ if wish.object else subject)
    return Shares(
        predicate=predicate,
        object=object_,
        subject=subject,
        others=tuple(
            max(other.share(near, weigh), IN_LETTER * other.share(window.people, weigh)) for other in wish.others
        ),
        place=wish.place.share(near | window.people, weigh) if wish.place else 0.0,
        numbers=_number(wish, window),
        time=_time(wish, window),
        words=len(matched) + (predicate == 1.0),
        known=wish.names_in(letter) > 0,
        letter=sum(slot.share(letter, weigh) for slot in wish.slots) / max(1, len(wish.slots)),
    )


def _predicate(wish: Wanted, window: Window, object_: float) -> float:
    share = predicate_share(wish, window.keys)
    negative = wish.predicate in NEGATIVE or wish.denied
    if share < TOLD_BY_NEGATION and negative and _denies(wish, window):
        return TOLD_BY_NEGATION
    if share < RELATED and wish.predicate in THERE_IS and object_ >= SURE and not (wish.denied and _seeks(window)):
        return RELATED
    return share


def _seeks(window: Window) -> bool:
    """Whether somebody looks for a thing, or offers it: that says neither that it is there nor that it is not."""
    return any(f"@{concept}" in window.keys for concept in SEEKS)


def _number(wish: Wanted, window: Window) -> SlotRelation | None:
    if not wish.quantities:
        return None
    relation = compare_quantities(wish.quantities, window.numbers) or "missing"
    bound = any(quantity.role in ("by", "to", "up_to", "at_least", "from") for quantity in wish.quantities)
    # In a table or a list the unit stands elsewhere, or nowhere.
    open_unit = relation == "missing" or (relation == "disjoint" and not bound)
    there = all(any(_same(quantity.value, each) for each in window.bare) for quantity in wish.quantities)
    return "equal" if open_unit and there else relation


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1.0)


def _object(slot: WantedSlot | None, window: Window, weigh: Weigh) -> float:
    """The thing must be named in the sentence; what tells of it may stand next door."""
    if slot is None:
        return 0.0
    here = slot.share(window.keys, weigh)
    if here < STANDS and slot.only(MONEY) and any(is_money(number.unit) for number in window.numbers):
        return 1.0
    return max(here, OF_IT_NEXT_DOOR * slot.share(window.keys | window.around, weigh)) if here >= NAMED else here


def _subject(slot: WantedSlot | None, window: Window, weigh: Weigh) -> float:
    if slot is None:
        return 0.0
    near = window.keys | window.around
    return max(
        slot.share(window.keys, weigh),
        NEXT_DOOR * slot.share(near, weigh),
        IN_LETTER * slot.share(window.people, weigh),
    )


def _time(wish: Wanted, window: Window) -> SlotRelation | None:
    if wish.time is None:
        return None
    dates = [m.normal for m in window.letter.mentions if m.type == "date" and window.start <= m.start < window.end]
    spans = [span for span in (interval(_with_year(each, window)) for each in dates) if span]
    if not spans and window.letter.date:
        spans = [span for span in (interval(window.letter.date[:10]),) if span]
        if spans and not (wish.time[0] <= spans[0][0] <= wish.time[1]):
            return "missing"  # a letter's own date says when it was written, not when the event was
    if not spans:
        return "missing"
    if any(span == wish.time for span in spans):
        return "equal"
    if any(span[0] <= wish.time[1] and wish.time[0] <= span[1] for span in spans):
        return "variant"
    return "disjoint"


def _with_year(edtf: str, window: Window) -> str:
    """A day without its year, with the year of the letter."""
    year = (window.letter.date or "")[:4]
    return edtf.replace("XXXX", year) if year.isdigit() else edtf


def _score(shares: Shares) -> float:
    score = PREDICATE * shares.predicate + OBJECT * shares.object + SUBJECT * shares.subject
    score += OTHER * sum(shares.others) + PLACE * shares.place
    score += NUMBER * (shares.numbers == "equal")
    score += NUMBER_DIFFERS * (shares.numbers in ("narrower", "broader", "variant", "disjoint"))
    score += TIME * (shares.time in ("equal", "variant"))
    return score + IN_SAME_LETTER * shares.letter if score else 0.0


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


def _is_strong(wish: Wanted, shares: Shares) -> bool:
    if _tells_number(wish, shares):
        return True
    if shares.words < FEWEST_WORDS and not _tells_itself(wish, shares):
        return False
    in_other_words = shares.words > FEWEST_WORDS and shares.standing >= 2
    thing = wish.object or wish.subject
    if thing is None:
        return in_other_words
    if wish.object is None or wish.object_is_open:
        tells_event = shares.predicate >= RELATED and (
            shares.subject >= STANDS or shares.ties > shares.known or (shares.known and shares.predicate == 1.0)
        )
    else:
        tells_event = False
    # What there is none of may be left unnamed; where it is named, it counts like any other thing.
    tells_event = tells_event or (wish.object is not None and shares.predicate > 0 and shares.object >= STANDS)
    who = wish.subject is None or not wish.subject.named or shares.subject > 0 or shares.ties > 0
    return (tells_event and who) or in_other_words


def _tells_itself(wish: Wanted, shares: Shares) -> bool:
    """A claim of few words: deed and the one thing it speaks of both stand there."""
    whole = max(shares.object, shares.subject) >= 1.0
    there_is = wish.predicate in THERE_IS and shares.known
    return len(wish.words) < FEWEST_WORDS and whole and (shares.predicate == 1.0 or there_is)


def _tells_number(wish: Wanted, shares: Shares) -> bool:
    """The claim's number stands there, and so does enough else: the smaller the number, the more it takes."""
    if shares.numbers != "equal":
        return False
    tied = shares.ties > 0 or shares.letter >= SAME_TOPIC
    else_ = (shares.object >= STANDS) + (shares.predicate >= RELATED) + tied
    telling = any(quantity.value >= TELLING_FROM for quantity in wish.quantities)
    if not wish.slots:
        return shares.predicate == 1.0
    return else_ >= 1 + (not telling)


# ---------------------------------------------------------------- what speaks against it


def _against(
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
    if wish.denied and wish.predicate not in NEGATIVE and not _denies(wish, window):
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


def _denies(wish: Wanted, window: Window) -> bool:
    """Whether the sentence denies; that there is no such thing takes more than that something else is not done."""
    cues = {"lack", "not_there"} if wish.predicate in THERE_IS else {"negation", "lack"}
    return bool(window.cues & (cues | {"denied next"}))


def _polarity(wish: Wanted, window: Window, shares: Shares) -> str | None:
    if wish.predicate in NEGATIVE:
        return None  # a refusal is told by a negation: neither speaks against the other
    if wish.denied:
        open_question = window.cues & {"plan", "condition"} or window.text.rstrip().endswith("?")
        if open_question or _denies(wish, window):
            return None
        if _seeks(window):
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
