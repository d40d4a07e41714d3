"""A claim of a report as something to look for in the letters: what each slot would look like in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from leakdesk.claims.deeds import akin_keys
from leakdesk.claims.figures import quantities_of
from leakdesk.claims.passages import word_alternatives
from leakdesk.claims.quotes import meaning_words
from leakdesk.claims.terms import content_terms
from leakdesk.claims.times import Interval, interval
from leakdesk.claims.views import REFUSING, class_of, language_at
from leakdesk.language.concepts import LANGUAGES, concept_of_word, concepts
from leakdesk.language.sentences import sentence_spans
from leakdesk.language.spelling import word_keys
from leakdesk.model.claim import Claim, Quantity, Reading
from leakdesk.model.document import Language, Role

_WORD = re.compile(r"\w+(?:[-’'ʼ]\w+)*")

Alternatives = frozenset[str]
"""Keys of which any one will do."""


Weigh = Callable[[Alternatives], float]
"""How telling a word is: rare words weigh more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSlot:
    """Content words of a slot, each with its alternatives, and the same for every other name of its entity."""

    wordings: tuple[tuple[Alternatives, ...], ...]
    named: bool

    def share(self, keys: frozenset[str], weigh: Weigh) -> float:
        """How much of the best wording stands among some keys, 0..1, rare words counting more."""
        return max((_share(wording, keys, weigh) for wording in self.wordings), default=0.0)

    def only(self, keys: frozenset[str]) -> bool:
        """Whether some wording holds nothing but words of these keys ("the money")."""
        return any(all(each & keys for each in wording) for wording in self.wordings)

    def matched(self, keys: frozenset[str]) -> set[Alternatives]:
        """The words of any wording that stand among some keys."""
        return {each for wording in self.wordings for each in wording if each & keys}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Everything about a claim that a letter could show."""

    claim: Claim
    language: Language
    subject: WantedSlot | None
    predicate: str
    predicate_words: Alternatives
    object: WantedSlot | None
    others: tuple[WantedSlot, ...]
    quantities: tuple[Quantity, ...]
    time: Interval | None
    place: WantedSlot | None
    names: tuple[tuple[Alternatives, ...], ...] = ()
    denied: bool = False
    roles: tuple[str, ...] = ()
    object_is_open: bool = False
    search_words: Mapping[str, float] = field(default_factory=dict[str, float])
    bag: tuple[Alternatives, ...] = ()
    context: tuple[Alternatives, ...] = ()

    @property
    def slots(self) -> tuple[WantedSlot, ...]:
        """Every slot that names somebody or something."""
        return tuple(each for each in (self.subject, self.object, self.place, *self.others) if each)

    def names_in(self, keys: frozenset[str]) -> int:
        """How many people, bodies and places of the whole report are named among some keys."""
        return sum(all(word & keys for word in name) for name in self.names)

    @property
    def words(self) -> frozenset[Alternatives]:
        """All content words of these slots."""
        return frozenset(each for slot in self.slots for wording in slot.wordings for each in wording)


def wanted(claim: Claim, reading: Reading) -> Wanted:
    """Make a claim ready to be looked for."""
    language = language_at(reading, claim.quote.start)
    subject = _slot(claim.subject.text, claim.subject.entity, reading, language) if claim.subject else None
    object_ = _slot(claim.object.text, claim.object.entity, reading, language) if claim.object else None
    others = [(each.role, slot) for each in claim.others if (slot := _slot(each.text, each.entity, reading, language))]
    return Wanted(
        claim=claim,
        language=language,
        subject=subject,
        predicate=class_of(claim, language) or claim.predicate.lemma.casefold(),
        predicate_words=word_alternatives(claim.predicate.lemma or claim.predicate.text, language),
        object=object_,
        others=tuple(slot for _, slot in others),
        roles=tuple(role for role, _ in others),
        names=tuple(report_names(reading)),
        denied=(claim.polarity == "-") != _refuses(claim, language),
        object_is_open=claim.polarity == "-" and claim.object is not None and _is_none(claim.object.text, language),
        quantities=quantities_of(claim, reading, language),
        time=interval(claim.time.edtf) if claim.time else None,
        place=_slot(claim.place, claim.place_entity, reading, language) if claim.place else None,
        search_words=_search_words(claim, reading, language),
        bag=(bag := _bag(claim, language)),
        context=tuple(each for each in _around(claim, reading, language) if each not in bag),
    )


def _bag(claim: Claim, language: Language) -> tuple[Alternatives, ...]:
    """All content words of a claim, whatever slot they stand in; a subject restored from elsewhere included."""
    texts = (claim.quote.exact, *(slot.text for slot in (claim.subject, claim.object) if slot), claim.predicate.lemma)
    return tuple(dict.fromkeys(word for text in texts for word in _wording(text, language)))


def _around(claim: Claim, reading: Reading, language: Language) -> Iterable[Alternatives]:
    """The content words of the report's sentence that holds the claim, and of those before and after it."""
    spans = report_sentences(reading)
    at = next((i for i, (start, end) in enumerate(spans) if start <= claim.quote.start < end), None)
    if at is None:
        return ()
    start, end = spans[max(0, at - 1)][0], spans[min(len(spans) - 1, at + 1)][1]
    return dict.fromkeys(_wording(reading.text[start:end], language))


