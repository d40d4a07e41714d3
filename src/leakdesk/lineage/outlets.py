"""Names under which the reports themselves may be cited: outlets and bylines, in whatever spelling, case form or script.

An outlet is cited by a part of its name more often than by all of it: «Портал «Вежа»» as "Vezha", "Knyhar, the open lexicon" as
«Книгар», "Dustpan's Diary" as its author. What may be left out is a word for a kind of outlet, a subtitle, and what somebody's
diary is called; never a word of the proper title, so that a town is no outlet because a gazette is called after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from leakdesk.language.concepts import concepts_of_word
from leakdesk.language.scripts import script_of
from leakdesk.language.spelling import word_keys
from leakdesk.language.words import WORD
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.words import is_kind_of_outlet
from leakdesk.model.anchor import Span
from leakdesk.model.document import Language, Role

_Keys = tuple[frozenset[str], ...]
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"\n]{2,60})[»”\"]")
#: Where a title ends and a subtitle begins.
_SUBTITLE = re.compile(r"\s*[,:(|]\s*|\s+[—–-]\s+")
_OWNER = re.compile(r"^([^\W\d_][\w-]*)[’']s?\s+[^\W\d_]")
_AUTHOR = re.compile(r"[^\W\d_a-zа-яёіїєґў][\w’'ʼ-]+(?:\s+[^\W\d_a-zа-яёіїєґў][\w’'ʼ.-]*){1,2}")
_QUOTES = "«“„\"‘'"
#: Between a name and the sentence before it there is more than this.
_STARTS = re.compile(r"(?:^|[.!?…:]|\n)[\s»”\"]*$")


@dataclass(frozen=True, slots=True)
class Outlets:
    """`nodes`: folded name -> the node of the report that appeared there. `forms`: everything that it may be called, by the
    keys of its first word."""

    nodes: dict[str, str]
    forms: dict[str, list[tuple[_Keys, str]]] = field(default_factory=dict[str, "list[tuple[_Keys, str]]"])
    _asked: dict[str, str | None] = field(default_factory=dict[str, "str | None"])

    @staticmethod
    def of(reports: Sequence[ReportText]) -> Outlets:
        """The outlets of some reports. Of two reports of one outlet the first is the one that is cited."""
        found = Outlets({})
        for report in reports:
            for name in (report.meta.outlet, *_bylines(report)):
                if name:
                    found.nodes.setdefault(fold(name), report.node_id)
        seen: dict[_Keys, str] = {}
        for report in reports:
            for form in (*called(report.meta.outlet or ""), *_bylines(report), *_authors(report)):
                keys = _name_keys(fold(form))
                if keys and keys not in seen:
                    seen[keys] = report.node_id
                    for key in keys[0]:
                        found.forms.setdefault(key, []).append((keys, report.node_id))
        return found

    def is_own(self, report: ReportText, node: str) -> bool:
        """Whether a node is a report's own, or an earlier one of its outlet."""
        return node in (report.node_id, self.nodes.get(fold(report.meta.outlet or "")))

    def named(self, name: str) -> str | None:
        """The report that appeared in an outlet of this name, in whatever spelling."""
        folded = fold(name)
        if folded in self.nodes:
            return self.nodes[folded]
        if folded not in self._asked:
            asked = dict.fromkeys((folded, *(fold(each) for each in called(name))))
            found = (self.nodes.get(each) or self._of_keys(_name_keys(each)) for each in asked)
            self._asked[folded] = next((node for node in found if node), None)
        return self._asked[folded]

    def _of_keys(self, keys: _Keys) -> str | None:
        if not keys:
            return None
        near = (form for key in sorted(keys[0]) for form in self.forms.get(key, ()))
        return next((node for other, node in near if _one_name(keys, other)), None)

    def mentioned(self, report: ReportText) -> Iterator[tuple[Span, str]]:
        """Places where a text writes the name of a report's outlet as a name: in quotation marks, or with a capital letter
        that no sentence asks for. Its own outlet's name is among them."""
        text = report.reading.text
        words = [(match.start(), match.end()) for match in WORD.finditer(text) if len(match[0]) > 1]
        at = 0
        while at < len(words):
            step = 1
            start, end = words[at]
            if text[start].isupper() or text[start].isdigit() or text[start - 1 : start] in _QUOTES:
                for other, node in self._beginning_with(text[start:end]):
                    last = at + len(other) - 1
                    if last >= len(words):
                        continue
                    span = Span(start=start, end=words[last][1], text=text[start : words[last][1]])
                    if _one_name(_name_keys(fold(span.text)), other) and _is_name(text, span, len(other)):
                        yield span, node
                        step = len(other)
                        break
            at += step

    def _beginning_with(self, word: str) -> list[tuple[_Keys, str]]:
        found: dict[_Keys, str] = {}
        for keys in _name_keys(fold(word)):
            for key in sorted(keys):
                found.update(self.forms.get(key, ()))
        return sorted(found.items(), key=lambda each: -len(each[0]))


