"""What in a passage that tells a claim's event speaks against the claim, and what it leaves open.

To *contradict* takes more than to resemble: the deed, the thing, and somebody or something that ties the letter to the claim.
"""

from __future__ import annotations

import re
from typing import Literal

from leakdesk.claims.deeds import AMOUNTS
from leakdesk.claims.denials import is_refused, no_dealings, only_another
from leakdesk.claims.figures import TELLING_FROM, transposed
from leakdesk.claims.held import owner_instead
from leakdesk.claims.labels import doer_of
from leakdesk.claims.manner import exclude
from leakdesk.claims.other_end import namesake
from leakdesk.claims.passages import Window, cues_of, word_alternatives
from leakdesk.claims.quotes import meaning_words, words_of
from leakdesk.claims.replies import asks, is_hearsay
from leakdesk.claims.shares import ASKING, DENYING, NEGATIVE, OFFERING, SURE, THERE_IS, Shares, denies, seeks
from leakdesk.claims.units import same_unit
from leakdesk.claims.views import MODALITY_GROUPS, MONEY
from leakdesk.claims.wanted import Wanted, predicate_share
from leakdesk.claims.wanted_slots import RELATED, STANDS, even
from leakdesk.language.numbers import spelled
from leakdesk.language.words import WORD
from leakdesk.model.comparison import SlotRelation
from leakdesk.model.document import Language

#: Different words of a claim that a passage must share: one common word tells no event.
FEWEST_WORDS = 2
#: Slots beside the deed that a passage must share where the deed is told in other words.
FEWEST_SLOTS = 2
#: A word this many words before the predicate bears on it.
REACH = 4
#: And so do "nothing" and "nobody" this many words behind it, and "there is none" behind the noun of a deed.
BEHIND, BEHIND_ITS_NOUN = 2, 4

#: How a reason begins where the letter denies what the claim says, or says what it denies.
SAYS_OTHERWISE = "polarity: the letter says"

Told = Literal["slots", "partly", "likely"]
"""How a sentence tells a claim's event: slot by slot, some of it, or likely in other words."""


