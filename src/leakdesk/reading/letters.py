"""Letters: who "I", "we" and "you" are, and what is said without saying who: «Просим выслать», "Please send".

The author is the one of the From line, the reader the one of the To line; their places in the header are where restored
subjects stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import getaddresses, parsedate_to_datetime
from typing import Literal

from leakdesk.model.document import MailAddress, MessageHead, Role, Segment
from leakdesk.model.entity import Mention
from leakdesk.reading.frame import Frame
from leakdesk.reading.sentence import Sentence, Token

Person = Literal["author", "reader"]
_FIRST = frozenset(
    {"i", "we", "me", "us", "my", "our", "я", "мы", "нас", "нам", "мне", "меня", "ми", "мене", "мені", "мяне"}
)
_SECOND = frozenset({"you", "your", "вы", "вас", "вам", "ты", "тебя", "тебе", "ви", "ти", "табе", "цябе"})
_IMPERATIVE = ("йте", "ите", "ьте", "іть", "йтесь", "йтеся", "айце", "іце", "ыце", "йце", "ьце")
_PLEASE = frozenset({"please", "kindly", "пожалуйста", "прошу", "просим", "просимо", "будь", "калі", "ласка"})
#: Concepts that are asked of the reader whatever the form.
_FIRST_SINGULAR = ("ю", "у", "юсь", "усь", "уся", "юся")
_FIRST_PLURAL = ("ем", "им", "ём", "емо", "имо", "їмо", "ім", "ым", "емся", "имся", "ліся", "лись", "лися", "ли", "лі")


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


_HEADER_LINE = re.compile(r"(from|to|cc|bcc|date|subject|reply-to|від|кому|от|дата|тема|ад|каму)\s*:", re.I)


def bare_head(text: str) -> tuple[int, MessageHead | None]:
    """Where the header lines at the top of a bare letter end (0: there are none), and what they say."""
    if not _HEADER_LINE.match(text):
        return 0, None
    end = text.find("\n\n")
    end = len(text) if end < 0 else end + 2
    lines = [line for line in text[:end].splitlines() if ":" in line]
    fields = {name.strip().lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}

    def people(name: str) -> tuple[MailAddress, ...]:
        return tuple(
            MailAddress(name=shown, address=address)
            for shown, address in getaddresses([fields.get(name, "")])
            if shown or address
        )

    return end, MessageHead(
        subject=fields.get("subject"),
        sender=people("from"),
        to=people("to"),
        cc=people("cc"),
        date=_iso(fields.get("date", "")),
    )


def _iso(written: str) -> str | None:
    """An RFC 5322 date as ISO 8601, or None."""
    try:
        return parsedate_to_datetime(written).isoformat()
    except (TypeError, ValueError):
        return None


def parties(
    text: str, head: MessageHead | None, segments: tuple[Segment, ...], mentions: tuple[Mention, ...]
) -> Parties:
    """Find From and To in the header block of the text layer."""
    if head is None:
        return Parties()
    limit = max((each.end for each in segments if each.role == Role.HEADER), default=0)
    author = next(
        (found for each in head.sender if (found := _party(text, limit, each.name, each.address, mentions))), None
    )
    reader = next(
        (found for each in head.to if (found := _party(text, limit, each.name, each.address, mentions))), None
    )
    return Parties(author, reader)


def _party(text: str, limit: int, name: str, address: str, mentions: tuple[Mention, ...]) -> Party | None:
    for wanted in (name, address):
        at = text.find(wanted, 0, limit) if wanted else -1
        if at >= 0:
            end = at + len(wanted)
            entity = next(
                (each.entity for each in mentions if each.entity and each.start < end and each.end > at), None
            )
            return Party(at, end, text[at:end], entity)
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
    if first.low.endswith(_FIRST_SINGULAR) and first.tense != "past":
        return "author"
    return "author" if first.low.endswith(_FIRST_PLURAL) else None


def asks_reader(sentence: Sentence, frame: Frame) -> bool:
    """An imperative."""
    first = sentence.tokens[frame.chain[0]]
    if sentence.language != "en":
        return first.low.endswith(_IMPERATIVE) and first.tense in ("", "pres", "fut") and frame.subject is None
    if (
        frame.subject is not None
        or first.tense
        or first.low != first.lemma
        or sentence.child(first.i, "aux", "nsubj", "nsubj:pass", "mark") is not None
    ):
        return False
    before = [token for token in sentence.tokens[: first.i] if token.pos not in ("PUNCT", "ADV", "CCONJ", "X")]
    return not before or all(token.low in _PLEASE for token in before) or (first.dep == "conj")
