"""A claim made ready for comparison: who, what, where, when and how many, in language-free terms.

Names are who they are (entities aligned beforehand), other words concepts or spelling keys, dates intervals.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from leakdesk.claims.figures import number_word, quantities_of
from leakdesk.claims.quotes import meaning_words
from leakdesk.claims.terms import content_terms, content_words, head_term
from leakdesk.claims.times import Interval, interval
from leakdesk.claims.units import is_money
from leakdesk.language.concepts import all_concepts, concepts_of_word, deeds_of, lemmas
from leakdesk.language.spelling import word_keys
from leakdesk.language.words import WORD
from leakdesk.model.claim import Claim, Quantity, Reading
from leakdesk.model.document import Language

#: Modalities grouped by what they say about the event: did it happen, is it meant to, might it.
MODALITY_GROUPS: Mapping[str, str] = {
    "asserted": "done",
    "alleged": "done",
    "presupposed": "done",
    "inferred": "done",
    "planned": "planned",
    "intended": "planned",
    "predicted": "planned",
    "possible": "possible",
    "asked": "asked",
}
#: Predicates that tell an attribute and no deed: "is a citizen of" and "holds a passport of" differ in words only.
LIGHT = frozenset({"exist", "have", "own", "hold", "be", "stay", "be_located"})
#: Predicates that say that something is not done; "refused to sell" and "did not supply" tell one event.
REFUSING = frozenset({"refuse", "reject", "fail", "cannot", "deny", "decline"})
#: Words of time: who spends weeks somewhere stays there, and pays nobody.
TIME_TERMS = frozenset({"@week", "@day", "@month", "@year", "@hour", "@period", "@time"})
#: Kinds of concept that name something that happens. A mere phase ("begin") or a word of saying names no event of its own.
EVENT_KINDS = frozenset({"act", "change", "event"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A participant, place or thing: who it is (common id, where known), its head word and its content words."""

    entity: str | None
    text: str
    head: str
    terms: frozenset[str]
    words: tuple[frozenset[str], ...]
    """Each content word with everything that it may mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim made ready for comparison."""

    claim: Claim
    language: Language
    subject: Side | None
    predicate: frozenset[str]
    predicate_class: str
    object: Side | None
    others: Mapping[str, Side]
    place: Side | None
    time: Interval | None
    quantities: tuple[Quantity, ...]
    modality: str
    terms: frozenset[str]
    events: frozenset[str]
    denied: bool
    deed: str
    anchors: frozenset[str]
    """Everything that the claim's words name: concepts, names, numbers, its date."""


def view(claim: Claim, reading: Reading, identity: Mapping[str, str]) -> ClaimView:
    """Make a claim ready; `identity` maps entity ids of this reading to ids common to both readings."""
    language = language_at(reading, claim.quote.start)
    subject = _side(claim.subject.text, claim.subject.entity, language, identity) if claim.subject else None
    object_ = _side(claim.object.text, claim.object.entity, language, identity) if claim.object else None
    if claim.predicate.lemma.casefold() in converse()["flips"].get(language, ()):
        subject, object_ = object_, subject
    counted = subject is not None and subject.head == COUNT
    predicate = frozenset(content_terms(claim.predicate.lemma or claim.predicate.text, language))
    predicate |= {f"@{each}" for each in narrow_deeds(claim, language)}
    return ClaimView(
        claim=claim,
        language=language,
        subject=_governing(subject) if subject else None,
        predicate=predicate,
        predicate_class=class_of(claim, language),
        object=None if claim.polarity == "-" and _is_none(claim, language) else object_,
        others={
            other.role: side for other in claim.others if (side := _side(other.text, other.entity, language, identity))
        },
        place=_side(claim.place, claim.place_entity, language, identity) if claim.place else None,
        time=interval(claim.time.edtf) if claim.time else None,
        quantities=quantities_of(claim, reading, language),
        modality=MODALITY_GROUPS[claim.modality],
        events=_events(claim, object_, predicate, subject if counted else None),
        terms=frozenset(content_terms(claim.quote.exact, language)) | predicate | ({claim.predicate.class_} - {""}),
        denied=(claim.polarity == "-") != bool(_refused(claim, language)),
        deed=_refused(claim, language) or claim.predicate.class_,
        anchors=_anchors(claim, reading, language, identity),
    )


def _anchors(claim: Claim, reading: Reading, language: Language, identity: Mapping[str, str]) -> frozenset[str]:
    texts = (claim.quote.exact, claim.subject.text if claim.subject else "", claim.predicate.lemma)
    words = {key for text in texts for word in content_words(text, language) for key in word}
    inside = (m for m in reading.mentions if claim.quote.start <= m.start < claim.quote.end and m.entity)
    people = {identity.get(m.entity, m.entity) for m in inside if m.entity}
    sides = {identity.get(slot.entity, slot.entity) for slot in (claim.subject, claim.object) if slot and slot.entity}
    numbers = {f"n:{quantity.value:g}" for quantity in quantities_of(claim, reading, language)}
    numbers |= {f"n:{value:g}" for word in claim.quote.exact.split() if (value := number_word(word)) is not None}
    days = interval(claim.time.edtf) if claim.time else None
    return frozenset(words | people | sides | numbers | ({f"t:{days[0]}"} if days else set()))


#: "The number of lost crates rose to seven" tells of lost crates.
COUNT = "@amount_n"
MONEY = frozenset({"@money_n", "@payment", "@currency", "@rouble", "@hryvnia", "@dollar", "@euro_n"})


