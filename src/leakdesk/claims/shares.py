"""How much of a claim's slots stands in one sentence of a letter, and beside it.

Letters seldom name their own house and lean on their subject line, on the sentence before and on the letter they answer: a
slot may stand in the sentence, next door, or anywhere in the letter, and counts less the further away it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from leakdesk.claims.deeds import tells_another
from leakdesk.claims.denials import is_refused
from leakdesk.claims.labels import doer_of
from leakdesk.claims.other_end import told_from_other_end
from leakdesk.claims.passages import Window
from leakdesk.claims.replies import asks, gets_it, is_there, offers
from leakdesk.claims.slots import compare_quantities
from leakdesk.claims.times import Interval, interval
from leakdesk.claims.units import is_money
from leakdesk.claims.views import LIGHT, MONEY
from leakdesk.claims.wanted import Wanted, predicate_share
from leakdesk.claims.wanted_slots import RELATED, STANDS, Alternatives, WantedSlot, Weigh
from leakdesk.model.comparison import SlotRelation

#: A subject named next door, or only somewhere in the letter, counts less.
NEXT_DOOR, IN_LETTER = 0.8, 0.6
#: Whoever is spoken of as I, we or you is named by the letter's head.
SPOKEN_OF = 0.9
#: From this share on a thing is named at all; then words that tell of it may stand in the neighbouring sentence.
NAMED, OF_IT_NEXT_DOOR = 0.4, 0.9
#: Share of the object's words that make it surely the same thing.
SURE = 0.75
#: "will not deliver" tells a refusal, "there is no machine" a lack: nearly as well as the word itself.
TOLD_BY_NEGATION = 0.8
#: What a word of the claim counts next door, among the letter's people, elsewhere in the letter, or in the letter it answers.
BESIDE, PEOPLE, ELSEWHERE, ANSWERED = 0.6, 0.5, 0.35, 0.3
#: Concepts that say that something is not done, not given, not there: a negated sentence tells them as well.
NEGATIVE = frozenset(
    {"refuse", "reject", "fail", "lack", "ban", "prevent", "stop", "cancel", "deny", "need", "object", "disappear"}
)
#: Whoever looks for a thing, wants it or offers it does not say that it is there.
SEEKS = frozenset({"search", "need", "want", "ask", "order", "lack", "offer", "demand"})
#: Predicates that merely say that there is such a thing: the thing itself is the deed.
THERE_IS = LIGHT | {"be_located", "name", "represent", "нет", "нема", "немає", "няма"}


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
    told: bool
    """Whether a word of the deed itself stands there."""
    bag: float
    context: float
    by_writer: bool
    """Whether the sentence speaks of its writer."""

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


def shares_of(wish: Wanted, window: Window, weigh: Weigh) -> Shares:
    """How much of a claim stands in one sentence and beside it."""
    numbers = _number(wish, window)
    if window.topic and numbers in ("equal", "disjoint"):
        window = replace(window, keys=window.keys | window.topic)
    near = window.keys | window.around | window.spoken_of
    matched = {each for slot in wish.slots for each in slot.matched(window.keys)}
    if wish.predicate in ASKING | OFFERING:
        matched |= {each for each in wish.content if each & window.keys}
    matched |= wish.subject.matched(near | window.people) if wish.subject else set()
    object_ = _object(wish.object, window, weigh)
    if wish.object and doer_of(wish, window):  # a list names its thing once, in whatever line
        object_ = max(object_, NEXT_DOOR * wish.object.share(window.in_letter, weigh))
    if wish.object and wish.predicate in ASKING | OFFERING:
        object_ = max(object_, content_share(wish, window))
    subject = _subject(wish, window, weigh)
    letter = window.in_letter | window.people
    told = max(predicate_share(wish, window.keys), _elsewise(wish, window))
    predicate = _predicate(wish, window, told, object_ if wish.object else subject, numbers)
    return Shares(
        predicate=predicate,
        object=object_,
        subject=subject,
        others=tuple(
            max(other.share(near, weigh), IN_LETTER * other.share(window.people, weigh)) for other in wish.others
        ),
        place=wish.place.share(near | window.people, weigh) if wish.place else 0.0,
        numbers=numbers,
        time=_time(wish, window),
        words=len(matched) + (told > 0 or predicate == 1.0),
        known=wish.names_in(letter) > 0,
        told=told > 0,
        letter=sum(slot.share(letter, weigh) for slot in wish.slots) / max(1, len(wish.slots)),
        bag=_bag(wish.bag, window, weigh),
        context=_bag(wish.context, window, weigh),
        by_writer="From" in window.persons,
    )


def _bag(words: tuple[Alternatives, ...], window: Window, weigh: Weigh) -> float:
    """How much of some words stands in the sentence or near it, rare words counting more, whatever their slots."""
    whole = found = 0.0
    places = ((window.keys, 1.0), (window.around, BESIDE), (window.people, PEOPLE), (window.in_letter, ELSEWHERE))
    for word in words:
        weight = weigh(word)
        whole += weight
        found += weight * next((share for keys, share in (*places, (window.asked, ANSWERED)) if word & keys), 0.0)
    return found / whole if whole else 0.0


def _predicate(wish: Wanted, window: Window, told: float, object_: float, numbers: SlotRelation | None) -> float:
    share = max(told, _spoken(wish, window))
    # "Nothing was sold" is told by a sentence that denies, unless it denies another deed.
    negative = wish.predicate in NEGATIVE or (wish.denied and not tells_another(wish.predicate, window.keys))
    if share < TOLD_BY_NEGATION and negative and denies(wish, window):
        return TOLD_BY_NEGATION
    there = object_ >= SURE or (object_ >= STANDS and numbers == "equal")
    if share < RELATED and wish.predicate in THERE_IS and there and not (wish.denied and seeks(window)):
        return RELATED
    return share


def _elsewise(wish: Wanted, window: Window) -> float:
    """A label ("buyer: ...") tells the deed of whoever stands behind it, and an event is told from its other end."""
    if doer_of(wish, window) is not None:
        return 1.0
    if _is_there_now(wish, window):
        return RELATED
    return TOLD_BY_NEGATION if told_from_other_end(wish, window) or is_refused(wish, window) else 0.0


def _is_there_now(wish: Wanted, window: Window) -> bool:
    """Whether a sentence only says that so many things are there that the claim says somebody got."""
    gets = (
        gets_it(wish.claim.predicate.lemma or wish.claim.predicate.text, wish.language)
        and wish.object is not None
        and bool(wish.quantities)
    )
    return gets and not wish.denied and is_there(window.text, window.language)


def _spoken(wish: Wanted, window: Window) -> float:
    """A letter does what a report says was done with words: a request asks, a condition set to somebody threatens."""
    if wish.predicate in ASKING and asks(window.text, window.language):
        return RELATED
    if wish.predicate in THREATENING and "condition" in window.cues:
        return RELATED
    offered = wish.predicate in OFFERING and offers(window.text, window.language)
    if not offered or content_share(wish, window) < STANDS:
        return 0.0
    return 1.0 if content_share(wish, window) >= SURE else RELATED


def content_share(wish: Wanted, window: Window) -> float:
    """How much of what a claim says was asked, offered or promised stands in a sentence."""
    return sum(bool(each & window.keys) for each in wish.content) / len(wish.content) if wish.content else 0.0


#: Deeds that are done by writing so.
OFFERING = frozenset({"offer", "promise", "propose", "agree"})
ASKING, THREATENING = frozenset({"ask", "demand", "order"}), frozenset({"warn", "threaten"})


def seeks(window: Window) -> bool:
    """Whether somebody looks for a thing, or offers it: that says neither that it is there nor that it is not."""
    return any(f"@{concept}" in window.keys for concept in SEEKS)


def _number(wish: Wanted, window: Window) -> SlotRelation | None:
    if not wish.quantities:
        return None
    relation = compare_quantities(wish.quantities, window.numbers) or "missing"
    if all(any(compare_quantities((each,), (n,)) == "equal" for n in window.numbers) for each in wish.quantities):
        return "equal"  # whatever else the sentence counts
    bounds = ("by", "up_to", "at_least", "from", *(("to",) if wish.predicate in CHANGES else ()))
    bound = any(quantity.role in bounds for quantity in wish.quantities)
    if relation == "variant" and wish.predicate not in CHANGES - {"load"}:
        relation = "equal"  # «загружен на 25 %» says how far, not by how much
    # In a table or a list the unit stands elsewhere, or nowhere.
    open_unit = relation == "missing" or (relation == "disjoint" and not bound)
    there = all(any(_same(quantity.value, each) for each in window.bare) for quantity in wish.quantities)
    return "equal" if open_unit and there else relation


#: Deeds whose number tells how far ("to 40 %") or by how much.
CHANGES = frozenset({"increase", "decrease", "change", "load"})


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1.0)


def _object(slot: WantedSlot | None, window: Window, weigh: Weigh) -> float:
    """The thing must be named in the sentence; what tells of it may stand next door."""
    if slot is None:
        return 0.0
    here = slot.share(window.keys, weigh)
    if here < STANDS and slot.only(MONEY) and any(is_money(number.unit) for number in window.numbers):
        return 1.0
    if _of_that_name(slot, window):
        return 1.0
    spoken = SPOKEN_OF * slot.share(window.keys | window.spoken_of, weigh)
    return max(
        here, spoken, OF_IT_NEXT_DOOR * slot.share(window.keys | window.around, weigh) if here >= NAMED else here
    )


def _of_that_name(slot: WantedSlot, window: Window) -> bool:
    """Whether the sentence speaks of a thing by its kind, in a letter that names it, or of a person at an end of the letter."""
    if slot.surname & window.spoken_of:
        return True
    return slot.by_kind(window.keys, window.around | window.in_letter | window.people)


def _subject(wish: Wanted, window: Window, weigh: Weigh) -> float:
    slot = wish.subject
    if slot is None:
        return 0.0
    near = window.keys | window.around
    named = doer_of(wish, window)
    if _of_that_name(slot, window) or (named and named[0] == "same"):
        return 1.0
    return max(
        slot.share(window.keys, weigh),
        SPOKEN_OF * slot.share(window.keys | window.spoken_of, weigh),
        NEXT_DOOR * slot.share(near, weigh),
        IN_LETTER * slot.share(window.people, weigh),
    )


def _time(wish: Wanted, window: Window) -> SlotRelation | None:
    if wish.time is None and not wish.yearless:
        return None
    dates = [m.normal for m in window.letter.mentions if m.type == "date" and window.start <= m.start < window.end]
    spans = [span for span in (interval(_with_year(each, window)) for each in dates) if span]
    if not spans:  # "for 2028" may be read as no date
        spans = [span for year in _YEAR.findall(window.text) if (span := interval(year))]
    written = interval(window.letter.date[:10]) if window.letter.date and not spans else None
    if written:
        fits = any(each[0] <= written[0] <= each[1] for each in _times(wish, [written]))
        # A letter's own date says when it was written, not when the event was.
        spans = [written] if fits else []
    return min(["missing", *(_relation(each, spans) for each in _times(wish, spans))], key=_BEST_FIRST.index)


_BEST_FIRST: tuple[SlotRelation, ...] = ("equal", "variant", "broader", "disjoint", "missing")


def _times(wish: Wanted, spans: list[Interval]) -> list[Interval]:
    """When the claim says that it was; a day without its year in each year that is meant here."""
    if wish.time is not None:
        return [wish.time]
    years = sorted({day.year for span in spans for day in span})
    return [time for year in years if (time := interval(wish.yearless.replace("XXXX", f"{year:04}")))]


def _relation(wanted: Interval, spans: list[Interval]) -> SlotRelation:
    if not spans:
        return "missing"
    if wanted in spans:
        return "equal"
    if any(wanted[0] <= span[0] and span[1] <= wanted[1] for span in spans):
        return "variant"
    if any(span[0] <= wanted[1] and wanted[0] <= span[1] for span in spans):
        return "broader"  # "in 2022 and 2023" does not say that it was by the end of 2022
    return "disjoint"


_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w.,]\d|\w)")


def _with_year(edtf: str, window: Window) -> str:
    """A day without its year, with the year of the letter."""
    year = (window.letter.date or "")[:4]
    return edtf.replace("XXXX", year) if year.isdigit() else edtf


#: Classes of meaning-bearing words by which a sentence denies something.
DENYING = frozenset({"negation", "lack", "nothing", "barred"})


def denies(wish: Wanted, window: Window) -> bool:
    """Whether the sentence denies; that there is no such thing takes more than that something else is not done."""
    cues = {"lack", "not_there"} if wish.predicate in THERE_IS else DENYING
    return bool(window.cues & (cues | {"denied next"}))
