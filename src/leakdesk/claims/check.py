"""A report's claims against the letters, across languages, and its quotations word for word.

The full text finds candidates; the slots decide. A passage is *strong* when it tells the claim's event: its predicate and
thing, or its number and one of them. A strong passage supports, partly supports or contradicts, and says in which slot.
Everything else is silence, and silence always says how much was searched and how much could not be read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from leakdesk.claims.passages import Letter, Window, windows, word_alternatives
from leakdesk.claims.quotes import LetterText, check_quotation, meaning_words
from leakdesk.claims.slots import MODALITY_GROUPS, compare_quantities
from leakdesk.claims.times import interval
from leakdesk.claims.wanted import Wanted, WantedSlot, Weigh, predicate_share, wanted
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Claim, Reading
from leakdesk.model.comparison import CheckedClaim, CheckedQuotation, Checking, ClaimVerdict, Passage, SlotRelation

#: Letters held against one claim, best first by the full text.
CANDIDATES = 40
#: Passages shown for one claim.
SHOWN = 10
#: Weights of the slots in ranking passages.
PREDICATE, OBJECT, SUBJECT, OTHER, NUMBER, NUMBER_DIFFERS, PLACE, TIME = 2.0, 2.5, 1.5, 0.8, 2.0, 0.8, 0.5, 0.6
#: Share of a slot's words that make it stand in a passage.
STANDS = 0.5
#: A subject named next door, or only somewhere in the letter, counts less.
NEXT_DOOR, IN_LETTER = 0.8, 0.6
#: Modalities and origins that no letter can decide.
NOT_CHECKABLE = {"predicted": "a prediction", "asked": "a question"}

_WORD = re.compile(r"\w+(?:[-’'ʼ]\w+)*")


class Letters(Protocol):
    """The leaked documents, behind a full-text search."""

    @property
    def searched(self) -> int:
        """How many documents have a text that was searched."""
        ...

    @property
    def unreadable(self) -> int:
        """How many items could not be read (partial or failed)."""
        ...

    def candidates(self, words: Sequence[str], limit: int) -> Sequence[Letter]:
        """Letters that hold some of the words in any spelling, best first; never reports."""
        ...


def check(reading: Reading, letters: Letters) -> Checking:
    """Hold every claim and every direct quotation of a report against the letters."""
    return Checking(
        claims=tuple(check_claim(claim, reading, letters) for claim in reading.claims),
        quotations=tuple(_quotations(reading, letters)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    window: Window
    score: float
    slots: dict[str, SlotRelation]
    strong: bool
    against: tuple[str, ...]
    short_of: tuple[str, ...]


def check_claim(claim: Claim, reading: Reading, letters: Letters) -> CheckedClaim:
    """One claim against the letters."""
    wish = wanted(claim, reading)
    found = windows(letters.candidates(wish.search_words, CANDIDATES) if wish.search_words else ())
    weigh = _weights(wish, found)
    judged = sorted((_judge(wish, window, weigh) for window in found), key=lambda each: -each.score)
    judged = [each for each in judged[: SHOWN * 3] if each.score > 0]
    verdict, reasons = _verdict(wish, judged)
    first = [each for each in judged if each.strong] + [each for each in judged if not each.strong]
    return CheckedClaim(
        claim=claim.id,
        sentence=claim.sentence or claim.quote.exact,
        verdict=verdict,
        passages=tuple(_passage(each) for each in first[:SHOWN]),
        searched=letters.searched,
        unreadable=letters.unreadable,
        reasons=reasons,
    )


def _weights(wish: Wanted, found: Sequence[Window]) -> Weigh:
    """A word weighs by its rarity among the sentences at hand (inverse document frequency). A word that stands in none
    weighs as much as the others do on average: it may merely be said otherwise there."""
    counts = {each: sum(1 for window in found if each & window.keys) for each in wish.words}
    table = {each: math.log(1 + len(found) / count) for each, count in counts.items() if count}
    average = sum(table.values()) / len(table) if table else 1.0
    return lambda word: table.get(word, average)


def _verdict(wish: Wanted, judged: list[_Judged]) -> tuple[ClaimVerdict, tuple[str, ...]]:
    strong = [each for each in judged if each.strong]
    if why := _not_checkable(wish.claim):
        return "not_checkable", (why,)
    if not strong:
        return _silence(wish, judged)
    clean = [each for each in strong if not each.against and not each.short_of]
    if clean:
        return "supports", ("a letter says so in every slot that the claim fills",)
    best = strong[0]
    fitting = [each for each in strong if not each.against]
    if best.against and not any(each.score >= 0.9 * best.score for each in fitting):
        return "contradicts", best.against
    near = fitting[0] if fitting else best
    return "partly", (*near.short_of, *near.against)


def _not_checkable(claim: Claim) -> str | None:
    if claim.origin == "opinion":
        return "an opinion: no letter can decide it"
    if claim.modality in NOT_CHECKABLE:
        return f"{NOT_CHECKABLE[claim.modality]}: no letter can decide it"
    return None


def _silence(wish: Wanted, judged: list[_Judged]) -> tuple[ClaimVerdict, tuple[str, ...]]:
    if wish.claim.origin == "witness":
        return "not_checkable", ("a witness says so, and no letter tells the event",)
    return "silent", ("no letter tells this event" + ("; the nearest passages follow" if judged else ""),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shares:
    """How much of each slot stands in a sentence, 0..1, and how many different words of the claim do."""

    predicate: float
    object: float
    subject: float
    others: tuple[float, ...]
    place: float
    numbers: SlotRelation | None
    time: SlotRelation | None
    words: int

    @property
    def standing(self) -> int:
        """How many slots beside the predicate stand in the sentence or right beside it."""
        told = (self.object, self.subject, self.place, *self.others)
        return sum(share >= STANDS for share in told) + (self.numbers == "equal") + (self.time in ("equal", "variant"))


def _judge(wish: Wanted, window: Window, weigh: Weigh) -> _Judged:
    shares = _shares(wish, window, weigh)
    slots = _slots(wish, shares)
    strong = _is_strong(wish, shares)
    against, short_of = _against(wish, window, slots, shares) if strong else ((), ())
    return _Judged(window=window, score=_score(shares), slots=slots, strong=strong, against=against, short_of=short_of)


def _shares(wish: Wanted, window: Window, weigh: Weigh) -> _Shares:
    near = window.keys | window.around
    matched = {each for slot in wish.slots for each in slot.matched(window.keys)}
    matched |= wish.subject.matched(near | window.people) if wish.subject else set()
    numbers = compare_quantities(wish.quantities, window.numbers) if wish.quantities else None
    if wish.quantities and numbers != "equal" and _same_telling_number(wish, window):
        numbers = "equal"
    return _Shares(
        predicate=_predicate(wish, window),
        object=wish.object.share(window.keys, weigh) if wish.object else 0.0,
        subject=_subject(wish.subject, window, weigh),
        others=tuple(other.share(near, weigh) for other in wish.others),
        place=wish.place.share(near, weigh) if wish.place else 0.0,
        numbers=numbers,
        time=_time(wish, window),
        words=len(matched),
    )


def _score(shares: _Shares) -> float:
    score = PREDICATE * shares.predicate + OBJECT * shares.object + SUBJECT * shares.subject
    score += OTHER * sum(shares.others) + PLACE * shares.place
    score += NUMBER * (shares.numbers == "equal")
    score += NUMBER_DIFFERS * (shares.numbers in ("narrower", "broader", "variant", "disjoint"))
    return score + TIME * (shares.time in ("equal", "variant"))


#: Concepts that say that something is not done, not given, not there: a negated sentence tells them as well.
NEGATIVE = frozenset({"refuse", "reject", "fail", "lack", "ban", "prevent", "stop", "cancel", "deny", "need", "object"})


def _predicate(wish: Wanted, window: Window) -> float:
    share = predicate_share(wish, window.keys)
    negative = wish.predicate in NEGATIVE or wish.claim.polarity == "-"
    if share < TOLD_BY_NEGATION and negative and window.cues & {"negation", "lack"}:
        return TOLD_BY_NEGATION
    return share


#: "will not deliver" tells a refusal, "there is no machine" a lack: nearly as well as the word itself.
TOLD_BY_NEGATION = 0.8


def _same_telling_number(wish: Wanted, window: Window) -> bool:
    """Whether a number with three digits or more that differ stands in both, whatever unit either text was read with."""
    told = {quantity.value for quantity in window.numbers}
    return any(
        quantity.value in told and len(set(str(quantity.value)) - set(".0")) >= 2 for quantity in wish.quantities
    )


def _subject(slot: WantedSlot | None, window: Window, weigh: Weigh) -> float:
    if slot is None:
        return 0.0
    near = window.keys | window.around
    return max(
        slot.share(window.keys, weigh),
        NEXT_DOOR * slot.share(near, weigh),
        IN_LETTER * slot.share(window.people, weigh),
    )


#: Different words of a claim that a passage must share beside the predicate: one common word tells no event.
FEWEST_WORDS = 2


def _is_strong(wish: Wanted, shares: _Shares) -> bool:
    if shares.words < FEWEST_WORDS and shares.numbers != "equal":
        return False
    in_other_words = shares.words > FEWEST_WORDS and shares.standing >= 2
    if wish.object is None:
        return in_other_words or (shares.predicate >= TOLD_BY_NEGATION and shares.subject >= STANDS)
    tells_event = shares.predicate > 0 and shares.object >= STANDS
    tells_number = shares.numbers == "equal" and (shares.object >= STANDS or shares.predicate > 0)
    who = wish.subject is None or not wish.subject.named or shares.subject > 0 or shares.numbers == "equal"
    return ((tells_event or tells_number) and who) or in_other_words


def _slots(wish: Wanted, shares: _Shares) -> dict[str, SlotRelation]:
    slots: dict[str, SlotRelation] = {"predicate": _stands(shares.predicate)}
    if wish.subject:
        slots["subject"] = _stands(shares.subject)
    if wish.object:
        slots["object"] = _stands(shares.object)
    for other, share in zip(wish.claim.others, shares.others, strict=True):
        slots[other.role] = _stands(share)
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


def _time(wish: Wanted, window: Window) -> SlotRelation | None:
    if wish.time is None:
        return None
    dates = [m.normal for m in window.letter.mentions if m.type == "date" and window.start <= m.start < window.end]
    spans = [span for span in (interval(each) for each in dates) if span]
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


def _against(
    wish: Wanted, window: Window, slots: dict[str, SlotRelation], shares: _Shares
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What in a strong passage speaks against the claim, and what the passage leaves open.

    To contradict takes more than to resemble: the same deed in so many words, the thing, and who did it."""
    sure = shares.predicate == 1.0 and shares.object >= SURE and (wish.subject is None or shares.subject >= STANDS)
    against: list[str] = []
    short_of: list[str] = []
    if slots.get("quantity") == "disjoint":
        (against if sure else short_of).append(f"quantity: the letter has {_numbers(window)}")
    if sure and (said := _polarity(wish, window)):
        against.append(said)
    if _swapped(wish, window):
        against.append("participants: in the letter they change places")
    if slots.get("time") == "disjoint":
        short_of.append("time: the passage names another date")
    if wish.claim.polarity == "-" and not window.cues & {"negation", "lack"}:
        short_of.append("polarity: the passage does not say that it is not so")
    short_of += _modality(wish, window)
    # Letters seldom name their writer's own house: where the deed and the thing are sure, a missing subject is no gap.
    open_slots = ("object", "quantity", "to", "from", "with") if sure or _surely_told(shares) else OPEN_SLOTS
    short_of += [f"{name}: not in the passage" for name in open_slots if slots.get(name) == "missing"]
    if slots["predicate"] == "missing" and shares.standing < TELLS_IN_OTHER_WORDS:
        short_of.append("predicate: told in other words, if at all")
    return tuple(against), tuple(short_of)