def against_of(
    wish: Wanted, window: Window, slots: dict[str, SlotRelation], shares: Shares, told: Told, otherwise: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What in a strong passage speaks against the claim, and what the passage leaves open. `otherwise`: as `tells_otherwise`."""
    sure = _surely_the_same(wish, shares)
    against: list[str] = []
    short_of: list[str] = []
    if slots.get("quantity") == "disjoint":
        of_that_time = slots.get("time") != "disjoint"
        opposed = of_that_time and (sure or (shares.known and has_transposed(wish, window)))
        (against if opposed else short_of).append(f"quantity: the letter has {_numbers(window)}")
    said = _polarity(wish, window, shares)
    if said:
        opposed = (sure or wish.denied or _is_anevent(wish, shares)) and slots.get("time") != "disjoint"
        # A stretch that a claim says there was none of is told by how long the break was.
        opposed = opposed and not (wish.denied and slots.get("quantity") == "equal")
        (against if opposed else short_of).append(said)
    if way := exclude(wish.claim.quote.exact, window.text):
        (against if sure else short_of).append(f"manner: {way}")
    against += _others_instead(wish, window, otherwise)
    if _swapped(wish, window):
        against.append("participants: in the letter they change places")
    if _denies_the_thing(wish, window, shares):
        short_of.append("polarity: the passage says that there is no such thing")
    if _nearly_happened(wish):
        short_of.append("modality: the claim says that it nearly happened")
    if slots.get("time") == "disjoint":
        short_of.append("time: the passage names another date")
    if wish.denied and not _says_not(wish, window):
        short_of.append("polarity: the passage does not say that it is not so")
    if _of_another_house(wish, shares):
        short_of.append("names: the letter names nobody and no place of the report")
    short_of += _modality(wish, window)
    short_of += _gaps(wish, window, slots, shares, told)
    return tuple(against), tuple(short_of)


def _nearly_happened(wish: Wanted) -> bool:
    """Whether a claim says that something nearly happened; "almost two millions" says so of the number alone."""
    words = words_of(wish.claim.quote.exact)
    counts = {each.first for each in spelled(words)} | {at for at, word in enumerate(words) if word[:1].isdigit()}
    plain = (word for at, word in enumerate(words) if at + 1 not in counts)
    return bool(meaning_words(list(plain), wish.language, ("nearly",)))


def tells_otherwise(wish: Wanted, window: Window, shares: Shares) -> str | None:
    """What a sentence says against a claim without telling its event: no dealings at all, another thing only, another owner."""
    return (
        only_another(wish, window, shares.predicate) or no_dealings(wish, window) or owner_instead(wish, window) or None
    )


def _others_instead(wish: Wanted, window: Window, otherwise: str | None) -> list[str]:
    """Who or what the letter names in the place of the claim's own: behind a label, by the same surname, or as the only one."""
    found = [otherwise]
    named = doer_of(wish, window)
    if named is not None and named[0] == "other" and not wish.denied:
        found.append(f"subject: the letter names “{named[1]}”")
    if not wish.denied and (other := namesake(wish, window)):
        found.append(f"subject: the letter names “{other}”, another person")
    return [each for each in found if each]


def _denies_the_thing(wish: Wanted, window: Window, shares: Shares) -> bool:
    """Whether a sentence without the claim's deed says that its thing is not there ("no money for cables")."""
    if wish.denied or wish.predicate in NEGATIVE or shares.told or not denies(wish, window):
        return False
    return _beside_thing(wish, window)


def _gaps(wish: Wanted, window: Window, slots: dict[str, SlotRelation], shares: Shares, told: Told) -> list[str]:
    """What a passage leaves open. Nobody is told that a letter supports a deed, or a name, that does not stand in it."""
    if wish.denied and not shares.told and wish.predicate not in (NEGATIVE | THERE_IS):
        return ["predicate: the passage denies the thing, not the deed"]
    if told == "partly":
        return ["the passage tells some of it"]
    if told == "likely":
        named = {"quantity", *({"object"} if wish.object is not None and wish.object.named else ())}
        absent = _unnamed(wish, window) | {name for name in named if slots.get(name) == "missing"}
        return [f"{name}: not in the passage" for name in slots if name in absent]
    absent = {name for name in _open_slots(wish, shares) if slots.get(name) == "missing"} | _unnamed(wish, window)
    gaps = [f"{name}: not in the passage" for name in slots if name in absent]
    amount = wish.predicate in AMOUNTS and shares.numbers == "equal"
    if slots["predicate"] == "missing" and not amount:
        gaps.append(f"{DEED_OPEN}, if at all")
    elif slots["predicate"] == "variant" and not (amount or _is_a_state(wish)) and shares.standing < FEWEST_SLOTS:
        gaps.append(f"{DEED_OPEN}, and too little else stands in the passage")
    return gaps


#: How a gap begins that leaves the deed open.
DEED_OPEN = "predicate: told in other words"


def _is_a_state(wish: Wanted) -> bool:
    """Whether a claim says that something is there, or is not: then the thing itself is what a letter tells."""
    return wish.predicate in THERE_IS or wish.predicate in NEGATIVE or wish.denied


def _unnamed(wish: Wanted, window: Window) -> set[str]:
    """Slots with somebody or some place whom neither the letter nor its people name. Letters seldom name their own house, but
    they come from it and go to it: a doer by name must stand there, or at an end of the letter."""
    near = window.in_letter | window.people | window.asked
    slots = {"place": wish.place, **dict(zip(wish.roles, wish.others, strict=True))}
    absent = {name for name, slot in slots.items() if slot is not None and slot.named and not slot.share(near, even)}
    doer = wish.subject
    if doer is not None and (doer.named or doer.proper) and not (doer.share(near, even) or doer.name_in(near)):
        absent.add("subject")
    return absent


def _surely_the_same(wish: Wanted, shares: Shares) -> bool:
    """Deed and thing stand there, and the letter is tied to the claim's people, place or time, or the deed is told in so
    many words and the claim names nobody else."""
    thing = shares.object if wish.object else shares.subject
    if shares.predicate < RELATED or thing < SURE:
        return False
    if wish.object and wish.object.only(MONEY) and wish.subject and not shares.subject:
        return False  # of "the lift cost two millions" the lift is the thing, not the money
    if _of_another_house(wish, shares):
        return False
    free = wish.subject is None or wish.object is None or not wish.subject.named
    return shares.ties > 0 or (free and shares.predicate == 1.0)


def _of_another_house(wish: Wanted, shares: Shares) -> bool:
    """Whether the report names people and places, and nothing in the letter says that it is about them."""
    dated = shares.time in ("equal", "variant")
    counted = shares.numbers == "equal"
    return bool(wish.names) and not (shares.known or shares.subject >= STANDS or dated or counted)


def _open_slots(wish: Wanted, shares: Shares) -> tuple[str, ...]:
    """Slots that a passage must fill to support the claim whole. Letters seldom name their writer's own house: where deed
    and thing are sure, or the number fits, a missing subject is no gap."""
    sure = shares.predicate >= RELATED and shares.object >= SURE and shares.words >= FEWEST_WORDS
    told = sure or (shares.predicate == 1.0 and shares.object >= STANDS and shares.words > FEWEST_WORDS)
    number = shares.numbers == "equal" and (shares.standing >= 2 or shares.ties > 0)
    # Whoever writes "we could ship them" writes it to somebody: a body without a name may be the addressee.
    open_to = shares.by_writer and not _is_named(wish, "to")
    slots = ["quantity"] if number else ["quantity", *(() if open_to else ("to",)), "from", "with"]
    told_so = shares.numbers == "equal" and (shares.predicate >= RELATED or shares.ties > 0)
    if not wish.object_is_open and not (told_so and not _by_chance(wish, shares)):
        slots.append("object")
    writer = shares.by_writer and wish.subject is not None and not wish.subject.named
    if not (told or number or writer):
        slots.append("subject")
    return tuple(slots)


def _by_chance(wish: Wanted, shares: Shares) -> bool:
    """Whether a small number is all that a letter has of a thing, and it names nobody of the report: a five stands in many a
    sentence."""
    small = all(each.value < TELLING_FROM for each in wish.quantities)
    return small and not shares.object and not shares.known


def _is_anevent(wish: Wanted, shares: Shares) -> bool:
    """Whether a claim names nothing but an event ("yearly repairs"), and the letter is about what the report says around it."""
    bare = wish.subject is None and not wish.others and not wish.quantities and len(wish.bag) <= MOST_OF_AN_EVENT
    return bare and shares.predicate >= RELATED and (shares.known or shares.context >= ABOUT_THE_SAME)


#: Words of a claim that names an event alone, and the share of the words around it that make a letter one about the same.
MOST_OF_AN_EVENT, ABOUT_THE_SAME = 3, 0.15


def _is_named(wish: Wanted, role: str) -> bool:
    return any(slot.proper for each, slot in zip(wish.roles, wish.others, strict=True) if each == role)


def _polarity(wish: Wanted, window: Window, shares: Shares) -> str | None:
    if wish.predicate in NEGATIVE:
        return None  # a refusal is told by a negation: neither speaks against the other
    if wish.denied:
        return f"{SAYS_OTHERWISE} that it is so" if _says_so(wish, window, shares) else None
    return f"{SAYS_OTHERWISE} that it is not so" if _negated(wish, window) else None


def _says_so(wish: Wanted, window: Window, shares: Shares) -> bool:
    """Whether the sentence says that what the claim denies is so: no plan, condition, question or request does."""
    open_question = window.cues & {"plan", "condition"} or asks(window.text, window.language)
    if open_question or denies(wish, window) or window.cues & DENYING or seeks(window):
        return False
    thing = shares.object if wish.object else shares.subject
    open_ = wish.object is None or wish.object_is_open
    own = wish.predicate in THERE_IS or shares.predicate > RELATED or shares.subject >= STANDS
    return shares.ties > 0 and own and (open_ or thing >= SURE)


def _says_not(wish: Wanted, window: Window) -> bool:
    """Whether the sentence denies what the claim denies: the deed where it tells the deed, else the thing beside it. A lack that
    is denied is a thing that is there."""
    if wish.predicate in NEGATIVE:
        return not denies(wish, window) and predicate_share(wish, window.keys) == 0
    if is_refused(wish, window):
        return True
    if not denies(wish, window):
        return False
    if "denied next" in window.cues:
        return True
    if predicate_share(wish, window.keys) > 0:
        return _before_predicate(wish, window, "negation", "lack", "not_there")
    return _beside_thing(wish, window)


CLAUSES = re.compile(r"[,;:–—]")


def _beside_thing(wish: Wanted, window: Window) -> bool:
    """Whether the clause that names the thing of the claim denies: "no crates there", not "crates came, no room"."""
    thing = wish.object or wish.subject
    if thing is None or wish.object_is_open:
        return True
    language = window.language
    for clause in CLAUSES.split(window.text):
        words = WORD.findall(clause)
        named = any(thing.matched(word_alternatives(word, language)) for word in words)
        if named and meaning_words(words_of(clause), language, ("negation", "lack", "not_there")):
            return True
    return False


def has_transposed(wish: Wanted, window: Window) -> bool:
    """Whether the sentence has the claim's number with its digits in another order, of the same unit."""
    return any(
        transposed(mine.value, other.value) and same_unit(mine.unit, other.unit)
        for mine in wish.quantities
        for other in window.numbers
    )


def _numbers(window: Window) -> str:
    return ", ".join(f"“{quantity.text}”" for quantity in window.numbers)


def _modality(wish: Wanted, window: Window) -> list[str]:
    if MODALITY_GROUPS[wish.claim.modality] != "done":
        cut = "condition" in window.cues and "condition" not in cues_of(wish.claim.quote.exact, wish.language)
        return ["modality: the letter sets a condition that the claim leaves out"] if cut else []
    if "plan" in window.cues and _before_predicate(wish, window, "plan"):
        return ["modality: the letter speaks of a plan or a possibility"]
    if "condition" in window.cues:
        return ["modality: the letter sets a condition"]
    if _only_asks(wish, window):
        return ["modality: the letter only asks for it"]
    if is_hearsay(window.text):
        return ["modality: the letter passes on what others say"]
    return []


def _only_asks(wish: Wanted, window: Window) -> bool:
    """Whether a request tells a deed that the claim says was done, and no answer takes it over."""
    return asks(window.text, window.language) and not window.taken and wish.predicate not in ASKING | OFFERING


def _before_predicate(wish: Wanted, window: Window, *classes: str) -> bool:
    """Whether a meaning-bearing word of these classes stands right before the predicate, in its own clause of the sentence."""
    return any(_bears_on(wish, WORD.findall(clause), window.language, classes) for clause in _clauses(window.text))


def _clauses(text: str) -> list[str]:
    """The clauses of a sentence; a few words alone ("not, as agreed, before May") go with what follows them."""
    found: list[str] = []
    begun = ""
    for clause in CLAUSES.split(text):
        begun = f"{begun} {clause}"
        if len(WORD.findall(begun)) >= LEAST_OF_A_CLAUSE:
            found.append(begun)
            begun = ""
    if found:
        return [*found[:-1], f"{found[-1]} {begun}"]
    return [begun]


#: Fewer words between two marks are no clause of their own.
LEAST_OF_A_CLAUSE = 3


def _bears_on(wish: Wanted, words: list[str], language: Language, classes: tuple[str, ...]) -> bool:
    for index, word in enumerate(words):
        if predicate_share(wish, word_alternatives(word, language)) > 0:
            if meaning_words(words_of(" ".join(words[max(0, index - REACH) : index])), language, classes):
                return True
            behind = [each.casefold() for each in words[index + 1 : index + 1 + BEHIND]]
            if "negation" in classes and meaning_words(behind, language, ("nothing",)):
                return True  # "we ship nothing"
            if "negation" in classes and len(behind) == BEHIND and _will_not(behind, language):
                return True  # «подписывать не буду»
            if "negation" in classes and _there_is_none(word, words[index + 1 : index + 1 + BEHIND_ITS_NOUN], language):
                return True  # «заявления об увольнении не было»
            if "negation" in classes and meaning_words(words_of(" ".join(words[index + 1 :])), language, ("barred",)):
                return True  # «подписывать это нельзя»
    return False


def _there_is_none(word: str, behind: list[str], language: Language) -> bool:
    """Whether the noun of a deed is followed by what says that there is none of it."""
    if _VERBAL_NOUN.fullmatch(word.casefold()) is None:
        return False
    return bool(meaning_words([each.casefold() for each in behind], language, ("not_there",)))


#: Nouns of deeds by their ending, in any case: увольнение, звільнення, адхіленні, ліквідацыі.
_VERBAL_NOUN = re.compile(r"\w+(?:ни[еяюи]|нием|нн[яюеі]|ннем|ннях?|ц[иыі][яиіюей]|ц[иыі][ея][йю])")


def _will_not(behind: list[str], language: Language) -> bool:
    """Whether an infinitive is followed by its negated auxiliary, as Slavic languages allow."""
    if language == "en" or not meaning_words(behind[:1], language, ("negation",)):
        return False
    return _AUXILIARY.fullmatch(behind[1]) is not None


#: Forms of the verbs that govern an infinitive in front of them: be, begin, can, want, mean to.
_AUXILIARY = re.compile(r"(?:буд|стан|с?мо[гж]|змо[гж]|хо[чт]|хац|збира|собира)\w*")


def _negated(wish: Wanted, window: Window) -> bool:
    if "denied next" in window.cues or is_refused(wish, window):
        return True
    return bool(window.cues & DENYING) and _before_predicate(wish, window, "negation", "lack")


def _swapped(wish: Wanted, window: Window) -> bool:
    """Whether a claim read in the letter has the two participants the other way round."""
    if not (wish.subject and wish.object and wish.subject.named and wish.object.named and window.letter.reading):
        return False
    if wish.predicate in THERE_IS:
        return False  # whoever is the owner, the owner is they
    for claim in window.letter.reading.claims:
        if not (claim.quote.start < window.end and window.start < claim.quote.end and claim.subject and claim.object):
            continue
        if claim.predicate.class_ != wish.predicate:
            continue
        if window.language == "en" and _BY.search(claim.quote.exact):
            continue  # "was given the plot by the forestry": the doer comes last
        does, suffers = _slot_keys(claim.subject.text, window), _slot_keys(claim.object.text, window)
        straight = wish.subject.share(does, even) >= STANDS or wish.object.share(suffers, even) >= STANDS
        crossed = wish.subject.share(suffers, even) >= STANDS and wish.object.share(does, even) >= STANDS
        if crossed and not straight:
            return True
    return False


_BY = re.compile(r"\bby\b")


def _slot_keys(text: str, window: Window) -> frozenset[str]:
    return frozenset(key for word in WORD.findall(text) for key in word_alternatives(word, window.language))
