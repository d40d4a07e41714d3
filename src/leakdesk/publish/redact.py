"""What is masked in a passage or a sentence, and what stops the pack because no mask would be safe.

Masks are whole words of the plain text: a mask that ended inside a word would give its length away. A word is masked
when it is part of a mention of a protected person, any known form of a protected person's name, a private value of
anybody, or stands in a signature block or an address line of a header. The pack stops when somebody is named who has
no role, or when a word comes close to a protected person's name without being a form that the masks know.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

from leakdesk.language.canonical import Word, words_of
from leakdesk.model.document import Role, TextLayer
from leakdesk.model.entity import Mention
from leakdesk.publish.disclosure import LABEL, PassagePart, parts_of
from leakdesk.publish.inputs import CasePerson
from leakdesk.publish.names import NameHit, NameIndex, squeezed
from leakdesk.publish.private import private_values
from leakdesk.publish.roles import PersonRole

#: Words looked at before and after a passage, so that a value cut by its edge is still recognised.
_AROUND = 12
#: Header lines of a text layer that may be quoted; all others name people or machines.
_QUOTABLE_HEADER = re.compile(r"(?i)^(subject|date|тема|дата|тэма)\s*:")
#: Mentions that are masked whoever they belong to.
_PRIVATE_MENTIONS = frozenset({"email", "phone"})
#: Why most packs wait: an editor has not said what somebody is.
NO_ROLE = "somebody is named who has no role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A reason why no pack is built. Printed to the editor, who sees the case anyway; never written to the pack.
    `document` is the case's id, or the name of the finding's field; `start` and `end` count in its text layer (0, 0:
    all of it); `people` are the entities that have no role."""

    reason: str
    document: str = ""
    start: int = 0
    end: int = 0
    text: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedPlace:
    """Something masked: where it stands in the case, what stands there, and the label that is published instead."""

    document: str
    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedPassage:
    """Words [first, last) of a document's plain text: its parts, what was masked, what blocks."""

    first: int
    last: int
    parts: tuple[PassagePart, ...]
    masked: tuple[MaskedPlace, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedText:
    """A sentence of ours after masking."""

    text: str
    masked: tuple[MaskedPlace, ...]
    blocks: tuple[Block, ...]


_Why = tuple[Literal["person", "value"], str]


class Maskable(Protocol):
    """What a redactor reads of a document; `inputs.PackDocument` is one."""

    @property
    def document(self) -> str:
        """The document's id in the case."""
        ...

    @property
    def layer(self) -> TextLayer:
        """Its text layer."""
        ...

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions of the layer."""
        ...


class Redactor:
    """The masks of one pack; keeps the numbers of persons in the order in which they first appear."""

    def __init__(
        self,
        people: Sequence[CasePerson],
        *,
        number_people: bool = False,
        cleared: frozenset[tuple[str, int, int]] = frozenset(),
        mask_doubts: bool = False,
    ) -> None:
        """`mask_doubts`: what would stop a pack is masked instead. For exports, which have no editor beside them."""
        self._people = {person.entity: person for person in people}
        self._protected = NameIndex(person for person in people if self._role(person.entity) is PersonRole.PROTECTED)
        self._unsettled = NameIndex(person for person in people if person.role is None)
        self._settled = NameIndex(
            person for person in people if person.role is not None and person.role.role is not PersonRole.PROTECTED
        )
        self._values = _values_pattern(people)
        self._number_people = number_people
        self._numbers: dict[str, int] = {}
        self._cleared = cleared
        self._mask_doubts = mask_doubts

    def passage(self, document: Maskable, words: Sequence[Word], start: int, end: int) -> MaskedPassage:
        """Mask the passage [start, end) of a document's text layer; `words` are the layer's plain words."""
        first = bisect_right(words, start, key=_start_of) - 1
        last = bisect_left(words, end, key=_start_of)
        first, last = max(first, 0), max(last, first + 1)
        window = range(max(0, first - _AROUND), min(len(words), last + _AROUND))
        masks, named = self._mention_masks(document, words, first, last)
        for number, why in (*self._word_masks(words, window, named), *_zone_masks(document, words, first, last)):
            if first <= number < last:
                masks.setdefault(number, why)
        blocks = [*self._mention_blocks(document, first, last, words)]
        blocks.extend(self._word_blocks(document.document, words, range(first, last), masks, named))
        blocks = self._doubts_masked(blocks, words, range(first, last), masks)
        labels = {number: self._label(why) for number, why in sorted(masks.items())}
        return MaskedPassage(
            first=first,
            last=last,
            parts=parts_of(first, last, labels),
            masked=tuple(_places(document.document, document.layer.text, words, labels)),
            blocks=tuple(blocks),
        )

    def sentence(self, text: str, name: str) -> MaskedText:
        """Mask a sentence of ours (a claim's sentence, a note); `name` says which, for the editor."""
        words = words_of(text)
        everything = range(len(words))
        masks: dict[int, _Why] = {}
        for number, why in self._word_masks(words, everything, frozenset()):
            masks.setdefault(number, why)
        blocks = list(self._word_blocks(name, words, everything, masks, frozenset()))
        blocks = self._doubts_masked(blocks, words, everything, masks)
        labels = {number: self._label(why) for number, why in sorted(masks.items())}
        return MaskedText(
            text=_with_labels(words, labels), masked=tuple(_places(name, text, words, labels)), blocks=tuple(blocks)
        )

    def _doubts_masked(
        self, blocks: list[Block], words: Sequence[Word], window: range, masks: dict[int, _Why]
    ) -> list[Block]:
        """The blocks as they are; or none, with every word they speak of masked."""
        if not self._mask_doubts:
            return blocks
        for block in blocks:
            for number in _touching(words, window, block.start, block.end):
                masks.setdefault(number, ("value", block.reason))
        return []

    def _role(self, entity: str | None) -> PersonRole | None:
        person = self._people.get(entity) if entity else None
        return person.role.role if person and person.role else None

    def _label(self, why: _Why) -> str:
        kind, entity = why
        if kind == "value" or not self._number_people:
            return LABEL
        return f"[person {self._numbers.setdefault(entity, len(self._numbers) + 1):02d}]"

    def _mention_masks(
        self, document: Maskable, words: Sequence[Word], first: int, last: int
    ) -> tuple[dict[int, _Why], frozenset[int]]:
        """Masks that mentions ask for; and the words that name somebody who may be named."""
        masks: dict[int, _Why] = {}
        named: set[int] = set()
        for mention in document.mentions:
            touched = _touching(words, range(first, last), mention.start, mention.end)
            if mention.type in _PRIVATE_MENTIONS:
                masks.update(dict.fromkeys(touched, ("value", mention.type)))
            elif mention.type == "person":
                role = self._role(mention.entity)
                if role is PersonRole.PROTECTED and mention.entity:
                    masks.update(dict.fromkeys(touched, ("person", mention.entity)))
                elif role is not None:
                    named.update(touched)
        return masks, frozenset(named)

    def _mention_blocks(self, document: Maskable, first: int, last: int, words: Sequence[Word]) -> Iterator[Block]:
        start, end = words[first].start, words[last - 1].end
        for mention in document.mentions:
            inside = mention.start < end and mention.end > start
            place = (document.document, mention.start, mention.end)
            if (
                inside
                and mention.type == "person"
                and self._role(mention.entity) is None
                and place not in self._cleared
            ):
                yield Block(
                    reason=NO_ROLE,
                    document=document.document,
                    start=mention.start,
                    end=mention.end,
                    text=mention.text,
                    people=(mention.entity,) if mention.entity else (),
                )

    def _word_masks(self, words: Sequence[Word], window: range, named: frozenset[int]) -> Iterator[tuple[int, _Why]]:
        """Masks that the words themselves ask for."""
        text, starts = _joined(words, window)
        for hit in self._protected.hits(text):
            number = _number_at(starts, window, hit.start)
            if number not in named and not self._is_somebody_else(words, number, hit):
                yield number, ("person", min(hit.people))
        for value in private_values(text):
            for number in _numbers_in(starts, window, value.start, value.end):
                yield number, ("value", value.rule)
        if self._values is not None:
            for match in self._values.finditer(text):
                for number in _numbers_in(starts, window, match.start(), match.end()):
                    yield number, ("value", "a value of a person in the case")

    def _is_somebody_else(self, words: Sequence[Word], number: int, hit: NameHit) -> bool:
        """A word shared with somebody who may be named counts as theirs only beside another, unshared part of their
        name."""
        word = words[number].text
        others = self._settled.people_of(word.strip(" \n.,;:!?()\"'"))
        for beside in (number - 1, number + 1):
            if 0 <= beside < len(words):
                plain = words[beside].text.strip(" \n.,;:!?()\"'")
                if others & self._settled.people_of(plain) and not self._protected.people_of(plain):
                    return True
        return False

    def _word_blocks(
        self, name: str, words: Sequence[Word], window: range, masks: Mapping[int, _Why], named: frozenset[int]
    ) -> Iterator[Block]:
        text, starts = _joined(words, window)
        for hit in self._protected.near(text):
            number = _number_at(starts, window, hit.start)
            if number not in masks and number not in named and not self._settled.people_of(text[hit.start : hit.end]):
                yield from self._block(
                    "a word close to a protected person's name that no mask knows", name, words[number]
                )
        for number, people in self._unsettled_names(text, starts, window):
            if number not in masks and number not in named:
                yield from self._block(NO_ROLE, name, words[number], people)

    def _unsettled_names(
        self, text: str, starts: Sequence[int], window: range
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Two neighbouring words that are both part of one undecided person's name, and of no settled person's; and whose."""
        hits = list(self._unsettled.hits(text))
        for left, right in pairwise(hits):
            close = right.start - left.end <= 2
            if close and left.people & right.people:
                both = self._settled.people_of(text[left.start : left.end])
                if not both & self._settled.people_of(text[right.start : right.end]):
                    people = tuple(sorted(left.people & right.people))
                    yield _number_at(starts, window, left.start), people
                    yield _number_at(starts, window, right.start), people

    def _block(self, reason: str, name: str, word: Word, people: tuple[str, ...] = ()) -> Iterator[Block]:
        if (name, word.start, word.end) not in self._cleared and not self._is_cleared(name, word):
            text = word.text.strip()
            yield Block(reason=reason, document=name, start=word.start, end=word.end, text=text, people=people)

    def _is_cleared(self, name: str, word: Word) -> bool:
        return any(place[0] == name and _touches(word, place[1], place[2]) for place in self._cleared)


def names_somebody(text: str, people: Sequence[CasePerson]) -> bool:
    """Does a reason name anybody of the case, or hold an address or number? One capitalised part of a name is
    enough."""
    index = NameIndex(people)
    plain = "".join(word.text for word in words_of(text))
    capitalised = any(plain[hit.start].isupper() for hit in index.hits(plain))
    small = [hit.people for hit in index.hits(plain)]
    twice = any(left & right for left, right in pairwise(small))
    return capitalised or twice or any(True for _ in private_values(plain))


def _zone_masks(document: Maskable, words: Sequence[Word], first: int, last: int) -> Iterator[tuple[int, _Why]]:
    """Signature blocks, and header lines that name people or machines."""
    text = document.layer.text
    for segment in document.layer.segments:
        if segment.role not in (Role.SIGNATURE, Role.HEADER) or segment.start >= words[last - 1].end:
            continue
        for number in range(first, last):
            word = words[number]
            if segment.start <= word.start < segment.end:
                line = text[text.rfind("\n", 0, word.start) + 1 : word.end]
                if segment.role is Role.SIGNATURE or not _QUOTABLE_HEADER.match(line):
                    yield number, ("value", segment.role.value)


def _values_pattern(people: Sequence[CasePerson]) -> re.Pattern[str] | None:
    # Letters and digits of each value in order, with anything but letters and digits between them.
    plain = sorted(
        {squeezed(value) for person in people for value in person.values}, key=lambda value: (-len(value), value)
    )
    choices = [r"[\W_]{0,3}".join(map(re.escape, value)) for value in plain if len(value) >= 4]
    return re.compile(r"(?i)(?<!\w)(?:" + "|".join(choices) + r")(?!\w)") if choices else None


def _touches(word: Word, start: int, end: int) -> bool:
    return word.start < end and start < word.start + max(1, len(word.text.rstrip()))


def _touching(words: Sequence[Word], window: range, start: int, end: int) -> list[int]:
    """Numbers of the words in the window that touch [start, end)."""
    at = max(window.start, bisect_right(words, start, key=_start_of) - 1)
    found: list[int] = []
    while at < window.stop and words[at].start < end:
        if _touches(words[at], start, end):
            found.append(at)
        at += 1
    return found


def _start_of(word: Word) -> int:
    return word.start


def _joined(words: Sequence[Word], window: range) -> tuple[str, list[int]]:
    starts: list[int] = []
    at = 0
    for number in window:
        starts.append(at)
        at += len(words[number].text)
    return "".join(words[number].text for number in window), starts


def _number_at(starts: Sequence[int], window: range, at: int) -> int:
    return window[bisect_right(starts, at) - 1]


def _numbers_in(starts: Sequence[int], window: range, start: int, end: int) -> range:
    return range(_number_at(starts, window, start), _number_at(starts, window, end - 1) + 1)


def _with_labels(words: Sequence[Word], labels: Mapping[int, str]) -> str:
    pieces: list[str] = []
    before = ""
    for number, word in enumerate(words):
        label = labels.get(number, "")
        if not label:
            pieces.append(word.text)
        elif label != before:
            pieces.append(label + (" " if number + 1 < len(words) else ""))
        before = label
    return "".join(pieces).strip()


def _places(name: str, text: str, words: Sequence[Word], labels: Mapping[int, str]) -> Iterator[MaskedPlace]:
    numbers = sorted(labels)
    at = 0
    while at < len(numbers):
        upto = at
        while (
            upto + 1 < len(numbers)
            and numbers[upto + 1] == numbers[upto] + 1
            and labels[numbers[upto + 1]] == labels[numbers[at]]
        ):
            upto += 1
        start = words[numbers[at]].start
        stretch = text[start : words[numbers[upto]].end].rstrip()
        yield MaskedPlace(document=name, start=start, end=start + len(stretch), text=stretch, label=labels[numbers[at]])
        at = upto + 1
