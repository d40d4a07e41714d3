"""A claim of a report as something to look for in the letters: what each slot would look like in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from leakdesk.claims.deeds import akin_keys, kin_keys, kin_roles
from leakdesk.claims.figures import number_word, quantities_of
from leakdesk.claims.passages import word_alternatives
from leakdesk.claims.quotes import meaning_words
from leakdesk.claims.terms import content_terms
from leakdesk.claims.times import Interval, interval
from leakdesk.claims.views import REFUSING, class_of, language_at, narrow_deeds
from leakdesk.language.concepts import LANGUAGES, all_concepts, concept_of_word, concepts_of_word
from leakdesk.language.sentences import sentence_spans
from leakdesk.language.spelling import word_keys
from leakdesk.language.wider import wider_rows
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
    of_the_leak: bool = False
    """It tells what became of the documents themselves, that they were published or that they show something."""
    search_words: Mapping[str, float] = field(default_factory=dict[str, float])
    bag: tuple[Alternatives, ...] = ()
    context: tuple[Alternatives, ...] = ()
    deeds: frozenset[str] = frozenset()
    """The keys of the narrow deeds that the verb, or the turn of phrase that it begins, tells."""

    @property
    def slots(self) -> tuple[WantedSlot, ...]:
        """Every slot that names somebody or something."""
        return tuple(each for each in (self.subject, self.object, self.place, *self.others) if each)

    def names_in(self, keys: frozenset[str]) -> int:
        """How many people, bodies and places of the whole report are named among some keys."""
        return sum(all(word & keys for word in name) for name in self.names)

    @property
    def predicate_asks(self) -> bool:
        """Whether the claim tells that somebody asks for something, which letters can show, and asks no question itself."""
        return self.claim.modality == "asked" and "?" not in self.claim.quote.exact + self.claim.quote.suffix[:2]

    @property
    def words(self) -> frozenset[Alternatives]:
        """All content words of these slots."""
        return frozenset(each for slot in self.slots for wording in slot.wordings for each in wording)


def wanted(claim: Claim, reading: Reading) -> Wanted:
    """Make a claim ready to be looked for."""
    language = language_at(reading, claim.quote.start)
    subject = _slot(claim.subject.text, claim.subject.entity, reading, language) if claim.subject else None
    object_ = _slot(claim.object.text, claim.object.entity, reading, language) if claim.object else None
    told_as_object = claim.object.text if claim.object else ""
    others = [
        (each.role, slot)
        for each in claim.others
        if each.text != told_as_object and (slot := _slot(each.text, each.entity, reading, language))
    ]
    deed, object_ = _deed(claim, language, subject, object_)
    return Wanted(
        claim=claim,
        language=language,
        subject=subject,
        predicate=deed,
        predicate_words=word_alternatives(claim.predicate.lemma or claim.predicate.text, language),
        object=object_,
        others=tuple(slot for _, slot in others),
        roles=tuple(role for role, _ in others),
        names=tuple(report_names(reading)),
        denied=(claim.polarity == "-") != _refuses(claim, language),
        object_is_open=claim.polarity == "-" and claim.object is not None and _is_none(claim.object.text, language),
        of_the_leak=_is_of_the_leak(deed, subject, object_),
        quantities=quantities_of(claim, reading, language),
        time=interval(claim.time.edtf) if claim.time else None,
        place=_slot(claim.place, claim.place_entity, reading, language) if claim.place else None,
        search_words=_search_words(claim, reading, language),
        bag=(bag := _bag(claim, language)),
        deeds=frozenset(f"@{each}" for each in narrow_deeds(claim, language)),
        context=tuple(each for each in _around(claim, reading, language) if each not in bag),
    )


#: What becomes of documents after they were written.
PUBLISHING = frozenset({"publish", "leak", "disclose", "reveal"})


def _is_of_the_leak(deed: str, subject: WantedSlot | None, object_: WantedSlot | None) -> bool:
    if subject is None or object_ is not None or deed not in PUBLISHING | SHOWING | {"name"}:
        return False
    return subject.only(_document_keys())


def _deed(
    claim: Claim, language: Language, subject: WantedSlot | None, object_: WantedSlot | None
) -> tuple[str, WantedSlot | None]:
    """What a letter would tell of: documents that list a thing say that it is there, and whoever is the supplier supplies."""
    deed = class_of(claim, language) or claim.predicate.lemma.casefold()
    if deed in SHOWING and (subject is None or subject.only(_document_keys())):
        return "name", object_
    known = all_concepts()
    if deed not in known or known[deed].kind == "actor" or deed == "exist":
        text = claim.object.text if claim.object else claim.predicate.lemma
        words = [word for word in _WORD.findall(text) if word_alternatives(word, language)]
        role = next(
            (kin_roles()[each] for word in words for each in concepts_of_word(word, language) if each in kin_roles()),
            None,
        )
        if role and subject is not None and len(words) == 1:
            return role, None
    return deed, object_


#: What documents do with the things that stand in them.
SHOWING = frozenset({"register", "include", "show", "name", "appoint"})


@cache
def _document_keys() -> frozenset[str]:
    return frozenset(f"@{each.id}" for each in all_concepts().values() if each.group in ("text", "evidence"))


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
    """How surely the words of some keys tell the predicate: 1 where its concept or word stands there, 0 where nothing does."""
    if (wish.predicate and f"@{wish.predicate}" in keys) or wish.deeds & keys:
        return 1.0
    if not wish.predicate:
        return 1.0 if wish.predicate_words & keys else 0.0
    if keys & kin_keys(wish.predicate, certain=True):
        return BY_ITS_NOUN
    return KINDRED if keys & (akin_keys(wish.predicate) | kin_keys(wish.predicate, certain=False)) else 0.0


#: A deed told by its own noun ("a payment"), and by a word of its wider class or one that rests on it.
BY_ITS_NOUN, KINDRED = 0.8, 0.6


def _share(wording: Sequence[Alternatives], keys: frozenset[str], weigh: Weigh) -> float:
    whole = sum(weigh(each) for each in wording)
    return sum(weigh(each) for each in wording if each & keys) / whole if whole else 0.0


def _slot(text: str, entity: str | None, reading: Reading, language: Language) -> WantedSlot | None:
    """What a slot would look like; None where its words say nothing by themselves ("it", "nothing")."""
    known = next((each for each in reading.entities if each.id == entity), None)
    texts = list(dict.fromkeys((text, *(known.names if known else ()))))
    wordings = tuple(w for each in texts for w in (_wording(each, language), _name_alone(each, language)) if w)
    return WantedSlot(wordings=wordings, named=known is not None) if wordings else None


def _refuses(claim: Claim, language: Language) -> bool:
    """Whether the predicate tells that something was not done though its own class is the deed ("refused to sell": sell)."""
    told = {each.removeprefix("@") for each in content_terms(claim.predicate.text, language)}
    return claim.predicate.class_ not in REFUSING and bool(told & REFUSING)


def _is_none(text: str, language: Language) -> bool:
    """Whether a phrase says that there is none ("not a single crate", «ничего»)."""
    return bool(meaning_words([word.casefold() for word in _WORD.findall(text)], language, ("none",)))


def _wording(text: str, language: Language) -> tuple[Alternatives, ...]:
    words = (word for word in _WORD.findall(text) if not word.isdigit() and number_word(word) is None)
    return tuple(each for word in words if (each := word_alternatives(word, language)))


def _name_alone(text: str, language: Language) -> tuple[Alternatives, ...]:
    """The name in a phrase without the word that says what kind of body or place it is ("the firm Harbuz-Trans"); () where
    anything else stands beside it: "the director's wife" is not the director."""
    words = [word for word in _WORD.findall(text) if word_alternatives(word, language)]
    names = [word for word in words if word[:1].isupper() and not concepts_of_word(word, language)]
    rest = (concepts_of_word(word, language) for word in words if word not in names)
    known = all_concepts()
    kinds = all(any(known[each].group in KINDS_OF_BODIES for each in told) for told in rest)
    return _wording(" ".join(names), language) if names and len(names) < len(words) and kinds else ()


#: Groups of concepts that say what kind of body or place a name names.
KINDS_OF_BODIES = frozenset({"org", "site", "place"})


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
    known = all_concepts().get(concept)
    if known is None:
        return []
    more = wider_rows()[concept][2] if concept in wider_rows() else {}
    return [
        word
        for language in LANGUAGES
        for words in (known.words.get(language, ()), more.get(language, ()))
        for word in [each for each in words if " " not in each][:MOST_LEMMAS]
    ]
