"""Sentences of letters, ready to be held against a claim of a report.

A letter is cut into sentences; each becomes a Passage-to-be with the language-free terms, names' keys and numbers that stand
in it. Quoted history is left out where the message that wrote it is among the letters: a reply is no second witness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol

from leakdesk.claims.answers import answering
from leakdesk.claims.figures import bare_numbers, numbers_in
from leakdesk.claims.heads import End, end_keys, line_of, persons_in
from leakdesk.claims.keys import keys_of, word_alternatives
from leakdesk.claims.quotes import meaning_words, words_of
from leakdesk.documents.threads import is_reply
from leakdesk.language.concepts import all_concepts
from leakdesk.language.detect import detect
from leakdesk.language.sentences import sentence_spans
from leakdesk.language.words import WORD
from leakdesk.model.claim import Quantity, Reading
from leakdesk.model.document import Language, Role, Segment
from leakdesk.model.entity import Mention

#: Segments of a letter that speak; `quoted` only where nobody else holds the original (see `windows`).
_SPEAKS = frozenset({Role.BODY, Role.HEADLINE, Role.STANDFIRST})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Letter:
    """A leaked document as the check sees it: its text layer, what was found in it, and who wrote to whom.

    Equal only to itself, so that its sentences are cut once and kept."""

    document: str
    text: str
    language: Language
    segments: tuple[Segment, ...] = ()
    mentions: tuple[Mention, ...] = ()
    people: tuple[str, ...] = ()
    date: str | None = None
    reading: Reading | None = None
    answers: Letter | None = None
    """The letter that this one answers, where it is at hand."""


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

    def candidates(self, words: Mapping[str, float] | Sequence[str], limit: int) -> Sequence[Letter]:
        """Letters that hold some of the words (with their weights, or even) in any spelling, best first; never reports."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One sentence of a letter: its place, the keys of its words, its numbers, and whether it denies or plans."""

    letter: Letter
    start: int
    end: int
    role: Role
    language: Language
    keys: frozenset[str]
    numbers: tuple[Quantity, ...]
    cues: frozenset[str]
    folded: str
    people: frozenset[str] = field(default_factory=frozenset[str])
    around: frozenset[str] = field(default_factory=frozenset[str])
    bare: frozenset[float] = field(default_factory=frozenset[float])
    taken: tuple[tuple[str, int], ...] = ()
    """(document, start) of the sentences that it answers and takes over."""
    topic: frozenset[str] = field(default_factory=frozenset[str])
    """The keys of the subject line, for a sentence that counts and has no verb."""
    persons: frozenset[End] = field(default_factory=frozenset[End])
    """The ends of the letter that it speaks of: I and we, you."""

    @property
    def in_letter(self) -> frozenset[str]:
        """The keys of everything in the letter, its subject line included."""
        return _letter_keys(self.letter)

    @property
    def spoken_of(self) -> frozenset[str]:
        """The keys of those at the ends of the letter of whom the sentence speaks as I, we or you."""
        return frozenset[str]().union(*(end_keys(self.letter, each) for each in self.persons))

    @property
    def asked(self) -> frozenset[str]:
        """The keys of everything in the letter that this one answers."""
        return _letter_keys(self.letter.answers) if self.letter.answers else frozenset()

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.letter.text[self.start : self.end]


@lru_cache(maxsize=4_000)
def _letter_keys(letter: Letter) -> frozenset[str]:
    return keys_of(letter.text[:LONGEST], letter.language)


def keys_in(letter: Letter) -> frozenset[str]:
    """The keys of everything in a letter and of those who take part in it."""
    return _letter_keys(letter) | _people_keys(letter.people, letter.language)


#: Code points of a letter that tell what it is about.
LONGEST = 20_000


def windows(letters: Iterable[Letter]) -> list[Window]:
    """Every sentence of some letters, each once: a quoted one only where no letter has it as its own words, and one that
    stands in several copies only in the first."""
    cut = [window for letter in letters for window in _cut(letter)]
    own = {window.folded for window in cut if window.role != Role.QUOTED}
    found: dict[str, Window] = {}
    for window in cut:
        if window.role != Role.QUOTED or window.folded not in own:
            found.setdefault(window.folded, window)
    return list(found.values())


def _folded(text: str) -> str:
    return " ".join(word.casefold() for word in WORD.findall(text))


#: Letters whose sentences are kept: neighbouring claims of a report ask for the same ones.
KEPT = 4_000


@lru_cache(maxsize=KEPT)
def _cut(letter: Letter) -> tuple[Window, ...]:
    segments = letter.segments or (Segment(start=0, end=len(letter.text), role=Role.BODY),)
    found: list[Window] = []
    for segment in segments:
        if segment.role not in _SPEAKS and segment.role != Role.QUOTED:
            continue
        language = segment.language if segment.language != "und" else letter.language
        for start, end in clauses(letter.text[segment.start : segment.end]):
            spoken = _spoken_in(letter.text[segment.start + start : segment.start + end], language)
            window = _window(letter, segment, segment.start + start, segment.start + end, spoken)
            if window:
                found.append(window)
    subject = _subject_line(letter, segments)
    cut = _with_topic(_with_neighbours(found), letter)
    if letter.answers:
        asked = [window for window in _cut(replace(letter.answers, answers=None)) if window.role == Role.BODY]
        cut = answering(cut, asked)
    return (*cut, *([subject] if subject else ()))


