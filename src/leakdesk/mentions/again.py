"""Names that stood in full once, found again by the part that is said alone: "Helen Marsh ... Marsh", "Varnholt Optronik ...
Varnholt"; and names of one word where they open a sentence.

A surname is one by its shape (in letters that have cases), by a given name beside it, or as the last word of a person's name; a
firm is called by its first word if that is no word of the language. What is also an ordinary word ("Marsh", «Верес») counts only
where the text never writes it small, no other capital stands beside it, and its own does not merely open a sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from leakdesk.language.base_forms import is_english
from leakdesk.language.concepts import concept_of, concept_of_word, group_of
from leakdesk.language.gazetteer import find_place
from leakdesk.language.inflect import base_forms, is_common_word
from leakdesk.language.sentences import openers
from leakdesk.mentions.doubts import NAMED_IN_FULL
from leakdesk.mentions.found import CAP, LOWER, Found, Mask
from leakdesk.mentions.normal import base_of
from leakdesk.mentions.organisations import is_head
from leakdesk.mentions.persons import given, opens_sentence, surname_shaped
from leakdesk.mentions.weigh import Settled, family
from leakdesk.model.document import Language
from leakdesk.model.entity import MentionType

LanguageAt = Callable[[int], Language]
_SINGLE = re.compile(rf"(?<![\w-]){CAP}(?![\w-])")
_SMALL = re.compile(rf"(?<![\w-])[{LOWER}][{LOWER}'-]*(?![\w-])")
_BEFORE, _BEHIND = re.compile(rf"({CAP})[ ]$"), re.compile(rf"[ ]{CAP}")
_NEXT = re.compile(rf"[ ]([{LOWER}]+)")
_PEOPLE_DO = frozenset(("speech", "refuse", "mind", "agree", "contact", "travel", "crime", "complain", "help"))
#: Shorter words than this name nobody for sure.
_LEAST = 4
#: How far back a neighbour may begin.
_REACH = 40


@dataclass(frozen=True, slots=True)
class _Part:
    """By what a name is called later: the kind of name, and its base form (of a firm: in full)."""

    type: MentionType
    normal: str


def surnames(sheet: str, found: Found) -> set[str]:
    """The base forms of the words of a name in full that are surnames by their shape."""
    words = _words(sheet, found)
    if len(words) < 2 and "." not in sheet[found.start : found.end]:
        return set()
    return {form.text for word in words if surname_shaped(word) and not given(word) for form in base_forms(word)}


def beside_given(sheet: str, found: Found) -> set[str]:
    """The other words of a name with a given name in it: surnames, whatever their shape."""
    words = _words(sheet, found)
    others = [word for word in words if not given(word)]
    return set(others) if len(others) < len(words) else set()


def again(sheet: str, settled: list[Settled], mask: Mask, known: set[str], language_at: LanguageAt) -> list[Settled]:
    """The mentions with the parts of names in full beside them, wherever they stand alone, in whatever case; a part that only a
    model took for another kind of name is of the kind that the name in full is of. `known`: surnames by their shape."""
    parts = _parts(sheet, settled, language_at)
    if not known and not parts:
        return settled
    taken = Mask(len(sheet))
    for each in settled:
        taken.take(each.found.start, each.found.end)
    alone = _Alone(sheet, taken)
    more = [
        _named(match, part)
        for match in _SINGLE.finditer(sheet)
        if len(match.group()) >= _LEAST
        and mask.free(*match.span())
        and taken.free(*match.span())
        and given(match.group()) != match.group()
        and (part := _part_of(match, known, parts, alone)) is not None
    ]
    return [_of_its_kind(sheet, each, parts) for each in settled] + more


def _named(match: re.Match[str], part: _Part) -> Settled:
    return Settled(Found(*match.span(), part.type, part.normal, NAMED_IN_FULL, 0.8), (NAMED_IN_FULL,), sure=True)


def _part_of(match: re.Match[str], known: set[str], parts: dict[str, _Part], alone: _Alone) -> _Part | None:
    forms = _forms(match.group())
    part = next((parts[form] for form in sorted(forms) if form in parts), None)
    if not forms.isdisjoint(known):
        return part if part is not None and part.type == "person" else _Part("person", "")
    return part if part is not None and (not _is_ordinary(match.group()) or alone.is_name(match)) else None


def _of_its_kind(sheet: str, each: Settled, parts: dict[str, _Part]) -> Settled:
    word = sheet[each.found.start : each.found.end]
    part = parts.get(word)
    if part is None or part.type == each.found.type or any(family(rule) != "model" for rule in each.rules):
        return each
    found = replace(each.found, type=part.type, normal=part.normal, rule=NAMED_IN_FULL)
    return Settled(found, (NAMED_IN_FULL,), sure=True)


def _parts(sheet: str, settled: list[Settled], language_at: LanguageAt) -> dict[str, _Part]:
    """By what names are called later. A word of two kinds of names is of neither, unless one of them is the name in full."""
    found: dict[str, list[tuple[bool, _Part]]] = defaultdict(list)
    for each in settled:
        whole = sheet[each.found.start : each.found.end]
        normal = each.found.normal or base_of(whole, each.found.type, language_at(each.found.start))
        for word in _called(sheet, each):
            part = _Part(each.found.type, _normal(word, each.found.type, normal))
            for form in _forms(word):
                found[form].append((" " in whole, part))
    return {form: part for form, named in found.items() if (part := _agreed(named)) is not None}


def _agreed(named: list[tuple[bool, _Part]]) -> _Part | None:
    weightiest = max(full for full, _ in named)
    parts = [part for full, part in named if full == weightiest]
    if len({part.type for part in parts}) > 1:
        return None
    shortest = min((part.normal for part in parts), key=len)
    return parts[0] if all(shortest in part.normal for part in parts) else _Part(parts[0].type, "")


def _called(sheet: str, each: Settled) -> Iterator[str]:
    found = each.found
    words = _words(sheet, found)
    whole = sheet[found.start : found.end]
    if len(words) == 1 and words[0] == whole and found.type in ("organization", "place") and not _is_ordinary(whole):
        if whole[0] < "\u0400" or any(family(rule) != "model" for rule in each.rules):
            yield whole
    elif len(words) > 1 and found.type == "person":
        yield from beside_given(sheet, found) or {words[-1]}
    elif len(words) > 1 and found.type == "organization" and whole.startswith(words[0]) and words[0][0] < "\u0400":
        first = words[0]
        if not (_is_ordinary(first) or is_head(first) or find_place(first) or any(map(_is_somewhere, words[1:]))):
            yield first


def _is_somewhere(word: str) -> bool:
    """Whether a body with this word in its name may be called after its town: "Haraslaul Repair Plant", "Saltmere Council"."""
    concept = concept_of(word.lower(), "en", verbal=False)
    return concept not in (None, "company") and group_of(concept or "") in ("site", "org")


def _normal(word: str, type_: MentionType, normal: str) -> str:
    """The base form of a part: of a firm the name in full, of a person the surname as it stands in the name's base form."""
    if type_ != "person":
        return normal
    forms = _forms(word)
    return next((each for each in normal.split() if not forms.isdisjoint(_forms(each))), "")


