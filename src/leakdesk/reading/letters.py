"""Letters: who "I", "we" and "you" are, and what is said without saying who: «Просим выслать», "Please send".

The author is the one of the From line, the reader the one of the To line; their places in the header are where restored
subjects stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email.utils import getaddresses, parsedate_to_datetime

from leakdesk.language.concepts import concept_of, concept_of_word, concepts
from leakdesk.language.syntax import russian_forms
from leakdesk.mentions.dates import dates
from leakdesk.model.claim import Attribution, Claim, Slot
from leakdesk.model.document import MailAddress, MessageHead, Role, Segment
from leakdesk.model.entity import Mention
from leakdesk.reading.frame import Frame
from leakdesk.reading.letters_words import Person, asks, owner, verb_person, words
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range

_FIRST = frozenset(
    {"i", "we", "me", "us", "my", "our", "я", "мы", "нас", "нам", "мне", "меня", "ми", "мене", "мені", "мяне"}
)
_SECOND = frozenset({"you", "your", "вы", "вас", "вам", "ты", "тебя", "тебе", "ви", "ти", "табе", "цябе"})
_IMPERATIVE = ("йте", "ите", "ьте", "іть", "їть", "йтесь", "итесь", "йтеся", "айце", "іце", "ыце", "йце", "ьце", "яце")
#: Endings that an imperative shares with nothing but the first person: «купим» is no order.
_NO_ORDER = ("ем", "им", "ём", "ет", "ит")
_PLEASE = frozenset({"please", "kindly", "пожалуйста", "прошу", "просим", "просимо", "будь", "калі", "ласка"})
_PAST_PLURAL = ("ли", "лі", "лись", "ліся", "лися")


@dataclass(frozen=True, slots=True)
class Party:
    """A correspondent: where the name (or the address) stands in the header, and the entity."""

    start: int
    end: int
    text: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class Parties:
    """Author and first reader of a letter; None where the header does not say."""

    author: Party | None = None
    reader: Party | None = None

    def of(self, person: Person) -> Party | None:
        """The party a grammatical person stands for."""
        return self.author if person == "author" else self.reader


#: Labels of header lines in the four languages.
_LABELS: dict[str, tuple[str, ...]] = {
    "from": ("from", "от", "от кого", "від", "від кого", "ад", "ад каго"),
    "to": ("to", "кому", "каму"),
    "cc": ("cc", "копия", "копія", "копия кому", "bcc"),
    "date": ("date", "sent", "дата", "отправлено", "надіслано", "адпраўлена"),
    "subject": ("subject", "тема", "тэма", "reply-to"),
}
_HEADER_LINE = re.compile(rf"(?:{'|'.join(label for labels in _LABELS.values() for label in labels)})\s*:", re.I)


def bare_head(text: str) -> tuple[int, MessageHead | None]:
    """Where the header lines at the top of a bare letter end (0: there are none), and what they say."""
    if not _HEADER_LINE.match(text):
        return 0, None
    end = text.find("\n\n")
    end = len(text) if end < 0 else end + 2
    lines = [line for line in text[:end].splitlines() if ":" in line]
    fields = {name.strip().lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}

    def said(name: str) -> str:
        return next((fields[label] for label in _LABELS[name] if label in fields), "")

    return end, MessageHead(
        subject=said("subject") or None,
        sender=_people(said("from")),
        to=_people(said("to")),
        cc=_people(said("cc")),
        date=_iso(said("date")),
    )


def _people(written: str) -> tuple[MailAddress, ...]:
    """The people of a header line; a line without an address is names parted by commas or semicolons."""
    if "@" not in written:
        return tuple(MailAddress(name=name.strip()) for name in re.split(r"[;,]", written) if name.strip())
    return tuple(
        MailAddress(name=shown, address=address) for shown, address in getaddresses([written]) if shown or address
    )


def _iso(written: str) -> str | None:
    """An RFC 5322 date, else a date as people write it, in ISO 8601; or None."""
    try:
        return parsedate_to_datetime(written).isoformat()
    except (TypeError, ValueError):
        full = (each.normal for each in dates(written) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", each.normal))
        return next(full, None)


def parties(
    text: str,
    head: MessageHead | None,
    segments: tuple[Segment, ...],
    mentions: tuple[Mention, ...],
    addressed: list[Range] | None = None,
) -> Parties:
    """From and To in the header block of the text layer; where there is none, the name that signs and the name addressed."""
    limit = max((each.end for each in segments if each.role == Role.HEADER and each.start == 0), default=0)
    author = reader = None
    if head is not None:
        author = next(filter(None, (_party(text, limit, each, mentions) for each in head.sender)), None)
        reader = next(filter(None, (_party(text, limit, each, mentions) for each in head.to)), None)
    last = [(each.start, each.end) for each in segments if each.role == Role.SIGNATURE][:1]
    return Parties(author or _named_in(last, mentions), reader or _named_in((addressed or [])[:2], mentions))


def _party(text: str, limit: int, who: MailAddress, mentions: tuple[Mention, ...]) -> Party | None:
    for wanted in (who.name, who.address):
        at = text.find(wanted, 0, limit) if wanted else -1
        if at >= 0:
            end = at + len(wanted)
            entity = next(
                (each.entity for each in mentions if each.entity and each.start < end and each.end > at), None
            )
            return Party(at, end, text[at:end], entity)
    return None


def _named_in(places: list[Range], mentions: tuple[Mention, ...]) -> Party | None:
    """The first person, else the first body, named in one of the places."""
    inside = [each for each in mentions if any(start <= each.start and each.end <= end for start, end in places)]
    for kind in ("person", "organization"):
        for each in inside:
            if each.type == kind:
                return Party(each.start, each.end, each.text, each.entity)
    return None


def person_of(token: Token) -> Person | None:
    """Whom a pronoun stands for in a letter."""
    if token.low in _FIRST:
        return "author"
    return "reader" if token.low in _SECOND else None


def unsaid_subject(sentence: Sentence, frame: Frame) -> Person | None:
    """Who acts where the letter leaves it out: "Please send" the reader, «Направляем вам» the author."""
    if frame.subject is not None or frame.passive:
        return None
    first = sentence.tokens[frame.chain[0]]
    if first.pos not in ("V", "AUX"):
        return None
    if asks_reader(sentence, frame):
        return "reader"
    if sentence.language == "en":
        return None
    person = verb_person(first, sentence.language)
    if person is not None:
        return "reader" if asks(first) and frame.event != first.i else person
    return "author" if first.tense == "past" and _we_did(sentence, frame, first) else None


def _we_did(sentence: Sentence, frame: Frame, first: Token) -> bool:
    """«Отгрузили 12 тонн»: we did; «Насос нам привезли», «Станок вернули»: somebody else did, or it is not said who."""
    if not first.low.endswith(_PAST_PLURAL):
        return False
    ours = words("oblique", "author") | words("oblique", "reader")
    if any(token.low in ours for token in sentence.tokens):
        return False
    return frame.object is None or frame.object > frame.chain[0]


def asks_reader(sentence: Sentence, frame: Frame) -> bool:
    """An imperative, or a polite question: "Could you send the act?"."""
    if sentence.request and frame.subject is not None and not frame.restored:
        return person_of(sentence.tokens[frame.subject]) == "reader"
    return frame.subject is None and asks_reader_here(sentence, sentence.tokens[frame.chain[0]])


def is_order_to(sentence: Sentence, frame: Frame) -> bool:
    """A Slavic imperative, of one or of many: «Ставь подпись», «Спишите насос»."""
    if sentence.language == "en" or frame.subject is not None:
        return False
    first = sentence.tokens[frame.chain[0]]
    if first.pos != "V" or first.tense == "past" or first.passive:
        return False
    if sentence.language == "ru":
        known = [each for each in russian_forms(first.low) if each.is_known]
        return bool(known) and any(str(each.tag.mood) == "impr" for each in known) and not first.low.endswith(_NO_ORDER)
    return asks_reader_here(sentence, first)


def asks_reader_here(sentence: Sentence, first: Token) -> bool:
    """Whether a verb tells the reader to do something."""
    if sentence.child(first.i, "nsubj", "nsubj:pass") is not None:
        return False
    if sentence.language != "en":
        return first.pos == "V" and first.low.endswith(_IMPERATIVE) and first.tense in ("", "pres", "fut")
    if (
        first.pos not in ("V", "AUX", "INF")
        or first.tense
        or first.low != first.lemma
        or first.low in words("without_i", "words")
        or any(
            each.dep == "mark" or (each.dep == "aux" and each.low not in ("do", "don't"))
            for each in sentence.children(first.i)
        )
    ):
        return False
    before = [
        token
        for token in sentence.tokens[: first.i]
        if token.pos not in ("PUNCT", "ADV", "CCONJ", "X", "NEG") and token.low not in ("do", "don't")
    ]
    return not before or all(token.low in _PLEASE for token in before) or (first.dep == "conj")


# ---------------------------------------------------------------- whose words, whose house


def spoken(attributions: tuple[Attribution, ...], known: Parties) -> tuple[Attribution, ...]:
    """Attributions whose source is "we", «вы», «наш завод»: the correspondent says it."""
    made: list[Attribution] = []
    for each in attributions:
        party = None
        if each.source is not None and each.resolved_source is None:
            first = each.source.text.split()[0].casefold()
            person = "author" if first in _FIRST else "reader" if first in _SECOND else None
            party = known.of(person) if person is not None and len(each.source.text.split()) == 1 else None
        made.append(replace(each, resolved_source=party.entity) if party is not None else each)
    return tuple(made)


def housed(claims: tuple[Claim, ...], known: Parties, language: str) -> tuple[Claim, ...]:
    """Claims in which «наш завод» is the author's house and "your company" the reader's."""
    return tuple(
        replace(each, subject=_house(each.subject, known, language), object=_house(each.object, known, language))
        for each in claims
    )


def _house(slot: Slot | None, known: Parties, language: str) -> Slot | None:
    """A participant that is somebody's house stands for the one whose it is; somebody's people are people of their own."""
    if slot is None or not slot.text:
        return slot
    person = owner(slot.text.split()[0])
    party = known.of(person) if person is not None else None
    if party is None or party.entity is None:
        return slot
    noun = slot.head or slot.text.split()[-1]
    concept = concept_of_noun(noun, language)
    return replace(slot, entity=party.entity) if concept is not None and _is_house(concept) else slot


def concept_of_noun(noun: str, language: str) -> str | None:
    """The concept of a noun in any of its forms."""
    return concept_of(noun.casefold(), language, verbal=False) or concept_of_word(noun, language, verbal=False)


def _is_house(concept: str) -> bool:
    known = concepts()[concept]
    return (known.kind == "actor" and known.group == "org") or known.group == "site"