#: Slots that a passage should fill to support a claim whole.
OPEN_SLOTS = ("subject", "object", "quantity", "to", "from", "with")
#: Slots beside the predicate that must stand for a sentence to tell the event without the predicate's own word.
TELLS_IN_OTHER_WORDS = 3


def _surely_told(shares: _Shares) -> bool:
    return shares.predicate >= TOLD_BY_NEGATION and shares.object >= SURE and shares.words > FEWEST_WORDS


#: Share of the object's words that make it surely the same thing.
SURE = 0.75


def _polarity(wish: Wanted, window: Window) -> str | None:
    negated = _negated(wish, window)
    if wish.predicate in NEGATIVE:
        return None  # a refusal is told by a negation: neither speaks against the other
    if wish.claim.polarity == "-":
        open_question = window.cues & {"negation", "lack", "plan", "condition"} or window.text.rstrip().endswith("?")
        return None if open_question else "polarity: the letter says that it is so"
    return "polarity: the letter says that it is not so" if negated else None


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


#: A word this many words before the predicate bears on it.
REACH = 4


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


def _passage(judged: _Judged) -> Passage:
    window = judged.window
    return Passage(
        document=window.letter.document,
        start=window.start,
        end=window.end,
        text=window.text,
        slots=judged.slots,
        tells=judged.strong,
    )


def _quotations(reading: Reading, letters: Letters) -> list[CheckedQuotation]:
    found: list[CheckedQuotation] = []
    for quotation in quotations_of(reading):
        words = [word for word in _WORD.findall(quotation.text) if len(word) > 2]
        candidates = letters.candidates(words, CANDIDATES) if words else ()
        texts = [LetterText(document=each.document, text=each.text, language=each.language) for each in candidates]
        found.append(check_quotation(quotation, texts, letters.searched, letters.unreadable))
    return found


def quotations_of(reading: Reading) -> list[Span]:
    """The direct quotations of a report, in order, without repeats."""
    spans = {
        (each.content.start, each.content.end): each.content
        for each in reading.attributions
        if each.type == "direct" and each.content
    }
    return [_without_marks(spans[key]) for key in sorted(spans)]


_MARKS = " \t\n\u00a0\"'“”„«»‘’,"


def _without_marks(span: Span) -> Span:
    left = len(span.text) - len(span.text.lstrip(_MARKS))
    right = len(span.text) - len(span.text.rstrip(_MARKS))
    if left + right >= len(span.text):
        return span
    return Span(start=span.start + left, end=span.end - right, text=span.text[left : len(span.text) - right])