@cache
def converse() -> dict[str, Any]:
    """Verbs that turn their participants round, and deeds that are payments."""
    return tomllib.loads(files("leakdesk.claims").joinpath("converse.toml").read_text("utf-8"))


def _is_none(claim: Claim, language: Language) -> bool:
    """Whether the object says that there was none ("not a single crate"): it is open, whatever the other text names."""
    words = [word.casefold() for word in claim.object.text.split()] if claim.object else []
    return bool(meaning_words(words, language, ("none",)))


def class_of(claim: Claim, language: Language) -> str:
    """The concept of a claim's deed; what is moved tells deeds apart: money that is transferred is paid."""
    words = content_terms(claim.object.text, language) if claim.object else ()
    of_money = MONEY & set(words) or any(is_money(quantity.unit) for quantity in claim.quantities)
    if claim.predicate.class_ in converse()["of_money"]["classes"] and of_money:
        return "pay"
    spends_time = claim.predicate.class_ == "pay" and (
        any(word in TIME_TERMS for word in words)
        or any(q.unit in ("week", "day", "month", "year") for q in claim.quantities)
    )
    if spends_time or claim.predicate.class_ == "spend_time":
        return "stay"
    goes = claim.subject is not None and claim.predicate.class_ in MOVES
    if goes and MONEY & set(content_terms(claim.subject.text if claim.subject else "", language)):
        return "pay"
    if _comes_to(claim):
        return "count"
    if claim.predicate.class_ in all_concepts():
        return claim.predicate.class_
    narrow = narrow_deeds(claim, language)
    if len(narrow) == 1:
        return next(iter(narrow))
    return _class_of_word(claim.predicate.lemma or claim.predicate.text, language) or claim.predicate.class_


def narrow_deeds(claim: Claim, language: Language) -> frozenset[str]:
    """The narrow deeds of a claim's verb, of the turn of phrase that it begins in the sentence where it begins one: who "puts the
    house up for sale" puts nothing up."""
    lemma, words = claim.predicate.lemma.casefold(), WORD.findall(claim.quote.exact)
    spoken = {word.casefold() for word in claim.predicate.text.split()}
    at = next(
        (
            k
            for k, word in enumerate(words)
            if word.casefold() in spoken and lemma.split(" ")[0] in lemmas(word, language)
        ),
        None,
    )
    told = deeds_of(" ".join(words[at : at + LONGEST_TURN]), language) if at is not None else frozenset[str]()
    return told or deeds_of(claim.predicate.lemma or claim.predicate.text, language)


#: Most words of a turn of phrase, with what stands between its first word and the rest.
LONGEST_TURN = 9


#: What money does when it is paid: it goes, passes, arrives.
MOVES = frozenset({"travel", "move", "leave"})


def _comes_to(claim: Claim) -> bool:
    """Whether something "came to three million": nobody travels to a number."""
    sums = {quantity.text for quantity in claim.quantities if quantity.role in ("to", "of", "")}
    told = {each.text for each in claim.others if each.role == "to"} | ({claim.object.text} if claim.object else set())
    return claim.predicate.class_ == "travel" and bool(sums & told)


def _class_of_word(word: str, language: Language) -> str:
    """The deed that a verb tells though readers do not know it, where it tells just one; "" otherwise."""
    known = all_concepts()
    told = [each for each in sorted(concepts_of_word(word, language)) if known[each].verbal] if " " not in word else []
    return told[0] if len(told) == 1 else ""


def _refused(claim: Claim, language: Language) -> str:
    """What somebody refuses or fails to do ("refused to sell" -> sell); "" for any other claim."""
    if claim.predicate.class_ not in REFUSING:
        return ""
    told = (each.removeprefix("@") for each in content_terms(claim.predicate.text, language))
    table = all_concepts()
    return next((each for each in told if each not in REFUSING and each in table), "")


def _governing(side: Side) -> Side:
    """A capital that acts stands for its country ("Minsk decided")."""
    country = capitals().get(side.head) if len(side.terms) == 1 else None
    return replace(side, terms=frozenset({country}), words=(frozenset({country}),), head=country) if country else side


@cache
def capitals() -> dict[str, str]:
    """Spelling key of each capital -> the term of its country."""
    lines = files("leakdesk.claims").joinpath("capitals.tsv").read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines if line)
    return {
        key: f"%country-{code}" for code, *names in rows for name in names for key in word_keys(name, name=True)[:1]
    }


def _events(
    claim: Claim, object_: Side | None, predicate: frozenset[str], counted: Side | None = None
) -> frozenset[str]:
    """Event concepts that the verb or the object's head names, or the words of what is counted."""
    named = {claim.predicate.class_, *predicate, object_.head if object_ else "", *(counted.terms if counted else ())}
    table = all_concepts()
    return frozenset(
        each for term in named if (each := term.removeprefix("@")) in table and table[each].kind in EVENT_KINDS
    )


def language_at(reading: Reading, offset: int) -> Language:
    """The language of the segment at an offset, else the reading's first language."""
    for segment in reading.segments:
        if segment.start <= offset < segment.end and segment.language != "und":
            return segment.language
    return reading.languages[0] if reading.languages else "und"


def _side(text: str, entity: str | None, language: Language, identity: Mapping[str, str]) -> Side | None:
    """A participant; None where the words name nobody by themselves ("they", "which")."""
    terms = frozenset(content_terms(text, language))
    if not terms and not entity:
        return None
    return Side(
        entity=identity.get(entity, entity) if entity else None,
        text=text,
        head=head_term(text, language),
        terms=terms,
        words=content_words(text, language),
    )
