"""A report's claims against the letters, across languages, and its quotations word for word.

The full text finds candidates; the slots decide. A passage is *strong* when it tells the claim's event: its predicate and
thing, or its number and one of them. A strong passage supports, partly supports or contradicts, and says in which slot.
Everything else is silence, and silence always says how much was searched and how much could not be read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from leakdesk.claims.against import SAYS_OTHERWISE
from leakdesk.claims.circle import Circle, circle_of
from leakdesk.claims.judge import Judged, judge
from leakdesk.claims.likely import Beside, with_likely
from leakdesk.claims.nearness import Wording
from leakdesk.claims.passages import Letter, Letters, Window, windows
from leakdesk.claims.quotations import checked_quotations
from leakdesk.claims.search_words import NAME
from leakdesk.claims.sums import told_by_parts
from leakdesk.claims.unmentioned import unmentioned
from leakdesk.claims.wanted import Wanted, report_names, wanted
from leakdesk.claims.wanted_slots import Weigh
from leakdesk.model.claim import Claim, Reading
from leakdesk.model.comparison import CheckedClaim, Checking, ClaimVerdict, Passage

#: Letters held against one claim, best first by the full text.
CANDIDATES = 30
#: And of each script, by the words for the things alone.
OF_A_SCRIPT = 15
#: And by the words for the things together with the people of the report's circle; what it adds that one of them takes part.
OF_THE_CIRCLE, NEAR = 20, 0.8
_CYRILLIC, _LATIN = re.compile("[\u0400-\u04ff]"), re.compile("[A-Za-z]")
#: Passages shown for one claim.
SHOWN = 10
#: What nearness in meaning adds to a passage's rank among those shown; being far takes nothing away.
BY_MEANING = 8.0
#: And how much it tells to a model that reads it together with the claim (log odds).
BY_READING = 1.5
#: Modalities that no letter decides, unless one tells of the plan or the thing asked for.
NOT_CHECKABLE = {"predicted": "a prediction", "asked": "a question"}

SILENT = "no letter tells this event"
IN_EVERY_SLOT = "a letter says so in every slot that the claim fills"
WORD_FOR_WORD = "a letter says so word for word"
IN_OTHER_WORDS = "a letter is likely to say so in other words: read it beside the claim"
#: A passage that leaves more open than this tells something else.
MOST_GAPS = 1
#: A passage that speaks against the claim decides if it is nearly as close to it as the closest one that leaves something open.
OPPOSES_FROM = 0.75


def check(reading: Reading, letters: Letters, *, wording: Wording | None = None) -> Checking:
    """Hold every claim and every direct quotation of a report against the letters, and name the letters it never uses.
    `wording`: what turns sentences into vectors, where a model of meaning is installed."""
    claims = check_claims(reading, letters, wording=wording)
    return Checking(
        claims=claims,
        quotations=tuple(checked_quotations(reading, letters)),
        unmentioned=unmentioned(reading, letters, claims),
    )


def check_claims(
    reading: Reading, letters: Letters, *, only: str | None = None, wording: Wording | None = None
) -> tuple[CheckedClaim, ...]:
    """A report's claims against the letters. `only`: the id of the one to judge, as it is judged among all."""
    held, circle = held_claims(reading, letters)
    if wording is None:  # then no other claim has a say
        held = [one for one in held if only in (None, one.wish.claim.id)]
    found = _checked(held, circle, letters, wording)
    return tuple(each for each in found if only in (None, each.claim))


def held_claims(reading: Reading, letters: Letters) -> tuple[list[Held], Circle]:
    """The claims of a report with all sentences to judge them by, and the report's circle."""
    held = [hold(claim, reading, letters) for claim in reading.claims]
    circle = circle_of(report_names(reading), (window.letter for one in held for window in one.found))
    return [_widened(one, circle, letters) for one in held], circle