@lru_cache(maxsize=32)
def report_sentences(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a report's speaking segments begin and end."""
    return tuple(
        (segment.start + start, segment.start + end)
        for segment in reading.segments
        if segment.role in _SPEAKS
        for start, end in sentence_spans(reading.text[segment.start : segment.end])
    )


_SPEAKS = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTED})


@lru_cache(maxsize=32)
def report_names(reading: Reading) -> dict[tuple[Alternatives, ...], str]:
    """Each name in the report that tells somebody, a body or a place apart: its words' keys (of a person the last one) -> the
    name."""
    found: dict[tuple[Alternatives, ...], str] = {}
    for entity in reading.entities:
        for name in entity.names:
            words = [word for word in _WORD.findall(name) if word[:1].isupper() and len(word) > 2]
            words = words[-1:] if entity.schema == "Person" else [w for w in words if not concept_of_word(w, "en")]
            keys = tuple(each for word in words if (each := frozenset(word_keys(word, name=True))))
            if keys:
                found.setdefault(keys, entity.caption)
    return found


def predicate_share(wish: Wanted, keys: frozenset[str]) -> float:
    """1 where the predicate's concept or word stands among the keys, .6 where one of its wider class does, else 0."""
    if wish.predicate and f"@{wish.predicate}" in keys:
        return 1.0
    if not wish.predicate:
        return 1.0 if wish.predicate_words & keys else 0.0
    return 0.6 if keys & akin_keys(wish.predicate) else 0.0


def _share(wording: Sequence[Alternatives], keys: frozenset[str], weigh: Weigh) -> float:
    whole = sum(weigh(each) for each in wording)
    return sum(weigh(each) for each in wording if each & keys) / whole if whole else 0.0


def _slot(text: str, entity: str | None, reading: Reading, language: Language) -> WantedSlot | None:
    """What a slot would look like; None where its words say nothing by themselves ("it", "nothing")."""
    known = next((each for each in reading.entities if each.id == entity), None)
    texts = list(dict.fromkeys((text, *(known.names if known else ()))))
    wordings = tuple(w for w in (_wording(each, language) for each in texts) if w)
    return WantedSlot(wordings=wordings, named=known is not None) if wordings else None


def _refuses(claim: Claim, language: Language) -> bool:
    """Whether the predicate tells that something was not done though its own class is the deed ("refused to sell": sell)."""
    told = {each.removeprefix("@") for each in content_terms(claim.predicate.text, language)}
    return claim.predicate.class_ not in REFUSING and bool(told & REFUSING)


def _is_none(text: str, language: Language) -> bool:
    """Whether a phrase says that there is none ("not a single crate", «ничего»)."""
    return bool(meaning_words([word.casefold() for word in _WORD.findall(text)], language, ("none",)))


def _wording(text: str, language: Language) -> tuple[Alternatives, ...]:
    found = (word_alternatives(word, language) for word in _WORD.findall(text) if not word.isdigit())
    return tuple(each for each in found if each)


#: Most lemmas of one concept and language that are searched for: the table lists the usual ones first.
MOST_LEMMAS = 4
#: Weights of words in the full-text search: a name or a number tells more than a thing, a thing more than a deed's synonyms.
NAME, FIGURE, THING, DEED = 3.0, 2.0, 1.5, 0.5


def _search_words(claim: Claim, reading: Reading, language: Language) -> dict[str, float]:
    """Words for the full-text search with their weights: names as spelled in the report, and every concept's words in all
    languages."""
    words: dict[str, float] = {}

    def add(found: Iterable[str], weight: float) -> None:
        for word in found:
            words[word] = max(weight, words.get(word, 0.0))

    for text, entity in _texts(claim):
        known = next((each for each in reading.entities if each.id == entity), None)
        for name in known.names if known else ():
            add((word for word in _own_words(name, "en") if word[:1].isupper()), NAME)
        for word, weight in _words_everywhere(text, language):
            add((word,), weight)
    add((_figures(quantity.value) for quantity in claim.quantities), FIGURE)
    add(_concept_words(claim.predicate.class_) or _own_words(claim.predicate.lemma, language), DEED)
    return words


def _figures(value: float) -> str:
    return re.sub(r"\.0$", "", str(value))


def _own_words(text: str, language: Language) -> list[str]:
    return [word for word in _WORD.findall(text) if len(word) > 2 and word_alternatives(word, language)]


def _texts(claim: Claim) -> list[tuple[str, str | None]]:
    slots = [(slot.text, slot.entity) for slot in (claim.subject, claim.object) if slot]
    places = [(claim.place, claim.place_entity)] if claim.place else []
    return [*slots, *((other.text, other.entity) for other in claim.others), *places]


def _words_everywhere(text: str, language: Language) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for word in _WORD.findall(text):
        concept = concept_of_word(word, language, verbal=False) or concept_of_word(word, language)
        if concept:
            found += [(each, THING) for each in _concept_words(concept)]
        if concept and not word[:1].isupper():
            continue
        if len(word) > 2 and word_alternatives(word, language):
            found.append((word, NAME if word[:1].isupper() else THING))
    return found


def _concept_words(concept: str) -> list[str]:
    known = concepts().get(concept)
    if known is None:
        return []
    return [word for language in LANGUAGES for word in known.words.get(language, ())[:MOST_LEMMAS] if " " not in word]