def _forms(word: str) -> set[str]:
    return {word, *(form.text for form in base_forms(word))}


def _words(sheet: str, found: Found) -> list[str]:
    return re.findall(CAP, sheet[found.start : found.end])


def _is_ordinary(word: str) -> bool:
    """Whether a word may be one of the language and no name; where no list tells, it may."""
    if word[0] < "\u0400":
        return is_english(word.lower()) is not False
    return is_common_word(word) and not surname_shaped(word)


class _Alone:
    """Whether an ordinary word stands as a name in this text."""

    def __init__(self, sheet: str, taken: Mask) -> None:
        self._sheet, self._taken = sheet, taken

    @cached_property
    def _small(self) -> set[str]:
        return set(_SMALL.findall(self._sheet))

    def is_name(self, match: re.Match[str]) -> bool:
        low = match.group().lower()
        if low in openers() or low in self._small or self._beside_capital(match):
            return False
        return self._within(match) or match.group() in self._names or self._acts(match)

    @cached_property
    def _names(self) -> set[str]:
        """Words with a capital that no full stop accounts for."""
        return {each.group() for each in _SINGLE.finditer(self._sheet) if self._within(each)}

    def _within(self, match: re.Match[str]) -> bool:
        free = self._taken.free(*match.span()) and not opens_sentence(self._sheet, match.start())
        return free and not self._beside_capital(match)

    def _acts(self, match: re.Match[str]) -> bool:
        """Whether what follows is something that people do: "Marsh denied", not "Paper is dear"."""
        verb = _NEXT.match(self._sheet, match.end())
        concept = concept_of_word(verb[1], "en", verbal=True) if verb else None
        return concept is not None and group_of(concept) in _PEOPLE_DO

    def _beside_capital(self, match: re.Match[str]) -> bool:
        """Beside another capital that is not merely the first of its sentence."""
        before = _BEFORE.search(self._sheet, max(0, match.start() - _REACH), match.start())
        named = before is not None and not opens_sentence(self._sheet, before.start())
        return named or _BEHIND.match(self._sheet, match.end()) is not None
