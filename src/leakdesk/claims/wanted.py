"""A claim of a report as something to look for in the letters: what each slot would look like in any of the languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from leakdesk.claims.deeds import akin_keys, kin_keys, kin_roles
from leakdesk.claims.figures import quantities_of
from leakdesk.claims.heads import persons_in
from leakdesk.claims.keys import word_alternatives
from leakdesk.claims.quotes import meaning_words
from leakdesk.claims.search_words import search_words
from leakdesk.claims.terms import content_terms
from leakdesk.claims.times import Interval, interval
from leakdesk.claims.views import MONEY, REFUSING, class_of, converse, language_at, narrow_deeds
from leakdesk.claims.wanted_slots import Alternatives, WantedSlot, slot_of, wording_of
from leakdesk.language.concepts import all_concepts, concept_of_word, concepts_of_word
from leakdesk.language.sentences import sentence_spans
from leakdesk.language.spelling import word_keys
from leakdesk.language.words import WORD
from leakdesk.model.claim import Claim, Quantity, Reading
from leakdesk.model.document import Language, Role


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
    """None where it gives no date, or none whose year its report tells: then `yearless`."""
    place: WantedSlot | None
    names: tuple[tuple[Alternatives, ...], ...] = ()
    denied: bool = False
    roles: tuple[str, ...] = ()
    object_is_open: bool = False
    of_the_leak: bool = False
    """It tells what became of the documents themselves, that they were published or that they show something."""
    flipped: bool = False
    """Its subject is what others have as the object: it belongs to somebody."""
    of_itself: bool = False
    """It tells what the report's own house said."""
    yearless: str = ""
    """A day or month without its year ("XXXX-11-21"), in whatever year a letter means."""
    content: tuple[Alternatives, ...] = ()
    """What is asked, offered or promised: the claim's words beside its subject and its deed."""
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
    subject = slot_of(claim.subject.text, claim.subject.entity, reading, language) if claim.subject else None
    object_ = slot_of(claim.object.text, claim.object.entity, reading, language) if claim.object else None
    told_as_object = claim.object.text if claim.object else ""
    others = [
        (each.role, slot)
        for each in claim.others
        if each.text != told_as_object and (slot := slot_of(each.text, each.entity, reading, language))
    ]
    deed, subject, object_ = _deed(claim, language, subject, object_, others)
    if object_ is not None and deed in SERVING and object_.is_somebody and "to" not in dict(others):
        others.append(("to", object_))  # "ready to supply a refinery"
        object_ = None
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
        flipped=claim.predicate.lemma.casefold() in converse()["flips"].get(language, ()),
        of_itself=_is_of_itself(claim, language, deed),
        content=_content(claim, language, subject),
        quantities=quantities_of(claim, reading, language),
        time=interval(claim.time.edtf) if claim.time else None,
        yearless=claim.time.edtf if claim.time and claim.time.edtf.startswith("XXXX-") else "",
        place=slot_of(claim.place, claim.place_entity, reading, language) if claim.place else None,
        search_words=search_words(claim, reading, language),
        bag=(bag := _bag(claim, language)),
        deeds=frozenset(f"@{each}" for each in narrow_deeds(claim, language)),
        context=tuple(each for each in _around(claim, reading, language) if each not in bag),
    )


#: Deeds whose object may be whoever gets something.
SERVING = frozenset({"supply", "pay", "repay"})
#: What becomes of documents after they were written.
PUBLISHING = frozenset({"publish", "leak", "disclose", "reveal"})


def _is_of_the_leak(deed: str, subject: WantedSlot | None, object_: WantedSlot | None) -> bool:
    if subject is None or object_ is not None or deed not in PUBLISHING | SHOWING | {"name"}:
        return False
    return subject.only(_document_keys())


def _is_of_itself(claim: Claim, language: Language, deed: str) -> bool:
    """Whether "we", outside any quotation, said or published something: the report's own house, of which no letter tells."""
    first = claim.subject is not None and "From" in persons_in(claim.subject.text, language)
    known = all_concepts()
    if first and claim.subject and _names_the_press(claim.subject.text, language):
        return True  # "our reporter counted five lorries"
    says = deed in PUBLISHING | SHOWING | {"name"} or (deed in known and known[deed].kind == "say")
    return first and says and not claim.attributions and claim.origin not in ("witness", "documents")


def _names_the_press(text: str, language: Language) -> bool:
    return any(concepts_of_word(word, language) & PRESS for word in WORD.findall(text))


#: Who looks for a report's own house.
PRESS = frozenset({"journalist"})


def _content(claim: Claim, language: Language, subject: WantedSlot | None) -> tuple[Alternatives, ...]:
    told = word_alternatives(claim.predicate.lemma or claim.predicate.text, language)
    names = {each for wording in subject.wordings for each in wording} if subject else set[Alternatives]()
    words = wording_of(claim.quote.exact, language)
    return tuple(each for each in words if each not in names and not each & told)