def check_claim(claim: Claim, reading: Reading, letters: Letters) -> CheckedClaim:
    """One claim against the letters by itself, without what the report's other claims find."""
    return _checked([hold(claim, reading, letters)], Circle(), letters, None)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim as it is looked for, and every sentence of its candidates."""

    wish: Wanted
    found: list[Window]


def hold(claim: Claim, reading: Reading, letters: Letters) -> Held:
    """A claim with the sentences of its candidates."""
    wish = wanted(claim, reading)
    return Held(wish=wish, found=windows(_candidates(wish.search_words, letters)))


def _widened(held: Held, circle: Circle, letters: Letters) -> Held:
    """With the letters of the report's circle, and those of its people that speak of the claim's things."""
    if not circle.words:
        return held
    things = {word: weight for word, weight in held.wish.search_words.items() if weight < NAME}
    further = letters.candidates({**things, **circle.words}, OF_THE_CIRCLE)
    known = {window.letter.document: window.letter for window in held.found}
    more = {each.document: each for each in (*circle.letters, *further) if each.document not in known}
    return replace(held, found=windows((known | more).values())) if more else held


def beside(held: Held, circle: Circle) -> Beside:
    """A claim with those of its sentences that are nearest to it by their slots and words."""
    weigh = weights(held.wish, held.found)
    judged = (_near(judge(held.wish, window, weigh), circle) for window in held.found)
    best = sorted((each for each in judged if each.score > 0), key=lambda each: -each.score)[: SHOWN * 3]
    return Beside(held.wish, _with_parts(held.wish, best), len(held.found))


def _checked(held: Sequence[Held], circle: Circle, letters: Letters, wording: Wording | None) -> list[CheckedClaim]:
    report = [beside(one, circle) for one in held]
    found = zip(report, with_likely(report, wording), strict=True)
    return [_decide(each.wish, judged, letters) for each, judged in found]


def _decide(wish: Wanted, judged: list[Judged], letters: Letters) -> CheckedClaim:
    verdict, reasons = _verdict(wish, judged)
    ranked = sorted(judged, key=_rank, reverse=True)
    first = [each for each in ranked if each.strong] + [each for each in ranked if not each.strong]
    return CheckedClaim(
        claim=wish.claim.id,
        sentence=wish.claim.sentence or wish.claim.quote.exact,
        verdict=verdict,
        passages=tuple(_passage(each) for each in first[:SHOWN]),
        searched=letters.searched,
        unreadable=letters.unreadable,
        reasons=reasons,
    )


def _rank(judged: Judged) -> float:
    return judged.score + BY_MEANING * max(0.0, judged.near) + BY_READING * judged.read


def _near(judged: Judged, circle: Circle) -> Judged:
    """A sentence ranks higher where somebody of the report's circle wrote it or was written to."""
    if judged.score <= 0 or not circle.holds(judged.window.letter):
        return judged
    return replace(judged, score=judged.score + NEAR)


def _with_parts(wish: Wanted, judged: list[Judged]) -> list[Judged]:
    """What was judged, with those sentences in front that give the claim's number in parts."""
    parts = told_by_parts(wish.quantities, judged)
    mine = {(each.window.letter.document, each.window.start) for each in parts}
    return [*parts, *(each for each in judged if (each.window.letter.document, each.window.start) not in mine)]


def weights(wish: Wanted, found: Sequence[Window]) -> Weigh:
    """A word weighs by its rarity among the sentences at hand (inverse document frequency). A word that stands in none
    weighs as much as the others do on average: it may merely be said otherwise there."""
    counts = {
        each: sum(1 for window in found if each & window.keys) for each in {*wish.words, *wish.bag, *wish.context}
    }
    table = {each: math.log(1 + len(found) / count) for each, count in counts.items() if count}
    average = sum(table.values()) / len(table) if table else 1.0
    return lambda word: table.get(word, average)