def _with_topic(cut: list[Window], letter: Letter) -> list[Window]:
    """Sentences that count and have no verb, with the words of the subject line: they are said of it ("eggs" - "In May: 41")."""
    line = line_of(letter, "Subject")
    if not line:
        return cut
    found: list[Window] = []
    for window in cut:
        verbless = window.role == Role.BODY and window.bare and not tells_a_deed(window.keys)
        found.append(replace(window, topic=keys_of(line, window.language)) if verbless else window)
    return found


def tells_a_deed(keys: frozenset[str]) -> bool:
    known = all_concepts()
    return any(known[key[1:]].kind in {"act", "change"} for key in keys if key[:1] == "@" and key[1:] in known)


def _spoken_in(text: str, language: Language) -> Language:
    """The language of one sentence: in a letter that is mostly English a Russian sentence stays Russian, or its "not" is lost."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    other = cyrillic > latin if language == "en" else latin > cyrillic
    if cyrillic + latin < LETTERS or not other:
        return language
    told = detect(text)
    return told if told != "und" else language


#: Fewer letters tell no language.
LETTERS = 12
_CYRILLIC, _LATIN = re.compile("[\u0400-\u04ff]"), re.compile("[A-Za-z]")
_SUBJECT = re.compile(r"^Subject: (.+)$", re.MULTILINE)


def _subject_line(letter: Letter, segments: Sequence[Segment]) -> Window | None:
    """The subject line of a letter that begins a conversation: it may name what the letter does not."""
    head = next((each for each in segments if each.role == Role.HEADER), None)
    match = _SUBJECT.search(letter.text, head.start, head.end) if head else None
    if head is None or match is None or is_reply(match[1]):
        return None
    return _window(letter, head, match.start(1), match.end(1), letter.language)


#: Where a sentence turns: what is denied before it is not denied after it.
_TURN = re.compile(r";\s|[,–—]\s(?=(?:но|однако|але|однак|проте|аднак|but|yet|however)\b)", re.IGNORECASE)


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, cut where they turn round ("..., but ...")."""
    for start, end in sentence_spans(text):
        at = start
        for turn in _TURN.finditer(text, start, end):
            yield at, turn.end()
            at = turn.end()
        yield at, end


def _window(letter: Letter, segment: Segment, start: int, end: int, language: Language) -> Window | None:
    text = letter.text[start:end]
    stripped = text.strip()
    if not stripped:
        return None
    start += len(text) - len(text.lstrip())
    end = start + len(stripped)
    return Window(
        letter=letter,
        start=start,
        end=end,
        role=segment.role,
        language=language,
        keys=keys_of(stripped, language),
        numbers=numbers_in(letter, start, end, language),
        cues=cues_of(stripped, language),
        folded=_folded(stripped),
        people=_people_keys(letter.people, language),
        bare=bare_numbers(letter, start, end),
        persons=persons_in(stripped, language),
    )


#: Parts of an address that name nobody.
_COMMON_PARTS = (
    "com org net gov edu info biz example test invalid www mail email gmail post yandex rambler yahoo hotmail outlook proton "
    "icloud inbox list"
)
_NO_NAMES = frozenset(_COMMON_PARTS.split())


def participants(addresses: Iterable[tuple[str | None, str | None]]) -> tuple[str, ...]:
    """Who takes part in a letter, from its (name, address) pairs: the names, and the telling parts of the addresses, since a
    house often stands in its letters by its domain alone."""
    found: list[str] = []
    for name, address in addresses:
        if name:
            found.append(name)
        parts = [
            part for part in re.split(r"[^\w]+", (address or "").casefold()) if len(part) > 3 and part not in _NO_NAMES
        ]
        if parts:
            found.append(" ".join(parts))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1 << 14)
def _people_keys(people: tuple[str, ...], language: Language) -> frozenset[str]:
    words = {word for name in people for word in WORD.findall(name)}
    return frozenset(key for word in words for each in ("und", language) for key in word_alternatives(word, each))


def _with_neighbours(cut: list[Window]) -> list[Window]:
    """Give each sentence the keys of the sentence before and after it: subjects and objects are often named there."""
    found: list[Window] = []
    for index, window in enumerate(cut):
        near = frozenset[str]().union(*(cut[i].keys for i in (index - 1, index + 1) if 0 <= i < len(cut)))
        found.append(replace(window, cues=window.cues | _denied_next(cut, index), around=near))
    return found


def _denied_next(cut: list[Window], index: int) -> frozenset[str]:
    """Whether the next sentence takes this one back: it is short, points back and negates ("This did not happen.")."""
    if index + 1 >= len(cut):
        return frozenset()
    following = cut[index + 1]
    words = [word.casefold() for word in WORD.findall(following.text)]
    short = len(words) <= 6 and "negation" in following.cues
    back = short and meaning_words(words[:2], following.language, ("takes_back",))
    return frozenset({"denied next"}) if back else frozenset()


def cues_of(text: str, language: Language) -> frozenset[str]:
    """Which meaning-bearing classes stand in a sentence: negation, lack, plan, condition, limit."""
    words = words_of(text)
    if not meaning_words(words, language, CUES):
        return frozenset()
    return frozenset(each for each in CUES if meaning_words(words, language, (each,)))


#: Classes of meaning-bearing words that a sentence is marked with.
CUES = ("negation", "lack", "not_there", "plan", "condition", "limit", "nothing", "barred")