def _deed(
    claim: Claim,
    language: Language,
    subject: WantedSlot | None,
    object_: WantedSlot | None,
    others: list[tuple[str, WantedSlot]],
) -> tuple[str, WantedSlot | None, WantedSlot | None]:
    """What a letter would tell of: documents that list a thing say that it is there, whoever is the supplier supplies, and money
    that comes from somebody was paid by them."""
    deed = class_of(claim, language) or claim.predicate.lemma.casefold()
    roles = dict(others)
    if deed in SHOWING and (subject is None or subject.only(_document_keys())) and not roles.keys() & {"to", "for"}:
        return "name", subject, object_
    if deed in ARRIVING and subject is not None and subject.only(MONEY) and "from" in roles:
        others.remove(("from", roles["from"]))
        return "pay", roles["from"], object_
    if deed in CHANGING and object_ is not None and object_.only(OWNERS):
        return "sell", None, subject
    known = all_concepts()
    if deed not in known or known[deed].kind == "actor" or deed == "exist":
        text = claim.object.text if claim.object else claim.predicate.lemma
        if subject is not None and (role := _role(text, language)):
            return role, subject, None
        told = _role(claim.subject.text, language) if claim.subject else None
        if told and object_ is not None:
            return told, object_, None
    return deed, subject, object_


def _role(text: str, language: Language) -> str | None:
    """The deed of whoever has the role that a phrase names ("the supplier": supply)."""
    words = [word for word in WORD.findall(text) if word_alternatives(word, language)]
    if len(words) != 1:
        return None
    found = (each for word in words for each in concepts_of_word(word, language) if each in kin_roles())
    return next((kin_roles()[each] for each in found), None)


#: What has another owner was sold.
CHANGING, OWNERS = frozenset({"exchange", "replace", "change"}), frozenset({"@owner"})
#: What money does that is paid.
ARRIVING = frozenset({"arrive_goods", "come", "travel", "arrive"})
#: What documents do with the things that stand in them.
SHOWING = frozenset({"register", "include", "show", "name", "appoint"})


@cache
def _document_keys() -> frozenset[str]:
    return frozenset(f"@{each.id}" for each in all_concepts().values() if each.group in ("text", "evidence"))


def _bag(claim: Claim, language: Language) -> tuple[Alternatives, ...]:
    """All content words of a claim, whatever slot they stand in; a subject restored from elsewhere included."""
    texts = (claim.quote.exact, *(slot.text for slot in (claim.subject, claim.object) if slot), claim.predicate.lemma)
    return tuple(dict.fromkeys(word for text in texts for word in wording_of(text, language)))


def _around(claim: Claim, reading: Reading, language: Language) -> Iterable[Alternatives]:
    """The content words of the report's sentence that holds the claim, and of those before and after it."""
    spans = report_sentences(reading)
    at = next((i for i, (start, end) in enumerate(spans) if start <= claim.quote.start < end), None)
    if at is None:
        return ()
    start, end = spans[max(0, at - 1)][0], spans[min(len(spans) - 1, at + 1)][1]
    return dict.fromkeys(wording_of(reading.text[start:end], language))


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
            words = [word for word in WORD.findall(name) if word[:1].isupper() and len(word) > 2]
            words = words[-1:] if entity.schema == "Person" else [w for w in words if not concept_of_word(w, "en")]
            keys = tuple(each for word in words if (each := frozenset(word_keys(word, name=True))))
            if keys:
                found.setdefault(keys, entity.caption)
    return found


def predicate_share(wish: Wanted, keys: frozenset[str]) -> float:
    """How surely the words of some keys tell the predicate: 1 where its concept or word stands there, 0 where nothing does."""
    if (wish.predicate and f"@{wish.predicate}" in keys) or wish.deeds & keys:
        return 1.0
    if wish.predicate not in all_concepts() and _is_verb(wish.predicate, wish.language) and wish.predicate_words & keys:
        return 1.0
    if keys & kin_keys(wish.predicate, certain=True):
        return BY_ITS_NOUN
    return KINDRED if keys & (akin_keys(wish.predicate) | kin_keys(wish.predicate, certain=False)) else 0.0


def _is_verb(lemma: str, language: Language) -> bool:
    """Whether a predicate is a verb by its ending; a noun ("these payments for transport") tells no deed by itself."""
    return language == "en" or lemma.endswith(INFINITIVES)


INFINITIVES = ("ть", "ться", "чь", "ти", "тись", "тися", "ць", "цца", "чы", "чыся", "ці")
#: A deed told by its own noun ("a payment"), and by a word of its wider class or one that rests on it.
BY_ITS_NOUN, KINDRED = 0.8, 0.6


def _refuses(claim: Claim, language: Language) -> bool:
    """Whether the predicate tells that something was not done though its own class is the deed ("refused to sell": sell)."""
    told = {each.removeprefix("@") for each in content_terms(claim.predicate.text, language)}
    return claim.predicate.class_ not in REFUSING and bool(told & REFUSING)


def _is_none(text: str, language: Language) -> bool:
    """Whether a phrase says that there is none ("not a single crate", «ничего»)."""
    return bool(meaning_words([word.casefold() for word in WORD.findall(text)], language, ("none",)))