def _verdict(wish: Wanted, judged: list[Judged]) -> tuple[ClaimVerdict, tuple[str, ...]]:
    strong = _standing(_latest([each for each in judged if each.strong]))
    if wish.claim.origin == "opinion" and not (wish.quantities and strong):
        return "not_checkable", ("an opinion: no letter can decide it",)
    if wish.of_the_leak:
        return "not_checkable", ("it tells what became of the documents, which they cannot show",)
    if wish.of_itself:
        return "not_checkable", ("it tells what the report's own house said or saw, which the letters cannot show",)
    if not strong:
        return _silence(wish, judged)
    clean = [each for each in strong if not each.against and not each.short_of]
    if any(each.word_for_word for each in clean):
        return "supports", (WORD_FOR_WORD,)
    opposed = next((each for each in strong if each.against), None)
    if (
        clean
        and opposed is not None
        and opposed.score > max(each.score for each in clean)
        and not _counted(clean, opposed)
    ):
        return "contradicts", opposed.against  # the letter that tells most of it says otherwise
    if clean and opposed is not None and all(each.likely for each in clean):
        return "contradicts", opposed.against  # what is only likely is no support where another letter says otherwise
    if clean:
        return "supports", (IN_OTHER_WORDS if all(each.likely for each in clean) else IN_EVERY_SLOT,)
    best = strong[0]
    if opposed is not None and opposed.score >= OPPOSES_FROM * best.score:
        return "contradicts", opposed.against
    near = min(strong, key=lambda each: (len(each.short_of) + len(each.against), -each.score))
    if len(near.short_of) + len(near.against) > MOST_GAPS:
        return _silence(wish, judged)
    return "partly", (*near.short_of, *near.against)


def _latest(strong: list[Judged]) -> list[Judged]:
    """Without the sentences that an answer takes over: what was asked or ordered is told by the answer."""
    taken = {place for each in strong for place in each.window.taken}
    return [
        each for each in strong if each.word_for_word or (each.window.letter.document, each.window.start) not in taken
    ]


def _counted(clean: list[Judged], opposed: Judged) -> bool:
    """Whether letters give several numbers, the claim's among them: then another number alone is no contradiction."""
    by_number = all(each.startswith("quantity") for each in opposed.against)
    return by_number and any(each.slots.get("quantity") == "equal" for each in clean)


def _standing(strong: list[Judged]) -> list[Judged]:
    """Without the sentences that tell the event in a word of like meaning only, where the next one denies it, or their letter
    denies the deed in its own word ("From May he is an adviser. He was not dismissed.")."""
    denials = [each for each in strong if _denies(each)]
    return [each for each in strong if _denies(each) or not any(_takes_back(denial, each) for denial in denials)]


def _denies(judged: Judged) -> bool:
    return any(said.startswith(SAYS_OTHERWISE) for said in (*judged.against, *judged.short_of))


def _takes_back(denial: Judged, told: Judged) -> bool:
    there, here = denial.window, told.window
    if there.letter.document != here.letter.document or told.slots.get("predicate") == "equal":
        return False
    return 0 <= there.start - here.end <= NEXT or denial.slots.get("predicate") == "equal"


#: Code points between a sentence and the one right behind it.
NEXT = 3


def _silence(wish: Wanted, judged: list[Judged]) -> tuple[ClaimVerdict, tuple[str, ...]]:
    if wish.claim.modality in NOT_CHECKABLE and not wish.predicate_asks:
        return "not_checkable", (f"{NOT_CHECKABLE[wish.claim.modality]}, and no letter tells of it",)
    why = "only a witness says so: no letter tells this event" if wish.claim.origin == "witness" else SILENT
    return "silent", (why + ("; the nearest passages follow" if judged else ""),)


def _passage(judged: Judged) -> Passage:
    window = judged.window
    return Passage(
        document=window.letter.document,
        start=window.start,
        end=window.end,
        text=window.text,
        slots=judged.slots,
        tells=judged.strong,
    )


def _candidates(words: Mapping[str, float], letters: Letters) -> list[Letter]:
    """Letters that may tell of a claim: asked for with its names, and then by its things alone, once for each script. Letters
    seldom name their own house, and in a mailbox of one house those that do would crowd out the one that tells of the thing;
    and a letter in the report's own language has its words twice over."""
    found = {each.document: each for each in letters.candidates(words, CANDIDATES)} if words else {}
    things = {word: weight for word, weight in words.items() if weight < NAME}
    for script in (_CYRILLIC, _LATIN):
        own = {word: weight for word, weight in things.items() if script.match(word)}
        if own and len(own) < len(words):
            found |= {each.document: each for each in letters.candidates(own, OF_A_SCRIPT)}
    return list(found.values())