def fold(name: str) -> str:
    """A name without letter case, article and odd blanks."""
    return " ".join(name.casefold().removeprefix("the ").split())


def called(name: str) -> tuple[str, ...]:
    """What an outlet of some name may be called: its title, the name in its quotation marks, the title without a subtitle or
    a word for its kind, and whose diary it is."""
    found = [name, *(match[1] for match in _QUOTED.finditer(name))]
    title = _SUBTITLE.split(name, maxsplit=1)[0]
    found += [title, _without_kind(title)]
    if owner := _OWNER.match(title):
        found.append(owner[1])
    if "." in title and " " not in title.strip():
        found.append(title.split(".")[0])
    return tuple(dict.fromkeys(each for each in (one.strip(' «»“”„"') for one in found) if len(each) > 1))


def _without_kind(title: str) -> str:
    """A title without the small words for its kind in front of it or behind it: with a capital letter they may be the title's
    own ("Gazette of Northmere")."""
    words = title.split()
    while len(words) > 1 and words[0].islower() and is_kind_of_outlet(words[0]):
        words = words[1:]
    while len(words) > 1 and words[-1].islower() and is_kind_of_outlet(words[-1]):
        words = words[:-1]
    return " ".join(words)


def _is_name(text: str, span: Span, words: int) -> bool:
    before = text[max(0, span.start - 40) : span.start]
    if words > 1 or text[span.start - 1 : span.start] in tuple(_QUOTES):
        return True
    return text[span.start].isupper() and not _STARTS.search(before)


def _bylines(report: ReportText) -> list[str]:
    """Names in the byline: who publishes this text."""
    bylines = [s for s in report.reading.segments if s.role == Role.BYLINE]
    return [
        mention.text
        for mention in report.reading.mentions
        if mention.type == "organization" and any(s.start <= mention.start < s.end for s in bylines)
    ]


def _authors(report: ReportText) -> list[str]:
    """Who wrote it, by first and last name: others cite the one for the other."""
    text = report.reading.text
    return [
        match[0]
        for segment in report.reading.segments
        if segment.role == Role.BYLINE
        for match in _AUTHOR.finditer(text, segment.start, segment.end)
    ]


@lru_cache(maxsize=1 << 14)
def _name_keys(name: str) -> _Keys:
    words = WORD.findall(name.replace("’s ", " ").replace("'s ", " "))
    words = [word for word in words if len(word) > 1]
    return tuple(frozenset((*word_keys(word.capitalize(), name=True), *_meant(word, len(words)))) for word in words)


def _meant(word: str, words: int) -> tuple[str, ...]:
    """What a word of a longer title means: titles are translated as well as spelled ("Southern Compass")."""
    if words < 2:
        return ()
    if is_kind_of_outlet(word):
        return ("@outlet",)
    languages: tuple[Language, ...] = ("en",) if script_of(word) == "Latin" else ("ru", "uk", "be")
    return tuple(f"@{each}" for language in languages for each in sorted(concepts_of_word(word, language)))


def _one_name(a: _Keys, b: _Keys) -> bool:
    return len(a) == len(b) and all(left & right for left, right in zip(a, b, strict=True))
